// SPDX-License-Identifier: Apache-2.0
// What the archive knows of types: numbers, containers, sinks, and the one bit pattern of a NaN.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/serialization/nvp.hpp>

namespace commonweal::inline v0::detail {

inline constexpr unsigned archive_max_depth = 64;

/// Numbers whose width is the same everywhere; bool is handled apart.
template <class T>
concept number = std::is_arithmetic_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, wchar_t> &&
                 !std::is_same_v<T, long double>;

template <class T>
inline constexpr bool is_nvp = false;
template <class T>
inline constexpr bool is_nvp<boost::serialization::nvp<T>> = true;

template <class T>
inline constexpr bool is_vector = false;
template <class T, class A>
inline constexpr bool is_vector<std::vector<T, A>> = true;

template <class T>
inline constexpr bool is_map = false;
template <class K, class V, class C, class A>
inline constexpr bool is_map<std::map<K, V, C, A>> = true;

template <class T>
inline constexpr bool is_pair = false;
template <class A, class B>
inline constexpr bool is_pair<std::pair<A, B>> = true;

template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t N>
inline constexpr bool is_array<std::array<T, N>> = true;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// Appends to bytes it owns.
struct byte_sink {
  std::vector<std::byte> bytes;

  void append(const std::byte* data, std::size_t n) { bytes.insert(bytes.end(), data, data + n); }
  [[nodiscard]] std::size_t size() const { return bytes.size(); }
  [[nodiscard]] std::span<const std::byte> view() const { return bytes; }
};

/// Only counts.
struct counting_sink {
  std::size_t count = 0;

  void append(const std::byte*, std::size_t n) { count += n; }
  [[nodiscard]] std::size_t size() const { return count; }
};

template <class T>
using bits_of = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;

/// Exponent all ones: infinity, and above it (sign apart) every NaN.
template <class T>
inline constexpr bits_of<T> infinity_bits = std::bit_cast<bits_of<T>>(std::numeric_limits<T>::infinity());
/// The one NaN that is written.
template <class T>
inline constexpr bits_of<T> nan_bits = infinity_bits<T> | (bits_of<T>{1} << (std::numeric_limits<T>::digits - 2));
static_assert(nan_bits<double> == 0x7ff8000000000000U && nan_bits<float> == 0x7fc00000U);

/// Reverses the bytes of each number where the machine is not little-endian.
template <class T>
void to_little_endian(std::byte* data, std::size_t n) {
  if constexpr (std::endian::native != std::endian::little && sizeof(T) > 1) {
    for (std::size_t i = 0; i < n; ++i, data += sizeof(T))
      for (std::size_t k = 0; k < sizeof(T) / 2; ++k) std::swap(data[k], data[sizeof(T) - 1 - k]);
  } else {
    static_cast<void>(data);
    static_cast<void>(n);
  }
}

/// Counts nested values while it lives.
class depth_scope {
 public:
  explicit depth_scope(unsigned& depth) : depth_(depth) { ++depth_; }
  ~depth_scope() { --depth_; }
  depth_scope(const depth_scope&) = delete;
  depth_scope& operator=(const depth_scope&) = delete;

 private:
  unsigned& depth_;
};

} // namespace commonweal::inline v0::detail
