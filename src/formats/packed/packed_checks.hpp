// SPDX-License-Identifier: Apache-2.0
// What the parts of an initiative owe one another: references, orders, shapes. Held when packing and when unpacking.
#pragma once

#include <commonweal/initiative.hpp>

namespace commonweal::inline v0::detail {

/// Throws `code` (damaged_file where it is invalid_data) naming the first rule that does not hold:
///
/// - indicator definition i is that of indicator node i, and has its id;
/// - panels ascend by (indicator, breakdown); each names an indicator there is, and has one row for each of its
/// reporters,
///   which ascend and are organizations or groups of the network; its parts have one shape; marks ascend, lie within,
///   are suppressed or not expected but not both, and their cells are missing in every part;
/// - targets are sorted by (indicator, of, kind, period) and speak of an indicator and a node there is, or of none;
/// - edges of a kind that merges are not told twice for one day, nor from both ends where they hold both ways;
/// - records keep the rules of the schema, as far as their columns go (the error is the finding itself).
///
/// O(reporters + marks + targets + edges + records).
void check_initiative(const network& net, const measures& data, const record_tables& records, error_code code);

} // namespace commonweal::inline v0::detail
