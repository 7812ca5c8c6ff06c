// SPDX-License-Identifier: Apache-2.0
// The analyses that look at reporters and parts of the whole: quality, contributions, gaps, forecasts, local measures.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include <commonweal/analyze/forecast.hpp>
#include <commonweal/analyze/reconcile.hpp>
#include <commonweal/initiative.hpp>

#include "cli/harmonize.hpp"
#include "cli/table_printer.hpp"

namespace commonweal::inline v0 {
namespace cli {

/// Which table of the quality of reports.
enum class quality_view : std::uint8_t { calls, findings, reporters, indicators, pairs };

struct more_arguments {
  std::vector<std::string> indicators, groups, reporters, days; ///< as typed
  std::string from, to, by, reference;
  std::optional<quality_view> show;
  std::optional<forecast_method> method;
  std::optional<reconciliation> reconcile;
  std::size_t top = 20;
  std::size_t horizon = 0;
  double confidence = 0.95;
  harmonize_arguments harmonized;
  output_format format = output_format::table;
};

/// A series with the words for its sentence.
struct worded_series {
  measured_series series;
  measure_words words;
  bool counts = false; ///< never below zero
};

/// Their options: --reporter, --show, --top, --method, --horizon, --reconcile, --by, --reference, --local,
/// --table.
void add_more_options(CLI::App& command, more_arguments& a);

int run_quality(const initiative& source, const more_arguments& a);
int run_contributions(const initiative& source, const more_arguments& a);
int run_gaps(const initiative& source, const more_arguments& a);
int run_forecast(const std::vector<worded_series>& all, const more_arguments& a);
/// Forecasts of groups and reporters that add up.
int run_reconciled_forecast(const initiative& source, const more_arguments& a);

} // namespace cli

template <>
struct enum_names<cli::quality_view> {
  static constexpr std::array<std::string_view, 5> values = {"calls", "findings", "reporters", "indicators", "pairs"};
};

} // namespace commonweal::inline v0
