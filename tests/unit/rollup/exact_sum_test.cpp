// SPDX-License-Identifier: Apache-2.0
// exact_sum against an integer of arbitrary precision: cancellation, subnormals, order, bytes.
#include <commonweal/rollup/exact_sum.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <limits>
#include <random>

namespace {

using boost::multiprecision::cpp_int;
using commonweal::exact_sum;

// The judge: sums are integers in units of 2^-1074, rounded to nearest even by integer arithmetic.
cpp_int as_integer(double x) {
  int exponent = 0;
  const double fraction = std::frexp(x, &exponent);
  cpp_int integer = static_cast<std::int64_t>(std::ldexp(fraction, 53));
  const int shift = exponent - 53 + 1074;
  return shift >= 0 ? cpp_int(integer << shift) : cpp_int(integer / (cpp_int(1) << -shift));
}

double rounded(const cpp_int& sum) {
  const cpp_int magnitude = abs(sum);
  if (magnitude == 0) return 0.0;
  const auto top = static_cast<int>(msb(magnitude));
  const int drop = top < 53 ? 0 : top - 52;
  cpp_int kept = magnitude >> drop;
  const cpp_int rest = magnitude - (kept << drop);
  if (drop > 0) {
    const cpp_int half = cpp_int(1) << (drop - 1);
    if (rest > half || (rest == half && bit_test(kept, 0))) ++kept;
  }
  const double value = std::ldexp(static_cast<double>(kept.convert_to<std::uint64_t>()), drop - 1074);
  return sum < 0 ? -value : value;
}

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

double any_double(std::mt19937_64& random, int low, int high) {
  const auto exponent = static_cast<int>(random() % static_cast<std::uint64_t>(high - low)) + low;
  const double value = std::ldexp(1.0 + static_cast<double>(random() >> 12) * 0x1p-52, exponent);
  return (random() & 1) != 0 ? value : -value;
}

std::vector<std::byte> bytes_of(const exact_sum& sum) {
  std::vector<std::byte> bytes;
  sum.serialize(bytes);
  return bytes;
}

TEST(exact_sum, is_the_exact_sum_rounded_once_over_six_hundred_binades) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 2000; ++round) {
    exact_sum sum;
    cpp_int judge = 0;
    const auto count = 1 + random() % 60;
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back(any_double(random, -300, 300));
    // Cancel most of it, so that what is left is far below the largest addend.
    for (std::size_t i = 0; i + 1 < count; ++i) {
      if ((random() & 3) != 0) values.push_back(-values[i]);
    }
    std::shuffle(values.begin(), values.end(), random);
    for (const double x : values) {
      sum.add(x);
      judge += as_integer(x);
    }
    ASSERT_TRUE(same_bits(sum.value(), rounded(judge))) << sum.value() << " against " << rounded(judge);
  }
}

TEST(exact_sum, rounds_ties_to_even_and_looks_below_the_tie) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 20000; ++round) {
    const int exponent = static_cast<int>(random() % 1990) - 1020;
    const std::vector<double> values{
        any_double(random, exponent, exponent + 1), std::ldexp(1.0, exponent - 53),
        (random() & 1) != 0 ? 0.0 : std::ldexp((random() & 1) != 0 ? 1.0 : -1.0, std::max(-1074, exponent - 400))};
    exact_sum sum;
    cpp_int judge = 0;
    for (const double x : values) {
      sum.add(x);
      judge += as_integer(x);
    }
    ASSERT_TRUE(same_bits(sum.value(), rounded(judge)));
  }
}

TEST(exact_sum, holds_subnormals) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 2000; ++round) {
    exact_sum sum;
    cpp_int judge = 0;
    for (int i = 0; i < 20; ++i) {
      const double x =
          std::ldexp(static_cast<double>(static_cast<std::int64_t>(random())), -1074 - static_cast<int>(random() % 60));
      sum.add(x);
      judge += as_integer(x);
    }
    ASSERT_TRUE(same_bits(sum.value(), rounded(judge)));
  }
}

TEST(exact_sum, reads_positive_zero_for_nothing_and_for_negative_zeros) {
  exact_sum sum;
  EXPECT_TRUE(same_bits(sum.value(), 0.0));
  sum.add(-0.0);
  sum.add(-0.0);
  EXPECT_TRUE(same_bits(sum.value(), 0.0));
  EXPECT_TRUE(sum.is_zero());
}

