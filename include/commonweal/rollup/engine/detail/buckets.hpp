// SPDX-License-Identifier: Apache-2.0
// buckets: items grouped by a small integer key, in one array with offsets (compressed rows).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace commonweal::inline v0::engine::detail {

/// For each key in [0, keys), the indices of the items that have it, in their order. A counting sort:
/// O(items + keys).
class buckets {
 public:
  buckets() = default;
  template <class Key_of>
  buckets(std::size_t keys, std::size_t items, Key_of key_of) : begin_(keys + 1), item_(items) {
    for (std::size_t i = 0; i < items; ++i) ++begin_[static_cast<std::size_t>(key_of(i)) + 1];
    for (std::size_t k = 0; k < keys; ++k) begin_[k + 1] += begin_[k];
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
    for (std::size_t i = 0; i < items; ++i) {
      item_[next[static_cast<std::size_t>(key_of(i))]++] = static_cast<std::uint32_t>(i);
    }
  }

  [[nodiscard]] std::span<const std::uint32_t> operator[](std::size_t key) const {
    return std::span(item_).subspan(begin_[key], begin_[key + 1] - begin_[key]);
  }
  [[nodiscard]] std::span<const std::uint32_t> offsets() const { return begin_; }
  [[nodiscard]] std::span<const std::uint32_t> items() const { return item_; }

 private:
  std::vector<std::uint32_t> begin_, item_;
};

} // namespace commonweal::inline v0::engine::detail
