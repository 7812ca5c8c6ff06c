// SPDX-License-Identifier: Apache-2.0
// Analyses of series: trends, report cards, targets, control charts, summaries, forecasts.
#include <algorithm>
#include <cmath>
#include <utility>

#include <commonweal/analyze/equity_tables.hpp>

#include "answers/analyze.hpp"

namespace commonweal::inline v0::answers {
namespace {

void append_rows(table& to, const table& from) {
  for (std::size_t c = 0; c < from.column_count(); ++c)
    for (std::size_t i = 0; i < from.rows(); ++i) to[c].append(from[c].at(i));
}

/// The targets of the data for one series: those of its group before those of the whole initiative. The target is the
/// first that is not over when the data ends, else the last; the baseline is the last before it.
struct plan_found {
  target_plan plan;
  std::vector<double> forecast;
  period forecast_first;
  bool any = false;
};
plan_found plan_for(const initiative& source, const figures& f, path_kind shape) {
  plan_found out;
  out.plan.path = shape;
  std::vector<const target*> candidates;
  for (const bool own : {true, false}) {
    for (const auto& t : source.measures().targets)
      if (t.indicator == f.indicator->node && (own ? t.of == f.group : !t.of.valid())) candidates.push_back(&t);
    if (!candidates.empty()) break;
  }
  const auto end = f.first.plus(static_cast<std::int32_t>(f.value.size()) - 1).last_day();
  const target* aim = nullptr;
  for (const auto* t : candidates) {
    if (t->kind != target_kind::target) continue;
    const bool open = t->period.last_day() > end;
    const bool aim_open = aim != nullptr && aim->period.last_day() > end;
    if (aim == nullptr || (open && (!aim_open || t->period.last_day() < aim->period.last_day())) ||
        (!open && !aim_open && t->period.last_day() > aim->period.last_day()))
      aim = t;
  }
  if (aim == nullptr) return out;
  out.any = true;
  out.plan.target_period = aim->period;
  out.plan.target = aim->value;
  const target* base = nullptr;
  for (const auto* t : candidates)
    if (t->kind == target_kind::baseline && t->period.last_day() < aim->period.last_day() &&
        (base == nullptr || t->period.last_day() > base->period.last_day()))
      base = t;
  if (base != nullptr) {
    out.plan.baseline_period = base->period;
    out.plan.baseline = base->value;
  }
  for (const auto* t : candidates) {
    if (t->kind != target_kind::forecast || t->period.freq() != f.first.freq()) continue;
    if (out.forecast.empty()) out.forecast_first = t->period; // targets are sorted by period within a kind
    out.forecast.resize(static_cast<std::size_t>(t->period.ordinal() - out.forecast_first.ordinal()), missing_value);
    out.forecast.push_back(t->value);
  }
  return out;
}

/// The day of an analysis that is of one day at most; absent where none is named.
std::optional<date> one_day(analysis what, const analyze_request& how) {
  if (how.days.empty()) return {};
  const std::string option = how.who == speaker::command_line ? "--as-of" : "days";
  const std::string name(to_string(what));
  if (what == analysis::gaps || what == analysis::equity || what == analysis::standardized ||
      what == analysis::reversals || what == analysis::breakdowns || what == analysis::harmonize)
    refuse(option + ": " + name + " takes no day" +
           (what == analysis::breakdowns || what == analysis::harmonize
                ? ""
                : std::string("; name the period with ") + (how.who == speaker::command_line ? "--to" : "`to`")));
  if (how.days.size() > 1) refuse(option + ": " + name + " is of one day; give one");
  return how.days[0];
}

/// Only the periods that are over by the day.
void keep_until(std::deque<figures>& all, date day) {
  for (auto& f : all) {
    auto n = f.value.size();
    while (n > 0 && day < f.first.plus(static_cast<std::int32_t>(n) - 1).last_day()) --n;
    for (auto* values : {&f.value, &f.numerator, &f.denominator}) values->resize(std::min(n, values->size()));
  }
  std::erase_if(all, [](const figures& f) { return f.value.empty(); });
}

double share_of(std::size_t done, std::size_t all) {
  return 0.5 + 0.5 * static_cast<double>(done) / static_cast<double>(std::max<std::size_t>(all, 1));
}

} // namespace

answer trend_answer(const std::deque<figures>& all, const analyze_request& how, const teller& tell) {
  trend_options options;
  options.confidence = how.confidence;
  if (how.test) options.test = *how.test;
  const auto series = measured(all);
  answer out{trends(series, options)};
  for (std::size_t i = 0; how.sentences && i < all.size(); ++i) {
    tell(share_of(i, all.size()), "finding trends");
    out.readings.push_back(
        {i, all[i].name, reading(trend(series[i].values, all[i].indicator->direction, options), all[i].words())});
  }
  return out;
}

answer card_answer(const std::deque<figures>& all, const analyze_request& how) {
  card_options options;
  if (how.basis) options.basis = *how.basis;
  options.flat_share = how.flat;
  options.trend.confidence = how.confidence;
  const auto series = measured(all);
  if (how.days.size() > 1) return {report_cards(series, how.days, options)};
  if (!how.days.empty()) options.as_of = how.days[0];
  const auto card = report_card(series, options);
  return {card_lines(card), {{0, {}, reading(card)}}};
}

answer target_answer(const initiative& source, const std::deque<figures>& all, const analyze_request& how,
                     const teller& tell) {
  target_options options;
  options.confidence = how.confidence;
  if (how.days.size() > 1)
    refuse(how.who == speaker::command_line ? "targets are judged on one day: give --as-of once"
                                            : "days: targets are judged on one day");
  if (!how.days.empty()) options.as_of = how.days[0];
  answer out{targets({}, options)};
  for (std::size_t i = 0; i < all.size(); ++i) {
    tell(share_of(i, all.size()), "judging targets");
    const auto& f = all[i];
    const auto found = plan_for(source, f, how.path.value_or(path_kind::linear));
    if (!found.any) continue;
    options.over_time = f.indicator->over_time;
    const targeted_series one{f.measured(), found.plan, {found.forecast, found.forecast_first}};
    if (how.sentences)
      out.readings.push_back(
          {out.rows.rows(), f.name,
           reading(target_progress(one.measure.values, one.plan, one.measure.wanted, options, one.forecast),
                   f.words())});
    append_rows(out.rows, targets({&one, 1}, options));
  }
  if (out.readings.empty()) out.readings.push_back({0, {}, "The data has no target for these figures."});
  return out;
}

answer chart_answer(const std::deque<figures>& all, const analyze_request& how) {
  if (all.size() != 1)
    refuse("a chart is of one indicator in one group; there are " + std::to_string(all.size()) + " here: name them" +
           (how.who == speaker::command_line ? " with --indicator and --group" : " in `indicators` and `groups`"));
  const auto& f = all.front();
  const bool ratio = std::any_of(f.denominator.begin(), f.denominator.end(), [](double d) { return !std::isnan(d); });
  chart_options options;
  options.screen_moving_ranges = how.screen;
  const series_view value{f.value, f.first};
  const series_view numerator{f.numerator, f.first};
  const series_view denominator{f.denominator, f.first};
  answer out;
  if (how.chart) {
    options.kind = *how.chart;
  } else {
    const auto suggested =
        ratio ? suggest_chart(f.indicator->kind, numerator, denominator) : suggest_chart(f.indicator->kind, value);
    options.kind =
        suggested.kind == chart_kind::g ? chart_kind::xmr : suggested.kind; // g needs the gaps, not the counts
    out.readings.push_back({0, f.name,
                            std::string(to_string(options.kind)) + " chart: " + suggested.reason + "." +
                                (suggested.warning.empty() ? "" : " " + suggested.warning)});
  }
  if (!how.rules.empty()) options.rules = how.rules;
  for (const auto& p : how.phases) options.phases.push_back({p});
  if (how.freeze) {
    if (options.phases.empty()) options.phases.push_back({f.first});
    options.phases.back().freeze_until = how.freeze;
  }
  options.ghosts = how.ghosts;
  const bool of_parts = options.kind == chart_kind::p || options.kind == chart_kind::p_prime ||
                        options.kind == chart_kind::u || options.kind == chart_kind::u_prime;
  if (of_parts) options.factor = f.indicator->factor;
  const auto chart = of_parts ? control_chart(numerator, denominator, options) : control_chart(value, options);
  out.rows = how.phase_table ? chart_phases(chart) : chart_points(chart);
  out.readings.push_back({0, f.name, reading(chart, f.words())});
  return out;
}

answer forecast_answer(const std::deque<figures>& all, const analyze_request& how, const teller& tell) {
  forecast_options options;
  options.method = how.method.value_or(forecast_method::automatic);
  options.horizon = how.horizon;
  options.confidence = how.confidence;
  answer out{forecasts({}, options)};
  for (std::size_t i = 0; i < all.size(); ++i) {
    tell(share_of(i, all.size()), "forecasting");
    options.non_negative = all[i].indicator->kind == indicator_kind::count;
    const auto one = all[i].measured();
    if (how.sentences)
      out.readings.push_back({out.rows.rows(), all[i].name, reading(forecast(one.values, options), all[i].words())});
    append_rows(out.rows, forecasts({&one, 1}, options));
  }
  return out;
}

answer analyze(const initiative& source, analysis what, const analyze_request& how, const progress& told) {
  const teller tell(told);
  tell(0, to_string(what));
  const bool judges_days = what == analysis::card || what == analysis::target || what == analysis::quality;
  const auto day = judges_days ? std::nullopt : one_day(what, how);
  const auto made = [&]() -> answer {
    switch (what) {
      case analysis::quality: return quality_answer(source, how);
      case analysis::contributions: return contributions_answer(source, how);
      case analysis::group_contributions: return group_contributions_answer(source, how);
      case analysis::gaps: return gaps_answer(source, how);
      case analysis::equity:
      case analysis::standardized:
      case analysis::reversals: return equity_answer(source, what, how);
      case analysis::breakdowns:
        return {breakdown_sums(source.network(), source.measures(), {how.of.indicators, how.tolerance, how.all})};
      case analysis::harmonize: return harmonize_answer(source, how);
      case analysis::forecast:
        if (how.reconcile) return reconciled_forecast_answer(source, how);
        break;
      default: break;
    }
    auto all = figures_of(source, how.of, how.who, tell);
    if (day) keep_until(all, *day);
    switch (what) {
      case analysis::trend: return trend_answer(all, how, tell);
      case analysis::card: return card_answer(all, how);
      case analysis::target: return target_answer(source, all, how, tell);
      case analysis::chart: return chart_answer(all, how);
      case analysis::forecast: return forecast_answer(all, how, tell);
      default: break;
    }
    return {summarize(measured(all))};
  };
  auto out = made();
  if (out.rows.rows() == 0 && out.readings.empty())
    out.readings.push_back({0,
                            {},
                            what != analysis::breakdowns ? "Nothing was reported to answer this from."
                            : how.all                    ? "No observation is of a part of a whole."
                                                         : "No sum of parts differs from its total."});
  tell(1, to_string(what));
  return out;
}

} // namespace commonweal::inline v0::answers
