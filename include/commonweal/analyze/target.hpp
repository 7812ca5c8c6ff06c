// SPDX-License-Identifier: Apache-2.0
// Baseline to target: how far along, on track or not, and where it leads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <commonweal/analyze/line.hpp>
#include <commonweal/analyze/series.hpp>

namespace commonweal::inline v0 {

/// linear: equal steps. geometric: equal rates of change, for rates and counts that grow or shrink in proportion; needs
/// baseline and target above zero.
enum class path_kind : std::uint8_t { linear, geometric };
template <>
struct enum_names<path_kind> {
  static constexpr std::array<std::string_view, 2> values = {"linear", "geometric"};
};

/// Where a measure starts and where it shall be. A missing baseline is allowed and limits what can be said.
struct target_plan {
  period baseline_period;
  double baseline = missing_value;
  period target_period;
  double target = missing_value;
  path_kind path = path_kind::linear;
};

struct target_options {
  /// Behind the path by at most this share of the whole way from baseline to target is on track.
  double on_track_tolerance = 0.05;
  /// By at most this share: at risk. By more: off track.
  double at_risk_tolerance = 0.15;
  /// How far from the target still counts as kept, for the direction `keep` and for a target equal to the baseline.
  double keep_tolerance = 0.0;
  bool cap_progress = false;                ///< progress within [0, 1] instead of as it is
  std::optional<date> as_of = std::nullopt; ///< today: a period that ends later is not complete and is not judged
  /// How periods of the data make one of the target's, when the two differ: sum, mean, min and max make the coarser
  /// period (complete ones only) and compare there; last, ratio_of_sums and weighted_mean are levels and compare with
  /// the path at the end of the data's own period. Without it, differing frequencies are an error.
  std::optional<aggregate_operator> over_time = std::nullopt;
  double confidence = 0.95;          ///< of the projection
  std::size_t projection_window = 0; ///< latest periods the projection rests on; 0: all since the baseline
  bool seasonal = true;   ///< lines of sub-annual data have a level for each season where they are long enough
  int horizon_years = 50; ///< how far ahead the period of meeting the target is sought
  /// A value no farther from the forecast than this share of its magnitude is as forecast.
  double forecast_tolerance = 0.0;
};

/// ok: every question could be asked. no_baseline: met or not, and the projection. equal_to_baseline: kept or not.
/// not_positive: a geometric path through zero or below. before_baseline: no complete period since the baseline.
enum class target_state : std::uint8_t {
  ok,
  no_data,
  no_target,
  no_baseline,
  equal_to_baseline,
  not_positive,
  before_baseline
};
template <>
struct enum_names<target_state> {
  static constexpr std::array<std::string_view, 7> values = {
      "ok", "no_data", "no_target", "no_baseline", "equal_to_baseline", "not_positive", "before_baseline"};
};

enum class track_status : std::uint8_t { met, on_track, at_risk, off_track, unknown };
template <>
struct enum_names<track_status> {
  static constexpr std::array<std::string_view, 5> values = {"met", "on_track", "at_risk", "off_track", "unknown"};
};

/// Against a forecast: better in the wanted direction, worse, or the same within the tolerance.
enum class forecast_verdict : std::uint8_t { better, as_forecast, worse, unknown };
template <>
struct enum_names<forecast_verdict> {
  static constexpr std::array<std::string_view, 4> values = {"better", "as_forecast", "worse", "unknown"};
};

/// What a projection follows. line: least squares. seasonal_line: one slope and a level for each month, quarter or so
/// on, where the data covers each of them and two cycles; it is read in the season of the target's period. none:
/// nothing to project from.
enum class projection_kind : std::uint8_t { none, line, seasonal_line };
template <>
struct enum_names<projection_kind> {
  static constexpr std::array<std::string_view, 3> values = {"none", "line", "seasonal_line"};
};

/// Three questions kept apart: does it move the right way (`moved`, since the baseline), does it beat the forecast
/// (`versus_forecast`, turning the curve), does it keep up with the path to the target (`status`).
struct target_result {
  target_state state = target_state::no_data;
  target_plan plan;
  period latest; ///< the latest complete period with a value
  double value = missing_value;
  double expected = missing_value; ///< of the path at `latest`; the target itself from its period on
  double progress = missing_value; ///< (value - baseline) / (target - baseline): 1 is there, below 0 the wrong way
  double expected_progress = missing_value; ///< the same of `expected`
  bool met = false;
  bool overdue = false;           ///< the target's period has passed
  bool against_direction = false; ///< the target asks for less than the baseline, given the wanted direction
  movement moved = movement::unknown;
  track_status status = track_status::unknown;

  double forecast = missing_value; ///< at `latest`: as given, or the line through the history up to the baseline
  forecast_verdict versus_forecast = forecast_verdict::unknown;

  double confidence = 0.95;
  projection_kind projection = projection_kind::none;
  double projected = missing_value; ///< at the target's period, by least squares (of logarithms on a geometric path)
  double projected_lower = missing_value;
  double projected_upper = missing_value; ///< prediction interval
  std::optional<period> met_in;           ///< when the line reaches the target, if within the horizon
  std::optional<period> met_earliest;     ///< when the more favorable edge of the line's interval does
  std::optional<period> met_latest;       ///< when the less favorable one does; nothing: perhaps never
  int horizon_years = 50;                 ///< how far ahead these three were sought
};

/// The value of the path at a period of any frequency, by the last days of the periods (by count of periods where all
/// three have one frequency). Before the baseline the baseline, after the target the target.
/// Missing for a geometric path that is not positive or a missing end. Throws invalid_argument when the target's
/// period does not come after the baseline's.
[[nodiscard]] double expected_on_path(const target_plan& plan, period when);

/// One series against its target. `history` may reach back before the baseline; `forecast` may be empty.
/// O(periods + horizon). Throws invalid_argument for impossible options and for frequencies that cannot be compared,
/// and invalid_data for infinite values.
[[nodiscard]] target_result target_progress(const series_view& history, const target_plan& plan, direction wanted,
                                            const target_options& options = {}, const series_view& forecast = {});

/// Complete coarser periods of a series: missing unless every period inside has a value (`last`: the last one).
/// `over_time`: any operator of a rollup that is made of values (sum, mean, min, max, first, last, range, median, ...),
/// with the percent of `percentile`. Throws invalid_argument for another operator or periods that do not nest.
struct coarse_series {
  std::vector<double> value;
  period first;
  [[nodiscard]] series_view view() const { return {value, first}; }
};
[[nodiscard]] coarse_series coarsened(const series_view& s, frequency to, aggregate_operator over_time,
                                      double percent = 50);

/// A series with its plan, for tables.
struct targeted_series {
  measured_series measure;
  target_plan plan;
  series_view forecast;
};

/// One row for each: series, latest (period), value, baseline, target, expected, progress, expected_progress, status,
/// moved, forecast, versus_forecast, projected, projected_lower, projected_upper, met_in, met_earliest, met_latest
/// (period), projection, state.
[[nodiscard]] table targets(std::span<const targeted_series> all, const target_options& options = {});

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/target_impl.hpp>
#endif
