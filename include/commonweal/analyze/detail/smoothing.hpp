// SPDX-License-Identifier: Apache-2.0
// Additive exponential smoothing in error correction form: Holt's line, damped or not, with a season or without.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include <Eigen/QR>

#include <commonweal/analyze/detail/simplex.hpp>
#include <commonweal/measure/panel.hpp>

namespace commonweal::inline v0::detail {

/// y = level + phi trend + season + e; level += alpha e, trend = phi trend + beta e, season += gamma e. A missing value
/// has no e: the states go on by themselves.
struct smoothing {
  std::size_t period = 1; ///< positions of a season; 1 for none
  double alpha = 0, beta = 0, gamma = 0, phi = 1;
  double level = 0, trend = 0;
  std::vector<double> season; ///< by index modulo period; empty where there is none

  /// The sum of squared one-step errors; the states end after the last value. Residuals where asked for.
  double run(std::span<const double> y, std::vector<double>* residuals) {
    double squares = 0;
    std::size_t now = 0; // t modulo period
    for (std::size_t t = 0; t < y.size(); ++t, now = now + 1 == period ? 0 : now + 1) {
      const double seasonal = season.empty() ? 0.0 : season[now];
      const double onward = level + phi * trend;
      trend *= phi;
      level = onward;
      const double e = y[t] - onward - seasonal;
      if (residuals != nullptr) residuals->push_back(std::isnan(y[t]) ? missing_value : e);
      if (std::isnan(e)) continue;
      squares += e * e;
      level += alpha * e;
      trend += beta * e;
      if (!season.empty()) season[now] += gamma * e;
    }
    return squares;
  }
  /// The forecast `h` periods (from 1) after `n` were run.
  [[nodiscard]] double ahead(std::size_t n, std::size_t h) const {
    double steps = 0, power = 1;
    for (std::size_t k = 0; k < h; ++k) steps += power *= phi;
    return level + steps * trend + (season.empty() ? 0.0 : season[(n + h - 1) % period]);
  }
};

/// Level, trend and season at the start: least squares of a line, with a mean for each position of the season.
/// REQUIRES: y starts with a value. False where the values do not determine it.
[[nodiscard]] inline bool start_of(std::span<const double> y, std::size_t period, smoothing& s) {
  std::vector<std::size_t> at;
  const std::size_t reach = period == 1 ? y.size() : std::min(y.size(), 3 * period);
  for (std::size_t t = 0; t < reach && (period > 1 || at.size() < 10); ++t)
    if (!std::isnan(y[t])) at.push_back(t);
  const auto columns = static_cast<Eigen::Index>(1 + period);
  const auto rows = static_cast<Eigen::Index>(at.size());
  if (rows < columns) return false;
  Eigen::MatrixXd x = Eigen::MatrixXd::Zero(rows, columns);
  Eigen::VectorXd b(rows);
  for (Eigen::Index i = 0; i < rows; ++i) {
    const auto t = at[static_cast<std::size_t>(i)];
    x(i, 0) = static_cast<double>(t + 1); // the line is the level plus the trend one period on
    x(i, 1 + static_cast<Eigen::Index>(t % period)) = 1.0;
    b(i) = y[t];
  }
  const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(x);
  if (qr.rank() < columns) return false; // a season without any value
  const Eigen::VectorXd fit = qr.solve(b);
  s.period = period;
  s.trend = fit[0];
  s.level = fit.tail(columns - 1).mean();
  s.season.clear();
  if (period > 1)
    for (std::size_t k = 0; k < period; ++k) s.season.push_back(fit[1 + static_cast<Eigen::Index>(k)] - s.level);
  return true;
}

/// Chooses the parameters by least squares of the one-step errors. beta <= alpha and gamma <= 1 - alpha, as usual.
/// `near`: the parameters of nearly the same data, where the search starts and stays close; the whole range is searched
/// without it.
[[nodiscard]] inline bool fit_smoothing(std::span<const double> y, std::size_t period, bool damped, smoothing& best,
                                        const smoothing* near = nullptr) {
  smoothing start;
  if (!start_of(y, period, start)) return false;
  constexpr double low = 1e-4, high = 0.9999;
  const auto within = [](double u) { return low + (high - low) * u; };
  const auto place_of = [](double x) { return std::clamp((x - low) / (high - low), 0.0, 1.0); };
  const auto set = [&](smoothing& s, const std::array<double, 4>& u) {
    s.alpha = within(u[0]);
    s.beta = s.alpha * within(u[1]);
    s.gamma = period > 1 ? (1.0 - s.alpha) * within(u[2]) : 0.0;
    s.phi = damped ? 0.8 + 0.18 * u[3] : 1.0;
  };
  smoothing work = start; // one memory for every evaluation
  const auto errors_of = [&](const std::array<double, 4>& u) {
    set(work, u);
    work.level = start.level;
    work.trend = start.trend;
    std::copy(start.season.begin(), start.season.end(), work.season.begin());
    return work.run(y, nullptr);
  };
  // Only the coordinates that matter are searched.
  std::array<std::size_t, 4> which{0, 1, 0, 0};
  std::size_t count = 2;
  if (period > 1) which[count++] = 2;
  if (damped) which[count++] = 3;
  std::array<double, 4> found{};
  double least = HUGE_VAL;
  const auto search = [&]<std::size_t N>(std::array<double, N> from, const std::array<double, 4>& place, bool closely) {
    for (std::size_t i = 0; i < N; ++i) from[i] = place[which[i]];
    const auto spread = [&](const std::array<double, N>& u) {
      std::array<double, 4> all{};
      for (std::size_t i = 0; i < N; ++i) all[which[i]] = u[i];
      return all;
    };
    const auto errors = [&](const std::array<double, N>& u) { return errors_of(spread(u)); };
    const auto m = closely ? polish_in_cube<N>(errors, from, 40 * N) : minimize_in_cube<N>(errors, from, 60 * N);
    if (m.value < least) {
      least = m.value;
      found = spread(m.at);
    }
  };
  const auto search_from = [&](const std::array<double, 4>& place, bool closely) {
    if (count == 2) search(std::array<double, 2>{}, place, closely);
    else if (count == 3) search(std::array<double, 3>{}, place, closely);
    else search(std::array<double, 4>{}, place, closely);
  };
  if (near != nullptr) {
    search_from({place_of(near->alpha), near->alpha > 0 ? place_of(near->beta / near->alpha) : 0.0,
                 near->alpha < 1 ? place_of(near->gamma / (1.0 - near->alpha)) : 0.0,
                 damped ? std::clamp((near->phi - 0.8) / 0.18, 0.0, 1.0) : 0.0},
                true);
  } else {
    // A coarse look at alpha and beta first; the three best places are each followed down, and the lowest of all to the
    // bottom.
    std::vector<std::pair<double, std::array<double, 4>>> places;
    for (const double first : {0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99})
      for (const double second : {0.01, 0.1, 0.3, 0.6, 0.95}) {
        const std::array<double, 4> u{first, second, 0.1, 0.7};
        places.emplace_back(errors_of(u), u);
      }
    std::stable_sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t k = 0; k < 3; ++k) search_from(places[k].second, true);
    search_from(std::isfinite(least) ? found : places[0].second, false);
  }
  best = start;
  set(best, found);
  return std::isfinite(least);
}

} // namespace commonweal::inline v0::detail
