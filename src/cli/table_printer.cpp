// SPDX-License-Identifier: Apache-2.0
// Prints any table for a person, as CSV or as JSON.
#include "cli/table_printer.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <commonweal/core/error.hpp>

#include "report/column_role.hpp"
#include <commonweal/core/csv_table.hpp>
#include <commonweal/core/text.hpp>
#include <commonweal/core/values.hpp>

namespace commonweal::inline v0::cli {
namespace {

bool is_number(column_type t) { return t == column_type::int64 || t == column_type::float64; }

/// Exact text of a cell: what CSV holds.
std::string exact(const column& c, std::size_t row) {
  if (c.is_null(row)) return {};
  switch (c.type()) {
    case column_type::int64: return std::to_string(c.values<std::int64_t>()[row]);
    case column_type::float64: return to_text(c.values<double>()[row]);
    case column_type::utf8: return std::string(c.text(row));
    case column_type::boolean: return c.values<std::uint8_t>()[row] != 0 ? "true" : "false";
    case column_type::date: return c.values<date>()[row].to_string();
    case column_type::period: break;
  }
  return c.values<period>()[row].to_string();
}

/// Text of a cell for reading.
std::string readable(const column& c, std::size_t row, bool ascii) {
  if (c.is_null(row)) return {};
  switch (c.type()) {
    case column_type::int64: return text::grouped(c.values<std::int64_t>()[row]);
    case column_type::float64: return text::human(c.values<double>()[row], 6);
    case column_type::utf8: {
      const auto text = text::clean(c.text(row));
      return ascii ? text::to_ascii(text) : text;
    }
    case column_type::boolean: return c.values<std::uint8_t>()[row] != 0 ? "yes" : "no";
    case column_type::date:
    case column_type::period: break;
  }
  return exact(c, row);
}

/// Width of the part after the whole number, the point included.
std::size_t fraction_width(std::string_view number) {
  const auto point = number.find('.');
  return point == std::string_view::npos ? 0 : number.size() - point;
}

struct layout {
  const column* source;
  bool context; ///< not the answer itself
  std::size_t width = 0;
  std::size_t whole = 0;    ///< widest part before the decimal point
  std::size_t fraction = 0; ///< widest part from the decimal point on
  bool all_null = true;
  bool all_same = true; ///< in two rows or more
};

std::vector<layout> measure(const table& rows, bool ascii) {
  std::vector<layout> out;
  for (const auto& c : rows.columns()) {
    layout l{.source = &c, .context = report::is_context(c.name())};
    for (std::size_t r = 0; r < c.size(); ++r) {
      if (c.is_null(r)) {
        l.all_same = false;
        continue;
      }
      l.all_null = false;
      const auto text = readable(c, r, ascii);
      l.all_same = l.all_same && c.at(r) == c.at(0);
      const auto width = text::display_width(text);
      l.width = std::max(l.width, width);
      if (c.type() == column_type::float64) {
        l.fraction = std::max(l.fraction, fraction_width(text));
        l.whole = std::max(l.whole, text.size() - fraction_width(text));
      }
    }
    l.all_same = l.all_same && c.size() > 1;
    l.width = std::max({l.width, l.whole + l.fraction, text::display_width(c.name())});
    out.push_back(l);
  }
  return out;
}

constexpr std::size_t gap = 2;

std::size_t total_width(const std::vector<layout>& columns) {
  std::size_t width = columns.empty() ? 0 : (columns.size() - 1) * gap;
  for (const auto& c : columns) width += c.width;
  return width;
}

struct left_out_columns {
  std::vector<std::string> empty;
  std::vector<std::string> same; ///< "group council"
};

/// Fits the columns into `width` as print() promises; says which were left out.
left_out_columns fit(std::vector<layout>& columns, std::size_t width, bool ascii) {
  left_out_columns out;
  if (width == 0 || total_width(columns) <= width) return out;
  std::erase_if(columns, [&](const layout& c) {
    const bool left = c.context && c.all_null && c.source->size() > 0;
    if (left) out.empty.push_back(c.source->name());
    return left;
  });
  while (total_width(columns) > width && columns.size() > 1) {
    auto widest = columns.end();
    for (auto c = columns.begin(); c != columns.end(); ++c)
      if (c->context && c->all_same && (widest == columns.end() || c->width > widest->width)) widest = c;
    if (widest == columns.end()) break;
    out.same.push_back(widest->source->name() + " " + readable(*widest->source, 0, ascii));
    columns.erase(widest);
  }
  while (total_width(columns) > width) {
    layout* widest = nullptr;
    for (auto& c : columns) {
      const auto least = std::max<std::size_t>(10, text::display_width(c.source->name()));
      if (c.source->type() == column_type::utf8 && c.width > least && (widest == nullptr || c.width > widest->width))
        widest = &c;
    }
    if (widest == nullptr) break;
    --widest->width;
  }
  return out;
}

void print_table(std::ostream& out, const table& rows, const report::style& look) {
  auto columns = measure(rows, look.ascii);
  const auto left_out = fit(columns, look.width, look.ascii);
  std::string heading, rule;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto& c = columns[i];
    const bool right = is_number(c.source->type());
    const bool last = i + 1 == columns.size();
    heading += right  ? text::pad_left(c.source->name(), c.width)
               : last ? c.source->name()
                      : text::pad_right(c.source->name(), c.width);
    for (std::size_t k = 0; k < c.width; ++k) rule += look.ascii ? "-" : "─";
    if (!last) heading.append(gap, ' '), rule.append(gap, ' ');
  }
  out << look.in(report::style::ink::bold, heading) << '\n' << rule << '\n';
  std::string line;
  for (std::size_t r = 0; r < rows.rows(); ++r) {
    line.clear();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto& c = columns[i];
      auto text = readable(*c.source, r, look.ascii);
      if (c.source->type() == column_type::float64 && !text.empty())
        text.append(c.fraction - fraction_width(text), ' '); // decimal points stand below each other
      if (is_number(c.source->type())) line += text::pad_left(text, c.width);
      else line += text::pad_right(text::cut(text, c.width, look.ascii), c.width);
      line.append(gap, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
  }
  if (rows.rows() == 0) out << "(no rows)\n";
  const auto note = [&](std::string_view what, const std::vector<std::string>& names) {
    if (names.empty()) return;
    for (const auto& l :
         text::wrap(std::string(what) + text::enumeration(names) + ".", std::max<std::size_t>(look.width, 20)))
      out << look.in(report::style::ink::faint, l) << '\n';
  };
  note("Not shown, since without any value: ", left_out.empty);
  note("The same in every row: ", left_out.same);
}

void print_json(std::ostream& out, const table& rows) {
  const auto string = [](std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  };
  out << '[';
  for (std::size_t r = 0; r < rows.rows(); ++r) {
    out << (r == 0 ? "\n  {" : ",\n  {");
    for (std::size_t i = 0; i < rows.column_count(); ++i) {
      const auto& c = rows[i];
      out << (i == 0 ? "" : ", ") << string(c.name()) << ": ";
      const bool nan = c.type() == column_type::float64 && !c.is_null(r) && !std::isfinite(c.values<double>()[r]);
      if (c.is_null(r) || nan) out << "null";
      else if (is_number(c.type()) || c.type() == column_type::boolean) out << exact(c, r);
      else out << string(exact(c, r));
    }
    out << '}';
  }
  out << (rows.rows() == 0 ? "]\n" : "\n]\n");
}

} // namespace

void print(std::ostream& out, const table& rows, output_format format, const report::style& look) {
  switch (format) {
    case output_format::table: print_table(out, rows, look); break;
    case output_format::csv: write_csv(out, rows); break;
    case output_format::json: print_json(out, rows); break;
  }
  if (!out) throw error(error_code::io, "cannot write the output");
}

} // namespace commonweal::inline v0::cli
