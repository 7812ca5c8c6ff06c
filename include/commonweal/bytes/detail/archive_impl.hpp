// SPDX-License-Identifier: Apache-2.0
// Bodies of bytes/archive.hpp.
#pragma once

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include <commonweal/bytes/archive.hpp>
#include <commonweal/core/enum_text.hpp>

namespace commonweal::inline v0 {

namespace detail {

// Blocks pass through a buffer that stays in the first-level cache, so a check costs no second walk over memory.
inline constexpr std::size_t archive_block = 8192;

[[noreturn]] inline void refuse_bytes(std::string code, std::string message) {
  diagnostic d;
  d.code = std::move(code);
  d.message = std::move(message);
  throw error(error_code::invalid_data, std::move(d));
}

[[noreturn]] inline void damaged(std::string_view part, std::size_t byte, const std::string& why) {
  refuse_bytes("damaged_file", "damaged " + std::string(part) + ", byte " + std::to_string(byte) + ": " + why +
                                   "; take the file from a copy or write it again");
}

[[noreturn]] inline void cannot_write(const std::string& why) { throw error(error_code::invalid_argument, why); }

// The three loops below compare floating point, not bits, because that is what two-lane vectors of every x86-64 can do.
// v - v is 0 for finite numbers, and a NaN for infinities and NaN.

/// True where some number is a NaN other than the one that is written, or, if asked for, an infinity.
template <class T>
bool has_foreign_value(const T* values, std::size_t n, bool refuse_infinity) {
  bits_of<T> foreign = 0;
  if (refuse_infinity)
    for (std::size_t i = 0; i < n; ++i)
      foreign |= values[i] - values[i] == 0 ? 0 : std::bit_cast<bits_of<T>>(values[i]) ^ nan_bits<T>;
  else
    for (std::size_t i = 0; i < n; ++i)
      foreign |= values[i] == values[i] ? 0 : std::bit_cast<bits_of<T>>(values[i]) ^ nan_bits<T>;
  return foreign != 0;
}

/// Copies, giving every NaN the one pattern. True where there was an infinity.
template <class T>
bool copy_with_one_nan(T* out, const T* values, std::size_t n) {
  constexpr T nan = std::bit_cast<T>(nan_bits<T>);
  bits_of<T> infinite = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const T v = values[i];
    const T one = v == v ? v : nan;
    infinite |= v - v == 0 ? 0 : std::bit_cast<bits_of<T>>(one) ^ nan_bits<T>;
    out[i] = one;
  }
  return infinite != 0;
}

/// The fewest bytes a value of T can take: those of a default value, whose containers are empty.
template <class T>
std::size_t minimum_encoded_size() {
  static const std::size_t size = std::max<std::size_t>(1, encoded_size(T{}));
  return size;
}

} // namespace detail

template <class Sink>
template <detail::number T>
void basic_archive_writer<Sink>::write_block(const T* values, std::size_t n, bool refuse_infinity) {
  if constexpr (std::is_same_v<Sink, detail::counting_sink>) {
    sink_.append(nullptr, n * sizeof(T));
  } else if constexpr (!std::is_floating_point_v<T> && std::endian::native == std::endian::little) {
    if (n != 0) sink_.append(reinterpret_cast<const std::byte*>(values), n * sizeof(T));
  } else {
    constexpr std::size_t step = detail::archive_block / sizeof(T);
    std::array<T, step> block;
    for (std::size_t i = 0; i < n; i += step) {
      const std::size_t m = std::min(step, n - i);
      if constexpr (std::is_floating_point_v<T>) {
        if (detail::copy_with_one_nan(block.data(), values + i, m) && refuse_infinity)
          detail::cannot_write("this cannot be packed: a number is infinite");
      } else {
        std::copy_n(values + i, m, block.data());
      }
      auto* bytes = reinterpret_cast<std::byte*>(block.data());
      detail::to_little_endian<T>(bytes, m);
      sink_.append(bytes, m * sizeof(T));
    }
  }
}

