// SPDX-License-Identifier: Apache-2.0
// The package of a folder that is held open: its resources are opened with it.
#pragma once

#include <commonweal/formats/package.hpp>

#include "bytes/held_folder.hpp"

namespace commonweal::inline v0::detail {

/// As read_package(path). Every file of the package is open afterward (held_folder::open_file gives it), and the folder
/// is sealed: throws folder_torn where it was replaced meanwhile.
[[nodiscard]] package read_package(held_folder& folder, diagnostics& found);
[[nodiscard]] bool is_own_package(const held_folder& folder);

} // namespace commonweal::inline v0::detail
