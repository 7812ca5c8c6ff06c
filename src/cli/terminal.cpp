// SPDX-License-Identifier: Apache-2.0
// What the terminal at the other end can show.
#include "cli/terminal.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

namespace commonweal::inline v0::cli {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name); // NOLINT: read before any thread starts
  return value == nullptr ? std::string_view{} : value;
}

bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string value(environment(name));
    if (value.empty()) continue;
    std::transform(value.begin(), value.end(), value.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

report::style style_of(int descriptor, std::size_t otherwise, color_choice color) {
  const bool terminal = isatty(descriptor) == 1;
  report::style out{.width = otherwise, .ascii = !locale_is_utf8(), .color = color == color_choice::always};
  if (color == color_choice::automatic)
    out.color = terminal && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
  winsize size{};
  if (terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    out.width = size.ws_col;
    return out;
  }
  const auto columns = environment("COLUMNS");
  std::size_t width = 0;
  const auto read = std::from_chars(columns.data(), columns.data() + columns.size(), width);
  if (read.ec == std::errc{} && read.ptr == columns.data() + columns.size() && width > 0) out.width = width;
  return out;
}

} // namespace

report::style output_style(std::size_t otherwise, color_choice color) {
  return style_of(STDOUT_FILENO, otherwise, color);
}

report::style message_style() { return style_of(STDERR_FILENO, 0, color_choice::automatic); }

bool messages_go_to_a_terminal() { return isatty(STDERR_FILENO) == 1; }

} // namespace commonweal::inline v0::cli
