// SPDX-License-Identifier: Apache-2.0
// All edges of one kind, frozen: compressed rows both ways, validity, attributes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <commonweal/core/interval.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/network/detail/row_range.hpp>
#include <commonweal/network/kinds.hpp>
#include <commonweal/network/parts.hpp>

namespace commonweal::inline v0 {

/// A vertex: a node of any kind, numbered through all kinds in the order of node_kind (see network::vertex).
using vertex_index = std::uint32_t;

/// The edges of one kind, sorted by (from, to, start, end); a row is an edge.
///
/// Storage is two compressed-row indices over the vertices (rows leaving a vertex are consecutive; rows entering
/// it are a span of row numbers), the two end points, and validity only where some edge has one: two bytes an
/// edge while there are at most 65,536 different intervals, eight beyond. Twelve bytes an edge and eight a vertex
/// between the first and the last that has an edge, then. Immutable; any number of threads may read.
class relation {
 public:
  using row_index = std::uint32_t;

  relation() = default;
  /// REQUIRES: rows sorted as above, end points of equal number, validity empty or one each, attributes one each.
  explicit relation(edge_rows rows);

  [[nodiscard]] std::size_t size() const { return to_.size(); }
  [[nodiscard]] vertex_index from(row_index row) const { return from_[row]; }
  [[nodiscard]] vertex_index to(row_index row) const { return to_[row]; }
  /// End points of all rows.
  [[nodiscard]] std::span<const vertex_index> from() const { return from_; }
  [[nodiscard]] std::span<const vertex_index> to() const { return to_; }
  /// Days the edge is in force, already within the lives of both ends; always, where the data says nothing.
  [[nodiscard]] interval validity(row_index row) const {
    if (!codes_.empty()) return intervals_[codes_[row]];
    return intervals_.empty() ? interval{} : intervals_[row];
  }
  [[nodiscard]] bool has_validity() const { return !intervals_.empty(); }
  /// Columns as the schema's edge rule names them, then any extra the data brought; row r is edge r.
  [[nodiscard]] const table& attributes() const { return attributes_; }

  /// Rows that leave `v`: consecutive. O(1).
  [[nodiscard]] detail::row_range out(vertex_index v) const {
    const std::size_t i = v - out_.first; // wraps below the first, and is then beyond the last
    if (v < out_.first || i + 1 >= out_.offsets.size()) return {0U, 0U};
    return {out_.offsets[i], out_.offsets[i + 1]};
  }
  /// Rows that enter `v`, ascending. O(1).
  [[nodiscard]] std::span<const row_index> in(vertex_index v) const {
    const std::size_t i = v - in_.first;
    if (v < in_.first || i + 1 >= in_.offsets.size()) return {};
    return {in_rows_.data() + in_.offsets[i], in_rows_.data() + in_.offsets[i + 1]};
  }
  /// Bytes held, attributes apart.
  [[nodiscard]] std::size_t structure_bytes() const;

  /// The edges as plain values again. O(size).
  [[nodiscard]] edge_rows rows() const;

  friend bool operator==(const relation&, const relation&) = default;

 private:
  /// Offsets of the rows of vertices first, first + 1, ...; vertices outside have none.
  struct row_offsets {
    vertex_index first = 0;
    std::vector<row_index> offsets;
    friend bool operator==(const row_offsets&, const row_offsets&) = default;
  };
  static row_offsets offsets_of(std::span<const vertex_index> ends);
  void encode(std::vector<interval> validity);

  std::vector<vertex_index> from_;
  std::vector<vertex_index> to_;
  row_offsets out_;
  row_offsets in_;
  std::vector<row_index> in_rows_;
  std::vector<interval> intervals_;  // different ones when codes_ is used, else one an edge, or none
  std::vector<std::uint16_t> codes_; // into intervals_
  table attributes_;
};

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/network/detail/relation_impl.hpp>
#endif
