// SPDX-License-Identifier: Apache-2.0
// Periods of ISO 8601 against a second, plain computation: weeks that cross years, nesting, years before 1970.
#include <commonweal/core/period.hpp>

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <unordered_set>
#include <vector>

namespace {

using commonweal::date;
using commonweal::frequency;
using commonweal::nests;
using commonweal::period;
using namespace std::chrono;

constexpr frequency every_frequency[] = {frequency::day, frequency::week, frequency::month, frequency::quarter,
                                         frequency::year};

date day(std::string_view text) { return date::parse(text).value(); }
period at(std::string_view text) {
  const auto p = period::parse(text);
  EXPECT_TRUE(p.has_value()) << text;
  return p.value_or(period{});
}

// The judge of ISO weeks, by the rule of day-of-year and weekday rather than by Thursdays:
// week = (day of year - weekday + 10) / 7, with week 0 in the year before and week 53 only where there is one.
std::string iso_week_by_day_of_year(date d) {
  const auto ymd = d.ymd();
  const int weekday = static_cast<int>(std::chrono::weekday{d.to_sys_days()}.iso_encoding());
  const auto weeks_in = [](int y) {
    const auto jan_1 = std::chrono::weekday{sys_days{std::chrono::year{y} / January / 1}}.iso_encoding();
    return jan_1 == 4 || (jan_1 == 3 && std::chrono::year{y}.is_leap()) ? 53 : 52;
  };
  int year = static_cast<int>(ymd.year());
  const auto day_of_year = static_cast<int>((d.to_sys_days() - sys_days{ymd.year() / January / 1}).count()) + 1;
  int week = (day_of_year - weekday + 10) / 7;
  if (week < 1) week = weeks_in(--year);
  else if (week > weeks_in(year)) {
    ++year;
    week = 1;
  }
  const auto pad = [](int v, std::size_t w) {
    auto s = std::to_string(v);
    return std::string(s.size() < w ? w - s.size() : 0, '0') + s;
  };
  return pad(year, 4) + "-W" + pad(week, 2);
}

TEST(period, reads_the_five_iso_forms) {
  EXPECT_EQ(at("2024").freq(), frequency::year);
  EXPECT_EQ(at("2024-Q1").freq(), frequency::quarter);
  EXPECT_EQ(at("2024-03").freq(), frequency::month);
  EXPECT_EQ(at("2024-W05").freq(), frequency::week);
  EXPECT_EQ(at("2024-03-15").freq(), frequency::day);
  for (const char* text : {"2024", "0001", "9999", "1969-Q4", "2024-Q1", "1969-12", "2024-03", "2024-W05", "1969-W52",
                           "0001-W01", "9999-W52", "2024-03-15", "1969-12-31", "0001-01-01"})
    EXPECT_EQ(at(text).to_string(), text);
}

TEST(period, refuses_every_other_form) {
  for (const char* bad :
       {"",         "24",      "202",      "20245",     "0000",       "2024-",      "2024-Q0",       "2024-Q5",
        "2024-Q",   "2024-q1", "2024Q1",   "2024-Q11",  "2024-00",    "2024-13",    "2024-1",        "2024-W00",
        "2024-W53", "2024-W5", "2024-w05", "2024-W054", "2024-W05-1", "2023-02-29", "2024-03-15T10", " 2024",
        "2024 ",    "2024/03", "-024",     "+024",      "2O24",       "2024-0x",    "March 2024"})
    EXPECT_FALSE(period::parse(bad)) << bad;
}

TEST(period, starts_and_ends_where_the_calendar_says) {
  struct example {
    const char *text, *first, *last;
    int days;
  };
  for (const auto& [text, first, last, days] : std::vector<example>{{"2024", "2024-01-01", "2024-12-31", 366},
                                                                    {"2023", "2023-01-01", "2023-12-31", 365},
                                                                    {"2024-Q1", "2024-01-01", "2024-03-31", 91},
                                                                    {"2023-Q4", "2023-10-01", "2023-12-31", 92},
                                                                    {"2024-02", "2024-02-01", "2024-02-29", 29},
                                                                    {"1900-02", "1900-02-01", "1900-02-28", 28},
                                                                    {"2023-12", "2023-12-01", "2023-12-31", 31},
                                                                    {"1969-12", "1969-12-01", "1969-12-31", 31},
                                                                    {"1969-Q4", "1969-10-01", "1969-12-31", 92},
                                                                    {"1969", "1969-01-01", "1969-12-31", 365},
                                                                    {"2020-W53", "2020-12-28", "2021-01-03", 7},
                                                                    {"2021-W01", "2021-01-04", "2021-01-10", 7},
                                                                    {"2008-W01", "2007-12-31", "2008-01-06", 7},
                                                                    {"2009-W53", "2009-12-28", "2010-01-03", 7},
                                                                    {"1970-W01", "1969-12-29", "1970-01-04", 7},
                                                                    {"2024-03-15", "2024-03-15", "2024-03-15", 1}}) {
    EXPECT_EQ(at(text).first_day().to_string(), first) << text;
    EXPECT_EQ(at(text).last_day().to_string(), last) << text;
    EXPECT_EQ(at(text).days(), days) << text;
  }
}

TEST(period, has_a_week_53_only_in_long_years) {
  std::vector<int> long_years;
  for (int year = 1970; year <= 2040; ++year)
    if (period::parse(std::to_string(year) + "-W53")) long_years.push_back(year);
  EXPECT_EQ(long_years,
            (std::vector<int>{1970, 1976, 1981, 1987, 1992, 1998, 2004, 2009, 2015, 2020, 2026, 2032, 2037}));
}

TEST(period, week_belongs_to_its_iso_year) {
  // 2021-01-03 is a Sunday: the last day of 2020's week 53. 2018-12-31 is a Monday: the first of 2019.
  EXPECT_EQ(period::containing(day("2021-01-03"), frequency::week).to_string(), "2020-W53");
  EXPECT_EQ(period::containing(day("2018-12-31"), frequency::week).to_string(), "2019-W01");
  EXPECT_EQ(at("2020-W53").coarsen(frequency::year), at("2020"));
  EXPECT_EQ(at("2019-W01").coarsen(frequency::year), at("2019"));
  EXPECT_EQ(at("2009-W53").coarsen(frequency::year), at("2009"));
  EXPECT_EQ(at("1969-W01").coarsen(frequency::year), at("1969"));
}

TEST(period, weeks_agree_with_the_day_of_year_rule_on_every_day_of_five_centuries) {
  for (auto i = day("1700-01-01").days_since_1970(); i <= day("2200-12-31").days_since_1970(); ++i) {
    const date d{i};
    const auto week = period::containing(d, frequency::week);
    ASSERT_EQ(week.to_string(), iso_week_by_day_of_year(d)) << d.to_string();
    ASSERT_EQ(period::parse(week.to_string()), week) << d.to_string();
  }
}

TEST(period, holds_the_days_from_first_to_last_and_no_other) {
  for (const frequency f : every_frequency) {
    for (auto i = day("1890-01-01").days_since_1970(); i <= day("2110-01-01").days_since_1970(); ++i) {
      const date d{i};
      const auto p = period::containing(d, f);
      ASSERT_LE(p.first_day(), d);
      ASSERT_GE(p.last_day(), d);
      if (p.first_day() == d) {
        ASSERT_EQ(period::containing(d.plus_days(-1), f), p.plus(-1)) << d.to_string();
        ASSERT_EQ(p.plus(-1).last_day().plus_days(1), d);
      }
    }
  }
}

TEST(period, nests_day_in_week_in_year_and_day_in_month_in_quarter_in_year) {
  EXPECT_TRUE(nests(frequency::day, frequency::week));
  EXPECT_TRUE(nests(frequency::week, frequency::year));
  EXPECT_TRUE(nests(frequency::month, frequency::quarter));
  EXPECT_FALSE(nests(frequency::week, frequency::month));
  EXPECT_FALSE(nests(frequency::week, frequency::quarter));
  EXPECT_FALSE(nests(frequency::month, frequency::week));
  EXPECT_FALSE(nests(frequency::year, frequency::quarter));
  EXPECT_FALSE(nests(frequency::quarter, frequency::month));
  for (const frequency f : every_frequency) EXPECT_TRUE(nests(f, f));
}

TEST(period, coarsens_exactly_where_it_nests_and_then_keeps_its_days_inside) {
  for (const frequency fine : every_frequency) {
    for (const frequency coarse : every_frequency) {
      for (auto i = day("1964-06-01").days_since_1970(); i <= day("1976-06-01").days_since_1970(); ++i) {
        const auto p = period::containing(date{i}, fine);
        const auto up = p.coarsen(coarse);
        ASSERT_EQ(up.has_value(), nests(fine, coarse));
        if (!up) continue;
        ASSERT_EQ(up->freq(), coarse);
        if (fine == frequency::week && coarse == frequency::year) {
          // The ISO year of a week: it holds at least four of the seven days.
          ASSERT_EQ(up, period::containing(p.first_day().plus_days(3), frequency::year));
        } else {
          ASSERT_LE(up->first_day(), p.first_day());
          ASSERT_GE(up->last_day(), p.last_day());
        }
      }
    }
  }
}

TEST(period, coarsening_in_one_step_or_two_is_the_same) {
  for (auto i = day("1965-01-01").days_since_1970(); i <= day("1975-01-01").days_since_1970(); ++i) {
    const auto d = period::containing(date{i}, frequency::day);
    const auto quarter = d.coarsen(frequency::month)->coarsen(frequency::quarter);
    ASSERT_EQ(quarter, d.coarsen(frequency::quarter));
    ASSERT_EQ(quarter->coarsen(frequency::year), d.coarsen(frequency::year));
  }
}

TEST(period, twelve_months_four_quarters_and_every_week_make_a_year) {
  for (std::int32_t year = -70; year <= 130; ++year) {
    const period y{frequency::year, year};
    for (const auto& [fine, least, most] :
         {std::tuple{frequency::month, 12, 12}, std::tuple{frequency::quarter, 4, 4},
          std::tuple{frequency::week, 52, 53}, std::tuple{frequency::day, 365, 366}}) {
      int parts = 0;
      for (auto p = period::containing(y.first_day().plus_days(-7), fine); p.first_day() <= y.last_day(); p = p.plus(1))
        parts += p.coarsen(frequency::year) == y ? 1 : 0;
      ASSERT_GE(parts, least) << y.to_string();
      ASSERT_LE(parts, most) << y.to_string();
    }
  }
}

TEST(period, is_consecutive_integers_within_a_frequency) {
  EXPECT_EQ(at("1970").ordinal(), 0);
  EXPECT_EQ(at("1970-Q1").ordinal(), 0);
  EXPECT_EQ(at("1970-01").ordinal(), 0);
  EXPECT_EQ(at("1970-W01").ordinal(), 0);
  EXPECT_EQ(at("1970-01-01").ordinal(), 0);
  EXPECT_EQ(at("1969-12").ordinal(), -1);
  EXPECT_EQ(at("2024-01").plus(-1).to_string(), "2023-12");
  EXPECT_EQ(at("1970-Q1").plus(-1).to_string(), "1969-Q4");
  EXPECT_EQ(at("2020-W53").plus(1).to_string(), "2021-W01");
  EXPECT_EQ(at("2023-12-31").plus(1).to_string(), "2024-01-01");
  EXPECT_EQ(at("2024-03").ordinal() - at("2023-03").ordinal(), 12);
}

TEST(period, orders_by_frequency_then_time_and_hashes_apart) {
  EXPECT_LT(at("2024-01"), at("2024-02"));
  EXPECT_LT(at("2024-12"), at("1990"));
  EXPECT_NE(at("1970"), at("1970-Q1"));
  std::unordered_set<period> seen;
  for (const frequency f : every_frequency)
    for (std::int32_t i = -200; i < 200; ++i) seen.insert(period{f, i});
  EXPECT_EQ(seen.size(), 5U * 400U);
}

} // namespace
