// SPDX-License-Identifier: Apache-2.0
// Analyses of series: trends, report cards, targets, control charts, summaries, forecasts.
#include <algorithm>
#include <cmath>
#include <utility>

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

/// Only the periods that are over by the day.
void keep_until(std::deque<figures>& all, date day) {
  for (auto& f : all) {
    auto n = f.value.size();
    while (n > 0 && day < f.first.plus(static_cast<std::int32_t>(n) - 1).last_day()) --n;
    for (auto* values : {&f.value, &f.numerator, &f.denominator}) values->resize(std::min(n, values->size()));
  }
  std::erase_if(all, [](const figures& f) { return f.value.empty(); });
}

/// The figures asked for, of periods that are over by the day where one is named.
std::deque<figures> known_figures(const initiative& source, const figures_request& of, std::optional<date> day,
                                  const asked& by) {
  auto all = figures_of(source, of, by.style, teller(by.tell));
  if (day) keep_until(all, *day);
  return all;
}

double share_of(std::size_t done, std::size_t all) {
  return 0.5 + 0.5 * static_cast<double>(done) / static_cast<double>(std::max<std::size_t>(all, 1));
}

} // namespace

answer answer_of(const initiative& source, const trend_request& how, const asked& by) {
  const auto all = known_figures(source, how.of, how.as_of, by);
  trend_options options;
  options.confidence = how.confidence;
  options.test = how.test;
  const auto series = measured(all);
  answer out{trends(series, options)};
  const teller tell(by.tell);
  for (std::size_t i = 0; by.sentences && i < all.size(); ++i) {
    tell(share_of(i, all.size()), "finding trends");
    out.readings.push_back(
        {i, all[i].name, reading(trend(series[i].values, all[i].indicator->direction, options), all[i].words())});
  }
  return out;
}

answer answer_of(const initiative& source, const card_request& how, const asked& by) {
  const auto all = known_figures(source, how.of, {}, by);
  card_options options;
  options.basis = how.basis;
  options.flat_share = how.flat;
  options.trend.confidence = how.confidence;
  const auto series = measured(all);
  if (how.as_of.size() > 1) return {report_cards(series, how.as_of, options)};
  if (!how.as_of.empty()) options.as_of = how.as_of[0];
  const auto card = report_card(series, options);
  return {card_lines(card), {{0, {}, reading(card)}}};
}

answer answer_of(const initiative& source, const target_request& how, const asked& by) {
  const auto all = known_figures(source, how.of, {}, by);
  target_options options;
  options.confidence = how.confidence;
  options.as_of = how.as_of;
  answer out{targets({}, options)};
  const teller tell(by.tell);
  for (std::size_t i = 0; i < all.size(); ++i) {
    tell(share_of(i, all.size()), "judging targets");
    const auto& f = all[i];
    const auto found = plan_for(source, f, how.path);
    if (!found.any) continue;
    options.over_time = f.indicator->over_time;
    const targeted_series one{f.measured(), found.plan, {found.forecast, found.forecast_first}};
    if (by.sentences)
      out.readings.push_back(
          {out.rows.rows(), f.name,
           reading(target_progress(one.measure.values, one.plan, one.measure.wanted, options, one.forecast),
                   f.words())});
    append_rows(out.rows, targets({&one, 1}, options));
  }
  if (out.readings.empty()) out.readings.push_back({0, {}, "The data has no target for these figures."});
  return out;
}

answer answer_of(const initiative& source, const chart_request& how, const asked& by) {
  const auto all = known_figures(source, how.of, how.as_of, by);
  if (all.size() != 1)
    refuse("a chart is of one indicator in one group; there are " + std::to_string(all.size()) +
           " here: name them with " + written(by.style, "indicator") + " and " + written(by.style, "group"));
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
  for (const auto& p : how.phase) options.phases.push_back({p});
  if (how.freeze) {
    if (options.phases.empty()) options.phases.push_back({f.first});
    options.phases.back().freeze_until = how.freeze;
  }
  options.ghosts = how.ghost;
  const bool of_parts = options.kind == chart_kind::p || options.kind == chart_kind::p_prime ||
                        options.kind == chart_kind::u || options.kind == chart_kind::u_prime;
  if (of_parts) options.factor = f.indicator->factor;
  const auto chart = of_parts ? control_chart(numerator, denominator, options) : control_chart(value, options);
  out.rows = how.show == chart_view::phases ? chart_phases(chart) : chart_points(chart);
  out.readings.push_back({0, f.name, reading(chart, f.words())});
  return out;
}

answer answer_of(const initiative& source, const summary_request& how, const asked& by) {
  return {summarize(measured(known_figures(source, how.of, how.as_of, by)))};
}

answer answer_of(const initiative& source, const forecast_request& how, const asked& by) {
  if (how.reconcile) return reconciled_forecast(source, how, by);
  const auto all = known_figures(source, how.of, how.as_of, by);
  forecast_options options;
  options.method = how.method;
  options.horizon = how.horizon;
  options.confidence = how.confidence;
  answer out{forecasts({}, options)};
  const teller tell(by.tell);
  for (std::size_t i = 0; i < all.size(); ++i) {
    tell(share_of(i, all.size()), "forecasting");
    options.non_negative = all[i].indicator->kind == indicator_kind::count;
    const auto one = all[i].measured();
    if (by.sentences)
      out.readings.push_back({out.rows.rows(), all[i].name, reading(forecast(one.values, options), all[i].words())});
    append_rows(out.rows, forecasts({&one, 1}, options));
  }
  return out;
}

} // namespace commonweal::inline v0::answers
