// SPDX-License-Identifier: Apache-2.0
// What the figures of groups say: trends, report cards, targets, control charts, summaries.
#include <algorithm>
#include <cmath>
#include <deque>

#include <commonweal/analyze/analyze.hpp>

#include "tables.hpp"

namespace commonweal::inline v0::capi {

enum class analysis : std::uint8_t { trend, card, target, chart, summary };

} // namespace commonweal::inline v0::capi

template <>
struct commonweal::enum_names<commonweal::capi::analysis> {
  static constexpr std::array<std::string_view, 5> values = {"trend", "card", "target", "chart", "summary"};
};

namespace commonweal::inline v0::capi {
namespace {

/// The figures of one indicator in one group.
struct figures {
  const indicator_definition* indicator = nullptr;
  node_ref group;
  std::string name;
  period first;
  std::vector<double> value, numerator, denominator;
  [[nodiscard]] measured_series measured() const { return {name, {value, first}, indicator->direction}; }
};

std::vector<std::string> top_groups(const network& net) {
  std::vector<std::string> out;
  for (std::uint32_t i = 0; i < net.size(node_kind::group); ++i)
    if (const group_id g{i}; net.edges(edge_kind::part_of).out(net.vertex(g)).empty()) out.emplace_back(net.id(g));
  if (out.empty()) refuse("there is no group to take figures of");
  return out;
}

// A deque: series borrow from elements that must stay where they are.
std::deque<figures> figures_of(const initiative& source, const cw_analyze_options& o) {
  const auto& net = source.network();
  rollup_options options;
  options.indicators = list(o.indicators, o.n_indicators, "indicators");
  options.groups = list(o.groups, o.n_groups, "groups");
  if (options.groups.empty()) options.groups = top_groups(net);
  options.every = word<frequency>(o.every, "every");
  options.from = optional_period(o.from, "from");
  options.to = optional_period(o.to, "to");
  const table rows = source.rollup(options);
  const auto periods = rows["period"].values<period>();
  const auto at = [&](const char* column, std::size_t i) { return rows[column].is_null(i) ? missing_value : rows[column].values<double>()[i]; };
  std::deque<figures> out;
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    const auto group = rows["group"].text(i);
    const auto indicator = rows["indicator"].text(i);
    if (i == 0 || group != rows["group"].text(i - 1) || indicator != rows["indicator"].text(i - 1)) {
      auto& f = out.emplace_back();
      f.indicator = &source.measures().indicators[net.find<node_kind::indicator>(indicator).value().value];
      f.group = net.find(group).value();
      f.name = std::string(indicator) + (options.groups.size() > 1 ? " of " + std::string(group) : "");
      f.first = periods[i];
    }
    auto& f = out.back();
    const auto place = static_cast<std::size_t>(periods[i].ordinal() - f.first.ordinal()); // a period left out is missing
    for (auto [values, column] : {std::pair{&f.value, "value"}, {&f.numerator, "numerator"}, {&f.denominator, "denominator"}}) {
      values->resize(place, missing_value);
      values->push_back(at(column, i));
    }
  }
  return out;
}

std::vector<measured_series> measured(const std::deque<figures>& all) {
  std::vector<measured_series> out;
  for (const auto& f : all) out.push_back(f.measured());
  return out;
}

std::vector<date> days_of(const cw_analyze_options& o) {
  check_list(o.days, o.n_days, "days");
  std::vector<date> out;
  for (std::size_t i = 0; i < o.n_days; ++i) {
    const auto day = optional_date(o.days[i], "days");
    if (!day) refuse("days: a day is blank");
    out.push_back(*day);
  }
  return out;
}

std::vector<period> periods_of(const cw_text* items, std::size_t count, const char* name) {
  std::vector<period> out;
  for (const auto& t : list(items, count, name)) out.push_back(required_period(t, name));
  return out;
}

table trend_rows(const std::deque<figures>& all, const cw_analyze_options& o) {
  trend_options options;
  options.confidence = number(o.confidence, "confidence");
  if (const auto test = word<trend_test>(o.test, "test")) options.test = *test;
  return trends(measured(all), options);
}

table card_rows(const std::deque<figures>& all, const cw_analyze_options& o) {
  card_options options;
  if (const auto basis = word<card_basis>(o.basis, "basis")) options.basis = *basis;
  options.flat_share = number(o.flat, "flat");
  options.trend.confidence = number(o.confidence, "confidence");
  const auto days = days_of(o);
  if (days.size() > 1) return report_cards(measured(all), days, options);
  if (!days.empty()) options.as_of = days[0];
  return card_lines(report_card(measured(all), options));
}

/// The targets of the data for one series: those of its group before those of the whole initiative. The target is the first that is not
/// over when the data ends, else the last; the baseline is the last before it.
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
    if (t->kind == target_kind::baseline && t->period.last_day() < aim->period.last_day() && (base == nullptr || t->period.last_day() > base->period.last_day())) base = t;
  if (base != nullptr) {
    out.plan.baseline_period = base->period;
    out.plan.baseline = base->value;
  }
  for (const auto* t : candidates) {
    if (t->kind != target_kind::forecast || t->period.freq() != f.first.freq()) continue;
    if (out.forecast.empty()) out.forecast_first = t->period; // sorted by period within a kind
    out.forecast.resize(static_cast<std::size_t>(t->period.ordinal() - out.forecast_first.ordinal()), missing_value);
    out.forecast.push_back(t->value);
  }
  return out;
}

