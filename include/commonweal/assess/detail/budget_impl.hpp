// SPDX-License-Identifier: Apache-2.0
// Bodies of assess/budget.hpp.
#pragma once

#include <cmath>
#include <map>
#include <set>

#include <commonweal/assess/budget.hpp>
#include <commonweal/assess/detail/evidence.hpp>
#include <commonweal/assess/money.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0 {

namespace detail {

struct post {
  std::string role;
  node_ref employer;
  interval span;
  double fte = 1;
  double annual_cost = 0; ///< of the post as staffed, in the wanted currency
};

/// Every post of backbone_staff.csv; throws as backbone_budget.
inline std::vector<post> posts(const assess_input& in, const currency_converter& money) {
  std::vector<post> out;
  const table* t = find_records(in.records, "backbone_staff");
  for (std::size_t i = 0; t != nullptr && i < t->rows(); ++i) {
    post p;
    p.role = std::string((*t)["role"].text(i));
    p.span = span_of(*t, i);
    p.employer = in.net.find((*t)["organization"].text(i)).value_or(node_ref{});
    p.fte = number_at(*t, "fte", i).value_or(1);
    const auto cost = number_at(*t, "annual_cost", i);
    if (!cost)
      throw error(error_code::invalid_argument,
                  diagnostic{severity::error, "cost_missing", "backbone_staff.csv", static_cast<std::int64_t>(i) + 2,
                             "annual_cost", p.role, "a budget needs the cost of every post"});
    const auto here = money.convert(*cost, text_at(*t, "currency", i));
    if (!here)
      throw error(error_code::invalid_argument, diagnostic{severity::error, "no_exchange_rate", "backbone_staff.csv",
                                                           static_cast<std::int64_t>(i) + 2, "currency", p.role,
                                                           money.no_rate(text_at(*t, "currency", i))});
    p.annual_cost = *here * p.fte;
    out.push_back(std::move(p));
  }
  return out;
}

} // namespace detail

COMMONWEAL_BODY table backbone_budget(const assess_input& in, const budget_options& o) {
  if (o.years < 1 || !(o.overhead >= 0))
    throw error(error_code::invalid_argument, "a budget needs at least one year and an overhead that is not negative");
  const currency_converter money(in.records, o.currency);
  std::map<std::string, std::pair<double, double>> roles; // fte, annual cost
  for (const auto& p : detail::posts(in, money))
    if (p.span.contains(in.day)) {
      roles[p.role].first += p.fte;
      roles[p.role].second += p.annual_cost;
    }
  table t({{"scenario", column_type::utf8},
           {"year", column_type::int64},
           {"role", column_type::utf8},
           {"fte", column_type::float64},
           {"cost", column_type::float64},
           {"currency", column_type::utf8}});
  for (const auto& s : o.scenarios)
    for (int year = 1; year <= o.years; ++year) {
      double staff = 0;
      double fte = 0;
      const auto line = [&](std::string_view role, const cell& people, double cost) {
        t.append_row({std::string_view(s.name), static_cast<std::int64_t>(year), role, people, cost,
                      std::string_view(o.currency)});
      };
      for (const auto& [role, now] : roles) {
        const double cost = now.second * s.staffing * std::pow(1 + s.rise, year - 1);
        line(role, now.first * s.staffing, cost);
        staff += cost;
        fte += now.first * s.staffing;
      }
      line("overhead", {}, staff * o.overhead);
      line("total", fte, staff * (1 + o.overhead));
    }
  return t;
}

