// SPDX-License-Identifier: Apache-2.0
// Data quality by hand: what was due, what came when, which values stand out and by which threshold.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <commonweal/analyze/detail/quality_rules.hpp>
#include <commonweal/analyze/quality.hpp>

#include "record_builder.hpp"
#include "rollup_sketch.hpp"

namespace {

using namespace commonweal;
using commonweal::test::day;
using commonweal::test::records_of;
using commonweal_test::build;
using commonweal_test::none_given;
using commonweal_test::sketch;
using values = std::vector<double>;

quality_result judge(const commonweal_test::facts& s, quality_options o = {}, record_tables records = {}) {
  const auto made = build(s);
  return quality(made.network(), made.measures(), records, o);
}
sketch one(const values& y) {
  sketch s;
  s.join("oA", "g").indicator("i");
  s.values("i", "oA", y);
  return s;
}
/// Rows of the findings of one check.
std::vector<std::size_t> of(const quality_result& r, std::string_view check) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < r.findings.rows(); ++i)
    if (r.findings["check"].text(i) == check) out.push_back(i);
  return out;
}
double number(const table& t, const char* column, std::size_t row) {
  return t[column].is_null(row) ? missing_value : t[column].values<double>()[row];
}
std::int64_t count(const table& t, const char* column, std::size_t row) {
  return t[column].values<std::int64_t>()[row];
}
std::string month(const quality_result& r, std::size_t row) {
  return r.findings["period"].values<period>()[row].to_string();
}

// ---- complete -----------------------------------------------------------------------------------
TEST(quality, completeness_counts_reports_due_and_missing_is_never_zero) {
  auto s = one({1, 2, none_given, 0, 5, 7});
  s.join("oB", "g").values("i", "oB", {3, 4, 5, 6, none_given, none_given});
  const auto r = judge(s);
  ASSERT_EQ(r.reporters.rows(), 2U);
  EXPECT_EQ(count(r.reporters, "expected", 0), 6);
  EXPECT_EQ(count(r.reporters, "reported", 0), 5); // the zero is a report
  EXPECT_NEAR(number(r.reporters, "completeness", 0), 5.0 / 6, 1e-15);
  EXPECT_NEAR(number(r.reporters, "completeness", 1), 4.0 / 6, 1e-15);
  EXPECT_EQ(count(r.indicators, "missing", 0), 3);
  const auto missing = of(r, "missing");
  ASSERT_EQ(missing.size(), 2U);
  EXPECT_EQ(r.findings["severity"].text(missing[0]), "note"); // it came again since
  EXPECT_EQ(r.findings["severity"].text(missing[1]), "moderate");
  EXPECT_EQ(r.findings["why"].text(missing[1]), "the latest 2 reports have not come; 2 of 6 in all are missing");
}

TEST(quality, only_what_an_edge_in_force_asks_of_a_living_reporter_is_due) {
  auto s = one({1, none_given, none_given, none_given, none_given, 6});
  s.organizations["oA"] = sketch::days("", "2024-06-15"); // June is no longer due, though it came
  s.node("oNew", sketch::days("2024-04-01")).join("oNew", "g", sketch::days("2024-04-01"));
  s.reports.push_back({"oA", "i", sketch::days("", "2024-03-01")});
  s.reports.push_back({"oNew", "i", sketch::days("2024-05-01")});
  const auto r = judge(s);
  EXPECT_EQ(count(r.reporters, "expected", 0), 2); // January and February
  EXPECT_EQ(count(r.reporters, "reported", 0), 1);
  EXPECT_EQ(count(r.reporters, "expected", 1), 2); // May and June
  EXPECT_EQ(count(r.reporters, "reported", 1), 0);
}

TEST(quality, a_report_nobody_asked_for_counts_as_expected) {
  auto s = one({1, 2, 3});
  s.reports.push_back({"oA", "i", sketch::days("", "2024-02-01")});
  const auto r = judge(s);
  EXPECT_EQ(number(r.pairs, "completeness", 0), 1);
  EXPECT_EQ(count(r.pairs, "expected", 0), 3);
}

