// SPDX-License-Identifier: Apache-2.0
// partial: a rollup of some of the cells, to be merged with rollups of the others.
#pragma once

#include <span>
#include <vector>

#include <commonweal/rollup/engine/aggregate.hpp>
#include <commonweal/rollup/engine/path_index.hpp>
#include <commonweal/rollup/engine/sum_cells.hpp>

namespace commonweal::inline v0::engine {

/// The state of a rollup between its beginning and its end: new, update, merge, serialize, finish.
///
/// Parts of one job have one plan and disjoint cells (reporter x period); how the cells are shared out, and
/// in what order parts are merged, leaves no trace in the result or in the bytes. A cell that is in two parts
/// counts twice: whoever shares out the cells sees to that.
///
/// The plan must outlive it. Memory: 40 bytes a group and period. Not for concurrent writers.
class partial {
 public:
  explicit partial(const plan& p);

  /// Adds one cell; NaN adds nothing. Throws invalid_data for an infinite value. `paths` must be of this
  /// plan.
  void update(const path_index& paths, std::uint32_t reporter, std::int32_t period, double value);

  /// Adds all cells of blocks of this plan, by the kernels.
  void update(const period_blocks& values, const kernel_set& kernels, const executor& where = {});

  /// Throws invalid_argument if the other is of another plan. O(groups x periods), at the speed of memory.
  void merge(const partial& other);

  /// The rounded result.
  void finish(aggregates& result) const;

  /// Canonical bytes in an envelope: magic, version, plan, length and XXH3-64 hash. Groups in the order of
  /// their indices, so equal results give equal bytes. At most about 35 bytes a group and period of ordinary
  /// amounts. Compiled library only.
  [[nodiscard]] std::vector<std::byte> serialize() const;

  /// Throws invalid_data, having read nothing, for bytes that are cut, changed, of another version or of
  /// another plan. Compiled library only.
  [[nodiscard]] static partial deserialize(const plan& p, std::span<const std::byte> bytes);

  [[nodiscard]] const plan& of() const { return *plan_; }
  [[nodiscard]] exact_sum sum(std::uint32_t position, std::int32_t period) const {
    return cells_[block_of(period)].sum(at(position, period));
  }
  [[nodiscard]] double value(std::uint32_t position, std::int32_t period) const { ///< the sum, rounded once
    return cells_[block_of(period)].value(at(position, period));
  }
  [[nodiscard]] const sum_cells::cell& cell(std::uint32_t position, std::int32_t period) const {
    return cells_[block_of(period)][at(position, period)];
  }

 private:
  [[nodiscard]] static std::size_t block_of(std::int32_t period) {
    return static_cast<std::size_t>(period) / block_periods;
  }
  [[nodiscard]] static std::size_t at(std::uint32_t position, std::int32_t period) {
    return std::size_t{position} * block_periods + static_cast<std::size_t>(period) % block_periods;
  }

  const plan* plan_;
  std::vector<sum_cells> cells_; // by block, [position][8]
};

inline partial::partial(const plan& p) : plan_(&p) {
  const std::size_t period_blocks = (static_cast<std::size_t>(p.periods()) + block_periods - 1) / block_periods;
  cells_.assign(period_blocks, sum_cells(std::size_t{p.groups()} * block_periods));
}

inline void partial::update(const path_index& paths, std::uint32_t reporter, std::int32_t period, double value) {
  if (std::isnan(value)) return;
  if (std::isinf(value)) throw error(error_code::invalid_data, "an infinite value; missing is NaN");
  value += 0.0; // -0 becomes +0
  sum_cells& plane = cells_[block_of(period)];
  plane.prepare(value);
  paths.visit(reporter, period, [&](std::uint32_t position) { plane.add(at(position, period), value); });
}

inline void partial::update(const period_blocks& values, const kernel_set& kernels, const executor& where) {
  if (&values.of() != plan_ && values.of().fingerprint() != plan_->fingerprint()) {
    throw error(error_code::invalid_argument, "these period_blocks are of another plan than the partial");
  }
  where.for_size(values.bytes()).run(values.count(), [&](std::size_t plane) {
    const std::size_t size = cells_[plane].size();
    detail::buffer<std::byte> pending(pending_bytes(plan_->depth()) + 1);
    detail::buffer<double> real(3 * size);
    detail::buffer<std::uint32_t> count(size);
    detail::buffer<std::int64_t> limbs(2 * size);
    plane_task task = detail::task_for(*plan_);
    task.pending = pending.data();
    task.sum = real.data();
    task.min = real.data() + size;
    task.max = real.data() + 2 * size;
    task.count = count.data();
    task.high = limbs.data();
    task.low = limbs.data() + size;
    detail::buffer<double> room;
    if (values.is_narrow()) {
      task.narrow_x = values.narrow_block(plane);
    } else {
      task.x = values.plane(plane);
    }
    const extent& seen = values.extent_of(plane);
    sum_cells& cells = cells_[plane];
    cells.make_room(seen);

    std::vector<exact_sum> wide;
    if (!detail::find_window(seen, plan_->reporters(), task.x_window)) {
      task.x = detail::widened(values, plane, room);
      task.narrow_x = nullptr;
      detail::wide_sums(*plan_, seen, kernels, task, &wide);
    } else {
      (task.x_window.plain ? kernels.fused_plain : kernels.fused_exact)(task);
    }
    const int lowest = seen.all_zero() ? 0 : std::ilogb(seen.lowest);
    for (std::size_t i = 0; i < size; ++i) {
      if (!wide.empty()) {
        cells.add_sum(i, wide[i]);
      } else if (task.x_window.plain) {
        // The double is a whole number of lowest bits, below 2^53 of them.
        cells.add_limbs(i, 0, static_cast<std::int64_t>(std::ldexp(task.sum[i], -lowest)), 0, lowest);
      } else {
        cells.add_limbs(i, task.high[i], task.low[i], task.x_window.shift, task.x_window.exponent);
      }
      cells.add_extremes(i, task.count[i], task.min[i], task.max[i]);
    }
  });
}

inline void partial::merge(const partial& other) {
  if (&other == this) return merge(partial(other));
  if (other.plan_ != plan_ && other.plan_->fingerprint() != plan_->fingerprint()) {
    throw error(error_code::invalid_argument, "these parts are of different plans: they do not merge");
  }
  if (std::ranges::equal(other.plan_->group_at(), plan_->group_at())) {
    for (std::size_t p = 0; p < cells_.size(); ++p) cells_[p].merge(other.cells_[p]);
    return;
  }
  // One cascade listed in two orders: the same groups at other positions.
  for (std::size_t p = 0; p < cells_.size(); ++p) {
    sum_cells moved = other.cells_[p];
    moved.permute([&](std::size_t i) {
      const std::uint32_t group = plan_->group_at()[i / block_periods];
      return std::size_t{other.plan_->position_of()[group]} * block_periods + i % block_periods;
    });
    cells_[p].merge(moved);
  }
}

inline void partial::finish(aggregates& result) const {
  for (std::size_t p = 0; p < cells_.size(); ++p) {
    const std::size_t plane = result.plane(p);
    for (std::size_t i = 0; i < cells_[p].size(); ++i) {
      const auto& c = cells_[p][i];
      result.sum[plane + i] = c.count == 0 ? 0.0 : cells_[p].value(i);
      result.min[plane + i] = c.min;
      result.max[plane + i] = c.max;
      result.count[plane + i] = c.count;
    }
  }
}

} // namespace commonweal::inline v0::engine
