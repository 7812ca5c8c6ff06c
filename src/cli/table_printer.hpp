// SPDX-License-Identifier: Apache-2.0
// Prints any table for a person, as CSV or as JSON.
#pragma once

#include <array>
#include <iosfwd>
#include <string_view>

#include <commonweal/core/enum_text.hpp>
#include <commonweal/core/table.hpp>

#include "report/style.hpp"

namespace commonweal::inline v0 {
namespace cli {

enum class output_format : std::uint8_t { table, csv, json };

/// table: aligned columns, numbers to the right and by their decimal points, shortened to six significant digits, nulls
/// blank. Where the width is limited, columns without any value are left out first, then those that say the same in
/// every row, the widest first (both are named below), then long text is cut; a table that still does not fit runs
/// over. Columns that answer the question are never left out (report/column_role.hpp). csv: RFC 4180 with line feeds,
/// every number in its shortest exact form, nulls blank. json: an array of one object a row, nulls null; NaN, which
/// JSON cannot say, is null too. Throws io where the stream refuses.
void print(std::ostream& out, const commonweal::table& rows, output_format format, const report::style& look);

} // namespace cli

template <>
struct enum_names<cli::output_format> {
  static constexpr std::array<std::string_view, 3> values = {"table", "csv", "json"};
};

} // namespace commonweal::inline v0
