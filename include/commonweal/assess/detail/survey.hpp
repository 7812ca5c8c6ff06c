// SPDX-License-Identifier: Apache-2.0
// Answers of survey.csv by item and date, as shares of their scale.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <commonweal/assess/detail/evidence.hpp>

namespace commonweal::inline v0::detail {

/// Answers to one item on one day.
struct answers {
  std::size_t count = 0;
  double sum = 0;
  double lowest = 1;
  double highest = 0;

  void add(double share) {
    ++count;
    sum += share;
    lowest = std::min(lowest, share);
    highest = std::max(highest, share);
  }
  [[nodiscard]] double mean() const { return sum / static_cast<double>(count); }
};

/// An answer as a share of its scale, or nothing where it is blank, or off its scale (see assess/check.hpp).
[[nodiscard]] inline std::optional<double> answer_share(const table& survey, std::size_t row) {
  const auto rating = number_at(survey, "rating", row);
  const double low = number_at(survey, "scale_min", row).value_or(1);
  const double high = number_at(survey, "scale_max", row).value_or(5);
  if (!rating || !(high > low) || *rating < low || *rating > high) return std::nullopt;
  return (*rating - low) / (high - low);
}

/// item -> date -> answers, up to and with `day`.
using survey_answers = std::map<std::string, std::map<date, answers>, std::less<>>;

[[nodiscard]] inline survey_answers answers_until(const record_tables& records, date day) {
  survey_answers out;
  const table* survey = find_records(records, "survey");
  if (survey == nullptr) return out;
  for (std::size_t i = 0; i < survey->rows(); ++i) {
    const auto when = date_at(*survey, "date", i);
    const auto share = answer_share(*survey, i);
    if (when && *when <= day && share) out[std::string((*survey)["item"].text(i))][*when].add(*share);
  }
  return out;
}

} // namespace commonweal::inline v0::detail
