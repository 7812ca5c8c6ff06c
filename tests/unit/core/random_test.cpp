// SPDX-License-Identifier: Apache-2.0
// The seeded generator gives the published sequence.
#include <gtest/gtest.h>

#include <commonweal/core/random.hpp>

namespace {

using commonweal::seeded_random;

// The sequence that splitmix64 starts from seed 1234567, as given with its reference implementation's test vectors.
TEST(random, gives_the_published_sequence) {
  seeded_random r(1234567);
  EXPECT_EQ(r.next(), 6457827717110365317U);
  EXPECT_EQ(r.next(), 3203168211198807973U);
  EXPECT_EQ(r.next(), 9817491932198370423U);
  EXPECT_EQ(r.next(), 4593380528125082431U);
  EXPECT_EQ(r.next(), 16408922859458223821U);
}

TEST(random, uniform_numbers_lie_below_one) {
  seeded_random r(0);
  double sum = 0;
  for (int i = 0; i < 10000; ++i) {
    const double u = r.uniform();
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    sum += u;
  }
  EXPECT_NEAR(sum / 10000, 0.5, 0.02); // seven standard errors
}

} // namespace
