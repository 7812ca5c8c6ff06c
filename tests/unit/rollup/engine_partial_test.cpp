// SPDX-License-Identifier: Apache-2.0
// Partials: any sharing out of the cells and any order of merging give the whole; bytes are canonical and
// checked.
#include "engine_test_support.hpp"

#include <gtest/gtest.h>

#include <commonweal/rollup/engine/partial.hpp>

namespace {

using namespace engine_test;

cascade history(random_source& random, std::uint32_t reporters = 40) {
  shape s;
  s.reporters = reporters;
  for (;;) {
    cascade c = random_cascade(random, s);
    try {
      (void)plan(c);
      return c;
    } catch (const commonweal::error&) { // a cycle in some period
    }
  }
}

void expect_result(const cascade& c, const plan& p, const std::vector<double>& values, const partial& part) {
  aggregates result(p);
  part.finish(result);
  for (std::uint32_t g = 0; g < c.groups; ++g) {
    for (std::int32_t t = 0; t < c.periods; ++t) {
      const judged expected = judge(c, values, g, t);
      const auto at = result.at(p.position_of()[g], t);
      ASSERT_EQ(result.count[at], expected.count);
      ASSERT_TRUE(same_bits(result.sum[at], expected.sum.value())) << result.sum[at] << ' ' << expected.sum.value();
      ASSERT_TRUE(same_bits(result.min[at], expected.min) && same_bits(result.max[at], expected.max));
      ASSERT_EQ(part.sum(p.position_of()[g], t), expected.sum);
    }
  }
}

TEST(engine_partial, any_sharing_out_and_any_order_of_merging_give_the_whole) {
  random_source random(21);
  for (int round = 0; round < 300; ++round) {
    const cascade c = history(random);
    const plan p(c);
    const path_index paths(p);
    const auto periods = static_cast<std::size_t>(c.periods);
    const auto values = random_values(random, c, static_cast<numbers>(round % kinds_of_numbers));

    // Some parts take cells one by one, the others whole blocks by the kernels.
    std::vector<partial> parts(1 + random() % 6, partial(p));
    std::vector<std::vector<double>> shares(parts.size(), std::vector<double>(values.size(), missing));
    for (std::size_t i = 0; i < values.size(); ++i) shares[random() % parts.size()][i] = values[i];
    for (std::size_t k = 0; k < parts.size(); ++k) {
      if (random() % 2 == 0) {
        period_blocks data(p);
        data.fill({shares[k].data(), periods}, best_kernels());
        parts[k].update(data, best_kernels());
      } else {
        for (std::size_t i = 0; i < values.size(); ++i) {
          parts[k].update(paths, static_cast<std::uint32_t>(i / periods), static_cast<std::int32_t>(i % periods),
                          shares[k][i]);
        }
      }
    }
    while (parts.size() > 1) {
      const std::size_t k = random() % (parts.size() - 1);
      if (random() % 3 == 0) parts[k] = partial::deserialize(p, parts[k].serialize());
      parts[k].merge(parts.back());
      parts.pop_back();
    }
    expect_result(c, p, values, parts[0]);
    partial whole(p);
    period_blocks data(p);
    data.fill({values.data(), periods}, portable_kernels());
    whole.update(data, portable_kernels());
    ASSERT_EQ(whole.serialize(), parts[0].serialize());
    expect_result(c, p, values, partial::deserialize(p, whole.serialize()));
    if (HasFatalFailure()) FAIL() << "round " << round;
  }
}

TEST(engine_partial, merges_over_differently_listed_plans_of_one_cascade) {
  random_source random(22);
  for (int round = 0; round < 100; ++round) {
    const cascade c = history(random);
    cascade shuffled = c;
    std::shuffle(shuffled.parts.begin(), shuffled.parts.end(), random);
    std::shuffle(shuffled.members.begin(), shuffled.members.end(), random);
    const plan p(c), q(shuffled);
    const auto values = random_values(random, c, numbers::amounts);
    auto even = values, odd = values;
    for (std::size_t i = 0; i < values.size(); ++i) (i % 2 == 0 ? odd : even)[i] = missing;
    partial a(p), b(q);
    period_blocks da(p), db(q);
    da.fill({even.data(), static_cast<std::size_t>(c.periods)}, portable_kernels());
    db.fill({odd.data(), static_cast<std::size_t>(c.periods)}, portable_kernels());
    a.update(da, portable_kernels());
    b.update(db, portable_kernels());
    partial ab = a, ba = b;
    ab.merge(b);
    ba.merge(a);
    ASSERT_EQ(ab.serialize(), ba.serialize());
    expect_result(c, p, values, ab);
  }
}

TEST(engine_partial, refuses_another_plan_and_changed_or_cut_bytes) {
  random_source random(23);
  const cascade c = history(random);
  cascade other = c;
  other.members.push_back({0, 0, {0, 1}});
  other.members.push_back({1, 1, {0, 1}});
  const plan p(c), q(other);
  const auto values = random_values(random, c, numbers::far_apart);
  partial part(p);
  period_blocks data(p);
  data.fill({values.data(), static_cast<std::size_t>(c.periods)}, portable_kernels());
  part.update(data, portable_kernels());
  EXPECT_THROW(part.merge(partial(q)), commonweal::error);
  const auto bytes = part.serialize();
  EXPECT_THROW((void)partial::deserialize(q, bytes), commonweal::error);
  for (std::size_t cut = 0; cut < bytes.size(); cut += 7) {
    ASSERT_THROW((void)partial::deserialize(p, std::span(bytes).first(cut)), commonweal::error);
  }
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    auto changed = bytes;
    changed[i] ^= static_cast<std::byte>(1 + random() % 255);
    ASSERT_THROW((void)partial::deserialize(p, changed), commonweal::error) << i;
  }
}

