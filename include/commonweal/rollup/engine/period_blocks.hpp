// SPDX-License-Identifier: Apache-2.0
// blocks: the values of one indicator in the order in which the kernels read them.
#pragma once

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include <commonweal/core/executor.hpp>
#include <commonweal/rollup/engine/detail/buckets.hpp>
#include <commonweal/rollup/engine/detail/buffer.hpp>
#include <commonweal/rollup/engine/kernels.hpp>

namespace commonweal::inline v0::engine {

/// Values of reporters by periods, reporter-major: cell (r, t) is data[r * stride + t]. NaN is missing.
struct value_matrix {
  const double* data = nullptr;
  std::size_t stride = 0;
};

/// [block of 8 periods][row of the plan][8 values]. Values are doubles, or floats where all of them are: whole numbers
/// below 2^24 and their like, as counts are. Floats are read in half the time and lose nothing. A reporter in several
/// places is copied to each of its rows; where a row is not in force its cells are missing, and so are the periods that
/// fill up the last block. Fill it again for the next indicator: memory is kept.
class period_blocks {
 public:
  explicit period_blocks(const plan& p) : plan_(&p) {}

  /// From a matrix. Throws invalid_data if a value is infinite. About twice the time of a rollup.
  void fill(value_matrix values, const kernel_set& kernels, const executor& where = {});

  /// Cell by cell, in any order: `clear`, `put` what there is, `close`. What is not put is missing; a cell
  /// that is put twice holds one of its values. Threads may put at the same time. `put` returns how many
  /// copies it wrote, `close` how many are there: they differ if a cell was put twice. REQUIRES: a value, not
  /// NaN.
  void clear(const executor& where = {});
  std::size_t put(std::uint32_t reporter, std::int32_t period, double value) {
    const auto t = static_cast<std::size_t>(period);
    double* const cell = data_.data() + (t / block_periods) * plane_size() + t % block_periods;
    const auto rows = rows_of_[reporter];
    for (const std::uint32_t row : rows) {
      // -0 becomes +0: extremes must not depend on order.
      std::atomic_ref(cell[std::size_t{row} * block_periods]).store(value + 0.0, std::memory_order_relaxed);
    }
    return rows.size();
  }
  std::uint64_t close(const kernel_set& kernels, const executor& where = {});

  /// Reporter by reporter: `begin_reporters`, `place` each reporter once at most, in batches that threads may
  /// share out, `close_reporters`. Values are [reporter][count() x 8], aligned, missing beyond the periods,
  /// no -0.
  /// With `narrow`, `place` says false where a value is not a float: begin again without.
  void begin_reporters(bool narrow = false);
  [[nodiscard]] bool place(std::span<const std::uint32_t> reporters, const double* values, std::span<extent> seen,
                           const kernel_set& kernels);
  void close_reporters(const std::vector<bool>& placed, std::span<const extent> seen);

  [[nodiscard]] const plan& of() const { return *plan_; }
  [[nodiscard]] std::size_t count() const {
    return (static_cast<std::size_t>(plan_->periods()) + block_periods - 1) / block_periods;
  }
  /// Whether values are held as floats: then they are in narrow_plane(), or else in block().
  [[nodiscard]] bool is_narrow() const { return narrow_; }
  [[nodiscard]] const double* plane(std::size_t p) const { return data_.data() + p * plane_size(); }
  [[nodiscard]] const float* narrow_block(std::size_t p) const { return floats_.data() + p * plane_size(); }
  [[nodiscard]] const extent& extent_of(std::size_t p) const { return extents_[p]; }
  [[nodiscard]] std::size_t plane_size() const { return plan_->rows() * block_periods; }
  [[nodiscard]] std::size_t bytes() const {
    return count() * plane_size() * (narrow_ ? sizeof(float) : sizeof(double));
  }
  /// Whether these values are floats, for a guess at the others.
  [[nodiscard]] static bool are_narrow(std::span<const double> values) {
    return std::ranges::all_of(values,
                               [](double x) { return x != x || static_cast<double>(static_cast<float>(x)) == x; });
  }

 private:
  [[nodiscard]] bool looks_narrow(value_matrix values) const;
  [[nodiscard]] bool fill_all(value_matrix values, const kernel_set& kernels, const executor& where);
  void make_room(bool narrow);
  void find_rows();
  template <class Write>
  void write_cells(std::size_t plane, std::uint32_t row, Write write);
  void mask_partial_rows(std::size_t plane);
  void refuse_infinities() const;

