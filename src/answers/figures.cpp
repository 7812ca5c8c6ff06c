// SPDX-License-Identifier: Apache-2.0
// The series that analyses are of: figures of groups, or what reporters sent.
#include "answers/figures.hpp"

#include <algorithm>
#include <utility>

#include <commonweal/network/traverse.hpp>

namespace commonweal::inline v0::answers {
namespace {

/// What the reporters named sent, by the indicator's operator over time where a coarser frequency is asked for.
std::deque<figures> figures_of_reporters(const initiative& source, const figures_request& wanted, const teller& tell) {
  const auto& net = source.network();
  for (const auto& id : wanted.indicators) (void)node_named(net, node_kind::indicator, id);
  std::deque<figures> out;
  for (std::size_t k = 0; k < wanted.reporters.size(); ++k) {
    tell(0.5 * static_cast<double>(k) / static_cast<double>(wanted.reporters.size()), "reading reports");
    const node_ref who = reporter_named(net, wanted.reporters[k]);
    for (const auto& p : source.measures().panels) {
      const auto row = p.row(who);
      const auto& d = source.measures().indicators[p.indicator.value];
      const bool asked = wanted.indicators.empty() ||
                         std::find(wanted.indicators.begin(), wanted.indicators.end(), d.id) != wanted.indicators.end();
      if (!p.breakdown.empty() || !row || !asked) continue;
      figures f;
      f.indicator = &d;
      f.group = who;
      f.name = d.id + (wanted.reporters.size() > 1 ? " of " + std::string(net.id(who)) : "");
      const bool parts = p.numerator.size() != 0 && p.denominator.size() != 0;
      std::optional<date> from, to;
      if (wanted.from) from = wanted.from->first_day();
      if (wanted.to) to = wanted.to->last_day();
      for (Eigen::Index c = 0; c < p.periods(); ++c) {
        if ((from && p.at(c).first_day() < *from) || (to && *to < p.at(c).last_day())) continue;
        if (f.value.empty()) f.first = p.at(c);
        f.value.push_back(p.value(*row, c));
        f.numerator.push_back(parts ? p.numerator(*row, c) : missing_value);
        f.denominator.push_back(parts ? p.denominator(*row, c) : missing_value);
      }
      if (f.value.empty()) continue;
      if (wanted.every && *wanted.every != f.first.freq()) {
        const bool ratio = d.over_time == aggregate_operator::ratio_of_sums;
        const auto over_time =
            ratio ? aggregate_operator::sum : d.over_time; // it says so where an operator cannot do it
        auto numerator = coarsened({f.numerator, f.first}, *wanted.every, aggregate_operator::sum);
        auto denominator = coarsened({f.denominator, f.first}, *wanted.every, aggregate_operator::sum);
        auto whole = coarsened({f.value, f.first}, *wanted.every, over_time, d.time_percent);
        for (std::size_t i = 0; ratio && i < whole.value.size(); ++i)
          whole.value[i] =
              denominator.value[i] == 0 ? missing_value : d.factor * numerator.value[i] / denominator.value[i];
        f.value = std::move(whole.value);
        f.numerator = std::move(numerator.value);
        f.denominator = std::move(denominator.value);
        f.first = whole.first;
      }
      out.push_back(std::move(f));
    }
  }
  if (out.empty()) refuse("the reporters named have reported none of it");
  return out;
}

} // namespace

node_ref reporter_named(const network& net, const std::string& id) {
  return node_named(net, {node_kind::organization, node_kind::group}, id, "reporter");
}

std::vector<std::string> groups_or_roots(const network& net, const std::vector<std::string>& asked,
                                         option_style style) {
  for (const auto& id : asked) (void)node_named(net, node_kind::group, id);
  if (!asked.empty()) return asked;
  std::vector<std::string> out;
  for (const auto g : top_groups(net)) out.emplace_back(net.id(g));
  if (out.empty()) refuse("there is no group to take figures of; name one with " + written(style, "group"));
  return out;
}

std::deque<figures> figures_of(const initiative& source, const figures_request& wanted, option_style style,
                               const teller& tell) {
  const auto& net = source.network();
  if (!wanted.reporters.empty()) {
    if (!wanted.groups.empty())
      refuse("give " + written(style, "group") + " or " + written(style, "reporter") + ", not both");
    return figures_of_reporters(source, wanted, tell);
  }
  rollup_options options;
  options.indicators = wanted.indicators;
  options.groups = groups_or_roots(net, wanted.groups, style);
  options.every = wanted.every;
  options.from = wanted.from;
  options.to = wanted.to;
  options.progress = tell.up_to(0.5);
  const figure_cube made = source.figures(options);
  std::deque<figures> out;
  for (std::size_t t = 0; t < made.targets().size(); ++t)
    for (std::size_t k = 0; k < made.spans().size(); ++k) {
      const auto [target, span, all] = made.series(t, k);
      if (all.empty()) continue;
      auto& f = out.emplace_back();
      f.indicator = &source.measures().indicators[span->indicator.value];
      f.group = target->groups.front();
      f.name = span->id + (options.groups.size() > 1 ? " of " + target->id : "");
      f.first = span->at(0);
      for (const figure& x : all) {
        f.value.push_back(x.value);
        f.numerator.push_back(x.numerator);
        f.denominator.push_back(x.denominator);
      }
    }
  return out;
}

std::vector<measured_series> measured(const std::deque<figures>& all) {
  std::vector<measured_series> out;
  for (const auto& f : all) out.push_back(f.measured());
  return out;
}

} // namespace commonweal::inline v0::answers
