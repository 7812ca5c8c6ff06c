// SPDX-License-Identifier: Apache-2.0
// The rules of control charts, over the points that count in one phase.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <commonweal/analyze/chart.hpp>
#include <commonweal/analyze/detail/distributions.hpp>

namespace commonweal::inline v0::detail {

/// A point as the rules see it: where it is in the chart, its side of the center, its distance in sigmas, its value.
struct ruled_point {
  std::size_t index = 0;
  int side = 0;   ///< of the line that halves the points
  double z = 0.0; ///< from the center, in sigmas; infinite where sigma is zero and the value is off the center
  double value = 0.0;
};

using ruled_points = std::span<const ruled_point>;

/// Where a rule notes the points that it flags.
struct flags {
  std::vector<std::uint8_t>& at; ///< by point of the chart
  void operator()(std::size_t i) const { at[i] = 1; }
};

/// Every point of a run of at least `length` on one side.
inline void mark_one_side(ruled_points p, std::size_t length, flags mark) {
  for (std::size_t start = 0; start < p.size();) {
    std::size_t stop = start + 1;
    while (stop < p.size() && p[stop].side == p[start].side) ++stop;
    if (p[start].side != 0 && stop - start >= length)
      for (std::size_t i = start; i < stop; ++i) mark(p[i].index);
    start = stop;
  }
}

/// Every point of a stretch of at least `Length` that rises, or falls, at each step.
template <std::size_t Length>
void steady(ruled_points p, const chart_phase_result&, flags mark) {
  for (std::size_t start = 0; start + 1 < p.size();) {
    const auto step = [&](std::size_t i) { return (p[i + 1].value > p[i].value) - (p[i + 1].value < p[i].value); };
    std::size_t stop = start;
    while (stop + 1 < p.size() && step(stop) == step(start) && step(start) != 0) ++stop;
    if (stop - start + 1 >= Length)
      for (std::size_t i = start; i <= stop; ++i) mark(p[i].index);
    start = std::max(stop, start + 1);
  }
}

/// Every point of a stretch of at least `Length` that goes up and down in turn.
template <std::size_t Length>
void alternating(ruled_points p, const chart_phase_result&, flags mark) {
  const auto step = [&](std::size_t i) { return (p[i + 1].value > p[i].value) - (p[i + 1].value < p[i].value); };
  for (std::size_t start = 0; start + 1 < p.size();) {
    std::size_t last_step = start;
    if (step(start) != 0)
      while (last_step + 2 < p.size() && step(last_step + 1) == -step(last_step)) ++last_step;
    if (step(start) != 0 && last_step - start + 2 >= Length)
      for (std::size_t i = start; i <= last_step + 1; ++i) mark(p[i].index);
    start = std::max(last_step, start + 1);
  }
}

/// The points beyond `Sigmas` of every window of `Window` that has at least `Needed` of them on one side.
template <std::size_t Needed, std::size_t Window, int Sigmas>
void some_beyond(ruled_points p, const chart_phase_result&, flags mark) {
  struct {
    std::uint32_t last = 0; ///< a bit for each point of the Window, the latest lowest
    std::size_t inside = 0; ///< how many of them are set
  } above, below;
  const auto slide = [&](auto& w, bool is_beyond, std::size_t i) {
    w.last = w.last << 1 | (is_beyond ? 1U : 0U);
    w.inside += is_beyond ? 1U : 0U;
    w.inside -= w.last >> Window & 1U;
    if (w.inside < Needed || i + 1 < Window) return;
    for (std::size_t k = 0; k < Window; ++k)
      if ((w.last >> k & 1U) != 0) mark(p[i - k].index);
  };
  for (std::size_t i = 0; i < p.size(); ++i) {
    slide(above, p[i].z > Sigmas, i);
    slide(below, p[i].z < -Sigmas, i);
  }
}

/// Every point of a stretch of at least `Length` within, or beyond, one sigma.
template <std::size_t Length, bool Within>
void one_sigma(ruled_points p, const chart_phase_result&, flags mark) {
  const auto holds = [](const ruled_point& x) { return Within ? std::abs(x.z) < 1.0 : std::abs(x.z) > 1.0; };
  for (std::size_t start = 0; start < p.size();) {
    std::size_t stop = start;
    while (stop < p.size() && holds(p[stop])) ++stop;
    if (stop - start >= Length)
      for (std::size_t i = start; i < stop; ++i) mark(p[i].index);
    start = std::max(stop, start + 1);
  }
}

/// The smallest k with P(X <= k) >= 0.05 for X binomial with `trials` trials at one half.
[[nodiscard]] inline std::size_t fewest_crossings(std::size_t trials) {
  if (trials <= 1000) {
    double term = std::ldexp(1.0, -static_cast<int>(trials));
    double sum = term;
    std::size_t k = 0;
    while (sum < 0.05) {
      term *= static_cast<double>(trials - k) / static_cast<double>(k + 1);
      sum += term;
      ++k;
    }
    return k;
  }
  return fair_coin_quantile(trials, 0.05);
}

/// Runs about the center; points on it are left out.
inline void analyze_runs(ruled_points p, chart_phase_result& out) {
  int side = 0;
  std::size_t run = 0;
  for (const auto& x : p) {
    if (x.side == 0) continue;
    ++out.useful;
    if (x.side == side) {
      ++run;
    } else {
      out.crossings += side != 0 ? 1 : 0;
      side = x.side;
      run = 1;
    }
    out.longest_run = std::max(out.longest_run, run);
  }
  if (out.useful == 0) return;
  out.longest_run_limit = static_cast<std::size_t>(std::lround(std::log2(static_cast<double>(out.useful)))) + 3;
  out.crossings_limit = fewest_crossings(out.useful - 1);
}

inline void beyond_limits(ruled_points p, const chart_phase_result&, flags mark) {
  for (const auto& x : p)
    if (std::abs(x.z) > 3.0) mark(x.index);
}
inline void long_runs(ruled_points p, const chart_phase_result& phase, flags mark) {
  std::vector<ruled_point> useful;
  for (const auto& x : p)
    if (x.side != 0) useful.push_back(x);
  mark_one_side(useful, phase.longest_run_limit + 1, mark);
}
template <std::size_t Length>
void one_side(ruled_points p, const chart_phase_result&, flags mark) {
  mark_one_side(p, Length, mark);
}
inline void few_crossings(ruled_points p, const chart_phase_result& phase, flags mark) {
  if (phase.useful == 0 || phase.crossings >= phase.crossings_limit) return;
  for (const auto& x : p)
    if (x.side != 0) mark(x.index);
}

/// NHS: three in a row on one side, at least two of them between two sigma and the limit; those are marked.
inline void close_to_limit(ruled_points p, const chart_phase_result&, flags mark) {
  const auto close = [](const ruled_point& x) { return std::abs(x.z) > 2.0 && std::abs(x.z) <= 3.0; };
  for (std::size_t start = 0; start + 3 <= p.size(); ++start) {
    const auto w = p.subspan(start, 3);
    if (w[0].side == 0 || w[1].side != w[0].side || w[2].side != w[0].side) continue;
    if (std::count_if(w.begin(), w.end(), close) < 2) continue;
    for (const auto& x : w)
      if (close(x)) mark(x.index);
  }
}

/// A rule of a set, and what it does with the points of a phase. A new set is a word of rule_set and its rows here.
struct chart_rule {
  rule_set set;
  std::string_view name;
  std::string_view meaning;
  void (*apply)(ruled_points, const chart_phase_result&, flags);
};
inline constexpr std::array chart_rules = {
    chart_rule{rule_set::shewhart, "shewhart_1", "beyond the limits", beyond_limits},
    chart_rule{rule_set::anhoej, "anhoej_shift", "in an unusually long run on one side of the center", long_runs},
    chart_rule{rule_set::anhoej, "anhoej_crossings", "in a stretch that crosses the center unusually seldom",
               few_crossings},
    chart_rule{rule_set::western_electric, "western_electric_1", "beyond the limits", beyond_limits},
    chart_rule{rule_set::western_electric, "western_electric_2", "two of three beyond two sigma on one side",
               some_beyond<2, 3, 2>},
    chart_rule{rule_set::western_electric, "western_electric_3", "four of five beyond one sigma on one side",
               some_beyond<4, 5, 1>},
    chart_rule{rule_set::western_electric, "western_electric_4", "eight in a row on one side of the center",
               one_side<8>},
    chart_rule{rule_set::nelson, "nelson_1", "beyond the limits", beyond_limits},
    chart_rule{rule_set::nelson, "nelson_2", "nine in a row on one side of the center", one_side<9>},
    chart_rule{rule_set::nelson, "nelson_3", "six in a row rising or falling", steady<6>},
    chart_rule{rule_set::nelson, "nelson_4", "fourteen in a row alternating up and down", alternating<14>},
    chart_rule{rule_set::nelson, "nelson_5", "two of three beyond two sigma on one side", some_beyond<2, 3, 2>},
    chart_rule{rule_set::nelson, "nelson_6", "four of five beyond one sigma on one side", some_beyond<4, 5, 1>},
    chart_rule{rule_set::nelson, "nelson_7", "fifteen in a row within one sigma", one_sigma<15, true>},
    chart_rule{rule_set::nelson, "nelson_8", "eight in a row beyond one sigma", one_sigma<8, false>},
    chart_rule{rule_set::nhs, "nhs_1", "beyond the limits", beyond_limits},
    chart_rule{rule_set::nhs, "nhs_2", "seven in a row on one side of the center", one_side<7>},
    chart_rule{rule_set::nhs, "nhs_3", "seven in a row rising or falling", steady<7>},
    chart_rule{rule_set::nhs, "nhs_4", "two of three close to a limit", close_to_limit},
};

} // namespace commonweal::inline v0::detail
