// SPDX-License-Identifier: Apache-2.0
// exact_sum: the exact sum of any doubles in any order, rounded once when it is read.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

namespace commonweal::inline v0 {

/// The sum of any number of finite doubles, held exactly.
///
/// A fixed-point integer wide enough for every double, from 2^-1074 up to 2^64 times the largest: nothing is
/// rounded while adding, so the order of additions, the splitting into parts and the undoing of an addition
/// leave no trace. `value()` rounds once, to nearest, ties to even.
///
/// Zero is always +0, also after adding -0. A sum beyond the largest double reads as an infinity of its sign,
/// as one rounding of the exact sum does. NaN and infinities are refused: missing values are the caller's to
/// skip.
///
/// Cost: an addition is a few nanoseconds; the object is 560 bytes. Not for concurrent writers.
/// Source: R. M. Neal, "Fast exact summation using small and large superaccumulators", arXiv:1505.05571
/// (2015).
class exact_sum {
 public:
  /// Adds a finite double. Throws std::invalid_argument for NaN or infinity, and changes nothing then.
  void add(double x) { add_mantissa(x, false); }

  /// Undoes `add(x)`, whether or not it ever took place. Throws as `add`.
  void subtract(double x) { add_mantissa(x, true); }

  /// Adds integer * 2^exponent. REQUIRES -1074 <= exponent <= 1060.
  void add_scaled(std::int64_t integer, int exponent);

  /// Adds another sum: merging in any order and grouping gives the same sum.
  void merge(const exact_sum& other);

  /// Takes another sum away.
  void unmerge(const exact_sum& other);

  /// The exact sum, rounded once to the nearest double, ties to even.
  [[nodiscard]] double value() const;

  [[nodiscard]] bool is_zero() const;

  /// Equal sums are equal, however they came about.
  friend bool operator==(const exact_sum& a, const exact_sum& b) { return a.normalized() == b.normalized(); }

  /// Appends the canonical bytes: equal sums give equal bytes. Little-endian: 2 bytes with the sign (top bit)
  /// and the number n of magnitude bytes; for n > 0 then 2 bytes with the exponent of the unit and n bytes of
  /// an odd integer. Zero takes 2 bytes, a sum with 60 significant bits 12.
  void serialize(std::vector<std::byte>& out) const;

  /// Reads canonical bytes from the front of `in` and moves `in` past them.
  /// Throws std::invalid_argument if they end early or are not canonical.
  [[nodiscard]] static exact_sum deserialize(std::span<const std::byte>& in);

 private:
  // Limb k holds a multiple of 2^(32 k - 1074). Limbs are signed and may exceed 32 bits until carries are
  // propagated, which makes an addition touch two limbs only. An addition is below 2^52 in each limb.
  static constexpr int limb_count = 69;
  static constexpr int lowest_exponent = -1074;
  static constexpr std::int32_t additions_before_carry = 1 << 10;
  using limbs = std::array<std::int64_t, limb_count>;

  void add_mantissa(double x, bool negate);
  void count_addition() {
    if (++pending_ >= additions_before_carry) propagate_carries(limbs_, pending_);
  }
  static void propagate_carries(limbs& v, std::int32_t& pending);
  [[nodiscard]] limbs normalized() const;
  static bool make_positive(limbs& v);

  limbs limbs_{};
  std::int32_t pending_ = 0;
};

inline void exact_sum::add_mantissa(double x, bool negate) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto exponent_field = static_cast<int>((bits >> 52) & 0x7ff);
  if (exponent_field == 0x7ff) throw std::invalid_argument("exact_sum: a value is NaN or infinite");
  std::uint64_t mantissa = bits & ((std::uint64_t{1} << 52) - 1);
  if (exponent_field != 0) mantissa |= std::uint64_t{1} << 52;
  const int position = exponent_field == 0 ? 0 : exponent_field - 1;
  const auto limb = static_cast<std::size_t>(position >> 5);
  const int shift = position & 31;
  const auto low = static_cast<std::int64_t>((mantissa << shift) & 0xffffffffU);
  const auto high = static_cast<std::int64_t>(mantissa >> (32 - shift));
  const bool negative = ((bits >> 63) != 0) != negate;
  limbs_[limb] += negative ? -low : low;
  limbs_[limb + 1] += negative ? -high : high;
  count_addition();
}

