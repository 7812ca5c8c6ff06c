// SPDX-License-Identifier: Apache-2.0
// Single cells of tables whose columns may be absent: attributes of nodes and edges, and records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <commonweal/core/table.hpp>

namespace commonweal::inline v0 {

/// The text of a cell; blank where the column is absent or of another type, or the cell is null. O(columns), as all
/// here.
[[nodiscard]] inline std::string_view text_at(const table& rows, std::string_view column, std::size_t row) {
  const auto* c = rows.find(column);
  return c == nullptr || c->type() != column_type::utf8 ? std::string_view{} : c->text(row);
}
/// `otherwise` where there is none.
[[nodiscard]] inline bool flag_at(const table& rows, std::string_view column, std::size_t row, bool otherwise = false) {
  const auto* c = rows.find(column);
  if (c == nullptr || c->type() != column_type::boolean || c->is_null(row)) return otherwise;
  return c->values<std::uint8_t>()[row] != 0;
}
[[nodiscard]] inline std::optional<double> number_at(const table& rows, std::string_view column, std::size_t row) {
  const auto* c = rows.find(column);
  if (c == nullptr || c->type() != column_type::float64 || c->is_null(row)) return std::nullopt;
  return c->values<double>()[row];
}
[[nodiscard]] inline std::optional<date> date_at(const table& rows, std::string_view column, std::size_t row) {
  const auto* c = rows.find(column);
  if (c == nullptr || c->type() != column_type::date || c->is_null(row)) return std::nullopt;
  return c->values<date>()[row];
}

} // namespace commonweal::inline v0
