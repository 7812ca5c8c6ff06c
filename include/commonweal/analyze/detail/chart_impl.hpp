// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/chart.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include <commonweal/analyze/chart.hpp>
#include <commonweal/analyze/detail/chart_rules.hpp>
#include <commonweal/analyze/detail/distributions.hpp>
#include <commonweal/analyze/detail/parallel.hpp>
#include <commonweal/analyze/summary.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/core/suggest.hpp>

namespace commonweal::inline v0 {

COMMONWEAL_BODY rule_set rule_set_named(std::string_view name) {
  if (const auto set = parse_enum<rule_set>(name)) return *set;
  throw error(error_code::invalid_argument,
              with_hint("no rule set " + std::string(name) + "; the sets are " + list_of_names<rule_set>(),
                        did_you_mean(name, enum_names<rule_set>::values)));
}

COMMONWEAL_BODY std::size_t rule_signals::count() const {
  return static_cast<std::size_t>(std::count(at.begin(), at.end(), std::uint8_t{1}));
}
COMMONWEAL_BODY bool chart_result::any_signal() const {
  return std::any_of(signals.begin(), signals.end(), [](const rule_signals& s) { return s.count() > 0; });
}
COMMONWEAL_BODY bool chart_result::signals_at(std::size_t point) const {
  return std::any_of(signals.begin(), signals.end(), [point](const rule_signals& s) { return s.at[point] != 0; });
}
COMMONWEAL_BODY const rule_signals& chart_result::rule(std::string_view name) const {
  for (const auto& s : signals)
    if (s.name == name) return s;
  throw error(error_code::invalid_argument, "the chart was not asked for the rule " + std::string(name));
}

namespace detail {

/// The points of one phase before and after its limits are known.
struct phase_span {
  std::size_t start = 0;
  std::size_t stop = 0;          ///< one past the last
  std::size_t baseline_stop = 0; ///< one past the last the limits may rest on
};

/// Builds a chart: holds what every kind needs, computes limits phase by phase, then applies the rules.
class chart_builder {
 public:
  chart_builder(period first, std::size_t size, const chart_options& options) : options_(options), first_(first) {
    if (!(options.factor > 0.0) || !std::isfinite(options.factor))
      throw error(error_code::invalid_argument, "the factor of a chart must be above zero");
    out_.kind = options.kind;
    out_.points.resize(size);
    z_.assign(size, missing_value);
    side_.assign(size, 0);
    for (std::size_t i = 0; i < size; ++i) out_.points[i].at = first.plus(static_cast<std::int32_t>(i));
    for (const auto ghost : options.ghosts) out_.points[index_of(ghost, "the ghost point")].ghost = true;
    find_phases();
  }

  chart_result values(const series_view& s) {
    for (std::size_t i = 0; i < s.size(); ++i) {
      const double v = s.value[i];
      const bool counts =
          options_.kind == chart_kind::c || options_.kind == chart_kind::t || options_.kind == chart_kind::g;
      if (counts && v < 0.0)
        throw error(error_code::invalid_data, "a " + std::string(to_string(options_.kind)) +
                                                  " chart cannot hold the negative value of " + s.at(i).to_string());
      out_.points[i].value = v;
    }
    for (std::size_t k = 0; k < spans_.size(); ++k) {
      switch (options_.kind) {
        case chart_kind::run: limits_run(k); break;
        case chart_kind::xmr: limits_xmr(k); break;
        case chart_kind::t: limits_t(k); break;
        case chart_kind::c: limits_c(k); break;
        default: limits_g(k); break;
      }
    }
    return finish();
  }

  chart_result ratios(const series_view& numerator, const series_view& denominator) {
    std::size_t without = 0;
    const bool proportion = options_.kind == chart_kind::p || options_.kind == chart_kind::p_prime;
    denominator_.assign(out_.points.size(), missing_value);
    numerator_.assign(out_.points.size(), missing_value);
    for (std::size_t i = 0; i < out_.points.size(); ++i) {
      const double x = numerator.value[i];
      const double n = denominator.value[i];
      const auto when = [&] { return numerator.at(i).to_string(); };
      if (x < 0.0 || n < 0.0)
        throw error(error_code::invalid_data, "numerator and denominator of " + when() + " must not be negative");
      if (proportion && n > 0.0 && x > n)
        throw error(error_code::invalid_data,
                    "the numerator of " + when() +
                        " exceeds its denominator: that is no proportion; use a u chart for a rate");
      if (!std::isnan(x) && !(n > 0.0)) ++without;
      if (std::isnan(x) || !(n > 0.0)) continue;
      numerator_[i] = x;
      denominator_[i] = n;
      out_.points[i].value = options_.factor * x / n;
    }
    if (without > 0)
      out_.warnings.push_back(std::to_string(without) + (without == 1 ? " period has" : " periods have") +
                              " no denominator, or zero, and no point.");
    for (std::size_t k = 0; k < spans_.size(); ++k) {
      switch (options_.kind) {
        case chart_kind::run: limits_run(k); break;
        case chart_kind::xmr: limits_xmr(k); break;
        default: limits_ratio(k, proportion); break;
      }
    }
    return finish();
  }

