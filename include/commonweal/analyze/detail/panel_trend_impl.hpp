// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/panel_trend.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include <commonweal/analyze/detail/trend_scores.hpp>
#include <commonweal/analyze/panel_trend.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0 {

namespace detail {

inline void judge(joint_trend_result& out, double confidence) {
  out.p = two_sided_p(out.z);
  out.trend = !(out.p < 1.0 - confidence) || out.s == 0.0 ? trend_direction::flat
              : out.s > 0.0                               ? trend_direction::rising
                                                          : trend_direction::falling;
  out.state = out.var_s > 0.0 ? trend_state::ok : trend_state::constant;
}

/// The periods in which every series has a value, one vector for each series.
[[nodiscard]] inline std::vector<std::vector<double>> complete_periods(const panel_matrix& m) {
  std::vector<std::vector<double>> out(static_cast<std::size_t>(m.rows()));
  for (Eigen::Index c = 0; c < m.cols(); ++c) {
    if (m.col(c).array().isNaN().any()) continue;
    for (Eigen::Index r = 0; r < m.rows(); ++r) out[static_cast<std::size_t>(r)].push_back(m(r, c));
  }
  return out;
}

[[nodiscard]] inline double median_slope_within(const panel_matrix& m, std::size_t series) {
  slope_selector slopes;
  for (Eigen::Index r = 0; r < static_cast<Eigen::Index>(series); ++r) {
    for (Eigen::Index c = 0; c < m.cols(); ++c)
      if (!std::isnan(m(r, c))) slopes.add(static_cast<double>(c), m(r, c));
    slopes.end_group();
  }
  return slopes.pairs() > 0 ? slopes.median() : missing_value;
}

inline void require_finite_panel(const panel_matrix& m, double confidence) {
  require_confidence(confidence);
  if (m.array().isInf().any())
    throw error(error_code::invalid_data,
                "a panel holds an infinite value; leave the cell blank where nothing was measured");
}

} // namespace detail

COMMONWEAL_BODY joint_trend_result regional_trend(const panel_matrix& m, double confidence) {
  detail::require_finite_panel(m, confidence);
  joint_trend_result out;
  double pairs = 0.0;
  double s = 0.0;
  double variance = 0.0;
  kendall_workspace memory;
  std::vector<double> row;
  for (Eigen::Index r = 0; r < m.rows(); ++r) {
    row.clear();
    for (Eigen::Index c = 0; c < m.cols(); ++c)
      if (!std::isnan(m(r, c))) row.push_back(m(r, c));
    out.n += row.size();
    if (row.size() < 2) continue;
    ++out.series;
    const auto count = kendall_score(row, memory);
    s += static_cast<double>(count.s);
    variance += count.variance;
    pairs += static_cast<double>(count.pairs);
  }
  if (out.n == 0) return out;
  out.state = trend_state::too_few;
  if (out.series == 0) return out;
  out.s = s;
  out.tau = s / pairs;
  out.var_s = variance;
  out.z = detail::continuity_corrected(s, variance);
  out.slope = detail::median_slope_within(m, static_cast<std::size_t>(m.rows()));
  detail::judge(out, confidence);
  return out;
}

COMMONWEAL_BODY joint_trend_result correlated_trend(const panel_matrix& m, double confidence) {
  detail::require_finite_panel(m, confidence);
  joint_trend_result out;
  const auto rows = detail::complete_periods(m);
  if (rows.empty() || rows[0].empty()) return out;
  out.n = rows.size() * rows[0].size();
  out.state = trend_state::too_few;
  if (rows[0].size() < 2) return out;
  out.series = rows.size();
  double pairs = 0.0;
  out.s = 0.0;
  out.var_s = 0.0;
  for (std::size_t a = 0; a < rows.size(); ++a) {
    const auto count = kendall_score(rows[a]);
    out.s += static_cast<double>(count.s);
    pairs += static_cast<double>(count.pairs);
    for (std::size_t b = 0; b <= a; ++b) out.var_s += (a == b ? 1.0 : 2.0) * detail::score_covariance(rows[a], rows[b]);
  }
  out.tau = out.s / pairs;
  out.z = out.var_s > 0.0 ? out.s / std::sqrt(out.var_s) : 0.0;
  out.slope = detail::median_slope_within(m, static_cast<std::size_t>(m.rows()));
  detail::judge(out, confidence);
  return out;
}

COMMONWEAL_BODY joint_trend_result partial_trend(const series_view& y, const series_view& x, double confidence) {
  if (y.size() != x.size())
    throw error(error_code::invalid_argument, "a partial trend needs a covariate of the same length as the series");
  panel_matrix m(2, static_cast<Eigen::Index>(y.size()));
  for (std::size_t i = 0; i < y.size(); ++i) {
    m(0, static_cast<Eigen::Index>(i)) = y.value[i];
    m(1, static_cast<Eigen::Index>(i)) = x.value[i];
  }
  detail::require_finite_panel(m, confidence);
  joint_trend_result out;
  const auto both = detail::complete_periods(m);
  out.n = both[0].size();
  if (out.n == 0) return out;
  out.state = trend_state::too_few;
  if (out.n < 3) return out;
  out.series = 2;
  const auto own = kendall_score(both[0]);
  const auto covariate = kendall_score(both[1]);
  const auto n = static_cast<double>(out.n);
  const double untied = n * (n - 1.0) * (2.0 * n + 5.0) / 18.0;
  const double rho = detail::score_covariance(both[0], both[1]) / untied;
  out.s = static_cast<double>(own.s) - rho * static_cast<double>(covariate.s);
  out.tau = own.tau_a();
  out.var_s = (1.0 - rho * rho) * untied;
  out.z = out.var_s > 0.0 ? out.s / std::sqrt(out.var_s) : 0.0;
  const auto line = trend(y, direction::none, {.test = trend_test::original});
  out.slope = line.slope;
  out.intercept = line.intercept;
  detail::judge(out, confidence);
  return out;
}

} // namespace commonweal::inline v0
