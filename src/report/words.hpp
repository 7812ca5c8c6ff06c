// SPDX-License-Identifier: Apache-2.0
// The sentences of a report, the same on every face. Names in them are as in the data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/content.hpp"

namespace commonweal::inline v0::report {

// ---- pieces -------------------------------------------------------------------------------------
/// A word of the schema for reading: "staff_roles" is "staff roles".
[[nodiscard]] std::string spaced(std::string_view word);
/// ", since 2002-01-01", ", 2002-01-01 to 2009-01-01", or a blank for always. The end is the last day, not the first
/// after.
[[nodiscard]] std::string dates(const interval& span);
/// "3 of 4".
[[nodiscard]] std::string reports_of(std::int64_t reported, std::int64_t expected);
/// "75 %", or "none due".
[[nodiscard]] std::string share_of(std::int64_t reported, std::int64_t expected);
/// Whose series it is.
[[nodiscard]] std::string subject(const named& of);

// ---- the whole ----------------------------------------------------------------------------------
/// "As of 2010-12-31, the last day of the data"; blank where the data names no day: then it holds on every day.
[[nodiscard]] std::string day_words(const content& c);
/// "13 organizations, 8 groups and 3 shared measures"; blank where there is nothing.
[[nodiscard]] std::string count_words(const content& c);

// ---- who ----------------------------------------------------------------------------------------
[[nodiscard]] std::string champion_words(const part& p);
[[nodiscard]] std::string funder_words(const funding& f);
[[nodiscard]] std::string total_words(const total_of_currency& t);
[[nodiscard]] std::string backbone_words(const backbone& b);
[[nodiscard]] std::string goal_words(const goal_line& g);
/// Of all that one is linked with over the same days.
[[nodiscard]] std::string link_words(const part& first, const std::vector<std::string>& with);
/// A group that closed, or that opens later.
[[nodiscard]] std::string other_group_words(const part& p);
[[nodiscard]] std::string cascade_words(const content& c);

// ---- measures -----------------------------------------------------------------------------------
/// Whose figures are shown; blank where there are none of groups.
[[nodiscard]] std::string roots_words(const content& c);
[[nodiscard]] std::string wanted_words(direction wanted);
/// Blank where no direction is wanted.
[[nodiscard]] std::string verdict_words(verdict v, direction wanted);
/// "as reported by Lead agency: right".
[[nodiscard]] std::string reporter_words(const measure& m, const series_line& line);
/// Of the reporters of a measure after the first `shown`.
[[nodiscard]] std::string further_reporters_words(const measure& m, std::size_t shown);
/// What there is to say of a series: baseline, trend, target, reports, what is missing.
[[nodiscard]] std::vector<std::string> series_words(const measure& m, const series_line& line);
/// When the reports came; blank where there are none.
[[nodiscard]] std::string arrival_words(const arrival_summary& a);

// ---- the scorecard ------------------------------------------------------------------------------
[[nodiscard]] std::vector<std::string> scorecard_words(const content& c);
/// The measures of a verdict, by name; why, where one is missing although something was reported.
[[nodiscard]] std::vector<std::string> measures_of(const content& c, verdict v);
[[nodiscard]] std::string scorecard_rule_words(const report_options& options);

// ---- data problems ------------------------------------------------------------------------------
[[nodiscard]] bool has_problems(const content& c);
[[nodiscard]] std::string no_problem_words(const content& c);
/// "2 warnings and 1 note"; blank where there are none.
[[nodiscard]] std::string finding_count_words(const diagnostics& found);
[[nodiscard]] std::string low_heading(const content& c);
[[nodiscard]] std::string low_words(const low_coverage& l);
[[nodiscard]] std::string thin_heading(const content& c);
[[nodiscard]] std::string thin_words(const thin_measure& t);
[[nodiscard]] std::string silent_heading(const content& c);
[[nodiscard]] std::string silent_words(const silent_reporter& s);
/// Of as many reporters as there are outside, of which these are named.
[[nodiscard]] std::string outside_words(std::size_t count, const std::vector<std::string>& names);

} // namespace commonweal::inline v0::report
