// SPDX-License-Identifier: Apache-2.0
// Control charts: published examples, rules one by one, freezing and rephasing, missing and ghost points, misuse.
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include <commonweal/analyze/chart.hpp>
#include <commonweal/analyze/detail/chart_rules.hpp>

namespace {

using namespace commonweal;
using indices = std::vector<std::size_t>;

const period start(frequency::month, 600); // 2020-01

indices flagged(const chart_result& chart, std::string_view rule) {
  indices out;
  const auto& at = chart.rule(rule).at;
  for (std::size_t i = 0; i < at.size(); ++i)
    if (at[i] != 0) out.push_back(i);
  return out;
}

chart_options with(chart_kind kind, std::vector<rule_set> rules = {rule_set::shewhart}) {
  chart_options o;
  o.kind = kind;
  o.rules = std::move(rules);
  return o;
}

// Montgomery, Introduction to Statistical Quality Control, Appendix VI, to its printed digits.
TEST(chart_constants, agree_with_the_printed_table) {
  using namespace chart_constants;
  EXPECT_NEAR(d2(2), 1.128, 5e-4);
  EXPECT_NEAR(d2(3), 1.693, 5e-4);
  EXPECT_NEAR(d2(5), 2.326, 5e-4);
  EXPECT_NEAR(d2(10), 3.078, 5e-4);
  EXPECT_NEAR(d2(25), 3.931, 5e-4);
  EXPECT_NEAR(d3_of_two(), 0.853, 5e-4);
  EXPECT_NEAR(D4_of_two(), 3.267, 5e-4);
  EXPECT_NEAR(3 / d2(2), 2.660, 2e-3);
  EXPECT_NEAR(c4(2), 0.7979, 5e-5);
  EXPECT_NEAR(c4(5), 0.9400, 5e-5);
  EXPECT_NEAR(c4(10), 0.9727, 5e-5);
  EXPECT_NEAR(c4(25), 0.9896, 5e-5);
  EXPECT_NEAR(A3(2), 2.659, 5e-4);
  EXPECT_NEAR(A3(5), 1.427, 5e-4);
  EXPECT_NEAR(A3(10), 0.975, 5e-4);
  EXPECT_EQ(B3(5), 0.0);
  EXPECT_NEAR(B3(10), 0.284, 5e-4);
  EXPECT_NEAR(B4(2), 3.267, 5e-4);
  EXPECT_NEAR(B4(5), 2.089, 5e-4);
  EXPECT_NEAR(B4(10), 1.716, 5e-4);
  EXPECT_THROW((void)c4(1), error);
  // The general integral, at two, is the closed form: c4(2) = d2(2) / sqrt 2.
  EXPECT_NEAR(c4(2) * std::sqrt(2.0), d2(2), 1e-14);
}

// NIST/SEMATECH e-Handbook 6.3.2.2, flow rates: mean 50.81, mean range 1.8778, limits 45.8159 and 55.8041 with d2
// = 1.128.
TEST(control_chart, xmr_of_the_handbook) {
  const std::vector<double> x = {49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1};
  const auto chart = control_chart({x, start}, with(chart_kind::xmr));
  EXPECT_NEAR(chart.points[0].center, 50.81, 1e-12);
  EXPECT_NEAR(chart.phases[0].mean_moving_range, 1.8778, 5e-5);
  EXPECT_NEAR(chart.points[0].upper, 50.81 + 3 * (16.9 / 9) / (2 / std::sqrt(3.14159265358979323846)), 1e-12);
  EXPECT_NEAR(chart.points[0].upper, 55.8041, 2e-3); // the handbook rounds d2
  EXPECT_NEAR(chart.points[0].lower, 45.8159, 2e-3);
  EXPECT_NEAR(chart.spread[1].value, 2.0, 1e-12);
  EXPECT_TRUE(std::isnan(chart.spread[0].value));
  EXPECT_NEAR(chart.spread[1].upper, 6.1349, 2e-3);
  EXPECT_FALSE(chart.any_signal());
}

// NIST/SEMATECH e-Handbook 6.3.3.1: defects on 25 wafers, center 16, limits 4 and 28.
TEST(control_chart, c_of_the_handbook) {
  const std::vector<double> x = {16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14,
                                 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13};
  const auto chart = control_chart({x, start}, with(chart_kind::c));
  EXPECT_DOUBLE_EQ(chart.points[0].center, 16);
  EXPECT_DOUBLE_EQ(chart.points[0].lower, 4);
  EXPECT_DOUBLE_EQ(chart.points[0].upper, 28);
  EXPECT_EQ(flagged(chart, "shewhart_1"), indices{23}); // 28 lies on the limit, 31 beyond
}

// Montgomery, Example 7.3: 516 nonconformities on 26 circuit boards, center 19.85, limits 6.48 and 33.22 (19.85 + 3
// sqrt(19.85)).
TEST(control_chart, c_of_the_textbook) {
  const std::vector<double> x = {21, 24, 16, 12, 15, 5,  28, 20, 31, 25, 20, 24, 16,
                                 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15};
  const auto chart = control_chart({x, start}, with(chart_kind::c));
  EXPECT_DOUBLE_EQ(chart.points[0].center, 516.0 / 26.0);
  EXPECT_NEAR(chart.points[0].lower, 6.48, 5e-3);
  EXPECT_NEAR(chart.points[0].upper, 33.22, 1e-2);
  EXPECT_EQ(flagged(chart, "shewhart_1"), (indices{5, 19}));
}

// Montgomery, Example 7.1 (also NIST/SEMATECH e-Handbook 6.3.3.2): 347 of 1500 cans leak; 0.2313, limits 0.0524 and
// 0.4102, samples 15 and 23 beyond.
TEST(control_chart, p_of_the_textbook) {
  const std::vector<double> x = {12, 15, 8, 10, 4,  7,  16, 9,  14, 10, 5,  6, 17, 12, 22,
                                 8,  10, 5, 13, 11, 20, 18, 24, 15, 9,  12, 7, 13, 9,  6};
  const std::vector<double> n(30, 50.0);
  auto chart = control_chart({x, start}, {n, start}, with(chart_kind::p));
  EXPECT_NEAR(chart.points[0].center, 347.0 / 1500.0, 1e-15);
  EXPECT_NEAR(chart.points[0].lower, 0.0524, 5e-5);
  EXPECT_NEAR(chart.points[0].upper, 0.4102, 5e-5);
  EXPECT_EQ(flagged(chart, "shewhart_1"), (indices{14, 22}));
  // Without these two, plotted and not counted: 301 of 1400, limits 0.0407 and 0.3893 (Montgomery's revised chart), and
  // sample 21 (0.40) lies beyond.
  auto o = with(chart_kind::p);
  o.ghosts = {start.plus(14), start.plus(22)};
  chart = control_chart({x, start}, {n, start}, o);
  EXPECT_NEAR(chart.points[0].center, 301.0 / 1400.0, 1e-15);
  EXPECT_NEAR(chart.points[0].lower, 0.0407, 5e-5);
  EXPECT_NEAR(chart.points[0].upper, 0.3893, 5e-5);
  EXPECT_EQ(flagged(chart, "shewhart_1"), indices{20});
  EXPECT_EQ(chart.phases[0].ghosts, 2U);
  EXPECT_EQ(chart.points[14].value, 0.44); // still plotted
  // In percent.
  o.factor = 100;
  EXPECT_NEAR(control_chart({x, start}, {n, start}, o).points[0].upper, 38.93, 5e-3);
}

// Montgomery, Example 7.5: defects in dyed cloth, 153 over 107.5 units; for 10 units the limits are 0.29 and 2.55.
TEST(control_chart, u_of_the_textbook) {
  const std::vector<double> x = {14, 12, 20, 11, 7, 10, 21, 16, 19, 23};
  const std::vector<double> n = {10, 8, 13, 10, 9.5, 10, 12, 10.5, 12, 12.5};
  const auto chart = control_chart({x, start}, {n, start}, with(chart_kind::u));
  EXPECT_DOUBLE_EQ(chart.points[0].center, 153.0 / 107.5);
  EXPECT_NEAR(chart.points[0].upper, 2.55, 1e-2);
  EXPECT_NEAR(chart.points[0].lower, 0.29, 5e-3);
  EXPECT_GT(chart.points[1].upper, chart.points[0].upper); // fewer units, wider limits
  EXPECT_FALSE(chart.any_signal());
}

// Montgomery, Table 6.3: inside diameters of 25 samples of five piston rings; 74.001 and s 0.0094, limits 73.988
// and 74.014, of s 0 and 0.0196.
const std::vector<std::vector<double>> piston_rings = {
    {74.030, 74.002, 74.019, 73.992, 74.008}, {73.995, 73.992, 74.001, 74.011, 74.004},
    {73.988, 74.024, 74.021, 74.005, 74.002}, {74.002, 73.996, 73.993, 74.015, 74.009},
    {73.992, 74.007, 74.015, 73.989, 74.014}, {74.009, 73.994, 73.997, 73.985, 73.993},
    {73.995, 74.006, 73.994, 74.000, 74.005}, {73.985, 74.003, 73.993, 74.015, 73.988},
    {74.008, 73.995, 74.009, 74.005, 74.004}, {73.998, 74.000, 73.990, 74.007, 73.995},
    {73.994, 73.998, 73.994, 73.995, 73.990}, {74.004, 74.000, 74.007, 74.000, 73.996},
    {73.983, 74.002, 73.998, 73.997, 74.012}, {74.006, 73.967, 73.994, 74.000, 73.984},
    {74.012, 74.014, 73.998, 73.999, 74.007}, {74.000, 73.984, 74.005, 73.998, 73.996},
    {73.994, 74.012, 73.986, 74.005, 74.007}, {74.006, 74.010, 74.018, 74.003, 74.000},
    {73.984, 74.002, 74.003, 74.005, 73.997}, {74.000, 74.010, 74.013, 74.020, 74.003},
    {73.982, 74.001, 74.015, 74.005, 73.996}, {74.004, 73.999, 73.990, 74.006, 74.009},
    {74.010, 73.989, 73.990, 74.009, 74.014}, {74.015, 74.008, 73.993, 74.000, 74.010},
    {73.982, 73.984, 73.995, 74.017, 74.013}};

panel_matrix as_subgroups(const std::vector<std::vector<double>>& rows, const std::vector<std::size_t>& sizes = {}) {
  panel_matrix m = panel_matrix::Constant(5, static_cast<Eigen::Index>(rows.size()), missing_value);
  for (std::size_t c = 0; c < rows.size(); ++c)
    for (std::size_t r = 0; r < (sizes.empty() ? 5 : sizes[c]); ++r)
      m(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c)) = rows[c][r];
  return m;
}

