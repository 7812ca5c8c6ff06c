// SPDX-License-Identifier: Apache-2.0
// What a column of the folder format may hold: the row type of the schema tables.
#pragma once

#include <limits>
#include <span>
#include <string_view>

#include <commonweal/core/column.hpp>

namespace commonweal::inline v0 {

/// One column: its name, type, unit, range, default and meaning, and who asks for it.
///
/// A required field may not be blank; an optional one that is blank or absent takes `fallback` (text in the
/// folder's own notation) or, where that is blank too, is null.
struct field_rule {
  std::string_view name;
  column_type type = column_type::utf8;
  bool required = false;
  std::string_view unit = {};
  std::string_view fallback = {};                 ///< taken where the field is blank or absent
  std::span<const std::string_view> allowed = {}; ///< a closed list of values; empty means any
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  std::string_view meaning = {};
  std::string_view source = {}; ///< requirement ids, or the standard it comes from
  bool open_list = false;       ///< `allowed` is advice: another value is a warning, not an error
  /// What the field names by id: kinds of node separated by |, "any" for a node of any kind, or "TABLE.COLUMN" for the
  /// records of another table; blank where it names nothing.
  std::string_view refers_to = {};
};

} // namespace commonweal::inline v0
