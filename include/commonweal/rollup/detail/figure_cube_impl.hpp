// SPDX-License-Identifier: Apache-2.0
// Bodies of rollup/figure_cube.hpp.
#pragma once

#include <algorithm>

#include <commonweal/core/linkage.hpp>
#include <commonweal/rollup/detail/figure_rows.hpp>
#include <commonweal/rollup/detail/time_span.hpp>
#include <commonweal/rollup/figure_cube.hpp>

namespace commonweal::inline v0 {

COMMONWEAL_BODY date figure_shape::structure_date(const figure_span& span, std::size_t k) const {
  if (as_of) return *as_of;
  const period p = span.at(k);
  if (membership != in_force_rule::first_day) return p.last_day();
  return period{span.base, detail::base_periods(detail::time_span(p), span.base).end - 1}.first_day();
}
COMMONWEAL_BODY std::optional<std::size_t> figure_shape::target_of(std::string_view id) const {
  const auto at = std::find_if(targets.begin(), targets.end(), [&](const auto& t) { return t.id == id; });
  return at == targets.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - targets.begin()));
}
COMMONWEAL_BODY std::optional<std::size_t> figure_shape::span_of(indicator_id indicator) const {
  const auto at = std::find_if(spans.begin(), spans.end(), [&](const auto& s) { return s.indicator == indicator; });
  return at == spans.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - spans.begin()));
}

COMMONWEAL_BODY figure_cube::figure_cube(figure_shape shape, std::vector<figure> figures)
    : shape_(std::move(shape)), offsets_{0}, figures_(std::move(figures)) {
  for (const auto& s : shape_.spans) offsets_.push_back(offsets_.back() + s.size);
}
COMMONWEAL_BODY const figure* figure_cube::find(std::string_view target, indicator_id indicator, period when) const {
  const auto t = shape_.target_of(target);
  const auto s = shape_.span_of(indicator);
  const auto k = t && s ? shape_.spans[*s].place_of(when) : std::nullopt;
  return k ? &series(*t, *s).figures[*k] : nullptr;
}
COMMONWEAL_BODY table figure_cube::to_table() const {
  table out = detail::empty_rollup_table();
  out.reserve(figures_.size());
  for (std::size_t t = 0; t < shape_.targets.size(); ++t)
    detail::append_rows(out, shape_, t, std::span(figures_).subspan(t * offsets_.back(), offsets_.back()));
  return out;
}

} // namespace commonweal::inline v0
