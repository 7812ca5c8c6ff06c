// SPDX-License-Identifier: Apache-2.0
// commonweal analyze harmonize: local observations by the measure_map of the initiative.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <commonweal/initiative.hpp>

#include "cli/table_printer.hpp"

namespace commonweal::inline v0 {
namespace cli {

/// Which table of local measures made shared.
enum class harmonize_view : std::uint8_t { report, observations, lineage, matches };

struct harmonize_arguments {
  std::string local; ///< CSV file
  std::optional<harmonize_view> show;
  output_format format = output_format::table;
};

int run_harmonize(const initiative& source, const harmonize_arguments& a);

} // namespace cli

template <>
struct enum_names<cli::harmonize_view> {
  static constexpr std::array<std::string_view, 4> values = {"report", "observations", "lineage", "matches"};
};

} // namespace commonweal::inline v0
