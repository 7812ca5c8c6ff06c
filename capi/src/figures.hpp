// SPDX-License-Identifier: Apache-2.0
// Options of rollups as callers pass them.
#pragma once

#include <commonweal.h>
#include <commonweal/rollup/options.hpp>

namespace commonweal::inline v0::capi {

/// Checked, defaults filled in, with the caller's progress.
[[nodiscard]] rollup_options rollup_options_of(const cw_rollup_options* given);

} // namespace commonweal::inline v0::capi
