// SPDX-License-Identifier: Apache-2.0
// commonweal analyze quality, contributions, gaps, forecast.
#include "cli/analyze_more.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <set>
#include <utility>

#include <commonweal/analyze/cascade.hpp>
#include <commonweal/analyze/decompose.hpp>
#include <commonweal/analyze/equity.hpp>
#include <commonweal/analyze/quality.hpp>

#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "report/text.hpp"

namespace commonweal::inline v0::cli {
namespace {

void print_sentence(const std::string& sentence) {
  for (const auto& line : report::wrap(report::clean(sentence), 96)) std::cout << line << '\n';
}

[[noreturn]] void refuse(const std::string& why) { throw error(error_code::invalid_argument, why); }

std::vector<std::string> resolve_reporters(const network& net, const std::vector<std::string>& typed) {
  std::vector<std::string> out;
  for (const auto& t : typed) {
    const auto n = net.find(t);
    out.push_back(n && n->kind == node_kind::group ? t : resolve(net, node_kind::organization, t));
  }
  return out;
}

/// The one indicator and the one group that an analysis is of.
struct subject {
  indicator_id indicator;
  const indicator_definition* definition = nullptr;
  std::string group;
  std::string name;
  measure_words words;
};
subject one_subject(const initiative& source, const more_arguments& a, const char* what) {
  const auto& net = source.network();
  subject out;
  const auto& all = source.measures().indicators;
  if (a.indicators.size() != 1 && all.size() != 1) refuse(std::string(what) + " are of one indicator: name it with --indicator");
  const auto id = a.indicators.empty() ? all.front().id : resolve(net, node_kind::indicator, a.indicators[0]);
  out.indicator = *net.find<node_kind::indicator>(id);
  out.definition = &all[out.indicator.value];
  std::vector<std::string> groups = resolve(net, node_kind::group, a.groups);
  if (groups.empty())
    for (std::uint32_t i = 0; i < net.size(node_kind::group); ++i)
      if (net.edges(edge_kind::part_of).out(net.vertex(group_id{i})).empty()) groups.emplace_back(net.id(group_id{i}));
  if (groups.size() != 1) refuse(std::string(what) + " are of one group, and there are " + std::to_string(groups.size()) + " here: name one with --group");
  out.group = groups[0];
  out.name = std::string(net.name(*net.find(out.group)));
  const bool percent = out.definition->unit == "percent" || out.definition->unit == "%";
  const bool bare = out.definition->kind == indicator_kind::index || out.definition->kind == indicator_kind::score;
  out.words = {out.definition->name.empty() ? id : out.definition->name, percent ? "%" : bare ? "" : out.definition->unit};
  return out;
}

const panel& panel_of(const initiative& source, const subject& s, std::string_view breakdown = {}) {
  const panel* p = source.measures().find(s.indicator, breakdown);
  if (p == nullptr || p->periods() == 0)
    refuse(s.definition->formula.empty() ? "nobody has reported " + s.definition->id
                                         : s.definition->id + " is computed by a formula; name one of the indicators it is made of");
  return *p;
}

/// A panel of two periods: each value where its reporter counts in the group in that period, else missing.
panel two_periods(const network& net, const panel& p, const std::string& group, period before, period after) {
  panel out;
  out.indicator = p.indicator;
  out.first = before; // columns stand for before and after, whatever lies between
  out.reporters = p.reporters;
  const auto rows = static_cast<Eigen::Index>(p.reporters.size());
  const bool parts = p.numerator.size() != 0;
  out.value = panel_matrix::Constant(rows, 2, missing_value);
  if (parts) out.numerator = out.denominator = out.value;
  const std::vector<std::string> groups = {group};
  for (const Eigen::Index c : {Eigen::Index{0}, Eigen::Index{1}}) {
    const period when = c == 0 ? before : after;
    const auto column = p.column(when);
    if (!column) refuse("there is no report of " + when.to_string() + "; the data has " + p.first.to_string() + " to " + p.at(p.periods() - 1).to_string());
    for (const auto who : cascade_of(net, p.reporters, when.last_day(), groups).reporters) {
      const auto r = *p.row(who);
      out.value(r, c) = p.value(r, *column);
      if (!parts) continue;
      out.numerator(r, c) = p.numerator(r, *column);
      out.denominator(r, c) = p.denominator(r, *column);
    }
  }
  return out;
}

table first_rows(const table& all, std::size_t n) {
  table out;
  for (const auto& c : all.columns()) {
    column part(c.name(), c.type());
    for (std::size_t i = 0; i < std::min(n, all.rows()); ++i) part.append(c.at(i));
    out.add_column(std::move(part));
  }
  return out;
}

double total_of(const panel& p, Eigen::Index c) {
  double sum = 0;
  for (Eigen::Index r = 0; r < p.value.rows(); ++r)
    if (!std::isnan(p.value(r, c))) sum += p.value(r, c);
  return sum;
}

std::string joined_words(const std::string& number, const std::string& unit) { return unit.empty() ? number : number + " " + unit; }

} // namespace

void add_more_options(CLI::App& command, more_arguments& a) {
  command.add_option("--reporter", a.reporters, "Of this reporter instead of a group; quality:\nof this one alone (repeatable)")
      ->type_name("R")->allow_extra_args(false);
  add_choice(command, "--show", a.show, "Quality: calls (default), findings, reporters,\nindicators, pairs", "TABLE");
  command.add_option("--top", a.top, "Quality: at most so many calls (default: 20; 0: all)")->type_name("N");
  add_choice(command, "--method", a.method, "Forecast: automatic (default), naive, drift, holt,\nseasonal_naive, damped_holt, damped_holt_winters", "METHOD");
  command.add_option("--horizon", a.horizon, "Forecast: periods ahead (default: one cycle of\nseasons, or three years)")->type_name("N");
  add_choice(command, "--reconcile", a.reconcile, "Forecast: groups and reporters that add up, by\nbottom_up, ols, structural, wls, mint_shrink", "METHOD");
  command.add_option("--by", a.by, "Gaps: dimension of the breakdown, as in sex=female")->type_name("DIMENSION");
  command.add_option("--reference", a.reference, "Gaps: category compared with (default: the largest)")->type_name("CATEGORY");
  command.add_option("--local", a.harmonized.local, "Harmonize: CSV of local observations, with columns\nreporter, local, period, value")->type_name("FILE");
  add_choice(command, "--table", a.harmonized.show, "Harmonize: report (default), observations, lineage,\nmatches (likely ones of what is unmapped)", "TABLE");
}

int run_quality(const initiative& source, const more_arguments& a) {
  const auto& net = source.network();
  quality_options options;
  options.indicators = resolve(net, node_kind::indicator, a.indicators);
  options.reporters = resolve_reporters(net, a.reporters);
  if (!a.groups.empty()) { // those who are in the groups today
    std::set<std::string> inside;
    std::vector<node_ref> everyone;
    for (std::uint32_t i = 0; i < net.size(node_kind::organization); ++i) everyone.emplace_back(node_kind::organization, i);
    for (std::uint32_t i = 0; i < net.size(node_kind::group); ++i) everyone.emplace_back(node_kind::group, i);
    date today = date::lowest();
    for (const auto& p : source.measures().panels)
      if (p.periods() > 0) today = std::max(today, p.at(p.periods() - 1).last_day());
    if (!a.days.empty()) today = parse_date("--as-of", a.days[0]);
    if (today.is_bounded())
      for (const auto& id : cascade_of(net, everyone, today, resolve(net, node_kind::group, a.groups)).structure.bottoms) inside.insert(id);
    for (const auto& r : options.reporters)
      if (!inside.contains(r)) refuse(r + " is in none of the groups named");
    if (options.reporters.empty()) options.reporters.assign(inside.begin(), inside.end());
    if (options.reporters.empty()) refuse("nobody is in the groups named");
  }
  if (!a.from.empty()) options.within.start = parse_period("--from", a.from).first_day();
  if (!a.to.empty()) options.within.end = parse_period("--to", a.to).plus(1).first_day();
  if (options.within.empty()) refuse("--from comes after --to");
  if (a.days.size() > 1) refuse("quality is judged on one day: give --as-of once");
  if (!a.days.empty()) options.as_of = parse_date("--as-of", a.days[0]);
  const auto made = quality(net, source.measures(), source.records(), options);
  auto shown = made.calls;
  switch (a.show.value_or(quality_view::calls)) {
    case quality_view::calls:
      if (a.top != 0) shown = first_rows(made.calls, a.top);
      break;
    case quality_view::findings: shown = made.findings; break;
    case quality_view::reporters: shown = made.reporters; break;
    case quality_view::indicators: shown = made.indicators; break;
    case quality_view::pairs: shown = made.pairs; break;
  }
  print(std::cout, shown, a.format, output_style());
  if (a.format != output_format::table) return exit_ok;
  std::cout << '\n';
  print_sentence(reading(made));
  // The table cuts what does not fit: the first calls in full.
  if (a.show.value_or(quality_view::calls) == quality_view::calls && shown.rows() > 0) std::cout << '\n';
  for (std::size_t i = 0; a.show.value_or(quality_view::calls) == quality_view::calls && i < std::min<std::size_t>(10, shown.rows()); ++i)
    print_sentence(std::to_string(i + 1) + ". " + std::string(shown["name"].text(i)) + ", " + std::string(shown["indicator"].text(i)) +
                   (shown["period"].is_null(i) ? std::string() : ", " + shown["period"].values<period>()[i].to_string()) + ", " + std::string(shown["what"].text(i)) +
                   ": " + std::string(shown["why"].text(i)) + ".");
  return exit_ok;
}

int run_contributions(const initiative& source, const more_arguments& a) {
  const auto& net = source.network();
  const auto s = one_subject(source, a, "contributions");
  const auto& d = *s.definition;
  const auto& p = panel_of(source, s);
  auto last = p.periods();
  while (last > 1 && p.value.col(last - 1).array().isNaN().all()) --last;
  const period after = a.to.empty() ? p.at(last - 1) : parse_period("--to", a.to);
  const auto year = static_cast<std::int32_t>(std::max<std::size_t>(1, detail::default_season(p.first.freq())));
  const period before = a.from.empty() ? after.plus(-year) : parse_period("--from", a.from);
  if (!(before < after)) refuse("--from must come before --to");
  const bool ratio = d.over_groups == aggregate_operator::ratio_of_sums;
  if (!ratio && d.over_groups != aggregate_operator::sum)
    refuse("contributions are of sums and ratios; " + d.id + " is aggregated by " + std::string(to_string(d.over_groups)));
  const panel two = two_periods(net, p, s.group, before, after);
  const auto rows = ratio ? ratio_contributions(net, two, d.factor, before, before.plus(1)) : contributions(net, two, before, before.plus(1));
  print(std::cout, rows, a.format, output_style());
  if (a.format != output_format::table) return exit_ok;
  std::cout << '\n';
  double change = 0, most = 0;
  std::size_t who = 0;
  const auto effect = [&](std::size_t i) {
    double sum = 0;
    for (const char* c : ratio ? std::array<const char*, 4>{"rate_effect", "composition_effect", "entry", "exit"}
                               : std::array<const char*, 4>{"entry", "exit", "within", nullptr})
      if (c != nullptr) sum += rows[c].values<double>()[i];
    return sum;
  };
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    change += effect(i);
    if (std::abs(effect(i)) > std::abs(most)) most = effect(i), who = i;
  }
  if (rows.rows() == 0) {
    print_sentence("Nobody in " + s.name + " reported " + s.words.name + " in " + before.to_string() + " or " + after.to_string() + ".");
    return exit_ok;
  }
  std::string says = s.words.name + " of " + s.name + " " + (change > 0 ? "rose" : change < 0 ? "fell" : "did not change") + " from " + before.to_string() +
                     " to " + after.to_string();
  if (change != 0) says += " by " + joined_words(number_text(std::abs(change)), ratio && s.words.unit == "%" ? "percentage points" : s.words.unit);
  if (!ratio) says += " (" + number_text(total_of(two, 0)) + " to " + number_text(total_of(two, 1)) + ")";
  says += ".";
  if (most != 0)
    says += " The largest part is that of " + std::string(rows["name"].text(who)) + ", " + (most > 0 ? "+" : "-") + number_text(std::abs(most)) +
            ((most > 0) == (change > 0) || change == 0 ? "" : ", against the rest") + ".";
  print_sentence(says);
  return exit_ok;
}

