// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <commonweal/network/network_builder.hpp>
#include <commonweal/network/ties.hpp>

namespace {

using namespace commonweal;
using enum node_kind;
using enum edge_kind;

date day(const char* text) { return *date::parse(text); }

// A star: the hub talks to three others; two of them also talk to each other.
struct star {
  network_builder b;
  organization_id hub, a, c, d;
  star() {
    hub = b.add<organization>("hub", "", {}, {{"sector", "nonprofit"}});
    a = b.add<organization>("a", "", {}, {{"sector", "school"}});
    c = b.add<organization>("c", "", {}, {{"sector", "school"}});
    d = b.add<organization>("d");
    for (const auto x : {a, c, d}) b.connect<communicates_with>(hub, x);
    b.connect<communicates_with>(a, c);
  }
};

TEST(sector_mixing, counts_every_tie_once_by_its_two_sectors) {
  star s;
  const network net = s.b.finish();
  const table t = sector_mixing(undirected_view(net, {.edges = communicates_with}));
  ASSERT_EQ(t.rows(), 3U); // (not stated)-nonprofit, nonprofit-school, school-school
  EXPECT_EQ(t["sector"].text(0), "(not stated)");
  EXPECT_EQ(t["ties"].values<std::int64_t>()[1], 2);
  EXPECT_DOUBLE_EQ(t["share"].values<double>()[2], 0.25);
}

TEST(structure_without, shows_what_falls_apart_when_the_hub_leaves) {
  star s;
  const network net = s.b.finish();
  const table t = structure_without(undirected_view(net, {.edges = communicates_with, .nodes = organization}), {s.hub});
  ASSERT_EQ(t.rows(), 2U);
  EXPECT_EQ(t["components"].values<std::int64_t>()[0], 1);
  EXPECT_EQ(t["components"].values<std::int64_t>()[1], 2);
  EXPECT_EQ(t["ties"].values<std::int64_t>()[1], 1);
  EXPECT_EQ(t["largest_component"].values<std::int64_t>()[1], 2);
  EXPECT_EQ(t["alone"].values<std::int64_t>()[1], 1);
}

TEST(trust, is_a_share_of_its_scale_by_pair_and_by_group_on_a_day) {
  star s;
  const auto g = s.b.add<group>("g");
  for (const auto x : {s.a, s.c, s.d}) s.b.connect<member_of>(x, g);
  s.b.connect<trusts>(s.a, s.c, {}, {{"rating", 3.0}, {"scale_max", 4.0}});
  s.b.connect<trusts>(s.c, s.a, {}, {{"rating", 1.0}, {"scale_max", 4.0}});
  s.b.connect<trusts>(s.hub, s.a, {}, {{"rating", 4.0}, {"scale_max", 4.0}}); // no member of g
  s.b.connect<trusts>(s.d, s.a, {day("2030-01-01"), date::highest()}, {{"rating", 4.0}, {"scale_max", 4.0}});
  const network net = s.b.finish();
  const table pairs = trust_by_pair(net, day("2024-01-01"));
  ASSERT_EQ(pairs.rows(), 3U);
  EXPECT_EQ(pairs["from"].text(1), "a");
  EXPECT_DOUBLE_EQ(pairs["trust"].values<double>()[1], 0.75);
  EXPECT_DOUBLE_EQ(pairs["returned"].values<double>()[1], 0.25);
  EXPECT_TRUE(pairs["returned"].is_null(0)); // nobody rated the hub
  const table groups = trust_by_group(net, day("2024-01-01"));
  EXPECT_DOUBLE_EQ(groups["trust"].values<double>()[0], 0.5);
  EXPECT_DOUBLE_EQ(groups["answered"].values<double>()[0], 2.0 / 6);
  EXPECT_EQ(trust_by_group(net, day("2031-01-01"))["ratings"].values<std::int64_t>()[0], 3);
}

TEST(changes_between, tells_what_came_and_what_left) {
  star s;
  s.b.add<group>("new", "", {day("2022-01-01"), date::highest()});
  s.b.connect<funds>(s.d, s.hub, {day("2020-01-01"), day("2023-01-01")});
  const network net = s.b.finish();
  const table t = changes_between(net, day("2021-06-01"), day("2024-06-01"));
  ASSERT_EQ(t.rows(), 2U);
  EXPECT_EQ(t["change"].text(0), "came");
  EXPECT_EQ(t["from"].text(0), "new");
  EXPECT_TRUE(t["to"].is_null(0));
  EXPECT_EQ(t["change"].text(1), "left");
  EXPECT_EQ(t["what"].text(1), "funds");
  EXPECT_EQ(changes_between(net, day("2024-01-01"), day("2024-06-01")).rows(), 0U);
}

} // namespace
