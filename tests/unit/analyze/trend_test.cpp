// SPDX-License-Identifier: Apache-2.0
// Mann-Kendall, Theil-Sen and their variants: published answers, definitions by brute force, and misuse.
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <commonweal/analyze/trend.hpp>

#include "oracle.hpp"

namespace {

using namespace commonweal;
using commonweal_test::digits_of_agreement;

const period january_1990(frequency::month, 240);

int sign_of(double x) { return (x > 0) - (x < 0); }

TEST(trend, of_five_years_by_hand) {
  // 2 4 3 6 8: nine pairs rise, one (4, 3) falls: S = 8, var = 5*4*15/18 = 50/3, z = 7/sqrt(50/3).
  // Slopes sorted: -1 1/2 1 4/3 4/3 3/2 2 2 5/2 3: the middle two are 4/3 and 3/2.
  const std::vector<double> x = {2, 4, 3, 6, 8};
  const auto r = trend({x, period(frequency::year, 50)}, direction::up);
  EXPECT_EQ(r.test, trend_test::original);
  EXPECT_EQ(r.s, 8.0);
  EXPECT_DOUBLE_EQ(r.tau, 0.8);
  EXPECT_DOUBLE_EQ(r.var_s, 50.0 / 3.0);
  EXPECT_DOUBLE_EQ(r.z, 7.0 / std::sqrt(50.0 / 3.0));
  EXPECT_DOUBLE_EQ(r.p, std::erfc(r.z / std::sqrt(2.0)));
  EXPECT_DOUBLE_EQ(r.slope, (4.0 / 3.0 + 1.5) / 2.0);
  EXPECT_DOUBLE_EQ(r.intercept, 4.0 - 2.0 * r.slope);
  // C = 1.959964 * 4.082483 = 8.0015: ranks round((10 - 8) / 2) = 1 and round((10 + 8) / 2) + 1 = 10 of ten slopes.
  EXPECT_EQ(r.slope_lower, -1.0);
  EXPECT_EQ(r.slope_upper, 3.0);
  EXPECT_TRUE(r.small_sample);
  EXPECT_EQ(r.start.to_string(), "2020");
  EXPECT_EQ(r.end.to_string(), "2024");
  // p = 0.086: not more than chance at 95 %, and so at 90 %.
  EXPECT_EQ(r.trend, trend_direction::flat);
  EXPECT_EQ(r.moved, movement::flat);
  EXPECT_EQ(trend(x, direction::up, {.confidence = 0.9}).moved, movement::right);
  EXPECT_EQ(trend(x, direction::down, {.confidence = 0.9}).moved, movement::wrong);
  EXPECT_EQ(trend(x, direction::keep, {.confidence = 0.9}).moved, movement::wrong);
  EXPECT_EQ(trend(x, direction::keep).moved, movement::right);
  EXPECT_EQ(trend(x, direction::none, {.confidence = 0.9}).moved, movement::neutral);
  EXPECT_EQ(trend(x, direction::up, {.confidence = 0.9, .flat_slope_per_year = 2.0}).moved, movement::flat);
}

TEST(trend, keeps_the_true_distance_over_missing_periods) {
  const std::vector<double> x = {1, missing_value, 5, 7, missing_value, missing_value, 13};
  const auto r = trend(x);
  EXPECT_EQ(r.slope, 2.0); // 1, 5, 7, 13 lie on a line of slope 2 at 0, 2, 3, 6
  EXPECT_EQ(r.intercept, 1.0);
  EXPECT_EQ(r.n, 4U);
  EXPECT_EQ(r.missing, 3U);
  EXPECT_EQ(r.s, 6.0);
}

TEST(trend, says_what_it_cannot_say) {
  const std::vector<double> nothing = {missing_value, missing_value};
  EXPECT_EQ(trend(nothing, direction::up).state, trend_state::no_data);
  EXPECT_EQ(trend(nothing, direction::up).moved, movement::unknown);
  const std::vector<double> empty;
  EXPECT_EQ(trend(empty).state, trend_state::no_data);
  const std::vector<double> one = {missing_value, 4};
  EXPECT_EQ(trend(one).state, trend_state::one_value);
  EXPECT_TRUE(std::isnan(trend(one).slope));
  const std::vector<double> two = {4, 6};
  EXPECT_EQ(trend(two).state, trend_state::too_few);
  EXPECT_EQ(trend(two).slope, 2.0);
  EXPECT_TRUE(std::isnan(trend(two).p));
  const std::vector<double> same(12, 3.0);
  const auto constant = trend(same, direction::up);
  EXPECT_EQ(constant.state, trend_state::constant);
  EXPECT_EQ(constant.p, 1.0);
  EXPECT_EQ(constant.slope, 0.0);
  EXPECT_EQ(constant.trend, trend_direction::flat);
  for (const auto test :
       {trend_test::hamed_rao, trend_test::yue_wang, trend_test::pre_whitening, trend_test::trend_free_pre_whitening,
        trend_test::seasonal, trend_test::correlated_seasonal}) {
    const auto r = trend({same, january_1990}, direction::up, {.test = test, .season = 4});
    EXPECT_EQ(r.state, trend_state::constant) << to_string(test);
    EXPECT_EQ(r.p, 1.0) << to_string(test);
  }
  const std::vector<measured_series> all = {{"none", nothing, direction::up}, {"two", two, direction::up}};
  const auto t = trends(all);
  EXPECT_TRUE(t["p"].is_null(0));
  EXPECT_TRUE(t["start"].is_null(0));
  EXPECT_TRUE(t["p"].is_null(1));
  EXPECT_EQ(t["state"].text(1), "too_few");
  for (const auto& c : t.columns()) {
    if (c.type() != column_type::float64) continue;
    for (std::size_t i = 0; i < t.rows(); ++i)
      EXPECT_TRUE(c.is_null(i) || !std::isnan(c.values<double>()[i])) << c.name();
  }
}

TEST(trend, refuses_impossible_options_and_infinities) {
  const std::vector<double> x = {1, 2, 3, 4};
  EXPECT_THROW((void)trend(x, direction::up, {.confidence = 1.0}), error);
  EXPECT_THROW((void)trend(x, direction::up, {.lags = 0}), error);
  EXPECT_THROW((void)trend(x, direction::up, {.flat_slope_per_year = -1}), error);
  const std::vector<double> endless = {1, -std::numeric_limits<double>::infinity()};
  try {
    (void)trend({endless, january_1990});
    FAIL();
  } catch (const error& e) { EXPECT_NE(std::string(e.what()).find("1990-02"), std::string::npos) << e.what(); }
}

TEST(trend, is_seasonal_by_default_for_months_and_quarters) {
  std::vector<double> x;
  for (int year = 0; year < 3; ++year)
    for (int month = 0; month < 12; ++month) x.push_back(100.0 * month + year); // the season hides a rise of 1 a year
  const auto r = trend({x, january_1990}, direction::up);
  EXPECT_EQ(r.test, trend_test::seasonal);
  EXPECT_EQ(r.s, 36.0); // three rising pairs in each of twelve months
  EXPECT_DOUBLE_EQ(r.var_s, 12 * 3 * 2 * 11 / 18.0);
  EXPECT_DOUBLE_EQ(r.slope_per_year, 1.0);
  EXPECT_DOUBLE_EQ(r.slope, 1.0 / 12.0);
  EXPECT_EQ(r.moved, movement::right);
  EXPECT_EQ(trend({x, period(frequency::year, 0)}).test, trend_test::original);
  // Less than two cycles cannot be seasonal.
  const std::vector<double> short_one(x.begin(), x.begin() + 20);
  EXPECT_EQ(trend({short_one, january_1990}).test, trend_test::original);
  // Two cycles of which no month has two values.
  std::vector<double> sparse(24, missing_value);
  for (const std::size_t i : {0U, 3U, 5U, 23U}) sparse[i] = static_cast<double>(i);
  EXPECT_EQ(trend({sparse, january_1990}).test, trend_test::original);
}

TEST(trend, equals_its_definition_on_random_series_with_ties_and_gaps) {
  std::mt19937_64 random(20);
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = 3 + random() % 40;
    std::vector<double> x(n);
    for (auto& v : x) v = random() % 5 == 0 ? missing_value : static_cast<double>(random() % 9) / 8.0;
    std::vector<double> slopes;
    double s = 0;
    std::vector<double> present;
    for (std::size_t i = 0; i < n; ++i) {
      if (std::isnan(x[i])) continue;
      present.push_back(x[i]);
      for (std::size_t j = i + 1; j < n; ++j)
        if (!std::isnan(x[j])) {
          s += sign_of(x[j] - x[i]);
          slopes.push_back((x[j] - x[i]) / static_cast<double>(j - i));
        }
    }
    const auto r = trend(x);
    if (present.size() < 3) continue;
    double variance = static_cast<double>(present.size() * (present.size() - 1) * (2 * present.size() + 5));
    for (int v = 0; v < 9; ++v) {
      const auto t = static_cast<double>(std::count(present.begin(), present.end(), v / 8.0));
      variance -= t * (t - 1) * (2 * t + 5);
    }
    std::sort(slopes.begin(), slopes.end());
    const std::size_t m = slopes.size();
    EXPECT_EQ(r.s, s);
    EXPECT_DOUBLE_EQ(r.var_s, variance / 18.0);
    EXPECT_EQ(r.slope, m % 2 == 1 ? slopes[m / 2] : (slopes[m / 2 - 1] + slopes[m / 2]) / 2.0);
    EXPECT_LE(r.slope_lower, r.slope);
    EXPECT_GE(r.slope_upper, r.slope);
  }
}