  chart_result subgroups(const panel_matrix& m) {
    size_.assign(out_.points.size(), 0);
    out_.spread = out_.points;
    std::vector<double> column;
    for (Eigen::Index c = 0; c < m.cols(); ++c) {
      column.clear();
      for (Eigen::Index r = 0; r < m.rows(); ++r) column.push_back(m(r, c));
      const auto summary = summarize(column);
      const auto i = static_cast<std::size_t>(c);
      size_[i] = summary.n;
      out_.points[i].value = summary.mean;
      out_.spread[i].value = summary.sd;
    }
    for (std::size_t k = 0; k < spans_.size(); ++k) limits_xbar_s(k);
    return finish();
  }

 private:
  [[nodiscard]] std::size_t index_of(period p, const std::string& what) const {
    const auto at = static_cast<std::int64_t>(p.ordinal()) - first_.ordinal();
    if (p.freq() != first_.freq() || at < 0 || at >= static_cast<std::int64_t>(out_.points.size()))
      throw error(error_code::invalid_argument,
                  what + " " + p.to_string() + " lies outside the data" +
                      (out_.points.empty()
                           ? ", which is empty"
                           : " (" + first_.to_string() + " to " + out_.points.back().at.to_string() + ")"));
    return static_cast<std::size_t>(at);
  }

  void find_phases() {
    const std::size_t n = out_.points.size();
    std::vector<chart_phase> phases = options_.phases;
    if (phases.empty()) phases.push_back({first_});
    if (n == 0 && options_.phases.empty()) return;
    for (std::size_t k = 0; k < phases.size(); ++k) {
      phase_span s;
      s.start = index_of(phases[k].start, "the phase that starts in");
      if (k == 0 && s.start != 0) { // what lies before the first named phase
        spans_.push_back({0, s.start, s.start});
        freezes_.push_back(false);
      }
      if (!spans_.empty() && s.start <= spans_.back().start && k > 0)
        throw error(error_code::invalid_argument,
                    "phases must start one after another: " + phases[k].start.to_string() +
                        " does not come after the phase before it");
      s.stop = n;
      if (k > 0 || s.start != 0) {
        auto& before = spans_.back();
        before.stop = s.start;
        if (before.baseline_stop > before.stop && freezes_.back())
          throw error(error_code::invalid_argument,
                      "a freeze reaches beyond the end of its phase, " + out_.points[before.stop - 1].at.to_string());
        before.baseline_stop = std::min(before.baseline_stop, before.stop);
      }
      s.baseline_stop = n;
      if (phases[k].freeze_until) {
        s.baseline_stop = index_of(*phases[k].freeze_until, "the freeze at") + 1;
        if (s.baseline_stop <= s.start)
          throw error(error_code::invalid_argument,
                      "a freeze ends before its phase starts, " + phases[k].start.to_string());
      }
      spans_.push_back(s);
      freezes_.push_back(phases[k].freeze_until.has_value());
    }
    for (std::size_t k = 0; k < spans_.size(); ++k)
      for (std::size_t i = spans_[k].start; i < spans_[k].stop; ++i) out_.points[i].phase = k;
    out_.phases.resize(spans_.size());
    for (std::size_t k = 0; k < spans_.size(); ++k) {
      out_.phases[k].start = out_.points[spans_[k].start].at;
      out_.phases[k].end = out_.points[spans_[k].stop - 1].at;
    }
  }

  [[nodiscard]] bool counts(std::size_t i) const { return !std::isnan(out_.points[i].value) && !out_.points[i].ghost; }

