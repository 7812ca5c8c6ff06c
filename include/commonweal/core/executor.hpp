// SPDX-License-Identifier: Apache-2.0
// executor: where the engine's independent tasks run, how they are watched, and how they are stopped.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <commonweal/core/detail/thread_exit.hpp>
#include <commonweal/core/error.hpp>

namespace commonweal::inline v0 {

/// Runs tasks 0 .. n-1, each once, in any order, and returns when all are done.
///
/// The default runs them one after the other. `threads(n)` starts n - 1 threads for the call and joins them
/// before it returns: no pool stays behind. `custom` hands the loop to the caller's own pool. Answers never
/// depend on it. Progress is told after each task, one call at a time, as the share done; false stops the
/// work, and `run` throws error_code::cancelled. The first exception of a task stops the others and is thrown
/// again.
class executor {
 public:
  using task = std::function<void(std::size_t)>;
  using loop = std::function<void(std::size_t tasks, const task& run)>;
  using progress = std::function<bool(double)>;

  executor() = default;
  [[nodiscard]] static executor threads(unsigned count) {
    executor e;
    e.threads_ = count == 0 ? 1 : count;
    return e;
  }
  [[nodiscard]] static executor custom(loop run_all, unsigned width) {
    executor e;
    e.custom_ = std::move(run_all);
    e.threads_ = width == 0 ? 1 : width;
    return e;
  }
  /// The same, watched.
  [[nodiscard]] executor with(progress watch) const {
    executor e = *this;
    e.watch_ = std::move(watch);
    return e;
  }
  /// The same, on the calling thread if there is less to do than threads are worth (bytes to read).
  [[nodiscard]] executor for_size(std::size_t bytes) const {
    executor e = *this;
    if (bytes < worth_a_thread) {
      e.threads_ = 1;
      e.custom_ = nullptr;
    }
    return e;
  }
  [[nodiscard]] unsigned width() const { return threads_; }

  void run(std::size_t tasks, const task& one) const;

  static constexpr std::size_t worth_a_thread = std::size_t{8} << 20;

 private:
  unsigned threads_ = 1;
  loop custom_;
  progress watch_;
};

inline void executor::run(std::size_t tasks, const task& one) const {
  std::atomic<bool> stop{false};
  std::mutex guard; // of what follows, and of the calls to watch_
  std::exception_ptr failure;
  std::size_t done = 0;
  const auto guarded = [&](std::size_t i) {
    if (stop.load(std::memory_order_relaxed)) return;
    try {
      one(i);
      const std::lock_guard lock(guard);
      ++done;
      if (watch_ && !stop && !watch_(static_cast<double>(done) / static_cast<double>(tasks))) {
        throw error(error_code::cancelled, "the rollup was stopped by its progress callback");
      }
    }
    COMMONWEAL_LET_THREAD_END
    catch (...) {
      const std::lock_guard lock(guard);
      if (!failure) failure = std::current_exception();
      stop = true;
    }
  };
  if (custom_) {
    custom_(tasks, guarded);
  } else {
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
      for (std::size_t i = next++; i < tasks; i = next++) guarded(i);
    };
    std::vector<std::jthread> helpers;
    for (std::size_t t = 1; t < threads_ && t < tasks; ++t) helpers.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);
}

} // namespace commonweal::inline v0
