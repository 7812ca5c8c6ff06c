// SPDX-License-Identifier: Apache-2.0
// Columns of callers toward the types of the folder format, as far as nothing is guessed.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/field_rule.hpp>
#include <commonweal/core/table.hpp>

namespace commonweal::inline v0::capi {

/// The rows with columns converted where the file's field is of another type: text to numbers, booleans, days and
/// periods (a blank is null); whole numbers to text, to years, and 0 or 1 to booleans; real numbers that are all whole
/// to integers (NaN: null). What a column's type refuses is null and an error in `found`, row counted from `first_row`.
/// Other columns stay, and so does the table itself, without a copy, where nothing is converted.
[[nodiscard]] std::shared_ptr<const table> conform(std::string_view file, std::shared_ptr<const table> rows,
                                                   std::int64_t first_row, std::vector<diagnostic>& found);
/// The same toward fields that are given.
[[nodiscard]] std::shared_ptr<const table> conform(std::string_view file, std::span<const field_rule> fields,
                                                   std::shared_ptr<const table> rows, std::int64_t first_row,
                                                   std::vector<diagnostic>& found);
/// The same of a table that nobody else has: no column is copied.
[[nodiscard]] table conform(std::string_view file, table&& rows, std::int64_t first_row,
                            std::vector<diagnostic>& found);

} // namespace commonweal::inline v0::capi
