// SPDX-License-Identifier: Apache-2.0
// Run charts and control charts: center, limits, and signals by named rule sets.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/analyze/chart_constants.hpp>
#include <commonweal/analyze/series.hpp>
#include <commonweal/core/executor.hpp>

namespace commonweal::inline v0 {

/// run: median, no limits. xmr: individual values, sigma from the mean moving range. p, u: proportions and rates, sigma
/// from the binomial and the Poisson distribution; p_prime, u_prime: the same widened by the variation between periods
/// (Laney, Quality Engineering 14, 2002). c: counts. xbar_s: means of subgroups, with their standard deviations.
/// t: times between rare events, on the scale x^(1/3.6) (Nelson 1994). g: cases between rare events (Benneyan 2001).
/// Formulas: Montgomery, Introduction to Statistical Quality Control, chapters 6 and 7; constants in
/// chart_constants.hpp.
enum class chart_kind : std::uint8_t { run, xmr, p, p_prime, u, u_prime, c, xbar_s, t, g };
template <>
struct enum_names<chart_kind> {
  static constexpr std::array<std::string_view, 10> values = {"run",     "xmr", "p",      "p_prime", "u",
                                                              "u_prime", "c",   "xbar_s", "t",       "g"};
};

/// Sets of rules as published; they are reported side by side, never mixed.
///
/// shewhart: 1 a point beyond the limits (Shewhart 1931).
/// anhoej: shift, a run about the center longer than round(log2 n) + 3; crossings, fewer than the 5 % quantile of the
///   binomial with n - 1 trials (Anhoej and Olesen, PLoS ONE 9, 2014; n counts the points off the center). Shift marks
///   the points of the runs, crossings every useful point of the phase.
/// western_electric (Handbook, 1956): 1 beyond the limits, 2 two of three beyond two sigma on one side, 3 four of five
///   beyond one sigma on one side, 4 eight in a row on one side.
/// nelson (J. Quality Technology 16, 1984): 1 beyond the limits, 2 nine in a row on one side, 3 six in a row rising or
///   falling, 4 fourteen in a row alternating, 5 two of three beyond two sigma, 6 four of five beyond one sigma, 7
///   fifteen in a row within one sigma, 8 eight in a row beyond one sigma on either side.
/// nhs (NHS England, Making Data Count): 1 beyond the limits, 2 seven in a row on one side, 3 seven in a row rising or
///   falling, 4 two of three between two sigma and the limit, the three on one side.
enum class rule_set : std::uint8_t { shewhart, anhoej, western_electric, nelson, nhs };
template <>
struct enum_names<rule_set> {
  static constexpr std::array<std::string_view, 5> values = {"shewhart", "anhoej", "western_electric", "nelson", "nhs"};
};
/// The set of that name; throws invalid_argument listing the names there are.
[[nodiscard]] rule_set rule_set_named(std::string_view name);

/// A stretch with a center and limits of its own, up to the next phase. Where `freeze_until` is given the limits come
/// from the periods up to it and are carried on over the rest of the phase.
struct chart_phase {
  period start;
  std::optional<period> freeze_until = std::nullopt;
};

struct chart_options {
  chart_kind kind = chart_kind::xmr;
  /// Which sets to report; where absent anhoej for a run chart and western_electric for a chart with limits.
  std::optional<std::vector<rule_set>> rules = std::nullopt;
  /// In the order of time; what lies before the first is a phase of its own. Empty: one phase.
  std::vector<chart_phase> phases = {};
  std::vector<period> ghosts = {}; ///< points that are plotted and not counted: not in limits, not in rules
  bool screen_moving_ranges =
      false;           ///< drop ranges above 3.267 times their mean once (Nelson 1982): NHS on, others off
  double factor = 1.0; ///< p and u are given times this: 100 for percent, 1000 for a rate per thousand
};

/// One point. Missing numbers: `value` where nothing was measured (or a denominator is zero); `lower`, `upper`, `sigma`
/// for run charts and where there are too few points; `sigma` for t charts, whose scale is curved.
struct chart_point {
  period at;
  double value = missing_value;
  double center = missing_value;
  double lower = missing_value; ///< three sigma, cut at what is possible: 0, and factor for p
  double upper = missing_value;
  double sigma = missing_value;
  std::size_t phase = 0;
  bool ghost = false;
};

/// What one rule found: a flag for each point that takes part.
struct rule_signals {
  rule_set set = rule_set::shewhart;
  std::string_view name; ///< "nelson_3"
  std::string_view meaning;
  std::vector<std::uint8_t> at;
  [[nodiscard]] std::size_t count() const;
};

struct chart_phase_result {
  period start;
  period end;
  std::size_t counted = 0;  ///< points with a value that are no ghosts
  std::size_t baseline = 0; ///< of them, those the limits rest on
  std::size_t missing = 0;
  std::size_t ghosts = 0;
  double center = missing_value;
  double mean_moving_range = missing_value; ///< xmr, t (on its scale); of standardized values for p_prime and u_prime
  double sigma_z = missing_value;           ///< p and u, plain or prime: Laney's sigma of the standardized values
  double mean_s = missing_value;            ///< xbar_s
  double dispersion = missing_value;        ///< p, u, c: variance over what the distribution allows; 1 is as assumed
  bool overdispersed = false;               ///< by chi-squared at 99.9 %
  std::size_t useful = 0;                   ///< points off the center (the median for g)
  std::size_t longest_run = 0;
  std::size_t longest_run_limit = 0; ///< longer than this is a signal
  std::size_t crossings = 0;
  std::size_t crossings_limit = 0; ///< fewer than this is a signal
};

struct chart_result {
  chart_kind kind = chart_kind::xmr;
  std::vector<chart_point> points;
  std::vector<chart_point> spread; ///< the moving ranges of xmr, the standard deviations of xbar_s; else empty
  std::vector<chart_phase_result> phases;
  std::vector<rule_signals> signals;
  std::vector<std::string> warnings; ///< sentences: overdispersion, few points, periods left out

