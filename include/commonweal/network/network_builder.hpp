// SPDX-License-Identifier: Apache-2.0
// Builds a network, from C++ calls whose mistakes do not compile, or from tables whose mistakes are diagnostics.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

/// Where the rows of a table came from, for diagnostics: row i of the table is row `first_row + i` of `file`.
struct origin {
  std::string file;
  std::int64_t first_row = 2; ///< as a spreadsheet counts: the header is row 1
};

/// Attribute cells by column name, for edges and nodes added from C++.
using attribute_list = std::initializer_list<std::pair<std::string_view, cell>>;

/// One owner; not thread-safe. After finish() the builder is empty.
class network_builder {
 public:
  /// Throws invalid_argument on a blank or taken id, or on an attribute the schema does not have.
  template <node_kind K>
  node_id<K> add(std::string_view id, std::string_view name = {}, interval life = {}, attribute_list attributes = {});

  /// An edge the schema forbids does not compile. Throws invalid_argument on an attribute the schema lacks.
  template <edge_kind E, node_kind From, node_kind To>
    requires(may_join(E, From, To))
  void connect(node_id<From> from, node_id<To> to, interval in_force = {}, attribute_list attributes = {});

  /// Appends rows of a node table: columns id, name, start, end and the schema's attributes, any absent.
  /// Columns the schema does not know are kept as they are.
  void append_nodes(node_kind kind, const table& rows, const origin& from, diagnostics& found);
  /// Appends rows of an edge table: columns from, to, start, end and the schema's attributes. Ids may be of nodes
  /// that come later; they are resolved by finish().
  void append_edges(edge_kind kind, const table& rows, const origin& from, diagnostics& found);

  /// Checks the whole and freezes it. Findings (unknown_id, forbidden_edge, cycle, interval_reversed,
  /// outside_life, ...) go to `found`; where it holds errors the network is not to be used.
  [[nodiscard]] network finish(diagnostics& found);
  /// The same, throwing invalid_data with every finding where there is an error.
  [[nodiscard]] network finish();
};

} // namespace commonweal::inline v0
