// SPDX-License-Identifier: Apache-2.0
// A judgement made of others.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <commonweal/assess/judgement.hpp>

namespace commonweal::inline v0::detail {

/// Combines parts; its evidence is their verdicts, and what is missing names the parts that are unknown.
[[nodiscard]] inline judgement whole(std::string id, std::string question, std::vector<const judgement*> parts,
                                     std::string rule, std::string source) {
  judgement j{.criterion = std::move(id),
              .question = std::move(question),
              .rule = std::move(rule),
              .change = "any of its parts changes",
              .source = std::move(source)};
  std::vector<verdict> verdicts;
  for (const auto* p : parts) {
    verdicts.push_back(p->verdict);
    const std::string line = p->criterion + " is " + std::string(to_string(p->verdict));
    if (p->verdict == verdict::unknown) j.missing += (j.missing.empty() ? "" : "; ") + p->criterion;
    else (p->verdict == verdict::met ? j.evidence_for : j.evidence_against).push_back(line);
  }
  j.verdict = combine(verdicts);
  return j;
}

} // namespace commonweal::inline v0::detail
