// SPDX-License-Identifier: Apache-2.0
// The typed graph in the formats that graph programs read: DOT, GraphML, GEXF.
#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <string_view>

#include <commonweal/core/enum_text.hpp>
#include <commonweal/network/view.hpp>

namespace commonweal::inline v0 {

/// dot: Graphviz. graphml: networkx, igraph, yEd, Cytoscape. gexf: Gephi, with types and days in force.
enum class graph_format : std::uint8_t { dot, graphml, gexf };
template <>
struct enum_names<graph_format> {
  static constexpr std::array<std::string_view, 3> values = {"dot", "graphml", "gexf"};
};

/// Writes what the view shows, directed, with id, name, kind, start and end of every node and edge and all their
/// attributes.
///
/// In DOT and GraphML (Boost's writers) every attribute is text, blank where null, since those writers know no absent
/// value; in GEXF numbers and booleans keep their types and nulls are left out. Vertices are called by their ids.
/// Throws io where the stream refuses. O(nodes + edges).
void write_graph(std::ostream& out, const network_view& view, graph_format format);

} // namespace commonweal::inline v0
