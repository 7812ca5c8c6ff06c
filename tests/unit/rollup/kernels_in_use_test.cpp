// SPDX-License-Identifier: Apache-2.0
// rollup() takes the widest kernels in programs that link the compiled library, and any kernels give the same bits.
#include <string>

#include <gtest/gtest.h>

#include <commonweal/rollup/engine/kernels.hpp>

#include "random_initiative.hpp"

namespace cw = commonweal;
using namespace commonweal_test;

namespace {

TEST(kernels_in_use, are_the_best_of_this_machine) { // first: the next test takes others
  EXPECT_STREQ(cw::engine::kernels_in_use().name, cw::engine::best_kernels().name);
}

TEST(kernels_in_use, leave_no_trace_in_a_table) {
  std::vector<cw::indicator_definition> of(4);
  of[0].over_groups = of[0].over_time = cw::aggregate_operator::sum;
  of[1].over_groups = of[1].over_time = cw::aggregate_operator::weighted_mean;
  of[1].kind = cw::indicator_kind::mean;
  of[2].over_groups = cw::aggregate_operator::stddev_sample;
  of[2].order = cw::operator_order::groups_then_time;
  of[3].over_groups = of[3].over_time = cw::aggregate_operator::ratio_of_sums;
  of[3].kind = cw::indicator_kind::ratio;
  for (std::size_t i = 0; i < of.size(); ++i) of[i].id = "i" + std::to_string(i);
  std::size_t sets = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto it =
        build(random_facts(seed, {.groups = 30, .organizations = 60, .periods = 20, .wild = seed % 2 == 0}, of));
    cw::engine::use_kernels(cw::engine::plain_kernels());
    const auto plain = it.rollup();
    sets = 0;
    for (const auto* set : cw::engine::runnable_kernels()) {
      cw::engine::use_kernels(*set);
      EXPECT_EQ(it.rollup(), plain) << set->name << ", seed " << seed;
      ++sets;
    }
  }
  cw::engine::use_kernels(cw::engine::best_kernels());
  EXPECT_GE(sets, 2u);
}

} // namespace
