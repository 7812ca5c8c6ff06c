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

[[nodiscard]] inline cw_table* publish(table rows) {
  return publish<cw_table>(std::make_unique<table_object>(std::make_shared<const table>(with_periods_as_text(std::move(rows)))));
}

/// Grows a column of values that may be null; adopts them whole where none is.
class column_maker {
 public:
  column_maker(std::string name, column_type type) : shape_(std::move(name), type) {}
  [[nodiscard]] const std::string& name() const { return shape_.name(); }
  [[nodiscard]] column_type type() const { return shape_.type(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  void add(std::int64_t v) { integers_.push_back(v), ++size_; }
  void add(double v) { reals_.push_back(v), ++size_; }
  void add(bool v) { truths_.push_back(v ? 1 : 0), ++size_; }
  void add(date v) { dates_.push_back(v), ++size_; }
  /// Throws invalid_data, naming row and column, where the text is not UTF-8.
  void add(std::string_view v);
  void add_null();
  /// `count` values of a dense buffer of int64 or float64, of any alignment. REQUIRES: a column of the type.
  void add_dense(const void* values, std::size_t count);
  [[nodiscard]] column make() &&;

 private:
  column shape_; // name and type
  std::size_t size_ = 0;
  std::vector<std::int64_t> integers_;
  std::vector<double> reals_;
  std::vector<std::uint8_t> truths_;
  std::vector<date> dates_;
  utf8_values texts_;
  std::vector<std::size_t> nulls_; // rows, ascending
};

/// A finding about row and column of a table that comes in.
[[noreturn]] void refuse_data(const std::string& column, std::int64_t row, const char* code, const std::string& message);

/// Consumes the stream, whatever happens. Throws invalid_argument, invalid_data, and what the stream's error says.
[[nodiscard]] table import_stream(ArrowArrayStream& stream);
/// Consumes both, or the one that there is.
[[nodiscard]] table import_array(ArrowArray* array, ArrowSchema* schema);

} // namespace commonweal::inline v0::capi
