// SPDX-License-Identifier: Apache-2.0
// Cells of columns that may be absent, and what UTF-8 is.
#include <gtest/gtest.h>

#include <commonweal/core/cells.hpp>
#include <commonweal/core/text.hpp>
#include <commonweal/core/utf8.hpp>

namespace {

using namespace commonweal;

TEST(cells, absent_columns_other_types_and_nulls_have_nothing) {
  table t({{"word", column_type::utf8},
           {"flag", column_type::boolean},
           {"x", column_type::float64},
           {"day", column_type::date}});
  t.append_row({"a", true, 1.5, *date::parse("2024-02-29")});
  t.append_row({cell{}, cell{}, cell{}, cell{}});
  EXPECT_EQ(text_at(t, "word", 0), "a");
  EXPECT_EQ(text_at(t, "word", 1), "");
  EXPECT_EQ(text_at(t, "x", 0), "");
  EXPECT_EQ(text_at(t, "absent", 0), "");
  EXPECT_TRUE(flag_at(t, "flag", 0));
  EXPECT_FALSE(flag_at(t, "flag", 1));
  EXPECT_TRUE(flag_at(t, "flag", 1, true));
  EXPECT_EQ(number_at(t, "x", 0), 1.5);
  EXPECT_EQ(number_at(t, "x", 1), std::nullopt);
  EXPECT_EQ(number_at(t, "word", 0), std::nullopt);
  EXPECT_EQ(date_at(t, "day", 0), date::parse("2024-02-29"));
  EXPECT_EQ(date_at(t, "absent", 0), std::nullopt);
}

TEST(utf8, knows_overlong_forms_surrogates_and_what_is_cut_off) {
  EXPECT_EQ(utf8_length("a"), 1U);
  EXPECT_EQ(utf8_length("\xC3\xBC"), 2U);
  EXPECT_EQ(utf8_length("\xE6\x97\xA5"), 3U);
  EXPECT_EQ(utf8_length("\xF0\x9F\x8C\x8D"), 4U);
  for (const char* bad : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xC3",
                          "\xE6\x97", "\x80", "\xFF"}) {
    EXPECT_EQ(utf8_length(bad), 0U) << bad;
    EXPECT_FALSE(is_utf8(std::string("eight by") + bad)) << bad;
  }
  EXPECT_EQ(utf8_length(""), 0U);
  EXPECT_TRUE(is_utf8("more than eight letters, and Z\xC3\xBCrich"));
}

TEST(text, joins_with_what_stands_between) {
  const std::vector<std::string> words = {"a", "b", "c"};
  EXPECT_EQ(text::joined(words), "a, b, c");
  EXPECT_EQ(text::joined(words, "; "), "a; b; c");
  EXPECT_EQ(text::joined(std::vector<std::string>{}), "");
}

} // namespace
