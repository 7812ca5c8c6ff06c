// SPDX-License-Identifier: Apache-2.0
// Who an initiative is: champions, funders, backbones, links, goals, and its groups as a tree.
#include <algorithm>
#include <set>
#include <string>
#include <unordered_set>

#include "report/gather.hpp"

namespace commonweal::inline v0::report {
namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(';'), text.size());
    auto item = text.substr(0, end);
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
    if (!item.empty()) out.emplace_back(item);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string role_of(const network& net, node_ref n) {
  if (n.kind == node_kind::person) return std::string(text_at(net.attributes(n.kind), "title", n.index));
  if (n.kind == node_kind::organization) return std::string(text_at(net.attributes(n.kind), "sector", n.index));
  return {};
}

/// The part an edge states, unless it starts after the day of the report.
std::optional<part> part_of_edge(const gathering& g, const relation& edges, relation::row_index row) {
  const auto span = edges.validity(row);
  if (span.start > g.as_of) return std::nullopt;
  const auto who = g.net.node(edges.from(row));
  return part{name_of(g.net, who), role_of(g.net, who), name_of(g.net, g.net.node(edges.to(row))), span,
              span.end <= g.as_of};
}

/// Only what concerns the group reported on, where one was asked for: its own edges and those of the groups below.
class scope {
 public:
  explicit scope(const gathering& g)
      : net_(g.net), all_(g.out.options.group.empty()),
        below_(all_ ? std::vector<bool>{} : groups_below(g.net, g.roots)) {}
  [[nodiscard]] bool holds(vertex_index v) const {
    if (all_) return true;
    const auto n = net_.node(v);
    return n.kind == node_kind::group && below_[n.index];
  }

 private:
  const network& net_;
  bool all_;
  std::vector<bool> below_;
};

void gather_funders(gathering& g, const scope& within) {
  const auto& edges = g.net.edges(edge_kind::funds);
  const auto* amounts = edges.attributes().find("amount");
  for (relation::row_index row = 0; row < edges.size(); ++row) {
    if (!within.holds(edges.to(row))) continue;
    const auto p = part_of_edge(g, edges, row);
    if (!p) continue;
    funding f{*p, std::nullopt, std::string(text_at(edges.attributes(), "currency", row)),
              flag_at(edges.attributes(), "anchor", row)};
    if (amounts != nullptr && amounts->type() == column_type::float64 && !amounts->is_null(row)) {
      f.amount = amounts->values<double>()[row];
      auto& totals = g.out.funding_totals;
      const auto same =
          std::find_if(totals.begin(), totals.end(), [&](const auto& t) { return t.currency == f.currency; });
      if (same == totals.end()) totals.push_back({f.currency, *f.amount});
      else same->amount += *f.amount;
    }
    g.out.funders.push_back(std::move(f));
  }
  std::stable_sort(g.out.funders.begin(), g.out.funders.end(), [](const funding& a, const funding& b) {
    return std::pair(a.former, !a.anchor) < std::pair(b.former, !b.anchor);
  });
}

void gather_goals(gathering& g) {
  const auto& advances = g.net.edges(edge_kind::advances);
  const auto& measured = g.net.edges(edge_kind::measured_by);
  for (std::uint32_t i = 0; i < g.net.size(node_kind::goal); ++i) {
    const goal_id goal{i};
    goal_line line{.goal = name_of(g.net, goal),
                   .primary = flag_at(g.net.attributes(node_kind::goal), "primary", i, true),
                   .validity = g.net.validity(goal),
                   .strategies = {},
                   .measures = {}};
    line.begun = line.validity.start <= g.as_of;
    line.over = line.validity.end <= g.as_of;
    for (const auto row : advances.in(g.net.vertex(goal)))
      if (const auto from = g.net.node(advances.from(row)); from.kind == node_kind::strategy &&
                                                            advances.validity(row).contains(g.as_of) &&
                                                            g.net.validity(from).contains(g.as_of))
        line.strategies.push_back(name_of(g.net, from));
    for (const auto row : measured.out(g.net.vertex(goal)))
      if (measured.validity(row).contains(g.as_of))
        line.measures.push_back(name_of(g.net, g.net.node(measured.to(row))));
    g.out.goals.push_back(std::move(line));
  }
  // Those that are pursued on the day first, then those to come, then those that are over.
  std::stable_sort(g.out.goals.begin(), g.out.goals.end(), [](const goal_line& a, const goal_line& b) {
    return std::pair(a.over, !a.begun) < std::pair(b.over, !b.begun);
  });
}

