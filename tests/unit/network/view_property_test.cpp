// SPDX-License-Identifier: Apache-2.0
// On random networks, what a view shows is what a plain filter over the list of edges shows.
#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/network/network_builder.hpp>
#include <commonweal/network/view.hpp>

namespace {

using namespace commonweal;

/// An edge as the test knows it: kind, ends by id, first and last day.
using plain_edge = std::tuple<edge_kind, std::string, std::string, interval>;

struct random_network {
  network net;
  std::vector<plain_edge> edges;
  std::vector<std::pair<std::string, interval>> lives;
  std::vector<node_kind> kinds;
};

interval random_interval(std::mt19937& random) {
  interval out;
  const auto at = [&random](int low, int high) { return date(std::uniform_int_distribution<int>(low, high)(random)); };
  if (random() % 2 == 0) out.start = at(0, 9);
  if (random() % 2 == 0) out.end = at(10, 20);
  return out;
}

/// Funds (parallel edges stay), part_of (a cascade), communicates_with (symmetric) and member_of, with random
/// intervals.
random_network make(unsigned seed) {
  std::mt19937 random(seed);
  random_network out;
  std::array<table, 3> nodes;
  const std::array<node_kind, 3> kinds = {node_kind::person, node_kind::organization, node_kind::group};
  std::array<std::vector<std::string>, 3> ids;
  network_builder builder;
  diagnostics found;
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    table rows({{"id", column_type::utf8}, {"start", column_type::date}, {"end", column_type::date}});
    const auto count = 1 + random() % 8;
    for (std::size_t i = 0; i < count; ++i) {
      const auto id = std::string(to_string(kinds[k])) + std::to_string(i);
      const auto life = random() % 4 == 0 ? random_interval(random) : interval{};
      rows.append_row({std::string_view(id), life.start.is_bounded() ? cell(life.start) : cell(),
                       life.end.is_bounded() ? cell(life.end) : cell()});
      ids[k].push_back(id);
      out.lives.emplace_back(id, life);
      out.kinds.push_back(kinds[k]);
    }
    builder.append_nodes(kinds[k], rows, {"nodes"}, found);
  }
  const auto life_of = [&out](const std::string& id) {
    return std::find_if(out.lives.begin(), out.lives.end(), [&](const auto& l) { return l.first == id; })->second;
  };
  const std::array<edge_kind, 4> edge_kinds_used = {edge_kind::funds, edge_kind::part_of, edge_kind::communicates_with,
                                                    edge_kind::member_of};
  for (const auto kind : edge_kinds_used) {
    table rows({{"from", column_type::utf8},
                {"to", column_type::utf8},
                {"start", column_type::date},
                {"end", column_type::date}});
    std::vector<plain_edge> kept;
    const auto count = random() % 30;
    for (std::size_t i = 0; i < count; ++i) {
      const auto fk = random() % 3;
      const auto tk = random() % 3;
      if (!may_join(kind, kinds[fk], kinds[tk])) continue;
      auto from = random() % ids[fk].size();
      auto to = random() % ids[tk].size();
      if (kind == edge_kind::part_of && from < to) std::swap(from, to); // no cycles
      if (fk == tk && from == to) continue;
      const auto& a = ids[fk][from];
      const auto& b = ids[tk][to];
      const auto span = random_interval(random);
      const auto clipped = span.intersect(life_of(a)).intersect(life_of(b));
      if (clipped.empty()) continue;
      rows.append_row({std::string_view(a), std::string_view(b), span.start.is_bounded() ? cell(span.start) : cell(),
                       span.end.is_bounded() ? cell(span.end) : cell()});
      kept.emplace_back(kind, a, b, clipped);
    }
    builder.append_edges(kind, rows, {"edges"}, found);
    // Merge by repeated search, where the schema says so.
    const auto& rule = rule_of(kind);
    for (bool again = rule.parallel == parallel_rule::merge; again;) {
      again = false;
      for (std::size_t i = 0; i < kept.size() && !again; ++i)
        for (std::size_t j = i + 1; j < kept.size() && !again; ++j) {
          auto& [ka, fa, ta, sa] = kept[i];
          const auto& [kb, fb, tb, sb] = kept[j];
          const bool same = (fa == fb && ta == tb) || (rule.symmetric && fa == tb && ta == fb);
          if (!same || !sa.overlaps(sb)) continue;
          sa = {std::min(sa.start, sb.start), std::max(sa.end, sb.end)};
          kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(j));
          again = true;
        }
    }
    out.edges.insert(out.edges.end(), kept.begin(), kept.end());
  }
  out.net = builder.finish(found);
  EXPECT_FALSE(found.has_errors()) << found.first_error()->to_string();
  return out;
}