  /// The values the limits rest on.
  [[nodiscard]] const std::vector<double>& baseline(std::size_t k) {
    base_.clear();
    for (std::size_t i = spans_[k].start; i < spans_[k].baseline_stop; ++i)
      if (counts(i)) base_.push_back(out_.points[i].value);
    out_.phases[k].baseline = base_.size();
    return base_;
  }

  /// Mean of |x(i) - x(i - 1)| over neighbors of the baseline that both count; missing where there are none.
  template <class Value>
  [[nodiscard]] double mean_moving_range(std::size_t k, Value value) {
    ranges_.clear();
    for (std::size_t i = spans_[k].start + 1; i < spans_[k].baseline_stop; ++i)
      if (counts(i) && counts(i - 1)) ranges_.push_back(std::abs(value(i) - value(i - 1)));
    if (ranges_.empty()) return missing_value;
    double mean = mean_of(ranges_);
    if (options_.screen_moving_ranges) {
      const double most = chart_constants::D4_of_two() * mean;
      std::erase_if(ranges_, [most](double r) { return r > most; });
      if (!ranges_.empty()) mean = mean_of(ranges_);
    }
    return mean;
  }
  [[nodiscard]] static double mean_of(const std::vector<double>& x) {
    return x.empty() ? missing_value : divided(sum_of(x), static_cast<double>(x.size())).value();
  }

  /// Center, sigma and limits of every point of a phase; what a limit may not pass is cut off.
  void set_point(std::size_t i, double center, double sigma, double least, double most) {
    auto& p = out_.points[i];
    p.center = center;
    p.sigma = sigma;
    if (!std::isnan(sigma)) {
      p.lower = std::max(center - 3.0 * sigma, least);
      p.upper = std::min(center + 3.0 * sigma, most);
    }
    place(i, p.value - center, sigma);
  }
  void place(std::size_t i, double distance, double sigma) {
    side_[i] = (distance > 0.0) - (distance < 0.0);
    if (std::isnan(sigma) || std::isnan(distance)) return;
    z_[i] = distance == 0.0 ? 0.0
            : sigma > 0.0   ? distance / sigma
                            : std::copysign(std::numeric_limits<double>::infinity(), distance);
  }

  static constexpr double no_bound = std::numeric_limits<double>::infinity();

  void limits_run(std::size_t k) {
    auto base = baseline(k);
    const double center = base.empty() ? missing_value : median_of(base);
    out_.phases[k].center = center;
    for (std::size_t i = spans_[k].start; i < spans_[k].stop; ++i)
      set_point(i, center, missing_value, -no_bound, no_bound);
  }

  void limits_xmr(std::size_t k) {
    const double center = mean_of(baseline(k));
    const double range = mean_moving_range(k, [&](std::size_t i) { return out_.points[i].value; });
    auto& phase = out_.phases[k];
    phase.center = center;
    phase.mean_moving_range = range;
    const double sigma = range / chart_constants::d2(2);
    const bool cannot_be_negative = numerator_.size() > 0;
    if (out_.spread.empty()) out_.spread = out_.points;
    for (std::size_t i = spans_[k].start; i < spans_[k].stop; ++i) {
      set_point(i, center, sigma, cannot_be_negative ? 0.0 : -no_bound, no_bound);
      auto& r = out_.spread[i];
      r.value = i > spans_[k].start && counts(i) && counts(i - 1)
                    ? std::abs(out_.points[i].value - out_.points[i - 1].value)
                    : missing_value;
      r.center = range;
      if (std::isnan(range)) continue;
      r.lower = 0.0;
      r.upper = chart_constants::D4_of_two() * range;
      r.sigma = range * chart_constants::d3_of_two() / chart_constants::d2(2);
    }
    warn_without_ranges(k, range);
  }

  void limits_t(std::size_t k) {
    const auto bent = [](double x) { return std::pow(x, chart_constants::waiting_time_power); };
    const auto back = [](double x) { return x <= 0.0 ? 0.0 : std::pow(x, 1.0 / chart_constants::waiting_time_power); };
    std::vector<double> base = baseline(k);
    for (auto& v : base) v = bent(v);
    const double center = mean_of(base);
    const double range = mean_moving_range(k, [&](std::size_t i) { return bent(out_.points[i].value); });
    const double sigma = range / chart_constants::d2(2);
    auto& phase = out_.phases[k];
    phase.mean_moving_range = range;
    for (std::size_t i = spans_[k].start; i < spans_[k].stop; ++i) {
      auto& p = out_.points[i];
      if (std::isnan(center)) continue;
      p.center = phase.center = back(center);
      if (!std::isnan(sigma)) {
        p.lower = back(center - 3.0 * sigma);
        p.upper = back(center + 3.0 * sigma);
      }
      place(i, bent(p.value) - center, sigma);
    }
    warn_without_ranges(k, range);
  }

