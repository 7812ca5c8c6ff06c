# SPDX-License-Identifier: Apache-2.0
"""Help, versions, exit codes and what is said to somebody who mistypes."""

import re
import subprocess
import unittest

from support import Case, INITIATIVES, PROGRAM, SOURCE, environment, run


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

    def test_a_mistyped_option_or_word_suggests_the_near_one(self):
        self.assertIn("Did you mean --group?", self.fails(2, "rollup", "x", "--gruop", "y"))
        self.assertIn("Did you mean --indicator?", self.fails(2, "rollup", "x", "--indicatr=y"))
        self.assertIn("Did you mean complete_case?", self.fails(2, "rollup", "x", "--missing", "completecase"))
        self.assertIn("Did you mean table?", self.fails(2, "check", "x", "--format", "tabel"))
        self.assertIn("Did you mean trend?", self.fails(2, "analyze", "x", "trends"))

    def test_data_cannot_steer_the_terminal_or_reorder_a_line(self):
        (self.folder / "groups.csv").write_text("id,name\ncouncil,\"A\x1b[31m\x07\u202eb\"\ncouncil,B\x9b\u2066\n", encoding="utf-8")
        done = run("check", self.folder)
        for c in "\x1b\x07\x9b\u202e\u2066":
            self.assertNotIn(c, done.stdout + done.stderr)
        (self.folder / "groups.csv").write_text("id,name\ncouncil,\"A\x1b[31m\x07\u202eb\"\n", encoding="utf-8")
        done = run("rollup", self.folder, "-g", "x\x1b\u202e")
        self.assertIn("there is no group x\\x1b\\u202e", done.stderr)

    def test_a_missing_argument_is_a_usage_error(self):
        self.assertIn("folder", self.fails(2, "check"))

    def test_a_wrong_format_lists_the_right_ones(self):
        self.assertIn("table, csv, json", self.fails(2, "check", "--format", "xml", "x"))

    def test_a_folder_that_is_not_there_is_a_system_error_with_a_near_name(self):
        self.sample()
        said = self.fails(3, "check", self.folder / "smaple")
        self.assertIn("there is no folder or file", said)
        self.assertIn("Did you mean " + str(self.folder / "sample"), said)

    def test_output_that_does_not_arrive_is_a_system_error_whatever_is_printed(self):
        sample = self.sample()
        figure = ["-i", "people-served", "-g", "council", "-p", "2020-03"]
        calls = [["--help"], ["--version"], [], *([c, "--help"] for c in commands()), ["explain", sample, *figure],
                 ["sample", self.folder / "other"], ["pack", sample, self.folder / "x.cwl"],
                 ["unpack", sample, self.folder / "unpacked"], ["catalogue"],
                 ["select", INITIATIVES / "corridors-of-college-success"],
                 *([c, sample] for c in ["check", "report", "rollup", "analyze", "lint", "assess", "structure", "export"])]
        self.assertLessEqual(set(commands()), {call[0] for call in calls if len(call) > 1 and call[1] != "--help"} | {"catalogue"})
        for call in calls:
            with open("/dev/full", "w") as full:
                done = subprocess.run([PROGRAM, *map(str, call)], stdout=full, stderr=subprocess.PIPE, env=environment())
            self.assertEqual(done.returncode, 3, call)
            self.assertRegex(done.stderr, b"cannot (write|be written)", call)

    def test_a_closed_output_is_a_system_error_and_no_file_takes_its_place(self):
        sample = self.sample()
        done = subprocess.run(f"'{PROGRAM}' export '{sample}' -o '{self.folder}/x.dot' && '{PROGRAM}' pack '{sample}' '{self.folder}/x.cwl' >&-",
                              shell=True, stderr=subprocess.PIPE, env=environment())
        self.assertEqual(done.returncode, 3)
        self.ok("check", self.folder / "x.cwl")

    def test_a_number_that_an_option_cannot_hold_is_a_usage_error(self):
        sample = self.sample()
        whole = {"--horizon": ["analyze", sample, "forecast"], "--top": ["analyze", sample, "quality"], "--sources": ["structure", sample],
                 "--limit": ["check", sample], "--seed": ["select", sample], "--reporters": ["sample", self.folder / "new"],
                 "--periods": ["sample", self.folder / "new"]}
        for option, call in whole.items():
            for value in ["-1", "18446744073709551616", "18446744073709551617", "99999999999999999999999", "0x10", "1.5", "1e3", "one", ""]:
                self.assertIn(option, self.fails(2, *call, f"{option}={value}"), value)
        self.fails(2, "sample", "--reporters", 2**32 + 1, self.folder / "new")
        real = {"--confidence": ["analyze", sample], "--flat": ["report", sample], "--tolerance": ["analyze", sample, "breakdowns"],
                "--minimum-coverage": ["rollup", sample], "--coordination-cost": ["select", sample]}
        for option, call in real.items():
            for value in ["nan", "inf", "1e999", "0x1p3", "one", ""]:
                self.assertIn(option, self.fails(2, *call, f"{option}={value}"), value)
        self.fails(2, "select", sample, "--weight", "cost=inf")

    def test_a_forecast_ends_with_the_calendar(self):
        sample = self.sample()
        for horizon in [2**64 - 1, 2**63, 100_001, 100_000]:
            for more in [[], ["--reconcile", "ols"]]:
                self.fails(2, "analyze", sample, "forecast", "-i", "people-served", "--horizon", horizon, *more)
        self.assertIn("year 9999", self.fails(2, "analyze", sample, "forecast", "--every", "year", "--horizon", 8000))

    def test_errors_go_to_standard_error_alone(self):
        done = run("report", self.folder / "nothing")
        self.assertEqual(done.stdout, "")
        self.assertTrue(done.stderr.startswith("commonweal: "))

    def test_progress_is_silent_when_standard_error_is_no_terminal(self):
        done = run("sample", "--reporters", 20000, "--periods", 60, self.folder / "large")
        self.assertEqual(done.stderr, "")


if __name__ == "__main__":
    unittest.main()
