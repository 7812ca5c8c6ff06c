// SPDX-License-Identifier: Apache-2.0
// Common agenda: agreement on primary goals, framework, revision, boundaries.
#pragma once

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include <commonweal/assess/condition_options.hpp>
#include <commonweal/assess/detail/evidence.hpp>
#include <commonweal/assess/detail/framework.hpp>
#include <commonweal/catalogue/conditions.hpp>

namespace commonweal::inline v0::detail {

struct rating {
  double value; ///< share of its scale; 1 where only the fact of endorsing is told
  std::string dimension;
  node_ref who;
};

// Participants must agree on primary goals, and need not on every dimension: disagreement is listed, never averaged
// away.
inline judgement agenda_agreement(const assess_input& in, const condition_options& o) {
  judgement j{.criterion = "condition.common_agenda.agreement",
              .question = "Do participants agree on the primary goals?",
              .scale = "share 0 to 1, lowest of the primary goals",
              .rule = "share of those asked who rate the goal at " + percent(o.endorsing_rating) +
                      " of the scale or more: met where every primary goal reaches " + percent(o.endorsed_share) +
                      ", partly where every one reaches half",
              .change = "those listed against come to agree",
              .source = "B1; KK2011"};
  const relation& endorses = in.net.edges(edge_kind::endorses);
  const table& a = endorses.attributes();
  double lowest = std::numeric_limits<double>::infinity();
  std::size_t goals = 0;
  for (const node_ref goal : alive(in.net, node_kind::goal, in.day)) {
    const auto* primary = in.net.attributes(node_kind::goal).find("primary");
    if (primary != nullptr && !primary->is_null(goal.index) &&
        !flag_at(in.net.attributes(node_kind::goal), "primary", goal.index))
      continue;
    ++goals;
    std::set<node_ref> asked, agreeing;
    std::map<std::string, std::pair<double, double>> spread;
    for_each_in(in.net, edge_kind::endorses, goal, in.day, [&](node_ref who, auto row) {
      const auto value = number_at(a, "rating", row);
      const auto best = number_at(a, "scale_max", row);
      const std::string dimension(text_at(a, "dimension", row));
      const double share = value && best && *best > 0 ? *value / *best : 1.0;
      if (dimension.empty()) {
        asked.insert(who);
        if (share >= o.endorsing_rating) agreeing.insert(who);
        else
          j.evidence_against.push_back(edge_evidence(in.net, edge_kind::endorses, row) + " rates it " + percent(share));
      } else {
        auto [it, fresh] = spread.try_emplace(dimension, share, share);
        it->second = {std::min(it->second.first, share), std::max(it->second.second, share)};
      }
    });
    for (const auto& [dimension, ends] : spread)
      if (ends.second - ends.first >= o.dispute_spread)
        j.evidence_against.push_back("endorses: on " + std::string(in.net.name(goal)) + ", dimension " + dimension +
                                     ", ratings reach from " + percent(ends.first) + " to " + percent(ends.second));
    if (asked.empty()) {
      j.missing += (j.missing.empty() ? "endorsements of " : ", ") + std::string(in.net.name(goal));
      continue;
    }
    const double share = static_cast<double>(agreeing.size()) / static_cast<double>(asked.size());
    lowest = std::min(lowest, share);
    j.evidence_for.push_back("endorses: " + std::to_string(agreeing.size()) + " of " + std::to_string(asked.size()) +
                             " agree on " + std::string(in.net.name(goal)));
  }
  if (goals == 0) j.missing = "goals.csv: a primary goal";
  if (std::isinf(lowest)) return j;
  j.score = lowest;
  j.verdict = lowest >= o.endorsed_share && j.missing.empty() ? verdict::met
              : lowest >= 0.5                                 ? verdict::partly
                                                              : verdict::not_met;
  return j;
}

inline judgement agenda_framework(const assess_input& in) {
  judgement j{.criterion = "condition.common_agenda.framework",
              .question = "Has the strategic action framework its five components?",
              .scale = "components of 5",
              .rule = "met with all five, partly with some",
              .change = "the components missing are agreed",
              .source = "E3; HKK2012"};
  const framework f = framework_until(in);
  if (f.components.empty()) {
    j.missing = "agenda.csv";
    return j;
  }
  // A revision that states only what changed leaves the other components as they were.
  std::set<std::string> have;
  for (const auto& [day, components] : f.components) have.insert(components.begin(), components.end());
  for (const auto& c : catalogue::framework_components)
    (have.contains(std::string(c.id)) ? j.evidence_for : j.evidence_against).push_back("agenda: " + std::string(c.id));
  j.score = static_cast<double>(j.evidence_for.size());
  j.verdict = j.evidence_against.empty() ? verdict::met : verdict::partly;
  return j;
}

inline judgement agenda_revised(const assess_input& in, const condition_options& o) {
  judgement j{.criterion = "condition.common_agenda.revised",
              .question = "Is the framework kept alive?",
              .scale = "months since the last version",
              .rule = "met when the last version is at most " + short_number(o.revision_months) +
                      " months old, not met otherwise",
              .change = "a new version is agreed",
              .source = "E6; HKK2012"};
  const framework f = framework_until(in);
  if (f.components.empty()) {
    j.missing = "agenda.csv";
    return j;
  }
  const date last = f.components.rbegin()->first;
  j.score = months(last, in.day);
  j.evidence_for.push_back("agenda: " + std::to_string(f.versions.size()) + " versions, the last of " +
                           last.to_string());
  j.verdict = *j.score <= o.revision_months ? verdict::met : verdict::not_met;
  return j;
}

inline judgement agenda_boundaries(const assess_input& in) {
  judgement j{.criterion = "condition.common_agenda.boundaries",
              .question = "Is it drawn what is inside and what is outside?",
              .rule = "met with items on both sides in force, partly with one side",
              .change = "the other side is written down",
              .source = "E1, E2; HKK2012"};
  const table* t = find_records(in.records, "boundaries");
  if (t == nullptr) {
    j.missing = "boundaries.csv";
    return j;
  }
  bool inside = false;
  bool outside = false;
  for (std::size_t i = 0; i < t->rows(); ++i) {
    if (!span_of(*t, i).contains(in.day)) continue;
    const bool is_in = (*t)["side"].text(i) == "in";
    (is_in ? inside : outside) = true;
    j.evidence_for.push_back("boundaries: " + std::string((*t)["item"].text(i)) + (is_in ? " is in" : " is out"));
  }
  if (!inside && !outside) j.missing = "boundaries in force on " + in.day.to_string();
  else j.verdict = inside && outside ? verdict::met : verdict::partly;
  return j;
}

inline std::vector<judgement> agenda_parts(const assess_input& in, const condition_options& o) {
  return {agenda_agreement(in, o), agenda_framework(in), agenda_revised(in, o), agenda_boundaries(in)};
}

} // namespace commonweal::inline v0::detail