TEST(control_chart, xbar_s_of_the_textbook) {
  const auto chart = control_chart(as_subgroups(piston_rings), start, with(chart_kind::xbar_s));
  EXPECT_NEAR(chart.points[0].center, 74.001, 5e-4);
  EXPECT_NEAR(chart.phases[0].mean_s, 0.0094, 5e-5);
  EXPECT_NEAR(chart.points[0].upper, 74.014, 1e-3);
  EXPECT_NEAR(chart.points[0].lower, 73.988, 5e-4);
  EXPECT_NEAR(chart.points[0].value, 74.010, 5e-4);
  EXPECT_NEAR(chart.spread[0].value, 0.0148, 5e-5);
  EXPECT_NEAR(chart.spread[13].value, 0.0153, 5e-5);
  EXPECT_NEAR(chart.spread[0].upper, 0.0196, 1e-4);
  EXPECT_EQ(chart.spread[0].lower, 0.0);
  EXPECT_FALSE(chart.any_signal());
}

// Montgomery, Table 6.4: the same with samples of three to five; weighted 8362.075 / 113 = 74.001, s = sqrt(0.009324 /
// 88) = 0.0103; for five 73.986 and 74.016, of s 0.022.
TEST(control_chart, xbar_s_of_unequal_samples_of_the_textbook) {
  const std::vector<std::size_t> sizes = {5, 3, 5, 5, 5, 4, 4, 5, 4, 5, 5, 5, 3, 5, 3, 5, 4, 5, 5, 3, 5, 5, 5, 5, 5};
  const auto chart = control_chart(as_subgroups(piston_rings, sizes), start, with(chart_kind::xbar_s));
  EXPECT_NEAR(chart.points[0].center, 74.001, 5e-4);
  EXPECT_NEAR(chart.phases[0].mean_s, 0.0103, 5e-5);
  EXPECT_NEAR(chart.spread[1].value, 0.0046, 5e-5);
  EXPECT_NEAR(chart.points[0].upper, 74.016, 1e-3); // the book rounds the center and s before it adds
  EXPECT_NEAR(chart.points[0].lower, 73.986, 5e-4);
  EXPECT_NEAR(chart.points[1].upper, 74.001 + 1.954 * 0.0103, 1e-3);
  EXPECT_NEAR(chart.spread[0].upper, 2.089 * 0.0103, 1e-4);
  EXPECT_NEAR(chart.spread[1].upper, 2.568 * 0.0103, 2e-4);
}

