// SPDX-License-Identifier: Apache-2.0
// Numbers, widths, wrapping and spark lines as a reader sees them.
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "report/spark.hpp"
#include <commonweal/core/text.hpp>
#include <commonweal/core/values.hpp>

namespace {

using namespace commonweal::report;
using namespace commonweal::text;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(text, width_counts_columns_and_not_bytes) {
  EXPECT_EQ(display_width("plain"), 5U);
  EXPECT_EQ(display_width("Zürich"), 6U);
  EXPECT_EQ(display_width("e\u0301"), 1U); // a combining accent takes none
  EXPECT_EQ(display_width("日本"), 4U);
  EXPECT_EQ(display_width("└─ "), 3U);
}

TEST(text, data_cannot_steer_the_terminal) {
  EXPECT_EQ(clean("red \x1b[31malert\nsecond line\t!"), "red \\x1b[31malert second line !");
  EXPECT_EQ(clean("\a\x7f"), "\\x07\\x7f");
  EXPECT_EQ(clean("\u202egnp.exe\u2069 \u200f\u2028"), "\\u202egnp.exe\\u2069 \\u200f\\u2028");
  EXPECT_EQ(clean("caf\u00e9 \U0001F1FA \u200D"), "caf\u00e9 \U0001F1FA \u200D"); // joiners belong to the text
  EXPECT_EQ(clean("\x9b"), "\uFFFD"); // a lone byte that some terminals obey
  EXPECT_EQ(clean("\u009b"
                  "31m"),
            "\\x9b31m");
  EXPECT_EQ(clean("trailing\r\n"), "trailing");
}

TEST(text, broken_utf8_becomes_the_replacement_character) {
  EXPECT_EQ(clean("\xC3"), "\uFFFD");
  EXPECT_EQ(clean("\xC0\xAF"), "\uFFFD\uFFFD");           // overlong
  EXPECT_EQ(clean("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD"); // a surrogate
}

TEST(text, ascii_keeps_dashes_and_quotes_readable) {
  EXPECT_EQ(to_ascii("a – b “c” d’s…"), "a - b \"c\" d's...");
  EXPECT_EQ(to_ascii("Zürich"), "Z?rich");
}

TEST(text, cut_says_that_it_cut) {
  EXPECT_EQ(cut("organization", 12), "organization");
  EXPECT_EQ(cut("organization", 6), "organ…");
  EXPECT_EQ(cut("organization", 6, true), "organ~");
  EXPECT_EQ(cut("日本語", 4), "日…"); // a wide character that does not fit is left out whole
}

TEST(text, wrapping_keeps_lines_within_the_width) {
  EXPECT_EQ(wrap("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrap("abcdefghij", 4), (std::vector<std::string>{"abcd", "efgh", "ij"}));
  EXPECT_EQ(wrap("reports (22 %).", 11), (std::vector<std::string>{"reports", "(22 %)."})); // no line begins with %
  EXPECT_EQ(wrap("", 4), (std::vector<std::string>{""}));
  EXPECT_EQ(wrap("  spaced   out  ", 20), (std::vector<std::string>{"spaced out"}));
}

TEST(text, shortest_numbers_read_back_as_the_same_double) {
  std::mt19937_64 draw(7);
  for (int i = 0; i < 10'000; ++i) {
    const double x = std::ldexp(static_cast<double>(draw() >> 11), static_cast<int>(draw() % 200) - 150);
    EXPECT_EQ(std::strtod(commonweal::to_text(x).c_str(), nullptr), x);
  }
  EXPECT_EQ(commonweal::to_text(0.1), "0.1");
  EXPECT_EQ(commonweal::to_text(31), "31");
}

TEST(text, numbers_for_reading_keep_all_digits_of_whole_numbers) {
  EXPECT_EQ(human(1234567), "1,234,567");
  EXPECT_EQ(human(-1234567), "-1,234,567");
  EXPECT_EQ(human(999), "999");
  EXPECT_EQ(human(1234.5678), "1,234.6");
  EXPECT_EQ(human(123456.78), "123,457");
  EXPECT_EQ(human(0.0123456), "0.012346");
  EXPECT_EQ(human(0.5), "0.5");
  EXPECT_EQ(human(0.0), "0");
  EXPECT_EQ(human(-0.0), "0");
  EXPECT_EQ(human(1.5e-7), "1.5e-07");
  EXPECT_EQ(human(99.99999), "100");
  EXPECT_EQ(grouped(-1000), "-1,000");
}

TEST(text, nearly_all_is_never_100_percent) {
  EXPECT_EQ(percent(1), "100 %");
  EXPECT_EQ(percent(0), "0 %");
  EXPECT_EQ(percent(0.999), "99.9 %");
  EXPECT_EQ(percent(0.99999), "99.9 %");
  EXPECT_EQ(percent(0.0001), "0.1 %");
  EXPECT_EQ(percent(2.0 / 3), "67 %");
}

TEST(text, a_change_has_its_sign) {
  EXPECT_EQ(signed_percent(-0.31), "-31 %");
  EXPECT_EQ(signed_percent(0.004), "+0.4 %");
  EXPECT_EQ(signed_percent(2.5), "+250 %");
  EXPECT_EQ(signed_percent(0), "0 %");
  EXPECT_EQ(signed_percent(-0.185), "-19 %");
}

TEST(text, counts_and_lists_read_as_sentences) {
  EXPECT_EQ(counted(1, "report"), "1 report");
  EXPECT_EQ(counted(1024, "report"), "1,024 reports");
  EXPECT_EQ(counted(2, "strategy", "strategies"), "2 strategies");
  EXPECT_EQ(enumeration({"a"}), "a");
  EXPECT_EQ(enumeration({"a", "b", "c"}), "a, b and c");
}

TEST(spark, runs_from_the_lowest_to_the_highest) {
  EXPECT_EQ(spark(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8}), "▁▂▃▄▅▆▇█");
  EXPECT_EQ(spark(std::vector<double>{100, 69}, true), "81");
}

TEST(spark, shows_gaps_and_never_fills_them) {
  EXPECT_EQ(spark(std::vector<double>{1, nan, 2}), "▁·█");
  EXPECT_EQ(spark(std::vector<double>{1, nan, 2}, true), "1.8");
  EXPECT_EQ(spark(std::vector<double>{nan, nan}), "··");
}

TEST(spark, of_a_constant_lies_in_the_middle) { EXPECT_EQ(spark(std::vector<double>{5, 5}, true), "55"); }

TEST(spark, survives_the_whole_range_of_doubles) {
  const double most = std::numeric_limits<double>::max();
  EXPECT_EQ(spark(std::vector<double>{-most, 0, most}, true), "158");
}

} // namespace
