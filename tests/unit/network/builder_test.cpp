// SPDX-License-Identifier: Apache-2.0
// What the builder holds against data, and how it says it; what it mends, by which rule.
#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/network/network_builder.hpp>

namespace {

using namespace commonweal;
using enum edge_kind;
using enum node_kind;
constexpr auto utf8 = column_type::utf8;
constexpr auto float64 = column_type::float64;
constexpr auto int64 = column_type::int64;

date day(const char* text) { return *date::parse(text); }

/// Rows of text; "" is null.
table rows_of(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& rows) {
  table out;
  for (const auto& c : columns) out.add_column(c, c == "start" || c == "end" ? column_type::date : utf8);
  for (const auto& row : rows)
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (row[i].empty()) out[i].append_null();
      else if (out[i].type() == column_type::date) out[i].append(day(row[i].c_str()));
      else out[i].append(row[i]);
    }
  return out;
}

/// Three groups a, b, c; the organization o; the person p.
struct fixture {
  network_builder builder;
  diagnostics found;

  explicit fixture(std::vector<std::vector<std::string>> groups = {{"a", "", ""}, {"b", "", ""}, {"c", "", ""}}) {
    builder.append_nodes(group, rows_of({"id", "start", "end"}, groups), {"groups.csv"}, found);
    builder.append_nodes(organization, rows_of({"id"}, {{"o"}}), {"organizations.csv"}, found);
    builder.append_nodes(person, rows_of({"id"}, {{"p"}}), {"people.csv"}, found);
  }
  fixture& edges(edge_kind kind, const std::vector<std::vector<std::string>>& rows) {
    builder.append_edges(kind, rows_of({"from", "to", "start", "end"}, rows),
                         {std::string(rule_of(kind).file) + ".csv"}, found);
    return *this;
  }
  network finish() { return builder.finish(found); }
  [[nodiscard]] const diagnostic& only() const {
    EXPECT_EQ(found.size(), 1U);
    static const diagnostic none;
    return found.empty() ? none : found.items().front();
  }
};

void expect_says(const diagnostic& d, std::vector<const char*> words) {
  for (const auto* w : words) EXPECT_NE(d.message.find(w), std::string::npos) << "\"" << w << "\" in: " << d.message;
}

TEST(network_builder, names_the_row_and_the_id_that_no_node_has) {
  fixture f;
  f.edges(member_of, {{"o", "a", "", ""}, {"o", "aa", "", ""}});
  EXPECT_EQ(f.finish(), network{}) << "nothing is half-loaded";
  const auto& d = f.only();
  EXPECT_EQ(d.code, "unknown_id");
  EXPECT_EQ(d.severity, severity::error);
  EXPECT_EQ(d.file, "member_of.csv");
  EXPECT_EQ(d.row, 3);
  EXPECT_EQ(d.field, "to");
  EXPECT_EQ(d.record, "aa");
}

TEST(network_builder, both_ends_unknown_are_two_findings) {
  fixture f;
  f.edges(member_of, {{"x", "y", "", ""}}).finish();
  EXPECT_EQ(f.found.count(severity::error), 2U);
}

TEST(network_builder, resolves_ids_of_nodes_that_come_after_their_edges) {
  network_builder b;
  diagnostics found;
  b.append_edges(part_of, rows_of({"from", "to"}, {{"x", "y"}}), {"part_of.csv"}, found);
  b.append_nodes(group, rows_of({"id"}, {{"y"}, {"x"}}), {"groups.csv"}, found);
  const auto net = b.finish(found);
  EXPECT_TRUE(found.empty());
  ASSERT_EQ(net.edges(part_of).size(), 1U);
  EXPECT_EQ(net.id(net.edges(part_of).from(0)), "x");
}

TEST(network_builder, names_both_rows_of_a_duplicate_id_even_in_two_files) {
  fixture f;
  f.builder.append_nodes(organization, rows_of({"id"}, {{"new"}, {"b"}}), {"more.csv", 10}, f.found);
  f.finish();
  const auto& d = f.only();
  EXPECT_EQ(d.code, "duplicate_id");
  EXPECT_EQ(d.file, "more.csv");
  EXPECT_EQ(d.row, 11);
  EXPECT_EQ(d.record, "b");
  expect_says(d, {"row 3 of groups.csv", "row 11"});
}