bool shown(const random_network& r, const std::string& id, const views::selection& what) {
  for (std::size_t i = 0; i < r.lives.size(); ++i)
    if (r.lives[i].first == id)
      return what.nodes.contains(r.kinds[i]) && (!what.as_of || r.lives[i].second.contains(*what.as_of));
  return false;
}

using triple = std::tuple<edge_kind, std::string, std::string>;

std::vector<triple> filtered(const random_network& r, const views::selection& what) {
  std::vector<triple> out;
  for (const auto& [kind, from, to, span] : r.edges)
    if (what.edges.contains(kind) && (!what.as_of || span.contains(*what.as_of)) && shown(r, from, what) &&
        shown(r, to, what))
      out.emplace_back(kind, from, to);
  std::sort(out.begin(), out.end());
  return out;
}

template <class View, class Edge>
triple named(const View& view, const Edge& e) {
  return {e.kind, std::string(view.id(source(e, view))), std::string(view.id(target(e, view)))};
}

TEST(view_property, views_show_what_a_plain_filter_of_the_edges_shows) {
  for (unsigned seed = 1; seed <= 400; ++seed) {
    const auto r = make(seed);
    std::mt19937 random(seed * 7919);
    for (int trial = 0; trial < 8; ++trial) {
      views::selection what;
      what.edges.bits = static_cast<std::uint32_t>(random()) & edge_kinds::all().bits;
      if (random() % 3 == 0) what.edges = edge_kinds::all();
      if (random() % 3 == 0) what.nodes.bits = static_cast<std::uint32_t>(random()) & node_kinds::all().bits;
      if (random() % 3 != 0) what.as_of = date(static_cast<std::int32_t>(random() % 24) - 2);
      const auto expected = filtered(r, what);
      SCOPED_TRACE("seed " + std::to_string(seed) + ", trial " + std::to_string(trial));

      const network_view view(r.net, what);
      std::size_t vertices_shown = 0;
      for (const auto& [id, life] : r.lives) vertices_shown += shown(r, id, what) ? 1 : 0;
      ASSERT_EQ(num_vertices(view), vertices_shown);
      ASSERT_EQ(num_edges(view), expected.size());
      std::vector<triple> listed;
      std::vector<triple> leaving;
      std::vector<triple> entering;
      for (auto [e, last] = edges(view); e != last; ++e) listed.push_back(named(view, *e));
      for (auto [v, end] = vertices(view); v != end; ++v) {
        std::size_t out_seen = 0;
        for (auto [e, last] = out_edges(*v, view); e != last; ++e, ++out_seen) {
          ASSERT_EQ(source(*e, view), *v);
          leaving.push_back(named(view, *e));
        }
        for (auto [e, last] = in_edges(*v, view); e != last; ++e) {
          ASSERT_EQ(target(*e, view), *v);
          entering.push_back(named(view, *e));
        }
        ASSERT_EQ(out_degree(*v, view), out_seen);
        std::size_t adjacent = 0;
        for (auto [a, last] = adjacent_vertices(*v, view); a != last; ++a) ++adjacent;
        ASSERT_EQ(adjacent, out_seen);
      }
      for (auto* seen : {&listed, &leaving, &entering}) {
        std::sort(seen->begin(), seen->end());
        ASSERT_EQ(*seen, expected);
      }

      const undirected_view ties(r.net, what);
      ASSERT_EQ(num_edges(ties), expected.size());
      std::vector<triple> both;
      std::vector<int> met(ties.edge_index_range(), 0);
      for (auto [v, end] = vertices(ties); v != end; ++v) {
        std::size_t seen = 0;
        for (auto [e, last] = out_edges(*v, ties); e != last; ++e, ++seen) {
          ASSERT_EQ(source(*e, ties), *v);
          ++met[ties.index(*e)];
          both.push_back(named(ties, *e));
        }
        ASSERT_EQ(degree(*v, ties), seen);
        ASSERT_EQ(in_degree(*v, ties), seen);
        for (auto [e, last] = in_edges(*v, ties); e != last; ++e) ASSERT_EQ(target(*e, ties), *v);
      }
      for (auto [e, last] = edges(ties); e != last; ++e) ASSERT_EQ(met[ties.index(*e)], 2);
      std::vector<triple> doubled = expected;
      for (const auto& [kind, from, to] : expected) doubled.emplace_back(kind, to, from);
      std::sort(doubled.begin(), doubled.end());
      std::sort(both.begin(), both.end());
      ASSERT_EQ(both, doubled);
    }
  }
}

