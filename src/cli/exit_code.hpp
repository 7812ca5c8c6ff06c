// SPDX-License-Identifier: Apache-2.0
// What the program returns to its caller: documented in docs/cli.md, fixed permanently.
#pragma once

#include <commonweal/core/error.hpp>

namespace commonweal::inline v0::cli {

enum exit_code : int {
  exit_ok = 0,
  exit_data = 1,     ///< the data has errors
  exit_usage = 2,    ///< the command line asks for something that there is not
  exit_system = 3,   ///< the system refused: no such file, no permission, disk full, no memory
  exit_internal = 4, ///< a mistake of the program itself
};

[[nodiscard]] constexpr exit_code exit_code_of(error_code code) {
  switch (code) {
    case error_code::ok: return exit_ok;
    case error_code::invalid_data: return exit_data;
    case error_code::invalid_argument: return exit_usage;
    case error_code::io:
    case error_code::cancelled:
    case error_code::no_memory: return exit_system;
    case error_code::internal: break;
  }
  return exit_internal;
}

} // namespace commonweal::inline v0::cli
