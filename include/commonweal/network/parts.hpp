// SPDX-License-Identifier: Apache-2.0
// A network taken apart: plain values that any format can write, and that network::from_parts checks and joins.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include <commonweal/core/interval.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/network/kinds.hpp>

namespace commonweal::inline v0 {

/// Nodes of one kind, in the order given. `lives` is empty where no node of the kind is dated.
struct node_rows {
  utf8_values ids;
  utf8_values names; ///< blank where the data gives none
  std::vector<interval> lives;
  table attributes; ///< the schema's columns in its order, then extras

  friend bool operator==(const node_rows&, const node_rows&) = default;
};

/// Edges of one kind, sorted by (from, to, start, end); end points are vertices of the network (kind after kind,
/// in the order of node_kind). `validity` is empty where no edge of the kind is dated.
struct edge_rows {
  std::vector<std::uint32_t> from;
  std::vector<std::uint32_t> to;
  std::vector<interval> validity;
  table attributes; ///< the schema's columns in its order, then extras

  friend bool operator==(const edge_rows&, const edge_rows&) = default;
};

struct network_parts {
  std::array<node_rows, node_kind_count> nodes;
  std::array<edge_rows, edge_kind_count> edges;

  friend bool operator==(const network_parts&, const network_parts&) = default;
};

} // namespace commonweal::inline v0
