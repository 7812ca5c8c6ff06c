// SPDX-License-Identifier: Apache-2.0
// Operators as the folder writes them: by name, a percentile with its number.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <commonweal/core/field_rule.hpp>
#include <commonweal/core/values.hpp>
#include <commonweal/measure/indicator.hpp>

namespace commonweal::inline v0 {

/// An operator, and of `percentile` which one.
struct named_operator {
  aggregate_operator op{};
  double percent = 50;
};

/// "sum", "percentile(90)"; nothing for any other text, `percentile` without its number among them.
[[nodiscard]] inline std::optional<named_operator> parse_operator(std::string_view text) {
  const std::string_view word = to_string(aggregate_operator::percentile);
  if (const auto percent = number_after(word, text, 0, 100))
    return named_operator{aggregate_operator::percentile, *percent};
  const auto op = parse_enum<aggregate_operator>(text);
  if (!op || *op == aggregate_operator::percentile) return std::nullopt;
  return named_operator{*op, 50};
}

/// What parse_operator() reads.
[[nodiscard]] inline std::string operator_text(aggregate_operator op, double percent) {
  std::string out(to_string(op));
  if (op != aggregate_operator::percentile) return out;
  return out + "(" + to_text(percent) + ")";
}

} // namespace commonweal::inline v0
