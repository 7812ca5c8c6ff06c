// SPDX-License-Identifier: Apache-2.0
// Analyses that look at reporters and parts of the whole: quality, contributions, gaps, forecasts that add up, local
// measures.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <set>
#include <utility>

#include <commonweal/analyze/cascade.hpp>
#include <commonweal/analyze/decompose.hpp>
#include <commonweal/analyze/equity_tables.hpp>
#include <commonweal/analyze/group_contributions.hpp>
#include <commonweal/analyze/quality.hpp>
#include <commonweal/core/suggest.hpp>
#include <commonweal/measure/harmonize.hpp>
#include <commonweal/measure/last_day.hpp>
#include <commonweal/network/traverse.hpp>

#include "answers/analyze.hpp"
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::answers {
namespace {

date day_asked_for(const initiative& source, std::optional<date> day) {
  return day_of_question(source.network(), source.measures(), source.records(), day).day;
}

/// The one indicator and the one group that an analysis is of.
struct subject {
  indicator_id indicator;
  const indicator_definition* definition = nullptr;
  std::string group;
  std::string name;
  measure_words words;
};
/// `asked` may be blank where there is only one.
indicator_id one_indicator(const initiative& source, const std::string& asked, const std::string& what,
                           option_style style) {
  const auto& all = source.measures().indicators;
  if (asked.empty() && all.size() != 1) refuse(what + " of one indicator: name it with " + written(style, "indicator"));
  return node_named(source.network(), node_kind::indicator, asked.empty() ? all.front().id : asked)
      .as<node_kind::indicator>();
}
subject one_subject(const initiative& source, const subject_request& of, const std::string& what, option_style style) {
  const auto& net = source.network();
  subject out;
  out.indicator = one_indicator(source, of.indicator, what + " are", style);
  out.definition = &source.measures().indicators[out.indicator.value];
  const auto groups =
      groups_or_roots(net, of.group.empty() ? std::vector<std::string>{} : std::vector{of.group}, style);
  if (groups.size() != 1)
    refuse(what + " are of one group, and there are " + std::to_string(groups.size()) + " here: name one with " +
           written(style, "group"));
  out.group = groups[0];
  out.name = std::string(net.name(net.find(out.group).value()));
  out.words = words_of(*out.definition);
  return out;
}

const panel& panel_of(const initiative& source, const subject& s) {
  const panel* p = source.measures().find(s.indicator);
  if (p == nullptr || p->periods() == 0)
    refuse(s.definition->formula.empty()
               ? "nobody has reported " + s.definition->id
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
    if (!column)
      refuse("there is no report of " + when.to_string() + "; the data has " + p.first.to_string() + " to " +
             p.at(p.periods() - 1).to_string());
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

/// What changed, and between which periods: the latest with a report (over by the day asked about) and the one a year
/// before where none are named.
struct change {
  subject of;
  const panel* reports = nullptr;
  period before, after;
};
change change_asked_for(const initiative& source, const change_request& how, const std::string& what,
                        option_style style) {
  change out{one_subject(source, how.of, what, style), nullptr, {}, {}};
  const panel& p = panel_of(source, out.of);
  out.reports = &p;
  auto last = p.periods();
  const auto known = [&](Eigen::Index c) {
    return (!how.as_of || p.at(c).last_day() <= *how.as_of) && !p.value.col(c).array().isNaN().all();
  };
  while (last > 1 && !known(last - 1)) --last;
  out.after = how.to.value_or(p.at(last - 1));
  const auto year = static_cast<std::int32_t>(std::max<std::size_t>(1, detail::default_season(p.first.freq())));
  out.before = how.from.value_or(out.after.plus(-year));
  if (!(out.before < out.after)) refuse(written(style, "from") + " must come before " + written(style, "to"));
  return out;
}

std::string joined_words(const std::string& number, const std::string& unit) {
  return unit.empty() ? number : number + " " + unit;
}

} // namespace

answer answer_of(const initiative& source, const quality_request& how, const asked& by) {
  const auto& net = source.network();
  quality_options options;
  options.indicators = how.indicators;
  for (const auto& id : options.indicators) (void)node_named(net, node_kind::indicator, id);
  options.reporters = how.reporters;
  for (const auto& id : options.reporters) (void)reporter_named(net, id);
  if (!how.groups.empty()) { // those who are in the groups on the day
    for (const auto& id : how.groups) (void)node_named(net, node_kind::group, id);
    std::set<std::string> inside;
    std::vector<node_ref> everyone;
    for (std::uint32_t i = 0; i < net.size(node_kind::organization); ++i)
      everyone.emplace_back(node_kind::organization, i);
    for (std::uint32_t i = 0; i < net.size(node_kind::group); ++i) everyone.emplace_back(node_kind::group, i);
    for (const auto& id : cascade_of(net, everyone, day_asked_for(source, how.as_of), how.groups).structure.bottoms)
      inside.insert(id);
    for (const auto& r : options.reporters)
      if (!inside.contains(r)) refuse(r + " is in none of the groups named");
    if (options.reporters.empty()) options.reporters.assign(inside.begin(), inside.end());
    if (options.reporters.empty()) refuse("nobody is in the groups named");
  }
  if (how.from) options.within.start = how.from->first_day();
  if (how.to) options.within.end = how.to->plus(1).first_day();
  if (options.within.empty()) refuse(written(by.style, "from") + " comes after " + written(by.style, "to"));
  options.as_of = how.as_of;
  auto made = quality(net, source.measures(), source.records(), options);
  answer out;
  out.readings.push_back({0, {}, reading(made)});
  switch (how.show) {
    case quality_view::calls: out.rows = how.top != 0 ? first_rows(made.calls, how.top) : std::move(made.calls); break;
    case quality_view::findings: out.rows = std::move(made.findings); break;
    case quality_view::reporters: out.rows = std::move(made.reporters); break;
    case quality_view::indicators: out.rows = std::move(made.indicators); break;
    case quality_view::pairs: out.rows = std::move(made.pairs); break;
  }
  return out;
}

answer answer_of(const initiative& source, const contributions_request& how, const asked& by) {
  const auto& net = source.network();
  const auto [s, p, before, after] = change_asked_for(source, how, "contributions", by.style);
  const auto& d = *s.definition;
  const bool ratio = d.over_groups == aggregate_operator::ratio_of_sums;
  if (!ratio && d.over_groups != aggregate_operator::sum)
    refuse("contributions are of sums and ratios; " + d.id + " is aggregated by " +
           std::string(to_string(d.over_groups)));
  const panel two = two_periods(net, *p, s.group, before, after);
  answer out{ratio ? ratio_contributions(net, two, d.factor, before, before.plus(1))
                   : contributions(net, two, before, before.plus(1))};
  const auto& rows = out.rows;
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
    out.readings.push_back({0,
                            {},
                            "Nobody in " + s.name + " reported " + s.words.name + " in " + before.to_string() + " or " +
                                after.to_string() + "."});
    return out;
  }
  std::string says = s.words.name + " of " + s.name + " " +
                     (change > 0   ? "rose"
                      : change < 0 ? "fell"
                                   : "did not change") +
                     " from " + before.to_string() + " to " + after.to_string();
  if (change != 0)
    says += " by " + joined_words(number_text(std::abs(change)),
                                  ratio && s.words.unit == "%" ? "percentage points" : s.words.unit);
  if (!ratio) says += " (" + number_text(total_of(two, 0)) + " to " + number_text(total_of(two, 1)) + ")";
  says += ".";
  if (most != 0)
    says += " The largest part is that of " + std::string(rows["name"].text(who)) + ", " + (most > 0 ? "+" : "-") +
            number_text(std::abs(most)) + ((most > 0) == (change > 0) || change == 0 ? "" : ", against the rest") + ".";
  out.readings.push_back({0, {}, std::move(says)});
  return out;
}

answer answer_of(const initiative& source, const group_contributions_request& how, const asked& by) {
  const auto [s, p, before, after] = change_asked_for(source, how, "contributions of groups", by.style);
  if (s.definition->over_groups != aggregate_operator::sum)
    refuse("contributions of groups are of sums; " + s.definition->id + " is aggregated by " +
           std::string(to_string(s.definition->over_groups)));
  return {group_contributions(source.network(), *p, s.group, before, after, s.words)};
}

answer answer_of(const initiative& source, const gaps_request& how, const asked& by) {
  const auto s = one_subject(source, how.of, "gaps", by.style);
  std::set<std::string> dimensions;
  std::vector<std::pair<std::string, std::string>> parts; // category, breakdown
  for (const auto& p : source.measures().panels) {
    if (p.indicator != s.indicator || p.breakdown.empty()) continue;
    const auto split = parse_breakdown(p.breakdown);
    if (split.size() != 1) continue; // crossed dimensions count a person in several
    dimensions.insert(split.begin()->first);
    if (how.by.empty() || split.begin()->first == how.by) parts.emplace_back(split.begin()->second, p.breakdown);
  }
  const auto listed = [&] { return text::enumeration({dimensions.begin(), dimensions.end()}); };
  if (dimensions.empty())
    refuse(s.definition->id +
           " has no breakdown by one dimension; observations give it in the column breakdown, as sex=female");
  if (!how.by.empty() && !dimensions.contains(how.by))
    refuse(with_hint(s.definition->id + " has no breakdown by " + how.by + ". There are: " + listed(),
                     did_you_mean(how.by, dimensions)));
  if (how.by.empty() && dimensions.size() > 1)
    refuse("name one dimension with " + written(by.style, "by") + ": " + listed());
  rollup_options o;
  o.indicators = {s.definition->id};
  o.groups = {s.group};
  if (how.to) {
    o.to = o.from = how.to;
    o.every = o.to->freq();
  }
  // The latest period in which any part has a figure with both its sums.
  std::vector<figure_cube> of_part;
  std::optional<period> when;
  const auto each = [&](const figure_cube& part, auto see) {
    const auto [target, span, all] = part.series(0, 0);
    for (std::size_t i = 0; i < all.size(); ++i)
      if (!std::isnan(all[i].numerator) && !std::isnan(all[i].denominator)) see(span->at(i), all[i]);
  };
  for (const auto& [category, breakdown] : parts) {
    o.breakdown = breakdown;
    of_part.push_back(source.figures(o));
    each(of_part.back(), [&](period p, const figure&) {
      if (!when || *when < p) when = p;
    });
  }
  if (!when)
    refuse("no part of " + s.definition->id + " has a numerator and a denominator" +
           (o.to ? " in " + o.to->to_string() : "") + "; gaps are of rates");
  std::vector<population_part> population;
  equity_options options;
  options.factor = s.definition->factor;
  options.reference = how.reference;
  options.confidence = how.confidence;
  for (std::size_t k = 0; k < parts.size(); ++k)
    each(of_part[k], [&](period p, const figure& f) {
      if (p != *when) return;
      population.push_back({parts[k].first, f.numerator, f.denominator});
      if (f.numerator > f.denominator) options.kind = rate_kind::events_per_exposure;
    });
  answer out{disparity(population, options)};
  const auto& rows = out.rows;
  std::optional<std::size_t> low, high;
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    if (rows["rate"].is_null(i)) continue;
    const auto rate = rows["rate"].values<double>();
    if (!low || rate[i] < rate[*low]) low = i;
    if (!high || rate[i] > rate[*high]) high = i;
  }
  const std::string head = s.words.name + " of " + s.name + " in " + when->to_string();
  if (!low || *low == *high) {
    out.readings.push_back({0, {}, head + ": " + (low ? "every part has the same rate." : "no part has a rate.")});
    return out;
  }
  const auto rate = rows["rate"].values<double>();
  const bool apart = rows["upper"].values<double>()[*low] < rows["lower"].values<double>()[*high];
  std::string says =
      head + " is lowest for " + std::string(rows["category"].text(*low)) + " (" +
      joined_words(number_text(rate[*low], rate[*high]), s.words.unit) + ") and highest for " +
      std::string(rows["category"].text(*high)) + " (" +
      joined_words(number_text(rate[*high], rate[*low]), s.words.unit) + "), a gap of " +
      joined_words(number_text(rate[*high] - rate[*low]), s.words.unit == "%" ? "percentage points" : s.words.unit) +
      (apart ? "; their intervals lie apart." : "; their intervals overlap, so that chance may explain much of it.");
  if (rows["few_events"].values<std::uint8_t>()[*low] != 0 || rows["few_events"].values<std::uint8_t>()[*high] != 0)
    says += " Few events lie behind these rates.";
  out.readings.push_back({0, {}, std::move(says)});
  return out;
}

namespace {
stratified populations_of(const initiative& source, const populations_request& of, const std::string& what,
                          option_style style) {
  const auto indicator = one_indicator(source, of.indicator, what + " is", style);
  return stratify(source.network(), source.measures(),
                  {std::string(source.network().id(indicator)), of.by, of.across, of.groups, of.to});
}
} // namespace

answer answer_of(const initiative& source, const equity_request& how, const asked& by) {
  return {equity_table(populations_of(source, how.of, "equity", by.style), {how.reference, how.order, how.confidence})};
}
answer answer_of(const initiative& source, const standardized_request& how, const asked& by) {
  return {standardized_rates(populations_of(source, how.of, "standardized", by.style), {how.standard, how.confidence})};
}
answer answer_of(const initiative& source, const reversals_request& how, const asked& by) {
  return {simpson_reversals(populations_of(source, how.of, "reversals", by.style))};
}
answer answer_of(const initiative& source, const breakdowns_request& how, const asked&) {
  answer out{breakdown_sums(source.network(), source.measures(), {how.indicators, how.tolerance, how.all})};
  if (out.rows.rows() == 0)
    out.readings.push_back(
        {0, {}, how.all ? "No observation is of a part of a whole." : "No sum of parts differs from its total."});
  return out;
}

answer reconciled_forecast(const initiative& source, const forecast_request& how, const asked& by) {
  const auto& net = source.network();
  const auto& named = how.of.indicators;
  if (named.size() > 1)
    refuse("a reconciled forecast is of one indicator: name it with " + written(by.style, "indicator"));
  const auto indicator =
      one_indicator(source, named.empty() ? std::string() : named[0], "a reconciled forecast is", by.style);
  cascade_forecast_options options;
  options.forecast.method = how.method;
  options.forecast.horizon = how.horizon;
  options.method = how.reconcile.value();
  options.non_negative = source.measures().indicators[indicator.value].kind == indicator_kind::count;
  options.groups = how.of.groups;
  for (const auto& id : options.groups) (void)node_named(net, node_kind::group, id);
  options.as_of = day_asked_for(source, how.as_of);
  answer out{reconcile_rollup(net, source.measures(), indicator, options)};
  if (out.rows.rows() == 0) {
    out.readings.push_back({0, {}, "Nothing was reported to forecast from."});
    return out;
  }
  std::set<std::string_view> groups, reporters;
  for (std::size_t i = 0; i < out.rows.rows(); ++i)
    (out.rows["level"].text(i) == "group" ? groups : reporters).insert(out.rows["id"].text(i));
  out.readings.push_back(
      {0,
       {},
       "Forecasts of " + text::counted(groups.size(), "group") + " and " + text::counted(reporters.size(), "reporter") +
           " were made one by one and moved as little as it takes for each group to be the sum of its reporters (" +
           std::string(to_string(options.method)) + ")."});
  return out;
}

answer answer_of(const initiative& source, const harmonize_request& how, const asked& by) {
  if (!how.local.rows) refuse("harmonize needs the local observations: name them with " + written(by.style, "local"));
  const table& words = how.local.words ? *how.local.words : *how.local.rows;
  const table* map = find_records(source.records(), "measure_map");
  const table none({{"local", column_type::utf8}, {"indicator", column_type::utf8}});
  auto made = harmonize(*how.local.rows, map != nullptr ? *map : none);
  std::set<std::string> mapped, known;
  for (std::size_t i = 0; i < made.outcomes.size(); ++i)
    if (made.outcomes[i] != mapping_outcome::unmapped) mapped.emplace(made.lineage["local"].text(i));
  std::vector<local_measure> open; // of which no mapping speaks, in the order of the rows
  const auto text = [&](const char* name, std::size_t i) {
    const column* c = words.find(name);
    return c == nullptr || c->type() != column_type::utf8 || c->is_null(i) ? std::string() : std::string(c->text(i));
  };
  for (std::size_t i = 0; i < words.rows(); ++i) {
    const auto id = text("local", i);
    if (!id.empty() && !mapped.contains(id) && known.insert(id).second)
      open.push_back({id, text("name", i), text("unit", i)});
  }
  const auto good = static_cast<std::size_t>(std::ranges::count(made.outcomes, mapping_outcome::mapped));
  answer out;
  out.readings.push_back(
      {0,
       {},
       text::counted(good, "row") + " of " + std::to_string(made.lineage.rows()) + " became " +
           text::counted(made.observations.rows(), "shared observation") + ". " +
           (open.empty() ? std::string("Every local measure has a mapping.")
                         : text::counted(open.size(), "local measure") + " without a mapping; " +
                               (by.style == option_style::command_line ? "`--show matches`" : "`matches`") +
                               " ranks likely ones.")});
  switch (how.show) {
    case harmonize_view::report: out.rows = std::move(made.report); break;
    case harmonize_view::observations: out.rows = std::move(made.observations); break;
    case harmonize_view::lineage: out.rows = std::move(made.lineage); break;
    case harmonize_view::matches: out.rows = suggest_matches(open, source.measures().indicators); break;
  }
  return out;
}

} // namespace commonweal::inline v0::answers
