// SPDX-License-Identifier: Apache-2.0
// The engine against the naive set union on random cascades, and its bits against themselves.
#include "engine_test_support.hpp"

#include <gtest/gtest.h>

namespace {

using namespace engine_test;

shape random_shape(random_source& random) {
  shape s;
  s.groups = 1 + static_cast<std::uint32_t>(random() % 25);
  s.reporters = static_cast<std::uint32_t>(random() % 60);
  s.periods = 1 + static_cast<std::int32_t>(random() % 20);
  s.chain = static_cast<double>(random() % 11) / 10;
  if (random() % 3 == 0) s.dated = s.closing = 0.0;
  if (random() % 3 == 0) s.second_parent = 0.0;
  return s;
}

// A judge with a cycle in some period would never get that far: the engine must refuse it too.
bool has_cycle(const cascade& c) {
  for (std::int32_t t = 0; t < c.periods; ++t) {
    std::vector<int> left(c.groups, 0);
    const auto in_force = [&](const part_of_edge& e) { return c.in_force(e).contains(t); };
    for (const auto& e : c.parts) left[e.child] += in_force(e) ? 1 : 0;
    std::vector<std::uint32_t> free;
    for (std::uint32_t g = 0; g < c.groups; ++g) {
      if (left[g] == 0) free.push_back(g);
    }
    for (std::size_t i = 0; i < free.size(); ++i) {
      for (const auto& e : c.parts) {
        if (e.parent == free[i] && in_force(e) && --left[e.child] == 0) free.push_back(e.child);
      }
    }
    if (free.size() != c.groups) return true;
  }
  return false;
}

void expect_equal(const aggregates& a, const aggregates& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_TRUE(same_bits(a.sum[i], b.sum[i])) << a.sum[i] << ' ' << b.sum[i];
    ASSERT_TRUE(same_bits(a.min[i], b.min[i]) && same_bits(a.max[i], b.max[i]));
    ASSERT_EQ(a.count[i], b.count[i]);
  }
}

void expect_judged(const cascade& c, const std::vector<double>& values, const aggregates& result, const plan& p) {
  for (std::uint32_t g = 0; g < c.groups; ++g) {
    for (std::int32_t t = 0; t < c.periods; ++t) {
      const judged expected = judge(c, values, g, t);
      const std::size_t at = result.at(p.position_of()[g], t);
      ASSERT_EQ(result.count[at], expected.count) << "group " << g << " period " << t;
      ASSERT_TRUE(same_bits(result.sum[at], expected.sum.value()))
          << "group " << g << " period " << t << ": " << result.sum[at] << ", not " << expected.sum.value();
      ASSERT_TRUE(same_bits(result.min[at], expected.min) && same_bits(result.max[at], expected.max));
    }
  }
}

TEST(engine, equals_the_set_union_on_random_cascades_with_history) {
  random_source random(7);
  int cyclic = 0;
  for (int round = 0; round < 3000; ++round) {
    const cascade c = random_cascade(random, random_shape(random));
    if (has_cycle(c)) {
      ++cyclic;
      ASSERT_THROW(plan{c}, commonweal::error);
      continue;
    }
    const plan p(c);
    const auto kind = static_cast<numbers>(round % kinds_of_numbers);
    const auto values = random_values(random, c, kind);
    period_blocks data(p);
    aggregates result(p);
    data.fill({values.data(), static_cast<std::size_t>(c.periods)}, portable_kernels());
    aggregate(data, result, portable_kernels());
    expect_judged(c, values, result, p);
    if (HasFatalFailure()) FAIL() << "round " << round;
  }
  EXPECT_LT(cyclic, 1500);
}

TEST(engine, gives_the_same_bits_with_every_instruction_set_and_any_number_of_threads) {
  random_source random(8);
  const auto sets = runnable_kernels();
  ASSERT_GE(sets.size(), 2U);
  for (int round = 0; round < 30; ++round) {
    shape s;
    s.groups = 60;
    s.reporters = 1000;
    s.periods = 27;
    const cascade c = random_cascade(random, s);
    if (has_cycle(c)) continue;
    const plan p(c);
    const auto values = random_values(random, c, static_cast<numbers>(round % kinds_of_numbers));
    const value_matrix matrix{values.data(), static_cast<std::size_t>(c.periods)};
    period_blocks data(p);
    aggregates first(p);
    data.fill(matrix, plain_kernels());
    aggregate(data, first, plain_kernels());
    for (const auto* kernels : sets) {
      for (const unsigned threads : {1U, 2U, 7U}) {
        // custom: below the size at which the engine itself would take threads
        const auto pool = executor::custom(
            [threads](std::size_t n, const executor::task& run) { executor::threads(threads).run(n, run); }, threads);
        period_blocks again(p);
        aggregates result(p);
        again.fill(matrix, *kernels, pool);
        aggregate(again, result, *kernels, pool);
        expect_equal(first, result);
      }
    }
    if (HasFatalFailure()) FAIL() << "round " << round;
  }
}

