// SPDX-License-Identifier: Apache-2.0
// How rollup() tells how far it is, is stopped, and runs on threads.
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "rollup_sketch.hpp"

namespace cw = commonweal;
using namespace commonweal_test;

namespace {

/// `groups` groups below one, an organization in each, twelve months of one indicator that adds up and of one that does
/// not.
sketch several(int groups) {
  sketch s;
  s.indicator("adds");
  auto& spread = s.indicator("spread");
  spread.over_groups = cw::aggregate_operator::stddev_population;
  for (int g = 0; g < groups; ++g) {
    const auto id = std::to_string(g);
    s.join("g" + id, "gTop").join("o" + id, "g" + id);
    std::vector<double> months;
    for (int t = 0; t < 12; ++t) months.push_back(0.1 * g + t);
    s.values("adds", "o" + id, months).values("spread", "o" + id, months);
  }
  return s;
}

std::vector<double> told_by(const cw::initiative& of, cw::rollup_options o) {
  std::vector<double> told;
  o.progress = [&](double share) {
    told.push_back(share);
    return true;
  };
  (void)of.rollup(o);
  return told;
}

TEST(progress, rises_from_0_to_1_whoever_computes_the_figures) {
  for (const int groups : {2, 40}) {
    cw::rollup_options o;
    if (groups == 2) o.groups = {"g0"}; // the reference; else the engine
    const auto told = told_by(build(several(groups)), o);
    ASSERT_GE(told.size(), 3u) << groups;
    EXPECT_EQ(told.front(), 0.0) << groups;
    EXPECT_EQ(told.back(), 1.0) << groups;
    for (std::size_t k = 1; k < told.size(); ++k) EXPECT_GT(told[k], told[k - 1]) << groups;
    EXPECT_LE(told.size(), 260u) << groups;
  }
}

TEST(progress, is_told_of_a_table_without_rows) {
  cw::rollup_options o;
  o.from = *cw::period::parse("2024-05");
  o.to = *cw::period::parse("2024-04");
  EXPECT_EQ(told_by(build(several(9)), o), (std::vector<double>{0.0, 1.0}));
}

TEST(progress, false_stops_the_work_wherever_it_is) {
  const auto whole = build(several(40));
  const auto calls = told_by(whole, {}).size();
  for (std::size_t stop_at = 0; stop_at < calls; stop_at += 1 + calls / 16) {
    std::size_t seen = 0;
    cw::rollup_options o;
    o.progress = [&](double) { return seen++ != stop_at; };
    try {
      (void)whole.rollup(o);
      FAIL() << "went on after call " << stop_at;
    } catch (const cw::error& e) {
      EXPECT_EQ(e.code(), cw::error_code::cancelled);
      EXPECT_EQ(seen, stop_at + 1) << "asked again after being told to stop";
    }
  }
}

TEST(progress, what_the_callback_throws_comes_through) {
  cw::rollup_options o;
  o.progress = [](double share) -> bool {
    if (share > 0.2) throw std::out_of_range("mine");
    return true;
  };
  EXPECT_THROW((void)build(several(40)).rollup(o), std::out_of_range);
}

TEST(progress, an_executor_of_its_own_changes_no_bit) {
  const auto whole = build(several(40));
  const auto expected = whole.rollup();
  for (const unsigned threads : {1u, 2u, 7u}) {
    cw::rollup_options o;
    o.where = cw::executor::threads(threads);
    EXPECT_EQ(whole.rollup(o), expected) << threads;
  }
}

} // namespace