// Property: shifting by a constant changes nothing but the intercept; scaling scales slopes; reversal in time negates.
TEST(trend, moves_with_its_data) {
  std::mt19937_64 random(21);
  std::vector<double> x(50);
  for (auto& v : x) v = static_cast<double>(random() % 64);
  const auto r = trend(x);
  auto shifted = x;
  for (auto& v : shifted) v += 1024;
  auto scaled = x;
  for (auto& v : scaled) v *= -4;
  const std::vector<double> reversed(x.rbegin(), x.rend());
  EXPECT_EQ(trend(shifted).s, r.s);
  EXPECT_EQ(trend(shifted).slope, r.slope);
  EXPECT_EQ(trend(scaled).s, -r.s);
  EXPECT_EQ(trend(scaled).slope, -4 * r.slope);
  EXPECT_EQ(trend(reversed).s, -r.s);
  EXPECT_EQ(trend(reversed).slope, -r.slope);
}

TEST(slope_selection, beyond_the_exhaustive_range_finds_the_same_slopes) {
  std::mt19937_64 random(22);
  const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  for (int kind = 0; kind < 5; ++kind) {
    detail::slope_selector many;
    std::vector<double> x(1500);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto t = static_cast<double>(i);
      x[i] = kind == 0   ? uniform()                         // noise
             : kind == 1 ? 0.01 * t + uniform()              // rise and noise
             : kind == 2 ? static_cast<double>(random() % 3) // three values: most slopes are tied
             : kind == 3 ? std::floor(t / 100.0)             // steps
                         : 1e6 + std::sin(t / 7.0);          // a large level
      many.add(t, x[i]);
    }
    many.end_group();
    std::vector<double> slopes;
    for (std::size_t i = 0; i < x.size(); ++i)
      for (std::size_t j = i + 1; j < x.size(); ++j) slopes.push_back((x[j] - x[i]) / static_cast<double>(j - i));
    std::sort(slopes.begin(), slopes.end());
    ASSERT_GT(many.pairs(), detail::slope_selector::exhaustive_pairs);
    for (const double share : {0.0, 0.001, 0.025, 0.25, 0.4999, 0.5, 0.75, 0.975, 0.9999, 1.0}) {
      const auto k = static_cast<std::int64_t>(share * static_cast<double>(many.pairs() - 1));
      const double expected = slopes[static_cast<std::size_t>(k)];
      const double scale = kind == 4 ? 1e6 : 1.0;
      EXPECT_NEAR(many.select(k), expected, scale * 1e-14 + 1e-13 * std::abs(expected))
          << "kind " << kind << " share " << share;
    }
  }
}

