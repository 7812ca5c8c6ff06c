// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <commonweal/assess/budget.hpp>
#include <commonweal/assess/check.hpp>
#include <commonweal/assess/conditions.hpp>
#include <commonweal/assess/phases.hpp>
#include <commonweal/assess/preconditions.hpp>
#include <commonweal/assess/rubric.hpp>
#include <commonweal/assess/scorecard.hpp>
#include <commonweal/network/network_builder.hpp>

#include "record_builder.hpp"

namespace {

using namespace commonweal;
using namespace commonweal::test;
using enum node_kind;
using enum edge_kind;

const judgement& find(const std::vector<judgement>& all, std::string_view id) {
  const auto it = std::find_if(all.begin(), all.end(), [&](const auto& j) { return j.criterion == id; });
  if (it == all.end()) throw std::invalid_argument("no judgement " + std::string(id));
  return *it;
}
bool mentions(const std::vector<std::string>& lines, std::string_view text) {
  return std::any_of(lines.begin(), lines.end(), [&](const auto& l) { return l.find(text) != std::string::npos; });
}

// A synthetic initiative launched in 2020: a board, a backbone, a school and a business.
struct small_initiative {
  network_builder b;
  group_id board;
  organization_id hub, school, shop, donor;
  person_id leader;
  goal_id goal_;
  record_tables records;
  measures data;

