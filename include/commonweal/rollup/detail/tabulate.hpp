// SPDX-License-Identifier: Apache-2.0
// Figures of every target, series and period as the rows of a rollup, from any source of aggregates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include <commonweal/core/table.hpp>
#include <commonweal/rollup/detail/answer_size.hpp>
#include <commonweal/rollup/detail/append_number.hpp>
#include <commonweal/rollup/detail/evaluate.hpp>
#include <commonweal/rollup/detail/progress.hpp>
#include <commonweal/rollup/detail/request.hpp>

namespace commonweal::inline v0::detail {

[[nodiscard]] inline table empty_rollup_table() {
  return table({{"group", column_type::utf8},
                {"indicator", column_type::utf8},
                {"period", column_type::period},
                {"value", column_type::float64},
                {"numerator", column_type::float64},
                {"denominator", column_type::float64},
                {"reported", column_type::int64},
                {"expected", column_type::int64},
                {"coverage", column_type::float64},
                {"lower", column_type::float64},
                {"upper", column_type::float64},
                {"state", column_type::utf8},
                {"structure_date", column_type::date}});
}

/// The rows of an answer. Throws invalid_argument where they are out of proportion to the input, of which `reports()`
/// counts the cells given.
template <class Count>
[[nodiscard]] std::size_t rows_of(const rollup_request& request, Count reports) {
  std::size_t rows = 0;
  const rollup_series* longest = nullptr;
  const auto periods = [](const rollup_series& s) {
    return s.last < s.first ? std::size_t{0} : static_cast<std::size_t>(s.last - std::int64_t{s.first}) + 1;
  };
  for (const auto& s : request.series()) {
    rows += periods(s);
    if (longest == nullptr || periods(s) > periods(*longest)) longest = &s;
  }
  const std::size_t targets = request.targets().size();
  rows *= targets;
  if (rows <= rows_always) return rows;
  const std::size_t most = most_rows(facts_in(request.net()) + reports());
  if (rows <= most) return rows;
  const auto several = [](std::size_t n, const char* what) {
    return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
  };
  refuse_too_large(
      "the rollup of " + several(targets, "group") + " and " + several(request.series().size(), "indicator") +
          " over up to " + several(periods(*longest), "period") + " (" + request.definition(longest->indicator).id +
          " from " + period{longest->every, longest->first}.to_string() + " to " +
          period{longest->every, longest->last}.to_string() + ") would have " + std::to_string(rows) + " rows",
      most, "narrow it by from and to, by a longer period (every), or to some groups or indicators");
}

/// Figures of every target, series and period, in that order, from any source of aggregates. `rows`: see rows_of().
template <class Provider>
[[nodiscard]] table tabulate(const rollup_request& request, Provider& source, progress_meter& meter, std::size_t passes,
                             std::size_t rows) {
  table out = empty_rollup_table();
  out.reserve(rows);
  meter.begin(rows, passes);
  evaluator<Provider> figure_of(request, source);
  for (const auto& target : request.targets()) {
    source.enter(target);
    for (const auto& s : request.series())
      for (std::int32_t o = s.first; o <= s.last; ++o) {
        const period p{s.every, o};
        const figure f = figure_of(s.indicator, time_span(p));
        std::size_t c = 0;
        out[c++].append(target.id);
        out[c++].append(request.definition(s.indicator).id);
        out[c++].append(p);
        append_number(out[c++], f.value);
        append_number(out[c++], f.numerator);
        append_number(out[c++], f.denominator);
        out[c++].append(f.reported);
        out[c++].append(f.expected);
        append_number(out[c++], f.coverage());
        append_number(out[c++], f.lower);
        append_number(out[c++], f.upper);
        out[c++].append(to_string(f.state));
        out[c++].append(request.structure_date(s, o));
        meter.figure_done();
      }
  }
  meter.end();
  return out;
}

} // namespace commonweal::inline v0::detail
