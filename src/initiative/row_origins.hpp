// SPDX-License-Identifier: Apache-2.0
// Which file and row each of many appended rows came from, in a few bytes a batch.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <commonweal/network/network_builder.hpp>

namespace commonweal::inline v0::detail {

/// Batches that follow one another in a file take no memory of their own.
class row_origins {
 public:
  /// `count` rows, numbered on from those before, begin at from.first_row of from.file.
  void add(const origin& from, std::uint64_t count) {
    if (count == 0) return;
    const bool follows =
        !runs_.empty() && runs_.back().from.file == from.file &&
        runs_.back().from.first_row + static_cast<std::int64_t>(next_ - runs_.back().first) == from.first_row;
    if (!follows) runs_.push_back({next_, from});
    next_ += count;
  }
  [[nodiscard]] std::uint64_t size() const { return next_; }
  [[nodiscard]] const std::string& file(std::uint64_t number) const { return run_of(number).from.file; }
  [[nodiscard]] std::int64_t row(std::uint64_t number) const {
    const auto& r = run_of(number);
    return r.from.first_row + static_cast<std::int64_t>(number - r.first);
  }
  /// "row 12", or "row 12 of other.csv" where it is not of `here`.
  [[nodiscard]] std::string name(std::uint64_t number, const std::string& here) const {
    std::string out = "row " + std::to_string(row(number));
    if (file(number) != here) out += " of " + file(number);
    return out;
  }

 private:
  struct run {
    std::uint64_t first;
    origin from;
  };
  [[nodiscard]] const run& run_of(std::uint64_t number) const {
    auto it =
        std::upper_bound(runs_.begin(), runs_.end(), number, [](std::uint64_t n, const run& r) { return n < r.first; });
    return *std::prev(it);
  }
  std::vector<run> runs_;
  std::uint64_t next_ = 0;
};

} // namespace commonweal::inline v0::detail
