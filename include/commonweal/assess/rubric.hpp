// SPDX-License-Identifier: Apache-2.0
// Runs a rubric: any instrument of the catalogue, or a community's own, over the answers of a survey.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/assess/detail/combine_judgements.hpp>
#include <commonweal/assess/detail/survey.hpp>
#include <commonweal/assess/judgement.hpp>
#include <commonweal/catalogue/contrast.hpp>
#include <commonweal/catalogue/instruments.hpp>
#include <commonweal/core/suggest.hpp>

namespace commonweal::inline v0 {

struct rubric_options {
  double good = 0.6; ///< share of the scale from which a criterion is met; ours
  double some = 0.4; ///< from which it is partly met; ours
};

namespace detail {

struct rubric_item {
  std::string section, id, text, source;
  bool reversed = false; ///< agreeing speaks against it
};

inline std::vector<rubric_item> rubric_items(const record_tables& records, std::string_view name) {
  std::vector<rubric_item> out;
  if (const table* t = find_records(records, "rubrics"))
    for (std::size_t i = 0; i < t->rows(); ++i)
      if ((*t)["rubric"].text(i) == name)
        out.push_back({std::string(text_at(*t, "section", i)), std::string((*t)["id"].text(i)),
                       std::string((*t)["text"].text(i)), std::string(text_at(*t, "source", i))});
  if (!out.empty()) return out; // the folder's own comes before the catalogue's
  for (const auto& c : catalogue::rubric_criteria)
    if (c.rubric == name)
      out.push_back({std::string(c.section), std::string(c.what.id), std::string(c.what.text),
                     std::string(c.what.requirement) + "; " + std::string(c.what.source)});
  if (name == "contrast")
    for (const auto& c : catalogue::contrast)
      out.push_back({c.collective ? "collective impact" : "isolated impact", std::string(c.what.id),
                     std::string(c.what.text), "G; HKK2012", !c.collective});
  if (!out.empty()) return out;
  std::string names = "contrast";
  nearest_words near(name);
  near.consider(names);
  for (const auto& c : catalogue::rubric_criteria) {
    near.consider(c.rubric);
    if (names.find(c.rubric) == std::string::npos) names += ", " + std::string(c.rubric);
  }
  if (const table* t = find_records(records, "rubrics"))
    for (std::size_t i = 0; i < t->rows(); ++i) near.consider((*t)["rubric"].text(i));
  throw error(error_code::invalid_argument,
              with_hint("no rubric " + std::string(name) + "; there are " + names + ", and those in rubrics.csv",
                        near.question()));
}

} // namespace detail

/// Judges every criterion of a rubric by the last day on which it was answered: the mean as a share of the scale, with
/// the spread of answers shown so that disagreement is seen. Statements of isolated impact in rubric "contrast" are
/// taken the other way round (G). Rows: rubric.<name> for the whole, then rubric.<id>, section by section. Throws
/// invalid_argument for an unknown name.
[[nodiscard]] inline std::vector<judgement> assess_rubric(const assess_input& in, std::string_view name,
                                                          const rubric_options& o = {}) {
  const auto told = detail::answers_until(in.records, in.day);
  std::vector<judgement> parts;
  for (const auto& item : detail::rubric_items(in.records, name)) {
    judgement j{.criterion = "rubric." + item.id,
                .question = item.text + "?",
                .scale = "share of the scale",
                .rule = (item.section.empty() ? "" : item.section + ": ") + "mean of the last answers: met from " +
                        detail::percent(o.good) + ", partly from " + detail::percent(o.some) +
                        (item.reversed ? "; agreeing speaks for isolated impact, so the scale is turned round" : ""),
                .change = "the next answers cross the threshold",
                .source = item.source};
    const auto it = told.find(item.id);
    if (it == told.end()) {
      j.missing = "survey.csv: answers to item " + item.id;
    } else {
      const auto& [day, a] = *it->second.rbegin();
      j.score = item.reversed ? 1 - a.mean() : a.mean();
      j.verdict = *j.score >= o.good ? verdict::met : *j.score >= o.some ? verdict::partly : verdict::not_met;
      (j.verdict == verdict::not_met ? j.evidence_against : j.evidence_for)
          .push_back("survey: " + std::to_string(a.count) + " answers on " + day.to_string() + ", from " +
                     detail::percent(a.lowest) + " to " + detail::percent(a.highest) + " of the scale");
    }
    parts.push_back(std::move(j));
  }
  std::vector<const judgement*> pointers;
  for (const auto& p : parts) pointers.push_back(&p);
  std::vector<judgement> out{detail::whole("rubric." + std::string(name), "Does the rubric hold?", pointers,
                                           "met where all its criteria are met", parts.front().source)};
  out.insert(out.end(), parts.begin(), parts.end());
  return out;
}

} // namespace commonweal::inline v0
