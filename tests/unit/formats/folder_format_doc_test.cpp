// SPDX-License-Identifier: Apache-2.0
// docs/folder-format.md says what the code does: the same columns in the same order, the same rules for values.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <commonweal/core/csv.hpp>
#include <commonweal/core/values.hpp>
#include <commonweal/formats/package.hpp>
#include <commonweal/measure/records.hpp>

namespace cw = commonweal;

namespace {

std::vector<std::string> lines_of_the_page() {
  std::ifstream in(std::string(COMMONWEAL_TEST_SOURCE_DIR) + "/docs/folder-format.md");
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

/// What stands between the backquotes with which a table row begins, and the cell after it.
bool split(const std::string& line, std::string& code, std::string& rest) {
  if (!line.starts_with("| `")) return false;
  const auto end = line.find("` | ");
  if (end == std::string::npos) return false;
  code = line.substr(3, end - 3);
  rest = line.substr(end + 4, line.rfind(" |") - end - 4);
  return true;
}

} // namespace

/// The row of a field as the page has it.
std::string row_of(const cw::field_rule& f) {
  constexpr std::array<const char*, 6> types = {"whole number", "number", "text", "boolean", "date", "period"};
  const auto listed = [](const auto& words) {
    std::string out;
    for (const auto w : words) out += (out.empty() ? "" : ", ") + std::string(w);
    return out;
  };
  std::string type = types[static_cast<std::size_t>(f.type)];
  if (!f.allowed.empty() && !f.open_list) type = listed(f.allowed);
  if (!f.takes_number.empty())
    type += ", " + std::string(f.takes_number) + "(N), N from " + cw::to_text(f.min) + " to " + cw::to_text(f.max);
  return "| `" + std::string(f.name) + "` | " + type + " | " + (f.required ? "**refused**" : std::string(f.fallback)) +
         " | " + std::string(f.meaning) + (f.unit.empty() ? "" : " (" + std::string(f.unit) + ")") + " |";
}

TEST(folder_format_page, has_the_rows_and_the_key_of_every_file_as_the_schema_has_them) {
  std::map<std::string, std::vector<std::string>> page;
  std::string file;
  for (const auto& line : lines_of_the_page()) {
    if (line.starts_with("## ")) file.clear();
    if (line.starts_with("### ")) file = line.substr(4, line.find(".csv") - 4);
    if (!file.empty() && (line.starts_with("| `") || line.starts_with("Key: "))) page[file].push_back(line);
  }
  std::map<std::string, std::vector<std::string>> model;
  for (const auto f : cw::files_of_the_model()) {
    auto& lines = model[std::string(f)];
    if (const auto* rule = cw::find_record_rule(f); rule != nullptr && !rule->key.empty()) {
      std::string key = "Key: ";
      for (const auto name : rule->key) key += (name == rule->key.front() ? "`" : ", `") + std::string(name) + "`";
      lines.push_back(key + ".");
    }
    for (const auto& field : cw::fields_of(f)) lines.push_back(row_of(field));
  }
  EXPECT_EQ(page, model);
}

TEST(folder_format_page, reads_numbers_as_the_library_does) {
  bool in_table = false;
  int rows = 0;
  std::string code;
  std::string rest;
  for (const auto& line : lines_of_the_page()) {
    if (line.starts_with("| number as written")) in_table = true;
    else if (line.empty()) in_table = false;
    if (!in_table || !split(line, code, rest)) continue;
    ++rows;
    const auto r = cw::read_float64(code);
    if (rest.starts_with("refused: ")) EXPECT_EQ(cw::to_string(r.fault), rest.substr(9)) << code;
    else EXPECT_EQ(r.fault == cw::value_fault::none ? cw::to_text(r.value) : "refused", rest) << code;
  }
  EXPECT_GE(rows, 20);
}

TEST(folder_format_page, states_the_limits_that_hold) {
  std::string all;
  for (const auto& line : lines_of_the_page()) all += line + "\n";
  const cw::csv_options o;
  EXPECT_NE(all.find("a field of " + std::to_string(o.max_field) + " bytes, a row of " + std::to_string(o.max_row) +
                     " bytes, " + std::to_string(o.max_columns) + " columns"),
            std::string::npos);
  EXPECT_NE(
      all.find("of the years " + std::to_string(cw::first_sane_year) + " to " + std::to_string(cw::last_sane_year)),
      std::string::npos);
}
