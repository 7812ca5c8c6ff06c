// SPDX-License-Identifier: Apache-2.0
// Figures as the rows of a table.
#pragma once

#include <cstddef>
#include <span>

#include <commonweal/core/table.hpp>
#include <commonweal/rollup/detail/append_number.hpp>
#include <commonweal/rollup/figure_cube.hpp>

namespace commonweal::inline v0 {

namespace detail {

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

/// The figures of one target as rows.
inline void append_rows(table& to, const figure_shape& shape, std::size_t target, std::span<const figure> figures) {
  std::size_t c = 0;
  // A column at a time: `write(column, span, place, figure)`.
  const auto each = [&](auto write) {
    column& out = to[c++];
    auto f = figures.begin();
    for (const auto& s : shape.spans)
      for (std::size_t k = 0; k < s.size; ++k) write(out, s, k, *f++);
  };
  using span = figure_span;
  each([&](column& out, const span&, std::size_t, const figure&) { out.append(shape.targets[target].id); });
  each([](column& out, const span& s, std::size_t, const figure&) { out.append(s.id); });
  each([](column& out, const span& s, std::size_t k, const figure&) { out.append(s.at(k)); });
  each([](column& out, const span&, std::size_t, const figure& f) { append_number(out, f.value); });
  each([](column& out, const span&, std::size_t, const figure& f) { append_number(out, f.numerator); });
  each([](column& out, const span&, std::size_t, const figure& f) { append_number(out, f.denominator); });
  each([](column& out, const span&, std::size_t, const figure& f) { out.append(f.reported); });
  each([](column& out, const span&, std::size_t, const figure& f) { out.append(f.expected); });
  each([](column& out, const span&, std::size_t, const figure& f) { append_number(out, f.coverage()); });
  each([](column& out, const span&, std::size_t, const figure& f) { append_number(out, f.lower); });
  each([](column& out, const span&, std::size_t, const figure& f) { append_number(out, f.upper); });
  each([](column& out, const span&, std::size_t, const figure& f) { out.append(to_string(f.state)); });
  each([&](column& out, const span& s, std::size_t k, const figure&) { out.append(shape.structure_date(s, k)); });
}

} // namespace detail

} // namespace commonweal::inline v0
