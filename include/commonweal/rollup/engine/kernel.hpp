// SPDX-License-Identifier: Apache-2.0
// What a kernel is given and gives back: one block of eight periods, all groups, in one sequential pass.
#pragma once

#include <cstddef>
#include <cstdint>

#include <commonweal/rollup/engine/fixed_point_window.hpp>
#include <commonweal/rollup/engine/plan.hpp>

namespace commonweal::inline v0::engine {

/// Periods in a block: eight doubles are one cache line.
inline constexpr int block_periods = 8;

/// One pass over one block. Arrays are aligned to 64 bytes; values are [row][8], results [position][8].
/// A result of a group without a value is the neutral reported indicator: sum +0, count 0, min +inf, max -inf.
struct plane_task {
  std::uint32_t positions = 0;
  const std::uint8_t* depth_at = nullptr;
  const std::uint32_t* run_begin = nullptr;
  const plan::run* runs = nullptr;

  const double* x = nullptr;       ///< finite or NaN (missing), no -0
  const double* y = nullptr;       ///< pairs only: the denominators; a pair counts where both are present
  const float* narrow_x = nullptr; ///< where given, x and y are read from here: the same values, half the bytes
  const float* narrow_y = nullptr;
  fixed_point_window x_window, y_window;

  double* sum = nullptr;
  double* sum_y = nullptr; ///< pairs only
  std::uint32_t* count = nullptr;
  double* min = nullptr; ///< not for pairs
  double* max = nullptr;
  /// The limbs of `sum` and `sum_y`, where wanted and the window is not plain:
  /// the sum is (high x 2^shift + low) x 2^exponent.
  std::int64_t *high = nullptr, *low = nullptr;
  std::int64_t *high_y = nullptr, *low_y = nullptr;

  void* pending = nullptr; ///< scratch of pending_bytes(depth)
};

/// Scratch that a task over a forest of `depth` levels needs.
[[nodiscard]] constexpr std::size_t pending_bytes(std::uint32_t depth) {
  constexpr std::size_t accumulator = 6 * 64;
  return accumulator * depth * (depth + std::size_t{1}) / 2;
}

/// Copies rows of a matrix into blocks: row w of the output is row source[w] of the input.
struct fill_task {
  const double* input = nullptr; ///< reporter-major
  std::size_t stride = 0;        ///< doubles from one reporter to the next
  std::int32_t periods = 0;
  const std::uint32_t* source = nullptr;
  std::size_t rows = 0; ///< of the whole plan
  std::size_t row_begin = 0, row_end = 0;
  double* period_blocks = nullptr; ///< [block][row][8]
  float* narrow = nullptr;         ///< where given, written instead
  bool* misfit = nullptr;          ///< set where a value is not a float; what was written is of no use then
  extent* extents = nullptr;       ///< by block, to be included into
};

/// Copies the values of some reporters to all their rows.
struct place_task {
  const double* values = nullptr; ///< [reporter][blocks x 8], aligned; missing where there is nothing
  const std::uint32_t* reporters = nullptr;
  std::size_t count = 0;
  const std::uint32_t* row_begin = nullptr; ///< by reporter, into row_items
  const std::uint32_t* row_items = nullptr;
  std::size_t rows = 0; ///< of the whole plan
  std::size_t plane_count = 0;
  double* period_blocks = nullptr; ///< [block][row][8]
  float* narrow = nullptr;         ///< where given, written instead
  bool* misfit = nullptr;          ///< set where a value is not a float
  extent* extents = nullptr;       ///< by block, to be included into
};

/// The kernels for one instruction set. All sets give the same bits.
struct kernel_set {
  const char* name;
  void (*fused_plain)(const plane_task&); ///< sum, count, min, max
  void (*fused_exact)(const plane_task&);
  void (*pairs_plain)(const plane_task&); ///< sums of both and count over matched pairs
  void (*pairs_exact)(const plane_task&);
  void (*fill)(const fill_task&);
  void (*place)(const place_task&);
  /// Includes rows of eight into an extent; returns how many cells are present.
  std::uint64_t (*measure)(const double* values, std::size_t rows, extent& include_into);
};

} // namespace commonweal::inline v0::engine
