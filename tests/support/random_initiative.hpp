// SPDX-License-Identifier: Apache-2.0
// Small random initiatives, synthetic, as plain facts (for a judge) and as network and measures (for the library).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <commonweal/initiative.hpp>
#include <commonweal/network/network_builder.hpp>

namespace commonweal_test {

namespace cw = commonweal;

struct fact_edge {
  std::string from;
  std::string to;
  cw::interval days;
};
struct fact_cell {
  double value = cw::missing_value;
  double numerator = cw::missing_value;
  double denominator = cw::missing_value;
  cw::cell_state state = cw::cell_state::missing;
};

/// The facts of an initiative, by id, in no order that matters.
struct facts {
  std::map<std::string, cw::interval> organizations;
  std::map<std::string, cw::interval> groups;
  std::vector<fact_edge> member_of; ///< of organizations
  std::vector<fact_edge> part_of;
  std::vector<fact_edge> reports;
  std::map<std::string, cw::indicator_definition> indicators;
  std::map<std::tuple<std::string, std::string, std::int32_t>, fact_cell> cells; ///< indicator, reporter, base period
  cw::frequency base = cw::frequency::month;
  std::int32_t first = 0; ///< ordinal of the first base period in every panel
  std::int32_t periods = 0;
};

struct random_source {
  std::mt19937_64 bits;
  explicit random_source(std::uint64_t seed) : bits(seed) {}
  int upto(int n) { return std::uniform_int_distribution<int>(0, n)(bits); } ///< 0 to n
  bool one_in(int n) { return upto(n - 1) == 0; }
  template <class V>
  const auto& any(const V& v) {
    return v[static_cast<std::size_t>(upto(static_cast<int>(v.size()) - 1))];
  }
};

struct random_shape {
  int groups = 7;
  int organizations = 9;
  int periods = 14;
  bool wild = false; ///< values over 60 orders of magnitude that cancel, instead of eighths
};

/// Facts with several parents, double and repeated memberships, intervals that open and close, groups with values of
/// their own, empty groups, rows without any value, marks for suppressed and not expected cells.
inline facts random_facts(std::uint64_t seed, const random_shape& shape,
                          const std::vector<cw::indicator_definition>& of) {
  random_source r(seed);
  facts f;
  f.base = r.any(std::vector{cw::frequency::month, cw::frequency::month, cw::frequency::quarter, cw::frequency::week});
  f.first =
      cw::period::containing(*cw::date::from_ymd(2019 + r.upto(3), static_cast<unsigned>(1 + r.upto(11)), 1), f.base)
          .ordinal();
  f.periods = 1 + r.upto(shape.periods - 1);
  const cw::date begin = cw::period{f.base, f.first}.first_day();
  const cw::date end = cw::period{f.base, f.first + f.periods}.first_day();
  const int days = end.days_since_1970() - begin.days_since_1970();
  const auto some_days = [&] {
    cw::interval i;
    if (r.one_in(3)) i.start = begin.plus_days(r.upto(days + 20) - 10);
    if (r.one_in(3)) i.end = begin.plus_days(r.upto(days + 20) - 10);
    if (r.one_in(6)) i.end = cw::period{f.base, f.first + r.upto(f.periods)}.first_day(); // on a boundary
    if (i.start.is_bounded() && i.end.is_bounded() && i.end <= i.start) i.end = i.start.plus_days(1 + r.upto(40));
    return i;
  };
  const auto life = [&] { return r.one_in(4) ? some_days() : cw::interval{}; };
  const int groups = 1 + r.upto(shape.groups - 1);
  const int organizations = r.upto(shape.organizations);
  std::vector<std::string> reporters;
  std::vector<std::string> group_ids;
  for (int g = 0; g < groups; ++g) {
    group_ids.push_back("g" + std::to_string(g));
    f.groups[group_ids.back()] = life();
    reporters.push_back(group_ids.back());
  }
  for (int o = 0; o < organizations; ++o) {
    reporters.push_back("o" + std::to_string(o));
    f.organizations[reporters.back()] = life();
  }
  const auto lives_of = [&](const std::string& id) { return id[0] == 'g' ? f.groups[id] : f.organizations[id]; };
  const auto join = [&](std::vector<fact_edge>& edges, const std::string& from, const std::string& to) {
    const auto when = some_days();
    if (!when.overlaps(lives_of(from)) || !when.overlaps(lives_of(to))) return;
    if (!when.intersect(lives_of(from)).overlaps(lives_of(to))) return;
    edges.push_back({from, to, when});
  };
  for (int g = 1; g < groups; ++g)
    for (int k = r.upto(2); k >= 0; --k) // none to three parents, the same one perhaps twice
      if (!r.one_in(5))
        join(f.part_of, group_ids[static_cast<std::size_t>(g)], group_ids[static_cast<std::size_t>(r.upto(g - 1))]);
  for (const auto& [o, unused] : f.organizations)
    for (int k = r.upto(3); k > 0; --k) join(f.member_of, o, r.any(group_ids));

  for (const auto& d : of) {
    f.indicators[d.id] = d;
    const bool with_edges = r.one_in(2);
    for (const auto& reporter : reporters) {
      if (with_edges && !r.one_in(3)) {
        const auto when = some_days();
        if (when.overlaps(lives_of(reporter))) f.reports.push_back({reporter, d.id, when});
      }
      if (r.one_in(reporter[0] == 'g' ? 2 : 5)) continue; // never heard of
      const bool silent = r.one_in(8);
      for (std::int32_t t = f.first; t < f.first + f.periods; ++t) {
        fact_cell c;
        const int what = r.upto(19);
        const auto eighths = [&](int most) { return static_cast<double>(r.upto(16 * most) - 8 * most) / 8; };
        if (what == 0) c.state = cw::cell_state::suppressed;
        else if (what == 1) c.state = cw::cell_state::not_expected;
        else if (!silent && what > 5) {
          c.state = cw::cell_state::reported;
          c.value = r.one_in(6) ? 0.0 : eighths(64);
          if (shape.wild) c.value = std::ldexp(eighths(64), r.upto(200) - 100);
          if (d.kind == cw::indicator_kind::ratio || d.kind == cw::indicator_kind::mean) {
            if (!r.one_in(7)) c.denominator = r.one_in(5) ? 0.0 : static_cast<double>(r.upto(32)) / 4;
            if (shape.wild && !std::isnan(c.denominator)) c.denominator = std::ldexp(c.denominator, r.upto(60) - 30);
          }
          if (d.kind == cw::indicator_kind::ratio && !std::isnan(c.denominator)) {
            c.numerator = eighths(16);
            c.value = c.denominator == 0 ? cw::missing_value : d.factor * c.numerator / c.denominator;
          }
        }
        f.cells[{d.id, reporter, t}] = c;
      }
    }
  }
  return f;
}

/// The facts as an initiative; nodes, edges and rows are given in an order that `order` shuffles.
inline cw::initiative build(const facts& f, std::uint64_t order = 0) {
  std::mt19937_64 bits(order);
  const auto shuffled = [&](auto items) {
    if (order != 0) std::shuffle(items.begin(), items.end(), bits);
    return items;
  };
  cw::network_builder b;
  std::map<std::string, cw::node_ref> node;
  for (const auto& [id, life] :
       shuffled(std::vector<std::pair<std::string, cw::interval>>(f.groups.begin(), f.groups.end())))
    node[id] = b.add<cw::node_kind::group>(id, {}, life);
  for (const auto& [id, life] :
       shuffled(std::vector<std::pair<std::string, cw::interval>>(f.organizations.begin(), f.organizations.end())))
    node[id] = b.add<cw::node_kind::organization>(id, {}, life);
  cw::measures m;
  for (const auto& [id, d] : shuffled(
           std::vector<std::pair<std::string, cw::indicator_definition>>(f.indicators.begin(), f.indicators.end()))) {
    node[id] = b.add<cw::node_kind::indicator>(id);
    m.indicators.push_back(d);
    m.indicators.back().node = node[id].as<cw::node_kind::indicator>();
  }
  const auto group = [&](const std::string& id) { return node.at(id).as<cw::node_kind::group>(); };
  const auto organization = [&](const std::string& id) { return node.at(id).as<cw::node_kind::organization>(); };
  const auto indicator = [&](const std::string& id) { return node.at(id).as<cw::node_kind::indicator>(); };
  for (const auto& e : shuffled(f.part_of)) b.connect<cw::edge_kind::part_of>(group(e.from), group(e.to), e.days);
  for (const auto& e : shuffled(f.member_of))
    b.connect<cw::edge_kind::member_of>(organization(e.from), group(e.to), e.days);
  for (const auto& e : shuffled(f.reports)) {
    if (e.from[0] == 'g') b.connect<cw::edge_kind::reports>(group(e.from), indicator(e.to), e.days);
    else b.connect<cw::edge_kind::reports>(organization(e.from), indicator(e.to), e.days);
  }
  for (const auto& d : m.indicators) {
    std::set<cw::node_ref> rows;
    for (const auto& [key, c] : f.cells)
      if (std::get<0>(key) == d.id) rows.insert(node.at(std::get<1>(key)));
    if (rows.empty()) continue;
    cw::panel p;
    p.indicator = d.node;
    p.first = cw::period{f.base, f.first};
    p.reporters.assign(rows.begin(), rows.end());
    const auto blank = cw::panel_matrix::Constant(static_cast<Eigen::Index>(rows.size()), f.periods, cw::missing_value);
    p.value = blank;
    if (d.kind == cw::indicator_kind::ratio) p.numerator = blank;
    if (d.kind == cw::indicator_kind::ratio || d.kind == cw::indicator_kind::mean) p.denominator = blank;
    for (const auto& [key, c] : f.cells) {
      if (std::get<0>(key) != d.id) continue;
      const auto row = *p.row(node.at(std::get<1>(key)));
      const auto column = std::get<2>(key) - f.first;
      p.value(row, column) = c.value;
      if (p.numerator.size() != 0) p.numerator(row, column) = c.numerator;
      if (p.denominator.size() != 0) p.denominator(row, column) = c.denominator;
      const auto at = static_cast<std::uint64_t>(row * p.periods() + column);
      if (c.state == cw::cell_state::suppressed) p.suppressed.push_back(at);
      if (c.state == cw::cell_state::not_expected) p.not_expected.push_back(at);
    }
    std::sort(p.suppressed.begin(), p.suppressed.end());
    std::sort(p.not_expected.begin(), p.not_expected.end());
    m.panels.push_back(std::move(p));
  }
  cw::diagnostics found;
  auto net = b.finish(found);
  if (found.has_errors()) throw cw::error(cw::error_code::invalid_data, found);
  return {{}, std::move(net), std::move(m)};
}

} // namespace commonweal_test
