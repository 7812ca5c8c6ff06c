// SPDX-License-Identifier: Apache-2.0
// Bodies of table.hpp.
#pragma once

#include <utility>

#include <commonweal/core/linkage.hpp>
#include <commonweal/core/table.hpp>

namespace commonweal::inline v0 {

COMMONWEAL_BODY const column& table::operator[](std::string_view name) const {
  if (const auto* c = find(name)) return *c;
  std::string have;
  for (const auto& c : columns_) have += (have.empty() ? "" : ", ") + c.name();
  throw error(error_code::invalid_argument, "no column " + std::string(name) + "; the columns are " + have);
}

COMMONWEAL_BODY column& table::add_column(column c) {
  if (find(c.name()) != nullptr)
    throw error(error_code::invalid_argument, "the table already has a column " + c.name());
  if (!columns_.empty() && c.size() != rows())
    throw error(error_code::invalid_argument, "column " + c.name() + " has another length than the table");
  columns_.push_back(std::move(c));
  return columns_.back();
}

COMMONWEAL_BODY void table::append_row(const cell* cells, std::size_t count) {
  if (count != columns_.size()) throw error(error_code::invalid_argument, "a row needs one cell for each column");
  for (std::size_t i = 0; i < count; ++i)
    if (cells[i].index() != 0 && cells[i].index() != static_cast<std::size_t>(columns_[i].type()) + 1)
      throw error(error_code::invalid_argument, "the cell for column " + columns_[i].name() + " is of another type");
  for (std::size_t i = 0; i < count; ++i) columns_[i].append(cells[i]);
}

} // namespace commonweal::inline v0
