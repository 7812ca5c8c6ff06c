// SPDX-License-Identifier: Apache-2.0
// Sums of values too far apart for one window: a pass for each window, put together exactly. Rare and slow.
#pragma once

#include <cmath>
#include <vector>

#include <commonweal/rollup/engine/detail/buffer.hpp>
#include <commonweal/rollup/engine/kernel.hpp>
#include <commonweal/rollup/exact_sum.hpp>

namespace commonweal::inline v0::engine::detail {

[[nodiscard]] inline fixed_point_window limb_window(const extent& values, std::uint64_t addends) {
  return fixed_point_window::from(values.all_zero() ? 0 : std::ilogb(values.lowest), addends);
}

/// What a window cuts off a value: the same roundings as in the kernel, so nothing falls between two windows.
[[nodiscard]] inline double below_window(double x, const fixed_point_window& w) {
  const double scaled = x * w.scale;
  const double high = (scaled + w.high_magic) - w.high_magic;
  const double rest = scaled - high;
  const double low = (rest + w.low_magic) - w.low_magic;
  // Scaling may round a value far below the window; such a value is wholly cut off.
  if (high == 0.0 && low == 0.0) return x;
  return (rest - low) / w.scale;
}

/// From the highest window down; each pass but the first sums what the one above it cut off. The extremes and
/// the count are the first pass's. `sums`, if given, takes the exact sums by [position][8].
inline void wide_sums(const plan& p, const extent& values, const kernel_set& kernels, plane_task task,
                      std::vector<exact_sum>* sums = nullptr) {
  const std::uint64_t addends = p.reporters();
  const int lowest = std::ilogb(values.lowest);
  const int width = fixed_point_window::width(addends);
  const std::size_t size = std::size_t{task.positions} * block_periods;
  const std::size_t cells = p.rows() * block_periods;

  buffer<double> rest(cells), unused_real(2 * size);
  buffer<std::uint32_t> unused_count(size);
  buffer<std::int64_t> high(size), low(size);
  std::vector<exact_sum> own;
  std::vector<exact_sum>& total = sums == nullptr ? own : *sums;
  total.assign(size, {});

  plane_task pass = task;
  pass.high = high.data();
  pass.low = low.data();
  buffer<double> scaled;
  const double* x = task.x;
  for (int k = (std::ilogb(values.largest) - lowest) / width; k >= 0; --k) {
    const fixed_point_window w = pass.x_window = fixed_point_window::from(lowest + k * width, addends);
    pass.x = x;
    if (w.scale != 1.0) {
      // The kernel works on scaled values then; their extremes are of no use.
      scaled.resize(cells);
      for (std::size_t i = 0; i < cells; ++i) scaled[i] = x[i] * w.scale;
      pass.x = scaled.data();
    }
    kernels.fused_exact(pass);
    for (std::size_t i = 0; i < size; ++i) {
      total[i].add_scaled(high[i], w.exponent + w.shift);
      total[i].add_scaled(low[i], w.exponent);
    }
    for (std::size_t i = 0; i < cells; ++i) rest[i] = below_window(x[i], w);
    x = rest.data();
    // From here on only the limbs matter.
    pass.min = unused_real.data();
    pass.max = unused_real.data() + size;
    pass.count = unused_count.data();
    if (w.scale != 1.0) {
      // Extremes of the values themselves, and the count, by a pass whose sums are not read.
      plane_task extremes = task;
      extremes.x_window = fixed_point_window::from(lowest, addends);
      kernels.fused_exact(extremes);
    }
  }
  for (std::size_t i = 0; i < size; ++i) task.sum[i] = total[i].value();
}

/// Pairs by two passes over the matched values.
inline void wide_pairs(const plan& p, const extent& x, const extent& y, const kernel_set& kernels,
                       const plane_task& task) {
  const std::size_t size = std::size_t{task.positions} * block_periods;
  const std::size_t cells = p.rows() * block_periods;
  buffer<double> values(cells), unused(2 * size);
  plane_task single = task;
  single.min = unused.data();
  single.max = unused.data() + size;
  single.x = values.data();
  const auto side = [&](const double* own, const double* other, const extent& e, double* sum) {
    for (std::size_t i = 0; i < cells; ++i) values[i] = std::isnan(other[i]) ? other[i] : own[i];
    single.sum = sum;
    if (e.all_zero()) {
      single.x_window = {};
      kernels.fused_plain(single);
    } else {
      wide_sums(p, e, kernels, single);
    }
  };
  side(task.x, task.y, x, task.sum);
  side(task.y, task.x, y, task.sum_y);
}

} // namespace commonweal::inline v0::engine::detail