// Every rank, of slopes with few and with many ties, in a shuffled order so that what is cached must not mislead.
TEST(slope_selection, gives_every_rank_of_the_slopes_it_forms) {
  std::mt19937_64 random(26);
  for (const std::uint64_t levels : {1U, 2U, 3U, 10U, 1000U, 1000000U})
    for (const std::size_t n : {2U, 3U, 8U, 40U, 90U}) {
      detail::slope_selector selector;
      std::vector<double> x(n);
      for (std::size_t i = 0; i < n; ++i) {
        x[i] = static_cast<double>(random() % levels);
        selector.add(static_cast<double>(i), x[i]);
      }
      selector.end_group();
      std::vector<double> slopes;
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = i + 1; j < n; ++j) slopes.push_back((x[j] - x[i]) / static_cast<double>(j - i));
      std::sort(slopes.begin(), slopes.end());
      std::vector<std::size_t> ranks(slopes.size());
      for (std::size_t k = 0; k < ranks.size(); ++k) ranks[k] = k;
      std::shuffle(ranks.begin(), ranks.end(), random);
      for (const auto k : ranks)
        ASSERT_EQ(selector.select(static_cast<std::int64_t>(k)), slopes[k]) << levels << ' ' << n << ' ' << k;
    }
}

TEST(slope_selection, of_groups_never_mixes_them) {
  detail::slope_selector seasons;
  std::vector<double> slopes;
  std::mt19937_64 random(23);
  for (int g = 0; g < 4; ++g) {
    std::vector<double> x(600);
    for (std::size_t i = 0; i < x.size(); ++i) {
      x[i] = 1000.0 * g + static_cast<double>(random() % 1000);
      seasons.add(static_cast<double>(i), x[i]);
      for (std::size_t j = 0; j < i; ++j) slopes.push_back((x[i] - x[j]) / static_cast<double>(i - j));
    }
    seasons.end_group();
  }
  std::sort(slopes.begin(), slopes.end());
  ASSERT_EQ(seasons.pairs(), static_cast<std::int64_t>(slopes.size()));
  ASSERT_GT(seasons.pairs(), detail::slope_selector::exhaustive_pairs);
  for (const std::size_t k : {std::size_t{100}, slopes.size() / 2, slopes.size() - 100})
    EXPECT_NEAR(seasons.select(static_cast<std::int64_t>(k)), slopes[k], 1e-11);
}

