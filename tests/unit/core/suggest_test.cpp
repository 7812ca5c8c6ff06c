// SPDX-License-Identifier: Apache-2.0
// Near matches for mistyped words.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/core/suggest.hpp>

namespace {

using namespace commonweal;

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
  EXPECT_EQ(near_matches("concil", std::vector{"zebra", "councils", "council"}),
            (std::vector<std::string>{"council", "councils"}));
}

TEST(suggest, a_part_of_a_longer_id_is_near) {
  EXPECT_EQ(did_you_mean("drinking", std::vector{"binge-drinking", "cigarettes"}), "Did you mean binge-drinking?");
}

TEST(suggest, says_nothing_where_nothing_is_near) {
  EXPECT_EQ(did_you_mean("xyz", std::vector{"council", "district"}), "");
}

std::size_t plain_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

TEST(suggest, the_bounded_distance_is_the_plain_one_up_to_its_bound) {
  std::uint32_t state = 1;
  const auto word = [&] {
    std::string out;
    for (std::uint32_t n = (state = state * 1664525U + 1013904223U) >> 29; n > 0; --n)
      out += static_cast<char>('a' + ((state = state * 1664525U + 1013904223U) >> 24) % 3);
    return out;
  };
  for (int k = 0; k < 5000; ++k) {
    const auto a = word(), b = word();
    const auto plain = plain_distance(a, b);
    EXPECT_EQ(typing_distance(a, b), plain) << a << ' ' << b;
    for (std::size_t most = 0; most < 9; ++most) {
      std::size_t steps = 0;
      EXPECT_EQ(detail::folded_distance(a, b, most, steps), std::min(plain, most + 1)) << a << ' ' << b << ' ' << most;
    }
  }
}

TEST(suggest, a_word_that_is_blank_or_longer_than_any_is_near_to_nothing) {
  EXPECT_EQ(did_you_mean("", std::vector<std::string>{"a", "b"}), "");
  const std::string longest(200, 'x'), longer(201, 'x');
  EXPECT_EQ(did_you_mean(longest, std::vector{longest + "y", longest}), "Did you mean " + longest + "?");
  EXPECT_EQ(did_you_mean(longer, std::vector{longer}), "");
}

TEST(suggest, a_network_of_a_million_ids_is_answered) {
  nearest_words near("organization-00x123");
  for (int i = 0; i < 1'000'000; ++i) {
    const auto digits = std::to_string(i);
    near.consider("organization-" + std::string(6 - digits.size(), '0') + digits);
  }
  EXPECT_EQ(near.found().at(0), "organization-000123");
}

enum class shade : std::uint8_t { light_gray, dark_gray };

} // namespace

template <>
struct commonweal::enum_names<shade> {
  static constexpr std::array<std::string_view, 2> values = {"light_gray", "dark_gray"};
};

namespace {

TEST(suggest, an_unknown_word_is_told_the_known_ones_and_the_near_one) {
  EXPECT_EQ(unknown_word<shade>("lightgray"), "lightgray is none of: light_gray, dark_gray. Did you mean light_gray?");
  EXPECT_EQ(unknown_word<shade>("blue"), "blue is none of: light_gray, dark_gray");
}

} // namespace
