// SPDX-License-Identifier: Apache-2.0
// What a column of the folder format may hold: the row type of the schema tables.
#pragma once

#include <charconv>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include <commonweal/core/column.hpp>

namespace commonweal::inline v0 {

/// The scale that a number lies on: from one field of its row to another.
struct field_scale {
  std::string_view low = {};  ///< the field with the lowest value; 0 when blank
  std::string_view high = {}; ///< the field with the highest value
  std::string_view code = {}; ///< of the finding; blank where the number lies on no scale
  bool loads = false;         ///< a value off the scale is loaded, and check_records() tells it
};

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
  /// Beside `allowed`, this word with a number from `min` to `max` in parentheses: "percentile" allows
  /// "percentile(90)".
  std::string_view takes_number = {};
  bool above_min = false;          ///< `min` itself is out of range
  std::string_view above = {};     ///< the field of the same row that this one is greater or later than
  field_scale scale = {};          ///< of a number that is a rating or a score
  std::string_view exists_on = {}; ///< the node named exists on the day in this field, or FIELD.COLUMN of what it names
};

/// The rule of the field of that name, or nullptr.
[[nodiscard]] constexpr const field_rule* find_rule(std::span<const field_rule> rules, std::string_view name) {
  for (const auto& r : rules)
    if (r.name == name) return &r;
  return nullptr;
}

/// The number in "WORD(NUMBER)": digits and at most one decimal point, from `min` to `max`. Nothing for other texts.
[[nodiscard]] inline std::optional<double> number_after(std::string_view word, std::string_view text, double min,
                                                        double max) {
  if (word.empty() || text.size() < word.size() + 3 || !text.starts_with(word)) return std::nullopt;
  if (text[word.size()] != '(' || text.back() != ')') return std::nullopt;
  const auto number = text.substr(word.size() + 1, text.size() - word.size() - 2);
  if (number.find_first_not_of("0123456789.") != std::string_view::npos) return std::nullopt;
  double value = 0;
  const auto [end, wrong] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (wrong != std::errc{} || end != number.data() + number.size() || !(value >= min && value <= max))
    return std::nullopt;
  return value;
}

} // namespace commonweal::inline v0
