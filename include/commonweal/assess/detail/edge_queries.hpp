// SPDX-License-Identifier: Apache-2.0
// Small questions about edges in force on a day, that several judgements ask.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/core/cells.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0::detail {

/// Calls f(other end, row) for each edge of kind `k` that leaves `n` and is in force on `day`.
template <class F>
void for_each_out(const network& net, edge_kind k, node_ref n, date day, F f) {
  const relation& edges = net.edges(k);
  for (const auto row : edges.out(net.vertex(n)))
    if (edges.validity(row).contains(day)) f(net.node(edges.to(row)), row);
}

/// Calls f(other end, row) for each edge of kind `k` that enters `n` and is in force on `day`.
template <class F>
void for_each_in(const network& net, edge_kind k, node_ref n, date day, F f) {
  const relation& edges = net.edges(k);
  for (const auto row : edges.in(net.vertex(n)))
    if (edges.validity(row).contains(day)) f(net.node(edges.from(row)), row);
}

[[nodiscard]] inline std::string_view attribute_text(const network& net, node_ref n, std::string_view column) {
  return text_at(net.attributes(n.kind), column, n.index);
}

/// Nodes of a kind that exist on `day`.
[[nodiscard]] inline std::vector<node_ref> alive(const network& net, node_kind k, date day) {
  std::vector<node_ref> out;
  for (std::uint32_t i = 0; i < net.size(k); ++i)
    if (net.validity({k, i}).contains(day)) out.emplace_back(k, i);
  return out;
}

} // namespace commonweal::inline v0::detail
