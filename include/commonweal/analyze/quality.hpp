// SPDX-License-Identifier: Apache-2.0
// How good the reports are: complete, on time, plausible, consistent; a score for each, and whom to call first.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/core/date.hpp>
#include <commonweal/core/interval.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/measure/record_tables.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

/// What a finding rests on. The first two are about reports, the last about several indicators, the others about
/// values.
///
/// missing: a report that was due did not come. late: it came after it was due. outlier: far from the reporter's mean,
/// in its standard deviations. modified_outlier: far from its median, in median absolute deviations (mean ones where
/// those are zero). against_history: far from the mean of the values before it, so that it does not hide itself; the
/// threshold is what Student's t makes as rare as so many known standard deviations. repeated: the same
/// value, not zero, several times in a row. unit_change: about ten, a hundred or a thousand times the reporter's
/// median, or that part of it. year_on_year: a complete year against the mean of those before. rule: a rule of
/// quality_rules is broken.
enum class quality_check : std::uint8_t {
  missing,
  late,
  outlier,
  modified_outlier,
  against_history,
  repeated,
  unit_change,
  year_on_year,
  rule
};
template <>
struct enum_names<quality_check> {
  static constexpr std::array<std::string_view, 9> values = {
      "missing",     "late",         "outlier", "modified_outlier", "against_history", "repeated",
      "unit_change", "year_on_year", "rule"};
};

/// note: listed, not on the list of calls. moderate: ask. extreme: hardly right as it stands.
enum class quality_severity : std::uint8_t { note, moderate, extreme };
template <>
struct enum_names<quality_severity> {
  static constexpr std::array<std::string_view, 3> values = {"note", "moderate", "extreme"};
};

/// Thresholds as in the WHO Data Quality Review (2017) where it names one; each finding repeats the one it met.
struct quality_options {
  std::vector<std::string> indicators = {}; ///< ids; every reported indicator when empty
  std::vector<std::string> reporters = {};  ///< ids; every reporter when empty
  interval within = {};                     ///< periods that do not lie wholly inside are left out
  /// Today: only what was known on that day is judged. Periods that end later are left out, a report that came in later
  /// has not come, one that falls due later is not missing, and those due since the data ends are. Absent: the data of
  /// each indicator ends today.
  std::optional<date> as_of = {};
  std::int64_t due_days = 30; ///< after the period, where the reports edge does not say
  double moderate_sd = 2;     ///< of outlier and against_history
  double extreme_sd = 3;
  double modified_z = 3.5;         ///< of modified_outlier, always moderate (Iglewicz and Hoaglin 1993)
  std::size_t least_values = 6;    ///< fewer of a reporter's own values say nothing about one of them
  std::size_t history = 24;        ///< values back that against_history looks
  std::size_t repeat_length = 3;   ///< twice as many are extreme
  double unit_tolerance = 0.25;    ///< how far from exactly x10, x100, x1000
  double year_ratio = 0.33;        ///< how far from the mean of the years before
  std::size_t prior_years = 3;     ///< at most
  std::size_t missing_extreme = 3; ///< reports missing in a row up to the latest that are extreme
  std::size_t most_calls = 0;      ///< rows of the list of calls; 0: all
};

/// Tables. Everything counted is a report: one reporter, one indicator, one period of the indicator's own frequency,
/// totals only. Missing is never zero; a cell that is not known is null.
struct quality_result {
  /// reporter, name, indicator utf8, period, check, severity utf8, value (reported), usual (compared with), figure (by
  /// the check: SDs, length, ratio, periods), threshold float64, rule utf8 (id), why utf8. By reporter, indicator,
  /// period.
  table findings;
  /// rank int64, reporter, name, indicator utf8, period, severity, what, why utf8, value, usual float64, findings
  /// int64: a row for each reporter, indicator and period with a finding above a note, but for those with a single
  /// moderate outlier or against_history alone; worst first, then latest, then most findings.
  table calls;
  /// reporter, indicator, then the measures below.
  table pairs;
  /// reporter, name, then the measures below, over all its indicators.
  table reporters;
  /// indicator, name, then the measures below, over all its reporters.
  table indicators;
  // Measures: expected, reported, suppressed, missing int64, completeness float64; on_time, late, undated int64,
  // timeliness float64; values int64, flagged, plausibility float64; checks, failed int64, consistency float64; score
  // float64.
};

/// Judges the reports of an initiative.
///
/// Expected: as in the rollup. A report is due by a reports edge in force while its reporter exists (where the
/// indicator has no such edge: from everyone who ever reported it); one that came counts as expected, so that
/// completeness = (reported + suppressed) / expected is never above 1. timeliness = on_time / (on_time + late), over
/// the reports with a day in `submissions`; due is the period's last day plus due_days. plausibility = 1 - flagged /
/// values, where a value counts once in `flagged`, by its worst finding: 1 when extreme, 0.5 when moderate. consistency
/// = 1 - failed / checks, over the rules that both sides of which are known. score = 100 x the mean of those of the
/// four that are known.
///
/// Rules: table quality_rules of `records`; both formulas are computed for each reporter by itself, and a missing term
/// leaves the rule unchecked, but for compulsory_pair and exclusive_pair, which are about what is missing. O(cells x
/// history + rules x reporters x periods). Throws invalid_argument for unknown ids and impossible options, and
/// invalid_data for a rule that cannot be read, naming its row.
[[nodiscard]] quality_result quality(const network& net, const measures& data, const record_tables& records,
                                     const quality_options& options = {});

/// When reports came, of those that came: by the day they were due, later, or no day of arrival is recorded.
/// `not_expected`: cells that the data itself marks as not due.
struct arrival_summary {
  std::int64_t on_time = 0;
  std::int64_t late = 0;
  std::int64_t undated = 0;
  std::int64_t not_expected = 0;
  /// on_time / (on_time + late); missing without a single day of arrival.
  [[nodiscard]] double timeliness() const;
};
/// The counts of arrival alone, of all reporters and indicators asked for, without a look at values or rules: O(cells).
/// Errors as quality().
[[nodiscard]] arrival_summary report_arrivals(const network& net, const measures& data, const record_tables& records,
                                              const quality_options& options = {});

/// "93 % of 120 expected reports came; 2 of 9 reporters sent all of theirs. 3 values need a call; first ..."
[[nodiscard]] std::string reading(const quality_result& r);

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/quality_impl.hpp>
#endif