TEST(quality, suppressed_came_and_not_expected_was_not_due) {
  auto s = one({1, 2, 3, 4});
  s.mark("i", "oA", "2024-02", cell_state::suppressed).mark("i", "oA", "2024-03", cell_state::not_expected);
  const auto r = judge(s);
  EXPECT_EQ(count(r.pairs, "expected", 0), 3);
  EXPECT_EQ(count(r.pairs, "suppressed", 0), 1);
  EXPECT_EQ(number(r.pairs, "completeness", 0), 1);
  EXPECT_TRUE(of(r, "missing").empty());
}

TEST(quality, a_report_not_yet_due_is_not_missing_and_one_due_since_is) {
  const auto s = one({1, 2, 3, none_given});
  quality_options o;
  o.as_of = day("2024-05-30"); // April is due on May 30
  EXPECT_EQ(count(judge(s, o).pairs, "missing", 0), 0);
  o.as_of = day("2024-05-31");
  EXPECT_EQ(count(judge(s, o).pairs, "missing", 0), 1);
  o.as_of = day("2024-08-31"); // April to July
  const auto r = judge(s, o);
  EXPECT_EQ(count(r.pairs, "missing", 0), 4);
  EXPECT_EQ(r.findings["severity"].text(of(r, "missing")[0]), "extreme");
  EXPECT_EQ(r.calls["what"].text(0), "no report");
}

TEST(quality, an_indicator_nobody_reports_is_told_of_each_that_should) {
  auto s = one({1});
  s.indicator("silent");
  s.reports.push_back({"oA", "silent", {}});
  const auto r = judge(s);
  const auto missing = of(r, "missing");
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(r.findings["indicator"].text(missing[0]), "silent");
  EXPECT_TRUE(r.findings["period"].is_null(missing[0]));
}

TEST(quality, only_what_was_known_on_the_day_is_judged) {
  auto s = one({100, 101, 102, 100, 101, 102, 100, 101, 102, 100, 101, 101, none_given, none_given, 100000});
  s.periods = 15;
  const auto end = day("2024-12-31");
  const auto r = judge(s, {.as_of = end});
  EXPECT_EQ(count(r.pairs, "values", 0), 12);
  EXPECT_EQ(count(r.pairs, "expected", 0), 12);
  EXPECT_EQ(r.calls.rows(), 0U);
  EXPECT_GT(judge(s).calls.rows(), 0U); // later the last value stands out

  // A report that came in later has not come; one that was due by then is missing.
  const record_tables records = {
      {"submissions",
       records_of("submissions",
                  {{{"reporter", "oA"}, {"period", *period::parse("2024-10")}, {"received", day("2025-02-01")}}})}};
  const auto then = judge(s, {.as_of = end}, records);
  EXPECT_EQ(count(then.pairs, "missing", 0), 1);
  EXPECT_EQ(count(then.pairs, "late", 0), 0);
  EXPECT_EQ(count(judge(s, {.as_of = day("2025-02-01")}, records).pairs, "late", 0), 1);
}

TEST(quality, a_day_before_all_data_knows_of_no_report_and_one_long_after_misses_those_since) {
  const auto s = one({1, 2, 3});
  const auto before = judge(s, {.as_of = day("0001-01-01")});
  EXPECT_EQ(before.pairs.rows(), 0U);
  EXPECT_EQ(before.findings.rows(), 0U);
  const auto after = judge(s, {.as_of = day("9999-12-31")});
  EXPECT_EQ(count(after.pairs, "reported", 0), 3);
  EXPECT_EQ(count(after.pairs, "missing", 0), (9999 - 2024) * 12 + 8); // April 2024 to November 9999
}

// ---- on time ------------------------------------------------------------------------------------
TEST(quality, timeliness_is_judged_by_the_days_reports_came_in) {
  const auto s = one({1, 2, 3, 4});
  const auto when = [](const char* p) { return *period::parse(p); };
  const record_tables records = {
      {"submissions",
       records_of("submissions",
                  {{{"reporter", "oA"},
                    {"indicator", "i"},
                    {"period", when("2024-01")},
                    {"received", day("2024-03-01")}},                                                  // due March 1
                   {{"reporter", "oA"}, {"period", when("2024-02")}, {"received", day("2024-04-05")}}, // due March 30
                   {{"reporter", "oA"}, {"period", when("2024-03")}, {"received", day("2024-06-01")}},
                   {{"reporter", "oA"},
                    {"indicator", "i"},
                    {"period", when("2024-03")},
                    {"received", day("2024-04-01")}}})}}; // sent again later
  const auto r = judge(s, {}, records);
  EXPECT_EQ(count(r.pairs, "on_time", 0), 2);
  EXPECT_EQ(count(r.pairs, "late", 0), 1);
  EXPECT_EQ(count(r.pairs, "undated", 0), 1);
  EXPECT_NEAR(number(r.pairs, "timeliness", 0), 2.0 / 3, 1e-15);
  const auto late = of(r, "late");
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(number(r.findings, "figure", late[0]), 6);              // days
  EXPECT_TRUE(std::isnan(number(judge(s).pairs, "timeliness", 0))); // no day is known
}

