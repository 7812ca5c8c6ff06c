// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/target.hpp.
#pragma once

#include <algorithm>
#include <cmath>

#include <commonweal/analyze/detail/projection_line.hpp>
#include <commonweal/analyze/detail/report_card_impl.hpp>
#include <commonweal/analyze/target.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/rollup/operators.hpp>

namespace commonweal::inline v0 {

namespace detail {

inline void require_target_options(const target_options& o) {
  require_confidence(o.confidence);
  if (!(o.on_track_tolerance >= 0.0 && o.at_risk_tolerance >= o.on_track_tolerance))
    throw error(error_code::invalid_argument,
                "on_track_tolerance must be zero or more and at_risk_tolerance no smaller");
  if (!(o.keep_tolerance >= 0.0 && o.forecast_tolerance >= 0.0))
    throw error(error_code::invalid_argument, "keep_tolerance and forecast_tolerance must be zero or more");
  if (o.horizon_years < 0 || o.horizon_years > 1000)
    throw error(error_code::invalid_argument, "horizon_years must lie between 0 and 1000");
}

[[nodiscard]] constexpr bool is_level(aggregate_operator op) {
  return op == aggregate_operator::last || op == aggregate_operator::ratio_of_sums ||
         op == aggregate_operator::weighted_mean;
}

/// +1 when the target lies above the baseline, -1 below, 0 equal; by the wanted direction where there is no baseline.
[[nodiscard]] inline int way_of(const target_plan& plan, direction wanted) {
  if (!std::isnan(plan.baseline)) return plan.target > plan.baseline ? 1 : plan.target < plan.baseline ? -1 : 0;
  return wanted == direction::up ? 1 : wanted == direction::down ? -1 : 0;
}

/// The sign that is good: the wanted direction, else the way to the target.
[[nodiscard]] constexpr int good_sign(int way, direction wanted) {
  return wanted == direction::up ? 1 : wanted == direction::down ? -1 : way;
}

[[nodiscard]] inline bool reached(double value, const target_plan& plan, int way, direction wanted,
                                  const target_options& o) {
  if (wanted == direction::keep) return std::abs(value - plan.target) <= o.keep_tolerance;
  if (way == 0) way = good_sign(0, wanted);
  if (way == 0) return std::abs(value - plan.target) <= o.keep_tolerance;
  return way > 0 ? value >= plan.target : value <= plan.target;
}

inline void judge_track(target_result& out, int way, direction wanted, const target_options& o) {
  const auto& plan = out.plan;
  out.met = reached(out.value, plan, way, wanted, o);
  if (out.state == target_state::no_baseline) {
    if (way == 0 && wanted != direction::keep) {
      out.met = false;
      return;
    }
    out.status = out.met ? track_status::met : out.overdue ? track_status::off_track : track_status::unknown;
    return;
  }
  out.moved = movement_of(out.value > plan.baseline   ? 1
                          : out.value < plan.baseline ? -1
                                                      : 0,
                          wanted != direction::none ? wanted
                          : way > 0                 ? direction::up
                          : way < 0                 ? direction::down
                                                    : direction::keep);
  if (wanted == direction::keep || way == 0) {
    const bool kept = out.met || std::abs(out.value - plan.target) <= o.keep_tolerance;
    out.status = out.met ? track_status::met : kept ? track_status::on_track : track_status::off_track;
    if (way == 0) return;
  }
  out.expected = expected_on_path(plan, out.latest);
  const double whole = plan.target - plan.baseline;
  out.progress = (out.value - plan.baseline) / whole;
  if (o.cap_progress) out.progress = std::clamp(out.progress, 0.0, 1.0);
  if (std::isnan(out.expected)) {
    out.state = target_state::not_positive;
    if (out.met) out.status = track_status::met;
    return;
  }
  out.expected_progress = (out.expected - plan.baseline) / whole;
  if (wanted == direction::keep) return;
  const double behind = out.expected_progress - (out.value - plan.baseline) / whole;
  // A hair of rounding must not decide: 0.05 behind by arithmetic in tenths is on track.
  constexpr double hair = 1e-12;
  out.status = out.met                                 ? track_status::met
               : out.overdue                           ? track_status::off_track
               : behind <= o.on_track_tolerance + hair ? track_status::on_track
               : behind <= o.at_risk_tolerance + hair  ? track_status::at_risk
                                                       : track_status::off_track;
}

inline void compare_with_forecast(target_result& out, const series_view& s, const series_view& forecast, int good,
                                  const target_options& o) {
  if (forecast.size() > 0) {
    require_finite_or_missing(forecast, "the forecast");
    if (forecast.first.freq() != out.latest.freq())
      throw error(error_code::invalid_argument, "the forecast is by " + std::string(to_string(forecast.first.freq())) +
                                                    " and the data compared with it by " +
                                                    std::string(to_string(out.latest.freq())));
    const auto at = static_cast<std::int64_t>(out.latest.ordinal()) - forecast.first.ordinal();
    if (at >= 0 && at < static_cast<std::int64_t>(forecast.size()))
      out.forecast = forecast.value[static_cast<std::size_t>(at)];
  } else {
    // The history up to the baseline, carried on in a straight line.
    const auto baseline_end = out.plan.baseline_period.last_day();
    std::size_t n = 0;
    while (n < s.size() && s.at(n).last_day() <= baseline_end) ++n;
    const auto index = static_cast<std::size_t>(out.latest.ordinal() - s.first.ordinal());
    const std::size_t season = o.seasonal ? default_season(s.first.freq()) : 1;
    const projection_line line({s.value.begin(), s.value.begin() + static_cast<std::ptrdiff_t>(n)}, season,
                               index % season);
    if (line.has_errors()) out.forecast = line.at(static_cast<double>(index));
  }
  if (std::isnan(out.forecast) || good == 0) return;
  const double ahead = good * (out.value - out.forecast);
  const double same = o.forecast_tolerance * std::abs(out.forecast);
  out.versus_forecast = std::abs(ahead) <= same ? forecast_verdict::as_forecast
                        : ahead > 0.0           ? forecast_verdict::better
                                                : forecast_verdict::worse;
}

inline void project(target_result& out, const series_view& s, std::size_t latest, int way, const target_options& o) {
  const bool geometric = out.plan.path == path_kind::geometric;
  std::size_t start = 0;
  if (o.projection_window != 0) {
    start = latest + 1 - std::min(o.projection_window, latest + 1);
  } else if (!std::isnan(out.plan.baseline)) {
    const auto baseline_end = out.plan.baseline_period.last_day();
    while (start < latest && s.at(start).last_day() < baseline_end) ++start;
  }
  std::vector<double> recent(s.value.begin() + static_cast<std::ptrdiff_t>(start),
                             s.value.begin() + static_cast<std::ptrdiff_t>(latest) + 1);
  if (geometric) {
    for (auto& v : recent) {
      if (v <= 0.0) return; // no logarithm: no projection
      v = std::log(v);
    }
  }
  const auto due = period::containing(out.plan.target_period.last_day(), s.first.freq());
  // Read in the season of the target's period: a peak of the year is not the target met.
  const std::size_t season = o.seasonal ? default_season(s.first.freq()) : 1;
  const auto ahead = static_cast<std::int64_t>(due.ordinal()) - s.at(start).ordinal();
  const auto cycle = static_cast<std::int64_t>(season);
  const projection_line line(recent, season, static_cast<std::size_t>(((ahead % cycle) + cycle) % cycle));
  if (!line.has_slope()) return;
  out.projection = line.seasonal() ? projection_kind::seasonal_line : projection_kind::line;
  const auto back = [&](double v) { return geometric ? std::exp(v) : v; };
  const double goal = geometric ? std::log(out.plan.target) : out.plan.target;
  if (!std::isfinite(goal)) return;
  const auto due_index = static_cast<double>(ahead);
  const double last_index = static_cast<double>(latest - start);
  if (due_index > last_index) {
    out.projected = back(line.at(due_index));
    if (line.has_errors()) {
      const double margin = line.value_margin(due_index, line.t_quantile(o.confidence));
      out.projected_lower = back(line.at(due_index) - margin);
      out.projected_upper = back(line.at(due_index) + margin);
    }
  }
  if (out.met || way == 0) return;
  const double t = line.has_errors() ? line.t_quantile(o.confidence) : 0.0;
  const auto steps = static_cast<std::int32_t>(std::lround(o.horizon_years * periods_per_year(s.first.freq())));
  for (std::int32_t k = 1; k <= steps; ++k) {
    const double index = last_index + k;
    const double center = line.at(index);
    const auto there = [&](double v) { return way > 0 ? v >= goal : v <= goal; };
    const auto when = out.latest.plus(k);
    if (!out.met_in && there(center)) out.met_in = when;
    if (line.has_errors()) {
      const double margin = line.line_margin(index, t);
      if (!out.met_earliest && there(center + way * margin)) out.met_earliest = when;
      if (!out.met_latest && there(center - way * margin)) out.met_latest = when;
      if (out.met_latest) break;
    } else if (out.met_in) {
      break;
    }
  }
}

} // namespace detail

COMMONWEAL_BODY double expected_on_path(const target_plan& plan, period when) {
  const auto from = plan.baseline_period.last_day();
  const auto to = plan.target_period.last_day();
  if (!(from < to))
    throw error(error_code::invalid_argument, "the target's period " + plan.target_period.to_string() +
                                                  " must end after the baseline's, " +
                                                  plan.baseline_period.to_string());
  if (std::isnan(plan.baseline) || std::isnan(plan.target)) return missing_value;
  if (plan.path == path_kind::geometric && !(plan.baseline > 0.0 && plan.target > 0.0)) return missing_value;
  const bool one_frequency = plan.baseline_period.freq() == when.freq() && plan.target_period.freq() == when.freq();
  const double done = one_frequency ? when.ordinal() - plan.baseline_period.ordinal()
                                    : when.last_day().days_since_1970() - from.days_since_1970();
  const double whole = one_frequency ? plan.target_period.ordinal() - plan.baseline_period.ordinal()
                                     : to.days_since_1970() - from.days_since_1970();
  if (done <= 0.0) return plan.baseline;
  if (done >= whole) return plan.target;
  const double share = done / whole;
  if (plan.path == path_kind::geometric) return plan.baseline * std::pow(plan.target / plan.baseline, share);
  return plan.baseline + (plan.target - plan.baseline) * share;
}

COMMONWEAL_BODY coarse_series coarsened(const series_view& s, frequency to, aggregate_operator over_time,
                                        double percent) {
  using op = aggregate_operator;
  if (!nests(s.first.freq(), to))
    throw error(error_code::invalid_argument, "periods of a " + std::string(to_string(s.first.freq())) +
                                                  " do not nest in periods of a " + std::string(to_string(to)));
  const auto& rules = detail::rules_of(over_time);
  if (rules.needs != detail::cell_need::value || over_time == op::none || over_time == op::count)
    throw error(error_code::invalid_argument, "the operator " + std::string(to_string(over_time)) +
                                                  " cannot make a longer period of a series of values");
  const auto what = detail::stage_of(over_time, percent);
  coarse_series out;
  if (s.size() == 0) return out;
  out.first = *s.first.coarsen(to);
  for (std::size_t i = 0; i < s.size();) {
    const auto whole = *s.at(i).coarsen(to);
    const bool begins = s.at(i).plus(-1).coarsen(to) != whole;
    std::size_t stop = i + 1;
    while (stop < s.size() && s.at(stop).coarsen(to) == whole) ++stop;
    const bool ends = s.at(stop).coarsen(to) != whole;
    // One value is enough where the operator picks it by its place.
    std::span<const double> values = s.value.subspan(i, stop - i);
    if (over_time == op::last) values = values.last(1);
    else if (over_time == op::first) values = values.first(1);
    const bool complete = (begins || over_time == op::last) && (ends || over_time == op::first) &&
                          std::ranges::none_of(values, [](double v) { return std::isnan(v); });
    detail::cell_value made;
    if (complete) {
      exact_sum sum;
      for (const double v : values) sum.add(v);
      detail::cell_value one;
      one.value = values.back();
      const auto [least, most] = std::ranges::minmax(values);
      detail::totals all;
      all.count = static_cast<std::int64_t>(values.size());
      all.value = sum.value();
      all.min = least;
      all.max = most;
      all.values = values;
      if (rules.from == detail::made_of::one) all.best = &one;
      if (detail::finish(what, all, made) != detail::outcome::value) made = {};
    }
    out.value.push_back(made.value);
    i = stop;
  }
  return out;
}

COMMONWEAL_BODY target_result target_progress(const series_view& history, const target_plan& plan, direction wanted,
                                              const target_options& options, const series_view& forecast) {
  detail::require_target_options(options);
  detail::require_finite_or_missing(history);
  if (std::isinf(plan.baseline) || std::isinf(plan.target))
    throw error(error_code::invalid_data, "a baseline and a target are finite numbers");
  if (!std::isnan(plan.baseline) && !(plan.baseline_period.last_day() < plan.target_period.last_day()))
    throw error(error_code::invalid_argument, "the target's period " + plan.target_period.to_string() +
                                                  " must end after the baseline's, " +
                                                  plan.baseline_period.to_string());
  target_result out;
  out.plan = plan;
  out.confidence = options.confidence;
  out.horizon_years = options.horizon_years;

  series_view s = detail::ended_by(history, options.as_of);
  coarse_series coarse;
  const auto own = history.first.freq();
  const bool mixed =
      plan.target_period.freq() != own || (!std::isnan(plan.baseline) && plan.baseline_period.freq() != own);
  if (mixed && history.size() > 0) {
    if (!options.over_time)
      throw error(error_code::invalid_argument,
                  "the data is by " + std::string(to_string(own)) +
                      " and the target or its baseline is not: say in over_time how "
                      "the shorter periods make the longer one (sum, mean, min, max, or last for a level)");
    if (!detail::is_level(*options.over_time)) {
      if (!std::isnan(plan.baseline) && plan.baseline_period.freq() != plan.target_period.freq())
        throw error(error_code::invalid_argument,
                    "baseline and target of a measure that adds up over time must be of one frequency");
      coarse = coarsened(s, plan.target_period.freq(), *options.over_time);
      s = coarse.view();
    }
  }

  if (std::isnan(plan.target)) {
    out.state = target_state::no_target;
    return out;
  }
  const auto latest = detail::last_value_before(s, s.size());
  if (!latest) return out;
  out.latest = s.at(*latest);
  out.value = s.value[*latest];
  out.overdue = out.latest.last_day() >= plan.target_period.last_day();
  const int way = detail::way_of(plan, wanted);
  const int good = detail::good_sign(way, wanted);
  out.against_direction = way != 0 && good != way && wanted != direction::keep;
  out.state = std::isnan(plan.baseline)                                 ? target_state::no_baseline
              : out.latest.last_day() < plan.baseline_period.last_day() ? target_state::before_baseline
              : way == 0                                                ? target_state::equal_to_baseline
                                                                        : target_state::ok;
  if (out.state == target_state::before_baseline) return out;
  detail::judge_track(out, way, wanted, options);
  if (out.state != target_state::no_baseline || forecast.size() > 0)
    detail::compare_with_forecast(out, s, forecast, good, options);
  detail::project(out, s, *latest, way, options);
  return out;
}

COMMONWEAL_BODY table targets(std::span<const targeted_series> all, const target_options& options) {
  table out({{"series", column_type::utf8},
             {"latest", column_type::period},
             {"value", column_type::float64},
             {"baseline", column_type::float64},
             {"target", column_type::float64},
             {"expected", column_type::float64},
             {"progress", column_type::float64},
             {"expected_progress", column_type::float64},
             {"status", column_type::utf8},
             {"moved", column_type::utf8},
             {"forecast", column_type::float64},
             {"versus_forecast", column_type::utf8},
             {"projected", column_type::float64},
             {"projected_lower", column_type::float64},
             {"projected_upper", column_type::float64},
             {"met_in", column_type::period},
             {"met_earliest", column_type::period},
             {"met_latest", column_type::period},
             {"projection", column_type::utf8},
             {"state", column_type::utf8}});
  const auto when = [](const std::optional<period>& p) { return p ? cell{*p} : cell{}; };
  for (const auto& one : all) {
    const auto r = target_progress(one.measure.values, one.plan, one.measure.wanted, options, one.forecast);
    using detail::number_cell;
    out.append_row({std::string_view(one.measure.name),
                    std::isnan(r.value) ? cell{} : cell{r.latest},
                    number_cell(r.value),
                    number_cell(r.plan.baseline),
                    number_cell(r.plan.target),
                    number_cell(r.expected),
                    number_cell(r.progress),
                    number_cell(r.expected_progress),
                    to_string(r.status),
                    to_string(r.moved),
                    number_cell(r.forecast),
                    to_string(r.versus_forecast),
                    number_cell(r.projected),
                    number_cell(r.projected_lower),
                    number_cell(r.projected_upper),
                    when(r.met_in),
                    when(r.met_earliest),
                    when(r.met_latest),
                    to_string(r.projection),
                    to_string(r.state)});
  }
  return out;
}

} // namespace commonweal::inline v0
