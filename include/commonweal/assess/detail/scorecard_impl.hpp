// SPDX-License-Identifier: Apache-2.0
// Bodies of assess/scorecard.hpp.
#pragma once

#include <algorithm>
#include <map>
#include <set>

#include <commonweal/assess/detail/combine_judgements.hpp>
#include <commonweal/assess/detail/survey.hpp>
#include <commonweal/assess/scorecard.hpp>
#include <commonweal/catalogue/effectiveness.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0 {

namespace detail {

/// Trust ratings in force, as shares of their scale, on every day on which one begins, up to `day`.
inline std::map<date, answers> trust_over_time(const assess_input& in) {
  const relation& trusts = in.net.edges(edge_kind::trusts);
  std::set<date> days;
  for (relation::row_index row = 0; row < trusts.size(); ++row) {
    const date start = trusts.validity(row).start;
    if (start.is_bounded() && start <= in.day) days.insert(start);
  }
  std::map<date, answers> out;
  for (relation::row_index row = 0; row < trusts.size(); ++row) {
    const auto rating = number_at(trusts.attributes(), "rating", row);
    const auto best = number_at(trusts.attributes(), "scale_max", row);
    if (!rating || !best || *best <= 0) continue;
    const interval v = trusts.validity(row);
    for (auto d = days.lower_bound(v.start); d != days.end() && *d < v.end; ++d) out[*d].add(*rating / *best);
  }
  return out;
}

inline judgement judge_sign(const catalogue::effectiveness_indicator& sign, const std::map<date, answers>* told,
                            const scorecard_options& o, const char* where) {
  judgement j{.criterion = "backbone.sign." + std::string(sign.what.id),
              .question = std::string(sign.what.text) + "?",
              .scale = sign.trend ? "change as a share of the scale" : "share of the scale",
              .source = "C.27; STEM"};
  j.rule = sign.trend
               ? "the wording asks for a change: met when the last date is above the first, not met when below, partly "
                 "when equal"
               : "met from " + percent(o.good) + " of the scale at the last date, partly from " + percent(o.some);
  j.change =
      sign.trend ? "the next answers are higher or lower than the first" : "the next answers cross the threshold";
  if (told == nullptr || told->empty()) {
    j.missing = std::string(where) + ": answers to item " + std::string(sign.what.id);
    return j;
  }
  const auto& [first_day, first] = *told->begin();
  const auto& [last_day, last] = *told->rbegin();
  const auto say = [&](date d, const answers& a) {
    return std::string(where) + ": " + std::to_string(a.count) + " answers on " + d.to_string() + ", mean " +
           percent(a.mean()) + " of the scale";
  };
  if (!sign.trend) {
    j.score = last.mean();
    j.verdict = *j.score >= o.good ? verdict::met : *j.score >= o.some ? verdict::partly : verdict::not_met;
    (j.verdict == verdict::not_met ? j.evidence_against : j.evidence_for).push_back(say(last_day, last));
    return j;
  }
  if (told->size() < 2) {
    j.evidence_for.push_back(say(last_day, last));
    j.missing = "a second date: one alone shows no change";
    return j;
  }
  j.score = last.mean() - first.mean();
  j.verdict = *j.score > 0 ? verdict::met : *j.score < 0 ? verdict::not_met : verdict::partly;
  auto& lines = j.verdict == verdict::not_met ? j.evidence_against : j.evidence_for;
  lines.push_back(say(first_day, first));
  lines.push_back(say(last_day, last));
  return j;
}

} // namespace detail

COMMONWEAL_BODY std::vector<judgement> assess_backbone(const assess_input& in, const scorecard_options& o) {
  const auto survey = detail::answers_until(in.records, in.day);
  const auto trust = detail::trust_over_time(in);
  std::vector<judgement> signs;
  for (const auto& sign : catalogue::effectiveness) {
    const auto asked = survey.find(sign.what.id);
    if (asked != survey.end()) signs.push_back(detail::judge_sign(sign, &asked->second, o, "survey"));
    else if (sign.what.id == "2.4" && !trust.empty()) signs.push_back(detail::judge_sign(sign, &trust, o, "trusts"));
    else signs.push_back(detail::judge_sign(sign, nullptr, o, "survey"));
  }
  std::vector<judgement> out;
  for (const bool first : {true, false})
    for (std::size_t f = 0; f < catalogue::functions.size(); ++f) {
      const auto& function = catalogue::functions[f];
      const bool emphasized = catalogue::function_emphasis[f] == o.emphasis;
      if (emphasized != first) continue;
      std::vector<const judgement*> parts;
      for (std::size_t s = 0; s < signs.size(); ++s)
        if (catalogue::effectiveness[s].function == function.id) parts.push_back(&signs[s]);
      judgement j = detail::whole("backbone." + std::string(function.id),
                                  std::string(function.text) + ": does the backbone do it well?", parts,
                                  "met where all its signs are met", "C-I, C-seq; STEM");
      if (emphasized) j.rule += "; this function is what the phase calls for";
      out.push_back(std::move(j));
    }
  out.insert(out.end(), signs.begin(), signs.end());
  return out;
}

} // namespace commonweal::inline v0
