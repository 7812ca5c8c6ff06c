// SPDX-License-Identifier: Apache-2.0
// A synthetic cascade and its observations, seeded: what the rollup benchmarks and their peers run on.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include <commonweal/rollup/engine/cascade.hpp>

namespace rollup_world {

using commonweal::engine::cascade;

struct options {
  std::uint32_t reporters = 100000;
  std::int32_t periods = 60;
  double per_leaf = 20;       ///< reporters in a leaf group, on average
  int depth = 4;              ///< levels of groups
  double overlap = 0.3;       ///< further memberships of a reporter, in random leaves, on average
  double second_parent = 0.0; ///< share of groups with a second parent one level up
  double dated = 0.0;         ///< share of memberships that open or close inside the range
  double gaps = 0.1;          ///< share of cells that are missing
  std::uint64_t seed = 1;
};

inline cascade make_cascade(const options& o) {
  std::mt19937_64 random(o.seed);
  const auto chance = [&](double p) { return static_cast<double>(random() >> 11) * 0x1p-53 < p; };
  const auto below = [&](std::size_t n) { return static_cast<std::uint32_t>(random() % n); };
  cascade c;
  c.reporters = o.reporters;
  c.periods = o.periods;
  const auto leaves = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(o.reporters / o.per_leaf));
  std::vector<std::uint32_t> level_begin{0};
  for (int d = 0; d < o.depth; ++d) {
    const double size = std::pow(leaves, static_cast<double>(d) / (o.depth - 1));
    level_begin.push_back(level_begin.back() + static_cast<std::uint32_t>(std::lround(size)));
  }
  c.groups = level_begin.back();
  const auto level_size = [&](int d) {
    return level_begin[static_cast<std::size_t>(d) + 1] - level_begin[static_cast<std::size_t>(d)];
  };
  for (int d = 1; d < o.depth; ++d) {
    const std::uint32_t above = level_begin[static_cast<std::size_t>(d) - 1];
    for (std::uint32_t i = 0; i < level_size(d); ++i) {
      const std::uint32_t child = level_begin[static_cast<std::size_t>(d)] + i;
      const auto up = static_cast<std::uint32_t>(std::uint64_t{i} * level_size(d - 1) / level_size(d));
      c.parts.push_back({child, above + up, {}});
      if (level_size(d - 1) > 1 && chance(o.second_parent)) {
        const std::uint32_t other = (up + 1 + below(level_size(d - 1) - 1)) % level_size(d - 1);
        c.parts.push_back({child, above + other, {}});
      }
    }
  }
  const std::uint32_t first_leaf = level_begin[static_cast<std::size_t>(o.depth) - 1];
  const auto dated = [&] {
    commonweal::engine::index_range range;
    if (!chance(o.dated)) return range;
    const auto when = 1 + static_cast<std::int32_t>(below(static_cast<std::size_t>(o.periods) - 1));
    if (chance(0.5)) {
      range.begin = when;
    } else {
      range.end = when;
    }
    return range;
  };
  for (std::uint32_t r = 0; r < o.reporters; ++r) {
    const std::uint32_t home = below(leaves);
    c.members.push_back({r, first_leaf + home, dated()});
    double further = o.overlap;
    for (; further > 0; further -= 1) {
      const std::uint32_t other = below(leaves);
      if (chance(further) && other != home) c.members.push_back({r, first_leaf + other, dated()});
    }
  }
  return c;
}

/// Reporter-major amounts between 1 and 403 of either sign, all 52 bits of the fraction random; NaN is
/// missing.
inline std::vector<double> make_values(const options& o, std::uint64_t seed = 2) {
  std::mt19937_64 random(seed);
  std::vector<double> values(static_cast<std::size_t>(o.reporters) * static_cast<std::size_t>(o.periods));
  for (double& x : values) {
    const double unit = static_cast<double>(random() >> 11) * 0x1p-53;
    const bool missing = static_cast<double>(random() >> 11) * 0x1p-53 < o.gaps;
    x = missing ? std::numeric_limits<double>::quiet_NaN() : ((random() & 1) != 0 ? 1.0 : -1.0) * std::exp(6 * unit);
  }
  return values;
}

/// The same job in whole numbers, as counts are: sums of these fit into doubles.
inline void round_values(std::vector<double>& values) {
  for (double& x : values) x = std::nearbyint(x);
}

} // namespace rollup_world
