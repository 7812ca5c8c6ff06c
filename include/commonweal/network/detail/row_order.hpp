// SPDX-License-Identifier: Apache-2.0
// Sorting edges by their ends and intervals, in time linear in edges and vertices.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <tuple>
#include <vector>

#include <commonweal/core/interval.hpp>

namespace commonweal::inline v0::detail {

/// The given rows in order of (first, second, start, end, row). `validity` is one a row or empty.
inline std::vector<std::uint32_t> sorted_rows(std::vector<std::uint32_t> rows, std::span<const std::uint32_t> first,
                                              std::span<const std::uint32_t> second, std::span<const interval> validity,
                                              std::size_t vertices) {
  const auto key = [&](std::uint32_t r) {
    const auto span = validity.empty() ? interval{} : validity[r];
    return std::tuple(first[r], second[r], span.start, span.end, r);
  };
  const auto less = [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); };
  if (std::ranges::is_sorted(rows, less)) return rows;
  if (rows.size() < vertices / 4) {
    std::ranges::sort(rows, less);
    return rows;
  }
  // Two stable counting sorts, the less significant key first; then the few rows between the same two ends.
  std::vector<std::uint32_t> other(rows.size());
  std::vector<std::uint32_t> next(vertices + 1);
  for (const auto ends : {second, first}) {
    std::ranges::fill(next, 0U);
    for (const auto r : rows) ++next[ends[r] + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    for (const auto r : rows) other[next[ends[r]]++] = r;
    rows.swap(other);
  }
  for (std::size_t i = 0; i < rows.size();) {
    auto j = i + 1;
    while (j < rows.size() && first[rows[j]] == first[rows[i]] && second[rows[j]] == second[rows[i]]) ++j;
    if (j - i > 1)
      std::sort(rows.begin() + static_cast<std::ptrdiff_t>(i), rows.begin() + static_cast<std::ptrdiff_t>(j), less);
    i = j;
  }
  return rows;
}

} // namespace commonweal::inline v0::detail
