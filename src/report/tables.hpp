// SPDX-License-Identifier: Apache-2.0
// The content of a report as tables.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include <commonweal/core/enum_text.hpp>
#include <commonweal/core/table.hpp>

#include "report/content.hpp"

namespace commonweal::inline v0 {
namespace report {

enum class part_of_report : std::uint8_t { summary, who, groups, goals, measures, series, scorecard, problems };

/// The rows of a part; docs/cli.md has their columns. Lists of ids are joined by "; ". `reading` says a row in the
/// words of the page.
[[nodiscard]] table report_table(const content& c, part_of_report which);
/// Why a part has no rows.
[[nodiscard]] std::string_view why_empty(part_of_report which);
/// The tables there are: name, about utf8.
[[nodiscard]] table report_table_list();

} // namespace report

template <>
struct enum_names<report::part_of_report> {
  static constexpr std::array<std::string_view, 8> values = {"summary",  "who",    "groups",    "goals",
                                                             "measures", "series", "scorecard", "problems"};
};

} // namespace commonweal::inline v0
