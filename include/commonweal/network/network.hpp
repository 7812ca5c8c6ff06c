// SPDX-License-Identifier: Apache-2.0
// The typed graph of an initiative, frozen: nodes of seven kinds, edges of the kinds in schema.hpp, each with
// the days it is in force. A newcomer to this room reads this header first, then schema.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <commonweal/core/interval.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/network/kinds.hpp>
#include <commonweal/network/relation.hpp>
#include <commonweal/network/schema.hpp>

namespace commonweal::inline v0 {

/// Nodes and edges of an initiative. Made by network_builder; immutable; any number of threads may read.
///
/// An id names one node in the whole initiative, whatever its kind. Nodes of a kind keep the order in which
/// they were given: node_ref{kind, i} is row i of that kind's table. Vertices number all nodes, kind after kind.
class network {
 public:
  [[nodiscard]] std::uint32_t size(node_kind k) const;
  [[nodiscard]] std::uint32_t vertex_count() const;
  [[nodiscard]] std::size_t edge_count() const;

  [[nodiscard]] vertex_index vertex(node_ref n) const;
  [[nodiscard]] node_ref node(vertex_index v) const;

  [[nodiscard]] std::string_view id(node_ref n) const;
  /// The name, or the id where the data gives no name.
  [[nodiscard]] std::string_view name(node_ref n) const;
  /// Days the node exists; always, where the data says nothing.
  [[nodiscard]] interval life(node_ref n) const;
  /// Attribute columns of a kind (schema order, then extras the data brought), without id, name, start, end.
  [[nodiscard]] const table& attributes(node_kind k) const;

  /// The node with this id, of any kind. O(1) expected.
  [[nodiscard]] std::optional<node_ref> find(std::string_view id) const;
  /// The node with this id if it is of kind K.
  template <node_kind K>
  [[nodiscard]] std::optional<node_id<K>> find(std::string_view id) const {
    const auto n = find(id);
    if (!n || n->kind != K) return std::nullopt;
    return n->as<K>();
  }

  [[nodiscard]] const relation& edges(edge_kind k) const;

 private:
  friend class network_builder;
};

} // namespace commonweal::inline v0
