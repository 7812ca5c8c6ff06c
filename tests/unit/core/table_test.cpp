// SPDX-License-Identifier: Apache-2.0
// Tables: columns by name and place, rows that fit or leave the table alone.
#include <commonweal/core/table.hpp>

#include <gtest/gtest.h>

namespace {

using commonweal::cell;
using commonweal::column;
using commonweal::column_type;
using commonweal::date;
using commonweal::error;
using commonweal::error_code;
using commonweal::period;
using commonweal::table;

table example() {
  table t({{"group", column_type::utf8}, {"period", column_type::period}, {"value", column_type::float64}});
  t.append_row({"council", period::parse("2024-Q1").value(), 12.5});
  t.append_row({"council", period::parse("2024-Q2").value(), std::monostate{}});
  return t;
}

TEST(table, has_no_rows_and_no_columns_at_first) {
  EXPECT_EQ(table{}.rows(), 0U);
  EXPECT_EQ(table{}.column_count(), 0U);
  EXPECT_EQ(table{}.find("anything"), nullptr);
}

TEST(table, gives_columns_by_name_and_by_place) {
  const auto t = example();
  EXPECT_EQ(t.rows(), 2U);
  EXPECT_EQ(t["value"].values<double>()[0], 12.5);
  EXPECT_TRUE(t["value"].is_null(1));
  EXPECT_EQ(t[0].name(), "group");
  EXPECT_EQ(t[std::size_t{2}].name(), "value");
  EXPECT_EQ(t.find("period"), &t[1]);
}

TEST(table, names_the_columns_there_are_when_one_is_asked_for_that_is_not) {
  const auto t = example();
  try {
    (void)t["amount"];
    FAIL();
  } catch (const error& e) {
    EXPECT_EQ(e.code(), error_code::invalid_argument);
    EXPECT_STREQ(e.what(), "no column amount; the columns are group, period, value");
  }
}

TEST(table, a_row_that_does_not_fit_leaves_the_table_as_it_was) {
  auto t = example();
  const auto before = t;
  EXPECT_THROW(t.append_row({"council", period::parse("2024-Q3").value()}), error);           // too few
  EXPECT_THROW(t.append_row({"council", period::parse("2024-Q3").value(), 1.0, 2.0}), error); // too many
  EXPECT_THROW(t.append_row({"council", period::parse("2024-Q3").value(), "twelve"}), error); // last cell wrong
  EXPECT_THROW(t.append_row({date{0}, period::parse("2024-Q3").value(), 1.0}), error);        // first cell wrong
  EXPECT_THROW(t.append_row({"council", period::parse("2024-Q3").value(), std::int64_t{1}}),
               error); // no silent widening
  EXPECT_EQ(t, before);
  t.append_row(std::vector<cell>{cell{}, cell{}, cell{}}); // null fits every type
  EXPECT_EQ(t.rows(), 3U);
}

TEST(table, refuses_a_second_column_of_a_name_and_one_of_another_length) {
  auto t = example();
  EXPECT_THROW(t.add_column("value", column_type::int64), error);
  EXPECT_THROW(t.add_column(column("rank", std::vector<std::int64_t>{1, 2, 3})), error);
  t.add_column(column("rank", std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(t["rank"].values<std::int64_t>()[1], 2);
  EXPECT_EQ(t.column_count(), 4U);
}

TEST(table, clears_its_rows_and_keeps_its_columns) {
  auto t = example();
  t.clear_rows();
  EXPECT_EQ(t.rows(), 0U);
  EXPECT_EQ(t.column_count(), 3U);
  t.append_row({"workgroup", period::parse("2025").value(), 1.0});
  EXPECT_FALSE(t["value"].is_null(0));
}

TEST(table, equality_sees_order_and_names_of_columns) {
  EXPECT_EQ(example(), example());
  const table ab({{"a", column_type::int64}, {"b", column_type::int64}});
  const table ba({{"b", column_type::int64}, {"a", column_type::int64}});
  EXPECT_NE(ab, ba);
}

TEST(table, copies_are_independent) {
  const auto t = example();
  auto u = t;
  u.append_row({"x", period::parse("2024-Q3").value(), 0.0});
  EXPECT_EQ(t.rows(), 2U);
  EXPECT_EQ(u.rows(), 3U);
}

} // namespace
