# SPDX-License-Identifier: Apache-2.0
"""Every command, in every view and format, over every initiative of the documentation.

The commands, their options and the words that these take are read from the program itself, so that a new one joins.
"""

import concurrent.futures
import json
import os
import re
import unittest

from support import Case, documented, run
from usage_test import commands

#: Folders above this many bytes are read only where COMMONWEAL_LARGE_FOLDERS is set.
LARGE = 100_000_000
#: What an option or an argument is given, by the label that the help has for it.
VALUES = {
    "DATE": ["2011-06-30", "0001-01-01", "9999-12-31"],  # within the data, before all of it, long after it
    "N": ["80"], "SEED": ["7"], "SHARE": ["0.5"], "COST": ["1"], "NUMBER": ["1"],
}
#: Labels of options that choose what is answered, or on which day: over every folder.
VIEWS = ("WHAT", "TABLE", "DATE", "FORMAT")
#: What a command may answer instead of rows, and why that is right.
REASONS = {
    r"there is no (indicator|group|organization|reporter) none": "the folder has none",
    r"there is no group to take figures of": "the folder has no group",
    r"are of one group, and there are \d+ here": "several groups are on top, and none is named",
    r"(is|are) of one indicator(: name it| in one group)": "there is none, or several and none is named",
    r"nobody has reported": "the indicator has no observations",
    r"the reporters named have reported none of it": "the reporter has no observations",
    r"has no breakdown|name the dimension whose parts": "no observation is of a part",
    r"harmonize needs --local": "the folder has none, and no file is named",
    r"no backbone is in force": "nobody serves as backbone on that day",
    r"candidates\.csv names no candidate": "there is nobody to rank",
    r"has no figures by (day|week|month|quarter)": "the indicator is reported by year",
    r"carry_forward is for stocks": "the indicator is a flow",
    r"the indicator has no period|there is no report of": "the year before has no report",
    r"contributions( of groups)? are of sums|only reported sums can be made to add up": "it is aggregated in another way",
    r"is computed by a formula": "the indicator is not reported itself",
    r"needs --compare, the earlier day": "changes are between two days",
    r"two are the least: reconcile by": "the series are short",
}


