// SPDX-License-Identifier: Apache-2.0
// What the terminal at the other end can show.
#pragma once

#include <cstddef>

#include "report/style.hpp"

namespace commonweal::inline v0::cli {

enum class color_choice { automatic, always, never };

/// How to draw on standard output: its width where it is a terminal or COLUMNS says so, else `otherwise` (0: without
/// limit); ASCII where the locale is not UTF-8; colors only on a terminal, and never where NO_COLOR is set.
[[nodiscard]] report::style output_style(std::size_t otherwise = 0, color_choice color = color_choice::automatic);

/// The same for messages on standard error.
[[nodiscard]] report::style message_style();

[[nodiscard]] bool messages_go_to_a_terminal();

} // namespace commonweal::inline v0::cli
