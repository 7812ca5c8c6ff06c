// SPDX-License-Identifier: Apache-2.0
// Where a series goes if nothing changes: naive, drift and exponential smoothing, with what such forecasts missed
// before.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/analyze/reading.hpp>
#include <commonweal/analyze/series.hpp>
#include <commonweal/core/executor.hpp>

namespace commonweal::inline v0 {

/// How a forecast is made.
///
/// automatic: the method below with the smallest backtest error among those the data is long enough for; the first of
/// them in this order where errors are equal or cannot be had. naive: the last value. seasonal_naive: the value of the
/// same season a cycle ago. drift: the line through the first and the last value. holt: level and trend, smoothed
/// exponentially, the trend going on without end. damped_holt: the trend fading. damped_holt_winters: the same with an
/// additive season. Sources: Holt (1957), Winters (1960), Gardner and McKenzie (Management Science 31, 1985), in the
/// error correction form of Hyndman, Koehler, Ord and Snyder, Forecasting with Exponential Smoothing (2008).
enum class forecast_method : std::uint8_t {
  automatic,
  naive,
  seasonal_naive,
  drift,
  holt,
  damped_holt,
  damped_holt_winters
};
template <>
struct enum_names<forecast_method> {
  static constexpr std::array<std::string_view, 7> values = {"automatic", "naive",       "seasonal_naive",     "drift",
                                                             "holt",      "damped_holt", "damped_holt_winters"};
};

struct forecast_options {
  forecast_method method = forecast_method::automatic;
  std::size_t horizon = 0;  ///< periods ahead; 0: one cycle of seasons, three years of annual data
  std::size_t season = 0;   ///< positions in a cycle; 0: 12 for months, 4 for quarters, 52 for weeks, 7 for days
  double confidence = 0.95; ///< of each prediction interval
  /// One-step forecasts over the latest periods, each fitted to what came before it alone; 0: none. `automatic` needs
  /// some.
  std::size_t backtest = 12;
  bool non_negative = false; ///< forecasts and intervals end at zero, for counts
  executor where = {};       ///< tables of many series: where they run; the answers do not depend on it
};

/// ok: a forecast. no_data; too_few: fewer values than the method has to estimate (naive 1, seasonal_naive a value in
/// the last cycle, drift 2, holt 6, damped_holt 7, damped_holt_winters two whole cycles and at least the season plus
/// 6).
enum class forecast_state : std::uint8_t { ok, no_data, too_few };
template <>
struct enum_names<forecast_state> {
  static constexpr std::array<std::string_view, 3> values = {"ok", "no_data", "too_few"};
};

/// Numbers that the data does not determine are missing (NaN) in the struct and null in a table.
struct forecast_result {
  forecast_state state = forecast_state::no_data;
  forecast_method method = forecast_method::automatic; ///< the one used
  std::size_t n = 0;                                   ///< values there are
  std::size_t season = 1;
  double confidence = 0.95;
  period last; ///< of the last value
  double last_value = missing_value;
  period first;              ///< of the first forecast: the period after the last value
  std::vector<double> value; ///< one for each period of the horizon
  std::vector<double> lower; ///< prediction interval, normal errors; missing without an estimate of their spread
  std::vector<double> upper;

  /// value - one-step forecast for each period of the series, missing where there is none: what reconcile() weighs by.
  std::vector<double> residuals;
  double sigma = missing_value; ///< of the one-step error, divided by values less everything estimated

  double alpha = missing_value; ///< smoothing of the level, of the trend (beta), of the season (gamma), and the damping
  double beta = missing_value;
  double gamma = missing_value;
  double phi = missing_value;

  std::size_t backtests = 0;  ///< one-step forecasts compared with what came
  double mae = missing_value; ///< their mean absolute error
  double naive_mae =
      missing_value;           ///< that of the naive method (seasonal where there is a season) over the same periods
  double mase = missing_value; ///< mae over the naive error before the backtest (Hyndman and Koehler 2006)

  [[nodiscard]] series_view view() const { return {value, first}; }
};

/// The forecast of one series. Missing values are left out: nothing is learned in their periods, and a step over a gap
/// of d periods counts as an error of variance d for naive and drift.
///
/// Smoothing starts from the least-squares line (with a mean for each season) through the first ten values (the first
/// three cycles) and its parameters minimize the sum of squared one-step errors, by Nelder and Mead's simplex,
/// restarted, from the three best places of a fixed grid inside the usual bounds (0.0001 to 0.9999; damping 0.8 to
/// 0.98): the same answer every time. In a backtest the search goes on from the parameters of the period before.
/// Intervals allow for the errors to come, not for those of the estimates.
/// O(n x evaluations x backtest). Throws invalid_argument for impossible options and invalid_data for infinite values.
[[nodiscard]] forecast_result forecast(const series_view& s, const forecast_options& options = {});

/// One row for each series and period: series utf8, period, value, lower, upper float64, method utf8, sigma, mae,
/// naive_mae, mase float64, state utf8. A series without a forecast has one row that says so.
[[nodiscard]] table forecasts(std::span<const measured_series> all, const forecast_options& options = {});

/// "If nothing changed, people served would go from 100 in 2024-12 to 120 in 2025-12 (95 % interval 100 to 140). Over
/// the latest 12 periods such forecasts of the next one missed by 5 on average, 20 % less than repeating the last value
/// would have."
[[nodiscard]] std::string reading(const forecast_result& r, const measure_words& words = {});

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/forecast_impl.hpp>
#endif
