// SPDX-License-Identifier: Apache-2.0
// Mutually reinforcing activities: differentiated, coordinated, a portfolio without gaps.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include <commonweal/assess/condition_options.hpp>
#include <commonweal/assess/detail/evidence.hpp>
#include <commonweal/assess/detail/matrix.hpp>

namespace commonweal::inline v0::detail {

[[nodiscard]] inline bool reinforces_any(const network& net, node_ref n, date day) {
  bool any = false;
  const auto look = [&](node_ref, auto) { any = true; };
  for_each_out(net, edge_kind::reinforces, n, day, look);
  for_each_in(net, edge_kind::reinforces, n, day, look);
  return any;
}

inline judgement activities_differentiated(const assess_input& in) {
  judgement j{.criterion = "condition.mutually_reinforcing_activities.differentiated",
              .question = "Does each do what it does best, rather than all the same?",
              .rule = "overlap: two activities of one kind for one strategy by different actors that do not reinforce "
                      "each other; met without overlaps, partly while fewer than half of the activities overlap",
              .change = "the overlaps listed are divided up or joined",
              .source = "B3; KK2011"};
  const auto activities = alive(in.net, node_kind::activity, in.day);
  std::map<std::pair<node_ref, std::string_view>, std::vector<node_ref>> same;
  bool any_kind = false;
  for (const node_ref a : activities) {
    const auto kind = attribute_text(in.net, a, "kind");
    any_kind = any_kind || !kind.empty();
    if (!kind.empty())
      for (const node_ref s : strategies_served(in.net, a, in.day)) same[{s, kind}].push_back(a);
  }
  if (!any_kind) {
    j.missing = activities.empty() ? "activities.csv" : "kinds of the activities (activities.csv, column kind)";
    return j;
  }
  std::set<node_ref> overlapping;
  for (const auto& [key, group] : same)
    for (std::size_t a = 0; a < group.size(); ++a)
      for (std::size_t b = a + 1; b < group.size(); ++b) {
        const auto who_a = performers_of(in.net, group[a], in.day);
        const auto who_b = performers_of(in.net, group[b], in.day);
        if (who_a == who_b || (reinforces_any(in.net, group[a], in.day) && reinforces_any(in.net, group[b], in.day)))
          continue;
        overlapping.insert(group[a]);
        overlapping.insert(group[b]);
        j.evidence_against.push_back("activities: " + std::string(in.net.name(group[a])) + " and " +
                                     std::string(in.net.name(group[b])) + ", both " + std::string(key.second) +
                                     " for " + std::string(in.net.name(key.first)));
      }
  j.evidence_for.push_back("activities: " + std::to_string(activities.size() - overlapping.size()) + " of " +
                           std::to_string(activities.size()) + " do not overlap");
  j.verdict = overlapping.empty()                          ? verdict::met
              : 2 * overlapping.size() < activities.size() ? verdict::partly
                                                           : verdict::not_met;
  return j;
}

inline judgement activities_coordinated(const assess_input& in, const condition_options& o) {
  judgement j{.criterion = "condition.mutually_reinforcing_activities.coordinated",
              .question = "Are they coordinated by one plan?",
              .scale = "share 0 to 1",
              .rule = "share of activities and strategies that reinforce another or are reinforced: met from " +
                      percent(o.linked_share) + ", partly above zero",
              .change = "links are made and recorded (reinforces.csv)",
              .source = "B3, E7; KK2011"};
  std::size_t all = 0;
  std::size_t linked = 0;
  for (const auto kind : {node_kind::activity, node_kind::strategy})
    for (const node_ref n : alive(in.net, kind, in.day)) {
      ++all;
      if (reinforces_any(in.net, n, in.day)) ++linked;
      else if (j.evidence_against.size() < 20)
        j.evidence_against.push_back("reinforces: nothing with " + std::string(in.net.name(n)));
    }
  if (all < 2 || in.net.edges(edge_kind::reinforces).size() == 0) {
    j.evidence_against.clear();
    j.missing = all < 2 ? "activities and strategies" : "reinforces.csv";
    return j;
  }
  j.score = static_cast<double>(linked) / static_cast<double>(all);
  j.evidence_for.push_back("reinforces: " + std::to_string(linked) + " of " + std::to_string(all) + " linked");
  j.verdict = *j.score >= o.linked_share ? verdict::met : linked > 0 ? verdict::partly : verdict::not_met;
  return j;
}

inline judgement activities_cover(const assess_input& in) {
  judgement j{.criterion = "condition.mutually_reinforcing_activities.cover",
              .question = "Does every strategy and every measure have an activity?",
              .scale = "share 0 to 1",
              .rule = "share of strategies and indicators that some activity serves: met at 100 %, partly above zero",
              .change = "activities are found for the gaps listed",
              .source = "B3, I2; HKK2012"};
  std::set<std::string_view> served;
  const table by_strategy = activity_strategy_matrix(in.net, in.day);
  const table by_indicator = activity_indicator_matrix(in.net, in.day);
  for (const table* t : {&by_strategy, &by_indicator})
    for (std::size_t i = 0; i < t->rows(); ++i) served.insert((*t)["column_id"].text(i));
  std::size_t all = 0;
  std::size_t have = 0;
  for (const auto kind : {node_kind::strategy, node_kind::indicator})
    for (const node_ref n : alive(in.net, kind, in.day)) {
      ++all;
      if (served.contains(in.net.id(n))) ++have;
      else if (j.evidence_against.size() < 20)
        j.evidence_against.push_back("gap: no activity for " + std::string(to_string(kind)) + " " +
                                     std::string(in.net.name(n)));
    }
  if (all == 0 || served.empty()) { // activities that link to nothing tell of no gap: their links are not recorded
    j.evidence_against.clear();
    j.missing = all == 0 ? "strategies and indicators"
                         : "what each activity serves (implements.csv, advances.csv or measured_by.csv)";
    return j;
  }
  j.score = static_cast<double>(have) / static_cast<double>(all);
  j.evidence_for.push_back("activities: serve " + std::to_string(have) + " of " + std::to_string(all) +
                           " strategies and indicators");
  j.verdict = have == all ? verdict::met : have > 0 ? verdict::partly : verdict::not_met;
  return j;
}

inline judgement activities_portfolio(const assess_input& in) {
  judgement j{.criterion = "condition.mutually_reinforcing_activities.portfolio",
              .question = "Are there early wins and long-term change in the portfolio?",
              .rule = "met with strategies of short and of long horizon, partly with one of them",
              .change = "a strategy of the other horizon is taken up",
              .source = "E5; HKK2012"};
  std::set<std::string_view> horizons;
  for (const node_ref s : alive(in.net, node_kind::strategy, in.day)) {
    const auto h = attribute_text(in.net, s, "horizon");
    if (h.empty()) continue;
    horizons.insert(h);
    j.evidence_for.push_back("strategies: " + std::string(in.net.name(s)) + " is " + std::string(h) + "-term");
  }
  if (horizons.empty()) j.missing = "horizons of the strategies (strategies.csv, column horizon)";
  else j.verdict = horizons.size() == 2 ? verdict::met : verdict::partly;
  return j;
}

inline std::vector<judgement> activity_parts(const assess_input& in, const condition_options& o) {
  return {activities_differentiated(in), activities_coordinated(in, o), activities_cover(in), activities_portfolio(in)};
}

} // namespace commonweal::inline v0::detail