  void limits_c(std::size_t k) {
    const auto& base = baseline(k);
    const double center = mean_of(base);
    double squares = 0.0;
    for (const double v : base) squares += (v - center) * (v - center);
    note_dispersion(k, center > 0.0 ? squares / center : missing_value, "c", "an xmr chart does not assume that");
    out_.phases[k].center = center;
    for (std::size_t i = spans_[k].start; i < spans_[k].stop; ++i)
      set_point(i, center, std::sqrt(center), 0.0, no_bound);
  }

  void limits_g(std::size_t k) {
    std::vector<double> base = baseline(k);
    const double center = mean_of(base);
    const double middle = base.empty() ? missing_value : median_of(base);
    out_.phases[k].center = center;
    for (std::size_t i = spans_[k].start; i < spans_[k].stop; ++i) {
      set_point(i, center, std::sqrt(center * (center + 1.0)), 0.0, no_bound);
      // The distribution is skewed: runs are about the median, which halves the points.
      side_[i] = (out_.points[i].value > middle) - (out_.points[i].value < middle);
    }
  }

  void limits_ratio(std::size_t k, bool proportion) {
    auto& phase = out_.phases[k];
    twofold events;
    twofold exposure;
    for (std::size_t i = spans_[k].start; i < spans_[k].baseline_stop; ++i) {
      if (!counts(i)) continue;
      ++phase.baseline;
      events = events + twofold{numerator_[i], 0.0};
      exposure = exposure + twofold{denominator_[i], 0.0};
    }
    const double rate = phase.baseline == 0 ? missing_value : events.value() / exposure.value();
    phase.center = options_.factor * rate;
    const double variance = proportion ? rate * (1.0 - rate) : rate;
    const auto standardized = [&](std::size_t i) {
      return (numerator_[i] / denominator_[i] - rate) / std::sqrt(variance / denominator_[i]);
    };
    double squares = 0.0;
    if (variance > 0.0) {
      for (std::size_t i = spans_[k].start; i < spans_[k].baseline_stop; ++i)
        if (counts(i)) squares += standardized(i) * standardized(i);
      const double range = mean_moving_range(k, standardized);
      phase.sigma_z = range / chart_constants::d2(2);
      phase.mean_moving_range = range;
    }
    const bool prime = options_.kind == chart_kind::p_prime || options_.kind == chart_kind::u_prime;
    if (!prime) phase.mean_moving_range = missing_value;
    note_dispersion(k, variance > 0.0 ? squares : missing_value, proportion ? "p" : "u",
                    proportion ? "a p_prime chart allows for it" : "a u_prime chart allows for it");
    const double widening = !prime ? 1.0 : variance > 0.0 ? phase.sigma_z : 0.0;
    for (std::size_t i = spans_[k].start; i < spans_[k].stop; ++i)
      set_point(i, phase.center, options_.factor * widening * std::sqrt(variance / denominator_[i]), 0.0,
                proportion ? options_.factor : no_bound);
    if (prime && variance > 0.0) warn_without_ranges(k, phase.sigma_z);
  }

