// SPDX-License-Identifier: Apache-2.0
// Days of the calendar: text, leap years, days before 1970, and the two unbounded dates.
#include <commonweal/core/date.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

using commonweal::date;

date day(std::string_view text) {
  const auto d = date::parse(text);
  EXPECT_TRUE(d.has_value()) << text;
  return d.value_or(date{});
}

static_assert(sizeof(date) == 4);
static_assert(date::parse("1970-01-01") == date{0});
static_assert(!date::parse("2023-02-29"));

TEST(date, counts_days_from_1970) {
  EXPECT_EQ(day("1970-01-01").days_since_1970(), 0);
  EXPECT_EQ(day("1970-01-02").days_since_1970(), 1);
  EXPECT_EQ(day("1969-12-31").days_since_1970(), -1);
  EXPECT_EQ(day("2000-03-01").days_since_1970(), 11017); // 30 years with 7 leap days, then 31 + 29 days
  EXPECT_EQ(day("0001-01-01").days_since_1970(), -719162);
  EXPECT_EQ(day("9999-12-31").days_since_1970(), 2932896);
}

TEST(date, knows_leap_years_of_the_gregorian_calendar) {
  EXPECT_TRUE(date::parse("2024-02-29"));
  EXPECT_TRUE(date::parse("2000-02-29"));
  EXPECT_FALSE(date::parse("1900-02-29"));
  EXPECT_FALSE(date::parse("2023-02-29"));
  EXPECT_FALSE(date::from_ymd(2023, 4, 31));
  EXPECT_FALSE(date::from_ymd(2023, 0, 1));
  EXPECT_FALSE(date::from_ymd(2023, 13, 1));
  EXPECT_FALSE(date::from_ymd(0, 1, 1));
  EXPECT_FALSE(date::from_ymd(10000, 1, 1));
}

TEST(date, reads_iso_text_and_nothing_else) {
  for (const char* bad : {"",           "2024",       "2024-01",          "2024-1-01",   "2024-01-1",   "24-01-01",
                          "2024/01/01", "01-02-2024", "2024-01-01T00:00", " 2024-01-01", "2024-01-01 ", "2024-01-0x",
                          "+024-01-01", "-024-01-01", "0000-01-01",       "2024-00-10",  "2024-10-00",  "2024-13-01",
                          "2024-01-32", "20240101",   "2024-01-011"})
    EXPECT_FALSE(date::parse(bad)) << bad;
}

TEST(date, prints_what_it_reads_on_every_day_of_eight_centuries) {
  const auto last = day("2400-12-31").days_since_1970();
  auto ymd = day("1600-01-01").ymd();
  for (auto i = day("1600-01-01").days_since_1970(); i <= last; ++i) {
    const date d{i};
    ASSERT_EQ(date::parse(d.to_string()), d);
    ASSERT_EQ(d.ymd(), ymd);
    ymd = std::chrono::sys_days{ymd} + std::chrono::days{1};
  }
}

TEST(date, pads_early_years) {
  EXPECT_EQ(day("0044-03-15").to_string(), "0044-03-15");
  EXPECT_EQ(day("0999-12-31").plus_days(1).to_string(), "1000-01-01");
}

TEST(date, orders_by_time_with_ever_at_both_ends) {
  EXPECT_LT(day("1969-12-31"), day("1970-01-01"));
  EXPECT_LT(date::lowest(), day("0001-01-01"));
  EXPECT_GT(date::highest(), day("9999-12-31"));
}

TEST(date, unbounded_dates_have_no_text_and_do_not_move) {
  for (const date d : {date::lowest(), date::highest()}) {
    EXPECT_FALSE(d.is_bounded());
    EXPECT_EQ(d.to_string(), "");
    EXPECT_EQ(d.plus_days(5), d);
    EXPECT_EQ(d.plus_days(-5), d);
  }
  EXPECT_TRUE(date{}.is_bounded());
}

TEST(date, steps_across_month_year_and_leap_day) {
  EXPECT_EQ(day("2024-02-28").plus_days(1), day("2024-02-29"));
  EXPECT_EQ(day("2024-02-28").plus_days(2), day("2024-03-01"));
  EXPECT_EQ(day("1970-01-01").plus_days(-1), day("1969-12-31"));
  EXPECT_EQ(day("2023-12-31").plus_days(1), day("2024-01-01"));
}

} // namespace
