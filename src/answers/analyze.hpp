// SPDX-License-Identifier: Apache-2.0
// Every analysis by its name: what `commonweal analyze` and cw_analyze answer.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/analyze/analyze.hpp>
#include <commonweal/analyze/forecast.hpp>
#include <commonweal/analyze/reconcile.hpp>
#include <commonweal/core/enum_text.hpp>
#include <commonweal/initiative.hpp>

#include "answers/answer.hpp"
#include "answers/figures.hpp"

namespace commonweal::inline v0 {
namespace answers {

enum class analysis : std::uint8_t {
  trend,
  card,
  target,
  chart,
  summary,
  forecast,
  quality,
  contributions,
  group_contributions,
  gaps,
  equity,
  standardized,
  reversals,
  breakdowns,
  harmonize
};
/// Which table of the quality of reports.
enum class quality_view : std::uint8_t { calls, findings, reporters, indicators, pairs };
/// Which table of local measures made shared.
enum class harmonize_view : std::uint8_t { report, observations, lineage, matches };

/// Options of all analyses; each takes those that concern it.
struct analyze_request {
  figures_request of;
  std::vector<date> days; ///< card: as of each; others: as of one; parts of a population take none
  double confidence = 0.95;
  double flat = 0.0; ///< card
  std::optional<trend_test> test;
  std::optional<card_basis> basis;
  std::optional<path_kind> path; ///< target
  std::optional<chart_kind> chart;
  std::vector<rule_set> rules; ///< chart
  std::vector<period> phases, ghosts;
  std::optional<period> freeze;
  bool screen = false; ///< chart: drop unusual moving ranges
  bool phase_table = false;
  std::optional<forecast_method> method;
  std::optional<reconciliation> reconcile;
  std::size_t horizon = 0;
  quality_view quality = quality_view::calls;
  std::size_t top = 0;            ///< calls; 0: all
  std::string by, reference;      ///< gaps, equity, standardized, reversals: dimension, and the part compared with
  std::string compare;            ///< equity, standardized, reversals: dimension of the populations; groups when blank
  std::vector<std::string> order; ///< equity: every part from the least to the most advantaged
  std::vector<std::pair<std::string, double>> standard; ///< standardized: weights of the parts; people when empty
  double tolerance = 0.5;                               ///< breakdowns
  bool all = false;                                     ///< breakdowns: also what holds
  harmonize_view local = harmonize_view::report;
  const table* local_observations = nullptr; ///< harmonize: reporter, local utf8, period, value float64, breakdown utf8
  const table* local_words = nullptr; ///< the same rows with name and unit as text; null: the observations themselves
  bool sentences = true;              ///< readings are wanted
  speaker who = speaker::library;
};

/// Columns: docs/cli.md. Throws invalid_argument, invalid_data for records that cannot be used, cancelled.
[[nodiscard]] answer analyze(const initiative& source, analysis what, const analyze_request& how,
                             const progress& tell = {});

// ---- the parts of it ----------------------------------------------------------------------------
[[nodiscard]] answer trend_answer(const std::deque<figures>& all, const analyze_request& how, const teller& tell);
[[nodiscard]] answer card_answer(const std::deque<figures>& all, const analyze_request& how);
[[nodiscard]] answer target_answer(const initiative& source, const std::deque<figures>& all, const analyze_request& how,
                                   const teller& tell);
[[nodiscard]] answer chart_answer(const std::deque<figures>& all, const analyze_request& how);
[[nodiscard]] answer forecast_answer(const std::deque<figures>& all, const analyze_request& how, const teller& tell);
[[nodiscard]] answer reconciled_forecast_answer(const initiative& source, const analyze_request& how);
[[nodiscard]] answer quality_answer(const initiative& source, const analyze_request& how);
[[nodiscard]] answer contributions_answer(const initiative& source, const analyze_request& how);
[[nodiscard]] answer group_contributions_answer(const initiative& source, const analyze_request& how);
[[nodiscard]] answer gaps_answer(const initiative& source, const analyze_request& how);
/// equity, standardized and reversals.
[[nodiscard]] answer equity_answer(const initiative& source, analysis what, const analyze_request& how);
[[nodiscard]] answer harmonize_answer(const initiative& source, const analyze_request& how);

} // namespace answers

template <>
struct enum_names<answers::analysis> {
  static constexpr std::array<std::string_view, 15> values = {"trend",     "card",          "target",
                                                              "chart",     "summary",       "forecast",
                                                              "quality",   "contributions", "group_contributions",
                                                              "gaps",      "equity",        "standardized",
                                                              "reversals", "breakdowns",    "harmonize"};
};
template <>
struct enum_names<answers::quality_view> {
  static constexpr std::array<std::string_view, 5> values = {"calls", "findings", "reporters", "indicators", "pairs"};
};
template <>
struct enum_names<answers::harmonize_view> {
  static constexpr std::array<std::string_view, 4> values = {"report", "observations", "lineage", "matches"};
};

} // namespace commonweal::inline v0
