// SPDX-License-Identifier: Apache-2.0
// Which columns of a table answer the question, and which say what its rows are about: one rule for every printer.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace commonweal::inline v0::report {

/// Columns that name what a row is about (a group, a period, a unit) or say what its answer rests on (who reported, by
/// which method, from which source). A printer may leave them out where they are blank, and say once what is the same
/// in every row. Sorted.
// clang-format off
inline constexpr auto context_columns = std::to_array<std::string_view>({
    "activity", "activity_name", "as_of", "basis", "breakdown", "candidate", "category", "column_id", "coverage",
    "criteria", "criterion", "currency", "date", "deadline", "denominator", "description", "dimension", "end",
    "evidence_against", "evidence_for", "expected", "findings", "first", "flat_rule", "from_date", "ghost", "group",
    "id", "indicator", "item", "last", "level", "local", "mae", "mapping", "mase", "mean_moving_range", "mean_s",
    "measure", "mend", "method", "n", "naive_mae", "name", "numerator", "paths", "period", "person", "phase",
    "population", "question", "reading", "reference", "reported", "reporter", "reporters", "requirement", "role",
    "row", "scale", "scenario", "series", "sigma", "sigma_z", "source", "split", "start", "strata", "structure_date",
    "test", "threshold", "to_date", "type", "unit", "version", "via", "wanted", "year"});
// clang-format on
static_assert(std::is_sorted(context_columns.begin(), context_columns.end()));

/// True for the columns above. Every other column is the answer itself (a value and its interval, a state, a verdict, a
/// count asked for), which is always shown: a new column is an answer until it is named above.
[[nodiscard]] constexpr bool is_context(std::string_view column) {
  return std::binary_search(context_columns.begin(), context_columns.end(), column);
}

} // namespace commonweal::inline v0::report
