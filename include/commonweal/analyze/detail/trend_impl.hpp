// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/trend.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include <commonweal/analyze/detail/distributions.hpp>
#include <commonweal/analyze/detail/parallel.hpp>
#include <commonweal/analyze/detail/trend_scores.hpp>
#include <commonweal/analyze/trend.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0 {

namespace detail {

/// r(1) to r(lags), each sum divided by the whole sum of squares. O(n lags).
[[nodiscard]] inline std::vector<double> autocorrelations(std::span<const double> x, std::size_t lags) {
  double mean = 0.0;
  for (const double v : x) mean += v;
  mean /= static_cast<double>(x.size());
  double squares = 0.0;
  for (const double v : x) squares += (v - mean) * (v - mean);
  std::vector<double> r(lags, 0.0);
  if (!(squares > 0.0)) return r;
  for (std::size_t k = 1; k <= lags; ++k) {
    double sum = 0.0;
    for (std::size_t i = k; i < x.size(); ++i) sum += (x[i] - mean) * (x[i - k] - mean);
    r[k - 1] = sum / squares;
  }
  return r;
}

/// Slope, interval and intercept from what the selector holds; `scale` turns its unit of time into periods.
inline void sen_slope(trend_result& out, trend_workspace& memory, double scale) {
  out.slope = memory.slopes.median() / scale;
  std::vector<double>& x = memory.scratch;
  x = memory.values;
  const double middle_value = median_of(x);
  const auto& t = memory.times;
  const std::size_t n = t.size();
  const double middle_time = n % 2 == 1 ? t[n / 2] : (t[n / 2 - 1] + t[n / 2]) / 2.0;
  out.intercept = middle_value - middle_time * out.slope;
}

/// Ranks (N - C) / 2 and (N + C) / 2 + 1 with C = z sqrt(var), rounded to whole ranks (Sen 1968; Gilbert 1987, 16.4).
inline void sen_interval(trend_result& out, trend_workspace& memory, double scale) {
  const auto pairs = memory.slopes.pairs();
  const double c = normal_quantile(0.5 + out.confidence / 2.0) * std::sqrt(std::max(out.var_s, 0.0));
  const auto rank = [&](double r) { return std::clamp<std::int64_t>(static_cast<std::int64_t>(r), 0, pairs - 1); };
  const auto n = static_cast<double>(pairs);
  out.slope_lower = memory.slopes.select(rank(std::nearbyint((n - c) / 2.0) - 1.0)) / scale;
  out.slope_upper = memory.slopes.select(rank(std::nearbyint((n + c) / 2.0))) / scale;
}

inline void score_original(trend_result& out, trend_workspace& memory, std::span<const double> x) {
  const auto count = kendall_score(x, memory.kendall);
  out.s = static_cast<double>(count.s);
  out.tau = count.tau_a();
  out.var_s = count.variance;
  out.z = continuity_corrected(out.s, out.var_s);
}

/// Factor n / n* of the variance of S.
inline void correct_for_autocorrelation(trend_result& out, trend_workspace& memory, const trend_options& options) {
  const std::size_t n = memory.values.size();
  const std::size_t lags = std::min(options.lags.value_or(n - 1), n - 1);
  std::vector<double> rest = memory.values;
  for (std::size_t i = 0; i < n; ++i) rest[i] -= static_cast<double>(i + 1) * out.slope;
  const auto size = static_cast<double>(n);
  double factor = 1.0;
  if (out.test == trend_test::hamed_rao) {
    const auto r = autocorrelations(mid_ranks(rest), lags);
    const double bound = normal_quantile(0.5 + options.confidence / 2.0) / std::sqrt(size);
    double sum = 0.0;
    for (std::size_t k = 1; k <= lags; ++k) {
      const double left = size - static_cast<double>(k);
      if (std::abs(r[k - 1]) > bound) sum += left * (left - 1.0) * (left - 2.0) * r[k - 1];
    }
    factor = 1.0 + 2.0 * sum / (size * (size - 1.0) * (size - 2.0));
  } else {
    const auto r = autocorrelations(rest, lags);
    double sum = 0.0;
    for (std::size_t k = 1; k <= lags; ++k) sum += (1.0 - static_cast<double>(k) / size) * r[k - 1];
    factor = 1.0 + 2.0 * sum;
  }
  if (!options.allow_shrinking) factor = std::max(factor, 1.0);
  out.var_s *= factor;
  out.z = continuity_corrected(out.s, out.var_s);
}

inline void pre_whiten(trend_result& out, trend_workspace& memory) {
  std::vector<double> x = memory.values;
  const bool trend_free = out.test == trend_test::trend_free_pre_whitening;
  if (trend_free)
    for (std::size_t i = 0; i < x.size(); ++i) x[i] -= static_cast<double>(i + 1) * out.slope;
  const double r = autocorrelations(x, 1)[0];
  std::vector<double> white;
  for (std::size_t i = 1; i < x.size(); ++i)
    white.push_back(x[i] - r * x[i - 1] + (trend_free ? static_cast<double>(i) * out.slope : 0.0));
  score_original(out, memory, white);
}

/// Sums of score and variance over the positions of a cycle, which are the groups of the slopes.
inline void score_seasonal(trend_result& out, trend_workspace& memory) {
  double s = 0.0;
  double variance = 0.0;
  std::int64_t pairs = 0;
  for (std::size_t k = 0; k < memory.slopes.groups(); ++k) {
    const auto count = kendall_score(memory.slopes.group(k), memory.kendall);
    s += static_cast<double>(count.s);
    variance += count.variance;
    pairs += count.pairs;
  }
  out.s = s;
  out.tau = s / static_cast<double>(pairs);
  out.var_s = variance;
  out.z = continuity_corrected(s, variance);
}

/// Puts the values into the groups of the slopes, one for each position of a cycle of `season`.
inline void gather_slopes(trend_workspace& memory, std::size_t season) {
  memory.slopes.clear();
  const std::size_t n = memory.values.size();
  if (season == 1) {
    for (std::size_t i = 0; i < n; ++i) memory.slopes.add(memory.times[i], memory.values[i]);
    memory.slopes.end_group();
    return;
  }
  // A stable counting sort by position.
  memory.position.resize(n);
  memory.cycle.resize(n);
  memory.order.resize(n);
  memory.starts.assign(season + 1, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const auto index = static_cast<std::uint32_t>(memory.times[i]);
    const auto cycle = index / static_cast<std::uint32_t>(season);
    memory.position[i] = index - cycle * static_cast<std::uint32_t>(season);
    memory.cycle[i] = cycle;
    ++memory.starts[memory.position[i] + 1U];
  }
  for (std::size_t k = 0; k < season; ++k) memory.starts[k + 1] += memory.starts[k];
  for (std::size_t i = 0; i < n; ++i) memory.order[memory.starts[memory.position[i]]++] = static_cast<std::uint32_t>(i);
  std::size_t next = 0;
  for (std::size_t k = 0; k < season; ++k) {
    for (; next < memory.starts[k]; ++next) {
      const auto i = memory.order[next];
      memory.slopes.add(memory.cycle[i], memory.values[i]);
    }
    memory.slopes.end_group();
  }
}

/// Complete cycles as rows, one column for each position. False where fewer than two cycles are complete.
inline bool score_correlated_seasonal(trend_result& out, const series_view& series, std::size_t season) {
  std::vector<std::vector<double>> columns(season);
  for (std::size_t start = 0; start + season <= series.size(); start += season) {
    const auto cycle = series.value.subspan(start, season);
    if (std::any_of(cycle.begin(), cycle.end(), [](double v) { return std::isnan(v); })) continue;
    for (std::size_t k = 0; k < season; ++k) columns[k].push_back(cycle[k]);
  }
  if (columns[0].size() < 2) return false;
  double s = 0.0;
  double variance = 0.0;
  double pairs = 0.0;
  for (std::size_t a = 0; a < season; ++a) {
    const auto count = kendall_score(columns[a]);
    s += static_cast<double>(count.s);
    pairs += static_cast<double>(count.pairs);
    for (std::size_t b = 0; b <= a; ++b) variance += (a == b ? 1.0 : 2.0) * score_covariance(columns[a], columns[b]);
  }
  out.s = s;
  out.tau = s / pairs;
  out.var_s = variance;
  out.z = variance > 0.0 ? s / std::sqrt(variance) : 0.0; // the method has no continuity correction
  return true;
}

inline void judge(trend_result& out, direction wanted, const trend_options& options) {
  out.p = two_sided_p(out.z);
  const bool called =
      out.p < 1.0 - options.confidence && out.s != 0.0 && std::abs(out.slope_per_year) >= options.flat_slope_per_year;
  out.trend = !called ? trend_direction::flat : out.s > 0.0 ? trend_direction::rising : trend_direction::falling;
  out.moved = movement_of(!called ? 0 : out.s > 0.0 ? 1 : -1, wanted);
}

COMMONWEAL_BODY void require_trend_options(const trend_options& options) {
  require_confidence(options.confidence);
  if (!(options.flat_slope_per_year >= 0.0))
    throw error(error_code::invalid_argument, "flat_slope_per_year must be zero or more");
  if (options.lags && *options.lags == 0)
    throw error(error_code::invalid_argument, "a correction for autocorrelation needs at least one lag");
}

} // namespace detail

