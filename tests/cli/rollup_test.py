# SPDX-License-Identifier: Apache-2.0
"""commonweal rollup and explain: the column contract, the formats, and figures that add up."""

import csv
import io
import json
import math
import unittest

from support import Case, EXPLAIN_COLUMNS, ROLLUP_COLUMNS


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


class Rollup(Case):
    def test_columns_are_those_of_the_contract_in_every_format(self):
        sample = self.sample()
        query = ["rollup", sample, "-g", "council", "-i", "people-served"]
        self.assertEqual(self.ok(*query, "--format", "csv").splitlines()[0].split(","), ROLLUP_COLUMNS)
        self.assertEqual(list(json.loads(self.ok(*query, "--format", "json"))[0]), ROLLUP_COLUMNS)
        self.assertEqual(self.ok(*query).splitlines()[0].split(), ROLLUP_COLUMNS)

    def test_csv_and_json_hold_the_same_numbers(self):
        sample = self.sample()
        table = rows_of(self.ok("rollup", sample, "--format", "csv"))
        objects = json.loads(self.ok("rollup", sample, "--format", "json"))
        self.assertEqual(len(table), len(objects))
        self.assertGreater(len(table), 100)
        for row, item in zip(table, objects):
            for name in ROLLUP_COLUMNS:
                if item[name] is None:
                    self.assertEqual(row[name], "")
                elif isinstance(item[name], (int, float)):
                    self.assertEqual(float(row[name]), item[name])
                else:
                    self.assertEqual(row[name], item[name])

    def test_the_council_counts_each_reporter_once(self):
        sample = self.sample()
        with open(sample / "observations.csv", encoding="utf-8", newline="") as file:
            told = [r for r in csv.DictReader(file)
                    if r["indicator"] == "people-served" and r["period"] == "2021-06" and r["value"]]
        query = ["-g", "council", "-i", "people-served", "--from", "2021-06", "--to", "2021-06", "--format", "csv"]
        (row,) = rows_of(self.ok("rollup", sample, *query))
        self.assertEqual(float(row["value"]), sum(float(r["value"]) for r in told))
        self.assertEqual(int(row["reported"]), len(told))

    def test_only_what_was_asked_for_comes(self):
        sample = self.sample()
        rows = rows_of(self.ok("rollup", sample, "-g", "council", "-g", "sub-initiative-1", "-i", "waiting-list", "--from",
                               "2020-03", "--to", "2020-05", "--format", "csv"))
        self.assertEqual({r["group"] for r in rows}, {"council", "sub-initiative-1"})
        self.assertEqual({r["indicator"] for r in rows}, {"waiting-list"})
        self.assertEqual(sorted({r["period"] for r in rows}), ["2020-03", "2020-04", "2020-05"])

    def test_months_become_years(self):
        rows = rows_of(self.ok("rollup", self.sample(), "-g", "council", "-i", "people-served", "--every", "year",
                               "--format", "csv"))
        self.assertEqual([r["period"] for r in rows], ["2020", "2021"])

    def test_names_do_as_well_as_ids(self):
        sample = self.sample()
        self.assertEqual(self.ok("rollup", sample, "-g", "Sub-initiative 1", "-i", "people served"),
                         self.ok("rollup", sample, "-g", "sub-initiative-1", "-i", "people-served"))

    def test_a_policy_may_be_written_with_hyphens(self):
        sample = self.sample()
        self.assertEqual(self.ok("rollup", sample, "--missing", "all-or-nothing"),
                         self.ok("rollup", sample, "--missing", "all_or_nothing"))

    def test_a_wrong_id_suggests_near_ones(self):
        sample = self.sample()
        self.assertIn("Did you mean council?", self.fails(2, "rollup", sample, "-g", "concil"))
        self.assertIn("Did you mean people-served?", self.fails(2, "rollup", sample, "-i", "people-serverd"))
        self.assertIn("organization-1 is an organization, not a group", self.fails(2, "rollup", sample, "-g", "organization-1"))

    def test_a_wrong_period_says_what_to_write(self):
        sample = self.sample()
        self.assertIn("2024-Q1", self.fails(2, "rollup", sample, "--from", "2024-13"))
        self.assertIn("2024-03-15", self.fails(2, "rollup", sample, "--as-of", "yesterday"))
        self.assertIn("day, week, month, quarter, year", self.fails(2, "rollup", sample, "--every", "fortnight"))
        self.assertIn("complete_case", self.fails(2, "rollup", sample, "--missing", "zero"))

    def test_months_do_not_become_weeks(self):
        self.fails(2, "rollup", self.sample(), "-i", "people-served", "--every", "week")