TEST(kendall, tau_b_by_hand_and_by_definition) {
  // x 1 2 2 3, y 1 3 2 2: pairs: + + + 0x - 0y -> of six: concordant 3, discordant 1 (2,3)->(3,2), one tie each.
  const std::vector<double> x = {1, 2, 2, 3};
  const std::vector<double> y = {1, 3, 2, 2};
  EXPECT_DOUBLE_EQ(kendall_tau_b(x, y), 2.0 / std::sqrt(5.0 * 5.0));
  const std::vector<double> constant = {1, 1, 1, 1};
  EXPECT_TRUE(std::isnan(kendall_tau_b(x, constant)));
  EXPECT_THROW((void)kendall_tau_b(x, std::vector<double>{1, 2}), error);
  std::mt19937_64 random(24);
  for (int round = 0; round < 100; ++round) {
    std::vector<double> a(3 + random() % 30);
    std::vector<double> b(a.size());
    for (auto& v : a) v = random() % 7 == 0 ? missing_value : static_cast<double>(random() % 6);
    for (auto& v : b) v = static_cast<double>(random() % 6);
    double s = 0;
    double untied_a = 0;
    double untied_b = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        if (std::isnan(a[i]) || std::isnan(a[j])) continue;
        s += sign_of(a[i] - a[j]) * sign_of(b[i] - b[j]);
        untied_a += a[i] != a[j];
        untied_b += b[i] != b[j];
      }
    if (untied_a == 0 || untied_b == 0) continue;
    EXPECT_DOUBLE_EQ(kendall_tau_b(a, b), s / std::sqrt(untied_a * untied_b));
  }
}