TEST(engine_partial, takes_at_most_forty_bytes_a_group_and_period_of_ordinary_amounts) {
  random_source random(24);
  const cascade c = history(random, 2000);
  const plan p(c);
  const auto values = random_values(random, c, numbers::amounts, 0.1);
  partial part(p);
  period_blocks data(p);
  data.fill({values.data(), static_cast<std::size_t>(c.periods)}, portable_kernels());
  part.update(data, portable_kernels());
  EXPECT_LE(part.serialize().size(), 40 * c.groups * static_cast<std::size_t>(c.periods) + 128);
}

TEST(engine_partial, refuses_infinite_cells) {
  cascade c;
  c.groups = c.reporters = 1;
  c.periods = 1;
  c.members = {{0, 0, {}}};
  const plan p(c);
  const path_index paths(p);
  partial part(p);
  EXPECT_THROW(part.update(paths, 0, 0, std::numeric_limits<double>::infinity()), commonweal::error);
  part.update(paths, 0, 0, missing);
  EXPECT_EQ(part.cell(0, 0).count, 0U);
}

TEST(engine_partial, writes_sums_as_exact_sum_does) {
  random_source random(35);
  cascade c;
  c.groups = 1;
  c.reporters = 8;
  c.periods = 3;
  for (std::uint32_t r = 0; r < c.reporters; ++r) c.members.push_back({r, 0, {}});
  const plan p(c);
  const path_index paths(p);
  for (int round = 0; round < 2000; ++round) {
    partial part(p);
    for (std::uint32_t r = 0; r < c.reporters; ++r) {
      for (std::int32_t t = 0; t < c.periods; ++t)
        part.update(paths, r, t, random_value(random, static_cast<numbers>(round % kinds_of_numbers)));
    }
    const auto bytes = part.serialize();
    auto from = bytes.begin();
    for (std::int32_t t = 0; t < c.periods; ++t) {
      std::vector<std::byte> sum;
      part.sum(0, t).serialize(sum);
      from = std::search(from, bytes.end(), sum.begin(), sum.end());
      ASSERT_NE(from, bytes.end()) << "round " << round;
      from += static_cast<std::ptrdiff_t>(sum.size());
    }
  }
}

} // namespace
