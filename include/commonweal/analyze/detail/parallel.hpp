// SPDX-License-Identifier: Apache-2.0
// Many independent series over a few threads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace commonweal::inline v0::detail {

/// Calls work(first, last) for stretches that cover [0, n); with one thread in the caller's own. The first exception of
/// any stretch is thrown again in the caller after all have ended.
template <class Work>
void for_each_stretch(std::size_t n, unsigned threads, Work work) {
  const std::size_t count = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(n, 1));
  if (count == 1) {
    work(std::size_t{0}, n);
    return;
  }
  std::exception_ptr failure;
  std::mutex guard;
  {
    std::vector<std::jthread> running;
    running.reserve(count);
    for (std::size_t k = 0; k < count; ++k)
      running.emplace_back([&, k] {
        try {
          work(n * k / count, n * (k + 1) / count);
        } catch (...) {
          const std::lock_guard lock(guard);
          if (!failure) failure = std::current_exception();
        }
      });
  }
  if (failure) std::rethrow_exception(failure);
}

} // namespace commonweal::inline v0::detail
