// SPDX-License-Identifier: Apache-2.0
// The constants of control charts, computed from their definitions.
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>

#include <commonweal/analyze/detail/distributions.hpp>
#include <commonweal/core/error.hpp>

namespace commonweal::inline v0::chart_constants {

namespace detail {
inline void require_at_least_two(std::size_t n) {
  if (n < 2) throw error(error_code::invalid_argument, "a chart constant is of a sample of at least two");
}
} // namespace detail

/// Mean range of n standard normal values: the integral of 1 - F(x)^n - (1 - F(x))^n. For two, 2 / sqrt(pi) = 1.128.
/// O(1). All constants throw invalid_argument for n < 2.
[[nodiscard]] inline double d2(std::size_t n) {
  detail::require_at_least_two(n);
  if (n == 2) return 2.0 / std::sqrt(std::numbers::pi);
  // The integrand is smooth and vanishes at both ends, where the trapezoid rule converges faster than any power.
  constexpr double reach = 12.0;
  constexpr int steps = 1536;
  const auto size = static_cast<double>(n);
  double sum = 0.0;
  for (int i = 0; i <= steps; ++i) {
    const double x = -reach + 2.0 * reach * i / steps;
    const double below = 0.5 * std::erfc(-x / std::numbers::sqrt2);
    const double above = 0.5 * std::erfc(x / std::numbers::sqrt2);
    sum += 1.0 - std::pow(below, size) - std::pow(above, size);
  }
  return sum * 2.0 * reach / steps;
}

/// Standard deviation of the range of two standard normal values: sqrt(2 - 4 / pi) = 0.853.
[[nodiscard]] inline double d3_of_two() { return std::sqrt(2.0 - 4.0 / std::numbers::pi); }

/// Upper limit of a moving range over its mean: 1 + 3 d3 / d2 = 3.267.
[[nodiscard]] inline double D4_of_two() { return 1.0 + 3.0 * d3_of_two() / d2(2); }

/// Mean sample standard deviation of n standard normal values: sqrt(2 / (n - 1)) gamma(n / 2) / gamma((n - 1) / 2).
[[nodiscard]] inline double c4(std::size_t n) {
  detail::require_at_least_two(n);
  const double half = (static_cast<double>(n) - 1.0) / 2.0;
  return 1.0 / (v0::detail::gamma_delta_ratio(half, 0.5) * std::sqrt(half));
}

/// Limits of the mean over the mean standard deviation: 3 / (c4 sqrt(n)).
[[nodiscard]] inline double A3(std::size_t n) { return 3.0 / (c4(n) * std::sqrt(static_cast<double>(n))); }

/// Standard deviation of s over its mean: sqrt(1 - c4^2) / c4.
[[nodiscard]] inline double relative_sd_of_s(std::size_t n) {
  const double c = c4(n);
  return std::sqrt(1.0 - c * c) / c;
}

/// Limits of s over the mean of s: B3 = max(0, 1 - 3 sqrt(1 - c4^2) / c4), B4 = 1 + 3 sqrt(1 - c4^2) / c4.
[[nodiscard]] inline double B3(std::size_t n) { return std::max(0.0, 1.0 - 3.0 * relative_sd_of_s(n)); }
[[nodiscard]] inline double B4(std::size_t n) { return 1.0 + 3.0 * relative_sd_of_s(n); }

/// The exponent that makes exponential waiting times nearly normal (Nelson, J. Quality Technology 26, 1994).
inline constexpr double waiting_time_power = 1.0 / 3.6;

} // namespace commonweal::inline v0::chart_constants
