// SPDX-License-Identifier: Apache-2.0
// fixed_point_window: the fixed point in which a kernel adds up one block exactly, and when that is possible.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace commonweal::inline v0::engine {

/// What decides whether sums of some values can be held: their largest magnitude and their lowest bit.
struct extent {
  double largest = 0.0;                                    ///< of |x|; infinity if an infinity is among them
  double lowest = std::numeric_limits<double>::infinity(); ///< value of the lowest set bit; infinity if all are zero

  [[nodiscard]] bool all_zero() const { return largest == 0.0; }
  void include(const extent& other) {
    largest = std::fmax(largest, other.largest);
    lowest = std::fmin(lowest, other.lowest);
  }
  void include(double x) {
    if (x == 0.0) return;
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const bool power_of_two = (bits & ((std::uint64_t{1} << 52) - 1)) == 0;
    const double low = power_of_two ? std::fabs(x) : std::fabs(x - std::bit_cast<double>(bits & (bits - 1)));
    largest = std::fmax(largest, std::fabs(x));
    lowest = std::fmin(lowest, low);
  }
};

/// Two 64-bit limbs of fixed point: a value is rounded to a multiple of the high unit by adding and taking
/// away a large number, what is left to a multiple of the low unit, and both multiples are added as integers.
/// The limbs leave room for the sum of as many values as there are reporters, so nothing overflows or is
/// rounded. Where all bits of all sums fit into a double, plain doubles are exact and do: `plain`.
///
/// Holds values that are multiples of the low unit and below `limit`; other values are cut there, and what is
/// cut off is summed in a further pass with a lower window.
/// Source: the "magic number" rounding of fixed point; the bound by the number of addends as in R. M. Neal
/// (2015).
struct fixed_point_window {
  double high_magic = 0.0, low_magic = 0.0; ///< 1.5 x 2^52 x unit
  double high_unit = 0.0, low_unit = 0.0;
  double scale = 1.0; ///< values are multiplied by it first, to keep the magic numbers finite
  int shift = 0;      ///< high unit = low unit x 2^shift
  int exponent = 0;   ///< low unit = 2^exponent, before scaling
  bool plain = false;

  /// Bits of one value that each limb takes: what the addends leave of 62, and what a magic number can round.
  [[nodiscard]] static int limb_bits(std::uint64_t addends) {
    const int room = 62 - static_cast<int>(std::bit_width(addends));
    return room < 50 ? room : 50;
  }
  /// Bits of one value that a window holds.
  [[nodiscard]] static int width(std::uint64_t addends) { return 2 * limb_bits(addends); }

  /// The window that holds multiples of 2^exponent below 2^(exponent + width). REQUIRES exponent >= -1074.
  [[nodiscard]] static fixed_point_window from(int exponent, std::uint64_t addends);

  /// Whether plain doubles hold every sum of so many such values.
  [[nodiscard]] static bool plain_holds(const extent& values, std::uint64_t addends) {
    return values.all_zero() ||
           std::ilogb(values.largest) + 1 + static_cast<int>(std::bit_width(addends)) <= std::ilogb(values.lowest) + 53;
  }
};

inline fixed_point_window fixed_point_window::from(int exponent, std::uint64_t addends) {
  fixed_point_window w;
  w.exponent = exponent;
  w.shift = limb_bits(addends);
  // Magic numbers stay finite up to a high unit of 2^970; larger values are scaled down, which is exact.
  const int scaled = exponent + w.shift > 960 ? exponent - 256 : exponent;
  w.scale = std::ldexp(1.0, scaled - exponent);
  w.low_unit = std::ldexp(1.0, scaled);
  w.high_unit = std::ldexp(1.0, scaled + w.shift);
  w.low_magic = 0x1.8p52 * w.low_unit;
  w.high_magic = 0x1.8p52 * w.high_unit;
  return w;
}

} // namespace commonweal::inline v0::engine
