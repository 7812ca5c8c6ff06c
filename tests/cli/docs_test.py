# SPDX-License-Identifier: Apache-2.0
"""docs/cli.md shows what the program prints.

After a change that is meant, `COMMONWEAL_PROGRAM=build/commonweal COMMONWEAL_SOURCE=. python3 tests/cli/docs_test.py
--update` writes the new outputs into the page."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from support import PROGRAM, SOURCE, Case, environment, run

PAGE = SOURCE / "docs" / "cli.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "\x01"


def commands_of(block):
    """Pairs of a command line and the output shown below it."""
    pairs = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            pairs.append([line[2:].rstrip("\n"), ""])
        else:
            pairs[-1][1] += line
    return pairs


def outputs_of(lines):
    """What each command line prints, run one after the other in one shell and one scratch folder."""
    with tempfile.TemporaryDirectory() as scratch:
        tools = pathlib.Path(scratch) / ".bin"
        tools.mkdir()
        (tools / "commonweal").symlink_to(pathlib.Path(PROGRAM).resolve())
        (pathlib.Path(scratch) / "docs").symlink_to(SOURCE.resolve() / "docs")
        script = "".join(f"{line}\nstatus=$?\nprintf '\\001'\n(exit $status)\n" for line in lines)
        env = environment(COLUMNS="80", PATH=f"{tools}:{os.environ['PATH']}")
        done = subprocess.run(["bash", "-c", script], cwd=scratch, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              encoding="utf-8", timeout=250)
    return done.stdout.split(MARK)[:len(lines)]


def update():
    if not os.access(PROGRAM, os.X_OK):
        sys.exit(f"{PROGRAM} is no program; build it first")
    text = PAGE.read_text(encoding="utf-8")
    lines = [line for block in BLOCK.findall(text) for line, _ in commands_of(block)]
    printed = iter(outputs_of(lines))
    PAGE.write_text(BLOCK.sub(lambda m: "```console\n" + "".join(f"$ {line}\n{next(printed)}" for line, _ in
                                                               commands_of(m.group(1))) + "```", text), encoding="utf-8")


class Docs(Case):
    def test_outputs_shown_are_what_the_program_prints(self):
        self.maxDiff = None
        pairs = [pair for block in BLOCK.findall(PAGE.read_text(encoding="utf-8")) for pair in commands_of(block)]
        self.assertGreater(len(pairs), 10)
        printed = outputs_of([line for line, _ in pairs])
        self.assertEqual(len(printed), len(pairs))
        for (line, shown), output in zip(pairs, printed):
            self.assertEqual(shown, output, line)

    def test_every_command_and_option_is_documented(self):
        page = PAGE.read_text(encoding="utf-8")
        pages = "\n".join(p.read_text(encoding="utf-8") for p in sorted((SOURCE / "docs").glob("*.md")))
        help_text = run("--help").stdout
        for command in re.findall(r"^  ([a-z]+) ", help_text[help_text.index("Subcommands:"):].split("\n\n")[0], re.MULTILINE):
            self.assertTrue(re.search(rf"commonweal {command}\b|## {command}\b", pages), f"{command} is on no page of docs/")
            if f"## {command}" in page:
                for option in re.findall(r"--[a-z-]+", self.ok(command, "--help").split("Examples:")[0]):
                    self.assertIn(option, page, f"{command} {option}")


if __name__ == "__main__":
    if "--update" in sys.argv:
        update()
    else:
        unittest.main()
