# SPDX-License-Identifier: Apache-2.0
"""commonweal report: what the sources say stands in it, and it fits the terminal."""

import csv
import io
import json
import re
import unittest

from support import Case, INITIATIVES, documented, run, width

CTC = INITIATIVES / "communities-that-care"
MEMPHIS = INITIATIVES / "memphis-fast-forward"


def section(text, heading):
    """The lines under a heading, up to the next one."""
    lines = text.split("\n")
    start = lines.index(heading)
    end = next((i for i in range(start + 1, len(lines)) if re.fullmatch(r"[A-Z][A-Z ]+", lines[i])), len(lines))
    return "\n".join(lines[start + 1:end])


def block(text, measure):
    """The lines of one measure."""
    measures = section(text, "SHARED MEASURES")
    start = measures.index("\n  " + measure)
    return measures[start:].split("\n\n")[0]


TABLES = ["summary", "who", "groups", "goals", "measures", "series", "scorecard", "problems"]


class Tables(Case):
    def test_json_holds_every_table_and_csv_one(self):
        for initiative in documented():
            whole = json.loads(self.ok("report", initiative, "--format", "json"))
            self.assertEqual(list(whole), TABLES)
            for name in TABLES:
                one = self.ok("report", initiative, "--show", name, "--format", "json")
                self.assertEqual(json.loads(one), whole[name], (initiative.name, name))
                text = self.ok("report", initiative, "--show", name, "--format", "csv")
                rows = list(csv.DictReader(io.StringIO(text)))
                self.assertEqual(len(rows), len(whole[name]))
                if rows:
                    self.assertEqual(list(rows[0]), list(whole[name][0]))

    def test_say_what_the_page_says(self):
        for initiative in documented():
            page = " ".join(self.ok("report", initiative, "--full", "--width", "120").split())
            whole = json.loads(self.ok("report", initiative, "--format", "json"))
            for name in ("goals", "measures", "problems"):
                for row in whole[name]:
                    # Silent measures and reporters outside stand together on the page.
                    if row["reading"] not in (None, "Nothing was reported.") and row.get("problem") != "outside":
                        self.assertIn(" ".join(row["reading"].split()), page, (initiative.name, name))
            for row in whole["scorecard"] if whole["measures"] else []:
                label = row["verdict"].replace("_", " ").capitalize()
                self.assertRegex(section(self.ok("report", initiative), "SCORECARD"), rf"{label} +{row['measures']}\b")

    def test_numbers_are_those_of_the_rollup(self):
        demo = self.folder / "demo"
        self.ok("sample", "--reporters", "40", "--groups", "9", "--periods", "24", demo)
        figures = {(r["indicator"], r["period"]): r
                   for r in json.loads(self.ok("rollup", demo, "-g", "council", "--format", "json"))}
        series = json.loads(self.ok("report", demo, "--show", "series", "--format", "json"))
        seen = 0
        for row in series:
            if row["of"] == "council":
                theirs = figures[row["indicator"], row["period"]]
                for column in ("value", "state", "reported", "expected", "coverage"):
                    self.assertEqual(row[column], theirs[column], row)
                seen += 1
        self.assertGreater(seen, 50)

    def test_csv_alone_is_that_of_the_measures(self):
        self.assertEqual(self.ok("report", CTC, "--format", "csv"),
                         self.ok("report", CTC, "--show", "measures", "--format", "csv"))
        self.assertIn("Did you mean series?", run("report", CTC, "--show", "serie").stderr)

    def test_an_empty_table_says_why(self):
        said = self.ok("report", INITIATIVES / "opportunity-chicago", "--show", "problems")
        self.assertIn("No problem was found.", said)


