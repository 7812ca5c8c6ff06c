// SPDX-License-Identifier: Apache-2.0
// Named, typed columns of equal length: what every input becomes and every answer is.
#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/core/column.hpp>

namespace commonweal::inline v0 {

/// A table owns its columns; their order and names are part of its meaning.
///
/// Rows are 0-based. Copying copies the data; a const table may be read from any number of threads.
///
///     table t({{"group", column_type::utf8}, {"value", column_type::float64}});
///     t.append_row({"council", 12.5});
///     double v = t["value"].values<double>()[0];
class table {
 public:
  table() = default;
  table(std::initializer_list<std::pair<std::string_view, column_type>> columns) {
    for (const auto& [name, type] : columns) add_column(std::string(name), type);
  }

  [[nodiscard]] std::size_t rows() const { return columns_.empty() ? 0 : columns_.front().size(); }
  [[nodiscard]] std::size_t column_count() const { return columns_.size(); }
  [[nodiscard]] const std::vector<column>& columns() const { return columns_; }
  /// Templates, so that `t[0]` is the first column and not the one named by a null pointer.
  [[nodiscard]] const column& operator[](std::integral auto i) const { return columns_[static_cast<std::size_t>(i)]; }
  [[nodiscard]] column& operator[](std::integral auto i) { return columns_[static_cast<std::size_t>(i)]; }

  /// The column of that name, or nullptr.
  [[nodiscard]] const column* find(std::string_view name) const {
    for (const auto& c : columns_)
      if (c.name() == name) return &c;
    return nullptr;
  }
  /// The column of that name; throws invalid_argument naming the columns there are.
  [[nodiscard]] const column& operator[](std::string_view name) const;
  [[nodiscard]] column& operator[](std::string_view name) { return const_cast<column&>(std::as_const(*this)[name]); }
  [[nodiscard]] const column& operator[](const char* name) const { return (*this)[std::string_view(name)]; }
  [[nodiscard]] column& operator[](const char* name) { return (*this)[std::string_view(name)]; }

  column& add_column(std::string name, column_type type) { return add_column(column(std::move(name), type)); }
  /// Throws invalid_argument when the name is taken or the length differs from the rows there are.
  column& add_column(column c);

  /// One cell a column, in their order; `std::monostate{}` is null. Throws invalid_argument, and leaves the
  /// table as it was, when the number or a type does not fit.
  void append_row(std::initializer_list<cell> cells) { append_row(cells.begin(), cells.size()); }
  void append_row(const std::vector<cell>& cells) { append_row(cells.data(), cells.size()); }

  void reserve(std::size_t rows) {
    for (auto& c : columns_) c.reserve(rows);
  }
  void clear_rows() {
    for (auto& c : columns_) c.clear();
  }

  friend bool operator==(const table&, const table&) = default;

 private:
  void append_row(const cell* cells, std::size_t count);

  std::vector<column> columns_;
};

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/core/detail/table_impl.hpp>
#endif