COMMONWEAL_BODY std::vector<judgement> assess_budget(const assess_input& in, const budget_options& o) {
  judgement share{.criterion = "backbone.share_of_budgets",
                  .question = "What does the backbone cost against what it coordinates?",
                  .scale = "share 0 to 1",
                  .rule = "yearly cost of the posts in force with overhead, over the yearly budgets of the member "
                          "organizations: typically below 1 %; met below 1 %, partly below 5 %",
                  .change = "costs or coordinated budgets change",
                  .source = "H10; HKK2012"};
  judgement leverage{.criterion = "backbone.leverage",
                     .question = "How much new money came for each unit the backbone cost?",
                     .scale = "ratio",
                     .rule = "commitments begun by the day, but for those to the backbones themselves, over the cost "
                             "of the posts since they began; met above 1, partly above zero",
                     .change = "new commitments",
                     .source = "C.27 6.3, H10; HKK2012"};
  const currency_converter money(in.records, o.currency);
  double yearly = 0;
  double spent = 0;
  std::set<node_ref> backbones;
  for (const auto& p : detail::posts(in, money)) {
    backbones.insert(p.employer);
    if (p.span.contains(in.day)) yearly += p.annual_cost * (1 + o.overhead);
    if (p.span.start.is_bounded() && p.span.start < in.day)
      spent += p.annual_cost * (1 + o.overhead) * detail::months(p.span.start, std::min(in.day, p.span.end)) / 12;
  }
  double coordinated = 0;
  std::size_t told = 0;
  const table* budgets = find_records(in.records, "budgets");
  for (std::size_t i = 0; budgets != nullptr && i < budgets->rows(); ++i) {
    const period p = (*budgets)["period"].values<period>()[i];
    const auto who = in.net.find<node_kind::organization>((*budgets)["organization"].text(i));
    if (!who || backbones.contains(*who) || !days_of(p).contains(in.day)) continue;
    bool member = false;
    detail::for_each_out(in.net, edge_kind::member_of, *who, in.day, [&](node_ref, auto) { member = true; });
    if (!member) continue;
    const auto currency = text_at(*budgets, "currency", i);
    const auto amount = money.convert((*budgets)["amount"].values<double>()[i], currency);
    if (!amount) {
      share.missing = money.no_rate(currency);
      continue;
    }
    coordinated += *amount * 365.2425 / p.days();
    ++told;
  }
  if (yearly == 0) share.missing = "posts with their cost in force (backbone_staff.csv)";
  else if (coordinated == 0 && share.missing.empty())
    share.missing = "budgets of member organizations for " + in.day.to_string() + " (budgets.csv)";
  if (share.missing.empty()) {
    share.score = yearly / coordinated;
    share.evidence_for = {"backbone_staff: " + detail::short_number(yearly, 0) + " " + o.currency + " a year",
                          "budgets: " + detail::short_number(coordinated, 0) + " " + o.currency + " a year of " +
                              std::to_string(told) + " organizations"};
    share.verdict = *share.score < 0.01 ? verdict::met : *share.score < 0.05 ? verdict::partly : verdict::not_met;
  }
  double raised = 0;
  const relation& funds = in.net.edges(edge_kind::funds);
  for (relation::row_index row = 0; row < funds.size(); ++row) {
    const auto amount = number_at(funds.attributes(), "amount", row);
    if (!amount || funds.validity(row).start > in.day || backbones.contains(in.net.node(funds.to(row)))) continue;
    const auto currency = text_at(funds.attributes(), "currency", row);
    const auto here = money.convert(*amount, currency);
    if (!here) {
      leverage.missing = money.no_rate(currency);
      continue;
    }
    raised += *here;
    if (leverage.evidence_for.size() < 20)
      leverage.evidence_for.push_back(detail::edge_evidence(in.net, edge_kind::funds, row));
  }
  if (spent == 0) leverage.missing = "dated posts with their cost (backbone_staff.csv)";
  else if (funds.size() == 0) leverage.missing = "funds.csv";
  if (leverage.missing.empty()) {
    leverage.score = raised / spent;
    leverage.verdict = *leverage.score > 1 ? verdict::met : *leverage.score > 0 ? verdict::partly : verdict::not_met;
  }
  return {share, leverage};
}

} // namespace commonweal::inline v0
