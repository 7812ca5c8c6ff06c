// SPDX-License-Identifier: Apache-2.0
// One panel while it is built: rows in the order of arrival, columns from the earliest period to the latest.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <unordered_map>
#include <utility>
#include <vector>

#include <commonweal/measure/detail/growing_grid.hpp>
#include <commonweal/measure/panel.hpp>

namespace commonweal::inline v0::detail {

/// From a node to a row: open addressing over 64-bit keys.
class row_index_of_node {
 public:
  /// The row of the node; `next` and true where it is new.
  std::pair<std::uint32_t, bool> find_or_add(node_ref n, std::uint32_t next) {
    if (2 * (count_ + 1) > slots_.size()) grow();
    const std::uint64_t key = (static_cast<std::uint64_t>(n.kind) << 32 | n.index) + 1;
    std::size_t i = home(key);
    while (slots_[i].key != 0 && slots_[i].key != key) i = (i + 1) & (slots_.size() - 1);
    if (slots_[i].key == key) return {slots_[i].row, false};
    slots_[i] = {key, next};
    ++count_;
    return {next, true};
  }
  [[nodiscard]] std::size_t bytes() const { return slots_.capacity() * sizeof(slot); }

 private:
  struct slot {
    std::uint64_t key = 0;
    std::uint32_t row = 0;
  };
  [[nodiscard]] std::size_t home(std::uint64_t key) const {
    return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15U >> 20) & (slots_.size() - 1);
  }
  void grow() {
    std::vector<slot> old(slots_.empty() ? 16 : slots_.size() * 2);
    old.swap(slots_);
    for (const auto& s : old) {
      if (s.key == 0) continue;
      std::size_t i = home(s.key);
      while (slots_[i].key != 0) i = (i + 1) & (slots_.size() - 1);
      slots_[i] = s;
    }
  }
  std::vector<slot> slots_;
  std::size_t count_ = 0;
};

class series_draft {
 public:
  enum class verdict : std::uint8_t { stored, repeated, conflicting, other_frequency, too_sparse };
  struct result {
    verdict what = verdict::stored;
    std::uint32_t first = 0;
  };
  using parts = std::array<double, 3>; ///< value, numerator, denominator

  [[nodiscard]] period first_seen() const { return first_seen_; }

  result add(node_ref reporter, period when, const parts& given, cell_state state, std::uint32_t number) {
    if (first_number_ == 0) {
      first_number_ = number;
      first_seen_ = when;
      low_ = high_ = base_ = when.ordinal();
      width_ = 4;
      numbers_.open(0, width_);
    }
    if (when.freq() != first_seen_.freq()) return {verdict::other_frequency, first_number_};
    if (!reach(when.ordinal())) return {verdict::too_sparse, first_number_};
    if (reporter != last_reporter_ || reporters_.empty()) {
      if (!room(reporters_.size() + 1, width_)) return {verdict::too_sparse, first_number_};
      const auto [row, is_new] = rows_.find_or_add(reporter, static_cast<std::uint32_t>(reporters_.size()));
      if (is_new) add_row(reporter);
      last_reporter_ = reporter;
      last_row_ = row;
    }
    low_ = std::min(low_, when.ordinal());
    high_ = std::max(high_, when.ordinal());
    const auto column = static_cast<std::size_t>(when.ordinal() - base_);
    std::uint32_t& there = numbers_.at(last_row_, column);
    if (there != 0) return {same(when, given, state) ? verdict::repeated : verdict::conflicting, there};
    there = number;
    ++count_;
    for (std::size_t part = 0; part < given.size(); ++part) {
      if (std::isnan(given[part])) continue;
      if (!grids_[part].is_open()) grids_[part].open(reporters_.size(), width_);
      grids_[part].at(last_row_, column) = given[part];
    }
    if (state == cell_state::suppressed || state == cell_state::not_expected) marks_[mark_of(when)] = state;
    return {verdict::stored, number};
  }

