// SPDX-License-Identifier: Apache-2.0
// Bodies of measure/last_day.hpp: what counts as data, what is only named, and the clock.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <string>

#include <commonweal/core/error.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/measure/last_day.hpp>

namespace commonweal::inline v0 {

COMMONWEAL_BODY date today() {
  if (const char* stated = std::getenv("COMMONWEAL_TODAY"); stated != nullptr && *stated != '\0') {
    const auto day = date::parse(stated);
    if (!day)
      throw error(error_code::invalid_argument,
                  "COMMONWEAL_TODAY is not a valid day: " + std::string(stated) + ". Write 2024-03-15");
    return *day;
  }
  return date{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
}

namespace detail {

COMMONWEAL_BODY std::int32_t columns_with_reports(const panel& p) {
  auto n = p.periods();
  while (n > 0 && p.value.col(n - 1).array().isNaN().all() &&
         (p.numerator.size() == 0 || p.numerator.col(n - 1).array().isNaN().all()))
    --n;
  for (const auto cell : p.suppressed)
    n = std::max(n, static_cast<Eigen::Index>(cell % static_cast<std::uint64_t>(p.periods())) + 1);
  return static_cast<std::int32_t>(n);
}

/// The latest of the days that it is shown. Days of the year 9999 stand for "no end" and are passed over.
class latest_day {
 public:
  void raise(date day) {
    if (day.is_bounded() && day < no_end && (!day_ || *day_ < day)) day_ = day;
  }
  void raise(const interval& span) {
    raise(span.start);
    raise(span.end.plus_days(-1));
  }
  /// The dates of a column of days; the last days of the periods of a column of periods.
  void raise(const column& c) {
    std::array<std::optional<period>, enum_names<frequency>::values.size()> last; // cheaper than a day for each row
    for (std::size_t i = 0; i < c.size(); ++i) {
      if (c.is_null(i)) continue;
      if (c.type() == column_type::date) {
        raise(c.values<date>()[i]);
      } else {
        const auto p = c.values<period>()[i];
        auto& of = last[static_cast<std::size_t>(p.freq())];
        if (!of || *of < p) of = p;
      }
    }
    for (const auto& p : last)
      if (p) raise(p->last_day());
  }
  [[nodiscard]] std::optional<date> get() const { return day_; }

 private:
  static constexpr date no_end = *date::from_ymd(9999, 1, 1);
  std::optional<date> day_;
};

[[nodiscard]] inline bool is_day_or_period(const column& c) {
  return c.type() == column_type::date || c.type() == column_type::period;
}

/// The last day of which something is reported or recorded.
[[nodiscard]] inline std::optional<date> last_day_with_data(const network& net, const measures& data,
                                                            const record_tables& records) {
  latest_day last;
  for (const auto& p : data.panels)
    if (const auto n = columns_with_reports(p); n > 0) last.raise(p.at(n - 1).last_day());
  for (const auto& [name, rows] : records) {
    const column* state = name == "milestones" ? rows.find("state") : nullptr;
    for (const auto& c : rows.columns()) {
      // Starts, ends, budget years and open milestones are plans as often as records.
      if (!is_day_or_period(c) || c.name() == "start" || c.name() == "end") continue;
      if (c.type() == column_type::period && name != "people_served") continue;
      if (state == nullptr || state->type() != column_type::utf8) {
        last.raise(c);
        continue;
      }
      for (std::size_t i = 0; i < c.size(); ++i)
        if (!c.is_null(i) && state->text(i) != "open") last.raise(c.values<date>()[i]);
    }
  }
  // Money that begins later than the reports end is news; money alone says little of when the rest was looked at.
  if (const auto& funds = net.edges(edge_kind::funds); last.get() && funds.has_validity())
    for (relation::row_index r = 0; r < funds.size(); ++r) last.raise(funds.validity(r).start);
  return last.get();
}

/// The last day that stands anywhere in the data.
[[nodiscard]] inline std::optional<date> last_day_named(const network& net, const measures& data,
                                                        const record_tables& records) {
  latest_day last;
  for (std::size_t k = 0; k < node_kind_count; ++k)
    for (std::uint32_t i = 0; i < net.size(static_cast<node_kind>(k)); ++i)
      last.raise(net.validity(node_ref{static_cast<node_kind>(k), i}));
  for (std::size_t k = 0; k < edge_kind_count; ++k) {
    const auto& edges = net.edges(static_cast<edge_kind>(k));
    if (!edges.has_validity()) continue;
    for (relation::row_index r = 0; r < edges.size(); ++r) last.raise(edges.validity(r));
  }
  for (const auto& p : data.panels)
    if (p.periods() > 0) last.raise(p.at(p.periods() - 1).last_day());
  for (const auto& t : data.targets) last.raise(t.period.last_day());
  for (const auto& [name, rows] : records)
    for (const auto& c : rows.columns()) {
      if (!is_day_or_period(c)) continue;
      if (c.name() != "end") last.raise(c);
      else
        for (std::size_t i = 0; i < c.size(); ++i)
          if (!c.is_null(i) && c.type() == column_type::date) last.raise(c.values<date>()[i].plus_days(-1));
    }
  return last.get();
}

} // namespace detail

COMMONWEAL_BODY day_taken day_of_question(const network& net, const measures& data, const record_tables& records,
                                          std::optional<date> asked, std::optional<date> on) {
  if (asked) return {*asked, day_origin::asked};
  if (const auto day = detail::last_day_with_data(net, data, records)) return {*day, day_origin::data};
  if (const auto day = detail::last_day_named(net, data, records)) return {*day, day_origin::named};
  return {on ? *on : today(), day_origin::today};
}

} // namespace commonweal::inline v0
