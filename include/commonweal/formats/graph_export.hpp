// SPDX-License-Identifier: Apache-2.0
// The typed graph in the formats that graph programs read: DOT, GraphML, GEXF.
#pragma once

#include <array>
#include <cstddef>
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
/// In DOT and GraphML every attribute is text, blank where null; in GEXF numbers and booleans keep their types and
/// nulls are left out. Vertices are called by their ids. Nothing in the data acts in the program that reads the file:
/// text is quoted as its format wants it, and in DOT a column that is not of the model is called data_NAME, since
/// Graphviz would follow one named URL or draw one named image. In DOT and GraphML a column named as what every node or
/// edge has (label, start) gets that prefix too.
///
/// Returns how many characters were replaced by U+FFFD because XML 1.0 has no place for them: the control characters
/// but tab and line ends, U+FFFE and U+FFFF. Ids that would become equal by it are told apart by a trailing "_".
/// Throws io where the stream refuses. O(nodes + edges), times their attributes.
std::size_t write_graph(std::ostream& out, const network_view& view, graph_format format);

} // namespace commonweal::inline v0
