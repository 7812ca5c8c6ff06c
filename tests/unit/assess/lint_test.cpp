// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>
#include <string>

#include <commonweal/assess/lint.hpp>
#include <commonweal/network/network_builder.hpp>

#include "record_builder.hpp"

namespace {

using namespace commonweal;
using enum node_kind;
using enum edge_kind;

using commonweal::test::day;
using commonweal::test::record;
using commonweal::test::records_of;
using commonweal::test::span;

measures definitions(const network& net) {
  measures m;
  for (std::uint32_t i = 0; i < net.size(indicator); ++i) {
    indicator_definition d;
    d.node = indicator_id{i};
    d.id = std::string(net.id(d.node));
    m.indicators.push_back(d);
  }
  return m;
}

std::set<std::string> findings(const table& t) {
  std::set<std::string> out;
  for (std::size_t i = 0; i < t.rows(); ++i)
    out.insert(std::string(t["rule"].text(i)) + " " + std::string(t["id"].text(i)));
  return out;
}

// An initiative in which every link holds; each test takes one away or adds what lacks one.
struct linked {
  network_builder b;
  group_id board, crew;
  goal_id healthy;
  strategy_id teach, enforce;
  indicator_id rate;
  organization_id school, police;
  person_id student;

  explicit linked(const std::set<std::string>& without = {}) {
    const auto has = [&](const char* link) { return !without.contains(link); };
    board = b.add<group>("board", "", {}, {{"kind", "oversight"}});
    crew = b.add<group>("crew", "", {}, {{"kind", "working_group"}});
    healthy = b.add<goal>("healthy");
    teach = b.add<strategy>("teach");
    enforce = b.add<strategy>("enforce");
    rate = b.add<indicator>("rate");
    school = b.add<organization>("school", "", {}, {{"sector", "school"}});
    police = b.add<organization>("police", "", {}, {{"sector", has("sectors") ? "police" : "school"}});
    student = b.add<person>("student");
    if (has("part_of")) b.connect<part_of>(crew, board);
    if (has("advances")) b.connect<advances>(teach, healthy);
    b.connect<advances>(enforce, healthy);
    if (has("measured")) b.connect<measured_by>(teach, rate);
    b.connect<measured_by>(enforce, rate);
    if (has("reinforces")) b.connect<reinforces>(teach, enforce);
    b.connect<implements>(school, teach, {}, {{"lead", has("lead")}});
    b.connect<implements>(police, enforce, {}, {{"lead", true}});
    if (has("pursues")) b.connect<pursues>(crew, teach);
    if (has("reports")) b.connect<reports>(school, rate);
    b.connect<member_of>(school, board);
    if (has("membership")) b.connect<member_of>(police, board);
    b.connect<member_of>(student, board, {}, {{"seat", has("affected") ? "affected_person" : "other"}});
  }
  table run(const char* on = "2024-06-30") {
    const network net = b.finish();
    return lint(net, definitions(net), day(on));
  }
};

TEST(lint, finds_nothing_where_every_link_holds) {
  const table t = linked().run();
  EXPECT_EQ(findings(t), std::set<std::string>{});
  EXPECT_EQ(t.column_count(), 9U);
}

TEST(lint, checks_the_three_links_of_a_strategy_apart) { // E7
  EXPECT_EQ(findings(linked({"advances"}).run()), std::set<std::string>{"strategy_without_goal teach"});
  EXPECT_EQ(findings(linked({"measured"}).run()),
            (std::set<std::string>{"strategy_without_measure teach", "working_group_without_measure crew"}));
  EXPECT_EQ(findings(linked({"reinforces"}).run()),
            (std::set<std::string>{"strategy_without_peer teach", "strategy_without_peer enforce"}));
}

TEST(lint, a_strategy_may_reach_the_goal_through_another) {
  linked i({"advances"});
  i.b.connect<advances>(i.teach, i.enforce);
  EXPECT_EQ(findings(i.run()), std::set<std::string>{});
}

TEST(lint, wants_a_lead_partner) { // F9
  EXPECT_EQ(findings(linked({"lead"}).run()), std::set<std::string>{"strategy_without_lead teach"});
}

TEST(lint, wants_every_group_under_an_oversight_group) { // F1
  EXPECT_EQ(findings(linked({"part_of"}).run()), std::set<std::string>{"group_without_oversight crew"});
}

TEST(lint, wants_working_groups_to_pursue_and_to_move) { // F2, F6
  EXPECT_EQ(findings(linked({"pursues"}).run()),
            (std::set<std::string>{"working_group_without_strategy crew", "working_group_without_measure crew"}));
}

TEST(lint, names_measures_nobody_reports_and_partners_nowhere) { // B2, F5
  EXPECT_EQ(findings(linked({"reports"}).run()), std::set<std::string>{"measure_nobody_reports rate"});
  EXPECT_EQ(findings(linked({"membership"}).run()),
            (std::set<std::string>{"partner_in_no_group police", "oversight_not_cross_sector board"}));
}

TEST(lint, a_measure_that_was_reported_needs_no_reports_edge) {
  linked i({"reports"});
  const network net = i.b.finish();
  measures m = definitions(net);
  panel p;
  p.indicator = i.rate;
  m.panels.push_back(p);
  EXPECT_EQ(lint(net, m, day("2024-06-30")).rows(), 0U);
}

TEST(lint, wants_plans_to_be_for_measures_of_the_group_or_its_strategy) { // F6
  linked i;
  i.b.add<indicator>("elsewhere");
  const network net = i.b.finish();
  measures m = definitions(net);
  m.panels.emplace_back().indicator = *net.find<indicator>("elsewhere");
  const auto plan = [&](const char* measure, const char* made) {
    record_tables r;
    r["action_plans"] = records_of("action_plans", {{{"group", "crew"}, {"indicator", measure}, {"date", day(made)}}});
    return findings(lint(net, m, day("2024-06-30"), r));
  };
  EXPECT_EQ(plan("elsewhere", "2024-01-01"), std::set<std::string>{"group_plans_unlinked_measure crew"});
  EXPECT_EQ(plan("rate", "2024-01-01"), std::set<std::string>{});
  EXPECT_EQ(plan("elsewhere", "2025-01-01"), std::set<std::string>{}); // made later than the day asked about
}

TEST(lint, wants_reporters_to_have_agreed_where_agreements_on_data_are_kept) { // I9
  linked i;
  const network net = i.b.finish();
  const auto with = [&](std::initializer_list<record> rows) {
    record_tables r;
    r["agreements"] = records_of("agreements", rows);
    return findings(lint(net, definitions(net), day("2024-06-30"), r));
  };
  const std::set<std::string> school{"partner_without_agreement school"};
  EXPECT_EQ(with({{{"id", "a"}, {"party", "police"}, {"kind", "data_sharing"}}}), school);
  EXPECT_EQ(with({{{"id", "a"}, {"party", "school"}, {"kind", "data_sharing"}}}), std::set<std::string>{});
  EXPECT_EQ(with({{{"id", "a"}, {"party", "school"}, {"kind", "data_sharing"}, {"end", day("2024-01-01")}}}), school);
  EXPECT_EQ(with({{{"id", "a"}, {"party", "police"}, {"kind", "office_space"}}}), std::set<std::string>{});
}

TEST(lint, wants_sectors_and_affected_people_in_oversight) { // F1
  EXPECT_EQ(findings(linked({"sectors"}).run()), std::set<std::string>{"oversight_not_cross_sector board"});
  EXPECT_EQ(findings(linked({"affected"}).run()), std::set<std::string>{"oversight_without_affected_people board"});
}

TEST(lint, a_sub_initiative_needs_oversight_and_backbone_of_its_own) { // F8, K4
  linked i;
  const auto safety = i.b.add<group>("safety", "", {}, {{"kind", "sub_initiative"}});
  i.b.connect<part_of>(safety, i.board);
  EXPECT_EQ(findings(i.run()), (std::set<std::string>{"sub_initiative_without_backbone safety",
                                                      "sub_initiative_without_oversight safety"}));

  linked j;
  const auto jobs = j.b.add<group>("jobs", "", {}, {{"kind", "sub_initiative"}});
  const auto committee = j.b.add<group>("committee", "", {}, {{"kind", "oversight"}});
  j.b.connect<part_of>(jobs, j.board);
  j.b.connect<part_of>(committee, jobs);
  j.b.connect<serves_as_backbone>(j.school, jobs);
  j.b.connect<member_of>(j.school, committee);
  j.b.connect<member_of>(j.police, committee);
  j.b.connect<member_of>(j.student, committee, {}, {{"seat", "affected_person"}});
  EXPECT_EQ(findings(j.run()), std::set<std::string>{});
}

TEST(lint, finds_groups_that_outlive_their_strategy_at_the_date_asked) { // F7
  linked i;
  const auto old = i.b.add<strategy>("old", "", span("2010-01-01", "2020-01-01"));
  const auto relic = i.b.add<group>("relic", "", {}, {{"kind", "task_force"}});
  i.b.connect<part_of>(relic, i.board);
  i.b.connect<pursues>(relic, old, span("2010-01-01", "2020-01-01"));
  const network net = i.b.finish();
  EXPECT_EQ(findings(lint(net, definitions(net), day("2024-01-01"))),
            std::set<std::string>{"group_outlives_strategy relic"});
  EXPECT_FALSE(findings(lint(net, definitions(net), day("2015-01-01"))).contains("group_outlives_strategy relic"));
}

TEST(lint, asks_only_about_what_is_alive) {
  linked i;
  i.b.add<strategy>("abandoned", "", span("2001-01-01", "2002-01-01"));
  EXPECT_EQ(findings(i.run()), std::set<std::string>{});
  linked j;
  j.b.add<strategy>("abandoned", "", span("2001-01-01", "2002-01-01"));
  EXPECT_EQ(j.run("2001-06-01").rows(), 4U); // goal, measure, peer, lead
}

TEST(lint, every_rule_says_how_to_mend_it_and_who_asks) {
  std::set<std::string_view> ids;
  for (const auto& r : lint_rules) {
    EXPECT_TRUE(ids.insert(r.id).second);
    EXPECT_GT(r.mend.size(), 15U) << r.id;
    EXPECT_FALSE(r.requirement.empty()) << r.id;
  }
}

} // namespace
