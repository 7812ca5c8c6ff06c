# SPDX-License-Identifier: Apache-2.0
"""commonweal analyze: trends, cards, targets, charts and summaries of a group's figures."""

import csv
import io
import unittest

from support import Case


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


class Analyze(Case):
    def test_every_analysis_gives_rows_without_a_single_nan(self):
        sample = self.sample()
        for what in ("trend", "card", "target", "summary"):
            text = self.ok("analyze", sample, what, "--format", "csv")
            self.assertGreater(len(rows_of(text)), 0, what)
            self.assertNotIn("nan", text.lower().replace("finance", ""), what)

    def test_trend_is_the_default_and_seasonal_for_months(self):
        sample = self.sample()
        text = self.ok("analyze", sample, "--format", "csv")
        self.assertEqual(text, self.ok("analyze", sample, "trend", "--format", "csv"))
        tests = {r["test"] for r in rows_of(text) if r["test"]}
        self.assertEqual(tests, {"seasonal"})
        plain = rows_of(self.ok("analyze", sample, "--test", "original", "--format", "csv"))
        self.assertEqual({r["test"] for r in plain if r["test"]}, {"original"})

    def test_figures_are_those_of_the_rollup(self):
        sample = self.sample()
        figures = rows_of(self.ok("rollup", sample, "-g", "council", "-i", "people-served", "--format", "csv"))
        (row,) = rows_of(self.ok("analyze", sample, "-g", "council", "-i", "people-served", "--format", "csv"))
        self.assertEqual(float(row["first"]), float(figures[0]["value"]))
        self.assertEqual(float(row["last"]), float(figures[-1]["value"]))
        points = rows_of(self.ok("analyze", sample, "chart", "-g", "council", "-i", "people-served", "--format", "csv"))
        self.assertEqual([p["value"] for p in points], [f["value"] for f in figures])

    def test_cards_stand_beside_each_other(self):
        rows = rows_of(self.ok("analyze", self.sample(), "card", "--as-of", "2021-12-31", "--as-of", "2020-12-31",
                               "--format", "csv"))
        self.assertEqual([r["as_of"] for r in rows], ["2021-12-31", "2020-12-31"])
        for row in rows:
            self.assertEqual(float(row["share"]), int(row["right"]) / int(row["evaluated"]))

    def test_a_chart_has_a_column_for_each_rule_of_the_sets_asked_for(self):
        query = ["analyze", self.sample(), "chart", "-i", "people-served", "--format", "csv"]
        (first, *_) = rows_of(self.ok(*query, "--rules", "anhoej", "--rules", "nhs"))
        rules = [c for c in first if c.startswith(("anhoej_", "nhs_"))]
        self.assertEqual(rules, ["anhoej_shift", "anhoej_crossings", "nhs_1", "nhs_2", "nhs_3", "nhs_4"])
        self.assertNotIn("western_electric_1", first)
        phases = rows_of(self.ok(*query, "--phases", "--freeze", "2020-12", "--phase", "2020-01"))
        self.assertEqual(phases[0]["baseline"], "12")
        self.assertEqual(phases[0]["counted"], "24")

    def test_sentences_follow_the_table_only(self):
        sample = self.sample()
        self.assertIn("larger than chance explains", self.ok("analyze", sample))
        self.assertNotIn("larger than chance explains", self.ok("analyze", sample, "--format", "csv"))

    def test_mistakes_say_what_would_be_right(self):
        sample = self.sample()
        self.assertIn("trend, card, target, chart, summary", self.fails(2, "analyze", sample, "trends"))
        self.assertIn("anhoej", self.fails(2, "analyze", sample, "chart", "-i", "people-served", "--rules", "westgard"))
        self.assertIn("--indicator", self.fails(2, "analyze", sample, "chart"))
        self.assertIn("outside the data", self.fails(2, "analyze", sample, "chart", "-i", "people-served", "--freeze", "2035-01"))


if __name__ == "__main__":
    unittest.main()
