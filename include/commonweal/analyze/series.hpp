// SPDX-License-Identifier: Apache-2.0
// One measured series: consecutive periods, NaN where nothing was reported.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Core>

#include <commonweal/core/error.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/measure/indicator.hpp>
#include <commonweal/measure/panel.hpp>

namespace commonweal::inline v0 {

/// A borrowed series: value[i] belongs to period `first.plus(i)`. NaN is missing and nothing else.
///
/// It owns nothing: the values must outlive it. Built from a span, a std::vector, an Eigen vector or a row of a panel.
/// A series without a period counts as annual. Infinities are rejected by every function that takes a series.
struct series_view {
  std::span<const double> value;
  period first;

  series_view() = default;
  series_view(std::span<const double> values, period start = {}) : value(values), first(start) {}    // NOLINT
  series_view(const std::vector<double>& values, period start = {}) : value(values), first(start) {} // NOLINT
  series_view(const Eigen::VectorXd& values, period start = {})                                      // NOLINT
      : value(values.data(), static_cast<std::size_t>(values.size())), first(start) {}
  // A temporary would be gone before it is read.
  series_view(std::vector<double>&&, period = {}) = delete;
  series_view(Eigen::VectorXd&&, period = {}) = delete;

  [[nodiscard]] std::size_t size() const { return value.size(); }
  [[nodiscard]] period at(std::size_t i) const { return first.plus(static_cast<std::int32_t>(i)); }
};

/// The values of one reporter. REQUIRES: a row of the panel. The panel must outlive the view.
[[nodiscard]] inline series_view series_of(const panel& p, Eigen::Index row) {
  const auto columns = static_cast<std::size_t>(p.periods());
  return {std::span<const double>(p.value.data() + row * p.periods(), columns), p.first};
}

/// A series with its name and the wanted direction: what a table of results has a row for.
struct measured_series {
  std::string name;
  series_view values;
  direction wanted = direction::none;
};

/// One measured series for each reporter of a panel, in its order; `names[r]` belongs to row r.
/// Throws invalid_argument when the number of names is not the number of reporters.
[[nodiscard]] inline std::vector<measured_series> measured_rows(const panel& p, std::span<const std::string> names,
                                                                direction wanted) {
  if (names.size() != p.reporters.size())
    throw error(error_code::invalid_argument, "a panel of " + std::to_string(p.reporters.size()) +
                                                  " reporters needs as many names, not " +
                                                  std::to_string(names.size()));
  std::vector<measured_series> out;
  out.reserve(names.size());
  for (std::size_t r = 0; r < names.size(); ++r)
    out.push_back({names[r], series_of(p, static_cast<Eigen::Index>(r)), wanted});
  return out;
}

/// Whether what was seen is what was wanted. `neutral`: no direction is stated; `unknown`: nothing can be said.
enum class movement : std::uint8_t { right, wrong, flat, neutral, unknown };
template <>
struct enum_names<movement> {
  static constexpr std::array<std::string_view, 5> values = {"right", "wrong", "flat", "neutral", "unknown"};
};

/// The movement of a change of that sign (-1, 0, +1) under a wanted direction. A measure to `keep` moves right when
/// flat.
[[nodiscard]] constexpr movement movement_of(int sign, direction wanted) {
  switch (wanted) {
    case direction::up: return sign > 0 ? movement::right : sign < 0 ? movement::wrong : movement::flat;
    case direction::down: return sign < 0 ? movement::right : sign > 0 ? movement::wrong : movement::flat;
    case direction::keep: return sign == 0 ? movement::right : movement::wrong;
    case direction::none: break;
  }
  return movement::neutral;
}

namespace detail {

/// Rejects infinities at the door. O(n).
inline void require_finite_or_missing(const series_view& s, std::string_view what = "the series") {
  for (std::size_t i = 0; i < s.size(); ++i)
    if (std::isinf(s.value[i]))
      throw error(error_code::invalid_data, std::string(what) + " holds an infinite value in " + s.at(i).to_string() +
                                                "; leave the cell blank where nothing was measured");
}

/// A number, or null where it is missing: a table never carries NaN for "unknown".
[[nodiscard]] inline cell number_cell(double x) { return std::isnan(x) ? cell{} : cell{x}; }
[[nodiscard]] inline cell count_cell(std::size_t n) { return static_cast<std::int64_t>(n); }

[[nodiscard]] constexpr double periods_per_year(frequency f) {
  switch (f) {
    case frequency::day: return 365.2425;
    case frequency::week: return 365.2425 / 7.0;
    case frequency::month: return 12.0;
    case frequency::quarter: return 4.0;
    case frequency::year: break;
  }
  return 1.0;
}

/// Periods after which a season comes again; 1 for years.
[[nodiscard]] constexpr std::size_t default_season(frequency f) {
  switch (f) {
    case frequency::day: return 7;
    case frequency::week: return 52;
    case frequency::month: return 12;
    case frequency::quarter: return 4;
    case frequency::year: break;
  }
  return 1;
}

inline void require_confidence(double confidence) {
  if (!(confidence > 0.0 && confidence < 1.0))
    throw error(error_code::invalid_argument, "confidence must lie between 0 and 1, for example 0.95");
}

} // namespace detail

} // namespace commonweal::inline v0
