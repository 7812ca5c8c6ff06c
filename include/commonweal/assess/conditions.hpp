// SPDX-License-Identifier: Apache-2.0
// The five conditions of collective impact, judged from agreements, frameworks, measures, activities, meetings and backbones.
#pragma once

#include <string>
#include <vector>

#include <commonweal/assess/judgement.hpp>

namespace commonweal::inline v0 {

/// Thresholds. Where the literature states no figure the default is ours, and the rule of each judgement shows it.
struct condition_options {
  double endorsed_share = 0.8;   ///< of those asked, for each primary goal (B1: all must agree)
  double endorsing_rating = 0.6; ///< of its scale, from which a rating counts as agreeing
  double dispute_spread = 0.5;   ///< of the scale between lowest and highest rating, from which a dimension is listed as disputed
  double revision_months = 36;   ///< a framework older than this without revision is stale (E6: revised every two to three years)
  std::size_t short_list = 34;   ///< most indicators that still make a short list (B2, I3; J1: the longest list praised has 34)
  double reporting_share = 0.75; ///< of participants that report
  double linked_share = 0.5;     ///< of activities and strategies that reinforce another
  double monthly_days = 31;      ///< between meetings (B4: monthly or biweekly)
  double rarely_days = 92;
  double seat_share = 0.75;      ///< of attendances by chief executives themselves (B4)
  double lapse_share = 0.1;      ///< of expected attendances skipped or delegated (B4: not acceptable)
  double facilitated_share = 0.5;
  double independent_share = 0.5; ///< of ties that do not run through the backbone (C.27 2.3)
};

/// The five conditions (B1 to B5), each as a whole and by its parts, such as condition.common_agenda.agreement.
/// Only what holds on the day of `in` counts; meetings are those of the twelve months before. O(nodes + edges + records).
[[nodiscard]] std::vector<judgement> assess_conditions(const assess_input& in, const condition_options& options = {});

/// Which activity can move which indicator, or serves which strategy: the map that makes reinforcement visible (I2).
///
/// Columns: activity, activity_name, column_id (indicator or strategy), via utf8 ("direct" or the strategy through which), performers
/// utf8 (ids joined by "; "). One row for each pair linked on the day.
[[nodiscard]] table activity_indicator_matrix(const network& net, date day);
[[nodiscard]] table activity_strategy_matrix(const network& net, date day);

} // namespace commonweal::inline v0

#include <commonweal/assess/detail/conditions_impl.hpp>
