// SPDX-License-Identifier: Apache-2.0
// Backbone support: there, separate from the participants, staffed, with its functions covered.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <commonweal/assess/condition_options.hpp>
#include <commonweal/assess/detail/evidence.hpp>
#include <commonweal/catalogue/functions.hpp>

namespace commonweal::inline v0::detail {

/// Pieces of a list separated by semicolons, blanks around them dropped.
[[nodiscard]] inline std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = text.find(';');
    auto piece = text.substr(0, end);
    while (!piece.empty() && piece.front() == ' ') piece.remove_prefix(1);
    while (!piece.empty() && piece.back() == ' ') piece.remove_suffix(1);
    if (!piece.empty()) out.emplace_back(piece);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return out;
}

/// Functions of list I that an entry means: itself, or what an entry of another list maps to; nothing where no list has
/// it.
[[nodiscard]] inline std::vector<std::string> functions_meant(std::string_view id) {
  for (const auto& f : catalogue::functions)
    if (f.id == id) return {std::string(id)};
  for (const auto& f : catalogue::other_functions)
    if (f.what.id == id) return split_list(f.maps_to);
  return {};
}

inline std::vector<judgement> backbone_parts(const assess_input& in) {
  judgement there{.criterion = "condition.backbone_support.separate",
                  .question = "Is there a backbone, separate from the participants?",
                  .rule = "met with a backbone in force that carries out no activity or strategy itself; partly where "
                          "it takes part as well (shared or existing organizations do)",
                  .change = "a backbone takes office, or leaves the participants' work to them",
                  .source = "B5, M3; KK2011, HKK2012"};
  judgement staffed{.criterion = "condition.backbone_support.staffed",
                    .question = "Is it staffed?",
                    .scale = "roles of 3",
                    .rule = "met with project manager, data manager and facilitator in post, partly with some",
                    .change = "the roles missing are filled",
                    .source = "H9; KK2011"};
  judgement functions{.criterion = "condition.backbone_support.functions",
                      .question = "Are the six functions covered?",
                      .scale = "functions of 6",
                      .rule = "functions named by the backbones in force, of any list, mapped to the first; a backbone "
                              "that names none has all; met with six, partly with some",
                      .change = "somebody takes the functions missing",
                      .source = "C-I to C-V, F11; STEM, HKK2012, Klempin"};
  const relation& serves = in.net.edges(edge_kind::serves_as_backbone);
  std::set<std::string> covered;
  std::set<std::string> roles;
  bool separate = false;
  for (relation::row_index row = 0; row < serves.size(); ++row) {
    if (serves.validity(row).start > in.day) continue;
    const std::string line = edge_evidence(in.net, edge_kind::serves_as_backbone, row);
    if (!serves.validity(row).contains(in.day)) {
      there.evidence_against.push_back(line + " ended " + serves.validity(row).end.to_string());
      continue;
    }
    const node_ref who = in.net.node(serves.from(row));
    std::size_t work = 0;
    for (const auto k : {edge_kind::performs, edge_kind::implements})
      for_each_out(in.net, k, who, in.day, [&](node_ref, auto) { ++work; });
    separate = separate || work == 0;
    there.evidence_for.push_back(
        line + (work == 0 ? "" : ", which also carries out " + std::to_string(work) + " activities or strategies"));
    const auto named = split_list(text_at(serves.attributes(), "functions", row));
    if (named.empty())
      for (const auto& f : catalogue::functions) covered.insert(std::string(f.id));
    for (const auto& f : named)
      for (const auto& meant : functions_meant(f)) covered.insert(meant);
    for (const auto& r : split_list(text_at(serves.attributes(), "staff_roles", row))) roles.insert(r);
  }
  if (!there.evidence_for.empty()) there.verdict = separate ? verdict::met : verdict::partly;
  else if (!there.evidence_against.empty()) there.verdict = verdict::not_met;
  else there.missing = "serves_as_backbone.csv";

  if (const table* staff = find_records(in.records, "backbone_staff"))
    for (std::size_t i = 0; i < staff->rows(); ++i)
      if (span_of(*staff, i).contains(in.day)) roles.insert(std::string((*staff)["role"].text(i)));
  if (roles.empty()) {
    staffed.missing = "staff roles (backbone_staff.csv, or serves_as_backbone.csv, column staff_roles)";
  } else {
    for (const auto r : catalogue::staff_roles)
      (roles.contains(std::string(r)) ? staffed.evidence_for : staffed.evidence_against)
          .push_back("staff: " + std::string(r));
    staffed.score = static_cast<double>(staffed.evidence_for.size());
    staffed.verdict = staffed.evidence_against.empty() ? verdict::met
                      : staffed.evidence_for.empty()   ? verdict::not_met
                                                       : verdict::partly;
  }

  if (there.evidence_for.empty()) {
    functions.missing = "a backbone in force";
  } else {
    for (const auto& f : catalogue::functions)
      (covered.contains(std::string(f.id)) ? functions.evidence_for : functions.evidence_against)
          .push_back("function: " + std::string(f.id));
    functions.score = static_cast<double>(functions.evidence_for.size());
    functions.verdict = functions.evidence_against.empty() ? verdict::met
                        : functions.evidence_for.empty()   ? verdict::not_met
                                                           : verdict::partly;
  }
  return {there, staffed, functions};
}

} // namespace commonweal::inline v0::detail