TEST(trend, runs_where_the_caller_wants_it_and_stops_when_told) {
  std::vector<std::vector<double>> data(100, std::vector<double>{1, 3, 2, 5, 4, 7});
  std::vector<measured_series> all;
  for (const auto& x : data) all.push_back({"s", {x, january_1990}, direction::up});
  std::size_t tasks = 0;
  trend_options o;
  o.where = executor::custom(
      [&](std::size_t n, const executor::task& run) {
        tasks = n;
        for (std::size_t i = n; i-- > 0;) run(i); // backwards: the order does not matter
      },
      4);
  EXPECT_EQ(trends(all, o), trends(all));
  EXPECT_GT(tasks, 4U);
  o.where = executor::threads(2).with([](double share) { return share < 0.5; });
  try {
    (void)trends(all, o);
    ADD_FAILURE() << "it was told to stop";
  } catch (const error& e) { EXPECT_EQ(e.code(), error_code::cancelled); }
}

TEST(trend, selects_the_same_slopes_from_the_middle_alone_as_from_all) {
  std::mt19937_64 random(8);
  for (int round = 0; round < 60; ++round) {
    std::vector<double> x(50 + random() % 60);
    const auto steps = 1 + random() % 1000; // from nearly constant to nearly without ties
    for (std::size_t i = 0; i < x.size(); ++i) {
      x[i] = static_cast<double>(random() % steps) * (round % 3 == 0 ? 1e-3 : 1.0) +
             (round % 2 == 0 ? 0.01 * static_cast<double>(i) : 0.0);
      if (round % 5 == 0 && i == x.size() / 2) x[i] = 1e12;
    }
    std::vector<double> slopes;
    for (std::size_t i = 0; i < x.size(); ++i)
      for (std::size_t j = i + 1; j < x.size(); ++j) slopes.push_back((x[j] - x[i]) / static_cast<double>(j - i));
    std::sort(slopes.begin(), slopes.end());
    detail::slope_selector chosen;
    for (std::size_t i = 0; i < x.size(); ++i) chosen.add(static_cast<double>(i), x[i]);
    chosen.end_group();
    for (const double share :
         {0.5, 0.45, 0.4, 0.62, 0.3, 0.01, 0.5, 1.0}) { // some outside the middle, then inside again
      const auto k = static_cast<std::int64_t>(share * static_cast<double>(slopes.size() - 1));
      EXPECT_EQ(chosen.select(k), slopes[static_cast<std::size_t>(k)]) << round << " " << share;
    }
  }
}

TEST(trend, answers_the_same_on_any_number_of_threads) {
  std::mt19937_64 random(25);
  std::vector<std::vector<double>> data(37, std::vector<double>(60));
  std::vector<measured_series> all;
  for (auto& x : data) {
    for (auto& v : x) v = static_cast<double>(random() % 100);
    all.push_back({"s" + std::to_string(all.size()), {x, january_1990}, direction::down});
  }
  EXPECT_EQ(trends(all, {.threads = 1}), trends(all, {.threads = 5}));
  data[3][3] = std::numeric_limits<double>::infinity();
  EXPECT_THROW((void)trends(all, {.threads = 4}), error);
}