TEST(engine, does_not_depend_on_the_order_of_reporters_and_edges) {
  random_source random(9);
  for (int round = 0; round < 100; ++round) {
    const cascade c = random_cascade(random, random_shape(random));
    if (has_cycle(c)) continue;
    const auto values = random_values(random, c, static_cast<numbers>(round % kinds_of_numbers));
    const auto periods = static_cast<std::size_t>(c.periods);
    std::vector<std::uint32_t> order(c.reporters);
    for (std::uint32_t r = 0; r < c.reporters; ++r) order[r] = r;
    std::shuffle(order.begin(), order.end(), random);
    cascade shuffled = c;
    std::vector<double> moved(values.size());
    for (auto& m : shuffled.members) m.reporter = order[m.reporter];
    for (std::uint32_t r = 0; r < c.reporters; ++r) {
      std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(r * periods), periods,
                  moved.begin() + static_cast<std::ptrdiff_t>(order[r] * periods));
    }
    std::shuffle(shuffled.members.begin(), shuffled.members.end(), random);
    std::shuffle(shuffled.parts.begin(), shuffled.parts.end(), random);
    const plan p(c), q(shuffled);
    period_blocks a(p), b(q);
    aggregates ra(p), rb(q);
    a.fill({values.data(), periods}, portable_kernels());
    b.fill({moved.data(), periods}, portable_kernels());
    aggregate(a, ra, portable_kernels());
    aggregate(b, rb, portable_kernels());
    for (std::uint32_t g = 0; g < c.groups; ++g) {
      for (std::int32_t t = 0; t < c.periods; ++t) {
        const auto i = ra.at(p.position_of()[g], t), j = rb.at(q.position_of()[g], t);
        ASSERT_TRUE(same_bits(ra.sum[i], rb.sum[j]) && same_bits(ra.min[i], rb.min[j]) &&
                    same_bits(ra.max[i], rb.max[j]) && ra.count[i] == rb.count[j]);
      }
    }
  }
}

TEST(engine, matched_pairs_take_only_reporters_that_gave_both) {
  random_source random(10);
  for (int round = 0; round < 500; ++round) {
    const cascade c = random_cascade(random, random_shape(random));
    if (has_cycle(c)) continue;
    const plan p(c);
    const auto periods = static_cast<std::size_t>(c.periods);
    const auto top = random_values(random, c, static_cast<numbers>(round % kinds_of_numbers), 0.3);
    const auto bottom =
        random_values(random, c, static_cast<numbers>((round / kinds_of_numbers) % kinds_of_numbers), 0.3);
    period_blocks x(p), y(p);
    pair_aggregates result(p);
    for (const auto* kernels : runnable_kernels()) {
      x.fill({top.data(), periods}, *kernels);
      y.fill({bottom.data(), periods}, *kernels);
      aggregate(x, y, result, *kernels);
      for (std::uint32_t g = 0; g < c.groups; ++g) {
        for (std::int32_t t = 0; t < c.periods; ++t) {
          exact_sum numerator, denominator;
          std::uint32_t count = 0;
          for (const std::uint32_t r : reporters_of(c, g, t)) {
            const auto i = r * periods + static_cast<std::size_t>(t);
            if (std::isnan(top[i]) || std::isnan(bottom[i])) continue;
            numerator.add(top[i]);
            denominator.add(bottom[i]);
            ++count;
          }
          const auto at = result.at(p.position_of()[g], t);
          ASSERT_EQ(result.count[at], count);
          ASSERT_TRUE(same_bits(result.numerator[at], numerator.value()));
          ASSERT_TRUE(same_bits(result.denominator[at], denominator.value()));
        }
      }
    }
  }
}

TEST(engine, cells_put_one_by_one_equal_the_matrix) {
  random_source random(11);
  for (int round = 0; round < 200; ++round) {
    const cascade c = random_cascade(random, random_shape(random));
    if (has_cycle(c)) continue;
    const plan p(c);
    const auto periods = static_cast<std::size_t>(c.periods);
    const auto values = random_values(random, c, static_cast<numbers>(round % kinds_of_numbers));
    period_blocks data(p);
    aggregates result(p);
    data.clear();
    for (std::uint32_t r = 0; r < c.reporters; ++r) {
      for (std::int32_t t = 0; t < c.periods; ++t) {
        const double x = values[r * periods + static_cast<std::size_t>(t)];
        if (!std::isnan(x)) data.put(r, t, x);
      }
    }
    data.close(portable_kernels());
    aggregate(data, result, portable_kernels());
    expect_judged(c, values, result, p);
  }
}