int run_gaps(const initiative& source, const more_arguments& a) {
  const auto s = one_subject(source, a, "gaps");
  std::set<std::string> dimensions;
  std::vector<std::pair<std::string, std::string>> parts; // category, breakdown
  for (const auto& p : source.measures().panels) {
    if (p.indicator != s.indicator || p.breakdown.empty()) continue;
    const auto by = parse_breakdown(p.breakdown);
    if (by.size() != 1) continue; // crossed dimensions count a person in several
    dimensions.insert(by.begin()->first);
    if (a.by.empty() || by.begin()->first == a.by) parts.emplace_back(by.begin()->second, p.breakdown);
  }
  if (dimensions.empty()) refuse(s.definition->id + " has no breakdown by one dimension; observations give it in the column breakdown, as sex=female");
  if (!a.by.empty() && !dimensions.contains(a.by)) refuse(s.definition->id + " has no breakdown by " + a.by + ". There are: " + report::enumeration({dimensions.begin(), dimensions.end()}));
  if (a.by.empty() && dimensions.size() > 1) refuse("name one dimension with --by: " + report::enumeration({dimensions.begin(), dimensions.end()}));
  rollup_options o;
  o.indicators = {s.definition->id};
  o.groups = {s.group};
  if (!a.to.empty()) {
    o.to = o.from = parse_period("--to", a.to);
    o.every = o.to->freq();
  }
  // The latest period in which any part has a figure with both its sums.
  std::vector<table> of_part;
  std::optional<period> when;
  for (const auto& [category, breakdown] : parts) {
    o.breakdown = breakdown;
    of_part.push_back(source.rollup(o));
    const auto& t = of_part.back();
    for (std::size_t i = 0; i < t.rows(); ++i)
      if (!t["numerator"].is_null(i) && !t["denominator"].is_null(i) && (!when || *when < t["period"].values<period>()[i])) when = t["period"].values<period>()[i];
  }
  if (!when) refuse("no part of " + s.definition->id + " has a numerator and a denominator" + (o.to ? " in " + o.to->to_string() : "") + "; gaps are of rates");
  std::vector<population_part> population;
  equity_options options;
  options.factor = s.definition->factor;
  options.reference = a.reference;
  options.confidence = a.confidence;
  for (std::size_t k = 0; k < parts.size(); ++k)
    for (std::size_t i = 0; i < of_part[k].rows(); ++i)
      if (of_part[k]["period"].values<period>()[i] == *when && !of_part[k]["numerator"].is_null(i) && !of_part[k]["denominator"].is_null(i)) {
        population.push_back({parts[k].first, of_part[k]["numerator"].values<double>()[i], of_part[k]["denominator"].values<double>()[i]});
        if (population.back().events > population.back().people) options.kind = rate_kind::events_per_exposure;
      }
  const auto rows = disparity(population, options);
  print(std::cout, rows, a.format, output_style());
  if (a.format != output_format::table) return exit_ok;
  std::cout << '\n';
  std::optional<std::size_t> low, high;
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    if (rows["rate"].is_null(i)) continue;
    const auto rate = rows["rate"].values<double>();
    if (!low || rate[i] < rate[*low]) low = i;
    if (!high || rate[i] > rate[*high]) high = i;
  }
  const std::string head = s.words.name + " of " + s.name + " in " + when->to_string();
  if (!low || *low == *high) {
    print_sentence(head + ": " + (low ? "every part has the same rate." : "no part has a rate."));
    return exit_ok;
  }
  const auto rate = rows["rate"].values<double>();
  const bool apart = rows["upper"].values<double>()[*low] < rows["lower"].values<double>()[*high];
  std::string says = head + " is lowest for " + std::string(rows["category"].text(*low)) + " (" + joined_words(number_text(rate[*low], rate[*high]), s.words.unit) +
                     ") and highest for " + std::string(rows["category"].text(*high)) + " (" + joined_words(number_text(rate[*high], rate[*low]), s.words.unit) + "), a gap of " +
                     joined_words(number_text(rate[*high] - rate[*low]), s.words.unit == "%" ? "percentage points" : s.words.unit) +
                     (apart ? "; their intervals lie apart." : "; their intervals overlap, so that chance may explain much of it.");
  if (rows["few_events"].values<std::uint8_t>()[*low] != 0 || rows["few_events"].values<std::uint8_t>()[*high] != 0) says += " Few events lie behind these rates.";
  print_sentence(says);
  return exit_ok;
}

