// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <commonweal/analyze/decompose.hpp>
#include <commonweal/network/network_builder.hpp>

namespace {

using namespace commonweal;

std::filesystem::path oracle_data() {
  const char* set = std::getenv("COMMONWEAL_ORACLE_DATA");
  return set != nullptr ? set : COMMONWEAL_DEFAULT_ORACLE_DATA;
}

TEST(decompose_rates, berkeley_admissions_equal_the_published_decomposition) {
  std::ifstream in(oracle_data() / "kitagawa" / "kitagawa_ucb.json");
  if (!in) GTEST_SKIP() << "no oracle data at " << oracle_data();
  const auto expected = nlohmann::json::parse(in);
  std::vector<rate_pair> departments;
  for (const auto& entry : expected["counts"].items()) {
    const auto& name = entry.key();
    const auto& sexes = entry.value();
    const auto admitted = [&](const char* sex) { return sexes[sex][0].get<double>(); };
    const auto all = [&](const char* sex) { return admitted(sex) + sexes[sex][1].get<double>(); };
    departments.push_back({name, admitted("male"), all("male"), admitted("female"), all("female")});
  }
  const auto d = decompose_rates(departments);
  const double close = 1e-14;
  EXPECT_NEAR(d.gap, expected["gap_female_minus_male"], close);
  EXPECT_NEAR(d.rate_effect, expected["kitagawa_rate_effect"], close);
  EXPECT_NEAR(d.composition_effect, expected["kitagawa_composition_effect"], close);
  EXPECT_NEAR(d.rate_effect_at_a, expected["three_fold"]["rate_effect_at_male_weights"], close);
  EXPECT_NEAR(d.composition_effect_at_a, expected["three_fold"]["composition_at_male_rates"], close);
  EXPECT_NEAR(d.interaction, expected["three_fold"]["interaction"], close);
  for (const auto& p : d.parts) {
    EXPECT_NEAR(p.rate_effect, expected["per_department"][p.category]["rate"], close) << p.category;
    EXPECT_NEAR(p.composition_effect, expected["per_department"][p.category]["composition"], close) << p.category;
  }
}

TEST(decompose_rates, parts_add_up_to_the_gap_even_where_a_category_is_new) {
  const std::vector<rate_pair> c = {{"old", 10, 100, 0, 0}, {"both", 20, 100, 30, 120}, {"new", 0, 0, 9, 30}};
  const auto d = decompose_rates(c);
  EXPECT_NEAR(d.rate_effect + d.composition_effect, d.gap, 1e-15);
  EXPECT_NEAR(d.rate_effect_at_a + d.composition_effect_at_a + d.interaction, d.gap, 1e-15);
  EXPECT_EQ(d.parts[0].rate_effect, 0);
  EXPECT_EQ(d.parts[2].rate_effect, 0);
}

TEST(decompose_rates, same_rates_leave_only_composition) { // rates 0.1 and 0.5 in both; shares move by a quarter
  const std::vector<rate_pair> c = {{"low", 5, 50, 2.5, 25}, {"high", 25, 50, 37.5, 75}};
  const auto d = decompose_rates(c);
  EXPECT_NEAR(d.rate_effect, 0, 1e-16);
  EXPECT_NEAR(d.composition_effect, 0.1, 1e-15);
}

TEST(decompose_rates, refuses_empty_populations_and_events_without_people) {
  const std::vector<rate_pair> empty = {{"x", 0, 0, 1, 2}};
  const std::vector<rate_pair> ghost = {{"x", 1, 0, 1, 2}, {"y", 1, 5, 1, 5}};
  EXPECT_THROW((void)decompose_rates(empty), error);
  EXPECT_THROW((void)decompose_rates(ghost), error);
}

struct three_clinics {
  network net;
  panel data;

  three_clinics() {
    network_builder b;
    for (const char* id : {"east", "north", "west"}) b.add<node_kind::organization>(id);
    net = b.finish();
    data.first = *period::parse("2023");
    data.reporters = {organization_id{0}, organization_id{1}, organization_id{2}};
    data.value.resize(3, 2);
  }
};

TEST(contributions, entry_exit_and_change_within_are_apart_and_add_up) {
  three_clinics c;
  c.data.value << 10, 13, missing_value, 7, 4, missing_value; // total 14 -> 20
  const table t = contributions(c.net, c.data, *period::parse("2023"), *period::parse("2024"));
  ASSERT_EQ(t.rows(), 3U);
  EXPECT_EQ(t["reporter"].text(0), "north"); // largest first
  EXPECT_EQ(t["entry"].values<double>()[0], 7);
  EXPECT_EQ(t["exit"].values<double>()[1], -4);
  EXPECT_EQ(t["within"].values<double>()[2], 3);
  EXPECT_TRUE(t["before"].is_null(0));
  EXPECT_DOUBLE_EQ(t["share"].values<double>()[0], 7.0 / 6);
}

TEST(contributions, share_of_no_change_is_null) {
  three_clinics c;
  c.data.value << 1, 2, 2, 1, missing_value, missing_value;
  const table t = contributions(c.net, c.data, *period::parse("2023"), *period::parse("2024"));
  ASSERT_EQ(t.rows(), 2U); // west was silent in both
  EXPECT_TRUE(t["share"].is_null(0));
}

TEST(contributions, a_period_outside_the_panel_is_named) {
  three_clinics c;
  try {
    (void)contributions(c.net, c.data, *period::parse("2023"), *period::parse("2030"));
    FAIL();
  } catch (const error& e) { EXPECT_NE(std::string(e.what()).find("2030"), std::string::npos); }
}

TEST(ratio_contributions, four_effects_add_up_to_the_change_of_the_ratio) {
  three_clinics c;
  c.data.numerator.resize(3, 2);
  c.data.denominator.resize(3, 2);
  c.data.numerator << 10, 30, missing_value, 5, 8, missing_value;
  c.data.denominator << 100, 120, 50, 20, 40, missing_value; // north gives no numerator before: no pair
  const table t = ratio_contributions(c.net, c.data, 100, *period::parse("2023"), *period::parse("2024"));
  double sum = 0;
  for (const char* column : {"rate_effect", "composition_effect", "entry", "exit"})
    for (const double x : t[column].values<double>()) sum += x;
  EXPECT_NEAR(sum, 100 * (35.0 / 140 - 18.0 / 140), 1e-12);
  EXPECT_EQ(t.rows(), 3U);
  EXPECT_NEAR(t["rate_effect"].values<double>()[0], 15, 1e-12); // east alone in both: 10 % to 25 %
}

TEST(ratio_contributions, needs_a_ratio_and_a_reporter_in_both) {
  three_clinics c;
  EXPECT_THROW((void)ratio_contributions(c.net, c.data, 1, *period::parse("2023"), *period::parse("2024")), error);
  c.data.numerator = c.data.denominator = panel_matrix::Constant(3, 2, missing_value);
  EXPECT_THROW((void)ratio_contributions(c.net, c.data, 1, *period::parse("2023"), *period::parse("2024")), error);
}

} // namespace
