// SPDX-License-Identifier: Apache-2.0
// Typed batches out of CSV rows, and CSV text out of tables.
#include <commonweal/core/csv_table.hpp>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <utility>

#include <commonweal/core/error.hpp>

#include "core/blanks.hpp"
#include "core/period_memo.hpp"

namespace commonweal::inline v0 {

struct csv_batches::state {
  struct bound_column {
    csv_column plan;
    std::size_t field;         // place in the row
    bool only_blank;           // the blank is the one missing code, the usual case
    bool coded;                // texts, as long as they are few
    std::int64_t grouped = 0;  // first row where grouping was met
    std::int64_t currency = 0; // first row where a currency sign was met
  };

  state(csv_reader r, std::vector<csv_column> plan, diagnostics& f) : reader(std::move(r)), found(&f) {
    const auto& header = reader.header();
    for (auto& c : plan) {
      const auto it = std::find(header.begin(), header.end(), c.name);
      if (it == header.end()) continue;
      const bool only_blank = c.rules.missing == blank_word();
      const bool is_text = c.type == column_type::utf8;
      columns.push_back({std::move(c), static_cast<std::size_t>(it - header.begin()), only_blank, is_text});
    }
  }

  void note(const char* code, std::int64_t row, const std::string& field, std::string message) const {
    found->add({severity::note, code, reader.file(), row, field, {}, std::move(message)});
  }
  void refuse(const bound_column& c, value_fault fault, std::string_view text) const {
    found->add({severity::error,
                std::string(to_string(fault)),
                reader.file(),
                reader.row(),
                c.plan.name,
                {},
                explain_fault(fault, text, c.plan.rules)});
  }

  template <class T>
  bool put(bound_column& c, column& to, const read_value<T>& r, std::string_view text) const {
    if (r.fault != value_fault::none) {
      refuse(c, r.fault, text);
      to.append_null();
      return false;
    }
    if (r.grouped && c.grouped == 0) c.grouped = reader.row();
    if (r.currency && c.currency == 0) c.currency = reader.row();
    to.append(r.value);
    return true;
  }

  /// False where the cell is null, by rule or because its text was refused.
  [[gnu::always_inline]] bool read_cell(bound_column& c, column& to, std::string_view text) {
    const bool missing = c.only_blank ? text.empty() : c.plan.rules.is_missing(text);
    if (missing || text.empty()) {
      to.append_null();
      return false;
    }
    if (c.plan.type == column_type::utf8) {
      to.append(text);
      return true;
    }
    if (detail::trim_blanks(text).empty()) { // blanks only, where a value belongs
      to.append_null();
      return false;
    }
    switch (c.plan.type) {
      case column_type::int64: return put(c, to, read_int64(text, c.plan.rules), text);
      case column_type::float64: return put(c, to, read_float64(text, c.plan.rules), text);
      case column_type::boolean: return put(c, to, read_boolean(text, c.plan.rules), text);
      case column_type::date: return put(c, to, read_date(text), text);
      case column_type::period:
      case column_type::utf8: break;
    }
    return put(c, to, periods(text), text);
  }

  bool all_blank() const {
    return std::all_of(reader.fields().begin(), reader.fields().end(),
                       [](std::string_view f) { return detail::trim_blanks(f).empty(); });
  }

  void finish() {
    if (done) return;
    done = true;
    if (blank_rows > 0)
      note("blank_row", first_blank, {},
           std::to_string(blank_rows) + (blank_rows == 1 ? " row of the file is" : " rows of the file are") +
               " all blank and passed over");
    for (const auto& c : columns) {
      const std::string unit(1, c.plan.rules.group_char);
      if (c.grouped > 0)
        note("grouping", c.grouped, c.plan.name,
             "numbers with \"" + unit + "\" between groups of three digits are read as whole: 1" + unit +
                 "234 is one thousand two hundred and thirty-four");
      if (c.currency > 0)
        note("currency_sign", c.currency, c.plan.name,
             "a currency sign is passed over; which currency it is must be said by a unit or currency column");
    }
  }

