// SPDX-License-Identifier: Apache-2.0
// The stretch of time a figure covers, and the base periods inside it that count.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include <commonweal/core/interval.hpp>
#include <commonweal/core/period.hpp>
#include <commonweal/rollup/detail/membership_timeline.hpp>

namespace commonweal::inline v0::detail {

/// Periods first to last of one frequency, both included.
struct time_span {
  frequency of{};
  std::int32_t first = 0;
  std::int32_t last = 0;

  explicit time_span(period p) : of(p.freq()), first(p.ordinal()), last(p.ordinal()) {}
  time_span(frequency f, std::int32_t from, std::int32_t to) : of(f), first(from), last(to) {}
  [[nodiscard]] time_span plus(std::int32_t n) const { return {of, first + n, last + n}; }
  [[nodiscard]] period last_period() const { return {of, last}; }
  friend bool operator==(const time_span&, const time_span&) = default;
};

/// The first period of frequency `fine` that lies in period `p`. REQUIRES: nests(fine, p.freq()).
[[nodiscard]] inline period first_inside(period p, frequency fine) {
  period q = period::containing(p.first_day(), fine);
  while (*q.coarsen(p.freq()) < p) q = q.plus(1); // the first week of a year may begin after January 1
  return q;
}

/// Ordinals of the base periods inside the window. REQUIRES: nests(base, w.of).
[[nodiscard]] inline ordinal_range base_periods(const time_span& w, frequency base) {
  return {first_inside({w.of, w.first}, base).ordinal(), first_inside({w.of, w.last + 1}, base).ordinal()};
}

/// The window from the start of the year of its last period. A week's year is that of ISO 8601.
[[nodiscard]] inline time_span year_to_date(const time_span& w) {
  const auto year = w.last_period().coarsen(frequency::year);
  return {w.of, first_inside(*year, w.of).ordinal(), w.last};
}

/// Which base periods count: options `only` and `within`.
class period_filter {
 public:
  period_filter() = default;
  period_filter(std::vector<period> only, interval within) : only_(std::move(only)), within_(within) {}

  [[nodiscard]] bool passes_all() const { return only_.empty() && within_.is_always(); }
  [[nodiscard]] bool passes(period p) const {
    if (!within_.covers(days_of(p))) return false;
    return only_.empty() || std::any_of(only_.begin(), only_.end(), [p](period o) { return p.coarsen(o.freq()) == o; });
  }

 private:
  std::vector<period> only_;
  interval within_;
};

/// How many base periods of a range count, and the latest of them; that before the end where none does.
struct counted_periods {
  std::int64_t count = 0;
  std::int32_t latest = 0;

  counted_periods(ordinal_range range, frequency base, const period_filter& filter)
      : count(range.empty() ? 0 : range.end - std::int64_t{range.begin}), latest(range.end - 1) {
    if (filter.passes_all()) return;
    count = 0;
    for (std::int32_t t = range.begin; t < range.end; ++t)
      if (filter.passes({base, t})) {
        ++count;
        latest = t;
      }
  }
};

} // namespace commonweal::inline v0::detail
