// SPDX-License-Identifier: Apache-2.0
// Unduplicated people: exact by ids, estimated within the stated error, bounded otherwise.
#include "engine_test_support.hpp"

#include <gtest/gtest.h>

#include <commonweal/rollup/engine/detail/hash.hpp>
#include <commonweal/rollup/engine/people.hpp>
#include <commonweal/rollup/engine/salted_id.hpp>

namespace {

using namespace engine_test;

TEST(engine_people, salted_ids_are_siphash) {
  // The 64 vectors of the reference implementation begin so; key 00 01 .. 0f, message 00 01 .. n-1.
  const salt key{0x0706050403020100U, 0x0f0e0d0c0b0a0908U};
  std::string message;
  EXPECT_EQ(salted_id(message, key), 0x726fdb47dd0e0e31U);
  message += '\0';
  EXPECT_EQ(salted_id(message, key), 0x74f839c593dc67fdU);
  for (char c = 1; c < 15; ++c) message += c;
  EXPECT_EQ(salted_id(message, key), 0xa129ca6149be45e5U); // appendix A of the paper
  EXPECT_NE(salted_id(message, key), salted_id(message, {1, 2}));
}

TEST(engine_people, ids_count_each_person_once_and_sketches_nearly_so) {
  random_source random(51);
  for (int round = 0; round < 40; ++round) {
    cascade c;
    std::unique_ptr<plan> p;
    while (!p) {
      c = random_cascade(random, {});
      try {
        p = std::make_unique<plan>(c);
      } catch (const commonweal::error&) { // a cycle in some period
      }
    }
    people<id_set> exact(*p), part(*p);
    people<hyperloglog> sketch(*p);
    std::vector<std::vector<std::set<std::uint64_t>>> served(
        c.reporters, std::vector<std::set<std::uint64_t>>(static_cast<std::size_t>(c.periods)));
    for (int k = 0; k < 4000; ++k) {
      const auto r = static_cast<std::uint32_t>(random() % c.reporters);
      const auto t = static_cast<std::int32_t>(random() % static_cast<std::uint64_t>(c.periods));
      const std::uint64_t person = salted_id("person " + std::to_string(random() % 300), {3, 4});
      served[r][static_cast<std::size_t>(t)].insert(person);
      (random() % 2 == 0 ? exact : part).add(r, t, person);
      sketch.add(r, t, person);
    }
    exact.merge(part);
    for (std::uint32_t g = 0; g < c.groups; ++g) {
      std::set<std::uint64_t> ever;
      for (std::int32_t t = 0; t < c.periods; ++t) {
        std::set<std::uint64_t> all;
        double largest = 0, sum = 0;
        for (const auto r : reporters_of(c, g, t)) {
          const auto& own = served[r][static_cast<std::size_t>(t)];
          all.insert(own.begin(), own.end());
          largest = std::max(largest, static_cast<double>(own.size()));
          sum += static_cast<double>(own.size());
        }
        ever.insert(all.begin(), all.end());
        const auto position = p->position_of()[g];
        const auto truth = static_cast<double>(all.size());
        ASSERT_EQ(exact.at(position, t).estimate(), truth);
        ASSERT_EQ(sketch.at(position, t).estimate(), truth); // few enough to be exact
        const auto bounds = bounds_of(largest, sum);
        ASSERT_TRUE(bounds.lower <= truth && truth <= bounds.upper);
      }
      ASSERT_EQ(exact.over(p->position_of()[g], {0, c.periods}).estimate(), static_cast<double>(ever.size()));
    }
  }
}

TEST(engine_people, the_error_of_a_sketch_is_the_stated_one_from_a_thousand_to_ten_million) {
  std::uint64_t seed = 1;
  for (const std::uint64_t n : {1000U, 10000U, 100000U, 1000000U, 10000000U}) {
    const int sketches = n >= 1000000 ? (n >= 10000000 ? 4 : 20) : 200;
    double bias = 0, squares = 0;
    for (int s = 0; s < sketches; ++s) {
      hyperloglog sketch;
      for (std::uint64_t i = 0; i < n; ++i) sketch.add(commonweal::engine::detail::mix(seed++));
      const double relative = sketch.estimate() / static_cast<double>(n) - 1;
      bias += relative / sketches;
      squares += relative * relative / sketches;
      EXPECT_FALSE(sketch.exact());
    }
    const double stated = 1.04 / 64;
    RecordProperty("relative_error_of_" + std::to_string(n), std::to_string(std::sqrt(squares)));
    std::printf("n = %8llu: bias %+.4f, relative error %.4f, stated %.4f\n", static_cast<unsigned long long>(n), bias,
                std::sqrt(squares), stated);
    EXPECT_LT(std::sqrt(squares), stated * (1 + 3 / std::sqrt(2.0 * sketches)));
    EXPECT_LT(std::abs(bias), 3 * stated / std::sqrt(sketches));
  }
}

TEST(engine_people, sketches_do_not_tell_how_they_were_merged) {
  random_source random(52);
  for (int round = 0; round < 200; ++round) {
    const int precision = 4 + static_cast<int>(random() % 8);
    std::vector<hyperloglog> parts(4, hyperloglog(precision));
    hyperloglog whole(precision);
    for (std::uint64_t k = random() % 3000; k > 0; --k) {
      const std::uint64_t hash = commonweal::engine::detail::mix(random() % 2000);
      parts[random() % parts.size()].add(hash);
      whole.add(hash);
    }
    std::shuffle(parts.begin(), parts.end(), random);
    parts[0].merge(parts[1]);
    parts[2].merge(parts[3]);
    parts[2].merge(parts[0]);
    parts[2].merge(parts[2]);
    ASSERT_EQ(parts[2], whole);
    ASSERT_EQ(parts[2].estimate(), whole.estimate());
  }
  hyperloglog a(10), b(11);
  EXPECT_THROW(a.merge(b), commonweal::error);
  EXPECT_THROW(hyperloglog(3), commonweal::error);
}

} // namespace
