// SPDX-License-Identifier: Apache-2.0
// The day on which an initiative is looked at when nobody names one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include <commonweal/core/enum_text.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/measure/record_tables.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

/// Where the day of a question comes from. asked: the question names it. data: the last day with data. named: the data
/// has no reports, and this is the last day it names. today: the data names no day at all.
enum class day_origin : std::uint8_t { asked, data, named, today };
template <>
struct enum_names<day_origin> {
  static constexpr std::array<std::string_view, 4> values = {"asked", "data", "named", "today"};
};

struct day_taken {
  date day;
  day_origin origin = day_origin::asked;
  friend bool operator==(const day_taken&, const day_taken&) = default;
};

/// Today by the clock, in UTC; or the day that the environment variable COMMONWEAL_TODAY names, for programs and tests
/// whose answers do not depend on the clock. Throws invalid_argument where that is not a day.
[[nodiscard]] date today();

/// The day that a question is about: the one it names, or else
/// - the last day with data: of the last period with a report, and of what is recorded with its day (people served,
///   meetings, surveys, agendas, plans, milestones reached, reports that came in; where there are any, also the day on
///   which funds begin);
/// - else the last day named anywhere: starts and ends, targets, planned costs, budgets;
/// - else `on`, or today() where that is absent. What has no dates holds on every day.
///
/// The first two depend on the data alone, so that an answer says the same tomorrow. O(panel columns + records), and
/// O(nodes + edges) more where nothing is reported. Throws as today().
[[nodiscard]] day_taken day_of_question(const network& net, const measures& data, const record_tables& records,
                                        std::optional<date> asked = {}, std::optional<date> on = {});

/// "the last day with data", "the last day that the data names", "today, since the data names no day"; blank where the
/// question names its day.
[[nodiscard]] constexpr std::string_view origin_text(day_origin from) {
  switch (from) {
    case day_origin::asked: return {};
    case day_origin::data: return "the last day with data";
    case day_origin::named: return "the last day that the data names";
    case day_origin::today: break;
  }
  return "today, since the data names no day";
}

namespace detail {
/// Columns up to the last in which anybody reported anything, suppressed or not. O(reporters x columns without any).
[[nodiscard]] std::int32_t columns_with_reports(const panel& p);
} // namespace detail

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/measure/detail/last_day_impl.hpp>
#endif
