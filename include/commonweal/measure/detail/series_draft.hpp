// SPDX-License-Identifier: Apache-2.0
// One panel while it is built: rows in the order of arrival, columns from the earliest period to the latest.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include <commonweal/measure/detail/growing_grid.hpp>
#include <commonweal/measure/panel.hpp>

namespace commonweal::inline v0::detail {

/// From a key of 64 bits (not the largest one) to a number of 32: open addressing.
class number_of_key {
 public:
  /// The number of the key; `next` and true where it is new.
  std::pair<std::uint32_t, bool> find_or_add(std::uint64_t key, std::uint32_t next) {
    if (2 * (count_ + 1) > slots_.size()) grow();
    slot& s = slots_[place_of(key)];
    if (s.key != 0) return {s.number, false};
    s = {key + 1, next};
    ++count_;
    return {next, true};
  }
  [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t key) const {
    if (count_ == 0) return std::nullopt;
    const slot& s = slots_[place_of(key)];
    return s.key == 0 ? std::nullopt : std::optional(s.number);
  }

 private:
  struct slot {
    std::uint64_t key = 0; // one more than the key; 0 is free
    std::uint32_t number = 0;
  };
  /// Where the key stands, or would.
  [[nodiscard]] std::size_t place_of(std::uint64_t key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = static_cast<std::size_t>((key + 1) * 0x9E3779B97F4A7C15U >> 20) & mask;
    while (slots_[i].key != 0 && slots_[i].key != key + 1) i = (i + 1) & mask;
    return i;
  }
  void grow() {
    std::vector<slot> old(slots_.empty() ? 16 : slots_.size() * 2);
    old.swap(slots_);
    for (const auto& s : old)
      if (s.key != 0) slots_[place_of(s.key - 1)] = s;
  }
  std::vector<slot> slots_;
  std::size_t count_ = 0;
};

/// Cells stand in a grid of all reporters and the periods in use, as long as one in 32 of the grid is given. A cell
/// that would make the grid sparser is put aside in a list, and comes in once enough others have come; so memory
/// follows the rows given, whatever their order, and only who has all rows judges the whole.
class series_draft {
 public:
  enum class verdict : std::uint8_t { stored, repeated, conflicting, other_frequency };
  struct result {
    verdict what = verdict::stored;
    std::uint32_t first = 0;
  };
  using parts = std::array<double, 3>; ///< value, numerator, denominator

  [[nodiscard]] period first_seen() const { return first_seen_; }
  /// Cells given.
  [[nodiscard]] std::size_t size() const { return count_; }
  /// Cells of the panel that holds all of them: reporters x periods from the first to the last.
  [[nodiscard]] std::size_t cells() const {
    return reporters_.size() * (static_cast<std::size_t>(last_ - std::int64_t{earliest_}) + 1);
  }

  result add(node_ref reporter, period when, const parts& given, cell_state state, std::uint32_t number) {
    if (first_number_ == 0) {
      first_number_ = number;
      first_seen_ = when;
      low_ = high_ = base_ = earliest_ = last_ = when.ordinal();
      width_ = 4;
      numbers_.open(0, width_);
    }
    if (when.freq() != first_seen_.freq()) return {verdict::other_frequency, first_number_};
    if (last_row_ >= reporters_.size() || reporter != reporters_[last_row_]) last_row_ = row_of(reporter);
    const std::uint64_t at = key_of(last_row_, when.ordinal());
    if (const auto there = aside_at_.find(at)) {
      const aside_cell& c = aside_[*there];
      return {same(at, c.given, given, state) ? verdict::repeated : verdict::conflicting, c.number};
    }
    const bool fits = holds(last_row_, when.ordinal()) || make_room(when.ordinal());
    if (fits) {
      const auto column = static_cast<std::size_t>(when.ordinal() - base_);
      std::uint32_t& there = numbers_.at(last_row_, column);
      if (there != 0)
        return {same(at, held_at(last_row_, column), given, state) ? verdict::repeated : verdict::conflicting, there};
      put(last_row_, when.ordinal(), given, number);
    } else {
      put_aside(at, given, number);
    }
    earliest_ = std::min(earliest_, when.ordinal());
    last_ = std::max(last_, when.ordinal());
    ++count_;
    if (state == cell_state::suppressed || state == cell_state::not_expected) marks_[at] = state;
    if (!aside_.empty() && count_ >= next_look_) take_in();
    return {verdict::stored, number};
  }

