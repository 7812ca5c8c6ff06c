// SPDX-License-Identifier: Apache-2.0
// How text for a terminal is drawn: how wide, in which characters, in color or not.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace commonweal::inline v0::report {

/// width 0 is without limit.
struct style {
  std::size_t width = 80;
  bool ascii = false;
  bool color = false;

  enum class ink { bold, faint, good, bad, caution };
  /// The text in that ink where colors are on, else as it is.
  [[nodiscard]] std::string in(ink how, std::string_view text) const {
    if (!color || text.empty()) return std::string(text);
    std::string_view code = "1";
    switch (how) {
      case ink::bold: break;
      case ink::faint: code = "2"; break;
      case ink::good: code = "32"; break;
      case ink::bad: code = "31"; break;
      case ink::caution: code = "33"; break;
    }
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }
};

} // namespace commonweal::inline v0::report