TEST(network_builder, rows_after_one_left_out_keep_their_own_row_numbers) {
  network_builder b;
  diagnostics found;
  b.append_nodes(
      group,
      rows_of({"id", "start", "end"}, {{"a", "", ""}, {"a", "", ""}, {"", "", ""}, {"b", "2020-01-02", "2020-01-01"}}),
      {"groups.csv"}, found);
  (void)b.finish(found);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found.items()[0].code, "duplicate_id");
  EXPECT_EQ(found.items()[1].code, "required");
  EXPECT_EQ(found.items()[1].row, 4);
  EXPECT_EQ(found.items()[2].code, "interval_reversed");
  EXPECT_EQ(found.items()[2].row, 5);
  EXPECT_EQ(found.items()[2].record, "b");
}

TEST(network_builder, a_forbidden_edge_names_the_rule_and_the_end_that_breaks_it) {
  fixture f;
  f.edges(part_of, {{"p", "a", "", ""}, {"a", "o", "", ""}}).finish();
  ASSERT_EQ(f.found.size(), 2U);
  const auto& first = f.found.items()[0];
  EXPECT_EQ(first.code, "forbidden_edge");
  EXPECT_EQ(first.field, "from");
  expect_says(first, {"part_of joins group to group", "p is of kind person"});
  EXPECT_EQ(f.found.items()[1].field, "to");
  expect_says(f.found.items()[1], {"o is of kind organization"});
}

TEST(network_builder, refuses_an_edge_from_a_node_to_itself) {
  fixture f;
  f.edges(part_of, {{"a", "a", "", ""}}).finish();
  EXPECT_EQ(f.only().code, "self_loop");
}

TEST(network_builder, refuses_an_interval_without_a_day) {
  fixture f;
  f.edges(member_of, {{"o", "a", "2020-05-01", "2020-05-01"}, {"o", "b", "2020-05-01", "2019-05-01"}}).finish();
  ASSERT_EQ(f.found.size(), 2U);
  for (const auto& d : f.found.items()) EXPECT_EQ(d.code, "interval_reversed");
  expect_says(f.found.items()[1], {"[2020-05-01, 2019-05-01)"});
}

TEST(network_builder, clips_an_edge_to_the_lives_of_its_ends_with_a_warning) {
  fixture f({{"a", "2020-01-01", "2022-01-01"}, {"b", "", ""}, {"c", "", ""}});
  f.edges(member_of, {{"o", "a", "2019-06-01", "2021-01-01"}});
  const auto net = f.finish();
  const auto& d = f.only();
  EXPECT_EQ(d.code, "outside_life");
  EXPECT_EQ(d.severity, severity::warning);
  EXPECT_EQ(d.field, "start");
  expect_says(d, {"[2019-06-01, 2021-01-01)", "cut to [2020-01-01, 2021-01-01)", "a [2020-01-01, 2022-01-01)"});
  EXPECT_EQ(net.edges(member_of).validity(0), (interval{day("2020-01-01"), day("2021-01-01")}));
}

TEST(network_builder, refuses_an_edge_of_which_no_day_lies_in_the_lives_of_its_ends) {
  fixture f({{"a", "2020-01-01", "2022-01-01"}, {"b", "2022-01-01", ""}, {"c", "", ""}});
  f.edges(member_of, {{"o", "a", "2022-01-01", ""}}).edges(part_of, {{"b", "a", "", ""}}).finish();
  ASSERT_EQ(f.found.size(), 2U);
  for (const auto& d : f.found.items()) {
    EXPECT_EQ(d.code, "outside_life");
    EXPECT_EQ(d.severity, severity::error);
  }
}

TEST(network_builder, an_undated_edge_takes_the_lives_of_its_ends_without_a_word) {
  fixture f({{"a", "2020-01-01", ""}, {"b", "", "2021-01-01"}, {"c", "", ""}});
  f.edges(part_of, {{"b", "a", "", ""}});
  const auto net = f.finish();
  EXPECT_TRUE(f.found.empty());
  EXPECT_EQ(net.edges(part_of).validity(0), (interval{day("2020-01-01"), day("2021-01-01")}));
}

