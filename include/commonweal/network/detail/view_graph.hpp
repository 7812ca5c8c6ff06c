// SPDX-License-Identifier: Apache-2.0
// The functions by which Boost.Graph knows a graph, and the property maps of the views.
#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <type_traits>
#include <utility>

#include <boost/graph/properties.hpp>
#include <boost/property_map/property_map.hpp>

#include <commonweal/network/view.hpp>

namespace commonweal::inline v0::views {

// ---- what Boost.Graph calls, found by argument-dependent lookup ---------------------------------

template <class G>
concept view = std::is_base_of_v<view_base, G>;

inline std::size_t num_vertices(const view_base& g) { return g.size(); }
inline std::pair<boost::counting_iterator<vertex_descriptor>, boost::counting_iterator<vertex_descriptor>>
vertices(const view_base& g) {
  using iterator = boost::counting_iterator<vertex_descriptor>;
  return {iterator(0U), iterator(g.size())};
}
inline std::pair<edge_iterator, edge_iterator> edges(const view_base& g) {
  return {edge_iterator(g, false), edge_iterator(g, true)};
}
/// O(1) where the view shows all nodes at any time, else O(edges).
inline std::size_t num_edges(const view_base& g) {
  if (!g.selected().as_of && g.size() == g.network().vertex_count()) return g.edge_index_range();
  const auto [first, last] = edges(g);
  return static_cast<std::size_t>(std::distance(first, last));
}
inline vertex_descriptor source(const edge_descriptor& e, const view_base&) { return e.source; }
inline vertex_descriptor target(const edge_descriptor& e, const view_base&) { return e.target; }

template <view G>
std::pair<typename G::out_edge_iterator, typename G::out_edge_iterator> out_edges(vertex_descriptor v, const G& g) {
  using iterator = typename G::out_edge_iterator;
  return {iterator(g, v, false), iterator(g, v, true)};
}

inline std::pair<incident_iterator<direction::in>, incident_iterator<direction::in>> in_edges(vertex_descriptor v,
                                                                                              const network_view& g) {
  using iterator = incident_iterator<direction::in>;
  return {iterator(g, v, false), iterator(g, v, true)};
}
inline std::pair<entering_iterator, entering_iterator> in_edges(vertex_descriptor v, const undirected_view& g) {
  using iterator = incident_iterator<direction::both>;
  return {entering_iterator(iterator(g, v, false)), entering_iterator(iterator(g, v, true))};
}
template <view G>
std::size_t out_degree(vertex_descriptor v, const G& g) {
  const auto [first, last] = out_edges(v, g);
  return static_cast<std::size_t>(std::distance(first, last));
}
template <view G>
std::size_t in_degree(vertex_descriptor v, const G& g) {
  const auto [first, last] = in_edges(v, g);
  return static_cast<std::size_t>(std::distance(first, last));
}
inline std::size_t degree(vertex_descriptor v, const network_view& g) { return out_degree(v, g) + in_degree(v, g); }
inline std::size_t degree(vertex_descriptor v, const undirected_view& g) { return out_degree(v, g); }

template <view G>
std::pair<typename G::adjacency_iterator, typename G::adjacency_iterator> adjacent_vertices(vertex_descriptor v,
                                                                                            const G& g) {
  using iterator = typename G::adjacency_iterator;
  const auto [first, last] = out_edges(v, g);
  return {iterator(first, &g), iterator(last, &g)};
}
/// The first edge from u to v, and whether there is one. O(degree of u).
template <view G>
std::pair<edge_descriptor, bool> edge(vertex_descriptor u, vertex_descriptor v, const G& g) {
  for (auto [it, last] = out_edges(u, g); it != last; ++it)
    if ((*it).target == v) return {*it, true};
  return {{}, false};
}

/// Numbers of edges, for boost::make_iterator_property_map over a vector of view_base::edge_index_range() values.
class edge_index_map {
 public:
  using key_type = edge_descriptor;
  using value_type = std::size_t;
  using reference = std::size_t;
  using category = boost::readable_property_map_tag;

  edge_index_map() = default;
  explicit edge_index_map(const view_base& g) : view_(&g) {}
  friend std::size_t get(const edge_index_map& m, const edge_descriptor& e) { return m.view_->index(e); }

 private:
  const view_base* view_ = nullptr;
};

using vertex_index_map = boost::typed_identity_property_map<vertex_descriptor>;
inline vertex_index_map get(boost::vertex_index_t, const view_base&) { return {}; }
inline vertex_descriptor get(boost::vertex_index_t, const view_base&, vertex_descriptor v) { return v; }
inline edge_index_map get(boost::edge_index_t, const view_base& g) { return edge_index_map(g); }
inline std::size_t get(boost::edge_index_t, const view_base& g, const edge_descriptor& e) { return g.index(e); }

} // namespace commonweal::inline v0::views

namespace boost {
template <>
struct property_map<commonweal::network_view, vertex_index_t> {
  using type = commonweal::views::vertex_index_map;
  using const_type = type;
};
template <>
struct property_map<commonweal::undirected_view, vertex_index_t>
    : property_map<commonweal::network_view, vertex_index_t> {};
template <>
struct property_map<commonweal::network_view, edge_index_t> {
  using type = commonweal::views::edge_index_map;
  using const_type = type;
};
template <>
struct property_map<commonweal::undirected_view, edge_index_t> : property_map<commonweal::network_view, edge_index_t> {
};
} // namespace boost

template <>
struct std::hash<commonweal::views::edge_descriptor> {
  std::size_t operator()(const commonweal::views::edge_descriptor& e) const noexcept {
    return std::hash<std::uint64_t>{}((static_cast<std::uint64_t>(e.kind) << 32) | e.row);
  }
};
