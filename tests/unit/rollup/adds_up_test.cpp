// SPDX-License-Identifier: Apache-2.0
// Which pairs of operators the engine answers for all groups at once. That it answers them rightly, the judge of
// random_rollup_test sees to.
#include <gtest/gtest.h>

#include <commonweal/initiative.hpp>
#include <commonweal/rollup/detail/indicator_sums.hpp>
#include <commonweal/rollup/detail/long_period_sums.hpp>
#include <commonweal/rollup/detail/request.hpp>

namespace cw = commonweal;

namespace {

using cw::detail::ordinal_range;
using op = cw::aggregate_operator;

bool taken(op over_groups, op over_time, ordinal_range range,
           cw::operator_order order = cw::operator_order::time_then_groups,
           cw::indicator_kind kind = cw::indicator_kind::amount, const cw::detail::period_filter& filter = {}) {
  cw::indicator_definition d;
  d.kind = kind;
  d.over_groups = over_groups;
  d.over_time = over_time;
  d.order = order;
  return cw::detail::adds_up(d, cw::detail::stages(d, over_time), range, cw::frequency::month, filter);
}

constexpr ordinal_range month{12, 13}, quarter{12, 15};

TEST(adds_up, sums_of_sums_and_ratios_of_sums_over_any_time) {
  for (const auto both : {op::sum, op::ratio_of_sums, op::weighted_mean})
    for (const auto when : {month, quarter}) EXPECT_TRUE(taken(both, both, when));
}
TEST(adds_up, one_base_period_passes_the_operator_over_time) {
  for (const auto over_groups :
       {op::sum, op::mean, op::count, op::min, op::max, op::stddev_population, op::stddev_sample})
    for (const auto over_time : {op::sum, op::mean, op::min, op::max, op::first, op::last, op::none}) {
      EXPECT_TRUE(taken(over_groups, over_time, month)) << to_string(over_groups) << " " << to_string(over_time);
      EXPECT_EQ(taken(over_groups, over_time, quarter), over_groups == op::sum && over_time == op::sum);
    }
  EXPECT_FALSE(taken(op::sum, op::count, month));
  EXPECT_FALSE(taken(op::sum, op::stddev_population, month));
}
TEST(adds_up, a_range_is_made_of_extremes) {
  EXPECT_TRUE(taken(op::range, op::last, month));
  EXPECT_FALSE(taken(op::range, op::range, month)) << "of a single value a range is zero";
  EXPECT_FALSE(taken(op::range, op::sum, quarter));
  EXPECT_TRUE(taken(op::range, op::sum, quarter, cw::operator_order::groups_then_time));
}
TEST(adds_up, what_needs_all_values_is_the_references) {
  EXPECT_FALSE(taken(op::geometric_mean, op::last, month));
  EXPECT_FALSE(taken(op::geometric_mean, op::last, quarter, cw::operator_order::groups_then_time));
  EXPECT_FALSE(taken(op::median, op::sum, month));
  EXPECT_TRUE(taken(op::sum, op::median, month)) << "of one value it is that value";
  EXPECT_FALSE(taken(op::sum, op::median, quarter));
  EXPECT_FALSE(taken(op::sum, op::geometric_mean, month)) << "it may refuse the value";
}
TEST(adds_up, a_filter_that_leaves_one_base_period_makes_it_one) {
  const cw::detail::period_filter january({cw::period{cw::frequency::month, 12}}, {});
  EXPECT_TRUE(
      taken(op::sum, op::last, quarter, cw::operator_order::time_then_groups, cw::indicator_kind::amount, january));
}
TEST(adds_up, groups_first_leaves_any_operator_over_time) {
  using cw::operator_order;
  for (const auto over_groups : {op::sum, op::mean, op::count, op::min, op::max, op::stddev_population})
    for (const auto over_time :
         {op::sum, op::mean, op::min, op::max, op::first, op::last, op::count, op::stddev_sample})
      EXPECT_TRUE(taken(over_groups, over_time, quarter, operator_order::groups_then_time));
  EXPECT_TRUE(taken(op::ratio_of_sums, op::mean, quarter, operator_order::groups_then_time, cw::indicator_kind::ratio));
  EXPECT_TRUE(taken(op::weighted_mean, op::max, quarter, operator_order::groups_then_time, cw::indicator_kind::mean));
}
TEST(adds_up, single_reporters_are_the_references) {
  for (const auto over_groups : {op::first, op::last, op::none}) {
    EXPECT_FALSE(taken(over_groups, op::sum, month));
    EXPECT_FALSE(taken(over_groups, op::sum, month, cw::operator_order::groups_then_time));
  }
  EXPECT_FALSE(taken(op::min, op::last, month, cw::operator_order::time_then_groups, cw::indicator_kind::ratio))
      << "the lowest ratio keeps its numerator and denominator";
}

TEST(adds_up, what_reporters_make_of_longer_periods_adds_up_by_window) {
  const auto by_window = [](op over_groups, op over_time) {
    cw::indicator_definition d;
    d.over_groups = over_groups;
    d.over_time = over_time;
    return cw::detail::adds_up_by_long_period(d, cw::detail::stages(d, over_time));
  };
  for (const auto over_groups : {op::sum, op::mean, op::count, op::min, op::max, op::stddev_sample})
    for (const auto over_time : {op::mean, op::min, op::max, op::first, op::last, op::count})
      EXPECT_TRUE(by_window(over_groups, over_time));
  EXPECT_TRUE(by_window(op::max, op::sum));
  EXPECT_FALSE(by_window(op::mean, op::sum)) << "the sums of reporters go on unrounded";
  EXPECT_FALSE(by_window(op::sum, op::stddev_population));
  EXPECT_FALSE(by_window(op::first, op::sum));
}

TEST(adds_up, a_window_in_which_somebody_moves_is_the_references) {
  cw::engine::cascade c;
  c.groups = 2;
  c.reporters = 3;
  c.periods = 12; // months of a year, from December before it
  c.members = {{0, 0, {}}, {1, 0, {0, 4}}, {1, 1, {4, 12}}, {2, 1, {2, 9}}};
  const cw::detail::long_period_plan quarters(c, cw::frequency::month, cw::period::parse("2023-12")->ordinal(),
                                              cw::frequency::quarter);
  const auto holds = [&](const char* q) { return quarters.holds(cw::period::parse(q)->ordinal()); };
  EXPECT_FALSE(holds("2023-Q4")); // not wholly inside
  EXPECT_FALSE(holds("2024-Q1")); // reporter 2 comes in February
  EXPECT_TRUE(holds("2024-Q2"));  // reporter 1 moved on the first of April
  EXPECT_FALSE(holds("2024-Q3")); // reporter 2 leaves in September
  EXPECT_FALSE(holds("2024-Q4"));
  EXPECT_EQ(quarters.plan().periods(), 3);
}

} // namespace
