// SPDX-License-Identifier: Apache-2.0
// Judgements, choices of a backbone, and the shape of the network.
#include "answers/judge.hpp"

#include <algorithm>
#include <set>

#include <commonweal/assess/budget.hpp>
#include <commonweal/core/suggest.hpp>
#include <commonweal/network/ties.hpp>

#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::answers {

table default_day_table(const initiative& source) {
  const auto taken = day_of(source, {});
  table t({{"day", column_type::date}, {"origin", column_type::utf8}});
  t.append_row({taken.day, to_string(taken.origin)});
  return t;
}

std::vector<judgement> judge(const initiative& source, const assess_request& how, date day, option_style style) {
  const assess_input in{source.network(), source.measures(), source.records(), day};
  std::vector<judgement> all;
  if (!how.rubric.empty()) {
    all = assess_rubric(in, how.rubric);
  } else {
    assess_options o;
    o.scheme = how.scheme;
    o.preconditions.policy = how.policy;
    o.preconditions.currency = o.budget.currency = how.currency;
    all = assess(in, o);
  }
  if (how.only.empty()) return all;
  std::vector<judgement> kept;
  std::string families, last;
  nearest_words near(how.only.front());
  for (auto& j : all) {
    const std::string family = j.criterion.substr(0, j.criterion.find('.'));
    if (family != last) {
      families += (families.empty() ? "" : ", ") + family;
      near.consider(family);
    }
    near.consider(j.criterion);
    last = family;
    if (std::any_of(how.only.begin(), how.only.end(),
                    [&](const auto& start) { return j.criterion.starts_with(start); }))
      kept.push_back(std::move(j));
  }
  if (kept.empty())
    refuse(with_hint(written(style, "only") + ": no criterion begins with " + text::enumeration(how.only) +
                         "; they begin with " + families,
                     near.question()));
  return kept;
}

table moved(const std::vector<judgement>& then, const std::vector<judgement>& now, date earlier, date later) {
  table t({{"criterion", column_type::utf8},
           {"question", column_type::utf8},
           {"from_date", column_type::date},
           {"from", column_type::utf8},
           {"from_score", column_type::float64},
           {"to_date", column_type::date},
           {"to", column_type::utf8},
           {"to_score", column_type::float64}});
  for (const auto& j : now) {
    const auto before =
        std::find_if(then.begin(), then.end(), [&](const judgement& b) { return b.criterion == j.criterion; });
    if (before == then.end() || (before->verdict == j.verdict && before->score == j.score)) continue;
    t.append_row({std::string_view(j.criterion), std::string_view(j.question), earlier, to_string(before->verdict),
                  before->score ? cell{*before->score} : cell{}, later, to_string(j.verdict),
                  j.score ? cell{*j.score} : cell{}});
  }
  return t;
}

table assess_table(const initiative& source, const assess_request& how, const asked& by) {
  const teller tell(by.tell);
  const date day = day_of(source, how.as_of).day;
  tell(0, "judging");
  const auto all = judge(source, how, day, by.style);
  if (!how.compare) {
    tell(1, "judged");
    return to_table(all, day);
  }
  tell(0.5, "judging the earlier day");
  auto out = moved(judge(source, how, *how.compare, by.style), all, *how.compare, day);
  tell(1, "judged");
  return out;
}

table duration_table(const initiative& source, date day) {
  const auto e = estimate_duration({source.network(), source.measures(), source.records(), day});
  table t({{"low", column_type::float64}, {"high", column_type::float64}, {"arithmetic", column_type::utf8}});
  t.append_row({e.low, e.high, std::string_view(e.arithmetic)});
  return t;
}

answer select(const initiative& source, const select_request& how, const asked& by) {
  switch (how.show) {
    case selection_view::tensions: return {tension_table(source.records())};
    case selection_view::share: {
      sharing_options o;
      o.coordination_cost = how.coordination_cost;
      answer out{share_functions(source.records(), o)};
      const auto open = uncovered_functions(source.records());
      if (!open.empty())
        out.readings.push_back(
            {0, {}, "Nobody offers " + text::enumeration(open) + ", so that no set covers all six functions."});
      return out;
    }
    case selection_view::uncovered: {
      answer out{table({{"function", column_type::utf8}})};
      for (const auto& f : uncovered_functions(source.records())) out.rows.append_row({std::string_view(f)});
      return out;
    }
    case selection_view::budget:
      return {backbone_budget({source.network(), source.measures(), source.records(), day_of(source, how.as_of).day})};
    case selection_view::rank: break;
  }
  answer out{
      rank_backbones(source.records(),
                     {.weights = {how.weight.begin(), how.weight.end()}, .seed = how.seed, .deadline = how.deadline})};
  out.readings.push_back({0,
                          {},
                          "wins: share of 10,000 random weightings won (seed " + std::to_string(how.seed) +
                              "). Good enough is no gap; a gap can be filled by another: " +
                              (by.style == option_style::command_line ? "--show share." : "see share.")});
  return out;
}

table structure(const initiative& source, const structure_request& how, const asked& by) {
  const teller tell(by.tell);
  const auto what = how.show;
  const auto& net = source.network();
  const date day = day_of(source, how.as_of).day;
  tell(0, to_string(what));
  const undirected_view view(
      net, {.edges = how.edge.value_or(edge_kind::communicates_with | edge_kind::member_of),
            .as_of = day,
            .nodes = how.node.value_or(node_kind::person | node_kind::organization | node_kinds{node_kind::group})});
  const auto done = [&](table t) {
    tell(1, to_string(what));
    return t;
  };
  switch (what) {
    case structure_part::whole: return done(whole_structure(view, how.paths));
    case structure_part::nodes: return done(node_structure(view, how.paths));
    case structure_part::bridges: return done(bridges(view));
    case structure_part::mixing: return done(sector_mixing(view));
    case structure_part::trust: return done(trust_by_pair(net, day));
    case structure_part::group_trust: return done(trust_by_group(net, day));
    case structure_part::without_backbone: {
      std::set<node_ref> backbones;
      const auto& serves = net.edges(edge_kind::serves_as_backbone);
      for (relation::row_index row = 0; row < serves.size(); ++row)
        if (serves.validity(row).contains(day)) backbones.insert(net.node(serves.from(row)));
      if (backbones.empty()) refuse("no backbone is in force on " + day.to_string());
      return done(structure_without(view, backbones));
    }
    case structure_part::changes: break;
  }
  if (!how.compare) refuse("changes needs " + written(by.style, "compare") + ", the earlier day");
  return done(changes_between(net, *how.compare, day));
}

} // namespace commonweal::inline v0::answers
