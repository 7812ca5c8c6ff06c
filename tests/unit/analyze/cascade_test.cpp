// SPDX-License-Identifier: Apache-2.0
// The cascade as sums against the rollup itself, and reconciled forecasts of small worked cascades.
#define COMMONWEAL_HEADER_ONLY // looks at what the bodies are made of
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <commonweal/analyze/cascade.hpp>
#include <commonweal/analyze/line.hpp>

#include "random_initiative.hpp"
#include "rollup_sketch.hpp"

namespace {

using namespace commonweal;
using commonweal_test::build;
using commonweal_test::none_given;
using commonweal_test::sketch;

date day(std::string_view text) { return *date::parse(text); }
const panel& panel_of(const initiative& made, std::string_view id) {
  return *made.measures().find(*made.network().find<node_kind::indicator>(id));
}
double cell_of(const cascade_figures& c, std::string_view group, std::string_view reporter) {
  for (std::size_t g = 0; g < c.structure.aggregates.size(); ++g)
    for (std::size_t b = 0; b < c.structure.bottoms.size(); ++b)
      if (c.structure.aggregates[g] == group && c.structure.bottoms[b] == reporter)
        return c.structure.sums.coeff(static_cast<Eigen::Index>(g), static_cast<Eigen::Index>(b));
  return -1;
}

TEST(cascade, each_reporter_counts_once_however_many_paths) {
  sketch s;
  s.join("oA", "gX").join("oA", "gY").join("oB", "gY").join("gX", "gTop").join("gY", "gTop").join("oA", "gTop");
  s.node("gEmpty").node("oOutside").indicator("i");
  s.values("i", "oA", {1}).values("i", "oB", {2}).values("i", "gTop", {4}).values("i", "oOutside", {8});
  const auto made = build(s);
  const auto c = cascade_of(made.network(), panel_of(made, "i").reporters, day("2024-01-31"));
  EXPECT_EQ(c.structure.aggregates, (std::vector<std::string>{"gTop", "gX", "gY"}));
  EXPECT_EQ(c.structure.bottoms, (std::vector<std::string>{"oA", "oB", "gTop"}));
  EXPECT_EQ(cell_of(c, "gTop", "oA"), 1);
  EXPECT_EQ(cell_of(c, "gTop", "gTop"), 1);
  EXPECT_EQ(cell_of(c, "gX", "oB"), 0);
  EXPECT_EQ(cell_of(c, "gY", "oA"), 1);
}

TEST(cascade, the_structure_is_that_of_the_day) {
  sketch s;
  s.join("oA", "g", sketch::days("", "2024-02-15")).join("oB", "g");
  s.indicator("i");
  s.values("i", "oA", {1}).values("i", "oB", {2});
  const auto made = build(s);
  EXPECT_EQ(cascade_of(made.network(), panel_of(made, "i").reporters, day("2024-02-14")).structure.bottoms.size(), 2U);
  EXPECT_EQ(cascade_of(made.network(), panel_of(made, "i").reporters, day("2024-02-15")).structure.bottoms.size(), 1U);
  EXPECT_THROW((void)cascade_of(made.network(), {}, day("2024-02-15"), std::vector<std::string>{"nowhere"}), error);
  EXPECT_THROW((void)cascade_of(made.network(), {}, date::highest()), error);
}

TEST(cascade, sums_of_random_initiatives_are_those_of_the_rollup) {
  std::size_t compared = 0;
  for (unsigned seed = 1; seed <= 12; ++seed) {
    sketch s;
    commonweal_test::random_source any(seed);
    const int groups = 4 + any.upto(3);
    for (int g = 1; g < groups; ++g) {
      s.join("g" + std::to_string(g), "g" + std::to_string(any.upto(g - 1)));
      if (any.one_in(3)) s.join("g" + std::to_string(g), "g0");
    }
    s.indicator("i");
    for (int r = 0; r < 12; ++r) {
      const auto id = "o" + std::to_string(r);
      s.join(id, "g" + std::to_string(any.upto(groups - 1)),
             any.one_in(3) ? sketch::days("", "2024-01-20") : interval{});
      if (any.one_in(2)) s.join(id, "g" + std::to_string(any.upto(groups - 1)));
      s.values("i", id, {static_cast<double>(1 << r)}); // sums of powers of two name their parts
    }
    const auto made = build(s);
    const auto& p = panel_of(made, "i");
    const auto c = cascade_of(made.network(), p.reporters, day("2024-01-31"));
    Eigen::VectorXd bottoms(static_cast<Eigen::Index>(c.reporters.size()));
    for (std::size_t b = 0; b < c.reporters.size(); ++b)
      bottoms[static_cast<Eigen::Index>(b)] = p.value(*p.row(c.reporters[b]), 0);
    const Eigen::VectorXd sums = c.structure.sums * bottoms;
    rollup_options o;
    o.as_of = day("2024-01-31");
    o.from = o.to = period::parse("2024-01");
    o.indicators = {"i"};
    const auto rows = made.rollup(o);
    std::map<std::string, double> figures;
    for (std::size_t k = 0; k < rows.rows(); ++k)
      if (!rows["value"].is_null(k)) figures[std::string(rows["group"].text(k))] = rows["value"].values<double>()[k];
    ASSERT_EQ(figures.size(), c.groups.size());
    for (std::size_t g = 0; g < c.groups.size(); ++g, ++compared)
      EXPECT_EQ(sums[static_cast<Eigen::Index>(g)], figures[c.structure.aggregates[g]]) << seed;
  }
  EXPECT_GT(compared, 40U);
}

sketch two_lines() { // oA 1, 2, ..., 12 and oB 10, 10, ...; both exact for drift
  sketch s;
  s.join("oA", "gX").join("oB", "gY").join("gX", "gTop").join("gY", "gTop");
  s.indicator("i");
  std::vector<double> a, b;
  for (int t = 1; t <= 12; ++t) a.push_back(t), b.push_back(10);
  s.values("i", "oA", a).values("i", "oB", b);
  return s;
}

TEST(reconcile_rollup, forecasts_that_add_up_already_stay) {
  const auto made = build(two_lines());
  cascade_forecast_options o;
  o.forecast.method = forecast_method::drift;
  o.forecast.horizon = 2;
  const auto t = reconcile_rollup(made.network(), made.measures(), *made.network().find<node_kind::indicator>("i"), o);
  ASSERT_EQ(t.rows(), 10U); // three groups and two reporters, two periods
  EXPECT_EQ(t["id"].text(0), "gTop");
  EXPECT_EQ(t["period"].values<period>()[1], *period::parse("2025-02"));
  EXPECT_NEAR(t["value"].values<double>()[1], 24, 1e-12);
  for (std::size_t i = 0; i < t.rows(); ++i) EXPECT_NEAR(t["adjustment"].values<double>()[i], 0, 1e-12);
  EXPECT_EQ(t["reporters"].values<std::int64_t>()[0], 2);
  EXPECT_EQ(t["level"].text(9), "reporter");
}

void expect_coherent(const initiative& made, const table& t) {
  std::map<std::pair<std::string, std::int32_t>, double> of;
  for (std::size_t i = 0; i < t.rows(); ++i)
    if (t["level"].text(i) == "reporter")
      of[{std::string(t["id"].text(i)), t["period"].values<period>()[i].ordinal()}] = t["value"].values<double>()[i];
  const auto c = cascade_of(made.network(), panel_of(made, "i").reporters, day("2024-12-31"));
  for (std::size_t i = 0; i < t.rows(); ++i) {
    if (t["level"].text(i) != "group") continue;
    double sum = 0;
    for (const auto& b : c.structure.bottoms)
      if (cell_of(c, t["id"].text(i), b) == 1) sum += of.at({b, t["period"].values<period>()[i].ordinal()});
    EXPECT_NEAR(t["value"].values<double>()[i], sum, 1e-10 * std::max(1.0, std::abs(sum)));
  }
}

sketch wild() {
  sketch s;
  s.join("gX", "gTop").join("gY", "gTop");
  s.indicator("i");
  commonweal_test::random_source any(5);
  for (int r = 0; r < 6; ++r) {
    const auto id = "o" + std::to_string(r);
    s.join(id, r % 2 == 0 ? "gX" : "gY");
    if (r == 2) s.join(id, "gY"); // overlapping
    std::vector<double> v;
    for (int t = 0; t < 12; ++t) v.push_back(20 + r * t + any.upto(15));
    s.values("i", id, v);
  }
  return s;
}

TEST(reconcile_rollup, every_method_gives_groups_that_are_the_sum_of_their_reporters) {
  const auto made = build(wild());
  for (const auto method : {reconciliation::bottom_up, reconciliation::ols, reconciliation::structural,
                            reconciliation::wls, reconciliation::mint_shrink}) {
    cascade_forecast_options o;
    o.forecast.method = forecast_method::holt;
    o.forecast.horizon = 3;
    o.method = method;
    const auto t =
        reconcile_rollup(made.network(), made.measures(), *made.network().find<node_kind::indicator>("i"), o);
    EXPECT_EQ(t.rows(), 9U * 3);
    expect_coherent(made, t);
  }
}

TEST(reconcile_rollup, a_group_with_a_silent_reporter_takes_the_sum_of_forecasts) {
  auto s = two_lines();
  s.join("oC", "gX")
      .values("i", "oC",
              {5, none_given, none_given, none_given, none_given, none_given, none_given, none_given, none_given,
               none_given, none_given, none_given});
  s.join("oNever", "gX").values("i", "oNever", {none_given});
  const auto made = build(s);
  const auto indicator = *made.network().find<node_kind::indicator>("i");
  cascade_forecast_options o;
  o.forecast.method = forecast_method::drift;
  o.forecast.horizon = 1;
  auto t = reconcile_rollup(made.network(), made.measures(), indicator, o);
  EXPECT_EQ(t["reporters"].values<std::int64_t>()[0], 2); // one value makes no drift, so oC has no forecast
  o.forecast.method = forecast_method::naive;
  t = reconcile_rollup(made.network(), made.measures(), indicator, o);
  EXPECT_EQ(t["reporters"].values<std::int64_t>()[0], 3);
  EXPECT_EQ(t["method"].text(0), "naive"); // January alone is complete; its value is carried on: 1 + 10 + 5
  EXPECT_EQ(t["base"].values<double>()[0], 16);
  EXPECT_NEAR(t["value"].values<double>()[0],
              t["value"].values<double>()[3] + t["value"].values<double>()[4] + t["value"].values<double>()[5], 1e-10);
}

TEST(reconcile_rollup, gaps_are_filled_only_where_asked) {
  auto s = two_lines();
  s.mark("i", "oA", "2024-06", cell_state::missing).mark("i", "oB", "2024-12", cell_state::missing);
  const auto made = build(s);
  const auto indicator = *made.network().find<node_kind::indicator>("i");
  cascade_forecast_options o;
  o.forecast.method = forecast_method::holt;
  o.forecast.horizon = 1;
  for (const bool fill : {false, true}) {
    o.fill_gaps = fill;
    const auto t = reconcile_rollup(made.network(), made.measures(), indicator, o);
    EXPECT_NEAR(t["value"].values<double>()[0], 23, 1e-6); // the line goes on either way
    expect_coherent(made, t);
  }
  EXPECT_EQ(detail::without_gaps({none_given, 1, none_given, none_given, 4, none_given})[3], 3);
  EXPECT_TRUE(std::isnan(detail::without_gaps({none_given, 1, none_given})[0]));
  EXPECT_TRUE(std::isnan(detail::without_gaps({none_given, 1, none_given})[2]));
}

TEST(reconcile_rollup, refuses_what_does_not_add_up_and_says_why) {
  auto s = two_lines();
  auto& rate = s.indicator("rate");
  rate.kind = indicator_kind::ratio;
  rate.over_groups = aggregate_operator::ratio_of_sums;
  s.indicator("sum").formula = "i + i";
  s.indicator("never");
  const auto made = build(s);
  const auto run = [&](std::string_view id, cascade_forecast_options o = {}) {
    return reconcile_rollup(made.network(), made.measures(), *made.network().find<node_kind::indicator>(id), o);
  };
  EXPECT_THROW((void)run("rate"), error);
  EXPECT_THROW((void)run("sum"), error);
  EXPECT_EQ(run("never").rows(), 0U);
  cascade_forecast_options o;
  o.method = reconciliation::variance;
  EXPECT_THROW((void)run("i", o), error);
  o.method = reconciliation::mint_shrink; // oB's constant history has no error to weigh by
  o.forecast.method = forecast_method::naive;
  EXPECT_THROW((void)run("i", o), error);
}

TEST(reconcile_rollup, wls_weighs_each_figure_by_its_own_errors) {
  // By hand: errors of the group 2 and -2, of oA 1 and -1, of oB none; a reporter of one value counts as the least
  // known.
  summing_structure s;
  s.aggregates = {"g"};
  s.bottoms = {"oA", "oB", "oC"};
  s.sums = Eigen::MatrixXd::Ones(1, 3).sparseView();
  const auto v = detail::own_variances(
      s, {{none_given, 2, -2}, {none_given, 1, -1}, {none_given, 0, 0}, {none_given, none_given, 3}});
  EXPECT_EQ(v[0], 4);
  EXPECT_EQ(v[1], 1);
  EXPECT_EQ(v[2], 1e-6);
  EXPECT_EQ(v[3], 1);
  const auto unknown = detail::own_variances(s, {{}, {1, 1}, {2, 2}, {3, 3}});
  EXPECT_EQ(unknown[0], 14); // of its reporters
}

TEST(reconcile_rollup, wls_and_reporters_that_come_and_go) {
  auto w = wild();
  for (int t = 0; t < 6; ++t) w.mark("i", "o1", "2024-0" + std::to_string(1 + t), cell_state::missing);
  for (int t = 6; t < 9; ++t) w.mark("i", "o4", "2024-0" + std::to_string(1 + t), cell_state::missing);
  const auto made = build(w);
  cascade_forecast_options o;
  o.forecast.method = forecast_method::naive;
  o.forecast.horizon = 2;
  o.method = reconciliation::wls;
  const auto t = reconcile_rollup(made.network(), made.measures(), *made.network().find<node_kind::indicator>("i"), o);
  EXPECT_EQ(t.rows(), 9U * 2);
  expect_coherent(made, t);
}

} // namespace