TEST(quality, the_days_of_the_reports_edge_say_when_it_is_due) {
  network_builder b;
  const auto o = b.add<node_kind::organization>("oA");
  const auto i = b.add<node_kind::indicator>("i");
  b.connect<edge_kind::reports>(o, i, {}, {{"due_days", std::int64_t{5}}});
  measures data;
  data.indicators.resize(1);
  data.indicators[0].node = i;
  data.indicators[0].id = "i";
  panel p;
  p.indicator = i;
  p.first = *period::parse("2024-01");
  p.reporters = {o};
  p.value = panel_matrix::Constant(1, 1, 3.0);
  data.panels.push_back(p);
  const record_tables records = {
      {"submissions",
       records_of("submissions", {{{"reporter", "oA"}, {"period", p.first}, {"received", day("2024-02-06")}}})}};
  const auto r = quality(b.finish(), data, records);
  EXPECT_EQ(count(r.pairs, "late", 0), 1);
  EXPECT_EQ(number(r.findings, "figure", of(r, "late")[0]), 1);
}

// ---- plausible ----------------------------------------------------------------------------------
TEST(quality, outliers_are_moderate_from_two_and_extreme_from_three_standard_deviations) {
  // Mean 10.5, sd 1.977 (squares 43): z = 2.78.
  const auto r = judge(one({9, 11, 9, 11, 9, 11, 16, 9, 11, 9, 11, 10}));
  const auto found = of(r, "outlier");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(month(r, found[0]), "2024-07");
  EXPECT_EQ(r.findings["severity"].text(found[0]), "moderate");
  EXPECT_EQ(number(r.findings, "threshold", found[0]), 2);
  EXPECT_NEAR(number(r.findings, "usual", found[0]), 10.5, 1e-12);
  EXPECT_NEAR(number(r.findings, "figure", found[0]), 5.5 / std::sqrt(43.0 / 11), 1e-12);
  const auto far = judge(one({9, 11, 9, 11, 9, 11, 100, 9, 11, 9, 11, 10}));
  EXPECT_EQ(far.findings["severity"].text(of(far, "outlier")[0]), "extreme");
}

TEST(quality, modified_z_uses_the_median_deviation) { // median 5, deviations 4 3 2 1 0 1 2 3 95: their median 2
  const auto r = judge(one({1, 2, 3, 4, 5, 6, 7, 8, 100}));
  const auto found = of(r, "modified_outlier");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(number(r.findings, "figure", found[0]), 95 / (1.482602218505602 * 2), 1e-12);
  EXPECT_EQ(number(r.findings, "threshold", found[0]), 3.5);
}

TEST(quality, a_zero_median_deviation_gives_way_to_the_mean_one) { // nine 100s and a 300: mean deviation 20
  const auto r = judge(one({100, 100, 0, 100, 100, 300, 100, 100, 0.5, 100, 100, 100}));
  EXPECT_FALSE(of(r, "modified_outlier").empty());
  const auto constant = judge(one({7, 7, 7, 7, 7, 7, 7, 7}));
  EXPECT_TRUE(of(constant, "modified_outlier").empty());
  EXPECT_TRUE(of(constant, "outlier").empty());
}

TEST(quality, history_sees_what_would_hide_itself_in_the_whole) {
  // With seven values no z can exceed 6 / sqrt(7) = 2.27; against the six before it stands far out.
  const auto r = judge(one({10, 11, 9, 10, 11, 9, 90}));
  const auto found = of(r, "against_history");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(r.findings["severity"].text(found[0]), "extreme");
  EXPECT_NEAR(number(r.findings, "figure", found[0]), 80 / (std::sqrt(0.8) * std::sqrt(7.0 / 6)), 1e-9);
  EXPECT_EQ(r.findings["severity"].text(of(r, "outlier")[0]), "moderate");
}

