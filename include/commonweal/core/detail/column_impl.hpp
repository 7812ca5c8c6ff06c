// SPDX-License-Identifier: Apache-2.0
// Bodies of column.hpp.
#pragma once

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>
#include <type_traits>
#include <utility>

#include <commonweal/core/column.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0 {

COMMONWEAL_BODY void coded_values::index_all() {
  slots_.assign(std::bit_ceil(std::max<std::size_t>(16, 2 * (distinct.size() + 1))), 0);
  indexed_ = distinct.size();
  for (std::size_t code = 0; code < indexed_; ++code) {
    std::size_t i = std::hash<std::string_view>{}(distinct[code]) & (slots_.size() - 1);
    while (slots_[i] != 0 && distinct[slots_[i] - 1] != distinct[code]) i = (i + 1) & (slots_.size() - 1);
    if (slots_[i] == 0) slots_[i] = static_cast<std::uint32_t>(code) + 1;
  }
}

COMMONWEAL_BODY std::uint32_t coded_values::code_of(std::string_view text) {
  if (indexed_ != distinct.size() || 2 * (distinct.size() + 1) > slots_.size()) index_all();
  std::size_t i = std::hash<std::string_view>{}(text) & (slots_.size() - 1);
  while (slots_[i] != 0 && distinct[slots_[i] - 1] != text) i = (i + 1) & (slots_.size() - 1);
  if (slots_[i] == 0) {
    if (distinct.size() >= std::numeric_limits<std::uint32_t>::max() - 1)
      throw error(error_code::invalid_argument, "a coded column holds at most 4,294,967,294 different texts");
    distinct.push_back(text);
    slots_[i] = static_cast<std::uint32_t>(distinct.size());
    indexed_ = distinct.size();
  }
  return slots_[i] - 1;
}

COMMONWEAL_BODY void coded_values::clear() {
  codes.clear();
  distinct.offsets.resize(1);
  distinct.bytes.clear();
  std::ranges::fill(slots_, 0U);
  indexed_ = 0;
}

COMMONWEAL_BODY column::column(std::string name, column_type type) : name_(std::move(name)) {
  switch (type) {
    case column_type::int64: values_.emplace<std::vector<std::int64_t>>(); break;
    case column_type::float64: values_.emplace<std::vector<double>>(); break;
    case column_type::utf8: values_.emplace<utf8_values>(); break;
    case column_type::boolean: values_.emplace<std::vector<std::uint8_t>>(); break;
    case column_type::date: values_.emplace<std::vector<commonweal::date>>(); break;
    case column_type::period: values_.emplace<std::vector<commonweal::period>>(); break;
  }
}

COMMONWEAL_BODY void column::encode() {
  const auto* plain = std::get_if<utf8_values>(&values_);
  if (plain == nullptr) return;
  coded_values out;
  out.codes.reserve(size_);
  for (std::size_t i = 0; i < size_; ++i) out.push_back((*plain)[i]);
  values_ = std::move(out);
}

COMMONWEAL_BODY void column::decode() {
  const auto* coded = std::get_if<coded_values>(&values_);
  if (coded == nullptr) return;
  utf8_values out;
  out.offsets.reserve(size_ + 1);
  for (std::size_t i = 0; i < size_; ++i) out.push_back(is_null(i) ? std::string_view() : (*coded)[i]);
  values_ = std::move(out);
}

COMMONWEAL_BODY cell column::at(std::size_t row) const {
  if (row >= size_) throw error(error_code::invalid_argument, "column " + name_ + " has no such row");
  if (is_null(row)) return std::monostate{};
  switch (type()) {
    case column_type::int64: return values<std::int64_t>()[row];
    case column_type::float64: return values<double>()[row];
    case column_type::utf8: return text(row);
    case column_type::boolean: return values<std::uint8_t>()[row] != 0;
    case column_type::date: return values<commonweal::date>()[row];
    case column_type::period: break;
  }
  return values<commonweal::period>()[row];
}

COMMONWEAL_BODY void column::append_null() {
  std::visit([](auto& v) { v.push_back({}); }, values_);
  if (null_count_ == 0) fill_validity();
  if (size_ % 64 == 0) validity_.push_back(0);
  ++size_;
  ++null_count_;
}

COMMONWEAL_BODY void column::set_nulls(std::span<const std::size_t> rows) {
  if (rows.empty()) return;
  if (null_count_ == 0) fill_validity();
  for (const auto row : rows) {
    if (row >= size_) throw error(error_code::invalid_argument, "column " + name_ + " has no such row");
    validity_[row / 64] &= ~(std::uint64_t{1} << (row % 64));
  }
  null_count_ += rows.size();
}

COMMONWEAL_BODY void column::append(const cell& v) {
  std::visit(
      [this](const auto& x) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(x)>, std::monostate>) append_null();
        else append(x);
      },
      v);
}

COMMONWEAL_BODY void column::reserve(std::size_t rows) {
  std::visit(
      [rows](auto& v) {
        using V = std::remove_cvref_t<decltype(v)>;
        if constexpr (std::is_same_v<V, utf8_values>) v.offsets.reserve(rows + 1);
        else if constexpr (std::is_same_v<V, coded_values>) v.codes.reserve(rows);
        else v.reserve(rows);
      },
      values_);
}

COMMONWEAL_BODY void column::clear() {
  std::visit(
      [](auto& v) {
        using V = std::remove_cvref_t<decltype(v)>;
        if constexpr (std::is_same_v<V, utf8_values>) {
          v.offsets.resize(1);
          v.bytes.clear();
        } else {
          v.clear();
        }
      },
      values_);
  validity_.clear();
  size_ = 0;
  null_count_ = 0;
}

COMMONWEAL_BODY void column::fill_validity() {
  validity_.assign((size_ + 63) / 64, ~std::uint64_t{0});
  if (size_ % 64 != 0) validity_.back() = (std::uint64_t{1} << (size_ % 64)) - 1;
}

COMMONWEAL_BODY error column::wrong_type() const {
  return {error_code::invalid_argument, "column " + name_ + " holds " + (is_coded() ? "coded " : "") +
                                            std::string(to_string(type())) + ", another type was asked for"};
}

COMMONWEAL_BODY bool column::equals(const column& other) const {
  if (name_ != other.name_ || type() != other.type() || size_ != other.size_ || null_count_ != other.null_count_)
    return false;
  for (std::size_t i = 0; i < size_; ++i)
    if (is_null(i) != other.is_null(i)) return false;
  switch (type()) {
    case column_type::int64: return std::ranges::equal(values<std::int64_t>(), other.values<std::int64_t>());
    case column_type::float64:
      return std::ranges::equal(values<double>(), other.values<double>(), [](double x, double y) {
        return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y) || (x != x && y != y);
      });
    case column_type::utf8:
      for (std::size_t i = 0; i < size_; ++i)
        if (!is_null(i) && text(i) != other.text(i)) return false;
      return true;
    case column_type::boolean: return std::ranges::equal(values<std::uint8_t>(), other.values<std::uint8_t>());
    case column_type::date: return std::ranges::equal(values<commonweal::date>(), other.values<commonweal::date>());
    case column_type::period: break;
  }
  return std::ranges::equal(values<commonweal::period>(), other.values<commonweal::period>());
}

} // namespace commonweal::inline v0
