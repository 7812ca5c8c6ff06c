// SPDX-License-Identifier: Apache-2.0
// A named, typed column with nulls as a bitmap.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <commonweal/core/date.hpp>
#include <commonweal/core/enum_text.hpp>
#include <commonweal/core/error.hpp>
#include <commonweal/core/period.hpp>

namespace commonweal::inline v0 {

enum class column_type : std::uint8_t { int64, float64, utf8, boolean, date, period };

template <>
struct enum_names<column_type> {
  static constexpr std::array<std::string_view, 6> values = {"int64", "float64", "utf8", "boolean", "date", "period"};
};

/// Strings of a column, end to end: string i is bytes[offsets[i], offsets[i + 1]).
struct utf8_values {
  std::vector<std::int64_t> offsets = {0};
  std::string bytes;

  [[nodiscard]] std::size_t size() const { return offsets.size() - 1; }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    return std::string_view(bytes).substr(static_cast<std::size_t>(offsets[i]),
                                          static_cast<std::size_t>(offsets[i + 1] - offsets[i]));
  }
  void push_back(std::string_view text) {
    bytes.append(text);
    offsets.push_back(static_cast<std::int64_t>(bytes.size()));
  }
  friend bool operator==(const utf8_values&, const utf8_values&) = default;
};

/// One cell of any type; `std::monostate` is null. Text is borrowed from its column.
using cell = std::variant<std::monostate, std::int64_t, double, std::string_view, bool, date, period>;

/// A column owns its values. A null cell holds a value-initialized placeholder beneath its cleared bit, so
/// spans are dense; NaN in a float64 column is a number like any other and not null (core knows no "missing").
///
/// The validity bitmap is empty while nothing is null; bit i of word i / 64 is set where row i has a value.
class column {
 public:
  column(std::string name, column_type type) : name_(std::move(name)) {
    switch (type) {
      case column_type::int64: values_.emplace<std::vector<std::int64_t>>(); break;
      case column_type::float64: values_.emplace<std::vector<double>>(); break;
      case column_type::utf8: values_.emplace<utf8_values>(); break;
      case column_type::boolean: values_.emplace<std::vector<std::uint8_t>>(); break;
      case column_type::date: values_.emplace<std::vector<commonweal::date>>(); break;
      case column_type::period: values_.emplace<std::vector<commonweal::period>>(); break;
    }
  }
  /// Adopts a whole column of values, none of them null.
  template <class T>
  column(std::string name, std::vector<T> values) : name_(std::move(name)), values_(std::move(values)) {
    size_ = std::get<std::vector<T>>(values_).size();
  }
  column(std::string name, utf8_values values) : name_(std::move(name)), values_(std::move(values)) {
    size_ = std::get<utf8_values>(values_).size();
  }

