// SPDX-License-Identifier: Apache-2.0
// One line on standard error that says how far long work is.
#include "cli/progress_line.hpp"

#include <algorithm>
#include <cstdio>
#include <string>

#include "cli/terminal.hpp"
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::cli {

progress_line::progress_line() : enabled_(messages_go_to_a_terminal()), next_(clock::now() + std::chrono::seconds(1)) {}

void progress_line::show(double share, std::string_view doing) {
  if (!enabled_) return;
  const auto now = clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  const auto width = message_style().width;
  const auto done = static_cast<int>(std::clamp(share, 0.0, 1.0) * 100);
  std::string line = text::pad_left(std::to_string(done), 3) + " % " + text::clean(doing);
  if (width > 1) line = text::cut(line, width - 1, message_style().ascii);
  std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
  std::fflush(stderr);
  shown_ = true;
}

void progress_line::erase() {
  if (!shown_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  shown_ = false;
}

} // namespace commonweal::inline v0::cli
