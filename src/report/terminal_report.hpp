// SPDX-License-Identifier: Apache-2.0
// Draws the content of a report as text for a terminal.
#pragma once

#include <string>

#include "report/content.hpp"
#include "report/style.hpp"

namespace commonweal::inline v0::report {

/// `full`: every group, reporter and finding; else long lists are cut and say by how much.
[[nodiscard]] std::string draw(const content& what, const style& look, bool full = false);

} // namespace commonweal::inline v0::report