TEST(quality,
     against_few_values_the_threshold_is_as_rare_as_three_known_deviations) { // Student's t, 5 degrees, 0.99865
  const auto r = judge(one({10, 11, 9, 10, 11, 9, 90}));
  EXPECT_NEAR(number(r.findings, "threshold", of(r, "against_history")[0]), 5.507, 0.001);
}

TEST(quality, a_lone_moderate_outlier_is_found_and_is_no_reason_to_call) {
  const auto r = judge(one({18, 14, 6, 12, 8, 13, 7, 11, 9, 10, 12, 8}));
  EXPECT_EQ(of(r, "outlier").size(), 1U);
  EXPECT_EQ(r.findings.rows(), 1U);
  EXPECT_EQ(r.calls.rows(), 0U);
}

TEST(quality, too_few_values_say_nothing_about_one_of_them) {
  const auto r = judge(one({1, 1.1, 0.9, 1, 5000}));
  EXPECT_TRUE(of(r, "outlier").empty());
  EXPECT_TRUE(of(r, "unit_change").empty());
}

TEST(quality, runs_of_the_same_value_are_told_and_zeros_and_gaps_are_not) {
  const auto r = judge(one({5, 5, 5, 8, 0, 0, 0, 0, 4, none_given, 4, 4}));
  const auto found = of(r, "repeated");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(month(r, found[0]), "2024-03");
  EXPECT_EQ(number(r.findings, "figure", found[0]), 3);
  EXPECT_EQ(r.findings["severity"].text(found[0]), "moderate");
  const auto six = judge(one({5, 5, 5, 5, 5, 5, 8}));
  EXPECT_EQ(six.findings["severity"].text(of(six, "repeated")[0]), "extreme");
  quality_options o;
  o.repeat_length = 0;
  EXPECT_TRUE(of(judge(one({5, 5, 5, 5}), o), "repeated").empty());
}

TEST(quality, tenfold_hundredfold_and_thousandfold_values_are_taken_for_another_unit) {
  for (const double factor : {10.0, 100.0, 1000.0, 0.1, 0.01, 0.001}) {
    const auto r = judge(one({50, 52, 48, 51, 49, 50 * factor * 1.1, 52, 47}));
    const auto found = of(r, "unit_change");
    ASSERT_EQ(found.size(), 1U) << factor;
    EXPECT_EQ(month(r, found[0]), "2024-06");
    EXPECT_NEAR(number(r.findings, "threshold", found[0]), factor, 1e-12 * factor);
    EXPECT_EQ(r.findings["severity"].text(found[0]), "extreme");
  }
  EXPECT_TRUE(of(judge(one({50, 52, 48, 51, 49, 50 * 3.0, 52, 47})), "unit_change").empty());
  EXPECT_TRUE(of(judge(one({1, 10, 100, 2, 1000, 30, 5, 700})), "unit_change").empty()); // always scattered so
}

TEST(quality, a_year_is_held_against_the_mean_of_the_complete_years_before) {
  sketch s;
  s.first = period::parse("2021-01")->ordinal();
  s.periods = 48;
  s.join("oA", "g").indicator("i");
  values y;
  for (int t = 0; t < 48; ++t) y.push_back((t < 12 ? 10 : t < 24 ? 12 : t < 36 ? 11 : 22) + (t % 2 == 0 ? 0.5 : -0.5));
  s.values("i", "oA", y);
  auto r = judge(s);
  auto found = of(r, "year_on_year");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(number(r.findings, "figure", found[0]), 2, 1e-12); // 264 against 132
  EXPECT_NEAR(number(r.findings, "value", found[0]), 264, 1e-9);
  y[40] = none_given; // an incomplete year is no year
  s.values("i", "oA", y);
  EXPECT_TRUE(of(judge(s), "year_on_year").empty());
}

// ---- consistent ---------------------------------------------------------------------------------
record_tables rule(const char* left, const char* op, const char* right, double tolerance = 0) {
  return {{"quality_rules",
           records_of("quality_rules",
                      {{{"id", "r1"}, {"left", left}, {"operator", op}, {"right", right}, {"tolerance", tolerance}}})}};
}
sketch enrolled_and_completed() {
  sketch s;
  s.join("oA", "g").join("oB", "g");
  s.node("oOutside"); // in no group, and judged all the same
  s.indicator("enrolled");
  s.indicator("completed");
  s.values("enrolled", "oA", {10, 10, none_given}).values("completed", "oA", {8, 12, 5});
  s.values("enrolled", "oB", {10, 10, 10}).values("completed", "oB", {11, 9, 0});
  s.values("enrolled", "oOutside", {1}).values("completed", "oOutside", {2});
  return s;
}

