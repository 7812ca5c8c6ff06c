// SPDX-License-Identifier: Apache-2.0
// The model on one page is complete: every kind has its line, its meaning and its source, and the document tells the
// same.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "../../../docs/examples/network_example.hpp"
#include <commonweal/network/detail/edge_checks.hpp>
#include <commonweal/network/schema.hpp>

namespace {

void expect_sound(std::span<const field_rule> fields, std::string_view of) {
  std::set<std::string_view> names = {"id", "name", "from", "to", "start", "end"};
  for (const auto& f : fields) {
    SCOPED_TRACE(std::string(of) + "." + std::string(f.name));
    EXPECT_TRUE(names.insert(f.name).second) << "named twice, or as a key column";
    EXPECT_FALSE(f.meaning.empty());
    EXPECT_LE(f.min, f.max);
    if (!f.allowed.empty()) {
      EXPECT_EQ(f.type, column_type::utf8);
      EXPECT_EQ(std::set<std::string_view>(f.allowed.begin(), f.allowed.end()).size(), f.allowed.size());
      if (!f.fallback.empty()) {
        EXPECT_NE(std::find(f.allowed.begin(), f.allowed.end(), f.fallback), f.allowed.end());
      }
    }
    if (f.type == column_type::boolean && !f.fallback.empty()) {
      EXPECT_TRUE(f.fallback == "true" || f.fallback == "false");
    }
    if (f.required) { EXPECT_TRUE(f.fallback.empty()) << "a fallback would never be taken"; }
    const auto fallback = detail::fallback_cell(f);
    EXPECT_EQ(fallback.index(), f.fallback.empty() ? 0U : static_cast<std::size_t>(f.type) + 1);
  }
}

TEST(schema, every_node_kind_has_a_file_of_its_own_and_a_source) {
  std::set<std::string_view> files;
  for (const auto& rule : schema::node_rules) {
    EXPECT_TRUE(files.insert(rule.file).second);
    EXPECT_FALSE(rule.source.empty()) << rule.file;
    expect_sound(rule.attributes, rule.file);
  }
  for (const auto& rule : schema::edge_rules) EXPECT_TRUE(files.insert(rule.file).second) << rule.file;
}

TEST(schema, every_edge_kind_is_named_as_its_file_and_says_what_it_means_and_who_asks_for_it) {
  for (const auto& rule : schema::edge_rules) {
    EXPECT_EQ(rule.file, to_string(rule.kind));
    EXPECT_FALSE(rule.meaning.empty()) << rule.file;
    EXPECT_FALSE(rule.source.empty()) << rule.file;
    expect_sound(rule.attributes, rule.file);
  }
}

TEST(schema, every_edge_kind_joins_something_and_acyclic_or_symmetric_kinds_can_be) {
  for (const auto& rule : schema::edge_rules) {
    ASSERT_FALSE(rule.joins.empty()) << rule.file;
    bool any_back = false;
    for (const auto& j : rule.joins) {
      EXPECT_NE(j.from.bits, 0U);
      EXPECT_NE(j.to.bits, 0U);
    }
    for (std::size_t a = 0; a < node_kind_count; ++a)
      for (std::size_t b = 0; b < node_kind_count; ++b)
        any_back = any_back || (may_join(rule.kind, static_cast<node_kind>(a), static_cast<node_kind>(b)) &&
                                may_join(rule.kind, static_cast<node_kind>(b), static_cast<node_kind>(a)));
    if (rule.acyclic || rule.symmetric) { EXPECT_TRUE(any_back) << rule.file << " joins no kind both ways"; }
    EXPECT_FALSE(rule.acyclic && rule.symmetric) << rule.file;
  }
}

TEST(schema, joins_what_the_requirements_say_and_nothing_else) {
  using enum node_kind;
  using enum edge_kind;
  static_assert(may_join(part_of, group, group));
  static_assert(!may_join(part_of, organization, group));
  static_assert(may_join(member_of, person, group) && may_join(member_of, organization, group));
  static_assert(!may_join(member_of, group, group));
  static_assert(may_join(serves_as_backbone, organization, group) && !may_join(serves_as_backbone, person, group));
  static_assert(may_join(advances, activity, strategy) && may_join(advances, strategy, goal));
  static_assert(may_join(advances, goal, goal) && !may_join(advances, goal, strategy));
  static_assert(may_join(reports, organization, indicator) && may_join(reports, group, indicator));
  static_assert(!may_join(reports, person, indicator));
  EXPECT_TRUE(rule_of(part_of).acyclic);
  EXPECT_TRUE(rule_of(advances).acyclic);
  EXPECT_TRUE(rule_of(communicates_with).symmetric);
}

// ---- the document -------------------------------------------------------------------------------

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
std::filesystem::path docs() { return std::filesystem::path(COMMONWEAL_TEST_SOURCE_DIR) / "docs"; }

/// A row of the table of edges in docs/network.md.
std::string line_of(const edge_rule& rule) {
  std::string joins;
  for (const auto& j : rule.joins)
    joins += (joins.empty() ? "" : "; ") + detail::names_of(j.from) + " to " + detail::names_of(j.to);
  std::string attributes;
  for (const auto& f : rule.attributes) attributes += (attributes.empty() ? "" : ", ") + std::string(f.name);
  std::string rules;
  const auto add = [&rules](std::string_view word) { rules += (rules.empty() ? "" : ", ") + std::string(word); };
  if (rule.acyclic) add("acyclic");
  if (rule.symmetric) add("symmetric");
  if (rule.parallel == parallel_rule::keep) add("parallel edges kept");
  if (rule.out == cardinality::one_at_a_time) add("one at a time");
  return "| `" + std::string(to_string(rule.kind)) + "` | " + joins + " | " + std::string(rule.meaning) + " | " +
         attributes + " | " + rules + " | " + std::string(rule.source) + " |";
}
std::string line_of(const node_rule& rule) {
  std::string attributes;
  for (const auto& f : rule.attributes) attributes += (attributes.empty() ? "" : ", ") + std::string(f.name);
  return "| " + std::string(to_string(rule.kind)) + " | `" + std::string(rule.file) + ".csv` | " + attributes + " | " +
         std::string(rule.source) + " |";
}

TEST(network_document, has_the_line_of_every_kind_as_the_schema_has_it) {
  const auto text = read(docs() / "network.md");
  std::string wanted;
  for (const auto& rule : schema::node_rules) wanted += line_of(rule) + "\n";
  EXPECT_NE(text.find(wanted), std::string::npos) << "the table of nodes should be:\n" << wanted;
  wanted.clear();
  for (const auto& rule : schema::edge_rules) wanted += line_of(rule) + "\n";
  EXPECT_NE(text.find(wanted), std::string::npos) << "the table of edges should be:\n" << wanted;
}

TEST(network_document, shows_the_example_that_is_compiled_here) {
  const auto source = read(docs() / "examples" / "network_example.hpp");
  const std::string mark = "// [example]\n";
  const auto first = source.find(mark);
  ASSERT_NE(first, std::string::npos);
  const auto begin = first + mark.size();
  const auto end = source.find(mark, begin);
  ASSERT_NE(end, std::string::npos);
  const auto text = read(docs() / "network.md");
  EXPECT_NE(text.find("```cpp\n" + source.substr(begin, end - begin) + "```"), std::string::npos)
      << "docs/network.md should show docs/examples/network_example.hpp as it is";
}

TEST(network_document, tells_what_the_example_answers) {
  const auto net = reading_initiative();
  const auto in_2021 = cascade(net, *date::parse("2021-06-30"));
  EXPECT_EQ(in_2021, (std::vector<std::string_view>{"council", "early"}));
  const auto in_2024 = cascade(net, *date::parse("2024-06-30"));
  ASSERT_EQ(in_2024.size(), 3U);
  EXPECT_EQ(in_2024.front(), "council");
  const auto summer = *net.find<node_kind::group>("summer");
  EXPECT_TRUE(members(net, summer, *date::parse("2023-06-30")).empty());
  EXPECT_EQ(members(net, summer, *date::parse("2023-07-01")).size(), 1U);
}

} // namespace
