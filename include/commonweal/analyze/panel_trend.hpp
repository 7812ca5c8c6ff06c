// SPDX-License-Identifier: Apache-2.0
// Trend tests over several series at once: do the reporters of a panel move together.
#pragma once

#include <commonweal/analyze/trend.hpp>
#include <cstddef>

namespace commonweal::inline v0 {

/// The fields of trend_result that a test over several series has.
struct joint_trend_result {
  trend_state state = trend_state::no_data;
  std::size_t series = 0; ///< series with at least two values
  std::size_t n = 0;      ///< values used
  double s = missing_value;
  double tau = missing_value;
  double var_s = missing_value;
  double z = missing_value;
  double p = missing_value;
  double slope = missing_value; ///< median of the slopes within the series, per period; of the first series for partial
  double intercept = missing_value; ///< of the first series, for partial only
  trend_direction trend = trend_direction::unknown;
};

/// Regional Kendall test (Helsel and Frans, Environ. Sci. Technol. 40, 2006): scores and variances of independent
/// series added up. Shape: series x periods. Missing values are left out series by series. O(cells log periods).
[[nodiscard]] joint_trend_result regional_trend(const panel_matrix& m, double confidence = 0.95);

/// As regional_trend, for series that depend on each other (Dietz and Killeen, JASA 76, 1981; Hirsch and Slack 1984):
/// the covariance of the scores is estimated from the periods in which every series has a value. No continuity
/// correction. O(series^2 periods log periods).
[[nodiscard]] joint_trend_result correlated_trend(const panel_matrix& m, double confidence = 0.95);

/// Partial Mann-Kendall test (Libiseller and Grimvall, Environmetrics 13, 2002): the trend of `y` beyond what the
/// covariate `x` explains, over the periods in which both have a value. O(n log n).
/// Throws invalid_argument when the two differ in length.
[[nodiscard]] joint_trend_result partial_trend(const series_view& y, const series_view& x, double confidence = 0.95);

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/panel_trend_impl.hpp>
#endif
