// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include <commonweal/assess/selection.hpp>
#include <commonweal/catalogue/catalogue.hpp>
#include <commonweal/core/random.hpp>

#include "record_builder.hpp"

namespace {

using namespace commonweal;
using namespace commonweal::test;

record_tables two_candidates() {
  record_tables r;
  r["candidates"] = records_of("candidates", {{{"id", "a"}, {"name", "A"}}, {{"id", "b"}, {"name", "B"}}});
  table s = records_of("scores", {});
  const auto add = [&](const char* who, const char* what, double x) { s.append_row({who, what, x, 10.0, {}}); };
  add("a", "neutrality", 9);
  add("a", "convening", 3);
  add("b", "neutrality", 6);
  add("b", "convening", 8);
  r["scores"] = s;
  return r;
}

TEST(rank_backbones, weighted_sum_and_topsis_by_hand) { // H5
  const table t = rank_backbones(two_candidates());
  ASSERT_EQ(t.rows(), 2U);
  EXPECT_EQ(t["candidate"].text(0), "b");
  EXPECT_NEAR(t["weighted_sum"].values<double>()[0], 0.7, 1e-15);
  EXPECT_NEAR(t["weighted_sum"].values<double>()[1], 0.6, 1e-15);
  // Normalized differences: neutrality 0.3 / sqrt(1.17), convening 0.5 / sqrt(0.73); each is best on one, worst on the
  // other.
  const double n = 0.3 / std::sqrt(0.81 + 0.36);
  const double c = 0.5 / std::sqrt(0.09 + 0.64);
  EXPECT_NEAR(t["topsis"].values<double>()[0], c / (n + c), 1e-12);
  EXPECT_EQ(t["gaps"].text(1), "convening");
  EXPECT_FALSE(t["good_enough"].values<std::uint8_t>()[1]);
  EXPECT_TRUE(t["good_enough"].values<std::uint8_t>()[0]);
}

// b wins where 6 u + 8 (1 - u) > 9 u + 3 (1 - u), that is for u below 5/8.
TEST(rank_backbones, random_weights_win_as_often_as_geometry_says) {
  selection_options o;
  o.draws = 40000;
  const table t = rank_backbones(two_candidates(), o);
  EXPECT_NEAR(t["wins"].values<double>()[0], 0.625, 0.01);
  EXPECT_NEAR(t["wins"].values<double>()[0] + t["wins"].values<double>()[1], 1, 1e-12);
  EXPECT_EQ(rank_backbones(two_candidates(), o), t); // seeded
}

TEST(rank_backbones, weights_decide_and_wrong_ones_are_refused) {
  selection_options o;
  o.weights = {{"neutrality", 3}, {"convening", 1}};
  EXPECT_EQ(rank_backbones(two_candidates(), o)["candidate"].text(0), "a");
  o.weights = {{"charm", 1}};
  EXPECT_THROW((void)rank_backbones(two_candidates(), o), error);
  o.weights = {{"neutrality", -1}};
  EXPECT_THROW((void)rank_backbones(two_candidates(), o), error);
  o.weights = {{"neutrality", 0}};
  EXPECT_THROW((void)rank_backbones(two_candidates(), o), error);
  EXPECT_THROW((void)rank_backbones({}), error);
}

TEST(rank_backbones, an_unscored_criterion_is_a_gap) { // H7
  auto r = two_candidates();
  r["scores"].append_row({"a", "evaluation", 10.0, 10.0, {}});
  const table t = rank_backbones(r);
  EXPECT_NE(t["gaps"].text(t["candidate"].text(0) == "b" ? 0 : 1).find("evaluation (not scored)"), std::string::npos);
}

TEST(tension_table, shows_both_sides_and_never_one_number) { // H6
  auto r = two_candidates();
  r["scores"].append_row({"a", "history_capacity.one", 8.0, 10.0, {}});
  r["scores"].append_row({"a", "history_capacity.other", 2.0, 10.0, {}});
  const table t = tension_table(r);
  EXPECT_EQ(t.rows(), 10U);
  EXPECT_NEAR(t["score_one"].values<double>()[0], 0.8, 1e-15);
  EXPECT_NEAR(t["score_other"].values<double>()[0], 0.2, 1e-15);
  EXPECT_TRUE(t["score_one"].is_null(1));
  EXPECT_EQ(rank_backbones(r)["criteria"].values<std::int64_t>()[0], 2); // tensions weigh in no sum
}

record_tables offers(std::initializer_list<std::pair<const char*, const char*>> who) {
  record_tables r;
  table t = records_of("candidates", {});
  for (const auto& [id, functions] : who) t.append_row({id, {}, {}, functions, {}});
  r["candidates"] = t;
  return r;
}

TEST(share_functions, finds_every_smallest_cover) { // F11
  const auto r = offers({{"left", "vision;activities;measurement"},
                         {"right", "public_will;policy;funding"},
                         {"other", "public_will;policy;funding;vision"},
                         {"crumb", "vision"}});
  const table t = share_functions(r);
  ASSERT_EQ(t.rows(), 2U);
  EXPECT_EQ(t["organizations"].text(0), "left; other"); // by id
  EXPECT_EQ(t["organizations"].text(1), "left; right");
  EXPECT_EQ(t["size"].values<std::int64_t>()[0], 2);
  EXPECT_NE(t["functions"].text(1).find("policy: right"), std::string::npos);
}

TEST(share_functions, coordination_cost_favors_one_hand) {
  const auto r = offers({{"all", "vision;activities;measurement;public_will;policy;funding"},
                         {"left", "vision;activities;measurement"},
                         {"right", "public_will;policy;funding"}});
  sharing_options o;
  o.cost = {{"all", 2.5}};
  EXPECT_EQ(share_functions(r, o)["organizations"].text(0), "left; right");
  o.coordination_cost = 1;
  EXPECT_EQ(share_functions(r, o)["organizations"].text(0), "all");
  EXPECT_NEAR(share_functions(r, o)["cost"].values<double>()[0], 2.5, 1e-12);
}

TEST(share_functions, says_what_nobody_covers) {
  const auto r = offers({{"left", "vision;activities;measurement"}});
  EXPECT_EQ(share_functions(r).rows(), 0U);
  EXPECT_EQ(uncovered_functions(r), (std::vector<std::string>{"public_will", "policy", "funding"}));
}

// Against brute force over all subsets.
TEST(share_functions, equals_brute_force_on_random_offers) {
  seeded_random random(5);
  for (int round = 0; round < 200; ++round) {
    record_tables r;
    table t = records_of("candidates", {});
    std::vector<unsigned> masks;
    for (int i = 0; i < 8; ++i) {
      unsigned mask = static_cast<unsigned>(random.next() % 64);
      std::string functions;
      for (std::size_t f = 0; f < 6; ++f)
        if ((mask >> f & 1U) != 0) functions += std::string(catalogue::functions[f].id) + ";";
      const std::string id = "o" + std::to_string(i);
      t.append_row({std::string_view(id), {}, {}, std::string_view(functions), {}});
      masks.push_back(mask);
    }
    r["candidates"] = t;
    int best = 99;
    int ties = 0;
    for (unsigned set = 1; set < 256; ++set) {
      unsigned covered = 0;
      for (unsigned i = 0; i < 8; ++i)
        if ((set >> i & 1U) != 0) covered |= masks[i];
      const int size = std::popcount(set);
      if (covered != 63 || size > best) continue;
      ties = size < best ? 1 : ties + 1;
      best = size;
    }
    const table found = share_functions(r);
    ASSERT_EQ(found.rows(), static_cast<std::size_t>(ties));
    if (ties > 0) { ASSERT_EQ(found["size"].values<std::int64_t>()[0], best); }
  }
}

} // namespace
