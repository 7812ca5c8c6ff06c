// SPDX-License-Identifier: Apache-2.0
// What a partial rollup holds: the job, and by stretches of 64 base periods the sums of groups and the marks of cells.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <commonweal/rollup/detail/indicator_sums.hpp>
#include <commonweal/rollup/detail/membership_timeline.hpp>
#include <commonweal/rollup/detail/reported_indicator.hpp>
#include <commonweal/rollup/engine/partial.hpp>
#include <commonweal/rollup/partial_rollup.hpp>

namespace commonweal::inline v0 {

/// Periods are held in stretches that begin at multiples of this, so that parts which saw different periods have the
/// same ones.
inline constexpr std::int32_t stretch_periods = partial_rollup::stretch_periods;
[[nodiscard]] constexpr std::int32_t stretch_of(std::int32_t ordinal) {
  return ordinal >= 0 ? ordinal / stretch_periods : -((stretch_periods - 1 - ordinal) / stretch_periods);
}

/// What came for a cell, as bits; 0 where nothing came.
enum cell_mark : std::uint8_t {
  mark_value = 1,
  mark_numerator = 2,
  mark_denominator = 4,
  mark_suppressed = 8,
  mark_not_expected = 16,
  all_marks = 31
};

/// As reported indicator::read() judges a cell.
[[nodiscard]] constexpr detail::cell_kind kind_of(std::uint8_t marks, detail::cell_need need) {
  const bool value = (marks & mark_value) != 0;
  const bool numerator = (marks & mark_numerator) != 0;
  const bool denominator = (marks & mark_denominator) != 0;
  const bool usable = need == detail::cell_need::value  ? value
                      : need == detail::cell_need::pair ? numerator && denominator
                                                        : value && denominator;
  if (usable) return detail::cell_kind::usable;
  if (value) return detail::cell_kind::incomplete;
  if ((marks & mark_suppressed) != 0) return detail::cell_kind::suppressed;
  if ((marks & mark_not_expected) != 0) return detail::cell_kind::not_expected;
  return detail::cell_kind::missing;
}
/// Whether the reporter counts as one that reports the indicator.
[[nodiscard]] constexpr bool tells_of_reporting(std::uint8_t marks) {
  constexpr std::uint8_t parts = mark_numerator | mark_denominator;
  return (marks & (mark_value | mark_suppressed)) != 0 || (marks & parts) == parts;
}

/// A value that a figure may need by itself.
struct kept_value {
  std::uint32_t reporter = 0;
  std::int32_t when = 0;
  double value = 0;
  friend bool operator<(const kept_value& a, const kept_value& b) {
    return a.reporter != b.reporter ? a.reporter < b.reporter : a.when < b.when;
  }
};

/// What came of one indicator.
struct reports_of {
  std::optional<frequency> base;
  std::int32_t first = 0, last = -1;                       ///< ordinals of the periods named
  std::map<std::int32_t, std::vector<std::uint8_t>> cells; ///< by stretch: [reporter][64] of cell_mark
  std::vector<kept_value> kept;                            ///< sorted
  std::size_t given = 0;                                   ///< cells of which something came
};

/// The sums of one stretch that the operators need, nothing added yet.
[[nodiscard]] inline detail::cell_sums empty_sums(const engine::plan& plan, detail::cell_need need) {
  detail::cell_sums out(plan);
  if (need != detail::cell_need::value) out.other.emplace(plan);
  if (need == detail::cell_need::weight) out.rest.emplace(plan);
  return out;
}

struct figure_key {
  std::uint32_t indicator = 0;
  detail::cell_need need{};
  friend auto operator<=>(const figure_key&, const figure_key&) = default;
};

/// The cascade of one stretch.
struct stretch_plan {
  explicit stretch_plan(const engine::cascade& c) : plan(c), paths(plan) {}
  engine::plan plan;
  engine::path_index paths;
};

struct partial_rollup::state {
  state(const network& n, const measures& d, rollup_options o);

  const network* net;
  const measures* data;
  rollup_options options;
  detail::reporter_line line;
  std::set<std::pair<std::uint32_t, aggregate_operator>>
      leaves;                 ///< reported indicators needed, and how they are asked over time
  std::vector<std::byte> job; ///< options, ids and definitions: parts of one job have equal bytes
  std::map<std::uint32_t, reports_of> reports;
  std::map<figure_key, std::map<std::int32_t, detail::cell_sums>> sums;
  std::map<std::pair<frequency, std::int32_t>, std::unique_ptr<stretch_plan>> plans;

  [[nodiscard]] const indicator_definition& definition(std::uint32_t i) const { return data->indicators[i]; }
  [[nodiscard]] std::unique_ptr<stretch_plan> make_plan(frequency base, std::int32_t stretch) const;
  [[nodiscard]] const stretch_plan& plan(frequency base, std::int32_t stretch);

  /// Replacements for parts of the above, made aside so that nothing has changed where something fails.
  struct change {
    std::map<std::uint32_t, reports_of> reports; ///< `cells`: the changed stretches only
    std::map<figure_key, std::map<std::int32_t, detail::cell_sums>> sums;
    std::set<std::pair<std::uint32_t, std::int32_t>> fresh; ///< indicators and stretches of which nothing is held yet
  };
  /// Notes what a panel brings, and gives the stretches in which something came: add_panel() takes them in.
  [[nodiscard]] std::vector<std::int32_t> note_panel(const panel& p, change& to) const;
  void add_panel(const panel& p, const std::vector<std::int32_t>& stretches, change& to);
  void commit(change& from) noexcept;
  /// Throws invalid_argument where the cells held, with those of `to`, are out of proportion to what was given.
  void check_size(const change& to) const;
  [[noreturn]] void refuse_second(std::uint32_t indicator, std::uint32_t reporter, period when) const;
  void check_frequency(std::uint32_t indicator, frequency base) const;
};

/// Throws invalid_argument, naming indicator and operator, for aggregates that the sums cannot give. `one_period`:
/// figures are of base periods; unknown before the first observations, and then only what never works is refused.
void check_carried(const indicator_definition& d, const detail::stages& s, std::optional<bool> one_period);

/// Canonical bytes that tell one job from another.
[[nodiscard]] std::vector<std::byte> job_bytes(const network& net, const measures& data, const rollup_options& options);

} // namespace commonweal::inline v0