table target_rows(const initiative& source, const std::deque<figures>& all, const cw_analyze_options& o) {
  target_options options;
  options.confidence = number(o.confidence, "confidence");
  const auto days = days_of(o);
  if (days.size() > 1) refuse("days: targets are judged on one day");
  if (!days.empty()) options.as_of = days[0];
  const auto shape = word<path_kind>(o.path, "path").value_or(path_kind::linear);
  table rows = targets({}, options);
  for (const auto& f : all) {
    const auto found = plan_for(source, f, shape);
    if (!found.any) continue;
    options.over_time = f.indicator->over_time;
    const targeted_series one{f.measured(), found.plan, {found.forecast, found.forecast_first}};
    const auto row = targets({&one, 1}, options);
    for (std::size_t c = 0; c < row.column_count(); ++c) rows[c].append(row[c].at(0));
  }
  return rows;
}

table chart_rows(const std::deque<figures>& all, const cw_analyze_options& o) {
  if (all.size() != 1) refuse("a chart is of one indicator in one group; there are " + std::to_string(all.size()) + " here: name them");
  const auto& f = all.front();
  const bool ratio = std::any_of(f.denominator.begin(), f.denominator.end(), [](double d) { return !std::isnan(d); });
  const series_view value{f.value, f.first}, numerator{f.numerator, f.first}, denominator{f.denominator, f.first};
  chart_options options;
  options.screen_moving_ranges = o.screen != 0;
  if (const auto kind = word<chart_kind>(o.chart, "chart")) {
    options.kind = *kind;
  } else {
    const auto suggested = ratio ? suggest_chart(f.indicator->kind, numerator, denominator) : suggest_chart(f.indicator->kind, value);
    options.kind = suggested.kind == chart_kind::g ? chart_kind::xmr : suggested.kind; // g needs the gaps, not the counts
  }
  if (o.n_rules > 0) {
    options.rules.emplace();
    check_list(o.rules, o.n_rules, "rules");
    for (std::size_t i = 0; i < o.n_rules; ++i) {
      const auto rules = word<rule_set>(o.rules[i], "rules");
      if (!rules) refuse("rules: a set is blank");
      options.rules->push_back(*rules);
    }
  }
  for (const auto& p : periods_of(o.phases, o.n_phases, "phases")) options.phases.push_back({p});
  if (const auto freeze = optional_period(o.freeze, "freeze")) {
    if (options.phases.empty()) options.phases.push_back({f.first});
    options.phases.back().freeze_until = freeze;
  }
  options.ghosts = periods_of(o.ghosts, o.n_ghosts, "ghosts");
  const bool of_parts = options.kind == chart_kind::p || options.kind == chart_kind::p_prime || options.kind == chart_kind::u || options.kind == chart_kind::u_prime;
  if (of_parts) options.factor = f.indicator->factor;
  const auto chart = of_parts ? control_chart(numerator, denominator, options) : control_chart(value, options);
  return o.chart_phases != 0 ? chart_phases(chart) : chart_points(chart);
}

table analyze(const initiative& source, analysis what, const cw_analyze_options& o) {
  const auto all = figures_of(source, o);
  switch (what) {
    case analysis::trend: return trend_rows(all, o);
    case analysis::card: return card_rows(all, o);
    case analysis::target: return target_rows(source, all, o);
    case analysis::chart: return chart_rows(all, o);
    case analysis::summary: break;
  }
  return summarize(measured(all));
}

} // namespace
} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

int32_t cw_analyze(const cw_initiative* initiative, const char* what, size_t what_size, const cw_analyze_options* options, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    const auto o = capi::options(options, cw_analyze_options CW_ANALYZE_OPTIONS_INIT);
    return analyze(i.value, word<analysis>({what, what_size}, "what").value_or(analysis::trend), o);
  });
}
