// SPDX-License-Identifier: Apache-2.0
// sum_cells: many exact sums side by side, with count and extremes, 40 bytes a cell.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <commonweal/core/error.hpp>
#include <commonweal/rollup/engine/fixed_point_window.hpp>
#include <commonweal/rollup/exact_sum.hpp>

namespace commonweal::inline v0::engine {

namespace detail {

/// A 128-bit integer in two's complement, for compilers without one.
struct wide_integer {
  std::uint64_t low = 0, high = 0;

  [[nodiscard]] static wide_integer of(std::int64_t x) {
    return {static_cast<std::uint64_t>(x), x < 0 ? ~std::uint64_t{0} : 0};
  }
  [[nodiscard]] wide_integer negated() const { return {~low + 1, ~high + (low == 0 ? 1 : 0)}; }
  [[nodiscard]] wide_integer plus(wide_integer b) const {
    const std::uint64_t sum = low + b.low;
    return {sum, high + b.high + (sum < low ? 1 : 0)};
  }
  /// Times 2^by; by < 0 rounds down, exact where the bits that go are zero.
  [[nodiscard]] wide_integer shifted(int by) const {
    if (by == 0) return *this;
    if (by >= 64) return {0, by >= 128 ? 0 : low << (by - 64)};
    if (by > 0) return {low << by, (high << by) | (low >> (64 - by))};
    const auto sign = static_cast<std::int64_t>(high);
    const std::uint64_t fill = sign < 0 ? ~std::uint64_t{0} : 0;
    if (by <= -128) return {fill, fill};
    if (by <= -64) return {static_cast<std::uint64_t>(sign >> (-by - 64)), fill};
    return {(low >> -by) | (high << (64 + by)), static_cast<std::uint64_t>(sign >> -by)};
  }
};

/// Bits [bottom, top) that some values use; empty while bottom >= top.
struct bit_range {
  int bottom = std::numeric_limits<int>::max(), top = std::numeric_limits<int>::min();

  [[nodiscard]] bool empty() const { return bottom >= top; }
  void include(int from, int width) {
    bottom = std::min(bottom, from);
    top = std::max(top, from + width);
  }
  void include(const bit_range& other) {
    bottom = std::min(bottom, other.bottom);
    top = std::max(top, other.top);
  }
  void include(const extent& values) {
    if (values.all_zero()) return;
    const int from = std::ilogb(values.lowest);
    include(from, std::ilogb(values.largest) + 1 - from);
  }
};

} // namespace detail

/// Cells that take single values, and merge. All sums share one unit: each is a 128-bit integer
/// of it, with room for 2^32 addends. When a value does not fit, the unit moves if everything fits into 94
/// bits then; where values lie further apart, each cell takes an exact_sum instead. Either way sums are
/// exact, and no answer tells which it was.
class sum_cells {
 public:
  struct cell {
    std::uint64_t low = 0; ///< of the 128-bit integer
    std::int64_t high = 0;
    double min = std::numeric_limits<double>::infinity();
    double max = -std::numeric_limits<double>::infinity();
    std::uint32_t count = 0;
    std::uint32_t expected = 0; ///< for the user of the cells; merges by addition
  };

  explicit sum_cells(std::size_t size) : cells_(size) {}

  [[nodiscard]] std::size_t size() const { return cells_.size(); }
  [[nodiscard]] const cell& operator[](std::size_t i) const { return cells_[i]; }
  [[nodiscard]] cell& operator[](std::size_t i) { return cells_[i]; }

  /// Makes room for a value that may be added to, or taken from, any cell. REQUIRES: finite.
  void prepare(double x) {
    const double magnitude = std::fabs(x);
    if (magnitude < fits_below_ && magnitude >= fits_from_) return;
    if (x != 0.0 && !wide()) {
      extent e;
      e.include(x);
      make_room(e);
    }
  }

  /// Count, sum and extremes. REQUIRES: prepare(x).
  void add(std::size_t i, double x) {
    cell& c = cells_[i];
    ++c.count;
    if (x < c.min) c.min = x;
    if (x > c.max) c.max = x;
    include(i, x);
  }

  /// Adds (high x 2^shift + low) x 2^exponent, the sum of `values`, to the sum of a cell. REQUIRES: make_room
  /// for these values.
  void add_limbs(std::size_t i, std::int64_t high, std::int64_t low, int shift, int exponent);