  void move_into(panel& p) {
    numbers_.drop(); // first, so that its memory is free while the rest is put in order
    rows_ = {};
    std::vector<std::size_t> order(reporters_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return reporters_[a] < reporters_[b]; });
    const auto from = static_cast<std::size_t>(low_ - base_);
    const auto used = static_cast<std::size_t>(high_ - low_) + 1;
    if (!grids_[0].is_open()) grids_[0].open(reporters_.size(), width_);
    p.first = period(first_seen_.freq(), low_);
    p.value = grids_[0].take(reporters_.size(), from, used, order);
    p.numerator = grids_[1].take(reporters_.size(), from, used, order);
    p.denominator = grids_[2].take(reporters_.size(), from, used, order);
    std::vector<std::uint64_t> place(order.size());
    p.reporters.reserve(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      p.reporters.push_back(reporters_[order[i]]);
      place[order[i]] = i;
    }
    for (const auto& [mark, state] : marks_) {
      const auto row = place[mark >> 32U];
      const auto ordinal = std::bit_cast<std::int32_t>(static_cast<std::uint32_t>(mark));
      (state == cell_state::suppressed ? p.suppressed : p.not_expected)
          .push_back(row * used + static_cast<std::uint64_t>(ordinal - low_));
    }
    std::sort(p.suppressed.begin(), p.suppressed.end());
    std::sort(p.not_expected.begin(), p.not_expected.end());
  }

 private:
  /// One cell in 32 has to be given, once a panel is larger than 32 MB.
  [[nodiscard]] bool room(std::size_t rows, std::size_t width) const {
    constexpr std::size_t always = std::size_t{1} << 22;
    return rows * width <= always || rows * width <= 32 * (count_ + 1);
  }

  /// Makes the columns cover `ordinal`; false where that would leave almost nothing but blanks.
  bool reach(std::int32_t ordinal) {
    const std::int64_t base = base_;
    if (ordinal >= base && ordinal < base + static_cast<std::int64_t>(width_)) return true;
    const std::int64_t low = std::min<std::int64_t>(low_, ordinal);
    const std::int64_t high = std::max<std::int64_t>(high_, ordinal);
    const auto needed = static_cast<std::size_t>(high - low + 1);
    if (!room(reporters_.size() + 1, needed)) return false;
    const std::size_t width = std::max(width_, needed + needed / 4 + 1); // room on the side it grows to
    const std::int64_t new_base = ordinal < base ? high + 1 - static_cast<std::int64_t>(width) : low;
    const auto from = static_cast<std::size_t>(low_ - base);
    const auto used = static_cast<std::size_t>(high_ - low_) + 1;
    const auto to = static_cast<std::size_t>(low_ - new_base);
    numbers_.widen(reporters_.size(), width, from, used, to);
    for (auto& g : grids_)
      if (g.is_open()) g.widen(reporters_.size(), width, from, used, to);
    base_ = static_cast<std::int32_t>(new_base);
    width_ = width;
    return true;
  }

  void add_row(node_ref reporter) {
    const std::size_t rows = reporters_.size();
    numbers_.add_row(rows);
    for (auto& g : grids_)
      if (g.is_open()) g.add_row(rows);
    reporters_.push_back(reporter);
  }

  [[nodiscard]] std::uint64_t mark_of(period when) const {
    return static_cast<std::uint64_t>(last_row_) << 32U | std::bit_cast<std::uint32_t>(when.ordinal());
  }
  [[nodiscard]] bool same(period when, const parts& given, cell_state state) {
    const auto column = static_cast<std::size_t>(when.ordinal() - base_);
    for (std::size_t part = 0; part < given.size(); ++part) {
      const double held = grids_[part].is_open() ? grids_[part].at(last_row_, column) : missing_value;
      if (held != given[part] && !(std::isnan(held) && std::isnan(given[part]))) return false;
    }
    const auto mark = marks_.find(mark_of(when));
    const bool marks = state == cell_state::suppressed || state == cell_state::not_expected;
    return mark == marks_.end() ? !marks : mark->second == state;
  }

  std::uint32_t first_number_ = 0;
  period first_seen_;
  std::int32_t base_ = 0; // period of column 0
  std::int32_t low_ = 0;  // earliest and latest period given
  std::int32_t high_ = 0;
  std::size_t width_ = 0;
  std::size_t count_ = 0;
  std::vector<node_ref> reporters_;
  row_index_of_node rows_;
  node_ref last_reporter_;
  std::uint32_t last_row_ = 0;
  growing_grid<std::uint32_t> numbers_{0U};
  std::array<growing_grid<double>, 3> grids_{growing_grid<double>(missing_value), growing_grid<double>(missing_value),
                                             growing_grid<double>(missing_value)};
  std::unordered_map<std::uint64_t, cell_state> marks_;
};

} // namespace commonweal::inline v0::detail
