// SPDX-License-Identifier: Apache-2.0
// Judgements that explain themselves. A newcomer to this room reads this header first.
//
// preconditions.hpp  champion, resources, urgency, history; months that organizing may take
// conditions.hpp     the five conditions, part by part
// scorecard.hpp      the backbone's functions by 27 signs
// phases.hpp         which phase the evidence supports
// rubric.hpp         instruments of the field, or a community's own
// lint.hpp           links of strategies, groups, measures and partners
// selection.hpp      choosing a backbone, or sharing its functions
// budget.hpp         what it costs, against what it coordinates and raises
// check.hpp          records that cannot be right
#pragma once

#include <iterator>
#include <vector>

#include <commonweal/assess/budget.hpp>
#include <commonweal/assess/check.hpp>
#include <commonweal/assess/conditions.hpp>
#include <commonweal/assess/judgement.hpp>
#include <commonweal/assess/lint.hpp>
#include <commonweal/assess/phases.hpp>
#include <commonweal/assess/preconditions.hpp>
#include <commonweal/assess/rubric.hpp>
#include <commonweal/assess/scorecard.hpp>
#include <commonweal/assess/selection.hpp>

namespace commonweal::inline v0 {

struct assess_options {
  precondition_options preconditions;
  condition_options conditions;
  scorecard_options backbone;
  budget_options budget;
  std::string scheme = "three"; ///< phase scheme
};

/// Every judgement of an initiative on a day: preconditions, conditions, backbone, phases, in this order.
/// Throws invalid_argument for an unknown scheme and for posts whose cost or currency cannot be used.
[[nodiscard]] inline std::vector<judgement> assess(const assess_input& in, const assess_options& o = {}) {
  std::vector<judgement> out = assess_preconditions(in, o.preconditions);
  const auto add = [&out](std::vector<judgement> more) {
    out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  };
  add(assess_conditions(in, o.conditions));
  add(assess_backbone(in, o.backbone));
  add(assess_budget(in, o.budget));
  add(assess_phases(in, find_scheme(in.records, o.scheme)));
  return out;
}

} // namespace commonweal::inline v0
