// SPDX-License-Identifier: Apache-2.0
// Gathers the content of a report: the day, the roots, then each part.
#include "report/gather.hpp"

#include <algorithm>

#include <commonweal/network/named_node.hpp>
#include <commonweal/network/traverse.hpp>

#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::report {

using namespace text;
namespace {

void count_kinds(const network& net, content& out) {
  for (const auto kind : {node_kind::organization, node_kind::person, node_kind::group, node_kind::strategy,
                          node_kind::activity, node_kind::indicator})
    if (net.size(kind) > 0) out.counts.emplace_back(kind, net.size(kind));
}

} // namespace

std::vector<bool> groups_below(const network& net, const std::vector<group_id>& top) {
  std::vector<bool> below(net.size(node_kind::group), false);
  std::vector<group_id> open;
  const auto meet = [&](group_id g) {
    if (!below[g.value]) below[g.value] = true, open.push_back(g);
  };
  for (const auto g : top) meet(g);
  const auto& parts = net.edges(edge_kind::part_of);
  while (!open.empty()) {
    const auto g = open.back();
    open.pop_back();
    for (const auto row : parts.in(net.vertex(g))) meet(net.node(parts.from(row)).as<node_kind::group>());
  }
  return below;
}

content gather(const initiative& source, const diagnostics& findings, const report_options& options) {
  const auto& net = source.network();
  content out;
  out.options = options;
  out.findings = findings;
  out.title = source.info().title.empty() ? source.info().name : source.info().title;
  out.description = source.info().description;
  out.synthetic = source.info().synthetic;
  const auto taken = day_of_question(net, source.measures(), source.records(), options.as_of);
  out.as_of = taken.day;
  out.as_of_from = taken.origin;
  count_kinds(net, out);

  gathering g{source, net, source.measures(), out.as_of, {}, out};
  if (options.group.empty()) {
    g.roots = top_groups(net, g.as_of);
  } else {
    g.roots = {node_named(net, node_kind::group, options.group).as<node_kind::group>()};
  }
  for (const auto r : g.roots) out.roots.push_back(name_of(net, r));
  gather_who(g);
  gather_groups(g);
  gather_measures(g);
  gather_problems(g);
  return out;
}

} // namespace commonweal::inline v0::report
