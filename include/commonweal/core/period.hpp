// SPDX-License-Identifier: Apache-2.0
// Reporting periods of ISO 8601: year, quarter, month, week, day, and how they nest.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <commonweal/core/date.hpp>
#include <commonweal/core/enum_text.hpp>

namespace commonweal::inline v0 {

/// How often something is reported, from fine to coarse.
enum class frequency : std::uint8_t { day, week, month, quarter, year };

template <>
struct enum_names<frequency> {
  static constexpr std::array<std::string_view, 5> values = {"day", "week", "month", "quarter", "year"};
};

/// True where every period of `fine` lies in exactly one period of `coarse`.
///
/// day < week < year and day < month < quarter < year. A week belongs to the year that ISO 8601 gives it
/// (the year of its Thursday); it nests in no month and no quarter.
[[nodiscard]] constexpr bool nests(frequency fine, frequency coarse) {
  if (fine == coarse) return true;
  if (fine == frequency::week) return coarse == frequency::year;
  return fine < coarse && !(fine == frequency::month && coarse == frequency::week);
}

/// One reporting period: a frequency and the number of periods since the one that holds 1970-01-01.
///
/// Text follows ISO 8601: 2024, 2024-Q1, 2024-03, 2024-W05, 2024-03-15. Periods of one frequency are
/// consecutive integers, so a panel column is `p.ordinal() - first.ordinal()`.
/// Ordered by frequency, then by time; comparing periods of different frequencies is meant for containers.
class period {
 public:
  constexpr period() = default;
  constexpr period(frequency f, std::int32_t ordinal) : ordinal_(ordinal), frequency_(f) {}

  /// The period of frequency `f` that holds `day`. REQUIRES: a bounded date.
  [[nodiscard]] static period containing(date day, frequency f);
  /// Reads one of the five forms above, years 0001 to 9999; nothing else is accepted.
  [[nodiscard]] static std::optional<period> parse(std::string_view text);

  [[nodiscard]] constexpr frequency freq() const { return frequency_; }
  [[nodiscard]] constexpr std::int32_t ordinal() const { return ordinal_; }

  [[nodiscard]] date first_day() const;
  [[nodiscard]] date last_day() const;
  /// Number of calendar days in the period.
  [[nodiscard]] int days() const { return last_day().days_since_1970() - first_day().days_since_1970() + 1; }

  /// The period `n` places later (earlier when negative), of the same frequency.
  [[nodiscard]] constexpr period plus(std::int32_t n) const { return {frequency_, ordinal_ + n}; }

  /// The period of a coarser frequency that holds this one; nothing where the two do not nest.
  [[nodiscard]] std::optional<period> coarsen(frequency to) const;

  [[nodiscard]] std::string to_string() const;

  friend constexpr bool operator==(period, period) = default;
  friend constexpr std::strong_ordering operator<=>(period a, period b) {
    if (const auto c = a.frequency_ <=> b.frequency_; c != 0) return c;
    return a.ordinal_ <=> b.ordinal_;
  }

 private:
  std::int32_t ordinal_ = 0;
  frequency frequency_ = frequency::year;
};

} // namespace commonweal::inline v0

template <>
struct std::hash<commonweal::period> {
  std::size_t operator()(commonweal::period p) const noexcept {
    const auto bits = (static_cast<std::uint64_t>(p.freq()) << 32) | static_cast<std::uint32_t>(p.ordinal());
    return std::hash<std::uint64_t>{}(bits);
  }
};

#include <commonweal/core/detail/period_impl.hpp>