  small_initiative() {
    board = b.add<group>("board", "Board", {day("2020-01-01"), date::highest()}, {{"kind", "oversight"}});
    hub = b.add<organization>("hub", "Hub", {}, {{"sector", "nonprofit"}});
    school = b.add<organization>("school", "School", {}, {{"sector", "school"}});
    shop = b.add<organization>("shop", "Shop", {}, {{"sector", "business"}});
    donor = b.add<organization>("donor", "Donor", {}, {{"sector", "foundation"}});
    leader = b.add<person>("leader", "Leader");
    goal_ = b.add<goal>("goal", "Goal");
  }
  void seats(const char* first, const char* second) {
    b.connect<member_of>(school, board, {}, {{"seat", first}});
    b.connect<member_of>(shop, board, {}, {{"seat", second}});
  }
  void meets(std::initializer_list<const char*> days) {
    table t = records_of("meetings", {});
    int n = 0;
    for (const char* d : days) {
      const std::string id = "m" + std::to_string(++n);
      t.append_row({std::string_view(id), "board", day(d), {}, true, true, {}});
    }
    records["meetings"] = t;
  }
  std::vector<judgement> preconditions(const char* on = "2024-06-30", const precondition_options& o = {}) {
    net = b.finish();
    return assess_preconditions({net, data, records, day(on)}, o);
  }
  std::vector<judgement> conditions(const char* on = "2024-06-30") {
    net = b.finish();
    return assess_conditions({net, data, records, day(on)});
  }
  network net;
};

TEST(judgement, parts_combine_without_counting_unknown_as_unmet) {
  using enum verdict;
  EXPECT_EQ(combine(std::vector{met, met}), met);
  EXPECT_EQ(combine(std::vector{met, unknown}), partly);
  EXPECT_EQ(combine(std::vector{unknown, unknown}), unknown);
  EXPECT_EQ(combine(std::vector{not_met, unknown}), not_met);
  EXPECT_EQ(combine(std::vector{not_met, met}), partly);
  EXPECT_EQ(combine(std::vector{not_met, partly}), partly);
}

TEST(judgement, an_empty_initiative_is_unknown_everywhere_and_nowhere_unmet) {
  const network net;
  const measures data;
  const record_tables records;
  const assess_input in{net, data, records, day("2024-01-01")};
  for (const auto& list : {assess_preconditions(in), assess_conditions(in), assess_backbone(in),
                           assess_phases(in, find_scheme(records, "three"))}) {
    for (const auto& j : list) {
      if (j.criterion == "phase.supported") continue;
      EXPECT_EQ(j.verdict, verdict::unknown) << j.criterion;
      EXPECT_FALSE(j.missing.empty()) << j.criterion << " must say what is missing";
      EXPECT_FALSE(j.source.empty()) << j.criterion;
      EXPECT_FALSE(j.rule.empty()) << j.criterion;
    }
  }
  EXPECT_EQ(share_unknown(assess_conditions(in)), 1.0);
}

TEST(judgement, table_has_one_row_each_and_null_for_no_score) {
  judgement j;
  j.criterion = "x";
  j.evidence_for = {"a", "b"};
  const table t = to_table(std::vector{j}, day("2024-01-01"));
  EXPECT_EQ(t["evidence_for"].text(0), "a; b");
  EXPECT_TRUE(t["score"].is_null(0));
  EXPECT_EQ(t["verdict"].text(0), "unknown");
}

TEST(preconditions, champion_reaches_chief_executives_of_two_sectors) { // A1
  small_initiative i;
  i.b.connect<champions>(i.leader, i.board);
  i.seats("chief_executive", "chief_executive");
  const auto j = i.preconditions();
  EXPECT_EQ(find(j, "precondition.champion.present").verdict, verdict::met);
  EXPECT_EQ(find(j, "precondition.champion.reach").verdict, verdict::met);
  EXPECT_EQ(find(j, "precondition.champion.reach").score, 2.0);
  EXPECT_EQ(find(j, "precondition.champion").verdict, verdict::partly); // kept is unknown
}

TEST(preconditions, delegates_do_not_make_reach) {
  small_initiative i;
  i.seats("chief_executive", "delegate");
  EXPECT_EQ(find(i.preconditions(), "precondition.champion.reach").verdict, verdict::partly);
  small_initiative k;
  k.seats("delegate", "delegate");
  EXPECT_EQ(find(k.preconditions(), "precondition.champion.reach").verdict, verdict::not_met);
}

TEST(preconditions, a_champion_who_left_is_evidence_against) {
  small_initiative i;
  i.b.connect<champions>(i.leader, i.board, span("2019-01-01", "2022-01-01"));
  const auto all = i.preconditions();
  const auto& j = find(all, "precondition.champion.present");
  EXPECT_EQ(j.verdict, verdict::not_met);
  EXPECT_TRUE(mentions(j.evidence_against, "Leader -> Board ended 2022-01-01"));
}

TEST(preconditions, nothing_compensates_a_missing_champion) { // A1
  small_initiative i;
  i.b.connect<champions>(i.leader, i.board, span("2019-01-01", "2022-01-01"));
  i.b.connect<funds>(i.donor, i.hub, span("2020-01-01", "2030-01-01"),
                     {{"amount", 1e6}, {"currency", "USD"}, {"anchor", true}});
  i.records["planned_costs"] = records_of("planned_costs", {{{"item", "staff"},
                                                             {"start", day("2024-01-01")},
                                                             {"end", day("2029-01-01")},
                                                             {"amount", 1e5},
                                                             {"currency", "USD"}}});
  i.records["urgency"] = records_of("urgency", {{{"trigger", "crisis"}, {"date", day("2019-06-01")}}});
  precondition_options gate;
  EXPECT_NE(find(i.preconditions("2024-06-30", gate), "precondition.all").verdict, verdict::met);
}

TEST(preconditions, runway_by_hand) { // A3: 240 000 left on the day, 10 000 a month: 24 months
  small_initiative i;
  // Six years of 480 000: half of it, three years, lies ahead on 2023-01-01 ... to within the leap days.
  i.b.connect<funds>(i.donor, i.hub, span("2020-01-01", "2026-01-01"), {{"amount", 480000.0}, {"currency", "USD"}});
  i.records["planned_costs"] = records_of("planned_costs", {{{"item", "all"},
                                                             {"start", day("2023-01-01")},
                                                             {"end", day("2033-01-01")},
                                                             {"amount", 1200000.0},
                                                             {"currency", "USD"}}});
  const auto all = i.preconditions("2023-01-01");
  const auto& j = find(all, "precondition.resources.runway");
  ASSERT_TRUE(j.score);
  EXPECT_NEAR(*j.score, 24, 0.05);
}

TEST(preconditions, currencies_without_a_rate_are_refused_not_added) {
  small_initiative i;
  i.b.connect<funds>(i.donor, i.hub, span("2020-01-01", "2026-01-01"), {{"amount", 480000.0}, {"currency", "CAD"}});
  i.records["planned_costs"] = records_of("planned_costs", {{{"item", "all"},
                                                             {"start", day("2023-01-01")},
                                                             {"end", day("2026-01-01")},
                                                             {"amount", 1.0},
                                                             {"currency", "USD"}}});
  auto all = i.preconditions("2023-01-01");
  EXPECT_EQ(find(all, "precondition.resources.runway").verdict, verdict::unknown);
  EXPECT_NE(find(all, "precondition.resources.runway").missing.find("CAD"), std::string::npos);

  small_initiative k;
  k.b.connect<funds>(k.donor, k.hub, span("2020-01-01", "2026-01-01"), {{"amount", 480000.0}, {"currency", "CAD"}});
  k.records["planned_costs"] = i.records["planned_costs"];
  k.records["exchange_rates"] = records_of("exchange_rates", {{{"currency", "USD"}, {"to", "CAD"}, {"rate", 1.25}}});
  all = k.preconditions("2023-01-01");
  EXPECT_EQ(find(all, "precondition.resources.runway").verdict, verdict::met);
  EXPECT_TRUE(
      mentions(find(all, "precondition.resources.runway").evidence_for, "192000")); // half of 480 000 CAD at 0.8
}

TEST(preconditions, the_anchor_funder_must_be_there_from_the_outset) {
  small_initiative early, late;
  early.b.connect<funds>(early.donor, early.hub, span("2020-02-01", "2026-01-01"), {{"amount", 1.0}, {"anchor", true}});
  late.b.connect<funds>(late.donor, late.hub, span("2022-02-01", "2026-01-01"), {{"amount", 1.0}, {"anchor", true}});
  EXPECT_EQ(find(early.preconditions(), "precondition.resources.anchor").verdict, verdict::met);
  EXPECT_EQ(find(late.preconditions(), "precondition.resources.anchor").verdict, verdict::partly);
}

TEST(preconditions, history_counts_only_ties_from_before_the_launch) { // A5
  small_initiative i;
  i.seats("chief_executive", "chief_executive");
  i.b.connect<communicates_with>(i.school, i.donor, {day("2015-01-01"), date::highest()});
  i.b.connect<communicates_with>(i.shop, i.donor, {day("2021-01-01"), date::highest()});
  const auto all = i.preconditions();
  EXPECT_EQ(find(all, "precondition.history").score, 0.5);
}

TEST(preconditions, unknown_drivers_widen_the_estimate_of_duration) { // D4, D5
  small_initiative i;
  i.net = i.b.finish();
  const auto blank = estimate_duration({i.net, i.data, i.records, day("2024-01-01")});
  EXPECT_EQ(blank.low, 6);
  EXPECT_EQ(blank.high, 24);

  small_initiative k;
  for (const char* s : {"s1", "s2", "s3"}) k.b.add<strategy>(s);
  k.seats("chief_executive", "chief_executive"); // public body and business: 2 of 4 voices
  k.net = k.b.finish();
  const auto e = estimate_duration({k.net, k.data, k.records, day("2024-01-01")});
  EXPECT_NEAR(e.low, 6 + 18 * (3.0 / 15 + 0 + 0.5) / 3, 1e-12);
  EXPECT_NEAR(e.high, 6 + 18 * (3.0 / 15 + 1 + 0.5) / 3, 1e-12);
  EXPECT_NE(e.arithmetic.find("3 strategies / 15"), std::string::npos);
}

TEST(conditions, agreement_lists_who_differs_and_on_what) { // B1
  small_initiative i;
  for (const auto who : {i.hub, i.school, i.shop})
    i.b.connect<endorses>(who, i.goal_, {}, {{"rating", 5.0}, {"scale_max", 5.0}});
  i.b.connect<endorses>(i.donor, i.goal_, {}, {{"rating", 2.0}, {"scale_max", 5.0}});
  i.b.connect<endorses>(i.hub, i.goal_, {}, {{"rating", 5.0}, {"scale_max", 5.0}, {"dimension", "cause"}});
  i.b.connect<endorses>(i.shop, i.goal_, {}, {{"rating", 1.0}, {"scale_max", 5.0}, {"dimension", "cause"}});
  const auto all = i.conditions();
  const auto& j = find(all, "condition.common_agenda.agreement");
  EXPECT_EQ(j.score, 0.75);
  EXPECT_EQ(j.verdict, verdict::partly);
  EXPECT_TRUE(mentions(j.evidence_against, "Donor -> Goal rates it 40 %"));
  EXPECT_TRUE(mentions(j.evidence_against, "dimension cause, ratings reach from 20 % to 100 %"));
}

TEST(conditions, framework_takes_five_components_over_its_versions) { // E3, E6
  small_initiative i;
  const auto row = [](const char* v, const char* d, const char* c) {
    return std::vector<cell>{v, day(d), c, "text", {}};
  };
  table t = records_of("agenda", {});
  for (const char* c : {"problem", "goal", "strategies", "principles"}) t.append_row(row("1", "2020-05-01", c));
  i.records["agenda"] = t;
  auto all = i.conditions("2021-01-01");
  EXPECT_EQ(find(all, "condition.common_agenda.framework").verdict, verdict::partly);
  EXPECT_TRUE(mentions(find(all, "condition.common_agenda.framework").evidence_against, "evaluation"));
  t.append_row(row("2", "2023-05-01", "evaluation"));
  small_initiative k;
  k.records["agenda"] = t;
  all = k.conditions("2024-01-01");
  EXPECT_EQ(find(all, "condition.common_agenda.framework").verdict, verdict::met);
  EXPECT_EQ(find(all, "condition.common_agenda.revised").verdict, verdict::met);
  small_initiative stale;
  stale.records["agenda"] = t;
  EXPECT_EQ(find(stale.conditions("2029-01-01"), "condition.common_agenda.revised").verdict, verdict::not_met);
}

TEST(conditions, meetings_are_judged_group_by_group_and_silence_shows) { // B4
  small_initiative monthly;
  monthly.meets({"2024-01-10", "2024-02-10", "2024-03-10", "2024-04-10", "2024-05-10", "2024-06-10"});
  EXPECT_EQ(find(monthly.conditions(), "condition.continuous_communication.cadence").verdict, verdict::met);
  small_initiative quarterly;
  quarterly.meets({"2023-10-10", "2024-01-08", "2024-04-08"});
  EXPECT_EQ(find(quarterly.conditions(), "condition.continuous_communication.cadence").verdict, verdict::partly);
  small_initiative once;
  once.meets({"2023-08-01"});
  EXPECT_EQ(find(once.conditions(), "condition.continuous_communication.cadence").verdict, verdict::not_met);
}

TEST(conditions, delegates_and_absences_are_lapses) { // B4
  small_initiative i;
  i.meets({"2024-06-10"});
  i.records["attendance"] = records_of(
      "attendance", {{{"meeting", "m1"}, {"member", "school"}, {"seat", "chief_executive"}, {"present", true}},
                     {{"meeting", "m1"}, {"member", "shop"}, {"seat", "delegate"}, {"present", true}},
                     {{"meeting", "m1"}, {"member", "hub"}, {"present", false}}});
  const auto all = i.conditions();
  EXPECT_NEAR(*find(all, "condition.continuous_communication.lapses").score, 2.0 / 3, 1e-15);
  EXPECT_EQ(find(all, "condition.continuous_communication.lapses").verdict, verdict::not_met);
  EXPECT_EQ(find(all, "condition.continuous_communication.seats").score, 0.5);
  EXPECT_EQ(find(all, "condition.continuous_communication.agenda").verdict, verdict::met);
}

TEST(conditions, ties_beside_the_backbone_are_counted) { // C.27 2.3
  small_initiative i;
  i.b.connect<serves_as_backbone>(i.hub, i.board);
  i.b.connect<communicates_with>(i.hub, i.school);
  i.b.connect<communicates_with>(i.hub, i.shop);
  i.b.connect<communicates_with>(i.school, i.shop);
  const auto all = i.conditions();
  EXPECT_NEAR(*find(all, "condition.continuous_communication.independent_ties").score, 1.0 / 3, 1e-15);
}

TEST(conditions, functions_may_be_split_and_named_by_any_list) { // C, F11, M1
  small_initiative i;
  i.b.connect<serves_as_backbone>(i.hub, i.board, {}, {{"functions", "II.direction; II.dialogue; II.data"}});
  i.b.connect<serves_as_backbone>(i.donor, i.board, {}, {{"functions", "funding; policy"}});
  const auto all = i.conditions();
  const auto& j = find(all, "condition.backbone_support.functions");
  EXPECT_EQ(j.score, 5.0);
  EXPECT_EQ(j.evidence_against, std::vector<std::string>{"function: public_will"});
}

TEST(conditions, a_backbone_that_takes_part_is_partly_separate) { // M3
  small_initiative i;
  const auto a = i.b.add<activity>("tutoring");
  i.b.connect<serves_as_backbone>(i.hub, i.board);
  i.b.connect<performs>(i.hub, a);
  EXPECT_EQ(find(i.conditions(), "condition.backbone_support.separate").verdict, verdict::partly);
}

TEST(conditions, activities_that_double_each_other_are_named) { // B3
  small_initiative i;
  const auto s = i.b.add<strategy>("reading");
  const auto a = i.b.add<activity>("a", "Tutors A", {}, {{"kind", "tutoring"}});
  const auto c = i.b.add<activity>("c", "Tutors C", {}, {{"kind", "tutoring"}});
  i.b.connect<advances>(a, s);
  i.b.connect<advances>(c, s);
  i.b.connect<performs>(i.school, a);
  i.b.connect<performs>(i.shop, c);
  const auto all = i.conditions();
  const auto& j = find(all, "condition.mutually_reinforcing_activities.differentiated");
  EXPECT_EQ(j.verdict, verdict::not_met);
  EXPECT_TRUE(mentions(j.evidence_against, "Tutors A and Tutors C, both tutoring for reading"));
  const table m = activity_strategy_matrix(i.net, day("2024-01-01"));
  EXPECT_EQ(m.rows(), 2U);
  EXPECT_EQ(m["performers"].text(0), "school");
}

TEST(conditions, activities_reach_indicators_through_their_strategy) { // I2
  small_initiative i;
  const auto s = i.b.add<strategy>("reading");
  const auto a = i.b.add<activity>("a");
  const auto x = i.b.add<indicator>("score");
  i.b.connect<implements>(a, s);
  i.b.connect<measured_by>(s, x);
  i.net = i.b.finish();
  const table m = activity_indicator_matrix(i.net, day("2024-01-01"));
  ASSERT_EQ(m.rows(), 1U);
  EXPECT_EQ(m["column_id"].text(0), "score");
  EXPECT_EQ(m["via"].text(0), "reading");
}

table answers_to(std::initializer_list<std::tuple<const char*, const char*, double>> rows) {
  table t = records_of("survey", {});
  for (const auto& [item, when, rating] : rows) t.append_row({"school", item, {}, day(when), rating, 1.0, 5.0});
  return t;
}

TEST(scorecard, increasingly_needs_two_dates) { // C.27
  small_initiative i;
  i.records["survey"] = answers_to({{"1.1", "2023-01-01", 4},
                                    {"1.3", "2023-01-01", 2},
                                    {"1.4", "2022-01-01", 2},
                                    {"1.4", "2023-01-01", 4},
                                    {"2.5", "2022-01-01", 5},
                                    {"2.5", "2023-01-01", 3}});
  i.net = i.b.finish();
  const auto all = assess_backbone({i.net, i.data, i.records, day("2024-01-01")});
  EXPECT_EQ(all.size(), 6U + 27U);
  EXPECT_EQ(find(all, "backbone.sign.1.1").verdict, verdict::met); // (4 - 1) / 4 of the scale
  EXPECT_EQ(find(all, "backbone.sign.1.3").verdict, verdict::unknown);
  EXPECT_EQ(find(all, "backbone.sign.1.4").verdict, verdict::met);
  EXPECT_EQ(find(all, "backbone.sign.2.5").verdict, verdict::not_met);
  EXPECT_EQ(find(all, "backbone.vision").verdict, verdict::partly);
  EXPECT_EQ(find(all, "backbone.policy").verdict, verdict::unknown);
}

TEST(scorecard, trust_between_partners_answers_where_no_survey_does) {
  small_initiative i;
  i.b.connect<trusts>(i.school, i.shop, span("2021-01-01", "2023-01-01"), {{"rating", 2.0}, {"scale_max", 4.0}});
  i.b.connect<trusts>(i.school, i.shop, {day("2023-01-01"), date::highest()}, {{"rating", 3.0}, {"scale_max", 4.0}});
  i.net = i.b.finish();
  const auto all = assess_backbone({i.net, i.data, i.records, day("2024-01-01")});
  EXPECT_NEAR(*find(all, "backbone.sign.2.4").score, 0.25, 1e-15);
}

TEST(scorecard, the_phase_decides_what_comes_first) { // C-seq
  small_initiative i;
  i.net = i.b.finish();
  scorecard_options o;
  o.emphasis = catalogue::maturity::maturing;
  EXPECT_EQ(assess_backbone({i.net, i.data, i.records, day("2024-01-01")}, o)[0].criterion, "backbone.measurement");
}

TEST(phases, the_first_open_phase_is_supported_and_wins_are_listed) { // D, D7
  small_initiative i;
  i.records["milestones"] =
      records_of("milestones",
                 {{{"component", "landscape"}, {"date", day("2020-02-01")}, {"text", "mapped the field"}},
                  {{"component", "baseline"}, {"date", day("2020-03-01")}, {"text", "first data"}, {"early_win", true}},
                  {{"component", "governance"}, {"date", day("2020-04-01")}, {"text", "board formed"}},
                  {{"component", "backbone"}, {"state", "open"}, {"text", "hire staff"}}});
  i.net = i.b.finish();
  const auto all = assess_phases({i.net, i.data, i.records, day("2024-01-01")}, find_scheme(i.records, "three"));
  EXPECT_EQ(find(all, "phase.initiate").verdict, verdict::met);
  EXPECT_EQ(find(all, "phase.organize.backbone").verdict, verdict::not_met);
  EXPECT_EQ(find(all, "phase.supported").score, 2.0);
  EXPECT_TRUE(mentions(find(all, "phase.supported").evidence_for, "first data"));
}

TEST(phases, a_community_may_bring_its_own_scheme) { // D8, M7
  record_tables r;
  r["phase_schemes"] = records_of("phase_schemes", {{{"scheme", "ours"},
                                                     {"order", std::int64_t{2}},
                                                     {"phase", "do"},
                                                     {"component", "c2"},
                                                     {"component_text", "Done"}},
                                                    {{"scheme", "ours"},
                                                     {"order", std::int64_t{1}},
                                                     {"phase", "plan"},
                                                     {"component", "c1"},
                                                     {"component_text", "Planned"}}});
  const auto s = find_scheme(r, "ours");
  ASSERT_EQ(s.phases.size(), 2U);
  EXPECT_EQ(s.phases[0].id, "plan");
  EXPECT_EQ(find_scheme(r, "five").phases.size(), 5U);
  try {
    (void)find_scheme(r, "nine");
    FAIL();
  } catch (const error& e) { EXPECT_NE(std::string(e.what()).find("ours"), std::string::npos); }
}

TEST(rubric, runs_an_instrument_and_turns_isolated_statements_round) { // N, G
  small_initiative i;
  i.records["survey"] = answers_to({{"principles.equity", "2023-01-01", 5},
                                    {"isolated.competition", "2023-01-01", 5},
                                    {"collective.goal", "2023-01-01", 5}});
  i.net = i.b.finish();
  const assess_input in{i.net, i.data, i.records, day("2024-01-01")};
  EXPECT_EQ(find(assess_rubric(in, "principles"), "rubric.principles.equity").verdict, verdict::met);
  EXPECT_EQ(find(assess_rubric(in, "contrast"), "rubric.isolated.competition").verdict, verdict::not_met);
  EXPECT_EQ(find(assess_rubric(in, "contrast"), "rubric.collective.goal").verdict, verdict::met);
  EXPECT_THROW((void)assess_rubric(in, "horoscope"), error);
}

TEST(rubric, the_folders_own_comes_first) {
  small_initiative i;
  i.records["rubrics"] = records_of("rubrics", {{{"rubric", "principles"}, {"id", "x1"}, {"text", "We eat together"}}});
  i.net = i.b.finish();
  EXPECT_EQ(assess_rubric({i.net, i.data, i.records, day("2024-01-01")}, "principles").size(), 2U);
}

TEST(budget, three_years_by_hand) { // H9, H11
  small_initiative i;
  i.records["backbone_staff"] = records_of("backbone_staff", {{{"organization", "hub"},
                                                               {"role", "facilitator"},
                                                               {"fte", 0.5},
                                                               {"annual_cost", 80000.0},
                                                               {"start", day("2023-01-01")}},
                                                              {{"organization", "hub"},
                                                               {"role", "data_manager"},
                                                               {"fte", 1.0},
                                                               {"annual_cost", 60000.0},
                                                               {"start", day("2023-01-01")}}});
  i.net = i.b.finish();
  const table t = backbone_budget({i.net, i.data, i.records, day("2024-01-01")});
  EXPECT_EQ(t.rows(), 3U * 3U * 4U);
  std::map<std::pair<std::string, std::int64_t>, double> total;
  for (std::size_t r = 0; r < t.rows(); ++r)
    if (t["role"].text(r) == "total")
      total[{std::string(t["scenario"].text(r)), t["year"].values<std::int64_t>()[r]}] = t["cost"].values<double>()[r];
  const std::pair<std::string, std::int64_t> first{"medium", 1}, third{"medium", 3}, low{"low", 1};
  EXPECT_NEAR(total[first], 100000 * 1.15, 1e-6);
  EXPECT_NEAR(total[third], 100000 * 1.03 * 1.03 * 1.15, 1e-6);
  EXPECT_NEAR(total[low], 75000 * 1.15, 1e-6);
}

TEST(budget, is_measured_against_what_it_coordinates) { // H10
  small_initiative i;
  i.seats("chief_executive", "chief_executive");
  i.records["backbone_staff"] = records_of(
      "backbone_staff",
      {{{"organization", "hub"}, {"role", "facilitator"}, {"annual_cost", 100000.0}, {"start", day("2023-01-01")}}});
  i.records["budgets"] =
      records_of("budgets", {{{"organization", "school"}, {"period", *period::parse("2024")}, {"amount", 20e6}},
                             {{"organization", "donor"},
                              {"period", *period::parse("2024")},
                              {"amount", 500e6}}}); // no member: not coordinated
  i.net = i.b.finish();
  const auto all = assess_budget({i.net, i.data, i.records, day("2024-06-30")});
  const auto& j = find(all, "backbone.share_of_budgets");
  EXPECT_EQ(j.verdict, verdict::met);
  EXPECT_NEAR(*j.score, 115000 / 20e6, 2e-5);
}

TEST(budget, a_post_without_cost_is_named) {
  small_initiative i;
  i.records["backbone_staff"] = records_of("backbone_staff", {{{"organization", "hub"}, {"role", "facilitator"}}});
  i.net = i.b.finish();
  try {
    (void)backbone_budget({i.net, i.data, i.records, day("2024-01-01")});
    FAIL();
  } catch (const error& e) {
    EXPECT_EQ(e.where().file, "backbone_staff.csv");
    EXPECT_EQ(e.where().row, 2);
    EXPECT_EQ(e.where().field, "annual_cost");
  }
}

std::vector<std::string> codes(const diagnostics& d) {
  std::vector<std::string> out;
  for (const auto& x : d.items()) out.push_back(x.code);
  std::sort(out.begin(), out.end());
  return out;
}

TEST(check_records, finds_what_cannot_be_right) {
  small_initiative i;
  const auto old = i.b.add<organization>("old", "Old", span("2000-01-01", "2010-01-01"));
  (void)old;
  i.b.add<group>("closed", "Closed", span("2000-01-01", "2010-01-01"));
  i.records["survey"] =
      records_of("survey", {{{"respondent", "school"},
                             {"item", "1.1"},
                             {"date", day("2023-01-01")},
                             {"rating", 9.0},
                             {"scale_min", 1.0},
                             {"scale_max", 5.0}},
                            {{"respondent", "old"}, {"item", "1.1"}, {"date", day("2023-01-01")}, {"rating", 3.0}}});
  i.records["meetings"] = records_of("meetings", {{{"id", "m1"}, {"group", "closed"}, {"date", day("2015-01-01")}}});
  i.records["attendance"] = records_of("attendance", {{{"meeting", "m1"}, {"member", "old"}}});
  i.records["candidates"] = records_of("candidates", {{{"id", "nobody"}, {"functions", "juggling"}}});
  i.records["milestones"] = records_of("milestones", {{{"component", "liftoff"}, {"text", "x"}}});
  i.records["phase_schemes"] =
      records_of("phase_schemes", {{{"scheme", "s"}, {"order", std::int64_t{3}}, {"phase", "p"}}});
  const interval years = span("2020-01-01", "2022-01-01");
  i.b.connect<funds>(i.donor, i.hub, years, {{"amount", 5.0}, {"currency", "USD"}});
  i.b.connect<funds>(i.donor, i.hub, span("2021-01-01", "2023-01-01"), {{"amount", 5.0}, {"currency", "CAD"}});
  i.net = i.b.finish();
  diagnostics found;
  check_records(i.net, i.records, found);
  EXPECT_EQ(codes(found),
            (std::vector<std::string>{"candidate_without_scores", "no_exchange_rate", "outside_life", "outside_life",
                                      "outside_life", "overlapping_commitments", "rating_off_scale", "scheme_component",
                                      "scheme_order", "unknown_function"}));
  for (const auto& d : found.items())
    if (d.code == "rating_off_scale") {
      EXPECT_EQ(d.to_string(),
                "error: survey.csv, row 2, field rating: the rating 9 is off its scale 1 to 5 [rating_off_scale]");
    }
}

TEST(check_records, tells_ratings_and_scores_off_their_scale_which_load) {
  network_builder b;
  const auto one = b.add<organization>("one");
  const auto two = b.add<organization>("two");
  const auto aim = b.add<goal>("aim");
  b.connect<trusts>(one, two, {}, {{"rating", 9.0}, {"scale_max", 5.0}});
  b.connect<trusts>(two, one, {}, {{"rating", 9.0}}); // of no stated scale
  b.connect<endorses>(one, aim, {}, {{"rating", -1.0}});
  const network net = b.finish();
  record_tables records;
  records["candidates"] = records_of("candidates", {{{"id", "c"}}});
  records["scores"] = records_of("scores", {{{"candidate", "c"}, {"criterion", "x"}, {"score", 5.0}},
                                            {{"candidate", "c"}, {"criterion", "y"}, {"score", 6.0}}}); // of 5
  diagnostics found;
  check_records(net, records, found);
  std::vector<std::string> told;
  for (const auto& d : found.items()) told.push_back(d.to_string());
  EXPECT_EQ(told, (std::vector<std::string>{
                      "error: scores.csv, row 3, field score: the score 6 is off its scale 0 to 5 [score_off_scale]",
                      "error: endorses.csv, field rating: endorses: one -> aim: the rating -1 is off its scale 0 to ? "
                      "[rating_off_scale]",
                      "error: trusts.csv, field rating: trusts: one -> two: the rating 9 is off its scale 0 to 5 "
                      "[rating_off_scale]"}));
}

TEST(check_records, tells_records_on_days_on_which_the_node_named_does_not_exist) {
  network_builder b;
  b.add<group>("closed", "", span("2000-01-01", "2010-01-01"));
  b.add<organization>("old", "", span("2000-01-01", "2010-01-01"));
  b.add<indicator>("rate");
  const network net = b.finish();
  record_tables records;
  records["meetings"] = records_of("meetings", {{{"id", "late"}, {"group", "closed"}, {"date", day("2010-01-01")}},
                                                {{"id", "last"}, {"group", "closed"}, {"date", day("2009-12-31")}}});
  records["attendance"] =
      records_of("attendance", {{{"meeting", "late"}, {"member", "old"}}, {{"meeting", "last"}, {"member", "old"}}});
  records["action_plans"] =
      records_of("action_plans", {{{"group", "closed"}, {"indicator", "rate"}, {"date", day("2011-01-01")}}});
  diagnostics found;
  check_records(net, records, found);
  std::vector<std::string> places;
  for (const auto& d : found.items()) {
    EXPECT_EQ(d.code, "outside_life");
    places.push_back(d.file + " " + std::to_string(d.row) + " " + d.field);
  }
  EXPECT_EQ(places,
            (std::vector<std::string>{"meetings.csv 2 group", "attendance.csv 2 member", "action_plans.csv 2 group"}));
}

} // namespace
