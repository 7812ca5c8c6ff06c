// SPDX-License-Identifier: Apache-2.0
// From long-form columns in memory straight to planes: the cold start of a rollup.
#pragma once

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <string>
#include <vector>

#include <commonweal/rollup/engine/detail/scattered_rows.hpp>
#include <commonweal/rollup/engine/long_form.hpp>
#include <commonweal/rollup/engine/planes.hpp>

namespace commonweal::inline v0::engine {

namespace detail {

/// Rows that stand together by reporter are gathered in cache and written once, a line at a time.
class grouped_rows {
 public:
  grouped_rows(planes& target, const long_batch& rows, const reporter_index& ids, const kernel_set& kernels)
      : target_(target), rows_(rows), ids_(ids), kernels_(kernels), placed_(target.of().reporters()),
        seen_(target.count()) {}

  /// Whether it is worth a try: most of the first rows are of the reporter of the row before.
  [[nodiscard]] bool likely() const {
    const std::size_t sample = std::min<std::size_t>(rows_.size(), 1024);
    std::size_t changes = 0;
    std::uint32_t last = reporter_index::none;
    for_each_reporter(rows_, ids_, 0, sample, [&](std::size_t, std::uint32_t reporter) {
      changes += reporter != last ? 1 : 0;
      last = reporter;
    });
    return 2 * changes <= sample;
  }

  /// Leaves the planes in an undefined state unless all is loaded.
  [[nodiscard]] load_outcome load(const executor& where, bool narrow) {
    target_.begin_reporters(narrow);
    const std::size_t pieces = where.width() == 1 ? 1 : where.width() * std::size_t{4};
    where.run(pieces, [&](std::size_t piece) {
      if (!good_) return;
      if (!load_piece(boundary(rows_.size() * piece / pieces), boundary(rows_.size() * (piece + 1) / pieces))) {
        good_ = false;
      }
    });
    if (!good_) return fits_ ? load_outcome::refused : load_outcome::not_narrow;
    std::vector<bool> placed(placed_.size());
    for (std::size_t r = 0; r < placed.size(); ++r) placed[r] = placed_[r].load() != 0;
    target_.close_reporters(placed, seen_);
    return load_outcome::loaded;
  }

 private:
  static constexpr std::size_t batch = 32; ///< reporters gathered before they are written

  // Pieces meet where the reporter changes.
  [[nodiscard]] std::size_t boundary(std::size_t row) const {
    const auto* numbers = std::get_if<std::span<const std::int64_t>>(&rows_.reporter);
    if (numbers == nullptr) return row == rows_.size() ? row : 0; // one piece
    while (row > 0 && row < rows_.size() && (*numbers)[row] == (*numbers)[row - 1]) ++row;
    return row;
  }

  bool load_piece(std::size_t begin, std::size_t end) {
    if (begin >= end) return true;
    const std::size_t width = target_.count() * plane_periods;
    const std::int32_t periods = target_.of().periods();
    buffer<double> values(batch * width);
    std::vector<std::uint32_t> gathered;
    std::vector<extent> seen(target_.count());
    const std::int32_t* const period = rows_.period.data();
    const double* const value = rows_.value.data();
    bool good = true;
    const auto write = [&] {
      if (!target_.place(gathered, values.data(), seen, kernels_)) fits_ = good = false;
      gathered.clear();
    };
    for_each_run(rows_, ids_, begin, end, [&](std::uint32_t reporter, std::size_t first, std::size_t last) {
      if (reporter == reporter_index::none || placed_[reporter].exchange(1) != 0) return good = false;
      if (gathered.size() == batch) write();
      if (!good) return false;
      double* const cells = values.data() + gathered.size() * width;
      std::fill_n(cells, width, std::numeric_limits<double>::quiet_NaN());
      gathered.push_back(reporter);
      // Three streams in short turns: asked for before they are needed.
      for (std::size_t i = first; i < last; i += 8) {
        constexpr std::size_t ahead = 512;
        COMMONWEAL_PREFETCH(value + i + ahead);
        COMMONWEAL_PREFETCH(period + i + ahead);
      }
      // Mostly in the order of time: then no cell stands twice.
      // Signs tell, gathered without a branch: of the periods, and of the steps between them.
      auto signs = static_cast<std::uint32_t>(period[first]);
      for (std::size_t i = first + 1; i < last; ++i) {
        const auto before = static_cast<std::uint32_t>(period[i - 1]), here = static_cast<std::uint32_t>(period[i]);
        signs |= here | (here - before - 1);
      }
      if ((signs >> 31) == 0 && period[last - 1] < periods) {
        for (std::size_t i = first; i < last; ++i)
          cells[period[i]] = value[i] + 0.0; // -0 becomes +0: extremes must not depend on order
        return true;
      }
      bool twice = false;
      for (std::size_t i = first; i < last; ++i) {
        const std::int32_t t = period[i];
        const double x = value[i];
        if (t < 0 || t >= periods) return good = false;
        twice |= cells[t] == cells[t]; // a cell that is present already
        cells[t] = x == x ? x + 0.0 : cells[t];
      }
      // A missing value that follows a present one is not a second value; the general way looks closer.
      return good = !twice;
    });
    if (!good) return false;
    write();
    if (!good) return false;
    const std::lock_guard lock(guard_);
    for (std::size_t p = 0; p < seen_.size(); ++p) seen_[p].include(seen[p]);
    return true;
  }

