// SPDX-License-Identifier: Apache-2.0
// How fast this machine reads memory once, in order: the limit of any rollup.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

namespace read_probe {

inline volatile std::uint64_t sink; ///< keeps the reading from being left out

#if defined(__x86_64__)
__attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#endif
inline std::uint64_t
fold(const std::uint64_t* words, std::size_t count) {
  std::uint64_t lanes[64] = {};
  for (std::size_t i = 0; i + 64 <= count; i += 64) {
    for (std::size_t k = 0; k < 64; ++k) lanes[k] ^= words[i + k];
  }
  std::uint64_t all = 0;
  for (const std::uint64_t lane : lanes) all ^= lane;
  return all;
}

/// Reads `count` doubles on so many threads, each its own share.
inline void read(const double* data, std::size_t count, unsigned threads) {
  const auto* words = reinterpret_cast<const std::uint64_t*>(data);
  std::vector<std::uint64_t> parts(threads);
  std::vector<std::jthread> helpers;
  const auto share = [&](unsigned t) {
    const std::size_t begin = count * t / threads, end = count * (t + 1) / threads;
    parts[t] = fold(words + begin, end - begin);
  };
  for (unsigned t = 1; t < threads; ++t) helpers.emplace_back(share, t);
  share(0);
  helpers.clear();
  for (const std::uint64_t part : parts) sink = sink ^ part;
}

} // namespace read_probe
