// SPDX-License-Identifier: Apache-2.0
// aggregate: the rollup of blocks by a plan, exact whatever the values are.
#pragma once

#include <vector>

#include <commonweal/rollup/engine/detail/wide_sums.hpp>
#include <commonweal/rollup/engine/period_blocks.hpp>

namespace commonweal::inline v0::engine {

/// Where the result of a group and period is: by block, position of the plan, and period in the block.
class result_grid {
 public:
  result_grid(const plan& p) : positions_(p.groups()), periods_(static_cast<std::size_t>(p.periods())) {}

  [[nodiscard]] std::size_t size() const { return plane((periods_ + block_periods - 1) / block_periods); }
  [[nodiscard]] std::size_t plane(std::size_t p) const { return p * positions_ * block_periods; }
  [[nodiscard]] std::size_t at(std::uint32_t position, std::int32_t period) const {
    const auto t = static_cast<std::size_t>(period);
    return plane(t / block_periods) + std::size_t{position} * block_periods + t % block_periods;
  }

 private:
  std::size_t positions_, periods_;
};

/// The fused results. A group without a value in a period: count 0, sum +0, min +inf, max -inf.
struct aggregates : result_grid {
  explicit aggregates(const plan& p) : result_grid(p), sum(size()), min(size()), max(size()), count(size()) {}
  detail::buffer<double> sum, min, max;
  detail::buffer<std::uint32_t> count;
};

/// Sums of numerators and denominators over the reporters that gave both, and how many those are.
struct pair_aggregates : result_grid {
  explicit pair_aggregates(const plan& p) : result_grid(p), numerator(size()), denominator(size()), count(size()) {}
  detail::buffer<double> numerator, denominator;
  detail::buffer<std::uint32_t> count;
};

namespace detail {

[[nodiscard]] inline plane_task task_for(const plan& p) {
  plane_task task;
  task.positions = p.groups();
  task.depth_at = p.depth_at().data();
  task.run_begin = p.run_begin().data();
  task.runs = p.runs().data();
  return task;
}

/// The one window that holds these values; false if they need several, or scaling.
[[nodiscard]] inline bool find_window(const extent& values, std::uint64_t addends, fixed_point_window& window) {
  if (fixed_point_window::plain_holds(values, addends)) {
    window = {};
    window.plain = true;
    return true;
  }
  const int lowest = std::ilogb(values.lowest);
  if (std::ilogb(values.largest) >= lowest + fixed_point_window::width(addends)) return false;
  window = fixed_point_window::from(lowest, addends);
  return window.scale == 1.0;
}

/// One block as doubles; `room` holds them where they are floats.
[[nodiscard]] inline const double* widened(const period_blocks& values, std::size_t plane, buffer<double>& room) {
  if (!values.is_narrow()) return values.plane(plane);
  room.resize(values.plane_size());
  std::copy_n(values.narrow_block(plane), values.plane_size(), room.data());
  return room.data();
}

inline void aggregate_plane(const period_blocks& from, std::size_t plane, const kernel_set& kernels, plane_task& task) {
  const plan& p = from.of();
  const extent& values = from.extent_of(plane);
  buffer<double> room;
  if (from.is_narrow()) {
    task.narrow_x = from.narrow_block(plane);
  } else {
    task.x = from.plane(plane);
  }
  if (find_window(values, p.reporters(), task.x_window)) {
    (task.x_window.plain ? kernels.fused_plain : kernels.fused_exact)(task);
  } else {
    task.x = widened(from, plane, room);
    task.narrow_x = nullptr;
    wide_sums(p, values, kernels, task);
  }
}

} // namespace detail

/// Aggregates into `result`, which must be made for the same plan. Every sum is the exact sum
/// rounded once, so the bits do not depend on the executor, the kernels, the plan or the order of reporters.
inline void aggregate(const period_blocks& values, aggregates& result, const kernel_set& kernels,
                      const executor& where = {}) {
  const plan& p = values.of();
  where.for_size(values.bytes()).run(values.count(), [&](std::size_t plane) {
    detail::buffer<std::byte> pending(pending_bytes(p.depth()) + 1);
    plane_task task = detail::task_for(p);
    task.pending = pending.data();
    const std::size_t at = result.plane(plane);
    task.sum = result.sum.data() + at;
    task.min = result.min.data() + at;
    task.max = result.max.data() + at;
    task.count = result.count.data() + at;
    detail::aggregate_plane(values, plane, kernels, task);
  });
}

/// The same for matched pairs. Both blocks must be of one plan.
inline void aggregate(const period_blocks& numerators, const period_blocks& denominators, pair_aggregates& result,
                      const kernel_set& kernels, const executor& where = {}) {
  const plan& p = numerators.of();
  where.for_size(2 * numerators.bytes()).run(numerators.count(), [&](std::size_t plane) {
    detail::buffer<std::byte> pending(pending_bytes(p.depth()) + 1);
    plane_task task = detail::task_for(p);
    task.pending = pending.data();
    const std::size_t at = result.plane(plane);
    task.sum = result.numerator.data() + at;
    task.sum_y = result.denominator.data() + at;
    task.count = result.count.data() + at;
    detail::buffer<double> room_x, room_y;
    const auto widen = [&] {
      task.x = detail::widened(numerators, plane, room_x);
      task.y = detail::widened(denominators, plane, room_y);
      task.narrow_x = task.narrow_y = nullptr;
    };
    if (numerators.is_narrow() && denominators.is_narrow()) {
      task.narrow_x = numerators.narrow_block(plane);
      task.narrow_y = denominators.narrow_block(plane);
    } else {
      widen();
    }
    const extent &x = numerators.extent_of(plane), &y = denominators.extent_of(plane);
    const bool one_pass =
        detail::find_window(x, p.reporters(), task.x_window) && detail::find_window(y, p.reporters(), task.y_window);
    if (!one_pass) {
      widen();
      return detail::wide_pairs(p, x, y, kernels, task);
    }
    if (task.x_window.plain && task.y_window.plain) return kernels.pairs_plain(task);
    // One kernel takes both: what plain doubles hold, limbs hold as well.
    if (task.x_window.plain) task.x_window = detail::limb_window(x, p.reporters());
    if (task.y_window.plain) task.y_window = detail::limb_window(y, p.reporters());
    kernels.pairs_exact(task);
  });
}

} // namespace commonweal::inline v0::engine
