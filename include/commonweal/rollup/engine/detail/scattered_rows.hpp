// SPDX-License-Identifier: Apache-2.0
// Rows in any order: shared out by blocks of reporters first, so that each block is put together in cache.
#pragma once

#include <algorithm>
#include <atomic>
#include <limits>
#include <memory>
#include <mutex>
#include <vector>

#include <commonweal/rollup/engine/long_form.hpp>
#include <commonweal/rollup/engine/planes.hpp>

namespace commonweal::inline v0::engine::detail {

/// How rows got into planes, or why they did not.
enum class load_outcome : std::uint8_t {
  loaded,
  not_narrow, ///< floats were asked for, and a value is none
  refused,    ///< a row is not sound, or not where this way needs it; a slower way finds out which
};

/// Writing cells where they belong, row after row, misses the cache with each. Here a first pass deals rows out to
/// blocks of reporters, in pieces of memory that it fills one after the other; a second pass fills a block in cache
/// and writes it line by line. 12 bytes a row.
class scattered_rows {
 public:
  scattered_rows(planes& target, const long_batch& rows, const reporter_index& ids, const kernel_set& kernels)
      : target_(target), rows_(rows), ids_(ids), kernels_(kernels), width_(target.count() * plane_periods) {
    // As many reporters to a block as half of a small second-level cache holds.
    while (shift_ > 3 && (std::size_t{1} << shift_) * width_ * sizeof(double) > (std::size_t{512} << 10)) --shift_;
    blocks_ = (std::size_t{target.of().reporters()} >> shift_) + 1;
  }

  /// Whether the place of a cell in its block fits into a key, and blocks are few enough to be dealt out to at once.
  [[nodiscard]] bool possible() const {
    return blocks_ <= 4096 && (std::uint64_t{width_} << shift_) < (std::uint64_t{1} << 32);
  }

  /// Leaves the planes in an undefined state unless all is loaded.
  [[nodiscard]] load_outcome load(const executor& where, bool narrow) {
    target_.begin_reporters(narrow);
    const std::size_t pieces = where.width();
    dealt_.clear();
    for (std::size_t k = 0; k < pieces; ++k) dealt_.push_back(std::make_unique<hand>(blocks_));
    where.run(pieces,
              [&](std::size_t k) { deal(*dealt_[k], rows_.size() * k / pieces, rows_.size() * (k + 1) / pieces); });
    if (!good_) return load_outcome::refused;
    std::vector<extent> seen(target_.count());
    std::mutex guard; // of seen
    where.run(blocks_, [&](std::size_t block) {
      if (good_) put_together(block, seen, guard);
    });
    if (!good_) return fits_ ? load_outcome::refused : load_outcome::not_narrow;
    target_.close_reporters(std::vector<bool>(target_.of().reporters(), true), seen);
    return load_outcome::loaded;
  }

 private:
  static constexpr std::size_t piece_rows = 1024;
  struct piece {
    std::uint32_t key[piece_rows]; ///< place in the block
    double value[piece_rows];
    std::uint32_t next; ///< of the same block, or none
  };
  static constexpr std::uint32_t none = 0xffffffffU;

  /// What one thread dealt out: pieces by block, in memory that never moves.
  struct hand {
    struct stack {
      std::uint32_t top = none; ///< the piece being filled; the others are full
      std::uint32_t rows = piece_rows;
      piece* at = nullptr;
    };
    explicit hand(std::size_t blocks) : stacks(blocks) {}
    [[nodiscard]] piece& operator[](std::uint32_t i) { return sheets[i / sheet_pieces][i % sheet_pieces]; }
    void begin_piece(stack& s) {
      if (used % sheet_pieces == 0) sheets.emplace_back(sheet_pieces);
      piece& p = (*this)[used];
      p.next = s.top;
      s.top = used++;
      s.rows = 0;
      s.at = &p;
    }
    static constexpr std::uint32_t sheet_pieces = 170; ///< about 2 MiB
    std::vector<stack> stacks;
    std::vector<buffer<piece>> sheets;
    std::uint32_t used = 0;
  };

  void deal(hand& to, std::size_t begin, std::size_t end) {
    const auto periods = static_cast<std::uint32_t>(target_.of().periods());
    const std::int32_t* const period = rows_.period.data();
    const double* const value = rows_.value.data();
    const auto width = static_cast<std::uint32_t>(width_);
    const std::uint32_t in_block = (1U << shift_) - 1;
    bool good = true;
    for_each_reporter(rows_, ids_, begin, end, [&](std::size_t i, std::uint32_t reporter) {
      const auto t = static_cast<std::uint32_t>(period[i]);
      if (reporter == reporter_index::none || t >= periods) [[unlikely]] {
        good = false;
        return;
      }
      const double x = value[i];
      if (x != x) return;
      auto& s = to.stacks[reporter >> shift_];
      if (s.rows == piece_rows) to.begin_piece(s);
      s.at->key[s.rows] = (reporter & in_block) * width + t;
      s.at->value[s.rows] = x;
      ++s.rows;
    });
    if (!good) good_ = false;
  }

  void put_together(std::size_t block, std::vector<extent>& all, std::mutex& guard) {
    const std::size_t first = block << shift_;
    const std::size_t count = std::min<std::size_t>(std::size_t{1} << shift_, target_.of().reporters() - first);
    if (count == 0) return;
    thread_local buffer<double> room; // grows to one block, and stays with its thread
    room.resize((std::size_t{1} << shift_) * width_);
    double* const cells = room.data();
    std::fill_n(cells, count * width_, std::numeric_limits<double>::quiet_NaN());
    bool twice = false;
    for (const auto& dealt : dealt_) {
      const auto& s = dealt->stacks[block];
      std::uint32_t rows = s.rows;
      for (std::uint32_t k = s.top; k != none; k = (*dealt)[k].next, rows = piece_rows) {
        const piece& p = (*dealt)[k];
        for (std::uint32_t i = 0; i < rows; ++i) twice |= put(cells[p.key[i]], p.value[i]);
      }
    }
    if (twice) {
      good_ = false;
      return;
    }
    std::vector<std::uint32_t> reporters(count);
    for (std::size_t k = 0; k < count; ++k) reporters[k] = static_cast<std::uint32_t>(first + k);
    std::vector<extent> seen(target_.count());
    if (!target_.place(reporters, cells, seen, kernels_)) fits_ = good_ = false;
    const std::lock_guard lock(guard);
    for (std::size_t p = 0; p < seen.size(); ++p) all[p].include(seen[p]);
  }
  /// -0 becomes +0: extremes must not depend on order.
  static bool put(double& cell, double x) {
    const bool there = cell == cell;
    cell = x + 0.0;
    return there;
  }

  planes& target_;
  const long_batch& rows_;
  const reporter_index& ids_;
  const kernel_set& kernels_;
  std::size_t width_, blocks_ = 0;
  unsigned shift_ = 12;
  std::vector<std::unique_ptr<hand>> dealt_;
  std::atomic<bool> good_{true}, fits_{true};
};

} // namespace commonweal::inline v0::engine::detail
