// SPDX-License-Identifier: Apache-2.0
// Boost's algorithms run unchanged on views by kind and date, and give hand-worked answers.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <gtest/gtest.h>

#include <commonweal/network/network_builder.hpp>
#include <commonweal/network/view.hpp>

namespace {

using namespace commonweal;
using enum edge_kind;
using enum node_kind;

date day(const char* text) { return *date::parse(text); }
interval until(const char* end) { return {date::lowest(), day(end)}; }
interval since(const char* start) { return {day(start), date::highest()}; }

/// Council <- two working groups <- a subgroup of both; the second working group ends with 2020. Two organizations,
/// the second of which moves from one group to the other.
network cascade() {
  network_builder b;
  const auto ana = b.add<person>("ana");
  const auto council = b.add<group>("council");
  const auto health = b.add<group>("health");
  const auto school = b.add<group>("school", {}, until("2021-01-01"));
  const auto reading = b.add<group>("reading");
  const auto clinic = b.add<organization>("clinic");
  const auto library = b.add<organization>("library");
  b.connect<part_of>(health, council);
  b.connect<part_of>(school, council);
  b.connect<part_of>(reading, school);
  b.connect<part_of>(reading, health, since("2020-07-01"));
  b.connect<member_of>(clinic, health);
  b.connect<member_of>(library, school, until("2020-07-01"));
  b.connect<member_of>(library, health, since("2020-07-01"));
  b.connect<member_of>(ana, council);
  b.connect<communicates_with>(clinic, library);
  return b.finish();
}

std::set<std::string> names(const views::view_base& view, const std::vector<vertex_index>& vertices) {
  std::set<std::string> out;
  for (const auto v : vertices) out.emplace(view.id(v));
  return out;
}

TEST(network_view, shows_nodes_and_edges_of_the_day_only) {
  const auto net = cascade();
  const network_view any(net, {.edges = part_of, .nodes = group});
  EXPECT_EQ(num_vertices(any), 4U);
  EXPECT_EQ(num_edges(any), 4U);
  const network_view early(net, {.edges = part_of, .as_of = day("2020-01-01"), .nodes = group});
  EXPECT_EQ(num_edges(early), 3U);
  const network_view late(net, {.edges = part_of, .as_of = day("2021-01-01"), .nodes = group});
  EXPECT_EQ(num_vertices(late), 3U) << "the school group is over";
  EXPECT_EQ(num_edges(late), 2U);
  EXPECT_FALSE(late.vertex(*net.find("school")));
  EXPECT_FALSE(late.vertex(*net.find("clinic"))) << "of another kind";
  for (auto [v, last] = vertices(late); v != last; ++v) EXPECT_EQ(late.vertex(late.node(*v)), *v);
}

TEST(network_view, leaves_out_edges_to_kinds_that_it_does_not_show) {
  const auto net = cascade();
  const network_view view(net, {.edges = member_of, .nodes = organization | group});
  EXPECT_EQ(num_edges(view), 3U) << "a person's membership has an end that is not shown";
  const auto council = *view.vertex(*net.find("council"));
  EXPECT_EQ(in_degree(council, view), 0U);
  EXPECT_EQ(degree(*view.vertex(*net.find("health")), view), 2U);
}

TEST(network_view, topological_sort_puts_every_group_after_those_it_is_part_of) {
  const auto net = cascade();
  const network_view view(net, {.edges = part_of, .nodes = group});
  std::vector<vertex_index> order;
  boost::topological_sort(view, std::back_inserter(order));
  ASSERT_EQ(order.size(), 4U);
  std::map<vertex_index, std::size_t> place;
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  for (auto [e, last] = edges(view); e != last; ++e) EXPECT_LT(place[target(*e, view)], place[source(*e, view)]);
  EXPECT_EQ(view.id(order.front()), "council");
}

TEST(network_view, breadth_first_search_counts_steps_up_the_cascade) {
  const auto net = cascade();
  const network_view view(net, {.edges = part_of | member_of});
  std::vector<int> steps(num_vertices(view), -1);
  const auto library = *view.vertex(*net.find("library"));
  steps[library] = 0;
  boost::breadth_first_search(
      view, library,
      boost::visitor(boost::make_bfs_visitor(boost::record_distances(
          boost::make_iterator_property_map(steps.begin(), get(boost::vertex_index, view)), boost::on_tree_edge()))));
  const auto steps_to = [&](const char* id) { return steps[*view.vertex(*net.find(id))]; };
  EXPECT_EQ(steps_to("health"), 1);
  EXPECT_EQ(steps_to("council"), 2);
  EXPECT_EQ(steps_to("reading"), -1);
}

TEST(network_view, breadth_first_search_runs_backward_on_the_reversed_view) {
  const auto net = cascade();
  const network_view view(net, {.edges = part_of, .as_of = day("2021-06-30"), .nodes = group});
  const auto down = boost::make_reverse_graph(view);
  std::vector<boost::default_color_type> colors(num_vertices(view));
  boost::breadth_first_visit(
      down, *view.vertex(*net.find("council")),
      boost::color_map(boost::make_iterator_property_map(colors.begin(), get(boost::vertex_index, view))));
  std::vector<vertex_index> reached;
  for (vertex_index v = 0; v < colors.size(); ++v)
    if (colors[v] == boost::black_color) reached.push_back(v);
  EXPECT_EQ(names(view, reached), (std::set<std::string>{"council", "health", "reading"}));
}

TEST(network_view, strong_components_of_a_cascade_are_single_groups) {
  const auto net = cascade();
  const network_view view(net, {.edges = part_of, .nodes = group});
  std::vector<std::size_t> component(num_vertices(view));
  EXPECT_EQ(boost::strong_components(
                view, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, view))),
            4U);
}

