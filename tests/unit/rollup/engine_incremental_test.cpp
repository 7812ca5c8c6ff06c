// SPDX-License-Identifier: Apache-2.0
// Random edits, then the kept results against a whole rollup of what is there.
#include "engine_test_support.hpp"

#include <gtest/gtest.h>

#include <commonweal/rollup/engine/incremental.hpp>

namespace {

using namespace engine_test;

struct state {
  cascade c;
  std::vector<double> values;
  std::vector<bool> owed; // [reporter][period]
};

void expect_whole(const state& s, const incremental& kept) {
  const plan p(s.c);
  planes data(p);
  aggregates whole(p);
  data.fill({s.values.data(), static_cast<std::size_t>(s.c.periods)}, best_kernels());
  aggregate(data, whole, best_kernels());
  std::vector<expectation> owed;
  for (std::size_t i = 0; i < s.owed.size(); ++i) {
    const auto t = static_cast<std::int32_t>(i % static_cast<std::size_t>(s.c.periods));
    if (s.owed[i]) owed.push_back({static_cast<std::uint32_t>(i / static_cast<std::size_t>(s.c.periods)), {t, t + 1}});
  }
  const auto expected = expected_counts(p, owed);
  for (std::uint32_t g = 0; g < s.c.groups; ++g) {
    for (std::int32_t t = 0; t < s.c.periods; ++t) {
      const auto at = whole.at(p.position_of()[g], t);
      const auto r = kept.at(g, t);
      ASSERT_EQ(r.reported, whole.count[at]);
      ASSERT_TRUE(same_bits(r.sum, whole.sum[at])) << r.sum << ' ' << whole.sum[at];
      ASSERT_TRUE(same_bits(r.min, whole.min[at]) && same_bits(r.max, whole.max[at]));
      ASSERT_EQ(r.expected,
                expected[p.position_of()[g] * static_cast<std::size_t>(s.c.periods) + static_cast<std::size_t>(t)]);
    }
  }
}

void edit(random_source& random, state& s, incremental& kept, numbers kind) {
  const auto below = [&](std::size_t n) { return static_cast<std::uint32_t>(random() % n); };
  const std::uint32_t r = below(s.c.reporters);
  const auto t = static_cast<std::int32_t>(below(static_cast<std::size_t>(s.c.periods)));
  const std::size_t cell = r * static_cast<std::size_t>(s.c.periods) + static_cast<std::size_t>(t);
  const auto what = random() % 100;
  if (what < 90) {
    // Few distinct integers make for extremes that several reporters share.
    const double x = what < 15 ? missing : random_value(random, kind);
    s.values[cell] = x;
    kept.set(r, t, x);
  } else if (what < 93) {
    const membership m{r, below(s.c.groups), some_range(random, s.c.periods)};
    s.c.members.push_back(m);
    kept.add(m);
  } else if (what < 96 && !s.c.members.empty()) {
    const std::size_t i = below(s.c.members.size());
    ASSERT_TRUE(kept.remove(s.c.members[i]));
    s.c.members.erase(s.c.members.begin() + static_cast<std::ptrdiff_t>(i));
  } else {
    const bool owes = random() % 2 == 0;
    s.owed[cell] = owes;
    kept.owe({r, {t, t + 1}}, owes);
  }
}

state start(random_source& random, const shape& sh) {
  for (;;) {
    state s{random_cascade(random, sh), {}, {}};
    try {
      (void)plan(s.c);
    } catch (const commonweal::error&) { continue; }
    s.values.assign(s.c.reporters * static_cast<std::size_t>(s.c.periods), missing);
    s.owed.assign(s.values.size(), false);
    return s;
  }
}

TEST(engine_incremental, equals_a_whole_rollup_after_any_edits) {
  random_source random(31);
  for (int round = 0; round < 150; ++round) {
    state s = start(random, {});
    incremental kept(s.c);
    const auto kind = static_cast<numbers>(round % kinds_of_numbers);
    for (int burst = 0; burst < 5; ++burst) {
      for (int k = 0; k < 400; ++k) edit(random, s, kept, kind);
      expect_whole(s, kept);
      if (HasFatalFailure()) FAIL() << "round " << round;
    }
  }
}

TEST(engine_incremental, equals_a_whole_rollup_after_a_million_edits) {
  random_source random(32);
  shape sh;
  sh.groups = 60;
  sh.reporters = 800;
  state s = start(random, sh);
  incremental kept(s.c);
  for (int k = 0; k < 1000000; ++k) edit(random, s, kept, numbers::amounts);
  expect_whole(s, kept);
}

TEST(engine_incremental, comes_back_to_nothing) {
  random_source random(33);
  state s = start(random, {});
  incremental kept(s.c);
  for (int k = 0; k < 500; ++k) edit(random, s, kept, numbers::far_apart);
  for (std::uint32_t r = 0; r < s.c.reporters; ++r) {
    for (std::int32_t t = 0; t < s.c.periods; ++t) kept.set(r, t, missing);
  }
  for (std::uint32_t g = 0; g < s.c.groups; ++g) {
    for (std::int32_t t = 0; t < s.c.periods; ++t) {
      EXPECT_EQ(kept.at(g, t).reported, 0U);
      EXPECT_TRUE(kept.sum(g, t).is_zero());
      EXPECT_EQ(kept.at(g, t).min, std::numeric_limits<double>::infinity());
    }
  }
}

TEST(engine_incremental, refuses_what_is_not_there) {
  random_source random(34);
  state s = start(random, {});
  incremental kept(s.c);
  EXPECT_THROW(kept.set(0, 0, std::numeric_limits<double>::infinity()), commonweal::error);
  EXPECT_THROW(kept.add({s.c.reporters, 0, {}}), commonweal::error);
  EXPECT_FALSE(kept.remove({0, 0, {3, 3}}));
  EXPECT_TRUE(kept.set(0, 0, 2.0));
  EXPECT_FALSE(kept.set(0, 0, 2.0));
}

} // namespace
