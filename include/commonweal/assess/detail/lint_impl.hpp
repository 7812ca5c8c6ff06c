// SPDX-License-Identifier: Apache-2.0
// The checks behind assess/lint.hpp.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <commonweal/assess/detail/evidence.hpp>
#include <commonweal/assess/lint.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0 {

namespace detail {

class linter {
 public:
  linter(const network& net, const measures& data, date day, const record_tables& records)
      : net_(net), data_(data), day_(day), plans_(find_records(records, "action_plans")) {
    under_oversight_ = groups_under_oversight();
    const table* agreements = find_records(records, "agreements");
    for (std::size_t i = 0; agreements != nullptr && i < agreements->rows(); ++i) {
      if (const auto kind = text_at(*agreements, "kind", i); !kind.empty() && kind != "data_sharing") continue;
      agreements_known_ = true;
      if (span_of(*agreements, i).contains(day)) agreed_.insert(text_at(*agreements, "party", i));
    }
    if (!agreements_known_) return;
    for (const auto& p : data.panels) reporters_.insert(p.reporters.begin(), p.reporters.end());
  }

  table run() {
    for (const auto& rule : lint_rules) {
      if (rule.id.starts_with("strategy_")) check(rule, node_kind::strategy);
      else if (rule.id.starts_with("measure_")) check(rule, node_kind::indicator);
      else if (rule.id.starts_with("partner_")) check(rule, node_kind::organization);
      else check(rule, node_kind::group);
    }
    return std::move(found_);
  }

 private:
  void check(const lint_rule& rule, node_kind kind) {
    for (const node_ref n : alive(net_, kind, day_))
      if (violates(rule.id, n))
        found_.append_row({rule.id, to_string(rule.severity), to_string(kind), net_.id(n), net_.name(n), rule.finding,
                           rule.mend, rule.requirement, day_});
  }

  bool violates(std::string_view rule, node_ref n) const {
    if (rule == "strategy_without_goal") return !leads_to_goal(n);
    if (rule == "strategy_without_measure") return count_out(edge_kind::measured_by, n) == 0;
    if (rule == "strategy_without_peer") return !has_peer(n);
    if (rule == "strategy_without_lead") return !has_lead(n);
    if (rule == "group_without_oversight") return !under_oversight_[n.index];
    if (rule == "working_group_without_strategy") return is_working_group(n) && strategies_of(n, false).empty();
    if (rule == "working_group_without_measure") return is_working_group(n) && !moves_a_measure(n);
    if (rule == "group_plans_unlinked_measure") return plans_elsewhere(n);
    if (rule == "partner_without_agreement")
      return agreements_known_ && !agreed_.contains(net_.id(n)) &&
             (reporters_.contains(n) || count_out(edge_kind::reports, n) > 0);
    if (rule == "group_outlives_strategy") return outlives_strategies(n);
    if (rule == "sub_initiative_without_oversight") return is_kind(n, "sub_initiative") && !has_own_oversight(n);
    if (rule == "sub_initiative_without_backbone")
      return is_kind(n, "sub_initiative") && count_in(edge_kind::serves_as_backbone, n) == 0;
    if (rule == "measure_nobody_reports") return nobody_reports(n);
    if (rule == "partner_in_no_group") return works_but_sits_nowhere(n);
    if (rule == "oversight_not_cross_sector") return is_kind(n, "oversight") && sectors_at(n).size() < 2;
    return is_kind(n, "oversight") && !seats_affected_people(n);
  }

  std::size_t count_out(edge_kind k, node_ref n) const {
    std::size_t count = 0;
    for_each_out(net_, k, n, day_, [&](node_ref, auto) { ++count; });
    return count;
  }
  std::size_t count_in(edge_kind k, node_ref n) const {
    std::size_t count = 0;
    for_each_in(net_, k, n, day_, [&](node_ref, auto) { ++count; });
    return count;
  }
  bool is_kind(node_ref group, std::string_view kind) const { return attribute_text(net_, group, "kind") == kind; }
  bool is_working_group(node_ref g) const { return is_kind(g, "working_group") || is_kind(g, "subgroup"); }

  // A strategy may advance a goal through another strategy; advances is acyclic at every date.
  bool leads_to_goal(node_ref strategy) const {
    std::set<node_ref> seen{strategy};
    std::vector<node_ref> open{strategy};
    while (!open.empty()) {
      const node_ref s = open.back();
      open.pop_back();
      bool goal = false;
      for_each_out(net_, edge_kind::advances, s, day_, [&](node_ref to, auto) {
        if (to.kind == node_kind::goal) goal = true;
        else if (seen.insert(to).second) open.push_back(to);
      });
      if (goal) return true;
    }
    return false;
  }

  bool has_peer(node_ref strategy) const {
    bool peer = false;
    const auto look = [&](node_ref other, auto) { peer = peer || other.kind == node_kind::strategy; };
    for (const auto k : {edge_kind::reinforces, edge_kind::advances}) {
      for_each_out(net_, k, strategy, day_, look);
      for_each_in(net_, k, strategy, day_, look);
    }
    return peer;
  }

  bool has_lead(node_ref strategy) const {
    bool lead = false;
    const table& attributes = net_.edges(edge_kind::implements).attributes();
    for_each_in(net_, edge_kind::implements, strategy, day_,
                [&](node_ref, auto row) { lead = lead || flag_at(attributes, "lead", row); });
    return lead;
  }

