// SPDX-License-Identifier: Apache-2.0
// What is wrong with the data: measures of few reports, reporters fallen silent, reporters that no figure counts.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>

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

/// Membership of a reporter: a group is its own member while it lives.
class membership {
 public:
  explicit membership(const network& net) : net_(net), members_(net.edges(edge_kind::member_of)) {}
  [[nodiscard]] bool holds(node_ref reporter, period when) const {
    if (reporter.kind == node_kind::group) return in_force(net_.life(reporter), when);
    return std::ranges::any_of(members_.out(net_.vertex(reporter)),
                               [&](auto row) { return in_force(members_.validity(row), when); });
  }
  [[nodiscard]] bool ever(node_ref reporter) const {
    return reporter.kind == node_kind::group || !members_.out(net_.vertex(reporter)).empty();
  }

 private:
  const network& net_;
  const relation& members_;
};

void gather_silence(gathering& g) {
  const membership member(g.net);
  const auto& reports = g.net.edges(edge_kind::reports);
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
    const auto first = std::max<Eigen::Index>(0, last - g.out.options.silence + 1);

    // Who owes a report in each of the last periods, and when.
    std::map<node_ref, std::vector<interval>> owed;
    const auto edges = reports.in(g.net.vertex(d.node));
    for (const auto row : edges) owed[g.net.node(reports.from(row))].push_back(reports.validity(row));
    if (edges.empty())
      for (const auto r : p->reporters) owed[r].push_back(interval{});
    for (const auto& [reporter, spans] : owed) {
      const auto row = p->row(reporter);
      bool quiet = true;
      for (auto c = first; c <= last && quiet; ++c) {
        const auto when = p->at(c);
        const bool due =
            std::any_of(spans.begin(), spans.end(), [&](const interval& s) { return in_force(s, when); }) &&
            member.holds(reporter, when) && !(row && p->is_not_expected(*row, c));
        quiet = due && (!row || has_nothing(*p, *row, c));
      }
      if (!quiet) continue;
      auto& s = silent[reporter];
      s.indicators.push_back({d.id, d.name.empty() ? d.id : d.name});
      if (!row) continue;
      for (auto c = first; c-- > 0;)
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
  const membership member(g.net);
  std::vector<node_ref> outside;
  for (const auto& p : g.data.panels)
    for (const auto r : p.reporters)
      if (!member.ever(r)) outside.push_back(r);
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
      return members.validity(row).contains(g.as_of) && below[g.net.node(members.to(row)).index];
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
