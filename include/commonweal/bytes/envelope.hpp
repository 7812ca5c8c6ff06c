// SPDX-License-Identifier: Apache-2.0
// The envelope around every file of ours: magic, format version, lengths and hashes, checked before anything is
// decoded.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/bytes/archive.hpp>

namespace commonweal::inline v0 {

/// Names a section: one to eight characters, padded with zero bytes in the file.
struct section_tag {
  std::array<char, 8> text{};

  constexpr section_tag() = default;
  template <std::size_t N>
  requires(N >= 2 && N <= 9) consteval section_tag(const char (&name)[N]) { // NOLINT: a tag is written as its name
    for (std::size_t i = 0; i + 1 < N; ++i) text[i] = name[i];
  }
  [[nodiscard]] std::string_view name() const {
    return {text.data(), static_cast<std::size_t>(std::find(text.begin(), text.end(), '\0') - text.begin())};
  }
  friend constexpr bool operator==(const section_tag&, const section_tag&) = default;
};

/// What kind of file it is. Give each kind its own magic; raise `version` when the bytes change their meaning, and
/// keep reading down to `oldest`.
struct envelope_format {
  std::array<std::uint8_t, 8> magic;
  std::string_view what;                              ///< "snapshot", for messages
  std::uint32_t version = 1;                          ///< the one written, and the newest read
  std::uint32_t oldest = 1;                           ///< the oldest read
  std::uint64_t max_payload = std::uint64_t{1} << 40; ///< longer is refused unread
};

/// The XXH3-64 hash of some bytes.
[[nodiscard]] std::uint64_t content_hash(std::span<const std::byte> bytes);

/// True where bytes begin as a file of this kind does (whether or not the rest is sound).
[[nodiscard]] bool has_magic(std::span<const std::byte> bytes, const envelope_format& format);

/// Writes an envelope, section after section, into one block of memory.
///
///     envelope_writer out(format, 2);
///     out.section("plan") << plan;
///     out.section("rows") << rows;
///     std::vector<std::byte> file = out.finish();
class envelope_writer {
 public:
  /// `sections` is how many will be written, at most 64; `payload_hint` reserves that many bytes for them.
  envelope_writer(const envelope_format& format, std::size_t sections, std::size_t payload_hint = 0);

  /// Begins the next section; what goes into the archive belongs to it until the next call.
  archive_writer& section(section_tag tag);
  /// Fills in lengths and hashes. Throws internal when fewer sections were written than were announced.
  [[nodiscard]] std::vector<std::byte> finish();

 private:
  struct entry {
    section_tag tag;
    std::size_t begin;
  };
  envelope_format format_;
  std::size_t announced_;
  std::vector<entry> entries_;
  archive_writer archive_;
};

/// An envelope whose lengths and hashes are right. Borrows the bytes it was opened on.
class envelope {
 public:
  struct part {
    section_tag tag;
    std::span<const std::byte> bytes;
  };

  /// Checks magic, byte order, version, lengths, header hash and every section's hash, in this order.
  /// Throws invalid_data: code not_ours (another kind of file), newer_format, older_format or damaged_file. O(bytes).
  [[nodiscard]] static envelope open(std::span<const std::byte> bytes, const envelope_format& format);

  /// As open() does before it looks at the sections, for a file of `size` bytes of which only the start is read: all of
  /// it, or its first `longest_header` bytes and any more.
  static void check_header(std::span<const std::byte> start, std::uint64_t size, const envelope_format& format);
  static constexpr std::size_t longest_header = 1576;

  [[nodiscard]] std::uint32_t version() const { return version_; }
  [[nodiscard]] const std::vector<part>& sections() const { return sections_; }
  /// An archive over a section, for its version. Throws invalid_data where the file has no such section.
  [[nodiscard]] archive_reader reader(section_tag tag) const;
  /// Throws invalid_data unless the sections are exactly these, in this order.
  void expect(std::span<const section_tag> tags) const;

 private:
  std::uint32_t version_ = 0;
  std::vector<part> sections_;
};

} // namespace commonweal::inline v0
