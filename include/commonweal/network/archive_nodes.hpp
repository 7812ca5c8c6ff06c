// SPDX-License-Identifier: Apache-2.0
// How a reference to a node is written.
#pragma once

#include <commonweal/bytes/archive_values.hpp>
#include <commonweal/network/kinds.hpp>

namespace commonweal::inline v0 {

/// u8 kind, u32 index.
template <class Archive>
void serialize(Archive& ar, node_ref& node, unsigned) {
  ar& node.kind& node.index;
}

} // namespace commonweal::inline v0