TEST(control_chart, of_subgroups_with_one_observation_has_no_limits_there) {
  panel_matrix m(2, 3);
  m << 1, 2, 4, 3, missing_value, 6;
  const auto chart = control_chart(m, start, with(chart_kind::xbar_s));
  EXPECT_EQ(chart.points[1].value, 2.0);
  EXPECT_TRUE(std::isnan(chart.points[1].upper));
  EXPECT_TRUE(std::isnan(chart.spread[1].value));
  EXPECT_DOUBLE_EQ(chart.points[0].center, 16.0 / 5.0);
  EXPECT_DOUBLE_EQ(chart.phases[0].mean_s, std::sqrt(2.0)); // both s are sqrt 2
}

// By hand: denominators 100, numerators 10 20 10 20: p = 0.15, sigma = sqrt(0.15 * 0.85 / 100) = 0.035707,
// z = -+1.4003, every moving range 2.8006, sigma_z = 2.8006 / 1.12838 = 2.4820.
TEST(control_chart, prime_charts_widen_by_the_variation_between_periods) {
  const std::vector<double> x = {10, 20, 10, 20};
  const std::vector<double> n(4, 100.0);
  const double sigma = std::sqrt(0.15 * 0.85 / 100);
  const double sigma_z = (0.10 / sigma) / chart_constants::d2(2);
  const auto p = control_chart({x, start}, {n, start}, with(chart_kind::p_prime));
  EXPECT_NEAR(p.phases[0].sigma_z, sigma_z, 1e-12);
  EXPECT_NEAR(p.points[0].upper, 0.15 + 3 * sigma * sigma_z, 1e-12);
  EXPECT_EQ(p.points[0].lower, 0.0);
  EXPECT_NEAR(p.phases[0].dispersion, 4 * std::pow(0.05 / sigma, 2) / 3, 1e-12);
  const auto u = control_chart({x, start}, {n, start}, with(chart_kind::u_prime));
  EXPECT_NEAR(u.points[0].upper, 0.15 + 3 * 0.10 / chart_constants::d2(2), 1e-12);
}