// The published fixture of pyMannKendall: 360 monthly values, 7 of them missing, and 80 x 2.
class published_trend : public testing::Test {
 protected:
  void SetUp() override {
    COMMONWEAL_NEEDS_ORACLE("mann-kendall");
    const auto folder = commonweal_test::oracle_data() / "mann-kendall";
    for (const auto& row : commonweal_test::read_numbers(folder / "pymk_arbitrary_1d.csv"))
      one.push_back(row.size() > 1 ? row[1] : missing_value);
    const auto rows = commonweal_test::read_numbers(folder / "pymk_arbitrary_2d.csv");
    two.resize(2, static_cast<Eigen::Index>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t k = 0; k < 2; ++k)
        two(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(i)) =
            rows[i].size() > k + 1 ? rows[i][k + 1] : missing_value;
    answers = nlohmann::json::parse(std::ifstream(folder / "pymk_expected.json"));
    ASSERT_EQ(one.size(), 360U);
  }
  template <class Result>
  void expect(const Result& r, const std::string& name) {
    const auto& wanted = answers[name]["expected"];
    const auto check = [&](double computed, const char* key) {
      if (!wanted.contains(key)) return;
      const double certified = std::stod(wanted[key].get<std::string>());
      EXPECT_GE(digits_of_agreement(computed, certified), 12)
          << name << ' ' << key << ": " << computed << " for " << certified;
    };
    check(r.s, "s");
    check(r.tau, "Tau");
    check(r.var_s, "var_s");
    check(r.z, "z");
    check(r.p, "p");
    check(r.slope, "slope");
    check(r.intercept, "intercept");
    const std::string verdict = wanted["trend"].get<std::string>();
    EXPECT_EQ(r.trend, verdict == "no trend"     ? trend_direction::flat
                       : verdict == "increasing" ? trend_direction::rising
                                                 : trend_direction::falling)
        << name;
  }
  std::vector<double> one;
  panel_matrix two;
  nlohmann::json answers;
};

TEST_F(published_trend, agrees_on_one_series_under_every_test) {
  const auto with = [&](trend_options options) { return trend({one, january_1990}, direction::down, options); };
  expect(with({.test = trend_test::original}), "original_test");
  expect(with({.test = trend_test::hamed_rao, .allow_shrinking = true}), "hamed_rao_modification_test");
  expect(with({.test = trend_test::hamed_rao, .lags = 3, .allow_shrinking = true}), "hamed_rao_modification_test_lag3");
  expect(with({.test = trend_test::yue_wang, .allow_shrinking = true}), "yue_wang_modification_test");
  expect(with({.test = trend_test::yue_wang, .lags = 1, .allow_shrinking = true}), "yue_wang_modification_test_lag1");
  expect(with({.test = trend_test::pre_whitening}), "pre_whitening_modification_test");
  expect(with({.test = trend_test::trend_free_pre_whitening}), "trend_free_pre_whitening_modification_test");
  expect(with({.test = trend_test::correlated_seasonal}), "correlated_seasonal_test");
  const auto seasonal = with({});
  EXPECT_EQ(seasonal.test, trend_test::seasonal);
  expect(seasonal, "seasonal_test");
  // Slopes: pyMannKendall gives the plain one per step and the seasonal one per cycle.
  const auto number = [&](const char* name, const char* key) {
    return std::stod(answers[name]["expected"][key].get<std::string>());
  };
  const auto plain = with({.test = trend_test::original});
  EXPECT_GE(digits_of_agreement(plain.slope, number("sens_slope", "slope")), 14);
  EXPECT_GE(digits_of_agreement(plain.intercept, number("sens_slope", "intercept")), 14);
  EXPECT_GE(digits_of_agreement(seasonal.slope_per_year, number("seasonal_sens_slope", "slope")), 14);
  EXPECT_GE(digits_of_agreement(seasonal.intercept, number("seasonal_sens_slope", "intercept")), 14);
}

TEST_F(published_trend, never_shrinks_the_variance_unless_asked) {
  const auto plain = trend({one, january_1990}, direction::down, {.test = trend_test::original});
  for (const auto test : {trend_test::hamed_rao, trend_test::yue_wang}) {
    const auto r = trend({one, january_1990}, direction::down, {.test = test});
    EXPECT_GE(r.var_s, plain.var_s);
    EXPECT_EQ(r.trend, trend_direction::flat);
  }
}

} // namespace
