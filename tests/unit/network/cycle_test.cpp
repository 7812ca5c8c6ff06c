// SPDX-License-Identifier: Apache-2.0
// Dated cycles are found exactly where a day-by-day search finds them; one edge at a time is counted by the day.
#include <algorithm>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/network/detail/edge_checks.hpp>

namespace {

using namespace commonweal;
using detail::cycle_finder;
using detail::dated_edge;

/// Whether the edges in force on a day make a cycle, by taking away vertices that nothing enters.
bool has_cycle_on(const std::vector<dated_edge>& edges, date day, std::uint32_t vertices) {
  std::vector<bool> gone(vertices, false);
  for (bool again = true; again;) {
    again = false;
    for (std::uint32_t v = 0; v < vertices; ++v) {
      if (gone[v]) continue;
      const bool entered = std::any_of(edges.begin(), edges.end(), [&](const dated_edge& e) {
        return e.to == v && !gone[e.from] && e.span.contains(day);
      });
      if (entered) continue;
      gone[v] = true;
      again = true;
    }
  }
  return std::find(gone.begin(), gone.end(), false) != gone.end();
}

TEST(cycle_finder, finds_a_cycle_exactly_where_some_day_has_one) {
  std::mt19937 random(11);
  int with = 0;
  int undated_only = 0;
  for (int trial = 0; trial < 4000; ++trial) {
    const auto vertices = static_cast<std::uint32_t>(2 + random() % 7);
    std::vector<dated_edge> edges;
    const auto count = 1 + random() % 14;
    for (std::size_t i = 0; i < count; ++i) {
      const auto from = static_cast<std::uint32_t>(random() % vertices);
      const auto to = static_cast<std::uint32_t>(random() % vertices);
      if (from == to) continue;
      interval span;
      const auto start = static_cast<std::int32_t>(random() % 12);
      if (random() % 4 != 0) span = {date(start), date(start + 1 + static_cast<std::int32_t>(random() % 6))};
      else if (random() % 2 != 0) span.start = date(start);
      edges.push_back({from, to, span, i});
    }
    bool expected = false;
    for (std::int32_t d = -1; d < 20; ++d) expected = expected || has_cycle_on(edges, date(d), vertices);
    const auto cycle = cycle_finder::find(edges);
    ASSERT_EQ(cycle.has_value(), expected) << "trial " << trial;
    with += expected ? 1 : 0;
    undated_only += !expected && !cycle_finder::on_cycles(edges).empty() ? 1 : 0;
    if (!cycle) continue;
    ASSERT_FALSE(cycle->span.empty());
    for (std::size_t i = 0; i < cycle->edges.size(); ++i) {
      ASSERT_EQ(cycle->edges[i].to, cycle->edges[(i + 1) % cycle->edges.size()].from);
      ASSERT_TRUE(cycle->edges[i].span.covers(cycle->span));
    }
  }
  EXPECT_GT(with, 500) << "the trials must meet cycles";
  EXPECT_GT(undated_only, 200) << "and cycles of edges that are never in force together";
}

TEST(cycle_finder, passes_a_long_chain_and_many_dates_quickly) {
  // Forward edges always, backward edges each on a day of its own on which one forward edge of its pair is out of
  // force.
  std::vector<dated_edge> edges;
  for (std::uint32_t v = 0; v < 20'000; ++v) {
    const auto day = static_cast<std::int32_t>(v);
    edges.push_back({v, v + 1, {date::lowest(), date(day)}, 0});
    edges.push_back({v + 1, v, {date(day), date::highest()}, 0});
  }
  EXPECT_FALSE(cycle_finder::find(edges));
  edges.push_back({20'000, 0, {date(-10), date(-9)}, 7});
  const auto cycle = cycle_finder::find(edges);
  ASSERT_TRUE(cycle);
  EXPECT_EQ(cycle->edges.size(), 20'001U);
  EXPECT_EQ(cycle->span, (interval{date(-10), date(-9)}));
}

TEST(check_cardinality, names_edges_that_share_a_day_and_no_others) {
  edge_rows rows;
  rows.from = {0, 0, 0, 0, 1};
  rows.to = {2, 3, 4, 5, 2};
  rows.validity = {{date(0), date(10)}, {date(10), date(20)}, {date(15), date(16)}, {date(18), date(30)}, {}};
  const relation edges(std::move(rows));
  std::vector<std::pair<relation::row_index, relation::row_index>> seen;
  detail::check_cardinality(edges,
                            [&](relation::row_index row, relation::row_index other) { seen.emplace_back(row, other); });
  EXPECT_EQ(seen, (std::vector<std::pair<relation::row_index, relation::row_index>>{{2, 1}, {3, 1}}));
}

} // namespace