  void limits_xbar_s(std::size_t k) {
    auto& phase = out_.phases[k];
    std::size_t groups = 0;
    std::size_t observations = 0;
    std::size_t common = 0;
    bool equal = true;
    twofold total;
    twofold deviations;
    twofold squares;
    for (std::size_t i = spans_[k].start; i < spans_[k].baseline_stop; ++i) {
      if (!counts(i)) continue;
      ++phase.baseline;
      observations += size_[i];
      total = total + exact_multiply(out_.points[i].value, static_cast<double>(size_[i]));
      if (size_[i] < 2) {
        equal = false;
        continue;
      }
      ++groups;
      if (common == 0) common = size_[i];
      equal = equal && size_[i] == common;
      const double s = out_.spread[i].value;
      deviations = deviations + twofold{s, 0.0};
      squares = squares + exact_multiply(s * s, static_cast<double>(size_[i] - 1));
    }
    if (observations == 0) return;
    const double center = divided(total, static_cast<double>(observations)).value();
    const double mean_s = groups == 0 ? missing_value
                          : equal     ? deviations.value() / static_cast<double>(groups)
                                      : std::sqrt(squares.value() / freedom(k));
    phase.center = center;
    phase.mean_s = mean_s;
    for (std::size_t i = spans_[k].start; i < spans_[k].stop; ++i) {
      const std::size_t n = size_[i];
      const double c4 = n < 2 ? missing_value : chart_constants::c4(n);
      set_point(i, center, mean_s / (c4 * std::sqrt(static_cast<double>(n))), -no_bound, no_bound);
      auto& s = out_.spread[i];
      s.center = mean_s;
      s.ghost = out_.points[i].ghost;
      if (n < 2 || std::isnan(mean_s)) continue;
      s.sigma = mean_s * chart_constants::relative_sd_of_s(n);
      s.lower = chart_constants::B3(n) * mean_s;
      s.upper = chart_constants::B4(n) * mean_s;
    }
    if (groups == 0) warn_without_ranges(k, missing_value);
  }
  [[nodiscard]] double freedom(std::size_t k) const {
    double sum = 0.0;
    for (std::size_t i = spans_[k].start; i < spans_[k].baseline_stop; ++i)
      if (counts(i) && size_[i] > 1) sum += static_cast<double>(size_[i] - 1);
    return sum;
  }

  void warn_without_ranges(std::size_t k, double range) {
    if (std::isnan(range) && out_.phases[k].baseline > 0)
      out_.warnings.push_back("The phase from " + out_.phases[k].start.to_string() +
                              " has too few neighboring points for limits.");
  }

  /// squares: the sum of squared standardized values, chi-squared with one degree less than there are points.
  void note_dispersion(std::size_t k, double squares, const std::string& kind, const std::string& cure) {
    auto& phase = out_.phases[k];
    if (std::isnan(squares) || phase.baseline < 3) return;
    const double freedom = static_cast<double>(phase.baseline) - 1.0;
    phase.dispersion = squares / freedom;
    phase.overdispersed = phase.dispersion > 1.0 && gamma_q(freedom / 2.0, squares / 2.0) < 0.001;
    if (!phase.overdispersed || out_.kind == chart_kind::p_prime || out_.kind == chart_kind::u_prime) return;
    char times[32];
    std::snprintf(times, sizeof times, "%.3g", phase.dispersion);
    out_.warnings.push_back("The points vary " + std::string(times) + " times as much as a " + kind +
                            " chart assumes, so that it flags ordinary points; " + cure + ".");
  }

  chart_result finish() {
    std::vector<rule_set> sets = options_.rules.value_or(
        std::vector<rule_set>{options_.kind == chart_kind::run ? rule_set::anhoej : rule_set::western_electric});
    for (std::size_t a = 0; a < sets.size(); ++a) {
      if (std::find(sets.begin(), sets.begin() + static_cast<std::ptrdiff_t>(a), sets[a]) !=
          sets.begin() + static_cast<std::ptrdiff_t>(a))
        throw error(error_code::invalid_argument,
                    "the rule set " + std::string(to_string(sets[a])) + " is asked for twice");
      if (options_.kind == chart_kind::run && sets[a] != rule_set::anhoej)
        throw error(error_code::invalid_argument, "the rule set " + std::string(to_string(sets[a])) +
                                                      " needs limits, which a run chart has not; use anhoej");
    }
    std::vector<const chart_rule*> asked;
    for (const auto set : sets)
      for (const auto& r : chart_rules)
        if (r.set == set) asked.push_back(&r);
    for (const auto* r : asked)
      out_.signals.push_back({r->set, r->name, r->meaning, std::vector<std::uint8_t>(out_.points.size())});
    std::vector<ruled_point> counted;
    for (std::size_t k = 0; k < spans_.size(); ++k) {
      auto& phase = out_.phases[k];
      counted.clear();
      for (std::size_t i = spans_[k].start; i < spans_[k].stop; ++i) {
        phase.ghosts += out_.points[i].ghost ? 1 : 0;
        phase.missing += std::isnan(out_.points[i].value) ? 1 : 0;
        if (counts(i)) counted.push_back({i, side_[i], std::isnan(z_[i]) ? 0.0 : z_[i], out_.points[i].value});
      }
      phase.counted = counted.size();
      analyze_runs(counted, phase);
      for (std::size_t s = 0; s < asked.size(); ++s) asked[s]->apply(counted, phase, {out_.signals[s].at});
      constexpr std::size_t few = 10;
      if (phase.baseline > 0 && phase.baseline < few)
        out_.warnings.push_back("The phase from " + phase.start.to_string() + " rests on " +
                                std::to_string(phase.baseline) + (phase.baseline == 1 ? " point" : " points") +
                                "; its center and limits are provisional.");
    }
    return std::move(out_);
  }

