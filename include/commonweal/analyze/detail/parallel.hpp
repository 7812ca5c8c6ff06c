// SPDX-License-Identifier: Apache-2.0
// Many independent series, where the caller wants them run.
#pragma once

#include <algorithm>
#include <cstddef>

#include <commonweal/core/executor.hpp>

namespace commonweal::inline v0::detail {

/// Calls work(first, last) for stretches that cover [0, n), several for each thread, so that a slow stretch or a late
/// thread does not keep the others waiting. The first exception of any stretch is thrown again in the caller after all
/// have ended.
template <class Work>
void for_each_stretch(std::size_t n, const executor& where, Work work) {
  constexpr std::size_t stretches_each = 8;
  const std::size_t count =
      where.width() <= 1 ? std::min<std::size_t>(n, 1) : std::min(n, stretches_each * where.width());
  if (count == 0) return;
  // Not n * k / count: that product may be too large for 32 bits.
  const auto start = [&](std::size_t k) { return n / count * k + std::min(k, n % count); };
  where.run(count, [&](std::size_t k) { work(start(k), start(k + 1)); });
}
template <class Work>
void for_each_stretch(std::size_t n, unsigned threads, Work work) {
  for_each_stretch(n, executor::threads(threads), std::move(work));
}

/// The executor of options that have both: `where`, or threads of one's own where it was left as it is.
[[nodiscard]] inline executor executor_of(const executor& where, unsigned threads) {
  return threads > 1 && where.width() <= 1 ? executor::threads(threads) : where;
}

} // namespace commonweal::inline v0::detail