  csv_reader reader;
  diagnostics* found;
  std::vector<bound_column> columns;
  detail::period_memo periods;
  bool held = false; // the reader's row is yet to be used
  bool done = false;
  std::int64_t blank_rows = 0;
  std::int64_t first_blank = 0;
};

csv_batches::csv_batches(csv_reader reader, std::vector<csv_column> plan, diagnostics& found)
    : state_(std::make_unique<state>(std::move(reader), std::move(plan), found)) {}
csv_batches::~csv_batches() = default;
csv_batches::csv_batches(csv_batches&&) noexcept = default;
csv_batches& csv_batches::operator=(csv_batches&&) noexcept = default;

const csv_reader& csv_batches::reader() const { return state_->reader; }

table csv_batches::shape() const {
  table t;
  for (const auto& c : state_->columns) t.add_column(c.plan.name, c.plan.type);
  return t;
}

bool csv_batches::next(table& batch, origin& from, std::size_t max_rows) {
  state& s = *state_;
  batch.clear_rows();
  std::vector<column*> to(s.columns.size());
  for (std::size_t i = 0; i < to.size(); ++i) {
    to[i] = &batch[i];
    if (s.columns[i].coded) to[i]->encode();
    else to[i]->decode();
  }
  from.file = s.reader.file();
  std::size_t rows = 0;
  while (rows < max_rows) {
    if (!s.held && !s.reader.next()) break;
    s.held = false;
    const std::int64_t row = s.reader.row();
    if (rows == 0) {
      from.first_row = row;
    } else if (row != from.first_row + static_cast<std::int64_t>(rows)) {
      s.held = true; // rows were passed over: a new batch begins here
      return true;
    }
    const auto fields = s.reader.fields();
    bool keep = true;
    if (detail::trim_blanks(fields[0]).empty() && s.all_blank()) {
      if (s.blank_rows++ == 0) s.first_blank = row;
      keep = false;
    } else {
      for (std::size_t i = 0; i < to.size(); ++i) {
        auto& c = s.columns[i];
        const std::string_view text = fields[c.field];
        if (s.read_cell(c, *to[i], text) || !c.plan.required) continue;
        // A refused text has its finding already; a blank gets it here.
        if (detail::trim_blanks(text).empty() || c.plan.rules.is_missing(text))
          s.found->add({severity::error,
                        "required",
                        s.reader.file(),
                        row,
                        c.plan.name,
                        {},
                        "the field is required and blank; fill it in or delete the row"});
        keep = false;
      }
      if (!keep) { // take the row back; the batch ends here, so this costs no more than reading it did
        for (std::size_t i = 0; i < to.size(); ++i) {
          column c(to[i]->name(), to[i]->type());
          if (to[i]->is_coded()) c.encode();
          for (std::size_t k = 0; k < rows; ++k) c.append(to[i]->at(k));
          *to[i] = std::move(c);
        }
      }
    }
    if (keep) {
      if (++rows % 1024 == 0)
        for (std::size_t i = 0; i < to.size(); ++i)
          if (s.columns[i].coded && !(s.columns[i].coded = to[i]->has_few_texts())) to[i]->decode();
    } else if (rows > 0) {
      return true;
    }
  }
  if (rows == 0) s.finish();
  return rows > 0;
}

table read_csv(const std::filesystem::path& file, std::vector<csv_column> plan, const csv_options& options) {
  diagnostics found;
  csv_reader reader(file_bytes(file), file.filename().string(), options, found);
  if (plan.empty())
    for (const auto& name : reader.header()) plan.push_back({name, column_type::utf8, false, {}});
  csv_batches batches(std::move(reader), std::move(plan), found);
  table all = batches.shape();
  table batch = batches.shape();
  origin from;
  while (batches.next(batch, from))
    for (std::size_t c = 0; c < batch.column_count(); ++c)
      for (std::size_t r = 0; r < batch.rows(); ++r) all[c].append(batch[c].at(r));
  if (found.has_errors()) throw error(error_code::invalid_data, found);
  return all;
}

void write_csv_field(std::string& out, std::string_view text) {
  const bool outer_blank =
      !text.empty() && (text.front() == ' ' || text.back() == ' ' || text.front() == '\t' || text.back() == '\t');
  if (!outer_blank && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void write_csv(std::ostream& out, const table& rows) {
  std::string text;
  std::string value;
  const auto end_row = [&](bool last) {
    text += '\n';
    if (!last && text.size() < (std::size_t{1} << 16)) return;
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    if (!out) throw error(error_code::io, "cannot write the output");
    text.clear();
  };
  for (std::size_t c = 0; c < rows.column_count(); ++c) {
    if (c > 0) text += ',';
    write_csv_field(text, rows[c].name());
  }
  // In quotes one field is known to be one; without, a reader may take it for several with another delimiter.
  if (rows.column_count() == 1 && text.front() != '"' && text.find_first_of(";\t|") != std::string::npos)
    text = '"' + text + '"';
  end_row(rows.rows() == 0);
  for (std::size_t r = 0; r < rows.rows(); ++r) {
    for (std::size_t c = 0; c < rows.column_count(); ++c) {
      if (c > 0) text += ',';
      const bool no_number = rows[c].type() == column_type::float64 && std::isnan(rows[c].values<double>()[r]);
      if (rows[c].is_null(r) || no_number) {
        if (rows.column_count() == 1) text += "\"\""; // a line of nothing would be passed over as blank
        continue;
      }
      if (rows[c].type() == column_type::utf8) {
        write_csv_field(text, rows[c].text(r));
      } else {
        value.clear();
        write_cell(value, rows[c].at(r));
        text += value; // no digit, sign, letter or point needs quotes
      }
    }
    end_row(r + 1 == rows.rows());
  }
}

} // namespace commonweal::inline v0
