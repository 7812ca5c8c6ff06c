// SPDX-License-Identifier: Apache-2.0
// A spark line: a series as one line of text.
#pragma once

#include <span>
#include <string>

namespace commonweal::inline v0::report {

/// One mark a value, from the lowest of the series to its highest: eight block heights, or 1 to 8 in ASCII.
/// NaN is a gap and shows as a middle dot ("." in ASCII). A series that never changes is drawn at mid height.
[[nodiscard]] std::string spark(std::span<const double> values, bool ascii = false);

} // namespace commonweal::inline v0::report