  /// Makes room for all values within an extent, or within a range of bits.
  void make_room(const extent& values) {
    detail::bit_range range;
    range.include(values);
    make_room(range);
  }
  void make_room(const detail::bit_range& values);

  /// Adds the cells of another, one by one. Throws invalid_data if a count passes 2^32.
  void merge(const sum_cells& other);

  /// The sum of a cell: exactly, and rounded once.
  [[nodiscard]] exact_sum sum(std::size_t i) const;
  [[nodiscard]] double value(std::size_t i) const;
  /// Adds a sum. REQUIRES: make_room for the values it is of.
  void add_sum(std::size_t i, const exact_sum& sum);
  /// Merges count and extremes, without a sum.
  void add_extremes(std::size_t i, std::uint32_t count, double min, double max) {
    cell& c = cells_[i];
    if (count > std::numeric_limits<std::uint32_t>::max() - c.count) refuse_overlap();
    c.count += count;
    if (min < c.min) c.min = min;
    if (max > c.max) c.max = max;
  }
  /// Cell i becomes what cell source(i) was.
  template <class Source>
  void permute(Source source) {
    const std::vector<cell> cells = cells_;
    const std::vector<exact_sum> sums = wide_;
    for (std::size_t i = 0; i < cells.size(); ++i) cells_[i] = cells[source(i)];
    for (std::size_t i = 0; i < sums.size(); ++i) wide_[i] = sums[source(i)];
  }
  /// Adds a sum that was written down as sign, magnitude (little-endian) and exponent.
  void add_integer(std::size_t i, bool negative, std::span<const std::byte> magnitude, int exponent);

  [[nodiscard]] bool wide() const { return !wide_.empty(); }
  /// Cells count in units of 2^unit(), unless wide().
  [[nodiscard]] int unit() const { return unit_; }

 private:
  static constexpr int value_bits = 94;

  void include(std::size_t i, double x);
  static void accumulate(cell& c, detail::wide_integer x);
  [[noreturn]] static void refuse_overlap() {
    throw error(error_code::invalid_data, "a count passes 2^32: parts of the data were added more than once");
  }
  void widen();
  void move_unit(int unit);

  std::vector<cell> cells_;
  std::vector<exact_sum> wide_; // by cell, where 128 bits do not do
  detail::bit_range seen_;      // of all values that room was made for
  // Values of a magnitude in [fits_from_, fits_below_) have all their bits where there is room.
  double fits_from_ = std::numeric_limits<double>::infinity(), fits_below_ = 0.0;
  int unit_ = 0;
};

inline void sum_cells::accumulate(cell& c, detail::wide_integer x) {
  const auto sum = detail::wide_integer{c.low, static_cast<std::uint64_t>(c.high)}.plus(x);
  c.low = sum.low;
  c.high = static_cast<std::int64_t>(sum.high);
}

inline void sum_cells::include(std::size_t i, double x) {
  if (wide()) return wide_[i].add(x);
  if (x == 0.0) return;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto field = static_cast<int>((bits >> 52) & 0x7ff);
  std::uint64_t mantissa = bits & ((std::uint64_t{1} << 52) - 1);
  if (field != 0) mantissa |= std::uint64_t{1} << 52;
  const detail::wide_integer units = detail::wide_integer{mantissa, 0}.shifted((field == 0 ? 1 : field) - 1075 - unit_);
  accumulate(cells_[i], (bits >> 63) != 0 ? units.negated() : units);
}

inline void sum_cells::add_limbs(std::size_t i, std::int64_t high, std::int64_t low, int shift, int exponent) {
  if (wide()) {
    wide_[i].add_scaled(high, exponent + shift);
    wide_[i].add_scaled(low, exponent);
    return;
  }
  // Joined first: the sum is a multiple of the unit, its limbs need not be.
  const auto joined = detail::wide_integer::of(high).shifted(shift).plus(detail::wide_integer::of(low));
  accumulate(cells_[i], joined.shifted(exponent - unit_));
}

inline void sum_cells::make_room(const detail::bit_range& values) {
  if (values.empty()) return;
  const bool fits = !seen_.empty() && values.bottom >= unit_ && values.top <= unit_ + value_bits;
  seen_.include(values);
  if (wide()) return;
  if (!fits) {
    const int need = seen_.top - seen_.bottom;
    if (need > value_bits) return widen();
    // In the middle of the room, as far as doubles and exact_sum go.
    move_unit(std::clamp(seen_.bottom - (value_bits - need) / 2, -1074, 970));
  }
  // ldexp of more than the largest exponent is infinity: then every value takes the long way.
  fits_from_ = std::ldexp(1.0, seen_.bottom + 52);
  fits_below_ = std::ldexp(1.0, std::min(seen_.top, 1023));
}

inline void sum_cells::widen() {
  std::vector<exact_sum> sums(cells_.size());
  for (std::size_t i = 0; i < cells_.size(); ++i) sums[i] = sum(i);
  wide_ = std::move(sums);
}

inline void sum_cells::move_unit(int unit) {
  const int up = unit_ - unit;
  unit_ = unit;
  if (up == 0) return;
  // Downwards nothing is lost: all values are multiples of the new unit.
  for (cell& c : cells_) {
    const auto moved = detail::wide_integer{c.low, static_cast<std::uint64_t>(c.high)}.shifted(up);
    c.low = moved.low;
    c.high = static_cast<std::int64_t>(moved.high);
  }
}

inline void sum_cells::merge(const sum_cells& other) {
  make_room(other.seen_);
  const int up = other.unit_ - unit_;
  std::uint64_t overflow = 0;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    cell& c = cells_[i];
    const cell& o = other.cells_[i];
    if (wide()) {
      if (o.count != 0) wide_[i].merge(other.sum(i));
    } else {
      accumulate(c, detail::wide_integer{o.low, static_cast<std::uint64_t>(o.high)}.shifted(up));
    }
    if (o.min < c.min) c.min = o.min;
    if (o.max > c.max) c.max = o.max;
    overflow |= (std::uint64_t{c.count} + o.count) | (std::uint64_t{c.expected} + o.expected);
    c.count += o.count;
    c.expected += o.expected;
  }
  if ((overflow >> 32) != 0) refuse_overlap();
}

