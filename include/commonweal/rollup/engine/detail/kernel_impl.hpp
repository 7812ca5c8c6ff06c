// SPDX-License-Identifier: Apache-2.0
// The kernels, over registers of a given width. Compiled once for each instruction set.
#pragma once

#if !defined(__SIZEOF_INT128__)
#include <commonweal/rollup/exact_sum.hpp>
#endif
#include <commonweal/rollup/engine/detail/lanes.hpp>
#include <commonweal/rollup/engine/kernel.hpp>

namespace commonweal::inline v0::engine::detail {

/// Plain doubles: exact where the window says so.
template <class L>
struct plain_sum {
  typename L::real total;

  struct unit {
    COMMONWEAL_INLINE explicit unit(const fixed_point_window&) {}
  };
  COMMONWEAL_INLINE void clear() { total = L::all(0.0); }
  COMMONWEAL_INLINE void add(const typename L::real& x, const unit&) { total = L::add(total, x); }
  COMMONWEAL_INLINE void close_run(std::uint32_t, const unit&) {}
  COMMONWEAL_INLINE void merge(const plain_sum& other) { total = L::add(total, other.total); }
  COMMONWEAL_INLINE void read(const fixed_point_window&, double* sum, std::int64_t*, std::int64_t*,
                              std::size_t at) const {
    L::store(sum + at, total);
  }
};

/// Two limbs of fixed point. Each addition also adds the bits of the magic number; they are taken away once a
/// run, and 64-bit words that wrap in between come out right.
template <class L>
struct limb_sum {
  typename L::word high, low;

  struct unit {
    typename L::real high_magic, low_magic;
    std::uint64_t high_bits, low_bits;
    COMMONWEAL_INLINE explicit unit(const fixed_point_window& w)
        : high_magic(L::all(w.high_magic)), low_magic(L::all(w.low_magic)),
          high_bits(lane_register<8>::bits(w.high_magic)), low_bits(lane_register<8>::bits(w.low_magic)) {}
  };
  COMMONWEAL_INLINE void clear() { high = low = L::all_words(0); }
  COMMONWEAL_INLINE void add(const typename L::real& x, const unit& u) {
    const auto raised = L::add(x, u.high_magic);
    high = L::add(high, L::bits(raised));
    const auto rest = L::subtract(x, L::subtract(raised, u.high_magic));
    low = L::add(low, L::bits(L::add(rest, u.low_magic)));
  }
  COMMONWEAL_INLINE void close_run(std::uint32_t rows, const unit& u) {
    high = L::subtract(high, L::all_words(rows * u.high_bits));
    low = L::subtract(low, L::all_words(rows * u.low_bits));
  }
  COMMONWEAL_INLINE void merge(const limb_sum& other) {
    high = L::add(high, other.high);
    low = L::add(low, other.low);
  }

  /// One correctly rounded conversion. Carries go from the low limb to the high one; then both are integers
  /// that doubles hold, and their sum is rounded once by one addition. A high limb beyond 2^51 goes the long
  /// way.
  COMMONWEAL_INLINE void read(const fixed_point_window& w, double* sum, std::int64_t* high_out, std::int64_t* low_out,
                              std::size_t at) const {
    constexpr std::uint64_t top = std::uint64_t{1} << 63;
    const auto biased = L::add(low, L::all_words(top + (std::uint64_t{1} << (w.shift - 1))));
    const auto carry = L::subtract(L::shift_right(biased, w.shift), L::all_words(top >> w.shift));
    const auto high_rest = L::add(high, carry);
    const auto low_rest = L::subtract(low, L::shift_left(carry, w.shift));
    // The scale goes off last, and is a power of two: exact, or the one rounding to infinity.
    const auto high_real = L::multiply(as_real(high_rest), L::all(w.high_unit));
    const auto low_real = L::multiply(as_real(low_rest), L::all(w.low_unit));
    L::store(sum + at, L::multiply(L::add(high_real, low_real), L::all(1.0 / w.scale)));
    if (high_out != nullptr) {
      L::store(reinterpret_cast<std::uint64_t*>(high_out + at), high_rest);
      L::store(reinterpret_cast<std::uint64_t*>(low_out + at), low_rest);
    }
    alignas(64) std::uint64_t beyond[lane_count];
    L::store(beyond, L::shift_right(L::add(high_rest, L::all_words(std::uint64_t{1} << 51)), 52));
    std::uint64_t any = 0;
    for (int k = 0; k < lane_count; ++k) any |= beyond[k];
    if (any != 0) [[unlikely]]
      read_large(w, high_rest, low_rest, sum + at);
  }

