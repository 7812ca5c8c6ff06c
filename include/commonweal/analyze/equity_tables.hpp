// SPDX-License-Identifier: Apache-2.0
// Gaps, standardized rates, reversals and sums of parts as tables with a sentence in each row.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <commonweal/analyze/equity.hpp>
#include <commonweal/analyze/stratify.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

struct equity_table_options {
  std::string reference = {};          ///< stratum compared with; the one of most people in each population when blank
  std::vector<std::string> order = {}; ///< every stratum from the least to the most advantaged; blank: no slope indices
  double confidence = 0.95;
};

/// Inequality between the strata of each population.
///
/// Columns: population utf8, period (null where unknown), measure utf8, category, reference utf8, value, lower, upper
/// float64, few_events boolean, state utf8, reading utf8. A row for each stratum and measure `rate`, `gap` (rate less
/// the reference's) and `ratio` (over the reference's), then for the population `slope_index`, `relative_index` (over
/// the overall rate), `ratio_of_ends` (no interval) where an order is given, and `attributable_share`.
///
/// state: ok; no_people (nothing is known of the stratum or of all of them); zero_rate (a ratio, relative index or
/// share of nothing); too_few_parts (a slope of fewer than two strata with people). Numbers are null where state is not
/// ok. few_events: fewer than ten among those that the number rests on.
///
/// Intervals: rates by Wilson or Byar; gap by Newcombe's method 10 of them (Statistics in Medicine 17, 1998, 873-890;
/// for rates Zou and Donner, Statistics in Medicine 27, 2008, 1693-1702); ratio by the normal approximation of its
/// logarithm (Katz et al., Biometrics 34, 1978, 469-474), null where either rests on no event; slope indices and
/// attributable share by the delta method. O(cells). Throws invalid_argument for negative or non-finite counts, an
/// unknown reference, an order that does not name each stratum once, or an impossible confidence.
[[nodiscard]] table equity_table(const stratified& data, const equity_table_options& options = {});

struct standardize_options {
  /// Weights of the strata, by name. Empty: the people of all populations together.
  std::vector<std::pair<std::string, double>> standard = {};
  double confidence = 0.95;
};

/// Rates that the populations would have with one mix of strata.
///
/// Columns: population utf8, period, events, people float64, crude, crude_lower, crude_upper, standardized, lower,
/// upper (Dobson 1991), ratio float64 (standardized rate over that of all populations together with the same weights),
/// few_events boolean, state utf8 (ok, no_people, no_population: a stratum of the standard of which the population
/// holds nobody), reading utf8. O(cells). Throws invalid_argument for negative or non-finite counts and weights, a
/// weight of an unknown stratum, or weights that add up to nothing.
[[nodiscard]] table standardized_rates(const stratified& data, const standardize_options& options = {});

/// Pairs of populations whose order within the strata is not that of the whole (Simpson).
///
/// Columns: a, b utf8, period, rate_a, rate_b, difference (a - b, overall, of the strata both hold people in), strata,
/// above, below int64 (strata where a is above b, and below), reversed boolean, state utf8 (ok, nothing_in_common),
/// reading utf8. A row for each pair in the order of the populations. O(pairs x strata).
[[nodiscard]] table simpson_reversals(const stratified& data);

struct breakdown_check_options {
  std::vector<std::string> indicators = {}; ///< ids; every one when empty
  double tolerance = 0.5;                   ///< allowed a part, for figures rounded before they were sent
  bool all = false;                         ///< rows that hold and those that cannot be checked as well
};

/// Do the parts of what reporters sent add up to the whole: totals against each complete split, and crossed splits
/// against simple ones. Values of counts and amounts, numerators and denominators of ratios, weights of means; indices
/// and scores do not add up and are left out. A split is complete where every category of its dimensions that the
/// indicator knows has a part, in every combination.
///
/// Columns: reporter, name, indicator utf8, period, figure utf8 (value, numerator, denominator), whole utf8 (breakdown;
/// blank is the total), split utf8 (its dimensions), parts int64, sum, stated, difference, allowed float64, state utf8
/// (holds, differs, incomplete: a part is missing), reading utf8. By indicator, whole, split, figure, reporter, period.
/// O(cells x splits). Throws invalid_argument for an unknown indicator or a tolerance that is negative or not finite.
[[nodiscard]] table breakdown_sums(const network& net, const measures& data,
                                   const breakdown_check_options& options = {});

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/breakdown_sums_impl.hpp>
#include <commonweal/analyze/detail/equity_tables_impl.hpp>
#endif
