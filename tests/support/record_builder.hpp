// SPDX-License-Identifier: Apache-2.0
// Record tables for tests, with the columns and types that the schema states.
#pragma once

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/core/interval.hpp>
#include <commonweal/measure/record_tables.hpp>
#include <commonweal/measure/records.hpp>

namespace commonweal::test {

using record = std::initializer_list<std::pair<std::string_view, cell>>;

/// A table of the record kind `file`; fields not named are null. Booleans, dates and numbers must be of the schema's
/// type.
inline table records_of(std::string_view file, std::initializer_list<record> rows) {
  for (const auto& rule : schema::record_rules) {
    if (rule.file != file) continue;
    table t;
    for (const auto& f : rule.fields) t.add_column(std::string(f.name), f.type);
    for (const auto& row : rows) {
      std::vector<cell> cells(rule.fields.size());
      for (const auto& [name, value] : row) {
        std::size_t at = 0;
        while (at < rule.fields.size() && rule.fields[at].name != name) ++at;
        if (at == rule.fields.size()) throw std::invalid_argument("no field " + std::string(name));
        cells[at] = value;
      }
      t.append_row(cells);
    }
    return t;
  }
  throw std::invalid_argument("no record table " + std::string(file));
}

inline date day(std::string_view text) { return date::parse(text).value(); }
inline interval span(std::string_view from, std::string_view to) { return {day(from), day(to)}; }

} // namespace commonweal::test
