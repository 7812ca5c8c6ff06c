// SPDX-License-Identifier: Apache-2.0
// Which counts could be behind a stated percentage, and which could not.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include <commonweal/core/error.hpp>

namespace commonweal::inline v0 {

/// k of n.
struct whole_share {
  std::int64_t count = 0;
  std::int64_t of = 0;
  friend bool operator==(const whole_share&, const whole_share&) = default;
};

namespace detail {

/// The percentage in units of its last stated decimal.
[[nodiscard]] inline std::int64_t stated_units(double percent, int decimals) {
  if (decimals < 0 || decimals > 6)
    throw error(error_code::invalid_argument, "a percentage is stated with 0 to 6 decimals");
  const double units = percent * std::pow(10.0, decimals);
  if (!(percent >= 0.0 && percent <= 100.0) || std::abs(units - std::nearbyint(units)) > 1e-6)
    throw error(error_code::invalid_argument,
                "a stated percentage lies between 0 and 100 and has no more decimals than " + std::to_string(decimals));
  return std::llround(units);
}

[[nodiscard]] inline std::string share_text(std::int64_t count, std::int64_t of, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f %%", decimals, 100.0 * static_cast<double>(count) / static_cast<double>(of));
  return text;
}

} // namespace detail

/// Every k for which k of n, as a percentage rounded to that many decimals, is the stated one; a half may have been
/// rounded either way. Empty when the statement is impossible. O(1). Throws invalid_argument for n < 1 or a percentage
/// outside 0 to 100.
[[nodiscard]] inline std::vector<std::int64_t> counts_behind(double percent, std::int64_t n, int decimals = 0) {
  if (n < 1 || n > 1'000'000'000)
    throw error(error_code::invalid_argument, "a share is of at least one and at most a billion");
  const std::int64_t stated = detail::stated_units(percent, decimals);
  std::int64_t whole = 100;
  for (int d = 0; d < decimals; ++d) whole *= 10;
  std::vector<std::int64_t> out;
  // |whole k / n - stated| <= 1/2, in whole numbers.
  const auto fits = [&](std::int64_t k) { return std::abs(2 * (whole * k - stated * n)) <= n; };
  const std::int64_t near = stated * n / whole;
  for (std::int64_t k = near; k >= 0 && fits(k); --k) out.insert(out.begin(), k);
  for (std::int64_t k = near + 1; k <= n && fits(k); ++k) out.push_back(k);
  return out;
}

/// Every whole share with `from` <= n <= `to` that the stated percentage could be.
[[nodiscard]] inline std::vector<whole_share> sizes_behind(double percent, std::int64_t from, std::int64_t to,
                                                           int decimals = 0) {
  std::vector<whole_share> out;
  for (std::int64_t n = std::max<std::int64_t>(from, 1); n <= to; ++n)
    for (const auto k : counts_behind(percent, n, decimals)) out.push_back({k, n});
  return out;
}

/// A sentence: "81 % of 34 is no whole count: 27 of 34 is 79.4 %, 28 of 34 is 82.4 %. The nearest size that allows it:
/// 26 of 32, 29 of 36."
[[nodiscard]] inline std::string explain_stated_percent(double percent, std::int64_t n, int decimals = 0) {
  const auto counts = counts_behind(percent, n, decimals);
  char stated[64];
  std::snprintf(stated, sizeof stated, "%.*f %%", decimals, percent);
  std::string out(stated);
  if (!counts.empty()) {
    out += " of " + std::to_string(n) + " is ";
    for (std::size_t i = 0; i < counts.size(); ++i) out += (i == 0 ? "" : " or ") + std::to_string(counts[i]);
    return out + " of " + std::to_string(n) + ".";
  }
  const auto below = static_cast<std::int64_t>(std::floor(percent * static_cast<double>(n) / 100.0));
  const auto text = [&](std::int64_t k) {
    return std::to_string(k) + " of " + std::to_string(n) + " is " + detail::share_text(k, n, decimals + 1);
  };
  out += " of " + std::to_string(n) + " is no whole count: " + text(below);
  if (below < n) out += ", " + text(below + 1);
  out += ".";
  std::vector<whole_share> near;
  for (std::int64_t step = 1; near.empty() && step <= n + 200; ++step) {
    for (const std::int64_t size : {n - step, n + step})
      if (size >= 1)
        for (const auto k : counts_behind(percent, size, decimals)) near.push_back({k, size});
  }
  if (near.empty()) return out;
  out += " The nearest size that allows it: ";
  for (std::size_t i = 0; i < near.size(); ++i)
    out += (i == 0 ? "" : ", ") + std::to_string(near[i].count) + " of " + std::to_string(near[i].of);
  return out + ".";
}

} // namespace commonweal::inline v0
