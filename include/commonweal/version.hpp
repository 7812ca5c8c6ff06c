// SPDX-License-Identifier: Apache-2.0
// The version of the library, as macros for the preprocessor and as values for code.
#pragma once

#include <string_view>

#define COMMONWEAL_VERSION_MAJOR 0
#define COMMONWEAL_VERSION_MINOR 1
#define COMMONWEAL_VERSION_PATCH 0
#define COMMONWEAL_VERSION_STRING "0.1.0"

namespace commonweal::inline v0 {

/// The version this header was released as, "major.minor.patch". Not `version`, which would shadow everywhere.
inline constexpr std::string_view library_version = COMMONWEAL_VERSION_STRING;

} // namespace commonweal::inline v0
