// SPDX-License-Identifier: Apache-2.0
// The cascade as a structure of sums, and forecasts of its groups and reporters that add up.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/analyze/forecast.hpp>
#include <commonweal/analyze/reconcile.hpp>
#include <commonweal/core/date.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

/// Groups as aggregates over reporters as bottoms, as of one day.
struct cascade_figures {
  summing_structure structure;     ///< named by id
  std::vector<node_ref> groups;    ///< of the aggregates, in the order of the network
  std::vector<node_ref> reporters; ///< of the bottoms, sorted
};

/// Which of `reporters` count in which groups on a day: the set R(g,t) of the rollup, each reporter once in a group
/// however many paths lead there. `groups`: ids; all when empty. Groups without any of them and reporters in none of
/// the groups are left out. No dense matrix is formed: O(edges + what is below each group). Throws invalid_argument for
/// an unknown group or a day that is none of the calendar's.
[[nodiscard]] cascade_figures cascade_of(const network& net, std::span<const node_ref> reporters, date as_of,
                                         std::span<const std::string> groups = {});

struct cascade_forecast_options {
  forecast_options forecast = {};
  /// wls weighs each figure by the mean square of its own one-step errors, over its own periods; mint_shrink needs
  /// periods in which every figure has one. variance is refused: there are none to give.
  reconciliation method = reconciliation::structural;
  bool non_negative = false;
  std::vector<std::string> groups = {}; ///< ids; every group when empty
  std::optional<date> as_of =
      {}; ///< structure and reports up to this day; the last with a report of the indicator when absent
  /// A reporter's gap between two values is drawn straight through, in the history of its groups only; without it a
  /// group has a value in those periods alone in which every one of its reporters has.
  bool fill_gaps = false;
};

/// Forecasts of one indicator for every group and reporter, made one by one and then reconciled so that each group is
/// the sum of its reporters.
///
/// The history of a group is that of the structure of `as_of`. A group whose history is too short has the sum of its
/// reporters' forecasts as its own (method sum_of_forecasts). Reporters without a forecast have no row, and count in no
/// group. Rows: groups, then reporters, each by period. Columns: level utf8 (group, reporter), id, name utf8, period,
/// base, value, adjustment float64 (value - base), method utf8, reporters int64 (that it is the sum of).
///
/// Throws invalid_argument for an indicator that does not add up over groups or is computed by a formula, and where
/// mint_shrink finds too few periods in which every figure has a residual.
[[nodiscard]] table reconcile_rollup(const network& net, const measures& data, indicator_id indicator,
                                     const cascade_forecast_options& options = {});

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/cascade_impl.hpp>
#endif