class Size(Case):
    """A few reports far apart do not make gigabytes."""

    def centuries(self, indicators, groups, breakdown=""):
        days = ["1800-01-01", "1950-07-01", "2199-12-30"]
        return self.write("centuries", {
            "organizations.csv": "id\no\n",
            "groups.csv": "id\n" + "".join(f"g{g}\n" for g in range(groups)),
            "member_of.csv": "from,to\no,g0\n",
            "part_of.csv": "from,to\n" + "".join(f"g{g},g0\n" for g in range(1, groups)),
            "indicators.csv": "id,kind\n" + "".join(f"i{i},amount\n" for i in range(indicators)),
            "observations.csv": "reporter,indicator,period,value\n" + "".join(
                f"o,i{i},{day},1\n" for i in range(indicators) for day in days)})

    def test_a_rollup_out_of_proportion_names_its_size_and_what_to_narrow(self):
        path = self.centuries(indicators=20, groups=200)
        said = self.fails(2, "rollup", path)
        self.assertIn("the rollup of 200 groups and 20 indicators over up to 146096 periods", said)
        self.assertIn("would have 584384000 rows", said)
        self.assertIn("from and to", said)
        self.assertEqual(len(rows_of(self.ok("rollup", path, "-g", "g0", "-i", "i3", "--from", "1950-07-01", "--to",
                                             "1950-07-02", "--format", "csv"))), 2)
        self.assertEqual(len(rows_of(self.ok("rollup", path, "-g", "g0", "--every", "year", "--format", "csv"))), 20 * 400)

    def test_a_report_out_of_proportion_says_so_too(self):
        self.assertIn("would have 2921920 rows", self.fails(2, "report", self.centuries(indicators=20, groups=2)))

    def test_many_panels_that_are_almost_all_blanks_are_refused_by_row(self):
        said = self.fails(1, "rollup", self.centuries(indicators=300, groups=1))
        self.assertIn("[too_sparse]", said)


class Explain(Case):
    query = ["--indicator", "people-served", "--group", "council", "--period", "2021-06"]

    def test_columns_are_those_of_the_contract_in_every_format(self):
        sample = self.sample()
        self.assertEqual(self.ok("explain", sample, *self.query, "--format", "csv").splitlines()[0].split(","), EXPLAIN_COLUMNS)
        self.assertEqual(list(json.loads(self.ok("explain", sample, *self.query, "--format", "json"))[0]), EXPLAIN_COLUMNS)

    def test_shares_add_up_to_the_figure_of_the_rollup(self):
        sample = self.sample()
        for when in ["2021-06", "2021"]:
            rows = rows_of(self.ok("explain", sample, *self.query[:-1], when, "--format", "csv"))
            every = ["--every", "year"] if when == "2021" else []
            (figure,) = rows_of(self.ok("rollup", sample, "-g", "council", "-i", "people-served", *every, "--from", when,
                                        "--to", when, "--format", "csv"))
            self.assertEqual(math.fsum(float(r["share"]) for r in rows if r["share"]), float(figure["value"]))

    def test_the_table_ends_in_the_total_and_says_that_it_adds_up(self):
        text = self.ok("explain", self.sample(), *self.query)
        self.assertRegex(text, r"The figure: [\d,]+ people")
        self.assertIn("exactly the figure", text)

    def test_a_ratio_shows_both_sums(self):
        text = self.ok("explain", self.sample(), "-i", "households-housed", "-g", "council", "-p", "2021-06")
        self.assertRegex(text, r"It is 100 x [\d,]+ / [\d,]+")

    def test_a_missing_option_is_a_usage_error(self):
        self.assertIn("--period", self.fails(2, "explain", self.sample(), "-i", "people-served", "-g", "council"))

    def test_a_period_without_data_is_said_and_no_crash(self):
        self.ok("explain", self.sample(), "-i", "people-served", "-g", "council", "-p", "1999-01")


if __name__ == "__main__":
    unittest.main()
