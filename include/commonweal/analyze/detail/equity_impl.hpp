// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/equity.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include <commonweal/analyze/equity.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/core/suggest.hpp>

namespace commonweal::inline v0 {

namespace detail {

struct overall_rate {
  double events = 0;
  double people = 0;
  double rate = 0;
};

inline overall_rate checked_overall(std::span<const population_part> parts, rate_kind kind) {
  overall_rate all;
  for (const auto& p : parts) {
    require_count(p.events, "events");
    require_count(p.people, "people");
    if (p.people == 0 && p.events > 0)
      throw error(error_code::invalid_argument, "category " + p.category + " has events but no people");
    if (kind == rate_kind::proportion && p.events > p.people)
      throw error(error_code::invalid_argument,
                  "category " + p.category + " has more events than people, which no proportion has");
    all.events += p.events;
    all.people += p.people;
  }
  if (!(all.people > 0)) throw error(error_code::invalid_argument, "the parts hold no people");
  all.rate = all.events / all.people;
  return all;
}

inline const population_part& reference_part(std::span<const population_part> parts, const equity_options& options) {
  if (options.reference.empty())
    return *std::max_element(parts.begin(), parts.end(),
                             [](const auto& a, const auto& b) { return a.people < b.people; });
  const auto it =
      std::find_if(parts.begin(), parts.end(), [&](const auto& p) { return p.category == options.reference; });
  if (it == parts.end()) {
    nearest_words near(options.reference);
    for (const auto& p : parts) near.consider(p.category);
    throw error(error_code::invalid_argument,
                with_hint("no category " + options.reference + " to compare with", near.question()));
  }
  if (!(it->people > 0))
    throw error(error_code::invalid_argument, "category " + options.reference + " holds no people to compare with");
  return *it;
}

inline rate_estimate rate_of(const population_part& p, const equity_options& options) {
  if (options.kind == rate_kind::events_per_exposure)
    return byar(p.events, p.people, options.factor, options.confidence);
  rate_estimate e = wilson(p.events, p.people, options.confidence);
  e.value *= options.factor;
  e.lower *= options.factor;
  e.upper *= options.factor;
  return e;
}

} // namespace detail

COMMONWEAL_BODY table disparity(std::span<const population_part> parts, const equity_options& options) {
  (void)detail::checked_overall(parts, options.kind);
  const auto& reference = detail::reference_part(parts, options);
  const double base = options.factor * reference.events / reference.people;
  table t({{"category", column_type::utf8},
           {"events", column_type::float64},
           {"people", column_type::float64},
           {"rate", column_type::float64},
           {"lower", column_type::float64},
           {"upper", column_type::float64},
           {"gap", column_type::float64},
           {"ratio", column_type::float64},
           {"few_events", column_type::boolean}});
  for (const auto& p : parts) {
    if (p.people == 0) {
      t.append_row({std::string_view(p.category), p.events, p.people, {}, {}, {}, {}, {}, true});
      continue;
    }
    const rate_estimate e = detail::rate_of(p, options);
    t.append_row({std::string_view(p.category), p.events, p.people, e.value, e.lower, e.upper, e.value - base,
                  base > 0 ? cell{e.value / base} : cell{}, e.few_events});
  }
  return t;
}

COMMONWEAL_BODY slope_indices inequality_slope(std::span<const population_part> parts, const equity_options& options) {
  const auto all = detail::checked_overall(parts, options.kind);
  const double z = detail::two_sided_z(options.confidence);
  const auto holding = std::count_if(parts.begin(), parts.end(), [](const auto& p) { return p.people > 0; });
  if (holding < 2) throw error(error_code::invalid_argument, "a slope needs two parts that hold people");
  if (!(all.rate > 0))
    throw error(error_code::invalid_argument, "without any events there is no inequality to measure");
  // The weighted mean of the ridits is 1/2 whatever the parts are.
  double below = 0, sxx = 0, sxy = 0, variance = 0;
  for (const auto& p : parts) {
    if (p.people == 0) continue;
    const double w = p.people / all.people;
    const double x = below + w / 2 - 0.5;
    const double rate = p.events / p.people;
    // Of the observed rate: binomial for a proportion, Poisson for a rate.
    const double v = options.kind == rate_kind::proportion ? rate * (1 - rate) / p.people : rate / p.people;
    sxx += w * x * x;
    sxy += w * x * rate;
    variance += w * w * x * x * v;
    below += w;
  }
  const double slope = sxy / sxx;
  const double error_of_slope = std::sqrt(variance) / sxx;
  slope_indices out;
  out.overall = all.rate * options.factor;
  const bool few = all.events < 10;
  out.slope = {slope * options.factor, (slope - z * error_of_slope) * options.factor,
               (slope + z * error_of_slope) * options.factor, few};
  out.relative = {slope / all.rate, (slope - z * error_of_slope) / all.rate, (slope + z * error_of_slope) / all.rate,
                  few};
  const double bottom = all.rate - slope / 2;
  const double top = all.rate + slope / 2;
  if (bottom > 0 && top > 0) out.ratio_of_ends = top / bottom;
  return out;
}

COMMONWEAL_BODY double attributable_share(std::span<const population_part> parts, const equity_options& options) {
  const auto all = detail::checked_overall(parts, options.kind);
  if (!(all.rate > 0)) throw error(error_code::invalid_argument, "without any events there is nothing to attribute");
  const auto& reference = detail::reference_part(parts, options);
  return (all.rate - reference.events / reference.people) / all.rate;
}

COMMONWEAL_BODY simpson_finding simpson(std::span<const population_part> a, std::span<const population_part> b) {
  if (a.size() != b.size()) throw error(error_code::invalid_argument, "both populations need the same strata");
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].category != b[i].category)
      throw error(error_code::invalid_argument,
                  "stratum " + a[i].category + " faces " + b[i].category + "; the orders differ");
  simpson_finding out;
  out.overall_difference = detail::checked_overall(a, rate_kind::events_per_exposure).rate -
                           detail::checked_overall(b, rate_kind::events_per_exposure).rate;
  bool above = false, below = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].people == 0 || b[i].people == 0) continue;
    const double d = a[i].events / a[i].people - b[i].events / b[i].people;
    out.stratum_differences.push_back(d);
    above = above || d > 0;
    below = below || d < 0;
  }
  out.reversed = (above && !below && out.overall_difference < 0) || (below && !above && out.overall_difference > 0);
  return out;
}

COMMONWEAL_BODY std::map<std::string, std::string, std::less<>> parse_breakdown(std::string_view text) {
  std::map<std::string, std::string, std::less<>> out;
  while (!text.empty()) {
    const auto end = text.find(';');
    const auto piece = text.substr(0, end);
    const auto equals = piece.find('=');
    if (equals == 0 || equals == std::string_view::npos || equals + 1 == piece.size())
      throw error(error_code::invalid_argument,
                  "the breakdown part '" + std::string(piece) + "' is not dimension=category");
    if (!out.emplace(piece.substr(0, equals), piece.substr(equals + 1)).second)
      throw error(error_code::invalid_argument,
                  "the breakdown names " + std::string(piece.substr(0, equals)) + " twice");
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return out;
}

} // namespace commonweal::inline v0
