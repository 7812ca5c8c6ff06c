# SPDX-License-Identifier: Apache-2.0
"""Help, versions, exit codes and what is said to somebody who mistypes."""

import re
import subprocess
import unittest

from support import Case, PROGRAM, SOURCE, environment, run


def commands():
    """The commands that the program itself lists."""
    help_text = run("--help").stdout
    listed = help_text[help_text.index("Subcommands:"):].split("\n\n")[0]
    return re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE)


class Usage(Case):
    def test_version_is_that_of_the_headers(self):
        header = (SOURCE / "include/commonweal/version.hpp").read_text()
        stated = re.search(r'VERSION_STRING "(.*)"', header).group(1)
        self.assertEqual(self.ok("--version"), f"commonweal {stated}\n")

    def test_help_lists_every_command(self):
        self.assertLessEqual({"check", "report", "rollup", "explain", "sample", "pack", "unpack"}, set(commands()))

    def test_help_of_every_command_has_examples_that_call_it(self):
        for command in commands():
            text = self.ok(command, "--help")
            examples = text[text.index("Examples:"):]
            self.assertRegex(examples, rf"(?m)^  commonweal {command} ", command)

    def test_help_fits_into_80_columns(self):
        for arguments in [["--help"], *([c, "--help"] for c in commands())]:
            for line in self.ok(*arguments).splitlines():
                if not line.startswith("  commonweal "):
                    self.assertLessEqual(len(line), 80, line)

    def test_every_command_that_prints_a_table_has_a_format(self):
        for command in ["check", "rollup", "explain"]:
            self.assertIn("--format", self.ok(command, "--help"))

    def test_no_command_is_a_usage_error_that_shows_the_help(self):
        done = run()
        self.assertEqual(done.returncode, 2)
        self.assertIn("Subcommands:", done.stdout)

    def test_an_unknown_command_suggests_the_near_one(self):
        self.assertIn("Did you mean report?", self.fails(2, "reprot"))
        self.assertIn("--help", self.fails(2, "zzzzz"))

    def test_an_unknown_option_is_a_usage_error_that_points_to_the_help(self):
        self.assertIn("commonweal check --help", self.fails(2, "check", "--frobnicate", "x"))

    def test_a_missing_argument_is_a_usage_error(self):
        self.assertIn("folder", self.fails(2, "check"))

    def test_a_wrong_format_lists_the_right_ones(self):
        self.assertIn("table, csv, json", self.fails(2, "check", "--format", "xml", "x"))

    def test_a_folder_that_is_not_there_is_a_system_error_with_a_near_name(self):
        self.sample()
        said = self.fails(3, "check", self.folder / "smaple")
        self.assertIn("there is no folder or file", said)
        self.assertIn("Did you mean " + str(self.folder / "sample"), said)

    def test_a_full_disk_is_a_system_error(self):
        sample = self.sample()
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "rollup", sample], stdout=full, stderr=subprocess.PIPE, env=environment())
        self.assertEqual(done.returncode, 3)

    def test_errors_go_to_standard_error_alone(self):
        done = run("report", self.folder / "nothing")
        self.assertEqual(done.stdout, "")
        self.assertTrue(done.stderr.startswith("commonweal: "))

    def test_progress_is_silent_when_standard_error_is_no_terminal(self):
        done = run("sample", "--reporters", 20000, "--periods", 60, self.folder / "large")
        self.assertEqual(done.stderr, "")


if __name__ == "__main__":
    unittest.main()
