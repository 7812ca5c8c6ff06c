// SPDX-License-Identifier: Apache-2.0
// A verdict that explains itself: rule, source, evidence for and against, what is missing, what would change it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/core/date.hpp>
#include <commonweal/core/enum_text.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/measure/record_tables.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

/// unknown: the records do not say. It is never counted as not met.
enum class verdict : std::uint8_t { met, partly, not_met, unknown };
template <>
struct enum_names<verdict> {
  static constexpr std::array<std::string_view, 4> values = {"met", "partly", "not_met", "unknown"};
};

/// One criterion judged on one day. Evidence lines name the rows they rest on, as "file: from -> to" or "file: id".
struct judgement {
  std::string criterion = {}; ///< stable id: "precondition.champion"
  std::string question = {};  ///< what is asked, in a sentence
  commonweal::verdict verdict = commonweal::verdict::unknown;
  std::optional<double> score = {}; ///< where one makes sense
  std::string scale = {};           ///< unit or range of the score: "months", "share 0 to 1"
  std::vector<std::string> evidence_for = {};
  std::vector<std::string> evidence_against = {};
  std::string rule = {};    ///< how the verdict follows, with the threshold used
  std::string missing = {}; ///< what the records lack; blank when nothing
  std::string change = {};  ///< what would change the verdict
  std::string source = {};  ///< requirement ids, and the work
};

/// What judgements look at. Borrowed: all three must outlive the call.
struct assess_input {
  const commonweal::network& net;
  const commonweal::measures& data;
  const record_tables& records;
  date day; ///< asked as of this day; nothing later is looked at
};

/// Columns: criterion, question, verdict utf8, score float64, scale, evidence_for, evidence_against, rule, missing,
/// change, source utf8 (evidence lines joined by "; "), date date.
[[nodiscard]] inline table to_table(std::span<const judgement> judgements, date day) {
  table t({{"criterion", column_type::utf8},
           {"question", column_type::utf8},
           {"verdict", column_type::utf8},
           {"score", column_type::float64},
           {"scale", column_type::utf8},
           {"evidence_for", column_type::utf8},
           {"evidence_against", column_type::utf8},
           {"rule", column_type::utf8},
           {"missing", column_type::utf8},
           {"change", column_type::utf8},
           {"source", column_type::utf8},
           {"date", column_type::date}});
  const auto joined = [](const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& l : lines) out += (out.empty() ? "" : "; ") + l;
    return out;
  };
  for (const auto& j : judgements) {
    const std::string for_it = joined(j.evidence_for);
    const std::string against = joined(j.evidence_against);
    t.append_row({std::string_view(j.criterion), std::string_view(j.question), to_string(j.verdict),
                  j.score ? cell{*j.score} : cell{}, std::string_view(j.scale), std::string_view(for_it),
                  std::string_view(against), std::string_view(j.rule), std::string_view(j.missing),
                  std::string_view(j.change), std::string_view(j.source), day});
  }
  return t;
}

/// Share of the judgements that are unknown, 0 to 1; 0 for none at all.
[[nodiscard]] inline double share_unknown(std::span<const judgement> judgements) {
  std::size_t unknown = 0;
  for (const auto& j : judgements) unknown += j.verdict == verdict::unknown ? 1 : 0;
  return judgements.empty() ? 0 : static_cast<double>(unknown) / static_cast<double>(judgements.size());
}

/// The verdict on a whole made of parts: met or not met where all known parts are, unknown where none is known, partly
/// otherwise, also where some parts are met and the rest unknown.
[[nodiscard]] inline verdict combine(std::span<const verdict> parts) {
  std::array<std::size_t, 4> n{};
  for (const auto v : parts) ++n[static_cast<std::size_t>(v)];
  if (n[3] == parts.size()) return verdict::unknown;
  if (n[0] == parts.size()) return verdict::met;
  if (n[2] > 0 && n[2] + n[3] == parts.size()) return verdict::not_met;
  return verdict::partly;
}

} // namespace commonweal::inline v0
