// SPDX-License-Identifier: Apache-2.0
// Figures of every target, span and period of a request, from any source of aggregates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <commonweal/core/table.hpp>
#include <commonweal/rollup/detail/answer_size.hpp>
#include <commonweal/rollup/detail/evaluate.hpp>
#include <commonweal/rollup/detail/figure_rows.hpp>
#include <commonweal/rollup/detail/progress.hpp>
#include <commonweal/rollup/detail/request.hpp>

namespace commonweal::inline v0::detail {

[[nodiscard]] inline figure_shape shape_of(const rollup_request& request) {
  figure_shape out{{}, {}, request.options().as_of, request.options().membership};
  for (const auto& t : request.targets()) {
    out.targets.push_back({t.id, {}, t.place >= request.line().groups});
    for (const auto g : t.groups) out.targets.back().groups.push_back(group_id{g});
  }
  for (const auto& s : request.series())
    out.spans.push_back({indicator_id{s.indicator}, request.definition(s.indicator).id, s.every,
                         request.base_of(s.indicator).value_or(s.every), s.first,
                         s.last < s.first ? 0 : static_cast<std::size_t>(s.last - std::int64_t{s.first}) + 1});
  return out;
}

/// The figures of so many targets. Throws invalid_argument where they are out of proportion to the input, of which
/// `reports()` counts the cells given.
template <class Count>
[[nodiscard]] std::size_t rows_of(const rollup_request& request, const figure_shape& shape, std::size_t targets,
                                  Count reports) {
  std::size_t rows = 0;
  const figure_span* longest = nullptr;
  for (const auto& s : shape.spans) {
    rows += s.size;
    if (longest == nullptr || s.size > longest->size) longest = &s;
  }
  rows *= targets;
  if (rows <= rows_always) return rows;
  const std::size_t most = most_rows(facts_in(request.net()) + reports());
  if (rows <= most) return rows;
  const auto several = [](std::size_t n, const char* what) {
    return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
  };
  refuse_too_large("the rollup of " + several(targets, "group") + " and " + several(shape.spans.size(), "indicator") +
                       " over up to " + several(longest->size, "period") + " (" + longest->id + " from " +
                       longest->at(0).to_string() + " to " + longest->at(longest->size - 1).to_string() +
                       ") would have " + std::to_string(rows) + " rows",
                   most, "narrow it by from and to, by a longer period (every), or to some groups or indicators");
}

/// Gives `take(target, figures)` for each target the figures of all its spans. `rows`: see rows_of().
template <class Provider, class Take>
void make_figures(const rollup_request& request, const figure_shape& shape, Provider& source, progress_meter& meter,
                  std::size_t passes, std::size_t rows, Take&& take) {
  meter.begin(rows, passes);
  evaluator<Provider> figure_of(request, source);
  std::vector<figure> figures;
  for (std::size_t t = 0; t < shape.targets.size(); ++t) {
    source.enter(request.targets()[t]);
    figures.clear();
    for (const auto& s : shape.spans)
      for (std::size_t k = 0; k < s.size; ++k) {
        figures.push_back(figure_of(s.indicator.value, time_span(s.at(k))));
        meter.figure_done();
      }
    take(t, std::span<const figure>(figures));
  }
  meter.end();
}

/// The figures of a request, kept (figure_cube) or written as rows as they are made (table).
template <class Provider>
[[nodiscard]] figure_cube cube_of(const rollup_request& request, figure_shape shape, Provider& source,
                                  progress_meter& meter, std::size_t passes, std::size_t rows) {
  std::vector<figure> all;
  all.reserve(rows);
  make_figures(request, shape, source, meter, passes, rows,
               [&](std::size_t, std::span<const figure> f) { all.insert(all.end(), f.begin(), f.end()); });
  return {std::move(shape), std::move(all)};
}
template <class Provider>
[[nodiscard]] table rows_from(const rollup_request& request, const figure_shape& shape, Provider& source,
                              progress_meter& meter, std::size_t passes, std::size_t rows) {
  table out = empty_rollup_table();
  out.reserve(rows);
  make_figures(request, shape, source, meter, passes, rows,
               [&](std::size_t target, std::span<const figure> f) { append_rows(out, shape, target, f); });
  return out;
}

} // namespace commonweal::inline v0::detail
