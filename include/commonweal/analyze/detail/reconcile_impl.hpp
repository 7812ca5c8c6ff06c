// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/reconcile.hpp.
#pragma once

#include <algorithm>
#include <cmath>

#include <Eigen/Dense>
#include <Eigen/SparseCholesky>

#include <commonweal/analyze/reconcile.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0 {

namespace detail {

using sparse_matrix = Eigen::SparseMatrix<double>;

inline void check_structure(const summing_structure& s, const Eigen::MatrixXd& base) {
  const auto groups = static_cast<Eigen::Index>(s.aggregates.size());
  const auto bottoms = static_cast<Eigen::Index>(s.bottoms.size());
  if (s.sums.rows() != groups || s.sums.cols() != bottoms)
    throw error(error_code::invalid_argument,
                "the summing matrix needs a row for each aggregate and a column for each bottom series");
  if (base.rows() != s.size())
    throw error(error_code::invalid_argument,
                "base figures need one row for each aggregate, then one for each bottom series");
  if (!base.allFinite())
    throw error(error_code::invalid_argument, "a base figure is missing or not finite; reconciliation needs them all");
  for (Eigen::Index g = 0; g < groups; ++g)
    if (s.sums.innerVector(g).nonZeros() == 0)
      throw error(error_code::invalid_argument,
                  "aggregate " + s.aggregates[static_cast<std::size_t>(g)] + " has no bottom series to add up");
}

// [I, -A]: C y = 0 for coherent y.
inline sparse_matrix constraints(const summing_structure& s) {
  const Eigen::Index groups = s.sums.rows();
  std::vector<Eigen::Triplet<double>> entries;
  entries.reserve(static_cast<std::size_t>(groups + s.sums.nonZeros()));
  for (Eigen::Index g = 0; g < groups; ++g) {
    entries.emplace_back(g, g, 1.0);
    for (Eigen::SparseMatrix<double, Eigen::RowMajor>::InnerIterator it(s.sums, g); it; ++it)
      entries.emplace_back(g, groups + it.col(), -it.value());
  }
  sparse_matrix c(groups, s.size());
  c.setFromTriplets(entries.begin(), entries.end());
  return c;
}

inline std::string series_name(const summing_structure& s, Eigen::Index i) {
  const auto k = static_cast<std::size_t>(i);
  return k < s.aggregates.size() ? s.aggregates[k] : s.bottoms[k - s.aggregates.size()];
}

inline Eigen::VectorXd trust_variances(const summing_structure& s, const reconcile_options& options) {
  const Eigen::Index m = s.size();
  Eigen::VectorXd w = Eigen::VectorXd::Ones(m);
  if (options.method == reconciliation::structural) {
    w.head(s.sums.rows()) = s.sums * Eigen::VectorXd::Ones(s.sums.cols());
  } else if (options.method == reconciliation::variance) {
    if (options.variances.size() != m)
      throw error(error_code::invalid_argument, "one variance is needed for each figure");
    w = options.variances;
  } else if (options.method == reconciliation::wls || options.method == reconciliation::mint_shrink) {
    if (options.residuals.cols() != m || options.residuals.rows() < 2)
      throw error(error_code::invalid_argument, "residuals need one column for each figure and at least two rows");
    if (!options.residuals.allFinite())
      throw error(error_code::invalid_argument, "a residual is missing or not finite");
    w = options.residuals.colwise().squaredNorm().transpose() / static_cast<double>(options.residuals.rows());
  }
  for (Eigen::Index i = 0; i < m; ++i)
    if (!(w[i] > 0) || std::isinf(w[i]))
      throw error(error_code::invalid_argument,
                  "series " + series_name(s, i) + " has no positive variance; give one, or use ols or structural");
  return w;
}

} // namespace detail

COMMONWEAL_BODY double shrinkage_intensity(const Eigen::MatrixXd& residuals) {
  const double n = static_cast<double>(residuals.rows());
  const Eigen::RowVectorXd scale = (residuals.colwise().squaredNorm() / n).cwiseSqrt();
  const Eigen::MatrixXd x = residuals.array().rowwise() / scale.array();
  // Sums over all pairs i, j without visiting them: sum_ij (x_i . x_j)^2 is the squared norm of the T x T Gram matrix,
  // and sum_ij sum_t x_ti^2 x_tj^2 is sum_t (sum_i x_ti^2)^2. Both then lose their diagonal i = j.
  const Eigen::MatrixXd gram = x * x.transpose();
  const Eigen::ArrayXXd squares = x.array().square();
  const double m = static_cast<double>(x.cols());
  const double correlations = gram.squaredNorm() / (n * n) - m; // a series' correlation with itself is one
  const double products = squares.rowwise().sum().square().sum() - squares.square().sum();
  const double variance = (products - n * correlations) / (n * (n - 1));
  if (!(correlations > 0)) return 1.0;
  return std::clamp(variance / correlations, 0.0, 1.0);
}

COMMONWEAL_BODY reconciled reconcile(const summing_structure& s, const Eigen::MatrixXd& base,
                                     const reconcile_options& options) {
  detail::check_structure(s, base);
  const Eigen::Index groups = s.sums.rows();
  reconciled out;
  Eigen::MatrixXd bottoms = base.bottomRows(s.sums.cols());
  if (options.method != reconciliation::bottom_up && groups > 0) {
    Eigen::VectorXd w = detail::trust_variances(s, options);
    double lambda = 1;
    if (options.method == reconciliation::mint_shrink) {
      lambda = shrinkage_intensity(options.residuals);
      out.shrinkage = lambda;
      // All weight on the sample covariance of fewer observations than series cannot be inverted.
      w *= std::max(lambda, 1e-8);
    }
    const detail::sparse_matrix c = detail::constraints(s);
    const detail::sparse_matrix cw = c * w.asDiagonal();
    const detail::sparse_matrix middle = cw * detail::sparse_matrix(c.transpose());
    const Eigen::SimplicialLDLT<detail::sparse_matrix> solver(middle);
    if (solver.info() != Eigen::Success)
      throw error(error_code::internal,
                  "the system of constraints could not be factorized; variances may differ too widely");
    const Eigen::MatrixXd gap = c * base;
    Eigen::MatrixXd multiplier = solver.solve(gap);
    Eigen::MatrixXd adjusted = base;
    if (lambda < 1) {
      // W = w + V V' with V = sqrt((1 - lambda) / T) R': the Woodbury identity keeps the inner system at T x T.
      const Eigen::MatrixXd v =
          options.residuals.transpose() * std::sqrt((1 - lambda) / static_cast<double>(options.residuals.rows()));
      const Eigen::MatrixXd cv = c * v;
      const Eigen::MatrixXd solved = solver.solve(cv);
      const Eigen::MatrixXd inner = Eigen::MatrixXd::Identity(v.cols(), v.cols()) + cv.transpose() * solved;
      multiplier -= solved * inner.ldlt().solve(cv.transpose() * multiplier);
      adjusted -= v * (cv.transpose() * multiplier);
    }
    adjusted -= cw.transpose() * multiplier;
    bottoms = adjusted.bottomRows(s.sums.cols());
  }
  if (options.non_negative) bottoms = bottoms.cwiseMax(0.0);
  out.values.resize(base.rows(), base.cols());
  out.values.topRows(groups) = s.sums * bottoms;
  out.values.bottomRows(bottoms.rows()) = bottoms;
  out.adjustment =
      ((out.values - base).rowwise().squaredNorm() / static_cast<double>(std::max<Eigen::Index>(1, base.cols())))
          .cwiseSqrt();
  return out;
}

} // namespace commonweal::inline v0