TEST(network_builder, counts_a_fact_told_twice_once_over_all_its_days) {
  fixture f;
  f.edges(member_of,
          {{"o", "a", "2020-01-01", "2020-07-01"}, {"o", "b", "", ""}, {"o", "a", "2020-06-01", "2021-01-01"}});
  const auto net = f.finish();
  const auto& d = f.only();
  EXPECT_EQ(d.code, "duplicate_edge");
  EXPECT_EQ(d.severity, severity::warning);
  EXPECT_EQ(d.row, 4);
  expect_says(d, {"row 2", "[2020-01-01, 2021-01-01)"});
  ASSERT_EQ(net.edges(member_of).size(), 2U);
  EXPECT_EQ(net.edges(member_of).validity(0), (interval{day("2020-01-01"), day("2021-01-01")}));
}

TEST(network_builder, a_member_who_left_and_came_back_has_two_edges) {
  fixture f;
  f.edges(member_of, {{"o", "a", "2020-01-01", "2020-07-01"}, {"o", "a", "2020-07-01", "2021-01-01"}});
  EXPECT_EQ(f.finish().edges(member_of).size(), 2U);
  EXPECT_TRUE(f.found.empty());
}

TEST(network_builder, keeps_the_attributes_of_the_row_given_first) {
  fixture f;
  f.builder.append_edges(member_of,
                         rows_of({"from", "to", "start", "end", "seat"},
                                 {{"o", "a", "2020-02-01", "", "senior"}, {"o", "a", "2020-01-01", "", "delegate"}}),
                         {"member_of.csv"}, f.found);
  const auto net = f.finish();
  ASSERT_EQ(net.edges(member_of).size(), 1U);
  EXPECT_EQ(net.edges(member_of).attributes()["seat"].text(0), "senior");
  EXPECT_EQ(net.edges(member_of).validity(0).start, day("2020-01-01"));
}

TEST(network_builder, two_grants_between_the_same_two_are_two_facts) {
  fixture f;
  f.edges(funds, {{"o", "a", "", ""}, {"o", "a", "", ""}});
  EXPECT_EQ(f.finish().edges(funds).size(), 2U);
  EXPECT_TRUE(f.found.empty());
}

TEST(network_builder, a_symmetric_tie_told_from_both_ends_is_one) {
  fixture f;
  f.edges(communicates_with, {{"o", "a", "", ""}, {"p", "a", "", ""}, {"a", "o", "", ""}});
  const auto net = f.finish();
  EXPECT_EQ(f.only().code, "duplicate_edge");
  EXPECT_EQ(net.edges(communicates_with).size(), 2U);
}

TEST(network_builder, prints_a_cycle_with_the_days_on_which_it_exists) {
  fixture f;
  f.edges(part_of, {{"a", "b", "", ""}, {"b", "c", "2020-01-01", ""}, {"c", "a", "", "2021-01-01"}}).finish();
  const auto& d = f.only();
  EXPECT_EQ(d.code, "cycle");
  EXPECT_EQ(d.row, 4);
  expect_says(d, {"a -> b -> c -> a", "[2020-01-01, 2021-01-01)", "row 2, row 3, row 4"});
}

TEST(network_builder, edges_that_are_never_in_force_together_make_no_cycle) {
  fixture f;
  f.edges(part_of, {{"a", "b", "", "2020-01-01"}, {"b", "a", "2020-01-01", ""}});
  EXPECT_EQ(f.finish().edges(part_of).size(), 2U);
  EXPECT_TRUE(f.found.empty());
}

TEST(network_builder, lives_can_end_a_cycle_before_it_begins) {
  fixture f({{"a", "", ""}, {"b", "", "2020-01-01"}, {"c", "", ""}});
  f.edges(part_of, {{"a", "b", "", ""}, {"b", "c", "", ""}, {"c", "a", "2020-01-01", ""}}).finish();
  EXPECT_TRUE(f.found.empty());
}

TEST(network_builder, names_every_cycle) {
  network_builder b;
  diagnostics found;
  std::vector<std::vector<std::string>> ids;
  std::vector<std::vector<std::string>> edges;
  for (int i = 0; i < 10; ++i) {
    const auto x = "x" + std::to_string(i);
    const auto y = "y" + std::to_string(i);
    ids.push_back({x});
    ids.push_back({y});
    edges.push_back({x, y});
    edges.push_back({y, x});
  }
  b.append_nodes(group, rows_of({"id"}, ids), {"groups.csv"}, found);
  b.append_edges(part_of, rows_of({"from", "to"}, edges), {"part_of.csv"}, found);
  (void)b.finish(found);
  EXPECT_EQ(found.count(severity::error), 10U);
}

