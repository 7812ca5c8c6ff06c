// SPDX-License-Identifier: Apache-2.0
// Membership, missing reports, states and bounds by hand: the figures of docs/rollup-semantics.md.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "rollup_sketch.hpp"

namespace cw = commonweal;
using namespace commonweal_test;

namespace {

using op = cw::aggregate_operator;
using cw::figure_state;
using cw::missing_policy;

// ---- who belongs --------------------------------------------------------------------------------
TEST(membership, counts_a_reporter_once_however_many_paths) {
  sketch s;
  s.join("oA", "gX").join("oA", "gY").join("gX", "gTop").join("gY", "gTop").join("oA", "gTop");
  s.indicator("i");
  s.values("i", "oA", {7});
  EXPECT_EQ(ask(s, "gTop", "i", "2024-01").value, 7);
  EXPECT_EQ(ask(s, "gTop", "i", "2024-01").expected, 1);
}
TEST(membership, a_group_counts_in_itself_and_upward) {
  sketch s;
  s.join("gX", "gTop").join("oA", "gX");
  s.indicator("i");
  s.values("i", "oA", {1}).values("i", "gX", {10}).values("i", "gTop", {100});
  EXPECT_EQ(ask(s, "gX", "i", "2024-01").value, 11);
  EXPECT_EQ(ask(s, "gTop", "i", "2024-01").value, 111);
}
TEST(membership, a_reporter_that_moves_is_in_one_place) {
  sketch s;
  s.join("oA", "gX", sketch::days("", "2024-02-15")).join("oA", "gY", sketch::days("2024-02-15"));
  s.join("gX", "gTop").join("gY", "gTop");
  s.indicator("i");
  s.values("i", "oA", {1, 2, 4});
  EXPECT_EQ(ask(s, "gX", "i", "2024-Q1").value, 1);
  EXPECT_EQ(ask(s, "gY", "i", "2024-Q1").value, 6);
  EXPECT_EQ(ask(s, "gTop", "i", "2024-Q1").value, 7);
  cw::rollup_options o;
  o.membership = cw::in_force_rule::first_day;
  EXPECT_EQ(ask(s, "gX", "i", "2024-Q1", o).value, 3);
  o.membership = cw::in_force_rule::any_day; // February in both
  EXPECT_EQ(ask(s, "gX", "i", "2024-Q1", o).value, 3);
  EXPECT_EQ(ask(s, "gY", "i", "2024-Q1", o).value, 6);
  EXPECT_EQ(ask(s, "gTop", "i", "2024-Q1", o).value, 7);
  o.membership = cw::in_force_rule::whole_period; // February in neither
  EXPECT_EQ(ask(s, "gX", "i", "2024-Q1", o).value, 1);
  EXPECT_EQ(ask(s, "gY", "i", "2024-Q1", o).value, 4);
  EXPECT_EQ(ask(s, "gTop", "i", "2024-Q1", o).value, 5);
}
TEST(membership, as_of_uses_one_day_for_all_periods) {
  sketch s;
  s.join("oA", "g", sketch::days("", "2024-02-15")).join("oB", "g");
  s.indicator("i");
  s.values("i", "oA", {1, 2, 4}).values("i", "oB", {10, 20, 40});
  EXPECT_EQ(ask(s, "g", "i", "2024-Q1").value, 71);
  cw::rollup_options o;
  o.as_of = cw::date::parse("2024-02-14");
  EXPECT_EQ(ask(s, "g", "i", "2024-Q1", o).value, 77);
  o.as_of = cw::date::parse("2024-02-15");
  EXPECT_EQ(ask(s, "g", "i", "2024-Q1", o).value, 70);
}
TEST(membership, a_closed_group_has_no_members_and_passes_none_on) {
  sketch s;
  s.node("gX", sketch::days("2024-02-01", "2024-03-01")).join("oA", "gX").join("gX", "gTop");
  s.indicator("i");
  s.values("i", "oA", {1, 2, 4}).values("i", "gX", {100, 200, 400});
  EXPECT_EQ(ask(s, "gX", "i", "2024-Q1").value, 202);
  EXPECT_EQ(ask(s, "gTop", "i", "2024-Q1").value, 202);
  EXPECT_EQ(ask(s, "gX", "i", "2024-01").state, figure_state::not_expected);
}
TEST(membership, structure_date_is_that_of_the_structure_used) {
  sketch s;
  s.join("oA", "g");
  s.indicator("i");
  s.values("i", "oA", {1, 2, 4});
  const auto it = build(s);
  cw::rollup_options o;
  o.groups = {"g"};
  o.every = cw::frequency::quarter;
  const auto date = [&] { return it.rollup(o)["structure_date"].values<cw::date>()[0].to_string(); };
  EXPECT_EQ(date(), "2024-03-31");
  o.membership = cw::in_force_rule::first_day;
  EXPECT_EQ(date(), "2024-03-01");
  o.as_of = cw::date::parse("2023-12-24");
  EXPECT_EQ(date(), "2023-12-24");
}
TEST(membership, a_union_counts_a_reporter_of_both_once) {
  sketch s;
  s.join("oA", "gX").join("oA", "gY").join("oB", "gY");
  s.indicator("i");
  s.values("i", "oA", {1}).values("i", "oB", {2});
  cw::rollup_options o;
  o.unions = {{"both", {"gX", "gY"}}};
  EXPECT_EQ(ask(s, "both", "i", "2024-01", o).value, 3);
}

// ---- the typed answer ---------------------------------------------------------------------------
TEST(figure_cube, holds_a_figure_for_each_target_indicator_and_period) {
  sketch s;
  s.join("oA", "gX").join("oB", "gY").join("gX", "gTop").join("gY", "gTop");
  s.indicator("i");
  s.indicator("never");
  s.values("i", "oA", {1, 2, 4}).values("i", "oB", {10, none_given, 40});
  const auto it = build(s);
  cw::rollup_options o;
  o.groups = {"gTop", "gX"};
  o.unions = {{"both", {"gY", "gX"}}};
  const cw::figure_cube made = it.figures(o);
  ASSERT_EQ(made.targets().size(), 3U);
  EXPECT_EQ(made.targets()[1].id, "gX");
  EXPECT_FALSE(made.targets()[1].is_union);
  EXPECT_TRUE(made.targets()[2].is_union);
  EXPECT_EQ(made.targets()[2].groups.size(), 2U);
  ASSERT_EQ(made.spans().size(), 2U);
  EXPECT_EQ(made.spans()[0].size, 12U) << "the year of the sketch";
  EXPECT_EQ(made.spans()[1].size, 0U) << "nothing says over which periods";
  const auto i = made.spans()[0].indicator;
  const auto february = *cw::period::parse("2024-02");
  const cw::figure* f = made.find("both", i, february);
  ASSERT_NE(f, nullptr);
  EXPECT_EQ(f->value, 2);
  EXPECT_EQ(f->state, figure_state::partial);
  EXPECT_EQ(f->reported, 1);
  EXPECT_EQ(f->expected, 2);
  EXPECT_EQ(made.series(0, 0).figures[2].value, 44);
  EXPECT_EQ(made.series(1, 0).figures[2].value, 4);
  EXPECT_TRUE(made.series(1, 1).figures.empty());
  EXPECT_EQ(made.shape().structure_date(made.spans()[0], 1).to_string(), "2024-02-29");
  EXPECT_EQ(made.find("gY", i, february), nullptr) << "not asked for";
  EXPECT_EQ(made.find("gX", i, *cw::period::parse("2025-01")), nullptr);
  EXPECT_EQ(made.find("gX", i, *cw::period::parse("2024")), nullptr) << "of another frequency";
  EXPECT_EQ(made.find("gX", made.spans()[1].indicator, february), nullptr);
  EXPECT_EQ(made.to_table(), it.rollup(o));
}
TEST(figure_cube, refuses_and_is_cancelled_as_the_table_is) {
  sketch s;
  s.join("oA", "g");
  s.indicator("i");
  s.values("i", "oA", {1});
  const auto it = build(s);
  cw::rollup_options o;
  o.groups = {"gHereNot"};
  EXPECT_THROW((void)it.figures(o), cw::error);
  o.groups = {};
  o.progress = [](double) { return false; };
  try {
    (void)it.figures(o);
    ADD_FAILURE() << "not cancelled";
  } catch (const cw::error& e) { EXPECT_EQ(e.code(), cw::error_code::cancelled); }
}

// ---- what is expected ---------------------------------------------------------------------------
TEST(expected, are_those_that_ever_reported_where_no_edge_says_otherwise) {
  sketch s;
  s.join("oA", "g").join("oB", "g").join("oC", "g");
  s.indicator("i");
  s.values("i", "oA", {1, 1, 1}).values("i", "oB", {none_given, 0, none_given});
  const auto f = ask(s, "g", "i", "2024-Q1");
  EXPECT_EQ(f.reported, 4); // a reported zero is a report
  EXPECT_EQ(f.expected, 6); // oC never reported it
  EXPECT_EQ(f.coverage(), 4.0 / 6);
  EXPECT_EQ(f.state, figure_state::partial);
}
TEST(expected, follow_the_reports_edges_in_force) {
  sketch s;
  s.join("oA", "g").join("oB", "g").join("oC", "g");
  s.indicator("i");
  s.reports = {{"oA", "i", {}}, {"oC", "i", sketch::days("2024-02-10")}};
  s.values("i", "oA", {1, 1, 1}).values("i", "oB", {5});
  const auto f = ask(s, "g", "i", "2024-Q1");
  EXPECT_EQ(f.reported, 4);
  EXPECT_EQ(f.expected, 6); // oA three, oC February and March, and oB's that nobody expected
  EXPECT_EQ(f.value, 8);
}
TEST(expected, leaves_out_cells_marked_not_expected) {
  sketch s;
  s.join("oA", "g");
  s.indicator("i");
  s.values("i", "oA", {1, 1}).mark("i", "oA", "2024-03", cw::cell_state::not_expected);
  const auto f = ask(s, "g", "i", "2024-Q1");
  EXPECT_EQ(f.expected, 2);
  EXPECT_EQ(f.state, figure_state::reported);
  EXPECT_EQ(ask(s, "g", "i", "2024-03").state, figure_state::not_expected);
}
TEST(expected, a_report_due_by_the_quarter_is_due_in_its_last_month) {
  cw::network_builder b;
  const auto g = b.add<cw::node_kind::group>("g");
  const auto o = b.add<cw::node_kind::organization>("o");
  cw::measures m;
  cw::indicator_definition d;
  d.id = "i";
  d.node = b.add<cw::node_kind::indicator>("i");
  b.connect<cw::edge_kind::member_of>(o, g);
  b.connect<cw::edge_kind::reports>(o, d.node, {}, {{"every", std::string_view("quarter")}});
  m.indicators = {d};
  cw::panel p;
  p.indicator = d.node;
  p.first = *cw::period::parse("2024-01");
  p.reporters = {o};
  p.value = cw::panel_matrix::Constant(1, 6, cw::missing_value);
  p.value(0, 2) = 9;
  m.panels = {p};
  const auto t = cw::rollup(b.finish(), m);
  const auto expected = t["expected"].values<std::int64_t>();
  EXPECT_EQ(std::vector<std::int64_t>(expected.begin(), expected.end()), (std::vector<std::int64_t>{0, 0, 1, 0, 0, 1}));
}
TEST(expected, an_indicator_nobody_reported_is_missing_where_it_was_due) {
  sketch s;
  s.join("oA", "g");
  s.indicator("i");
  s.reports = {{"oA", "i", {}}};
  const auto f = ask(s, "g", "i", "2024-Q1");
  EXPECT_EQ(f.state, figure_state::missing);
  EXPECT_EQ(f.expected, 1); // by the quarter, for nothing says that it is due by the month
  EXPECT_EQ(build(s).rollup().rows(), 0u);
}

// ---- policies -----------------------------------------------------------------------------------
sketch half_silent() {
  sketch s;
  s.join("oA", "g").join("oB", "g");
  s.indicator("i");
  s.values("i", "oA", {10, 20, 30, 40}).values("i", "oB", {5, 5, none_given, 5});
  return s;
}
cw::rollup_options by(missing_policy p) {
  cw::rollup_options o;
  o.missing = p;
  return o;
}
TEST(policy, complete_case_takes_what_there_is) {
  const auto f = ask(half_silent(), "g", "i", "2024-03");
  EXPECT_EQ(f.value, 30);
  EXPECT_EQ(f.state, figure_state::partial);
}
TEST(policy, all_or_nothing_asks_for_every_report) {
  const auto o = by(missing_policy::all_or_nothing);
  EXPECT_EQ(ask(half_silent(), "g", "i", "2024-02", o).value, 25);
  const auto f = ask(half_silent(), "g", "i", "2024-03", o);
  EXPECT_TRUE(std::isnan(f.value));
  EXPECT_EQ(f.state, figure_state::below_minimum_coverage);
  EXPECT_EQ(f.coverage(), 0.5);
}
TEST(policy, minimum_coverage_has_a_threshold) {
  auto o = by(missing_policy::minimum_coverage);
  EXPECT_EQ(ask(half_silent(), "g", "i", "2024-03", o).state, figure_state::below_minimum_coverage);
  EXPECT_EQ(ask(half_silent(), "g", "i", "2024-Q1", o).value, 70); // five of six
  o.minimum_coverage = 0.5;
  EXPECT_EQ(ask(half_silent(), "g", "i", "2024-03", o).value, 30);
}
TEST(policy, carry_forward_is_for_stocks) {
  auto s = half_silent();
  const auto o = by(missing_policy::carry_forward);
  EXPECT_THROW((void)ask(s, "g", "i", "2024-03", o), cw::error);
  s.indicator("i").nature = cw::nature::stock;
  s.indicator("i").over_time = op::last;
  const auto f = ask(s, "g", "i", "2024-03", o);
  EXPECT_EQ(f.value, 35);
  EXPECT_EQ(f.state, figure_state::carried_forward);
  EXPECT_EQ(f.reported, 1); // what is carried is no report
  EXPECT_EQ(f.expected, 2);
  EXPECT_EQ(ask(s, "g", "i", "2024-Q1", o).value, 35);
  EXPECT_EQ(ask(s, "g", "i", "2024-06", o).value, 45);
  s.indicator("i").look_back = 1;
  EXPECT_EQ(ask(s, "g", "i", "2024-06", o).state, figure_state::missing);
}
TEST(policy, adjusted_scales_for_completeness) {
  auto s = half_silent();
  auto o = by(missing_policy::adjusted);
  const auto f = ask(s, "g", "i", "2024-Q1", o);
  EXPECT_EQ(f.value, 70 * (1 + 0.25 * (1 / (5.0 / 6) - 1)));
  EXPECT_DOUBLE_EQ(f.value, 73.5);
  EXPECT_EQ(f.state, figure_state::adjusted);
  const auto low = ask(s, "g", "i", "2024-03", o); // one of two is below three quarters
  EXPECT_EQ(low.value, 30);
  EXPECT_EQ(low.state, figure_state::not_adjusted);
  EXPECT_EQ(ask(s, "g", "i", "2024-02", o).state, figure_state::reported);
  s.indicator("i").over_groups = op::mean; // nothing is missing from a mean
  EXPECT_EQ(ask(s, "g", "i", "2024-Q1", o).state, figure_state::partial);
}
TEST(policy, shares_out_of_range_are_refused) {
  auto o = by(missing_policy::minimum_coverage);
  o.minimum_coverage = 1.5;
  EXPECT_THROW((void)ask(half_silent(), "g", "i", "2024-03", o), cw::error);
  o.minimum_coverage = std::nan("");
  EXPECT_THROW((void)ask(half_silent(), "g", "i", "2024-03", o), cw::error);
}

// ---- states and bounds --------------------------------------------------------------------------
TEST(states, a_suppressed_value_is_not_used) {
  auto s = half_silent();
  s.mark("i", "oB", "2024-03", cw::cell_state::suppressed);
  const auto f = ask(s, "g", "i", "2024-03");
  EXPECT_EQ(f.value, 30);
  EXPECT_EQ(f.state, figure_state::partial);
  s.mark("i", "oA", "2024-03", cw::cell_state::suppressed);
  EXPECT_EQ(ask(s, "g", "i", "2024-03").state, figure_state::suppressed);
  EXPECT_EQ(ask(s, "g", "i", "2024-03").expected, 2);
}
TEST(states, zero_is_a_value) {
  auto s = half_silent();
  s.values("i", "oA", {0}).values("i", "oB", {0});
  const auto f = ask(s, "g", "i", "2024-01");
  EXPECT_EQ(f.value, 0);
  EXPECT_EQ(f.state, figure_state::reported);
}
TEST(bounds, people_of_several_reporters_may_be_the_same) {
  auto s = half_silent();
  s.indicator("i").counts_people = true;
  const auto month = ask(s, "g", "i", "2024-01");
  EXPECT_EQ(month.lower, 10);
  EXPECT_EQ(month.upper, 15);
  const auto quarter = ask(s, "g", "i", "2024-Q1"); // and so may those of several months
  EXPECT_EQ(quarter.lower, 30);
  EXPECT_EQ(quarter.upper, 70);
  s.indicator("i").over_time = op::max;
  const auto highest = ask(s, "g", "i", "2024-Q1");
  EXPECT_EQ(highest.lower, 30);
  EXPECT_EQ(highest.upper, 35);
}
TEST(bounds, are_stated_for_people_only) {
  const auto f = ask(half_silent(), "g", "i", "2024-01");
  EXPECT_TRUE(std::isnan(f.lower));
  EXPECT_TRUE(std::isnan(f.upper));
}

// ---- options ------------------------------------------------------------------------------------
TEST(options, unknown_names_are_refused) {
  const auto s = half_silent();
  EXPECT_THROW((void)ask(s, "gNone", "i", "2024-01"), cw::error);
  EXPECT_THROW((void)ask(s, "oA", "i", "2024-01"), cw::error);
  EXPECT_THROW((void)ask(s, "g", "none", "2024-01"), cw::error);
  cw::rollup_options o;
  o.unions = {{"nobody", {}}};
  EXPECT_THROW((void)ask(s, "nobody", "i", "2024-01", o), cw::error);
}
TEST(options, a_frequency_finer_than_the_data_is_refused) {
  try {
    (void)ask(half_silent(), "g", "i", "2024-01-15");
    FAIL();
  } catch (const cw::error& e) {
    EXPECT_EQ(e.code(), cw::error_code::invalid_argument);
    EXPECT_NE(std::string(e.what()).find("reported by month"), std::string::npos);
  }
  EXPECT_THROW((void)ask(half_silent(), "g", "i", "2024-W05"), cw::error);
}
TEST(options, bounds_of_the_range_may_be_of_another_frequency) {
  const auto it = build(half_silent());
  cw::rollup_options o;
  o.groups = {"g"};
  o.from = o.to = cw::period::parse("2024-Q1");
  EXPECT_EQ(it.rollup(o).rows(), 3u); // the months of the quarter
  o.every = cw::frequency::year;
  EXPECT_EQ(it.rollup(o).rows(), 1u); // the year that holds it
}
TEST(options, rows_come_by_group_indicator_and_time) {
  auto s = half_silent();
  s.join("g", "gTop");
  s.indicator("j");
  s.values("j", "oA", {1});
  const auto t = build(s).rollup();
  ASSERT_EQ(t.rows(), 48u);
  EXPECT_EQ(t["group"].text(0), "g");
  EXPECT_EQ(t["group"].text(47), "gTop");
  EXPECT_EQ(t["indicator"].text(11), "i");
  EXPECT_EQ(t["indicator"].text(12), "j");
  EXPECT_EQ(t["period"].values<cw::period>()[13].to_string(), "2024-02");
}
TEST(options, weeks_belong_to_the_year_of_iso_8601) {
  sketch s;
  s.base = cw::frequency::week;
  s.first = cw::period::parse("2020-W52")->ordinal();
  s.periods = 3; // 2020-W52, 2020-W53, 2021-W01
  s.join("oA", "g");
  s.indicator("i");
  s.values("i", "oA", {1, 2, 4});
  EXPECT_EQ(ask(s, "g", "i", "2020").value, 3);
  EXPECT_EQ(ask(s, "g", "i", "2021").value, 4);
}

// ---- explain ------------------------------------------------------------------------------------
TEST(explain, lists_reports_paths_and_shares) {
  sketch s;
  s.join("oA", "gX").join("oA", "gY").join("gX", "gTop").join("gY", "gTop").join("oB", "gTop");
  s.indicator("i");
  s.values("i", "oA", {7, 8}).values("i", "oB", {1});
  s.mark("i", "oB", "2024-02", cw::cell_state::suppressed);
  const auto t = build(s).explain("gTop", "i", *cw::period::parse("2024-Q1"));
  ASSERT_EQ(t.rows(), 6u);
  EXPECT_EQ(t["reporter"].text(0), "oA");
  EXPECT_EQ(t["paths"].text(0), "gX > gTop; gY > gTop");
  EXPECT_EQ(t["share"].values<double>()[0], 7);
  EXPECT_EQ(t["share"].values<double>()[1], 8);
  EXPECT_EQ(t["state"].text(2), "missing");
  EXPECT_TRUE(t["share"].is_null(2));
  EXPECT_EQ(t["paths"].text(3), "gTop");
  EXPECT_EQ(t["state"].text(4), "suppressed");
  EXPECT_TRUE(t["value"].is_null(4));
}
TEST(explain, tells_what_an_adjustment_adds) {
  auto o = by(missing_policy::adjusted);
  const auto it = build(half_silent());
  const auto t = it.explain("g", "i", *cw::period::parse("2024-Q1"), o);
  const auto last = t.rows() - 1;
  EXPECT_TRUE(t["reporter"].is_null(last));
  EXPECT_EQ(t["state"].text(last), "adjusted");
  EXPECT_DOUBLE_EQ(t["share"].values<double>()[last], 70 * 0.25 * 0.2);
}
TEST(explain, shows_which_report_was_the_highest) {
  auto s = half_silent();
  s.indicator("i").over_groups = s.indicator("i").over_time = op::max;
  const auto t = build(s).explain("g", "i", *cw::period::parse("2024-Q1"));
  for (std::size_t r = 0; r < t.rows(); ++r)
    EXPECT_EQ(t["share"].is_null(r), t["value"].is_null(r) || t["value"].values<double>()[r] != 30);
}

} // namespace
