// SPDX-License-Identifier: Apache-2.0
// Bodies of core/text.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <commonweal/core/linkage.hpp>
#include <commonweal/core/text.hpp>
#include <commonweal/core/utf8.hpp>

namespace commonweal::inline v0::text {
namespace glyphs {

inline constexpr char32_t replacement = 0xFFFD;

struct decoded {
  char32_t code;
  std::size_t bytes;
  bool valid;
};

/// The code point that starts the (non-empty) text; a broken sequence is one byte and not valid.
inline decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = utf8_length(text);
  if (length == 0) return {replacement, 1, false};
  if (length == 1) return {byte(0), 1, true};
  char32_t code = byte(0) & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) code = code << 6 | (byte(i) & 0x3FU);
  return {code, length, true};
}

inline void encode(std::string& out, char32_t code) {
  const auto put = [&](char32_t b) { out += static_cast<char>(static_cast<unsigned char>(b)); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
  }
  put(0x80 | (code & 0x3F));
}

template <std::size_t N>
bool in_ranges(char32_t code, const std::array<std::array<char32_t, 2>, N>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const auto& r) { return code >= r[0] && code <= r[1]; });
}

// Unicode 15: blocks of combining marks and format characters (no column), and of East Asian Width W and F (two).
inline constexpr std::array<std::array<char32_t, 2>, 14> narrowest = {{{0x300, 0x36F},
                                                                       {0x483, 0x489},
                                                                       {0x591, 0x5BD},
                                                                       {0x610, 0x61A},
                                                                       {0x64B, 0x65F},
                                                                       {0x1AB0, 0x1AFF},
                                                                       {0x1DC0, 0x1DFF},
                                                                       {0x200B, 0x200F},
                                                                       {0x202A, 0x202E},
                                                                       {0x2060, 0x2064},
                                                                       {0x20D0, 0x20FF},
                                                                       {0xFE00, 0xFE0F},
                                                                       {0xFE20, 0xFE2F},
                                                                       {0xFEFF, 0xFEFF}}};
inline constexpr std::array<std::array<char32_t, 2>, 12> widest = {{{0x1100, 0x115F},
                                                                    {0x2E80, 0x303E},
                                                                    {0x3041, 0x33FF},
                                                                    {0x3400, 0x4DBF},
                                                                    {0x4E00, 0x9FFF},
                                                                    {0xA000, 0xA4CF},
                                                                    {0xAC00, 0xD7A3},
                                                                    {0xF900, 0xFAFF},
                                                                    {0xFE30, 0xFE6F},
                                                                    {0xFF00, 0xFF60},
                                                                    {0x1F300, 0x1F9FF},
                                                                    {0x20000, 0x3FFFD}}};

/// Controls, the separators of lines and paragraphs, and Unicode's Bidi_Control.
inline bool steers_a_terminal(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x61C || code == 0x200E || code == 0x200F ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

/// "\\x1b", "\\u202e".
inline void write_out(std::string& out, char32_t code) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += code < 0x100 ? "\\x" : "\\u";
  for (int shift = code < 0x100 ? 4 : 12; shift >= 0; shift -= 4) out += digits[code >> shift & 0xF];
}

inline std::size_t columns_of(char32_t code) {
  if (code < 0x20 || (code >= 0x7F && code < 0xA0)) return 0;
  if (code < 0x300) return 1;
  if (in_ranges(code, narrowest)) return 0;
  return in_ranges(code, widest) ? 2 : 1;
}

/// Bytes of the longest prefix that takes at most `width` columns.
inline std::size_t prefix_within(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto d = decode(text.substr(at));
    const auto w = columns_of(d.code);
    if (used + w > width) break;
    used += w;
    at += d.bytes;
  }
  return at;
}

inline std::string with_separators(std::string digits) {
  const std::size_t sign = !digits.empty() && digits[0] == '-' ? 1 : 0;
  auto whole = std::min(digits.find('.'), digits.size());
  while (whole > sign + 3) {
    whole -= 3;
    digits.insert(whole, 1, ',');
  }
  return digits;
}

inline std::string fixed(double value, int decimals) {
  std::array<char, 400> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
  return {buffer.data(), end.ptr};
}

inline std::string without_trailing_zeros(std::string digits) {
  if (digits.find('.') == std::string::npos) return digits;
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits == "-0" ? "0" : digits;
}

} // namespace glyphs

using namespace glyphs;

COMMONWEAL_BODY std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const auto d = decode(text);
    width += columns_of(d.code);
    text.remove_prefix(d.bytes);
  }
  return width;
}

