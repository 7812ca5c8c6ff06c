// SPDX-License-Identifier: Apache-2.0
// The standard deviation, free of cancellation and of the order of the values.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <commonweal/rollup/exact_sum.hpp>

namespace commonweal::inline v0::detail {

/// Adds a product exactly: the rounded product and what rounding took off. REQUIRES: it is within the range of doubles.
inline void add_product(exact_sum& sum, double a, double b) {
  const double product = a * b;
  sum.add(product);
  sum.add(std::fma(a, b, -product));
}

/// sqrt((n S2 - S1^2) / (n freedom)), where n S2 - S1^2 is formed exactly from the sums of values and of squares and
/// rounded once. `freedom` is n for a population, n - 1 for a sample. REQUIRES: freedom > 0. O(n).
[[nodiscard]] inline double standard_deviation(const std::vector<double>& values, std::size_t freedom) {
  double largest = 0;
  for (const double x : values) largest = std::max(largest, std::abs(x));
  if (largest == 0) return 0;
  // Scaling by a power of two is exact and keeps the squares within the range of doubles.
  const int scale = largest > 1e140 || largest < 1e-100 ? -std::ilogb(largest) : 0;
  const double n = static_cast<double>(values.size());
  exact_sum sum;
  exact_sum spread;
  for (const double raw : values) {
    const double x = std::ldexp(raw, scale);
    const double square = x * x;
    sum.add(x);
    add_product(spread, square, n);
    add_product(spread, std::fma(x, x, -square), n);
  }
  std::vector<double> pieces; // they add up to the sum exactly
  for (double piece = sum.value(); piece != 0; piece = sum.value()) {
    pieces.push_back(piece);
    sum.subtract(piece);
  }
  for (const double a : pieces)
    for (const double b : pieces) add_product(spread, -a, b);
  const double variance = std::max(0.0, spread.value()) / (n * static_cast<double>(freedom));
  return std::ldexp(std::sqrt(variance), -scale);
}

} // namespace commonweal::inline v0::detail
