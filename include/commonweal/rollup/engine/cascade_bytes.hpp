// SPDX-License-Identifier: Apache-2.0
// Cascades to bytes and back: how a plan travels to another machine.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <commonweal/rollup/engine/cascade.hpp>

namespace commonweal::inline v0::engine {

/// A cascade in an envelope (magic, version, lengths, XXH3-64 hashes). A plan travels as the cascade it is
/// of, and is made again there: that takes 0.1 us a reporter, and no bytes can make a plan that contradicts
/// itself. Plans on both sides have one fingerprint, so partials go between them. Members are written in the
/// order of reporters. 4 bytes a reporter, 12 a membership, 16 a part_of edge, 8 a group. Compiled library
/// only. Throws invalid_argument for a cascade that deserialize_cascade would refuse.
[[nodiscard]] std::vector<std::byte> serialize_cascade(const cascade& input);

/// Throws invalid_data for bytes that are cut, changed, of another version or kind, and for indices that are
/// not there. Memory: a small multiple of the bytes. Cycles are the plan's to find.
[[nodiscard]] cascade deserialize_cascade(std::span<const std::byte> bytes);

} // namespace commonweal::inline v0::engine