 private:
  /// Of integers below 2^51.
  static COMMONWEAL_INLINE typename L::real as_real(const typename L::word& integer) {
    const auto magic = L::all(0x1.8p52);
    return L::subtract(L::real_of(L::add(integer, L::bits(magic))), magic);
  }
  static COMMONWEAL_INLINE void read_large(const fixed_point_window& w, const typename L::word& high,
                                           const typename L::word& low, double* sum) {
    alignas(64) std::uint64_t h[lane_count], l[lane_count];
    L::store(h, high);
    L::store(l, low);
    for (int k = 0; k < lane_count; ++k) {
      sum[k] = join(static_cast<std::int64_t>(h[k]), static_cast<std::int64_t>(l[k]), w);
    }
  }
  static COMMONWEAL_INLINE double join(std::int64_t high, std::int64_t low, const fixed_point_window& w) {
#if defined(__SIZEOF_INT128__)
    __extension__ using wide = __int128;
    const wide joined = static_cast<wide>(high) * (static_cast<wide>(1) << w.shift) + low;
    return static_cast<double>(joined) * w.low_unit * (1.0 / w.scale);
#else
    exact_sum joined;
    joined.add_scaled(high, w.exponent + w.shift);
    joined.add_scaled(low, w.exponent);
    return joined.value();
#endif
  }
};

/// What a group has gathered: sums, count, and for single values the extremes.
template <class L, class Sum>
struct fused {
  static constexpr bool pairs = false;
  Sum sum;
  typename L::word count;
  typename L::real min, max;

  struct unit {
    typename Sum::unit x;
    COMMONWEAL_INLINE explicit unit(const plane_task& t) : x(t.x_window) {}
  };
  COMMONWEAL_INLINE void clear() {
    sum.clear();
    count = L::all_words(0);
    min = L::all(__builtin_huge_val());
    max = L::all(-__builtin_huge_val());
  }
  template <class Value>
  COMMONWEAL_INLINE void add(const Value* x, const Value*, const unit& u) {
    const auto value = L::load(x);
    const auto yes = L::present(value);
    count = L::subtract(count, yes);
    min = L::lesser(value, min);
    max = L::greater(value, max);
    sum.add(L::keep(value, yes), u.x);
  }
  COMMONWEAL_INLINE void close_run(std::uint32_t rows, const unit& u) { sum.close_run(rows, u.x); }
  COMMONWEAL_INLINE void merge(const fused& other) {
    sum.merge(other.sum);
    count = L::add(count, other.count);
    min = L::lesser(other.min, min);
    max = L::greater(other.max, max);
  }
  COMMONWEAL_INLINE void read(const plane_task& t, std::size_t at) const {
    sum.read(t.x_window, t.sum, t.high, t.low, at);
    L::store(t.min + at, min);
    L::store(t.max + at, max);
    L::store_narrow(t.count + at, count);
  }
};

/// Matched pairs: a reporter counts where it gave both.
template <class L, class Sum>
struct matched {
  static constexpr bool pairs = true;
  Sum sum, sum_y;
  typename L::word count;

