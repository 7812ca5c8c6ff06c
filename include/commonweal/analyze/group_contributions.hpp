// SPDX-License-Identifier: Apache-2.0
// Which of its parts moved the total of a group between two periods.
#pragma once

#include <string_view>

#include <commonweal/analyze/reading.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/measure/panel.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

/// What each direct part of a group did to the group's total of an indicator that adds up. The rows add up to the
/// change: each reporter counts once, and one that reports through several parts is shared equally among them.
/// Reporters of the group that are in none of its parts stand in a last row without an id.
///
/// Columns: group, name utf8, before, after, change, within, entry, exit, moved, share float64, reporters_before,
/// reporters_after int64, reading utf8. change = within + entry + exit + moved: of reporters heard in both periods, of
/// those heard only after (or who joined the group since), only before (or who left it), and of those who went from
/// part to part. `before` and `after` are null where nobody of the part was heard; a missing report is none of zero.
/// `share` is the part of the whole change, null when that is zero. Rows by falling size of change, ties by id.
/// Membership is that of the last day of each period. O(parts x what is below them). Throws invalid_argument for an
/// unknown group or a period outside the panel.
[[nodiscard]] table group_contributions(const network& net, const panel& data, std::string_view group, period before,
                                        period after, const measure_words& words = {});

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/group_contributions_impl.hpp>
#endif
