// SPDX-License-Identifier: Apache-2.0
// The reported values of one indicator: reporter x period, missing as NaN and nothing else.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <Eigen/Core>

#include <commonweal/core/period.hpp>
#include <commonweal/measure/records.hpp>

namespace commonweal::inline v0 {

/// Rows are reporters, columns periods, both contiguous by row.
using panel_matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

inline constexpr double missing_value = std::numeric_limits<double>::quiet_NaN();

/// The four states of a cell. A reported zero is `reported`.
enum class cell_state : std::uint8_t { reported, missing, not_expected, suppressed };
template <>
struct enum_names<cell_state> : enum_words<schema::statuses> {};
static_assert(ends_with_word(cell_state::suppressed, "suppressed"));

/// All observations of one indicator and one breakdown, at one frequency.
///
/// Shapes: `reporters` R, sorted; `value` R x T; `numerator` and `denominator` R x T or 0 x 0 when the indicator has
/// none. Column c is period `first.plus(c)`. NaN is missing; infinities never enter. A mean keeps its weights in
/// `denominator`; a ratio keeps both parts, and its `value` is factor x numerator / denominator (missing where the
/// denominator is zero). `suppressed` and `not_expected` list the cells that the data itself marks so, as
/// row x T + column, sorted; both are NaN in the matrices.
struct panel {
  indicator_id indicator;
  std::string breakdown; ///< blank for the total
  period first;
  std::vector<node_ref> reporters; ///< organizations and groups
  panel_matrix value;
  panel_matrix numerator;
  panel_matrix denominator;
  std::vector<std::uint64_t> suppressed;
  std::vector<std::uint64_t> not_expected;

  [[nodiscard]] Eigen::Index periods() const { return value.cols(); }
  [[nodiscard]] period at(Eigen::Index column) const { return first.plus(static_cast<std::int32_t>(column)); }
  /// The row of a reporter, or nothing. O(log R).
  [[nodiscard]] std::optional<Eigen::Index> row(node_ref reporter) const {
    const auto it = std::lower_bound(reporters.begin(), reporters.end(), reporter);
    if (it == reporters.end() || *it != reporter) return std::nullopt;
    return it - reporters.begin();
  }
  /// The column of a period, or nothing when it lies outside or is of another frequency.
  [[nodiscard]] std::optional<Eigen::Index> column(period p) const {
    if (p.freq() != first.freq() || p < first || p.ordinal() >= first.ordinal() + periods()) return std::nullopt;
    return p.ordinal() - first.ordinal();
  }
  [[nodiscard]] bool is_suppressed(Eigen::Index row, Eigen::Index column) const {
    return listed(suppressed, row, column);
  }
  [[nodiscard]] bool is_not_expected(Eigen::Index row, Eigen::Index column) const {
    return listed(not_expected, row, column);
  }

 private:
  [[nodiscard]] bool listed(const std::vector<std::uint64_t>& cells, Eigen::Index row, Eigen::Index column) const {
    return std::binary_search(cells.begin(), cells.end(), static_cast<std::uint64_t>(row * periods() + column));
  }
};

} // namespace commonweal::inline v0
