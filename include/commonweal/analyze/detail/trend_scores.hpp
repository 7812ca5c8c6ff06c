// SPDX-License-Identifier: Apache-2.0
// What the tests for trends share: scores, their variance, their probability.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>

#include <commonweal/analyze/kendall.hpp>
#include <commonweal/analyze/trend.hpp>

namespace commonweal::inline v0::detail {

[[nodiscard]] inline double two_sided_p(double z) { return std::erfc(std::abs(z) / std::sqrt(2.0)); }

/// (S - sign S) / sqrt(var); zero for a score of zero, whatever the variance.
[[nodiscard]] inline double continuity_corrected(double s, double variance) {
  if (s == 0.0 || !(variance > 0.0)) return 0.0;
  return (s > 0.0 ? s - 1.0 : s + 1.0) / std::sqrt(variance);
}

/// Variance of the sum of the scores of columns that may depend on each other (Dietz and Killeen, JASA 76, 1981).
/// REQUIRES: columns of equal length, no NaN.
[[nodiscard]] inline double score_covariance(std::span<const double> x, std::span<const double> y) {
  const auto n = static_cast<double>(x.size());
  const auto k = static_cast<double>(bivariate_kendall(x, y).s);
  const auto rx = mid_ranks(x);
  const auto ry = mid_ranks(y);
  double products = 0.0;
  for (std::size_t i = 0; i < rx.size(); ++i) products += rx[i] * ry[i];
  return (k + 4.0 * products - n * (n + 1.0) * (n + 1.0)) / 3.0;
}

} // namespace commonweal::inline v0::detail
