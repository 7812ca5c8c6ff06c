// SPDX-License-Identifier: Apache-2.0
// Twice the working precision, for the few sums whose rounding would show.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>

namespace commonweal::inline v0::detail {

/// An unevaluated sum high + low with |low| at most half a unit in the last place of high.
///
/// Source: Dekker, Numerische Mathematik 18 (1971); Ogita, Rump and Oishi, SIAM J. Sci. Comput. 26 (2005).
struct twofold {
  double high = 0.0;
  double low = 0.0;

  [[nodiscard]] double value() const { return high + low; }
};

/// The exact sum of two doubles (Knuth).
[[nodiscard]] inline twofold exact_add(double a, double b) {
  const double sum = a + b;
  const double part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

/// The exact product of two doubles.
[[nodiscard]] inline twofold exact_multiply(double a, double b) {
  const double product = a * b;
  return {product, std::fma(a, b, -product)};
}

[[nodiscard]] inline twofold renormalized(double high, double low) {
  const double sum = high + low;
  return {sum, low - (sum - high)};
}

[[nodiscard]] inline twofold operator+(twofold a, twofold b) {
  const auto high = exact_add(a.high, b.high);
  const auto low = exact_add(a.low, b.low);
  const auto once = renormalized(high.high, high.low + low.high);
  return renormalized(once.high, once.low + low.low);
}
[[nodiscard]] inline twofold operator-(twofold a) { return {-a.high, -a.low}; }
[[nodiscard]] inline twofold operator-(twofold a, twofold b) { return a + -b; }
[[nodiscard]] inline twofold operator*(twofold a, twofold b) {
  const auto product = exact_multiply(a.high, b.high);
  return renormalized(product.high, product.low + (a.high * b.low + a.low * b.high));
}

/// The sum of the values that are not NaN, as if summed in twice the precision and then rounded: the errors of the
/// additions, each known exactly, are summed beside them (Sum2 of Ogita, Rump and Oishi). O(n).
[[nodiscard]] inline twofold sum_of(std::span<const double> values) {
  double sum = 0.0;
  double errors = 0.0;
  for (const double x : values) {
    const auto next = exact_add(sum, std::isnan(x) ? 0.0 : x);
    sum = next.high;
    errors += next.low;
  }
  return exact_add(sum, errors);
}

/// total / n in twice the precision.
[[nodiscard]] inline twofold divided(twofold total, double n) {
  const double high = total.value() / n;
  const auto back = exact_multiply(high, n);
  const auto rest = total - back;
  return renormalized(high, rest.value() / n);
}

} // namespace commonweal::inline v0::detail
