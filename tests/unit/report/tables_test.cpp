// SPDX-License-Identifier: Apache-2.0
// The content of a report as tables: typed values, and the words of the page.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include <commonweal/commonweal.hpp>

#include "report/tables.hpp"

namespace {

using namespace commonweal;
using report::part_of_report;

/// A reporter alone, with 5 for the year 2020 and 4 for 2021, of 6 wanted by 2025; another that fell silent.
report::content small() {
  network_builder net;
  const auto top = net.add<node_kind::group>("top", "Top");
  net.connect<edge_kind::member_of>(net.add<node_kind::organization>("a", "A"), top);
  net.connect<edge_kind::member_of>(net.add<node_kind::organization>("b", "B"), top);
  net.add<node_kind::goal>("g", "Goal");
  measures data;
  indicator_definition d;
  d.node = net.add<node_kind::indicator>("m", "Meals");
  d.id = "m";
  d.name = "Meals";
  d.unit = "meals";
  d.direction = direction::up;
  d.over_groups = default_over_groups(d.kind);
  data.indicators.push_back(d);
  panel p;
  p.indicator = d.node;
  p.first = *period::parse("2020");
  p.value.resize(2, 2);
  p.value << 5, 4, 3, missing_value;
  auto made = net.finish();
  p.reporters = {made.find("a").value(), made.find("b").value()};
  data.panels.push_back(p);
  data.targets.push_back({d.node, {}, *period::parse("2025"), 12, target_kind::target});
  diagnostics found;
  found.add({severity::warning, "odd", "a.csv", 7, "value", "a", "looks odd"});
  initiative_info info;
  info.title = "Small";
  return report::gather(initiative(std::move(info), std::move(made), std::move(data)), found);
}

TEST(report_tables, hold_the_latest_value_beside_baseline_target_and_verdict) {
  const auto t = report::report_table(small(), part_of_report::measures);
  ASSERT_EQ(t.rows(), 1U);
  EXPECT_EQ(t["indicator"].text(0), "m");
  EXPECT_EQ(t["of"].text(0), "top");
  EXPECT_EQ(t["baseline"].values<double>()[0], 8);
  EXPECT_EQ(t["value"].values<double>()[0], 4);
  EXPECT_EQ(t["period"].values<period>()[0], *period::parse("2021"));
  EXPECT_EQ(t["state"].text(0), "partial");
  EXPECT_EQ(t["reported"].values<std::int64_t>()[0], 1);
  EXPECT_EQ(t["expected"].values<std::int64_t>()[0], 2);
  EXPECT_EQ(t["coverage"].values<double>()[0], 0.5);
  EXPECT_EQ(t["target"].values<double>()[0], 12);
  EXPECT_EQ(t["change"].values<double>()[0], -4);
  EXPECT_EQ(t["relative_change"].values<double>()[0], -0.5);
  EXPECT_EQ(t["way_to_target"].values<double>()[0], -1);
  EXPECT_EQ(t["moves"].text(0), "down");
  EXPECT_EQ(t["verdict"].text(0), "wrong");
  EXPECT_NE(t["reading"].text(0).find("Over all periods 3 of 4 reports (75 %)."), std::string::npos)
      << t["reading"].text(0);
}

TEST(report_tables, hold_series_problems_and_the_whole) {
  const auto c = small();
  const auto series = report::report_table(c, part_of_report::series);
  ASSERT_EQ(series.rows(), 2U);
  EXPECT_EQ(series["value"].values<double>()[0], 8);
  EXPECT_EQ(series["state"].text(1), "partial");
  const auto problems = report::report_table(c, part_of_report::problems);
  ASSERT_EQ(problems.rows(), 2U);
  EXPECT_EQ(problems["problem"].text(0), "finding");
  EXPECT_EQ(problems["row"].values<std::int64_t>()[0], 7);
  EXPECT_EQ(problems["reading"].text(0), "looks odd");
  EXPECT_EQ(problems["problem"].text(1), "low_coverage");
  EXPECT_EQ(problems["id"].text(1), "top");
  EXPECT_EQ(problems["coverage"].values<double>()[1], 0.5);
  const auto summary = report::report_table(c, part_of_report::summary);
  ASSERT_EQ(summary.rows(), 1U);
  EXPECT_EQ(summary["as_of"].values<date>()[0], *date::parse("2021-12-31"));
  EXPECT_EQ(summary["organizations"].values<std::int64_t>()[0], 2);
  EXPECT_EQ(summary["reading"].text(0),
            "As of 2021-12-31, the last day of the data. 2 organizations, 1 group and 1 shared measure. 0 of 1 "
            "evaluated measure move in the right direction (0 %).");
  const auto scorecard = report::report_table(c, part_of_report::scorecard);
  ASSERT_EQ(scorecard.rows(), report::verdict_count);
  EXPECT_EQ(scorecard["indicators"].text(1), "m");
  EXPECT_EQ(report::report_table(c, part_of_report::groups)["group"].text(0), "top");
  EXPECT_EQ(report::report_table(c, part_of_report::goals)["reading"].text(0), "Goal: 0 strategies, 0 measures");
  EXPECT_EQ(report::report_table(c, part_of_report::who).rows(), 0U);
}

TEST(report_tables, are_listed_with_what_they_hold) {
  const auto t = report::report_table_list();
  ASSERT_EQ(t.rows(), 8U);
  for (std::size_t i = 0; i < t.rows(); ++i) EXPECT_FALSE(t["about"].text(i).empty());
  EXPECT_EQ(t["name"].text(4), "measures");
}

} // namespace
