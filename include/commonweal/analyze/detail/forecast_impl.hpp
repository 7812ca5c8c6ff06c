// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/forecast.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include <commonweal/analyze/detail/distributions.hpp>
#include <commonweal/analyze/detail/parallel.hpp>
#include <commonweal/analyze/detail/reading_words.hpp>
#include <commonweal/analyze/detail/smoothing.hpp>
#include <commonweal/analyze/forecast.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0 {

namespace detail {

/// What a method makes of the values y, the first and the last of which are not missing.
struct made_forecast {
  bool ok = false;
  std::vector<double> value;
  std::vector<double> variance; ///< of the error h ahead, in units of the one-step variance
  std::vector<double> residuals;
  std::size_t estimated = 0;
  smoothing states;
};

[[nodiscard]] inline std::size_t count_values(std::span<const double> y) {
  return static_cast<std::size_t>(std::count_if(y.begin(), y.end(), [](double x) { return !std::isnan(x); }));
}

[[nodiscard]] inline made_forecast forecast_from_last(std::span<const double> y, std::size_t horizon, bool drift) {
  made_forecast out;
  const std::size_t n = y.size();
  if (drift && n < 2) return out;
  const double slope = drift ? (y[n - 1] - y[0]) / static_cast<double>(n - 1) : 0.0;
  out.ok = true;
  out.estimated = drift ? 1 : 0;
  out.residuals.assign(n, missing_value);
  std::size_t before = 0;
  for (std::size_t t = 1; t < n; ++t) {
    if (std::isnan(y[t])) continue;
    const auto gap = static_cast<double>(t - before);
    out.residuals[t] = (y[t] - y[before] - slope * gap) / std::sqrt(gap);
    before = t;
  }
  for (std::size_t h = 1; h <= horizon; ++h) {
    const auto x = static_cast<double>(h);
    out.value.push_back(y[n - 1] + slope * x);
    out.variance.push_back(drift ? x * (1.0 + x / static_cast<double>(n - 1)) : x);
  }
  return out;
}

[[nodiscard]] inline made_forecast forecast_seasonal_naive(std::span<const double> y, std::size_t horizon,
                                                           std::size_t season) {
  made_forecast out;
  const std::size_t n = y.size();
  if (n < season) return out;
  out.ok = true;
  out.residuals.assign(n, missing_value);
  // The latest value of the season, however many cycles ago.
  const auto latest = [&](std::size_t t, std::size_t& cycles) {
    for (cycles = 1; cycles * season <= t; ++cycles)
      if (t - cycles * season < n && !std::isnan(y[t - cycles * season])) return y[t - cycles * season];
    return missing_value;
  };
  std::size_t cycles = 0;
  for (std::size_t t = season; t < n; ++t)
    out.residuals[t] = (y[t] - latest(t, cycles)) / std::sqrt(static_cast<double>(cycles));
  for (std::size_t h = 1; h <= horizon; ++h) {
    out.value.push_back(latest(n + h - 1, cycles));
    out.variance.push_back(static_cast<double>(cycles));
    out.ok = out.ok && !std::isnan(out.value.back());
  }
  return out;
}

[[nodiscard]] inline made_forecast forecast_smoothed(std::span<const double> y, std::size_t horizon, std::size_t season,
                                                     bool damped, const smoothing* near) {
  made_forecast out;
  const std::size_t n = count_values(y);
  out.estimated = 2 + (damped ? 1U : 0U) + 2 + (season > 1 ? season : 0); // gamma and season - 1 free means
  if (n < out.estimated + (season > 1 ? 1 : 2) || (season > 1 && y.size() < 2 * season)) return out;
  smoothing& s = out.states;
  if (!fit_smoothing(y, season, damped, s, near)) return out;
  smoothing ended = s;
  ended.run(y, &out.residuals);
  double steps = 0, power = 1, variance = 1;
  for (std::size_t h = 1; h <= horizon; ++h) {
    out.value.push_back(ended.ahead(y.size(), h));
    out.variance.push_back(variance);
    steps += power *= s.phi;
    const double weight = s.alpha + s.beta * steps + (season > 1 && h % season == 0 ? s.gamma : 0.0);
    variance += weight * weight;
  }
  out.ok = true;
  return out;
}

/// `near`: parameters of nearly the same data, for methods that smooth.
[[nodiscard]] inline made_forecast made_by(forecast_method method, std::span<const double> y, std::size_t horizon,
                                           std::size_t season, const smoothing* near = nullptr) {
  switch (method) {
    case forecast_method::naive: return forecast_from_last(y, horizon, false);
    case forecast_method::drift: return forecast_from_last(y, horizon, true);
    case forecast_method::seasonal_naive: return forecast_seasonal_naive(y, horizon, season);
    case forecast_method::holt: return forecast_smoothed(y, horizon, 1, false, near);
    case forecast_method::damped_holt: return forecast_smoothed(y, horizon, 1, true, near);
    case forecast_method::damped_holt_winters:
      return season > 1 ? forecast_smoothed(y, horizon, season, true, near) : made_forecast{};
    case forecast_method::automatic: break;
  }
  return {};
}

/// One-step errors over the latest values, each from what came before it alone. Smoothing searches the whole range of
/// its parameters for the first of them and goes on from one to the next, which knows a value more.
struct backtest_errors {
  std::size_t n = 0;
  double mae = missing_value;
  std::vector<std::size_t> at; ///< the periods compared, the latest first
};
[[nodiscard]] inline backtest_errors backtested(forecast_method method, std::span<const double> y, std::size_t season,
                                                std::size_t latest) {
  backtest_errors out;
  std::vector<std::size_t> tried;
  for (std::size_t t = y.size(); t-- > 1 && tried.size() < latest;)
    if (!std::isnan(y[t])) tried.push_back(t);
  double sum = 0;
  std::optional<smoothing> near;
  for (auto it = tried.rbegin(); it != tried.rend(); ++it) {
    const std::size_t t = *it;
    std::size_t before = t; // what is known ends with a value; the gap is forecast across
    while (before > 0 && std::isnan(y[before - 1])) --before;
    made_forecast made;
    if (before > 0) made = made_by(method, y.subspan(0, before), t - before + 1, season, near ? &*near : nullptr);
    if (!made.ok) { // only an unbroken stretch up to the latest is compared
      sum = 0;
      out.at.clear();
      near.reset();
      continue;
    }
    sum += std::abs(y[t] - made.value.back());
    out.at.push_back(t);
    near = made.states;
  }
  std::reverse(out.at.begin(), out.at.end());
  out.n = out.at.size();
  if (out.n > 0) out.mae = sum / static_cast<double>(out.n);
  return out;
}

/// The mean absolute error of the naive method in the periods before `end`, or in those listed.
[[nodiscard]] inline double naive_error(std::span<const double> y, std::size_t season,
                                        const std::vector<std::size_t>& at) {
  double sum = 0;
  std::size_t n = 0;
  for (const auto t : at) {
    if (std::isnan(y[t])) continue;
    std::size_t back = season;
    while (back <= t && std::isnan(y[t - back])) back += season;
    if (back > t) continue;
    sum += std::abs(y[t] - y[t - back]);
    ++n;
  }
  return n == 0 ? missing_value : sum / static_cast<double>(n);
}

inline void check_forecast(const forecast_options& o) {
  require_confidence(o.confidence);
  if (o.horizon > 100'000)
    throw error(error_code::invalid_argument, "the horizon of a forecast is at most 100000 periods");
  if (o.season > 10'000) throw error(error_code::invalid_argument, "a cycle has at most 10000 seasons");
}

} // namespace detail

COMMONWEAL_BODY forecast_result forecast(const series_view& s, const forecast_options& options) {
  detail::check_forecast(options);
  detail::require_finite_or_missing(s);
  forecast_result out;
  out.confidence = options.confidence;
  out.season = options.season != 0 ? options.season : detail::default_season(s.first.freq());
  const std::size_t horizon = options.horizon != 0 ? options.horizon : out.season > 1 ? out.season : 3;
  out.n = detail::count_values(s.value);
  out.residuals.assign(s.size(), missing_value);
  out.method = options.method;
  if (out.n == 0) return out;
  std::size_t begin = 0;
  std::size_t end = s.size();
  while (std::isnan(s.value[begin])) ++begin;
  while (std::isnan(s.value[end - 1])) --end;
  const auto y = s.value.subspan(begin, end - begin);
  out.last = s.at(end - 1);
  out.last_value = y.back();
  out.first = s.at(end);
  const auto end_of_calendar = period::containing(*date::from_ymd(9999, 12, 31), out.first.freq());
  const auto room = std::int64_t{end_of_calendar.ordinal()} - out.first.ordinal() + 1;
  if (room < static_cast<std::int64_t>(horizon))
    throw error(error_code::invalid_argument, "a forecast of " + std::to_string(horizon) + " periods from " +
                                                  out.last.to_string() +
                                                  " on goes beyond the year 9999; ask for fewer: at most " +
                                                  std::to_string(std::max<std::int64_t>(room, 0)));

  using enum forecast_method;
  detail::backtest_errors errors;
  detail::made_forecast made;
  if (options.method == automatic) {
    out.method = naive;
    made = detail::made_by(naive, y, horizon, out.season);
    errors = detail::backtested(naive, y, out.season, options.backtest);
    for (const auto method : {seasonal_naive, drift, holt, damped_holt, damped_holt_winters}) {
      if (method == seasonal_naive && out.season == 1) continue;
      auto found = detail::backtested(method, y, out.season, options.backtest);
      // A method that was too short of data for some of the periods is not compared over the others.
      if (found.n < errors.n || errors.n == 0 || !(found.mae < errors.mae)) continue;
      auto candidate = detail::made_by(method, y, horizon, out.season);
      if (!candidate.ok) continue;
      made = std::move(candidate);
      out.method = method;
      errors = std::move(found);
    }
  } else {
    errors = detail::backtested(options.method, y, out.season, options.backtest);
    made = detail::made_by(out.method, y, horizon, out.season);
  }
  if (!made.ok) {
    out.state = forecast_state::too_few;
    return out;
  }
  out.state = forecast_state::ok;
  out.value = made.value;
  std::copy(made.residuals.begin(), made.residuals.end(), out.residuals.begin() + static_cast<std::ptrdiff_t>(begin));
  double squares = 0;
  std::size_t known = 0;
  for (const double e : made.residuals)
    if (!std::isnan(e)) squares += e * e, ++known;
  if (known > made.estimated) out.sigma = std::sqrt(squares / static_cast<double>(known - made.estimated));
  const double z = detail::normal_quantile(0.5 + options.confidence / 2.0);
  for (std::size_t h = 0; h < horizon; ++h) {
    const double margin = z * out.sigma * std::sqrt(made.variance[h]);
    out.lower.push_back(out.value[h] - margin);
    out.upper.push_back(out.value[h] + margin);
    if (!std::isfinite(out.value[h]) || std::isinf(margin))
      throw error(error_code::invalid_data, "the values are too large to be forecast; use a larger unit");
  }
  if (options.non_negative)
    for (auto* numbers : {&out.value, &out.lower, &out.upper})
      for (double& x : *numbers) x = x < 0 ? 0.0 : x;
  if (out.method == holt || out.method == damped_holt || out.method == damped_holt_winters) {
    out.alpha = made.states.alpha;
    out.beta = made.states.beta;
    if (out.method == damped_holt_winters) out.gamma = made.states.gamma;
    if (out.method != holt) out.phi = made.states.phi;
  }
  out.backtests = errors.n;
  if (errors.n == 0) return out;
  out.mae = errors.mae;
  out.naive_mae = detail::naive_error(y, out.season, errors.at);
  std::vector<std::size_t> earlier;
  for (std::size_t t = 0; t < errors.at.back(); ++t) earlier.push_back(t);
  const double scale = detail::naive_error(y, out.season, earlier);
  if (scale > 0) out.mase = out.mae / scale;
  return out;
}

COMMONWEAL_BODY table forecasts(std::span<const measured_series> all, const forecast_options& options) {
  table out({{"series", column_type::utf8},
             {"period", column_type::period},
             {"value", column_type::float64},
             {"lower", column_type::float64},
             {"upper", column_type::float64},
             {"method", column_type::utf8},
             {"sigma", column_type::float64},
             {"mae", column_type::float64},
             {"naive_mae", column_type::float64},
             {"mase", column_type::float64},
             {"state", column_type::utf8}});
  using detail::number_cell;
  std::vector<forecast_result> results(all.size());
  detail::for_each_stretch(all.size(), options.where, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) results[i] = forecast(all[i].values, options);
  });
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& one = all[i];
    const auto& r = results[i];
    for (std::size_t h = 0; h < std::max<std::size_t>(1, r.value.size()); ++h) {
      const bool ok = r.state == forecast_state::ok;
      out.append_row({std::string_view(one.name), ok ? cell{r.first.plus(static_cast<std::int32_t>(h))} : cell{},
                      number_cell(ok ? r.value[h] : missing_value), number_cell(ok ? r.lower[h] : missing_value),
                      number_cell(ok ? r.upper[h] : missing_value), to_string(r.method), number_cell(r.sigma),
                      number_cell(r.mae), number_cell(r.naive_mae), number_cell(r.mase), to_string(r.state)});
    }
  }
  return out;
}

