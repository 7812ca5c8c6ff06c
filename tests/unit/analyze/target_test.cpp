// SPDX-License-Identifier: Apache-2.0
// Targets: the way covered, the path, other frequencies, projection, and the three questions kept apart.
#include <cmath>
#include <limits>
#include <random>

#include <Eigen/Cholesky>
#include <Eigen/QR>
#include <gtest/gtest.h>

#include <commonweal/analyze/detail/projection_line.hpp>
#include <commonweal/analyze/reading.hpp>
#include <commonweal/analyze/target.hpp>

namespace {

using namespace commonweal;

period year(int y) { return {frequency::year, y - 1970}; }
period month(int y, int m) { return {frequency::month, (y - 1970) * 12 + m - 1}; }

// From 20 in 2020 down to 10 in 2030: one a year.
target_plan falling_plan() { return {year(2020), 20, year(2030), 10}; }

target_result at_2023(double value, const target_options& options = {}) {
  const std::vector<double> x = {20, missing_value, missing_value, value};
  return target_progress({x, year(2020)}, falling_plan(), direction::down, options);
}

TEST(target, progress_is_the_distance_covered_also_when_falling) {
  const auto r = at_2023(16);
  EXPECT_EQ(r.state, target_state::ok);
  EXPECT_EQ(r.latest, year(2023));
  EXPECT_DOUBLE_EQ(r.expected, 17);
  EXPECT_DOUBLE_EQ(r.progress, 0.4);
  EXPECT_DOUBLE_EQ(r.expected_progress, 0.3);
  EXPECT_EQ(r.status, track_status::on_track);
  EXPECT_EQ(r.moved, movement::right);
  EXPECT_FALSE(r.met);
  const std::vector<double> x = {10, 13};
  const auto rising = target_progress({x, year(2020)}, {year(2020), 10, year(2024), 20}, direction::up);
  EXPECT_DOUBLE_EQ(rising.progress, 0.3);
  EXPECT_DOUBLE_EQ(rising.expected, 12.5);
}

TEST(target, progress_is_capped_only_when_asked) {
  EXPECT_DOUBLE_EQ(at_2023(8).progress, 1.2);
  EXPECT_EQ(at_2023(8).status, track_status::met);
  EXPECT_TRUE(at_2023(8).met);
  EXPECT_DOUBLE_EQ(at_2023(8, {.cap_progress = true}).progress, 1.0);
  EXPECT_DOUBLE_EQ(at_2023(22).progress, -0.2);
  EXPECT_EQ(at_2023(22).moved, movement::wrong);
  EXPECT_DOUBLE_EQ(at_2023(22, {.cap_progress = true}).progress, 0.0);
  EXPECT_EQ(at_2023(10).status, track_status::met);
}

TEST(target, status_follows_the_stated_tolerances) {
  EXPECT_EQ(at_2023(17).status, track_status::on_track);
  EXPECT_EQ(at_2023(17.5).status, track_status::on_track); // 5 % of the way behind
  EXPECT_EQ(at_2023(17.6).status, track_status::at_risk);
  EXPECT_EQ(at_2023(18.5).status, track_status::at_risk); // 15 %
  EXPECT_EQ(at_2023(18.6).status, track_status::off_track);
  EXPECT_EQ(at_2023(18.6, {.on_track_tolerance = 0.2, .at_risk_tolerance = 0.3}).status, track_status::on_track);
  const std::vector<double> late = {20, 11};
  const auto overdue = target_progress({late, year(2030)}, {year(2020), 20, year(2030), 10}, direction::down);
  EXPECT_TRUE(overdue.overdue);
  EXPECT_EQ(overdue.expected, 10.0);
  EXPECT_EQ(overdue.status, track_status::off_track);
}

TEST(target, path_may_be_geometric) {
  const target_plan plan{year(2020), 100, year(2022), 25, path_kind::geometric};
  EXPECT_DOUBLE_EQ(expected_on_path(plan, year(2021)), 50);
  EXPECT_EQ(expected_on_path(plan, year(2019)), 100);
  EXPECT_EQ(expected_on_path(plan, year(2025)), 25);
  EXPECT_TRUE(std::isnan(expected_on_path({year(2020), 0, year(2022), 25, path_kind::geometric}, year(2021))));
  const std::vector<double> x = {5, 4};
  const auto r =
      target_progress({x, year(2020)}, {year(2020), 5, year(2024), 0, path_kind::geometric}, direction::down);
  EXPECT_EQ(r.state, target_state::not_positive);
  EXPECT_EQ(r.status, track_status::unknown);
  EXPECT_DOUBLE_EQ(r.progress, 0.2);
}

TEST(target, judges_the_latest_complete_period) {
  const std::vector<double> x = {20, 19, 18, 5};
  const auto r =
      target_progress({x, year(2020)}, falling_plan(), direction::down, {.as_of = date::from_ymd(2023, 6, 30)});
  EXPECT_EQ(r.latest, year(2022)); // 2023 is not over
  EXPECT_EQ(r.value, 18.0);
  EXPECT_EQ(
      target_progress({x, year(2020)}, falling_plan(), direction::down, {.as_of = date::from_ymd(2023, 12, 31)}).latest,
      year(2023));
}

TEST(target, of_a_level_stands_at_the_end_of_its_own_period) {
  // Monthly data, yearly plan: 12 by the end of 2020, 0 by the end of 2022, 730 days later.
  std::vector<double> x(13, missing_value);
  x[12] = 6; // December 2021
  const target_plan plan{year(2020), 12, year(2022), 0};
  EXPECT_THROW((void)target_progress({x, month(2020, 12)}, plan, direction::down), error);
  const auto r = target_progress({x, month(2020, 12)}, plan, direction::down, {.over_time = aggregate_operator::last});
  EXPECT_EQ(r.latest, month(2021, 12));
  EXPECT_DOUBLE_EQ(r.expected, 6.0); // 365 of 730 days
  EXPECT_EQ(r.status, track_status::on_track);
}

TEST(target, of_a_sum_compares_whole_years) {
  // 100 a month in 2020 (1200), 110 in 2021 (1320), then five months of 2022. Target: 1440 in 2022.
  std::vector<double> x(12, 100.0);
  x.insert(x.end(), 12, 110.0);
  x.insert(x.end(), 5, 200.0);
  const target_plan plan{year(2020), 1200, year(2022), 1440};
  const auto r = target_progress({x, month(2020, 1)}, plan, direction::up, {.over_time = aggregate_operator::sum});
  EXPECT_EQ(r.latest, year(2021)); // the months of 2022 do not make a year
  EXPECT_DOUBLE_EQ(r.value, 1320);
  EXPECT_DOUBLE_EQ(r.progress, 0.5);
  EXPECT_EQ(r.status, track_status::on_track);
  x[14] = missing_value; // a month of 2021 is missing: its year says nothing
  EXPECT_EQ(target_progress({x, month(2020, 1)}, plan, direction::up, {.over_time = aggregate_operator::sum}).latest,
            year(2020));
  EXPECT_THROW((void)target_progress({x, month(2020, 1)}, {month(2020, 1), 100, year(2022), 1440}, direction::up,
                                     {.over_time = aggregate_operator::sum}),
               error);
  EXPECT_THROW(
      (void)target_progress({x, month(2020, 1)}, plan, direction::up, {.over_time = aggregate_operator::count}), error);
}

TEST(coarsened, keeps_complete_periods_only) {
  const std::vector<double> x = {1, 2, 3, 4, 5, missing_value, 7}; // December 2020 to June 2021
  const auto quarter = [&](aggregate_operator op) { return coarsened({x, month(2020, 12)}, frequency::quarter, op); };
  const auto sum = quarter(aggregate_operator::sum);
  EXPECT_EQ(sum.first, period(frequency::quarter, 50 * 4 + 3));
  ASSERT_EQ(sum.value.size(), 3U);
  EXPECT_TRUE(std::isnan(sum.value[0])); // December alone
  EXPECT_EQ(sum.value[1], 9.0);          // January to March
  EXPECT_TRUE(std::isnan(sum.value[2])); // May is missing
  EXPECT_EQ(quarter(aggregate_operator::mean).value[1], 3.0);
  EXPECT_EQ(quarter(aggregate_operator::min).value[1], 2.0);
  EXPECT_EQ(quarter(aggregate_operator::max).value[1], 4.0);
  EXPECT_EQ(quarter(aggregate_operator::last).value[0], 1.0);
  EXPECT_EQ(quarter(aggregate_operator::last).value[2], 7.0);
  EXPECT_TRUE(std::isnan(quarter(aggregate_operator::first).value[0]));
  EXPECT_EQ(quarter(aggregate_operator::first).value[2], 5.0);
  EXPECT_EQ(quarter(aggregate_operator::median).value[1], 3.0);
  EXPECT_EQ(quarter(aggregate_operator::range).value[1], 2.0);
  EXPECT_EQ(quarter(aggregate_operator::stddev_sample).value[1], 1.0);
  EXPECT_EQ(coarsened({x, month(2020, 12)}, frequency::quarter, aggregate_operator::percentile, 25).value[1], 2.5);
  EXPECT_THROW((void)quarter(aggregate_operator::weighted_mean), error);
  EXPECT_THROW((void)coarsened({x, period(frequency::week, 100)}, frequency::month, aggregate_operator::sum), error);
  EXPECT_THROW((void)coarsened({x, month(2020, 1)}, frequency::year, aggregate_operator::none), error);
}

TEST(target, says_what_it_cannot_say) {
  const std::vector<double> none(3, missing_value);
  EXPECT_EQ(target_progress({none, year(2020)}, falling_plan(), direction::down).state, target_state::no_data);
  EXPECT_EQ(target_progress(series_view{}, falling_plan(), direction::down).status, track_status::unknown);
  const std::vector<double> x = {20, 15};
  EXPECT_EQ(target_progress({x, year(2010)}, falling_plan(), direction::down).state, target_state::before_baseline);
  EXPECT_EQ(target_progress({x, year(2020)}, {year(2020), 20, year(2030), missing_value}, direction::down).state,
            target_state::no_target);

  const auto no_baseline =
      target_progress({x, year(2020)}, {year(2020), missing_value, year(2030), 10}, direction::down);
  EXPECT_EQ(no_baseline.state, target_state::no_baseline);
  EXPECT_TRUE(std::isnan(no_baseline.progress));
  EXPECT_EQ(no_baseline.status, track_status::unknown);
  const auto met = target_progress({x, year(2020)}, {year(2020), missing_value, year(2030), 16}, direction::down);
  EXPECT_EQ(met.status, track_status::met);
  const auto aimless = target_progress({x, year(2020)}, {year(2020), missing_value, year(2030), 16}, direction::none);
  EXPECT_EQ(aimless.status, track_status::unknown);

  const auto equal = [&](double value, direction wanted, double tolerance) {
    const std::vector<double> v = {20, value};
    return target_progress({v, year(2020)}, {year(2020), 20, year(2030), 20}, wanted, {.keep_tolerance = tolerance});
  };
  EXPECT_EQ(equal(20, direction::down, 0).state, target_state::equal_to_baseline);
  EXPECT_TRUE(std::isnan(equal(20, direction::down, 0).progress));
  EXPECT_EQ(equal(19, direction::down, 0).status, track_status::met);
  EXPECT_EQ(equal(21, direction::down, 0).status, track_status::off_track);
  EXPECT_EQ(equal(21, direction::down, 1).status, track_status::on_track);
  EXPECT_EQ(equal(21, direction::keep, 1).status, track_status::met);
  EXPECT_EQ(equal(22, direction::keep, 1).status, track_status::off_track);

  const auto against = target_progress({x, year(2020)}, {year(2020), 20, year(2030), 30}, direction::down);
  EXPECT_TRUE(against.against_direction);
  EXPECT_EQ(against.moved, movement::right);
  EXPECT_DOUBLE_EQ(against.progress, -0.5);
}

TEST(target, refuses_impossible_plans_and_options) {
  const std::vector<double> x = {20, 15};
  EXPECT_THROW((void)target_progress({x, year(2020)}, {year(2030), 20, year(2020), 10}, direction::down), error);
  EXPECT_THROW((void)target_progress({x, year(2020)}, falling_plan(), direction::down, {.on_track_tolerance = 0.3}),
               error);
  EXPECT_THROW((void)target_progress({x, year(2020)}, falling_plan(), direction::down, {.confidence = 0}), error);
  EXPECT_THROW((void)target_progress({x, year(2020)},
                                     {year(2020), 20, year(2030), std::numeric_limits<double>::infinity()},
                                     direction::down),
               error);
  EXPECT_THROW((void)target_progress({x, year(2020)}, falling_plan(), direction::down, {}, {x, month(2020, 1)}), error);
}

// Results-based accountability: success is beating the forecast, so a slower rise of something bad counts.
TEST(target, keeps_the_three_questions_apart) {
  const std::vector<double> x = {10, 20, 30, 40, 44, 47, 50}; // 2017 to 2023, baseline 2020
  const target_plan plan{year(2020), 40, year(2030), 20};
  const auto r = target_progress({x, year(2017)}, plan, direction::down);
  EXPECT_EQ(r.moved, movement::wrong);
  EXPECT_DOUBLE_EQ(r.forecast, 70); // ten a year, carried on
  EXPECT_EQ(r.versus_forecast, forecast_verdict::better);
  EXPECT_EQ(r.status, track_status::off_track);
  const std::vector<double> given = {42, 44, 46};
  const auto g = target_progress({x, year(2017)}, plan, direction::down, {}, {given, year(2021)});
  EXPECT_EQ(g.forecast, 46.0);
  EXPECT_EQ(g.versus_forecast, forecast_verdict::worse);
  EXPECT_EQ(target_progress({x, year(2017)}, plan, direction::down, {.forecast_tolerance = 0.1}, {given, year(2021)})
                .versus_forecast,
            forecast_verdict::as_forecast);
  const std::vector<double> short_history = {40, 44};
  EXPECT_EQ(target_progress({short_history, year(2020)}, plan, direction::down).versus_forecast,
            forecast_verdict::unknown);
}

TEST(target, projects_a_perfect_line_to_its_exact_year) {
  const std::vector<double> x = {20, 19, 18, 17};
  const auto r = target_progress({x, year(2020)}, falling_plan(), direction::down);
  EXPECT_NEAR(r.projected, 10, 1e-12);
  ASSERT_TRUE(r.met_in && r.met_earliest && r.met_latest);
  EXPECT_NEAR(r.projected_upper - r.projected_lower, 0, 1e-9);
  EXPECT_LE(std::abs(r.met_in->ordinal() - year(2030).ordinal()), 1); // the last place decides between 2030 and 2031
  const std::vector<double> halving = {80, 40, 20};
  const auto g =
      target_progress({halving, year(2020)}, {year(2020), 80, year(2024), 4.9, path_kind::geometric}, direction::down);
  EXPECT_NEAR(g.projected, 5, 1e-9);
  EXPECT_EQ(g.met_in, year(2025));
}

TEST(target, projection_widens_with_noise_and_may_never_arrive) {
  const std::vector<double> x = {20, 18.5, 18.8, 17.1, 16.9, 15.5};
  const auto r = target_progress({x, year(2020)}, falling_plan(), direction::down);
  ASSERT_TRUE(r.met_in && r.met_earliest && r.met_latest);
  EXPECT_LT(*r.met_earliest, *r.met_in);
  EXPECT_GT(*r.met_latest, *r.met_in);
  EXPECT_LT(r.projected_lower, r.projected);
  EXPECT_GT(r.projected_upper, r.projected);
  const std::vector<double> wrong_way = {20, 21, 22, 23};
  const auto never = target_progress({wrong_way, year(2020)}, falling_plan(), direction::down);
  EXPECT_FALSE(never.met_in.has_value());
  EXPECT_FALSE(never.met_latest.has_value());
  EXPECT_NEAR(never.projected, 30, 1e-9);
  // Only the latest three periods: a late turn shows.
  const std::vector<double> turned = {20, 21, 22, 20, 18, 16};
  EXPECT_LT(target_progress({turned, year(2020)}, falling_plan(), direction::down, {.projection_window = 3}).projected,
            10);
}

// Property: scaling the data and the plan together changes no share and no verdict.
TEST(target, does_not_depend_on_the_unit) {
  std::mt19937_64 random(41);
  for (int round = 0; round < 100; ++round) {
    std::vector<double> x = {20};
    for (int i = 0; i < 6; ++i) x.push_back(10 + static_cast<double>(random() % 80) / 8.0);
    auto scaled = x;
    for (auto& v : scaled) v *= 1024;
    const auto a = target_progress({x, year(2020)}, falling_plan(), direction::down);
    const auto b =
        target_progress({scaled, year(2020)}, {year(2020), 20 * 1024, year(2030), 10 * 1024}, direction::down);
    EXPECT_EQ(a.progress, b.progress);
    EXPECT_EQ(a.status, b.status);
    EXPECT_EQ(a.met_in, b.met_in);
    EXPECT_EQ(a.met_latest, b.met_latest);
  }
}

TEST(targets, make_a_table_without_a_single_nan) {
  const std::vector<double> x = {20, 15};
  const std::vector<double> none(2, missing_value);
  const std::vector<targeted_series> all = {
      {{"good", {x, year(2020)}, direction::down}, falling_plan(), {}},
      {{"empty", {none, year(2020)}, direction::down}, falling_plan(), {}},
      {{"no baseline", {x, year(2020)}, direction::down}, {year(2020), missing_value, year(2030), 10}, {}}};
  const auto t = targets(all);
  ASSERT_EQ(t.rows(), 3U);
  EXPECT_EQ(t["status"].text(0), "on_track");
  EXPECT_TRUE(t["latest"].is_null(1));
  EXPECT_EQ(t["state"].text(2), "no_baseline");
  for (const auto& c : t.columns()) {
    if (c.type() != column_type::float64) continue;
    for (std::size_t i = 0; i < t.rows(); ++i)
      EXPECT_TRUE(c.is_null(i) || !std::isnan(c.values<double>()[i])) << c.name();
  }
}

// Four years of months: 100 + t, and a season of 30 in every July, -2 in other months (synthetic).
std::vector<double> peaks_in_july(std::size_t months) {
  std::vector<double> y;
  for (std::size_t t = 0; t < months; ++t) y.push_back(100.0 + static_cast<double>(t) + (t % 12 == 6 ? 30.0 : -2.0));
  return y;
}

TEST(target, a_projection_of_months_allows_for_the_season) {
  const auto y = peaks_in_july(48);
  const period january(frequency::month, 12 * 50);
  const target_plan plan{january, 98, january.plus(71), 180};
  const auto r = target_progress({y, january}, plan, direction::up);
  EXPECT_EQ(r.projection, projection_kind::seasonal_line);
  EXPECT_NEAR(r.projected, 100 + 71 - 2, 1e-9);      // December, not the year's mean
  EXPECT_NEAR(r.projected_lower, r.projected, 1e-6); // the line is exact
  // The line of Decembers, 98 + t, is at 180 when t is 82; July's peak comes there more than two years earlier.
  ASSERT_TRUE(r.met_in.has_value());
  EXPECT_LE(std::abs(r.met_in->ordinal() - january.plus(82).ordinal()), 1); // the last place decides
  EXPECT_NE(reading(r).find("At this pace, the season allowed for, the target is met in "), std::string::npos)
      << reading(r);
  const auto plain = target_progress({y, january}, plan, direction::up, {.seasonal = false});
  EXPECT_EQ(plain.projection, projection_kind::line);
  EXPECT_GT(plain.projected_upper - plain.projected_lower, 20); // the season is taken for noise
  const targeted_series one{{"m", {y, january}, direction::up}, plan, {}};
  EXPECT_EQ(targets({&one, 1})["projection"].text(0), "seasonal_line");
}

TEST(target, a_season_is_not_made_up_where_the_data_does_not_cover_it) {
  const period january(frequency::month, 12 * 50);
  auto y = peaks_in_july(48);
  for (std::size_t t = 6; t < y.size(); t += 12) y[t] = missing_value; // no July at all
  const target_plan plan{january, 98, january.plus(71), 180};
  EXPECT_EQ(target_progress({y, january}, plan, direction::up).projection, projection_kind::line);
  const auto short_history = peaks_in_july(20); // fewer than two cycles
  EXPECT_EQ(target_progress({short_history, january}, plan, direction::up).projection, projection_kind::line);
  const std::vector<double> one = {98};
  EXPECT_EQ(target_progress({one, january}, plan, direction::up).projection, projection_kind::none);
}

// The same fit by the normal equations with a column for each quarter: 12 quarters by hand-made noise.
TEST(target, the_seasonal_line_is_least_squares_with_a_level_for_each_season) {
  const std::vector<double> y = {10, 14, 9, 7, 12, 17, 10, 9, 15, 18, 12, missing_value, 17, 21, 16, 13};
  const std::size_t season = 4;
  Eigen::MatrixXd x = Eigen::MatrixXd::Zero(15, 5);
  Eigen::VectorXd b(15);
  Eigen::Index row = 0;
  for (std::size_t t = 0; t < y.size(); ++t) {
    if (std::isnan(y[t])) continue;
    x(row, static_cast<Eigen::Index>(t % season)) = 1;
    x(row, 4) = static_cast<double>(t);
    b(row++) = y[t];
  }
  const Eigen::VectorXd fit = x.householderQr().solve(b);
  const double sd = std::sqrt((b - x * fit).squaredNorm() / (15 - 5));
  const detail::seasonal_fit f(y, season);
  ASSERT_TRUE(f.determined());
  EXPECT_NEAR(f.slope(), fit[4], 1e-12);
  EXPECT_NEAR(f.sd(), sd, 1e-12);
  Eigen::VectorXd at = Eigen::VectorXd::Zero(5);
  at[2] = 1, at[4] = 22;
  EXPECT_NEAR(f.at(22, 2), at.dot(fit), 1e-12);
  const double leverage = at.dot((x.transpose() * x).ldlt().solve(at));
  EXPECT_NEAR(f.margin(22, 2, 1.0, true), sd * std::sqrt(1 + leverage), 1e-12);
  EXPECT_NEAR(f.margin(22, 2, 1.0, false), sd * std::sqrt(leverage), 1e-12);
}

} // namespace
