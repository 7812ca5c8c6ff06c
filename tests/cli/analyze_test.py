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
        phases = rows_of(self.ok(*query, "--show", "phases", "--freeze", "2020-12", "--phase", "2020-01"))
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


class AnalyzeReporters(Case):
    """quality, contributions, gaps, forecast."""

    def messy(self):
        """Two reporters, a year and a half of months; a slip of the decimal point, silence, a broken rule, a gap by sex."""
        months = [f"2023-{m:02}" for m in range(1, 13)] + [f"2024-{m:02}" for m in range(1, 7)]
        rows = ["reporter,indicator,period,value,numerator,denominator,breakdown"]
        for k, month in enumerate(months):
            rows.append(f"a,enrolled,{month},{5000 if month == '2024-03' else 50 + k % 5},,,")
            rows.append(f"a,completed,{month},{60 if month == '2023-02' else 40 + k % 3},,,")
            if k < 15:
                rows.append(f"b,enrolled,{month},{30 + k % 4 + k},,,")
        for who in "ab":
            rows.append(f"{who},housed,2024-06,,{30 if who == 'a' else 60},100,")
            rows.append(f"{who},housed,2024-06,,{10 if who == 'a' else 20},50,sex=female")
            rows.append(f"{who},housed,2024-06,,{20 if who == 'a' else 40},50,sex=male")
        return self.write("messy", {
            "groups.csv": "id,name\ntop,The top\n",
            "organizations.csv": "id,name\na,Agency A\nb,Agency B\n",
            "member_of.csv": "from,to\na,top\nb,top\n",
            "indicators.csv": "id,name,unit,kind,direction,factor\nenrolled,people enrolled,people,count,up,\n"
                              "completed,people who completed,people,count,up,\nhoused,share housed,percent,ratio,up,100\n",
            "observations.csv": "\n".join(rows) + "\n",
            "quality_rules.csv": "id,left,operator,right,meaning\nr1,enrolled,>=,completed,nobody completes who was not enrolled\n",
            "submissions.csv": "reporter,indicator,period,received\na,enrolled,2024-05,2024-08-01\n",
        })

    def test_the_list_of_calls_is_ranked_and_says_why(self):
        folder = self.messy()
        rows = rows_of(self.ok("analyze", folder, "quality", "--format", "csv"))
        self.assertEqual([int(r["rank"]) for r in rows], list(range(1, len(rows) + 1)))
        found = {(r["reporter"], r["indicator"], r["period"]): r for r in rows}
        self.assertEqual(found["a", "enrolled", "2024-03"]["what"], "another unit")
        self.assertEqual(found["b", "enrolled", "2024-06"]["what"], "no report")
        self.assertEqual(found["a", "enrolled", "2023-02"]["what"], "contradiction")
        self.assertIn("nobody completes who was not enrolled", found["a", "enrolled", "2023-02"]["why"])
        severities = [r["severity"] for r in rows]
        self.assertEqual(severities, sorted(severities, key=["extreme", "moderate"].index))
        self.assertEqual(len(rows_of(self.ok("analyze", folder, "quality", "--top", "2", "--format", "csv"))), 2)
        self.assertIn("for a call, first Agency", " ".join(self.ok("analyze", folder, "quality").split()))

    def test_other_tables_of_quality_hold_counts_and_scores(self):
        folder = self.messy()
        rows = {r["reporter"]: r for r in rows_of(self.ok("analyze", folder, "quality", "--show", "reporters", "-i", "enrolled",
                                                        "--format", "csv"))}
        self.assertEqual((rows["b"]["expected"], rows["b"]["reported"]), ("18", "15"))
        self.assertEqual(rows["a"]["late"], "1")
        self.assertEqual(rows["b"]["timeliness"], "")
        for row in rows.values():
            shares = [float(row[c]) for c in ("completeness", "timeliness", "plausibility", "consistency") if row[c]]
            self.assertAlmostEqual(float(row["score"]), 100 * sum(shares) / len(shares))
        for table in ("findings", "indicators", "pairs"):
            text = self.ok("analyze", folder, "quality", "--show", table, "--format", "csv")
            self.assertGreater(len(rows_of(text)), 0)
            self.assertNotIn("nan", text)
        only = rows_of(self.ok("analyze", folder, "quality", "--show", "pairs", "--reporter", "b", "--format", "csv"))
        self.assertEqual({r["reporter"] for r in only}, {"b"})

    def test_contributions_add_up_to_the_change_of_the_rollup(self):
        sample = self.sample()
        query = ["-i", "people-served", "-g", "council", "--from", "2020-06", "--to", "2021-06", "--format", "csv"]
        rows = rows_of(self.ok("analyze", sample, "contributions", *query))
        change = sum(float(r[c]) for r in rows for c in ("entry", "exit", "within"))
        figures = rows_of(self.ok("rollup", sample, *query))
        self.assertAlmostEqual(change, float(figures[-1]["value"]) - float(figures[0]["value"]), places=6)
        self.assertIn("The largest part is that of", " ".join(self.ok("analyze", sample, "contributions", *query[:-2]).split()))

    def test_gaps_are_between_the_parts(self):
        folder = self.messy()
        rows = {r["category"]: r for r in rows_of(self.ok("analyze", folder, "gaps", "-i", "housed", "--reference", "male",
                                                        "--format", "csv"))}
        self.assertAlmostEqual(float(rows["female"]["rate"]), 30)
        self.assertAlmostEqual(float(rows["male"]["rate"]), 60)
        self.assertAlmostEqual(float(rows["female"]["ratio"]), 0.5)
        self.assertIn("a gap of 30 percentage points", " ".join(self.ok("analyze", folder, "gaps", "-i", "housed").split()))
        self.assertIn("sex", self.fails(2, "analyze", folder, "gaps", "-i", "housed", "--by", "age"))
        self.assertIn("sex=female", self.fails(2, "analyze", folder, "gaps", "-i", "enrolled"))

    def test_forecasts_go_on_after_the_last_period(self):
        sample = self.sample()
        rows = rows_of(self.ok("analyze", sample, "forecast", "-i", "people-served", "--horizon", "3", "--format", "csv"))
        self.assertEqual([r["period"] for r in rows], ["2022-01", "2022-02", "2022-03"])
        for row in rows:
            self.assertLessEqual(float(row["lower"]), float(row["value"]))
            self.assertLessEqual(float(row["value"]), float(row["upper"]))
        self.assertIn("If nothing changed", self.ok("analyze", sample, "forecast", "-i", "people-served"))

    def test_reconciled_forecasts_add_up(self):
        folder = self.messy()
        rows = rows_of(self.ok("analyze", folder, "forecast", "-i", "enrolled", "--reconcile", "structural", "--method", "naive",
                               "--horizon", "2", "--format", "csv"))
        of = {(r["id"], r["period"]): float(r["value"]) for r in rows}
        for period in ("2024-07", "2024-08"):
            self.assertAlmostEqual(of["top", period], of["a", period] + of["b", period], places=9)
        self.assertIn("add up", self.fails(2, "analyze", folder, "forecast", "-i", "housed", "--reconcile", "ols"))

    def test_a_reporter_has_figures_of_its_own(self):
        folder = self.messy()
        (row,) = rows_of(self.ok("analyze", folder, "trend", "--reporter", "b", "-i", "enrolled", "--format", "csv"))
        self.assertEqual((row["n"], row["first"], row["trend"]), ("15", "30", "rising"))
        (year,) = rows_of(self.ok("analyze", folder, "summary", "--reporter", "b", "-i", "enrolled", "--every", "year", "--format", "csv"))
        self.assertEqual(float(year["mean"]), sum(30 + k % 4 + k for k in range(12)))

    def test_local_measures_become_shared_ones(self):
        folder = self.messy()
        (folder / "measure_map.csv").write_text("local,indicator,factor\nclients-100,enrolled,100\n", encoding="utf-8")
        local = self.folder / "local.csv"
        local.write_text("reporter,local,period,value,name,unit\na,clients-100,2024-01,1.5,Clients in hundreds,\n"
                         "b,finished,2024-01,7,People who completed the course,people\n", encoding="utf-8")
        query = ["analyze", folder, "harmonize", "--local", local, "--format", "csv"]
        (row,) = rows_of(self.ok(*query, "--show", "observations"))
        self.assertEqual((row["reporter"], row["indicator"], float(row["value"])), ("a", "enrolled", 150))
        report = {r["local"]: r["outcome"] for r in rows_of(self.ok(*query))}
        self.assertEqual(report, {"clients-100": "mapped", "finished": "unmapped"})
        matches = rows_of(self.ok(*query, "--show", "matches"))
        self.assertEqual((matches[0]["local"], matches[0]["indicator"]), ("finished", "completed"))
        self.assertNotIn("clients-100", {r["local"] for r in matches})
        self.assertIn("1 local measure without a mapping", self.ok(*query[:-2]))
        self.assertIn("--local", self.fails(2, "analyze", folder, "harmonize"))
        local.write_text("reporter,local,value\na,x,1\n", encoding="utf-8")
        self.assertIn("has no column period", self.fails(2, *query))

    def test_mistakes_say_what_would_be_right(self):
        folder = self.messy()
        self.assertIn("--indicator", self.fails(2, "analyze", folder, "contributions"))
        self.assertIn("--from must come before --to",
                      self.fails(2, "analyze", folder, "contributions", "-i", "enrolled", "--from", "2024-02", "--to", "2024-01"))
        self.assertIn("2023-01 to 2024-06", self.fails(2, "analyze", folder, "contributions", "-i", "enrolled", "--to", "2030-01"))
        self.assertIn("not both", self.fails(2, "analyze", folder, "trend", "--reporter", "a", "-g", "top"))
        self.assertIn("Did you mean", self.fails(2, "analyze", folder, "quality", "-i", "enroled"))
        (folder / "quality_rules.csv").write_text("id,left,operator,right\nr1,enrolled,>=,compleated\n", encoding="utf-8")
        self.assertIn("quality_rules, row 2", self.fails(1, "analyze", folder, "quality"))


if __name__ == "__main__":
    unittest.main()