  planes& target_;
  const long_batch& rows_;
  const reporter_index& ids_;
  const kernel_set& kernels_;
  std::vector<std::atomic<std::uint8_t>> placed_;
  std::atomic<bool> good_{true}, fits_{true};
  std::mutex guard_; // of seen_
  std::vector<extent> seen_;
};

} // namespace detail

/// Fills planes from one table in long form, in any order. A cell that stands twice is refused.
/// Throws invalid_data and names the row for an unknown reporter, a period outside the plan, an infinite
/// value or a second value of one cell. Missing values may stand any number of times. O(rows).
inline void load_planes(planes& target, const long_batch& rows, const reporter_index& ids, const kernel_set& kernels,
                        const executor& where = {}) {
  check_lengths(rows);
  const std::int32_t periods = target.of().periods();
  const executor runner = where.for_size(rows.size() * sizeof(double));
  using detail::load_outcome;
  const bool narrow = planes::are_narrow(rows.value.first(std::min<std::size_t>(rows.size(), 1024)));
  const auto loaded = [&](auto make) {
    load_outcome made = make().load(runner, narrow);
    if (made == load_outcome::not_narrow) made = make().load(runner, false);
    return made == load_outcome::loaded;
  };
  const auto grouped = [&] { return detail::grouped_rows(target, rows, ids, kernels); };
  const auto scattered = [&] { return detail::scattered_rows(target, rows, ids, kernels); };
  if (grouped().likely() && loaded(grouped)) return;
  if (scattered().possible() && loaded(scattered)) return;
  // Something is not as it should be: cell by cell, to find out what.
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
                          while (i < first && !wrong.compare_exchange_weak(first, i)) {}
                          return;
                        }
                        if (rows.value[i] == rows.value[i]) count += target.put(reporter, t, rows.value[i]);
                      });
    written += count;
  });
  if (const std::size_t i = wrong; i < rows.size()) {
    const bool outside = rows.period[i] < 0 || rows.period[i] >= periods;
    throw error(error_code::invalid_data, "row " + std::to_string(i + 1) +
                                              (outside ? " is of a period that the plan does not have"
                                                       : " is of a reporter that the plan does not have"));
  }
  if (target.close(kernels, runner) == written) return;

  // Some cell stands twice: find the first.
  std::vector<bool> seen(std::size_t{target.of().reporters()} * static_cast<std::size_t>(periods));
  for_each_reporter(rows, ids, 0, rows.size(), [&](std::size_t i, std::uint32_t reporter) {
    if (rows.value[i] != rows.value[i]) return;
    const std::size_t cell = reporter * static_cast<std::size_t>(periods) + static_cast<std::size_t>(rows.period[i]);
    if (seen[cell]) {
      throw error(error_code::invalid_data,
                  "row " + std::to_string(i + 1) + " gives a second value for its reporter and period");
    }
    seen[cell] = true;
  });
}

} // namespace commonweal::inline v0::engine
