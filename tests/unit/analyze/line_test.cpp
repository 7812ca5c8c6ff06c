// SPDX-License-Identifier: Apache-2.0
// The straight line: the same as the general least squares, and where it leads.
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include <commonweal/analyze/line.hpp>
#include <commonweal/analyze/regression.hpp>

namespace {

using namespace commonweal;

TEST(line, equals_the_general_least_squares) {
  std::mt19937_64 random(31);
  for (int round = 0; round < 50; ++round) {
    std::vector<double> y(3 + random() % 30);
    for (auto& v : y) v = random() % 6 == 0 ? missing_value : 1e4 + static_cast<double>(random() % 1000);
    const auto fit = fit_line(y);
    if (!fit.has_errors()) continue;
    Eigen::VectorXd response(static_cast<Eigen::Index>(y.size()));
    for (std::size_t i = 0; i < y.size(); ++i) response[static_cast<Eigen::Index>(i)] = y[i];
    const auto general =
        least_squares(response, Eigen::VectorXd::LinSpaced(response.size(), 0.0, static_cast<double>(y.size() - 1)));
    ASSERT_EQ(general.state, regression_state::ok);
    EXPECT_NEAR(fit.intercept, general.coefficient[0], 1e-10);
    EXPECT_NEAR(fit.slope, general.coefficient[1], 1e-10);
    EXPECT_NEAR(fit.slope_se, general.standard_error[1], 1e-10);
    EXPECT_NEAR(fit.residual_sd, general.residual_sd, 1e-10);
    EXPECT_NEAR(fit.r_squared, general.r_squared, 1e-10);
    EXPECT_NEAR(fit.line_margin(0, fit.t_quantile(0.95)), general.upper[0] - general.coefficient[0], 1e-9);
  }
}

TEST(line, predicts_by_hand) {
  // y 1 3 2 5 at 0 1 2 3: slope 1.1, mean 2.75 at 1.5, s = sqrt(1.35), squares 5. At index 5: 6.6; t(0.975, 2)
  // = 4.302653.
  const std::vector<double> y = {1, 3, 2, 5};
  const auto fit = fit_line(y);
  EXPECT_DOUBLE_EQ(fit.at(5), 2.75 + 1.1 * 3.5);
  const double t = 0.95 * std::sqrt(2.0 / 0.0975);
  EXPECT_NEAR(fit.value_margin(5, fit.t_quantile(0.95)), t * std::sqrt(1.35 * (1.0 + 0.25 + 3.5 * 3.5 / 5.0)), 1e-12);
}

TEST(line, says_what_it_cannot_say) {
  const std::vector<double> none = {missing_value};
  EXPECT_EQ(fit_line(none).n, 0U);
  const std::vector<double> one = {5};
  EXPECT_FALSE(fit_line(one).has_slope());
  const std::vector<double> two = {5, 8};
  EXPECT_EQ(fit_line(two).slope, 3.0);
  EXPECT_FALSE(fit_line(two).has_errors());
  EXPECT_TRUE(std::isnan(fit_line(two).slope_se));
}

} // namespace
