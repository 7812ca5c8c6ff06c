// SPDX-License-Identifier: Apache-2.0
// The series that analyses are of: figures of groups, or what reporters sent.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include <commonweal/analyze/reading.hpp>
#include <commonweal/analyze/series.hpp>
#include <commonweal/initiative.hpp>
#include <commonweal/network/named_node.hpp>

#include "answers/answer.hpp"

namespace commonweal::inline v0::answers {

/// Options that several questions have, in one wording.
namespace shared {
inline constexpr option indicator{
    .name = "indicator", .meaning = "This indicator (default: all)", .id_of = node_kind::indicator, .letter = 'i'};
inline constexpr option group{.name = "group",
                              .meaning = "This group (default: those that are part of no other)",
                              .id_of = node_kind::group,
                              .letter = 'g'};
inline constexpr option every{"every", "Aggregate over time (default: as reported)", "FREQUENCY"};
inline constexpr option from{"from", "First period, as 2024, 2024-Q1 or 2024-03"};
inline constexpr option to{"to", "Last period"};
} // namespace shared

/// Whose figures, and over which periods.
struct figures_request {
  std::vector<std::string> indicators; ///< ids; every indicator when empty
  std::vector<std::string> groups;     ///< ids; those that are part of no other when empty
  std::vector<std::string> reporters;  ///< ids of organizations or groups, instead of groups
  std::optional<frequency> every;
  std::optional<period> from, to;
  void each_option(auto&& take) {
    take(shared::indicator, indicators);
    take(shared::group, groups);
    take({.name = "reporter",
          .meaning = "Figures of this reporter instead of a group",
          .id_of = node_kind::organization},
         reporters);
    take(shared::every, every);
    take(shared::from, from);
    take(shared::to, to);
  }
};

/// One indicator of one group, or of one reporter. NaN is missing; numerators and denominators where there are any.
struct figures {
  const indicator_definition* indicator = nullptr;
  node_ref group;
  std::string name;
  period first;
  std::vector<double> value, numerator, denominator;
  [[nodiscard]] measured_series measured() const { return {name, {value, first}, indicator->direction}; }
  [[nodiscard]] measure_words words() const { return words_of(*indicator); }
};

/// The groups asked for, or those that are part of no other. Throws invalid_argument where there is none.
[[nodiscard]] std::vector<std::string> groups_or_roots(const network& net, const std::vector<std::string>& asked,
                                                       option_style style);

/// A deque: series borrow from elements that must stay where they are. Throws invalid_argument for unknown ids and
/// where nobody reported.
[[nodiscard]] std::deque<figures> figures_of(const initiative& source, const figures_request& wanted,
                                             option_style style, const teller& tell);

[[nodiscard]] std::vector<measured_series> measured(const std::deque<figures>& all);

/// The organization or group of an id. Throws invalid_argument, with what may have been meant.
[[nodiscard]] node_ref reporter_named(const network& net, const std::string& id);

} // namespace commonweal::inline v0::answers