// Denominators in the tens of thousands make p flag ordinary weeks: the weather between weeks outweighs the binomial
// part.
TEST(control_chart, warns_when_denominators_make_p_or_u_flag_everything) {
  std::mt19937_64 random(51);
  std::vector<double> x;
  std::vector<double> n;
  for (int i = 0; i < 30; ++i) {
    n.push_back(200000 + static_cast<double>(random() % 20000));
    const double rate = 0.95 + 0.01 * (static_cast<double>(random() >> 11) * 0x1p-53 - 0.5);
    x.push_back(std::round(rate * n.back()));
  }
  const auto p = control_chart({x, start}, {n, start}, with(chart_kind::p));
  EXPECT_GT(p.rule("shewhart_1").count(), 15U);
  EXPECT_TRUE(p.phases[0].overdispersed);
  ASSERT_EQ(p.warnings.size(), 1U);
  EXPECT_NE(p.warnings[0].find("p_prime"), std::string::npos) << p.warnings[0];
  const auto prime = control_chart({x, start}, {n, start}, with(chart_kind::p_prime));
  EXPECT_EQ(prime.rule("shewhart_1").count(), 0U);
  EXPECT_TRUE(prime.warnings.empty());
  const auto suggestion = suggest_chart(indicator_kind::ratio, {x, start}, {n, start});
  EXPECT_EQ(suggestion.kind, chart_kind::p_prime);
  EXPECT_EQ(suggestion.warning, p.warnings[0]);
  const auto u = control_chart({x, start}, {n, start}, with(chart_kind::u));
  EXPECT_FALSE(u.phases[0].overdispersed); // a rate near 1 allows more than a proportion near 1
}

TEST(control_chart, suggestion_follows_the_kind_of_indicator) {
  const std::vector<double> counts = {16, 14, 18, 16, 12, 20, 15, 17, 13, 19};
  EXPECT_EQ(suggest_chart(indicator_kind::count, {counts, start}).kind, chart_kind::c);
  const std::vector<double> wild = {1, 90, 3, 80, 2, 95, 4, 85, 1, 99};
  const auto wild_one = suggest_chart(indicator_kind::count, {wild, start});
  EXPECT_EQ(wild_one.kind, chart_kind::xmr);
  EXPECT_FALSE(wild_one.warning.empty());
  const std::vector<double> rare = {0, 1, 0, 0, 0, 1, 0, 0, 1, 0};
  EXPECT_EQ(suggest_chart(indicator_kind::count, {rare, start}).kind, chart_kind::g);
  const std::vector<double> ten(10, 10.0);
  EXPECT_EQ(suggest_chart(indicator_kind::ratio, {counts, start}, {ten, start}).kind, chart_kind::u);
  const std::vector<double> thirty(10, 30.0);
  EXPECT_EQ(suggest_chart(indicator_kind::ratio, {counts, start}, {thirty, start}).kind, chart_kind::p);
  EXPECT_EQ(suggest_chart(indicator_kind::ratio, {counts, start}).kind, chart_kind::xmr);
  EXPECT_EQ(suggest_chart(indicator_kind::mean, {counts, start}).kind, chart_kind::xmr);
  EXPECT_EQ(suggest_chart(indicator_kind::count, series_view{}).warning, "there is no value to judge by");
}

// By hand: gaps 3 1 0 4: mean 2, sigma sqrt(2 * 3).
TEST(control_chart, g_by_hand) {
  const std::vector<double> x = {3, 1, 0, 4};
  const auto chart = control_chart({x, start}, with(chart_kind::g, {rule_set::anhoej}));
  EXPECT_EQ(chart.points[0].center, 2.0);
  EXPECT_DOUBLE_EQ(chart.points[0].upper, 2 + 3 * std::sqrt(6.0));
  EXPECT_EQ(chart.points[0].lower, 0.0);
  const std::vector<double> skewed = {1, 2, 30, 3, 40, 1, 2, 50, 3, 2}; // the mean halves nothing, the median does
  const auto runs = control_chart({skewed, start}, with(chart_kind::g, {rule_set::anhoej}));
  EXPECT_EQ(runs.phases[0].useful, 10U);
  EXPECT_EQ(runs.phases[0].crossings, 4U); // about 2.5: - - + + + - - + + -
}

// By hand: on the scale x^(1/3.6) the values are 1 2 3: mean 2, ranges 1 1, sigma 1 / d2; back to the power 3.6.
TEST(control_chart, t_by_hand) {
  const std::vector<double> x = {1, std::pow(2.0, 3.6), std::pow(3.0, 3.6)};
  const auto chart = control_chart({x, start}, with(chart_kind::t));
  EXPECT_NEAR(chart.points[0].center, std::pow(2.0, 3.6), 1e-9);
  EXPECT_NEAR(chart.points[0].upper, std::pow(2 + 3 / chart_constants::d2(2), 3.6), 1e-9);
  EXPECT_EQ(chart.points[0].lower, 0.0); // 2 - 2.66 is below zero
  EXPECT_TRUE(std::isnan(chart.points[0].sigma));
}

TEST(control_chart, screening_drops_ranges_beyond_their_limit_once) {
  // Ranges 1 x 10 and one of 30: mean 40/11 = 3.64, limit 11.9: the 30 goes, the mean becomes 1.
  const std::vector<double> x = {0, 1, 0, 1, 0, 30, 31, 30, 31, 30, 31, 30};
  auto o = with(chart_kind::xmr);
  EXPECT_DOUBLE_EQ(control_chart({x, start}, o).phases[0].mean_moving_range, 40.0 / 11.0);
  o.screen_moving_ranges = true;
  EXPECT_DOUBLE_EQ(control_chart({x, start}, o).phases[0].mean_moving_range, 1.0);
}

