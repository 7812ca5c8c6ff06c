// SPDX-License-Identifier: Apache-2.0
// The typed graph of an initiative, frozen: nodes of seven kinds, edges of the kinds in schema.hpp, each with
// the days it is in force. A newcomer to this room reads this header first, then schema.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/interval.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/network/detail/id_index.hpp>
#include <commonweal/network/kinds.hpp>
#include <commonweal/network/parts.hpp>
#include <commonweal/network/relation.hpp>
#include <commonweal/network/schema.hpp>

namespace commonweal::inline v0 {

/// Nodes and edges of an initiative. Made by network_builder; immutable; any number of threads may read.
///
/// An id names one node in the whole initiative, whatever its kind. Nodes of a kind keep the order in which
/// they were given: node_ref{kind, i} is row i of that kind's table. Vertices number all nodes, kind after kind.
///
/// REQUIRES, throughout: a node_ref or vertex_index handed in is of this network.
class network {
 public:
  network();

  [[nodiscard]] std::uint32_t size(node_kind k) const { return first_[at(k) + 1] - first_[at(k)]; }
  [[nodiscard]] std::uint32_t vertex_count() const { return first_.back(); }
  [[nodiscard]] std::size_t edge_count() const;

  [[nodiscard]] vertex_index vertex(node_ref n) const { return first_[at(n.kind)] + n.index; }
  [[nodiscard]] node_ref node(vertex_index v) const;
  /// The first vertex of a kind; its nodes are the size(k) vertices from there.
  [[nodiscard]] vertex_index first_vertex(node_kind k) const { return first_[at(k)]; }

  [[nodiscard]] std::string_view id(node_ref n) const { return nodes_[at(n.kind)].ids[n.index]; }
  [[nodiscard]] std::string_view id(vertex_index v) const { return id(node(v)); }
  /// The name, or the id where the data gives no name.
  [[nodiscard]] std::string_view name(node_ref n) const;
  /// Days the node exists; always, where the data says nothing.
  [[nodiscard]] interval validity(node_ref n) const;
  /// Attribute columns of a kind (schema order, then extras the data brought), without id, name, start, end.
  [[nodiscard]] const table& attributes(node_kind k) const { return nodes_[at(k)].attributes; }

  /// The node with this id, of any kind. O(1) expected.
  [[nodiscard]] std::optional<node_ref> find(std::string_view id) const;
  /// The node with this id if it is of kind K.
  template <node_kind K>
  [[nodiscard]] std::optional<node_id<K>> find(std::string_view id) const {
    const auto n = find(id);
    if (!n || n->kind != K) return std::nullopt;
    return n->as<K>();
  }

  [[nodiscard]] const relation& edges(edge_kind k) const { return edges_[static_cast<std::size_t>(k)]; }

  /// The nodes of a kind as the folder format has them: id, name, start, end, then the attributes. O(size).
  [[nodiscard]] table node_table(node_kind k) const;
  /// The edges of a kind as the folder format has them: from, to, start, end, then the attributes. O(size).
  [[nodiscard]] table edge_table(edge_kind k) const;

  /// The nodes of a kind as plain values, without copying.
  [[nodiscard]] const node_rows& rows(node_kind k) const { return nodes_[at(k)]; }
  /// Everything as plain values. O(size).
  [[nodiscard]] network_parts parts() const;
  /// Joins parts that parts() gave, or that something claims it gave: ids, end points, order of rows, intervals, joins,
  /// columns and cycles are checked (code bad_parts, and those of network_builder::finish), nothing is sorted or
  /// fixed. Returns an empty network where `found` gained an error. O(nodes + edges).
  [[nodiscard]] static network from_parts(network_parts parts, diagnostics& found);

  /// Bytes held by ids, names, lives and the index of ids; attributes apart.
  [[nodiscard]] std::size_t node_bytes() const;

  /// Equal when nodes, edges and attributes are, in the same order.
  friend bool operator==(const network& a, const network& b) { return a.nodes_ == b.nodes_ && a.edges_ == b.edges_; }

 private:
  friend class network_builder;
  static constexpr std::size_t at(node_kind k) { return static_cast<std::size_t>(k); }
  void number_vertices();

  std::array<node_rows, node_kind_count> nodes_;
  std::array<vertex_index, node_kind_count + 1> first_{};
  detail::id_index index_;
  std::array<relation, edge_kind_count> edges_;
};

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/network/detail/network_impl.hpp>
#endif
