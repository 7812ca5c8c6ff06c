// SPDX-License-Identifier: Apache-2.0
// Makes figures of a cascade add up: forecasts made level by level, or totals published independently.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <Eigen/Core>
#include <Eigen/SparseCore>

#include <commonweal/core/enum_text.hpp>
#include <commonweal/core/error.hpp>

namespace commonweal::inline v0 {

/// Which figures add up to which. Row g of `sums` has a one for every bottom series that counts in aggregate g;
/// hierarchies may overlap (a reporter in several groups) and need not be balanced. Figures are ordered aggregates
/// first, then bottoms.
struct summing_structure {
  std::vector<std::string> aggregates;
  std::vector<std::string> bottoms;
  Eigen::SparseMatrix<double, Eigen::RowMajor> sums;

  [[nodiscard]] Eigen::Index size() const { return static_cast<Eigen::Index>(aggregates.size() + bottoms.size()); }
};

/// How far each figure is trusted, that is what W is in S (S' W^-1 S)^-1 S' W^-1 y.
///
/// bottom_up: bottoms are kept and summed. ols: all figures alike. structural: by the number of bottoms in each. wls:
/// by the variance of its residuals. mint_shrink: by their covariance, shrunk to its diagonal. variance: by variances
/// given, as for published totals known to differ in quality.
enum class reconciliation : std::uint8_t { bottom_up, ols, structural, wls, mint_shrink, variance };
template <>
struct enum_names<reconciliation> {
  static constexpr std::array<std::string_view, 6> values = {"bottom_up", "ols",         "structural",
                                                             "wls",       "mint_shrink", "variance"};
};

struct reconcile_options {
  reconciliation method = reconciliation::structural;
  Eigen::MatrixXd residuals; ///< T x m one-step residuals, for wls and mint_shrink
  Eigen::VectorXd variances; ///< m, for variance
  bool non_negative = false; ///< negative bottoms become zero and aggregates are summed anew (set-negative-to-zero)
};

struct reconciled {
  Eigen::MatrixXd values; ///< m x h, coherent: each aggregate is the sum of its bottoms to the last bit of summing
  std::optional<double> shrinkage; ///< lambda of mint_shrink
  Eigen::VectorXd adjustment;      ///< m: root mean square change of each figure
};

/// Reconciles base figures, m x h for h horizons or periods.
///
/// No dense m x m matrix is formed: with C the constraints (aggregate - sum of bottoms = 0) the answer is y - W C' (C W
/// C')^-1 C y, a sparse factorization of the size of the aggregates; mint_shrink adds a correction of rank T. Throws
/// invalid_argument on shapes that do not fit, figures that are not finite, an aggregate without bottoms, fewer than
/// two residuals, and variances that are not positive (naming the series); internal where variances differ beyond
/// double. Sources: Hyndman et al., Computational Statistics and Data Analysis 55 (2011) 2579-2589; Wickramasuriya,
/// Athanasopoulos and Hyndman, JASA 114 (2019) 804-819; covariance uncentered and lambda after Schäfer and Strimmer
/// (2005), as in hts 6.0.
[[nodiscard]] reconciled reconcile(const summing_structure& structure, const Eigen::MatrixXd& base,
                                   const reconcile_options& options = {});

/// Schäfer-Strimmer shrinkage intensity of the correlations of residuals (T x m) toward zero, in O(m T^2).
[[nodiscard]] double shrinkage_intensity(const Eigen::MatrixXd& residuals);

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/reconcile_impl.hpp>
#endif