COMMONWEAL_BODY trend_result trend(const series_view& s, direction wanted, const trend_options& options,
                                   trend_workspace& memory) {
  detail::require_trend_options(options);
  detail::require_finite_or_missing(s);
  trend_result out;
  out.confidence = options.confidence;
  memory.values.clear();
  memory.times.clear();
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (std::isnan(s.value[i])) continue;
    memory.times.push_back(static_cast<double>(i));
    memory.values.push_back(s.value[i]);
  }
  out.n = memory.values.size();
  out.missing = s.size() - out.n;
  if (out.n == 0) return out;
  out.first_index = static_cast<std::size_t>(memory.times.front());
  out.last_index = static_cast<std::size_t>(memory.times.back());
  out.start = s.at(out.first_index);
  out.end = s.at(out.last_index);
  out.first = memory.values.front();
  out.last = memory.values.back();
  out.small_sample = out.n < 10;
  out.state = trend_state::one_value;
  if (out.n == 1) return out;

  const std::size_t season = options.season != 0 ? options.season : detail::default_season(s.first.freq());
  out.test = options.test;
  if (options.test == trend_test::automatic) {
    out.test = trend_test::original;
    if (season > 1 && out.last_index - out.first_index + 1 >= 2 * season) {
      detail::gather_slopes(memory, season);
      if (memory.slopes.pairs() > 0) out.test = trend_test::seasonal;
    }
  }
  const bool by_season = out.test == trend_test::seasonal || out.test == trend_test::correlated_seasonal;
  const std::size_t groups = by_season ? season : 1;
  if (!(by_season && options.test == trend_test::automatic)) detail::gather_slopes(memory, groups);
  out.state = trend_state::too_few;
  if (memory.slopes.pairs() == 0) return out;
  detail::sen_slope(out, memory, static_cast<double>(groups));
  const double per_year = detail::periods_per_year(s.first.freq());
  out.slope_per_year = out.slope * per_year;
  if (out.n < 3) return out;

  switch (out.test) {
    case trend_test::seasonal: detail::score_seasonal(out, memory); break;
    case trend_test::correlated_seasonal:
      if (!detail::score_correlated_seasonal(out, s, season)) return out;
      break;
    case trend_test::hamed_rao:
    case trend_test::yue_wang:
      detail::score_original(out, memory, memory.values);
      detail::correct_for_autocorrelation(out, memory, options);
      break;
    case trend_test::pre_whitening:
    case trend_test::trend_free_pre_whitening: detail::pre_whiten(out, memory); break;
    case trend_test::automatic:
    case trend_test::original: detail::score_original(out, memory, memory.values); break;
  }
  detail::sen_interval(out, memory, static_cast<double>(groups));
  detail::judge(out, wanted, options);
  const auto [low, high] = std::minmax_element(memory.values.begin(), memory.values.end());
  out.state = *low == *high ? trend_state::constant : trend_state::ok;
  return out;
}