class Report(Case):
    def test_communities_that_care_shows_its_three_falls(self):
        text = self.ok("report", CTC)
        for measure, change in [("Teen binge drinking", "-31 %"), ("Teen cigarette smoking", "-32 %"),
                                ("Teen marijuana use", "-18 %")]:
            lines = block(text, measure)
            self.assertIn(change, lines)
            self.assertIn("2002", lines)
            self.assertIn("2010", lines)
            self.assertIn("right direction", lines)

    def test_communities_that_care_shows_its_structure(self):
        text = self.ok("report", CTC, "--full")
        groups = section(text, "GROUPS")
        self.assertLess(groups.index("Central coordinating council"), groups.index("Parent education working group"))
        for group in ["Youth recognition working group", "Community laws and norms", "School health task force",
                      "North Quabbin"]:
            self.assertIn(group, re.sub(r"\s*\n[\s│├└─]*", " ", groups))
        who = re.sub(r"\s+", " ", section(text, "WHO"))
        self.assertEqual(len(set(re.findall(r"School district \d+", who))), 10)
        self.assertIn("anchor funder", who)

    def test_north_quabbin_comes_in_year_seven(self):
        early = section(self.ok("report", CTC, "--as-of", "2007-12-31"), "GROUPS")
        self.assertRegex(early, r"Later +North Quabbin, from 2008-01-01")
        self.assertNotRegex(section(self.ok("report", CTC), "GROUPS"), r"Later +North Quabbin")

    def test_memphis_fast_forward_shows_its_two_falls_and_four_levers(self):
        text = self.ok("report", MEMPHIS)
        self.assertIn("-26 %", block(text, "Violent crime"))
        self.assertIn("-32 %", block(text, "Property crime"))
        groups = section(text, "GROUPS")
        for lever in ["Public safety", "Education", "Jobs", "Government efficiency"]:
            self.assertRegex(groups, rf"[├└]─ {lever} ")

    def test_a_measure_without_numbers_is_missing_and_not_counted(self):
        card = section(self.ok("report", MEMPHIS), "SCORECARD")
        self.assertIn("2 of 2 evaluated measures move in the right direction (100 %).", card)
        self.assertRegex(card, r"Missing +1: New jobs")

    def test_the_share_never_stands_without_its_n_its_rule_and_what_was_left_out(self):
        card = section(self.ok("report", self.sample()), "SCORECARD")
        self.assertRegex(card, r"\d+ of \d+ evaluated measures? moves? in the right direction \(\d+ %\)")
        for label in ["Right", "Wrong", "Flat", "Mixed", "Missing", "No direction"]:
            self.assertRegex(card, rf"(?m)^  {label} +\d")
        self.assertRegex(re.sub(r"\s+", " ", card), r"at most 0\.5 % of the baseline is flat")

    def test_the_rule_for_flat_can_be_chosen(self):
        card = section(self.ok("report", CTC, "--flat", "0.31"), "SCORECARD")
        self.assertRegex(card, r"Flat +2: Teen binge drinking; Teen marijuana use")
        self.assertIn("1 of 3 evaluated measures moves in the right direction (33 %).", card)

    def test_a_synthetic_initiative_is_called_so(self):
        self.assertIn("Synthetic", self.ok("report", self.sample()).split("WHO")[0])
        self.assertNotIn("Synthetic", self.ok("report", CTC))

    def test_no_line_is_wider_than_the_terminal(self):
        sample = self.sample(reporters=3000)
        for columns in [72, 80, 120]:
            for folder in [CTC, MEMPHIS, sample]:
                for line in self.ok("report", folder, COLUMNS=columns).splitlines():
                    self.assertLessEqual(width(line), columns, line)

    def test_ascii_where_the_locale_is_not_utf8(self):
        for arguments, changes in [(["--ascii"], {}), ([], {"LC_ALL": "C"})]:
            text = self.ok("report", self.sample(name="s" + str(len(arguments))), *arguments, **changes)
            self.assertTrue(text.isascii(), text)
            self.assertIn("`- ", text)

    def test_color_only_when_asked_for_where_there_is_no_terminal(self):
        self.assertNotIn("\x1b", self.ok("report", CTC))
        self.assertIn("\x1b[32m", self.ok("report", CTC, "--color", "always"))
        self.assertNotIn("\x1b", self.ok("report", CTC, "--color", "auto", NO_COLOR="1"))

    def test_colors_move_nothing(self):
        colored = self.ok("report", CTC, "--color", "always")
        self.assertEqual(re.sub(r"\x1b\[\d+m", "", colored), self.ok("report", CTC))

    def test_one_group_alone(self):
        text = self.ok("report", self.sample(), "--group", "sub-initiative-1")
        self.assertIn("Report on the group Sub-initiative 1", text)
        self.assertNotIn("Council  ", section(text, "GROUPS"))
        self.assertIn("Figures are those of Sub-initiative 1", re.sub(r"\s+", " ", text))

    def test_a_reporter_that_fell_silent_is_named(self):
        folder = self.write("tiny", {
            "groups.csv": "id,name\ncouncil,Council\n", "indicators.csv": "id,name,kind,direction\np,People,count,up\n",
            "organizations.csv": "id,name\norg-1,Organization 1\norg-2,Organization 2\n",
            "member_of.csv": "from,to\norg-1,council\norg-2,council\n",
            "observations.csv": "reporter,indicator,period,value\n" +
                                "".join(f"org-1,p,2024-{m:02},{m}\n" for m in range(1, 9)) + "org-2,p,2024-01,5\n",
            "datapackage.json": '{"name": "tiny", "resources": [' + ",".join(
                f'{{"name": "{n}", "path": "{n}.csv"}}' for n in
                ["groups", "indicators", "organizations", "member_of", "observations"]) + "]}"})
        problems = section(self.ok("report", folder), "DATA PROBLEMS")
        self.assertIn("Organization 2: People, last reported for 2024-01", problems)
        self.assertNotIn("Organization 1:", problems)
        self.assertRegex(problems, r"Council, People, 2024-08: 1 of 2 \(50 %\)")

    def test_a_wrong_group_suggests_the_near_one(self):
        self.assertIn("Did you mean coordinating-council?", self.fails(2, "report", CTC, "--group", "coordinating-concil"))


if __name__ == "__main__":
    unittest.main()
