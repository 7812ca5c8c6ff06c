// SPDX-License-Identifier: Apache-2.0
// The linkage lint: does every strategy link to the agenda, to shared measures and to the others, and is every
// group, measure and partner where the cascade needs it?
#pragma once

#include <array>
#include <string_view>

#include <commonweal/core/date.hpp>
#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/measure/record_tables.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

/// One rule of the lint: what it finds, how to fix it, and who asks for it.
struct lint_rule {
  std::string_view id;
  commonweal::severity severity;
  std::string_view finding; ///< completes "NAME ..."
  std::string_view mend;
  std::string_view requirement;
};

inline constexpr std::array<lint_rule, 16> lint_rules = {{
    {"strategy_without_goal", severity::error, "advances no goal of the common agenda",
     "add a row to advances.csv from the strategy to a goal", "E7"},
    {"strategy_without_measure", severity::error, "is seen by no shared measure",
     "add a row to measured_by.csv from the strategy to an indicator", "E7"},
    {"strategy_without_peer", severity::error, "is linked to no other strategy",
     "add a row to reinforces.csv that joins it to the strategy it strengthens or needs", "E7"},
    {"strategy_without_lead", severity::warning, "has no lead partner",
     "mark one row of implements.csv for it with lead = true", "F9"},
    {"group_without_oversight", severity::error, "is under no oversight group",
     "add a row to part_of.csv that leads up to a group of kind oversight", "F1, F5"},
    {"working_group_without_strategy", severity::warning, "pursues no strategy",
     "add a row to pursues.csv from the group to its strategy", "F2"},
    {"working_group_without_measure", severity::warning, "moves no shared measure",
     "add a row to measured_by.csv for the group or for the strategy it pursues", "F6"},
    {"group_plans_unlinked_measure", severity::warning, "has an action plan for a measure that nothing links it to",
     "add a row to measured_by.csv for the group or for the strategy it pursues, or correct action_plans.csv", "F6"},
    {"group_outlives_strategy", severity::warning, "pursues only strategies that have ended",
     "end the group, or give it the strategy it pursues now", "F7"},
    {"sub_initiative_without_oversight", severity::warning, "has no oversight group of its own",
     "add a group of kind oversight as part_of it", "F8"},
    {"sub_initiative_without_backbone", severity::warning, "has no backbone of its own",
     "add a row to serves_as_backbone.csv", "F8"},
    {"measure_nobody_reports", severity::warning, "is reported by nobody",
     "add reports.csv rows for those expected to report it, or drop the measure", "B2"},
    {"partner_in_no_group", severity::warning, "takes part in no group",
     "add a row to member_of.csv, or end its other edges", "F5, F12"},
    {"partner_without_agreement", severity::warning, "reports without an agreement on sharing data in force",
     "add a row of kind data_sharing to agreements.csv, or correct its days", "I9"},
    {"oversight_not_cross_sector", severity::warning, "has members of fewer than two sectors",
     "seat leaders of other sectors, or fill in the sector of its members", "F1"},
    {"oversight_without_affected_people", severity::note, "seats nobody whom the issue touches",
     "seat a person with seat = affected_person", "F1"},
}};

/// Every finding on one day, in the order of the rules, then of the nodes.
///
/// Columns: rule utf8, severity utf8, kind utf8, id utf8, name utf8, finding utf8, mend utf8, requirement utf8,
/// date date. Empty where all links hold. Nodes not alive on `day` are not asked about. `data` tells which indicators
/// were ever reported, and by whom; `records` the action plans and agreements. Agreements are missed only where there
/// is one on sharing data. O(nodes + edges + reporters + action plans + agreements).
[[nodiscard]] table lint(const network& net, const measures& data, date day, const record_tables& records = {});

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/assess/detail/lint_impl.hpp>
#endif