TEST(network_builder, goals_and_strategies_may_not_advance_each_other_in_a_circle) {
  network_builder b;
  diagnostics found;
  b.append_nodes(goal, rows_of({"id"}, {{"g"}, {"h"}}), {"goals.csv"}, found);
  b.append_edges(advances, rows_of({"from", "to"}, {{"g", "h"}, {"h", "g"}}), {"advances.csv"}, found);
  (void)b.finish(found);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.items()[0].code, "cycle");
}

TEST(network_builder, checks_words_numbers_and_ranges_of_attributes) {
  fixture f;
  table grants({{"from", utf8}, {"to", utf8}, {"amount", float64}});
  grants.append_row({"o", "a", -1.0});
  grants.append_row({"o", "a", std::numeric_limits<double>::infinity()});
  grants.append_row({"o", "a", std::numeric_limits<double>::quiet_NaN()});
  grants.append_row({"o", "a", std::monostate{}});
  grants.append_row({"o", "a", 484'000.0});
  f.builder.append_edges(funds, grants, {"funds.csv"}, f.found);
  f.builder.append_edges(member_of, rows_of({"from", "to", "seat"}, {{"o", "a", "throne"}}), {"member_of.csv"},
                         f.found);
  f.finish();
  std::vector<std::pair<std::string, std::int64_t>> codes;
  for (const auto& d : f.found.items()) codes.emplace_back(d.code, d.row);
  EXPECT_EQ(codes, (std::vector<std::pair<std::string, std::int64_t>>{
                       {"out_of_range", 2}, {"not_finite", 3}, {"not_finite", 4}, {"not_allowed", 2}}));
  expect_says(f.found.items()[3], {"throne", "chief_executive, senior, delegate"});
}

TEST(network_builder, a_word_outside_an_open_list_is_kept_with_a_warning) {
  network_builder b;
  diagnostics found;
  b.append_nodes(group, rows_of({"id", "kind"}, {{"g", "action team"}}), {"groups.csv"}, found);
  const auto net = b.finish(found);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.items()[0].severity, severity::warning);
  EXPECT_EQ(found.items()[0].record, "g");
  EXPECT_EQ(net.attributes(group)["kind"].text(0), "action team");
}

TEST(network_builder, keeps_columns_that_the_schema_does_not_know) {
  network_builder b;
  diagnostics found;
  b.append_nodes(group, rows_of({"id"}, {{"g"}}), {"groups.csv"}, found);
  b.append_nodes(group, rows_of({"id", "county"}, {{"h", "Franklin"}}), {"groups.csv", 3}, found);
  b.append_nodes(group, rows_of({"id"}, {{"i"}}), {"groups.csv", 4}, found);
  const auto net = b.finish(found);
  EXPECT_TRUE(found.empty());
  const auto& county = net.attributes(group)["county"];
  EXPECT_TRUE(county.is_null(0));
  EXPECT_EQ(county.text(1), "Franklin");
  EXPECT_TRUE(county.is_null(2));
  EXPECT_EQ(net.attributes(group).columns().back().name(), "county") << "after the schema's own";
}

TEST(network_builder, a_table_without_its_key_columns_is_one_finding) {
  network_builder b;
  diagnostics found;
  b.append_nodes(group, rows_of({"name"}, {{"g"}, {"h"}}), {"groups.csv"}, found);
  b.append_edges(part_of, rows_of({"from"}, {{"g"}}), {"part_of.csv"}, found);
  (void)b.finish(found);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found.items()[0].code, "missing_column");
  EXPECT_EQ(found.items()[0].field, "id");
  EXPECT_EQ(found.items()[1].field, "to");
}

TEST(network_builder, a_blank_end_is_required) {
  fixture f;
  f.edges(part_of, {{"a", "", "", ""}}).finish();
  EXPECT_EQ(f.only().code, "required");
  EXPECT_EQ(f.only().field, "to");
}

