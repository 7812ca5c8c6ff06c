// SPDX-License-Identifier: Apache-2.0
// Closed and open word lists that the literature fixes, as data with their sources.
#pragma once

#include <array>
#include <string_view>

namespace commonweal::inline v0::catalogue {

/// Sectors that the sources name (requirement F13), most general first. An initiative may add its own.
inline constexpr std::array<std::string_view, 24> sectors = {"nonprofit",
                                                             "human_services",
                                                             "government",
                                                             "federal_government",
                                                             "state_government",
                                                             "local_government",
                                                             "elected_officials",
                                                             "business",
                                                             "foundation",
                                                             "school",
                                                             "school_district",
                                                             "higher_education",
                                                             "police",
                                                             "district_attorney",
                                                             "sheriff",
                                                             "faith_based",
                                                             "media",
                                                             "parents",
                                                             "youth",
                                                             "ngo",
                                                             "multilateral",
                                                             "healthcare",
                                                             "transport",
                                                             "retail"};

/// Kinds of group in a cascade (requirements F1 to F8, C-syn; K2 to K5).
inline constexpr std::array<std::string_view, 14> group_kinds = {
    "oversight",   "sub_initiative", "working_group", "subgroup",  "functional_group", "task_force", "council",
    "secretariat", "program",        "committee",     "community", "district",         "coalition",  "network"};

/// Seats at a table (requirements F1, B4): who sits there, not who they are.
inline constexpr std::array<std::string_view, 5> seats = {"chief_executive", "senior", "delegate", "affected_person",
                                                          "other"};

/// Staff roles of a backbone (requirement H9).
inline constexpr std::array<std::string_view, 3> staff_roles = {"project_manager", "data_manager", "facilitator"};

} // namespace commonweal::inline v0::catalogue
