// SPDX-License-Identifier: Apache-2.0
// The initiatives of the sources: each loads without a finding and says what its source says.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>
#include <string>

#include <commonweal/assess/assess.hpp>
#include <commonweal/assess/detail/condition_backbone.hpp>
#include <commonweal/load.hpp>
#include <commonweal/measure/last_day.hpp>

namespace {

using namespace commonweal;
namespace fs = std::filesystem;

fs::path gallery() { return fs::path(COMMONWEAL_TEST_SOURCE_DIR) / "docs" / "initiatives"; }

initiative read(const std::string& name) {
  diagnostics found;
  return read_folder(gallery() / name, found);
}

double only_value(const table& t) {
  EXPECT_EQ(t.rows(), 1U);
  return t["value"].values<double>()[0];
}

double value_of(const initiative& i, const std::string& group, const std::string& indicator, const std::string& when) {
  rollup_options o;
  o.groups = {group};
  o.indicators = {indicator};
  o.from = o.to = period::parse(when);
  return only_value(i.rollup(o));
}

std::size_t groups_of_kind(const initiative& i, std::string_view kind) {
  const auto& kinds = i.network().attributes(node_kind::group)["kind"];
  std::size_t n = 0;
  for (std::uint32_t g = 0; g < i.network().size(node_kind::group); ++g) n += kinds.text(g) == kind ? 1 : 0;
  return n;
}

TEST(gallery, sixteen_folders_load_without_a_finding_and_have_a_readme) {
  std::size_t n = 0;
  for (const auto& entry : fs::directory_iterator(gallery())) {
    if (!entry.is_directory()) continue;
    ++n;
    diagnostics found;
    const auto i = read_folder(entry.path(), found);
    for (const auto& d : found.items()) ADD_FAILURE() << entry.path() << ": " << d.to_string();
    EXPECT_FALSE(i.info().title.empty());
    EXPECT_FALSE(i.info().synthetic);
    EXPECT_TRUE(fs::exists(entry.path() / "README.md")) << entry.path();
    diagnostics records;
    check_records(i.network(), i.records(), records);
    for (const auto& d : records.items()) ADD_FAILURE() << entry.path() << ": " << d.to_string();
  }
  EXPECT_EQ(n, 16U); // K1 to K16
}

TEST(gallery, every_judgement_of_every_initiative_can_be_made) {
  for (const auto& entry : fs::directory_iterator(gallery())) {
    if (!entry.is_directory()) continue;
    const auto i = read(entry.path().filename());
    const date day = day_of_question(i.network(), i.measures(), i.records(), {}, date::parse("2012-01-01")).day;
    const auto all = assess({i.network(), i.measures(), i.records(), day});
    EXPECT_GT(all.size(), 60U);
    for (const auto& j : all)
      if (j.verdict == verdict::unknown) { EXPECT_FALSE(j.missing.empty()) << entry.path() << " " << j.criterion; }
  }
}

TEST(gallery, strive_shares_come_from_counts_of_34) { // J1
  const auto i = read("strive-partnership");
  EXPECT_EQ(std::lround(value_of(i, "partnership", "right-direction", "2009")), 68);
  EXPECT_EQ(std::lround(value_of(i, "partnership", "right-direction", "2010")), 74);
  EXPECT_EQ(i.network().size(node_kind::indicator), 35U);
  for (int k = 0; k <= 34; ++k) EXPECT_NE(std::lround(100.0 * k / 34), 81); // which is why 81 is no observation
}

TEST(gallery, gain_has_its_cascade_and_commitments) { // J3, K3
  const auto i = read("gain");
  EXPECT_EQ(i.network().edges(edge_kind::champions).size(), 4U);
  EXPECT_EQ(groups_of_kind(i, "program"), 4U);
  EXPECT_EQ(groups_of_kind(i, "working_group") + groups_of_kind(i, "functional_group"), 15U);
  EXPECT_EQ(value_of(i, "board", "commitments", "2011"), 322e6);
  EXPECT_EQ(value_of(i, "board", "collaborations", "2011"), 36);
}

TEST(gallery, gain_had_its_anchor_funders_from_the_outset) { // A3
  const auto i = read("gain");
  const auto all = assess_preconditions({i.network(), i.measures(), i.records(), *date::parse("2011-12-31")});
  const auto anchor = std::ranges::find(all, std::string("precondition.resources.anchor"), &judgement::criterion);
  EXPECT_EQ(anchor->verdict, verdict::met);
  EXPECT_EQ(anchor->evidence_for.size(), 3U);
}

TEST(gallery, opportunity_chicago_is_a_fifth_above_its_goal) { // J5
  const auto i = read("opportunity-chicago");
  const double placed = value_of(i, "initiative", "residents-placed", "2011");
  ASSERT_EQ(i.measures().targets.size(), 1U);
  EXPECT_DOUBLE_EQ(placed / i.measures().targets[0].value, 1.2);
}

TEST(gallery, calgary_has_eight_common_measures) { // J6
  const auto i = read("calgary-homeless-foundation");
  EXPECT_EQ(i.network().size(node_kind::indicator), 9U); // and people housed
}

TEST(gallery, counts_of_groups_and_partners_are_the_sources) { // J7 to J11
  EXPECT_EQ(groups_of_kind(read("livewell-colorado"), "coalition"), 22U);
  EXPECT_EQ(read("magnolia-place").network().size(node_kind::organization), 70U);
  EXPECT_EQ(groups_of_kind(read("shape-up-somerville"), "community"), 14U);
  EXPECT_EQ(groups_of_kind(read("northeast-iowa-food-and-fitness"), "community"), 5U);
  EXPECT_EQ(groups_of_kind(read("vibrant-communities"), "community"), 12U);
}

TEST(gallery, magnolia_shares_the_functions_and_nobody_takes_them_all) { // F11, M3
  const auto i = read("magnolia-place");
  const auto all = assess_conditions({i.network(), i.measures(), i.records(), *date::parse("2011-12-31")});
  const auto functions =
      std::ranges::find(all, std::string("condition.backbone_support.functions"), &judgement::criterion);
  EXPECT_EQ(functions->score, 3.0);
  EXPECT_EQ(functions->verdict, verdict::partly);
}

TEST(gallery, staten_island_has_both_sides_of_its_boundary) { // E2, K12
  const auto i = read("staten-island");
  const auto all = assess_conditions({i.network(), i.measures(), i.records(), *date::parse("2011-12-31")});
  const auto b = std::ranges::find(all, std::string("condition.common_agenda.boundaries"), &judgement::criterion);
  EXPECT_EQ(b->verdict, verdict::met);
  EXPECT_EQ(b->evidence_for.size(), 7U);
}

TEST(gallery, seattle_shows_an_early_win_that_is_no_ultimate_goal) { // D7, I12
  const auto i = read("seattle-education");
  EXPECT_EQ(i.measures().indicators[0].lead, "leading");
  const auto all = assess_phases({i.network(), i.measures(), i.records(), *date::parse("2011-12-31")},
                                 find_scheme(i.records(), "three"));
  EXPECT_EQ(all.back().evidence_for.size(), 1U);
}

TEST(gallery, corridors_have_seven_single_backbones_and_one_shared) { // J16, H3
  const auto i = read("corridors-of-college-success");
  std::size_t single = 0;
  std::size_t shared = 0;
  const auto& serves = i.network().edges(edge_kind::serves_as_backbone);
  for (std::uint32_t g = 0; g < i.network().size(node_kind::group); ++g) {
    const auto n = serves.in(i.network().vertex(group_id{g})).size();
    single += n == 1 ? 1 : 0;
    shared += n == 2 ? 1 : 0;
  }
  EXPECT_EQ(single, 7U);
  EXPECT_EQ(shared, 1U);
}

TEST(gallery, the_case_site_finds_no_candidate_good_enough) { // H2, H7, K15
  const auto i = read("corridors-of-college-success");
  const table t = rank_backbones(i.records());
  EXPECT_EQ(t.rows(), 6U);
  std::set<std::int64_t> first;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    EXPECT_FALSE(t["good_enough"].values<std::uint8_t>()[r]);
    if (t["rank_weighted"].values<std::int64_t>()[r] == 1) first.insert(static_cast<std::int64_t>(r));
  }
  EXPECT_GT(first.size(), 1U); // none in front
}

