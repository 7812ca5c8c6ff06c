// SPDX-License-Identifier: Apache-2.0
// The parts of which sentences about results are made: numbers with units, spans, shares, lists.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include <commonweal/analyze/reading.hpp>
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::detail {

[[nodiscard]] inline std::string digits_text(double x, int significant) {
  if (x == 0.0) return "0";
  const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(x))));
  if (std::abs(magnitude) > 14) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*g", significant, x);
    return text;
  }
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", std::max(0, significant - 1 - magnitude), x);
  std::string out(text);
  if (out.find('.') != std::string::npos) {
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
  }
  if (out == "-0") return std::string(1, '0');
  const std::size_t sign = out.front() == '-' ? 1 : 0;
  const std::size_t whole = std::min(out.find('.'), out.size());
  std::string grouped;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i > sign && i < whole && (whole - i) % 3 == 0) grouped.push_back(',');
    grouped.push_back(out[i]);
  }
  return grouped;
}

[[nodiscard]] inline std::string with_unit(const std::string& number, const std::string& unit) {
  return unit.empty() ? number : number + " " + unit;
}
[[nodiscard]] inline std::string quantity(double x, const measure_words& w, double beside = missing_value) {
  return with_unit(number_text(x, beside), w.unit);
}
/// The unit of a difference: percentages differ by percentage points.
[[nodiscard]] inline std::string difference(double x, const measure_words& w) {
  const auto number = number_text(x);
  if (w.unit == "%") return number + (number == "1" ? " percentage point" : " percentage points");
  return with_unit(number, w.unit);
}

[[nodiscard]] inline std::string capitalized(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

[[nodiscard]] inline std::string count_text(std::int64_t n) {
  static constexpr std::array<const char*, 13> words = {"no",    "one",   "two",  "three", "four",   "five",  "six",
                                                        "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  return n >= 0 && n < static_cast<std::int64_t>(words.size()) ? words[static_cast<std::size_t>(n)] : std::to_string(n);
}

/// "six years", "one month".
[[nodiscard]] inline std::string span_text(period from, period to) {
  const std::int64_t n = static_cast<std::int64_t>(to.ordinal()) - from.ordinal();
  return count_text(n) + " " + std::string(to_string(from.freq())) + (n == 1 ? "" : "s");
}

[[nodiscard]] inline std::string plural(std::size_t n, const std::string& one, const std::string& many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

[[nodiscard]] inline std::string direction_sentence(movement moved) {
  if (moved == movement::right) return " That is the wanted direction.";
  if (moved == movement::wrong) return " That is the wrong way.";
  return {};
}

} // namespace commonweal::inline v0::detail
