// SPDX-License-Identifier: Apache-2.0
// Every operator by hand: the figures of docs/rollup-semantics.md.
#include <cmath>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "rollup_sketch.hpp"

namespace cw = commonweal;
using namespace commonweal_test;

namespace {

using op = cw::aggregate_operator;
using cw::figure_state;

// oA reports 10, 20, 30 in the first quarter; oB 5, nothing, 7; oC nothing at all. All are members of g.
sketch three_months() {
  sketch s;
  s.join("oA", "g").join("oB", "g").join("oC", "g");
  s.indicator("i");
  s.values("i", "oA", {10, 20, 30}).values("i", "oB", {5, none_given, 7});
  return s;
}
double with(op over_groups, op over_time, cw::operator_order order = cw::operator_order::time_then_groups) {
  auto s = three_months();
  auto& d = s.indicator("i");
  d.over_groups = over_groups;
  d.over_time = over_time;
  d.order = order;
  return ask(s, "g", "i", "2024-Q1").value;
}
constexpr auto groups_first = cw::operator_order::groups_then_time;

TEST(operators, sum) { EXPECT_EQ(with(op::sum, op::sum), 72); }
TEST(operators, sum_of_last) { EXPECT_EQ(with(op::sum, op::last), 37); }
TEST(operators, sum_of_first) { EXPECT_EQ(with(op::sum, op::first), 15); }
TEST(operators, sum_of_highest) { EXPECT_EQ(with(op::sum, op::max), 37); }
TEST(operators, sum_of_lowest) { EXPECT_EQ(with(op::sum, op::min), 15); }
TEST(operators, highest_of_sums) { EXPECT_EQ(with(op::max, op::sum), 60); }
TEST(operators, lowest_of_sums) { EXPECT_EQ(with(op::min, op::sum), 12); }
TEST(operators, mean_of_means_is_over_reporters) { EXPECT_EQ(with(op::mean, op::mean), (20.0 + 6.0) / 2); }
TEST(operators, mean_of_sums) { EXPECT_EQ(with(op::mean, op::sum), 36); }
TEST(operators, mean_counts_only_who_reported) {
  auto s = three_months();
  s.indicator("i").over_groups = op::mean;
  EXPECT_EQ(ask(s, "g", "i", "2024-02").value, 20); // oB and oC are missing, not zero
}
TEST(operators, order_matters) {
  EXPECT_EQ(with(op::sum, op::max), 37);                // 30 + 7
  EXPECT_EQ(with(op::sum, op::max, groups_first), 37);  // of 15, 20, 37
  EXPECT_EQ(with(op::sum, op::min), 15);                // 10 + 5
  EXPECT_EQ(with(op::sum, op::min, groups_first), 15);  // of 15, 20, 37
  EXPECT_EQ(with(op::sum, op::mean), 26);               // 20 + 6
  EXPECT_EQ(with(op::sum, op::mean, groups_first), 24); // of 15, 20, 37
  EXPECT_EQ(with(op::mean, op::mean), 13);
  EXPECT_EQ(with(op::mean, op::mean, groups_first), 46.0 / 3); // of 7.5, 20, 18.5
  EXPECT_EQ(with(op::max, op::sum), 60);
  EXPECT_EQ(with(op::max, op::sum, groups_first), 60); // 10 + 20 + 30
  EXPECT_EQ(with(op::sum, op::last, groups_first), 37);
}
TEST(operators, count) {
  EXPECT_EQ(with(op::count, op::last), 2); // reporters that reported
  EXPECT_EQ(with(op::sum, op::count), 5);  // reports
}
TEST(operators, last_over_groups_is_the_latest_report) {
  auto s = three_months();
  s.indicator("i").over_groups = op::last;
  s.indicator("i").over_time = op::last;
  s.values("i", "oC", {none_given, none_given, none_given, 1});
  EXPECT_EQ(ask(s, "g", "i", "2024").value, 1);
  EXPECT_EQ(ask(s, "g", "i", "2024-Q1").value, 30); // oA and oB both in March: the smaller id
}
TEST(operators, last_looks_back_no_further_than_told) {
  auto s = three_months();
  auto& d = s.indicator("i");
  d.over_time = op::last;
  s.values("i", "oC", {4, none_given, none_given});
  EXPECT_EQ(ask(s, "g", "i", "2024-Q1").value, 41);
  d.look_back = 1;
  EXPECT_EQ(ask(s, "g", "i", "2024-Q1").value, 37); // January is two months before March
  d.look_back = 0;
  EXPECT_EQ(ask(s, "g", "i", "2024-Q1").value, 37);
}
TEST(operators, last_stays_inside_the_period) {
  auto s = three_months();
  s.indicator("i").over_time = op::last;
  const auto f = ask(s, "g", "i", "2024-Q2");
  EXPECT_TRUE(std::isnan(f.value));
  EXPECT_EQ(f.state, figure_state::missing);
}
TEST(operators, range_is_the_greatest_less_the_least) {
  EXPECT_EQ(with(op::range, op::sum), 48);               // of 60 and 12
  EXPECT_EQ(with(op::range, op::sum, groups_first), 28); // 10 - 5, nothing, 30 - 7
  EXPECT_EQ(with(op::sum, op::range), 22);               // 20 + 2
  EXPECT_EQ(with(op::sum, op::range, groups_first), 22); // of 15, 20, 37
  EXPECT_EQ(with(op::range, op::last), 23);              // of 30 and 7
}
TEST(operators, the_range_of_a_single_value_is_zero) {
  auto s = three_months();
  s.indicator("i").over_groups = op::range;
  const auto f = ask(s, "g", "i", "2024-02");
  EXPECT_EQ(f.value, 0);
  EXPECT_EQ(f.state, figure_state::partial);
}
TEST(operators, a_range_beyond_the_largest_double_has_no_value) {
  sketch s;
  s.join("oA", "g").join("oB", "g");
  s.indicator("i").over_groups = op::range;
  s.values("i", "oA", {1.7e308}).values("i", "oB", {-1.7e308});
  EXPECT_EQ(ask(s, "g", "i", "2024-01").state, figure_state::out_of_range);
}
TEST(operators, median) {
  EXPECT_EQ(with(op::median, op::sum), 36);               // of 60 and 12
  EXPECT_EQ(with(op::median, op::sum, groups_first), 46); // 7.5 + 20 + 18.5
  EXPECT_EQ(with(op::sum, op::median), 26);               // 20 + 6
  EXPECT_EQ(with(op::sum, op::median, groups_first), 20); // of 15, 20, 37
  auto s = three_months();
  s.indicator("i").over_groups = op::median;
  EXPECT_EQ(ask(s, "g", "i", "2024-02").value, 20); // of one; who is missing is no zero
  s.values("i", "oC", {-4});
  EXPECT_EQ(ask(s, "g", "i", "2024-01").value, 5); // of -4, 5, 10
}
// The answers of numpy.percentile and of R's quantile.
TEST(operators, percentile_is_that_of_type_7) {
  const double values[] = {2.5, -1, 4, 7.25, 3.5, 0.125, 9};
  sketch s;
  auto& d = s.indicator("i");
  d.over_groups = op::percentile;
  for (int k = 0; k < 7; ++k) {
    const auto o = "o" + std::to_string(k);
    s.join(o, "g");
    s.values("i", o, {values[k]});
  }
  const std::pair<double, double> wanted[] = {{0, -1},        {10, -0.3249999999999999},
                                              {25, 1.3125},   {33.3, 2.4952499999999995},
                                              {50, 3.5},      {62.5, 3.875},
                                              {75, 5.625},    {90, 7.950000000000001},
                                              {99.9, 8.9895}, {100, 9}};
  for (const auto& [percent, value] : wanted) {
    d.groups_percent = percent;
    EXPECT_DOUBLE_EQ(ask(s, "g", "i", "2024-01").value, value) << percent;
  }
}
TEST(operators, percentile_over_groups_and_over_time_are_two) {
  auto s = three_months();
  auto& d = s.indicator("i");
  d.over_groups = op::percentile;
  d.groups_percent = 90;
  EXPECT_DOUBLE_EQ(ask(s, "g", "i", "2024-Q1").value, 55.2); // of 60 and 12
  d.over_groups = op::sum;
  d.over_time = op::percentile;
  d.time_percent = 25;
  EXPECT_EQ(ask(s, "g", "i", "2024-Q1").value, 20.5); // 15 of 10, 20, 30 and 5.5 of 5, 7
  d.order = groups_first;
  EXPECT_EQ(ask(s, "g", "i", "2024-Q1").value, 17.5); // of 15, 20, 37
}
TEST(operators, a_percentile_outside_0_to_100_is_refused) {
  for (const double percent : {-0.1, 100.5, std::nan("")}) {
    auto s = three_months();
    s.indicator("i").over_groups = op::percentile;
    s.indicator("i").groups_percent = percent;
    EXPECT_THROW((void)ask(s, "g", "i", "2024-01"), cw::error);
  }
}
TEST(operators, a_median_is_explained_by_its_reporters_without_shares) {
  auto s = three_months();
  s.indicator("i").over_groups = op::median;
  const auto t = build(s).explain("g", "i", *cw::period::parse("2024-01"));
  ASSERT_EQ(t.rows(), 2u);
  EXPECT_EQ(t["reporter"].text(0), "oA");
  EXPECT_EQ(t["value"].values<double>()[1], 5);
  EXPECT_EQ(t["share"].null_count(), 2u);
}
TEST(operators, a_median_half_way_between_the_largest_doubles_is_zero) {
  sketch s;
  s.join("oA", "g").join("oB", "g");
  s.indicator("i").over_groups = op::median;
  s.values("i", "oA", {1.7e308}).values("i", "oB", {-1.7e308});
  EXPECT_EQ(ask(s, "g", "i", "2024-01").value, 0); // their difference is beyond the largest double
}
TEST(operators, geometric_mean) {
  EXPECT_EQ(with(op::geometric_mean, op::last), std::sqrt(210.0));                   // of 30 and 7
  EXPECT_EQ(with(op::sum, op::geometric_mean), std::cbrt(6000.0) + std::sqrt(35.0)); // of 10, 20, 30 and of 5, 7
  sketch s;
  s.indicator("i").over_groups = op::geometric_mean;
  const double growth[] = {2, 8, 4e300, 0.25e-300};
  for (int k = 0; k < 4; ++k) {
    const auto o = "o" + std::to_string(k);
    s.join(o, "g");
    s.values("i", o, {growth[k]});
  }
  EXPECT_EQ(ask(s, "g", "i", "2024-01").value, 2); // the product of the first three is beyond the largest double
}
TEST(operators, a_geometric_mean_of_equal_values_is_that_value) {
  sketch s;
  s.indicator("i").over_groups = op::geometric_mean;
  for (int k = 0; k < 7; ++k) {
    const auto o = "o" + std::to_string(k);
    s.join(o, "g");
    s.values("i", o, {0.1});
  }
  EXPECT_EQ(ask(s, "g", "i", "2024-01").value, 0.1);
}
TEST(operators, a_geometric_mean_refuses_zero_and_below) {
  for (const double x : {0.0, -3.0}) {
    auto s = three_months();
    s.indicator("i").over_groups = op::geometric_mean;
    s.values("i", "oC", {x});
    const auto f = ask(s, "g", "i", "2024-01");
    EXPECT_TRUE(std::isnan(f.value));
    EXPECT_EQ(f.state, figure_state::not_aggregable);
    EXPECT_EQ(f.reported, 3);
  }
}
TEST(operators, standard_deviations) {
  EXPECT_EQ(with(op::stddev_population, op::sum), 24);            // of 60 and 12
  EXPECT_EQ(with(op::stddev_sample, op::sum), std::sqrt(1152.0)); // the same, by n - 1
  EXPECT_EQ(with(op::sum, op::stddev_population), std::sqrt(200.0 / 3) + 1);
}
TEST(operators, a_sample_of_one_has_no_standard_deviation) {
  auto s = three_months();
  s.indicator("i").over_groups = op::stddev_sample;
  const auto f = ask(s, "g", "i", "2024-02");
  EXPECT_TRUE(std::isnan(f.value));
  EXPECT_EQ(f.state, figure_state::zero_denominator);
}
TEST(operators, standard_deviation_does_not_cancel) {
  sketch s;
  s.indicator("i").over_groups = op::stddev_population;
  for (int k = 0; k < 10; ++k) {
    const auto o = "o" + std::to_string(k);
    s.join(o, "g");
    s.values("i", o, {1e9 + (k % 2)});
  }
  EXPECT_EQ(ask(s, "g", "i", "2024-01").value, 0.5); // the squares have 18 digits before the point
}
TEST(operators, none_passes_a_single_value) {
  auto s = three_months();
  s.indicator("i").over_groups = s.indicator("i").over_time = op::none;
  const auto one = ask(s, "g", "i", "2024-02");
  EXPECT_EQ(one.value, 20);
  EXPECT_EQ(one.state, figure_state::partial);
  const auto two = ask(s, "g", "i", "2024-01");
  EXPECT_TRUE(std::isnan(two.value));
  EXPECT_EQ(two.state, figure_state::not_aggregable);
  EXPECT_EQ(two.reported, 2);
}
TEST(operators, none_takes_the_group_at_its_word) {
  auto s = three_months();
  s.indicator("i").over_groups = s.indicator("i").over_time = op::none;
  s.join("g", "gTop");
  s.values("i", "gTop", {99});
  EXPECT_EQ(ask(s, "gTop", "i", "2024-01").value, 99);
  EXPECT_EQ(ask(s, "g", "i", "2024-01").state, figure_state::not_aggregable);
}

// Both reported; oA 1 of 4 in January and 3 of 4 in February, oB 10 of 100 and 30 of 100.
sketch two_ratios() {
  sketch s;
  s.join("oA", "g").join("oB", "g");
  auto& d = s.indicator("r");
  d.kind = cw::indicator_kind::ratio;
  d.factor = 100;
  d.over_groups = d.over_time = op::ratio_of_sums;
  s.parts("r", "oA", {{1, 4}, {3, 4}}).parts("r", "oB", {{10, 100}, {30, 100}});
  return s;
}
TEST(operators, ratio_of_sums) {
  const auto f = ask(two_ratios(), "g", "r", "2024-Q1");
  EXPECT_EQ(f.numerator, 44);
  EXPECT_EQ(f.denominator, 208);
  EXPECT_EQ(f.value, 100.0 * 44 / 208);
}
TEST(operators, mean_of_ratios_differs) {
  auto s = two_ratios();
  s.indicator("r").over_groups = op::mean;
  EXPECT_EQ(ask(s, "g", "r", "2024-Q1").value, (50.0 + 20.0) / 2);
  EXPECT_TRUE(std::isnan(ask(s, "g", "r", "2024-Q1").numerator));
}
TEST(operators, ratio_of_last_parts) {
  auto s = two_ratios();
  s.indicator("r").over_time = op::last;
  EXPECT_EQ(ask(s, "g", "r", "2024-Q1").value, 100.0 * 33 / 104);
}
TEST(operators, a_ratio_uses_matched_pairs_only) {
  auto s = two_ratios();
  s.join("oC", "g");
  s.cells[{"r", "oC", s.first}] = {none_given, 1000, none_given, cw::cell_state::reported};
  s.cells[{"r", "oC", s.first + 1}] = {none_given, none_given, 1000, cw::cell_state::reported};
  const auto f = ask(s, "g", "r", "2024-Q1");
  EXPECT_EQ(f.numerator, 44); // neither the numerator without a denominator nor the other way round
  EXPECT_EQ(f.denominator, 208);
}
TEST(operators, a_zero_denominator_is_missing_not_zero) {
  auto s = two_ratios();
  s.parts("r", "oA", {{0, 0}}).parts("r", "oB", {{0, 0}});
  const auto f = ask(s, "g", "r", "2024-01");
  EXPECT_TRUE(std::isnan(f.value));
  EXPECT_EQ(f.denominator, 0);
  EXPECT_EQ(f.state, figure_state::zero_denominator);
  s.indicator("r").over_groups = op::mean; // oA's own ratio drops out of the mean
  s.parts("r", "oB", {{10, 100}});
  const auto mean = ask(s, "g", "r", "2024-01");
  EXPECT_EQ(mean.value, 10);
  EXPECT_EQ(mean.state, figure_state::partial);
}
TEST(operators, a_single_value_passes_without_its_parts) {
  auto s = two_ratios();
  s.cells.clear();
  s.values("r", "oA", {37.5, 40});
  EXPECT_EQ(ask(s, "g", "r", "2024-01").value, 37.5);
  EXPECT_EQ(ask(s, "g", "r", "2024-01").reported, 1);
  EXPECT_EQ(ask(s, "g", "r", "2024-Q1").state, figure_state::not_aggregable); // two values, and no weights
}
TEST(operators, weighted_mean) {
  sketch s;
  s.join("oA", "g").join("oB", "g");
  auto& d = s.indicator("m");
  d.kind = cw::indicator_kind::mean;
  d.over_groups = d.over_time = op::weighted_mean;
  s.cells[{"m", "oA", s.first}] = {4, none_given, 10, cw::cell_state::reported};
  s.cells[{"m", "oA", s.first + 1}] = {5, none_given, 10, cw::cell_state::reported};
  s.cells[{"m", "oB", s.first}] = {1, none_given, 30, cw::cell_state::reported};
  const auto f = ask(s, "g", "m", "2024-Q1");
  EXPECT_EQ(f.value, (40.0 + 50 + 30) / 50);
  EXPECT_EQ(f.numerator, 120);
  EXPECT_EQ(f.denominator, 50);
}
TEST(operators, sums_are_exact_and_rounded_once) {
  sketch s;
  s.indicator("i");
  const double values[] = {1e100, 1, -1e100, 1e-3};
  for (int k = 0; k < 4; ++k) {
    const auto o = "o" + std::to_string(k);
    s.join(o, "g");
    s.values("i", o, {values[k]});
  }
  EXPECT_EQ(ask(s, "g", "i", "2024-01").value, 1.001);
}
TEST(operators, a_sum_beyond_the_largest_double_has_no_value) {
  sketch s;
  s.join("oA", "g").join("oB", "g");
  s.indicator("i");
  s.values("i", "oA", {1.7e308, 1.7e308, -1.7e308, -1.7e308}).values("i", "oB", {1.7e308});
  const auto f = ask(s, "g", "i", "2024-01");
  EXPECT_TRUE(std::isnan(f.value));
  EXPECT_EQ(f.state, figure_state::out_of_range);
  EXPECT_EQ(ask(s, "g", "i", "2024").value, 1.7e308); // what is beyond on the way does not matter
}
TEST(operators, an_impossible_pair_is_refused) {
  auto s = two_ratios();
  s.indicator("r").over_time = op::count;
  EXPECT_THROW((void)ask(s, "g", "r", "2024-Q1"), cw::error);
}

} // namespace
