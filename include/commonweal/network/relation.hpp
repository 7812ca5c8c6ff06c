// SPDX-License-Identifier: Apache-2.0
// All edges of one kind, frozen: compressed rows both ways, validity, attributes.
#pragma once

#include <cstdint>
#include <ranges>
#include <span>
#include <vector>

#include <commonweal/core/interval.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/network/kinds.hpp>

namespace commonweal::inline v0 {

/// A vertex: a node of any kind, numbered through all kinds in the order of node_kind (see network::vertex).
using vertex_index = std::uint32_t;

/// The edges of one kind, sorted by (from, to, start, end); a row is an edge.
///
/// Storage is two compressed-row indices over the vertices (rows leaving a vertex are consecutive; rows entering
/// it are a span of row numbers), the two end points, and validity only where some edge has one.
/// Immutable; any number of threads may read.
class relation {
 public:
  using row_index = std::uint32_t;

  [[nodiscard]] std::size_t size() const { return to_.size(); }
  [[nodiscard]] vertex_index from(row_index row) const;
  [[nodiscard]] vertex_index to(row_index row) const { return to_[row]; }
  /// Days the edge is in force; always, where the data says nothing.
  [[nodiscard]] interval validity(row_index row) const;
  [[nodiscard]] bool has_validity() const;
  /// Columns as the schema's edge rule names them, then any extra the data brought; row r is edge r.
  [[nodiscard]] const table& attributes() const { return attributes_; }

  /// Rows that leave `v`: consecutive. O(1).
  [[nodiscard]] std::ranges::iota_view<row_index, row_index> out(vertex_index v) const;
  /// Rows that enter `v`, ascending. O(1).
  [[nodiscard]] std::span<const row_index> in(vertex_index v) const;
  /// Bytes held, attributes apart.
  [[nodiscard]] std::size_t structure_bytes() const;

 private:
  friend class network_builder;
  std::vector<vertex_index> to_;
  table attributes_;
};

} // namespace commonweal::inline v0
