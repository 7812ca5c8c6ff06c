// SPDX-License-Identifier: Apache-2.0
// What only whole tables of records show: keys that are given twice, and records that another table does not have.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <commonweal/core/cells.hpp>
#include <commonweal/measure/record_tables.hpp>
#include <commonweal/measure/records.hpp>
#include <commonweal/network/detail/field_checks.hpp>

namespace commonweal::inline v0::detail {

/// "meetings.id" in two.
[[nodiscard]] constexpr std::pair<std::string_view, std::string_view> table_and_column(std::string_view reference) {
  const auto dot = reference.find('.');
  if (dot == std::string_view::npos) return {};
  return {reference.substr(0, dot), reference.substr(dot + 1)};
}

/// Rows whose key a row before them has; `row_name(first, row)` names the first for a finding of the other.
template <class RowName, class Say>
void check_key(const record_rule& rule, const table& rows, RowName&& row_name, Say&& say) {
  const auto key_of = [&](std::size_t r, std::string_view between) {
    std::string key;
    for (const auto field : rule.key) {
      const column* c = rows.find(field);
      const field_rule& f = *find_rule(rule.fields, field);
      const bool blank = c == nullptr || c->type() != f.type || c->is_null(r);
      if (blank && f.required) return std::string();
      if (blank) continue;
      key += (key.empty() ? "" : std::string(between)) + std::string(field) + " ";
      key += c->type() == column_type::date ? c->values<date>()[r].to_string() : std::string(c->text(r));
    }
    return key;
  };
  std::unordered_map<std::string, std::size_t> first;
  for (std::size_t r = 0; !rule.key.empty() && r < rows.rows(); ++r) {
    std::string key = key_of(r, std::string_view("\0", 1));
    if (key.empty()) continue;
    const auto [it, is_new] = first.emplace(std::move(key), r);
    if (!is_new)
      say(r, severity::error, rule.key.size() == 1 ? "duplicate_id" : "duplicate_key", rule.key.front(),
          key_of(r, ", ") + " is given on " + row_name(it->second, r) + " already; " + std::string(rule.file) +
              " gives it once: keep the right row");
  }
}

/// Cells that name a record that another table does not have.
template <class Say>
void check_links(const record_rule& rule, const table& rows, const record_tables& all, Say&& say) {
  for (const auto& f : rule.fields) {
    const auto [file, field] = table_and_column(f.refers_to);
    if (file.empty()) continue;
    const table* there = find_records(all, file);
    std::unordered_set<std::string_view> known;
    for (std::size_t r = 0; there != nullptr && r < there->rows(); ++r) known.insert(text_at(*there, field, r));
    for (std::size_t r = 0; r < rows.rows(); ++r)
      if (const auto id = text_at(rows, f.name, r); !id.empty() && !known.contains(id))
        say(r, severity::error, "unknown_id", f.name,
            "no row of " + std::string(file) + " has the " + std::string(field) + " \"" + std::string(id) +
                "\"; add it there, or correct it here");
  }
}

} // namespace commonweal::inline v0::detail