def size_of(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def folders():
    """Those that are small enough, and the names of the others."""
    every = os.environ.get("COMMONWEAL_LARGE_FOLDERS")
    small = [f for f in documented() if every or size_of(f) <= LARGE]
    return small, [f.name for f in documented() if f not in small]


def first_of(folder, file, column, otherwise):
    """A value that the folder has, so that questions about one thing have one."""
    path = folder / file
    if not path.is_file():
        return otherwise
    lines = path.read_text(encoding="utf-8").splitlines()
    return lines[1].split(",")[lines[0].split(",").index(column)] if len(lines) > 1 else otherwise


class Option:
    """One line of the help: its flags, the label of its value, whether it is required, and what it says."""

    def __init__(self, flags, label, required, meaning):
        self.flag = flags.split(",")[-1]
        self.label, self.required, self.meaning = label, required, meaning


def options_of(command, *view):
    """Arguments and options of a command, or of one of its views, as its help lists them."""
    text = run(command, *view, "--help").stdout
    listed = text[text.index("Usage:"):].split("Examples:")[0]
    entries = re.sub(r"\n {10,}", " ", listed)  # descriptions go on below themselves
    found = re.findall(r"^  (-[\w,-]+|[A-Za-z]+)(?: ([A-Z=]+)\b)?(?::[A-Z]+)?((?: \.\.\.)?)( REQUIRED)? *(.*)$", entries, re.M)
    return [Option(flags, label, bool(required), meaning) for flags, label, _, required, meaning in found
            if "--help" not in flags]


def words_of(command, view, option, folder):
    """The words that an option takes, asked of the program by one that it does not know."""
    arguments = [command, folder, *view, *([option.flag] if option.flag.startswith("-") else []), "zzz"]
    if command == "catalogue":
        arguments.remove(folder)
    told = re.search(r"(?:none of:?|there are) (\w+(?:, (?!and )\w+)+)", run(*arguments).stderr)
    return told.group(1).split(", ") if told else []


class EveryCommand(Case):
    small, large = folders()

    def calls(self, command, view, folder, options, words, turn):
        """Argument lists: the command alone, with each option, each word of it, and each format."""
        known = {
            "FOLDER": [str(folder)],
            "FILE": [str(self.folder / f"{folder.name}.packed")],
            "--indicator": [first_of(folder, "indicators.csv", "id", "none")],
            "--group": [first_of(folder, "groups.csv", "id", "none")],
            "--reporter": [first_of(folder, "observations.csv", "reporter", "none")],
            "PERIOD": [first_of(folder, "observations.csv", "period", "2010")],
            **VALUES,
        }
        base = [command]
        for o in options:
            if o.required:
                base += ([o.flag] if o.flag.startswith("-") else []) + (known.get(o.flag) or known[o.label])
        base += view
        formats = [[], *(["--format", word] for word in words.get("--format", [])[1:])]
        yield from (base + f for f in formats)
        for o in options:
            if not o.flag.startswith("-") or o.required or o.label == "FILE" or o.flag == "--format":
                continue
            if o.label not in VIEWS and (turn + options.index(o)) % 8 != 0:  # others take turns
                continue
            if not o.label:
                values = [[]]
            else:
                values = [[v] for v in words[o.flag] or known.get(o.flag) or known.get(o.label, [])]
            for value in values:
                yield base + [o.flag, *value]
                if o.label in VIEWS:
                    yield from (base + [o.flag, *value, *f] for f in formats[2:])

    def judge(self, arguments):
        """What is wrong with one run, or nothing."""
        done = run(*arguments, COMMONWEAL_TODAY="2024-03-15")
        said = f"commonweal {' '.join(arguments)}: exit {done.returncode}: {done.stderr.strip()[:300]}"
        if done.returncode == 0:
            if arguments[0] in ("pack", "unpack", "sample"):
                return None
            if not done.stdout.strip():
                return said + " and prints nothing"
            if "json" in arguments:
                json.loads(done.stdout)
            elif "csv" not in arguments and done.stdout.rstrip().endswith("(no rows)"):
                return said + " and does not say why there are no rows"
            return None
        if done.returncode not in (1, 2) or not any(re.search(r, done.stderr) for r in REASONS):
            return said
        return None

    def test_answers_or_says_why_not_over_every_initiative(self):
        self.assertTrue(self.small)
        asked = []
        for command in commands():
            if command in ("unpack", "sample"):  # see the test below
                continue
            views = [[w] for w in words_of(command, [], Option("what", "WHAT", False, ""), self.small[0])] if command == "analyze" else [[]]
            for view in views:
                # The help of a view does not repeat the arguments.
                options = [o for o in options_of(command) if view and o.label == "FOLDER"] + options_of(command, *view)
                self.assertTrue(options, f"the help of {command} lists no option")
                words = {o.flag: words_of(command, view, o, self.small[0]) for o in options
                         if o.label not in ("", "FILE") and not o.required}
                for turn, folder in enumerate(self.small if any(o.label == "FOLDER" for o in options) else self.small[:1]):
                    asked += self.calls(command, view, folder, options, words, turn)
        self.assertGreater(len(asked), 100 * len(self.small))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            wrong = [w for w in pool.map(self.judge, asked) if w]
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_every_initiative_comes_back_from_its_packed_file(self):
        for folder in self.small:
            packed, back = self.folder / f"{folder.name}.packed", self.folder / folder.name
            self.ok("pack", folder, packed)
            self.ok("unpack", packed, back)
            for command in ("report", "lint", "assess"):
                self.assertEqual(self.ok(command, back, COMMONWEAL_TODAY="2024-03-15"),
                                 self.ok(command, folder, COMMONWEAL_TODAY="2024-03-15"), (command, folder.name))

    def test_large_folders_are_read_on_request_only(self):
        if self.large:
            self.skipTest(f"over {LARGE:,} bytes: {', '.join(self.large)}; COMMONWEAL_LARGE_FOLDERS=1 reads them")


if __name__ == "__main__":
    unittest.main()
