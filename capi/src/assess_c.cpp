// SPDX-License-Identifier: Apache-2.0
// Judgements, choices, and what the literature fixes.
#include <algorithm>

#include <commonweal/assess/assess.hpp>
#include <commonweal/catalogue/catalogue.hpp>

#include "tables.hpp"

namespace commonweal::inline v0::capi {

enum class choice : std::uint8_t { rank, tensions, share, uncovered, budget };

} // namespace commonweal::inline v0::capi

template <>
struct commonweal::enum_names<commonweal::capi::choice> {
  static constexpr std::array<std::string_view, 5> values = {"rank", "tensions", "share", "uncovered", "budget"};
};

namespace commonweal::inline v0::capi {
namespace {

std::vector<judgement> judge(const initiative& source, const cw_assess_options& o, date day) {
  const assess_input in{source.network(), source.measures(), source.records(), day};
  std::vector<judgement> all;
  if (const auto rubric = text(o.rubric, "rubric"); !rubric.empty()) {
    all = assess_rubric(in, rubric);
  } else {
    assess_options a;
    if (const auto scheme = text(o.scheme, "scheme"); !scheme.empty()) a.scheme = scheme;
    if (const auto policy = word<readiness_policy>(o.policy, "policy")) a.preconditions.policy = *policy;
    if (const auto currency = text(o.currency, "currency"); !currency.empty()) a.preconditions.currency = a.budget.currency = currency;
    all = assess(in, a);
  }
  const auto only = list(o.only, o.n_only, "only");
  if (only.empty()) return all;
  std::erase_if(all, [&](const judgement& j) { return std::none_of(only.begin(), only.end(), [&](const auto& start) { return j.criterion.starts_with(start); }); });
  if (all.empty()) refuse("only: no criterion begins so; without it every criterion is listed");
  return all;
}

/// What moved between two days, criterion by criterion.
table moved(const std::vector<judgement>& then, const std::vector<judgement>& now, date earlier, date later) {
  table t({{"criterion", column_type::utf8}, {"question", column_type::utf8}, {"from_date", column_type::date}, {"from", column_type::utf8}, {"from_score", column_type::float64},
           {"to_date", column_type::date}, {"to", column_type::utf8}, {"to_score", column_type::float64}});
  for (const auto& j : now) {
    const auto before = std::find_if(then.begin(), then.end(), [&](const judgement& b) { return b.criterion == j.criterion; });
    if (before == then.end() || (before->verdict == j.verdict && before->score == j.score)) continue;
    t.append_row({std::string_view(j.criterion), std::string_view(j.question), earlier, to_string(before->verdict), before->score ? cell{*before->score} : cell{}, later,
                  to_string(j.verdict), j.score ? cell{*j.score} : cell{}});
  }
  return t;
}

table assess_rows(const initiative& source, const cw_assess_options& o) {
  const date day = day_or_last(source, text(o.as_of, "as_of"), "as_of");
  const auto all = judge(source, o, day);
  if (const auto earlier = optional_date(o.compare, "compare")) return moved(judge(source, o, *earlier), all, *earlier, day);
  return to_table(all, day);
}

table select_rows(const initiative& source, choice what, const cw_select_options& o) {
  switch (what) {
    case choice::tensions: return tension_table(source.records());
    case choice::share: {
      sharing_options s;
      s.coordination_cost = number(o.coordination_cost, "coordination_cost");
      if (s.coordination_cost < 0) refuse("coordination_cost: it is negative");
      return share_functions(source.records(), s);
    }
    case choice::uncovered: {
      table t({{"function", column_type::utf8}});
      for (const auto& f : uncovered_functions(source.records())) t.append_row({std::string_view(f)});
      return t;
    }
    case choice::budget: return backbone_budget({source.network(), source.measures(), source.records(), day_or_last(source, text(o.as_of, "as_of"), "as_of")});
    case choice::rank: break;
  }
  selection_options s;
  check_list(o.weights, o.n_weights, "weights");
  for (std::size_t i = 0; i < o.n_weights; ++i) s.weights[std::string(text(o.weights[i].criterion, "weights"))] = number(o.weights[i].weight, "weights");
  s.seed = o.seed;
  s.deadline = optional_date(o.deadline, "deadline");
  return rank_backbones(source.records(), s);
}

} // namespace
} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

int32_t cw_lint(const cw_initiative* initiative, const char* as_of, size_t as_of_size, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    return lint(i.value.network(), i.value.measures(), day_or_last(i.value, text(as_of, as_of_size, "as_of"), "as_of"));
  });
}
int32_t cw_assess(const cw_initiative* initiative, const cw_assess_options* options, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err,
                [&](const initiative_object& i) { return assess_rows(i.value, capi::options(options, cw_assess_options CW_ASSESS_OPTIONS_INIT)); });
}
int32_t cw_select(const cw_initiative* initiative, const char* what, size_t what_size, const cw_select_options* options, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    const auto o = capi::options(options, cw_select_options CW_SELECT_OPTIONS_INIT);
    return select_rows(i.value, word<choice>({what, what_size}, "what").value_or(choice::rank), o);
  });
}
int32_t cw_catalogue(const char* list, size_t list_size, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto name = text(list, list_size, "list");
    to.set(capi::publish(name.empty() ? catalogue::lists() : catalogue::list(name)));
  });
}