TEST(view_property, a_network_taken_apart_and_joined_again_is_equal) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    const auto r = make(seed);
    diagnostics found;
    const auto again = network::from_parts(r.net.parts(), found);
    ASSERT_TRUE(found.empty()) << found.items().front().to_string();
    ASSERT_EQ(again, r.net) << "seed " << seed;
  }
}

TEST(view_property, a_network_written_as_tables_and_read_again_is_equal) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    const auto r = make(seed);
    network_builder builder;
    diagnostics found;
    for (std::size_t k = 0; k < edge_kind_count; ++k) // edges first: their ends are resolved at the end
      builder.append_edges(static_cast<edge_kind>(k), r.net.edge_table(static_cast<edge_kind>(k)), {"edges"}, found);
    for (std::size_t k = 0; k < node_kind_count; ++k)
      builder.append_nodes(static_cast<node_kind>(k), r.net.node_table(static_cast<node_kind>(k)), {"nodes"}, found);
    const auto again = builder.finish(found);
    ASSERT_TRUE(found.empty()) << found.items().front().to_string();
    ASSERT_EQ(again, r.net) << "seed " << seed;
  }
}

TEST(view_property, rows_of_a_relation_are_sorted_and_found_from_both_ends) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    const auto r = make(seed);
    for (std::size_t k = 0; k < edge_kind_count; ++k) {
      const auto& rows = r.net.edges(static_cast<edge_kind>(k));
      const auto key = [&rows](relation::row_index i) {
        return std::tuple(rows.from(i), rows.to(i), rows.validity(i).start, rows.validity(i).end);
      };
      for (relation::row_index i = 1; i < rows.size(); ++i) ASSERT_LE(key(i - 1), key(i));
      std::size_t out = 0;
      std::size_t in = 0;
      for (vertex_index v = 0; v < r.net.vertex_count(); ++v) {
        for (const auto row : rows.out(v)) {
          ASSERT_EQ(rows.from(row), v);
          ++out;
        }
        ASSERT_TRUE(std::is_sorted(rows.in(v).begin(), rows.in(v).end()));
        for (const auto row : rows.in(v)) {
          ASSERT_EQ(rows.to(row), v);
          ++in;
        }
      }
      ASSERT_EQ(out, rows.size());
      ASSERT_EQ(in, rows.size());
      ASSERT_TRUE(rows.out(r.net.vertex_count()).empty());
      ASSERT_TRUE(rows.in(UINT32_MAX).empty());
    }
  }
}

} // namespace
