// SPDX-License-Identifier: Apache-2.0
// Bodies of assess/preconditions.hpp.
#pragma once

#include <algorithm>
#include <map>
#include <set>

#include <commonweal/assess/detail/combine_judgements.hpp>
#include <commonweal/assess/detail/evidence.hpp>
#include <commonweal/assess/money.hpp>
#include <commonweal/assess/preconditions.hpp>
#include <commonweal/catalogue/phases.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0 {

namespace detail {

inline judgement champion_present(const assess_input& in) {
  judgement j{.criterion = "precondition.champion.present",
              .question = "Does an influential champion stand for it?",
              .rule = "met with at least one champion in force",
              .change = "a champion comes, or leaves",
              .source = "A1; HKK2012"};
  const relation& r = in.net.edges(edge_kind::champions);
  for (relation::row_index row = 0; row < r.size(); ++row) {
    const interval v = r.validity(row);
    if (v.start > in.day) continue;
    if (v.contains(in.day)) j.evidence_for.push_back(edge_evidence(in.net, edge_kind::champions, row));
    else j.evidence_against.push_back(edge_evidence(in.net, edge_kind::champions, row) + " ended " + v.end.to_string());
  }
  if (!j.evidence_for.empty()) j.verdict = verdict::met;
  else if (!j.evidence_against.empty()) j.verdict = verdict::not_met;
  else j.missing = "champions.csv names nobody yet";
  return j;
}

inline judgement champion_reach(const assess_input& in, const precondition_options& o) {
  judgement j{.criterion = "precondition.champion.reach",
              .question = "Are chief executives of several sectors at the table?",
              .scale = "sectors",
              .rule = "met with chief executives of at least " + std::to_string(o.sectors) +
                      " sectors in oversight groups, partly with one",
              .change = "chief executives of another sector take seats",
              .source = "A1, F1; HKK2012"};
  std::set<std::string> sectors;
  bool any_seat = false;
  const table& seats = in.net.edges(edge_kind::member_of).attributes();
  for (const node_ref g : alive(in.net, node_kind::group, in.day)) {
    if (!is_oversight(in.net, g)) continue;
    for_each_in(in.net, edge_kind::member_of, g, in.day, [&](node_ref member, auto row) {
      const auto seat = text_at(seats, "seat", row);
      any_seat = any_seat || !seat.empty();
      if (seat != "chief_executive") return;
      bool sector_known = false;
      for_each_sector(in.net, member, in.day, [&](std::string_view s) {
        sectors.insert(std::string(s));
        sector_known = true;
      });
      j.evidence_for.push_back(edge_evidence(in.net, edge_kind::member_of, row) +
                               (sector_known ? "" : " (sector not stated)"));
    });
  }
  if (!any_seat) {
    j.missing = "seats of the members of oversight groups (member_of.csv, column seat)";
    return j;
  }
  j.score = static_cast<double>(sectors.size());
  j.verdict = sectors.size() >= o.sectors ? verdict::met : !j.evidence_for.empty() ? verdict::partly : verdict::not_met;
  if (j.evidence_for.empty())
    j.evidence_against.push_back("member_of: no seat in an oversight group is chief_executive");
  return j;
}

inline judgement champion_kept(const assess_input& in, const precondition_options& o) {
  judgement j{.criterion = "precondition.champion.kept",
              .question = "Have chief executives stayed engaged over the last year?",
              .scale = "share 0 to 1",
              .rule = "share of recorded attendances at oversight meetings of the last twelve months at which the "
                      "chief executive came: met from " +
                      percent(o.kept_share) + ", partly above zero",
              .change = "chief executives come themselves",
              .source = "A1, B4; HKK2012, KK2011"};
  const table* meetings = find_records(in.records, "meetings");
  const table* attendance = find_records(in.records, "attendance");
  if (meetings == nullptr || attendance == nullptr) {
    j.missing = "meetings.csv and attendance.csv";
    return j;
  }
  std::set<std::string_view> recent;
  for (std::size_t i = 0; i < meetings->rows(); ++i) {
    const auto g = in.net.find<node_kind::group>((*meetings)["group"].text(i));
    const auto d = date_at(*meetings, "date", i);
    if (g && d && *d <= in.day && *d > in.day.plus_days(-366) && is_oversight(in.net, *g))
      recent.insert((*meetings)["id"].text(i));
  }
  std::size_t all = 0;
  std::size_t came = 0;
  for (std::size_t i = 0; i < attendance->rows(); ++i) {
    if (!recent.contains((*attendance)["meeting"].text(i))) continue;
    ++all;
    const bool present = attendance->find("present") == nullptr || flag_at(*attendance, "present", i);
    const bool chief = text_at(*attendance, "seat", i) == "chief_executive";
    if (present && chief) ++came;
    else if (j.evidence_against.size() < 20)
      j.evidence_against.push_back("attendance: " + std::string((*attendance)["member"].text(i)) + " at " +
                                   std::string((*attendance)["meeting"].text(i)) +
                                   (present ? " sent a delegate" : " did not come"));
  }
  if (all == 0) {
    j.missing = "attendance at meetings of oversight groups in the twelve months before " + in.day.to_string();
    return j;
  }
  j.score = static_cast<double>(came) / static_cast<double>(all);
  j.evidence_for.push_back("attendance: " + std::to_string(came) + " of " + std::to_string(all) +
                           " by the chief executive");
  j.verdict = *j.score >= o.kept_share ? verdict::met : came > 0 ? verdict::partly : verdict::not_met;
  return j;
}

// Money still to come on `day`: a commitment is spent evenly over its days; one without an end cannot be.
struct money_ahead {
  double total = 0;
  std::string missing;
  std::vector<std::string> lines;
};

inline money_ahead commitments_ahead(const assess_input& in, const currency_converter& money) {
  money_ahead out;
  const relation& funds = in.net.edges(edge_kind::funds);
  for (relation::row_index row = 0; row < funds.size(); ++row) {
    const interval v = funds.validity(row);
    const auto amount = number_at(funds.attributes(), "amount", row);
    if (v.end <= in.day || v.start > in.day) continue;
    if (!amount || !v.start.is_bounded() || !v.end.is_bounded()) {
      out.missing = "amount, start and end of " + edge_evidence(in.net, edge_kind::funds, row);
      continue;
    }
    const auto currency = text_at(funds.attributes(), "currency", row);
    const auto here = money.convert(*amount, currency);
    if (!here) {
      out.missing = money.no_rate(currency);
      out.total = missing_value;
      return out;
    }
    const double left = *here * months(in.day, v.end) / months(v.start, v.end);
    out.total += left;
    out.lines.push_back(edge_evidence(in.net, edge_kind::funds, row) + ", " + short_number(left, 0) + " " +
                        money.wanted() + " left");
  }
  return out;
}

inline judgement runway(const assess_input& in, const precondition_options& o) {
  judgement j{.criterion = "precondition.resources.runway",
              .question = "For how many months is the infrastructure paid for?",
              .scale = "months",
              .rule = "commitments left on the day, each spent evenly over its days, against planned costs month by "
                      "month: met from " +
                      short_number(o.runway_months) + " months, partly from half of that",
              .change = "new commitments, or lower planned costs",
              .source = "A3; HKK2012, SUMMARY"};
  const currency_converter money(in.records, o.currency);
  const money_ahead ahead = commitments_ahead(in, money);
  j.missing = ahead.missing;
  if (std::isnan(ahead.total)) return j;
  const table* costs = find_records(in.records, "planned_costs");
  if (costs == nullptr || costs->rows() == 0) {
    j.missing = "planned_costs.csv: what infrastructure and planning will cost";
    return j;
  }
  if (ahead.lines.empty()) {
    if (in.net.edges(edge_kind::funds).size() == 0) {
      j.missing = "funds.csv: dated commitments";
    } else if (j.missing.empty()) {
      j.score = 0;
      j.verdict = verdict::not_met;
      j.evidence_against.push_back("funds: no commitment is in force on " + in.day.to_string());
    }
    return j;
  }
  j.evidence_for = ahead.lines;
  // Walk day by day would do; by breakpoints it is exact: between them the cost of a day does not change.
  std::set<date> breaks{in.day};
  struct cost {
    interval span;
    double per_day;
  };
  std::vector<cost> planned;
  for (std::size_t i = 0; i < costs->rows(); ++i) {
    const interval span = span_of(*costs, i);
    const auto currency = text_at(*costs, "currency", i);
    const auto amount = money.convert((*costs)["amount"].values<double>()[i], currency);
    if (!amount) {
      j.missing = money.no_rate(currency);
      return j;
    }
    if (span.end <= in.day || span.empty() || !span.start.is_bounded() || !span.end.is_bounded()) continue;
    planned.push_back({span, *amount / (span.end.days_since_1970() - span.start.days_since_1970())});
    for (const date d : {span.start, span.end})
      if (d > in.day) breaks.insert(d);
  }
  if (planned.empty()) {
    j.missing = "planned costs after " + in.day.to_string();
    return j;
  }
  double left = ahead.total;
  date until = in.day;
  for (auto from = breaks.begin(); std::next(from) != breaks.end() && left > 0; ++from) {
    const date to = *std::next(from);
    double per_day = 0;
    for (const auto& c : planned)
      if (c.span.contains(*from)) per_day += c.per_day;
    const double days = to.days_since_1970() - from->days_since_1970();
    const double affordable = per_day > 0 ? std::min(days, left / per_day) : days;
    until = from->plus_days(static_cast<std::int32_t>(affordable));
    left -= per_day * affordable;
    if (affordable < days) break;
  }
  j.score = months(in.day, until);
  const bool whole_plan = until == *breaks.rbegin();
  if (whole_plan) j.evidence_for.push_back("the plan is paid for to its end, " + until.to_string());
  j.verdict = *j.score >= o.runway_months       ? verdict::met
              : *j.score >= o.runway_months / 2 ? verdict::partly
                                                : verdict::not_met;
  // A plan shorter than the threshold that is wholly paid for says nothing about the time after it.
  if (whole_plan && j.verdict != verdict::met) {
    j.verdict = verdict::partly;
    j.missing = "planned costs after " + until.to_string();
  }
  return j;
}

inline judgement anchor(const assess_input& in) {
  judgement j{.criterion = "precondition.resources.anchor",
              .question = "Was an anchor funder there from the outset?",
              .rule = "met when a commitment marked as anchor began by the launch, that is by the first dated group, "
                      "plus 90 days; partly when it came later",
              .change = "an anchor funder commits",
              .source = "A3; HKK2012, STEM"};
  const relation& funds = in.net.edges(edge_kind::funds);
  const auto launch = launch_of(in.net);
  bool from_outset = false;
  for (relation::row_index row = 0; row < funds.size(); ++row) {
    if (!flag_at(funds.attributes(), "anchor", row) || funds.validity(row).start > in.day) continue;
    j.evidence_for.push_back(edge_evidence(in.net, edge_kind::funds, row));
    // An undated anchor is taken at its word: the mark itself says "engaged from the outset".
    from_outset = from_outset || !launch || !funds.validity(row).start.is_bounded() ||
                  funds.validity(row).start <= launch->plus_days(90);
  }
  if (from_outset) j.verdict = verdict::met;
  else if (!j.evidence_for.empty()) j.verdict = verdict::partly;
  else if (funds.size() > 0) {
    j.verdict = verdict::not_met;
    j.evidence_against.push_back("funds: no commitment is marked as anchor");
  } else {
    j.missing = "funds.csv";
  }
  return j;
}

inline judgement urgency(const assess_input& in) {
  judgement j{.criterion = "precondition.urgency",
              .question = "What makes people act now?",
              .rule = "met with a named trigger by the day",
              .change = "a trigger is recorded",
              .source = "A4; HKK2012, SUMMARY"};
  if (const table* t = find_records(in.records, "urgency"))
    for (std::size_t i = 0; i < t->rows(); ++i) {
      const auto d = date_at(*t, "date", i);
      if (d && *d > in.day) continue;
      j.evidence_for.push_back("urgency: " + std::string((*t)["trigger"].text(i)) +
                               (text_at(*t, "text", i).empty() ? "" : ", ") + std::string(text_at(*t, "text", i)));
    }
  if (j.evidence_for.empty()) j.missing = "urgency.csv";
  else j.verdict = verdict::met;
  return j;
}

// Oversight members with a tie to another organization that began before the launch; nothing when no tie is dated.
inline std::optional<double> share_with_history(const assess_input& in, std::vector<std::string>& ties) {
  const auto launch = launch_of(in.net);
  const relation& talk = in.net.edges(edge_kind::communicates_with);
  bool dated = false;
  std::set<node_ref> tied;
  for (relation::row_index row = 0; launch && row < talk.size(); ++row) {
    const date start = talk.validity(row).start;
    dated = dated || start.is_bounded();
    if (!start.is_bounded() || start >= *launch) continue;
    tied.insert(in.net.node(talk.from(row)));
    tied.insert(in.net.node(talk.to(row)));
    if (ties.size() < 20)
      ties.push_back(edge_evidence(in.net, edge_kind::communicates_with, row) + " since " + start.to_string());
  }
  if (!dated) return std::nullopt;
  std::set<node_ref> members;
  for (const node_ref g : alive(in.net, node_kind::group, in.day))
    if (is_oversight(in.net, g))
      for_each_in(in.net, edge_kind::member_of, g, in.day, [&](node_ref m, auto) { members.insert(m); });
  if (members.empty()) return std::nullopt;
  const auto n = std::count_if(members.begin(), members.end(), [&](node_ref m) { return tied.contains(m); });
  return static_cast<double>(n) / static_cast<double>(members.size());
}

inline judgement history(const assess_input& in, const precondition_options& o) {
  judgement j{.criterion = "precondition.history",
              .question = "Have they worked together before?",
              .scale = "share 0 to 1",
              .rule = "share of oversight members with a tie from before the launch: met from " +
                      percent(o.history_share) + ", partly above zero",
              .change = "earlier ties are recorded",
              .source = "A5; SUMMARY"};
  j.score = share_with_history(in, j.evidence_for);
  if (!j.score) j.missing = "dated ties (communicates_with.csv), members of oversight groups, and the launch";
  else j.verdict = *j.score >= o.history_share ? verdict::met : *j.score > 0 ? verdict::partly : verdict::not_met;
  return j;
}

} // namespace detail