  // Downward from every oversight group: one walk over part_of for all groups. What an oversight group is part of
  // (the sub-initiative it steers) is overseen by it too, and so is everything below that.
  std::vector<bool> groups_under_oversight() const {
    std::vector<bool> seen(net_.size(node_kind::group), false);
    std::vector<node_ref> open;
    const auto reach = [&](node_ref g) {
      if (!seen[g.index]) {
        seen[g.index] = true;
        open.push_back(g);
      }
    };
    for (const node_ref g : alive(net_, node_kind::group, day_))
      if (is_kind(g, "oversight")) {
        reach(g);
        for_each_out(net_, edge_kind::part_of, g, day_, [&](node_ref steered, auto) { reach(steered); });
      }
    while (!open.empty()) {
      const node_ref g = open.back();
      open.pop_back();
      for_each_in(net_, edge_kind::part_of, g, day_, [&](node_ref child, auto) { reach(child); });
    }
    return seen;
  }

  std::vector<node_ref> strategies_of(node_ref group, bool alive_only) const {
    std::vector<node_ref> out;
    for_each_out(net_, edge_kind::pursues, group, day_, [&](node_ref to, auto) {
      if (to.kind == node_kind::strategy && (!alive_only || net_.validity(to).contains(day_))) out.push_back(to);
    });
    return out;
  }
  // Whether a plan made by the day means to move a measure that neither the group nor its strategy is seen by.
  bool plans_elsewhere(node_ref group) const {
    std::set<std::string_view> moved;
    const auto take = [&](node_ref n) {
      for_each_out(net_, edge_kind::measured_by, n, day_, [&](node_ref i, auto) { moved.insert(net_.id(i)); });
    };
    bool elsewhere = false;
    for (std::size_t i = 0; plans_ != nullptr && i < plans_->rows(); ++i) {
      const auto made = date_at(*plans_, "date", i);
      if (text_at(*plans_, "group", i) != net_.id(group) || !made || day_ < *made) continue;
      if (moved.empty()) {
        take(group);
        for (const node_ref s : strategies_of(group, true)) take(s);
      }
      elsewhere = elsewhere || !moved.contains(text_at(*plans_, "indicator", i));
    }
    return elsewhere;
  }
  bool moves_a_measure(node_ref group) const {
    if (count_out(edge_kind::measured_by, group) > 0) return true;
    const auto strategies = strategies_of(group, true);
    return std::any_of(strategies.begin(), strategies.end(),
                       [&](node_ref s) { return count_out(edge_kind::measured_by, s) > 0; });
  }
  // Asked of all pursuits the data ever told of, since an edge to a strategy that ended has ended with it.
  bool outlives_strategies(node_ref group) const {
    const relation& pursues = net_.edges(edge_kind::pursues);
    bool any = false;
    for (const auto row : pursues.out(net_.vertex(group))) {
      const node_ref to = net_.node(pursues.to(row));
      if (to.kind != node_kind::strategy) continue;
      if (net_.validity(to).contains(day_) && pursues.validity(row).contains(day_)) return false;
      any = any || std::min(net_.validity(to).end, pursues.validity(row).end) <= day_;
    }
    return any;
  }
  bool has_own_oversight(node_ref sub_initiative) const {
    bool found = false;
    for_each_in(net_, edge_kind::part_of, sub_initiative, day_,
                [&](node_ref child, auto) { found = found || is_kind(child, "oversight"); });
    return found;
  }
  bool nobody_reports(node_ref indicator) const {
    const auto& definition = data_.indicators[indicator.index];
    if (!definition.formula.empty() || count_in(edge_kind::reports, indicator) > 0) return false;
    return data_.find(definition.node) == nullptr;
  }
  bool works_but_sits_nowhere(node_ref organization) const {
    if (count_out(edge_kind::member_of, organization) > 0) return false;
    std::size_t work = 0;
    for (const auto k : {edge_kind::performs, edge_kind::implements, edge_kind::reports, edge_kind::pursues})
      work += count_out(k, organization);
    return work > 0;
  }
  // A person sits for the sector of the employer.
  std::set<std::string_view> sectors_at(node_ref group) const {
    std::set<std::string_view> sectors;
    const auto add = [&](node_ref organization) {
      const auto sector = attribute_text(net_, organization, "sector");
      if (!sector.empty()) sectors.insert(sector);
    };
    for_each_in(net_, edge_kind::member_of, group, day_, [&](node_ref member, auto) {
      if (member.kind == node_kind::organization) add(member);
      else for_each_out(net_, edge_kind::employed_by, member, day_, [&](node_ref employer, auto) { add(employer); });
    });
    return sectors;
  }
  bool seats_affected_people(node_ref group) const {
    bool found = false;
    const table& attributes = net_.edges(edge_kind::member_of).attributes();
    for_each_in(net_, edge_kind::member_of, group, day_, [&](node_ref member, auto row) {
      found =
          found || text_at(attributes, "seat", row) == "affected_person" ||
          (member.kind == node_kind::person && flag_at(net_.attributes(node_kind::person), "affected", member.index));
    });
    return found;
  }

  const network& net_;
  const measures& data_;
  date day_;
  const table* plans_;
  std::vector<bool> under_oversight_;
  bool agreements_known_ = false;
  std::set<std::string_view> agreed_; // parties to an agreement on sharing data in force
  std::set<node_ref> reporters_;
  table found_{{"rule", column_type::utf8}, {"severity", column_type::utf8},    {"kind", column_type::utf8},
               {"id", column_type::utf8},   {"name", column_type::utf8},        {"finding", column_type::utf8},
               {"mend", column_type::utf8}, {"requirement", column_type::utf8}, {"date", column_type::date}};
};

} // namespace detail

COMMONWEAL_BODY table lint(const network& net, const measures& data, date day, const record_tables& records) {
  return detail::linter(net, data, day, records).run();
}

} // namespace commonweal::inline v0