/// Walks the cascade as of the day, each group once, from the top and depth first. No recursion: a chain of groups may
/// be long.
class tree_walk {
 public:
  explicit tree_walk(gathering& g)
      : g_(g), parts_(g.net.edges(edge_kind::part_of)), members_(g.net.edges(edge_kind::member_of)) {}

  void from_roots() {
    for (auto root = g_.roots.rbegin(); root != g_.roots.rend(); ++root) open_.push_back({*root, 0, {}});
    while (!open_.empty()) {
      const auto next = open_.back();
      open_.pop_back();
      if (!seen_.insert(next.group.value).second) continue;
      g_.out.groups.push_back(line_of(next));
      const auto rows = parts_.in(g_.net.vertex(next.group));
      for (auto row = rows.rbegin(); row != rows.rend(); ++row)
        if (parts_.validity(*row).contains(g_.as_of))
          open_.push_back({g_.net.node(parts_.from(*row)).as<node_kind::group>(), next.depth + 1, next.group});
    }
    count_below();
    g_.out.members_below_roots = met_.size();
  }
  [[nodiscard]] bool shown(group_id g) const { return seen_.contains(g.value); }

 private:
  struct step {
    group_id group;
    int depth;
    group_id under;
  };

  group_line line_of(const step& s) {
    group_line line;
    line.group = name_of(g_.net, s.group);
    line.kind = text_at(g_.net.attributes(node_kind::group), "kind", s.group.value);
    line.depth = s.depth;
    line.validity = g_.net.validity(s.group);
    std::set<vertex_index> members; // two seats of one member are one member
    for (const auto row : members_.in(g_.net.vertex(s.group)))
      if (members_.validity(row).contains(g_.as_of)) members.insert(members_.from(row));
    for (const auto v : members) {
      (g_.net.node(v).kind == node_kind::person ? line.people : line.organizations) += 1;
      met_.insert(v);
    }
    for (const auto row : parts_.out(g_.net.vertex(s.group)))
      if (const auto parent = g_.net.node(parts_.to(row)).as<node_kind::group>();
          parts_.validity(row).contains(g_.as_of) && parent != s.under && s.depth > 0)
        line.also_part_of.push_back(name_of(g_.net, parent));
    return line;
  }

  /// A line ends the run of every line before it that is not above it.
  void count_below() {
    auto& lines = g_.out.groups;
    std::vector<std::size_t> above;
    const auto close = [&](int depth, std::size_t end) {
      for (; !above.empty() && lines[above.back()].depth >= depth; above.pop_back())
        lines[above.back()].groups_below = end - above.back() - 1;
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
      close(lines[i].depth, i);
      above.push_back(i);
    }
    close(0, lines.size());
  }

  gathering& g_;
  const relation& parts_;
  const relation& members_;
  std::vector<step> open_;
  std::unordered_set<std::uint32_t> seen_;
  std::unordered_set<vertex_index> met_;
};

} // namespace

void gather_who(gathering& g) {
  const scope within(g);
  const auto& champions = g.net.edges(edge_kind::champions);
  for (relation::row_index row = 0; row < champions.size(); ++row)
    if (within.holds(champions.to(row)))
      if (auto p = part_of_edge(g, champions, row)) g.out.champions.push_back(std::move(*p));
  gather_funders(g, within);
  const auto& backbones = g.net.edges(edge_kind::serves_as_backbone);
  for (relation::row_index row = 0; row < backbones.size(); ++row)
    if (within.holds(backbones.to(row)))
      if (auto p = part_of_edge(g, backbones, row))
        g.out.backbones.push_back({*p, split(text_at(backbones.attributes(), "functions", row)),
                                   split(text_at(backbones.attributes(), "staff_roles", row))});
  const auto& links = g.net.edges(edge_kind::linked_with);
  for (relation::row_index row = 0; row < links.size(); ++row)
    if (within.holds(links.from(row)) || within.holds(links.to(row)))
      if (auto p = part_of_edge(g, links, row); p && !p->former) g.out.links.push_back(std::move(*p));
  gather_goals(g);
}

void gather_groups(gathering& g) {
  tree_walk walk(g);
  walk.from_roots();
  if (!g.out.options.group.empty()) return;
  for (std::uint32_t i = 0; i < g.net.size(node_kind::group); ++i) {
    const group_id group{i};
    const auto life = g.net.validity(group);
    if (walk.shown(group)) continue;
    part p{name_of(g.net, group),
           std::string(text_at(g.net.attributes(node_kind::group), "kind", i)),
           {},
           life,
           life.end <= g.as_of};
    (life.start > g.as_of ? g.out.later_groups : g.out.closed_groups).push_back(std::move(p));
  }
}

} // namespace commonweal::inline v0::report