COMMONWEAL_BODY std::vector<judgement> assess_preconditions(const assess_input& in, const precondition_options& o) {
  using namespace detail;
  const judgement present = champion_present(in);
  const judgement reach = champion_reach(in, o);
  const judgement kept = champion_kept(in, o);
  const judgement champion =
      whole("precondition.champion", "Is there an influential champion?", {&present, &reach, &kept},
            "the champion is present, reaches chief executives of several sectors, and keeps them", "A1, A2; HKK2012");
  const judgement run = runway(in, o);
  const judgement anchored = anchor(in);
  const judgement resources =
      whole("precondition.resources", "Are the financial resources adequate?", {&run, &anchored},
            "enough months are paid for, and an anchor funder was there from the outset", "A3; HKK2012");
  const judgement urgent = urgency(in);
  const judgement past = history(in, o);
  judgement all = whole("precondition.all", "Are the preconditions in place?", {&champion, &resources, &urgent}, "",
                        "A6, M5; HKK2012, STEM");
  if (o.policy == readiness_policy::gate) {
    all.rule = "policy gate: all three hold before the launch; one that is not met closes the gate";
    for (const auto* p : {&champion, &resources, &urgent})
      if (p->verdict == verdict::not_met) all.verdict = verdict::not_met;
  } else {
    all.rule = "policy cultivate: advice on what to tend to; the champion alone cannot be made up for";
    if (champion.verdict == verdict::not_met && all.verdict == verdict::met) all.verdict = verdict::partly;
  }
  return {champion, present, reach, kept, resources, run, anchored, urgent, past, all};
}

