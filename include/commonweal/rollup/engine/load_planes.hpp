// SPDX-License-Identifier: Apache-2.0
// From long-form columns in memory straight to planes: the cold start of a rollup.
#pragma once

#include <atomic>
#include <string>

#include <commonweal/rollup/engine/long_form.hpp>
#include <commonweal/rollup/engine/planes.hpp>

namespace commonweal::inline v0::engine {

/// Fills planes from one table in long form, in any order. A cell that stands twice is refused.
/// Throws invalid_data and names the row for an unknown reporter, a period outside the plan, an infinite
/// value or a second value of one cell. Missing values may stand any number of times. O(rows).
inline void load_planes(planes& target, const long_batch& rows, const reporter_index& ids,
                        const kernel_set& kernels, const executor& where = {}) {
  check_lengths(rows);
  const std::int32_t periods = target.of().periods();
  const executor runner = where.for_size(rows.size() * sizeof(double));
  target.clear(runner);

  // Rows are shared out among threads. Two of them may meet in one cell only if it stands twice, and then the
  // number of cells written tells.
  const std::size_t pieces = runner.width() == 1 ? 1 : runner.width() * std::size_t{4};
  std::atomic<std::uint64_t> written{0};
  std::atomic<std::size_t> wrong{rows.size()};
  runner.run(pieces, [&](std::size_t piece) {
    std::uint64_t count = 0;
    for_each_reporter(rows, ids, rows.size() * piece / pieces, rows.size() * (piece + 1) / pieces,
                      [&](std::size_t i, std::uint32_t reporter) {
                        const std::int32_t t = rows.period[i];
                        if (reporter == reporter_index::none || t < 0 || t >= periods) [[unlikely]] {
                          std::size_t first = wrong.load();
                          while (i < first && !wrong.compare_exchange_weak(first, i)) {
                          }
                          return;
                        }
                        if (rows.value[i] == rows.value[i])
                          count += target.put(reporter, t, rows.value[i]);
                      });
    written += count;
  });
  if (const std::size_t i = wrong; i < rows.size()) {
    const bool outside = rows.period[i] < 0 || rows.period[i] >= periods;
    throw error(error_code::invalid_data, "row " + std::to_string(i + 1) +
                                              (outside ? " is of a period that the plan does not have"
                                                       : " is of a reporter that the plan does not have"));
  }
  if (target.close(kernels, runner) == written)
    return;

  // Some cell stands twice: find the first.
  std::vector<bool> seen(std::size_t{target.of().reporters()} * static_cast<std::size_t>(periods));
  for_each_reporter(rows, ids, 0, rows.size(), [&](std::size_t i, std::uint32_t reporter) {
    if (rows.value[i] != rows.value[i])
      return;
    const std::size_t cell =
        reporter * static_cast<std::size_t>(periods) + static_cast<std::size_t>(rows.period[i]);
    if (seen[cell]) {
      throw error(error_code::invalid_data,
                  "row " + std::to_string(i + 1) + " gives a second value for its reporter and period");
    }
    seen[cell] = true;
  });
}

} // namespace commonweal::inline v0::engine