TEST(engine, expected_counts_are_the_owed_reports_of_the_union) {
  random_source random(12);
  for (int round = 0; round < 1000; ++round) {
    const cascade c = random_cascade(random, random_shape(random));
    if (has_cycle(c)) continue;
    const plan p(c);
    std::vector<expectation> owed;
    std::vector<std::vector<bool>> owes(c.reporters, std::vector<bool>(static_cast<std::size_t>(c.periods)));
    for (std::uint32_t r = 0; r < c.reporters; ++r) {
      std::int32_t from = 0;
      while (from < c.periods && random() % 4 != 0) {
        auto range = some_range(random, c.periods);
        range.begin = std::max(range.begin, from);
        if (range.empty()) break;
        owed.push_back({r, range});
        for (auto t = range.begin; t < range.end; ++t) owes[r][static_cast<std::size_t>(t)] = true;
        from = range.end;
      }
    }
    const auto counts = expected_counts(p, owed);
    for (std::uint32_t g = 0; g < c.groups; ++g) {
      for (std::int32_t t = 0; t < c.periods; ++t) {
        std::uint32_t expected = 0;
        for (const auto r : reporters_of(c, g, t)) expected += owes[r][static_cast<std::size_t>(t)] ? 1 : 0;
        ASSERT_EQ(counts[p.position_of()[g] * static_cast<std::size_t>(c.periods) + static_cast<std::size_t>(t)],
                  expected);
      }
    }
  }
}

TEST(engine, goes_deeper_than_its_forest) {
  random_source random(13);
  cascade c;
  c.groups = 200;
  c.reporters = 400;
  c.periods = 9;
  for (std::uint32_t g = 1; g < c.groups; ++g) c.parts.push_back({g, g - 1, {}});
  for (std::uint32_t r = 0; r < c.reporters; ++r) {
    c.members.push_back({r, r % c.groups, {}});
    c.members.push_back({r, static_cast<std::uint32_t>(random() % c.groups), {}});
  }
  const plan p(c);
  EXPECT_EQ(p.depth(), 64U);
  const auto values = random_values(random, c, numbers::amounts);
  period_blocks data(p);
  aggregates result(p);
  data.fill({values.data(), 9}, best_kernels());
  aggregate(data, result, best_kernels());
  expect_judged(c, values, result, p);
}

TEST(engine, equals_the_set_union_on_deep_cascades_with_history) {
  random_source random(14);
  int judged_rounds = 0;
  for (int round = 0; round < 12; ++round) {
    shape s;
    s.groups = 150;
    s.reporters = 40;
    s.periods = 5;
    s.chain = 0.98;
    s.roots = 0;
    s.second_parent = round % 2 == 0 ? 0.3 : 0.0;
    s.dated = round % 3 == 0 ? 0.0 : 0.05;
    s.closing = round % 3 == 0 ? 0.0 : 0.02;
    const cascade c = random_cascade(random, s);
    if (has_cycle(c)) continue;
    const plan p(c);
    const auto values = random_values(random, c, numbers::amounts);
    period_blocks data(p);
    aggregates result(p);
    data.fill({values.data(), static_cast<std::size_t>(c.periods)}, portable_kernels());
    aggregate(data, result, portable_kernels());
    expect_judged(c, values, result, p);
    ++judged_rounds;
  }
  EXPECT_GT(judged_rounds, 3);
}

TEST(engine, plans_a_chain_in_rows_for_each_tree_of_its_forest_and_not_for_each_group) {
  cascade c;
  c.groups = 20000;
  c.reporters = 3;
  c.periods = 2;
  for (std::uint32_t g = 1; g < c.groups; ++g) {
    c.parts.push_back({g, g - 1, {}});
    if (g > 1 && g % 7 == 0) c.parts.push_back({g, g - 2, {}}); // what a parent contains already
  }
  for (std::uint32_t r = 0; r < c.reporters; ++r) c.members.push_back({r, c.groups - 1 - r, {}});
  const detail::forest trees(c, plan::max_depth);
  const detail::upward up(c, trees);
  const std::size_t trees_above = c.groups / plan::max_depth + 1;
  for (std::uint32_t g = 0; g < c.groups; ++g) {
    const auto& closure = up.at(up.first(g));
    ASSERT_LE(closure.tree_path ? 1U : up.stems(closure).size(), trees_above);
  }
  EXPECT_LE(plan(c).rows(), 3 * trees_above);
}

