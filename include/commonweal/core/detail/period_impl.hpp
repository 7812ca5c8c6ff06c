// SPDX-License-Identifier: Apache-2.0
// Bodies of core/period.hpp.
#pragma once

#include <chrono>

#include <commonweal/core/period.hpp>

namespace commonweal::inline v0 {

namespace detail {

constexpr std::int32_t floor_div(std::int32_t a, std::int32_t b) {
  return a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0);
}

// Monday of the week that holds 1970-01-01 (a Thursday) is three days before it.
inline constexpr std::int32_t days_from_monday_to_epoch = 3;

inline date day_of(int year, unsigned month, unsigned day) {
  return date{std::chrono::sys_days{
      std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}}};
}

// ISO 8601: a week belongs to the year of its Thursday, and week 1 holds January 4.
inline std::int32_t week_ordinal(date d) { return floor_div(d.days_since_1970() + days_from_monday_to_epoch, 7); }

inline int iso_year_of_week(std::int32_t week) {
  const date thursday{week * 7};
  return static_cast<int>(thursday.ymd().year());
}

inline std::int32_t first_week_of(int iso_year) { return week_ordinal(day_of(iso_year, 1, 4)); }

} // namespace detail

inline period period::containing(date day, frequency f) {
  const auto ymd = day.ymd();
  const int year = static_cast<int>(ymd.year());
  const int month0 = static_cast<int>(static_cast<unsigned>(ymd.month())) - 1;
  switch (f) {
    case frequency::day: return {f, day.days_since_1970()};
    case frequency::week: return {f, detail::week_ordinal(day)};
    case frequency::month: return {f, (year - 1970) * 12 + month0};
    case frequency::quarter: return {f, (year - 1970) * 4 + month0 / 3};
    case frequency::year: break;
  }
  return {frequency::year, year - 1970};
}

inline date period::first_day() const {
  switch (frequency_) {
    case frequency::day: return date{ordinal_};
    case frequency::week: return date{ordinal_ * 7 - detail::days_from_monday_to_epoch};
    case frequency::month: {
      const int year = detail::floor_div(ordinal_, 12);
      return detail::day_of(1970 + year, static_cast<unsigned>(ordinal_ - year * 12 + 1), 1);
    }
    case frequency::quarter: {
      const int year = detail::floor_div(ordinal_, 4);
      return detail::day_of(1970 + year, static_cast<unsigned>((ordinal_ - year * 4) * 3 + 1), 1);
    }
    case frequency::year: break;
  }
  return detail::day_of(1970 + ordinal_, 1, 1);
}

inline date period::last_day() const { return plus(1).first_day().plus_days(-1); }

inline std::optional<period> period::coarsen(frequency to) const {
  if (!nests(frequency_, to)) return std::nullopt;
  if (to == frequency_) return *this;
  if (frequency_ == frequency::week) return period{to, detail::iso_year_of_week(ordinal_) - 1970};
  return containing(first_day(), to);
}

inline std::optional<period> period::parse(std::string_view text) {
  using detail::digits;
  if (text.size() < 4) return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  if (!year || *year < 1) return std::nullopt;
  if (text.size() == 4) return period{frequency::year, *year - 1970};
  if (text[4] != '-') return std::nullopt;
  const auto rest = text.substr(5);
  if (rest.size() == 2 && rest[0] == 'Q') {
    if (rest[1] < '1' || rest[1] > '4') return std::nullopt;
    return period{frequency::quarter, (*year - 1970) * 4 + (rest[1] - '1')};
  }
  if (rest.size() == 3 && rest[0] == 'W') {
    const auto week = digits(rest.substr(1));
    if (!week || *week < 1) return std::nullopt;
    const std::int32_t ordinal = detail::first_week_of(*year) + *week - 1;
    if (detail::iso_year_of_week(ordinal) != *year) return std::nullopt; // a year without a week 53
    return period{frequency::week, ordinal};
  }
  if (rest.size() == 2) {
    const auto month = digits(rest);
    if (!month || *month < 1 || *month > 12) return std::nullopt;
    return period{frequency::month, (*year - 1970) * 12 + *month - 1};
  }
  if (const auto day = date::parse(text)) return containing(*day, frequency::day);
  return std::nullopt;
}

inline std::string period::to_string() const {
  if (frequency_ == frequency::day) return first_day().to_string();
  std::string out;
  if (frequency_ == frequency::week) {
    const int iso_year = detail::iso_year_of_week(ordinal_);
    detail::append_padded(out, iso_year, 4);
    out += "-W";
    detail::append_padded(out, ordinal_ - detail::first_week_of(iso_year) + 1, 2);
    return out;
  }
  const auto ymd = first_day().ymd();
  const int month = static_cast<int>(static_cast<unsigned>(ymd.month()));
  detail::append_padded(out, static_cast<int>(ymd.year()), 4);
  if (frequency_ == frequency::quarter) {
    out += "-Q";
    out += static_cast<char>('1' + (month - 1) / 3);
  } else if (frequency_ == frequency::month) {
    out += '-';
    detail::append_padded(out, month, 2);
  }
  return out;
}

} // namespace commonweal::inline v0
