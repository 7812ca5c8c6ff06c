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
#include <commonweal/initiative.hpp>
#include <commonweal/measure/last_day.hpp>
#include <commonweal/network/structure.hpp>

#include "answers/answer.hpp"

namespace commonweal::inline v0 {
namespace answers {

/// The day that a question is about; see day_of_question().
[[nodiscard]] inline day_taken day_of(const initiative& source, std::optional<date> asked) {
  return day_of_question(source.network(), source.measures(), source.records(), asked);
}
/// The day of questions that name none. One row: day date, origin utf8 (data, named, today).
[[nodiscard]] table default_day_table(const initiative& source);

// ---- assess -------------------------------------------------------------------------------------
struct assess_request {
  std::optional<date> as_of;     ///< as day_of() when absent
  std::optional<date> compare;   ///< what moved since this day, instead of the judgements
  std::vector<std::string> only; ///< criteria that begin so
  std::optional<readiness_policy> policy;
  std::string rubric;   ///< this instrument instead
  std::string scheme;   ///< of phases; three when blank
  std::string currency; ///< USD when blank
  speaker who = speaker::library;
};
[[nodiscard]] std::vector<judgement> judge(const initiative& source, const assess_request& how, date day);
/// criterion, question utf8, from_date date, from utf8, from_score float64, to_date date, to utf8, to_score float64:
/// what moved.
[[nodiscard]] table moved(const std::vector<judgement>& then, const std::vector<judgement>& now, date earlier,
                          date later);
/// The judgements, or what moved.
[[nodiscard]] table assess_table(const initiative& source, const assess_request& how, const progress& tell = {});
/// Months that the first two phases may take. One row: low, high float64 (months), arithmetic utf8.
[[nodiscard]] table duration_table(const initiative& source, date day);

// ---- select -------------------------------------------------------------------------------------
enum class selection_view : std::uint8_t { rank, tensions, share, uncovered, budget };
struct select_request {
  selection_options rank;
  double coordination_cost = 0;
  std::optional<date> as_of; ///< budget; as day_of() when absent
  speaker who = speaker::library;
};
[[nodiscard]] answer select(const initiative& source, selection_view what, const select_request& how);

// ---- structure ----------------------------------------------------------------------------------
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
struct structure_request {
  std::optional<edge_kinds> edges; ///< ties between partners when absent: who is in touch, who sits together
  std::optional<node_kinds> nodes; ///< persons, organizations and groups when absent
  std::optional<date> as_of;       ///< as day_of() when absent
  std::optional<date> compare;
  structure_options paths;
  speaker who = speaker::library;
};
[[nodiscard]] table structure(const initiative& source, structure_part what, const structure_request& how,
                              const progress& tell = {});

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

} // namespace commonweal::inline v0
