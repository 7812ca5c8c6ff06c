// SPDX-License-Identifier: Apache-2.0
// Rows of equal width that grow in place, and become a panel matrix without a copy.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include <Eigen/Core>

namespace commonweal::inline v0::detail {

/// Growing reallocates (large blocks are remapped by the system, not copied) and moves rows within the block; pages
/// that no row uses yet are not touched, so capacity ahead of use costs no memory.
template <class T>
class growing_grid {
 public:
  using matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  explicit growing_grid(T blank) : blank_(blank) {}

  [[nodiscard]] bool is_open() const { return open_; }
  [[nodiscard]] T& at(std::size_t row, std::size_t column) { return cells_.data()[row * width_ + column]; }

  /// Begins with `rows` blank rows.
  void open(std::size_t rows, std::size_t width) {
    open_ = true;
    width_ = width;
    resize(std::max<std::size_t>(rows, 4) * width);
    std::fill_n(cells_.data(), rows * width, blank_);
  }
  /// Adds a blank row after the `rows` there are.
  void add_row(std::size_t rows) {
    const std::size_t needed = (rows + 1) * width_;
    if (static_cast<std::size_t>(cells_.size()) < needed) resize(std::max(needed, 2 * rows * width_));
    std::fill_n(cells_.data() + rows * width_, width_, blank_);
  }
  /// Makes rows wider, `width` >= the width before; columns [from, from + used) go to [to, to + used), others are
  /// blank.
  void widen(std::size_t rows, std::size_t width, std::size_t from, std::size_t used, std::size_t to) {
    resize(std::max<std::size_t>(rows, 4) * width);
    T* const data = cells_.data();
    // From the last row back: a row's new place begins where the old places of the rows before it have ended.
    for (std::size_t r = rows; r-- > 0;) {
      T* const row = data + r * width;
      std::memmove(row + to, data + r * width_ + from, used * sizeof(T));
      std::fill_n(row, to, blank_);
      std::fill_n(row + to + used, width - to - used, blank_);
    }
    width_ = width;
  }
  /// Keeps columns [from, from + used), puts row order[i] into place i, and gives the memory away as a matrix.
  [[nodiscard]] matrix take(std::size_t rows, std::size_t from, std::size_t used, std::span<const std::size_t> order) {
    if (!open_) return {};
    T* const data = cells_.data();
    for (std::size_t r = 0; r < rows; ++r) std::memmove(data + r * used, data + r * width_ + from, used * sizeof(T));
    resize(rows * used);
    permute(cells_.data(), used, order);
    // The same number of cells: only the dimensions change.
    cells_.resize(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(used));
    open_ = false;
    return std::move(cells_);
  }
  void drop() {
    open_ = false;
    cells_.resize(0, 0);
  }

 private:
  void resize(std::size_t cells) { cells_.conservativeResize(static_cast<Eigen::Index>(cells), 1); }

  /// In place, cycle by cycle, with one row set aside.
  static void permute(T* data, std::size_t width, std::span<const std::size_t> order) {
    std::vector<bool> done(order.size());
    std::vector<T> aside(width);
    for (std::size_t start = 0; start < order.size(); ++start) {
      if (done[start] || order[start] == start) continue;
      std::copy_n(data + start * width, width, aside.data());
      std::size_t to = start;
      for (std::size_t source = order[to]; source != start; source = order[to]) {
        std::copy_n(data + source * width, width, data + to * width);
        done[to] = true;
        to = source;
      }
      std::copy_n(aside.data(), width, data + to * width);
      done[to] = true;
    }
  }

  matrix cells_; // one column of cells while growing
  std::size_t width_ = 0;
  bool open_ = false;
  T blank_;
};

} // namespace commonweal::inline v0::detail
