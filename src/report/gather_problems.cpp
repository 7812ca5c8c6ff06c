// SPDX-License-Identifier: Apache-2.0
// What is wrong with the data: measures of few reports, reporters fallen silent, reporters that no figure counts.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include <commonweal/measure/report_due.hpp>

#include "report/gather.hpp"

namespace commonweal::inline v0::report {
namespace {

/// Coverage of every series over all its periods.
void gather_thin_measures(gathering& g) {
  for (const auto& m : g.out.measures)
    for (const auto& line : m.lines)
      if (is_low(line.reported, line.expected, g.out.options.low_coverage))
        g.out.thin.push_back({m.indicator, line.of, line.reported, line.expected});
}

void gather_silence(gathering& g) {
  std::map<node_ref, silent_reporter> silent;
  const auto has_nothing = [](const panel& p, Eigen::Index row, Eigen::Index c) {
    return std::isnan(p.value(row, c)) && (p.numerator.size() == 0 || std::isnan(p.numerator(row, c))) &&
           !p.is_suppressed(row, c);
  };
  for (const auto& d : g.data.indicators) {
    const auto* p = g.data.find(d.node);
    if (p == nullptr) continue;
    Eigen::Index last = p->periods() - 1;
    while (last >= 0 && p->at(last).last_day() > g.as_of) --last;
    while (last >= 0 && p->value.col(last).array().isNaN().all()) --last;
    if (last < 0) continue;

    const reports_due is_due(g.net, d.node, p);
    for (const auto reporter : is_due.reporters()) {
      const auto row = p->row(reporter);
      // Back from the last period until as many reports are missed as make a silence.
      bool quiet = true;
      std::int32_t missed = 0;
      auto c = last;
      for (; c >= 0 && quiet && missed < g.out.options.silence; --c) {
        const auto when = p->at(c);
        quiet = is_due.owes(reporter, when) && is_in_a_group(g.net, reporter, when.last_day()) &&
                !(row && p->is_not_expected(*row, c)) && (!row || has_nothing(*p, *row, c));
        missed += is_due(reporter, when) ? 1 : 0;
      }
      if (!quiet || missed == 0) continue;
      auto& s = silent[reporter];
      s.indicators.push_back({d.id, d.name.empty() ? d.id : d.name});
      if (!row) continue;
      for (; c >= 0; --c)
        if (!has_nothing(*p, *row, c)) {
          if (!s.last || s.last->last_day() < p->at(c).last_day()) s.last = p->at(c);
          break;
        }
    }
  }
  for (auto& [reporter, s] : silent) {
    s.reporter = name_of(g.net, reporter);
    g.out.silent.push_back(std::move(s));
  }
}

void gather_outside(gathering& g) {
  const auto& members = g.net.edges(edge_kind::member_of);
  std::vector<node_ref> outside;
  for (const auto& p : g.data.panels)
    for (const auto r : p.reporters)
      if (r.kind != node_kind::group && members.out(g.net.vertex(r)).empty()) outside.push_back(r);
  std::sort(outside.begin(), outside.end());
  outside.erase(std::unique(outside.begin(), outside.end()), outside.end());
  for (const auto r : outside) g.out.outside.push_back(name_of(g.net, r));
}

/// Of a report on one group, only the reporters in it count as silent.
void keep_within(gathering& g) {
  if (g.out.options.group.empty()) return;
  const auto below = groups_below(g.net, g.roots);
  const auto& members = g.net.edges(edge_kind::member_of);
  std::erase_if(g.out.silent, [&](const silent_reporter& s) {
    const auto n = g.net.find(s.reporter.id).value();
    if (n.kind == node_kind::group) return !below[n.index];
    return std::ranges::none_of(members.out(g.net.vertex(n)), [&](auto row) {
      return days_in_force(g.net, members, row).contains(g.as_of) && below[g.net.node(members.to(row)).index];
    });
  });
  g.out.outside.clear();
}

} // namespace

void gather_problems(gathering& g) {
  gather_thin_measures(g);
  gather_silence(g);
  gather_outside(g);
  keep_within(g);
}

} // namespace commonweal::inline v0::report
