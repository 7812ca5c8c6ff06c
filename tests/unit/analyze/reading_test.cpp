// SPDX-License-Identifier: Apache-2.0
// Sentences about results: built from the numbers, also in the awkward cases.
#include <cmath>

#include <gtest/gtest.h>

#include <commonweal/analyze/analyze.hpp>

namespace {

using namespace commonweal;

period year(int y) { return {frequency::year, y - 1970}; }
const measure_words rate{"the rate", "%"};

std::string trend_says(const std::vector<double>& x, direction wanted = direction::down, trend_options options = {}) {
  return reading(trend({x, year(2018)}, wanted, options), rate);
}

TEST(number_text, gives_as_many_digits_as_are_read) {
  EXPECT_EQ(number_text(12.14), "12.1");
  EXPECT_EQ(number_text(9.40), "9.4");
  EXPECT_EQ(number_text(0.094321), "0.0943");
  EXPECT_EQ(number_text(123.4), "123");
  EXPECT_EQ(number_text(12345.6), "12,346");
  EXPECT_EQ(number_text(-1234567), "-1,234,567");
  EXPECT_EQ(number_text(-123), "-123");
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(100), "100");
  EXPECT_EQ(number_text(missing_value), "no value");
  EXPECT_EQ(number_text(12.14, 12.11), "12.14"); // 12.1 would hide the difference
  EXPECT_EQ(number_text(1e-20), "1e-20");
}

TEST(reading, of_a_trend) {
  EXPECT_EQ(trend_says({12.1, 11.8, 11.2, 10.9, 10.2, 9.9, 9.4}),
            "The rate fell from 12.1 % to 9.4 % in six years (2018 to 2024); the fall is larger than chance explains. "
            "That is the wanted direction.");
  EXPECT_EQ(trend_says({12.1, 11.8, 11.2, 10.9, 10.2, 9.9, 9.4}, direction::up),
            "The rate fell from 12.1 % to 9.4 % in six years (2018 to 2024); the fall is larger than chance explains. "
            "That is the wrong way.");
  EXPECT_EQ(trend_says({9, 10, 11, 12, 13, 14}, direction::none),
            "The rate rose from 9 % to 14 % in five years (2018 to 2023); the rise is larger than chance explains.");
}

TEST(reading, of_a_trend_that_is_none) {
  EXPECT_EQ(trend_says({}), "There is no value of the rate.");
  EXPECT_EQ(trend_says({missing_value, missing_value}), "There is no value of the rate.");
  EXPECT_EQ(trend_says({missing_value, 7}), "The rate has a single value, 7 % in 2019; one value shows no trend.");
  EXPECT_EQ(
      trend_says({7, 8}),
      "The rate went from 7 % to 8 % in one year (2018 to 2019); two values are too few to tell a trend from chance.");
  EXPECT_EQ(trend_says({7, 7, 7, 7}), "The rate stayed at 7 % from 2018 to 2021.");
  EXPECT_EQ(trend_says({7, 7, 7, 7}, direction::keep), "The rate stayed at 7 % from 2018 to 2021. That is as wanted.");
  EXPECT_EQ(
      trend_says({7, 9, 6, 8, 7.5}),
      "The rate went from 7 % to 7.5 % in four years (2018 to 2022); a trend larger than chance explains is not seen.");
  EXPECT_EQ(trend_says({7, 9, 6, 8, 7}),
            "The rate was 7 % in 2018 and again in 2022; a trend larger than chance explains is not seen.");
  EXPECT_EQ(trend_says({9, 8.99, 8.98, 8.97, 8.96, 8.95}, direction::down, {.flat_slope_per_year = 0.1}),
            "The rate went from 9 % to 8.95 % in five years (2018 to 2023); the change is steady but smaller than what "
            "counts as one here.");
}

TEST(reading, of_a_trend_that_its_end_belies) {
  EXPECT_EQ(trend_says({10, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10.5}),
            "The rate fell by about 1 percentage point a year over eleven years (2018 to 2029), more than chance "
            "explains, although it ended at 10.5 %, above the 10 % it began with. That is the wanted direction.");
  EXPECT_EQ(trend_says({10, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10}),
            "The rate fell by about 1 percentage point a year over eleven years (2018 to 2029), more than chance "
            "explains, although it ended at 10 %, where it began. That is the wanted direction.");
}

std::string target_says(const std::vector<double>& x, target_plan plan = {year(2020), 20, year(2030), 10},
                        direction wanted = direction::down, int first = 2020) {
  return reading(target_progress({x, year(first)}, plan, wanted), rate);
}

TEST(reading, of_a_target) {
  EXPECT_EQ(target_says({20, missing_value, missing_value, 16}),
            "The rate stands at 16 % in 2023, 40 % of the way from its baseline (20 % in 2020) to the target of 10 % "
            "by 2030; "
            "the path asks for 30 %: on track. At this pace the target is met in 2028.");
  EXPECT_EQ(target_says({20, 22}), "The rate stands at 22 % in 2021, farther from the target of 10 % by 2030 than its "
                                   "baseline (20 % in 2020): off track. "
                                   "At this pace the target is not met within 50 years.");
  EXPECT_EQ(target_says({20, 8}), "The rate stands at 8 % in 2021: the target of 10 % by 2030 is met.");
  EXPECT_EQ(target_says({20, 11}, {year(2020), 20, year(2021), 10}),
            "The rate stands at 11 % in 2021, 90 % of the way from its baseline (20 % in 2020) to the target of 10 % "
            "by 2021: the target was missed.");
  const auto noisy = target_says({20, 18.5, 18.8, 17.1, 16.9, 15.5});
  // Line 17.8 - 0.8286 d, d from 2022.5, s 0.4761, t 2.776: reaches 10 in 2032, its lower edge in 2030, its upper in
  // 2038.
  EXPECT_EQ(noisy.substr(noisy.find(" At this pace")),
            " At this pace the target is met in 2032 (between 2030 and 2038).");
}

