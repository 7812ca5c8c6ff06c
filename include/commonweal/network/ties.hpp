// SPDX-License-Identifier: Apache-2.0
// Ties between partners: across sectors, in trust, without the backbone, and what changed between two days.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <commonweal/core/table.hpp>
#include <commonweal/network/detail/simple_graph.hpp>
#include <commonweal/network/network.hpp>
#include <commonweal/network/view.hpp>

namespace commonweal::inline v0 {

/// How many ties of a view join which sectors, each tie once. Nodes without a sector count as "(not stated)".
///
/// Columns: sector, other_sector utf8 (sector <= other_sector), ties int64, share float64 (of all ties of the view).
/// The share of ties across sectors is one minus the shares of the rows in which both are the same. O(edges).
[[nodiscard]] inline table sector_mixing(const undirected_view& view) {
  const network& net = view.network();
  const auto sector = [&](views::vertex_descriptor v) -> std::string {
    const node_ref n = view.node(v);
    const auto* c = net.attributes(n.kind).find("sector");
    return c == nullptr || c->is_null(n.index) || c->text(n.index).empty() ? "(not stated)"
                                                                           : std::string(c->text(n.index));
  };
  std::map<std::pair<std::string, std::string>, std::int64_t> ties;
  std::int64_t all = 0;
  for (auto [e, end] = edges(view); e != end; ++e) {
    auto a = sector((*e).source);
    auto b = sector((*e).target);
    if (b < a) std::swap(a, b);
    ++ties[{std::move(a), std::move(b)}];
    ++all;
  }
  table t({{"sector", column_type::utf8},
           {"other_sector", column_type::utf8},
           {"ties", column_type::int64},
           {"share", column_type::float64}});
  for (const auto& [pair, n] : ties)
    t.append_row({std::string_view(pair.first), std::string_view(pair.second), n,
                  static_cast<double>(n) / static_cast<double>(all)});
  return t;
}

/// What is left when nodes are taken away, as when the backbone leaves.
///
/// Columns: state utf8 ("with", "without"), nodes, ties, components, largest_component, alone (nodes without a tie)
/// int64. Removed nodes are those of `gone` that the view shows. O(nodes + edges).
[[nodiscard]] inline table structure_without(const undirected_view& view, const std::set<node_ref>& gone) {
  const detail::simple_graph g(view);
  table t({{"state", column_type::utf8},
           {"nodes", column_type::int64},
           {"ties", column_type::int64},
           {"components", column_type::int64},
           {"largest_component", column_type::int64},
           {"alone", column_type::int64}});
  const auto measure = [&](std::string_view state, const std::vector<bool>& here) {
    std::int64_t nodes = 0, ends = 0, components = 0, largest = 0, alone = 0;
    std::vector<bool> met(g.size(), false);
    std::vector<std::uint32_t> open;
    for (std::uint32_t v = 0; v < g.size(); ++v) {
      if (!here[v]) continue;
      ++nodes;
      std::int64_t degree = 0;
      for (const auto w : g.near(v)) degree += here[w] ? 1 : 0;
      ends += degree;
      alone += degree == 0 ? 1 : 0;
      if (met[v]) continue;
      ++components;
      std::int64_t size = 0;
      met[v] = true;
      open.assign(1, v);
      while (!open.empty()) {
        const auto u = open.back();
        open.pop_back();
        ++size;
        for (const auto w : g.near(u))
          if (here[w] && !met[w]) met[w] = true, open.push_back(w);
      }
      largest = std::max(largest, size);
    }
    t.append_row({state, nodes, ends / 2, components, largest, alone});
  };
  std::vector<bool> here(g.size(), true);
  measure("with", here);
  for (const node_ref n : gone)
    if (const auto v = view.vertex(n)) here[*v] = false;
  measure("without", here);
  return t;
}

/// Trust as rated, by pair: the rating in force on the day as a share of its scale, and the mean of each pair's both
/// directions.
///
/// Columns: from, to utf8, dimension utf8, trust float64 (share of the scale), returned float64 (the other's rating on
/// the same dimension, null where there is none). Ratings without a scale are left out. O(ratings log ratings).
[[nodiscard]] inline table trust_by_pair(const network& net, date day) {
  const relation& trusts = net.edges(edge_kind::trusts);
  const auto* rating = trusts.attributes().find("rating");
  const auto* best = trusts.attributes().find("scale_max");
  const auto* dimension = trusts.attributes().find("dimension");
  std::map<std::tuple<vertex_index, vertex_index, std::string>, double> share;
  for (relation::row_index row = 0; rating != nullptr && best != nullptr && row < trusts.size(); ++row) {
    if (!trusts.validity(row).contains(day) || rating->is_null(row) || best->is_null(row)) continue;
    const double scale = best->values<double>()[row];
    if (scale > 0)
      share[{trusts.from(row), trusts.to(row), dimension == nullptr ? "" : std::string(dimension->text(row))}] =
          rating->values<double>()[row] / scale;
  }
  table t({{"from", column_type::utf8},
           {"to", column_type::utf8},
           {"dimension", column_type::utf8},
           {"trust", column_type::float64},
           {"returned", column_type::float64}});
  for (const auto& [key, value] : share) {
    const auto& [from, to, what] = key;
    const auto back = share.find({to, from, what});
    t.append_row({net.id(net.node(from)), net.id(net.node(to)), std::string_view(what), value,
                  back == share.end() ? cell{} : cell{back->second}});
  }
  return t;
}

/// Mean trust within each group: ratings in force between two members on the day. Columns: group, name utf8, ratings
/// int64, trust float64 (share of the scale, null without ratings), pairs int64 (ordered pairs of members that could
/// rate), answered float64 (share of them that did, null where there are none). O(members + ratings).
[[nodiscard]] inline table trust_by_group(const network& net, date day) {
  const table pairs = trust_by_pair(net, day);
  std::map<std::pair<std::string_view, std::string_view>, std::pair<double, int>> rated;
  for (std::size_t i = 0; i < pairs.rows(); ++i) {
    auto& [sum, n] = rated[{pairs["from"].text(i), pairs["to"].text(i)}];
    sum += pairs["trust"].values<double>()[i];
    ++n;
  }
  const relation& members = net.edges(edge_kind::member_of);
  table t({{"group", column_type::utf8},
           {"name", column_type::utf8},
           {"ratings", column_type::int64},
           {"trust", column_type::float64},
           {"pairs", column_type::int64},
           {"answered", column_type::float64}});
  for (std::uint32_t g = 0; g < net.size(node_kind::group); ++g) {
    const group_id id{g};
    if (!net.validity(id).contains(day)) continue;
    std::set<std::string_view> inside;
    for (const auto row : members.in(net.vertex(id)))
      if (members.validity(row).contains(day)) inside.insert(net.id(net.node(members.from(row))));
    double sum = 0;
    std::int64_t n = 0;
    std::int64_t answered = 0;
    for (const auto from : inside)
      for (auto it = rated.lower_bound({from, {}}); it != rated.end() && it->first.first == from; ++it) {
        if (!inside.contains(it->first.second)) continue;
        sum += it->second.first;
        n += it->second.second;
        ++answered;
      }
    const auto size = static_cast<std::int64_t>(inside.size());
    const auto possible = size * (size - 1);
    t.append_row({net.id(id), net.name(id), n, n > 0 ? cell{sum / static_cast<double>(n)} : cell{}, possible,
                  possible > 0 ? cell{static_cast<double>(answered) / static_cast<double>(possible)} : cell{}});
  }
  return t;
}

/// Edges and nodes in force on one of two days and not on the other.
///
/// Columns: change utf8 ("came", "left"), what utf8 (a kind of node or edge), from, to utf8 (a node has no `to`). In
/// the order of kinds, then rows. O(nodes + edges).
[[nodiscard]] inline table changes_between(const network& net, date earlier, date later) {
  table t({{"change", column_type::utf8},
           {"what", column_type::utf8},
           {"from", column_type::utf8},
           {"to", column_type::utf8}});
  const auto change = [&](const interval& span) -> std::string_view {
    const bool then = span.contains(earlier);
    const bool now = span.contains(later);
    return then == now ? std::string_view{} : now ? "came" : "left";
  };
  for (std::size_t k = 0; k < node_kind_count; ++k) {
    const auto kind = static_cast<node_kind>(k);
    for (std::uint32_t i = 0; i < net.size(kind); ++i)
      if (const auto c = change(net.validity({kind, i})); !c.empty())
        t.append_row({c, to_string(kind), net.id({kind, i}), {}});
  }
  for (std::size_t k = 0; k < edge_kind_count; ++k) {
    const auto kind = static_cast<edge_kind>(k);
    const relation& r = net.edges(kind);
    if (!r.has_validity()) continue;
    for (relation::row_index row = 0; row < r.size(); ++row)
      if (const auto c = change(r.validity(row)); !c.empty())
        t.append_row({c, to_string(kind), net.id(net.node(r.from(row))), net.id(net.node(r.to(row)))});
  }
  return t;
}

} // namespace commonweal::inline v0
