// SPDX-License-Identifier: Apache-2.0
// A named, typed column with nulls as a bitmap.
#pragma once

#include <array>
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

/// Strings of which many are equal: string i is distinct[codes[i]]. `distinct` may hold a string twice, or one that no
/// row has; what is added here is there once.
struct coded_values {
  utf8_values distinct;
  std::vector<std::uint32_t> codes;

  [[nodiscard]] std::size_t size() const { return codes.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t i) const { return distinct[codes[i]]; }
  void push_back(std::string_view text) {
    codes.push_back(!codes.empty() && distinct[codes.back()] == text ? codes.back() : code_of(text));
  }
  /// The code of a string, which is added where it is new. O(1) expected in the number of distinct strings. Throws
  /// invalid_argument beyond 2^32 - 1 of them.
  [[nodiscard]] std::uint32_t code_of(std::string_view text);
  void clear();

 private:
  std::vector<std::uint32_t> slots_; // codes by hash; 0 is vacant, else code + 1; as many as push_back has seen
  std::size_t indexed_ = 0;
  void index_all();
};

/// One cell of any type; `std::monostate` is null. Text is borrowed from its column.
using cell = std::variant<std::monostate, std::int64_t, double, std::string_view, bool, date, period>;

/// A column owns its values. A null cell holds a value-initialized placeholder beneath its cleared bit, so
/// spans are dense; NaN in a float64 column is a number like any other and not null (core knows no "missing").
///
/// A utf8 column is plain or coded (coded_values): the same texts either way, and equal to one another. Coded, the work
/// that a text needs can be done once for each distinct one, by `codes()` and `distinct()`.
///
/// The validity bitmap is empty while nothing is null; bit i of word i / 64 is set where row i has a value.
class column {
 public:
  column(std::string name, column_type type);
  /// Adopts a whole column of values, none of them null.
  template <class T>
  column(std::string name, std::vector<T> values) : name_(std::move(name)), values_(std::move(values)) {
    size_ = std::get<std::vector<T>>(values_).size();
  }
  column(std::string name, utf8_values values) : name_(std::move(name)), values_(std::move(values)) {
    size_ = std::get<utf8_values>(values_).size();
  }
  /// REQUIRES: each code is below the number of distinct strings.
  column(std::string name, coded_values values) : name_(std::move(name)), values_(std::move(values)) {
    size_ = std::get<coded_values>(values_).size();
  }

  [[nodiscard]] const std::string& name() const { return name_; }
  void rename(std::string name) { name_ = std::move(name); }
  [[nodiscard]] column_type type() const {
    return is_coded() ? column_type::utf8 : static_cast<column_type>(values_.index());
  }
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
  /// The strings of a plain utf8 column. Throws invalid_argument for a coded one: see plain().
  [[nodiscard]] const utf8_values& texts() const {
    const auto* v = std::get_if<utf8_values>(&values_);
    if (v == nullptr) throw wrong_type();
    return *v;
  }
  [[nodiscard]] bool is_coded() const { return std::holds_alternative<coded_values>(values_); }
  /// Of a coded column; a null row has that of the blank. Throws invalid_argument for others.
  [[nodiscard]] std::span<const std::uint32_t> codes() const { return coded().codes; }
  [[nodiscard]] const utf8_values& distinct() const { return coded().distinct; }
  /// Turns a utf8 column into a coded or a plain one; nothing where it is already, or of another type. O(rows).
  void encode();
  void decode();

  /// Whether a coded column has few distinct strings: at most one in two of its cells, or some hundreds.
  [[nodiscard]] bool has_few_texts() const { return distinct().size() <= size_ / 2 + 256; }

  /// The text of one cell; blank where null.
  [[nodiscard]] std::string_view text(std::size_t row) const {
    if (const auto* v = std::get_if<utf8_values>(&values_)) return (*v)[row];
    return coded()[row];
  }

  [[nodiscard]] cell at(std::size_t row) const;

  void append(std::int64_t v) { push<std::vector<std::int64_t>>(v); }
  void append(double v) { push<std::vector<double>>(v); }
  void append(std::string_view v) {
    if (is_coded()) push<coded_values>(v);
    else push<utf8_values>(v);
  }
  void append(const char* v) { append(std::string_view(v)); }
  void append(const std::string& v) { append(std::string_view(v)); }
  void append(bool v) { push<std::vector<std::uint8_t>>(static_cast<std::uint8_t>(v)); }
  void append(commonweal::date v) { push<std::vector<commonweal::date>>(v); }
  void append(commonweal::period v) { push<std::vector<commonweal::period>>(v); }
  void append_null();
  /// Makes rows null that hold a zero, false, a blank text, 1970-01-01 or a value-initialized period. REQUIRES: no row
  /// twice. Throws invalid_argument where there is no such row.
  void set_nulls(std::span<const std::size_t> rows);
  void append(const cell& v);
  void reserve(std::size_t rows);
  /// Drops all rows and keeps the memory, so that batches reuse it. A coded column stays one.
  void clear();

  /// Equal when names, types, nulls and values are; NaN equals NaN here, so that a round trip can be checked.
  friend bool operator==(const column& a, const column& b) { return a.equals(b); }

 private:
  template <class V, class T>
  void push(const T& v) {
    auto* values = std::get_if<V>(&values_);
    if (values == nullptr) throw wrong_type();
    values->push_back(v);
    if (null_count_ != 0) {
      if (size_ % 64 == 0) validity_.push_back(0);
      validity_[size_ / 64] |= std::uint64_t{1} << (size_ % 64);
    }
    ++size_;
  }
  [[nodiscard]] const coded_values& coded() const {
    const auto* v = std::get_if<coded_values>(&values_);
    if (v == nullptr) throw wrong_type();
    return *v;
  }
  void fill_validity();
  [[nodiscard]] bool equals(const column& other) const;
  [[nodiscard]] error wrong_type() const;

  std::string name_;
  // In the order of column_type; coded text comes last.
  std::variant<std::vector<std::int64_t>, std::vector<double>, utf8_values, std::vector<std::uint8_t>,
               std::vector<commonweal::date>, std::vector<commonweal::period>, coded_values>
      values_;
  std::vector<std::uint64_t> validity_;
  std::size_t size_ = 0;
  std::size_t null_count_ = 0;
};

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/core/detail/column_impl.hpp>
#endif