inline exact_sum sum_cells::sum(std::size_t i) const {
  if (wide()) return wide_[i];
  exact_sum s;
  const cell& c = cells_[i];
  // The low word is unsigned: half of it twice, and the odd bit.
  const auto half = static_cast<std::int64_t>(c.low >> 1);
  s.add_scaled(half, unit_);
  s.add_scaled(half, unit_);
  s.add_scaled(static_cast<std::int64_t>(c.low & 1), unit_);
  // High words that are mere signs would lie beyond the range of an exact_sum with a high unit.
  if (c.high != 0) s.add_scaled(c.high, unit_ + 64);
  return s;
}

inline double sum_cells::value(std::size_t i) const {
#if defined(__SIZEOF_INT128__)
  if (!wide()) {
    __extension__ using wide_integer = __int128;
    __extension__ using wide_word = unsigned __int128;
    const cell& c = cells_[i];
    const auto joined =
        static_cast<wide_integer>((static_cast<wide_word>(static_cast<std::uint64_t>(c.high)) << 64) | c.low);
    // One rounding, to 53 bits; the power of two is exact unless the result is subnormal or beyond the
    // doubles.
    if (unit_ > -1022) return std::ldexp(static_cast<double>(joined), unit_);
  }
#endif
  return sum(i).value();
}

inline void sum_cells::add_sum(std::size_t i, const exact_sum& sum) {
  if (wide()) return wide_[i].merge(sum);
  std::vector<std::byte> bytes;
  sum.serialize(bytes);
  if (bytes.size() == 2) return; // zero
  const auto at = [&](std::size_t k) { return std::to_integer<unsigned>(bytes[k]); };
  const auto exponent = static_cast<std::int16_t>(at(2) | (at(3) << 8));
  add_integer(i, (at(1) & 0x80) != 0, std::span<const std::byte>(bytes).subspan(4), exponent);
}

inline void sum_cells::add_integer(std::size_t i, bool negative, std::span<const std::byte> magnitude, int exponent) {
  detail::wide_integer x;
  for (std::size_t b = 0; b < magnitude.size() && b < 16; ++b) {
    const auto byte = std::to_integer<std::uint64_t>(magnitude[b]);
    (b < 8 ? x.low : x.high) |= byte << (8 * (b % 8));
  }
  if (wide()) {
    for (std::size_t b = 0; b < magnitude.size(); ++b) {
      const auto byte = std::to_integer<std::int64_t>(magnitude[b]);
      wide_[i].add_scaled(negative ? -byte : byte, exponent + static_cast<int>(8 * b));
    }
    return;
  }
  accumulate(cells_[i], (negative ? x.negated() : x).shifted(exponent - unit_));
}

} // namespace commonweal::inline v0::engine
