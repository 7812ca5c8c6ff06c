// SPDX-License-Identifier: Apache-2.0
// Consecutive row numbers as a range (clang 14 cannot use the standard library's iota_view).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace commonweal::inline v0::detail {

class row_iterator {
 public:
  using iterator_category = std::random_access_iterator_tag;
  using value_type = std::uint32_t;
  using difference_type = std::int64_t;
  using pointer = const value_type*;
  using reference = value_type;

  constexpr row_iterator() = default;
  constexpr explicit row_iterator(std::uint32_t row) : row_(row) {}
  constexpr std::uint32_t operator*() const { return row_; }
  constexpr std::uint32_t operator[](difference_type n) const { return *(*this + n); }
  constexpr row_iterator& operator++() { return *this += 1; }
  constexpr row_iterator& operator--() { return *this += -1; }
  constexpr row_iterator operator++(int) {
    const auto before = *this;
    ++*this;
    return before;
  }
  constexpr row_iterator operator--(int) {
    const auto before = *this;
    --*this;
    return before;
  }
  constexpr row_iterator& operator+=(difference_type n) {
    row_ = static_cast<std::uint32_t>(row_ + n);
    return *this;
  }
  constexpr row_iterator& operator-=(difference_type n) { return *this += -n; }
  friend constexpr row_iterator operator+(row_iterator i, difference_type n) { return i += n; }
  friend constexpr row_iterator operator+(difference_type n, row_iterator i) { return i += n; }
  friend constexpr row_iterator operator-(row_iterator i, difference_type n) { return i += -n; }
  friend constexpr difference_type operator-(row_iterator a, row_iterator b) {
    return static_cast<difference_type>(a.row_) - static_cast<difference_type>(b.row_);
  }
  friend constexpr auto operator<=>(row_iterator, row_iterator) = default;

 private:
  std::uint32_t row_ = 0;
};

/// The rows from first up to but not including last.
struct row_range {
  std::uint32_t first = 0;
  std::uint32_t last = 0;

  [[nodiscard]] constexpr row_iterator begin() const { return row_iterator(first); }
  [[nodiscard]] constexpr row_iterator end() const { return row_iterator(last); }
  [[nodiscard]] constexpr std::size_t size() const { return last - first; }
  [[nodiscard]] constexpr bool empty() const { return first == last; }
  [[nodiscard]] constexpr std::uint32_t front() const { return first; }
  [[nodiscard]] constexpr std::uint32_t back() const { return last - 1; }
  [[nodiscard]] constexpr std::uint32_t operator[](std::size_t i) const {
    return first + static_cast<std::uint32_t>(i);
  }
};

} // namespace commonweal::inline v0::detail
