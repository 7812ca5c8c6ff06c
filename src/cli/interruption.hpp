// SPDX-License-Identifier: Apache-2.0
// Ctrl-C and its like while files are written: what was begun is removed first.
#pragma once

#include <array>
#include <csignal>
#include <string_view>

#include <commonweal/core/error.hpp>

#include "cli/progress_line.hpp"

namespace commonweal::inline v0::cli {

/// While it lives, the first SIGINT, SIGTERM or SIGHUP asks the work to stop; a second one ends the process at once. A
/// signal that is ignored (nohup) stays ignored.
class interruption {
 public:
  interruption();
  ~interruption();
  interruption(const interruption&) = delete;
  interruption& operator=(const interruption&) = delete;

  [[nodiscard]] static bool asked();
  /// Ends the process by the signal that came, as its caller expects; returns where none did.
  void pass_on();

 private:
  static constexpr std::array signals = {SIGINT, SIGTERM, SIGHUP};
  std::array<struct sigaction, signals.size()> before_{};
};

/// write(tell), where the progress callback stops the work when a signal came.
template <class Write>
void write_unless_interrupted(Write write) {
  interruption signals;
  progress_line line;
  try {
    write([tell = line.callback()](double share, std::string_view doing) {
      return !interruption::asked() && tell(share, doing);
    });
  } catch (const error& e) {
    line.erase();
    if (e.code() == error_code::cancelled) signals.pass_on();
    throw;
  }
}

} // namespace commonweal::inline v0::cli
