// SPDX-License-Identifier: Apache-2.0
// A network as a Boost graph: chosen kinds of edge and node, on one day or at any time, directed or undirected.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <boost/graph/adjacency_iterator.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>

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
class entering_iterator;

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

#include <commonweal/network/detail/view_iterators.hpp>

namespace commonweal::inline v0::views {

struct view_category : boost::bidirectional_graph_tag,
                       boost::adjacency_graph_tag,
                       boost::vertex_list_graph_tag,
                       boost::edge_list_graph_tag {};

/// Directed: models VertexListGraph, EdgeListGraph, AdjacencyGraph and BidirectionalGraph, so that Boost's algorithms
/// run on it as it is. Edges of symmetric kinds run the way they were told: use undirected_view for those.
///
///     const network_view cascade(net, {.edges = edge_kind::part_of, .as_of = date::parse("2024-06-30")});
///     std::vector<vertex_index> order;
///     boost::topological_sort(cascade, std::back_inserter(order)); // parents before children
class network_view : public view_base {
 public:
  using directed_category = boost::bidirectional_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = view_category;
  using vertex_descriptor = views::vertex_descriptor;
  using edge_descriptor = views::edge_descriptor;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  using vertex_iterator = boost::counting_iterator<vertex_descriptor>;
  using edge_iterator = views::edge_iterator;
  using out_edge_iterator = incident_iterator<direction::out>;
  using in_edge_iterator = incident_iterator<direction::in>;
  using adjacency_iterator =
      boost::adjacency_iterator_generator<network_view, vertex_descriptor, out_edge_iterator>::type;
  static constexpr vertex_descriptor null_vertex() { return detail::vertex_subset::none; }

  explicit network_view(const commonweal::network& net, const selection& what = {}) : view_base(net, what) {}
};

/// Undirected: every edge is met from both of its ends. Models the same concepts; parallel edges (of several kinds, or
/// at several times) stay apart.
class undirected_view : public view_base {
 public:
  using directed_category = boost::undirected_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = view_category;
  using vertex_descriptor = views::vertex_descriptor;
  using edge_descriptor = views::edge_descriptor;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  using vertex_iterator = boost::counting_iterator<vertex_descriptor>;
  using edge_iterator = views::edge_iterator;
  using out_edge_iterator = incident_iterator<direction::both>;
  using in_edge_iterator = entering_iterator;
  using adjacency_iterator =
      boost::adjacency_iterator_generator<undirected_view, vertex_descriptor, out_edge_iterator>::type;
  static constexpr vertex_descriptor null_vertex() { return detail::vertex_subset::none; }

  explicit undirected_view(const commonweal::network& net, const selection& what = {}) : view_base(net, what) {}
};

} // namespace commonweal::inline v0::views

namespace commonweal::inline v0 {
using views::network_view;
using views::undirected_view;
} // namespace commonweal::inline v0

#include <commonweal/network/detail/view_graph.hpp>
