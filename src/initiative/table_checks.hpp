// SPDX-License-Identifier: Apache-2.0
// What every table owes the schema before it is read: the columns it must have, and their types.
#pragma once

#include <algorithm>
#include <cmath>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include <commonweal/core/csv.hpp>
#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/field_rule.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/core/values.hpp>
#include <commonweal/network/network_builder.hpp>

#include "core/blanks.hpp"

namespace commonweal::inline v0::detail {

/// The rows of `rows` as the schema types them: int64 becomes float64 where that is asked for (an integer that no
/// double is equal to becomes null, with the finding inexact_integer), and a column of nothing but nulls fits any type.
/// False, with findings, where a required column is absent or another is of a wrong type.
inline bool fit_to_schema(std::span<const field_rule> fields, table& rows, const origin& from, diagnostics& found) {
  bool fits = true;
  const auto refuse = [&](const char* code, std::string_view field, std::string message) {
    found.add({severity::error, code, from.file, -1, std::string(field), {}, std::move(message)});
    fits = false;
  };
  for (const auto& f : fields) {
    const column* c = rows.find(f.name);
    if (c == nullptr) {
      if (f.required)
        refuse("missing_column", f.name,
               "the file has no column " + std::string(f.name) + ", which is required; add it");
      continue;
    }
    if (c->type() == f.type) continue;
    column other(std::string(f.name), f.type);
    if (c->null_count() == c->size()) {
      for (std::size_t r = 0; r < c->size(); ++r) other.append_null();
    } else if (c->type() == column_type::int64 && f.type == column_type::float64) {
      const auto values = c->values<std::int64_t>();
      for (std::size_t r = 0; r < c->size(); ++r) {
        const auto exact = c->is_null(r) ? std::nullopt : exact_double(values[r]);
        if (exact) other.append(*exact);
        else other.append_null();
        if (!c->is_null(r) && !exact)
          found.add({severity::error,
                     std::string(to_string(value_fault::inexact_integer)),
                     from.file,
                     from.first_row + static_cast<std::int64_t>(r),
                     std::string(f.name),
                     {},
                     explain_fault(value_fault::inexact_integer, std::to_string(values[r]))});
      }
    } else {
      refuse("wrong_type", f.name,
             "the column is " + std::string(to_string(c->type())) + " where the schema has " +
                 std::string(to_string(f.type)));
      continue;
    }
    rows[f.name] = std::move(other);
  }
  return fits;
}

/// What no CSV file can hold, so that all that is loaded can be written and read again: columns without a name or of
/// one name, zero bytes, texts beyond the limit of a field, infinities in columns of the caller's own. Findings name
/// the row. O(bytes of the texts + own numbers).
inline void check_writable(std::span<const field_rule> fields, const table& rows, const origin& from,
                           diagnostics& found) {
  const auto refuse = [&](const char* code, std::int64_t row, std::string_view field, std::string message) {
    found.add({severity::error, code, from.file, row, std::string(field), {}, std::move(message)});
  };
  std::set<std::string_view> names;
  for (const auto& c : rows.columns()) {
    const auto name = trim_blanks(c.name());
    if (name.empty()) refuse("blank_header", -1, {}, "a column has no name; name it or leave it out");
    else if (!names.insert(name).second)
      refuse("duplicate_header", -1, name, "two columns are named " + std::string(name) + "; rename one");
    if (name.find('\0') != std::string_view::npos)
      refuse("nul_byte", -1, {}, "the name of a column holds a zero byte; remove it");
    const auto row_of = [&](std::size_t r) { return from.first_row + static_cast<std::int64_t>(r); };
    if (c.type() == column_type::float64) {
      if (std::any_of(fields.begin(), fields.end(), [&](const field_rule& f) { return f.name == c.name(); })) continue;
      const auto values = c.values<double>();
      for (std::size_t r = 0; r < values.size(); ++r)
        if (std::isinf(values[r]))
          refuse("infinity", row_of(r), c.name(),
                 "an infinity is not a value; leave the field blank where there is none");
    }
    if (c.type() != column_type::utf8) continue;
    constexpr std::size_t longest = csv_options{}.max_field;
    const auto& texts = c.is_coded() ? c.distinct() : c.texts();
    const bool zero = texts.bytes.find('\0') != std::string::npos;
    if (!zero && texts.bytes.size() <= longest) continue;
    for (std::size_t r = 0; r < c.size(); ++r) {
      if (zero && c.text(r).find('\0') != std::string_view::npos)
        refuse("nul_byte", row_of(r), c.name(), "the field holds a zero byte; remove it");
      if (c.text(r).size() > longest)
        refuse("field_too_long", row_of(r), c.name(),
               "the text is longer than the limit of " + std::to_string(longest) + " bytes; shorten it");
    }
  }
}

/// True where fit_to_schema() has nothing to do, so that a table need not be copied for it.
inline bool fits_schema(std::span<const field_rule> fields, const table& rows) {
  return std::all_of(fields.begin(), fields.end(), [&](const field_rule& f) {
    const column* c = rows.find(f.name);
    return c == nullptr ? !f.required : c->type() == f.type;
  });
}

} // namespace commonweal::inline v0::detail
