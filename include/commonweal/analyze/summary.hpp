// SPDX-License-Identifier: Apache-2.0
// Mean, standard deviation, lag-1 autocorrelation and order statistics of one series.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <commonweal/analyze/detail/compensated.hpp>
#include <commonweal/analyze/series.hpp>

namespace commonweal::inline v0 {

/// A field is missing (NaN) where the data does not determine it: everything but the counts for no data; `sd` for one
/// value; `lag1` for fewer than two neighbors or a constant series.
struct summary_result {
  std::size_t n = 0;
  std::size_t missing = 0;
  double minimum = missing_value;
  double maximum = missing_value;
  double median = missing_value;
  double mean = missing_value;
  double sd = missing_value;   ///< of the sample: divided by n - 1
  double lag1 = missing_value; ///< sum of d(t) d(t+1) over sum of d(t)^2, d the deviation from the mean
};

namespace detail {

/// REQUIRES: not empty; reorders. The mean of the two middle values for an even count. O(n).
[[nodiscard]] inline double median_of(std::vector<double>& x) {
  const auto middle = x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2);
  std::nth_element(x.begin(), middle, x.end());
  if (x.size() % 2 == 1) return *middle;
  const double below = *std::max_element(x.begin(), middle);
  return below + (*middle - below) / 2.0;
}

} // namespace detail

/// Missing values are left out; lag-1 products are taken only over neighboring periods that both have a value.
/// Sums carry twice the working precision, so the digits of the answer are limited by the digits of the data alone.
/// O(n). Throws invalid_data for an infinite value.
[[nodiscard]] inline summary_result summarize(const series_view& s) {
  detail::require_finite_or_missing(s);
  summary_result out;
  std::vector<double> present;
  present.reserve(s.size());
  for (const double x : s.value)
    if (!std::isnan(x)) present.push_back(x);
  out.n = present.size();
  out.missing = s.size() - out.n;
  if (out.n == 0) return out;

  const auto mean = detail::divided(detail::sum_of(s.value), static_cast<double>(out.n));
  out.mean = mean.value();
  detail::twofold squares;
  detail::twofold products;
  double before = missing_value;
  bool neighbors = false;
  for (const double x : s.value) {
    if (std::isnan(x)) {
      before = missing_value;
      continue;
    }
    const double d = (detail::twofold{x, 0.0} - mean).value();
    squares = squares + detail::exact_multiply(d, d);
    if (!std::isnan(before)) {
      products = products + detail::exact_multiply(before, d);
      neighbors = true;
    }
    before = d;
  }
  if (out.n > 1) out.sd = std::sqrt(squares.value() / static_cast<double>(out.n - 1));
  if (neighbors && squares.value() > 0.0) out.lag1 = products.value() / squares.value();
  const auto [low, high] = std::minmax_element(present.begin(), present.end());
  out.minimum = *low;
  out.maximum = *high;
  out.median = detail::median_of(present);
  return out;
}

/// One row for each series: series, n, missing, minimum, maximum, median, mean, sd, lag1.
[[nodiscard]] inline table summarize(std::span<const measured_series> all) {
  table out({{"series", column_type::utf8},
             {"n", column_type::int64},
             {"missing", column_type::int64},
             {"minimum", column_type::float64},
             {"maximum", column_type::float64},
             {"median", column_type::float64},
             {"mean", column_type::float64},
             {"sd", column_type::float64},
             {"lag1", column_type::float64}});
  for (const auto& one : all) {
    const auto r = summarize(one.values);
    using detail::number_cell;
    out.append_row({std::string_view(one.name), detail::count_cell(r.n), detail::count_cell(r.missing),
                    number_cell(r.minimum), number_cell(r.maximum), number_cell(r.median), number_cell(r.mean),
                    number_cell(r.sd), number_cell(r.lag1)});
  }
  return out;
}

} // namespace commonweal::inline v0
