// SPDX-License-Identifier: Apache-2.0
// Ordinary least squares by Householder QR, refined so that ill-conditioned designs keep their digits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <Eigen/Core>

#include <commonweal/analyze/series.hpp>

namespace commonweal::inline v0 {

/// ok: everything is determined. exact_fit: as many coefficients as rows, so no errors can be given.
/// too_few_rows: fewer rows than coefficients. rank_deficient: a column is a combination of others (see `rank`).
enum class regression_state : std::uint8_t { ok, exact_fit, too_few_rows, rank_deficient };
template <>
struct enum_names<regression_state> {
  static constexpr std::array<std::string_view, 4> values = {"ok", "exact_fit", "too_few_rows", "rank_deficient"};
};

struct regression_options {
  bool intercept = true;    ///< puts a column of ones first
  double confidence = 0.95; ///< of the coefficients' intervals (Student's t)
};

/// Coefficients in the order of the columns, the intercept first. Empty vectors and missing numbers where the state
/// says that they are not determined. Without an intercept, r_squared is about zero and not about the mean.
struct regression_result {
  regression_state state = regression_state::too_few_rows;
  std::size_t n = 0;       ///< rows used
  std::size_t missing = 0; ///< rows left out because one of their values is missing
  std::size_t rank = 0;
  double condition = missing_value; ///< ratio of the singular values of the design, columns scaled to similar length
  std::vector<double> coefficient;
  std::vector<double> standard_error;
  std::vector<double> lower;
  std::vector<double> upper;
  double residual_sd = missing_value;
  double r_squared = missing_value;
};

/// Least squares of y on the columns of X. Shapes: y has as many values as X has rows.
///
/// Rows with a missing value are left out (complete case). Columns are scaled by powers of two, factored by
/// Householder QR, and the solution is refined with residuals in twice the precision (Bjorck, BIT 7, 1967), standard
/// errors likewise: coefficients are correct to about double precision while the condition stays below 1e15.
/// O(rows x columns^2). Throws invalid_argument for shapes that do not fit and invalid_data for an infinite value.
[[nodiscard]] regression_result least_squares(const Eigen::Ref<const Eigen::VectorXd>& y,
                                              const Eigen::Ref<const Eigen::MatrixXd>& X,
                                              const regression_options& options = {});

/// y on 1, x, x^2, ... x^degree, the powers themselves in twice the precision. Otherwise as least_squares.
[[nodiscard]] regression_result fit_polynomial(const Eigen::Ref<const Eigen::VectorXd>& y,
                                               const Eigen::Ref<const Eigen::VectorXd>& x, int degree,
                                               const regression_options& options = {});

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/regression_impl.hpp>
#endif
