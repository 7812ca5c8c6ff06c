// SPDX-License-Identifier: Apache-2.0
// The two initiatives of docs/initiatives load without a finding, and the figures of their source come out.
#include <commonweal/load.hpp>

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace {

using namespace commonweal;

initiative read(const std::string& name, diagnostics& found) {
  return load(std::string(COMMONWEAL_TEST_SOURCE_DIR) + "/docs/initiatives/" + name, found);
}

std::string all_of(const diagnostics& found) {
  std::string out;
  for (const auto& d : found.items()) out += d.to_string() + '\n';
  return out;
}

// Value of each indicator for a group in a year, where there is one.
std::map<std::string, double> figures(const initiative& of, const std::string& group, std::string_view year) {
  const auto when = period::parse(year);
  const table rows = of.rollup({.groups = {group}, .from = when, .to = when});
  std::map<std::string, double> out;
  for (std::size_t r = 0; r < rows.rows(); ++r)
    if (!rows["value"].is_null(r)) out.emplace(rows["indicator"].text(r), rows["value"].values<double>()[r]);
  return out;
}

std::size_t count_kind(const network& net, node_kind kind, std::string_view column, std::string_view value) {
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < net.size(kind); ++i) count += net.attributes(kind)[column].text(i) == value ? 1 : 0;
  return count;
}

std::size_t in_degree(const network& net, edge_kind kind, std::string_view id) {
  return net.edges(kind).in(net.vertex(net.find(id).value())).size();
}

std::size_t out_degree(const network& net, edge_kind kind, std::string_view id) {
  return net.edges(kind).out(net.vertex(net.find(id).value())).size();
}

TEST(communities_that_care, loads_without_a_finding) {
  diagnostics found;
  const auto ctc = read("communities-that-care", found);
  EXPECT_FALSE(found.has_errors()) << all_of(found);
  EXPECT_EQ(found.count(severity::warning), 0U) << all_of(found);
  EXPECT_FALSE(ctc.info().synthetic);
}

TEST(communities_that_care, fell_by_31_32_and_18_percent_over_eight_years) {
  diagnostics found;
  const auto ctc = read("communities-that-care", found);
  const std::map<std::string, double> before = {
      {"teen-binge-drinking", 100}, {"teen-cigarette-smoking", 100}, {"teen-marijuana-use", 100}};
  const std::map<std::string, double> after = {
      {"teen-binge-drinking", 100 - 31}, {"teen-cigarette-smoking", 100 - 32}, {"teen-marijuana-use", 100 - 18}};
  EXPECT_EQ(figures(ctc, "coordinating-council", "2002"), before);
  EXPECT_EQ(figures(ctc, "coordinating-council", "2010"), after);
  EXPECT_TRUE(figures(ctc, "coordinating-council", "2006").empty()) << "the source says nothing of the years between";
}

TEST(communities_that_care, has_three_working_groups_and_a_task_force_linked_to_ten_districts) {
  diagnostics found;
  const auto ctc = read("communities-that-care", found);
  const auto& net = ctc.network();
  EXPECT_EQ(count_kind(net, node_kind::group, "kind", "working_group"), 3U);
  EXPECT_EQ(count_kind(net, node_kind::organization, "sector", "school_district"), 10U);
  EXPECT_EQ(out_degree(net, edge_kind::linked_with, "school-health-task-force"), 3U + 10U);
  EXPECT_EQ(in_degree(net, edge_kind::funds, "coordinating-council"), 1U);
  EXPECT_EQ(in_degree(net, edge_kind::performs, "first-meeting"), 2U);
}

TEST(communities_that_care, takes_in_north_quabbin_in_its_seventh_year) {
  diagnostics found;
  const auto ctc = read("communities-that-care", found);
  const auto& net = ctc.network();
  const auto life = net.validity(net.find("north-quabbin").value());
  EXPECT_FALSE(life.contains(date::parse("2007-12-31").value()));
  EXPECT_TRUE(life.contains(date::parse("2008-01-01").value()));
  EXPECT_TRUE(net.validity(net.find("franklin-county").value()).contains(date::parse("2002-01-01").value()));
}

TEST(memphis_fast_forward, loads_without_a_finding) {
  diagnostics found;
  (void)read("memphis-fast-forward", found);
  EXPECT_FALSE(found.has_errors()) << all_of(found);
  EXPECT_EQ(found.count(severity::warning), 0U) << all_of(found);
}

TEST(memphis_fast_forward, crime_fell_by_26_and_32_percent_over_five_years) {
  diagnostics found;
  const auto memphis = read("memphis-fast-forward", found);
  const std::map<std::string, double> after = {{"property-crime", 100 - 32}, {"violent-crime", 100 - 26}};
  EXPECT_EQ(figures(memphis, "public-safety", "2011"), after);
}

TEST(memphis_fast_forward, each_of_four_levers_has_a_committee_and_a_backbone_of_its_own) {
  diagnostics found;
  const auto memphis = read("memphis-fast-forward", found);
  const auto& net = memphis.network();
  EXPECT_EQ(count_kind(net, node_kind::group, "kind", "sub_initiative"), 4U);
  for (const std::string lever : {"public-safety", "education", "jobs", "government-efficiency"}) {
    EXPECT_EQ(in_degree(net, edge_kind::serves_as_backbone, lever), 1U) << lever;
    EXPECT_EQ(in_degree(net, edge_kind::part_of, lever), 1U) << lever;
    EXPECT_EQ(out_degree(net, edge_kind::part_of, lever), 1U) << lever;
  }
}

TEST(memphis_fast_forward, public_safety_pursues_fifteen_strategies_and_six_agencies_share_data) {
  diagnostics found;
  const auto memphis = read("memphis-fast-forward", found);
  const auto& net = memphis.network();
  EXPECT_EQ(in_degree(net, edge_kind::advances, "public-safety-lever"), 15U);
  EXPECT_EQ(count_kind(net, node_kind::organization, "sector", "police"), 5U);
  EXPECT_EQ(count_kind(net, node_kind::organization, "sector", "sheriff"), 1U);
  EXPECT_EQ(in_degree(net, edge_kind::performs, "crime-data-sharing"), 5U + 1U + 1U) << "with Operation Safe Community";
}

} // namespace
