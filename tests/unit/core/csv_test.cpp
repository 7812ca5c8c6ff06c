// SPDX-License-Identifier: Apache-2.0
// The CSV reader: every accepted dress, every refusal with its row, field and rule, at every cut of the buffer.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include <commonweal/core/csv_table.hpp>
#include <commonweal/core/error.hpp>

namespace cw = commonweal;

namespace {

using rows_of_text = std::vector<std::vector<std::string>>;

struct outcome {
  std::vector<std::string> header;
  rows_of_text rows;
  std::vector<std::int64_t> row_numbers;
  std::vector<std::int64_t> lines;
  cw::diagnostics found;

  [[nodiscard]] std::string codes() const {
    std::string out;
    for (const auto& d : found.items()) out += (out.empty() ? "" : " ") + d.code;
    return out;
  }
};

/// Hands out at most `step` bytes at a time.
cw::byte_source in_steps(std::string_view text, std::size_t step) {
  return [text, step](std::span<char> out) mutable {
    const std::size_t n = std::min({out.size(), text.size(), step});
    std::copy_n(text.data(), n, out.data());
    text.remove_prefix(n);
    return n;
  };
}

outcome read(std::string_view text, cw::csv_options options = {}, std::size_t step = SIZE_MAX) {
  outcome o;
  cw::csv_reader reader(in_steps(text, step), "t.csv", options, o.found);
  o.header = reader.header();
  while (reader.next()) {
    o.rows.emplace_back(reader.fields().begin(), reader.fields().end());
    o.row_numbers.push_back(reader.row());
    o.lines.push_back(reader.line());
  }
  return o;
}

cw::csv_options small_buffer() {
  cw::csv_options o;
  o.buffer = 256;
  return o;
}

} // namespace

