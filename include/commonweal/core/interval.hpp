// SPDX-License-Identifier: Apache-2.0
// A span of days [start, end), open on either side where a date is absent.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <commonweal/core/date.hpp>
#include <commonweal/core/enum_text.hpp>
#include <commonweal/core/period.hpp>

namespace commonweal::inline v0 {

/// The days from `start` up to but not including `end`.
///
/// The default covers all time. A blank start means "since ever", a blank end "still in force".
struct interval {
  date start = date::lowest();
  date end = date::highest();

  [[nodiscard]] constexpr bool contains(date day) const { return start <= day && day < end; }
  [[nodiscard]] constexpr bool empty() const { return end <= start; }
  [[nodiscard]] constexpr bool covers(const interval& o) const { return start <= o.start && o.end <= end; }
  [[nodiscard]] constexpr bool overlaps(const interval& o) const {
    return std::max(start, o.start) < std::min(end, o.end);
  }
  [[nodiscard]] constexpr interval intersect(const interval& o) const {
    return {std::max(start, o.start), std::min(end, o.end)};
  }
  [[nodiscard]] constexpr bool is_always() const { return *this == interval{}; }

  /// "[2002-01-01, 2009-01-01)", "[2002-01-01, open)", "always".
  [[nodiscard]] std::string to_string() const {
    if (is_always()) return "always";
    const auto side = [](date d) { return d.is_bounded() ? d.to_string() : std::string("open"); };
    std::string out = "[";
    return out.append(side(start)).append(", ").append(side(end)).append(")");
  }

  friend constexpr bool operator==(const interval&, const interval&) = default;
};

/// The days of a period as an interval.
[[nodiscard]] inline interval days_of(period p) { return {p.first_day(), p.plus(1).first_day()}; }

/// When an interval counts as in force in a period. `last_day` is the default of the rollup contract: a
/// reporter who moves inside a period is in one place only.
enum class in_force_rule : std::uint8_t { last_day, first_day, any_day, whole_period };

[[nodiscard]] inline bool in_force(const interval& span, period p, in_force_rule rule = in_force_rule::last_day) {
  switch (rule) {
    case in_force_rule::last_day: return span.contains(p.last_day());
    case in_force_rule::first_day: return span.contains(p.first_day());
    case in_force_rule::any_day: return span.overlaps(days_of(p));
    case in_force_rule::whole_period: break;
  }
  return span.covers(days_of(p));
}

template <>
struct enum_names<in_force_rule> {
  static constexpr std::array<std::string_view, 4> values = {"last_day", "first_day", "any_day", "whole_period"};
};

} // namespace commonweal::inline v0
