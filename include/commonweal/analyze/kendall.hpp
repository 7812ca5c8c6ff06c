// SPDX-License-Identifier: Apache-2.0
// Kendall's score S, its variance with ties, and tau, in O(n log n).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <commonweal/analyze/series.hpp>

namespace commonweal::inline v0 {

/// Memory that repeated calls share; one owner at a time, contents meaningless between calls.
struct kendall_workspace {
  std::vector<double> values;
  std::vector<double> other;
};

/// S is concordant minus discordant pairs of a sequence against its own order.
struct kendall_count {
  std::int64_t s = 0;
  std::int64_t pairs = 0;      ///< n (n - 1) / 2
  std::int64_t tied_pairs = 0; ///< of equal values
  double variance = 0.0;       ///< of S under no trend, corrected for ties

  /// S / pairs; missing for fewer than two values.
  [[nodiscard]] double tau_a() const;
  /// S / sqrt((pairs - ties) pairs); missing for fewer than two values or a constant series.
  [[nodiscard]] double tau_b() const;
};

/// The score of values in the order of time. REQUIRES: no NaN. Inversions by merge sort, ties from the sorted values.
/// variance = [n(n-1)(2n+5) - sum t(t-1)(2t+5)] / 18 over groups of t ties (Kendall 1975). O(n log n).
[[nodiscard]] kendall_count kendall_score(std::span<const double> values, kendall_workspace& memory);
[[nodiscard]] kendall_count kendall_score(std::span<const double> values);

/// Kendall's tau-b of two variables, ties in either (Knight, JASA 61, 1966). Pairs with a missing value are left out.
/// Missing when either variable is constant or fewer than two pairs are complete. O(n log n).
/// Throws invalid_argument for spans of different length and invalid_data for infinite values.
[[nodiscard]] double kendall_tau_b(std::span<const double> x, std::span<const double> y);

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/kendall_impl.hpp>
#endif