  const plan* plan_;
  bool narrow_ = false;
  detail::buffer<double> data_;
  detail::buffer<float> floats_;
  std::vector<extent> extents_;
  detail::buckets rows_of_; // by reporter; made when cells are first put
};

inline void period_blocks::make_room(bool narrow) {
  narrow_ = narrow;
  if (narrow) {
    data_ = {};
    floats_.resize(count() * plane_size());
  } else {
    floats_ = {};
    data_.resize(count() * plane_size());
  }
}

inline bool period_blocks::looks_narrow(value_matrix values) const {
  const std::size_t sample = std::min<std::size_t>(plan_->reporters(), 64);
  for (std::size_t k = 0; k < sample; ++k) {
    const std::size_t reporter = k * plan_->reporters() / sample;
    if (!are_narrow({values.data + reporter * values.stride, static_cast<std::size_t>(plan_->periods())})) return false;
  }
  return true;
}

inline bool period_blocks::fill_all(value_matrix values, const kernel_set& kernels, const executor& where) {
  extents_.assign(count(), {});
  const std::size_t pieces = std::max<std::size_t>(1, std::min<std::size_t>(plan_->rows() / 4096, 64));
  std::mutex guard; // of extents_ and fits
  bool fits = true;
  where.for_size(bytes()).run(pieces, [&](std::size_t piece) {
    std::vector<extent> seen(count());
    bool misfit = false;
    fill_task task;
    task.input = values.data;
    task.stride = values.stride;
    task.periods = plan_->periods();
    task.source = plan_->row_reporter().data();
    task.rows = plan_->rows();
    task.row_begin = plan_->rows() * piece / pieces;
    task.row_end = plan_->rows() * (piece + 1) / pieces;
    task.period_blocks = data_.data();
    task.narrow = floats_.data();
    task.misfit = &misfit;
    task.extents = seen.data();
    kernels.fill(task);
    const std::lock_guard lock(guard);
    for (std::size_t p = 0; p < count(); ++p) extents_[p].include(seen[p]);
    fits = fits && !misfit;
  });
  return fits;
}

inline void period_blocks::fill(value_matrix values, const kernel_set& kernels, const executor& where) {
  make_room(looks_narrow(values));
  if (!fill_all(values, kernels, where)) {
    make_room(false);
    (void)fill_all(values, kernels, where);
  }
  refuse_infinities();
  for (std::size_t p = 0; p < count(); ++p) mask_partial_rows(p);
}

inline void period_blocks::find_rows() {
  if (rows_of_.offsets().empty()) {
    rows_of_ = {plan_->reporters(), plan_->rows(), [this](std::size_t row) { return plan_->row_reporter()[row]; }};
  }
}

inline void period_blocks::begin_reporters(bool narrow) {
  make_room(narrow);
  find_rows();
}

inline bool period_blocks::place(std::span<const std::uint32_t> reporters, const double* values, std::span<extent> seen,
                                 const kernel_set& kernels) {
  bool misfit = false;
  place_task task;
  task.values = values;
  task.reporters = reporters.data();
  task.count = reporters.size();
  task.row_begin = rows_of_.offsets().data();
  task.row_items = rows_of_.items().data();
  task.rows = plan_->rows();
  task.plane_count = count();
  task.period_blocks = data_.data();
  task.narrow = floats_.data();
  task.misfit = &misfit;
  task.extents = seen.data();
  kernels.place(task);
  return !misfit;
}

template <class Write>
void period_blocks::write_cells(std::size_t plane, std::uint32_t row, Write write) {
  const std::size_t at = plane * plane_size() + std::size_t{row} * block_periods;
  narrow_ ? write(floats_.data() + at) : write(data_.data() + at);
}

inline void period_blocks::close_reporters(const std::vector<bool>& placed, std::span<const extent> seen) {
  for (std::uint32_t r = 0; r < plan_->reporters(); ++r) {
    if (placed[r]) continue;
    for (const std::uint32_t row : rows_of_[r]) {
      for (std::size_t p = 0; p < count(); ++p) {
        write_cells(p, row, [](auto* cells) {
          std::fill_n(cells, block_periods, std::numeric_limits<std::remove_pointer_t<decltype(cells)>>::quiet_NaN());
        });
      }
    }
  }
  extents_.assign(seen.begin(), seen.end());
  refuse_infinities();
  for (std::size_t p = 0; p < count(); ++p) mask_partial_rows(p);
}

inline void period_blocks::clear(const executor& where) {
  make_room(false);
  find_rows();
  where.for_size(bytes()).run(count(), [this](std::size_t p) {
    std::fill_n(data_.data() + p * plane_size(), plane_size(), std::numeric_limits<double>::quiet_NaN());
  });
}

inline std::uint64_t period_blocks::close(const kernel_set& kernels, const executor& where) {
  extents_.assign(count(), {});
  std::atomic<std::uint64_t> cells{0};
  where.for_size(bytes()).run(count(), [&](std::size_t p) {
    cells += kernels.measure(plane(p), plan_->rows(), extents_[p]);
    mask_partial_rows(p);
  });
  refuse_infinities();
  return cells;
}

inline void period_blocks::mask_partial_rows(std::size_t plane) {
  const auto first = static_cast<std::int32_t>(plane) * block_periods;
  for (const auto& partial : plan_->partial_rows()) {
    write_cells(plane, partial.row, [&](auto* cells) {
      for (std::int32_t k = 0; k < block_periods; ++k) {
        if (!partial.in_force.contains(first + k))
          cells[k] = std::numeric_limits<std::remove_pointer_t<decltype(cells)>>::quiet_NaN();
      }
    });
  }
}

inline void period_blocks::refuse_infinities() const {
  for (std::size_t p = 0; p < count(); ++p) {
    if (extents_[p].largest == std::numeric_limits<double>::infinity()) {
      throw error(error_code::invalid_data, "an infinite value among the periods from " +
                                                std::to_string(p * block_periods) + " on; missing is NaN");
    }
  }
}

} // namespace commonweal::inline v0::engine
