// SPDX-License-Identifier: Apache-2.0
// Who moved the aggregate: differences of two rates, and changes of sums and ratios by reporter.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <commonweal/core/table.hpp>
#include <commonweal/measure/panel.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

/// A category seen in two populations: events and people of each.
struct rate_pair {
  std::string category;
  double events_a = 0;
  double people_a = 0;
  double events_b = 0;
  double people_b = 0;
};

/// Kitagawa's parts of the gap rate_b - rate_a; they add up to it.
struct rate_decomposition {
  struct part {
    std::string category;
    double rate_effect = 0;        ///< mean share x difference of rates
    double composition_effect = 0; ///< mean rate x difference of shares
  };
  double rate_a = 0;
  double rate_b = 0;
  double gap = 0;
  double rate_effect = 0;
  double composition_effect = 0;
  /// The three-fold form at the weights and rates of a; its parts add up to the gap as well.
  double rate_effect_at_a = 0;
  double composition_effect_at_a = 0;
  double interaction = 0;
  std::vector<part> parts;
};

/// Splits the difference of two rates into what differs within categories and what differs in their mix.
///
/// A category that one population lacks has no rate there; the other's rate stands in, so that all it does is
/// composition. Throws invalid_argument on negative or non-finite counts and when a population is empty. O(categories).
/// Source: E. M. Kitagawa, JASA 50 (1955) 1168-1194.
[[nodiscard]] rate_decomposition decompose_rates(std::span<const rate_pair> categories);

/// Columns: category utf8, rate_effect, composition_effect, total float64; last row "(all)".
[[nodiscard]] table to_table(const rate_decomposition& d);

/// What each reporter did to a total between two periods.
///
/// Columns: reporter utf8, name utf8, before, after float64, entry, exit, within float64, share float64. A reporter
/// heard only after has entered, only before has exited, in both changed within; a missing report is none of zero. For
/// sums entry + exit + within over all rows is the change of the total; `share` is that part of it (null when it is
/// zero). Rows by falling size of effect, ties by reporter; reporters missing in both are left out. `reporters` are
/// rows of the panel to look at, all when empty. Throws invalid_argument when a period lies outside the panel.
[[nodiscard]] table contributions(const network& net, const panel& data, period before, period after,
                                  std::span<const Eigen::Index> reporters = {});

/// The same for a ratio of sums, by Kitagawa over the reporters heard in both periods.
///
/// Columns: reporter utf8, name utf8, rate_before, rate_after float64, rate_effect, composition_effect, entry, exit
/// float64. All four add up to the change of the ratio: entry and exit are what the ratio of all reporters differs from
/// that of those in both, after and before, shared out among those who entered or left by their part of the
/// denominator.
[[nodiscard]] table ratio_contributions(const network& net, const panel& data, double factor, period before,
                                        period after, std::span<const Eigen::Index> reporters = {});

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/decompose_impl.hpp>
#endif