TEST(network_builder, a_column_of_the_wrong_type_is_the_callers_mistake) {
  network_builder b;
  diagnostics found;
  table numbered({{"id", int64}});
  numbered.append_row({std::int64_t{1}});
  EXPECT_THROW(b.append_nodes(group, numbered, {"groups.csv"}, found), error);
  table dated({{"id", utf8}, {"start", utf8}});
  dated.append_row({"g", "2020-01-01"});
  EXPECT_THROW(b.append_nodes(group, dated, {"groups.csv"}, found), error);
  table amounts({{"from", utf8}, {"to", utf8}, {"amount", utf8}});
  amounts.append_row({"o", "g", "$484,000"});
  EXPECT_THROW(b.append_edges(funds, amounts, {"funds.csv"}, found), error);
  EXPECT_EQ(b.finish(found), network{}) << "what was refused left nothing behind";
  EXPECT_TRUE(found.empty());
}

TEST(network_builder, errors_met_while_appending_leave_the_network_empty) {
  network_builder b;
  diagnostics found;
  b.append_nodes(group, rows_of({"id"}, {{"g"}, {"g"}}), {"groups.csv"}, found);
  diagnostics later;
  EXPECT_EQ(b.finish(later), network{});
  EXPECT_TRUE(later.empty()) << "it was told once, to the first collection";
}

TEST(network_builder, finish_without_a_collection_throws_every_finding) {
  network_builder b;
  diagnostics found;
  b.append_nodes(group, rows_of({"id"}, {{"g"}, {"g"}}), {"groups.csv"}, found);
  b.append_edges(part_of, rows_of({"from", "to"}, {{"g", "x"}}), {"part_of.csv"}, found);
  try {
    (void)b.finish();
    FAIL() << "nothing was thrown";
  } catch (const error& e) {
    EXPECT_EQ(e.code(), error_code::invalid_data);
    ASSERT_EQ(e.all().size(), 2U);
    EXPECT_EQ(e.all().items()[0].code, "duplicate_id");
    EXPECT_EQ(e.all().items()[1].code, "unknown_id");
  }
}

TEST(network_builder, is_empty_after_finish) {
  fixture f;
  EXPECT_NE(f.finish(), network{});
  EXPECT_EQ(f.finish(), network{});
}

TEST(network_builder, calls_refuse_blank_and_taken_ids_and_unknown_attributes) {
  network_builder b;
  const auto g = b.add<group>("g");
  EXPECT_THROW(b.add<group>(""), error);
  EXPECT_THROW(b.add<organization>("g"), error);
  EXPECT_THROW(b.add<group>("h", {}, {}, {{"colour", "red"}}), error);
  EXPECT_THROW(b.add<group>("h", {}, {}, {{"kind", true}}), error);
  EXPECT_NO_THROW(b.add<group>("h")) << "a refused call leaves nothing behind";
  const auto o = b.add<organization>("o");
  EXPECT_THROW(b.connect<funds>(o, g, {}, {{"amount", "much"}}), error);
  EXPECT_THROW(b.connect<member_of>(o, group_id(77)), error);
  EXPECT_THROW(b.connect<funds>(o, g, {}, {{"amount", std::int64_t{9007199254740993}}}), error)
      << "no double is equal to it";
  b.connect<funds>(o, g, {}, {{"amount", 500}}); // a whole number is a number
  const auto net = b.finish();
  EXPECT_EQ(net.edges(funds).attributes()["amount"].values<double>()[0], 500.0);
  EXPECT_EQ(net.edges(member_of).size(), 0U);
}

TEST(network_builder, findings_from_calls_name_the_table_and_no_row) {
  network_builder b;
  const auto g = b.add<group>("g");
  const auto h = b.add<group>("h");
  b.connect<part_of>(g, h);
  b.connect<part_of>(h, g);
  diagnostics found;
  (void)b.finish(found);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.items()[0].file, "part_of");
  EXPECT_EQ(found.items()[0].row, -1);
  expect_says(found.items()[0], {"g -> h -> g", "always"});
}

TEST(network_builder, the_order_of_edge_rows_does_not_change_the_network) {
  const std::vector<std::vector<std::string>> rows = {
      {"o", "a", "2020-01-01", "2021-01-01"}, {"o", "a", "2021-01-01", ""}, {"o", "b", "", ""}, {"p", "a", "", ""}};
  fixture forward;
  const auto expected = forward.edges(member_of, rows).finish();
  auto shuffled = rows;
  std::sort(shuffled.begin(), shuffled.end());
  do {
    fixture f;
    ASSERT_EQ(f.edges(member_of, shuffled).finish(), expected);
  } while (std::next_permutation(shuffled.begin(), shuffled.end()));
}

} // namespace
