// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/kendall.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>

#include <commonweal/analyze/kendall.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0 {

namespace detail {

/// Sorts values and returns how many pairs stood in strictly falling order. REQUIRES: no NaN. O(n log n).
[[nodiscard]] inline std::int64_t sort_counting_inversions(std::vector<double>& values, std::vector<double>& other) {
  const std::size_t n = values.size();
  constexpr std::size_t block = 8;
  std::int64_t inversions = 0;
  for (std::size_t start = 0; start < n; start += block) {
    const std::size_t stop = std::min(start + block, n);
    for (std::size_t i = start + 1; i < stop; ++i) {
      const double x = values[i];
      std::size_t j = i;
      for (; j > start && values[j - 1] > x; --j) values[j] = values[j - 1];
      values[j] = x;
      inversions += static_cast<std::int64_t>(i - j);
    }
  }
  other.resize(n);
  for (std::size_t width = block; width < n; width *= 2) {
    for (std::size_t start = 0; start < n; start += 2 * width) {
      const std::size_t middle = std::min(start + width, n);
      const std::size_t stop = std::min(start + 2 * width, n);
      std::size_t left = start;
      std::size_t right = middle;
      std::size_t to = start;
      while (left < middle && right < stop) {
        const bool take_right = values[right] < values[left];
        other[to++] = take_right ? values[right] : values[left];
        inversions += take_right ? static_cast<std::int64_t>(middle - left) : 0;
        right += take_right ? 1U : 0U;
        left += take_right ? 0U : 1U;
      }
      while (left < middle) other[to++] = values[left++];
      while (right < stop) other[to++] = values[right++];
    }
    values.swap(other);
  }
  return inversions;
}

/// Calls with the length of every group of at least two equal neighbors.
template <class Sequence, class Call>
void for_each_tie(const Sequence& sorted, Call call) {
  std::size_t start = 0;
  for (std::size_t i = 1; i <= sorted.size(); ++i) {
    if (i < sorted.size() && sorted[i] == sorted[start]) continue;
    if (i - start > 1) call(static_cast<std::int64_t>(i - start));
    start = i;
  }
}

/// Concordant minus discordant pairs of (x, y), complete pairs only. O(n log n).
struct bivariate_score {
  std::int64_t s = 0;
  std::int64_t pairs = 0;
  std::int64_t tied_x = 0;
  std::int64_t tied_y = 0;
};
[[nodiscard]] inline bivariate_score bivariate_kendall(std::span<const double> x, std::span<const double> y) {
  std::vector<std::pair<double, double>> both;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (!std::isnan(x[i]) && !std::isnan(y[i])) both.emplace_back(x[i], y[i]);
  std::sort(both.begin(), both.end());
  bivariate_score out;
  const auto pairs_of = [](std::int64_t t) { return t * (t - 1) / 2; };
  out.pairs = pairs_of(static_cast<std::int64_t>(both.size()));
  std::int64_t tied_both = 0;
  for_each_tie(both, [&](std::int64_t t) { tied_both += pairs_of(t); });
  std::vector<double> first;
  std::vector<double> second;
  for (const auto& [a, b] : both) {
    first.push_back(a);
    second.push_back(b);
  }
  for_each_tie(first, [&](std::int64_t t) { out.tied_x += pairs_of(t); });
  // Within equal x the y are rising, so that no inversion is counted there.
  const auto discordant = sort_counting_inversions(second, first);
  for_each_tie(second, [&](std::int64_t t) { out.tied_y += pairs_of(t); });
  out.s = out.pairs - out.tied_x - out.tied_y + tied_both - 2 * discordant;
  return out;
}

/// Ranks from 1, the mean rank for ties. O(n log n).
[[nodiscard]] inline std::vector<double> mid_ranks(std::span<const double> x) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
  std::vector<double> ranks(x.size());
  for (std::size_t start = 0; start < order.size();) {
    std::size_t stop = start + 1;
    while (stop < order.size() && x[order[stop]] == x[order[start]]) ++stop;
    for (std::size_t i = start; i < stop; ++i) ranks[order[i]] = static_cast<double>(start + stop + 1) / 2.0;
    start = stop;
  }
  return ranks;
}

} // namespace detail

COMMONWEAL_BODY double kendall_count::tau_a() const {
  return pairs == 0 ? missing_value : static_cast<double>(s) / static_cast<double>(pairs);
}
COMMONWEAL_BODY double kendall_count::tau_b() const {
  if (pairs == tied_pairs) return missing_value;
  return static_cast<double>(s) / std::sqrt(static_cast<double>(pairs - tied_pairs) * static_cast<double>(pairs));
}

COMMONWEAL_BODY kendall_count kendall_score(std::span<const double> values, kendall_workspace& memory) {
  kendall_count out;
  const auto n = static_cast<std::int64_t>(values.size());
  if (n < 2) return out;
  memory.values.assign(values.begin(), values.end());
  const auto discordant = detail::sort_counting_inversions(memory.values, memory.other);
  // In doubles: n^3 passes 2^63 for series of two million values, and the variance is rounded anyway.
  const auto term = [](double t) { return t * (t - 1.0) * (2.0 * t + 5.0); };
  double ties = 0.0;
  detail::for_each_tie(memory.values, [&](std::int64_t t) {
    out.tied_pairs += t * (t - 1) / 2;
    ties += term(static_cast<double>(t));
  });
  out.pairs = n * (n - 1) / 2;
  out.s = out.pairs - out.tied_pairs - 2 * discordant;
  out.variance = (term(static_cast<double>(n)) - ties) / 18.0;
  return out;
}

COMMONWEAL_BODY kendall_count kendall_score(std::span<const double> values) {
  kendall_workspace memory;
  return kendall_score(values, memory);
}

COMMONWEAL_BODY double kendall_tau_b(std::span<const double> x, std::span<const double> y) {
  if (x.size() != y.size()) throw error(error_code::invalid_argument, "tau-b needs as many values of x as of y");
  detail::require_finite_or_missing(x, "x");
  detail::require_finite_or_missing(y, "y");
  const auto c = detail::bivariate_kendall(x, y);
  if (c.pairs == 0 || c.pairs == c.tied_x || c.pairs == c.tied_y) return missing_value;
  return static_cast<double>(c.s) /
         std::sqrt(static_cast<double>(c.pairs - c.tied_x) * static_cast<double>(c.pairs - c.tied_y));
}

} // namespace commonweal::inline v0