  const chart_options& options_;
  period first_;
  chart_result out_;
  std::vector<phase_span> spans_;
  std::vector<bool> freezes_;
  std::vector<double> z_; ///< distance from the center in sigmas, on the scale of the limits
  std::vector<int> side_;
  std::vector<double> numerator_;
  std::vector<double> denominator_;
  std::vector<std::size_t> size_;
  std::vector<double> base_;
  std::vector<double> ranges_;
};

[[nodiscard]] inline error wrong_chart(chart_kind kind, const std::string& needs) {
  return {error_code::invalid_argument, "a " + std::string(to_string(kind)) + " chart needs " + needs};
}

} // namespace detail

COMMONWEAL_BODY chart_result control_chart(const series_view& values, const chart_options& options) {
  detail::require_finite_or_missing(values);
  switch (options.kind) {
    case chart_kind::run:
    case chart_kind::xmr:
    case chart_kind::c:
    case chart_kind::t:
    case chart_kind::g: break;
    case chart_kind::xbar_s: throw detail::wrong_chart(options.kind, "the single observations of each period");
    default: throw detail::wrong_chart(options.kind, "a numerator and a denominator");
  }
  return detail::chart_builder(values.first, values.size(), options).values(values);
}

COMMONWEAL_BODY chart_result control_chart(const series_view& numerator, const series_view& denominator,
                                           const chart_options& options) {
  detail::require_finite_or_missing(numerator, "the numerator");
  detail::require_finite_or_missing(denominator, "the denominator");
  if (options.kind == chart_kind::c || options.kind == chart_kind::t || options.kind == chart_kind::g ||
      options.kind == chart_kind::xbar_s)
    throw detail::wrong_chart(options.kind, options.kind == chart_kind::xbar_s
                                                ? "the single observations of each period"
                                                : "values without a denominator");
  if (numerator.size() != denominator.size() || (numerator.size() > 0 && numerator.first != denominator.first))
    throw error(error_code::invalid_argument, "numerator and denominator must cover the same periods");
  return detail::chart_builder(numerator.first, numerator.size(), options).ratios(numerator, denominator);
}

COMMONWEAL_BODY chart_result control_chart(const panel_matrix& observations, period first,
                                           const chart_options& options) {
  if (options.kind != chart_kind::xbar_s)
    throw detail::wrong_chart(options.kind, "one value for each period; only xbar_s takes subgroups");
  if (observations.array().isInf().any())
    throw error(error_code::invalid_data,
                "a subgroup holds an infinite value; leave the cell blank where nothing was measured");
  return detail::chart_builder(first, static_cast<std::size_t>(observations.cols()), options).subgroups(observations);
}

COMMONWEAL_BODY std::vector<chart_result> control_charts(std::span<const measured_series> all,
                                                         const chart_options& options, const executor& where) {
  std::vector<chart_result> out(all.size());
  detail::for_each_stretch(all.size(), where, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) out[i] = control_chart(all[i].values, options);
  });
  return out;
}

COMMONWEAL_BODY table chart_points(const chart_result& chart) {
  table out({{"period", column_type::period},
             {"value", column_type::float64},
             {"center", column_type::float64},
             {"lower", column_type::float64},
             {"upper", column_type::float64},
             {"sigma", column_type::float64},
             {"phase", column_type::int64},
             {"ghost", column_type::boolean}});
  for (const auto& p : chart.points) {
    using detail::number_cell;
    out.append_row({p.at, number_cell(p.value), number_cell(p.center), number_cell(p.lower), number_cell(p.upper),
                    number_cell(p.sigma), detail::count_cell(p.phase + 1), p.ghost});
  }
  for (const auto& s : chart.signals) {
    column flags(std::string(s.name), column_type::boolean);
    for (const auto f : s.at) flags.append(f != 0);
    out.add_column(std::move(flags));
  }
  return out;
}

