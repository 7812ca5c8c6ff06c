// SPDX-License-Identifier: Apache-2.0
// Some of the vertices of a network, numbered 0, 1, ... again, and back.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace commonweal::inline v0::detail {

/// All vertices cost nothing; some cost four bytes each, and a quarter of a byte for every vertex there is. O(1) both
/// ways.
class vertex_subset {
 public:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  explicit vertex_subset(std::uint32_t all) : size_(all) {}
  template <class Keep>
  vertex_subset(std::uint32_t all, const Keep& keep) : whole_(false), blocks_(all / 64 + 1) {
    for (std::uint32_t v = 0; v < all; ++v) {
      if (v % 64 == 0) blocks_[v / 64].before = static_cast<std::uint32_t>(members_.size());
      if (!keep(v)) continue;
      blocks_[v / 64].bits |= std::uint64_t{1} << (v % 64);
      members_.push_back(v);
    }
    size_ = static_cast<std::uint32_t>(members_.size());
  }

  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] bool whole() const { return whole_; }
  /// The number of a vertex within the subset, or none.
  [[nodiscard]] std::uint32_t number(std::uint32_t v) const {
    if (whole_) return v;
    const auto& b = blocks_[v / 64];
    const auto bit = std::uint64_t{1} << (v % 64);
    if ((b.bits & bit) == 0) return none;
    return b.before + static_cast<std::uint32_t>(std::popcount(b.bits & (bit - 1)));
  }
  [[nodiscard]] std::uint32_t member(std::uint32_t number) const { return whole_ ? number : members_[number]; }

 private:
  struct block {
    std::uint64_t bits = 0;
    std::uint32_t before = 0;
  };
  bool whole_ = true;
  std::uint32_t size_ = 0;
  std::vector<block> blocks_;
  std::vector<std::uint32_t> members_;
};

} // namespace commonweal::inline v0::detail