COMMONWEAL_BODY std::string reading(const forecast_result& r, const measure_words& w) {
  if (r.state == forecast_state::no_data) return "There is no value of " + w.name + " to forecast from.";
  if (r.state == forecast_state::too_few)
    return detail::capitalized(w.name) + " has too few values (" + detail::count_text(static_cast<std::int64_t>(r.n)) +
           ") for the method " + std::string(to_string(r.method)) + ".";
  const auto end = r.first.plus(static_cast<std::int32_t>(r.value.size()) - 1);
  std::string out = "If nothing changed, " + w.name + " would go from " +
                    detail::quantity(r.last_value, w, r.value.back()) + " in " + r.last.to_string() + " to " +
                    detail::quantity(r.value.back(), w, r.last_value) + " in " + end.to_string();
  if (!std::isnan(r.lower.back()))
    out += " (" + text::percent(r.confidence) + " interval " + number_text(r.lower.back(), r.upper.back()) + " to " +
           detail::quantity(r.upper.back(), w, r.lower.back()) + ")";
  else out += "; there is too little data to say how sure that is";
  out += ".";
  if (std::isnan(r.mae)) return out + " Too few values to test the method on what came.";
  out += " Over the latest " + detail::plural(r.backtests, "period", "periods") +
         " such forecasts of the next one missed by " + detail::difference(r.mae, w) + " on average";
  if (r.naive_mae > 0 && r.method != forecast_method::naive && r.method != forecast_method::seasonal_naive) {
    const double less = 1.0 - r.mae / r.naive_mae;
    const std::string simple =
        r.season > 1 ? "repeating the value of the same season before" : "repeating the last value";
    if (std::abs(less) < 0.005) out += ", as much as " + simple + " would have";
    else
      out += ", " + text::percent(std::abs(less)) + (less > 0 ? " less" : " more") + " than " + simple + " would have";
  }
  return out + ".";
}

} // namespace commonweal::inline v0
