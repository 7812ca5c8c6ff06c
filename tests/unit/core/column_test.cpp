// SPDX-License-Identifier: Apache-2.0
// Columns of every type, and nulls on both sides of the bitmap's 64-row words.
#include <commonweal/core/column.hpp>

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace {

using commonweal::cell;
using commonweal::column;
using commonweal::column_type;
using commonweal::date;
using commonweal::error;
using commonweal::error_code;
using commonweal::frequency;
using commonweal::period;
using commonweal::utf8_values;

constexpr column_type every_type[] = {column_type::int64,   column_type::float64, column_type::utf8,
                                      column_type::boolean, column_type::date,    column_type::period};
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// A value that tells its row, of the column's type. Text is owned by the caller.
cell value_for(column_type type, std::size_t row, std::string& text) {
  const auto i = static_cast<std::int64_t>(row);
  switch (type) {
    case column_type::int64: return i - 5;
    case column_type::float64: return static_cast<double>(i) / 8;
    case column_type::utf8: text = "row " + std::to_string(i); return std::string_view(text);
    case column_type::boolean: return i % 3 == 0;
    case column_type::date: return date{static_cast<std::int32_t>(i) - 40};
    case column_type::period: break;
  }
  return period{frequency::month, static_cast<std::int32_t>(i) - 40};
}

TEST(column, starts_empty_of_every_type) {
  for (const auto type : every_type) {
    const column c("x", type);
    EXPECT_EQ(c.type(), type);
    EXPECT_EQ(c.name(), "x");
    EXPECT_EQ(c.size(), 0U);
    EXPECT_EQ(c.null_count(), 0U);
    EXPECT_TRUE(c.validity().empty());
  }
}

TEST(column, keeps_no_bitmap_while_nothing_is_null) {
  column c("x", column_type::int64);
  for (std::int64_t i = 0; i < 200; ++i) c.append(i);
  EXPECT_TRUE(c.validity().empty());
  EXPECT_FALSE(c.is_null(199));
}

TEST(column, a_single_null_is_found_wherever_it_stands_in_its_word) {
  for (const auto type : every_type) {
    for (const std::size_t rows : {1U, 63U, 64U, 65U, 127U, 128U, 129U, 200U}) {
      for (const std::size_t hole : {0U, 1U, 62U, 63U, 64U, 65U, 127U, 128U, 199U}) {
        if (hole >= rows) continue;
        column c("x", type);
        std::string text;
        for (std::size_t i = 0; i < rows; ++i) {
          if (i == hole) c.append_null();
          else c.append(value_for(type, i, text));
        }
        ASSERT_EQ(c.size(), rows);
        ASSERT_EQ(c.null_count(), 1U);
        ASSERT_EQ(c.validity().size(), (rows + 63) / 64);
        for (std::size_t i = 0; i < rows; ++i) {
          ASSERT_EQ(c.is_null(i), i == hole) << "row " << i << " of " << rows;
          ASSERT_EQ(c.at(i), i == hole ? cell{} : value_for(type, i, text));
        }
      }
    }
  }
}

TEST(column, random_nulls_agree_with_a_plain_list) {
  std::mt19937 random(3);
  for (const auto type : every_type) {
    for (int round = 0; round < 40; ++round) {
      column c("x", type);
      std::vector<bool> null;
      std::string text;
      const auto rows = random() % 300;
      const auto sparse = 2 + random() % 60; // one row in `sparse` is null
      for (std::size_t i = 0; i < rows; ++i) {
        null.push_back(random() % sparse == 0);
        if (null.back()) c.append(cell{});
        else c.append(value_for(type, i, text));
      }
      ASSERT_EQ(c.null_count(), static_cast<std::size_t>(std::count(null.begin(), null.end(), true)));
      std::size_t set = 0;
      for (const auto word : c.validity()) set += static_cast<std::size_t>(std::popcount(word));
      ASSERT_EQ(set, c.null_count() == 0 ? 0 : rows - c.null_count()) << "bits beyond the last row are clear";
      for (std::size_t i = 0; i < rows; ++i)
        ASSERT_EQ(c.at(i), null[i] ? cell{} : value_for(type, i, text)) << "row " << i;
    }
  }
}

TEST(column, a_null_leaves_a_plain_placeholder_so_spans_stay_dense) {
  column numbers("n", column_type::int64);
  numbers.append(std::int64_t{7});
  numbers.append_null();
  numbers.append(std::int64_t{9});
  EXPECT_EQ(std::vector<std::int64_t>(numbers.values<std::int64_t>().begin(), numbers.values<std::int64_t>().end()),
            (std::vector<std::int64_t>{7, 0, 9}));
  column words("w", column_type::utf8);
  words.append("one");
  words.append_null();
  words.append("three");
  EXPECT_EQ(words.text(0), "one");
  EXPECT_EQ(words.text(1), "");
  EXPECT_EQ(words.text(2), "three");
  EXPECT_EQ(words.texts().offsets, (std::vector<std::int64_t>{0, 3, 3, 8}));
}

TEST(column, an_empty_text_is_not_a_null) {
  column c("w", column_type::utf8);
  c.append("");
  c.append_null();
  EXPECT_FALSE(c.is_null(0));
  EXPECT_TRUE(c.is_null(1));
}

TEST(column, nan_is_a_number_and_no_null) {
  column c("x", column_type::float64);
  c.append(nan);
  EXPECT_EQ(c.null_count(), 0U);
  EXPECT_FALSE(c.is_null(0));
}

TEST(column, adopts_whole_vectors) {
  const column c("x", std::vector<double>{1.5, 2.5});
  EXPECT_EQ(c.type(), column_type::float64);
  EXPECT_EQ(c.size(), 2U);
  EXPECT_EQ(c.values<double>()[1], 2.5);
  utf8_values words;
  words.push_back("é");
  words.push_back("");
  const column w("w", words);
  EXPECT_EQ(w.size(), 2U);
  EXPECT_EQ(w.text(0), "é");
}

TEST(column, refuses_another_type_and_stays_as_it_was) {
  column c("amount", column_type::float64);
  c.append(1.0);
  try {
    c.append("two");
    FAIL() << "text went into a float64 column";
  } catch (const error& e) {
    EXPECT_EQ(e.code(), error_code::invalid_argument);
    EXPECT_STREQ(e.what(), "column amount holds float64, another type was asked for");
  }
  EXPECT_THROW(c.append(std::int64_t{2}), error);
  EXPECT_THROW(c.append(true), error);
  EXPECT_THROW((void)c.values<std::int64_t>(), error);
  EXPECT_THROW((void)c.texts(), error);
  EXPECT_EQ(c.size(), 1U);
}

TEST(column, has_no_cell_beyond_its_last_row) {
  column c("x", column_type::int64);
  c.append(std::int64_t{1});
  EXPECT_THROW((void)c.at(1), error);
}

TEST(column, coded_text_holds_each_distinct_text_once) {
  column c("w", commonweal::coded_values{});
  const std::vector<std::string> words = {"one", "two", "one", "", "two", "two", "one"};
  for (const auto& w : words) c.append(w);
  c.append_null();
  c.append("three");
  EXPECT_TRUE(c.is_coded());
  EXPECT_EQ(c.type(), column_type::utf8);
  EXPECT_EQ(c.distinct().size(), 4U); // the null row borrows the blank
  ASSERT_EQ(c.size(), 9U);
  for (std::size_t i = 0; i < words.size(); ++i) EXPECT_EQ(c.text(i), words[i]);
  EXPECT_TRUE(c.is_null(7));
  EXPECT_EQ(c.at(8), cell{std::string_view("three")});
  EXPECT_EQ(c.codes()[0], c.codes()[2]);
}

TEST(column, coded_and_plain_text_are_equal_and_turn_into_one_another) {
  std::mt19937 random(3);
  for (int round = 0; round < 50; ++round) {
    column plain("w", column_type::utf8);
    column coded("w", commonweal::coded_values{});
    for (std::size_t i = 0; i < 300; ++i) {
      if (random() % 9 == 0) {
        plain.append_null();
        coded.append_null();
        continue;
      }
      const std::string text = "id-" + std::to_string(random() % (round + 1));
      plain.append(text);
      coded.append(text);
    }
    ASSERT_EQ(plain, coded);
    ASSERT_EQ(coded, plain);
    column other = plain;
    other.encode();
    ASSERT_TRUE(other.is_coded());
    ASSERT_EQ(other, plain);
    coded.decode();
    ASSERT_FALSE(coded.is_coded());
    ASSERT_EQ(coded.texts().offsets, plain.texts().offsets);
    ASSERT_EQ(coded.texts().bytes, plain.texts().bytes);
    other.append("one more");
    ASSERT_NE(other, plain);
  }
}

TEST(column, coded_text_that_came_in_may_repeat_and_be_unused) {
  commonweal::coded_values in;
  for (const char* t : {"a", "b", "a", "unused"}) in.distinct.push_back(t);
  in.codes = {2, 1, 0};
  column c("w", std::move(in));
  c.append("a");
  c.append("unused");
  column plain("w", column_type::utf8);
  for (const char* t : {"a", "b", "a", "a", "unused"}) plain.append(t);
  EXPECT_EQ(c, plain);
  EXPECT_EQ(c.distinct().size(), 4U);
  EXPECT_THROW((void)c.texts(), error);
  EXPECT_THROW((void)plain.codes(), error);
  c.clear();
  c.append("b");
  EXPECT_EQ(c.text(0), "b");
  EXPECT_EQ(c.distinct().size(), 1U);
}

TEST(column, coded_text_is_few_where_one_in_two_rows_repeats_another) {
  column c("w", commonweal::coded_values{});
  for (int i = 0; i < 512; ++i) c.append(std::to_string(i));
  EXPECT_TRUE(c.has_few_texts());
  c.append("one more");
  EXPECT_FALSE(c.has_few_texts());
  for (int i = 0; i < 2; ++i) c.append("one more");
  EXPECT_TRUE(c.has_few_texts());
}

TEST(column, clears_to_empty_and_can_be_filled_again) {
  for (const auto type : every_type) {
    column c("x", type);
    std::string text;
    for (int batch = 0; batch < 3; ++batch) {
      for (std::size_t i = 0; i < 70; ++i) {
        if (batch != 1 && i == 65) c.append_null();
        else c.append(value_for(type, i, text));
      }
      ASSERT_EQ(c.size(), 70U);
      ASSERT_EQ(c.null_count(), batch == 1 ? 0U : 1U);
      ASSERT_EQ(c.is_null(65), batch != 1);
      ASSERT_EQ(c.at(69), value_for(type, 69, text));
      c.clear();
      ASSERT_EQ(c.size(), 0U);
      ASSERT_TRUE(c.validity().empty());
    }
  }
}

TEST(column, equality_sees_name_type_nulls_and_values) {
  column a("x", column_type::float64);
  a.append(1.0);
  a.append(nan);
  a.append_null();
  column b = a;
  EXPECT_EQ(a, b);
  b.rename("y");
  EXPECT_NE(a, b);
  column c("x", column_type::float64);
  c.append(1.0);
  c.append(nan);
  c.append(0.0); // the placeholder's value, but reported
  EXPECT_NE(a, c);
  column zero("z", std::vector<double>{0.0});
  column minus_zero("z", std::vector<double>{-0.0});
  EXPECT_NE(zero, minus_zero) << "a round trip must keep the sign";
  EXPECT_NE(column("x", column_type::int64), column("x", column_type::date));
}

TEST(column, equality_does_not_depend_on_how_the_bitmap_grew) {
  column early("x", column_type::int64);
  early.append_null();
  column late("x", column_type::int64);
  late.append(std::int64_t{1});
  for (std::int64_t i = 0; i < 130; ++i) {
    early.append(i);
    late.append(i);
  }
  late.append_null();
  EXPECT_NE(early, late);
  column again("x", column_type::int64);
  for (std::size_t i = 0; i < early.size(); ++i) again.append(early.at(i));
  EXPECT_EQ(early, again);
}

TEST(column_type, has_the_names_of_the_schema) {
  EXPECT_EQ(to_string(column_type::int64), "int64");
  EXPECT_EQ(to_string(column_type::period), "period");
  EXPECT_EQ(commonweal::parse_enum<column_type>("utf8"), column_type::utf8);
  EXPECT_FALSE(commonweal::parse_enum<column_type>("UTF8"));
}

} // namespace
