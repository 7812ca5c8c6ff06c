// SPDX-License-Identifier: Apache-2.0
// The five conditions of collective impact, judged from agreements, frameworks, measures, activities, meetings and
// backbones.
#pragma once

#include <string>
#include <vector>

#include <commonweal/assess/condition_options.hpp>
#include <commonweal/assess/judgement.hpp>

namespace commonweal::inline v0 {

/// The five conditions (B1 to B5), each as a whole and by its parts, such as condition.common_agenda.agreement.
/// Only what holds on the day of `in` counts; meetings are those of the twelve months before. O(nodes + edges +
/// records).
[[nodiscard]] std::vector<judgement> assess_conditions(const assess_input& in, const condition_options& options = {});

/// Which activity can move which indicator, or serves which strategy: the map that makes reinforcement visible (I2).
///
/// Columns: activity, activity_name, column_id (indicator or strategy), via utf8 ("direct" or the strategy through
/// which), performers utf8 (ids joined by "; "). One row for each pair linked on the day.
[[nodiscard]] table activity_indicator_matrix(const network& net, date day);
[[nodiscard]] table activity_strategy_matrix(const network& net, date day);

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/assess/detail/conditions_impl.hpp>
#endif