  struct unit {
    typename Sum::unit x, y;
    COMMONWEAL_INLINE explicit unit(const plane_task& t) : x(t.x_window), y(t.y_window) {}
  };
  COMMONWEAL_INLINE void clear() {
    sum.clear();
    sum_y.clear();
    count = L::all_words(0);
  }
  template <class Value>
  COMMONWEAL_INLINE void add(const Value* x, const Value* y, const unit& u) {
    const auto value = L::load(x);
    const auto other = L::load(y);
    const auto yes = L::both(L::present(value), L::present(other));
    count = L::subtract(count, yes);
    sum.add(L::keep(value, yes), u.x);
    sum_y.add(L::keep(other, yes), u.y);
  }
  COMMONWEAL_INLINE void close_run(std::uint32_t rows, const unit& u) {
    sum.close_run(rows, u.x);
    sum_y.close_run(rows, u.y);
  }
  COMMONWEAL_INLINE void merge(const matched& other) {
    sum.merge(other.sum);
    sum_y.merge(other.sum_y);
    count = L::add(count, other.count);
  }
  COMMONWEAL_INLINE void read(const plane_task& t, std::size_t at) const {
    sum.read(t.x_window, t.sum, t.high, t.low, at);
    sum_y.read(t.y_window, t.sum_y, t.high_y, t.low_y, at);
    L::store_narrow(t.count + at, count);
  }
};

/// How far ahead of the row being added is asked for: 48 rows of doubles. Short runs end in mispredicted branches,
/// and without it the reads behind them would wait: here is where time stops falling (half the time of none, at
/// 1e5 reporters).
inline constexpr std::size_t prefetch_bytes = 48 * 64;

/// The pass. Groups come in post-order, rows in the order of groups and classes: one stream. What waits for a
/// group at depth d, of class c <= d, is in slot d (d + 1) / 2 + c, and a bit of waiting[d] says that it is
/// there.
template <class Accumulator, class Value>
COMMONWEAL_INLINE void sweep(const plane_task& t, const Value* const xs, const Value* const ys) {
  constexpr std::size_t ahead = prefetch_bytes / sizeof(Value);
  using unit_type = typename Accumulator::unit;
  const unit_type unit(t);
  auto* const pending = static_cast<Accumulator*>(t.pending);
  std::uint64_t waiting[plan::max_depth] = {};
  std::uint32_t row = 0;
  const plan::run* run = t.runs;

  for (std::uint32_t p = 0; p < t.positions; ++p) {
    const std::uint32_t depth = t.depth_at[p];
    Accumulator* const here = pending + depth * (depth + 1) / 2;
    Accumulator* const above = here - depth; // the slots of depth - 1
    std::uint64_t left = waiting[depth];
    waiting[depth] = 0;
    const plan::run* const runs_end = t.runs + t.run_begin[p + 1];

    Accumulator total;
    total.clear();
    const auto settle = [&](const Accumulator& part, std::uint32_t top) COMMONWEAL_INLINE_LAMBDA {
      total.merge(part);
      if (top == depth) return; // its highest group is this one
      const std::uint64_t bit = std::uint64_t{1} << top;
      if ((waiting[depth - 1] & bit) != 0) {
        above[top].merge(part);
      } else {
        above[top] = part;
        waiting[depth - 1] |= bit;
      }
    };
    for (; run != runs_end; ++run) {
      Accumulator part;
      const std::uint64_t bit = std::uint64_t{1} << run->top;
      if ((left & bit) != 0) {
        part = here[run->top];
        left &= ~bit;
      } else {
        part.clear();
      }
      const std::uint32_t rows = run->row_end - row;
      for (; row != run->row_end; ++row) {
        const std::size_t at = std::size_t{row} * lane_count;
        COMMONWEAL_PREFETCH(xs + at + ahead);
        if constexpr (Accumulator::pairs) COMMONWEAL_PREFETCH(ys + at + ahead);
        part.add(xs + at, Accumulator::pairs ? ys + at : nullptr, unit);
      }
      part.close_run(rows, unit);
      settle(part, run->top);
    }
    while (left != 0) {
      const auto top = static_cast<std::uint32_t>(__builtin_ctzll(left));
      left &= left - 1;
      settle(here[top], top);
    }
    total.read(t, std::size_t{p} * lane_count);
  }
}

template <class Accumulator>
COMMONWEAL_INLINE void sweep(const plane_task& t) {
  if (t.narrow_x != nullptr) {
    sweep<Accumulator>(t, t.narrow_x, t.narrow_y);
  } else {
    sweep<Accumulator>(t, t.x, t.y);
  }
}

/// The value of the lowest set bit of each lane; infinity for zero and missing.
template <class L>
COMMONWEAL_INLINE typename L::real lowest_bit(const typename L::real& x) {
  const auto bits = L::bits(x);
  const auto without = L::both(bits, L::subtract(bits, L::all_words(1)));
  // A power of two has no bit set in its fraction: it is its own lowest bit.
  const auto power = L::is_zero(L::both(bits, L::all_words((std::uint64_t{1} << 52) - 1)));
  const auto low = L::magnitude(L::subtract(x, L::keep(L::real_of(without), L::inverse(power))));
  const auto zero = L::is_zero(L::shift_left(bits, 1));
  return L::choose(zero, L::all(__builtin_huge_val()), low);
}

template <class L>
struct extent_of_lanes {
  typename L::real largest, lowest;