COMMONWEAL_BODY table chart_phases(const chart_result& chart) {
  table out({{"phase", column_type::int64},
             {"start", column_type::period},
             {"end", column_type::period},
             {"counted", column_type::int64},
             {"baseline", column_type::int64},
             {"missing", column_type::int64},
             {"ghosts", column_type::int64},
             {"center", column_type::float64},
             {"mean_moving_range", column_type::float64},
             {"sigma_z", column_type::float64},
             {"mean_s", column_type::float64},
             {"dispersion", column_type::float64},
             {"overdispersed", column_type::boolean},
             {"useful", column_type::int64},
             {"longest_run", column_type::int64},
             {"longest_run_limit", column_type::int64},
             {"crossings", column_type::int64},
             {"crossings_limit", column_type::int64}});
  for (std::size_t k = 0; k < chart.phases.size(); ++k) {
    const auto& p = chart.phases[k];
    using detail::count_cell;
    using detail::number_cell;
    out.append_row({count_cell(k + 1), p.start, p.end, count_cell(p.counted), count_cell(p.baseline),
                    count_cell(p.missing), count_cell(p.ghosts), number_cell(p.center),
                    number_cell(p.mean_moving_range), number_cell(p.sigma_z), number_cell(p.mean_s),
                    number_cell(p.dispersion), p.overdispersed, count_cell(p.useful), count_cell(p.longest_run),
                    count_cell(p.longest_run_limit), count_cell(p.crossings), count_cell(p.crossings_limit)});
  }
  return out;
}

COMMONWEAL_BODY chart_suggestion suggest_chart(indicator_kind kind, const series_view& value_or_numerator,
                                               const series_view& denominator) {
  const bool has_denominator = denominator.size() > 0;
  if (kind == indicator_kind::ratio && has_denominator) {
    bool proportion = true;
    for (std::size_t i = 0; i < std::min(value_or_numerator.size(), denominator.size()); ++i)
      proportion = proportion && !(value_or_numerator.value[i] > denominator.value[i]);
    chart_suggestion out{proportion ? chart_kind::p : chart_kind::u,
                         proportion ? "a ratio whose numerator is part of its denominator is a proportion"
                                    : "a ratio whose numerator may exceed its denominator is a rate",
                         {}};
    const auto chart = control_chart(value_or_numerator, denominator, {.kind = out.kind});
    if (!chart.phases.empty() && chart.phases[0].overdispersed) {
      out.kind = proportion ? chart_kind::p_prime : chart_kind::u_prime;
      out.warning = chart.warnings.empty() ? std::string() : chart.warnings.back();
      for (const auto& w : chart.warnings)
        if (w.starts_with("The points vary")) out.warning = w;
    }
    return out;
  }
  if (kind == indicator_kind::count) {
    const auto chart = control_chart(value_or_numerator, {.kind = chart_kind::c});
    if (chart.phases.empty() || chart.phases[0].baseline == 0)
      return {chart_kind::c, "a count", "there is no value to judge by"};
    if (chart.phases[0].overdispersed) {
      chart_suggestion out{chart_kind::xmr, "a count that varies more than a Poisson distribution allows", {}};
      for (const auto& w : chart.warnings)
        if (w.starts_with("The points vary")) out.warning = w;
      return out;
    }
    if (chart.phases[0].center < 1.0)
      return {chart_kind::g, "a count of fewer than one a period is better followed by what lies between events",
              "a g chart takes the cases between events, a t chart the times, not these counts"};
    return {chart_kind::c, "a count within what a Poisson distribution allows", {}};
  }
  if (kind == indicator_kind::ratio)
    return {chart_kind::xmr, "a ratio whose numerators and denominators are not known", {}};
  return {chart_kind::xmr, "single values of a measure that is neither a count nor a ratio", {}};
}

COMMONWEAL_BODY assurance assurance_of(const chart_result& chart, double target, direction wanted) {
  if (chart.points.empty() || std::isnan(target)) return assurance::unknown;
  const auto& last = chart.points.back();
  if (std::isnan(last.lower) || std::isnan(last.upper)) return assurance::unknown;
  if (wanted == direction::up)
    return last.lower > target   ? assurance::always_met
           : last.upper < target ? assurance::never_met
                                 : assurance::hit_and_miss;
  if (wanted == direction::down)
    return last.upper < target   ? assurance::always_met
           : last.lower > target ? assurance::never_met
                                 : assurance::hit_and_miss;
  return assurance::unknown;
}

} // namespace commonweal::inline v0