  /// Periods that stand far from the others: without them a panel of all reporters would have at most
  /// `limit(size)` cells. Goes from the median of the periods given outward, so that the order of rows does not matter.
  struct stragglers {
    std::uint32_t number = 0; ///< of the first observation of such a period
    node_ref reporter;
    period when;
    std::size_t rows = 0;     ///< observations of such periods
    std::uint32_t middle = 0; ///< number of the first observation of the median period
    period median;
  };
  template <class Limit>
  [[nodiscard]] stragglers far_away(Limit limit) {
    struct group {
      std::size_t rows = 0;
      std::uint32_t number = 0, row = 0; // of the first
    };
    std::map<std::int32_t, group> periods;
    for_each_cell([&](std::uint32_t row, std::int32_t ordinal, std::uint32_t number) {
      group& g = periods[ordinal];
      if (++g.rows == 1 || number < g.number) g.number = number, g.row = row;
    });
    auto median = periods.begin();
    for (std::size_t before = 0; 2 * (before += median->second.rows) < count_;) ++median;
    auto low = periods.begin(), high = std::prev(periods.end());
    std::size_t kept = count_;
    const auto leave = [&](auto it) { kept -= it->second.rows; };
    while (low != high) {
      const auto width = static_cast<std::size_t>(high->first - std::int64_t{low->first}) + 1;
      if (reporters_.size() * width <= limit(kept)) break;
      if (high->first - std::int64_t{median->first} > median->first - std::int64_t{low->first}) leave(high--);
      else leave(low++);
    }
    stragglers out;
    out.rows = count_ - kept;
    out.middle = median->second.number;
    out.median = {first_seen_.freq(), median->first};
    for (const auto& [ordinal, g] : periods) {
      if ((ordinal >= low->first && ordinal <= high->first) || (out.number != 0 && g.number > out.number)) continue;
      out.number = g.number;
      out.reporter = reporters_[g.row];
      out.when = {first_seen_.freq(), ordinal};
    }
    return out;
  }

  /// The cells put aside, as drafts of their own of `span` periods each, which begin at multiples of it.
  [[nodiscard]] std::vector<series_draft> split_aside(std::int32_t span) {
    std::map<std::int32_t, series_draft> by_span;
    for (const auto& c : aside_) {
      const auto mark = marks_.find(key_of(c.row, c.ordinal));
      const std::int32_t of = c.ordinal >= 0 ? c.ordinal / span : -((span - 1 - c.ordinal) / span);
      by_span[of].add(reporters_[c.row], {first_seen_.freq(), c.ordinal}, c.given,
                      mark == marks_.end() ? cell_state::reported : mark->second, c.number);
      if (mark != marks_.end()) marks_.erase(mark);
    }
    aside_ = {};
    aside_at_ = {};
    reporters_.resize(grid_rows_);
    earliest_ = low_;
    last_ = high_;
    std::vector<series_draft> out;
    for (auto& [of, draft] : by_span) out.push_back(std::move(draft));
    return out;
  }

