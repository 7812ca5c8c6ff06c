// SPDX-License-Identifier: Apache-2.0
// Attribute columns while a network is built: gathered from rows, completed by the schema, checked, put in order.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/field_rule.hpp>
#include <commonweal/core/table.hpp>

namespace commonweal::inline v0::detail {

/// The double that is equal to an integer, where there is one: beyond 2^53 most have none.
[[nodiscard]] inline std::optional<double> exact_double(std::int64_t value) {
  const auto nearest = static_cast<double>(value);
  // 2^63 may be nearest, and is beyond the integers it would be compared with.
  if (nearest >= 0x1p63 || static_cast<std::int64_t>(nearest) != value) return std::nullopt;
  return nearest;
}

inline void append_nulls(column& c, std::size_t rows) {
  for (; rows != 0; --rows) c.append_null();
}

/// Appends the given rows of `source` to `target`, a column of the same type.
inline void append_cells(column& target, const column& source, std::span<const std::uint32_t> rows) {
  const auto each = [&](const auto& values) {
    for (const auto r : rows) {
      if (source.is_null(r)) target.append_null();
      else target.append(values[r]);
    }
  };
  if (source.null_count() == source.size()) return append_nulls(target, rows.size());
  switch (source.type()) {
    case column_type::int64: return each(source.values<std::int64_t>());
    case column_type::float64: return each(source.values<double>());
    case column_type::utf8:
      for (const auto r : rows) {
        if (source.is_null(r)) target.append_null();
        else target.append(source.text(r));
      }
      return;
    case column_type::boolean:
      for (const auto r : rows) {
        if (source.is_null(r)) target.append_null();
        else target.append(source.values<std::uint8_t>()[r] != 0);
      }
      return;
    case column_type::date: return each(source.values<date>());
    case column_type::period: return each(source.values<period>());
  }
}

/// The fallback of a rule as a cell; null where it has none.
inline cell fallback_cell(const field_rule& rule) {
  if (rule.fallback.empty()) return std::monostate{};
  const auto* const first = rule.fallback.data();
  const auto* const last = first + rule.fallback.size();
  switch (rule.type) {
    case column_type::boolean: return rule.fallback == "true";
    case column_type::int64: {
      std::int64_t value = 0;
      std::from_chars(first, last, value);
      return value;
    }
    case column_type::float64: {
      double value = 0;
      std::from_chars(first, last, value);
      return value;
    }
    case column_type::date: return *date::parse(rule.fallback);
    case column_type::period: return *period::parse(rule.fallback);
    case column_type::utf8: break;
  }
  return rule.fallback;
}

/// Columns that lag behind the rows they belong to until something is written to them: what nobody gives costs nothing.
class attribute_store {
 public:
  /// Throws invalid_argument where a column of `rows`, but for those named in `apart`, is of another type than the
  /// schema says, or than it was in earlier rows.
  void check_types(std::span<const field_rule> rules, const table& rows, std::span<const std::string_view> apart,
                   std::string_view file) const {
    for (const auto& c : rows.columns()) {
      if (std::ranges::find(apart, c.name()) != apart.end()) continue;
      const auto* rule = find_rule(rules, c.name());
      const auto it = std::ranges::find(columns_, c.name(), &column::name);
      const auto type = rule != nullptr ? rule->type : it != columns_.end() ? it->type() : c.type();
      if (c.type() != type)
        throw error(error_code::invalid_argument, "column " + c.name() + " of " + std::string(file) +
                                                      " must be of type " + std::string(to_string(type)) + ", not " +
                                                      std::string(to_string(c.type())));
    }
  }
  /// Appends columns of `rows`, but for those named in `apart`, for the rows listed; `before` rows are there already.
  /// REQUIRES: check_types() passed.
  void append(std::span<const field_rule> rules, std::size_t before, const table& rows,
              std::span<const std::uint32_t> accepted, std::span<const std::string_view> apart) {
    for (const auto& c : rows.columns()) {
      if (std::ranges::find(apart, c.name()) != apart.end()) continue;
      auto& target = writable(rules, c.name(), c.type(), before);
      if (before == 0 && accepted.size() == c.size()) target = c;
      else append_cells(target, c, accepted);
      target.decode(); // what is kept is plain
    }
  }

