// SPDX-License-Identifier: Apache-2.0
// Sealing and opening envelopes; the layout is described in docs/snapshot.md.
#include <commonweal/bytes/envelope.hpp>

#include <cstring>

#include <xxhash.h>

namespace commonweal::inline v0 {

namespace {

constexpr std::uint32_t byte_order_tag = 0x01020304;
constexpr std::size_t fixed_length = 32; // magic, byte order, version, header length, section count, payload length
constexpr std::size_t entry_length = 24; // tag, length, hash
constexpr std::size_t hash_length = 8;   // of the header itself
constexpr std::size_t max_sections = 64;

constexpr std::size_t header_length(std::size_t sections) {
  return fixed_length + entry_length * sections + hash_length;
}
static_assert(header_length(max_sections) == envelope::longest_header);

using detail::refuse_bytes;

bool well_formed(const section_tag& tag) {
  const auto name = tag.name();
  const auto printable = [](char c) { return c > ' ' && c < '\x7f'; };
  return !name.empty() && std::all_of(name.begin(), name.end(), printable) &&
         std::all_of(tag.text.begin() + static_cast<std::ptrdiff_t>(name.size()), tag.text.end(),
                     [](char c) { return c == '\0'; });
}

} // namespace

std::uint64_t content_hash(std::span<const std::byte> bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

bool has_magic(std::span<const std::byte> bytes, const envelope_format& format) {
  return bytes.size() >= format.magic.size() &&
         std::memcmp(bytes.data(), format.magic.data(), format.magic.size()) == 0;
}

envelope_writer::envelope_writer(const envelope_format& format, std::size_t sections, std::size_t payload_hint)
    : format_(format), announced_(sections), archive_(format.version) {
  if (sections > max_sections) throw error(error_code::internal, "an envelope holds at most 64 sections");
  detail::byte_sink sink;
  sink.bytes.reserve(header_length(sections) + payload_hint);
  sink.bytes.resize(header_length(sections));
  archive_ = archive_writer(std::move(sink), format.version);
}

archive_writer& envelope_writer::section(section_tag tag) {
  if (entries_.size() == announced_) throw error(error_code::internal, "more sections than were announced");
  entries_.push_back({tag, archive_.size()});
  return archive_;
}

std::vector<std::byte> envelope_writer::finish() {
  if (entries_.size() != announced_) throw error(error_code::internal, "fewer sections than were announced");
  std::vector<std::byte> file = archive_.take().bytes;
  const std::size_t header = header_length(announced_);
  const std::uint64_t payload = file.size() - header;
  if (payload > format_.max_payload)
    throw error(error_code::invalid_argument, std::string(format_.what) + ": too long to be written");

  archive_writer head(format_.version);
  head.save_binary(format_.magic.data(), format_.magic.size());
  head << byte_order_tag << format_.version << static_cast<std::uint32_t>(header)
       << static_cast<std::uint32_t>(announced_) << payload;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const std::size_t end = i + 1 < entries_.size() ? entries_[i + 1].begin : file.size();
    const auto bytes = std::span<const std::byte>(file).subspan(entries_[i].begin, end - entries_[i].begin);
    head.save_binary(entries_[i].tag.text.data(), entries_[i].tag.text.size());
    head << static_cast<std::uint64_t>(bytes.size()) << content_hash(bytes);
  }
  head << content_hash(head.bytes());
  std::memcpy(file.data(), head.bytes().data(), header);
  return file;
}

namespace {

struct envelope_header {
  std::uint32_t version = 0;
  std::uint32_t length = 0; ///< of the header itself
  std::uint32_t sections = 0;
};

std::string name_of_header(const envelope_format& format) { return std::string(format.what) + " header"; }

/// Reads `in`, which lies at the start of a file of `size` bytes that begins with `start`, up to its sections.
envelope_header read_header(archive_reader& in, std::span<const std::byte> start, std::uint64_t size,
                            const envelope_format& format) {
  const std::string what(format.what);
  const std::string part = name_of_header(format);
  if (!has_magic(start, format))
    refuse_bytes("not_ours", "this is no Commonweal " + what + ": it does not begin with the " + what + "'s mark");
  envelope_header out;
  std::array<std::uint8_t, 8> magic{};
  std::uint32_t order = 0;
  std::uint64_t payload = 0;
  in >> magic >> order;
  if (order != byte_order_tag) in.fail("the byte order mark is wrong");
  in >> out.version;
  // Before the hash, because a newer format may lay out its header otherwise.
  if (out.version > format.version)
    refuse_bytes("newer_format", what + " written by a newer Commonweal: format " + std::to_string(out.version) +
                                     ", this one reads up to " + std::to_string(format.version) +
                                     "; update Commonweal to read it");
  if (out.version < format.oldest)
    refuse_bytes("older_format", what + " of format " + std::to_string(out.version) + ", this Commonweal reads from " +
                                     std::to_string(format.oldest) + " to " + std::to_string(format.version));
  in >> out.length >> out.sections >> payload;
  if (out.sections > max_sections || out.length != header_length(out.sections)) in.fail("the header's length is wrong");
  if (out.length > start.size()) in.fail("the file ends within its header");
  std::uint64_t header_hash = 0;
  archive_reader tail(start.subspan(out.length - hash_length, hash_length), part, format.version);
  tail >> header_hash;
  if (header_hash != content_hash(start.first(out.length - hash_length))) in.fail("the header's hash is wrong");
  if (payload > format.max_payload) in.fail("the content is longer than any " + what + " may be");
  if (payload != size - out.length)
    in.fail("the header speaks of " + std::to_string(payload) + " bytes of content, the file has " +
            std::to_string(size - out.length));
  return out;
}

} // namespace

void envelope::check_header(std::span<const std::byte> start, std::uint64_t size, const envelope_format& format) {
  const std::string part = name_of_header(format);
  archive_reader in(start, part, format.version);
  (void)read_header(in, start, size, format);
}

envelope envelope::open(std::span<const std::byte> bytes, const envelope_format& format) {
  const std::string part = name_of_header(format);
  archive_reader in(bytes, part, format.version);
  const auto header = read_header(in, bytes, bytes.size(), format);
  envelope opened;
  opened.version_ = header.version;
  std::size_t at = header.length;
  for (std::uint32_t i = 0; i < header.sections; ++i) {
    section_tag tag;
    std::uint64_t length = 0;
    std::uint64_t hash = 0;
    in.load_binary(tag.text.data(), tag.text.size());
    in >> length >> hash;
    if (!well_formed(tag)) in.fail("a section's name is malformed");
    for (const auto& before : opened.sections_)
      if (before.tag == tag) in.fail("section " + std::string(tag.name()) + " occurs twice");
    if (length > bytes.size() - at) in.fail("section " + std::string(tag.name()) + " is longer than the file");
    const auto content = bytes.subspan(at, static_cast<std::size_t>(length));
    if (content_hash(content) != hash) in.fail("the hash of section " + std::string(tag.name()) + " is wrong");
    opened.sections_.push_back({tag, content});
    at += content.size();
  }
  if (at != bytes.size()) in.fail("bytes follow the last section");
  return opened;
}

archive_reader envelope::reader(section_tag tag) const {
  for (const auto& s : sections_)
    if (s.tag == tag) return {s.bytes, s.tag.name(), version_};
  refuse_bytes("damaged_file", "section " + std::string(tag.name()) + " is absent");
}

void envelope::expect(std::span<const section_tag> tags) const {
  const bool same = std::equal(sections_.begin(), sections_.end(), tags.begin(), tags.end(),
                               [](const part& p, const section_tag& t) { return p.tag == t; });
  if (same) return;
  std::string wanted;
  for (const auto& t : tags) wanted += (wanted.empty() ? "" : ", ") + std::string(t.name());
  refuse_bytes("damaged_file", "the sections must be " + wanted + ", in this order");
}

} // namespace commonweal::inline v0