TEST(undirected_view, connected_components_depend_on_the_day) {
  const auto net = cascade();
  const auto count = [&net](const char* on) {
    const undirected_view view(net, {.edges = part_of | member_of, .as_of = day(on)});
    std::vector<int> component(num_vertices(view));
    return boost::connected_components(
        view, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, view)));
  };
  EXPECT_EQ(count("2020-01-01"), 1);
  EXPECT_EQ(count("2021-06-30"), 1) << "the school group itself is no longer there";
  const undirected_view talk(net, {.edges = communicates_with, .nodes = person | organization});
  std::vector<int> component(num_vertices(talk));
  EXPECT_EQ(boost::connected_components(
                talk, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, talk))),
            2);
}

TEST(undirected_view, articulation_points_and_biconnected_components_of_two_triangles_that_share_a_node) {
  network_builder b;
  std::vector<organization_id> n;
  for (const auto* id : {"a", "b", "c", "d", "e", "f"}) n.push_back(b.add<organization>(id));
  for (const auto& [x, y] : std::vector<std::pair<int, int>>{{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {4, 2}, {4, 5}})
    b.connect<communicates_with>(n[static_cast<std::size_t>(x)], n[static_cast<std::size_t>(y)]);
  const auto net = b.finish();
  const undirected_view view(net, {.edges = communicates_with});
  std::vector<vertex_index> cuts;
  std::vector<std::size_t> component(view.edge_index_range());
  const auto [count, out] = boost::biconnected_components(
      view, boost::make_iterator_property_map(component.begin(), get(boost::edge_index, view)),
      std::back_inserter(cuts));
  EXPECT_EQ(count, 3U);
  EXPECT_EQ(names(view, cuts), (std::set<std::string>{"c", "e"}));
  const auto block = [&](const char* x, const char* y) {
    const auto [e, there] = edge(*view.vertex(*net.find(x)), *view.vertex(*net.find(y)), view);
    EXPECT_TRUE(there);
    return component[view.index(e)];
  };
  EXPECT_EQ(block("a", "b"), block("c", "a"));
  EXPECT_EQ(block("c", "d"), block("e", "c"));
  EXPECT_NE(block("a", "b"), block("c", "d"));
  EXPECT_NE(block("e", "f"), block("c", "d"));
}

TEST(undirected_view, betweenness_of_a_star_is_all_at_its_center) {
  network_builder b;
  const auto center = b.add<organization>("center");
  for (const auto* id : {"a", "b", "c", "d"}) b.connect<communicates_with>(b.add<organization>(id), center);
  const auto net = b.finish();
  const undirected_view view(net, {.edges = communicates_with});
  std::vector<double> centrality(num_vertices(view));
  const auto map = boost::make_iterator_property_map(centrality.begin(), get(boost::vertex_index, view));
  boost::brandes_betweenness_centrality(view, map);
  EXPECT_EQ(centrality, (std::vector<double>{6, 0, 0, 0, 0})) << "four choose two pairs pass through";
  boost::relative_betweenness_centrality(view, map);
  EXPECT_DOUBLE_EQ(centrality[0], 1.0);
}

TEST(network_view, dijkstra_takes_the_path_of_least_weight) {
  network_builder b;
  const auto x = b.add<person>("x");
  const auto y = b.add<person>("y");
  const auto z = b.add<person>("z");
  b.connect<trusts>(x, z, {}, {{"rating", 5.0}});
  b.connect<trusts>(x, y, {}, {{"rating", 1.0}});
  b.connect<trusts>(y, z, {}, {{"rating", 2.0}});
  const auto net = b.finish();
  const network_view view(net, {.edges = trusts});
  const auto ratings = net.edges(trusts).attributes()["rating"].values<double>();
  const auto weight = boost::make_function_property_map<views::edge_descriptor>(
      [ratings](const views::edge_descriptor& e) { return ratings[e.row]; });
  std::vector<double> distance(num_vertices(view));
  boost::dijkstra_shortest_paths(view, *view.vertex(x),
                                 boost::weight_map(weight).distance_map(boost::make_iterator_property_map(
                                     distance.begin(), get(boost::vertex_index, view))));
  EXPECT_DOUBLE_EQ(distance[*view.vertex(z)], 3.0);
}

} // namespace
