// SPDX-License-Identifier: Apache-2.0
// Values to bytes and back: a bounded, portable, little-endian archive that models Boost.Serialization's concept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/mpl/bool.hpp>
#include <boost/serialization/nvp.hpp>
#include <boost/serialization/serialization.hpp>

#include <commonweal/bytes/detail/archive_types.hpp>
#include <commonweal/core/error.hpp>

namespace commonweal::inline v0 {

/// How values are written. The same rules hold for the writer, the reader and the counter:
///
/// - integers and floating point: little-endian, in their own width; every NaN becomes one quiet NaN
///   (0x7ff8000000000000), and another pattern is refused; bool: one byte, 0 or 1;
/// - enumerations with `enum_names`: their underlying type, refused outside the list;
/// - std::string: u32 length, bytes; std::vector: u64 count, elements (one block where they are numbers);
/// - std::optional: bool, then the value; std::pair, std::array: their parts; std::map: as a vector of pairs whose
///   keys must ascend, so that equal maps give equal bytes;
/// - a class: whatever its `serialize(Archive&, T&, unsigned version)` writes, nothing around it. `version` is that of
///   the whole format. Names given by make_nvp are for the reader of the code; they are not written.
///
/// Value-only: pointers do not compile, and there is no object tracking. None of Boost's libraries needs to be linked.
///
///     template <class Archive>
///     void serialize(Archive& ar, place& p, unsigned) {
///       ar & boost::serialization::make_nvp("name", p.name) & boost::serialization::make_nvp("x", p.x);
///     }
///     archive_writer out;
///     out << p;
///     archive_reader in(out.bytes(), "place");
///     in >> q;
///     in.finish();
template <class Sink>
class basic_archive_writer {
 public:
  using is_saving = boost::mpl::bool_<true>;
  using is_loading = boost::mpl::bool_<false>;

  explicit basic_archive_writer(unsigned version = 1) : version_(version) {}
  /// Goes on behind bytes that are already there.
  basic_archive_writer(Sink sink, unsigned version) : sink_(std::move(sink)), version_(version) {}

  template <class T>
  basic_archive_writer& operator<<(const T& value) {
    put(value);
    return *this;
  }
  template <class T>
  basic_archive_writer& operator&(const T& value) {
    return *this << value;
  }

  /// `n` numbers in one block, without their count. `refuse_infinity` throws invalid_argument at an infinity.
  template <detail::number T>
  void write_block(const T* values, std::size_t n, bool refuse_infinity = false);
  void save_binary(const void* data, std::size_t n) { sink_.append(static_cast<const std::byte*>(data), n); }

  [[nodiscard]] std::size_t size() const { return sink_.size(); }
  [[nodiscard]] std::span<const std::byte> bytes() const requires requires(const Sink& s) { s.view(); }
  { return sink_.view(); }
  /// The bytes written, leaving the archive empty.
  [[nodiscard]] Sink take() { return std::exchange(sink_, Sink{}); }

  [[nodiscard]] unsigned get_library_version() const { return version_; }
  template <class T>
  void register_type(const T* = nullptr) {}

 private:
  template <class T>
  void put(const T& value);

  Sink sink_;
  unsigned version_;
  unsigned depth_ = 0;
};

using archive_writer = basic_archive_writer<detail::byte_sink>;
/// Counts the bytes a writer would write.
using archive_counter = basic_archive_writer<detail::counting_sink>;

/// Reads what a writer wrote. Made for bytes from anywhere: every count is held against the bytes that are left
/// before anything is allocated, nesting is bounded, and whatever does not fit throws invalid_data
/// (code damaged_file) naming the part and the byte. Memory: a small multiple of the bytes that are really there.
class archive_reader {
 public:
  using is_saving = boost::mpl::bool_<false>;
  using is_loading = boost::mpl::bool_<true>;
  static constexpr unsigned max_depth = detail::archive_max_depth;

  /// `part` names what is read, for messages; both arguments must outlive the reader.
  archive_reader(std::span<const std::byte> bytes, std::string_view part, unsigned version = 1)
      : bytes_(bytes), part_(part), version_(version) {}

  template <class T>
  archive_reader& operator>>(T&& value) {
    get(value);
    return *this;
  }
  template <class T>
  archive_reader& operator&(T&& value) {
    return *this >> std::forward<T>(value);
  }

  /// `n` numbers in one block; REQUIRES: room for `n` at `values`. `refuse_infinity` for values that may be missing
  /// (NaN) but never infinite.
  template <detail::number T>
  void read_block(T* values, std::size_t n, bool refuse_infinity = false);
  /// A count of elements of at least `minimum` bytes each (1 or more): checked against the bytes left.
  [[nodiscard]] std::size_t read_count(std::size_t minimum);
  /// Throws unless `n` elements of `width` bytes are left. Call it before allocating for them.
  void require_room(std::size_t n, std::size_t width) const;
  void load_binary(void* data, std::size_t n);

  [[nodiscard]] std::size_t position() const { return at_; }
  [[nodiscard]] std::size_t remaining() const { return bytes_.size() - at_; }
  /// Refuses bytes behind the last value.
  void finish() const {
    if (remaining() != 0) fail(std::to_string(remaining()) + " bytes follow the last value");
  }
  /// Throws invalid_data: "damaged measures, byte 17: WHY".
  [[noreturn]] void fail(const std::string& why) const;

  [[nodiscard]] unsigned get_library_version() const { return version_; }
  template <class T>
  void register_type(const T* = nullptr) {}

 private:
  template <class T>
  void get(T& value);

  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
  std::string_view part_;
  unsigned version_;
  unsigned depth_ = 0;
};

/// The bytes that `value` takes when written.
template <class T>
[[nodiscard]] std::size_t encoded_size(const T& value, unsigned version = 1) {
  archive_counter counter(version);
  counter << value;
  return counter.size();
}

} // namespace commonweal::inline v0

#include <commonweal/bytes/detail/archive_impl.hpp>