  COMMONWEAL_INLINE extent_of_lanes() : largest(L::all(0.0)), lowest(L::all(__builtin_huge_val())) {}
  COMMONWEAL_INLINE void include(const typename L::real& x) {
    largest = L::greater(L::magnitude(x), largest);
    lowest = L::lesser(lowest_bit<L>(x), lowest);
  }
  COMMONWEAL_INLINE void include_into(extent& e) const {
    alignas(64) double high[lane_count], low[lane_count];
    L::store(high, largest);
    L::store(low, lowest);
    for (int k = 0; k < lane_count; ++k) {
      e.largest = high[k] > e.largest ? high[k] : e.largest;
      e.lowest = low[k] < e.lowest ? low[k] : e.lowest;
    }
  }
};

template <class L>
COMMONWEAL_INLINE std::uint64_t measure_rows(const double* values, std::size_t rows, extent& e) {
  extent_of_lanes<L> seen;
  auto count = L::all_words(0);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto x = L::load(values + i * lane_count);
    count = L::subtract(count, L::present(x));
    seen.include(x);
  }
  seen.include_into(e);
  alignas(64) std::uint64_t counts[lane_count];
  L::store(counts, count);
  std::uint64_t all = 0;
  for (int k = 0; k < lane_count; ++k) all += counts[k];
  return all;
}

/// Planes of so many lines are not in cache when they are read: they are written past it. Half lines are not.
inline constexpr std::size_t lines_past_caches = std::size_t{1} << 17;

template <class L>
COMMONWEAL_INLINE void store_row(double* to, const typename L::real& x, bool past_caches) {
  past_caches ? L::store_past_caches(to, x) : L::store(to, x);
}
template <class L>
COMMONWEAL_INLINE void store_row(float* to, const typename L::real& x, bool) {
  L::store(to, x);
}