COMMONWEAL_BODY duration_estimate estimate_duration(const assess_input& in) {
  using namespace detail;
  struct driver {
    std::string name;
    double low = 0, high = 1;
    std::string how;
  };
  std::vector<driver> drivers;
  // Scope: how many strategies there are to agree on; fifteen, as many as the largest framework the source tells of
  // (J4), is slowest.
  const auto strategies = alive(in.net, node_kind::strategy, in.day).size();
  driver scope{"scope of the problem", 0, 1, "no strategy is recorded: 0 to 1"};
  if (strategies > 0) {
    scope.low = scope.high = std::min(1.0, static_cast<double>(strategies) / 15);
    scope.how = std::to_string(strategies) + " strategies / 15 = " + short_number(scope.low, 2);
  }
  drivers.push_back(scope);
  std::vector<std::string> ties;
  driver together{"existing collaboration", 0, 1, "no dated tie from before the launch is recorded: 0 to 1"};
  if (const auto share = share_with_history(in, ties)) {
    together.low = together.high = 1 - *share;
    together.how = "1 - share of oversight members with earlier ties = " + short_number(together.low, 2);
  }
  drivers.push_back(together);
  // Engagement: which of four voices sit in some group (F1, F13).
  std::set<std::string_view> voices;
  bool any_member = false;
  const relation& members = in.net.edges(edge_kind::member_of);
  for (relation::row_index row = 0; row < members.size(); ++row) {
    if (!members.validity(row).contains(in.day)) continue;
    any_member = true;
    const node_ref who = in.net.node(members.from(row));
    if (text_at(members.attributes(), "seat", row) == "affected_person") voices.insert("people affected");
    for_each_sector(in.net, who, in.day, [&](std::string_view s) {
      if (s == "business" || s == "retail") voices.insert("business");
      else if (s.find("government") != s.npos || s == "police" || s == "school" || s == "school_district" ||
               s == "elected_officials")
        voices.insert("public bodies");
      else if (s == "nonprofit" || s == "human_services" || s == "ngo" || s == "faith_based" || s == "foundation")
        voices.insert("nonprofits");
    });
  }
  driver breadth{"community engagement", 0, 1, "no member is recorded: 0 to 1"};
  if (any_member) {
    breadth.low = breadth.high = 1 - static_cast<double>(voices.size()) / 4;
    breadth.how =
        "1 - voices heard (people affected, business, public bodies, nonprofits) / 4 = " + short_number(breadth.low, 2);
  }
  drivers.push_back(breadth);

  duration_estimate e;
  double low = 0;
  double high = 0;
  for (const auto& d : drivers) {
    low += d.low / 3;
    high += d.high / 3;
    e.arithmetic += d.name + ": " + d.how + "; ";
  }
  const double span = catalogue::longest_organizing_months - catalogue::shortest_organizing_months;
  e.low = catalogue::shortest_organizing_months + span * low;
  e.high = catalogue::shortest_organizing_months + span * high;
  e.arithmetic += "6 + 18 x mean of the three = " + short_number(e.low) +
                  (high > low ? " to " + short_number(e.high) : std::string()) + " months";
  return e;
}

} // namespace commonweal::inline v0
