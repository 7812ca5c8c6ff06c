// SPDX-License-Identifier: Apache-2.0
// Figures of formulas: aggregate first or reporter first, missing terms, zero divisors, periods before, what they
// report.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include <commonweal/rollup/exact_sum.hpp>

#include "rollup_sketch.hpp"

namespace cw = commonweal;
using namespace commonweal_test;

namespace {

using op = cw::aggregate_operator;
using cw::figure_state;

// Cases and visits of two clinics; oB gives no visits in February.
sketch clinics() {
  sketch s;
  s.join("oA", "g").join("oB", "g");
  s.indicator("cases");
  s.indicator("visits");
  s.values("cases", "oA", {1, 2, 3}).values("cases", "oB", {10, 20, 30});
  s.values("visits", "oA", {2, 4, 6}).values("visits", "oB", {100, none_given, 300});
  return s;
}
cw::figure of(sketch s, const std::string& text, std::string_view when = "2024-Q1", cw::rollup_options o = {}) {
  s.indicator("f").formula = text;
  return ask(s, "g", "f", when, o);
}
cw::figure by_reporter(sketch s, const std::string& text, op over_groups, std::string_view when = "2024-Q1") {
  auto& d = s.indicator("f");
  d.formula = text;
  d.formula_level = cw::formula_level::reporter;
  d.over_groups = over_groups;
  return ask(s, "g", "f", when);
}

TEST(formulas, aggregate_first) {
  const auto f = of(clinics(), "100 * cases / visits");
  EXPECT_EQ(f.value, 100.0 * 66 / 412);
  EXPECT_EQ(f.reported, 11); // of both indicators
  EXPECT_EQ(f.expected, 12);
  EXPECT_EQ(f.state, figure_state::partial);
}
TEST(formulas, reporter_first) {
  EXPECT_EQ(by_reporter(clinics(), "cases / visits", op::mean).value, (6.0 / 12 + 60.0 / 400) / 2);
  EXPECT_EQ(by_reporter(clinics(), "cases / visits", op::max).value, 0.5);
  const auto february = by_reporter(clinics(), "cases / visits", op::sum, "2024-02");
  EXPECT_EQ(february.value, 0.5); // oB has cases and no visits: it is left out, not zero
  EXPECT_EQ(february.state, figure_state::partial);
}
TEST(formulas, reporter_first_refuses_operators_that_need_parts) {
  EXPECT_THROW((void)by_reporter(clinics(), "cases / visits", op::ratio_of_sums), cw::error);
}
TEST(formulas, a_missing_term_makes_the_result_missing) {
  auto s = clinics();
  s.indicator("other");
  s.values("other", "oA", {1, none_given, none_given});
  const auto f = of(s, "cases + other", "2024-02");
  EXPECT_TRUE(std::isnan(f.value));
  EXPECT_EQ(f.state, figure_state::missing);
  EXPECT_TRUE(std::isnan(of(s, "0 * other", "2024-02").value));
  const auto stands_in = of(s, "cases + first_non_null(other, 0)", "2024-02");
  EXPECT_EQ(stands_in.value, 22);
  EXPECT_EQ(stands_in.state, figure_state::partial);
}
TEST(formulas, a_zero_divisor_says_so) {
  const auto f = of(clinics(), "cases / (visits - visits)");
  EXPECT_TRUE(std::isnan(f.value));
  EXPECT_EQ(f.state, figure_state::zero_denominator);
  const auto each = by_reporter(clinics(), "cases / (visits - visits)", op::sum);
  EXPECT_EQ(each.state, figure_state::zero_denominator);
}
TEST(formulas, results_beyond_the_largest_double_say_so) {
  EXPECT_EQ(of(clinics(), "cases * 1e308 * 1e308").state, figure_state::out_of_range);
}
TEST(formulas, look_at_other_periods) {
  EXPECT_EQ(of(clinics(), "cases - cases[t-1]", "2024-02").value, 11);
  EXPECT_EQ(of(clinics(), "cases - offset(cases, -1)", "2024-01").state, figure_state::missing); // 2023
  EXPECT_EQ(of(clinics(), "cases[t+1]", "2024-01").value, 22);
  EXPECT_EQ(of(clinics(), "year_to_date(cases)", "2024-02").value, 33);
  EXPECT_EQ(of(clinics(), "year_to_date(cases)[t-1]", "2024-02").value, 11);
  EXPECT_EQ(of(clinics(), "year_to_date(cases / visits)", "2024-02").value, 33.0 / 106);
  EXPECT_TRUE(std::isnan(of(clinics(), "cases[t-99999]", "2024").value));
  EXPECT_TRUE(std::isnan(of(clinics(), "cases[t+99999]", "2024").value));
}
TEST(formulas, an_offset_counts_periods_of_the_result) {
  auto s = clinics();
  s.values("cases", "oA", {1, 2, 3, 4});
  EXPECT_EQ(of(s, "cases[t-1]", "2024-Q2").value, 66);
}
TEST(formulas, take_other_operators_over_time) {
  EXPECT_EQ(of(clinics(), "max_over_time(cases)").value, 33); // 3 + 30
  EXPECT_EQ(of(clinics(), "mean_over_time(cases)").value, 22);
  EXPECT_EQ(of(clinics(), "median_over_time(cases) + range_over_time(cases)").value, 44); // 2 + 20, twice
  EXPECT_EQ(of(clinics(), "count_over_time(visits)").value, 5);
  EXPECT_EQ(by_reporter(clinics(), "last_over_time(cases)", op::min).value, 3);
}
TEST(formulas, a_geometric_mean_over_time_refuses_zero) {
  auto s = clinics();
  s.values("cases", "oA", {1, 0, 3});
  EXPECT_EQ(of(s, "geometric_mean_over_time(cases)").state, figure_state::not_aggregable);
  s.indicator("twice").formula = "2 * cases";
  EXPECT_DOUBLE_EQ(of(s, "geometric_mean_over_time(twice)").value, std::cbrt(22.0 * 40 * 66));
  s.values("cases", "oB", {10, 0, 30});
  EXPECT_EQ(of(s, "geometric_mean_over_time(twice)").state, figure_state::not_aggregable);
}
TEST(formulas, build_on_formulas) {
  auto s = clinics();
  s.indicator("rate").formula = "cases / visits";
  EXPECT_EQ(of(s, "[rate] * 100").value, 66.0 / 412 * 100);
  EXPECT_EQ(of(s, "rate + cases").expected, 12); // the cases count once
  EXPECT_EQ(of(s, "max_over_time(rate)").value, std::max({11.0 / 102, 22.0 / 4, 33.0 / 306}));
  s.indicator("rate").formula_level = cw::formula_level::reporter;
  s.indicator("rate").over_groups = op::mean;
  EXPECT_EQ(of(s, "rate * 100").value, (6.0 / 12 + 60.0 / 400) / 2 * 100);
}
TEST(formulas, know_reporting_rates) {
  EXPECT_EQ(of(clinics(), "reporting_rate(visits)").value, 100.0 * 5 / 6);
  EXPECT_EQ(of(clinics(), "reported(visits) - expected(visits)").value, -1);
  EXPECT_EQ(of(clinics(), "reporting_rate(visits)", "2024-02").value, 50);
  EXPECT_EQ(of(clinics(), "reporting_rate(visits)", "2024-02").state, figure_state::reported);
  auto s = clinics();
  s.indicator("silent");
  s.reports = {{"oA", "silent", {}}};
  EXPECT_EQ(of(s, "reporting_rate(silent) + 0 * cases").value, 0); // nothing came: the rate is a known zero
}
TEST(formulas, round_and_compare) {
  EXPECT_EQ(of(clinics(), "round(cases / 7, 2)").value, 9.43);
  EXPECT_EQ(of(clinics(), "abs(-cases)").value, 66);
  EXPECT_EQ(of(clinics(), "min(cases, visits, 70)").value, 66);
  EXPECT_EQ(of(clinics(), "max(cases, visits)").value, 412);
}
TEST(formulas, tell_policies_of_their_terms) {
  cw::rollup_options o;
  o.missing = cw::missing_policy::all_or_nothing;
  EXPECT_EQ(of(clinics(), "cases / visits", "2024-02", o).state, figure_state::below_minimum_coverage);
  o.missing = cw::missing_policy::adjusted;
  EXPECT_EQ(of(clinics(), "visits * 1", "2024-Q1", o).state, figure_state::adjusted);
  o.missing = cw::missing_policy::carry_forward;
  EXPECT_THROW((void)of(clinics(), "cases / visits", "2024-02", o), cw::error); // flows
  auto s = clinics();
  for (const auto* id : {"cases", "visits"}) {
    s.indicator(id).nature = cw::nature::stock;
    s.indicator(id).over_time = op::last;
  }
  const auto f = of(s, "cases / visits", "2024-02", o);
  EXPECT_EQ(f.value, 22.0 / 104);
  EXPECT_EQ(f.state, figure_state::carried_forward);
}
TEST(formulas, circles_and_unknown_names_are_refused) {
  auto s = clinics();
  s.indicator("p").formula = "q + 1";
  s.indicator("q").formula = "p - 1";
  try {
    (void)ask(s, "g", "p", "2024-Q1");
    FAIL();
  } catch (const cw::error& e) {
    EXPECT_EQ(e.code(), cw::error_code::invalid_data);
    EXPECT_EQ(e.where().code, "formula_circular");
    EXPECT_NE(std::string(e.what()).find("p -> q -> p"), std::string::npos);
  }
  EXPECT_THROW((void)of(clinics(), "cases + nothing"), cw::error);
}
TEST(formulas, join_data_of_other_frequencies_at_the_coarser_one) {
  auto s = clinics();
  s.indicator("f").formula = "cases / people";
  s.indicator("people");
  const auto made = build(s);
  auto m = made.measures();
  ASSERT_EQ(m.indicators[2].id, "people");
  cw::panel yearly;
  yearly.indicator = m.indicators[2].node;
  yearly.first = *cw::period::parse("2024");
  yearly.reporters = {*made.network().find("oA")};
  yearly.value = cw::panel_matrix::Constant(1, 1, 1000);
  m.panels.insert(std::upper_bound(m.panels.begin(), m.panels.end(), yearly,
                                   [](const auto& a, const auto& b) { return a.indicator < b.indicator; }),
                  yearly);
  cw::rollup_options o;
  o.groups = {"g"};
  o.indicators = {"f"};
  const auto t = cw::rollup(made.network(), m, o);
  ASSERT_EQ(t.rows(), 1u);
  EXPECT_EQ(t["period"].values<cw::period>()[0].to_string(), "2024");
  EXPECT_EQ(t["value"].values<double>()[0], 0.066);
  o.every = cw::frequency::quarter;
  EXPECT_THROW((void)cw::rollup(made.network(), m, o), cw::error);
}
TEST(formulas, explain_their_terms) {
  auto s = clinics();
  s.indicator("f").formula = "cases / visits";
  auto t = build(s).explain("g", "f", *cw::period::parse("2024-02"));
  ASSERT_EQ(t.rows(), 4u);
  EXPECT_EQ(t["indicator"].text(0), "cases");
  EXPECT_EQ(t["indicator"].text(2), "visits");
  EXPECT_EQ(t["state"].text(3), "missing");
  EXPECT_TRUE(t["share"].is_null(0));
  s.indicator("f").formula_level = cw::formula_level::reporter;
  t = build(s).explain("g", "f", *cw::period::parse("2024-Q1"));
  EXPECT_EQ(t["indicator"].text(0), "f");
  cw::exact_sum sum;
  for (std::size_t r = 0; r < t.rows(); ++r)
    if (!t["share"].is_null(r)) sum.add(t["share"].values<double>()[r]);
  EXPECT_EQ(sum.value(), ask(s, "g", "f", "2024-Q1").value);
}

} // namespace
