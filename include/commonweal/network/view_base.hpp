// SPDX-License-Identifier: Apache-2.0
// What a view shows, how it names edges, and what directed and undirected views share.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <commonweal/network/detail/vertex_subset.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0::views {

/// What a view shows.
struct selection {
  edge_kinds edges = edge_kinds::all();
  std::optional<date> as_of = {};       ///< nodes and edges in force on that day; of any time when absent
  node_kinds nodes = node_kinds::all(); ///< edges that end at another kind are left out
};

/// A vertex of a view: 0 to num_vertices - 1, and so its own index in a vector-backed property map.
using vertex_descriptor = vertex_index;

/// An edge of a view: a row of a relation, seen from `source` (in an undirected view, the end it was reached from).
/// Equal where the row is the same, from whichever end it is seen.
struct edge_descriptor {
  vertex_descriptor source = 0;
  vertex_descriptor target = 0;
  relation::row_index row = 0;
  edge_kind kind{};

  friend constexpr bool operator==(const edge_descriptor& a, const edge_descriptor& b) {
    return a.row == b.row && a.kind == b.kind;
  }
  friend constexpr std::strong_ordering operator<=>(const edge_descriptor& a, const edge_descriptor& b) {
    if (const auto c = a.kind <=> b.kind; c != 0) return c;
    return a.row <=> b.row;
  }
};

enum class direction : std::uint8_t { out, in, both };

template <direction D>
class incident_iterator;
class edge_iterator;

/// What directed and undirected views share. Borrows the network and must not outlive it; iterators and property maps
/// borrow the view. Immutable; any number of threads may read. Making one is O(1), or O(vertices) where not all of
/// them are shown. All degree functions are O(edges of the selected kinds at the vertex).
class view_base {
 public:
  [[nodiscard]] const commonweal::network& network() const { return *network_; }
  [[nodiscard]] const selection& selected() const { return selected_; }

  [[nodiscard]] std::uint32_t size() const { return vertices_.size(); }
  [[nodiscard]] node_ref node(vertex_descriptor v) const { return network_->node(vertices_.member(v)); }
  /// The vertex of a node, or nothing where the view does not show it.
  [[nodiscard]] std::optional<vertex_descriptor> vertex(node_ref n) const {
    const auto v = vertices_.number(network_->vertex(n));
    if (v == detail::vertex_subset::none) return std::nullopt;
    return v;
  }
  [[nodiscard]] std::string_view id(vertex_descriptor v) const { return network_->id(node(v)); }

  /// Every edge has a number of its own below this one, for vector-backed maps of edges; not every number is taken.
  [[nodiscard]] std::size_t edge_index_range() const { return first_index_.back(); }
  [[nodiscard]] std::size_t index(const edge_descriptor& e) const {
    return first_index_[static_cast<std::size_t>(e.kind)] + e.row;
  }

 protected:
  view_base(const commonweal::network& net, const selection& what);

 private:
  template <direction D>
  friend class incident_iterator;
  friend class edge_iterator;

  [[nodiscard]] bool in_force(const relation& edges, relation::row_index row) const {
    return !selected_.as_of || !edges.has_validity() || edges.validity(row).contains(*selected_.as_of);
  }

  const commonweal::network* network_;
  selection selected_;
  detail::vertex_subset vertices_;
  std::array<std::size_t, edge_kind_count + 1> first_index_{};
  std::array<std::uint8_t, edge_kind_count + 1> next_kind_{}; // at k: the first selected kind from k that has edges
};

} // namespace commonweal::inline v0::views
