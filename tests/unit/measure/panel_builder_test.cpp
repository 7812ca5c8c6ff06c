// SPDX-License-Identifier: Apache-2.0
// Panels gathered in any order hold what was given, and say which observation was there first.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

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

namespace {

/// 150,000 reporters, six reports each in 60 months: a tenth of 9 million cells.
std::vector<cw::observation> a_tenth_of_a_large_panel() {
  std::vector<cw::observation> out;
  for (std::uint32_t r = 0; r < 150'000; ++r)
    for (int k = 0; k < 6; ++k) out.push_back(given(r, 600 + static_cast<int>(r % 10) + 10 * k, r + 0.5 * k));
  return out;
}
std::vector<cw::panel> panels_of(const std::vector<cw::observation>& rows) {
  cw::panel_builder b;
  std::uint32_t number = 0;
  std::size_t stored = 0;
  for (const auto& o : rows) stored += b.add(o, ++number).what == outcome::stored ? 1 : 0;
  EXPECT_EQ(stored, rows.size());
  EXPECT_TRUE(b.too_sparse().empty());
  return b.finish();
}
bool same_bits(const cw::panel_matrix& a, const cw::panel_matrix& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() &&
         std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(double)) == 0;
}
/// 20,000 reporters with one month each, and three rows that lie a century before and after.
std::vector<cw::observation> a_month_and_three_strays() {
  std::vector<cw::observation> out;
  for (std::uint32_t r = 0; r < 20'000; ++r) out.push_back(given(r, 600, 1));
  out.push_back(given(7, 600 - 1200, 1));
  out.push_back(given(8, 600 - 1200, 1));
  out.push_back(given(9, 600 + 1300, 1));
  return out;
}

} // namespace

TEST(panel_builder, rows_in_any_order_make_one_panel) {
  auto rows = a_tenth_of_a_large_panel();
  const auto by_reporter = panels_of(rows);
  ASSERT_EQ(by_reporter.size(), 1U);
  ASSERT_EQ(by_reporter[0].value.size(), 9'000'000);
  std::stable_sort(rows.begin(), rows.end(), [](const auto& x, const auto& y) { return x.period < y.period; });
  EXPECT_TRUE(same_bits(panels_of(rows)[0].value, by_reporter[0].value));
  std::shuffle(rows.begin(), rows.end(), std::mt19937_64(5));
  const auto shuffled = panels_of(rows);
  EXPECT_EQ(shuffled[0].reporters, by_reporter[0].reporters);
  EXPECT_EQ(shuffled[0].first, by_reporter[0].first);
  EXPECT_TRUE(same_bits(shuffled[0].value, by_reporter[0].value));
}

TEST(panel_builder, a_stray_period_is_named_once_and_does_not_fill_the_memory_with_blanks) {
  auto rows = a_month_and_three_strays();
  for (int order = 0; order < 4; ++order) {
    cw::panel_builder b;
    std::uint32_t number = 0, first = 0, middle = 0;
    for (const auto& o : rows) {
      ASSERT_EQ(b.add(o, ++number).what, outcome::stored);
      if (first == 0 && o.period != month(600)) first = number;
      if (middle == 0 && o.period == month(600)) middle = number;
    }
    const auto refused = b.too_sparse();
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(refused[0].given, rows.size());
    EXPECT_EQ(refused[0].cells, 20'000U * 2501);
    EXPECT_EQ(refused[0].far.rows, 3U);
    EXPECT_EQ(refused[0].far.number, first);
    EXPECT_EQ(refused[0].far.when, rows[first - 1].period);
    EXPECT_EQ(refused[0].far.reporter, rows[first - 1].reporter);
    EXPECT_EQ(refused[0].far.median, month(600));
    EXPECT_EQ(refused[0].far.middle, middle);
    try {
      (void)b.finish();
      FAIL();
    } catch (const cw::error& e) { EXPECT_EQ(e.where().code, "too_sparse"); }
    if (order == 0) std::reverse(rows.begin(), rows.end()); // the strays come first
    else std::shuffle(rows.begin(), rows.end(), std::mt19937_64(static_cast<std::uint64_t>(order)));
  }
}

TEST(panel_builder, a_far_period_is_welcome_where_the_panel_is_small_or_reports_fill_it) {
  cw::panel_builder b;
  b.add(given(1, 0, 1), 1);
  b.add(given(1, 4'000'000, 1), 2);
  EXPECT_TRUE(b.too_sparse().empty());
  std::uint32_t number = 2;
  for (std::uint32_t r = 0; r < 50'000; ++r)
    for (const int when : {0, 31, 63, 95})
      b.add({.indicator = cw::indicator_id{1},
             .breakdown = {},
             .reporter = organization(r),
             .period = month(when),
             .value = 1},
            ++number);
  EXPECT_TRUE(b.too_sparse().empty());
  const auto panels = b.finish();
  EXPECT_EQ(panels[0].value.cols(), 4'000'001);
  EXPECT_EQ(panels[1].value.size(), 50'000 * 96);
}

TEST(panel_builder, thin_panels_share_what_may_be_blank) {
  cw::panel_builder b;
  std::uint32_t number = 0;
  const auto add = [&](std::uint32_t indicator, int when) {
    b.add({.indicator = cw::indicator_id{indicator},
           .breakdown = {},
           .reporter = organization(0),
           .period = month(when),
           .value = 1},
          ++number);
  };
  for (std::uint32_t i = 0; i < 300; ++i)
    for (const int when : {0, 20'000, 100'000}) add(i, when);
  add(0, 50'000); // less thin than the others
  const auto refused = b.too_sparse();
  ASSERT_FALSE(refused.empty());
  EXPECT_LT(refused.size(), 300U);
  std::size_t left = 300 - refused.size();
  EXPECT_LE(left * 100'001, (std::size_t{1} << 24) + 512 * number);
  EXPECT_GT((left + 1) * 100'001, (std::size_t{1} << 24) + 512 * number);
  for (const auto& s : refused) {
    EXPECT_NE(s.indicator, cw::indicator_id{0});
    EXPECT_EQ(s.far.rows, 2U);
  }
  EXPECT_THROW((void)b.finish(), cw::error);
}

TEST(panel_builder, pieces_hold_every_cell_once) {
  const auto rows = a_month_and_three_strays();
  cw::panel_builder b;
  std::uint32_t number = 0;
  for (const auto& o : rows) b.add(o, ++number);
  auto hidden = given(3, 5000, cw::missing_value);
  hidden.state = cw::cell_state::suppressed;
  b.add(hidden, ++number);
  std::map<std::pair<cw::node_ref, int>, int> seen;
  std::size_t cells = 0, marks = 0;
  for (const auto& p : b.finish_in_pieces(64)) {
    cells += static_cast<std::size_t>(p.value.size());
    marks += p.suppressed.size();
    for (Eigen::Index r = 0; r < p.value.rows(); ++r)
      for (Eigen::Index c = 0; c < p.value.cols(); ++c)
        if (!std::isnan(p.value(r, c))) ++seen[{p.reporters[static_cast<std::size_t>(r)], p.at(c).ordinal()}];
  }
  EXPECT_EQ(seen.size(), rows.size());
  for (const auto& o : rows) EXPECT_EQ((seen[{o.reporter, o.period.ordinal()}]), 1);
  EXPECT_EQ(marks, 1U);
  EXPECT_LT(cells, 40U * rows.size());
}

TEST(panel_builder, agrees_with_a_map_whatever_the_order) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 400; ++round) {
    using key = std::tuple<std::uint32_t, std::string, cw::node_ref, int>;
    using cells = std::array<double, 3>;
    std::map<key, cells> truth;
    std::map<key, std::uint32_t> first;
    cw::panel_builder b;
    const auto reporters = 1 + random() % 12;
    const auto span = 1 + random() % (round % 4 == 0 ? 1500 : 40); // some so thin that cells are put aside
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
      const auto [there, is_new] = truth.emplace(key(indicator, breakdown, reporter, when), c);
      const auto alike = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
      const bool same = std::equal(c.begin(), c.end(), there->second.begin(), alike);
      const auto a = b.add({.indicator = cw::indicator_id{indicator},
                            .breakdown = breakdown,
                            .reporter = reporter,
                            .period = month(when),
                            .value = c[0],
                            .numerator = c[1],
                            .denominator = c[2]},
                           ++number);
      ASSERT_EQ(a.what, is_new ? outcome::stored : same ? outcome::repeated : outcome::conflicting);
      if (is_new) first.emplace(there->first, number);
      ASSERT_EQ(a.first, first.at(there->first));
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