  void move_into(panel& p) {
    numbers_.drop(); // first, so that its memory is free while the rest is put in order
    rows_ = {};
    seen_ = {};
    fill_in_aside();
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
  struct aside_cell {
    parts given;
    std::uint32_t row;
    std::int32_t ordinal;
    std::uint32_t number;
  };

  [[nodiscard]] static std::uint64_t key_of(std::uint32_t row, std::int32_t ordinal) {
    return static_cast<std::uint64_t>(row) << 32U | std::bit_cast<std::uint32_t>(ordinal);
  }
  [[nodiscard]] bool is_dense(std::size_t rows, std::size_t width) const {
    constexpr std::size_t always = 1024;
    return rows * width <= always || rows * width <= 32 * (count_ + 1);
  }
  [[nodiscard]] bool holds(std::uint32_t row, std::int32_t ordinal) const {
    return row < grid_rows_ && ordinal >= base_ && ordinal < base_ + static_cast<std::int64_t>(width_);
  }

  /// The row of a reporter, new or not. Those come again in the order of their first reports, or in any order.
  [[nodiscard]] std::uint32_t row_of(node_ref reporter) {
    const auto next = static_cast<std::uint32_t>(reporters_.size());
    if (last_row_ + 1 < next && reporters_[last_row_ + 1] == reporter) return last_row_ + 1;
    auto& seen = seen_[static_cast<std::size_t>(reporter.kind)];
    if (reporter.index < seen.size() && seen[reporter.index] != 0) return seen[reporter.index] - 1;
    const std::uint64_t key = static_cast<std::uint64_t>(reporter.kind) << 32U | reporter.index;
    const auto [row, is_new] = rows_.find_or_add(key, next);
    if (is_new) reporters_.push_back(reporter);
    if (reporter.index >= seen.size() && reporter.index < 4 * reporters_.size()) seen.resize(4 * reporters_.size());
    if (reporter.index < seen.size()) seen[reporter.index] = row + 1;
    return row;
  }

  /// Makes the grid hold `ordinal` and every reporter so far; false where that would leave almost nothing but blanks.
  bool make_room(std::int32_t ordinal) {
    const std::int64_t low = std::min(low_, ordinal), high = std::max(high_, ordinal);
    if (!is_dense(reporters_.size(), std::max(width_, static_cast<std::size_t>(high - low) + 1))) return false;
    grow(ordinal, ordinal);
    return true;
  }
  void grow(std::int32_t from, std::int32_t to) {
    for (; grid_rows_ < reporters_.size(); ++grid_rows_) {
      if (numbers_.is_open()) numbers_.add_row(grid_rows_);
      for (auto& g : grids_)
        if (g.is_open()) g.add_row(grid_rows_);
    }
    const std::int64_t base = base_;
    if (from >= base && to < base + static_cast<std::int64_t>(width_)) return;
    const std::int64_t low = std::min(low_, from), high = std::max(high_, to);
    const auto needed = static_cast<std::size_t>(high - low) + 1;
    const std::size_t width = std::max(width_, needed + needed / 4 + 1); // room on the side it grows to
    const std::int64_t new_base = from < base ? high + 1 - static_cast<std::int64_t>(width) : low;
    const auto first = static_cast<std::size_t>(low_ - base);
    const auto used = static_cast<std::size_t>(high_ - low_) + 1;
    const auto place = static_cast<std::size_t>(low_ - new_base);
    if (numbers_.is_open()) numbers_.widen(grid_rows_, width, first, used, place);
    for (auto& g : grids_)
      if (g.is_open()) g.widen(grid_rows_, width, first, used, place);
    base_ = static_cast<std::int32_t>(new_base);
    width_ = width;
  }

  void put(std::uint32_t row, std::int32_t ordinal, const parts& given, std::uint32_t number) {
    const auto column = static_cast<std::size_t>(ordinal - base_);
    low_ = std::min(low_, ordinal);
    high_ = std::max(high_, ordinal);
    if (numbers_.is_open()) numbers_.at(row, column) = number;
    for (std::size_t part = 0; part < given.size(); ++part) {
      if (std::isnan(given[part])) continue;
      if (!grids_[part].is_open()) grids_[part].open(grid_rows_, width_);
      grids_[part].at(row, column) = given[part];
    }
  }
  void put_aside(std::uint64_t at, const parts& given, std::uint32_t number) {
    aside_at_.find_or_add(at, static_cast<std::uint32_t>(aside_.size()));
    aside_.push_back({given, static_cast<std::uint32_t>(at >> 32U),
                      std::bit_cast<std::int32_t>(static_cast<std::uint32_t>(at)), number});
    if (aside_.size() == 1) next_look_ = count_ + 64;
  }

  /// Takes in what fits by now. Looked at whenever a quarter more cells are there: O(1) a cell.
  void take_in() {
    const std::size_t width = static_cast<std::size_t>(last_ - std::int64_t{earliest_}) + 1;
    if (is_dense(reporters_.size(), std::max(width_, width))) grow(earliest_, last_);
    auto all = std::move(aside_);
    aside_ = {};
    aside_at_ = {};
    for (const auto& c : all) {
      if (holds(c.row, c.ordinal)) put(c.row, c.ordinal, c.given, c.number);
      else put_aside(key_of(c.row, c.ordinal), c.given, c.number);
    }
    next_look_ = count_ + count_ / 4 + 64;
  }
  void fill_in_aside() {
    grow(earliest_, last_);
    for (const auto& c : aside_) put(c.row, c.ordinal, c.given, c.number);
    aside_ = {};
    aside_at_ = {};
  }

  template <class Visit>
  void for_each_cell(Visit visit) {
    for (std::uint32_t row = 0; row < grid_rows_; ++row)
      for (std::int32_t o = low_; o <= high_; ++o)
        if (const auto number = numbers_.at(row, static_cast<std::size_t>(o - base_)); number != 0)
          visit(row, o, number);
    for (const auto& c : aside_) visit(c.row, c.ordinal, c.number);
  }

  [[nodiscard]] parts held_at(std::uint32_t row, std::size_t column) {
    parts out{};
    for (std::size_t part = 0; part < out.size(); ++part)
      out[part] = grids_[part].is_open() ? grids_[part].at(row, column) : missing_value;
    return out;
  }
  [[nodiscard]] bool same(std::uint64_t at, const parts& held, const parts& given, cell_state state) const {
    for (std::size_t part = 0; part < given.size(); ++part)
      if (held[part] != given[part] && !(std::isnan(held[part]) && std::isnan(given[part]))) return false;
    const auto mark = marks_.find(at);
    const bool marks = state == cell_state::suppressed || state == cell_state::not_expected;
    return mark == marks_.end() ? !marks : mark->second == state;
  }

  std::uint32_t first_number_ = 0;
  period first_seen_;
  std::int32_t base_ = 0;                // period of column 0
  std::int32_t low_ = 0, high_ = 0;      // earliest and latest period in the grid
  std::int32_t earliest_ = 0, last_ = 0; // of all
  std::size_t width_ = 0;
  std::size_t grid_rows_ = 0;
  std::size_t count_ = 0;
  std::vector<node_ref> reporters_; // in the order of arrival; the first grid_rows_ have a row in the grid
  number_of_key rows_;
  std::array<std::vector<std::uint32_t>, node_kind_count> seen_; // rows plus one by index, of indices in close order
  std::uint32_t last_row_ = 0;
  growing_grid<std::uint32_t> numbers_{0U};
  std::array<growing_grid<double>, 3> grids_{growing_grid<double>(missing_value), growing_grid<double>(missing_value),
                                             growing_grid<double>(missing_value)};
  std::unordered_map<std::uint64_t, cell_state> marks_; // by row and period
  std::vector<aside_cell> aside_;
  number_of_key aside_at_;
  std::size_t next_look_ = 0; // count at which aside_ is looked at again
};

} // namespace commonweal::inline v0::detail