template <class Sink>
template <class T>
void basic_archive_writer<Sink>::put(const T& value) {
  static_assert(!std::is_pointer_v<T>, "the archive holds values only, no pointers");
  if constexpr (detail::is_nvp<T>) {
    put(value.const_value());
  } else if constexpr (std::is_same_v<T, bool>) {
    put(static_cast<std::uint8_t>(value));
  } else if constexpr (detail::number<T>) {
    auto little = value;
    if constexpr (std::is_floating_point_v<T>) static_cast<void>(detail::copy_with_one_nan(&little, &value, 1));
    std::array<std::byte, sizeof(T)> bytes;
    std::memcpy(bytes.data(), &little, sizeof(T));
    detail::to_little_endian<T>(bytes.data(), 1);
    sink_.append(bytes.data(), sizeof(T));
  } else if constexpr (std::is_enum_v<T>) {
    static_assert(named_enum<T>, "give the enumeration its enum_names, so that it can be range-checked");
    put(static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (value.size() > std::numeric_limits<std::uint32_t>::max())
      detail::cannot_write("a text of 4 GiB or more cannot be packed");
    put(static_cast<std::uint32_t>(value.size()));
    sink_.append(reinterpret_cast<const std::byte*>(value.data()), value.size());
  } else {
    const detail::depth_scope nested(depth_);
    if (depth_ > detail::archive_max_depth) detail::cannot_write("values are nested too deeply to be packed");
    if constexpr (detail::is_vector<T>) {
      put(static_cast<std::uint64_t>(value.size()));
      if constexpr (detail::number<typename T::value_type>) write_block(value.data(), value.size());
      else
        for (const auto& v : value) put(v);
    } else if constexpr (detail::is_map<T>) {
      put(static_cast<std::uint64_t>(value.size()));
      for (const auto& [k, v] : value) {
        put(k);
        put(v);
      }
    } else if constexpr (detail::is_pair<T>) {
      put(value.first);
      put(value.second);
    } else if constexpr (detail::is_array<T>) {
      for (const auto& v : value) put(v);
    } else if constexpr (detail::is_optional<T>) {
      put(value.has_value());
      if (value) put(*value);
    } else {
      // Boost.Serialization serializes through one function for both directions, hence the cast.
      boost::serialization::serialize_adl(*this, const_cast<T&>(value), version_);
    }
  }
}

inline void archive_reader::fail(const std::string& why) const { detail::damaged(part_, at_, why); }

inline void archive_reader::load_binary(void* data, std::size_t n) {
  if (n > remaining()) fail(std::to_string(n) + " bytes are wanted and " + std::to_string(remaining()) + " are left");
  if (n != 0) std::memcpy(data, bytes_.data() + at_, n);
  at_ += n;
}

inline void archive_reader::require_room(std::size_t n, std::size_t width) const {
  if (n > remaining() / width)
    fail(std::to_string(n) + " values do not fit in the " + std::to_string(remaining()) + " bytes left");
}

inline std::size_t archive_reader::read_count(std::size_t minimum) {
  std::uint64_t count = 0;
  get(count);
  if (count > remaining() / minimum)
    fail("a count of " + std::to_string(count) + " does not fit in the " + std::to_string(remaining()) + " bytes left");
  return static_cast<std::size_t>(count);
}

template <detail::number T>
void archive_reader::read_block(T* values, std::size_t n, bool refuse_infinity) {
  require_room(n, sizeof(T));
  constexpr std::size_t step = detail::archive_block / sizeof(T);
  for (std::size_t i = 0; i < n; i += step) {
    const std::size_t m = std::min(step, n - i);
    std::memcpy(values + i, bytes_.data() + at_, m * sizeof(T));
    detail::to_little_endian<T>(reinterpret_cast<std::byte*>(values + i), m);
    if constexpr (std::is_floating_point_v<T>)
      if (detail::has_foreign_value(values + i, m, refuse_infinity))
        fail(refuse_infinity ? "a number is infinite or a malformed NaN" : "a number is a malformed NaN");
    at_ += m * sizeof(T);
  }
}

template <class T>
void archive_reader::get(T& value) {
  static_assert(!std::is_pointer_v<T>, "the archive holds values only, no pointers");
  if constexpr (detail::is_nvp<std::remove_const_t<T>>) {
    get(const_cast<std::remove_const_t<T>&>(value).value());
  } else if constexpr (std::is_same_v<T, bool>) {
    std::uint8_t byte = 0;
    get(byte);
    if (byte > 1) fail("a yes or no is written as " + std::to_string(byte) + ", not 0 or 1");
    value = byte == 1;
  } else if constexpr (detail::number<T>) {
    load_binary(&value, sizeof(T));
    detail::to_little_endian<T>(reinterpret_cast<std::byte*>(&value), 1);
    if constexpr (std::is_floating_point_v<T>)
      if (detail::has_foreign_value(&value, 1, false)) fail("a number is a malformed NaN");
  } else if constexpr (std::is_enum_v<T>) {
    static_assert(named_enum<T>, "give the enumeration its enum_names, so that it can be range-checked");
    std::underlying_type_t<T> raw{};
    get(raw);
    if (std::cmp_less(raw, 0) || std::cmp_greater_equal(raw, enum_names<T>::values.size()))
      fail(std::to_string(raw) + " is none of " + list_of_names<T>());
    value = static_cast<T>(raw);
  } else if constexpr (std::is_same_v<T, std::string>) {
    std::uint32_t length = 0;
    get(length);
    if (length > remaining())
      fail("a text of " + std::to_string(length) + " bytes does not fit in the " + std::to_string(remaining()) +
           " bytes left");
    value.assign(reinterpret_cast<const char*>(bytes_.data()) + at_, length);
    at_ += length;
  } else {
    const detail::depth_scope nested(depth_);
    if (depth_ > detail::archive_max_depth) fail("values are nested too deeply");
    if constexpr (detail::is_vector<T>) {
      using element = typename T::value_type;
      if constexpr (detail::number<element>) {
        const std::size_t n = read_count(sizeof(element));
        value.resize(n);
        read_block(value.data(), n);
      } else {
        const std::size_t n = read_count(detail::minimum_encoded_size<element>());
        value.clear();
        // Beyond a page or so the vector grows with what has really been read.
        value.reserve(std::min<std::size_t>(n, 64));
        for (std::size_t i = 0; i < n; ++i) {
          element v{};
          get(v);
          value.push_back(std::move(v));
        }
      }
    } else if constexpr (detail::is_map<T>) {
      using key = typename T::key_type;
      using mapped = typename T::mapped_type;
      const std::size_t n = read_count(detail::minimum_encoded_size<key>() + detail::minimum_encoded_size<mapped>());
      value.clear();
      for (std::size_t i = 0; i < n; ++i) {
        key k{};
        get(k);
        if (!value.empty() && !value.key_comp()(value.rbegin()->first, k)) fail("keys are not in ascending order");
        mapped v{};
        get(v);
        value.emplace_hint(value.end(), std::move(k), std::move(v));
      }
    } else if constexpr (detail::is_pair<T>) {
      get(value.first);
      get(value.second);
    } else if constexpr (detail::is_array<T>) {
      for (auto& v : value) get(v);
    } else if constexpr (detail::is_optional<T>) {
      bool present = false;
      get(present);
      value.reset();
      if (present) get(value.emplace());
    } else {
      boost::serialization::serialize_adl(*this, value, version_);
    }
  }
}

} // namespace commonweal::inline v0
