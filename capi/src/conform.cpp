// SPDX-License-Identifier: Apache-2.0
// Columns of callers toward the types of the folder format.
#include "conform.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include <commonweal/core/values.hpp>
#include <commonweal/formats/package.hpp>

#include "core/period_memo.hpp"

namespace commonweal::inline v0::capi {
namespace {

constexpr std::size_t most_findings = 1000; // of one column; a column of a wrong kind has one in each row

/// All cells as periods, where every one is a period.
std::optional<column> all_periods(const column& from) {
  if (from.null_count() != 0) return std::nullopt;
  std::vector<period> out;
  const auto add_all = [&](std::size_t count, auto text_at) {
    detail::period_memo read;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto p = read(text_at(i));
      if (p.fault != value_fault::none) return false;
      out.push_back(p.value);
    }
    return true;
  };
  if (!from.is_coded()) {
    if (!add_all(from.size(), [&](std::size_t i) { return from.text(i); })) return std::nullopt;
    return column(from.name(), std::move(out));
  }
  if (!add_all(from.distinct().size(), [&](std::size_t i) { return from.distinct()[i]; })) return std::nullopt;
  std::vector<period> rows;
  rows.reserve(from.size());
  for (const auto code : from.codes()) rows.push_back(out[code]);
  return column(from.name(), std::move(rows));
}

class converter {
 public:
  converter(std::string_view file, const column& from, column_type to, std::int64_t first_row,
            std::vector<diagnostic>& found)
      : file_(file), from_(from), out_(from.name(), to), first_row_(first_row), found_(found) {
    out_.reserve(from.size());
  }
  column convert() {
    if (from_.type() == column_type::utf8 && out_.type() == column_type::period)
      if (auto all = all_periods(from_)) return std::move(*all);
    for (std::size_t i = 0; i < from_.size(); ++i) {
      if (from_.is_null(i)) out_.append_null();
      else one(i);
    }
    return std::move(out_);
  }

 private:
  void one(std::size_t i) {
    switch (from_.type()) {
      case column_type::utf8: return of_text(i, from_.text(i));
      case column_type::int64: return of_integer(i, from_.values<std::int64_t>()[i]);
      case column_type::float64: return of_real(from_.values<double>()[i]);
      default: out_.append_null();
    }
  }
  void of_text(std::size_t i, std::string_view t) {
    if (t.empty()) return out_.append_null();
    switch (out_.type()) {
      case column_type::int64: return take(i, t, read_int64(t));
      case column_type::float64: return take(i, t, read_float64(t));
      case column_type::boolean: return take(i, t, read_boolean(t));
      case column_type::date: return take(i, t, read_date(t));
      case column_type::period: return take(i, t, read_period(t));
      case column_type::utf8: break;
    }
    out_.append(t);
  }
  void of_integer(std::size_t i, std::int64_t v) {
    const std::string t = std::to_string(v);
    if (out_.type() == column_type::utf8) return out_.append(std::string_view(t));
    of_text(i, t); // a year, or 0 and 1
  }
  void of_real(double v) {
    if (std::isnan(v)) out_.append_null();
    else out_.append(static_cast<std::int64_t>(v));
  }
  template <class T>
  void take(std::size_t i, std::string_view text, const read_value<T>& r) {
    if (r.fault == value_fault::none) return out_.append(r.value);
    out_.append_null();
    if (found_.size() >= most_findings) return;
    diagnostic d;
    d.code = std::string(to_string(r.fault));
    d.file = std::string(file_);
    d.row = first_row_ + static_cast<std::int64_t>(i);
    d.field = from_.name();
    d.message = explain_fault(r.fault, text);
    found_.push_back(std::move(d));
  }

  std::string_view file_;
  const column& from_;
  column out_;
  std::int64_t first_row_;
  std::vector<diagnostic>& found_;
};

bool all_whole(const column& c) {
  const auto values = c.values<double>();
  return std::all_of(values.begin(), values.end(), [](double v) {
    return std::isnan(v) || (std::trunc(v) == v && std::fabs(v) < 9007199254740993.0);
  });
}

bool convertible(const column& c, column_type to) {
  if (c.type() == to) return false;
  switch (c.type()) {
    case column_type::utf8: return true;
    case column_type::int64: return to == column_type::utf8 || to == column_type::period || to == column_type::boolean;
    case column_type::float64: return to == column_type::int64 && all_whole(c);
    default: return false;
  }
}

} // namespace

namespace {

std::optional<column_type> wanted(std::span<const field_rule> fields, const column& c) {
  for (const auto& f : fields)
    if (f.name == c.name() && convertible(c, f.type)) return f.type;
  return std::nullopt;
}

/// `take` gives a column that stays as it is.
template <class Take>
table converted(std::string_view file, std::span<const field_rule> fields, const table& rows, std::int64_t first_row,
                std::vector<diagnostic>& found, Take take) {
  table out;
  for (std::size_t i = 0; i < rows.column_count(); ++i) {
    if (const auto type = wanted(fields, rows[i]))
      out.add_column(converter(file, rows[i], *type, first_row, found).convert());
    else out.add_column(take(i));
  }
  return out;
}

bool stays(std::span<const field_rule> fields, const table& rows) {
  const auto& columns = rows.columns();
  return std::none_of(columns.begin(), columns.end(), [&](const column& c) { return wanted(fields, c).has_value(); });
}

} // namespace

std::shared_ptr<const table> conform(std::string_view file, std::shared_ptr<const table> rows, std::int64_t first_row,
                                     std::vector<diagnostic>& found) {
  return conform(file, fields_of(file), std::move(rows), first_row, found);
}
std::shared_ptr<const table> conform(std::string_view file, std::span<const field_rule> fields,
                                     std::shared_ptr<const table> rows, std::int64_t first_row,
                                     std::vector<diagnostic>& found) {
  if (stays(fields, *rows)) return rows;
  return std::make_shared<const table>(
      converted(file, fields, *rows, first_row, found, [&](std::size_t i) { return (*rows)[i]; }));
}
table conform(std::string_view file, table&& rows, std::int64_t first_row, std::vector<diagnostic>& found) {
  const auto fields = fields_of(file);
  if (stays(fields, rows)) return std::move(rows);
  return converted(file, fields, rows, first_row, found, [&](std::size_t i) { return std::move(rows[i]); });
}

} // namespace commonweal::inline v0::capi
