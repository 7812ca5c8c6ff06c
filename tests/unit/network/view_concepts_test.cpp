// SPDX-License-Identifier: Apache-2.0
// The views are Boost graphs: every concept they claim, checked when this compiles.
#include <iterator>
#include <vector>

#include <boost/graph/graph_concepts.hpp>
#include <boost/property_map/property_map.hpp>
#include <gtest/gtest.h>

#include <commonweal/network/network_builder.hpp>
#include <commonweal/network/view.hpp>

namespace {

using commonweal::network_view;
using commonweal::undirected_view;
using commonweal::vertex_index;
using edge = commonweal::views::edge_descriptor;

template <class G>
struct claims {
  BOOST_CONCEPT_ASSERT((boost::GraphConcept<G>));
  BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<G>));
  BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<G>));
  BOOST_CONCEPT_ASSERT((boost::VertexAndEdgeListGraphConcept<G>));
  BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<G>));
  BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<G>));
  BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<G>));
  BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<G, vertex_index, boost::vertex_index_t>));
  BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<G, edge, boost::edge_index_t>));
  using values = boost::iterator_property_map<std::vector<double>::iterator,
                                              typename boost::property_map<G, boost::vertex_index_t>::const_type>;
  BOOST_CONCEPT_ASSERT((boost::ReadWritePropertyMapConcept<values, vertex_index>));
  using edge_values = boost::iterator_property_map<std::vector<double>::iterator,
                                                   typename boost::property_map<G, boost::edge_index_t>::const_type>;
  BOOST_CONCEPT_ASSERT((boost::ReadWritePropertyMapConcept<edge_values, edge>));
};
template struct claims<network_view>;
template struct claims<undirected_view>;

static_assert(std::forward_iterator<network_view::vertex_iterator>);
static_assert(std::is_same_v<boost::graph_traits<network_view>::directed_category, boost::bidirectional_tag>);
static_assert(std::is_same_v<boost::graph_traits<undirected_view>::directed_category, boost::undirected_tag>);

TEST(view_concepts, an_empty_network_has_no_vertex_and_no_edge) {
  const commonweal::network net;
  const network_view directed(net);
  EXPECT_EQ(num_vertices(directed), 0U);
  EXPECT_EQ(num_edges(directed), 0U);
  EXPECT_EQ(vertices(directed).first, vertices(directed).second);
  EXPECT_EQ(edges(directed).first, edges(directed).second);
}

TEST(view_concepts, an_undirected_edge_is_equal_from_both_of_its_ends) {
  commonweal::network_builder builder;
  const auto a = builder.add<commonweal::node_kind::organization>("a");
  const auto b = builder.add<commonweal::node_kind::organization>("b");
  builder.connect<commonweal::edge_kind::communicates_with>(a, b);
  const auto net = builder.finish();
  const undirected_view ties(net);
  const auto from_a = *out_edges(*ties.vertex(a), ties).first;
  const auto from_b = *out_edges(*ties.vertex(b), ties).first;
  EXPECT_EQ(from_a, from_b);
  EXPECT_EQ(std::hash<edge>{}(from_a), std::hash<edge>{}(from_b));
  EXPECT_EQ(get(boost::edge_index, ties, from_a), get(boost::edge_index, ties, from_b));
  EXPECT_EQ(source(from_a, ties), target(from_b, ties));
  EXPECT_EQ(target(from_a, ties), source(from_b, ties));
  const auto into_a = *in_edges(*ties.vertex(a), ties).first;
  EXPECT_EQ(into_a, from_a);
  EXPECT_EQ(target(into_a, ties), *ties.vertex(a));
}

} // namespace