  [[nodiscard]] const std::string& name() const { return name_; }
  void rename(std::string name) { name_ = std::move(name); }
  [[nodiscard]] column_type type() const { return static_cast<column_type>(values_.index()); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t null_count() const { return null_count_; }
  [[nodiscard]] bool is_null(std::size_t row) const {
    return null_count_ != 0 && (validity_[row / 64] >> (row % 64) & 1U) == 0;
  }
  /// Empty while no cell is null.
  [[nodiscard]] std::span<const std::uint64_t> validity() const { return validity_; }

  /// The dense values. T: std::int64_t, double, std::uint8_t (boolean), date or period.
  /// Throws invalid_argument when the column is of another type. O(1).
  template <class T>
  [[nodiscard]] std::span<const T> values() const {
    const auto* v = std::get_if<std::vector<T>>(&values_);
    if (v == nullptr) throw wrong_type();
    return {v->data(), v->size()};
  }
  /// The strings of a utf8 column.
  [[nodiscard]] const utf8_values& texts() const {
    const auto* v = std::get_if<utf8_values>(&values_);
    if (v == nullptr) throw wrong_type();
    return *v;
  }
  /// The text of one cell; blank where null.
  [[nodiscard]] std::string_view text(std::size_t row) const { return texts()[row]; }

  [[nodiscard]] cell at(std::size_t row) const {
    if (row >= size_) throw error(error_code::invalid_argument, "column " + name_ + " has no such row");
    if (is_null(row)) return std::monostate{};
    switch (type()) {
      case column_type::int64: return values<std::int64_t>()[row];
      case column_type::float64: return values<double>()[row];
      case column_type::utf8: return texts()[row];
      case column_type::boolean: return values<std::uint8_t>()[row] != 0;
      case column_type::date: return values<commonweal::date>()[row];
      case column_type::period: break;
    }
    return values<commonweal::period>()[row];
  }

  void append(std::int64_t v) { push<std::vector<std::int64_t>>(v); }
  void append(double v) { push<std::vector<double>>(v); }
  void append(std::string_view v) { push<utf8_values>(v); }
  void append(const char* v) { append(std::string_view(v)); }
  void append(const std::string& v) { append(std::string_view(v)); }
  void append(bool v) { push<std::vector<std::uint8_t>>(static_cast<std::uint8_t>(v)); }
  void append(commonweal::date v) { push<std::vector<commonweal::date>>(v); }
  void append(commonweal::period v) { push<std::vector<commonweal::period>>(v); }
  void append_null() {
    std::visit(
        [](auto& v) {
          using V = std::remove_cvref_t<decltype(v)>;
          if constexpr (std::is_same_v<V, utf8_values>) v.push_back({});
          else v.push_back({});
        },
        values_);
    if (null_count_ == 0) fill_validity();
    ++size_;
    ++null_count_;
    validity_.resize((size_ + 63) / 64, 0);
  }
  void append(const cell& v) {
    std::visit(
        [this](const auto& x) {
          if constexpr (std::is_same_v<std::remove_cvref_t<decltype(x)>, std::monostate>) append_null();
          else append(x);
        },
        v);
  }
  void reserve(std::size_t rows) {
    std::visit(
        [rows](auto& v) {
          if constexpr (std::is_same_v<std::remove_cvref_t<decltype(v)>, utf8_values>) v.offsets.reserve(rows + 1);
          else v.reserve(rows);
        },
        values_);
  }
  /// Drops all rows and keeps the memory, so that batches reuse it.
  void clear() {
    std::visit(
        [](auto& v) {
          if constexpr (std::is_same_v<std::remove_cvref_t<decltype(v)>, utf8_values>) {
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

  /// Equal when names, types, nulls and values are; NaN equals NaN here, so that a round trip can be checked.
  friend bool operator==(const column& a, const column& b) {
    if (a.name_ != b.name_ || a.type() != b.type() || a.size_ != b.size_ || a.null_count_ != b.null_count_)
      return false;
    for (std::size_t i = 0; i < a.size_; ++i)
      if (a.is_null(i) != b.is_null(i)) return false;
    if (a.type() != column_type::float64) return a.values_ == b.values_;
    const auto x = a.values<double>();
    const auto y = b.values<double>();
    for (std::size_t i = 0; i < x.size(); ++i)
      if (std::bit_cast<std::uint64_t>(x[i]) != std::bit_cast<std::uint64_t>(y[i]) && !(x[i] != x[i] && y[i] != y[i]))
        return false;
    return true;
  }

 private:
  template <class V, class T>
  void push(const T& v) {
    auto* values = std::get_if<V>(&values_);
    if (values == nullptr) throw wrong_type();
    values->push_back(v);
    if (null_count_ != 0) {
      validity_.resize(size_ / 64 + 1, 0);
      validity_[size_ / 64] |= std::uint64_t{1} << (size_ % 64);
    }
    ++size_;
  }
  void fill_validity() {
    validity_.assign((size_ + 63) / 64, ~std::uint64_t{0});
    if (size_ % 64 != 0) validity_.back() = (std::uint64_t{1} << (size_ % 64)) - 1;
  }
  [[nodiscard]] error wrong_type() const {
    return {error_code::invalid_argument,
            "column " + name_ + " holds " + std::string(to_string(type())) + ", another type was asked for"};
  }

  std::string name_;
  // In the order of column_type.
  std::variant<std::vector<std::int64_t>, std::vector<double>, utf8_values, std::vector<std::uint8_t>,
               std::vector<commonweal::date>, std::vector<commonweal::period>>
      values_;
  std::vector<std::uint64_t> validity_;
  std::size_t size_ = 0;
  std::size_t null_count_ = 0;
};

} // namespace commonweal::inline v0
