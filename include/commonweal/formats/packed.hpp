// SPDX-License-Identifier: Apache-2.0
// The packed form of an initiative: checked, portable bytes; pack, unpack and save_packed are in load.hpp.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include <commonweal/bytes/envelope.hpp>
#include <commonweal/load.hpp>

namespace commonweal::inline v0 {

/// The format is described byte by byte in docs/snapshot.md. Sections: info, nodes, edges, measures, panels, records.
///
/// - pack(unpack(b)) gives b, and unpack(pack(x)) gives x with every NaN made the same one: equal initiatives have
/// equal
///   bytes, on any machine.
/// - unpack refuses whatever differs from what pack writes, by a byte or by a rule: lengths and hashes first, then
/// every
///   count, enumeration, text, order and reference, then all that network_builder and the measures promise. It throws
///   invalid_data (not_ours, newer_format, older_format, damaged_file, or the findings of network::from_parts).
/// - pack refuses an initiative that unpack would refuse, with the same words: invalid_argument.
/// - Hashes stop accidents, not an attacker, who can compute them; the decoder holds its own against forged files, but
/// a
///   file from outside is no more true than who sent it.
///
/// Both ways are O(bytes), with a copy of the panels each; unpack borrows nothing from its argument.
inline constexpr envelope_format snapshot_format{
    .magic = {0x89, 'C', 'W', 'S', 0x0d, 0x0a, 0x1a, 0x0a}, .what = "snapshot", .version = 2, .oldest = 1};

/// True where the bytes begin as a packed initiative does.
[[nodiscard]] bool is_packed(std::span<const std::byte> bytes);
/// The same of a file; false where there is none, or it cannot be read.
[[nodiscard]] bool is_packed_file(const std::filesystem::path& file);

/// Reads and unpacks a file; its header and length are checked before the rest is read. Throws io where it cannot be
/// read, and as unpack, naming the file.
[[nodiscard]] initiative load_packed(const std::filesystem::path& file);

} // namespace commonweal::inline v0
