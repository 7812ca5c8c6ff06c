// SPDX-License-Identifier: Apache-2.0
// Minimization without derivatives inside the unit cube: Nelder and Mead's simplex, the same answer every time.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace commonweal::inline v0::detail {

template <std::size_t N>
struct simplex_minimum {
  std::array<double, N> at{};
  double value = 0;
};

/// One descent of Nelder and Mead (Computer Journal 7, 1965) over all of R^N from `start`, first steps of `step`. Stops
/// when the values of the corners agree to 1e-10 of their size and the corners lie within 1e-5, or after `most`
/// evaluations.
template <std::size_t N, class F>
[[nodiscard]] simplex_minimum<N> descend(F&& f, const std::array<double, N>& start, double step, std::size_t most) {
  using point = std::array<double, N>;
  std::size_t evaluations = 0;
  const auto valued = [&](const point& p) {
    ++evaluations;
    const double v = f(p);
    return std::isnan(v) ? HUGE_VAL : v;
  };
  std::array<simplex_minimum<N>, N + 1> corners;
  corners[0].at = start;
  for (std::size_t i = 0; i < N; ++i) {
    corners[i + 1].at = corners[0].at;
    corners[i + 1].at[i] += corners[0].at[i] < 0.5 ? step : -step;
  }
  for (auto& c : corners) c.value = valued(c.at);
  while (evaluations < most) {
    std::stable_sort(corners.begin(), corners.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
    double width = 0;
    for (const auto& c : corners)
      for (std::size_t i = 0; i < N; ++i) width = std::max(width, std::abs(c.at[i] - corners[0].at[i]));
    if (corners[N].value - corners[0].value <= 1e-10 * std::abs(corners[0].value) && width < 1e-5) break;
    point middle{};
    for (std::size_t k = 0; k < N; ++k)
      for (std::size_t i = 0; i < N; ++i) middle[i] += corners[k].at[i] / static_cast<double>(N);
    const auto toward = [&](double by) { // from the worst corner through the middle of the others
      point p;
      for (std::size_t i = 0; i < N; ++i) p[i] = middle[i] + by * (middle[i] - corners[N].at[i]);
      return p;
    };
    simplex_minimum<N> next{toward(1.0), 0};
    next.value = valued(next.at);
    if (next.value < corners[0].value) {
      simplex_minimum<N> farther{toward(2.0), 0};
      farther.value = valued(farther.at);
      corners[N] = farther.value < next.value ? farther : next;
      continue;
    }
    if (next.value < corners[N - 1].value) {
      corners[N] = next;
      continue;
    }
    const bool outside = next.value < corners[N].value;
    simplex_minimum<N> nearer{toward(outside ? 0.5 : -0.5), 0};
    nearer.value = valued(nearer.at);
    if (nearer.value < (outside ? next.value : corners[N].value)) {
      corners[N] = nearer;
      continue;
    }
    for (std::size_t k = 1; k <= N; ++k) {
      for (std::size_t i = 0; i < N; ++i)
        corners[k].at[i] = corners[0].at[i] + 0.5 * (corners[k].at[i] - corners[0].at[i]);
      corners[k].value = valued(corners[k].at);
    }
  }
  return *std::min_element(corners.begin(), corners.end(),
                           [](const auto& a, const auto& b) { return a.value < b.value; });
}

/// Coordinates of the cube as (1 - cos(pi v)) / 2 of free ones, so that its walls are smooth and can be minima.
template <std::size_t N>
[[nodiscard]] std::array<double, N> inside_cube(std::array<double, N> v) {
  for (double& x : v) x = std::clamp((1.0 - std::cos(3.14159265358979323846 * x)) / 2.0, 0.0, 1.0);
  return v;
}
template <std::size_t N>
[[nodiscard]] std::array<double, N> outside_cube(const std::array<double, N>& u) {
  std::array<double, N> v{};
  for (std::size_t i = 0; i < N; ++i) v[i] = std::acos(1.0 - 2.0 * std::clamp(u[i], 0.0, 1.0)) / 3.14159265358979323846;
  return v;
}

/// One descent from a place that is nearly the minimum.
template <std::size_t N, class F>
[[nodiscard]] simplex_minimum<N> polish_in_cube(F&& f, const std::array<double, N>& start, std::size_t most) {
  auto best = descend<N>([&](const std::array<double, N>& v) { return f(inside_cube<N>(v)); }, outside_cube<N>(start),
                         0.05, most);
  best.at = inside_cube<N>(best.at);
  return best;
}

/// The least value of f over the unit cube. Descends again from where it ended, with steps of another size, until a
/// round of three gains less than 1e-9 of the value.
template <std::size_t N, class F>
[[nodiscard]] simplex_minimum<N> minimize_in_cube(F&& f, const std::array<double, N>& start,
                                                  std::size_t most = 200 * N) {
  simplex_minimum<N> best{outside_cube<N>(start), HUGE_VAL};
  for (int round = 0; round < 5; ++round) {
    const double before = best.value;
    for (const double step : {0.2, 0.05, 0.01}) {
      const auto next =
          descend<N>([&](const std::array<double, N>& v) { return f(inside_cube<N>(v)); }, best.at, step, most);
      if (next.value < best.value) best = next;
    }
    if (!(before - best.value > 1e-9 * std::abs(best.value))) break;
  }
  best.at = inside_cube<N>(best.at);
  return best;
}

} // namespace commonweal::inline v0::detail
