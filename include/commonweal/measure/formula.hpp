// SPDX-License-Identifier: Apache-2.0
// Indicators computed from other indicators: a small formula language, its parser and its checks.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/error.hpp>
#include <commonweal/measure/indicator.hpp>

namespace commonweal::inline v0 {

/// What a node of a formula does.
enum class formula_step : std::uint8_t {
  number,
  indicator,
  negate,
  add,
  subtract,
  multiply,
  divide,
  offset,
  year_to_date,
  over_time,
  reporting_rate,
  reported,
  expected,
  absolute,
  round,
  least,
  greatest,
  first_non_null
};

/// One node. Arguments are indices into formula::nodes and come before their node.
struct formula_node {
  formula_step step = formula_step::number;
  double number = 0;
  indicator_id indicator;         ///< of indicator, over_time, reporting_rate, reported, expected
  std::int32_t periods = 0;       ///< of offset: places in time; of round: decimal places
  aggregate_operator over_time{}; ///< of over_time: the operator that replaces the indicator's own
  std::vector<std::uint32_t> arguments;
  std::size_t position = 0; ///< where in the text, from 1
};

/// A parsed formula: nodes in the order of evaluation, the last one is the result.
struct formula {
  std::string text;
  std::vector<formula_node> nodes;

  /// The indicators named, each once, in the order of appearance.
  [[nodiscard]] std::vector<indicator_id> references() const;
};

/// Finds an indicator by its id.
using indicator_lookup = std::function<std::optional<indicator_id>(std::string_view)>;

/// Parses a formula.
///
///     births / women * 1000      [adults in care] - [adults in care][t-1]      first_non_null(x, 0)
///
/// Numbers, + - * / ( ), unary minus, indicator ids as they are or in [brackets] where they hold other characters
/// than letters, digits, `_` and `.`; `x[t-1]` or `offset(x, -1)` for the period before; year_to_date(x);
/// sum_, mean_, min_, max_, first_, last_, count_, range_, geometric_mean_, median_over_time(indicator);
/// reporting_rate(indicator) in percent,
/// reported(indicator), expected(indicator); abs(x), round(x, decimals), min(a, b, ...), max(a, b, ...),
/// first_non_null(a, b, ...). A missing term makes the result missing; only first_non_null looks past one.
///
/// Throws invalid_data; its diagnostic has code formula_syntax or formula_unknown_indicator and says where.
[[nodiscard]] formula parse_formula(std::string_view text, const indicator_lookup& find);

/// The lookup by id over definitions: entry i has indicator_id i. Borrows the definitions.
[[nodiscard]] indicator_lookup lookup_in(std::span<const indicator_definition> definitions);

/// Checks every formula: syntax, names, cycles. Findings (formula_syntax, formula_unknown_indicator,
/// formula_circular with the cycle printed) name file `indicators`, field `formula`, and row i + 2 for entry i.
void check_formulas(std::span<const indicator_definition> definitions, diagnostics& found);

namespace detail {
/// A cycle that is reached from `start`, as "a -> b -> a", or a blank. `done` marks indicators already searched.
std::string formula_cycle(std::uint32_t start, std::span<const std::vector<indicator_id>> references,
                          std::span<const indicator_definition> definitions, std::vector<std::uint8_t>& done);
} // namespace detail

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/measure/detail/formula_impl.hpp>
#endif