TEST(exact_sum, passes_the_largest_double_and_comes_back) {
  constexpr double largest = std::numeric_limits<double>::max();
  exact_sum sum;
  for (int i = 0; i < 5000; ++i) sum.add(largest);
  EXPECT_EQ(sum.value(), std::numeric_limits<double>::infinity());
  for (int i = 0; i < 9999; ++i) sum.subtract(largest);
  EXPECT_EQ(sum.value(), -std::numeric_limits<double>::infinity());
  for (int i = 0; i < 5000; ++i) sum.add(largest);
  EXPECT_EQ(sum.value(), largest);
}

TEST(exact_sum, refuses_nan_and_infinity_and_stays_as_it_was) {
  exact_sum sum;
  sum.add(2.5);
  EXPECT_THROW(sum.add(std::numeric_limits<double>::quiet_NaN()), std::invalid_argument);
  EXPECT_THROW(sum.add(-std::numeric_limits<double>::infinity()), std::invalid_argument);
  EXPECT_EQ(sum.value(), 2.5);
}

TEST(exact_sum, does_not_depend_on_order_or_partition_and_undoes_additions) {
  std::mt19937_64 random(4);
  std::vector<double> values;
  for (int i = 0; i < 20000; ++i) values.push_back(any_double(random, -400, 400));
  exact_sum whole;
  for (const double x : values) whole.add(x);
  for (int round = 0; round < 10; ++round) {
    std::shuffle(values.begin(), values.end(), random);
    std::array<exact_sum, 7> parts;
    for (const double x : values) parts[random() % parts.size()].add(x);
    exact_sum merged;
    for (const auto& part : parts) merged.merge(part);
    ASSERT_EQ(merged, whole);
    ASSERT_EQ(bytes_of(merged), bytes_of(whole));
    merged.unmerge(parts[3]);
    merged.merge(parts[3]);
    for (const double x : values) merged.subtract(x);
    ASSERT_TRUE(merged.is_zero());
  }
}

TEST(exact_sum, adds_scaled_integers) {
  std::mt19937_64 random(5);
  for (int round = 0; round < 5000; ++round) {
    exact_sum sum;
    cpp_int judge = 0;
    for (int i = 0; i < 4; ++i) {
      const auto integer = static_cast<std::int64_t>(random());
      const int exponent = static_cast<int>(random() % 1900) - 1074;
      sum.add_scaled(integer, exponent);
      judge += cpp_int(integer) << (exponent + 1074);
    }
    ASSERT_TRUE(same_bits(sum.value(), rounded(judge)));
  }
}

TEST(exact_sum, survives_its_bytes_and_refuses_others) {
  std::mt19937_64 random(6);
  for (int round = 0; round < 2000; ++round) {
    exact_sum sum;
    for (std::size_t i = random() % 5; i > 0; --i) sum.add(any_double(random, -1000, 1000));
    const auto bytes = bytes_of(sum);
    std::span<const std::byte> rest(bytes);
    ASSERT_EQ(exact_sum::deserialize(rest), sum);
    ASSERT_TRUE(rest.empty());
    // Every way of cutting it short is refused; every changed byte is refused or is another sum's bytes.
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
      std::span<const std::byte> part(bytes.data(), cut);
      ASSERT_THROW((void)exact_sum::deserialize(part), std::invalid_argument);
    }
    auto changed = bytes;
    changed[random() % changed.size()] ^= static_cast<std::byte>(1 + random() % 255);
    std::span<const std::byte> other(changed);
    try {
      const auto read = exact_sum::deserialize(other);
      ASSERT_EQ(bytes_of(read),
                std::vector<std::byte>(changed.begin(), changed.end() - static_cast<std::ptrdiff_t>(other.size())));
    } catch (const std::invalid_argument&) {}
  }
}

TEST(exact_sum, stays_short_for_ordinary_sums) {
  exact_sum sum;
  for (int i = 0; i < 1000; ++i) sum.add(0.1 * i);
  EXPECT_LE(bytes_of(sum).size(), 14U);
}

} // namespace
