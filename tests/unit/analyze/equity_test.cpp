// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include <commonweal/analyze/equity.hpp>

namespace {

using namespace commonweal;

// The score interval solves (p - x)^2 = z^2 x (1 - x) / n: both ends must satisfy its own equation.
TEST(wilson, ends_solve_the_score_equation) {
  const double z = 1.959963984540054;
  for (const auto& [x, n] : {std::pair{3.0, 20.0}, {19.0, 20.0}, {500.0, 1000.0}}) {
    const auto e = wilson(x, n);
    for (const double end : {e.lower, e.upper})
      EXPECT_NEAR((e.value - end) * (e.value - end), z * z * end * (1 - end) / n, 1e-14) << x << "/" << n;
  }
}

TEST(wilson, none_of_ten_reaches_to_28_percent) { // z^2 / (n + z^2) = 3.8415 / 13.8415
  const auto e = wilson(0, 10);
  EXPECT_EQ(e.lower, 0);
  EXPECT_NEAR(e.upper, 0.27753, 1e-5);
  EXPECT_TRUE(e.few_events);
  EXPECT_EQ(wilson(10, 10).upper, 1);
}

TEST(wilson, refuses_what_is_no_proportion) {
  EXPECT_THROW((void)wilson(1, 0), error);
  EXPECT_THROW((void)wilson(3, 2), error);
  EXPECT_THROW((void)wilson(-1, 2), error);
  EXPECT_THROW((void)wilson(std::nan(""), 2), error);
  EXPECT_THROW((void)wilson(1, 2, 1.0), error);
}

// Exact Poisson limits of 10 events are 4.795 and 18.39; Byar's approximation is within half a percent of them.
TEST(byar, is_close_to_the_exact_poisson_limits) {
  const auto e = byar(10);
  EXPECT_NEAR(e.lower, 4.795, 0.025);
  EXPECT_NEAR(e.upper, 18.39, 0.02);
  EXPECT_FALSE(e.few_events);
  EXPECT_EQ(byar(0).lower, 0);
}

TEST(byar, rate_is_scaled_by_exposure_and_factor) { EXPECT_DOUBLE_EQ(byar(25, 50000, 100000).value, 50); }

TEST(standardized_rate, equals_the_crude_rate_under_the_observed_mix) {
  const std::vector<stratum> s = {{10, 1000, 1000}, {40, 500, 500}};
  EXPECT_NEAR(standardized_rate(s, 1000).value, 1000 * 50.0 / 1500, 1e-12);
}

TEST(standardized_rate, weighs_strata_by_the_standard) { // 0.25 x 0.01 + 0.75 x 0.08 = 0.0625
  const std::vector<stratum> s = {{10, 1000, 1}, {40, 500, 3}};
  const auto e = standardized_rate(s);
  EXPECT_NEAR(e.value, 0.0625, 1e-15);
  EXPECT_LT(e.lower, e.value);
  EXPECT_GT(e.upper, e.value);
}

TEST(standardized_rate, a_stratum_without_people_but_with_weight_is_refused) {
  const std::vector<stratum> s = {{1, 10, 1}, {0, 0, 1}};
  EXPECT_THROW((void)standardized_rate(s), error);
}

TEST(disparity, gap_and_ratio_are_against_the_reference) {
  const std::vector<population_part> parts = {{"north", 30, 100}, {"south", 45, 100}, {"empty", 0, 0}};
  equity_options o;
  o.reference = "north";
  o.factor = 100;
  const table t = disparity(parts, o);
  EXPECT_NEAR(t["rate"].values<double>()[1], 45, 1e-12);
  EXPECT_NEAR(t["gap"].values<double>()[1], 15, 1e-12);
  EXPECT_NEAR(t["ratio"].values<double>()[1], 1.5, 1e-12);
  EXPECT_TRUE(t["rate"].is_null(2));
  EXPECT_EQ(t["gap"].values<double>()[0], 0);
}

TEST(disparity, ratio_to_a_rate_of_zero_is_null_not_infinite) {
  const std::vector<population_part> parts = {{"a", 0, 200}, {"b", 3, 100}};
  const table t = disparity(parts);
  EXPECT_TRUE(t["ratio"].is_null(1));
  EXPECT_DOUBLE_EQ(t["gap"].values<double>()[1], 0.03);
}

TEST(disparity, names_an_unknown_reference) {
  const std::vector<population_part> parts = {{"a", 1, 2}};
  equity_options o;
  o.reference = "west";
  try {
    (void)disparity(parts, o);
    FAIL();
  } catch (const error& e) { EXPECT_NE(std::string(e.what()).find("west"), std::string::npos); }
}

// Two equal halves with rates 0.2 and 0.4: ridits 1/4 and 3/4, so the line climbs 0.2 over half the population: SII
// 0.4.
TEST(inequality_slope, two_halves_by_hand) {
  const std::vector<population_part> parts = {{"poor", 20, 100}, {"rich", 40, 100}};
  const auto s = inequality_slope(parts);
  EXPECT_NEAR(s.slope.value, 0.4, 1e-14);
  EXPECT_NEAR(s.overall, 0.3, 1e-14);
  EXPECT_NEAR(s.relative.value, 0.4 / 0.3, 1e-13);
  ASSERT_TRUE(s.ratio_of_ends);
  EXPECT_NEAR(*s.ratio_of_ends, 0.5 / 0.1, 1e-12);
  // var = sum (w x)^2 p(1-p)/n / sxx^2 with w x = 1/8, sxx = 1/16: (1/64)(0.0016 + 0.0024) x 256 = 0.016
  EXPECT_NEAR(s.slope.upper - s.slope.value, 1.959963984540054 * std::sqrt(0.016), 1e-12);
}

TEST(inequality_slope, equal_rates_give_zero_whatever_the_sizes) {
  const std::vector<population_part> parts = {{"a", 5, 50}, {"b", 30, 300}, {"c", 1, 10}};
  EXPECT_NEAR(inequality_slope(parts).slope.value, 0, 1e-15);
}

TEST(inequality_slope, needs_two_parts_and_an_event) {
  const std::vector<population_part> one = {{"a", 5, 50}, {"b", 0, 0}};
  const std::vector<population_part> none = {{"a", 0, 50}, {"b", 0, 50}};
  EXPECT_THROW((void)inequality_slope(one), error);
  EXPECT_THROW((void)inequality_slope(none), error);
}

TEST(attributable_share, is_the_part_above_the_reference) { // overall 0.3, reference 0.2: a third
  const std::vector<population_part> parts = {{"best", 20, 100}, {"rest", 40, 100}};
  equity_options o;
  o.reference = "best";
  EXPECT_NEAR(attributable_share(parts, o), 1.0 / 3, 1e-14);
}

// C. R. Charig et al., BMJ 292 (1986) 879: kidney stones; open surgery is better for small and for large stones, and
// worse overall.
TEST(simpson, kidney_stones_reverse) {
  const std::vector<population_part> open = {{"small", 81, 87}, {"large", 192, 263}};
  const std::vector<population_part> needle = {{"small", 234, 270}, {"large", 55, 80}};
  const auto f = simpson(open, needle);
  EXPECT_TRUE(f.reversed);
  EXPECT_LT(f.overall_difference, 0);
  EXPECT_GT(f.stratum_differences[0], 0);
  EXPECT_GT(f.stratum_differences[1], 0);
}

TEST(simpson, no_reversal_where_strata_disagree) {
  const std::vector<population_part> a = {{"x", 9, 10}, {"y", 1, 10}};
  const std::vector<population_part> b = {{"x", 5, 10}, {"y", 5, 10}};
  EXPECT_FALSE(simpson(a, b).reversed);
}

TEST(parse_breakdown, reads_dimensions_in_any_order) {
  const auto b = parse_breakdown("sex=female;age=0-17");
  EXPECT_EQ(b.at("sex"), "female");
  EXPECT_EQ(b.at("age"), "0-17");
  EXPECT_TRUE(parse_breakdown("").empty());
  EXPECT_THROW((void)parse_breakdown("female"), error);
  EXPECT_THROW((void)parse_breakdown("sex="), error);
  EXPECT_THROW((void)parse_breakdown("sex=a;sex=b"), error);
}

} // namespace
