// SPDX-License-Identifier: Apache-2.0
// One figure of a rollup: its value, what it rests on, and its state.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

#include <commonweal/core/enum_text.hpp>

namespace commonweal::inline v0 {

/// Why a figure is what it is. The first five have a value, the others have none.
///
/// reported: every expected report is in it. partial: some expected report is not in it (missing, suppressed, without
/// the parts its operator needs, or with a zero denominator of its own). carried_forward: a last value stands in for a
/// missing one. adjusted: scaled for missing reports. not_adjusted: coverage is too low to scale; the plain sum.
/// missing: nothing expected came. not_expected: nobody was to report. suppressed: what came may not be used.
/// below_minimum_coverage: the policy asks for more reports. zero_denominator: a division by zero. not_aggregable: the
/// operator refuses (several values under `none`; one that is not positive under `geometric_mean`; values without the
/// parts a ratio or weighted mean needs). out_of_range: the result is beyond the largest double.
enum class figure_state : std::uint8_t {
  reported,
  partial,
  carried_forward,
  adjusted,
  not_adjusted,
  missing,
  not_expected,
  suppressed,
  below_minimum_coverage,
  zero_denominator,
  not_aggregable,
  out_of_range
};
template <>
struct enum_names<figure_state> {
  static constexpr std::array<std::string_view, 12> values = {
      "reported",     "partial",    "carried_forward",        "adjusted",         "not_adjusted",   "missing",
      "not_expected", "suppressed", "below_minimum_coverage", "zero_denominator", "not_aggregable", "out_of_range"};
};
[[nodiscard]] constexpr bool has_value(figure_state s) { return s <= figure_state::not_adjusted; }

/// NaN is "nothing to say" in every double below. A report is one reporter in one base period.
struct figure {
  double value = std::numeric_limits<double>::quiet_NaN();
  double numerator = std::numeric_limits<double>::quiet_NaN(); ///< where value = factor x numerator / denominator
  double denominator = std::numeric_limits<double>::quiet_NaN();
  double lower = std::numeric_limits<double>::quiet_NaN(); ///< bounds on distinct people, where it counts people
  double upper = std::numeric_limits<double>::quiet_NaN();
  std::int64_t reported = 0;
  std::int64_t expected = 0;
  figure_state state = figure_state::not_expected;

  /// reported / expected; NaN where nothing was expected.
  [[nodiscard]] double coverage() const {
    return expected == 0 ? std::numeric_limits<double>::quiet_NaN()
                         : static_cast<double>(reported) / static_cast<double>(expected);
  }
};

} // namespace commonweal::inline v0
