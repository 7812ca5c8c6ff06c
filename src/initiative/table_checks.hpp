// SPDX-License-Identifier: Apache-2.0
// What every table owes the schema before it is read: the columns it must have, and their types.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/field_rule.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/network/network_builder.hpp>

namespace commonweal::inline v0::detail {

/// The rows of `rows` as the schema types them: int64 becomes float64 where that is asked for, and a column of nothing
/// but nulls fits any type. False, with findings, where a required column is absent or another is of a wrong type.
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
      for (std::size_t r = 0; r < c->size(); ++r)
        if (c->is_null(r)) other.append_null();
        else other.append(static_cast<double>(c->values<std::int64_t>()[r]));
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

/// True where fit_to_schema() has nothing to do, so that a table need not be copied for it.
inline bool fits_schema(std::span<const field_rule> fields, const table& rows) {
  return std::all_of(fields.begin(), fields.end(), [&](const field_rule& f) {
    const column* c = rows.find(f.name);
    return c == nullptr ? !f.required : c->type() == f.type;
  });
}

} // namespace commonweal::inline v0::detail
