// SPDX-License-Identifier: Apache-2.0
// Which part of a group moved its total: entries, exits, moves and overlaps by hand, and against the rollup.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include <commonweal/analyze/group_contributions.hpp>

#include "rollup_sketch.hpp"

namespace {

using namespace commonweal;
using commonweal_test::ask;
using commonweal_test::build;
using commonweal_test::none_given;
using commonweal_test::sketch;

double number(const table& t, const char* column, std::size_t row) {
  return t[column].is_null(row) ? missing_value : t[column].values<double>()[row];
}
std::size_t row_of(const table& t, std::string_view group) {
  for (std::size_t i = 0; i < t.rows(); ++i)
    if (t["group"].is_null(i) ? group.empty() : t["group"].text(i) == group) return i;
  ADD_FAILURE() << "no row of " << group;
  return 0;
}

sketch two_parts() {
  sketch s;
  s.join("gA", "gTop").join("gB", "gTop");
  s.join("o1", "gA").join("o2", "gA").join("o3", "gB").join("o4", "gTop");
  s.indicator("i");
  s.values("i", "o1", {10, 15})
      .values("i", "o2", {20, none_given})
      .values("i", "o3", {none_given, 7})
      .values("i", "o4", {1, 1});
  return s;
}
table of(const sketch& s, const std::string& group = "gTop") {
  const auto made = build(s);
  return group_contributions(made.network(), made.measures().panels[0], group, *period::parse("2024-01"),
                             *period::parse("2024-02"), {"i", "people"});
}

TEST(group_contributions, within_entry_and_exit_are_apart_and_add_up) {
  const auto t = of(two_parts());
  ASSERT_EQ(t.rows(), 3U);
  const auto a = row_of(t, "gA"), b = row_of(t, "gB"), rest = row_of(t, "");
  EXPECT_EQ(number(t, "before", a), 30);
  EXPECT_EQ(number(t, "after", a), 15);
  EXPECT_EQ(number(t, "within", a), 5);
  EXPECT_EQ(number(t, "exit", a), -20);
  EXPECT_TRUE(t["before"].is_null(b)); // nobody of it was heard
  EXPECT_EQ(number(t, "entry", b), 7);
  EXPECT_EQ(number(t, "change", rest), 0);
  EXPECT_EQ(a, 0U); // the largest first
  EXPECT_NEAR(number(t, "share", a), -15 / -8.0, 1e-15);
  EXPECT_NEAR(number(t, "share", b), 7 / -8.0, 1e-15);
  EXPECT_EQ(t["reading"].text(a), "gA took away 15 people, 188 % of the change of the whole: +5 people by those heard "
                                  "in both periods and -20 people by those who dropped out.");
  EXPECT_EQ(t["reading"].text(b), "gB added 7 people, against the rest: +7 people by those who came in.");
  EXPECT_EQ(t["reading"].text(rest), "what is in no part changed nothing.");
}

TEST(group_contributions, who_goes_from_part_to_part_moves_nothing_of_the_whole) {
  sketch s;
  s.join("gA", "gTop").join("gB", "gTop");
  s.join("o1", "gA", sketch::days("", "2024-02-01")).join("o1", "gB", sketch::days("2024-02-01"));
  s.indicator("i");
  s.values("i", "o1", {10, 12});
  const auto t = of(s);
  EXPECT_EQ(number(t, "moved", row_of(t, "gA")), -12);
  EXPECT_EQ(number(t, "within", row_of(t, "gA")), 2);
  EXPECT_EQ(number(t, "moved", row_of(t, "gB")), 12);
  double change = 0;
  for (std::size_t i = 0; i < t.rows(); ++i) change += number(t, "change", i);
  EXPECT_EQ(change, 2);
}

TEST(group_contributions, who_is_in_two_parts_is_shared_between_them) {
  sketch s;
  s.join("gA", "gTop").join("gB", "gTop").join("o1", "gA").join("o1", "gB");
  s.indicator("i");
  s.values("i", "o1", {10, 16});
  const auto t = of(s);
  EXPECT_EQ(number(t, "change", row_of(t, "gA")), 3);
  EXPECT_EQ(number(t, "change", row_of(t, "gB")), 3);
}

TEST(group_contributions, says_what_it_cannot_say_and_refuses_what_is_not_there) {
  auto s = two_parts();
  s.join("gC", "gTop").join("o5", "gC");
  const auto t = of(s);
  const auto c = row_of(t, "gC");
  EXPECT_TRUE(t["before"].is_null(c));
  EXPECT_EQ(t["reading"].text(c), "gC was not heard in either period.");
  EXPECT_THROW((void)of(s, "gNone"), error);
  const auto made = build(s);
  EXPECT_THROW((void)group_contributions(made.network(), made.measures().panels[0], "gTop", *period::parse("2020-01"),
                                         *period::parse("2024-02")),
               error);
}

// Property: the rows add up to the change of the rollup's own figure, however the cascade is drawn.
TEST(group_contributions, add_up_to_the_change_of_the_rollup) {
  std::mt19937_64 random(12);
  for (int round = 0; round < 60; ++round) {
    sketch s;
    for (const char* g : {"gA", "gB", "gC"})
      s.join(g, "gTop", random() % 4 == 0 ? sketch::days("2024-02-10") : sketch::days(""));
    if (random() % 2 == 0) s.join("gC", "gB");
    s.indicator("i");
    for (int k = 0; k < 8; ++k) {
      const auto o = "o" + std::to_string(k);
      for (const char* g : {"gA", "gB", "gC", "gTop"})
        if (random() % 3 == 0) s.join(o, g, random() % 3 == 0 ? sketch::days("", "2024-02-01") : sketch::days(""));
      if (s.organizations.count(o) == 0) s.node(o);
      const auto value = [&] { return random() % 4 == 0 ? none_given : static_cast<double>(random() % 50); };
      s.values("i", o, {value(), value()});
    }
    const auto t = of(s);
    double change = 0;
    for (std::size_t i = 0; i < t.rows(); ++i) {
      change += number(t, "change", i);
      const auto or_zero = [](double x) { return std::isnan(x) ? 0.0 : x; };
      EXPECT_NEAR(number(t, "change", i), or_zero(number(t, "after", i)) - or_zero(number(t, "before", i)), 1e-9)
          << round;
    }
    const auto figure = [&](const char* when) {
      const auto f = ask(s, "gTop", "i", when);
      return std::isnan(f.value) ? 0.0 : f.value;
    };
    EXPECT_NEAR(change, figure("2024-02") - figure("2024-01"), 1e-9) << round;
  }
}

} // namespace
