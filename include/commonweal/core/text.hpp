// SPDX-License-Identifier: Apache-2.0
// Text for people: display width of UTF-8, wrapping, and numbers as a reader wants them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace commonweal::inline v0::text {

/// Columns that UTF-8 text takes on a terminal: 2 for East Asian wide characters, 0 for combining marks.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text on one line and safe to print, so that data cannot steer a terminal: line breaks and tabs become blanks;
/// other controls and bidirectional controls are written out ("\x1b", "\u202e"); bytes that are not UTF-8 become
/// U+FFFD.
[[nodiscard]] std::string clean(std::string_view text);

/// Plain ASCII: typographic dashes and quotes become their plain forms, any other character a question mark.
[[nodiscard]] std::string to_ascii(std::string_view text);

/// At most `width` columns; what is cut off the end is marked by an ellipsis ("~" in ASCII).
[[nodiscard]] std::string cut(std::string_view text, std::size_t width, bool ascii = false);

/// Blanks added on the right (left) up to `width` columns.
[[nodiscard]] std::string pad_right(std::string_view text, std::size_t width);
[[nodiscard]] std::string pad_left(std::string_view text, std::size_t width);

/// Lines of at most `width` columns, broken at blanks (never before a percent sign); a word longer than a line is
/// broken where it must be.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// An integer with thousands separated: 1,234,567.
[[nodiscard]] std::string grouped(std::int64_t value);

/// A number for reading: thousands separated, all digits of a whole number, else `significant` digits and never
/// fewer than the whole part has: 1,234,567; 1,234.6; 0.01235; 1.5e-07.
[[nodiscard]] std::string human(double value, int significant = 5);

/// A share of 1 as whole percent, "67 %"; never 100 % or 0 % unless it is exactly so: "99.9 %", "0.1 %".
[[nodiscard]] std::string percent(double share);
/// A relative change with its sign and one decimal where it matters: "-31 %", "+0.4 %", "+250 %".
[[nodiscard]] std::string signed_percent(double change);

/// "1 report", "2 reports", "1,024 reports".
[[nodiscard]] std::string counted(std::size_t n, std::string_view singular, std::string_view plural = {});

/// "a, b, c", or with other words between.
template <class Names>
[[nodiscard]] std::string joined(const Names& names, std::string_view between = ", ") {
  std::string out;
  for (const auto& n : names) out.append(out.empty() ? std::string_view() : between).append(n);
  return out;
}

/// "a", "a and b", "a, b and c".
[[nodiscard]] std::string enumeration(const std::vector<std::string>& items);

} // namespace commonweal::inline v0::text

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/core/detail/text_impl.hpp>
#endif
