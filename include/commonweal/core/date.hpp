// SPDX-License-Identifier: Apache-2.0
// A calendar day (proleptic Gregorian), four bytes wide, with ISO 8601 text.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <commonweal/core/detail/digits.hpp>

namespace commonweal::inline v0 {

/// A calendar day, counted from 1970-01-01.
///
/// `date::lowest()` and `date::highest()` stand for "no start" and "no end": they order before and
/// after every calendar day and have no text of their own (they print as a blank).
class date {
 public:
  constexpr date() = default;
  /// REQUIRES: a day of the calendar, years 0001 to 9999; `from_ymd` checks, this does not.
  constexpr explicit date(std::int32_t days_since_1970) : days_(days_since_1970) {}
  constexpr explicit date(std::chrono::sys_days day)
      : days_(static_cast<std::int32_t>(day.time_since_epoch().count())) {}

  [[nodiscard]] static constexpr date lowest() { return date{std::numeric_limits<std::int32_t>::min()}; }
  [[nodiscard]] static constexpr date highest() { return date{std::numeric_limits<std::int32_t>::max()}; }

  /// The day named by year, month and day, or nothing when the calendar has no such day.
  [[nodiscard]] static constexpr std::optional<date> from_ymd(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (year < 1 || year > 9999 || !ymd.ok()) return std::nullopt;
    return date{std::chrono::sys_days{ymd}};
  }

  /// Reads `YYYY-MM-DD`; nothing else is accepted (no time of day, no two-digit years, no blanks).
  [[nodiscard]] static constexpr std::optional<date> parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = detail::digits(text.substr(0, 4));
    const auto month = detail::digits(text.substr(5, 2));
    const auto day = detail::digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    return from_ymd(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
  }

  [[nodiscard]] constexpr std::int32_t days_since_1970() const { return days_; }
  [[nodiscard]] constexpr bool is_bounded() const { return *this != lowest() && *this != highest(); }
  [[nodiscard]] constexpr std::chrono::sys_days to_sys_days() const {
    return std::chrono::sys_days{std::chrono::days{days_}};
  }
  [[nodiscard]] constexpr std::chrono::year_month_day ymd() const { return {to_sys_days()}; }

  /// The day `n` days later (earlier when negative). An unbounded date stays where it is.
  [[nodiscard]] constexpr date plus_days(std::int32_t n) const { return is_bounded() ? date{days_ + n} : *this; }

  /// `YYYY-MM-DD`, or a blank for an unbounded date.
  [[nodiscard]] std::string to_string() const {
    if (!is_bounded()) return {};
    const auto d = ymd();
    std::string out;
    detail::append_padded(out, static_cast<int>(d.year()), 4);
    out += '-';
    detail::append_padded(out, static_cast<int>(static_cast<unsigned>(d.month())), 2);
    out += '-';
    detail::append_padded(out, static_cast<int>(static_cast<unsigned>(d.day())), 2);
    return out;
  }

  friend constexpr auto operator<=>(date, date) = default;

 private:
  std::int32_t days_ = 0;
};

} // namespace commonweal::inline v0