  /// Throws invalid_argument, and changes nothing, where the schema has no such attribute or gives it another type.
  static cell fitting(std::span<const field_rule> rules, std::string_view name, const cell& value,
                      std::string_view file) {
    const auto* rule = find_rule(rules, name);
    if (rule == nullptr) {
      std::string have;
      for (const auto& r : rules) have += (have.empty() ? "" : ", ") + std::string(r.name);
      throw error(error_code::invalid_argument,
                  std::string(file) + " has no attribute " + std::string(name) + "; the schema has " + have);
    }
    if (rule->type == column_type::float64 && std::holds_alternative<std::int64_t>(value)) {
      const auto whole = std::get<std::int64_t>(value);
      if (const auto same = exact_double(whole)) return *same;
      throw error(error_code::invalid_argument, "attribute " + std::string(name) + " of " + std::string(file) +
                                                    " is a double, and none is equal to " + std::to_string(whole) +
                                                    "; round it, or use a larger unit");
    }
    if (value.index() != 0 && value.index() != static_cast<std::size_t>(rule->type) + 1)
      throw error(error_code::invalid_argument, "attribute " + std::string(name) + " of " + std::string(file) + " is " +
                                                    std::string(to_string(rule->type)) +
                                                    ", a value of another type was given");
    return value;
  }
  /// Sets a cell of the row being added, number `row`. REQUIRES: `value` came from fitting().
  void set(std::span<const field_rule> rules, std::string_view name, const cell& value, std::size_t row) {
    writable(rules, name, find_rule(rules, name)->type, row).append(value);
  }

  /// The table of `rows` rows: the schema's columns in order, blanks filled by their fallback, then the extras.
  [[nodiscard]] table finish(std::span<const field_rule> rules, std::size_t rows) {
    table out;
    for (const auto& rule : rules) {
      const auto it = std::ranges::find(columns_, rule.name, &column::name);
      out.add_column(
          completed(rule, it == columns_.end() ? column(std::string(rule.name), rule.type) : std::move(*it), rows));
      if (it != columns_.end()) columns_.erase(it);
    }
    for (auto& extra : columns_) {
      append_nulls(extra, rows - extra.size());
      out.add_column(std::move(extra));
    }
    columns_.clear();
    return out;
  }

 private:
  column& writable(std::span<const field_rule> rules, std::string_view name, column_type type, std::size_t before) {
    auto it = std::ranges::find(columns_, name, &column::name);
    if (it == columns_.end()) {
      const auto* rule = find_rule(rules, name);
      columns_.emplace_back(std::string(name), rule != nullptr ? rule->type : type);
      it = std::prev(columns_.end());
    }
    append_nulls(*it, before - std::min(before, it->size()));
    return *it;
  }

  static column completed(const field_rule& rule, column c, std::size_t rows) {
    if (rule.fallback.empty()) {
      append_nulls(c, rows - c.size());
      return c;
    }
    const auto fallback = fallback_cell(rule);
    if (c.null_count() == 0) {
      while (c.size() < rows) c.append(fallback);
      return c;
    }
    column filled(std::string(rule.name), rule.type);
    filled.reserve(rows);
    for (std::size_t r = 0; r < rows; ++r)
      if (r >= c.size() || c.is_null(r)) filled.append(fallback);
      else filled.append(c.at(r));
    return filled;
  }

  std::vector<column> columns_;
};

/// The rows of a table in another order, or some of them.
inline table gather(const table& source, std::span<const std::uint32_t> rows) {
  table out;
  for (const auto& c : source.columns()) {
    column picked(c.name(), c.type());
    picked.reserve(rows.size());
    append_cells(picked, c, rows);
    out.add_column(std::move(picked));
  }
  return out;
}

/// An empty table with the columns of the schema.
inline table columns_of(std::span<const field_rule> rules) { return attribute_store{}.finish(rules, 0); }

} // namespace commonweal::inline v0::detail
