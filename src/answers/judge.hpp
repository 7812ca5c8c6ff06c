// SPDX-License-Identifier: Apache-2.0
// Judgements, choices of a backbone, and the shape of the network, as the command line and the C interface answer them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/assess/assess.hpp>
#include <commonweal/assess/selection.hpp>
#include <commonweal/core/enum_text.hpp>
#include <commonweal/formats/graph_export.hpp>
#include <commonweal/initiative.hpp>
#include <commonweal/measure/last_day.hpp>
#include <commonweal/network/structure.hpp>

#include "answers/answer.hpp"

namespace commonweal::inline v0 {
namespace answers {

enum class selection_view : std::uint8_t { rank, tensions, share, uncovered, budget };
enum class structure_part : std::uint8_t {
  whole,
  nodes,
  bridges,
  mixing,
  without_backbone,
  trust,
  group_trust,
  changes
};

} // namespace answers

template <>
struct enum_names<answers::selection_view> {
  static constexpr std::array<std::string_view, 5> values = {"rank", "tensions", "share", "uncovered", "budget"};
};
template <>
struct enum_names<answers::structure_part> {
  static constexpr std::array<std::string_view, 8> values = {
      "whole", "nodes", "bridges", "mixing", "without_backbone", "trust", "group_trust", "changes"};
};

namespace answers {

/// The day that a question is about; see day_of_question().
[[nodiscard]] inline day_taken day_of(const initiative& source, std::optional<date> asked) {
  return day_of_question(source.network(), source.measures(), source.records(), asked);
}
/// The day of questions that name none. One row: day date, origin utf8 (data, named, today).
[[nodiscard]] table default_day_table(const initiative& source);

// ---- assess -------------------------------------------------------------------------------------
struct assess_request {
  static constexpr question asks{"assess", "Preconditions, conditions, backbone and phase, judged with their evidence"};
  std::optional<date> as_of, compare;
  std::vector<std::string> only;
  readiness_policy policy = readiness_policy::gate;
  std::string rubric, scheme = "three", currency = "USD";
  void each_option(auto&& take) {
    take({"as_of", "Judge on this day (default: the last day with data)"}, as_of);
    take({"compare", "What moved since this day, instead of the judgements"}, compare);
    take({.name = "only",
          .meaning = "Criteria that begin so: precondition, condition, backbone, phase, condition.common_agenda",
          .label = "LIST",
          .commas = true},
         only);
    take({"policy", "Preconditions as a gate or to cultivate"}, policy);
    take({"rubric",
          "Run this instrument instead: readiness, checklist, factors, principles, feasibility, contrast, or one of "
          "the initiative's own",
          "NAME"},
         rubric);
    take({"scheme", "Phase scheme", "NAME"}, scheme);
    take({"currency", "Currency in which money is added", "CODE"}, currency);
  }
};
[[nodiscard]] std::vector<judgement> judge(const initiative& source, const assess_request& how, date day,
                                           option_style style);
/// criterion, question utf8, from_date date, from utf8, from_score float64, to_date date, to utf8, to_score float64:
/// what moved.
[[nodiscard]] table moved(const std::vector<judgement>& then, const std::vector<judgement>& now, date earlier,
                          date later);
/// The judgements, or what moved.
[[nodiscard]] table assess_table(const initiative& source, const assess_request& how, const asked& by = {});
/// Months that the first two phases may take. One row: low, high float64 (months), arithmetic utf8.
[[nodiscard]] table duration_table(const initiative& source, date day);

struct lint_request {
  static constexpr question asks{"lint", "Strategies, groups, measures and partners whose links are missing", false};
  std::optional<date> as_of;
  void each_option(auto&& take) { take({"as_of", "Links on this day (default: the last day with data)"}, as_of); }
};

// ---- select -------------------------------------------------------------------------------------
struct select_request {
  static constexpr question asks{"select", "Candidates for the backbone ranked, tensions, functions shared, budget",
                                 false};
  selection_view show = selection_view::rank;
  weights weight;
  std::uint64_t seed = 1;
  std::optional<date> deadline;
  double coordination_cost = 0;
  std::optional<date> as_of;
  void each_option(auto&& take) {
    take({"show", "Which table", "TABLE"}, show);
    take({"weight", "Rank: weight of a criterion (default: all alike)", "CRITERION=NUMBER"}, weight);
    take({"seed", "Rank: seed of the random weightings that test how firm it is", "SEED"}, seed);
    take({"deadline", "Rank: day by which to decide"}, deadline);
    take({.name = "coordination_cost",
          .meaning = "Share: cost of each organization after the first",
          .label = "COST",
          .least = 0},
         coordination_cost);
    take({"as_of", "Budget: its day (default: the last day with data)"}, as_of);
  }
};
[[nodiscard]] answer select(const initiative& source, const select_request& how, const asked& by = {});

// ---- structure ----------------------------------------------------------------------------------
struct structure_request {
  static constexpr question asks{"structure", "Density, centrality, bridges, mixing, trust, and what falls apart"};
  structure_part show = structure_part::whole;
  std::optional<node_kinds> node;
  std::optional<edge_kinds> edge;
  std::optional<date> as_of, compare;
  structure_options paths;
  void each_option(auto&& take) {
    take({"show", "Which table", "TABLE"}, show);
    take({.name = "node",
          .meaning = "Kind of node (default: person,organization,group)",
          .label = "KIND",
          .commas = true},
         node);
    take({.name = "edge",
          .meaning = "Kind of edge that is a tie (default: communicates_with,member_of)",
          .label = "KIND",
          .commas = true},
         edge);
    take({"as_of", "Ties in force on this day (default: the last day with data)"}, as_of);
    take({"compare", "Changes: the earlier day"}, compare);
    take({"sources", "Whole, nodes: estimate paths from this many nodes; 0: from all", "N"}, paths.sources);
    take({"seed", "Whole, nodes: seed of drawing them", "SEED"}, paths.seed);
  }
};
[[nodiscard]] table structure(const initiative& source, const structure_request& how, const asked& by = {});

struct export_request {
  static constexpr question asks{"export", "The typed graph for Graphviz, Gephi, networkx or igraph", false};
  graph_format format = graph_format::dot;
  std::optional<node_kinds> node;
  std::optional<edge_kinds> edge;
  std::optional<date> as_of;
  void each_option(auto&& take) {
    take({"format", "Form of the file"}, format);
    take({.name = "node", .meaning = "Kind of node (default: all)", .label = "KIND", .commas = true}, node);
    take({.name = "edge", .meaning = "Kind of edge (default: all)", .label = "KIND", .commas = true}, edge);
    take({"as_of", "Nodes and edges in force on this day (default: of all time)"}, as_of);
  }
  [[nodiscard]] views::selection selected() const {
    return {.edges = edge.value_or(edge_kinds::all()), .as_of = as_of, .nodes = node.value_or(node_kinds::all())};
  }
};

} // namespace answers
} // namespace commonweal::inline v0
