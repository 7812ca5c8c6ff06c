// SPDX-License-Identifier: Apache-2.0
// What texts mean: the table of rules in docs/folder-format.md, line by line.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include <commonweal/core/values.hpp>

namespace cw = commonweal;
using cw::value_fault;

namespace {
double number(std::string_view text) {
  const auto r = cw::read_float64(text);
  EXPECT_EQ(r.fault, value_fault::none) << text;
  return r.value;
}
value_fault number_fault(std::string_view text) { return cw::read_float64(text).fault; }
value_fault integer_fault(std::string_view text) { return cw::read_int64(text).fault; }
} // namespace

TEST(values, plain_numbers_are_the_nearest_double) {
  EXPECT_EQ(number("0.1"), 0.1);
  EXPECT_EQ(number("-12"), -12.0);
  EXPECT_EQ(number("+12.5"), 12.5);
  EXPECT_EQ(number(" 7 "), 7.0);
  EXPECT_EQ(number(".5"), 0.5);
  EXPECT_EQ(number("5."), 5.0);
  EXPECT_EQ(number("1.5E3"), 1500.0);
  EXPECT_EQ(number("1e-400"), 0.0);
  EXPECT_EQ(number("-1e-400"), 0.0);
  EXPECT_EQ(number("1.7976931348623157e308"), std::numeric_limits<double>::max());
  EXPECT_EQ(number("\xE2\x88\x92"
                   "3"),
            -3.0); // U+2212
  EXPECT_EQ(number("\xC2\xA0"
                   "4"),
            4.0); // no-break space
}

TEST(values, grouping_stands_where_groups_are_of_three) {
  const auto r = cw::read_float64("1,234,567.5");
  EXPECT_EQ(r.value, 1234567.5);
  EXPECT_TRUE(r.grouped);
  EXPECT_FALSE(cw::read_float64("1234").grouped);
  EXPECT_EQ(number("-1,234"), -1234.0);
  for (const char* bad : {"1,23", "12,34,567", "1234,567", ",123", "1,,234", "1,234,", "1.234,5", "1.234.567", "1 234"})
    EXPECT_EQ(number_fault(bad), value_fault::bad_grouping) << bad;
  EXPECT_EQ(number_fault(","), value_fault::not_a_number);
}

TEST(values, declared_decimal_and_group_characters_are_taken) {
  cw::value_rules european;
  european.decimal_char = ',';
  european.group_char = '.';
  EXPECT_EQ(cw::read_float64("1.234,5", european).value, 1234.5);
  EXPECT_EQ(cw::read_float64("0,25", european).value, 0.25);
  EXPECT_EQ(cw::read_float64("1,234.5", european).fault, value_fault::bad_grouping);
}

TEST(values, currency_signs_are_passed_over_and_said_so) {
  const auto r = cw::read_float64("$484,000");
  EXPECT_EQ(r.value, 484000.0);
  EXPECT_TRUE(r.currency);
  EXPECT_TRUE(r.grouped);
  EXPECT_EQ(number("-$5"), -5.0);
  EXPECT_EQ(number("$-5"), -5.0);
  EXPECT_EQ(number("\xE2\x82\xAC 1.5"), 1.5);
  EXPECT_EQ(number("US$3"), 3.0);
  EXPECT_EQ(number_fault("-$-5"), value_fault::not_a_number);
  EXPECT_EQ(number_fault("$"), value_fault::not_a_number);
  EXPECT_EQ(integer_fault("$5"), value_fault::not_a_number);
}

TEST(values, infinities_never_enter) {
  for (const char* text : {"inf", "-inf", "Infinity", "1e999", "-1e999", "\xE2\x88\x9E"})
    EXPECT_EQ(number_fault(text), value_fault::infinity) << text;
}

TEST(values, dirt_is_refused_by_name) {
  for (const char* text : {"N/A", "n/a", "NA", "LNE", "-", "..", "NaN", "nan", "NULL", "?"})
    EXPECT_EQ(number_fault(text), value_fault::undeclared_missing_code) << text;
  for (const char* text : {"#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?"})
    EXPECT_EQ(number_fault(text), value_fault::spreadsheet_error) << text;
  EXPECT_EQ(number_fault("50%"), value_fault::percent_sign);
  EXPECT_EQ(number_fault("(1,234)"), value_fault::parentheses);
  for (const char* text : {"twelve", "12 people", "0x1F", "1e", "--5", "1.2.3e4x", "1/2", "e5", "<5"})
    EXPECT_EQ(number_fault(text), value_fault::not_a_number) << text;
}

