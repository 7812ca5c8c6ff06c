// SPDX-License-Identifier: Apache-2.0
// Tables: from plain columns, as plain columns, as CSV.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <sstream>

#include <commonweal/core/csv_table.hpp>
#include <commonweal/core/suggest.hpp>

#include "report/column_role.hpp"
#include "tables.hpp"

namespace commonweal::inline v0::capi {

void refuse_data(const std::string& column, std::int64_t row, const char* code, const std::string& message) {
  diagnostic d;
  d.code = code;
  d.field = column;
  d.row = row;
  d.message = (column.empty() ? "" : "column " + column + ": ") + message;
  throw error(error_code::invalid_data, d);
}

table with_periods_as_text(table rows) {
  const auto is_period = [](const column& c) { return c.type() == column_type::period; };
  if (std::none_of(rows.columns().begin(), rows.columns().end(), is_period)) return rows;
  table out;
  for (std::size_t i = 0; i < rows.column_count(); ++i) {
    if (!is_period(rows[i])) {
      out.add_column(std::move(rows[i]));
      continue;
    }
    column texts(rows[i].name(), column_type::utf8);
    texts.reserve(rows[i].size());
    const auto values = rows[i].values<period>();
    period last;
    std::string text;
    for (std::size_t r = 0; r < values.size(); ++r) {
      if (rows[i].is_null(r)) {
        texts.append_null();
        continue;
      }
      if (text.empty() || values[r] != last) text = (last = values[r]).to_string();
      texts.append(std::string_view(text));
    }
    out.add_column(std::move(texts));
  }
  return out;
}

void column_maker::add(std::string_view v) {
  check(v);
  texts_.push_back(v);
  ++size_;
}
std::uint32_t column_maker::code_of(std::string_view v) {
  check(v);
  return words_.code_of(v);
}
void column_maker::check(std::string_view v) const {
  if (!is_utf8(v))
    refuse_data(name(), static_cast<std::int64_t>(size_), "not_utf8", "the text is not UTF-8; convert it");
}
void column_maker::add_null() {
  nulls_.push_back(size_);
  switch (type()) {
    case column_type::int64: return add(std::int64_t{0});
    case column_type::float64: return add(0.0);
    case column_type::utf8: return coded_ ? add_code(words_.code_of({})) : add(std::string_view());
    case column_type::boolean: return add(false);
    case column_type::date:
    case column_type::period: break;
  }
  add(date());
}
void column_maker::add_dense(const void* values, std::size_t count) {
  const auto append = [&](auto& to) {
    to.resize(size_ + count);
    std::memcpy(to.data() + size_, values, count * sizeof to[0]);
  };
  if (type() == column_type::int64) append(integers_);
  else append(reals_);
  size_ += count;
}
column column_maker::make() && {
  const auto values = [this]() -> column {
    switch (type()) {
      case column_type::int64: return {name(), std::move(integers_)};
      case column_type::float64: return {name(), std::move(reals_)};
      case column_type::utf8: return coded_ ? column(name(), std::move(words_)) : column(name(), std::move(texts_));
      case column_type::boolean: return {name(), std::move(truths_)};
      case column_type::date:
      case column_type::period: break;
    }
    return {name(), std::move(dates_)};
  };
  column out = values();
  out.set_nulls(nulls_);
  return out;
}

namespace {

constexpr std::int64_t most_rows = std::int64_t{1} << 40;

template <class T>
T read_at(const void* data, std::ptrdiff_t stride, std::int64_t i) {
  T v;
  std::memcpy(&v, static_cast<const char*>(data) + stride * i, sizeof v);
  return v;
}

std::size_t width_of(std::uint32_t type) {
  switch (type) {
    case CW_INT64:
    case CW_FLOAT64: return 8;
    case CW_BOOLEAN: return 1;
    case CW_DATE:
    case CW_INT32:
    case CW_FLOAT32: return 4;
    case CW_STRINGS: return sizeof(const char*);
    case CW_UTF8: return 1;
    default: refuse("there is no column type " + std::to_string(type));
  }
}

column_type stored_as(std::uint32_t type) {
  switch (type) {
    case CW_INT64:
    case CW_INT32: return column_type::int64;
    case CW_FLOAT64:
    case CW_FLOAT32: return column_type::float64;
    case CW_BOOLEAN: return column_type::boolean;
    case CW_DATE: return column_type::date;
    default: return column_type::utf8;
  }
}

date day_number(const std::string& column, std::int64_t row, std::int32_t days) {
  const auto in_calendar = [](date d) { return date::from_ymd(1, 1, 1) <= d && d <= date::from_ymd(9999, 12, 31); };
  if (!in_calendar(date(days)))
    refuse_data(column, row, "not_a_date",
                std::to_string(days) + " days from 1970-01-01 is outside the years 0001 to 9999");
  return date(days);
}

column read_column(const cw_column& given, std::int64_t rows) {
  const std::string name(checked_text(given.name, "column name"));
  if (name.empty()) refuse("a column has no name");
  const auto width = width_of(given.type);
  const bool constant = given.stride == CW_STRIDE_CONSTANT;
  if (given.type == CW_UTF8 && given.stride != 0 && !constant)
    refuse("column " + name + ": CW_UTF8 takes no stride; pass 0, or CW_STRIDE_CONSTANT");
  const std::int64_t stride = constant ? 0 : given.stride == 0 ? static_cast<std::int64_t>(width) : given.stride;
  constexpr std::int64_t farthest = std::int64_t{1} << 46; // of any address space
  if (rows > 0 && (stride > farthest / rows || stride < -farthest / rows))
    refuse("column " + name + ": rows times stride is beyond memory");
  if (given.type == CW_UTF8 ? given.offsets == nullptr : given.data == nullptr && rows > 0)
    refuse("column " + name + ": the data is NULL");
  column_maker out(name, stored_as(given.type));
  for (std::int64_t i = 0; i < rows; ++i) {
    if (given.validity != nullptr && (given.validity[i / 8] >> (i % 8) & 1) == 0) {
      out.add_null();
      continue;
    }
    switch (given.type) {
      case CW_INT64: out.add(read_at<std::int64_t>(given.data, stride, i)); break;
      case CW_INT32: out.add(static_cast<std::int64_t>(read_at<std::int32_t>(given.data, stride, i))); break;
      case CW_FLOAT64: out.add(read_at<double>(given.data, stride, i)); break;
      case CW_FLOAT32: out.add(static_cast<double>(read_at<float>(given.data, stride, i))); break;
      case CW_BOOLEAN: out.add(read_at<std::uint8_t>(given.data, stride, i) != 0); break;
      case CW_DATE: out.add(day_number(name, i, read_at<std::int32_t>(given.data, stride, i))); break;
      case CW_STRINGS: {
        const char* s = read_at<const char*>(given.data, stride, i);
        if (s == nullptr) out.add_null();
        else out.add(std::string_view(s));
        break;
      }
      default: {
        const auto from = given.offsets[constant ? 0 : i];
        const auto to = given.offsets[constant ? 1 : i + 1];
        if (from < 0 || to < from || to > farthest) refuse_data(name, i, "bad_offsets", "the offsets do not ascend");
        if (from != to && given.data == nullptr) refuse("column " + name + ": the data is NULL");
        out.add(from == to ? std::string_view()
                           : std::string_view(static_cast<const char*>(given.data) + from,
                                              static_cast<std::size_t>(to - from)));
      }
    }
  }
  return std::move(out).make();
}

/// The caller's column, which may be shorter than ours.
cw_column column_at(const cw_column* columns, std::size_t i) {
  std::uint32_t stride = 0;
  std::memcpy(&stride, columns, sizeof stride); // all have the size of the first
  const auto* at = reinterpret_cast<const unsigned char*>(columns) + i * stride;
  cw_column out = CW_COLUMN_INIT;
  std::memcpy(static_cast<void*>(&out), at, given_size(at, sizeof out));
  if (out.struct_size != stride) refuse("the columns have different struct_size");
  return out;
}

static_assert(sizeof(date) == sizeof(std::int32_t));

void fill(cw_column& out, const column& c) {
  out.name = {c.name().data(), c.name().size()};
  out.validity = c.null_count() == 0 ? nullptr : reinterpret_cast<const std::uint8_t*>(c.validity().data());
  out.null_count = static_cast<std::int64_t>(c.null_count());
  switch (c.type()) {
    case column_type::int64: out.type = CW_INT64, out.data = c.values<std::int64_t>().data(), out.stride = 8; break;
    case column_type::float64: out.type = CW_FLOAT64, out.data = c.values<double>().data(), out.stride = 8; break;
    case column_type::boolean: out.type = CW_BOOLEAN, out.data = c.values<std::uint8_t>().data(), out.stride = 1; break;
    case column_type::date: out.type = CW_DATE, out.data = c.values<date>().data(), out.stride = 4; break;
    case column_type::utf8:
    case column_type::period: // never in a table of ours
      out.type = CW_UTF8, out.data = c.texts().bytes.data(), out.offsets = c.texts().offsets.data(), out.stride = 0;
  }
}

} // namespace
} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