int run_forecast(const std::vector<worded_series>& all, const more_arguments& a) {
  forecast_options options;
  options.method = a.method.value_or(forecast_method::automatic);
  options.horizon = a.horizon;
  options.confidence = a.confidence;
  table rows = forecasts({}, options);
  std::vector<std::string> sentences;
  for (const auto& one : all) {
    options.non_negative = one.counts;
    const auto part = forecasts({&one.series, 1}, options);
    for (std::size_t c = 0; c < part.column_count(); ++c)
      for (std::size_t i = 0; i < part.rows(); ++i) rows[c].append(part[c].at(i));
    if (a.format == output_format::table) sentences.push_back(one.series.name + ": " + reading(forecast(one.series.values, options), one.words));
  }
  print(std::cout, rows, a.format, output_style());
  if (a.format == output_format::table) std::cout << '\n';
  for (const auto& s : sentences) print_sentence(s);
  return exit_ok;
}

int run_reconciled_forecast(const initiative& source, const more_arguments& a) {
  const auto& net = source.network();
  const auto& all = source.measures().indicators;
  if (a.indicators.size() != 1 && all.size() != 1) refuse("a reconciled forecast is of one indicator: name it with --indicator");
  const auto id = a.indicators.empty() ? all.front().id : resolve(net, node_kind::indicator, a.indicators[0]);
  const auto indicator = *net.find<node_kind::indicator>(id);
  cascade_forecast_options options;
  options.forecast.method = a.method.value_or(forecast_method::automatic);
  options.forecast.horizon = a.horizon;
  options.method = *a.reconcile;
  options.non_negative = all[indicator.value].kind == indicator_kind::count;
  options.groups = resolve(net, node_kind::group, a.groups);
  if (!a.days.empty()) options.as_of = parse_date("--as-of", a.days[0]);
  const auto rows = reconcile_rollup(net, source.measures(), indicator, options);
  print(std::cout, rows, a.format, output_style());
  if (a.format != output_format::table) return exit_ok;
  std::cout << '\n';
  if (rows.rows() == 0) {
    print_sentence("Nothing was reported to forecast from.");
    return exit_ok;
  }
  std::set<std::string_view> groups, reporters;
  for (std::size_t i = 0; i < rows.rows(); ++i) (rows["level"].text(i) == "group" ? groups : reporters).insert(rows["id"].text(i));
  print_sentence("Forecasts of " + report::counted(groups.size(), "group") + " and " + report::counted(reporters.size(), "reporter") +
                 " were made one by one and moved as little as it takes for each group to be the sum of its reporters (" + std::string(to_string(options.method)) + ").");
  return exit_ok;
}

} // namespace commonweal::inline v0::cli
