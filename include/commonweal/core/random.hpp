// SPDX-License-Identifier: Apache-2.0
// A small seeded generator that gives the same numbers on every platform.
#pragma once

#include <cstdint>

namespace commonweal::inline v0 {

/// splitmix64 (Steele, Lea and Flood, OOPSLA 2014): one 64-bit word of state, any seed is good. Not for secrets.
class seeded_random {
 public:
  explicit constexpr seeded_random(std::uint64_t seed = 0) : state_(seed) {}

  constexpr std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }
  /// Uniform in [0, 1).
  constexpr double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

} // namespace commonweal::inline v0
