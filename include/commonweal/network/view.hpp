// SPDX-License-Identifier: Apache-2.0
// A network as a Boost graph: chosen kinds of edge and node, on one day or at any time, directed or undirected.
#pragma once

#include <cstddef>

#include <boost/graph/adjacency_iterator.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/counting_iterator.hpp>

#include <commonweal/network/detail/view_iterators.hpp>
#include <commonweal/network/view_base.hpp>

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
