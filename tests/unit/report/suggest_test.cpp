// SPDX-License-Identifier: Apache-2.0
// Near matches for mistyped words.
#include <gtest/gtest.h>

#include "cli/suggest.hpp"

namespace {

using namespace commonweal::cli;

TEST(suggest, distance_counts_single_slips) {
  EXPECT_EQ(typing_distance("council", "council"), 0U);
  EXPECT_EQ(typing_distance("council", "concil"), 1U);
  EXPECT_EQ(typing_distance("council", "cuoncil"), 1U); // neighbors swapped
  EXPECT_EQ(typing_distance("Working group", "working_group"), 0U);
  EXPECT_EQ(typing_distance("", "abc"), 3U);
}

TEST(suggest, distance_is_symmetric) {
  for (const auto* a : {"", "a", "council", "binge-drinking"})
    for (const auto* b : {"", "b", "concil", "marijuana"}) EXPECT_EQ(typing_distance(a, b), typing_distance(b, a));
}

TEST(suggest, nearest_comes_first) {
  EXPECT_EQ(near_matches("concil", {"zebra", "councils", "council"}),
            (std::vector<std::string>{"council", "councils"}));
}

TEST(suggest, a_part_of_a_longer_id_is_near) {
  EXPECT_EQ(did_you_mean("drinking", {"binge-drinking", "cigarettes"}), "Did you mean binge-drinking?");
}

TEST(suggest, says_nothing_where_nothing_is_near) { EXPECT_EQ(did_you_mean("xyz", {"council", "district"}), ""); }

} // namespace
