// SPDX-License-Identifier: Apache-2.0
// The example of docs/network.md, compiled and run by the tests.
#pragma once

#include <iterator>
#include <vector>

#include <boost/graph/topological_sort.hpp>

#include <commonweal/network/network_builder.hpp>
#include <commonweal/network/structure.hpp>
#include <commonweal/network/traverse.hpp>

// [example]
using namespace commonweal;

inline network reading_initiative() {
  network_builder b;
  const auto library = b.add<node_kind::organization>("library", "Public library", {}, {{"sector", "nonprofit"}});
  const auto schools = b.add<node_kind::organization>("schools", "School district");
  const auto council = b.add<node_kind::group>("council", "Council", {}, {{"kind", "council"}});
  const auto early = b.add<node_kind::group>("early", "Early reading");
  const auto summer =
      b.add<node_kind::group>("summer", "Summer reading", {*date::parse("2022-01-01"), date::highest()});
  b.connect<edge_kind::part_of>(early, council);
  b.connect<edge_kind::part_of>(summer, council);
  b.connect<edge_kind::member_of>(schools, early, {}, {{"seat", "senior"}});
  b.connect<edge_kind::member_of>(library, early, {date::lowest(), *date::parse("2023-07-01")});
  b.connect<edge_kind::member_of>(library, summer, {*date::parse("2023-07-01"), date::highest()});
  b.connect<edge_kind::communicates_with>(library, schools);
  // b.connect<edge_kind::part_of>(library, council); // does not compile: part_of joins group to group
  return b.finish(); // throws, with every finding, where the whole breaks a rule
}

/// Groups of a day, each before those that are part of it.
inline std::vector<std::string_view> cascade(const network& net, date day) {
  const network_view view(net, {.edges = edge_kind::part_of, .as_of = day, .nodes = node_kind::group});
  std::vector<vertex_index> order;
  boost::topological_sort(view, std::back_inserter(order));
  std::vector<std::string_view> ids;
  for (const auto v : order) ids.push_back(view.id(v));
  return ids;
}
// [example]
