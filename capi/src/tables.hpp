// SPDX-License-Identifier: Apache-2.0
// Tables on their way in and out.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal.h>
#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/table.hpp>

#include "guard.hpp"

namespace commonweal::inline v0::capi {

[[nodiscard]] inline cw_table* register_handle(table rows) {
  return register_handle<cw_table>(
      std::make_unique<table_object>(std::make_shared<const table>(with_periods_as_text(std::move(rows)))));
}

/// Grows a column of values that may be null; adopts them whole where none is.
class column_maker {
 public:
  /// Coded text is added by add_code.
  column_maker(std::string name, column_type type, bool coded = false) : shape_(std::move(name), type), coded_(coded) {}
  [[nodiscard]] const std::string& name() const { return shape_.name(); }
  [[nodiscard]] column_type type() const { return shape_.type(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  void add(std::int64_t v) { integers_.push_back(v), ++size_; }
  void add(double v) { reals_.push_back(v), ++size_; }
  void add(bool v) { truths_.push_back(v ? 1 : 0), ++size_; }
  void add(date v) { dates_.push_back(v), ++size_; }
  /// Throws invalid_data, naming row and column, where the text is not UTF-8.
  void add(std::string_view v);
  /// The code of a text; throws as add() does.
  [[nodiscard]] std::uint32_t code_of(std::string_view v);
  void add_code(std::uint32_t code) { words_.codes.push_back(code), ++size_; }
  void add_null();
  /// `count` strings that lie one after the other: string i is bytes[offset(i), offset(i + 1)), ascending. False, with
  /// nothing added, where one of them is not UTF-8.
  template <class Offset>
  [[nodiscard]] bool add_strings(const char* bytes, std::size_t count, Offset offset);
  /// `count` values of a dense buffer of int64 or float64, of any alignment. REQUIRES: a column of the type.
  void add_dense(const void* values, std::size_t count);
  [[nodiscard]] column make() &&;

 private:
  void check(std::string_view v) const;

  column shape_; // name and type
  bool coded_;
  std::size_t size_ = 0;
  std::vector<std::int64_t> integers_;
  std::vector<double> reals_;
  std::vector<std::uint8_t> truths_;
  std::vector<date> dates_;
  utf8_values texts_;
  coded_values words_;
  std::vector<std::size_t> nulls_; // rows, ascending
};

template <class Offset>
bool column_maker::add_strings(const char* bytes, std::size_t count, Offset offset) {
  const std::int64_t first = offset(0), last = offset(count);
  if (!is_utf8({bytes + first, static_cast<std::size_t>(last - first)})) return false;
  for (std::size_t i = 0; i < count; ++i) // none may begin within a character
    if (offset(i) != last && (static_cast<unsigned char>(bytes[offset(i)]) & 0xc0U) == 0x80) return false;
  const auto base = static_cast<std::int64_t>(texts_.bytes.size());
  texts_.bytes.append(bytes + first, static_cast<std::size_t>(last - first));
  auto& offsets = texts_.offsets;
  const std::size_t before = offsets.size();
  offsets.resize(before + count);
  for (std::size_t i = 0; i < count; ++i) offsets[before + i] = base + offset(i + 1) - first;
  size_ += count;
  return true;
}

/// A finding about row and column of a table that comes in.
[[noreturn]] void refuse_data(const std::string& column, std::int64_t row, const char* code,
                              const std::string& message);

/// Consumes the stream, whatever happens. Throws invalid_argument, invalid_data, and what the stream's error says.
[[nodiscard]] table import_stream(ArrowArrayStream& stream);
/// Consumes both, or the one that there is.
[[nodiscard]] table import_array(ArrowArray* array, ArrowSchema* schema);

} // namespace commonweal::inline v0::capi
