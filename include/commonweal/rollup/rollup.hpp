// SPDX-License-Identifier: Apache-2.0
// Aggregation of shared indicators up the cascade. A newcomer to this room reads this header first.
#pragma once

#include <string_view>

#include <commonweal/core/table.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/network/network.hpp>
#include <commonweal/rollup/options.hpp>

namespace commonweal::inline v0 {

/// One row for each group, indicator and period, in that order of sorting (groups as in the network, then indicators, then
/// time): group utf8, indicator utf8, period period, value float64, numerator float64, denominator float64, reported
/// int64, expected int64, coverage float64, lower float64, upper float64, state utf8, structure_date date.
///
/// value is null where nothing can be said, and `state` says why: reported, missing, partial, not_expected, suppressed,
/// below_minimum_coverage, carried_forward, adjusted, zero_denominator, not_aggregable.
/// Throws invalid_argument for an unknown id, a frequency finer than the data or one that its periods do not nest in.
[[nodiscard]] table rollup(const network& net, const measures& data, const rollup_options& options = {});

/// The reporters and amounts behind one figure; they add up to it. Columns: reporter utf8, name utf8, period period (base),
/// value, numerator, denominator float64, state utf8, paths utf8 (the groups through which the reporter counts), share
/// float64 (what it adds to the figure, null for operators that do not add up).
[[nodiscard]] table explain(const network& net, const measures& data, std::string_view group, std::string_view indicator,
                            period when, const rollup_options& options = {});

} // namespace commonweal::inline v0
