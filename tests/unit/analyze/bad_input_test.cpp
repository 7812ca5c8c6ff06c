// SPDX-License-Identifier: Apache-2.0
// Data as it comes at worst, through every analysis: a result that says so or a clear error, never NaN passed off as an
// answer.
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/analyze/analyze.hpp>
#include <commonweal/analyze/equity_tables.hpp>

namespace {

using namespace commonweal;

const period year_2015(frequency::year, 45);
const period january_2015(frequency::month, 45 * 12);

/// No cell of a table is NaN or infinite.
void expect_numbers(const table& t, const std::string& what) {
  for (const auto& c : t.columns()) {
    if (c.type() != column_type::float64) continue;
    for (std::size_t i = 0; i < c.size(); ++i) {
      if (c.is_null(i)) continue;
      EXPECT_TRUE(std::isfinite(c.values<double>()[i])) << what << ", column " << c.name() << ", row " << i;
    }
  }
}

/// What a sentence must never hold.
void expect_words(const std::string& says, const std::string& what) {
  EXPECT_FALSE(says.empty()) << what;
  for (const char* bad : {"nan", "inf ", "-nan", "NaN"})
    EXPECT_EQ(says.find(bad), std::string::npos) << what << ": " << says;
}

/// The message of the error that a call throws; blank where it throws none.
template <class Call>
std::string refusal(Call&& call) {
  try {
    call();
  } catch (const error& e) { return e.what(); }
  return {};
}

/// Every analysis of a series, in years and in months, under every wanted direction.
void through_everything(const std::vector<double>& values, const std::string& what) {
  for (const period first : {year_2015, january_2015})
    for (const auto wanted : {direction::up, direction::down, direction::keep, direction::none}) {
      const measured_series one{"m", {values, first}, wanted};
      const std::span<const measured_series> all(&one, 1);
      for (const auto test : {trend_test::automatic, trend_test::original, trend_test::seasonal, trend_test::hamed_rao,
                              trend_test::pre_whitening}) {
        expect_numbers(trends(all, {.test = test}), what + " trend");
        expect_words(reading(trend(one.values, wanted, {.test = test})), what + " trend");
      }
      for (const auto basis :
           {card_basis::since_baseline, card_basis::since_previous, card_basis::since_year_before, card_basis::trend}) {
        const auto card = report_card(all, {.basis = basis});
        expect_numbers(card_lines(card), what + " card");
        expect_words(reading(card), what + " card");
      }
      for (const auto path : {path_kind::linear, path_kind::geometric}) {
        const target_plan plan{first, values.empty() ? missing_value : values.front(), first.plus(30), 12, path};
        const targeted_series aimed{one, plan, {}};
        expect_numbers(targets({&aimed, 1}), what + " target");
        expect_words(reading(target_progress(one.values, plan, wanted)), what + " target");
      }
      expect_numbers(summarize(all), what + " summary");
      expect_numbers(forecasts(all), what + " forecast");
      expect_words(reading(forecast(one.values)), what + " forecast");
      for (const auto kind : {chart_kind::run, chart_kind::xmr, chart_kind::c, chart_kind::t, chart_kind::g}) {
        const auto chart = control_chart(one.values, {.kind = kind});
        expect_numbers(chart_points(chart), what + " chart " + std::string(to_string(kind)));
        expect_numbers(chart_phases(chart), what + " phases " + std::string(to_string(kind)));
        expect_words(reading(chart), what + " chart");
      }
    }
}

TEST(bad_input, no_value_at_all) {
  const std::vector<double> nothing(14, missing_value);
  through_everything(nothing, "all missing");
  through_everything({}, "empty");
  const series_view s{nothing, year_2015};
  EXPECT_EQ(trend(s).state, trend_state::no_data);
  EXPECT_EQ(forecast(s).state, forecast_state::no_data);
  EXPECT_EQ(target_progress(s, {year_2015, 1, year_2015.plus(5), 2}, direction::up).state, target_state::no_data);
  const measured_series one{"m", s, direction::up};
  EXPECT_EQ(report_card({&one, 1}).lines[0].reason, "no value");
  EXPECT_EQ(control_chart(s).phases[0].counted, 0U);
  EXPECT_TRUE(std::isnan(control_chart(s).points[3].upper));
}

TEST(bad_input, a_single_point) {
  std::vector<double> one(14, missing_value);
  one[5] = 8;
  through_everything(one, "one point");
  through_everything({8}, "one");
  EXPECT_EQ(trend({one, year_2015}).state, trend_state::one_value);
  const measured_series m{"m", {one, year_2015}, direction::up};
  EXPECT_EQ(report_card({&m, 1}).lines[0].reason, "only one value, in 2020");
}

TEST(bad_input, a_constant_series) {
  const std::vector<double> same(30, 8);
  through_everything(same, "constant");
  through_everything(std::vector<double>(30, 0.0), "constant zero");
  const auto t = trend({same, year_2015}, direction::keep);
  EXPECT_EQ(t.state, trend_state::constant);
  EXPECT_EQ(t.moved, movement::right);
  EXPECT_EQ(t.p, 1.0);
  EXPECT_FALSE(control_chart({same, year_2015}).signals_at(3));
  const measured_series m{"m", {same, year_2015}, direction::up};
  EXPECT_EQ(report_card({&m, 1}).flat, 1U);
}

TEST(bad_input, denominators_of_zero) {
  const std::vector<double> events = {1, 2, 0, 3, 1, 2};
  const std::vector<double> people = {10, 0, 0, 20, missing_value, 10};
  for (const auto kind :
       {chart_kind::p, chart_kind::p_prime, chart_kind::u, chart_kind::u_prime, chart_kind::xmr, chart_kind::run}) {
    const auto chart = control_chart({events, year_2015}, {people, year_2015}, {.kind = kind});
    expect_numbers(chart_points(chart), "zero denominators");
    EXPECT_TRUE(std::isnan(chart.points[1].value));
    ASSERT_FALSE(chart.warnings.empty());
    EXPECT_EQ(chart.warnings[0], "3 periods have no denominator, or zero, and no point.");
  }
  const std::vector<double> none(6, 0.0);
  const auto empty = control_chart({none, year_2015}, {none, year_2015}, {.kind = chart_kind::p});
  expect_numbers(chart_points(empty), "only zero denominators");
  EXPECT_EQ(empty.phases[0].counted, 0U);
  expect_words(reading(empty), "only zero denominators");
  EXPECT_EQ(suggest_chart(indicator_kind::ratio, {none, year_2015}, {none, year_2015}).kind, chart_kind::p);
  stratified d;
  d.populations = {"p"};
  d.strata = {"a", "b"};
  d.cells = {{"a", 1, 10}, {"b", 0, 0}};
  expect_numbers(equity_table(d), "a stratum without people");
  expect_numbers(standardized_rates(d), "a stratum without people");
  expect_numbers(simpson_reversals(d), "a stratum without people");
}

TEST(bad_input, counts_below_zero) {
  const std::vector<double> x = {3, -1, 4};
  const std::vector<double> n = {10, 10, 10};
  for (const auto kind : {chart_kind::c, chart_kind::t, chart_kind::g})
    EXPECT_NE(refusal([&] {
                (void)control_chart({x, year_2015}, {.kind = kind});
              }).find("the negative value of 2016"),
              std::string::npos);
  EXPECT_NE(refusal([&] {
              (void)control_chart({x, year_2015}, {n, year_2015}, {.kind = chart_kind::p});
            }).find("of 2016 must not be negative"),
            std::string::npos);
  EXPECT_NE(refusal([&] {
              (void)control_chart({n, year_2015}, {x, year_2015}, {.kind = chart_kind::u});
            }).find("of 2016 must not be negative"),
            std::string::npos);
  EXPECT_NE(refusal([&] {
              (void)control_chart({n, year_2015}, series_view(n, year_2015.plus(1)), {.kind = chart_kind::u});
            }).find("the same periods"),
            std::string::npos);
  EXPECT_NE(refusal([&] {
              (void)suggest_chart(indicator_kind::count, {x, year_2015});
            }).find("negative"),
            std::string::npos);
  EXPECT_EQ(control_chart({x, year_2015}).phases[0].counted, 3U); // an amount may be below zero
}

TEST(bad_input, a_target_equal_to_its_baseline) {
  const std::vector<double> x = {10, 11, 10};
  const target_plan plan{year_2015, 10, year_2015.plus(5), 10};
  for (const auto wanted : {direction::up, direction::down, direction::keep, direction::none}) {
    const auto r = target_progress({x, year_2015}, plan, wanted);
    EXPECT_EQ(r.state, target_state::equal_to_baseline);
    EXPECT_TRUE(std::isnan(r.progress)); // nothing over nothing
    EXPECT_EQ(r.status, track_status::met);
    expect_words(reading(r), "equal to baseline");
    const targeted_series one{{"m", {x, year_2015}, wanted}, plan, {}};
    expect_numbers(targets({&one, 1}), "equal to baseline");
  }
  const std::vector<double> off = {10, 11, 14};
  EXPECT_EQ(target_progress({off, year_2015}, plan, direction::keep).status, track_status::off_track);
}

TEST(bad_input, rule_sets_that_nobody_published) {
  EXPECT_EQ(refusal([] { (void)rule_set_named("westgard"); }),
            "no rule set westgard; the sets are shewhart, anhoej, western_electric, nelson, nhs");
  const std::vector<double> x = {1, 2, 3};
  EXPECT_NE(refusal([&] {
              (void)control_chart({x, year_2015}, {.rules = std::vector<rule_set>{rule_set::nelson, rule_set::nelson}});
            }).find("twice"),
            std::string::npos);
  EXPECT_NE(refusal([&] {
              (void)control_chart({x, year_2015},
                                  {.kind = chart_kind::run, .rules = std::vector<rule_set>{rule_set::nelson}});
            }).find("needs limits"),
            std::string::npos);
}

TEST(bad_input, a_freeze_beyond_the_data) {
  const std::vector<double> x = {1, 2, 3, 4};
  const auto with = [&](const chart_phase& phase) {
    return refusal([&] { (void)control_chart({x, year_2015}, {.phases = {phase}}); });
  };
  EXPECT_EQ(with({year_2015, year_2015.plus(9)}), "the freeze at 2024 lies outside the data (2015 to 2018)");
  EXPECT_EQ(with({year_2015, year_2015.plus(-1)}), "the freeze at 2014 lies outside the data (2015 to 2018)");
  EXPECT_NE(with({year_2015.plus(7), std::nullopt}).find("lies outside the data"), std::string::npos);
  EXPECT_NE(with({year_2015.plus(2), year_2015.plus(1)}).find("ends before its phase starts"), std::string::npos);
  EXPECT_NE(refusal([&] {
              (void)control_chart({x, year_2015}, {.ghosts = {january_2015}});
            }).find("the ghost point 2015-01 lies outside the data"),
            std::string::npos);
}

TEST(bad_input, frequencies_that_do_not_fit) {
  const std::vector<double> months(24, 5);
  const series_view s{months, january_2015};
  const target_plan yearly{year_2015, 50, year_2015.plus(3), 80};
  EXPECT_NE(refusal([&] { (void)target_progress(s, yearly, direction::up); }).find("say in over_time"),
            std::string::npos);
  EXPECT_EQ(target_progress(s, yearly, direction::up, {.over_time = aggregate_operator::sum}).value, 60);
  const std::vector<double> forecast = {55};
  EXPECT_NE(
      refusal([&] {
        (void)target_progress(s, {january_2015, 5, january_2015.plus(40), 9}, direction::up, {}, {forecast, year_2015});
      }).find("the forecast is by year and the data compared with it by month"),
      std::string::npos);
  EXPECT_NE(refusal([&] {
              (void)coarsened({months, {frequency::week, 2400}}, frequency::month, aggregate_operator::sum);
            }).find("do not nest"),
            std::string::npos);
  // A baseline period of another frequency than the series has no value to compare with.
  const measured_series one{"m", s, direction::up};
  const auto card = report_card({&one, 1}, {.baseline = year_2015});
  EXPECT_EQ(card.missing, 1U);
  EXPECT_EQ(card.lines[0].reason, "no value in the baseline period 2015");
}

} // namespace