// Anhoej and Olesen (PLoS ONE 9, 2014): longest run at most round(log2 n) + 3, crossings at least the 5 % quantile of
// the binomial. For n = 20: 7 and 6, since P(X <= 5) = 0.0318 and P(X <= 6) = 0.0835 of 19 trials.
TEST(control_chart, anhoej_limits_by_hand) {
  std::vector<double> x;
  for (int i = 0; i < 20; ++i) x.push_back(i % 2 == 0 ? 1 : 2);
  auto chart = control_chart({x, start}, with(chart_kind::run, {rule_set::anhoej}));
  EXPECT_EQ(chart.phases[0].center, 1.5);
  EXPECT_EQ(chart.phases[0].useful, 20U);
  EXPECT_EQ(chart.phases[0].longest_run, 1U);
  EXPECT_EQ(chart.phases[0].longest_run_limit, 7U);
  EXPECT_EQ(chart.phases[0].crossings, 19U);
  EXPECT_EQ(chart.phases[0].crossings_limit, 6U);
  EXPECT_FALSE(chart.any_signal());
  EXPECT_TRUE(std::isnan(chart.points[0].upper));
  // A shift: ten low, ten high. One crossing, runs of ten.
  for (std::size_t i = 0; i < 20; ++i) x[i] = i < 10 ? 1 : 2;
  chart = control_chart({x, start}, with(chart_kind::run, {rule_set::anhoej}));
  EXPECT_EQ(chart.phases[0].longest_run, 10U);
  EXPECT_EQ(chart.phases[0].crossings, 1U);
  EXPECT_EQ(chart.rule("anhoej_shift").count(), 20U);
  EXPECT_EQ(chart.rule("anhoej_crossings").count(), 20U);
  // Seven is not longer than seven: 7 low, 3 high, 3 low, 7 high, with 13 points of each? Three crossings only.
  x = {1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2};
  chart = control_chart({x, start}, with(chart_kind::run, {rule_set::anhoej}));
  EXPECT_EQ(chart.rule("anhoej_shift").count(), 0U);
  EXPECT_EQ(chart.phases[0].crossings, 3U);
  EXPECT_EQ(chart.rule("anhoej_crossings").count(), 20U);
  // Points on the median are not useful and do not end a run.
  x = {1, 2, 1.5, 1, 1.5, 2, 1, 2, 1.5, 1, 2};
  chart = control_chart({x, start}, with(chart_kind::run, {rule_set::anhoej}));
  EXPECT_EQ(chart.phases[0].useful, 8U);
  EXPECT_EQ(chart.phases[0].crossings, 7U);
}

TEST(control_chart, fewest_crossings_is_the_binomial_quantile) {
  // 5 % quantiles of binomials at one half, from the definition in whole numbers.
  for (std::size_t trials = 0; trials <= 60; ++trials) {
    long double sum = 0;
    long double term = 1;
    std::size_t k = 0;
    for (;; ++k) {
      sum += term;
      if (sum * 20 >= std::pow(2.0L, static_cast<long double>(trials))) break;
      term = term * static_cast<long double>(trials - k) / static_cast<long double>(k + 1);
    }
    EXPECT_EQ(detail::fewest_crossings(trials), k) << trials;
  }
  // The two branches meet: about n / 2 - 1.645 sqrt(n) / 2.
  EXPECT_NEAR(static_cast<double>(detail::fewest_crossings(1001)), 500.5 - 1.645 * std::sqrt(1001.0) / 2, 1.5);
  EXPECT_NEAR(static_cast<double>(detail::fewest_crossings(1000)), 500.0 - 1.645 * std::sqrt(1000.0) / 2, 1.5);
}

// A baseline of twelve points -1, +1 with mean 0 and every range 2, frozen: sigma = 2 / d2. What follows is in sigmas.
chart_result after_baseline(const std::vector<double>& in_sigmas, rule_set set) {
  std::vector<double> x;
  for (int i = 0; i < 12; ++i) x.push_back(i % 2 == 0 ? -1 : 1);
  for (const double z : in_sigmas) x.push_back(z * 2 / chart_constants::d2(2));
  auto o = with(chart_kind::xmr, {set});
  o.phases = {{start, start.plus(11)}};
  return control_chart({x, start}, o);
}
indices later(const std::vector<double>& in_sigmas, std::string_view rule) {
  const auto set = rule.substr(0, rule.find_last_of('_'));
  auto out = flagged(after_baseline(in_sigmas, rule_set_named(set)), rule);
  std::erase_if(out, [](std::size_t i) { return i < 12; });
  for (auto& i : out) i -= 12;
  return out;
}

