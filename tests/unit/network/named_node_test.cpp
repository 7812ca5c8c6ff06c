// SPDX-License-Identifier: Apache-2.0
// What an id that nothing has is told.
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/network/named_node.hpp>
#include <commonweal/network/network_builder.hpp>

namespace {

using namespace commonweal;

network town(std::size_t groups = 2) {
  network_builder builder;
  diagnostics found;
  table rows({{"id", column_type::utf8}, {"name", column_type::utf8}});
  rows.append_row({std::string_view("council"), std::string_view("The Grand Assembly")});
  for (std::size_t i = 1; i < groups; ++i) {
    const std::string id = "team-" + std::to_string(i);
    rows.append_row({std::string_view(id), cell{}});
  }
  builder.append_nodes(node_kind::group, rows, {"groups.csv"}, found);
  table clinic({{"id", column_type::utf8}});
  clinic.append_row({std::string_view("clinic")});
  builder.append_nodes(node_kind::organization, clinic, {"organizations.csv"}, found);
  return builder.finish(found);
}

std::string said(const network& net, node_kind kind, std::string_view id) {
  try {
    (void)node_named(net, kind, id);
  } catch (const error& e) {
    EXPECT_EQ(e.code(), error_code::invalid_argument);
    return e.what();
  }
  return {};
}

TEST(named_node, an_id_of_the_kind_is_its_node) {
  const auto net = town();
  EXPECT_EQ(node_named(net, node_kind::group, "team-1"), (node_ref{node_kind::group, 1}));
  EXPECT_EQ(node_named(net, {node_kind::organization, node_kind::group}, "clinic").kind, node_kind::organization);
}

TEST(named_node, a_near_id_comes_before_a_near_name_and_that_before_the_list) {
  const auto net = town();
  EXPECT_EQ(said(net, node_kind::group, "concil"), "there is no group concil. Did you mean council?");
  EXPECT_EQ(said(net, node_kind::group, "the grand asembly"),
            "there is no group the grand asembly. Did you mean council (The Grand Assembly)?");
  EXPECT_EQ(said(net, node_kind::group, "xyz"), "there is no group xyz. There are: council, team-1");
  EXPECT_EQ(said(town(40), node_kind::group, "xyz"), "there is no group xyz");
}

TEST(named_node, another_kind_and_a_kind_without_nodes_are_named) {
  const auto net = town();
  EXPECT_EQ(said(net, node_kind::group, "clinic"),
            "clinic is an organization, not a group. There are: council, team-1");
  EXPECT_EQ(said(net, node_kind::indicator, "served"),
            "there is no indicator served. There is none at all in the data.");
}

} // namespace
