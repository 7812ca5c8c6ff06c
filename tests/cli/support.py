# SPDX-License-Identifier: Apache-2.0
"""Runs the built program as a user does; what the command-line tests share."""

import os
import pathlib
import subprocess
import tempfile
import unicodedata
import unittest

PROGRAM = os.environ["COMMONWEAL_PROGRAM"]
SOURCE = pathlib.Path(os.environ["COMMONWEAL_SOURCE"])
INITIATIVES = SOURCE / "docs" / "initiatives"

ROLLUP_COLUMNS = ["group", "indicator", "period", "value", "numerator", "denominator", "reported", "expected", "coverage",
                  "lower", "upper", "state", "structure_date"]
EXPLAIN_COLUMNS = ["reporter", "name", "period", "value", "numerator", "denominator", "state", "paths", "share",
                   "indicator"]
FINDING_COLUMNS = ["severity", "code", "file", "row", "field", "record", "message"]


def documented():
    """The folders of the documentation that hold an initiative."""
    return sorted(package.parent for package in INITIATIVES.glob("*/datapackage.json"))


def environment(**changes):
    """The environment of a quiet terminal of no stated width, with `changes`; None removes a variable."""
    env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR", "LANG", "LC_CTYPE")}
    env["LC_ALL"] = "C.UTF-8"
    for name, value in changes.items():
        if value is None:
            env.pop(name, None)
        else:
            env[name] = str(value)
    return env


def run(*arguments, cwd=None, **changes):
    """Result with returncode, stdout and stderr as text."""
    return subprocess.run([PROGRAM, *map(str, arguments)], cwd=cwd, env=environment(**changes), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, encoding="utf-8", timeout=250)


def width(line):
    """Columns that a line takes on a terminal."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in line)
    return len(line) + wide - sum(unicodedata.combining(c) != 0 for c in line)


class Case(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = pathlib.Path(held.name)

    def ok(self, *arguments, **changes):
        """Standard output of a run that must succeed."""
        done = run(*arguments, **changes)
        self.assertEqual(done.returncode, 0, f"{arguments}: {done.stderr}{done.stdout}")
        return done.stdout

    def fails(self, code, *arguments, **changes):
        """Standard error of a run that must return `code`."""
        done = run(*arguments, **changes)
        self.assertEqual(done.returncode, code, f"{arguments}: {done.stderr}{done.stdout}")
        return done.stderr

    def sample(self, *options, name="sample", reporters=40):
        """A small synthetic initiative; its path."""
        path = self.folder / name
        self.ok("sample", "--reporters", reporters, "--groups", 9, "--periods", 24, *options, path)
        return path

    def write(self, name, files):
        """A folder of the given files."""
        path = self.folder / name
        path.mkdir()
        for file, text in files.items():
            (path / file).write_text(text, encoding="utf-8")
        return path
