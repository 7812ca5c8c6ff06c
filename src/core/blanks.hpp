// SPDX-License-Identifier: Apache-2.0
// What counts as blank around a name or a value: spaces that are seen, and those that are not.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace commonweal::inline v0::detail {

/// Length of the blank that begins at (ends before) an end of `s`: ASCII white space, the spaces of Unicode, and marks
/// without a width that come along when text is pasted; 0 where there is none.
template <class Fits>
[[nodiscard]] std::size_t blank_at(std::string_view s, Fits fits) {
  if (s.empty()) return 0;
  for (const char c : {' ', '\t', '\r', '\n', '\v', '\f'})
    if (fits(s, std::string_view(&c, 1))) return 1;
  constexpr std::array<std::string_view, 26> wide = {
      "\xC2\xA0",     "\xC2\x85",     "\xC2\xAD", // no-break space, next line, soft hyphen
      "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83", // U+1680, U+2000 on
      "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A",
      "\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D", "\xE2\x80\x8E", "\xE2\x80\x8F", // zero width, marks of direction
      "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF"};
  for (const auto w : wide)
    if (fits(s, w)) return w.size();
  return 0;
}

/// `s` without the blanks around it. O(length of the blanks).
[[nodiscard]] inline std::string_view trim_blanks(std::string_view s) {
  const auto begins = [](std::string_view text, std::string_view w) { return text.starts_with(w); };
  const auto ends = [](std::string_view text, std::string_view w) { return text.ends_with(w); };
  const auto plain = [](char c) { return c > ' ' && c < '\x7F'; };
  while (!s.empty() && !plain(s.front())) {
    const auto n = blank_at(s, begins);
    if (n == 0) break;
    s.remove_prefix(n);
  }
  while (!s.empty() && !plain(s.back())) {
    const auto n = blank_at(s, ends);
    if (n == 0) break;
    s.remove_suffix(n);
  }
  return s;
}

} // namespace commonweal::inline v0::detail
