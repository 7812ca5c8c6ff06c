// SPDX-License-Identifier: Apache-2.0
// Figures of every target, series and period as the rows of a rollup, from any source of aggregates.
#pragma once

#include <cstddef>
#include <cstdint>

#include <commonweal/core/table.hpp>
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

/// Figures of every target, series and period, in that order, from any source of aggregates.
template <class Source>
[[nodiscard]] table tabulate(const rollup_request& request, Source& source, progress_meter& meter, std::size_t passes) {
  table out = empty_rollup_table();
  std::size_t rows = 0;
  for (const auto& s : request.series()) rows += s.last < s.first ? 0 : static_cast<std::size_t>(s.last - s.first + 1);
  out.reserve(rows * request.targets().size());
  meter.begin(rows * request.targets().size(), passes);
  evaluator<Source> figure_of(request, source);
  for (const auto& target : request.targets()) {
    source.enter(target);
    for (const auto& s : request.series())
      for (std::int32_t o = s.first; o <= s.last; ++o) {
        const period p{s.every, o};
        const figure f = figure_of(s.indicator, window(p));
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
