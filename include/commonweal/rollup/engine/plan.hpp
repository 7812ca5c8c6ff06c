// SPDX-License-Identifier: Apache-2.0
// plan: a cascade arranged so that every group's set union is one sequential pass, without subtraction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <commonweal/rollup/engine/cascade.hpp>

namespace commonweal::inline v0::engine {

/// How a cascade is walked. The groups that contain a reporter are closed upward; in a spanning forest of the
/// cascade they fall apart into disjoint vertical paths. Each path becomes one row of the plan: it starts at
/// its lowest group and ends just below the depth `top - 1`, so it has the class `top`, the depth of its
/// highest group. Going up from group to group, an accumulator of class c joins the parent's accumulator of
/// class c while the parent is at depth c or deeper, and is dropped above. A group's total is the sum of its
/// accumulators: every reporter once, nothing taken away, so minima, missing values and exact sums all work.
///
/// Groups are held in depth-first post-order (a "position"); the rows of a position are contiguous, sorted
/// into runs by class. A path in force for a part of the time is a row whose other cells are missing.
///
/// Immutable, shared by all indicators and threads. Memory: 4 bytes a row, 12 more for a dated one, 17 a group, 8 a
/// run.
class plan {
 public:
  static constexpr std::uint32_t none = 0xffffffffU;
  static constexpr int max_depth = 64; ///< deeper groups start a new tree of the forest; answers are the same

  /// Rows [previous run's end, row_end) of one position, all of class `top`.
  struct run {
    std::uint32_t row_end;
    std::uint32_t top;
  };
  /// A row that is in force only in some periods; sorted by row.
  struct partial_row {
    std::uint32_t row;
    index_range in_force;
  };

  /// Plans a cascade. Throws commonweal::error (invalid_data) if an index is out of range or part_of has a
  /// cycle in some period. O(rows x depth + groups x changes), about 0.1 us a reporter.
  explicit plan(const cascade& input);

  [[nodiscard]] std::uint32_t groups() const { return static_cast<std::uint32_t>(group_at_.size()); }
  [[nodiscard]] std::uint32_t reporters() const { return reporters_; }
  [[nodiscard]] std::int32_t periods() const { return periods_; }
  [[nodiscard]] std::size_t rows() const { return row_reporter_.size(); }
  [[nodiscard]] std::uint32_t depth() const { return depth_; } ///< levels of the forest

  /// Position to group and back; parent position or `none`; depth below the root of the tree.
  [[nodiscard]] std::span<const std::uint32_t> group_at() const { return group_at_; }
  [[nodiscard]] std::span<const std::uint32_t> position_of() const { return position_of_; }
  [[nodiscard]] std::span<const std::uint32_t> parent_at() const { return parent_at_; }
  [[nodiscard]] std::span<const std::uint8_t> depth_at() const { return depth_at_; }

  /// The runs of position p are runs()[run_begin()[p] .. run_begin()[p + 1]).
  [[nodiscard]] std::span<const std::uint32_t> run_begin() const { return run_begin_; }
  [[nodiscard]] std::span<const run> runs() const { return runs_; }

  [[nodiscard]] std::span<const std::uint32_t> row_reporter() const { return row_reporter_; }
  [[nodiscard]] std::span<const partial_row> partial_rows() const { return partial_rows_; }

  /// Distinguishes plans of different cascades; independent of the order in which edges were listed.
  [[nodiscard]] std::uint64_t fingerprint() const { return fingerprint_; }

 private:
  friend class plan_builder;
  plan() = default;

  std::uint32_t reporters_ = 0;
  std::int32_t periods_ = 0;
  std::uint32_t depth_ = 0;
  std::uint64_t fingerprint_ = 0;
  std::vector<std::uint32_t> group_at_, position_of_, parent_at_;
  std::vector<std::uint8_t> depth_at_;
  std::vector<std::uint32_t> run_begin_;
  std::vector<run> runs_;
  std::vector<std::uint32_t> row_reporter_;
  std::vector<partial_row> partial_rows_;
};

/// Reports owed, by [position][period]: how many reporters of the group owe one in the period.
/// Ranges of one reporter must not overlap. Throws invalid_argument for a reporter that is not there. O(rows
/// + groups x periods), by difference arrays.
[[nodiscard]] std::vector<std::uint32_t> expected_counts(const plan& plan, std::span<const expectation> owed);

} // namespace commonweal::inline v0::engine

#include <commonweal/rollup/engine/detail/plan_builder.hpp>
