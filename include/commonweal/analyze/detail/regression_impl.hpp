// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/regression.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <Eigen/QR>
#include <Eigen/SVD>

#include <commonweal/analyze/detail/compensated.hpp>
#include <commonweal/analyze/detail/distributions.hpp>
#include <commonweal/analyze/regression.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0 {

namespace detail {

using twofold_vector = std::vector<twofold>;

/// The design high + low, its Householder QR, and solutions of the augmented system
///     r + A x = b,  A' r = g
/// refined until the correction is below the last place. g = 0 is least squares; b = 0 gives columns of (A'A)^-1.
class augmented_system {
 public:
  augmented_system(Eigen::MatrixXd high, Eigen::MatrixXd low)
      : high_(std::move(high)), low_(std::move(low)), qr_(high_) {}

  [[nodiscard]] Eigen::MatrixXd r_factor() const {
    return qr_.matrixQR().topRows(high_.cols()).template triangularView<Eigen::Upper>();
  }

  /// Solves in place; returns x (columns) and r (rows).
  [[nodiscard]] std::pair<twofold_vector, twofold_vector> solve(const twofold_vector& b,
                                                                const twofold_vector& g) const {
    const auto rows = static_cast<std::size_t>(high_.rows());
    const auto columns = static_cast<std::size_t>(high_.cols());
    twofold_vector x(columns);
    twofold_vector r(rows);
    constexpr int most_rounds = 12;
    double before = std::numeric_limits<double>::infinity();
    for (int round = 0; round < most_rounds; ++round) {
      Eigen::VectorXd f(high_.rows());
      for (std::size_t i = 0; i < rows; ++i) {
        auto sum = b[i] - r[i];
        for (std::size_t j = 0; j < columns; ++j) sum = sum - at(i, j) * x[j];
        f[static_cast<Eigen::Index>(i)] = sum.value();
      }
      Eigen::VectorXd h(high_.cols());
      for (std::size_t j = 0; j < columns; ++j) {
        auto sum = g[j];
        for (std::size_t i = 0; i < rows; ++i) sum = sum - at(i, j) * r[i];
        h[static_cast<Eigen::Index>(j)] = sum.value();
      }
      const auto triangle = qr_.matrixQR().topRows(high_.cols()).template triangularView<Eigen::Upper>();
      triangle.transpose().solveInPlace(h);
      Eigen::VectorXd d = qr_.householderQ().adjoint() * f;
      Eigen::VectorXd dx = d.head(high_.cols()) - h;
      triangle.solveInPlace(dx);
      d.head(high_.cols()) = h;
      const Eigen::VectorXd dr = qr_.householderQ() * d;
      for (std::size_t j = 0; j < columns; ++j) x[j] = x[j] + twofold{dx[static_cast<Eigen::Index>(j)], 0.0};
      for (std::size_t i = 0; i < rows; ++i) r[i] = r[i] + twofold{dr[static_cast<Eigen::Index>(i)], 0.0};
      double size = 0.0;
      double change = 0.0;
      for (std::size_t j = 0; j < columns; ++j) {
        size = std::max(size, std::abs(x[j].high));
        change = std::max(change, std::abs(dx[static_cast<Eigen::Index>(j)]));
      }
      if (change <= size * 1e-25 || change > before * 0.9) break;
      before = change;
    }
    return {std::move(x), std::move(r)};
  }

 private:
  [[nodiscard]] twofold at(std::size_t i, std::size_t j) const {
    const auto row = static_cast<Eigen::Index>(i);
    const auto column = static_cast<Eigen::Index>(j);
    return {high_(row, column), low_(row, column)};
  }

