// SPDX-License-Identifier: Apache-2.0
// What a report says, apart from its words and from how it looks: plain values, ready for any face.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/analyze/quality.hpp>
#include <commonweal/analyze/report_card.hpp>
#include <commonweal/analyze/target.hpp>
#include <commonweal/analyze/trend.hpp>
#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/interval.hpp>
#include <commonweal/initiative.hpp>
#include <commonweal/measure/last_day.hpp>

namespace commonweal::inline v0 {
namespace report {

struct report_options {
  std::optional<date> as_of;  ///< structure and figures up to this day; day_of_question() when absent
  std::string group;          ///< id of the group reported on; the roots of the cascade when blank
  double flat = 0.005;        ///< a change no larger than this share of the baseline is flat
  double low_coverage = 0.75; ///< a share of expected reports below this is a data problem
  std::int32_t silence = 3;   ///< a reporter is silent after so many reporting periods without a report
};

struct named {
  std::string id;
  std::string name;
  friend bool operator==(const named&, const named&) = default;
};

// ---- who ----------------------------------------------------------------------------------------
/// Someone's part in something: a champion, a funder, a backbone, a liaison. `former`: it ended by the day of the
/// report.
struct part {
  named who;
  std::string role; ///< title of a person, sector of an organization; may be blank
  named of;
  interval in_force;
  bool former = false;
};
struct funding : part {
  std::optional<double> amount;
  std::string currency;
  bool anchor = false;
};
struct backbone : part {
  std::vector<std::string> functions; ///< empty means all of them
  std::vector<std::string> staff_roles;
};
struct total_of_currency {
  std::string currency;
  double amount = 0;
};

/// One line of the cascade, in the order of reading; a group with several parents stands under the first of them.
struct group_line {
  named group;
  std::string kind;
  int depth = 0;
  interval validity;
  std::size_t organizations = 0; ///< members in force, direct ones only
  std::size_t people = 0;
  std::size_t groups_below = 0; ///< lines that follow at a greater depth
  std::vector<named> also_part_of;
};

/// `strategies` and `measures` are those in force on the day of the report.
struct goal_line {
  named goal;
  bool primary = true;
  interval validity;
  bool begun = true; ///< by the day of the report
  bool over = false;
  std::vector<named> strategies;
  std::vector<named> measures;
};

// ---- measures -----------------------------------------------------------------------------------
enum class course : std::uint8_t { up, down, flat, unknown };
/// The movement that the report card found: right, wrong (or holds, or not, where holding is wanted), flat, missing
/// (nothing to compare), no_direction. mixed: the lines of one measure differ.
enum class verdict : std::uint8_t { right, wrong, flat, mixed, missing, no_direction };
inline constexpr std::size_t verdict_count = 6;

struct point {
  commonweal::period period;
  double value = missing_value; ///< NaN where there is none
  figure_state state = figure_state::missing;
  std::int64_t reported = 0;
  std::int64_t expected = 0;
};
struct reference {
  commonweal::period period;
  double value = missing_value;
  bool stated = false; ///< from targets.csv; else the first value reported
};

/// One series of a measure: the figure of a group, or what one reporter says where the measure does not aggregate.
struct series_line {
  named of; ///< blank for several roots together
  bool aggregated = false;
  std::vector<point> points{}; ///< one a period, without holes, from the first with a report
  std::optional<reference> baseline{};
  std::optional<point> latest{};
  std::optional<reference> target{};
  std::optional<double> change{};          ///< latest - baseline
  std::optional<double> relative_change{}; ///< change / |baseline|
  std::optional<double> way_to_target{};   ///< change / (target - baseline)
  course moves = course::unknown;
  card_line judged{}; ///< by the report card, since the baseline
  report::verdict verdict = report::verdict::missing;
  report::verdict year_before = report::verdict::missing; ///< the same, a year before the day of the report
  std::optional<trend_result> trend{};                    ///< of the whole series; none for fewer than three values
  std::optional<target_result> toward{}; ///< none without a target, or where its periods are not made of the data's
  std::int64_t reported = 0;             ///< over all points
  std::int64_t expected = 0;
};

struct measure {
  named indicator;
  std::string unit;
  indicator_kind kind = indicator_kind::amount;
  commonweal::direction wanted = direction::none;
  bool in_points = false; ///< a percentage: changes are in percentage points
  bool aggregates = true; ///< else every reporter has a line of its own
  std::vector<series_line> lines;
  report::verdict verdict = report::verdict::missing;
};

/// One line of the report card for each measure. Evaluated are the measures that are right, wrong, flat or mixed; the
/// share is right / evaluated.
struct scorecard {
  card_result card; ///< of the measures whose lines agree
  std::array<std::vector<named>, verdict_count> by_verdict;
  [[nodiscard]] const std::vector<named>& of(verdict v) const { return by_verdict[static_cast<std::size_t>(v)]; }
  [[nodiscard]] std::size_t evaluated() const { return card.evaluated() + of(verdict::mixed).size(); }
  /// The card of a year before, by the same rules.
  std::optional<date> earlier_day;
  std::size_t earlier_right = 0;
  std::size_t earlier_evaluated = 0;
};

// ---- data problems ------------------------------------------------------------------------------
struct low_coverage {
  named group;
  named indicator;
  commonweal::period period;
  std::int64_t reported = 0;
  std::int64_t expected = 0;
};
/// A measure of which, over all its periods, few of the expected reports came.
struct thin_measure {
  named indicator;
  named of;
  std::int64_t reported = 0;
  std::int64_t expected = 0;
};
struct silent_reporter {
  named reporter;
  std::vector<named> indicators; ///< owed and not reported
  std::optional<period> last;    ///< latest report of any of them, nothing where there was none
};

struct content {
  std::string title;
  std::string description;
  bool synthetic = false;
  date as_of;
  day_origin as_of_from = day_origin::asked;
  report_options options;
  std::vector<named> roots; ///< the groups whose figures stand for the initiative, together where there are several
  std::vector<std::pair<node_kind, std::size_t>> counts; ///< those there are, in the order of reading

  std::vector<part> champions;
  std::vector<funding> funders;
  std::vector<total_of_currency> funding_totals; ///< of the amounts stated, former ones included
  std::vector<backbone> backbones;
  std::vector<group_line> groups;
  std::size_t members_below_roots = 0; ///< organizations and people in any group shown, each once
  std::vector<part> closed_groups;     ///< `who` is the group
  std::vector<part> later_groups;
  std::vector<part> links;
  std::vector<goal_line> goals;

  std::vector<measure> measures;
  scorecard card;
  arrival_summary arrivals; ///< of periods that had ended by the day of the report

  diagnostics findings;
  std::vector<low_coverage> low; ///< figures above, then groups below, latest period of each measure
  std::vector<thin_measure> thin;
  std::vector<silent_reporter> silent;
  std::vector<named> outside; ///< reporters that are members of no group, ever
};

/// Gathers a report. Throws invalid_argument where options.group is no group.
/// O(nodes + edges + reported values), and one rollup.
[[nodiscard]] content gather(const initiative& source, const diagnostics& findings, const report_options& options = {});

} // namespace report

template <>
struct enum_names<report::course> {
  static constexpr std::array<std::string_view, 4> values = {"up", "down", "flat", "unknown"};
};
template <>
struct enum_names<report::verdict> {
  static constexpr std::array<std::string_view, report::verdict_count> values = {"right", "wrong",   "flat",
                                                                                 "mixed", "missing", "no_direction"};
};

} // namespace commonweal::inline v0