inline void exact_sum::add_scaled(std::int64_t integer, int exponent) {
  const auto magnitude = integer < 0 ? ~static_cast<std::uint64_t>(integer) + 1 : static_cast<std::uint64_t>(integer);
  const int position = exponent - lowest_exponent;
  const auto limb = static_cast<std::size_t>(position >> 5);
  const int shift = position & 31;
  const std::uint64_t low = magnitude << shift;
  const std::uint64_t high = shift == 0 ? 0 : magnitude >> (64 - shift);
  const std::array<std::int64_t, 3> parts{static_cast<std::int64_t>(low & 0xffffffffU),
                                          static_cast<std::int64_t>(low >> 32), static_cast<std::int64_t>(high)};
  for (std::size_t k = 0; k < parts.size(); ++k) limbs_[limb + k] += integer < 0 ? -parts[k] : parts[k];
  count_addition();
}

inline void exact_sum::merge(const exact_sum& other) {
  const limbs v = other.normalized();
  for (std::size_t k = 0; k < v.size(); ++k) limbs_[k] += v[k];
  count_addition();
}

inline void exact_sum::unmerge(const exact_sum& other) {
  const limbs v = other.normalized();
  for (std::size_t k = 0; k < v.size(); ++k) limbs_[k] -= v[k];
  count_addition();
}

inline void exact_sum::propagate_carries(limbs& v, std::int32_t& pending) {
  std::int64_t carry = 0;
  for (std::size_t k = 0; k + 1 < v.size(); ++k) {
    const std::int64_t total = v[k] + carry;
    v[k] = total & 0xffffffff;
    carry = total >> 32;
  }
  v.back() += carry;
  pending = 0;
}

inline auto exact_sum::normalized() const -> limbs {
  limbs v = limbs_;
  std::int32_t pending = pending_;
  if (pending != 0) propagate_carries(v, pending);
  return v;
}

// Two's complement to magnitude; true if the value was negative. Takes and leaves carried limbs.
inline bool exact_sum::make_positive(limbs& v) {
  if (v.back() >= 0) return false;
  for (auto& limb : v) limb = -limb;
  std::int32_t pending = 1;
  propagate_carries(v, pending);
  return true;
}

inline bool exact_sum::is_zero() const { return normalized() == limbs{}; }

inline double exact_sum::value() const {
  limbs v = normalized();
  const bool negative = make_positive(v);
  int top = limb_count - 1;
  while (top >= 0 && v[static_cast<std::size_t>(top)] == 0) --top;
  if (top < 0) return 0.0;

  const auto at = [&v](int k) {
    return k < 0 ? std::uint64_t{0} : static_cast<std::uint64_t>(v[static_cast<std::size_t>(k)]);
  };
  // The 64 bits from the leading one downwards: all but the last 11 are the mantissa, the rest decide the
  // rounding.
  const int width = 64 - std::countl_zero(at(top));
  std::uint64_t head = at(top) << (64 - width);
  std::uint64_t below = 0;
  if (width <= 32) {
    const std::uint64_t next = (at(top - 1) << 32) | at(top - 2);
    head |= next >> width;
    below = next << (64 - width);
  } else { // Only the top limb can be wider than 32 bits, and then the value is beyond every double.
    head |= (at(top - 1) << 32) >> width;
  }
  for (int k = top - 3; k >= 0 && below == 0; --k) below |= at(k);

  const int lead = 32 * top + width - 1; // position of the leading bit, in units of 2^-1074
  if (lead < 53) return std::ldexp(static_cast<double>(head >> (63 - lead)), lowest_exponent) * (negative ? -1.0 : 1.0);
  std::uint64_t mantissa = head >> 11;
  const std::uint64_t rest = head & 0x7ff;
  const bool above_half = rest > 0x400 || (rest == 0x400 && below != 0);
  if (above_half || (rest == 0x400 && (mantissa & 1) != 0)) ++mantissa;
  const double magnitude = std::ldexp(static_cast<double>(mantissa), lead - 52 + lowest_exponent);
  return negative ? -magnitude : magnitude;
}