/// Rows are taken in small blocks, block by block inside a block, so that input rows stay in cache meanwhile.
template <class L, class Value>
COMMONWEAL_INLINE void fill_rows(const fill_task& t, Value* const to) {
  auto misfit = L::all_words(0);
  constexpr std::size_t block = 32;
  const auto period_blocks = static_cast<std::size_t>((t.periods + lane_count - 1) / lane_count);
  const bool past = t.rows * period_blocks >= lines_past_caches;
  for (std::size_t first = t.row_begin; first < t.row_end; first += block) {
    const std::size_t last = first + block < t.row_end ? first + block : t.row_end;
    for (std::size_t plane = 0; plane < period_blocks; ++plane) {
      Value* const out = to + (plane * t.rows) * lane_count;
      const auto offset = plane * lane_count;
      const auto width = static_cast<std::size_t>(t.periods) - offset;
      extent_of_lanes<L> seen;
      for (std::size_t row = first; row < last; ++row) {
        const double* const in = t.input + t.source[row] * t.stride + offset;
#if defined(__GNUC__)
        if (plane == 0 && row + block < t.row_end) {
          const char* next = reinterpret_cast<const char*>(t.input + t.source[row + block] * t.stride);
          for (std::size_t line = 0; line < period_blocks; ++line) COMMONWEAL_PREFETCH(next + line * 64);
        }
#endif
        typename L::real x;
        if (width >= lane_count) {
          x = L::load_anywhere(in);
        } else {
          alignas(64) double padded[lane_count];
          for (std::size_t k = 0; k < lane_count; ++k) padded[k] = k < width ? in[k] : __builtin_nan("");
          x = L::load(padded);
        }
        x = L::add(x, L::all(0.0)); // -0 becomes +0: extremes must not depend on order
        seen.include(x);
        if constexpr (sizeof(Value) < sizeof(double)) misfit = L::either(misfit, L::not_narrow(x));
        store_row<L>(out + row * lane_count, x, past);
      }
      seen.include_into(t.extents[plane]);
    }
    if (sizeof(Value) < sizeof(double) && L::any(misfit)) {
      *t.misfit = true;
      return;
    }
  }
}

/// Plane by block, so that the extent of each stays in registers.
template <class L, class Value>
COMMONWEAL_INLINE void place_rows(const place_task& t, Value* const to) {
  auto misfit = L::all_words(0);
  const bool past = t.rows * t.plane_count >= lines_past_caches;
  for (std::size_t plane = 0; plane < t.plane_count; ++plane) {
    Value* const out = to + plane * t.rows * lane_count;
    extent_of_lanes<L> seen;
    for (std::size_t k = 0; k < t.count; ++k) {
      const auto x = L::load(t.values + (k * t.plane_count + plane) * lane_count);
      seen.include(x);
      if constexpr (sizeof(Value) < sizeof(double)) misfit = L::either(misfit, L::not_narrow(x));
      const std::uint32_t reporter = t.reporters[k];
      for (std::uint32_t i = t.row_begin[reporter]; i < t.row_begin[reporter + 1]; ++i) {
        store_row<L>(out + std::size_t{t.row_items[i]} * lane_count, x, past);
      }
    }
    seen.include_into(t.extents[plane]);
  }
  if (sizeof(Value) < sizeof(double) && L::any(misfit)) *t.misfit = true;
}

/// The kernels over registers of `Bytes` bytes. Each width is instantiated in one translation unit, or, for
/// the header-only ones, with the flags of the caller.
template <int Bytes>
struct kernels_of {
  using L = lanes<Bytes>;
  static void fused_plain(const plane_task& t) { sweep<fused<L, plain_sum<L>>>(t); }
  static void fused_exact(const plane_task& t) { sweep<fused<L, limb_sum<L>>>(t); }
  static void pairs_plain(const plane_task& t) { sweep<matched<L, plain_sum<L>>>(t); }
  static void pairs_exact(const plane_task& t) { sweep<matched<L, limb_sum<L>>>(t); }
  static void fill(const fill_task& t) {
    t.narrow != nullptr ? fill_rows<L>(t, t.narrow) : fill_rows<L>(t, t.period_blocks);
    close_stores();
  }
  static void place(const place_task& t) {
    t.narrow != nullptr ? place_rows<L>(t, t.narrow) : place_rows<L>(t, t.period_blocks);
    close_stores();
  }
  static std::uint64_t measure(const double* values, std::size_t rows, extent& e) {
    return measure_rows<L>(values, rows, e);
  }

  static constexpr kernel_set set(const char* name) {
    return {name, fused_plain, fused_exact, pairs_plain, pairs_exact, fill, place, measure};
  }
};

} // namespace commonweal::inline v0::engine::detail