COMMONWEAL_BODY std::string clean(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto d = decode(text);
    if (d.code >= 0x09 && d.code <= 0x0D) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (steers_a_terminal(d.code)) {
      write_out(out, d.code);
    } else {
      encode(out, d.code);
    }
    text.remove_prefix(d.bytes);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

COMMONWEAL_BODY std::string to_ascii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto d = decode(text);
    text.remove_prefix(d.bytes);
    switch (d.code) {
      case 0x2010:
      case 0x2011:
      case 0x2012:
      case 0x2013:
      case 0x2014:
      case 0x2212: out += '-'; break;
      case 0x2018:
      case 0x2019: out += '\''; break;
      case 0x201C:
      case 0x201D: out += '"'; break;
      case 0x2026: out += "..."; break;
      case 0xA0:
      case 0x202F:
      case 0x2009: out += ' '; break;
      case 0xB7:
      case 0x2022: out += '*'; break;
      case 0xD7: out += 'x'; break;
      default:
        if (d.code < 0x80) out += static_cast<char>(d.code);
        else if (columns_of(d.code) > 0) out += '?';
    }
  }
  return out;
}

COMMONWEAL_BODY std::string cut(std::string_view text, std::size_t width, bool ascii) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  return std::string(text.substr(0, prefix_within(text, width - 1))) + (ascii ? "~" : "…");
}

COMMONWEAL_BODY std::string pad_right(std::string_view text, std::size_t width) {
  const auto used = display_width(text);
  return std::string(text) + std::string(width > used ? width - used : 0, ' ');
}

COMMONWEAL_BODY std::string pad_left(std::string_view text, std::size_t width) {
  const auto used = display_width(text);
  return std::string(width > used ? width - used : 0, ' ') + std::string(text);
}

COMMONWEAL_BODY std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  width = std::max<std::size_t>(width, 2); // the widest character takes two columns
  std::vector<std::string> lines;
  std::string line;
  std::size_t at = 0;
  while (at < text.size()) {
    at = text.find_first_not_of(' ', at);
    if (at == std::string_view::npos) break;
    auto end = std::min(text.find(' ', at), text.size());
    while (end + 1 < text.size() && text[end + 1] == '%') end = std::min(text.find(' ', end + 1), text.size());
    auto word = text.substr(at, end - at);
    at += word.size();
    if (!line.empty() && display_width(line) + 1 + display_width(word) > width)
      lines.push_back(std::move(line)), line.clear();
    while (display_width(word) > width) {
      const auto bytes = prefix_within(word, width);
      lines.emplace_back(word.substr(0, bytes));
      word.remove_prefix(bytes);
    }
    if (word.empty()) continue;
    if (!line.empty()) line += ' ';
    line += word;
  }
  if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
  return lines;
}

COMMONWEAL_BODY std::string grouped(std::int64_t value) { return with_separators(std::to_string(value)); }

COMMONWEAL_BODY std::string human(double value, int significant) {
  if (!std::isfinite(value)) return std::isnan(value) ? "NaN" : value < 0 ? "-inf" : "inf";
  const double size = std::fabs(value);
  if (size == 0) return "0";
  if (size >= 1e15 || size < 1e-5) {
    std::array<char, 64> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific,
                                   significant - 1);
    std::string text(buffer.data(), end.ptr);
    const auto e = text.find('e');
    return without_trailing_zeros(text.substr(0, e)) + text.substr(e);
  }
  if (value == std::floor(value)) return with_separators(fixed(value, 0));
  const int whole_digits = static_cast<int>(std::floor(std::log10(size))) + 1;
  return with_separators(without_trailing_zeros(fixed(value, std::max(0, significant - whole_digits))));
}

COMMONWEAL_BODY std::string percent(double share) {
  const double p = share * 100;
  const double rounded = std::round(p);
  if ((rounded >= 100 && p < 100) || (rounded <= 0 && p > 0))
    return p > 50 ? (p < 99.95 ? fixed(p, 1) : "99.9") + " %" : (p >= 0.05 ? fixed(p, 1) : "0.1") + " %";
  return fixed(rounded == 0 ? 0.0 : rounded, 0) + " %";
}

COMMONWEAL_BODY std::string signed_percent(double change) {
  const double p = std::fabs(change * 100);
  const bool small = p < 9.95 && std::fabs(p - std::round(p)) >= 0.05;
  std::string digits = small ? fixed(p, 1) : with_separators(fixed(std::round(p), 0));
  if (p > 0 && p < 0.05) digits = "0.0";
  const bool zero = p == 0;
  return (zero ? "" : change < 0 ? "-" : "+") + digits + " %";
}

COMMONWEAL_BODY std::string counted(std::size_t n, std::string_view singular, std::string_view plural) {
  std::string out = grouped(static_cast<std::int64_t>(n)) + " ";
  if (n == 1) return out += singular;
  return plural.empty() ? out.append(singular) + "s" : out.append(plural);
}

COMMONWEAL_BODY std::string enumeration(const std::vector<std::string>& items) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 == items.size() ? " and " : ", ";
    out += items[i];
  }
  return out;
}

} // namespace commonweal::inline v0::text