TEST(chart_rules, western_electric) {
  EXPECT_EQ(later({0.1, 3.01, -3.2, 2.9}, "western_electric_1"), (indices{1, 2}));
  EXPECT_EQ(later({2.1, 0.5, 2.2, -0.5}, "western_electric_2"), (indices{0, 2}));
  EXPECT_EQ(later({2.1, 0.5, 0.4, 2.2}, "western_electric_2"), indices{}); // two of four
  EXPECT_EQ(later({2.1, -2.2, 0.4}, "western_electric_2"), indices{});     // on two sides
  EXPECT_EQ(later({1.1, 1.2, -0.5, 1.3, 1.4}, "western_electric_3"), (indices{0, 1, 3, 4}));
  EXPECT_EQ(later({1.1, 1.2, -0.5, 0.9, 1.4, 1.5}, "western_electric_3"), indices{});
  EXPECT_EQ(later({-.1, -.2, -.1, -.2, -.1, -.2, -.3, -.1}, "western_electric_4"), (indices{0, 1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(later({-.1, -.2, -.1, -.2, -.1, -.2, -.3, .1}, "western_electric_4"), indices{});
  EXPECT_EQ(later({-.1, -.2, -.1, -.2, 0, -.1, -.2, -.3, -.1}, "western_electric_4"),
            indices{}); // on the center: the run ends
}

TEST(chart_rules, nelson) {
  EXPECT_EQ(later({3.1}, "nelson_1"), indices{0});
  const std::vector<double> nine = {-.1, -.2, -.1, -.2, -.1, -.2, -.3, -.1, -.2};
  EXPECT_EQ(later(nine, "nelson_2").size(), 9U);
  EXPECT_EQ(later({nine.begin(), nine.end() - 1}, "nelson_2").size(), 0U);
  EXPECT_EQ(later({-.5, -.3, -.1, .1, .3, .5, .2}, "nelson_3"), (indices{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(later({-.3, -.3, -.1, .1, .3, .4, .2}, "nelson_3"), indices{}); // a tie is no rise
  EXPECT_EQ(later({.5, .3, .1, -.1, -.3, -.5}, "nelson_3"), (indices{0, 1, 2, 3, 4, 5}));
  // The baseline alternates twelve times; with one more step down and one up it is fourteen.
  EXPECT_EQ(later({-.5}, "nelson_4"), indices{});
  EXPECT_EQ(later({-.5, .5}, "nelson_4"), (indices{0, 1}));
  EXPECT_EQ(later({2.1, 0.5, 2.2}, "nelson_5"), (indices{0, 2}));
  EXPECT_EQ(later({-1.1, -1.2, 0.5, -1.3, -1.4}, "nelson_6"), (indices{0, 1, 3, 4}));
  EXPECT_EQ(later({.1, .2}, "nelson_7"), indices{}); // 14 within one sigma
  EXPECT_EQ(later({.1, .2, -.9}, "nelson_7"), (indices{0, 1, 2}));
  EXPECT_EQ(later({1.1, -1.2, 1.3, -1.1, 1.5, -1.2, 1.1, -1.3}, "nelson_8").size(), 8U);
  EXPECT_EQ(later({1.1, -1.2, 1.3, -0.9, 1.5, -1.2, 1.1, -1.3}, "nelson_8").size(), 0U);
}

TEST(chart_rules, nhs) {
  EXPECT_EQ(later({-3.1}, "nhs_1"), indices{0});
  EXPECT_EQ(later({.1, .2, .1, .2, .1, .2, .3, -1}, "nhs_2"), (indices{0, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(later({-1, .1, .2, .1, .2, .1, .2, -1}, "nhs_2"), indices{});
  EXPECT_EQ(later({-.9, -.7, -.5, -.3, .1, .3, .5}, "nhs_3").size(), 7U);
  EXPECT_EQ(later({.1, -.7, -.5, -.3, .1, .3, .5}, "nhs_3").size(), 0U);
  EXPECT_EQ(later({2.1, 0.5, 2.2}, "nhs_4"), (indices{0, 2}));
  EXPECT_EQ(later({2.1, -0.5, 2.2}, "nhs_4"), indices{}); // the third on the other side
  EXPECT_EQ(later({2.1, 0.5, 3.2}, "nhs_4"), indices{});  // beyond is not close
}

TEST(chart_rules, are_named_and_never_mixed) {
  std::vector<double> x(30, 1.0);
  for (std::size_t i = 0; i < 30; ++i) x[i] = static_cast<double>(i % 7);
  const auto chart = control_chart({x, start}, with(chart_kind::xmr, {rule_set::nhs, rule_set::anhoej}));
  ASSERT_EQ(chart.signals.size(), 6U);
  EXPECT_EQ(chart.signals[0].name, "nhs_1");
  EXPECT_EQ(chart.signals[5].name, "anhoej_crossings");
  EXPECT_THROW((void)chart.rule("nelson_1"), error);
  try {
    (void)rule_set_named("westgard");
    FAIL();
  } catch (const error& e) {
    EXPECT_NE(std::string(e.what()).find("shewhart, anhoej, western_electric, nelson, nhs"), std::string::npos);
  }
  EXPECT_THROW((void)control_chart({x, start}, with(chart_kind::run, {rule_set::nelson})), error);
  EXPECT_THROW((void)control_chart({x, start}, with(chart_kind::xmr, {rule_set::nhs, rule_set::nhs})), error);
  // Defaults: Anhoej for a run chart, Western Electric with limits.
  EXPECT_EQ(control_chart({x, start}, {.kind = chart_kind::run}).signals[0].set, rule_set::anhoej);
  EXPECT_EQ(control_chart({x, start}, {}).signals[0].set, rule_set::western_electric);
}

TEST(control_chart, freezes_and_rephases_together) {
  // 2020: level 10, frozen on its first eight months; from 2021-07: level 20, with limits of its own.
  std::vector<double> x;
  for (int i = 0; i < 12; ++i) x.push_back(i % 2 == 0 ? 9 : 11);
  for (int i = 0; i < 6; ++i) x.push_back(16);
  for (int i = 0; i < 12; ++i) x.push_back(i % 2 == 0 ? 19 : 21);
  auto o = with(chart_kind::xmr, {rule_set::western_electric});
  o.phases = {{start, start.plus(7)}, {start.plus(18)}};
  const auto chart = control_chart({x, start}, o);
  ASSERT_EQ(chart.phases.size(), 2U);
  EXPECT_EQ(chart.phases[0].center, 10.0);
  EXPECT_EQ(chart.phases[0].baseline, 8U);
  EXPECT_EQ(chart.phases[0].counted, 18U);
  EXPECT_EQ(chart.phases[0].end, start.plus(17));
  EXPECT_EQ(chart.phases[1].center, 20.0);
  EXPECT_EQ(chart.points[17].center, 10.0); // carried on
  EXPECT_EQ(chart.points[18].center, 20.0);
  EXPECT_EQ(flagged(chart, "western_electric_1"), (indices{12, 13, 14, 15, 16, 17}));
  // The second may be frozen too, and what comes before the first named phase is one of its own.
  o.phases = {{start.plus(12)}, {start.plus(18), start.plus(29)}};
  EXPECT_EQ(control_chart({x, start}, o).phases.size(), 3U);
}

TEST(control_chart, skips_missing_points_and_counts_them) {
  // Ranges only between neighbors: 10 12, gap, 11 13: 2 and 2; not |12 - 11|.
  const std::vector<double> x = {10, 12, missing_value, 11, 13};
  const auto chart = control_chart({x, start}, with(chart_kind::xmr));
  EXPECT_EQ(chart.phases[0].mean_moving_range, 2.0);
  EXPECT_EQ(chart.phases[0].missing, 1U);
  EXPECT_EQ(chart.phases[0].counted, 4U);
  EXPECT_TRUE(std::isnan(chart.points[2].value));
  EXPECT_EQ(chart.points[2].center, 11.5);
  EXPECT_TRUE(std::isnan(chart.spread[3].value));
  // A run goes on over a gap.
  const auto run = later({-.1, -.2, -.1, -.2, missing_value, -.1, -.2, -.3, -.1}, "western_electric_4");
  EXPECT_EQ(run, (indices{0, 1, 2, 3, 5, 6, 7, 8}));
  const std::vector<double> n = {100, 100, 100, 0, missing_value};
  const auto p = control_chart({x, start}, {n, start}, with(chart_kind::p));
  EXPECT_EQ(p.phases[0].counted, 2U);
  EXPECT_EQ(p.warnings[0], "2 periods have no denominator, or zero, and no point.");
}

TEST(control_chart, ghost_points_are_plotted_and_not_counted) {
  const std::vector<double> x = {9, 11, 9, 500, 9, 11, 9, 11};
  auto o = with(chart_kind::xmr);
  o.ghosts = {start.plus(3)};
  const auto chart = control_chart({x, start}, o);
  EXPECT_NEAR(chart.phases[0].center, 69.0 / 7.0, 1e-12);
  EXPECT_EQ(chart.phases[0].mean_moving_range, 2.0);
  EXPECT_EQ(chart.points[3].value, 500.0);
  EXPECT_TRUE(chart.points[3].ghost);
  EXPECT_FALSE(chart.any_signal());
  const auto t = chart_points(chart);
  EXPECT_TRUE(std::get<bool>(t["ghost"].at(3)));
  EXPECT_FALSE(std::get<bool>(t["shewhart_1"].at(3)));
}

TEST(control_chart, says_what_it_cannot_say) {
  const std::vector<double> none(4, missing_value);
  for (const auto kind : {chart_kind::run, chart_kind::xmr, chart_kind::c, chart_kind::t, chart_kind::g}) {
    const auto chart = control_chart({none, start}, {.kind = kind});
    EXPECT_EQ(chart.phases[0].counted, 0U);
    EXPECT_FALSE(chart.any_signal());
    EXPECT_TRUE(chart_points(chart)["center"].is_null(0)) << to_string(kind);
    const auto empty = control_chart(series_view{}, {.kind = kind});
    EXPECT_TRUE(empty.points.empty());
  }
  const std::vector<double> one = {7};
  const auto single = control_chart({one, start}, with(chart_kind::xmr));
  EXPECT_EQ(single.points[0].center, 7.0);
  EXPECT_TRUE(std::isnan(single.points[0].upper));
  ASSERT_EQ(single.warnings.size(), 2U);
  const std::vector<double> same(12, 7.0);
  const auto constant = control_chart({same, start}, with(chart_kind::xmr, {rule_set::nelson}));
  EXPECT_FALSE(constant.any_signal());
  EXPECT_EQ(constant.points[0].sigma, 0.0);
  const std::vector<double> zeros(12, 0.0);
  const std::vector<double> n(12, 10.0);
  for (const auto kind : {chart_kind::p, chart_kind::p_prime, chart_kind::u, chart_kind::u_prime}) {
    const auto chart = control_chart({zeros, start}, {n, start}, with(kind));
    EXPECT_EQ(chart.points[0].upper, 0.0) << to_string(kind);
    EXPECT_FALSE(chart.any_signal());
    const auto all_events = control_chart({n, start}, {n, start}, with(kind));
    EXPECT_FALSE(all_events.any_signal()) << to_string(kind);
    const auto points = chart_points(all_events);
    for (const auto& c : points.columns()) {
      if (c.type() != column_type::float64) continue;
      for (std::size_t i = 0; i < c.size(); ++i)
        EXPECT_TRUE(c.is_null(i) || !std::isnan(c.values<double>()[i])) << c.name();
    }
  }
  // After a constant baseline any other value is beyond the limits.
  std::vector<double> broken = same;
  broken.push_back(7.5);
  auto o = with(chart_kind::xmr);
  o.phases = {{start, start.plus(11)}};
  EXPECT_EQ(flagged(control_chart({broken, start}, o), "shewhart_1"), indices{12});
}

TEST(control_chart, refuses_what_cannot_be) {
  const std::vector<double> x = {1, 2, 3, 4};
  const std::vector<double> negative = {1, -2, 3, 4};
  const std::vector<double> n = {2, 2, 2, 9};
  const std::vector<double> endless = {1, 2, 3, std::numeric_limits<double>::infinity()};
  const auto refused = [&](auto call) { EXPECT_THROW((void)call(), error); };
  for (const auto kind : {chart_kind::c, chart_kind::t, chart_kind::g})
    refused([&] { return control_chart({negative, start}, {.kind = kind}); });
  refused([&] { return control_chart({x, start}, {.kind = chart_kind::p}); });
  refused([&] { return control_chart({x, start}, {.kind = chart_kind::xbar_s}); });
  refused([&] { return control_chart({x, start}, {n, start}, {.kind = chart_kind::c}); });
  refused([&] { return control_chart({x, start}, {n, start}, {.kind = chart_kind::p}); }); // 3 of 2
  refused([&] { return control_chart({negative, start}, {n, start}, {.kind = chart_kind::u}); });
  refused([&] { return control_chart({x, start}, {n, start.plus(1)}, {.kind = chart_kind::u}); });
  refused([&] { return control_chart({endless, start}, {}); });
  refused([&] { return control_chart(panel_matrix::Constant(2, 2, 1.0), start, {}); });
  const auto with_phases = [&](std::vector<chart_phase> phases, std::vector<period> ghosts = {}) {
    chart_options o;
    o.phases = std::move(phases);
    o.ghosts = std::move(ghosts);
    return control_chart({x, start}, o);
  };
  refused([&] { return with_phases({{start, start.plus(4)}}); });                  // freeze beyond the data
  refused([&] { return with_phases({{start, start.plus(2)}, {start.plus(2)}}); }); // freeze beyond its phase
  refused([&] { return with_phases({{start.plus(2), start}}); });                  // freeze before its phase
  refused([&] { return with_phases({{start}, {start}}); });                        // twice the same
  refused([&] { return with_phases({{start.plus(2)}, {start.plus(1)}}); });        // out of order
  refused([&] { return with_phases({{period(frequency::year, 50)}}); });           // another frequency
  refused([&] { return with_phases({}, {start.plus(9)}); });                       // ghost beyond the data
  refused([&] { return control_chart({x, start}, {.factor = 0}); });
}

// Property: adding a constant shifts an xmr chart, a factor scales it, and no signal changes.
TEST(control_chart, moves_with_its_data) {
  std::mt19937_64 random(52);
  std::vector<double> x(60);
  for (auto& v : x) v = static_cast<double>(random() % 64) * (random() % 9 == 0 ? 8 : 1);
  const auto all = with(chart_kind::xmr, {rule_set::shewhart, rule_set::anhoej, rule_set::western_electric,
                                          rule_set::nelson, rule_set::nhs});
  const auto a = control_chart({x, start}, all);
  auto other = x;
  for (auto& v : other) v = 4 * v + 1024;
  const auto b = control_chart({other, start}, all);
  EXPECT_TRUE(a.any_signal());
  for (std::size_t k = 0; k < a.signals.size(); ++k) EXPECT_EQ(a.signals[k].at, b.signals[k].at) << a.signals[k].name;
  EXPECT_NEAR(b.points[0].upper, 4 * a.points[0].upper + 1024, 1e-9);
}

TEST(control_chart, assurance_compares_the_target_with_the_limits) {
  const std::vector<double> x = {49.6, 47.6, 49.9, 51.3, 47.8,
                                 51.2, 52.6, 52.4, 53.6, 52.1}; // limits about 45.8 and 55.8
  const auto chart = control_chart({x, start}, {});
  EXPECT_EQ(assurance_of(chart, 40, direction::up), assurance::always_met);
  EXPECT_EQ(assurance_of(chart, 60, direction::up), assurance::never_met);
  EXPECT_EQ(assurance_of(chart, 50, direction::up), assurance::hit_and_miss);
  EXPECT_EQ(assurance_of(chart, 60, direction::down), assurance::always_met);
  EXPECT_EQ(assurance_of(chart, 50, direction::none), assurance::unknown);
}

TEST(chart_phases, come_as_a_table) {
  const std::vector<double> x = {9, 11, 9, 11};
  const auto t = chart_phases(control_chart({x, start}, {}));
  EXPECT_EQ(t.rows(), 1U);
  EXPECT_TRUE(t["sigma_z"].is_null(0));
  EXPECT_EQ(t["center"].values<double>()[0], 10.0);
}

TEST(control_charts, are_those_of_each_series_on_any_executor) {
  const std::vector<double> a = {1, 2, 3, 2, 1, 2, 9};
  const std::vector<double> b = {5, missing_value, 5, 6};
  const std::vector<measured_series> all = {{"a", a}, {"b", b}};
  const auto charts = control_charts(all, {}, executor::threads(2));
  ASSERT_EQ(charts.size(), 2U);
  EXPECT_EQ(chart_points(charts[0]), chart_points(control_chart(a)));
  EXPECT_EQ(chart_points(charts[1]), chart_points(control_chart(b)));
  EXPECT_TRUE(control_charts({}, {}).empty());
}

} // namespace