inline void exact_sum::serialize(std::vector<std::byte>& out) const {
  limbs v = normalized();
  const bool negative = make_positive(v);
  const auto put16 = [&out](unsigned x) {
    out.push_back(static_cast<std::byte>(x & 0xff));
    out.push_back(static_cast<std::byte>((x >> 8) & 0xff));
  };
  std::size_t bottom = 0;
  while (bottom < v.size() && v[bottom] == 0) ++bottom;
  if (bottom == v.size()) return put16(0);

  const int shift = std::countr_zero(static_cast<std::uint64_t>(v[bottom]));
  std::vector<std::byte> magnitude;
  for (std::size_t k = bottom; k < v.size(); ++k) {
    // Carried limbs have 32 bits (the last one may have more, and nothing above it).
    const std::uint64_t above = k + 1 < v.size() ? static_cast<std::uint64_t>(v[k + 1]) << 32 : 0;
    const std::uint64_t word = (static_cast<std::uint64_t>(v[k]) | above) >> shift;
    const int bytes = k + 1 < v.size() ? 4 : 8;
    for (int b = 0; b < bytes; ++b) magnitude.push_back(static_cast<std::byte>((word >> (8 * b)) & 0xff));
  }
  while (magnitude.back() == std::byte{0}) magnitude.pop_back();
  put16(static_cast<unsigned>(magnitude.size()) | (negative ? 0x8000U : 0U));
  put16(static_cast<unsigned>(static_cast<int>(bottom) * 32 + shift + lowest_exponent) & 0xffffU);
  out.insert(out.end(), magnitude.begin(), magnitude.end());
}

inline exact_sum exact_sum::deserialize(std::span<const std::byte>& in) {
  const auto refuse = [] { throw std::invalid_argument("exact_sum: the bytes are not a canonical sum"); };
  const auto get16 = [&in, &refuse]() {
    if (in.size() < 2) refuse();
    const unsigned x = std::to_integer<unsigned>(in[0]) | (std::to_integer<unsigned>(in[1]) << 8);
    in = in.subspan(2);
    return x;
  };
  exact_sum sum;
  const unsigned head = get16();
  const std::size_t size = head & 0x7fffU;
  if (size == 0) {
    if (head != 0) refuse();
    return sum;
  }
  const int exponent = static_cast<std::int16_t>(get16());
  const int position = exponent - lowest_exponent;
  if (size > in.size() || position < 0 || position + static_cast<int>(size) * 8 > 32 * limb_count) refuse();
  if (in[size - 1] == std::byte{0} || (in[0] & std::byte{1}) == std::byte{0}) refuse();
  for (std::size_t b = 0; b < size; ++b) {
    const int bit = position + static_cast<int>(b) * 8;
    const auto limb = static_cast<std::size_t>(bit >> 5);
    const std::uint64_t word = std::to_integer<std::uint64_t>(in[b]) << (bit & 31);
    sum.limbs_[limb] += static_cast<std::int64_t>(word & 0xffffffffU);
    if (limb + 1 < sum.limbs_.size()) sum.limbs_[limb + 1] += static_cast<std::int64_t>(word >> 32);
  }
  if ((head & 0x8000U) != 0) {
    for (auto& limb : sum.limbs_) limb = -limb;
  }
  in = in.subspan(size);
  std::int32_t pending = 1;
  propagate_carries(sum.limbs_, pending);
  return sum;
}

} // namespace commonweal::inline v0
