// SPDX-License-Identifier: Apache-2.0
// partial_rollup: the rollup of some of the observations, to be merged with those of the others; made elsewhere, if
// need be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include <commonweal/core/table.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/network/network.hpp>
#include <commonweal/rollup/figure_cube.hpp>
#include <commonweal/rollup/options.hpp>

namespace commonweal::inline v0 {

/// new, update, merge, serialize, finish: how the observations are shared out and in what order parts are merged leaves
/// no trace. finish() gives the bits that rollup() gives over all the observations at once.
///
/// It holds, for each indicator, group and base period, exact sums, extremes and counts, and one byte for each cell
/// (reporter x base period) of what came, so that no report counts twice; values of reporters only where a figure may
/// need them: a single one (an operator `none`, a value without its parts), or all (an operator made of all values, as
/// `median` is: such a part is as large as its values). The network gives the structure, the measures the definitions;
/// their own panels are not in it.
///
/// Carried: sums, ratios of sums and weighted means over groups and time alike; least and greatest alike; sum, mean,
/// count, min, max, range, median, percentile, geometric_mean and none over groups where figures are of base periods;
/// formulas of these, computed for groups. Others are refused with invalid_argument, naming indicator and operator:
/// when the partial is made where that is known then, else with the first observations.
///
/// Network and measures must outlive it. One owner. Compiled library only. Memory: 1 byte a cell, 40 to 120 a group and
/// period, by stretches of 64 periods in which something came, and 16 a kept value; at most 4,194,304 cells and 512 for
/// each node, edge and report.
class partial_rollup {
 public:
  /// Base periods that are held together: panels of stretches [k x 64, k x 64 + 64) waste nothing.
  static constexpr std::int32_t stretch_periods = 64;

  /// Empty. Throws invalid_argument for options that no rollup takes, and for what cannot be carried. Where `people` of
  /// the options is there, indicators whose people would be counted once are refused.
  partial_rollup(const network& net, const measures& data, const rollup_options& options);
  ~partial_rollup();
  partial_rollup(partial_rollup&&) noexcept;
  partial_rollup& operator=(partial_rollup&&) noexcept;

  /// Adds cells. Panels of other indicators and breakdowns than those asked for are left. Throws invalid_data for a
  /// report that came before and for another frequency than before, and invalid_argument (answer_too_large) where few
  /// reports would need very many cells; then nothing is added. O(cells x groups of a reporter).
  void update(std::span<const panel> panels);

  /// Adds what another has. Throws invalid_argument for another job (structure, definitions or options), invalid_data
  /// where a report is in both; then nothing is added. O(cells + groups x periods).
  void merge(const partial_rollup& other);

  /// Canonical bytes in an envelope: equal parts give equal bytes. A few bytes a run of equal cells, about 35 a figure.
  [[nodiscard]] std::vector<std::byte> serialize() const;
  /// Throws invalid_data for bytes that are cut, changed, or of another structure, definitions or version.
  [[nodiscard]] static partial_rollup deserialize(const network& net, const measures& data,
                                                  std::span<const std::byte> bytes,
                                                  const served_people* people = nullptr);

  /// The table of rollup(). Throws invalid_argument where options ask for what cannot be carried, or as rollup() does,
  /// error_code::cancelled.
  [[nodiscard]] table finish(const std::function<bool(double)>& told = {}) const;
  /// The same figures, typed.
  [[nodiscard]] figure_cube figures(const std::function<bool(double)>& told = {}) const;

  struct state; ///< of the implementation

 private:
  std::unique_ptr<state> state_;
};

} // namespace commonweal::inline v0
