// SPDX-License-Identifier: Apache-2.0
// A fixed 64-bit mixing hash: the same on every machine, in headers alone. Not against attackers.
#pragma once

#include <cstdint>
#include <initializer_list>

namespace commonweal::inline v0::engine::detail {

/// Source: the finalizer of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014, variant 13 of D.
/// Stafford).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

[[nodiscard]] constexpr std::uint64_t hash_of(std::initializer_list<std::uint64_t> words) {
  std::uint64_t state = 0;
  for (const std::uint64_t word : words) state = mix(state ^ word) + 0x9e3779b97f4a7c15U;
  return state;
}

} // namespace commonweal::inline v0::engine::detail