  Eigen::MatrixXd high_;
  Eigen::MatrixXd low_;
  Eigen::HouseholderQR<Eigen::MatrixXd> qr_;
};

/// The design is high + low, complete rows only; an intercept, where wanted, is already a column.
[[nodiscard]] inline regression_result solve_least_squares(const Eigen::VectorXd& y, Eigen::MatrixXd high,
                                                           Eigen::MatrixXd low, const regression_options& options) {
  regression_result out;
  const auto rows = high.rows();
  const auto columns = high.cols();
  out.n = static_cast<std::size_t>(rows);
  if (rows < columns || columns == 0) return out;

  Eigen::VectorXd scale(columns); // powers of two: scaling costs no digit
  for (Eigen::Index j = 0; j < columns; ++j) {
    const double length = high.col(j).stableNorm();
    scale[j] = length > 0.0 ? std::ldexp(1.0, -std::ilogb(length)) : 1.0;
    high.col(j) *= scale[j];
    low.col(j) *= scale[j];
  }
  const augmented_system system(high, low);
  const Eigen::JacobiSVD<Eigen::MatrixXd> svd(system.r_factor());
  const auto& singular = svd.singularValues();
  const double smallest_kept = singular[0] * static_cast<double>(rows) * std::numeric_limits<double>::epsilon();
  out.rank = static_cast<std::size_t>((singular.array() > smallest_kept).count());
  if (out.rank < static_cast<std::size_t>(columns)) {
    out.state = regression_state::rank_deficient;
    return out;
  }
  out.condition = singular[0] / singular[columns - 1];

  twofold_vector b;
  for (const double v : y) b.push_back({v, 0.0});
  const twofold_vector none(static_cast<std::size_t>(columns));
  const auto [x, r] = system.solve(b, none);
  for (Eigen::Index j = 0; j < columns; ++j)
    out.coefficient.push_back(x[static_cast<std::size_t>(j)].value() * scale[j]);

  twofold rest;
  for (const auto& v : r) rest = rest + v * v;
  const auto mean = options.intercept ? divided(sum_of({y.data(), out.n}), static_cast<double>(rows)) : twofold{};
  twofold total;
  for (const double v : y) {
    const auto d = twofold{v, 0.0} - mean;
    total = total + d * d;
  }
  if (total.value() > 0.0) out.r_squared = std::clamp(1.0 - rest.value() / total.value(), 0.0, 1.0);
  out.state = regression_state::exact_fit;
  if (rows == columns) return out;

  out.state = regression_state::ok;
  const double freedom = static_cast<double>(rows - columns);
  out.residual_sd = std::sqrt(std::max(rest.value(), 0.0) / freedom);
  const double t = detail::student_t_quantile(freedom, 0.5 + options.confidence / 2.0);
  const twofold_vector zero(static_cast<std::size_t>(rows));
  for (Eigen::Index j = 0; j < columns; ++j) {
    twofold_vector unit(static_cast<std::size_t>(columns));
    unit[static_cast<std::size_t>(j)] = {-1.0, 0.0};
    const auto inverse = system.solve(zero, unit).first; // column j of (A'A)^-1
    const double se =
        out.residual_sd * std::sqrt(std::max(inverse[static_cast<std::size_t>(j)].value(), 0.0)) * scale[j];
    const double center = out.coefficient[static_cast<std::size_t>(j)];
    out.standard_error.push_back(se);
    out.lower.push_back(center - t * se);
    out.upper.push_back(center + t * se);
  }
  return out;
}

/// The rows without a missing value. Throws invalid_data for an infinite one.
[[nodiscard]] inline std::vector<Eigen::Index> complete_rows(const Eigen::Ref<const Eigen::VectorXd>& y,
                                                             const Eigen::Ref<const Eigen::MatrixXd>& X) {
  if (y.size() != X.rows())
    throw error(error_code::invalid_argument, "a regression needs one value of y for each row of the design: " +
                                                  std::to_string(y.size()) + " for " + std::to_string(X.rows()));
  std::vector<Eigen::Index> kept;
  for (Eigen::Index i = 0; i < y.size(); ++i) {
    if (std::isinf(y[i]) || X.row(i).array().isInf().any())
      throw error(error_code::invalid_data, "a regression cannot use an infinite value");
    if (!std::isnan(y[i]) && !X.row(i).array().isNaN().any()) kept.push_back(i);
  }
  return kept;
}

} // namespace detail

COMMONWEAL_BODY regression_result least_squares(const Eigen::Ref<const Eigen::VectorXd>& y,
                                                const Eigen::Ref<const Eigen::MatrixXd>& X,
                                                const regression_options& options) {
  detail::require_confidence(options.confidence);
  const auto kept = detail::complete_rows(y, X);
  const Eigen::Index shift = options.intercept ? 1 : 0;
  const auto rows = static_cast<Eigen::Index>(kept.size());
  Eigen::MatrixXd design(rows, X.cols() + shift);
  Eigen::VectorXd response(rows);
  for (Eigen::Index i = 0; i < rows; ++i) {
    const auto from = kept[static_cast<std::size_t>(i)];
    if (options.intercept) design(i, 0) = 1.0;
    design.row(i).tail(X.cols()) = X.row(from);
    response[i] = y[from];
  }
  Eigen::MatrixXd low = Eigen::MatrixXd::Zero(design.rows(), design.cols());
  auto out = detail::solve_least_squares(response, std::move(design), std::move(low), options);
  out.missing = static_cast<std::size_t>(y.size()) - kept.size();
  return out;
}

COMMONWEAL_BODY regression_result fit_polynomial(const Eigen::Ref<const Eigen::VectorXd>& y,
                                                 const Eigen::Ref<const Eigen::VectorXd>& x, int degree,
                                                 const regression_options& options) {
  detail::require_confidence(options.confidence);
  if (degree < 0 || degree > 50)
    throw error(error_code::invalid_argument, "the degree of a polynomial must lie between 0 and 50");
  const auto kept = detail::complete_rows(y, x);
  const Eigen::Index shift = options.intercept ? 0 : 1;
  const auto rows = static_cast<Eigen::Index>(kept.size());
  Eigen::MatrixXd high(rows, degree + 1 - shift);
  Eigen::MatrixXd low(rows, degree + 1 - shift);
  Eigen::VectorXd response(rows);
  for (Eigen::Index i = 0; i < rows; ++i) {
    const auto from = kept[static_cast<std::size_t>(i)];
    response[i] = y[from];
    detail::twofold power{1.0, 0.0};
    for (Eigen::Index k = 0; k <= degree; ++k) {
      if (k >= shift) {
        high(i, k - shift) = power.high;
        low(i, k - shift) = power.low;
      }
      power = power * detail::twofold{x[from], 0.0};
    }
  }
  auto out = detail::solve_least_squares(response, std::move(high), std::move(low), options);
  out.missing = static_cast<std::size_t>(y.size()) - kept.size();
  return out;
}

} // namespace commonweal::inline v0
