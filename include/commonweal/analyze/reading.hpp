// SPDX-License-Identifier: Apache-2.0
// One sentence or two about a result, for a reader without statistics, made of its numbers and nothing else.
#pragma once

#include <string>

#include <commonweal/analyze/chart.hpp>
#include <commonweal/analyze/report_card.hpp>
#include <commonweal/analyze/target.hpp>
#include <commonweal/analyze/trend.hpp>

namespace commonweal::inline v0 {

/// What a measure is called in a sentence ("the graduation rate") and the unit its values are followed by ("%",
/// "people").
struct measure_words {
  std::string name = "the measure";
  std::string unit = {};
};

/// The words of an indicator: its name (its id where it has none) and its unit; "%" for percent, none for an index or a
/// score, of which "69 index, 2002 = 100" would read as nothing.
[[nodiscard]] inline measure_words words_of(const indicator_definition& d) {
  const bool percent = d.unit == "percent" || d.unit == "%" || d.unit == "per cent";
  const bool bare = d.kind == indicator_kind::index || d.kind == indicator_kind::score;
  return {d.name.empty() ? d.id : d.name, percent ? "%" : bare ? "" : d.unit};
}

/// Three significant digits, whole from 1000 up with commas, trailing zeros dropped: 12.1, 0.0943, 12,346.
/// "no value" for a missing number. More digits where `beside` would otherwise read the same and is not.
[[nodiscard]] std::string number_text(double x, double beside = missing_value);

/// "The rate fell from 12.1 % to 9.4 % in six years (2018 to 2024); the fall is larger than chance explains. That is
/// the wanted direction." Says so where there is no data, one value, two, no change, or an end that belies the trend.
[[nodiscard]] std::string reading(const trend_result& r, const measure_words& words = {});

/// How far along, on track or not, against the forecast where there is one, and when it is met at this pace.
[[nodiscard]] std::string reading(const target_result& r, const measure_words& words = {});

/// "25 of 34 measures (74 %) move in the right direction; 7 move the wrong way and 2 are flat." and what was left out.
[[nodiscard]] std::string reading(const card_result& r);

/// Where it varies, and which points stand out by which rule.
[[nodiscard]] std::string reading(const chart_result& r, const measure_words& words = {});

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/reading_impl.hpp>
#endif
