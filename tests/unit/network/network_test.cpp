// SPDX-License-Identifier: Apache-2.0
// A frozen network as a value: finding, naming, tables, taking apart, walking.
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/network/network_builder.hpp>
#include <commonweal/network/traverse.hpp>

namespace {

using namespace commonweal;
using enum edge_kind;
using enum node_kind;

date day(const char* text) { return *date::parse(text); }

static_assert(std::is_move_constructible_v<network> && std::is_move_assignable_v<network>);
static_assert(std::is_copy_constructible_v<network> && std::is_copy_assignable_v<network>);

/// Two working groups under a council; one organization leaves for the other group in mid-2020.
network small() {
  network_builder b;
  const auto library = b.add<organization>("library", "Public library", {}, {{"sector", "nonprofit"}});
  const auto council = b.add<group>("council", "Council", {day("2019-01-01"), date::highest()}, {{"kind", "council"}});
  const auto school = b.add<group>("school");
  const auto health = b.add<group>("health");
  b.connect<part_of>(school, council);
  b.connect<part_of>(health, council, {day("2020-01-01"), day("2022-01-01")});
  b.connect<member_of>(library, health, {day("2020-07-01"), date::highest()});
  b.connect<member_of>(library, school, {date::lowest(), day("2020-07-01")}, {{"seat", "senior"}, {"chair", true}});
  return b.finish();
}

TEST(network, empty_by_default_and_equal_to_what_an_unused_builder_makes) {
  const network net;
  EXPECT_EQ(net.vertex_count(), 0U);
  EXPECT_EQ(net.edge_count(), 0U);
  EXPECT_FALSE(net.find("x"));
  EXPECT_EQ(net.attributes(group)["kind"].size(), 0U);
  EXPECT_EQ(net.edges(funds).attributes()["amount"].size(), 0U);
  EXPECT_EQ(net.node_table(group).rows(), 0U);
  EXPECT_EQ(net, network_builder{}.finish());
}

TEST(network, finds_nodes_by_id_and_kind_and_numbers_vertices_kind_after_kind) {
  const auto net = small();
  ASSERT_TRUE(net.find("school"));
  EXPECT_EQ(net.find("school")->kind, group);
  EXPECT_EQ(net.find<group>("school"), group_id(1));
  EXPECT_FALSE(net.find<organization>("school"));
  EXPECT_FALSE(net.find("School")) << "ids are case-sensitive";
  EXPECT_FALSE(net.find(""));
  EXPECT_EQ(net.vertex(*net.find("library")), 0U);
  EXPECT_EQ(net.vertex(group_id(2)), 3U);
  EXPECT_EQ(net.node(3), node_ref(group, 2));
  EXPECT_EQ(net.first_vertex(group), 1U);
  for (vertex_index v = 0; v < net.vertex_count(); ++v) EXPECT_EQ(net.vertex(net.node(v)), v);
}

TEST(network, names_a_node_by_its_id_where_the_data_gives_no_name) {
  const auto net = small();
  EXPECT_EQ(net.name(*net.find("library")), "Public library");
  EXPECT_EQ(net.name(*net.find("school")), "school");
}

TEST(network, fills_blank_attributes_with_the_schemas_fallback_and_leaves_others_null) {
  const auto net = small();
  const auto& groups = net.attributes(group);
  EXPECT_EQ(groups["kind"].text(0), "council");
  EXPECT_EQ(groups["kind"].text(1), "working_group");
  EXPECT_TRUE(groups["description"].is_null(0));
  const auto& seats = net.edges(member_of).attributes();
  EXPECT_EQ(seats["chair"].null_count(), 0U);
}

TEST(network, attributes_follow_their_edge_when_edges_are_sorted) {
  const auto net = small();
  const auto& edges = net.edges(member_of);
  ASSERT_EQ(edges.size(), 2U);
  const auto school = net.vertex(*net.find("school"));
  for (relation::row_index r = 0; r < 2; ++r) {
    const bool is_school = edges.to(r) == school;
    EXPECT_EQ(edges.attributes()["chair"].values<std::uint8_t>()[r], is_school ? 1 : 0);
    EXPECT_EQ(edges.attributes()["seat"].is_null(r), !is_school);
  }
}

TEST(network, an_edge_without_dates_holds_while_both_of_its_ends_exist) {
  const auto net = small();
  const auto& edges = net.edges(part_of);
  const auto row = edges.out(net.vertex(*net.find("school"))).front();
  EXPECT_EQ(edges.validity(row), (interval{day("2019-01-01"), date::highest()}));
}

TEST(network, validity_is_stored_only_where_some_edge_has_one) {
  network_builder b;
  const auto a = b.add<organization>("a");
  const auto g = b.add<group>("g");
  b.connect<member_of>(a, g);
  const auto net = b.finish();
  EXPECT_FALSE(net.edges(member_of).has_validity());
  EXPECT_TRUE(net.edges(member_of).validity(0).is_always());
  EXPECT_TRUE(small().edges(member_of).has_validity());
}

TEST(network, keeps_more_different_intervals_than_its_short_codes_can_name) {
  network_builder b;
  const auto funder = b.add<organization>("funder");
  const auto grantee = b.add<organization>("grantee");
  constexpr std::int32_t count = 70'000;
  for (std::int32_t i = 0; i < count; ++i) b.connect<funds>(funder, grantee, {date(i), date(i + 1)});
  const auto net = b.finish();
  const auto& edges = net.edges(funds);
  ASSERT_EQ(edges.size(), static_cast<std::size_t>(count));
  for (const std::int32_t i : {0, 1, 65'535, 65'536, 65'537, count - 1})
    EXPECT_EQ(edges.validity(static_cast<relation::row_index>(i)), (interval{date(i), date(i + 1)}));
}

TEST(network, is_a_value_that_copies_moves_and_compares) {
  auto net = small();
  const auto copy = net;
  EXPECT_EQ(copy, net);
  const auto moved = std::move(net);
  EXPECT_EQ(copy, moved);
  EXPECT_EQ(copy.find("school"), moved.find("school"));

  network_builder b;
  b.add<group>("council");
  EXPECT_NE(b.finish(), copy);
}

TEST(network, differs_where_only_an_attribute_or_a_date_does) {
  const auto with = [](const char* kind, const char* start) {
    network_builder b;
    const auto g = b.add<group>("g", {}, {}, {{"kind", kind}});
    b.connect<member_of>(b.add<organization>("o"), g, {day(start), date::highest()});
    return b.finish();
  };
  EXPECT_EQ(with("council", "2020-01-01"), with("council", "2020-01-01"));
  EXPECT_NE(with("council", "2020-01-01"), with("program", "2020-01-01"));
  EXPECT_NE(with("council", "2020-01-01"), with("council", "2020-01-02"));
}

TEST(network, tables_have_the_columns_of_the_folder_format) {
  const auto net = small();
  const auto groups = net.node_table(group);
  std::vector<std::string> names;
  for (const auto& c : groups.columns()) names.push_back(c.name());
  EXPECT_EQ(names, (std::vector<std::string>{"id", "name", "start", "end", "kind", "description", "source"}));
  EXPECT_EQ(groups["id"].text(0), "council");
  EXPECT_EQ(groups["start"].values<date>()[0], day("2019-01-01"));
  EXPECT_TRUE(groups["end"].is_null(0));
  EXPECT_TRUE(groups["name"].is_null(1));

  const auto seats = net.edge_table(member_of);
  names.clear();
  for (const auto& c : seats.columns()) names.push_back(c.name());
  EXPECT_EQ(names, (std::vector<std::string>{"from", "to", "start", "end", "seat", "chair", "source"}));
  EXPECT_EQ(seats["from"].text(0), "library");
  EXPECT_EQ(seats["to"].text(0), "school");
  EXPECT_EQ(seats["end"].values<date>()[0], day("2020-07-01"));
}

// ---- parts --------------------------------------------------------------------------------------

TEST(network_parts, joined_again_make_an_equal_network) {
  const auto net = small();
  diagnostics found;
  EXPECT_EQ(network::from_parts(net.parts(), found), net);
  EXPECT_TRUE(found.empty());
  EXPECT_EQ(network::from_parts({}, found), network{}) << "parts without the schema's columns are refused";
  EXPECT_TRUE(found.has_errors());
}

/// What joining says after `damage`, by code; the network must be empty.
template <class Damage>
std::string refusal(Damage&& damage) {
  auto parts = small().parts();
  damage(parts);
  diagnostics found;
  EXPECT_EQ(network::from_parts(std::move(parts), found), network{});
  return found.empty() ? std::string("nothing") : found.items().front().code;
}
auto& rows_of(network_parts& p, edge_kind k) { return p.edges[static_cast<std::size_t>(k)]; }
auto& rows_of(network_parts& p, node_kind k) { return p.nodes[static_cast<std::size_t>(k)]; }

TEST(network_parts, that_contradict_themselves_are_refused) {
  EXPECT_EQ(refusal([](auto& p) { rows_of(p, member_of).to[0] = 99; }), "bad_parts");
  EXPECT_EQ(refusal([](auto& p) { rows_of(p, member_of).to.pop_back(); }), "bad_parts");
  EXPECT_EQ(refusal([](auto& p) { rows_of(p, member_of).validity.pop_back(); }), "bad_parts");
  EXPECT_EQ(refusal([](auto& p) { std::swap(rows_of(p, member_of).to[0], rows_of(p, member_of).to[1]); }), "bad_parts");
  EXPECT_EQ(refusal([](auto& p) { rows_of(p, member_of).to[0] = 0; }), "bad_parts") << "organization in organization";
  EXPECT_EQ(refusal([](auto& p) { rows_of(p, part_of).to[0] = rows_of(p, part_of).from[0]; }), "bad_parts");
  EXPECT_EQ(refusal([](auto& p) { rows_of(p, part_of).validity[0] = {}; }), "bad_parts") << "beyond the council's life";
  EXPECT_EQ(refusal([](auto& p) { rows_of(p, part_of).validity[0] = {date(20'000), date(20'000)}; }), "bad_parts");
  EXPECT_EQ(refusal([](auto& p) { rows_of(p, part_of).attributes = table{}; }), "bad_parts");
  EXPECT_EQ(refusal([](auto& p) { rows_of(p, group).ids.offsets[1] = 1'000'000; }), "bad_parts");
  EXPECT_EQ(refusal([](auto& p) { rows_of(p, group).ids.offsets.clear(); }), "bad_parts");
  EXPECT_EQ(refusal([](auto& p) { rows_of(p, group).names.push_back("more"); }), "bad_parts");
  EXPECT_EQ(refusal([](auto& p) {
              rows_of(p, group).lives[0] = {day("2020-01-01"), day("2019-01-01")};
            }),
            "interval_reversed");
  EXPECT_EQ(refusal([](auto& p) {
              utf8_values ids;
              for (const auto* id : {"council", "school", "school"}) ids.push_back(id);
              rows_of(p, group).ids = ids;
            }),
            "duplicate_id");
}

TEST(network_parts, with_a_cycle_are_refused) {
  EXPECT_EQ(refusal([](auto& p) {
              auto& e = rows_of(p, part_of);
              e.from = {2, 3}; // school -> health -> school
              e.to = {3, 2};
              e.validity = {};
            }),
            "cycle");
}

// ---- walks --------------------------------------------------------------------------------------

TEST(traverse, parents_children_and_members_are_those_of_the_day) {
  const auto net = small();
  const auto council = *net.find<group>("council");
  const auto school = *net.find<group>("school");
  const auto health = *net.find<group>("health");
  EXPECT_EQ(children(net, council), (std::vector{school, health}));
  EXPECT_EQ(children(net, council, day("2019-06-30")), (std::vector{school}));
  EXPECT_EQ(parents(net, health, day("2021-12-31")), (std::vector{council}));
  EXPECT_TRUE(parents(net, health, day("2022-01-01")).empty()) << "the end is exclusive";
  EXPECT_EQ(members(net, school, day("2020-06-30")).size(), 1U);
  EXPECT_TRUE(members(net, school, day("2020-07-01")).empty());
  EXPECT_EQ(top_groups(net), (std::vector{council}));
  EXPECT_EQ(top_groups(net, day("2018-01-01")), (std::vector{school, health})) << "before there was a council";
  EXPECT_EQ(with_descendants(net, council, day("2021-01-01")), (std::vector{council, school, health}));
  EXPECT_EQ(with_ancestors(net, health, day("2021-01-01")), (std::vector{health, council}));
}

TEST(traverse, neighbors_of_a_symmetric_tie_are_the_same_from_either_end) {
  network_builder b;
  const auto x = b.add<organization>("x");
  const auto y = b.add<organization>("y");
  b.connect<communicates_with>(x, y);
  const auto net = b.finish();
  EXPECT_EQ(neighbors(net, x, communicates_with), (std::vector{node_ref(y)}));
  EXPECT_EQ(neighbors(net, y, communicates_with), (std::vector{node_ref(x)}));
  EXPECT_TRUE(successors(net, y, communicates_with).empty());
}

TEST(traverse, a_group_that_is_met_twice_is_given_once) {
  network_builder b;
  const auto top = b.add<group>("top");
  const auto left = b.add<group>("left");
  const auto right = b.add<group>("right");
  const auto bottom = b.add<group>("bottom");
  b.connect<part_of>(left, top);
  b.connect<part_of>(right, top);
  b.connect<part_of>(bottom, left);
  b.connect<part_of>(bottom, right);
  const auto net = b.finish();
  EXPECT_EQ(with_descendants(net, top), (std::vector{top, left, right, bottom}));
  EXPECT_EQ(with_ancestors(net, bottom), (std::vector{bottom, left, right, top}));
}

} // namespace
