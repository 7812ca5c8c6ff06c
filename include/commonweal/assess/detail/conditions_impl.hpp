// SPDX-License-Identifier: Apache-2.0
// The five conditions, put together from their parts.
#pragma once

#include <commonweal/assess/conditions.hpp>
#include <commonweal/assess/detail/combine_judgements.hpp>
#include <commonweal/assess/detail/condition_activities.hpp>
#include <commonweal/assess/detail/condition_agenda.hpp>
#include <commonweal/assess/detail/condition_backbone.hpp>
#include <commonweal/assess/detail/condition_communication.hpp>
#include <commonweal/assess/detail/condition_measurement.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0 {

COMMONWEAL_BODY std::vector<judgement> assess_conditions(const assess_input& in, const condition_options& o) {
  std::vector<judgement> out;
  const auto condition = [&](const char* id, const char* question, const char* source, std::vector<judgement> parts) {
    std::vector<const judgement*> pointers;
    for (const auto& p : parts) pointers.push_back(&p);
    out.push_back(
        detail::whole(std::string("condition.") + id, question, pointers, "met where all its parts are met", source));
    for (auto& p : parts) out.push_back(std::move(p));
  };
  condition("common_agenda", "Is there a common agenda?", "B1, E; HKK2012, KK2011", detail::agenda_parts(in, o));
  condition("shared_measurement", "Is there shared measurement?", "B2, I; KK2011, HKK2012",
            detail::measurement_parts(in, o));
  condition("mutually_reinforcing_activities", "Do the activities reinforce each other?", "B3, E5, I2; KK2011",
            detail::activity_parts(in, o));
  condition("continuous_communication", "Is communication continuous?", "B4; KK2011",
            detail::communication_parts(in, o));
  condition("backbone_support", "Is there a backbone?", "B5, C, H9; KK2011, HKK2012", detail::backbone_parts(in));
  return out;
}

} // namespace commonweal::inline v0