void cw_table_free(cw_table* table) CW_NOEXCEPT { discard(table); }

int32_t cw_table_from_columns(const cw_column* columns, size_t n_columns, int64_t rows, cw_table** out,
                              cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    check_list(columns, n_columns, "columns");
    if (rows < 0 || rows > most_rows) refuse("rows: " + std::to_string(rows) + " is no number of rows");
    table t;
    for (std::size_t i = 0; i < n_columns; ++i) t.add_column(read_column(column_at(columns, i), rows));
    to.set(capi::register_handle(std::move(t)));
  });
}
int32_t cw_table_import(ArrowArrayStream* stream, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    if (out != nullptr) *out = nullptr;
    if (stream == nullptr) refuse("the stream is NULL");
    table t = import_stream(*stream); // consumed even where there is no output
    const output to(out);
    to.set(capi::register_handle(std::move(t)));
  });
}
int32_t cw_table_import_array(ArrowArray* array, ArrowSchema* schema, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    if (out != nullptr) *out = nullptr;
    table t = import_array(array, schema);
    const output to(out);
    to.set(capi::register_handle(std::move(t)));
  });
}
int32_t cw_table_rows(const cw_table* table, int64_t* out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    to.set(static_cast<std::int64_t>(acquire(table)->value->rows()));
  });
}
int32_t cw_table_column_count(const cw_table* table, int64_t* out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    to.set(static_cast<std::int64_t>(acquire(table)->value->column_count()));
  });
}
int32_t cw_table_column(const cw_table* table, int64_t index, cw_column* out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    if (out == nullptr) refuse("the output is NULL");
    const auto given = given_size(out, sizeof(cw_column));
    cw_column filled = CW_COLUMN_INIT;
    filled.struct_size = out->struct_size;
    const auto put = [&] { std::memcpy(static_cast<void*>(out), &filled, given); };
    put();
    const auto t = acquire(table);
    if (index < 0 || index >= static_cast<std::int64_t>(t->value->column_count()))
      refuse("there is no column " + std::to_string(index) + "; there are " + std::to_string(t->value->column_count()) +
             ", counted from 0");
    fill(filled, t->plain(static_cast<std::size_t>(index)));
    put();
  });
}
int32_t cw_column_is_context(const char* name, size_t name_size, int64_t* out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    to.set(report::is_context(checked_text(name, name_size, "name")) ? 1 : 0);
  });
}
int32_t cw_table_find(const cw_table* table, const char* name, size_t name_size, int64_t* out,
                      cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto t = acquire(table);
    const auto wanted = checked_text(name, name_size, "name");
    nearest_words near(wanted);
    std::string have;
    for (const auto& c : t->value->columns()) {
      if (c.name() == wanted) return to.set(&c - t->value->columns().data());
      near.consider(c.name());
      have += (have.empty() ? "" : ", ") + c.name();
    }
    refuse(with_hint("no column " + std::string(wanted) + "; the columns are " + have, near.question()));
  });
}
int32_t cw_table_csv(const cw_table* table, cw_buffer** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto t = acquire(table);
    std::ostringstream csv;
    csv.exceptions(std::ios::badbit);
    write_csv(csv, *t->value);
    to.set(capi::register_handle<cw_buffer>(std::make_unique<buffer_object>(std::move(csv).str())));
  });
}