TEST(reading, of_a_target_against_its_forecast) {
  EXPECT_EQ(target_says({10, 20, 30, 40, 44, 47, 50}, {year(2020), 40, year(2030), 20}, direction::down, 2017),
            "The rate stands at 50 % in 2023, farther from the target of 20 % by 2030 than its baseline (40 % in "
            "2020): off track. "
            "That is better than forecast (70 %). At this pace the target is not met within 50 years.");
}

TEST(reading, of_a_target_of_which_little_can_be_said) {
  EXPECT_EQ(target_says({missing_value}), "There is no value of the rate to set against its target of 10 % by 2030.");
  EXPECT_EQ(target_says({20}, {year(2020), 20, year(2030), missing_value}), "No target is set for the rate.");
  EXPECT_EQ(target_says({15}, {year(2020), missing_value, year(2030), 10}),
            "The rate stands at 15 % in 2020; its target of 10 % by 2030 is open. Without a baseline the way "
            "covered is not known.");
  EXPECT_EQ(target_says({9}, {year(2020), missing_value, year(2030), 10}),
            "The rate stands at 9 % in 2020; its target of 10 % by 2030 is met. Without a baseline the way covered is "
            "not known.");
  EXPECT_EQ(target_says({20, 21}, {year(2020), 20, year(2030), 20}),
            "The rate stands at 21 % in 2021; it was to stay at its baseline of 20 %: it has not.");
  EXPECT_EQ(target_says({20, 19}, {year(2020), 20, year(2030), 20}),
            "The rate stands at 19 % in 2021; it was to stay at its baseline of 20 %: it has, or did better.");
  EXPECT_EQ(
      target_says({5}, {year(2020), 20, year(2030), 10}, direction::down, 2010),
      "There is no complete value of the rate since its baseline in 2020 to set against its target of 10 % by 2030.");
  EXPECT_EQ(target_says({5, 4}, {year(2020), 5, year(2024), 0, path_kind::geometric}),
            "The rate stands at 4 % in 2021; a path of equal rates to the target of 0 % by 2024 needs numbers above "
            "zero, so on track or not cannot be said.");
}

TEST(reading, of_a_report_card) {
  const std::vector<double> up = {1, 2};
  const std::vector<double> down = {2, 1};
  const std::vector<double> none = {missing_value};
  std::vector<measured_series> all;
  for (int i = 0; i < 34; ++i)
    all.push_back({std::to_string(i), i < 25 ? series_view(up) : series_view(down), direction::up});
  EXPECT_EQ(reading(report_card(all)),
            "25 of 34 measures (74 %) move in the right direction; 9 move the wrong way and 0 are flat.");
  all.push_back({"reading at 8", none, direction::up});
  all.push_back({"attendance", none, direction::up});
  all.push_back({"budget", up, direction::none});
  EXPECT_EQ(reading(report_card(all)), "25 of 34 measures (74 %) move in the right direction; 9 move the wrong way and "
                                       "0 are flat. Not judged because values are missing: "
                                       "reading at 8 and attendance. 1 measure has no stated direction.");
  EXPECT_EQ(reading(report_card({})), "There are no measures.");
  EXPECT_EQ(reading(report_card(std::span<const measured_series>(all).subspan(34, 1))),
            "The one measure could not be judged. Not judged because values are missing: reading at 8.");
}

TEST(reading, of_a_chart) {
  // Mean 607.1 / 12 = 50.592, mean range 21 / 11, three sigma 5.076.
  const std::vector<double> x = {49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1, 49, 50};
  EXPECT_EQ(reading(control_chart({x, year(2010)}, {}), {"flow", "l/s"}),
            "Flow varies around 50.6 l/s, by chance between 45.5 l/s and 55.7 l/s; nothing stands out from ordinary "
            "variation.");
  auto y = x;
  y.push_back(90);
  chart_options o;
  o.rules = std::vector<rule_set>{rule_set::shewhart};
  o.phases = {{year(2010), year(2021)}};
  EXPECT_EQ(
      reading(control_chart({y, year(2010)}, o), {"flow", "l/s"}),
      "Flow varies around 50.6 l/s, by chance between 45.5 l/s and 55.7 l/s. Standing out: 2022, beyond the limits.");
  const std::vector<double> one = {missing_value, 4};
  EXPECT_EQ(reading(control_chart({one, year(2010)}, {})),
            "The measure has a single value, 4 in 2011; one value shows no variation.");
  const std::vector<double> none = {missing_value};
  EXPECT_EQ(reading(control_chart({none, year(2010)}, {})), "There is no value of the measure to draw a chart of.");
  const std::vector<double> step = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
  EXPECT_EQ(reading(control_chart({step, year(2000)}, {.kind = chart_kind::run}), {"the level", ""}),
            "The level varies around 1.5. Standing out: 2000, 2001, 2002 and 17 more, in an unusually long run on one "
            "side of the center; "
            "2000, 2001, 2002 and 17 more, in a stretch that crosses the center unusually seldom.");
}

} // namespace
