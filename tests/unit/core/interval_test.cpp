// SPDX-License-Identifier: Apache-2.0
// Half-open spans of days, and the four rules by which a span is in force in a period.
#include <commonweal/core/interval.hpp>

#include <gtest/gtest.h>

#include <random>

namespace {

using commonweal::date;
using commonweal::frequency;
using commonweal::in_force;
using commonweal::in_force_rule;
using commonweal::interval;
using commonweal::period;

date day(std::string_view text) { return date::parse(text).value(); }
period at(std::string_view text) { return period::parse(text).value(); }
// Blank is open, as in a folder.
interval span(std::string_view start, std::string_view end) {
  return {start.empty() ? date::lowest() : day(start), end.empty() ? date::highest() : day(end)};
}

TEST(interval, holds_its_first_day_and_not_its_end) {
  const auto y2024 = span("2024-01-01", "2025-01-01");
  EXPECT_TRUE(y2024.contains(day("2024-01-01")));
  EXPECT_TRUE(y2024.contains(day("2024-12-31")));
  EXPECT_FALSE(y2024.contains(day("2025-01-01")));
  EXPECT_FALSE(y2024.contains(day("2023-12-31")));
}

TEST(interval, is_always_unless_told_otherwise) {
  EXPECT_TRUE(interval{}.is_always());
  EXPECT_TRUE(interval{}.contains(day("0001-01-01")));
  EXPECT_TRUE(interval{}.contains(day("9999-12-31")));
  EXPECT_FALSE(span("2024-01-01", "").is_always());
}

TEST(interval, open_sides_reach_for_ever) {
  EXPECT_TRUE(span("", "2024-01-01").contains(day("1900-01-01")));
  EXPECT_FALSE(span("", "2024-01-01").contains(day("2024-01-01")));
  EXPECT_TRUE(span("2024-01-01", "").contains(day("2999-01-01")));
}

TEST(interval, is_empty_where_the_end_is_not_after_the_start) {
  EXPECT_TRUE(span("2024-01-01", "2024-01-01").empty());
  EXPECT_TRUE(span("2024-01-02", "2024-01-01").empty());
  EXPECT_FALSE(span("2024-01-01", "2024-01-02").empty());
  EXPECT_FALSE(interval{}.empty());
}

TEST(interval, neighbors_that_touch_do_not_overlap) {
  EXPECT_FALSE(span("2023-01-01", "2024-01-01").overlaps(span("2024-01-01", "2025-01-01")));
  EXPECT_TRUE(span("2023-01-01", "2024-01-02").overlaps(span("2024-01-01", "2025-01-01")));
  EXPECT_FALSE(span("2024-06-01", "2024-06-01").overlaps(interval{}));
}

TEST(interval, says_itself_in_words) {
  EXPECT_EQ(interval{}.to_string(), "always");
  EXPECT_EQ(span("2002-01-01", "2009-01-01").to_string(), "[2002-01-01, 2009-01-01)");
  EXPECT_EQ(span("2002-01-01", "").to_string(), "[2002-01-01, open)");
  EXPECT_EQ(span("", "2009-01-01").to_string(), "[open, 2009-01-01)");
}

TEST(interval, agrees_with_a_count_of_days_on_random_pairs) {
  std::mt19937 random(7);
  std::uniform_int_distribution<std::int32_t> any(-30, 30);
  for (int round = 0; round < 20000; ++round) {
    const interval a{date{any(random)}, date{any(random)}};
    const interval b{date{any(random)}, date{any(random)}};
    bool overlap = false;
    bool covered = true;
    for (std::int32_t i = -40; i <= 40; ++i) {
      const date d{i};
      overlap |= a.contains(d) && b.contains(d);
      covered &= !b.contains(d) || a.contains(d);
      ASSERT_EQ(a.intersect(b).contains(d), a.contains(d) && b.contains(d));
    }
    ASSERT_EQ(a.overlaps(b), overlap);
    ASSERT_EQ(a.overlaps(b), b.overlaps(a));
    ASSERT_EQ(a.intersect(b).empty(), !overlap);
    if (!b.empty()) { ASSERT_EQ(a.covers(b), covered); }
  }
}

TEST(in_force, by_default_the_last_day_of_the_period_decides) {
  // A reporter that leaves on 15 March is not there at the end of March, and one that joins then is.
  const auto left = span("", "2024-03-15");
  const auto joined = span("2024-03-15", "");
  EXPECT_FALSE(in_force(left, at("2024-03")));
  EXPECT_TRUE(in_force(joined, at("2024-03")));
  EXPECT_TRUE(in_force(left, at("2024-02")));
  EXPECT_FALSE(in_force(joined, at("2024-02")));
}

TEST(in_force, the_four_rules_differ_as_named) {
  struct example {
    interval span;
    bool last, first, any, whole;
  };
  const example examples[] = {{span("2024-03-01", "2024-04-01"), true, true, true, true},    // the month itself
                              {span("2024-03-02", "2024-04-01"), true, false, true, false},  // misses the first day
                              {span("2024-03-01", "2024-03-31"), false, true, true, false},  // misses the last day
                              {span("2024-03-10", "2024-03-20"), false, false, true, false}, // inside
                              {span("2024-04-01", ""), false, false, false, false},          // starts the day after
                              {span("", "2024-03-01"), false, false, false, false},          // ends the day before
                              {span("2024-03-31", "2024-04-01"), true, false, true, false},  // its last day alone
                              {span("2024-03-01", "2024-03-02"), false, true, true, false},  // its first day alone
                              {span("", ""), true, true, true, true}};
  const auto march = at("2024-03");
  for (const auto& e : examples) {
    EXPECT_EQ(in_force(e.span, march, in_force_rule::last_day), e.last) << e.span.to_string();
    EXPECT_EQ(in_force(e.span, march, in_force_rule::first_day), e.first) << e.span.to_string();
    EXPECT_EQ(in_force(e.span, march, in_force_rule::any_day), e.any) << e.span.to_string();
    EXPECT_EQ(in_force(e.span, march, in_force_rule::whole_period), e.whole) << e.span.to_string();
  }
}

TEST(in_force, a_mover_is_in_one_place_in_every_period_of_every_frequency) {
  for (const auto f : {frequency::day, frequency::week, frequency::month, frequency::quarter, frequency::year}) {
    for (auto move = day("2019-11-01"); move < day("2021-02-01"); move = move.plus_days(1)) {
      const interval before{date::lowest(), move};
      const interval after{move, date::highest()};
      const auto p = period::containing(move, f);
      for (std::int32_t i = -2; i <= 2; ++i)
        ASSERT_NE(in_force(before, p.plus(i)), in_force(after, p.plus(i))) << move.to_string();
    }
  }
}

TEST(in_force, whole_period_implies_first_and_last_which_imply_any) {
  std::mt19937 random(11);
  std::uniform_int_distribution<std::int32_t> any(-800, 800);
  for (int round = 0; round < 20000; ++round) {
    const interval s{date{any(random)}, date{any(random)}};
    const auto p = period::containing(date{any(random)}, static_cast<frequency>(round % 5));
    const bool whole = in_force(s, p, in_force_rule::whole_period);
    const bool first = in_force(s, p, in_force_rule::first_day);
    const bool last = in_force(s, p, in_force_rule::last_day);
    ASSERT_EQ(whole, first && last); // a span without a hole
    ASSERT_TRUE(!(first || last) || in_force(s, p, in_force_rule::any_day));
  }
}

TEST(days_of, spans_the_period_half_open) {
  EXPECT_EQ(days_of(at("2024-02")).to_string(), "[2024-02-01, 2024-03-01)");
  EXPECT_EQ(days_of(at("2020-W53")).to_string(), "[2020-12-28, 2021-01-04)");
}

} // namespace
