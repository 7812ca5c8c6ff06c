// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include <Eigen/Dense>

#include <commonweal/analyze/reconcile.hpp>

namespace {

using namespace commonweal;

summing_structure structure(const Eigen::MatrixXd& sums) {
  summing_structure s;
  for (Eigen::Index i = 0; i < sums.rows(); ++i) s.aggregates.push_back("group " + std::to_string(i));
  for (Eigen::Index i = 0; i < sums.cols(); ++i) s.bottoms.push_back("reporter " + std::to_string(i));
  s.sums = sums.sparseView();
  return s;
}

// A root over everybody and some groups of any, overlapping, reporters; no two rows alike.
summing_structure random_structure(std::mt19937& rng, Eigen::Index groups, Eigen::Index bottoms) {
  Eigen::MatrixXd a = Eigen::MatrixXd::Zero(groups, bottoms);
  a.row(0).setOnes();
  for (Eigen::Index g = 1; g < groups; ++g) {
    do {
      for (Eigen::Index b = 0; b < bottoms; ++b) a(g, b) = static_cast<double>(rng() % 2);
    } while (a.topRows(g + 1).fullPivLu().rank() <= g || a.row(g).sum() == 0);
  }
  return structure(a);
}

Eigen::MatrixXd random_matrix(std::mt19937& rng, Eigen::Index rows, Eigen::Index cols) {
  std::normal_distribution<double> normal;
  Eigen::MatrixXd m(rows, cols);
  for (auto& x : m.reshaped()) x = normal(rng);
  return m;
}

// The textbook form with dense matrices: S (S' W^-1 S)^-1 S' W^-1 y.
Eigen::MatrixXd textbook(const summing_structure& s, const Eigen::MatrixXd& w, const Eigen::MatrixXd& y) {
  Eigen::MatrixXd full(s.size(), s.sums.cols());
  full << Eigen::MatrixXd(s.sums), Eigen::MatrixXd::Identity(s.sums.cols(), s.sums.cols());
  const Eigen::MatrixXd winv_s = w.fullPivLu().solve(full);
  return full * (full.transpose() * winv_s).fullPivLu().solve(winv_s.transpose() * y);
}

TEST(reconcile, two_levels_by_hand) { // total 10 against 4 + 5: the gap of one is shared out
  const auto s = structure(Eigen::MatrixXd::Ones(1, 2));
  const Eigen::Vector3d y(10, 4, 5);
  reconcile_options o;
  o.method = reconciliation::ols; // alike: a third each
  EXPECT_TRUE(reconcile(s, y, o).values.isApprox(Eigen::Vector3d(29.0 / 3, 13.0 / 3, 16.0 / 3), 1e-14));
  o.method = reconciliation::structural; // variances 2, 1, 1: a half to the total, a quarter to each part
  EXPECT_TRUE(reconcile(s, y, o).values.isApprox(Eigen::Vector3d(9.5, 4.25, 5.25), 1e-14));
  o.method = reconciliation::bottom_up;
  EXPECT_TRUE(reconcile(s, y, o).values.isApprox(Eigen::Vector3d(9, 4, 5), 1e-14));
  o.method = reconciliation::variance; // an audited total hardly moves
  o.variances = Eigen::Vector3d(1e-9, 1, 3);
  const auto r = reconcile(s, y, o);
  EXPECT_NEAR(r.values(0), 10, 1e-8);
  EXPECT_NEAR(r.values(1), 4.25, 1e-8);
  EXPECT_NEAR(r.values(2), 5.75, 1e-8);
  EXPECT_NEAR(r.adjustment(2), 0.75, 1e-8);
}

TEST(reconcile, sparse_form_equals_the_textbook_on_overlapping_hierarchies) {
  std::mt19937 rng(7);
  for (int round = 0; round < 50; ++round) {
    const auto s = random_structure(rng, 4, 9);
    const Eigen::MatrixXd y = random_matrix(rng, s.size(), 3);
    const Eigen::MatrixXd residuals = random_matrix(rng, 25, s.size());
    reconcile_options o;
    o.residuals = residuals;
    const Eigen::VectorXd d = residuals.colwise().squaredNorm() / 25.0;
    o.method = reconciliation::wls;
    EXPECT_TRUE(reconcile(s, y, o).values.isApprox(textbook(s, d.asDiagonal(), y), 1e-10));
    o.method = reconciliation::mint_shrink;
    const auto r = reconcile(s, y, o);
    const Eigen::MatrixXd covariance = residuals.transpose() * residuals / 25.0;
    const Eigen::MatrixXd w = *r.shrinkage * Eigen::MatrixXd(d.asDiagonal()) + (1 - *r.shrinkage) * covariance;
    EXPECT_TRUE(r.values.isApprox(textbook(s, w, y), 1e-9));
    EXPECT_GT(*r.shrinkage, 0);
    EXPECT_LE(*r.shrinkage, 1);
  }
}

TEST(reconcile, shrinkage_equals_the_double_loop_over_pairs) {
  std::mt19937 rng(3);
  const Eigen::MatrixXd mix = random_matrix(rng, 6, 6);
  const Eigen::MatrixXd x = random_matrix(rng, 40, 6) * mix;
  const double n = 40;
  double above = 0;
  double below = 0;
  for (Eigen::Index i = 0; i < 6; ++i)
    for (Eigen::Index j = 0; j < 6; ++j) {
      if (i == j) continue;
      const Eigen::ArrayXd a = x.col(i).array() / std::sqrt(x.col(i).squaredNorm() / n);
      const Eigen::ArrayXd b = x.col(j).array() / std::sqrt(x.col(j).squaredNorm() / n);
      const Eigen::ArrayXd w = a * b;
      above += (w - w.mean()).square().sum() / (n * (n - 1));
      below += w.mean() * w.mean();
    }
  EXPECT_NEAR(shrinkage_intensity(x), above / below, 1e-12);
}

TEST(reconcile, coherent_residuals_make_mint_shrink_equal_wls) {
  std::mt19937 rng(11);
  const auto s = random_structure(rng, 5, 12);
  const Eigen::MatrixXd bottoms = random_matrix(rng, 12, 30);
  Eigen::MatrixXd all(s.size(), 30);
  all << s.sums * bottoms, bottoms;
  const Eigen::MatrixXd y = random_matrix(rng, s.size(), 2);
  reconcile_options o;
  o.residuals = all.transpose();
  o.method = reconciliation::mint_shrink;
  const auto mint = reconcile(s, y, o);
  o.method = reconciliation::wls;
  EXPECT_LT((mint.values - reconcile(s, y, o).values).cwiseAbs().maxCoeff(), 1e-12);
}

TEST(reconcile, coherent_figures_stay_as_they_are) {
  std::mt19937 rng(5);
  const auto s = random_structure(rng, 4, 8);
  const Eigen::MatrixXd bottoms = random_matrix(rng, 8, 2);
  Eigen::MatrixXd y(s.size(), 2);
  y << s.sums * bottoms, bottoms;
  for (const auto m : {reconciliation::ols, reconciliation::structural}) {
    reconcile_options o;
    o.method = m;
    EXPECT_LT((reconcile(s, y, o).values - y).cwiseAbs().maxCoeff(), 1e-12);
  }
}

TEST(reconcile, scaling_and_reordering_carry_through) {
  std::mt19937 rng(19);
  const auto s = random_structure(rng, 3, 6);
  const Eigen::MatrixXd y = random_matrix(rng, s.size(), 2);
  const Eigen::MatrixXd plain = reconcile(s, y).values;
  EXPECT_TRUE(reconcile(s, 1000 * y).values.isApprox(1000 * plain, 1e-12));

  Eigen::PermutationMatrix<Eigen::Dynamic> order(6);
  order.indices() << 3, 1, 5, 0, 2, 4;
  summing_structure shuffled = structure(Eigen::MatrixXd(s.sums) * order.transpose());
  Eigen::MatrixXd moved = y;
  moved.bottomRows(6) = order * y.bottomRows(6);
  const Eigen::MatrixXd r = reconcile(shuffled, moved).values;
  EXPECT_TRUE(r.topRows(3).isApprox(plain.topRows(3), 1e-12));
  EXPECT_TRUE((order.transpose() * r.bottomRows(6)).isApprox(plain.bottomRows(6), 1e-12));
}

TEST(reconcile, non_negative_is_by_choice_and_stays_coherent) {
  const auto s = structure(Eigen::MatrixXd::Ones(1, 2));
  const Eigen::Vector3d y(1, -4, 2);
  EXPECT_LT(reconcile(s, y).values(1), 0);
  reconcile_options o;
  o.non_negative = true;
  const auto r = reconcile(s, y, o);
  EXPECT_EQ(r.values(1), 0);
  EXPECT_EQ(r.values(0), r.values(1) + r.values(2));
}

TEST(reconcile, refuses_what_cannot_be_reconciled) {
  const auto s = structure(Eigen::MatrixXd::Ones(1, 2));
  Eigen::Vector3d y(1, 2, 3);
  EXPECT_THROW((void)reconcile(s, Eigen::VectorXd::Ones(4)), error);
  reconcile_options o;
  o.method = reconciliation::wls;
  EXPECT_THROW((void)reconcile(s, y, o), error); // no residuals
  o.residuals = Eigen::MatrixXd::Zero(5, 3);
  try {
    (void)reconcile(s, y, o);
    FAIL();
  } catch (const error& e) { EXPECT_NE(std::string(e.what()).find("group 0"), std::string::npos); }
  y(1) = std::nan("");
  EXPECT_THROW((void)reconcile(s, y), error);
  EXPECT_THROW((void)reconcile(structure(Eigen::MatrixXd::Zero(1, 2)), Eigen::Vector3d(1, 2, 3)), error);
}

} // namespace
