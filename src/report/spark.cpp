// SPDX-License-Identifier: Apache-2.0
// A spark line: a series as one line of text.
#include "report/spark.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

namespace commonweal::inline v0::report {

std::string spark(std::span<const double> values, bool ascii) {
  constexpr std::array<std::string_view, 8> blocks = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  constexpr std::array<std::string_view, 8> digits = {"1", "2", "3", "4", "5", "6", "7", "8"};
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -lowest;
  for (const double v : values) {
    if (std::isnan(v)) continue;
    lowest = std::min(lowest, v);
    highest = std::max(highest, v);
  }
  std::string out;
  for (const double v : values) {
    if (std::isnan(v)) {
      out += ascii ? "." : "·";
      continue;
    }
    // Halved first: the range of two doubles may be no double.
    const double range = highest / 2 - lowest / 2;
    const double at = range > 0 ? (v / 2 - lowest / 2) / range : 0.5;
    const auto level = std::min<std::size_t>(7, static_cast<std::size_t>(at * 8));
    out += (ascii ? digits : blocks)[level];
  }
  return out;
}

} // namespace commonweal::inline v0::report
