// SPDX-License-Identifier: Apache-2.0
// Builds a network, from C++ calls whose mistakes do not compile, or from tables whose mistakes are diagnostics.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/network/detail/attributes.hpp>
#include <commonweal/network/detail/origins.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

/// Attribute cells by column name, for edges and nodes added from C++.
using attribute_list = std::initializer_list<std::pair<std::string_view, cell>>;

/// One owner; not thread-safe. After finish() the builder is empty.
///
/// What finish() holds against the data, by code. Errors: missing_column, required (a blank id, or a blank field that
/// may not be), duplicate_id, unknown_id, forbidden_edge, self_loop, interval_reversed (an interval without a day),
/// outside_life (an edge of which no day lies in the lives of both its ends), cycle (in an acyclic kind, on any day),
/// cardinality, not_allowed, out_of_range, not_finite, too_many. Warnings, each with its rule: outside_life (an edge
/// dated beyond the life of an end is clipped to it; one without dates takes the lives without a word),
/// duplicate_edge (edges of a `merge` kind between the same nodes whose intervals overlap become one, over the days of
/// all, with the attributes of the one given first), not_allowed for open lists.
///
/// Memory while building: eight bytes an edge, eight more where the kind has a dated edge, and the attributes given.
class network_builder {
 public:
  /// Throws invalid_argument on a blank or taken id, or on an attribute the schema does not have.
  template <node_kind K>
  node_id<K> add(std::string_view id, std::string_view name = {}, interval validity = {},
                 attribute_list attributes = {}) {
    return node_id<K>{add_node(K, id, name, validity, attributes)};
  }

  /// An edge the schema forbids does not compile. Throws invalid_argument on an attribute the schema lacks, or on a
  /// node that this builder did not give.
  template <edge_kind E, node_kind From, node_kind To>
  requires(may_join(E, From, To)) void connect(node_id<From> from, node_id<To> to, interval in_force = {},
                                               attribute_list attributes = {}) {
    add_edge(E, from, to, in_force, attributes);
  }

  /// Appends rows of a node table: columns id, name, start, end and the schema's attributes, any absent but id.
  /// Columns the schema does not know are kept as they are. A row whose id is blank or taken is left out, with an
  /// error. Throws invalid_argument where a column has not the type of the schema (start and end: date).
  void append_nodes(node_kind kind, const table& rows, const origin& from, diagnostics& found);
  /// Appends rows of an edge table: columns from, to, start, end and the schema's attributes. Ids may be of nodes
  /// that come later; they are resolved by finish(). Throws as append_nodes.
  void append_edges(edge_kind kind, const table& rows, const origin& from, diagnostics& found);

  /// Checks the whole and freezes it. Findings go to `found`. Where one of them, or of those that append_nodes and
  /// append_edges made, is an error, the network is empty. O(nodes + edges) but for kinds with cycles.
  [[nodiscard]] network finish(diagnostics& found);
  /// The same, throwing invalid_data with every finding where there is an error.
  [[nodiscard]] network finish();

 private:
  struct node_draft {
    utf8_values ids;
    utf8_values names;
    std::vector<interval> lives; // empty while all are always
    detail::attribute_store attributes;
    detail::origins origins;
  };
  struct edge_draft {
    std::vector<std::uint32_t> from; // packed_ref, or pending_mark and a number in pending_; vertices once resolved
    std::vector<std::uint32_t> to;
    std::vector<interval> validity; // empty while all are always
    detail::attribute_store attributes;
    detail::origins origins;
  };
  static constexpr std::uint32_t pending_mark = 7U << detail::packed_ref::index_bits;

  std::uint32_t add_node(node_kind kind, std::string_view id, std::string_view name, interval validity,
                         attribute_list attributes);
  void add_edge(edge_kind kind, node_ref from, node_ref to, interval in_force, attribute_list attributes);
  [[nodiscard]] std::string_view id_of(node_ref n) const {
    return nodes_[static_cast<std::size_t>(n.kind)].ids[n.index];
  }
  std::uint32_t refer_to(std::string_view id);
  void report(diagnostics& found, diagnostic d);

  void check_nodes(network& net, diagnostics& found);
  void freeze_edges(network& net, edge_kind kind, diagnostics& found);

  std::array<node_draft, node_kind_count> nodes_;
  std::array<edge_draft, edge_kind_count> edges_;
  detail::id_index index_;
  utf8_values pending_;  // ids of end points that no node had when they were read
  diagnostics findings_; // of the appends, for finish() without an argument
};

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/network/detail/append_impl.hpp>
#include <commonweal/network/detail/finish_impl.hpp>
#endif
