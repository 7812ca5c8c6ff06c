// SPDX-License-Identifier: Apache-2.0
// Short walks that reports and checks need: who is next to whom on a day, and up and down the cascade.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

namespace detail {
/// Nodes at the far ends of edges of a kind, each once, in the order of vertices. An absent date means at any time.
inline std::vector<node_ref> far_ends(const network& net, node_ref n, edge_kind kind, std::optional<date> as_of,
                                      bool leaving, bool entering) {
  const auto& edges = net.edges(kind);
  const auto v = net.vertex(n);
  const auto shown = [&](relation::row_index row) { return !as_of || edges.validity(row).contains(*as_of); };
  std::vector<vertex_index> far;
  if (leaving)
    for (const auto row : edges.out(v))
      if (shown(row)) far.push_back(edges.to(row));
  if (entering)
    for (const auto row : edges.in(v))
      if (shown(row)) far.push_back(edges.from(row));
  std::ranges::sort(far);
  far.erase(std::unique(far.begin(), far.end()), far.end());
  std::vector<node_ref> out;
  out.reserve(far.size());
  for (const auto w : far) out.push_back(net.node(w));
  return out;
}

inline std::vector<group_id> as_groups(const std::vector<node_ref>& nodes) {
  std::vector<group_id> out;
  for (const auto n : nodes)
    if (n.kind == node_kind::group) out.push_back(n.as<node_kind::group>());
  return out;
}
} // namespace detail

/// The nodes that edges of `kind` lead to from `n`, in force on `as_of` (at any time when absent); each once, sorted.
/// O(d log d) for d edges at the node, as all below that look at one node.
[[nodiscard]] inline std::vector<node_ref> successors(const network& net, node_ref n, edge_kind kind,
                                                      std::optional<date> as_of = {}) {
  return detail::far_ends(net, n, kind, as_of, true, false);
}
/// The nodes from which edges of `kind` lead to `n`: the backbones, champions or members of a group, say.
[[nodiscard]] inline std::vector<node_ref> predecessors(const network& net, node_ref n, edge_kind kind,
                                                        std::optional<date> as_of = {}) {
  return detail::far_ends(net, n, kind, as_of, false, true);
}
/// Both; for symmetric kinds, which are told once and hold both ways.
[[nodiscard]] inline std::vector<node_ref> neighbors(const network& net, node_ref n, edge_kind kind,
                                                     std::optional<date> as_of = {}) {
  return detail::far_ends(net, n, kind, as_of, true, true);
}

/// Groups that `g` is part of, directly (requirements F2, F7: there may be several).
[[nodiscard]] inline std::vector<group_id> parents(const network& net, group_id g, std::optional<date> as_of = {}) {
  return detail::as_groups(successors(net, g, edge_kind::part_of, as_of));
}
/// Groups that are part of `g`, directly.
[[nodiscard]] inline std::vector<group_id> children(const network& net, group_id g, std::optional<date> as_of = {}) {
  return detail::as_groups(predecessors(net, g, edge_kind::part_of, as_of));
}
/// People and organizations that sit in `g` itself.
[[nodiscard]] inline std::vector<node_ref> members(const network& net, group_id g, std::optional<date> as_of = {}) {
  return predecessors(net, g, edge_kind::member_of, as_of);
}

/// The days on which an edge is in force: its own, on which both of its nodes exist (rollup contract).
[[nodiscard]] inline interval days_in_force(const network& net, const relation& edges, relation::row_index row) {
  return edges.validity(row)
      .intersect(net.validity(net.node(edges.from(row))))
      .intersect(net.validity(net.node(edges.to(row))));
}

/// Whether anyone is a member of any group on a day; a group counts as its own member while it exists.
[[nodiscard]] inline bool is_in_a_group(const network& net, node_ref n, date day) {
  if (n.kind == node_kind::group) return net.validity(n).contains(day);
  const auto& members = net.edges(edge_kind::member_of);
  return std::ranges::any_of(members.out(net.vertex(n)),
                             [&](relation::row_index row) { return days_in_force(net, members, row).contains(day); });
}

/// Groups that exist on the day and are part of no other: where a cascade begins, in the order given. O(groups +
/// edges).
[[nodiscard]] inline std::vector<group_id> top_groups(const network& net, std::optional<date> as_of = {}) {
  std::vector<group_id> out;
  for (std::uint32_t i = 0; i < net.size(node_kind::group); ++i) {
    const group_id g(i);
    if (as_of && !net.validity(g).contains(*as_of)) continue;
    if (parents(net, g, as_of).empty()) out.push_back(g);
  }
  return out;
}

/// `g` and every group below it, each once, nearest first. O(groups and edges reached).
/// With a date all edges are in force on it; without one, a walk may use edges that were never in force together.
[[nodiscard]] inline std::vector<group_id> with_descendants(const network& net, group_id g,
                                                            std::optional<date> as_of = {}) {
  std::vector<group_id> out = {g};
  std::vector<bool> met(net.size(node_kind::group), false);
  met[g.value] = true;
  for (std::size_t i = 0; i < out.size(); ++i)
    for (const auto child : children(net, out[i], as_of)) {
      if (met[child.value]) continue;
      met[child.value] = true;
      out.push_back(child);
    }
  return out;
}

/// `g` and every group above it, each once, nearest first. As with_descendants.
[[nodiscard]] inline std::vector<group_id> with_ancestors(const network& net, group_id g,
                                                          std::optional<date> as_of = {}) {
  std::vector<group_id> out = {g};
  std::vector<bool> met(net.size(node_kind::group), false);
  met[g.value] = true;
  for (std::size_t i = 0; i < out.size(); ++i)
    for (const auto parent : parents(net, out[i], as_of)) {
      if (met[parent.value]) continue;
      met[parent.value] = true;
      out.push_back(parent);
    }
  return out;
}

} // namespace commonweal::inline v0