TEST(quality, rules_are_checked_for_each_reporter_and_period_with_both_sides) {
  const auto r = judge(enrolled_and_completed(), {}, rule("enrolled", ">=", "completed"));
  const auto found = of(r, "rule");
  ASSERT_EQ(found.size(), 3U); // oA in February, oB and oOutside in January
  EXPECT_EQ(month(r, found[0]), "2024-02");
  EXPECT_EQ(r.findings["reporter"].text(found[2]), "oOutside");
  EXPECT_EQ(r.findings["rule"].text(found[0]), "r1");
  EXPECT_EQ(r.findings["why"].text(found[0]), "enrolled >= completed does not hold: 10 and 12");
  EXPECT_EQ(number(r.findings, "value", found[0]), 10);
  EXPECT_EQ(number(r.findings, "usual", found[0]), 12);
  EXPECT_EQ(count(r.reporters, "checks", 0), 4); // two months, either indicator; March lacks a side
  EXPECT_EQ(count(r.reporters, "failed", 0), 2);
  EXPECT_NEAR(number(r.reporters, "consistency", 0), 0.5, 1e-15);
}

TEST(quality, a_tolerance_lets_small_differences_pass) {
  EXPECT_EQ(of(judge(enrolled_and_completed(), {}, rule("enrolled", ">=", "completed", 1)), "rule").size(), 1U);
  EXPECT_TRUE(detail::holds(detail::comparison::equal, 1.0, 1.5, 0.5));
  EXPECT_FALSE(detail::holds(detail::comparison::equal, 1.0, 1.6, 0.5));
  EXPECT_FALSE(detail::holds(detail::comparison::less, 2, 2, 0));
  EXPECT_TRUE(detail::holds(detail::comparison::less_or_equal, 2, 2, 0));
  EXPECT_FALSE(detail::holds(detail::comparison::not_equal, 2, 2, 0));
  EXPECT_FALSE(detail::holds(detail::comparison::greater, 2, 2, 0));
}

TEST(quality, rules_use_the_formula_language) {
  EXPECT_EQ(of(judge(enrolled_and_completed(), {}, rule("enrolled - completed", "<", "10")), "rule").size(),
            1U); // oB in March
  EXPECT_EQ(of(judge(enrolled_and_completed(), {}, rule("enrolled[t-1]", "==", "enrolled")), "rule").size(), 0U);
  EXPECT_EQ(of(judge(enrolled_and_completed(), {}, rule("100 * completed / enrolled", "<=", "110")), "rule").size(),
            2U);
}

TEST(quality, pairs_are_about_what_is_missing) {
  const auto both = of(judge(enrolled_and_completed(), {}, rule("enrolled", "compulsory_pair", "completed")), "rule");
  EXPECT_EQ(both.size(), 1U); // oA in March has one of them only
  const auto not_both =
      of(judge(enrolled_and_completed(), {}, rule("enrolled", "exclusive_pair", "completed")), "rule");
  EXPECT_EQ(not_both.size(), 6U);
}

TEST(quality, a_rule_that_cannot_be_read_names_its_row) {
  const auto told = [](const char* left, const char* op, const char* right) {
    try {
      (void)judge(enrolled_and_completed(), {}, rule(left, op, right));
    } catch (const error& e) {
      return e.where().code + " " + e.where().file + " " + std::to_string(e.where().row) + " " + e.where().field;
    }
    return std::string("nothing");
  };
  EXPECT_EQ(told("enroled", ">=", "completed"), "formula_unknown_indicator quality_rules 2 left");
  EXPECT_EQ(told("enrolled", ">=", "completed +"), "formula_syntax quality_rules 2 right");
  EXPECT_EQ(told("enrolled", "=>", "completed"), "bad_quality_rule quality_rules 2 operator");
  EXPECT_EQ(told("1", "<", "2"), "bad_quality_rule quality_rules 2 left");
}

