// SPDX-License-Identifier: Apache-2.0
// Reading and writing short runs of decimal digits, for dates and periods.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace commonweal::inline v0::detail {

/// The number written by 1 to 9 decimal digits and nothing else.
[[nodiscard]] constexpr std::optional<int> digits(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// Appends a non-negative number, padded with zeros on the left to `width`.
inline void append_padded(std::string& out, int value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

} // namespace commonweal::inline v0::detail