TEST(csv, reads_plain_rows) {
  const auto o = read("a,b\n1,2\n3,4\n");
  EXPECT_EQ(o.header, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(o.rows, (rows_of_text{{"1", "2"}, {"3", "4"}}));
  EXPECT_EQ(o.row_numbers, (std::vector<std::int64_t>{2, 3}));
  EXPECT_TRUE(o.found.empty());
}

TEST(csv, accepts_mark_and_every_line_end_and_a_last_line_without_one) {
  const auto o = read("\xEF\xBB\xBF"
                      "a,b\r\n1,2\n3,4\r5,6");
  EXPECT_EQ(o.header[0], "a");
  EXPECT_EQ(o.rows, (rows_of_text{{"1", "2"}, {"3", "4"}, {"5", "6"}}));
  EXPECT_EQ(o.lines, (std::vector<std::int64_t>{2, 3, 4}));
  EXPECT_TRUE(o.found.empty());
}

TEST(csv, counts_rows_as_a_spreadsheet_and_lines_as_an_editor) {
  const auto o = read("a,b\n\"x\r\ny\nz\",2\n\n3,4\n");
  EXPECT_EQ(o.rows, (rows_of_text{{"x\r\ny\nz", "2"}, {"3", "4"}}));
  EXPECT_EQ(o.row_numbers, (std::vector<std::int64_t>{2, 4}));
  EXPECT_EQ(o.lines, (std::vector<std::int64_t>{2, 6}));
}

TEST(csv, undoes_doubled_quotes_and_keeps_blanks) {
  const auto o = read("a,b,c\n\"say \"\"yes\"\"\",\"\", x \n\"\"\"\",\"a,b\",\"\"\"\"\"\"\n");
  EXPECT_EQ(o.rows, (rows_of_text{{"say \"yes\"", "", " x "}, {"\"", "a,b", "\"\""}}));
}

TEST(csv, one_column_tells_a_blank_line_from_a_quoted_blank) {
  const auto o = read("a\n\n\"\"\nx\n");
  EXPECT_EQ(o.rows, (rows_of_text{{""}, {"x"}}));
  EXPECT_EQ(o.row_numbers, (std::vector<std::int64_t>{3, 4}));
}

TEST(csv, takes_the_declared_delimiter) {
  cw::csv_options options;
  options.delimiter = ';';
  EXPECT_EQ(read("a;b\n1,5;2\n", options).rows, (rows_of_text{{"1,5", "2"}}));
}

TEST(csv, header_of_one_field_with_semicolons_asks_for_the_delimiter) {
  const auto o = read("a;b\n1;2\n");
  EXPECT_EQ(o.codes(), "wrong_delimiter");
  EXPECT_NE(o.found.items()[0].message.find("dialect.delimiter"), std::string::npos);
}

TEST(csv, unterminated_quote_names_the_row_where_it_began) {
  const auto o = read("a,b\n1,2\n3,\"open\n4,5\n6,7\n");
  EXPECT_EQ(o.rows, (rows_of_text{{"1", "2"}}));
  ASSERT_EQ(o.codes(), "unterminated_quote");
  EXPECT_EQ(o.found.items()[0].row, 3);
  EXPECT_EQ(o.found.items()[0].field, "b");
  EXPECT_NE(o.found.items()[0].message.find("never closed"), std::string::npos);
}

TEST(csv, stray_quotes_cost_their_row_only) {
  const auto o = read("a,b\n5\" pipe,2\n\"x\"y,3\n4,5\n");
  EXPECT_EQ(o.rows, (rows_of_text{{"4", "5"}}));
  ASSERT_EQ(o.codes(), "stray_quote stray_quote");
  EXPECT_EQ(o.found.items()[0].row, 2);
  EXPECT_EQ(o.found.items()[0].field, "a");
  EXPECT_NE(o.found.items()[0].message.find("double the quotes"), std::string::npos);
  EXPECT_EQ(o.found.items()[1].row, 3);
  EXPECT_EQ(o.row_numbers, (std::vector<std::int64_t>{4}));
}

TEST(csv, wrong_number_of_fields_names_both_numbers) {
  const auto o = read("a,b,c\n1,2\n1,2,3\n1,2,3,4\n");
  EXPECT_EQ(o.rows.size(), 1U);
  ASSERT_EQ(o.codes(), "too_few_fields too_many_fields");
  EXPECT_NE(o.found.items()[0].message.find("has 2 fields where the header names 3"), std::string::npos);
  EXPECT_EQ(o.found.items()[1].row, 4);
}

TEST(csv, invalid_utf8_names_byte_field_and_row_and_the_rest_is_still_read) {
  const auto o = read("name,b\nCaf\xE9,\xED\xA0\x80\nok,2\n");
  ASSERT_EQ(o.codes(), "invalid_utf8 invalid_utf8");
  EXPECT_EQ(o.found.items()[0].row, 2);
  EXPECT_EQ(o.found.items()[0].field, "name");
  EXPECT_NE(o.found.items()[0].message.find("byte 10 of the file (from 0) is 0xE9"), std::string::npos);
  EXPECT_EQ(o.found.items()[1].field, "b"); // a surrogate is not UTF-8
  EXPECT_EQ(o.rows.size(), 2U);
}

TEST(csv, valid_utf8_of_every_length_passes) {
  const std::string text = "a\n\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xEF\xBF\xBF\xF4\x8F\xBF\xBF\n";
  EXPECT_EQ(read(text).codes(), "");
  EXPECT_EQ(read("a\n\xC0\x80\n").codes(), "invalid_utf8");         // overlong
  EXPECT_EQ(read("a\n\xF4\x90\x80\x80\n").codes(), "invalid_utf8"); // beyond Unicode
  EXPECT_EQ(read("a\n\xE2\x82\n").codes(), "invalid_utf8");         // cut short
}

TEST(csv, zero_byte_is_refused) {
  const auto o = read(std::string_view("a,b\n1,x\0y\n", 10));
  ASSERT_EQ(o.codes(), "nul_byte");
  EXPECT_EQ(o.found.items()[0].field, "b");
  EXPECT_NE(o.found.items()[0].message.find("zero byte (byte 7 of the file"), std::string::npos);
}

TEST(csv, a_ten_megabyte_field_is_refused_without_reading_it_all) {
  const std::string text = "a,b\n1," + std::string(10 << 20, 'x') + "\n2,3\n";
  std::uint64_t taken = 0;
  cw::diagnostics found;
  auto inner = in_steps(text, SIZE_MAX);
  cw::csv_reader reader(
      [&](std::span<char> out) {
        const auto n = inner(out);
        taken += n;
        return n;
      },
      "t.csv", {}, found);
  EXPECT_FALSE(reader.next());
  ASSERT_EQ(found.items().size(), 1U);
  const auto& d = found.items()[0];
  EXPECT_EQ(d.code, "field_too_long");
  EXPECT_EQ(d.row, 2);
  EXPECT_EQ(d.field, "b");
  EXPECT_NE(d.message.find("longer than the limit of 1048576 bytes"), std::string::npos);
  EXPECT_LT(taken, 5U << 20);
}

TEST(csv, a_field_at_the_limit_passes_and_one_byte_more_does_not) {
  cw::csv_options o;
  o.max_field = 1000;
  EXPECT_EQ(read("a\n" + std::string(1000, 'x') + "\n", o).codes(), "");
  EXPECT_EQ(read("a\n" + std::string(1001, 'x') + "\n", o).codes(), "field_too_long");
  EXPECT_EQ(read("a\n\"" + std::string(1001, 'x') + "\"\n", o).codes(), "field_too_long");
}

TEST(csv, header_must_name_each_column_once) {
  const auto twice = read("id,name, id \n1,2,3\n");
  ASSERT_EQ(twice.codes(), "duplicate_header");
  EXPECT_NE(twice.found.items()[0].message.find("columns 1 and 3 are both named id"), std::string::npos);
  EXPECT_TRUE(twice.rows.empty());
  const auto nameless = read(",\t\n1,2\n");
  EXPECT_EQ(nameless.codes(), "blank_header");
  EXPECT_TRUE(nameless.rows.empty());
}

TEST(csv, columns_without_a_name_are_passed_over_while_they_are_blank) {
  const auto o = read("id,,name,,\na,,A,,\nb, ,B,\xC2\xA0,\n");
  EXPECT_EQ(o.codes(), "nameless_column");
  EXPECT_EQ(o.header, (std::vector<std::string>{"id", "name"}));
  EXPECT_EQ(o.rows, (rows_of_text{{"a", "A"}, {"b", "B"}}));
  EXPECT_NE(o.found.items()[0].message.find("columns 2, 4, 5"), std::string::npos);

  const auto with_value = read("id,,\na,,\nb,x,\nc,y,z\nd,e\n");
  EXPECT_EQ(with_value.codes(), "nameless_column blank_header blank_header too_few_fields");
  EXPECT_EQ(with_value.found.items()[1].row, 3);
  EXPECT_NE(with_value.found.items()[1].message.find("column 2 has no name, and here it holds \"x\""),
            std::string::npos);
  EXPECT_EQ(with_value.found.items()[2].row, 4);
}

TEST(csv, blanks_around_a_name_are_no_part_of_it_whether_they_are_seen_or_not) {
  for (const std::string blank : {" ", "\t", "\xC2\xA0", "\xE2\x80\x8B", "\xE2\x80\xAF", "\xEF\xBB\xBF", "\xE3\x80\x80",
                                  "\xC2\xAD \xE2\x81\xA0"}) {
    const auto o = read("id," + blank + "period," + "value" + blank + "\n1,2,3\n");
    EXPECT_EQ(o.codes(), "") << blank;
    EXPECT_EQ(o.header, (std::vector<std::string>{"id", "period", "value"})) << blank;
  }
  EXPECT_EQ(read("na\xC2\xA0me,\xC3\xA9t\xC3\xA9\n1,2\n").header,
            (std::vector<std::string>{"na\xC2\xA0me", "\xC3\xA9t\xC3\xA9"}));
}

TEST(csv, a_header_of_one_field_is_one_name_where_it_is_quoted_or_the_delimiter_is_declared) {
  EXPECT_EQ(read("\"a;b\"\nx;y\n").rows, (rows_of_text{{"x;y"}}));
  EXPECT_EQ(read("\xEF\xBB\xBF\"a|b\"\n1\n").header, (std::vector<std::string>{"a|b"}));
  cw::csv_options declared;
  declared.guess_delimiter = false;
  EXPECT_EQ(read("a;b\nx\n", declared).header, (std::vector<std::string>{"a;b"}));
  EXPECT_NE(read("a;b\nx\n").found.items()[0].message.find("put it in quotes"), std::string::npos);
}

TEST(csv, delimiter_and_quote_are_characters_of_their_own) {
  for (const char c : {'\n', '\r', '\0', ';'}) {
    cw::csv_options o;
    o.delimiter = ';';
    o.quote = c;
    EXPECT_THROW((void)read("a\n", o), cw::error);
  }
}

TEST(csv, an_empty_file_and_other_formats_are_told_apart) {
  EXPECT_EQ(read("").codes(), "empty_file");
  EXPECT_EQ(read("\xEF\xBB\xBF").codes(), "empty_file");
  EXPECT_EQ(read("\n\n").codes(), "empty_file");
  EXPECT_EQ(read("a\n").codes(), "");
  EXPECT_EQ(read(std::string_view("\xFF\xFE"
                                  "a\0,\0",
                                  6))
                .codes(),
            "not_utf8_text");
  EXPECT_EQ(read("PK\x03\x04zzzz").codes(), "not_utf8_text");
}

TEST(csv, the_answer_does_not_depend_on_where_the_buffer_cuts) {
  std::string text = "\xEF\xBB\xBFid,text,n\r\n";
  for (int i = 0; i < 60; ++i)
    text += std::to_string(i) + ",\"quoted \"\"" + std::string(static_cast<std::size_t>(i % 7), 'q') +
            "\"\",\r\nline\xC3\xA9\"," + std::to_string(i * 37) +
            (i % 3 == 0   ? "\r\n"
             : i % 3 == 1 ? "\n"
                          : "\r");
  text += "bad\"row,1,2\n1,2\n,,\nlast,\"x\",9";
  const auto whole = read(text);
  EXPECT_EQ(whole.rows.size(), 62U);
  EXPECT_EQ(whole.codes(), "stray_quote too_few_fields");
  for (std::size_t step = 1; step < 300; ++step) {
    const auto cut = read(text, small_buffer(), step);
    ASSERT_EQ(cut.rows, whole.rows) << step;
    ASSERT_EQ(cut.row_numbers, whole.row_numbers) << step;
    ASSERT_EQ(cut.lines, whole.lines) << step;
    ASSERT_EQ(cut.found.items(), whole.found.items()) << step;
  }
}

namespace {
void expect_same(const outcome& a, const outcome& b, const std::string& where) {
  ASSERT_EQ(a.header, b.header) << where;
  ASSERT_EQ(a.rows, b.rows) << where;
  ASSERT_EQ(a.row_numbers, b.row_numbers) << where;
  ASSERT_EQ(a.lines, b.lines) << where;
  ASSERT_EQ(a.found.items(), b.found.items()) << where;
}
} // namespace

TEST(csv, a_buffer_of_any_size_gives_the_rows_and_findings_of_the_default) {
  const std::vector<std::string> pieces = {"a",
                                           "b,",
                                           ",",
                                           "\n",
                                           "\r\n",
                                           "\r",
                                           "\"",
                                           "\"\"",
                                           "\"x\"",
                                           "\xC3\xA9",
                                           "\xC3",
                                           "\xEF\xBB\xBF",
                                           "\xF0\x9F\x98\x80",
                                           "\xFF",
                                           ";",
                                           " ",
                                           std::string(1, '\0'),
                                           std::string(9, 'l'),
                                           "\"q,\r\nq\"",
                                           "id,n\n",
                                           "PK\x03\x04"};
  std::mt19937_64 random(20);
  for (int round = 0; round < 400; ++round) {
    std::string text = round % 4 == 0 ? "\xEF\xBB\xBF" : "";
    if (round % 2 == 0) text += "id,n\n";
    for (auto n = random() % 24; n > 0; --n) text += pieces[random() % pieces.size()];
    cw::csv_options o;
    if (round % 3 == 1) o.max_field = random() % 12;
    if (round % 3 == 1) o.max_row = random() % 24;
    if (round % 5 == 1) o.max_columns = 1 + random() % 3;
    const auto whole = read(text, o);
    for (o.buffer = 0; o.buffer <= 64; ++o.buffer) {
      expect_same(read(text, o), whole, std::to_string(round) + ", buffer " + std::to_string(o.buffer));
      if (o.buffer % 16 == 3)
        expect_same(read(text, o, 1), whole,
                    std::to_string(round) + ", a byte at a time, buffer " + std::to_string(o.buffer));
    }
  }
}

TEST(csv, the_limits_hold_whatever_the_buffer) {
  const std::string row = "1," + std::string(100, 'x') + ",\"" + std::string(50, 'y') + "\"";
  for (const std::size_t buffer : {0U, 1U, 7U, 64U, 4096U}) {
    cw::csv_options o;
    o.buffer = buffer;
    o.max_row = row.size();
    EXPECT_EQ(read("a,b,c\n" + row + "\r\n", o).codes(), "") << buffer;
    o.max_row = row.size() - 1;
    EXPECT_EQ(read("a,b,c\n" + row + "\r\n", o).codes(), "row_too_long") << buffer;
    EXPECT_EQ(read("a,b,c\n" + row, o).codes(), "row_too_long") << buffer;
    o.max_field = 99; // met first
    EXPECT_EQ(read("a,b,c\n" + row, o).codes(), "field_too_long") << buffer;
    EXPECT_EQ(read("a,b,c\n1,\"" + std::string(120, 'x'), o).codes(), "field_too_long") << buffer;
    o.max_field = 300;
    EXPECT_EQ(read("a,b,c\n1,\"" + std::string(120, 'x'), o).codes(), "unterminated_quote") << buffer;
  }
}

TEST(csv, a_long_row_is_cut_in_time_linear_in_its_length) {
  std::size_t asked = 0;
  const std::string text = "a\n\"" + std::string(1000000, 'x') + "\"\n";
  auto inner = in_steps(text, SIZE_MAX);
  cw::diagnostics found;
  cw::csv_options o;
  o.buffer = 1;
  cw::csv_reader reader(
      [&](std::span<char> out) {
        ++asked;
        return inner(out);
      },
      "t.csv", o, found);
  EXPECT_TRUE(reader.next());
  EXPECT_EQ(reader.fields()[0].size(), 1000000U);
  EXPECT_LT(asked, 100U); // the row is cut again for each
}

TEST(csv, what_is_written_reads_back_equal_whatever_the_text) {
  std::mt19937_64 random(7);
  const std::vector<std::string> pieces = {"a",    "\"", ",",  "\n",       "\r",
                                           "\r\n", " ",  "\t", "\xC3\xA9", "\xF0\x9F\x98\x80",
                                           ";",    "'",  "0",  "=1+1",     "\xEF\xBB\xBF"};
  for (int round = 0; round < 300; ++round) {
    cw::table t({{"x", cw::column_type::utf8}, {"y", cw::column_type::float64}, {"z", cw::column_type::utf8}});
    const auto rows = random() % 20;
    for (std::uint64_t r = 0; r < rows; ++r) {
      const auto text = [&] {
        std::string s;
        for (auto n = random() % 5; n > 0; --n) s += pieces[random() % pieces.size()];
        return s;
      };
      const std::string a = text();
      const std::string b = text();
      double y = 0;
      do y = std::bit_cast<double>(random());
      while (!std::isfinite(y));
      t.append_row({a.empty() ? cw::cell{} : cw::cell{std::string_view(a)}, y,
                    b.empty() ? cw::cell{} : cw::cell{std::string_view(b)}});
    }
    std::ostringstream out;
    cw::write_csv(out, t);
    const std::string written = out.str();
    cw::diagnostics found;
    cw::csv_batches batches(cw::csv_reader(in_steps(written, 1 + random() % 50), "t.csv", small_buffer(), found),
                            {{"x", cw::column_type::utf8, false, {}},
                             {"y", cw::column_type::float64, false, {}},
                             {"z", cw::column_type::utf8, false, {}}},
                            found);
    cw::table back = batches.shape();
    cw::table batch = batches.shape();
    cw::origin from;
    while (batches.next(batch, from, 1 + random() % 7))
      for (std::size_t r = 0; r < batch.rows(); ++r) back.append_row({batch[0].at(r), batch[1].at(r), batch[2].at(r)});
    ASSERT_EQ(back, t) << written;
    ASSERT_TRUE(found.empty()) << found.items()[0].to_string();
  }
}

TEST(csv, batches_keep_row_numbers_past_blank_and_refused_rows) {
  cw::diagnostics found;
  const std::string text = "id,n\na,1\nb,2\n,\nc,3\n,4\nd,x\n";
  cw::csv_batches batches(cw::csv_reader(cw::text_bytes(text), "t.csv", {}, found),
                          {{"id", cw::column_type::utf8, true, {}}, {"n", cw::column_type::int64, false, {}}}, found);
  cw::table batch = batches.shape();
  cw::origin from;
  std::vector<std::pair<std::int64_t, std::string>> seen;
  while (batches.next(batch, from))
    for (std::size_t r = 0; r < batch.rows(); ++r)
      seen.emplace_back(from.first_row + static_cast<std::int64_t>(r), batch["id"].text(r));
  EXPECT_EQ(seen, (std::vector<std::pair<std::int64_t, std::string>>{{2, "a"}, {3, "b"}, {5, "c"}, {7, "d"}}));
  ASSERT_EQ(found.items().size(), 3U);
  EXPECT_EQ(found.items()[0].to_string(),
            "error: t.csv, row 6, field id: the field is required and blank; fill it in or delete the row [required]");
  EXPECT_EQ(found.items()[1].code, "not_a_number");
  EXPECT_EQ(found.items()[1].row, 7);
  EXPECT_EQ(found.items()[2].code, "blank_row");
}

TEST(csv, a_file_that_cannot_be_opened_says_why) {
  try {
    (void)cw::read_csv("/nonexistent/file.csv");
    FAIL();
  } catch (const cw::error& e) {
    EXPECT_EQ(e.code(), cw::error_code::io);
    EXPECT_NE(std::string(e.what()).find("/nonexistent/file.csv"), std::string::npos);
    EXPECT_NE(std::string(e.what()).find("No such file"), std::string::npos);
  }
}

namespace {
std::filesystem::path oracle(const char* name) {
  const char* set = std::getenv("COMMONWEAL_ORACLE_DATA");
  return std::filesystem::path(set != nullptr ? set : COMMONWEAL_DEFAULT_ORACLE_DATA) / name;
}
} // namespace

TEST(csv, published_grants_add_up_to_their_total) {
  const auto file = oracle("open-philanthropy/OpenPhilGrants.csv");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no oracle data at " << file;
  const auto t = cw::read_csv(
      file, {{"Organization Name", cw::column_type::utf8, false, {}}, {"Amount", cw::column_type::float64, false, {}}});
  EXPECT_EQ(t.rows(), 2364U);
  EXPECT_EQ(t["Amount"].null_count(), 3U);
  double total = 0; // whole dollars below 2^53: exact
  std::set<std::string, std::less<>> names;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    total += t["Amount"].values<double>()[r];
    names.emplace(t["Organization Name"].text(r));
  }
  EXPECT_EQ(total, 3453412971.0);
  EXPECT_EQ(names.size(), 947U); // the published count takes the blank, on 83 rows, for a name
  EXPECT_EQ(t["Organization Name"].null_count(), 83U);
}

TEST(csv, open_referral_foreign_keys_hold) {
  const auto folder = oracle("hsds");
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no oracle data at " << folder;
  const auto organizations = cw::read_csv(folder / "organizations.csv");
  const auto services = cw::read_csv(folder / "services.csv");
  std::set<std::string, std::less<>> ids;
  for (std::size_t r = 0; r < organizations.rows(); ++r) ids.emplace(organizations["id"].text(r));
  EXPECT_FALSE(ids.empty());
  ASSERT_GT(services.rows(), 0U);
  for (std::size_t r = 0; r < services.rows(); ++r) EXPECT_TRUE(ids.contains(services["organization_id"].text(r))) << r;
}
