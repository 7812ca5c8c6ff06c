// SPDX-License-Identifier: Apache-2.0
// From an aggregate to a figure: the missing-report policy and the state.
#pragma once

#include <algorithm>
#include <cmath>

#include <commonweal/measure/indicator.hpp>
#include <commonweal/rollup/detail/aggregator.hpp>
#include <commonweal/rollup/figure.hpp>
#include <commonweal/rollup/options.hpp>

namespace commonweal::inline v0::detail {

/// True where completeness may scale the figure: what is missing is missing from a sum.
[[nodiscard]] inline bool scales_with_completeness(const stages& s, const operator_result& a) {
  return s.need == cell_need::value && rules_of(s.over_groups).adds_up &&
         (rules_of(s.over_time).adds_up || a.base_periods == 1);
}

[[nodiscard]] inline figure apply_policy(const operator_result& a, const stages& s,
                                         const indicator_definition& definition, const rollup_options& options) {
  figure f;
  f.reported = a.reported;
  f.expected = a.expected;
  const auto without_value = [&f](figure_state state) {
    f.state = state;
    return f;
  };
  if (a.expected == 0) return without_value(figure_state::not_expected);
  if (a.reported == 0 && a.carried == 0) {
    if (a.incomplete > 0) return without_value(figure_state::not_aggregable);
    return without_value(a.suppressed > 0 ? figure_state::suppressed : figure_state::missing);
  }
  const bool complete = a.reported == a.expected;
  if (options.missing == missing_policy::all_or_nothing && !complete)
    return without_value(figure_state::below_minimum_coverage);
  if (options.missing == missing_policy::minimum_coverage && f.coverage() < options.minimum_coverage)
    return without_value(figure_state::below_minimum_coverage);
  switch (a.made) {
    case outcome::value: break;
    case outcome::nothing: return without_value(figure_state::missing);
    case outcome::not_aggregable: return without_value(figure_state::not_aggregable);
    case outcome::out_of_range: return without_value(figure_state::out_of_range);
    case outcome::zero_denominator:
      f.numerator = a.result.numerator;
      f.denominator = a.result.denominator;
      return without_value(figure_state::zero_denominator);
  }
  double value = a.result.value;
  f.state = complete && !a.left_out ? figure_state::reported : figure_state::partial;
  if (a.carried > 0) f.state = figure_state::carried_forward;
  if (options.missing == missing_policy::adjusted && !complete && scales_with_completeness(s, a)) {
    const double c = f.coverage();
    const bool enough = c >= options.minimum_coverage;
    if (enough) value *= 1 + options.adjustment * (1 / c - 1);
    f.state = enough ? figure_state::adjusted : figure_state::not_adjusted;
    if (std::isinf(value)) return without_value(figure_state::out_of_range);
  }
  f.value = value;
  f.numerator = a.result.numerator;
  f.denominator = a.result.denominator;
  if (definition.counts_people && !std::isnan(a.lower)) {
    f.lower = std::min(a.lower, value) + 0.0;
    f.upper = std::isnan(a.upper) ? value : std::max(a.upper, value);
  }
  return f;
}

} // namespace commonweal::inline v0::detail
