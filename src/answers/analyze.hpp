// SPDX-License-Identifier: Apache-2.0
// The analyses, a request each with its options: what `commonweal analyze`, and cw_trend and the others, answer.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <commonweal/analyze/analyze.hpp>
#include <commonweal/analyze/forecast.hpp>
#include <commonweal/analyze/reconcile.hpp>
#include <commonweal/core/enum_text.hpp>
#include <commonweal/initiative.hpp>

#include "answers/answer.hpp"
#include "answers/figures.hpp"
#include "answers/option.hpp"

namespace commonweal::inline v0 {
namespace answers {

/// Which table of a chart, of the quality of reports, of local measures made shared.
enum class chart_view : std::uint8_t { points, phases };
enum class quality_view : std::uint8_t { calls, findings, reporters, indicators, pairs };
enum class harmonize_view : std::uint8_t { report, observations, lineage, matches };

} // namespace answers

template <>
struct enum_names<answers::chart_view> {
  static constexpr std::array<std::string_view, 2> values = {"points", "phases"};
};
template <>
struct enum_names<answers::quality_view> {
  static constexpr std::array<std::string_view, 5> values = {"calls", "findings", "reporters", "indicators", "pairs"};
};
template <>
struct enum_names<answers::harmonize_view> {
  static constexpr std::array<std::string_view, 4> values = {"report", "observations", "lineage", "matches"};
};

namespace answers {

template <> // needs the single observations of each period
constexpr bool is_offered(chart_kind kind) {
  return kind != chart_kind::xbar_s;
}
template <> // needs variances, which forecasts do not bring
constexpr bool is_offered(reconciliation method) {
  return method != reconciliation::variance;
}

/// Options that several analyses have, in one wording.
namespace shared {
inline constexpr option as_of{"as_of", "Only periods that are over by this day"};
inline constexpr option confidence{"confidence", "Of intervals and tests", "SHARE", 0, 1};
inline constexpr option by{"by", "Dimension of the breakdown, as sex in sex=female", "DIMENSION"};
inline constexpr option across{"across", "Dimension of the populations (default: groups)", "DIMENSION"};
inline constexpr option reference{"reference", "Category compared with (default: the largest)", "CATEGORY"};
inline constexpr option last{"to", "The period (default: the latest)"};
} // namespace shared

// ---- of series ----------------------------------------------------------------------------------
struct trend_request {
  static constexpr question asks{"trend", "Does each measure rise or fall, more than by chance"};
  figures_request of;
  std::optional<date> as_of;
  double confidence = 0.95;
  trend_test test = trend_test::automatic;
  void each_option(auto&& take) {
    of.each_option(take);
    take(shared::as_of, as_of);
    take(shared::confidence, confidence);
    take({"test", "Test of the trend"}, test);
  }
};

struct card_request {
  static constexpr question asks{"card", "How many measures move in the right direction"};
  figures_request of;
  std::vector<date> as_of;
  double confidence = 0.95;
  double flat = 0.0;
  card_basis basis = card_basis::since_baseline;
  void each_option(auto&& take) {
    of.each_option(take);
    take({"as_of", "Only periods that are over by this day; of several days a card each"}, as_of);
    take(shared::confidence, confidence);
    take({"flat", "Changes up to this share are flat", "SHARE"}, flat);
    take({"basis", "What the latest value is compared with"}, basis);
  }
};

struct target_request {
  static constexpr question asks{"target", "How far each measure is on its way to its target"};
  figures_request of;
  std::optional<date> as_of;
  double confidence = 0.95;
  path_kind path = path_kind::linear;
  void each_option(auto&& take) {
    of.each_option(take);
    take({"as_of", "Judge on this day (default: at the end of the last period)"}, as_of);
    take(shared::confidence, confidence);
    take({"path", "Shape of the way from the baseline to the target"}, path);
  }
};

struct chart_request {
  static constexpr question asks{"chart", "Which points of one indicator in one group stand out"};
  figures_request of;
  std::optional<date> as_of;
  std::optional<chart_kind> chart;
  std::vector<rule_set> rules;
  std::vector<period> phase;
  std::optional<period> freeze;
  std::vector<period> ghost;
  bool screen = false;
  chart_view show = chart_view::points;
  void each_option(auto&& take) {
    of.each_option(take);
    take(shared::as_of, as_of);
    take({"chart", "Kind of chart (default: by the kind of indicator)", "KIND"}, chart);
    take({"rules", "Set of rules by which points stand out; sets are never mixed", "SET"}, rules);
    take({"phase", "New center and limits from this period on"}, phase);
    take({"freeze", "Limits of the last phase come from its points up to this period"}, freeze);
    take({"ghost", "Plot this period and do not count it"}, ghost);
    take({"screen", "Drop unusual moving ranges from the limits"}, screen);
    take({"show", "Which table: a row for each point or each phase", "TABLE"}, show);
  }
};

struct summary_request {
  static constexpr question asks{"summary", "Count, extremes, mean and spread of each measure"};
  figures_request of;
  std::optional<date> as_of;
  void each_option(auto&& take) {
    of.each_option(take);
    take(shared::as_of, as_of);
  }
};

struct forecast_request {
  static constexpr question asks{"forecast", "Where each measure goes if nothing changes"};
  figures_request of;
  std::optional<date> as_of;
  double confidence = 0.95;
  forecast_method method = forecast_method::automatic;
  std::size_t horizon = 0;
  std::optional<reconciliation> reconcile;
  void each_option(auto&& take) {
    of.each_option(take);
    take(shared::as_of, as_of);
    take(shared::confidence, confidence);
    take({"method", "Method of the forecast"}, method);
    take({"horizon", "Periods ahead; 0: one cycle of seasons, or three years", "N", 0, 10'000}, horizon);
    take({"reconcile", "Make groups and reporters add up, by this method (default: not)", "METHOD"}, reconcile);
  }
};

// ---- of reports and of parts of the whole -------------------------------------------------------
struct quality_request {
  static constexpr question asks{"quality", "Whom to call about which report, worst first"};
  std::vector<std::string> indicators, groups, reporters;
  std::optional<period> from, to;
  std::optional<date> as_of;
  quality_view show = quality_view::calls;
  std::size_t top = 0;
  void each_option(auto&& take) {
    take(shared::indicator, indicators);
    take({.name = "group",
          .meaning = "Reports of those in this group on the day",
          .id_of = node_kind::group,
          .letter = 'g'},
         groups);
    take({.name = "reporter", .meaning = "Reports of this reporter alone", .id_of = node_kind::organization},
         reporters);
    take(shared::from, from);
    take(shared::to, to);
    take({"as_of", "The day that is today: what came later is not judged (default: the end of the data)"}, as_of);
    take({"show", "Which table", "TABLE"}, show);
    take({"top", "At most so many calls; 0: all, and 20 in a table that is printed", "N"}, top);
  }
};

/// One indicator and one group, where there is only one left out.
struct subject_request {
  std::string indicator, group;
  void each_option(auto&& take) {
    take({.name = "indicator",
          .meaning = "The indicator (default: the only one)",
          .id_of = node_kind::indicator,
          .letter = 'i'},
         indicator);
    take({.name = "group",
          .meaning = "The group (default: the only one that is part of no other)",
          .id_of = node_kind::group,
          .letter = 'g'},
         group);
  }
};
struct change_request {
  subject_request of;
  std::optional<period> from, to;
  std::optional<date> as_of;
  void each_option(auto&& take) {
    of.each_option(take);
    take({"from", "The earlier period (default: a year before the later)"}, from);
    take({"to", "The later period (default: the latest)"}, to);
    take(shared::as_of, as_of);
  }
};
struct contributions_request : change_request {
  static constexpr question asks{"contributions", "Which reporters moved a figure between two periods"};
};
struct group_contributions_request : change_request {
  static constexpr question asks{"group_contributions", "Which groups moved a sum between two periods"};
};

struct gaps_request {
  static constexpr question asks{"gaps", "How far the parts of a whole are from each other"};
  subject_request of;
  std::optional<period> to;
  std::string by, reference;
  double confidence = 0.95;
  void each_option(auto&& take) {
    of.each_option(take);
    take(shared::last, to);
    take(shared::by, by);
    take(shared::reference, reference);
    take(shared::confidence, confidence);
  }
};

/// Of one indicator, in several populations.
struct populations_request {
  std::string indicator;
  std::vector<std::string> groups;
  std::optional<period> to;
  std::string by, across;
  void each_option(auto&& take) {
    take({.name = "indicator",
          .meaning = "The indicator (default: the only one)",
          .id_of = node_kind::indicator,
          .letter = 'i'},
         indicator);
    take(shared::group, groups);
    take(shared::last, to);
    take(shared::by, by);
    take(shared::across, across);
  }
};
struct equity_request {
  static constexpr question asks{"equity", "Gaps, ratios and slope indices between the parts of several populations"};
  populations_request of;
  std::string reference;
  std::vector<std::string> order;
  double confidence = 0.95;
  void each_option(auto&& take) {
    of.each_option(take);
    take(shared::reference, reference);
    take({.name = "order",
          .meaning = "Categories from the least to the most advantaged, for slope indices",
          .label = "LIST",
          .commas = true},
         order);
    take(shared::confidence, confidence);
  }
};
struct standardized_request {
  static constexpr question asks{"standardized", "Rates of populations as if each had the same mix of parts"};
  populations_request of;
  weights standard;
  double confidence = 0.95;
  void each_option(auto&& take) {
    of.each_option(take);
    take({"standard", "Weight of a category (default: the people of all populations)", "CATEGORY=NUMBER"}, standard);
    take(shared::confidence, confidence);
  }
};
struct reversals_request {
  static constexpr question asks{"reversals",
                                 "Pairs of populations whose order in every part is not that of the whole"};
  populations_request of;
  void each_option(auto&& take) { of.each_option(take); }
};

struct breakdowns_request {
  static constexpr question asks{"breakdowns", "Parts that do not add up to their whole"};
  std::vector<std::string> indicators;
  double tolerance = 0.5;
  bool all = false;
  void each_option(auto&& take) {
    take(shared::indicator, indicators);
    take({"tolerance", "Difference allowed a part"}, tolerance);
    take({"all", "Also what holds or cannot be checked"}, all);
  }
};

/// Rows of local observations: reporter, local utf8, period, value float64, breakdown utf8.
struct local_observations {
  std::string file; ///< where a command line says them to be
  std::optional<table> rows;
  std::optional<table> words; ///< the same rows with name and unit as text; absent: the rows themselves
};
struct harmonize_request {
  static constexpr question asks{"harmonize", "Local observations as shared measures, by measure_map.csv"};
  local_observations local;
  harmonize_view show = harmonize_view::report;
  void each_option(auto&& take) {
    take({.name = "local",
          .meaning = "Local observations: reporter, local, period, value, and optionally breakdown, name, unit",
          .label = "FILE",
          .required = true},
         local);
    take({"show", "Which table", "TABLE"}, show);
  }
};

/// Every analysis, in the order of help; the first is the default of a command line.
using analyses =
    std::tuple<trend_request, card_request, target_request, chart_request, summary_request, forecast_request,
               quality_request, contributions_request, group_contributions_request, gaps_request, equity_request,
               standardized_request, reversals_request, breakdowns_request, harmonize_request>;

// ---- answers ------------------------------------------------------------------------------------
/// Columns: docs/cli.md. Each throws invalid_argument, invalid_data for records that cannot be used, cancelled.
[[nodiscard]] answer answer_of(const initiative& source, const trend_request& how, const asked& by);
[[nodiscard]] answer answer_of(const initiative& source, const card_request& how, const asked& by);
[[nodiscard]] answer answer_of(const initiative& source, const target_request& how, const asked& by);
[[nodiscard]] answer answer_of(const initiative& source, const chart_request& how, const asked& by);
[[nodiscard]] answer answer_of(const initiative& source, const summary_request& how, const asked& by);
[[nodiscard]] answer answer_of(const initiative& source, const forecast_request& how, const asked& by);
[[nodiscard]] answer answer_of(const initiative& source, const quality_request& how, const asked& by);
[[nodiscard]] answer answer_of(const initiative& source, const contributions_request& how, const asked& by);
[[nodiscard]] answer answer_of(const initiative& source, const group_contributions_request& how, const asked& by);
[[nodiscard]] answer answer_of(const initiative& source, const gaps_request& how, const asked& by);
[[nodiscard]] answer answer_of(const initiative& source, const equity_request& how, const asked& by);
[[nodiscard]] answer answer_of(const initiative& source, const standardized_request& how, const asked& by);
[[nodiscard]] answer answer_of(const initiative& source, const reversals_request& how, const asked& by);
[[nodiscard]] answer answer_of(const initiative& source, const breakdowns_request& how, const asked& by);
[[nodiscard]] answer answer_of(const initiative& source, const harmonize_request& how, const asked& by);

/// Of groups and reporters that add up; what a forecast with `reconcile` is.
[[nodiscard]] answer reconciled_forecast(const initiative& source, const forecast_request& how, const asked& by);

/// The answer, and the reason in words where there is nothing in it.
template <class Request>
[[nodiscard]] answer analyze(const initiative& source, const Request& how, const asked& by = {}) {
  const teller tell(by.tell);
  tell(0, Request::asks.name);
  auto out = answer_of(source, how, by);
  if (out.rows.rows() == 0 && out.readings.empty())
    out.readings.push_back({0, {}, "Nothing was reported to answer this from."});
  tell(1, Request::asks.name);
  return out;
}

} // namespace answers
} // namespace commonweal::inline v0
