// SPDX-License-Identifier: Apache-2.0
// The geometric mean, to the nearest double, free of overflow and of the order of the values.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace commonweal::inline v0::detail {

/// A product of positive doubles, (high + low) x 2^exponent. Each factor puts it off by less than 2^-100 of itself.
struct scaled_product {
  double high = 0.5, low = 0; ///< 0.5 <= high < 1
  std::int64_t exponent = 1;

  void multiply(double by) {
    int scale = 0;
    by = std::frexp(by, &scale);
    const double product = high * by;
    const double rest = std::fma(high, by, -product) + low * by;
    const double sum = product + rest;
    low = rest - (sum - product);
    int carry = 0;
    high = std::frexp(sum, &carry);
    low = std::ldexp(low, -carry);
    exponent += std::int64_t{scale} + carry;
  }
};

/// The n-th root of the product of n values. REQUIRES: at least one, all of them positive and finite. O(n log n).
[[nodiscard]] inline double geometric_mean(std::span<const double> values) {
  std::vector<double> x(values.begin(), values.end());
  std::sort(x.begin(), x.end());
  scaled_product all;
  for (const double v : x) all.multiply(v);
  const auto n = static_cast<std::int64_t>(x.size());
  const double count = static_cast<double>(n);
  std::int64_t whole = all.exponent / n;
  if (whole * n > all.exponent) --whole;
  const std::int64_t left = all.exponent - whole * n;
  // The library's root is off by a few bits, which differ between machines; one step of Newton's method corrects it.
  const double guess = std::exp2((std::log2(all.high) + static_cast<double>(left)) / count);
  scaled_product power;
  for (std::int64_t k = 0; k < n; ++k) power.multiply(guess);
  const int shift = static_cast<int>(left - power.exponent);
  const double off = (std::ldexp(all.high, shift) - power.high) + (std::ldexp(all.low, shift) - power.low);
  const double root = std::ldexp(guess + guess * (off / power.high) / count, static_cast<int>(whole));
  return std::clamp(root, x.front(), x.back());
}

} // namespace commonweal::inline v0::detail
