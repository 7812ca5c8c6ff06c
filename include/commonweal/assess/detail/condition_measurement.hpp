// SPDX-License-Identifier: Apache-2.0
// Shared measurement: a short list, at both levels, reported by participants, defined alike.
#pragma once

#include <cmath>
#include <map>
#include <set>

#include <commonweal/assess/condition_options.hpp>
#include <commonweal/assess/detail/evidence.hpp>

namespace commonweal::inline v0::detail {

inline judgement measurement_short_list(const assess_input& in, const condition_options& o) {
  judgement j{.criterion = "condition.shared_measurement.short_list",
              .question = "Is the list of shared measures short?",
              .scale = "indicators",
              .rule = "met with 1 to " + std::to_string(o.short_list) + " indicators, not met above",
              .change = "measures are dropped, or the first agreed",
              .source = "B2, I3; KK2011, HKK2012"};
  const auto n = alive(in.net, node_kind::indicator, in.day).size();
  if (n == 0) {
    j.missing = "indicators.csv";
    return j;
  }
  j.score = static_cast<double>(n);
  (n <= o.short_list ? j.evidence_for : j.evidence_against).push_back("indicators: " + std::to_string(n));
  j.verdict = n <= o.short_list ? verdict::met : verdict::not_met;
  return j;
}

inline judgement measurement_levels(const assess_input& in) {
  judgement j{.criterion = "condition.shared_measurement.levels",
              .question = "Are there measures of the community and of the participants?",
              .rule = "met with indicators of both levels, partly with one",
              .change = "an indicator of the other level is agreed",
              .source = "B2; KK2011"};
  std::set<std::string_view> levels;
  for (const node_ref i : alive(in.net, node_kind::indicator, in.day)) {
    const auto level = attribute_text(in.net, i, "level");
    if (level.empty()) continue;
    levels.insert(level);
    j.evidence_for.push_back("indicators: " + std::string(in.net.id(i)) + " at " + std::string(level) + " level");
  }
  if (levels.empty()) j.missing = "levels of the indicators (indicators.csv, column level)";
  else j.verdict = levels.size() == 2 ? verdict::met : verdict::partly;
  return j;
}

// A reporter is heard from when a panel has a value of it in a period that ended in the last twelve months.
inline std::set<node_ref> heard_from(const assess_input& in) {
  std::set<node_ref> out;
  for (const panel& p : in.data.panels)
    for (Eigen::Index c = 0; c < p.periods(); ++c) {
      const date last = p.at(c).last_day();
      if (last > in.day || last <= in.day.plus_days(-366)) continue;
      for (std::size_t r = 0; r < p.reporters.size(); ++r)
        if (!std::isnan(p.value(static_cast<Eigen::Index>(r), c))) out.insert(p.reporters[r]);
    }
  return out;
}

inline judgement measurement_reported(const assess_input& in, const condition_options& o) {
  judgement j{.criterion = "condition.shared_measurement.reported",
              .question = "Do the participants report?",
              .scale = "share 0 to 1",
              .rule = "share of the organizations expected to report that did in the last twelve months: met from " +
                      percent(o.reporting_share) + ", partly above zero",
              .change = "those listed against report",
              .source = "B2, I6; KK2011"};
  std::set<node_ref> expected;
  const relation& reports = in.net.edges(edge_kind::reports);
  for (relation::row_index row = 0; row < reports.size(); ++row)
    if (reports.validity(row).contains(in.day)) expected.insert(in.net.node(reports.from(row)));
  if (expected.empty()) // nobody is told to report: then every organization in a group is meant
    for (const node_ref org : alive(in.net, node_kind::organization, in.day))
      for_each_out(in.net, edge_kind::member_of, org, in.day, [&](node_ref, auto) { expected.insert(org); });
  if (expected.empty() || in.data.panels.empty()) {
    j.missing = expected.empty() ? "who is expected to report (reports.csv)" : "observations.csv";
    return j;
  }
  const auto heard = heard_from(in);
  std::size_t n = 0;
  for (const node_ref who : expected) {
    if (heard.contains(who)) ++n;
    else if (j.evidence_against.size() < 20)
      j.evidence_against.push_back("observations: nothing from " + std::string(in.net.name(who)));
  }
  j.score = static_cast<double>(n) / static_cast<double>(expected.size());
  j.evidence_for.push_back("observations: " + std::to_string(n) + " of " + std::to_string(expected.size()) +
                           " reported");
  j.verdict = *j.score >= o.reporting_share ? verdict::met : n > 0 ? verdict::partly : verdict::not_met;
  return j;
}

inline judgement measurement_harmonized(const assess_input& in) {
  judgement j{.criterion = "condition.shared_measurement.harmonized",
              .question = "Do all mean the same by a measure?",
              .scale = "share 0 to 1",
              .rule = "share of indicators with unit and version of the definition; met at 100 % when no local measure "
                      "maps to two shared ones at once",
              .change = "definitions are versioned, and conflicts in measure_map.csv resolved",
              .source = "I2, I4; HKK2012"};
  const auto indicators = alive(in.net, node_kind::indicator, in.day);
  if (indicators.empty()) {
    j.missing = "indicators.csv";
    return j;
  }
  std::size_t defined = 0;
  for (const node_ref i : indicators) {
    const bool ok = !attribute_text(in.net, i, "unit").empty() && !attribute_text(in.net, i, "version").empty();
    defined += ok ? 1 : 0;
    if (!ok && j.evidence_against.size() < 20)
      j.evidence_against.push_back("indicators: " + std::string(in.net.id(i)) + " lacks unit or version");
  }
  bool conflict = false;
  if (const table* map = find_records(in.records, "measure_map")) {
    std::map<std::string_view, std::string_view> target;
    for (std::size_t r = 0; r < map->rows(); ++r) {
      if (!span_of(*map, r).contains(in.day)) continue;
      const auto [it, fresh] = target.try_emplace((*map)["local"].text(r), (*map)["indicator"].text(r));
      if (fresh || it->second == (*map)["indicator"].text(r)) continue;
      conflict = true;
      j.evidence_against.push_back("measure_map: " + std::string(it->first) + " maps to " + std::string(it->second) +
                                   " and to " + std::string((*map)["indicator"].text(r)));
    }
    j.evidence_for.push_back("measure_map: " + std::to_string(target.size()) + " local measures mapped");
  }
  j.score = static_cast<double>(defined) / static_cast<double>(indicators.size());
  j.evidence_for.push_back("indicators: " + std::to_string(defined) + " of " + std::to_string(indicators.size()) +
                           " have unit and version");
  j.verdict = conflict ? verdict::not_met : defined == indicators.size() ? verdict::met : verdict::partly;
  if (!conflict && defined == 0) {
    j.verdict = verdict::unknown;
    j.missing = "units and versions of the definitions";
  }
  return j;
}

inline std::vector<judgement> measurement_parts(const assess_input& in, const condition_options& o) {
  return {measurement_short_list(in, o), measurement_levels(in), measurement_reported(in, o),
          measurement_harmonized(in)};
}

} // namespace commonweal::inline v0::detail