TEST(engine, refuses_infinite_values_and_indices_that_are_not_there) {
  cascade c;
  c.groups = 1;
  c.reporters = 2;
  c.periods = 3;
  c.members = {{0, 0, {}}, {1, 0, {}}};
  const plan p(c);
  period_blocks data(p);
  std::vector<double> values(6, 1.0);
  values[4] = -std::numeric_limits<double>::infinity();
  EXPECT_THROW(data.fill({values.data(), 3}, portable_kernels()), commonweal::error);
  EXPECT_THROW((void)expected_counts(p, std::vector<expectation>{{2, {0, 1}}}), commonweal::error);
  c.members.push_back({2, 0, {}});
  EXPECT_THROW(plan{c}, commonweal::error);
  c.members.back() = {0, 1, {}};
  EXPECT_THROW(plan{c}, commonweal::error);
}

TEST(engine, stops_when_its_progress_callback_says_so) {
  random_source random(14);
  shape s;
  s.periods = 64;
  s.dated = s.closing = 0;
  const cascade c = random_cascade(random, s);
  const plan p(c);
  const auto values = random_values(random, c, numbers::integers);
  period_blocks data(p);
  aggregates result(p);
  data.fill({values.data(), 64}, portable_kernels());
  int calls = 0;
  const auto stopping = executor().with([&](double share) {
    EXPECT_GT(share, 0.0);
    return ++calls < 3;
  });
  EXPECT_THROW(aggregate(data, result, portable_kernels(), stopping), commonweal::error);
  EXPECT_EQ(calls, 3);
}

TEST(engine, plans_of_one_cascade_have_one_fingerprint) {
  random_source random(15);
  shape s;
  s.dated = 0;
  s.closing = 0;
  const cascade c = random_cascade(random, s);
  cascade shuffled = c, changed = c;
  std::shuffle(shuffled.members.begin(), shuffled.members.end(), random);
  changed.members.pop_back();
  EXPECT_EQ(plan(c).fingerprint(), plan(shuffled).fingerprint());
  EXPECT_NE(plan(c).fingerprint(), plan(changed).fingerprint());
}

TEST(engine, holds_values_as_floats_where_all_of_them_are) {
  random_source random(81);
  shape s;
  s.reporters = 3000; // more than the sample that guesses
  s.periods = 11;
  s.chain = 0.0;
  s.dated = s.closing = 0.0;
  const cascade c = random_cascade(random, s);
  const plan p(c);
  period_blocks data(p), other(p);
  aggregates result(p);
  const auto fill = [&](period_blocks& to, const std::vector<double>& values) {
    to.fill({values.data(), static_cast<std::size_t>(c.periods)}, best_kernels());
  };
  auto values = random_values(random, c, numbers::integers);
  fill(data, values);
  EXPECT_TRUE(data.is_narrow());
  const std::size_t bytes = data.bytes();
  aggregate(data, result, best_kernels());
  expect_judged(c, values, result, p);

  // One that is not, where the guess does not look.
  const std::size_t late = 47 * static_cast<std::size_t>(c.periods) + 3;
  values[late - 22] = 16777216.0; // 2^24 is a float
  fill(data, values);
  EXPECT_TRUE(data.is_narrow());
  values[late] = 16777217.0;
  fill(data, values);
  EXPECT_FALSE(data.is_narrow());
  EXPECT_EQ(data.bytes(), 2 * bytes);
  aggregate(data, result, best_kernels());
  expect_judged(c, values, result, p);

  // Pairs of floats, of doubles, and of both are one and the same sum.
  auto numerators = random_values(random, c, numbers::integers);
  auto denominators = random_values(random, c, numbers::integers);
  fill(data, numerators);
  for (const double extra : {7.0, 0.1}) {
    denominators[late] = extra;
    fill(other, denominators);
    EXPECT_EQ(other.is_narrow(), extra == 7.0);
    for (const auto& [x, y] : {std::pair{&numerators, &denominators}, {&denominators, &numerators}}) {
      pair_aggregates pairs(p);
      aggregate(x == &numerators ? data : other, x == &numerators ? other : data, pairs, best_kernels());
      auto matched_x = *x, matched_y = *y;
      for (std::size_t i = 0; i < matched_x.size(); ++i) {
        if (std::isnan(matched_x[i]) || std::isnan(matched_y[i])) matched_x[i] = matched_y[i] = missing;
      }
      for (std::uint32_t g = 0; g < c.groups; ++g) {
        for (std::int32_t t = 0; t < c.periods; ++t) {
          const std::size_t at = pairs.at(p.position_of()[g], t);
          const judged a = judge(c, matched_x, g, t), b = judge(c, matched_y, g, t);
          ASSERT_EQ(pairs.count[at], a.count);
          ASSERT_TRUE(same_bits(pairs.numerator[at], a.sum.value()) && same_bits(pairs.denominator[at], b.sum.value()));
        }
      }
    }
  }
}

} // namespace
