// SPDX-License-Identifier: Apache-2.0
// Aggregation of shared indicators up the cascade. A newcomer to this room reads this header first, then
// docs/rollup-semantics.md.
#pragma once

#include <string_view>

#include <commonweal/core/table.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/network/network.hpp>
#include <commonweal/rollup/figure_cube.hpp>
#include <commonweal/rollup/options.hpp>

namespace commonweal::inline v0 {

/// The figures of groups. R(g,t), the reporters of group g in base period t, are the organizations and groups that
/// reach g by member_of and part_of edges all in force in t, g itself among them; each counts once, however many paths
/// lead to g. An edge is in force on the days of its own on which both of its nodes exist. Persons do not report.
///
/// One row for each group, indicator and period, in that order of sorting (groups as in the network, then indicators,
/// then time): group utf8, indicator utf8, period period, value float64, numerator float64, denominator float64,
/// reported int64, expected int64, coverage float64, lower float64, upper float64, state utf8, structure_date date.
///
/// `value` is null where nothing can be said, and `state` says why: see figure_state. `numerator` and `denominator` are
/// there for ratios and weighted means, where value = factor x numerator / denominator. `reported` and `expected` count
/// reports (reporter x base period). `lower` and `upper` bound the number of distinct people in a sum that counts
/// people and are null elsewhere. `structure_date` is `as_of`, or the last day of the period, or under `first_day` the
/// first day of its last base period. An indicator without any value has rows where `from` and `to` say which.
///
/// The same bits whatever the order of rows: sums are exact and rounded once, ties between reporters go by id.
/// Throws invalid_argument for an unknown id, a frequency finer than the data or one that its periods do not nest in, a
/// policy or operator that does not fit the indicator, or (answer_too_large) an answer of more than 2,097,152 rows and
/// 128 for each node, edge and report; invalid_data for a formula that cannot be computed; cancelled where `progress`
/// said so. O(groups x (what is below them x changes of structure + reporters x base periods)). Source: DESIGN.md,
/// rollup contract.
[[nodiscard]] table rollup(const network& net, const measures& data, const rollup_options& options = {});
/// The same figures, typed: rollup() is their to_table().
[[nodiscard]] figure_cube rollup_figures(const network& net, const measures& data, const rollup_options& options = {});

/// The reporters and amounts behind one figure, of a group or of a union in the options; they add up to it.
///
/// One row for each report that came or was expected. Columns: reporter utf8, name utf8, period period (base), value,
/// numerator, denominator float64 (as reported), state utf8 (reported, missing, suppressed, not_expected,
/// carried_forward, or incomplete: a value without the parts its operator needs), paths utf8 (the groups through which
/// the reporter counts, from its own up: "team > council; task-force > council"), share float64 (what the report adds
/// to the figure; null for operators that do not add up), indicator utf8. The exact sum of the shares, rounded once, is
/// the figure's value; the numerators and denominators of a ratio of sums add up to the figure's own in the same way. A
/// figure under `adjusted` has one more row without a reporter: what the scaling adds. The rows of a formula are those
/// of the indicators it needs, without shares; a formula computed for each reporter has, before them, one row a
/// reporter with its result.
[[nodiscard]] table explain(const network& net, const measures& data, std::string_view group,
                            std::string_view indicator, period when, const rollup_options& options = {});

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/rollup/detail/explain_impl.hpp>
#include <commonweal/rollup/detail/rollup_impl.hpp>
#endif
