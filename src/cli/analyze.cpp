// SPDX-License-Identifier: Apache-2.0
// commonweal analyze: trends, report cards, targets and control charts of the figures of groups and reporters; what looks at
// reporters and parts of the whole is in analyze_more.cpp.
#include <algorithm>
#include <cmath>
#include <deque>
#include <iostream>
#include <memory>
#include <optional>

#include <commonweal/analyze/analyze.hpp>

#include "cli/analyze_more.hpp"
#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "report/text.hpp"

namespace commonweal::inline v0 {
namespace cli {
namespace {

enum class analysis : std::uint8_t { trend, card, target, chart, summary, forecast, quality, contributions, gaps, harmonize };

} // namespace
} // namespace cli

template <>
struct enum_names<cli::analysis> {
  static constexpr std::array<std::string_view, 10> values = {"trend",    "card",    "target",        "chart", "summary",
                                                           "forecast", "quality", "contributions", "gaps",  "harmonize"};
};

namespace cli {
namespace {

struct analyze_arguments {
  std::string path, what = "trend", from, to, freeze;
  std::vector<std::string> indicators, groups, days, phases, ghosts;
  std::vector<std::string> rules;
  std::optional<frequency> every;
  std::optional<trend_test> test;
  std::optional<card_basis> basis;
  std::optional<path_kind> path_shape;
  std::optional<chart_kind> kind;
  double confidence = 0.95;
  double flat = 0.0;
  bool screen = false;
  bool phase_table = false;
  output_format format = output_format::table;
  more_arguments more;
};

/// The figures of one indicator in one group, or of one reporter.
struct figures {
  const indicator_definition* indicator = nullptr;
  node_ref group;
  std::string name;
  period first;
  std::vector<double> value;
  std::vector<double> numerator;
  std::vector<double> denominator;
  [[nodiscard]] measured_series measured() const { return {name, {value, first}, indicator->direction}; }
  [[nodiscard]] measure_words words() const {
    const bool percent = indicator->unit == "percent" || indicator->unit == "%";
    // "69 index, 2002 = 100" reads as nothing: an index or a score stands alone.
    const bool bare = indicator->kind == indicator_kind::index || indicator->kind == indicator_kind::score;
    return {indicator->name.empty() ? indicator->id : indicator->name, percent ? "%" : bare ? "" : indicator->unit};
  }
};

/// The groups asked for, or those that are part of no other.
std::vector<std::string> groups_of(const network& net, const std::vector<std::string>& asked) {
  if (!asked.empty()) return resolve(net, node_kind::group, asked);
  std::vector<std::string> out;
  for (std::uint32_t i = 0; i < net.size(node_kind::group); ++i) {
    const group_id g{i};
    if (net.edges(edge_kind::part_of).out(net.vertex(g)).empty()) out.emplace_back(net.id(g));
  }
  if (out.empty()) throw error(error_code::invalid_argument, "there is no group to take figures of; name one with --group");
  return out;
}

/// What the reporters named sent, by the indicator's operator over time where a coarser frequency is asked for.
std::deque<figures> figures_of_reporters(const initiative& source, const analyze_arguments& a) {
  const auto& net = source.network();
  const auto wanted = resolve(net, node_kind::indicator, a.indicators);
  std::deque<figures> out;
  for (const auto& typed : a.more.reporters) {
    const auto named = net.find(typed);
    const auto who = named && named->kind == node_kind::group ? *named : *net.find(resolve(net, node_kind::organization, typed));
    for (const auto& p : source.measures().panels) {
      const auto row = p.row(who);
      const auto& d = source.measures().indicators[p.indicator.value];
      if (!p.breakdown.empty() || !row || (!wanted.empty() && std::find(wanted.begin(), wanted.end(), d.id) == wanted.end())) continue;
      figures f;
      f.indicator = &d;
      f.group = who;
      f.name = d.id + (a.more.reporters.size() > 1 ? " of " + std::string(net.id(who)) : "");
      const bool parts = p.numerator.size() != 0 && p.denominator.size() != 0;
      std::optional<date> from, to;
      if (!a.from.empty()) from = parse_period("--from", a.from).first_day();
      if (!a.to.empty()) to = parse_period("--to", a.to).last_day();
      for (Eigen::Index c = 0; c < p.periods(); ++c) {
        if ((from && p.at(c).first_day() < *from) || (to && *to < p.at(c).last_day())) continue;
        if (f.value.empty()) f.first = p.at(c);
        f.value.push_back(p.value(*row, c));
        f.numerator.push_back(parts ? p.numerator(*row, c) : missing_value);
        f.denominator.push_back(parts ? p.denominator(*row, c) : missing_value);
      }
      if (f.value.empty()) continue;
      if (a.every && *a.every != f.first.freq()) {
        const bool ratio = d.over_time == aggregate_operator::ratio_of_sums;
        const auto over_time = ratio ? aggregate_operator::sum : d.over_time; // it says so where an operator cannot do it
        auto numerator = coarsened({f.numerator, f.first}, *a.every, aggregate_operator::sum);
        auto denominator = coarsened({f.denominator, f.first}, *a.every, aggregate_operator::sum);
        auto whole = coarsened({f.value, f.first}, *a.every, over_time);
        for (std::size_t i = 0; ratio && i < whole.value.size(); ++i)
          whole.value[i] = denominator.value[i] == 0 ? missing_value : d.factor * numerator.value[i] / denominator.value[i];
        f.value = std::move(whole.value);
        f.numerator = std::move(numerator.value);
        f.denominator = std::move(denominator.value);
        f.first = whole.first;
      }
      out.push_back(std::move(f));
    }
  }
  if (out.empty()) throw error(error_code::invalid_argument, "the reporters named have reported none of it");
  return out;
}

// A deque: the series borrow from elements that must stay where they are.
std::deque<figures> figures_of(const initiative& source, const analyze_arguments& a) {
  const auto& net = source.network();
  if (!a.more.reporters.empty()) {
    if (!a.groups.empty()) throw error(error_code::invalid_argument, "give --group or --reporter, not both");
    return figures_of_reporters(source, a);
  }
  rollup_options options;
  options.indicators = resolve(net, node_kind::indicator, a.indicators);
  options.groups = groups_of(net, a.groups);
  options.every = a.every;
  if (!a.from.empty()) options.from = parse_period("--from", a.from);
  if (!a.to.empty()) options.to = parse_period("--to", a.to);
  const auto rows = source.rollup(options);
  const auto periods = rows["period"].values<period>();
  const auto number = [&](const char* column, std::size_t i) {
    return rows[column].is_null(i) ? missing_value : rows[column].values<double>()[i];
  };
  std::deque<figures> out;
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    const auto group = rows["group"].text(i);
    const auto indicator = rows["indicator"].text(i);
    if (i == 0 || group != rows["group"].text(i - 1) || indicator != rows["indicator"].text(i - 1)) {
      auto& f = out.emplace_back();
      f.indicator = &source.measures().indicators[net.find<node_kind::indicator>(indicator)->value];
      f.group = *net.find(group);
      f.name = std::string(indicator) + (options.groups.size() > 1 ? " of " + std::string(group) : "");
      f.first = periods[i];
    }
    auto& f = out.back();
    // Rows are consecutive periods; where one is left out, it is missing.
    const auto at = static_cast<std::size_t>(periods[i].ordinal() - f.first.ordinal());
    f.value.resize(at, missing_value);
    f.numerator.resize(at, missing_value);
    f.denominator.resize(at, missing_value);
    f.value.push_back(number("value", i));
    f.numerator.push_back(number("numerator", i));
    f.denominator.push_back(number("denominator", i));
  }
  return out;
}

std::vector<measured_series> measured(const std::deque<figures>& all) {
  std::vector<measured_series> out;
  for (const auto& f : all) out.push_back(f.measured());
  return out;
}

void print_sentence(const std::string& name, const std::string& sentence) {
  for (const auto& line : report::wrap(report::clean(name + ": " + sentence), 96)) std::cout << line << '\n';
}

int run_trends(const std::deque<figures>& all, const analyze_arguments& a) {
  trend_options options;
  options.confidence = a.confidence;
  if (a.test) options.test = *a.test;
  const auto series = measured(all);
  print(std::cout, trends(series, options), a.format, output_style());
  if (a.format != output_format::table) return exit_ok;
  std::cout << '\n';
  for (const auto& f : all) print_sentence(f.name, reading(trend(f.measured().values, f.indicator->direction, options), f.words()));
  return exit_ok;
}

int run_card(const std::deque<figures>& all, const analyze_arguments& a) {
  card_options options;
  if (a.basis) options.basis = *a.basis;
  options.flat_share = a.flat;
  options.trend.confidence = a.confidence;
  const auto series = measured(all);
  std::vector<date> days;
  for (const auto& d : a.days) days.push_back(parse_date("--as-of", d));
  if (days.size() > 1) {
    print(std::cout, report_cards(series, days, options), a.format, output_style());
    return exit_ok;
  }
  if (!days.empty()) options.as_of = days[0];
  const auto card = report_card(series, options);
  print(std::cout, card_lines(card), a.format, output_style());
  if (a.format == output_format::table) {
    std::cout << '\n';
    for (const auto& line : report::wrap(report::clean(reading(card)), 96)) std::cout << line << '\n';
  }
  return exit_ok;
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

int run_targets(const initiative& source, const std::deque<figures>& all, const analyze_arguments& a) {
  target_options options;
  options.confidence = a.confidence;
  if (a.days.size() > 1) throw error(error_code::invalid_argument, "targets are judged on one day: give --as-of once");
  if (!a.days.empty()) options.as_of = parse_date("--as-of", a.days[0]);
  table rows;
  std::vector<std::pair<std::string, std::string>> sentences;
  for (const auto& f : all) {
    const auto found = plan_for(source, f, a.path_shape.value_or(path_kind::linear));
    if (!found.any) continue;
    options.over_time = f.indicator->over_time;
    const targeted_series one{f.measured(), found.plan, {found.forecast, found.forecast_first}};
    const auto row = targets({&one, 1}, options);
    if (rows.column_count() == 0) rows = row;
    else
      for (std::size_t c = 0; c < row.column_count(); ++c) rows[c].append(row[c].at(0));
    sentences.emplace_back(f.name, reading(target_progress(one.measure.values, one.plan, one.measure.wanted, options, one.forecast), f.words()));
  }
  if (rows.column_count() == 0) rows = targets({}, options);
  print(std::cout, rows, a.format, output_style());
  if (a.format != output_format::table) return exit_ok;
  std::cout << '\n';
  if (sentences.empty()) std::cout << "The data has no target for these figures.\n";
  for (const auto& [name, sentence] : sentences) print_sentence(name, sentence);
  return exit_ok;
}

int run_chart(const std::deque<figures>& all, const analyze_arguments& a) {
  if (all.size() != 1)
    throw error(error_code::invalid_argument, "a chart is of one indicator in one group; there are " + std::to_string(all.size()) +
                                                  " here: name them with --indicator and --group");
  const auto& f = all.front();
  const bool ratio = std::any_of(f.denominator.begin(), f.denominator.end(), [](double d) { return !std::isnan(d); });
  chart_options options;
  options.screen_moving_ranges = a.screen;
  const series_view value{f.value, f.first};
  const series_view numerator{f.numerator, f.first};
  const series_view denominator{f.denominator, f.first};
  std::string why;
  if (a.kind) {
    options.kind = *a.kind;
  } else {
    const auto suggested = ratio ? suggest_chart(f.indicator->kind, numerator, denominator) : suggest_chart(f.indicator->kind, value);
    options.kind = suggested.kind == chart_kind::g ? chart_kind::xmr : suggested.kind; // g needs the gaps, not the counts
    why = std::string(to_string(options.kind)) + " chart: " + suggested.reason + "." + (suggested.warning.empty() ? "" : " " + suggested.warning);
  }
  if (!a.rules.empty()) {
    options.rules.emplace();
    for (auto rule : a.rules) {
      std::replace(rule.begin(), rule.end(), '-', '_');
      options.rules->push_back(rule_set_named(rule));
    }
  }
  for (const auto& p : a.phases) options.phases.push_back({parse_period("--phase", p)});
  if (!a.freeze.empty()) {
    if (options.phases.empty()) options.phases.push_back({f.first});
    options.phases.back().freeze_until = parse_period("--freeze", a.freeze);
  }
  for (const auto& p : a.ghosts) options.ghosts.push_back(parse_period("--ghost", p));
  const bool of_parts = options.kind == chart_kind::p || options.kind == chart_kind::p_prime || options.kind == chart_kind::u ||
                        options.kind == chart_kind::u_prime;
  if (of_parts) options.factor = f.indicator->factor;
  const auto chart = of_parts ? control_chart(numerator, denominator, options) : control_chart(value, options);
  print(std::cout, a.phase_table ? chart_phases(chart) : chart_points(chart), a.format, output_style());
  if (a.format != output_format::table) return exit_ok;
  std::cout << '\n';
  if (!why.empty()) print_sentence(f.name, why);
  print_sentence(f.name, reading(chart, f.words()));
  return exit_ok;
}

int run_analyze(const analyze_arguments& a) {
  const auto what = parse_enum<analysis>(a.what);
  if (!what) throw error(error_code::invalid_argument, a.what + " is none of: " + list_of_names<analysis>());
  const auto source = load_source(a.path);
  auto more = a.more;
  more.indicators = a.indicators;
  more.groups = a.groups;
  more.days = a.days;
  more.from = a.from;
  more.to = a.to;
  more.confidence = a.confidence;
  more.format = a.format;
  switch (*what) {
    case analysis::quality: return run_quality(source, more);
    case analysis::contributions: return run_contributions(source, more);
    case analysis::gaps: return run_gaps(source, more);
    case analysis::harmonize:
      more.harmonized.format = a.format;
      return run_harmonize(source, more.harmonized);
    case analysis::forecast:
      if (more.reconcile) return run_reconciled_forecast(source, more);
      break;
    default: break;
  }
  const auto all = figures_of(source, a);
  switch (*what) {
    case analysis::forecast: {
      std::vector<worded_series> series;
      for (const auto& f : all) series.push_back({f.measured(), f.words(), f.indicator->kind == indicator_kind::count});
      return run_forecast(series, more);
    }
    case analysis::trend: return run_trends(all, a);
    case analysis::card: return run_card(all, a);
    case analysis::target: return run_targets(source, all, a);
    case analysis::chart: return run_chart(all, a);
    default: break;
  }
  const auto series = measured(all);
  print(std::cout, summarize(series), a.format, output_style());
  return exit_ok;
}

} // namespace

void add_analyze(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("analyze", "Trends, targets, charts, forecasts, gaps and data quality");
  auto a = std::make_shared<analyze_arguments>();
  add_source(*command, a->path);
  command->add_option("what", a->what, "trend (default), card, target, chart, summary,\nforecast, quality, contributions, gaps, harmonize")->type_name("WHAT");
  command->add_option("-i,--indicator", a->indicators, "Only this indicator, by id or name (repeatable)")
      ->type_name("I")->allow_extra_args(false);
  command->add_option("-g,--group", a->groups, "Of this group, by id or name (repeatable;\ndefault: the groups that are part of no other)")
      ->type_name("G")->allow_extra_args(false);
  add_choice(*command, "--every", a->every, "Aggregate over time: day, week, month, quarter\nor year (default: as reported)", "FREQUENCY");
  command->add_option("--from", a->from, "First period: 2024, 2024-Q1, 2024-03")->type_name("P");
  command->add_option("--to", a->to, "Last period")->type_name("P");
  command->add_option("--confidence", a->confidence, "Of intervals and trends (default: 0.95)")->type_name("SHARE");
  add_choice(*command, "--test", a->test, "Trend: automatic (default), original, seasonal,\ncorrelated_seasonal, hamed_rao, yue_wang,\npre_whitening, trend_free_pre_whitening", "TEST");
  add_choice(*command, "--basis", a->basis, "Card: since_baseline (default), since_previous,\nsince_year_before, trend", "BASIS");
  command->add_option("--flat", a->flat, "Card: changes up to this share are flat (default: 0)")->type_name("SHARE");
  command->add_option("--as-of", a->days, "Card and target: only periods over by this day\n(card: repeatable, earlier cards beside it)")
      ->type_name("DATE")->allow_extra_args(false);
  add_choice(*command, "--path", a->path_shape, "Target: linear (default), geometric", "PATH");
  add_choice(*command, "--chart", a->kind, "Chart: run, xmr, p, p_prime, u, u_prime, c, t, g\n(default: by the kind of indicator)", "KIND");
  command->add_option("--rules", a->rules, "Chart: shewhart, anhoej, western_electric, nelson,\nnhs (repeatable, never mixed)")
      ->type_name("SET")->allow_extra_args(false);
  command->add_option("--phase", a->phases, "Chart: new center and limits from here (repeatable)")->type_name("P")->allow_extra_args(false);
  command->add_option("--freeze", a->freeze, "Chart: limits of the last phase from its points up to here")->type_name("P");
  command->add_option("--ghost", a->ghosts, "Chart: plot this point, do not count it (repeatable)")->type_name("P")->allow_extra_args(false);
  command->add_flag("--screen", a->screen, "Chart: drop unusual moving ranges from the limits");
  command->add_flag("--phases", a->phase_table, "Chart: a row for each phase instead of each point");
  add_more_options(*command, a->more);
  add_format(*command, a->format);
  add_examples(*command, {{"commonweal analyze demo", "Does each measure of the top group rise or fall, more than by chance"},
                          {"commonweal analyze demo card --as-of 2022-12-31 --as-of 2021-12-31", "How many measures moved right, this year and last"},
                          {"commonweal analyze demo chart --indicator people-served --rules anhoej --rules nhs", "Which months stand out, by two sets of rules"},
                          {"commonweal analyze demo quality --as-of 2022-12-31", "Whom to call about which report, worst first"},
                          {"commonweal analyze demo forecast --indicator people-served --reconcile structural --format csv", "Forecasts of groups and reporters that add up"},
                          {"commonweal analyze demo contributions -i people-served --from 2021-06 --to 2022-06", "Who moved the total between two months"}});
  command->callback([a, &exit] { exit = run_analyze(*a); });
}

} // namespace cli
} // namespace commonweal::inline v0
