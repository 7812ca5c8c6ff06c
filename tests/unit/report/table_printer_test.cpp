// SPDX-License-Identifier: Apache-2.0
// The three formats of a table.
#include <fstream>
#include <limits>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <commonweal/core/error.hpp>

#include "cli/table_printer.hpp"
#include "report/column_role.hpp"

namespace {

using namespace commonweal;
using cli::output_format;

std::string printed(const table& t, output_format f,
                    const report::style& look = {.width = 0, .ascii = true, .color = false}) {
  std::ostringstream out;
  cli::print(out, t, f, look);
  return out.str();
}

table mixed() {
  table t({{"group", column_type::utf8},
           {"period", column_type::period},
           {"value", column_type::float64},
           {"reported", column_type::int64},
           {"chair", column_type::boolean},
           {"since", column_type::date}});
  t.append_row({"council", *period::parse("2024-03"), 1234.5, std::int64_t{1200}, true, *date::parse("2024-01-01")});
  t.append_row({"a \"b\", c", *period::parse("2024-Q1"), std::monostate{}, std::monostate{}, std::monostate{},
                std::monostate{}});
  t.append_row({std::monostate{}, *period::parse("2024"), 0.25, std::int64_t{7}, false, *date::parse("2024-01-02")});
  return t;
}

TEST(table_printer, aligns_numbers_by_their_decimal_points_and_leaves_nulls_blank) {
  EXPECT_EQ(printed(mixed(), output_format::table), "group     period      value  reported  chair  since\n"
                                                    "--------  -------  --------  --------  -----  ----------\n"
                                                    "council   2024-03  1,234.5      1,200  yes    2024-01-01\n"
                                                    "a \"b\", c  2024-Q1\n"
                                                    "          2024         0.25         7  no     2024-01-02\n");
}

TEST(table_printer, csv_is_exact_and_quotes_what_needs_it) {
  EXPECT_EQ(printed(mixed(), output_format::csv), "group,period,value,reported,chair,since\n"
                                                  "council,2024-03,1234.5,1200,true,2024-01-01\n"
                                                  "\"a \"\"b\"\", c\",2024-Q1,,,,\n"
                                                  ",2024,0.25,7,false,2024-01-02\n");
}

TEST(table_printer, json_has_an_object_a_row_and_null_for_nulls) {
  const auto rows = nlohmann::json::parse(printed(mixed(), output_format::json));
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0]["value"], 1234.5);
  EXPECT_EQ(rows[0]["chair"], true);
  EXPECT_EQ(rows[1]["group"], "a \"b\", c");
  EXPECT_TRUE(rows[1]["value"].is_null());
  EXPECT_TRUE(rows[2]["group"].is_null());
}

TEST(table_printer, json_has_no_nan) {
  table t({{"value", column_type::float64}});
  t.append_row({std::numeric_limits<double>::quiet_NaN()});
  EXPECT_EQ(printed(t, output_format::json), "[\n  {\"value\": null}\n]\n");
}

TEST(table_printer, an_empty_table_is_still_a_table) {
  const table t({{"a", column_type::utf8}, {"b", column_type::int64}});
  EXPECT_EQ(printed(t, output_format::csv), "a,b\n");
  EXPECT_EQ(printed(t, output_format::json), "[]\n");
  EXPECT_EQ(printed(t, output_format::table), "a  b\n-  -\n(no rows)\n");
}

TEST(table_printer, a_lone_null_is_no_empty_line_in_csv) {
  table t({{"a", column_type::utf8}});
  t.append_row({std::monostate{}});
  EXPECT_EQ(printed(t, output_format::csv), "a\n\"\"\n");
}

TEST(table_printer, a_narrow_terminal_loses_blank_columns_first_and_then_the_ends_of_long_text) {
  table t({{"name", column_type::utf8}, {"sigma", column_type::float64}, {"value", column_type::int64}});
  t.append_row({"a name that is much too long for it", std::monostate{}, std::int64_t{1}});
  EXPECT_EQ(printed(t, output_format::table, {.width = 24, .ascii = true, .color = false}), "name               value\n"
                                                                                            "-----------------  -----\n"
                                                                                            "a name that is m~      1\n"
                                                                                            "Not shown, since without\n"
                                                                                            "any value: sigma.\n");
}

TEST(table_printer, a_narrow_terminal_says_once_what_is_the_same_in_every_row) {
  table t({{"group", column_type::utf8}, {"period", column_type::period}, {"value", column_type::int64}});
  t.append_row({"council-of-all", *period::parse("2024"), std::int64_t{1}});
  t.append_row({"council-of-all", *period::parse("2025"), std::int64_t{2}});
  EXPECT_EQ(printed(t, output_format::table, {.width = 24, .ascii = true, .color = false}), "period  value\n"
                                                                                            "------  -----\n"
                                                                                            "2024        1\n"
                                                                                            "2025        2\n"
                                                                                            "The same in every row:\n"
                                                                                            "group council-of-all.\n");
}

TEST(table_printer, what_was_asked_for_stays_in_the_table_whatever_it_holds) {
  // A forecast that is the same in every row, with an interval, and without any value.
  table t({{"series", column_type::utf8},
           {"period", column_type::period},
           {"value", column_type::float64},
           {"lower", column_type::float64},
           {"upper", column_type::float64},
           {"state", column_type::utf8}});
  const auto row = [&](const char* when, bool known) {
    t.append_row({std::string_view("a-long-series"), *period::parse(when), known ? cell{12.5} : cell{},
                  known ? cell{10.0} : cell{}, known ? cell{15.0} : cell{}, std::string_view("forecast")});
  };
  const report::style narrow{.width = 24, .ascii = true, .color = false};
  row("2024", true), row("2025", true);
  EXPECT_EQ(printed(t, output_format::table, narrow), "period  value  lower  upper  state\n"
                                                      "------  -----  -----  -----  --------\n"
                                                      "2024     12.5     10     15  forecast\n"
                                                      "2025     12.5     10     15  forecast\n"
                                                      "The same in every row:\n"
                                                      "series a-long-series.\n");
  t.clear_rows();
  row("2024", false);
  EXPECT_EQ(printed(t, output_format::table, narrow), "series      period  value  lower  upper  state\n"
                                                      "----------  ------  -----  -----  -----  --------\n"
                                                      "a-long-se~  2024                         forecast\n");
}

TEST(table_printer, verdicts_counts_and_columns_of_no_known_name_are_answers) {
  for (const char* name : {"value", "lower", "upper", "state", "status", "verdict", "score", "severity", "finding",
                           "share", "missing", "of-a-name-yet-to-come"})
    EXPECT_FALSE(report::is_context(name)) << name;
  for (const char* name : {"group", "indicator", "period", "unit", "reported", "structure_date"})
    EXPECT_TRUE(report::is_context(name)) << name;
}

TEST(table_printer, a_full_disk_is_an_error) {
  std::ofstream full("/dev/full");
  if (!full) GTEST_SKIP() << "no /dev/full here";
  const auto print = [&] {
    for (int i = 0; i < 1000; ++i) cli::print(full, mixed(), output_format::csv, {});
  };
  EXPECT_THROW(print(), error);
}

} // namespace
