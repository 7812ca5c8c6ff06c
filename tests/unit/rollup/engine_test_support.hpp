// SPDX-License-Identifier: Apache-2.0
// Random cascades with every feature, and the naive set union that judges the engine.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <set>
#include <vector>

#include <commonweal/rollup/engine/aggregate.hpp>
#include <commonweal/rollup/exact_sum.hpp>

namespace engine_test {

using namespace commonweal::engine;
using commonweal::exact_sum;
using commonweal::executor;
using random_source = std::mt19937_64;

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

inline bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

struct shape {
  std::uint32_t groups = 12, reporters = 40;
  std::int32_t periods = 13;
  double second_parent = 0.2; ///< share of groups with a further parent
  double second_membership = 0.4;
  double dated = 0.3;   ///< share of edges in force part of the time
  double closing = 0.1; ///< share of groups that open or close inside the range
  double chain = 0.3;   ///< chance that a group hangs under the one before it: depth
  double roots = 0.1;
};

inline index_range some_range(random_source& random, std::int32_t periods) {
  const auto draw = [&] { return static_cast<std::int32_t>(random() % static_cast<std::uint64_t>(periods + 1)); };
  const std::int32_t a = draw(), b = draw();
  return {std::min(a, b), std::max(a, b)};
}

inline cascade random_cascade(random_source& random, const shape& s) {
  const auto chance = [&](double p) { return static_cast<double>(random() >> 11) * 0x1p-53 < p; };
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  cascade c;
  c.groups = s.groups;
  c.reporters = s.reporters;
  c.periods = s.periods;
  std::vector<std::uint32_t> label(s.groups); // so that indices say nothing about depth
  for (std::uint32_t g = 0; g < s.groups; ++g) label[g] = g;
  std::shuffle(label.begin(), label.end(), random);
  const auto dated = [&] { return chance(s.dated) ? some_range(random, s.periods) : index_range{}; };
  for (std::uint32_t g = 1; g < s.groups; ++g) {
    if (chance(s.roots)) continue;
    const std::uint32_t up = chance(s.chain) ? g - 1 : below(g);
    if (chance(s.dated / 3)) {
      // Moves from one parent to another.
      const auto when = static_cast<std::int32_t>(below(static_cast<std::uint32_t>(s.periods) + 1));
      c.parts.push_back({label[g], label[up], {0, when}});
      c.parts.push_back({label[g], label[below(g)], {when, s.periods}});
    } else {
      c.parts.push_back({label[g], label[up], dated()});
    }
    if (chance(s.second_parent)) c.parts.push_back({label[g], label[below(g)], dated()});
  }
  if (s.groups > 1 && chance(s.dated)) {
    // Two groups that change places: the union of all periods has a cycle, no period has.
    c.parts.erase(std::remove_if(
                      c.parts.begin(), c.parts.end(),
                      [&](const auto& e) { return e.child == label[s.groups - 1] || e.parent == label[s.groups - 1]; }),
                  c.parts.end());
    const std::uint32_t other = label[below(s.groups - 1)];
    const auto when = s.periods / 2;
    c.parts.push_back({label[s.groups - 1], other, {0, when}});
    bool free_later = true;
    for (auto& e : c.parts) free_later = free_later && !(e.parent == label[s.groups - 1]);
    if (free_later) c.parts.push_back({other, label[s.groups - 1], {when, s.periods}});
  }
  for (std::uint32_t r = 0; r < s.reporters; ++r) {
    if (chance(0.05)) continue; // in no group at all
    const std::uint32_t home = below(s.groups);
    if (chance(s.dated / 3)) {
      const auto when = static_cast<std::int32_t>(below(static_cast<std::uint32_t>(s.periods) + 1));
      c.members.push_back({r, home, {0, when}});
      c.members.push_back({r, below(s.groups), {when, s.periods}});
    } else {
      c.members.push_back({r, home, dated()});
    }
    while (chance(s.second_membership)) c.members.push_back({r, below(s.groups), dated()});
  }
  if (chance(0.5)) {
    c.open.assign(s.groups, {});
    for (auto& range : c.open) {
      if (chance(s.closing)) range = some_range(random, s.periods);
    }
  }
  std::shuffle(c.members.begin(), c.members.end(), random);
  std::shuffle(c.parts.begin(), c.parts.end(), random);
  return c;
}

/// R(g, t) by walking every edge, with nothing shared with the engine.
inline std::set<std::uint32_t> reporters_of(const cascade& c, std::uint32_t group, std::int32_t t) {
  const auto is_open = [&](std::uint32_t g) { return c.open.empty() || c.open[g].contains(t); };
  std::set<std::uint32_t> groups, reporters;
  std::vector<std::uint32_t> todo;
  if (is_open(group)) todo.push_back(group);
  while (!todo.empty()) {
    const std::uint32_t g = todo.back();
    todo.pop_back();
    if (!groups.insert(g).second) continue;
    for (const auto& e : c.parts) {
      if (e.parent == g && e.in_force.contains(t) && is_open(e.child)) todo.push_back(e.child);
    }
    for (const auto& m : c.members) {
      if (m.group == g && m.in_force.contains(t)) reporters.insert(m.reporter);
    }
  }
  return reporters;
}

/// The last two are held as floats, or nearly: `hardly_any_doubles` looks so for the first thousand.
enum class numbers { integers, amounts, far_apart, huge, tiny, floats_far_apart, hardly_any_doubles };
inline constexpr int kinds_of_numbers = 7;

inline double random_value(random_source& random, numbers kind) {
  const double unit = static_cast<double>(random() >> 11) * 0x1p-53;
  const double sign = (random() & 1) != 0 ? 1.0 : -1.0;
  const auto exponent = [&](int low, int high) {
    return low + static_cast<int>(random() % static_cast<std::uint64_t>(high - low));
  };
  switch (kind) {
    case numbers::integers: return static_cast<double>(static_cast<std::int64_t>(random() % 2001) - 1000);
    case numbers::amounts: return sign * std::exp(6 * unit);
    case numbers::far_apart: return sign * std::ldexp(1 + unit, exponent(-300, 300));
    case numbers::huge: return sign * std::ldexp(1 + unit, exponent(980, 1024));
    case numbers::tiny: return sign * std::ldexp(1 + unit, exponent(-1080, -1000));
    case numbers::floats_far_apart: return static_cast<float>(sign * std::ldexp(1 + unit, exponent(-140, 127)));
    case numbers::hardly_any_doubles: return random() % 400 == 0 ? unit : static_cast<double>(random() % 100);
  }
  return 0.0;
}

/// Reporter-major, with missing cells, zeros of both signs and now and then a cancelling pair.
inline std::vector<double> random_values(random_source& random, const cascade& c, numbers kind, double gaps = 0.2) {
  const auto periods = static_cast<std::size_t>(c.periods);
  std::vector<double> values(c.reporters * periods);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto draw = random() % 100;
    if (static_cast<double>(draw) < 100 * gaps) {
      values[i] = missing;
    } else if (static_cast<double>(draw) < 100 * gaps + 3) {
      values[i] = (random() & 1) != 0 ? 0.0 : -0.0;
    } else if (static_cast<double>(draw) < 100 * gaps + 13 && i >= periods && !std::isnan(values[i - periods])) {
      values[i] = -values[i - periods];
    } else {
      values[i] = random_value(random, kind);
    }
  }
  return values;
}

struct judged {
  exact_sum sum;
  std::uint32_t count = 0;
  double min = std::numeric_limits<double>::infinity(), max = -min;

  void add(double x) {
    if (std::isnan(x)) return;
    sum.add(x);
    ++count;
    min = std::min(min, x + 0.0);
    max = std::max(max, x + 0.0);
  }
};

inline judged judge(const cascade& c, const std::vector<double>& values, std::uint32_t group, std::int32_t t) {
  judged j;
  for (const std::uint32_t r : reporters_of(c, group, t)) {
    j.add(values[r * static_cast<std::size_t>(c.periods) + static_cast<std::size_t>(t)]);
  }
  return j;
}

} // namespace engine_test
