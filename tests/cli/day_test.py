# SPDX-License-Identifier: Apache-2.0
"""The day of a question: the one asked for, the last with data, the last named, or today."""

import csv
import io
import json
import unittest

from support import Case

NETWORK = {
    "organizations.csv": "id,name\nnorth,North\nsouth,South\n",
    "groups.csv": "id,name\ntable,Round table\n",
    "communicates_with.csv": "from,to\nnorth,south\n",
    "member_of.csv": "from,to\nnorth,table\nsouth,table\n",
}
TODAY = {"COMMONWEAL_TODAY": "2024-03-15"}


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


class Day(Case):
    def days_of(self, files, name, **changes):
        """The day that lint, assess and structure take."""
        folder = self.write(name, files)
        judged = {row["date"] for row in rows(self.ok("assess", folder, "--format", "csv", **changes))}
        self.assertEqual(len(judged), 1)
        day = judged.pop()
        self.assertIn(f"Links on {day}", self.ok("lint", folder, **changes))
        self.assertIn(f"judged on {day}", self.ok("assess", folder, **changes))
        self.assertIn(f"As of {day}, ", self.ok("structure", folder, **changes))
        return day

    def test_what_has_no_dates_holds_today_and_on_every_day(self):
        self.assertEqual(self.days_of(NETWORK, "undated", **TODAY), "2024-03-15")
        folder = self.folder / "undated"
        self.assertIn("As of 2024-03-15, today, since the data names no day.", self.ok("structure", folder, **TODAY))
        self.assertNotIn("As of", self.ok("report", folder, **TODAY))
        whole = self.ok("structure", folder, "--format", "csv", **TODAY)
        self.assertIn("nodes,3", whole)
        self.assertIn("edges,3", whole)
        for day in ("0001-01-01", "1970-01-01", "9999-12-31"):
            self.assertEqual(self.ok("structure", folder, "--as-of", day, "--format", "csv"), whole)
            self.assertIn(f"As of {day}", self.ok("report", folder, "--as-of", day))

    def test_reports_and_records_say_when_and_then_what_is_only_named(self):
        reported = {
            **NETWORK,
            "indicators.csv": "id,kind\nserved,count\n",
            "observations.csv": "reporter,indicator,period,value\nnorth,served,2020,5\nnorth,served,2021,\n",
            "targets.csv": "indicator,period,value\nserved,2030,9\n",
        }
        self.assertEqual(self.days_of(reported, "reported"), "2020-12-31")
        met = {**reported, "meetings.csv": "id,group,date\nm1,table,2021-02-03\n"}
        self.assertEqual(self.days_of(met, "met"), "2021-02-03")
        aimed = {**reported, "observations.csv": "reporter,indicator,period,value\n"}
        self.assertEqual(self.days_of(aimed, "aimed"), "2030-12-31")
        self.assertIn("As of 2030-12-31, the last day that the data names", self.ok("report", self.folder / "aimed"))
        begun = {**NETWORK, "member_of.csv": "from,to,start,end\nnorth,table,2019-05-01,\nsouth,table,2018-01-01,2021-01-01\n"}
        self.assertEqual(self.days_of(begun, "begun"), "2020-12-31")

    def test_a_today_that_is_no_day_is_refused_where_it_is_needed(self):
        folder = self.write("undated", NETWORK)
        self.assertIn("COMMONWEAL_TODAY is not a valid day: soon", self.fails(2, "lint", folder, COMMONWEAL_TODAY="soon"))
        self.ok("lint", folder, "--as-of", "2020-01-01", COMMONWEAL_TODAY="soon")

    def test_an_analysis_as_of_a_day_knows_nothing_later(self):
        years = "".join(f"north,served,{y},{100 + y % 3}\n" for y in range(2010, 2022))
        files = {
            **NETWORK,
            "indicators.csv": "id,kind\nserved,count\n",
            "observations.csv": "reporter,indicator,period,value\n" + years,
        }
        then = self.write("then", files)
        files["observations.csv"] += "north,served,2025,100000\n"
        now = self.write("now", files)
        for what in ("quality", "trend", "summary", "chart", "forecast", "contributions", "card"):
            asked = (what, "--as-of", "2021-12-31", "--format", "csv")
            self.assertEqual(self.ok("analyze", now, *asked), self.ok("analyze", then, *asked), what)
        self.assertIn(",2025,", self.ok("analyze", now, "quality", "--format", "csv"))
        forecast = self.ok("analyze", now, "forecast", "--reconcile", "bottom_up", "--as-of", "2021-12-31", "--format", "csv")
        self.assertEqual({row["period"] for row in rows(forecast)}, {"2022", "2023", "2024"})
        self.assertEqual(json.loads(self.ok("analyze", now, "quality", "--as-of", "2001-01-01", "--format", "json")), [])
        self.assertIn("not an option of breakdowns, which takes --indicator, --tolerance, --all", self.fails(2, "analyze", now, "breakdowns", "--as-of", "2021-12-31"))
        self.assertIn("trend takes one, and 2 are given", self.fails(2, "analyze", now, "trend", "--as-of", "2021-12-31", "--as-of", "2020-12-31"))


if __name__ == "__main__":
    unittest.main()
