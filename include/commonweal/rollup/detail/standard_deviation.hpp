// SPDX-License-Identifier: Apache-2.0
// The standard deviation, free of cancellation and of the order of the values.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include <commonweal/rollup/exact_sum.hpp>

namespace commonweal::inline v0::detail {

/// Adds a product exactly: the rounded product and what rounding took off. REQUIRES: it is within the range of doubles.
inline void add_product(exact_sum& sum, double a, double b) {
  const double product = a * b;
  sum.add(product);
  sum.add(std::fma(a, b, -product));
}

/// Doubles that add up to the sum exactly, largest first.
[[nodiscard]] inline std::vector<double> pieces_of(exact_sum sum) {
  std::vector<double> pieces;
  for (double piece = sum.value(); piece != 0; piece = sum.value()) {
    pieces.push_back(piece);
    sum.subtract(piece);
  }
  return pieces;
}

/// sqrt((n S2 - S1^2) / (n freedom)), where n S2 - S1^2 is formed exactly from the sums of values and of squares and
/// rounded once. `freedom` is n for a population, n - 1 for a sample. REQUIRES: freedom > 0. O(n).
[[nodiscard]] inline double standard_deviation(std::span<const double> values, std::size_t freedom) {
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
  const auto pieces = pieces_of(sum);
  for (const double a : pieces)
    for (const double b : pieces) add_product(spread, -a, b);
  const double variance = std::max(0.0, spread.value()) / (n * static_cast<double>(freedom));
  return std::ldexp(std::sqrt(variance), -scale);
}

/// The same from the exact sums of n values and of their squares, to the bit.
/// REQUIRES: freedom > 0; magnitudes and lowest bits for which has_exact_squares().
[[nodiscard]] inline double standard_deviation(const exact_sum& sum, const exact_sum& squares, std::size_t n,
                                               std::size_t freedom) {
  exact_sum spread;
  for (const double piece : pieces_of(squares)) add_product(spread, piece, static_cast<double>(n));
  const auto pieces = pieces_of(sum);
  for (const double a : pieces)
    for (const double b : pieces) add_product(spread, -a, b);
  const double variance = std::max(0.0, spread.value()) / (static_cast<double>(n) * static_cast<double>(freedom));
  return std::sqrt(variance);
}

/// Whether squares of such values, and the differences of their sums, stay within the range of doubles.
[[nodiscard]] inline bool has_exact_squares(double largest, double lowest_bit) {
  return largest == 0 || (largest <= 1e140 && lowest_bit >= 0x1p-450);
}

} // namespace commonweal::inline v0::detail
