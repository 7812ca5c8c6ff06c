// SPDX-License-Identifier: Apache-2.0
// A straight line through one series, and where it leads, with intervals.
#pragma once

#include <cmath>
#include <cstddef>

#include <commonweal/analyze/detail/compensated.hpp>
#include <commonweal/analyze/detail/distributions.hpp>
#include <commonweal/analyze/series.hpp>

namespace commonweal::inline v0 {

/// Ordinary least squares of a series on its index (0 for the first period). Missing where not determined: no value at
/// all, a single one (no slope), two (no errors).
struct line_fit {
  std::size_t n = 0;
  double slope = missing_value;     ///< per period
  double intercept = missing_value; ///< at index 0
  double slope_se = missing_value;
  double residual_sd = missing_value; ///< divided by n - 2
  double r_squared = missing_value;
  double mean_index = missing_value;
  double mean_value = missing_value;
  double index_squares = missing_value; ///< sum of (index - mean)^2

  [[nodiscard]] bool has_slope() const { return n >= 2; }
  [[nodiscard]] bool has_errors() const { return n >= 3; }
  [[nodiscard]] double at(double index) const { return mean_value + slope * (index - mean_index); }
  /// Half the interval of the line itself at an index. REQUIRES: has_errors().
  [[nodiscard]] double line_margin(double index, double t) const {
    const double d = index - mean_index;
    return t * residual_sd * std::sqrt(1.0 / static_cast<double>(n) + d * d / index_squares);
  }
  /// Half the interval of one new value at an index. REQUIRES: has_errors().
  [[nodiscard]] double value_margin(double index, double t) const {
    const double d = index - mean_index;
    return t * residual_sd * std::sqrt(1.0 + 1.0 / static_cast<double>(n) + d * d / index_squares);
  }
  /// The quantile of Student's t for an interval of that confidence. REQUIRES: has_errors().
  [[nodiscard]] double t_quantile(double confidence) const {
    return detail::student_t_quantile(static_cast<double>(n) - 2.0, 0.5 + confidence / 2.0);
  }
};

/// Missing values are left out. The columns 1 and (index - mean index) are orthogonal, so their QR decomposition is
/// known in closed form: this is what Householder QR computes, without the matrix. O(n). Rejects infinities.
[[nodiscard]] inline line_fit fit_line(const series_view& s) {
  detail::require_finite_or_missing(s);
  line_fit out;
  double index_sum = 0.0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (std::isnan(s.value[i])) continue;
    ++out.n;
    index_sum += static_cast<double>(i);
  }
  if (out.n == 0) return out;
  const auto n = static_cast<double>(out.n);
  out.mean_index = index_sum / n;
  const auto mean = detail::divided(detail::sum_of(s.value), n);
  out.mean_value = mean.value();
  if (out.n == 1) return out;
  double squares = 0.0;
  double products = 0.0;
  double total = 0.0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (std::isnan(s.value[i])) continue;
    const double d = static_cast<double>(i) - out.mean_index;
    const double y = (detail::twofold{s.value[i], 0.0} - mean).value();
    squares += d * d;
    products += d * y;
    total += y * y;
  }
  out.index_squares = squares;
  out.slope = products / squares;
  out.intercept = out.mean_value - out.slope * out.mean_index;
  double rest = 0.0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (std::isnan(s.value[i])) continue;
    const double y = (detail::twofold{s.value[i], 0.0} - mean).value();
    const double r = y - out.slope * (static_cast<double>(i) - out.mean_index);
    rest += r * r;
  }
  if (total > 0.0) out.r_squared = std::max(0.0, 1.0 - rest / total);
  if (out.n == 2) return out;
  out.residual_sd = std::sqrt(rest / (n - 2.0));
  out.slope_se = out.residual_sd / std::sqrt(squares);
  return out;
}

} // namespace commonweal::inline v0
