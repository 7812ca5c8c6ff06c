// SPDX-License-Identifier: Apache-2.0
// Panels gathered in any order hold what was given, and say which observation was there first.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <tuple>

#include <commonweal/measure/panel_builder.hpp>

namespace cw = commonweal;
using outcome = cw::panel_builder::outcome;

namespace {

cw::node_ref organization(std::uint32_t i) { return {cw::node_kind::organization, i}; }
cw::period month(int n) { return {cw::frequency::month, n}; }
cw::observation given(std::uint32_t reporter, int when, double value) {
  return {.indicator = cw::indicator_id{0},
          .breakdown = {},
          .reporter = organization(reporter),
          .period = month(when),
          .value = value};
}

} // namespace

TEST(panel_builder, puts_values_in_reporter_and_period_order) {
  cw::panel_builder b;
  EXPECT_EQ(b.add(given(5, 10, 1), 1).what, outcome::stored);
  EXPECT_EQ(b.add(given(2, 12, 2), 2).what, outcome::stored);
  EXPECT_EQ(b.add(given(5, 8, 0), 3).what, outcome::stored);
  const auto panels = b.finish();
  ASSERT_EQ(panels.size(), 1U);
  const auto& p = panels[0];
  EXPECT_EQ(p.reporters, (std::vector{organization(2), organization(5)}));
  EXPECT_EQ(p.first, month(8));
  ASSERT_EQ(p.value.rows(), 2);
  ASSERT_EQ(p.value.cols(), 5);
  EXPECT_EQ(p.value(0, 4), 2.0);
  EXPECT_EQ(p.value(1, 0), 0.0); // a reported zero is no blank
  EXPECT_EQ(p.value(1, 2), 1.0);
  EXPECT_TRUE(std::isnan(p.value(0, 0)));
  EXPECT_EQ(p.numerator.size(), 0);
  EXPECT_TRUE(b.finish().empty());
}

TEST(panel_builder, second_value_for_a_cell_names_the_first) {
  cw::panel_builder b;
  b.add(given(1, 1, 7), 41);
  const auto again = b.add(given(1, 1, 7), 42);
  EXPECT_EQ(again.what, outcome::repeated);
  EXPECT_EQ(again.first, 41U);
  const auto other = b.add(given(1, 1, 8), 43);
  EXPECT_EQ(other.what, outcome::conflicting);
  EXPECT_EQ(other.first, 41U);
  auto blank = given(1, 1, cw::missing_value);
  EXPECT_EQ(b.add(blank, 44).what, outcome::conflicting);
  EXPECT_EQ(b.finish()[0].value(0, 0), 7.0);
}

TEST(panel_builder, marks_are_part_of_what_a_cell_holds) {
  cw::panel_builder b;
  auto o = given(1, 3, cw::missing_value);
  o.state = cw::cell_state::suppressed;
  EXPECT_EQ(b.add(o, 1).what, outcome::stored);
  EXPECT_EQ(b.add(o, 2).what, outcome::repeated);
  o.state = cw::cell_state::not_expected;
  EXPECT_EQ(b.add(o, 3).what, outcome::conflicting);
  o.period = month(1);
  EXPECT_EQ(b.add(o, 4).what, outcome::stored);
  b.add(given(0, 2, 5), 5);
  const auto p = b.finish()[0];
  EXPECT_TRUE(p.is_suppressed(1, 2));
  EXPECT_TRUE(p.is_not_expected(1, 0));
  EXPECT_EQ(p.suppressed.size() + p.not_expected.size(), 2U);
}

TEST(panel_builder, one_panel_has_one_frequency) {
  cw::panel_builder b;
  b.add(given(1, 1, 7), 5);
  auto o = given(1, 1, 7);
  o.period = cw::period(cw::frequency::year, 50);
  const auto a = b.add(o, 6);
  EXPECT_EQ(a.what, outcome::other_frequency);
  EXPECT_EQ(a.first, 5U);
  EXPECT_EQ(a.other, month(1));
  o.breakdown = "sex=female"; // another panel
  EXPECT_EQ(b.add(o, 7).what, outcome::stored);
}

TEST(panel_builder, a_stray_period_does_not_fill_the_memory_with_blanks) {
  cw::panel_builder b;
  for (std::uint32_t r = 0; r < 100000; ++r) ASSERT_EQ(b.add(given(r, 600, 1), r + 1).what, outcome::stored);
  EXPECT_EQ(b.add(given(7, 600 - 2000, 1), 100001).what, outcome::too_sparse);
  EXPECT_EQ(b.add(given(7, 601, 1), 100002).what, outcome::stored);
  EXPECT_EQ(b.finish()[0].value.cols(), 2);
}

TEST(panel_builder, agrees_with_a_map_whatever_the_order) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 400; ++round) {
    using key = std::tuple<std::uint32_t, std::string, cw::node_ref, int>;
    using cells = std::array<double, 3>;
    std::map<key, cells> truth;
    cw::panel_builder b;
    const auto reporters = 1 + random() % 12;
    const auto span = 1 + random() % 40;
    const bool parts = random() % 2 == 0;
    std::uint32_t number = 0;
    for (auto n = 1 + random() % 200; n > 0; --n) {
      const auto indicator = static_cast<std::uint32_t>(random() % 3);
      const std::string breakdown = random() % 3 == 0 ? "a=b" : "";
      const cw::node_ref reporter(random() % 5 == 0 ? cw::node_kind::group : cw::node_kind::organization,
                                  static_cast<std::uint32_t>(random() % reporters * 7));
      const int when = static_cast<int>(random() % span) - 20;
      const cells c{static_cast<double>(random() % 9), parts ? static_cast<double>(random() % 3) : cw::missing_value,
                    parts && random() % 2 == 0 ? 2.0 : cw::missing_value};
      const bool is_new = truth.emplace(key(indicator, breakdown, reporter, when), c).second;
      const auto a = b.add({.indicator = cw::indicator_id{indicator},
                            .breakdown = breakdown,
                            .reporter = reporter,
                            .period = month(when),
                            .value = c[0],
                            .numerator = c[1],
                            .denominator = c[2]},
                           ++number);
      ASSERT_EQ(a.what == outcome::stored, is_new);
    }
    const auto panels = b.finish();
    ASSERT_TRUE(std::is_sorted(panels.begin(), panels.end(), [](const auto& x, const auto& y) {
      return std::tie(x.indicator, x.breakdown) < std::tie(y.indicator, y.breakdown);
    }));
    std::size_t seen = 0;
    for (const auto& p : panels) {
      ASSERT_TRUE(std::is_sorted(p.reporters.begin(), p.reporters.end()));
      for (Eigen::Index r = 0; r < p.value.rows(); ++r)
        for (Eigen::Index c = 0; c < p.value.cols(); ++c) {
          const auto it = truth.find(
              key(p.indicator.value, p.breakdown, p.reporters[static_cast<std::size_t>(r)], p.at(c).ordinal()));
          const cells want =
              it == truth.end() ? cells{cw::missing_value, cw::missing_value, cw::missing_value} : it->second;
          const cells have{p.value(r, c), p.numerator.size() == 0 ? cw::missing_value : p.numerator(r, c),
                           p.denominator.size() == 0 ? cw::missing_value : p.denominator(r, c)};
          for (std::size_t k = 0; k < 3; ++k)
            ASSERT_TRUE(want[k] == have[k] || (std::isnan(want[k]) && std::isnan(have[k])));
          seen += it == truth.end() ? 0 : 1;
        }
    }
    ASSERT_EQ(seen, truth.size());
  }
}
