// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>
#include <string>

#include <commonweal/catalogue/catalogue.hpp>

namespace {

using namespace commonweal;

std::map<std::string, int> count_by(const table& t, std::string_view column) {
  std::map<std::string, int> n;
  for (std::size_t i = 0; i < t.rows(); ++i) ++n[std::string(t[column].text(i))];
  return n;
}

TEST(catalogue, every_entry_has_an_id_a_text_and_a_cited_source) {
  std::set<std::string> keys;
  for (const auto& w : catalogue::cited_works) keys.insert(std::string(w.key));
  const table all = catalogue::lists();
  ASSERT_GT(all.rows(), 15U);
  for (std::size_t l = 0; l < all.rows(); ++l) {
    const table t = catalogue::list(all["list"].text(l));
    EXPECT_EQ(static_cast<std::size_t>(all["entries"].values<std::int64_t>()[l]), t.rows());
    for (std::size_t i = 0; i < t.rows(); ++i) {
      EXPECT_FALSE(t["id"].text(i).empty());
      EXPECT_FALSE(t["text"].text(i).empty());
      EXPECT_TRUE(keys.contains(std::string(t["source"].text(i)))) << all["list"].text(l) << " " << t["id"].text(i);
    }
  }
}

TEST(catalogue, ids_are_unique_within_a_list_but_where_it_names_one_thing_twice) {
  for (const std::string_view name : {"preconditions", "conditions", "functions", "effectiveness", "backbone_types",
                                      "selection_criteria", "tensions", "contrast", "rubrics", "sectors"}) {
    for (const auto& [id, n] : count_by(catalogue::list(name), "id")) EXPECT_EQ(n, 1) << name << " " << id;
  }
}

TEST(catalogue, has_27_effectiveness_indicators_in_six_functions) { // C.27: 4 + 8 + 5 + 4 + 3 + 3
  const std::map<std::string, int> expected = {{"vision", 4},      {"activities", 8}, {"measurement", 5},
                                               {"public_will", 4}, {"policy", 3},     {"funding", 3}};
  EXPECT_EQ(count_by(catalogue::list("effectiveness"), "function"), expected);
}

TEST(catalogue, effectiveness_numbers_follow_the_order_of_functions) {
  for (const auto& e : catalogue::effectiveness) {
    const auto number = static_cast<std::size_t>(e.what.id[0] - '1');
    EXPECT_EQ(catalogue::functions[number].id, e.function) << e.what.id;
  }
}

TEST(catalogue, communication_and_trust_are_answered_about_pairs) { // C.27: 2.3 and 2.4 are network-valued
  for (const auto& e : catalogue::effectiveness)
    EXPECT_EQ(e.network, e.what.id == "2.3" || e.what.id == "2.4") << e.what.id;
}

TEST(catalogue, the_lists_of_functions_stay_apart_and_map_to_the_first) { // M1: 6 against 6' against 4
  const table t = catalogue::list("functions");
  const std::map<std::string, int> expected = {{"C-I", 6}, {"C-II", 6}, {"C-III", 4}, {"C-IV", 6}, {"C-V", 5}};
  EXPECT_EQ(count_by(t, "list"), expected);
  std::set<std::string> first;
  for (const auto& f : catalogue::functions) first.insert(std::string(f.id));
  for (std::size_t i = 0; i < t.rows(); ++i) {
    std::istringstream targets{std::string(t["maps_to"].text(i))};
    int n = 0;
    for (std::string target; std::getline(targets, target, ';'); ++n) EXPECT_TRUE(first.contains(target)) << target;
    EXPECT_GT(n, 0) << t["id"].text(i);
  }
}

TEST(catalogue, only_the_champion_cannot_be_compensated) { // A1
  for (const auto& p : catalogue::preconditions) EXPECT_EQ(p.compensable, p.what.id != "champion") << p.what.id;
}

TEST(catalogue, has_three_preconditions_and_one_that_some_sources_add) { // A5, M2
  int optional = 0;
  for (const auto& p : catalogue::preconditions) optional += p.optional ? 1 : 0;
  EXPECT_EQ(catalogue::preconditions.size(), 4U);
  EXPECT_EQ(optional, 1);
}

TEST(catalogue, every_condition_has_a_name_in_four_sources) { // B6
  const auto names = count_by(catalogue::list("condition_names"), "id");
  for (const auto& c : catalogue::conditions) EXPECT_EQ(names.at(std::string(c.id)), 4) << c.id;
}

TEST(catalogue, phase_schemes_count_three_four_and_five) { // D, N5, M7
  const std::map<std::string, int> expected = {{"three", 3}, {"four", 4}, {"five", 5}};
  EXPECT_EQ(count_by(catalogue::list("phases"), "scheme"), expected);
}

TEST(catalogue, phases_of_a_scheme_are_numbered_from_one) {
  std::map<std::string_view, int> last;
  for (const auto& p : catalogue::phases) EXPECT_EQ(p.order, ++last[p.scheme]) << p.what.id;
}

TEST(catalogue, components_name_phases_of_their_scheme) {
  for (const auto& c : catalogue::phase_components) {
    bool found = false;
    for (const auto& p : catalogue::phases) found = found || (p.scheme == c.scheme && p.what.id == c.phase);
    EXPECT_TRUE(found) << c.what.id;
  }
}

TEST(catalogue, has_six_backbone_types_of_each_of_two_sources) { // H1, H2
  const std::map<std::string, int> expected = {{"H1", 6}, {"H2", 6}};
  EXPECT_EQ(count_by(catalogue::list("backbone_types"), "requirement"), expected);
}

TEST(catalogue, contrast_has_five_statements_a_side) { // G
  const std::map<std::string, int> expected = {{"yes", 5}, {"no", 5}};
  EXPECT_EQ(count_by(catalogue::list("contrast"), "collective"), expected);
}

TEST(catalogue, five_instruments_ship_as_rubrics) { // N1 to N4, N6; N5 is a scheme of phases
  const auto n = count_by(catalogue::list("rubrics"), "rubric");
  EXPECT_EQ(n.size(), 5U);
  EXPECT_EQ(n.at("principles"), 8);
  EXPECT_EQ(n.at("factors"), 7);
}

TEST(catalogue, an_unknown_list_is_refused_and_the_lists_are_named) {
  try {
    (void)catalogue::list("recipes");
    FAIL();
  } catch (const error& e) {
    EXPECT_EQ(e.code(), error_code::invalid_argument);
    EXPECT_NE(std::string(e.what()).find("conditions"), std::string::npos);
  }
}

} // namespace