// ---- scores and calls ---------------------------------------------------------------------------
TEST(quality, the_score_is_the_mean_of_what_is_known) {
  // Eight reports of nine came, and one of the eight values is extreme.
  const auto r = judge(one({50, 52, 48, 51, 49, 5000, 52, none_given, 47}));
  EXPECT_EQ(number(r.pairs, "flagged", 0), 1); // one value, however many checks it fails
  EXPECT_NEAR(number(r.pairs, "completeness", 0), 8.0 / 9, 1e-15);
  EXPECT_NEAR(number(r.pairs, "plausibility", 0), 7.0 / 8, 1e-15);
  EXPECT_TRUE(std::isnan(number(r.pairs, "consistency", 0)));
  EXPECT_NEAR(number(r.pairs, "score", 0), 100 * (8.0 / 9 + 7.0 / 8) / 2, 1e-12);
  EXPECT_NEAR(number(r.reporters, "score", 0), number(r.indicators, "score", 0), 1e-15);
}

TEST(quality, the_list_of_calls_has_a_row_a_cell_worst_and_latest_first) {
  auto s = one({50, 52, 48, 51, 49, 5000, 52, 47, 50});
  s.join("oB", "g").values("i", "oB", {10, 12, 11, 13, 10, 11, 12, 10, none_given});
  const auto r = judge(s);
  ASSERT_GE(r.calls.rows(), 2U);
  EXPECT_EQ(r.calls["reporter"].text(0), "oA");
  EXPECT_EQ(r.calls["what"].text(0), "another unit");
  EXPECT_GE(count(r.calls, "findings", 0), 3); // outlier, modified and unit at the least
  EXPECT_EQ(r.calls["reporter"].text(1), "oB");
  std::set<std::string> cells;
  for (std::size_t i = 0; i < r.calls.rows(); ++i) {
    EXPECT_EQ(count(r.calls, "rank", i), static_cast<std::int64_t>(i + 1));
    EXPECT_NE(r.calls["severity"].text(i), "note");
    EXPECT_TRUE(
        cells.insert(std::string(r.calls["reporter"].text(i)) + r.calls["period"].values<period>()[i].to_string())
            .second);
  }
  quality_options o;
  o.most_calls = 1;
  EXPECT_EQ(judge(s, o).calls.rows(), 1U);
}

TEST(quality, good_data_asks_for_no_call) {
  const auto r = judge(one({10, 12, 11, 13, 10, 11, 12, 10}));
  EXPECT_EQ(r.findings.rows(), 0U);
  EXPECT_EQ(number(r.pairs, "score", 0), 100);
  EXPECT_EQ(reading(r),
            "100 % of 8 expected reports came; 1 of 1 reporter sent all of theirs. Nothing asks for a call.");
}

TEST(quality, only_what_was_asked_for_is_judged) {
  auto s = one({1, 2, 3, 4, 5, 6});
  s.join("oB", "g").values("i", "oB", {1, 1, 1, 1, 1, 1});
  s.indicator("j");
  s.values("j", "oA", {4, 4, 4});
  quality_options o;
  o.reporters = {"oA"};
  o.indicators = {"i"};
  o.within = sketch::days("2024-02-01", "2024-05-01");
  const auto r = judge(s, o);
  ASSERT_EQ(r.pairs.rows(), 1U);
  EXPECT_EQ(count(r.pairs, "expected", 0), 3);
  o.reporters = {"nobody"};
  EXPECT_THROW((void)judge(s, o), error);
  o.reporters = {};
  o.extreme_sd = 1;
  EXPECT_THROW((void)judge(s, o), error);
}

TEST(quality, nothing_at_all_is_said_to_be_nothing) {
  const auto r = judge(sketch{});
  EXPECT_EQ(r.findings.rows(), 0U);
  EXPECT_EQ(reading(r), "No report was due, so that there is nothing to judge. Nothing asks for a call.");
}

TEST(quality, no_table_holds_nan) {
  auto s = enrolled_and_completed();
  s.mark("enrolled", "oA", "2024-02", cell_state::suppressed);
  const auto r = judge(s, {}, rule("enrolled", "compulsory_pair", "completed"));
  for (const auto* t : {&r.findings, &r.calls, &r.pairs, &r.reporters, &r.indicators})
    for (const auto& c : t->columns())
      if (c.type() == column_type::float64)
        for (std::size_t i = 0; i < t->rows(); ++i)
          if (!c.is_null(i)) { EXPECT_FALSE(std::isnan(c.values<double>()[i])) << c.name(); }
}

} // namespace