// Contradictions of the sources (part M): both readings load and are judged.
TEST(contradictions, lists_of_functions_and_counts_of_phases_stand_side_by_side) { // M1, M7
  EXPECT_EQ(find_scheme({}, "three").phases.size(), 3U);
  EXPECT_EQ(find_scheme({}, "four").phases.size(), 4U);
  EXPECT_EQ(find_scheme({}, "five").phases.size(), 5U);
  EXPECT_EQ(detail::functions_meant("III.coherence"), (std::vector<std::string>{"vision", "policy"}));
  EXPECT_EQ(detail::functions_meant("policy"), (std::vector<std::string>{"policy"}));
}

TEST(contradictions, three_preconditions_or_four) { // M2: history is there, and never closes the gate
  const auto i = read("gain");
  const auto all = assess_preconditions({i.network(), i.measures(), i.records(), *date::parse("2011-12-31")});
  EXPECT_NE(std::ranges::find(all, std::string("precondition.history"), &judgement::criterion), all.end());
  for (const auto& line : all.back().evidence_for) EXPECT_EQ(line.find("history"), std::string::npos);
}

TEST(contradictions, one_backbone_or_several_separate_or_shared) { // M3, M6
  EXPECT_EQ(read("gain").network().edges(edge_kind::serves_as_backbone).size(), 1U);
  EXPECT_EQ(read("magnolia-place").network().edges(edge_kind::serves_as_backbone).size(), 2U);
  EXPECT_EQ(read("memphis-fast-forward").network().edges(edge_kind::serves_as_backbone).size(), 4U);
}

TEST(contradictions, a_committee_may_come_before_its_backbone) { // M4, F10
  const auto i = read("corridors-of-college-success");
  const auto committee = i.network().find<node_kind::group>("case-committee");
  ASSERT_TRUE(committee);
  EXPECT_TRUE(i.network().edges(edge_kind::serves_as_backbone).in(i.network().vertex(*committee)).empty());
}

TEST(contradictions, preconditions_are_a_gate_or_are_cultivated) { // M5
  const auto i = read("gain");
  const assess_input in{i.network(), i.measures(), i.records(), *date::parse("2011-12-31")};
  precondition_options cultivate;
  cultivate.policy = readiness_policy::cultivate;
  EXPECT_NE(assess_preconditions(in).back().rule, assess_preconditions(in, cultivate).back().rule);
}

} // namespace
