// SPDX-License-Identifier: Apache-2.0
// rollup() against the naive judge on thousands of small random initiatives, and what must never change a figure.
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/rollup/exact_sum.hpp>
#include <commonweal/rollup/figure_source.hpp>

#include "naive_rollup.hpp"
#include "random_initiative.hpp"

namespace cw = commonweal;
using namespace commonweal_test;

namespace {

double at(const cw::table& t, const char* name, std::size_t row) {
  return t[name].is_null(row) ? std::nan("") : t[name].values<double>()[row];
}
bool same_bits(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool can_follow(cw::aggregate_operator inner, cw::aggregate_operator outer) {
  using enum cw::aggregate_operator;
  const bool divides = outer == ratio_of_sums || outer == weighted_mean;
  const std::set<cw::aggregate_operator> leave_no_parts = {
      count, stddev_population, stddev_sample, range, geometric_mean, median, percentile};
  return !divides || leave_no_parts.count(inner) == 0;
}
constexpr int operators = static_cast<int>(cw::enum_names<cw::aggregate_operator>::values.size());

// Every pair of operators in both orders comes up, with the kinds that have the parts they need and those that lack
// them.
std::vector<cw::indicator_definition> random_definitions(random_source& r, int count) {
  std::vector<cw::indicator_definition> out;
  while (out.size() < static_cast<std::size_t>(count)) {
    cw::indicator_definition d;
    d.id = "i" + std::to_string(out.size());
    d.kind = static_cast<cw::indicator_kind>(r.upto(5));
    d.over_groups = static_cast<cw::aggregate_operator>(r.upto(operators - 1));
    d.over_time = static_cast<cw::aggregate_operator>(r.upto(operators - 1));
    if (r.one_in(5))
      d.over_groups = d.over_time = d.kind == cw::indicator_kind::ratio  ? cw::aggregate_operator::ratio_of_sums
                                    : d.kind == cw::indicator_kind::mean ? cw::aggregate_operator::weighted_mean
                                                                         : cw::aggregate_operator::sum;
    d.groups_percent = r.upto(1000) / 10.0;
    d.time_percent = r.one_in(4) ? 100 : r.upto(99);
    d.order = static_cast<cw::operator_order>(r.upto(1));
    d.nature = cw::nature::stock;
    d.counts_people = r.one_in(2);
    d.factor = r.one_in(2) ? 100 : 1;
    if (r.one_in(3)) d.look_back = r.upto(4);
    const bool time_first = d.order == cw::operator_order::time_then_groups;
    if (can_follow(time_first ? d.over_time : d.over_groups, time_first ? d.over_groups : d.over_time))
      out.push_back(d);
  }
  return out;
}

cw::rollup_options random_options(random_source& r, const facts& f) {
  cw::rollup_options o;
  o.membership = static_cast<cw::in_force_rule>(r.one_in(2) ? 0 : r.upto(3));
  o.missing = static_cast<cw::missing_policy>(r.one_in(2) ? 0 : r.upto(4));
  o.minimum_coverage = static_cast<double>(r.upto(8)) / 8;
  const cw::date begin = cw::period{f.base, f.first}.first_day();
  const cw::date end = cw::period{f.base, f.first + f.periods}.first_day();
  const int days = end.days_since_1970() - begin.days_since_1970();
  if (r.one_in(5)) o.as_of = begin.plus_days(r.upto(days));
  std::vector<cw::frequency> every;
  for (int k = 0; k < 5; ++k)
    if (cw::nests(f.base, static_cast<cw::frequency>(k))) every.push_back(static_cast<cw::frequency>(k));
  o.every = r.any(every);
  if (r.one_in(6)) o.within = {begin.plus_days(r.upto(days / 2)), end.plus_days(-r.upto(days / 2))};
  if (r.one_in(6))
    for (int k = 0; k < 4; ++k) o.only.push_back(cw::period{f.base, f.first + r.upto(f.periods)});
  if (r.one_in(5)) o.from = cw::period{f.base, f.first - r.upto(5)}.coarsen(*o.every);
  if (r.one_in(5)) o.to = cw::period{f.base, f.first + f.periods + r.upto(5)}.coarsen(*o.every);
  return o;
}

std::string telling(const facts& f, const cw::table& t, std::size_t row, std::uint64_t seed) {
  const auto& d = f.indicators.at(std::string(t["indicator"].text(row)));
  return "seed " + std::to_string(seed) + ", group " + std::string(t["group"].text(row)) + ", period " +
         t["period"].values<cw::period>()[row].to_string() + ", " + std::string(to_string(d.kind)) + " by " +
         std::string(to_string(d.over_groups)) + " over groups, " + std::string(to_string(d.over_time)) +
         " over time, " + std::string(to_string(d.order)) + ", state " + std::string(t["state"].text(row));
}

// What came up, so that the comparison is known to have met every case.
struct variety {
  std::set<std::string> states;
  std::set<std::string> operators;
};

// The cube has the rows of the table, cell by cell, and so has a source that is asked figure by figure.
void compare_with_the_cube(const cw::initiative& it, const cw::rollup_options& o, const cw::table& t,
                           std::uint64_t seed) {
  const cw::figure_cube cube = it.figures(o);
  cw::figure_source source(it.network(), it.measures(), o);
  ASSERT_EQ(cube.figures().size(), t.rows()) << seed;
  std::size_t row = 0;
  for (std::size_t g = 0; g < cube.targets().size(); ++g)
    for (std::size_t s = 0; s < cube.spans().size(); ++s) {
      const auto [target, span, figures] = cube.series(g, s);
      for (std::size_t k = 0; k < figures.size(); ++k, ++row) {
        const cw::figure& f = figures[k];
        const auto where = "seed " + std::to_string(seed) + ", row " + std::to_string(row);
        ASSERT_EQ(t["group"].text(row), target->id) << where;
        ASSERT_EQ(t["indicator"].text(row), it.network().id(span->indicator)) << where;
        ASSERT_EQ(t["period"].values<cw::period>()[row], span->at(k)) << where;
        ASSERT_EQ(t["structure_date"].values<cw::date>()[row], cube.shape().structure_date(*span, k)) << where;
        ASSERT_EQ(t["state"].text(row), to_string(f.state)) << where;
        ASSERT_EQ(t["reported"].values<std::int64_t>()[row], f.reported) << where;
        ASSERT_EQ(t["expected"].values<std::int64_t>()[row], f.expected) << where;
        const std::array<std::pair<const char*, double>, 6> numbers = {{{"value", f.value},
                                                                        {"numerator", f.numerator},
                                                                        {"denominator", f.denominator},
                                                                        {"coverage", f.coverage()},
                                                                        {"lower", f.lower},
                                                                        {"upper", f.upper}}};
        for (const auto& [name, x] : numbers) ASSERT_TRUE(same_bits(at(t, name, row), x)) << name << ", " << where;
        ASSERT_EQ(cube.find(target->id, span->indicator, span->at(k)), &f) << where;
        if (row % 3 != 0) continue;
        const cw::figure one = source.at(g, s, k);
        ASSERT_TRUE(same_bits(one.value, f.value) && one.state == f.state && one.reported == f.reported) << where;
      }
    }
  ASSERT_EQ(cube.to_table(), t) << seed;
}

void compare_with_the_judge(std::uint64_t seed, const random_shape& shape, variety& met) {
  random_source r(seed);
  const auto definitions = random_definitions(r, 4);
  const facts f = random_facts(seed * 7919 + 1, shape, definitions);
  auto o = random_options(r, f);
  const cw::initiative it = build(f, seed);
  std::map<std::string, std::vector<std::string>> members;
  for (const auto& [g, life] : f.groups) {
    members[g] = {g};
    o.groups.push_back(g);
  }
  cw::group_union both{"both", {}};
  for (const auto& [g, life] : f.groups)
    if (r.one_in(3)) both.of.push_back(g);
  if (both.of.size() > 1) {
    members["both"] = both.of;
    o.unions = {both};
  }
  const naive_rollup judge(f, o);
  const auto t = it.rollup(o);
  if (seed % 4 == 0) compare_with_the_cube(it, o, t, seed);
  std::set<std::string> reported; // others have no base period of their own, by which the judge could count reports
  for (const auto& [key, c] : f.cells) reported.insert(std::get<0>(key));
  for (std::size_t row = 0; row < t.rows(); ++row) {
    if (reported.count(std::string(t["indicator"].text(row))) == 0) continue;
    const auto when = t["period"].values<cw::period>()[row];
    const auto want = judge(members.at(std::string(t["group"].text(row))), std::string(t["indicator"].text(row)), when);
    const auto where = telling(f, t, row, seed);
    met.states.emplace(t["state"].text(row));
    const auto& d = f.indicators.at(std::string(t["indicator"].text(row)));
    if (!t["value"].is_null(row))
      met.operators.insert(std::string(to_string(d.over_groups)) + " " + std::string(to_string(d.over_time)) + " " +
                           std::string(to_string(d.order)));
    ASSERT_EQ(t["reported"].values<std::int64_t>()[row], want.reported) << where;
    ASSERT_EQ(t["expected"].values<std::int64_t>()[row], want.expected) << where;
    ASSERT_EQ(t["state"].text(row), to_string(want.state)) << where;
    const std::array<std::pair<const char*, double>, 6> numbers = {{{"value", want.value},
                                                                    {"numerator", want.numerator},
                                                                    {"denominator", want.denominator},
                                                                    {"coverage", want.coverage()},
                                                                    {"lower", want.lower},
                                                                    {"upper", want.upper}}};
    for (const auto& [name, x] : numbers)
      ASSERT_TRUE(same_bits(at(t, name, row), x)) << name << " " << at(t, name, row) << " for " << x << ", " << where;
  }
}

std::string not_met(const variety& met) {
  std::string out;
  for (const auto groups : cw::enum_names<cw::aggregate_operator>::values)
    for (const auto time : cw::enum_names<cw::aggregate_operator>::values)
      for (const auto order : cw::enum_names<cw::operator_order>::values) {
        const std::string pair = std::string(groups) + " " + std::string(time) + " " + std::string(order);
        if (!met.operators.contains(pair)) out += pair + "; ";
      }
  return out;
}

TEST(random_rollup, agrees_with_the_judge_to_the_last_bit) {
  variety met;
  for (std::uint64_t seed = 1; seed <= 5500; ++seed) {
    compare_with_the_judge(seed, {}, met);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(met.states.size(), 11u) << "every state but out_of_range";
  EXPECT_EQ(met.operators.size(), operators * operators * 2u - 2u * 2u * 7u)
      << "every pair of operators but those that cannot follow; not met: " << not_met(met);
}

TEST(random_rollup, agrees_with_the_judge_on_numbers_that_cancel) {
  random_shape wild;
  wild.wild = true;
  variety met;
  for (std::uint64_t seed = 100001; seed <= 100600; ++seed) {
    compare_with_the_judge(seed, wild, met);
    if (HasFatalFailure()) return;
  }
}

using cell_key = std::tuple<std::string, std::string, cw::period>;
struct numbers {
  std::array<double, 6> x;
  std::int64_t reported;
  std::int64_t expected;
  std::string state;
};
std::map<cell_key, numbers> by_key(const cw::table& t) {
  std::map<cell_key, numbers> out;
  for (std::size_t r = 0; r < t.rows(); ++r)
    out[{std::string(t["group"].text(r)), std::string(t["indicator"].text(r)), t["period"].values<cw::period>()[r]}] = {
        {at(t, "value", r), at(t, "numerator", r), at(t, "denominator", r), at(t, "coverage", r), at(t, "lower", r),
         at(t, "upper", r)},
        t["reported"].values<std::int64_t>()[r],
        t["expected"].values<std::int64_t>()[r],
        std::string(t["state"].text(r))};
  return out;
}
void expect_same(const numbers& a, const numbers& b, const cell_key& key, std::uint64_t seed) {
  const auto where = "seed " + std::to_string(seed) + ", " + std::get<0>(key) + ", " + std::get<1>(key) + ", " +
                     std::get<2>(key).to_string();
  for (std::size_t k = 0; k < a.x.size(); ++k) ASSERT_TRUE(same_bits(a.x[k], b.x[k])) << k << ", " << where;
  ASSERT_EQ(a.reported, b.reported) << where;
  ASSERT_EQ(a.expected, b.expected) << where;
  ASSERT_EQ(a.state, b.state) << where;
}

TEST(random_rollup, the_order_of_nodes_edges_and_rows_leaves_no_trace) {
  random_shape wild;
  wild.wild = true;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    random_source r(seed);
    const facts f = random_facts(seed, wild, random_definitions(r, 4));
    const auto o = random_options(r, f);
    const auto one = by_key(build(f, 0).rollup(o));
    const auto other = by_key(build(f, seed + 17).rollup(o));
    ASSERT_EQ(one.size(), other.size());
    for (const auto& [key, x] : one) {
      expect_same(x, other.at(key), key, seed);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(random_rollup, another_path_to_a_group_changes_nothing) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    random_source r(seed);
    facts f = random_facts(seed, {}, random_definitions(r, 4));
    auto o = random_options(r, f);
    o.membership = cw::in_force_rule::last_day;
    const auto before = by_key(build(f).rollup(o));
    const auto members = f.member_of;
    for (std::size_t k = 0; k < members.size(); ++k) {
      const std::string bridge = "bridge" + std::to_string(k);
      f.groups[bridge] = {};
      f.member_of.push_back({members[k].from, bridge, members[k].days});
      f.part_of.push_back({bridge, members[k].to, {}});
    }
    const auto after = by_key(build(f).rollup(o));
    for (const auto& [key, x] : before) {
      expect_same(x, after.at(key), key, seed);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(random_rollup, a_union_is_a_group_above) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    random_source r(seed);
    facts f = random_facts(seed, {}, random_definitions(r, 4));
    auto o = random_options(r, f);
    cw::group_union u{"above", {}};
    for (const auto& [g, life] : f.groups)
      if (u.of.empty() || r.one_in(2)) u.of.push_back(g);
    o.unions = {u};
    const auto as_union = by_key(build(f).rollup(o));
    for (const auto& g : u.of) f.part_of.push_back({g, "above", {}});
    f.groups["above"] = {};
    o.unions.clear();
    o.groups = {"above"};
    const auto as_group = by_key(build(f).rollup(o));
    ASSERT_EQ(as_union.size(), as_group.size());
    for (const auto& [key, x] : as_union) {
      expect_same(x, as_group.at(key), key, seed);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(random_rollup, as_of_freezes_the_structure_of_one_day) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    random_source r(seed);
    const facts f = random_facts(seed, {}, random_definitions(r, 4));
    auto o = random_options(r, f);
    const cw::date day = cw::period{f.base, f.first + r.upto(f.periods)}.first_day().plus_days(3);
    o.as_of = day;
    const auto asked = by_key(build(f).rollup(o));

    facts frozen = f;
    const auto alive = [&](const std::string& id) {
      return (id[0] == 'g' ? f.groups.at(id) : f.organizations.at(id)).contains(day);
    };
    const auto keep = [&](std::vector<fact_edge>& edges) {
      std::erase_if(edges, [&](const fact_edge& e) {
        return !e.days.contains(day) || !alive(e.from) || (e.to[0] == 'g' && !alive(e.to));
      });
      for (auto& e : edges) e.days = {};
    };
    keep(frozen.member_of);
    keep(frozen.part_of);
    std::erase_if(frozen.cells,
                  [&](const auto& c) { return std::get<1>(c.first)[0] == 'g' && !alive(std::get<1>(c.first)); });
    // A group that is closed on the day has no figures; it may not report, nor be expected to, when the day is frozen.
    for (auto& e : frozen.reports)
      e.days = e.days.contains(day) && alive(e.from) ? cw::interval{} : cw::interval{{}, cw::date{1}};
    for (auto& [id, life] : frozen.groups) life = {};
    for (auto& [id, life] : frozen.organizations) life = {};
    o.as_of.reset();
    o.membership = cw::in_force_rule::last_day;
    if (!o.from) o.from = cw::period{f.base, f.first};
    if (!o.to) o.to = cw::period{f.base, f.first + f.periods - 1};
    const auto plain = by_key(build(frozen).rollup(o));
    for (const auto& [key, x] : asked) {
      if (!alive(std::get<0>(key))) {
        ASSERT_EQ(x.state, "not_expected");
        continue;
      }
      expect_same(x, plain.at(key), key, seed);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(random_rollup, months_of_a_sum_add_up_to_quarters_and_years) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    cw::indicator_definition d;
    d.id = "i0";
    d.kind = cw::indicator_kind::count;
    d.order = static_cast<cw::operator_order>(seed % 2);
    facts f = random_facts(seed, {}, {d});
    if (f.base == cw::frequency::week) continue;
    const auto it = build(f, seed);
    cw::rollup_options o;
    const auto base = by_key(it.rollup(o));
    for (const auto coarse : {cw::frequency::quarter, cw::frequency::year}) {
      o.every = coarse;
      std::map<cell_key, std::tuple<double, std::int64_t, std::int64_t>> sums;
      for (const auto& [key, x] : base) {
        auto& [value, reported, expected] =
            sums[{std::get<0>(key), std::get<1>(key), *std::get<2>(key).coarsen(coarse)}];
        if (!std::isnan(x.x[0])) value += x.x[0];
        reported += x.reported;
        expected += x.expected;
      }
      o.within = {cw::period{f.base, f.first}.first_day(), cw::period{f.base, f.first + f.periods}.first_day()};
      for (const auto& [key, x] : by_key(it.rollup(o))) {
        const auto& [value, reported, expected] = sums.at(key);
        ASSERT_EQ(x.reported, reported) << seed;
        ASSERT_EQ(x.expected, expected) << seed;
        if (reported > 0) { ASSERT_EQ(x.x[0], value) << seed; }
      }
    }
  }
}

TEST(random_rollup, explained_shares_add_up_to_the_figure) {
  std::set<std::string> adding;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    random_shape shape;
    shape.wild = seed % 2 == 0;
    random_source r(seed);
    const facts f = random_facts(seed, shape, random_definitions(r, 4));
    const auto o = random_options(r, f);
    const auto it = build(f, seed);
    for (const auto& [key, x] : by_key(it.rollup(o))) {
      const auto& [group, indicator, when] = key;
      const auto t = it.explain(group, indicator, when, o);
      const auto& d = f.indicators.at(indicator);
      const auto where = "seed " + std::to_string(seed) + ", " + group + ", " + when.to_string() + ", " +
                         std::string(to_string(d.over_groups)) + ", " + std::string(to_string(d.over_time)) + ", " +
                         x.state;
      std::int64_t reported = 0;
      std::int64_t expected = 0;
      bool any = false;
      cw::exact_sum shares;
      cw::exact_sum numerators;
      cw::exact_sum denominators;
      for (std::size_t row = 0; row < t.rows(); ++row) {
        const auto state = t["state"].text(row);
        if (state == "reported") ++reported;
        if (state != "not_expected" && state != "adjusted") ++expected;
        if (!t["share"].is_null(row)) {
          any = true;
          shares.add(at(t, "share", row));
        }
        if ((state == "reported" || state == "carried_forward") && !std::isnan(at(t, "denominator", row)) &&
            !std::isnan(at(t, "numerator", row))) {
          numerators.add(at(t, "numerator", row));
          denominators.add(at(t, "denominator", row));
        }
        ASSERT_EQ(t["paths"].is_null(row), state == "adjusted") << where;
      }
      const bool lone = reported == 0 && x.reported == 1; // the one value, without the parts its operator needs
      ASSERT_EQ(reported + (lone ? 1 : 0), x.reported) << where;
      ASSERT_EQ(expected, x.expected) << where;
      if (any) {
        ASSERT_TRUE(same_bits(shares.value(), x.x[0])) << shares.value() << " for " << x.x[0] << ", " << where;
        adding.insert(std::string(to_string(d.over_groups)) + " " + std::string(to_string(d.over_time)));
      } else if (!std::isnan(x.x[0])) {
        ASSERT_FALSE(d.over_groups == cw::aggregate_operator::sum && d.over_time == cw::aggregate_operator::sum)
            << where;
      }
      const bool ratio = d.over_groups == cw::aggregate_operator::ratio_of_sums && d.over_time == d.over_groups;
      if (ratio && !std::isnan(x.x[1])) {
        ASSERT_TRUE(same_bits(numerators.value(), x.x[1])) << where;
        ASSERT_TRUE(same_bits(denominators.value(), x.x[2])) << where;
      }
    }
  }
  EXPECT_GT(adding.size(), 25u); // sums and picks in every combination, and counts
}

} // namespace
