// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/stratify.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include <commonweal/analyze/stratify.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/network/named_node.hpp>
#include <commonweal/network/traverse.hpp>
#include <commonweal/rollup/rollup.hpp>

namespace commonweal::inline v0 {

namespace detail {

/// A panel that fills one cell of each population it speaks of.
struct stratum_source {
  std::string breakdown;
  std::string stratum;
  std::string population; ///< blank where the populations are groups
};

[[nodiscard]] inline std::vector<stratum_source> sources_of(const measures& data, indicator_id indicator,
                                                            std::string& by, const std::string& compare) {
  const auto& id = data.indicators[indicator.value].id;
  std::set<std::string> seen;
  std::vector<stratum_source> out;
  std::set<std::string> single;
  for (const auto& p : data.panels)
    if (p.indicator == indicator && !p.breakdown.empty()) {
      const auto dimensions = parse_breakdown(p.breakdown);
      if (dimensions.size() == 1) single.insert(dimensions.begin()->first);
      std::string text;
      for (const auto& [dimension, category] : dimensions) text += (text.empty() ? "" : " x ") + dimension;
      seen.insert(std::move(text));
    }
  const auto have = [&] {
    std::string text;
    for (const auto& s : seen) text += (text.empty() ? "" : ", ") + s;
    return seen.empty() ? "it has none" : "there are: " + text;
  };
  if (by.empty() && single.size() == 1 && compare.empty()) by = *single.begin();
  if (by.empty())
    throw error(error_code::invalid_argument, "name the dimension whose parts of " + id + " are compared; " + have());
  for (const auto& p : data.panels) {
    if (p.indicator != indicator || p.breakdown.empty()) continue;
    const auto dimensions = parse_breakdown(p.breakdown);
    if (dimensions.size() != (compare.empty() ? 1U : 2U)) continue;
    const auto stratum = dimensions.find(by);
    const auto population = dimensions.find(compare);
    if (stratum == dimensions.end() || (!compare.empty() && population == dimensions.end())) continue;
    out.push_back({p.breakdown, stratum->second, compare.empty() ? std::string() : population->second});
  }
  if (out.empty())
    throw error(error_code::invalid_argument, id + " has no breakdown by " + by +
                                                  (compare.empty() ? "" : " and " + compare + " at once") + "; " +
                                                  with_hint(have(), compare.empty() ? did_you_mean(by, seen) : ""));
  return out;
}

[[nodiscard]] inline std::vector<std::string> root_groups(const network& net) {
  std::vector<std::string> out;
  for (const auto g : top_groups(net)) out.emplace_back(net.id(g));
  if (out.empty()) throw error(error_code::invalid_argument, "there is no group to take figures of");
  return out;
}

} // namespace detail

COMMONWEAL_BODY stratified stratify(const network& net, const measures& data, const stratify_request& request) {
  const auto found = node_named(net, node_kind::indicator, request.indicator).as<node_kind::indicator>();
  const auto& d = data.indicators[found.value];
  if (!request.compare.empty() && request.compare == request.by)
    throw error(error_code::invalid_argument, "populations and strata cannot both be " + request.by);
  auto by = request.by;
  const auto sources = detail::sources_of(data, found, by, request.compare);
  const auto groups = request.groups.empty() ? detail::root_groups(net) : request.groups;

  stratified out;
  out.factor = d.factor;
  out.words = words_of(d);
  std::set<std::string> strata, populations;
  for (const auto& s : sources) {
    strata.insert(s.stratum);
    if (!request.compare.empty()) populations.insert(s.population);
  }
  out.strata.assign(strata.begin(), strata.end());
  if (request.compare.empty()) out.populations = groups;
  else out.populations.assign(populations.begin(), populations.end());

  rollup_options o;
  o.indicators = {d.id};
  if (request.compare.empty() || groups.size() == 1) o.groups = groups;
  else o.unions.push_back({"", groups});
  if (request.when) {
    o.from = o.to = request.when;
    o.every = request.when->freq();
  }
  using place = std::pair<std::size_t, std::size_t>; // population, stratum
  std::map<period, std::map<place, std::pair<double, double>>> known;
  const auto index = [](const std::vector<std::string>& all, std::string_view one) {
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), one) - all.begin());
  };
  for (const auto& s : sources) {
    o.breakdown = s.breakdown;
    const figure_cube made = rollup_figures(net, data, o);
    for (std::size_t t = 0; t < made.targets().size(); ++t) {
      const auto [target, span, figures] = made.series(t, 0);
      const auto p = index(out.populations, request.compare.empty() ? target->id : s.population);
      for (std::size_t k = 0; k < figures.size(); ++k) {
        if (std::isnan(figures[k].numerator) || std::isnan(figures[k].denominator)) continue;
        auto& sums = known[span->at(k)][{p, index(out.strata, s.stratum)}];
        sums.first += figures[k].numerator;
        sums.second += figures[k].denominator;
      }
    }
  }
  for (const auto& [when, cells] : known)
    if (!out.when || cells.size() >= known[*out.when].size()) out.when = when;
  if (!out.when)
    throw error(error_code::invalid_argument, "no part of " + d.id + " has a numerator and a denominator" +
                                                  (request.when ? " in " + request.when->to_string() : std::string()) +
                                                  "; comparisons are of rates");
  for (std::size_t p = 0; p < out.populations.size(); ++p)
    for (std::size_t s = 0; s < out.strata.size(); ++s) {
      population_part part{out.strata[s], 0, 0};
      const auto& cells = known[*out.when];
      if (const auto it = cells.find({p, s}); it != cells.end()) std::tie(part.events, part.people) = it->second;
      if (part.events > part.people) out.kind = rate_kind::events_per_exposure;
      out.cells.push_back(std::move(part));
    }
  return out;
}

} // namespace commonweal::inline v0