  [[nodiscard]] bool any_signal() const;
  [[nodiscard]] bool signals_at(std::size_t point) const;
  /// The signals of one rule; throws invalid_argument when it was not asked for.
  [[nodiscard]] const rule_signals& rule(std::string_view name) const;
};

/// A chart of values: run, xmr, c, t, g.
///
/// Missing periods have no point; moving ranges are taken only between neighboring periods that both count, runs go on
/// over a gap. A point on the center is on neither side: it ends a run, but for the Anhoej rules, which leave it out.
/// O(n log n). Throws invalid_argument for a kind that needs other data, unknown or overlapping phases, a freeze or a
/// ghost beyond the data; invalid_data for infinities and for negative counts or times.
[[nodiscard]] chart_result control_chart(const series_view& values, const chart_options& options = {});

/// A chart of numerator over denominator: p, p_prime, u, u_prime; also run and xmr, of the ratio.
/// A period whose denominator is missing or zero has no point, and a warning says how many. Otherwise as above;
/// invalid_data also where a numerator of p exceeds its denominator.
[[nodiscard]] chart_result control_chart(const series_view& numerator, const series_view& denominator,
                                         const chart_options& options);

/// A chart of subgroups: xbar_s. Shape: observations x periods (a panel's values: reporters are the observations). A
/// period with a single observation has a mean and neither standard deviation nor limits. Equal sizes: the mean of the
/// standard deviations; unequal: weighted, Montgomery 6.30 and 6.31.
[[nodiscard]] chart_result control_chart(const panel_matrix& observations, period first, const chart_options& options);

/// The chart of each series, in their order, where the caller wants them run; the same options and errors as of one.
[[nodiscard]] std::vector<chart_result> control_charts(std::span<const measured_series> all,
                                                       const chart_options& options = {}, const executor& where = {});

/// One row for each point: period, value, center, lower, upper, sigma, phase (from 1), ghost, then one boolean column
/// for each rule, by its name.
[[nodiscard]] table chart_points(const chart_result& chart);
/// One row for each phase, with the columns of chart_phase_result.
[[nodiscard]] table chart_phases(const chart_result& chart);

/// Which chart fits an indicator, why, and what to beware of.
struct chart_suggestion {
  chart_kind kind = chart_kind::xmr;
  std::string reason;
  std::string warning; ///< blank when there is none
};
/// By the indicator's kind: count c (g where fewer than one a period), ratio p or u, anything else xmr. Where the data
/// varies more than its distribution allows, so that p, u or c would flag nearly everything, the suggestion is p_prime,
/// u_prime or xmr and the warning says so. `denominator` is empty for indicators without one.
[[nodiscard]] chart_suggestion suggest_chart(indicator_kind kind, const series_view& value_or_numerator,
                                             const series_view& denominator = {});

/// A target against the limits of the latest phase (NHS assurance): met or failed whatever chance does, or hit and
/// miss.
enum class assurance : std::uint8_t { always_met, hit_and_miss, never_met, unknown };
template <>
struct enum_names<assurance> {
  static constexpr std::array<std::string_view, 4> values = {"always_met", "hit_and_miss", "never_met", "unknown"};
};
[[nodiscard]] assurance assurance_of(const chart_result& chart, double target, direction wanted);

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/chart_impl.hpp>
#endif
