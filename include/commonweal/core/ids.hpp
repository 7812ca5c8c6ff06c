// SPDX-License-Identifier: Apache-2.0
// Strong index types: an organization index is no group index, and neither is an integer.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace commonweal::inline v0 {

/// A dense, zero-based index that only compares with indices of the same Tag.
///
/// Holds four bytes; converts to no integer by itself. `invalid()` is the one value that names nothing.
template <class Tag>
struct strong_index {
  std::uint32_t value = UINT32_MAX;

  constexpr strong_index() = default;
  constexpr explicit strong_index(std::uint32_t v) : value(v) {}

  [[nodiscard]] static constexpr strong_index invalid() { return strong_index{}; }
  [[nodiscard]] constexpr bool valid() const { return value != UINT32_MAX; }
  friend constexpr auto operator<=>(strong_index, strong_index) = default;
};

} // namespace commonweal::inline v0

template <class Tag>
struct std::hash<commonweal::strong_index<Tag>> {
  std::size_t operator()(commonweal::strong_index<Tag> id) const noexcept {
    return std::hash<std::uint32_t>{}(id.value);
  }
};