COMMONWEAL_BODY trend_result trend(const series_view& s, direction wanted, const trend_options& options) {
  trend_workspace memory;
  return trend(s, wanted, options, memory);
}

COMMONWEAL_BODY std::vector<trend_result> trend_each(std::span<const measured_series> all,
                                                     const trend_options& options) {
  std::vector<trend_result> out(all.size());
  detail::for_each_stretch(all.size(), detail::executor_of(options.where, options.threads),
                           [&](std::size_t first, std::size_t last) {
                             trend_workspace memory;
                             for (std::size_t i = first; i < last; ++i)
                               out[i] = trend(all[i].values, all[i].wanted, options, memory);
                           });
  return out;
}

COMMONWEAL_BODY table trends(std::span<const measured_series> all, const trend_options& options) {
  table out({{"series", column_type::utf8},
             {"start", column_type::period},
             {"end", column_type::period},
             {"n", column_type::int64},
             {"missing", column_type::int64},
             {"first", column_type::float64},
             {"last", column_type::float64},
             {"test", column_type::utf8},
             {"s", column_type::float64},
             {"tau", column_type::float64},
             {"z", column_type::float64},
             {"p", column_type::float64},
             {"slope", column_type::float64},
             {"slope_lower", column_type::float64},
             {"slope_upper", column_type::float64},
             {"slope_per_year", column_type::float64},
             {"trend", column_type::utf8},
             {"movement", column_type::utf8},
             {"state", column_type::utf8}});
  const auto results = trend_each(all, options);
  out.reserve(results.size());
  using detail::number_cell;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const auto& r = results[i];
    const bool any = r.n > 0;
    out.append_row({std::string_view(all[i].name), any ? cell{r.start} : cell{}, any ? cell{r.end} : cell{},
                    detail::count_cell(r.n), detail::count_cell(r.missing), number_cell(r.first), number_cell(r.last),
                    std::isnan(r.s) ? cell{} : cell{to_string(r.test)}, number_cell(r.s), number_cell(r.tau),
                    number_cell(r.z), number_cell(r.p), number_cell(r.slope), number_cell(r.slope_lower),
                    number_cell(r.slope_upper), number_cell(r.slope_per_year), to_string(r.trend), to_string(r.moved),
                    to_string(r.state)});
  }
  return out;
}

} // namespace commonweal::inline v0
