// SPDX-License-Identifier: Apache-2.0
// Report cards: what is counted, what is listed, and which percentages are impossible.
#include <cmath>

#include <gtest/gtest.h>

#include <commonweal/analyze/report_card.hpp>

namespace {

using namespace commonweal;

const period in_2008(frequency::year, 38);

// 34 synthetic measures, one value a year: of year k (from 1) the first right[k-1] lie above the baseline 100, the rest
// below.
std::vector<std::vector<double>> measures_with(const std::vector<int>& right) {
  std::vector<std::vector<double>> out;
  for (int m = 0; m < 34; ++m) {
    auto& x = out.emplace_back(std::vector<double>{100});
    for (const int r : right) x.push_back(m < r ? 110 : 90);
  }
  return out;
}

std::vector<measured_series> named(const std::vector<std::vector<double>>& data, direction wanted) {
  std::vector<measured_series> out;
  for (const auto& x : data) out.push_back({std::to_string(out.size()), {x, in_2008}, wanted});
  return out;
}

// The Strive Partnership reported 34 measures, 74 % of them moving right in one year and 68 % the year before (J1).
TEST(report_card, gives_the_strive_shares_with_their_counts) {
  const auto data = measures_with({23, 25});
  const auto measures = named(data, direction::up);
  const std::vector<date> dates = {*date::from_ymd(2010, 12, 31), *date::from_ymd(2009, 12, 31)};
  const auto t = report_cards(measures, dates);
  ASSERT_EQ(t.rows(), 2U);
  EXPECT_EQ(t["right"].values<std::int64_t>()[0], 25);
  EXPECT_EQ(t["right"].values<std::int64_t>()[1], 23);
  EXPECT_EQ(t["evaluated"].values<std::int64_t>()[0], 34);
  EXPECT_EQ(std::lround(100 * t["share"].values<double>()[0]), 74);
  EXPECT_EQ(std::lround(100 * t["share"].values<double>()[1]), 68);
  // The same numbers with falling as the wanted direction: the others are right.
  EXPECT_EQ(report_card(named(data, direction::down)).right, 9U);
}

TEST(report_card, counts_flat_and_missing_measures_apart) {
  const std::vector<double> rising = {1, 2};
  const std::vector<double> falling = {2, 1};
  const std::vector<double> same = {5, 5};
  const std::vector<double> nearly = {100, 100.5};
  const std::vector<double> gone = {missing_value, missing_value};
  const std::vector<double> single = {missing_value, 3};
  const std::vector<measured_series> measures = {
      {"rising", rising, direction::up},      {"falling", falling, direction::up},
      {"same", same, direction::up},          {"nearly", nearly, direction::up},
      {"gone", gone, direction::up},          {"single", single, direction::up},
      {"kept", same, direction::keep},        {"not kept", rising, direction::keep},
      {"undirected", rising, direction::none}};
  const auto card = report_card(measures);
  EXPECT_EQ(card.right, 3U); // rising, nearly, kept
  EXPECT_EQ(card.wrong, 2U);
  EXPECT_EQ(card.flat, 1U);
  EXPECT_EQ(card.missing, 2U);
  EXPECT_EQ(card.no_direction, 1U);
  EXPECT_EQ(card.evaluated(), 6U);
  EXPECT_DOUBLE_EQ(card.share(), 0.5);
  EXPECT_EQ(card.lines[4].reason, "no value");
  EXPECT_EQ(card.lines[5].reason, "only one value, in 1971");
  const auto tolerant = report_card(measures, {.flat = flat_counting::left_out, .flat_share = 0.01});
  EXPECT_EQ(tolerant.right, 2U);
  EXPECT_EQ(tolerant.flat, 2U);
  EXPECT_EQ(tolerant.evaluated(), 4U);
  const auto t = card_lines(card);
  EXPECT_EQ(t.rows(), 9U);
  EXPECT_TRUE(t["before"].is_null(5));
  EXPECT_TRUE(t["change"].is_null(4));
  EXPECT_EQ(t["movement"].text(1), "wrong");
}

TEST(report_card, takes_a_stated_baseline_in_place_of_the_first_value) {
  const std::vector<double> x = {5, 6, 7};
  const measured_series rising{"rising", {x, in_2008}, direction::up}; // 2008 to 2010
  const stated_baseline high{{frequency::year, 36}, 8};
  const auto line = card_line_of(rising, {}, high);
  EXPECT_EQ(line.moved, movement::wrong);
  EXPECT_EQ(line.sign, -1);
  EXPECT_EQ(line.before, 8);
  EXPECT_EQ(line.from, high.when);
  EXPECT_EQ(card_line_of(rising).moved, movement::right);
  // One as late as the latest value is nothing to compare with; another basis does not ask for it.
  EXPECT_EQ(card_line_of(rising, {}, stated_baseline{{frequency::year, 40}, 8}).reason,
            "no value after the baseline in 2010");
  EXPECT_EQ(card_line_of(rising, {.basis = card_basis::since_previous}, high).moved, movement::right);
  EXPECT_THROW((void)card_line_of(rising, {}, stated_baseline{{frequency::year, 36}, missing_value}), error);
  // A month may be the baseline of years.
  EXPECT_EQ(card_line_of(rising, {}, stated_baseline{{frequency::month, 12 * 37}, 6}).moved, movement::right);
}

TEST(report_card, of_lines_judged_apart_is_the_card_of_all) {
  const auto data = measures_with({23, 25});
  const auto measures = named(data, direction::up);
  std::vector<card_line> lines;
  for (const auto& m : measures) lines.push_back(card_line_of(m));
  const auto apart = card_of(std::move(lines));
  const auto together = report_card(measures);
  EXPECT_EQ(apart.right, together.right);
  EXPECT_EQ(apart.wrong, together.wrong);
  EXPECT_EQ(card_lines(apart), card_lines(together));
  card_options two;
  two.trend.threads = 2;
  EXPECT_EQ(card_lines(report_card(measures, two)), card_lines(together));
}

TEST(report_card, of_nothing_has_no_share) {
  const auto empty = report_card({});
  EXPECT_EQ(empty.evaluated(), 0U);
  EXPECT_TRUE(std::isnan(empty.share()));
  const std::vector<date> dates = {*date::from_ymd(2024, 1, 1)};
  EXPECT_TRUE(report_cards({}, dates)["share"].is_null(0));
}

TEST(report_card, compares_with_what_is_asked_for) {
  std::vector<double> months(26, 0.0);
  months[0] = 10;
  for (std::size_t i = 1; i < 26; ++i) months[i] = static_cast<double>(i);
  months[24] = 30; // January of the third year
  months[25] = 29; // February
  const std::vector<measured_series> one = {{"m", {months, period(frequency::month, 480)}, direction::up}};
  const auto moved = [&](const card_options& o) { return report_card(one, o).lines[0]; };
  EXPECT_EQ(moved({}).before, 10.0);
  EXPECT_EQ(moved({.basis = card_basis::since_previous}).before, 30.0);
  EXPECT_EQ(moved({.basis = card_basis::since_previous}).moved, movement::wrong);
  EXPECT_EQ(moved({.basis = card_basis::since_year_before}).before, 13.0);
  EXPECT_EQ(moved({.basis = card_basis::trend}).moved, movement::right);
  EXPECT_EQ(moved({.baseline = period(frequency::month, 483)}).before, 3.0);
  EXPECT_EQ(moved({.baseline = period(frequency::year, 40)}).reason, "no value in the baseline period 2010");
  // Only what had ended by the day: February 2012 is not over on the 28th of a leap year.
  EXPECT_EQ(moved({.as_of = date::from_ymd(2012, 2, 28)}).after, 30.0);
  EXPECT_EQ(moved({.as_of = date::from_ymd(2012, 2, 29)}).after, 29.0);
  EXPECT_EQ(moved({.as_of = date::from_ymd(2009, 1, 1)}).reason, "no value");
  EXPECT_EQ(moved({.as_of = date::from_ymd(2014, 2, 28), .look_back = 12}).moved, movement::unknown);
  EXPECT_THROW((void)report_card(one, {.flat_share = -1}), error);
  EXPECT_THROW((void)report_card(one, {.look_back = -1}), error);
}

} // namespace
