// SPDX-License-Identifier: Apache-2.0
// Whose report is due, and when: by edges with their days and frequencies, or by having ever reported.
#include <gtest/gtest.h>

#include <vector>

#include <commonweal/measure/report_due.hpp>
#include <commonweal/network/network_builder.hpp>

namespace {

using namespace commonweal;

period month(int year, int m) { return {frequency::month, 12 * (year - 1970) + m - 1}; }

panel two_months(std::vector<node_ref> reporters, std::vector<double> values) {
  panel p;
  p.first = month(2024, 1);
  p.reporters = std::move(reporters);
  p.value = Eigen::Map<panel_matrix>(values.data(), static_cast<Eigen::Index>(p.reporters.size()), 2);
  return p;
}

TEST(reports_due, an_edge_by_the_quarter_is_due_in_its_last_month_and_owed_all_along) {
  network_builder b;
  const auto clinic = b.add<node_kind::organization>("clinic"), school = b.add<node_kind::organization>("school");
  const auto meals = b.add<node_kind::indicator>("meals");
  b.connect<edge_kind::reports>(clinic, meals, {date::lowest(), *date::parse("2024-07-01")}, {{"every", "quarter"}});
  b.connect<edge_kind::reports>(school, meals, {*date::parse("2024-02-29"), date::highest()});
  const network net = b.finish();
  const reports_due due(net, meals, nullptr);
  EXPECT_EQ(due.reporters(), (std::vector<node_ref>{clinic, school}));
  EXPECT_FALSE(due(clinic, month(2024, 2)));
  EXPECT_TRUE(due.owes(clinic, month(2024, 2)));
  EXPECT_TRUE(due(clinic, month(2024, 3)));
  EXPECT_TRUE(due(clinic, month(2024, 6)));
  EXPECT_FALSE(due(clinic, month(2024, 9))) << "the edge ended in June";
  EXPECT_FALSE(due.owes(clinic, month(2024, 9)));
  EXPECT_FALSE(due(school, month(2024, 1)));
  EXPECT_TRUE(due(school, month(2024, 2))) << "in force on the last day of the month";
}

TEST(reports_due, without_edges_who_ever_reported_owes_every_period) {
  network_builder b;
  const node_ref a = b.add<node_kind::organization>("a"), never = b.add<node_kind::organization>("never");
  const node_ref hidden = b.add<node_kind::organization>("hidden");
  const auto meals = b.add<node_kind::indicator>("meals");
  const network net = b.finish();
  panel p =
      two_months({a, never, hidden}, {1, missing_value, missing_value, missing_value, missing_value, missing_value});
  p.suppressed = {4}; // the first month of `hidden`
  const reports_due due(net, meals, &p);
  EXPECT_EQ(due.reporters(), (std::vector<node_ref>{a, hidden}));
  EXPECT_TRUE(due(a, month(2030, 1)));
  EXPECT_FALSE(due(never, month(2024, 1)));
  EXPECT_TRUE(due(hidden, month(2024, 2)));
  EXPECT_TRUE(reports_due(net, meals, nullptr).reporters().empty());
}

TEST(days_in_force, are_those_on_which_both_ends_exist) {
  network_builder b;
  const auto team = b.add<node_kind::group>("team", "Team", {*date::parse("2020-01-01"), *date::parse("2022-01-01")});
  const auto guest = b.add<node_kind::organization>("guest", "Guest", {*date::parse("2021-01-01"), date::highest()});
  b.connect<edge_kind::member_of>(guest, team);
  const network net = b.finish();
  const relation& members = net.edges(edge_kind::member_of);
  EXPECT_EQ(days_in_force(net, members, 0), (interval{*date::parse("2021-01-01"), *date::parse("2022-01-01")}));
  EXPECT_FALSE(is_in_a_group(net, guest, *date::parse("2020-06-01")));
  EXPECT_TRUE(is_in_a_group(net, guest, *date::parse("2021-12-31")));
  EXPECT_FALSE(is_in_a_group(net, guest, *date::parse("2022-01-01")));
  EXPECT_TRUE(is_in_a_group(net, team, *date::parse("2020-06-01"))) << "a group is its own member while it exists";
}

} // namespace