TEST(values, a_whole_number_is_kept_as_it_is_written_or_refused) {
  for (const char* text : {"9007199254740993", "-9007199254740993", "9,007,199,254,740,993", "9007199254740993.0",
                           "$9007199254740993", "+9007199254740993", "009007199254740993", "9223372036854775807",
                           "18446744073709551615", "100000000000000000000001"})
    EXPECT_EQ(number_fault(text), value_fault::inexact_integer) << text;
  for (const char* text : {"9007199254740992", "9007199254740994", "-9007199254740992", "9223372036854775808",
                           "18446744073709551616", "0009007199254740992.00", "1000000000000000000000"})
    EXPECT_EQ(number_fault(text), value_fault::none) << text;
  EXPECT_EQ(cw::read_float64("9007199254740994").value, 9007199254740994.0);
  // What is no whole number written out in digits is the nearest double, as ever.
  for (const char* text : {"9007199254740993e0", "1e23", "9007199254740993.5", "0.1"})
    EXPECT_EQ(number_fault(text), value_fault::none) << text;
  for (const double x : {0x1p53, 0x1p63, 0x1p64, 1e15, 1e21, 1e22, 1e23, 123456789012345680.0, 0x1.fffffffffffffp1023})
    EXPECT_EQ(cw::read_float64(cw::to_text(x)).fault, value_fault::none) << x;
  EXPECT_NE(cw::explain_fault(value_fault::inexact_integer, "9007199254740993").find("9007199254740992"),
            std::string::npos);
}

TEST(values, integers_hold_64_bits_and_no_more) {
  EXPECT_EQ(cw::read_int64("9223372036854775807").value, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(cw::read_int64("-9223372036854775808").value, std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(integer_fault("9223372036854775808"), value_fault::number_too_large);
  EXPECT_EQ(integer_fault("-9223372036854775809"), value_fault::number_too_large);
  EXPECT_EQ(cw::read_int64("1,234").value, 1234);
  EXPECT_EQ(cw::read_int64("12.0").value, 12);
  EXPECT_EQ(integer_fault("12.5"), value_fault::not_an_integer);
  EXPECT_EQ(integer_fault("1e3"), value_fault::not_an_integer);
  EXPECT_EQ(integer_fault("x1"), value_fault::not_a_number);
}

TEST(values, truth_follows_the_declared_words) {
  EXPECT_TRUE(cw::read_boolean("true").value);
  EXPECT_TRUE(cw::read_boolean("1").value);
  EXPECT_FALSE(cw::read_boolean("FALSE").value);
  EXPECT_EQ(cw::read_boolean("yes").fault, value_fault::not_a_boolean);
  cw::value_rules rules;
  rules.true_values = {"yes"};
  EXPECT_TRUE(cw::read_boolean("yes", rules).value);
  EXPECT_EQ(cw::read_boolean("true", rules).fault, value_fault::not_a_boolean);
}

TEST(values, dates_and_periods_are_iso_and_sane) {
  EXPECT_EQ(cw::read_date("2024-02-29").value.to_string(), "2024-02-29");
  EXPECT_EQ(cw::read_date("2023-02-29").fault, value_fault::not_a_date);
  EXPECT_EQ(cw::read_date("October 2024").fault, value_fault::not_a_date);
  EXPECT_EQ(cw::read_period("2024-Q3").value.to_string(), "2024-Q3");
  EXPECT_EQ(cw::read_period("2024-W53").fault, value_fault::not_a_period);
  EXPECT_EQ(cw::read_period("202-01").fault, value_fault::not_a_period);
  EXPECT_EQ(cw::read_period("0202-01").fault, value_fault::period_out_of_range);
  EXPECT_EQ(cw::read_period("2200").fault, value_fault::period_out_of_range);
}

TEST(values, every_refusal_names_rule_and_remedy) {
  EXPECT_EQ(
      cw::explain_fault(value_fault::undeclared_missing_code, "LNE"),
      "\"LNE\" looks like a code for a missing value, and no such code is declared; leave the field blank or declare "
      "it under missingValues in datapackage.json");
  EXPECT_NE(cw::explain_fault(value_fault::spreadsheet_error, "#DIV/0!").find("error message of a spreadsheet"),
            std::string::npos);
  for (std::size_t f = 1; f < cw::enum_names<value_fault>::values.size(); ++f)
    EXPECT_GT(cw::explain_fault(static_cast<value_fault>(f), "z").size(), 20U) << f;
  EXPECT_EQ(cw::in_quotes(std::string(100, 'a')), "\"" + std::string(40, 'a') + "...\"");
  EXPECT_EQ(cw::in_quotes("a\nb"), "\"a?b\"");
}

TEST(values, doubles_written_read_back_to_the_same_bits) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 200000; ++i) {
    const double v = std::bit_cast<double>(random());
    if (!std::isfinite(v)) continue;
    const auto r = cw::read_float64(cw::to_text(v));
    ASSERT_EQ(r.fault, value_fault::none) << v;
    ASSERT_EQ(std::bit_cast<std::uint64_t>(r.value), std::bit_cast<std::uint64_t>(v)) << cw::to_text(v);
  }
}

TEST(values, a_message_shows_the_first_of_many_words) {
  cw::value_rules rules;
  std::vector<std::string> words;
  for (int i = 0; i < 5000; ++i) words.push_back("yes" + std::to_string(i));
  rules.true_values = words;
  const auto text = cw::explain_fault(cw::value_fault::not_a_boolean, "x", rules);
  EXPECT_NE(text.find("yes8, yes9, ... or one of false"), std::string::npos) << text;
  EXPECT_LT(text.size(), 300U);
}
