// SPDX-License-Identifier: Apache-2.0
// Gaps between the parts of a population: differences, ratios, slope indices, and averages that mislead.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/analyze/rate_interval.hpp>
#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/measure/panel.hpp>

namespace commonweal::inline v0 {

/// One part of the population: events among people. For ordered categories (income fifths, say), the vector's order is
/// from the least to the most advantaged.
struct population_part {
  std::string category;
  double events = 0;
  double people = 0;
};

/// How a rate of the parts is to be understood.
enum class rate_kind : std::uint8_t { proportion, events_per_exposure };
template <>
struct enum_names<rate_kind> {
  static constexpr std::array<std::string_view, 2> values = {"proportion", "events_per_exposure"};
};

struct equity_options {
  rate_kind kind = rate_kind::proportion; ///< Wilson for proportions, Byar for rates
  double factor = 1;                      ///< rates are given per this many
  std::string reference;                  ///< category compared with; the one of most people when blank
  double confidence = 0.95;
};

/// Columns: category utf8, events, people, rate, lower, upper float64, gap, ratio float64 (against the reference, whose
/// own gap is 0 and ratio 1), few_events boolean. The rate of a part without people and a ratio to a rate of zero are
/// null. Throws invalid_argument on negative or non-finite counts, more events than people in a proportion, an unknown
/// reference.
[[nodiscard]] table disparity(std::span<const population_part> parts, const equity_options& options = {});

/// A summary of inequality over ordered parts, with its interval.
struct slope_indices {
  rate_estimate slope;    ///< SII: difference of rate between the two ends of the population
  rate_estimate relative; ///< RII: SII / overall rate (Pamuk); lower and upper by the delta method
  std::optional<double>
      ratio_of_ends; ///< Kunst-Mackenbach: rate at the top / at the bottom; nothing unless both are positive
  double overall = 0;
};

/// Slope and relative index of inequality: weighted least squares of the rate on the midpoint of each part's place in
/// the population (ridit), weights the people. REQUIRES parts ordered. Throws invalid_argument with fewer than two
/// parts that hold people or when the overall rate is zero. Source: E. R. Pamuk, Population Studies 39 (1985) 17-31; J.
/// P. Mackenbach and A. E. Kunst, Soc. Sci. Med. 44 (1997) 757-771.
[[nodiscard]] slope_indices inequality_slope(std::span<const population_part> parts,
                                             const equity_options& options = {});

/// Share of all events that would not be there if every part had the rate of the reference: (overall - reference) /
/// overall. Negative where the reference is worse than the rest. Throws invalid_argument when the overall rate is zero.
[[nodiscard]] double attributable_share(std::span<const population_part> parts, const equity_options& options = {});

/// A reversal: in every stratum (or all but ties) a is above b, and yet below it overall, or the other way round.
struct simpson_finding {
  bool reversed = false;
  double overall_difference = 0;           ///< rate of a - rate of b
  std::vector<double> stratum_differences; ///< NaN never; strata that lack one side are left out
};

/// Looks for Simpson's reversal between two populations over the same strata, in the same order.
/// Source: E. H. Simpson, J. R. Stat. Soc. B 13 (1951) 238-241.
[[nodiscard]] simpson_finding simpson(std::span<const population_part> a, std::span<const population_part> b);

/// "sex=female;age=0-17" as dimension -> category, order free. Throws invalid_argument naming the piece that is not
/// dimension=category or the dimension given twice. A blank text is the total: no dimension.
[[nodiscard]] std::map<std::string, std::string, std::less<>> parse_breakdown(std::string_view text);

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/equity_impl.hpp>
#endif
