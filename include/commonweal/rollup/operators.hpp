// SPDX-License-Identifier: Apache-2.0
// The operators, once: what each can do, and how each makes a figure of totals. To add one, name it in
// measure/indicator.hpp and network/schema.hpp and give it a row in the table below.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include <commonweal/measure/indicator.hpp>
#include <commonweal/rollup/detail/geometric_mean.hpp>
#include <commonweal/rollup/detail/standard_deviation.hpp>
#include <commonweal/rollup/exact_sum.hpp>

namespace commonweal::inline v0::detail {

inline constexpr double not_a_value = std::numeric_limits<double>::quiet_NaN();
inline constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

/// A value with the parts it was made of, where and when: a cell of a panel, or what an operator made of several.
struct cell_value {
  double value = not_a_value;
  double numerator = not_a_value; ///< of a weighted mean: value x weight, rounded; `rest` is what rounding took off
  double rest = 0;
  double denominator = not_a_value; ///< of a weighted mean: the weight
  std::uint32_t reporter = nobody;  ///< who gave it, where it is one reporter's
  std::int32_t when = 0;            ///< base period; of several, the latest (the earliest where that is asked for)

  [[nodiscard]] bool has_value() const { return !std::isnan(value); }
  [[nodiscard]] bool has_parts() const { return !std::isnan(numerator) && !std::isnan(denominator); }
  /// Makes the parts of a weighted mean out of value and weight.
  void weigh() {
    numerator = value * denominator;
    rest = std::isfinite(numerator) ? std::fma(value, denominator, -numerator) : 0.0;
  }
};

enum class outcome : std::uint8_t { value, nothing, zero_denominator, not_aggregable, out_of_range };

/// What a cell must give before the operators can use it.
enum class cell_need : std::uint8_t { value, pair, weight };

/// What an operator is made of. All but `one` and `values` merge from totals of parts, whoever added those up.
///
/// sum: of values. parts: sums of numerators and denominators. count: how many. extremes: least and greatest value.
/// squares: sums of values and of their squares. one: a single amount, with its date and reporter. values: all of them.
enum class made_of : std::uint8_t { sum, parts, count, extremes, squares, one, values };

/// An operator at work. A weighted mean is a ratio of sums of (value x weight, weight).
struct stage {
  aggregate_operator op{};
  made_of from{};
  double factor = 1;
  double percent = 50;     ///< of percentile
  bool weighted = false;   ///< make parts of a weighted mean from the amounts of another operator
  bool sums_value = false; ///< of sum and mean
  bool sums_numerator = false;
  bool sums_denominator = false;
  bool earliest = false;      ///< date the result by its earliest amount
  std::uint32_t own = nobody; ///< the reporter whose value settles the operator `none`

  [[nodiscard]] constexpr bool divides() const { return from == made_of::parts; }
};

/// What any way of adding up hands to finish(): as much of it as the operator is made of.
struct totals {
  std::int64_t count = 0;
  double value = not_a_value; ///< exact sums, each rounded once
  double numerator = not_a_value;
  double denominator = not_a_value;
  double min = std::numeric_limits<double>::infinity(), max = -min;
  const cell_value* best = nullptr; ///< what was picked, where amounts were seen one by one
  const exact_sum* sum = nullptr;   ///< with `squares`, of values; null where `values` has them
  const exact_sum* squares = nullptr;
  std::span<const double> values;    ///< in any order
  std::int32_t when = 0;             ///< base period of the result
  bool left_out = false;             ///< some amount lacked what the operator needs
  outcome failed = outcome::nothing; ///< what kept an amount from being taken
  std::optional<outcome> settled;    ///< `best` is the result, whatever else came
};

/// What an operator can do, and how it makes its value of totals that have a count.
struct operator_rules {
  aggregate_operator op;
  made_of from;
  cell_need needs = cell_need::value;
  bool adds_up = false;          ///< of parts and then of what they made, it is one sum over all
  bool picks = false;            ///< gives one of its amounts, parts and all
  bool leaves_parts = false;     ///< a ratio or weighted mean may follow
  bool passes_one = false;       ///< makes of a single value that value
  bool bounded_by_parts = false; ///< a bound on every part bounds the whole
  bool may_refuse = false;       ///< has values of which it makes nothing
  outcome (*make)(const stage&, const totals&, cell_value& out) = nullptr;
};

namespace operators {

inline outcome sum(const stage& s, const totals& t, cell_value& out) {
  if (s.sums_value) out.value = t.value;
  return outcome::value;
}
inline outcome mean(const stage& s, const totals& t, cell_value& out) {
  const double n = static_cast<double>(t.count);
  if (s.sums_value) out.value = t.value / n;
  out.numerator /= n;
  out.denominator /= n;
  return outcome::value;
}
inline outcome ratio(const stage& s, const totals&, cell_value& out) {
  if (out.denominator == 0) return outcome::zero_denominator;
  out.value = s.factor * out.numerator / out.denominator;
  return outcome::value;
}
inline outcome min(const stage&, const totals& t, cell_value& out) {
  if (t.best != nullptr) out = *t.best;
  else out.value = t.min;
  return outcome::value;
}
inline outcome max(const stage&, const totals& t, cell_value& out) {
  if (t.best != nullptr) out = *t.best;
  else out.value = t.max;
  return outcome::value;
}
inline outcome count(const stage&, const totals& t, cell_value& out) {
  out.value = static_cast<double>(t.count);
  return outcome::value;
}
inline outcome first_or_last(const stage&, const totals& t, cell_value& out) {
  out = *t.best;
  return outcome::value;
}
inline outcome none(const stage&, const totals& t, cell_value& out) {
  if (t.count > 1) return outcome::not_aggregable;
  out = *t.best;
  return outcome::value;
}
inline outcome range(const stage&, const totals& t, cell_value& out) {
  out.value = t.max - t.min;
  return outcome::value;
}
inline outcome geometric_mean(const stage&, const totals& t, cell_value& out) {
  for (const double x : t.values)
    if (!(x > 0)) return outcome::not_aggregable;
  out.value = detail::geometric_mean(t.values);
  return outcome::value;
}
/// Of sorted values, the one at (n - 1) x percent / 100, counted from 0; between two of them on the line from one to
/// the other. Source: Hyndman and Fan (1996), type 7, the default of R and NumPy. REQUIRES: a value, 0 to 100. O(n).
inline double percentile_of(std::span<const double> values, double percent) {
  std::vector<double> x(values.begin(), values.end());
  const double at = static_cast<double>(x.size() - 1) * percent / 100;
  const auto below = x.begin() + static_cast<std::ptrdiff_t>(at);
  const double part = at - std::floor(at);
  std::nth_element(x.begin(), below, x.end());
  if (part == 0) return *below;
  const double low = *below, high = *std::min_element(below + 1, x.end());
  const double gap = high - low;
  return std::isinf(gap) ? low * (1 - part) + high * part : std::min(low + gap * part, high);
}
inline outcome median(const stage&, const totals& t, cell_value& out) {
  out.value = percentile_of(t.values, 50);
  return outcome::value;
}
inline outcome percentile(const stage& s, const totals& t, cell_value& out) {
  out.value = percentile_of(t.values, s.percent);
  return outcome::value;
}
inline double deviation(const totals& t, std::int64_t freedom) {
  const auto f = static_cast<std::size_t>(freedom);
  return t.squares == nullptr ? standard_deviation(t.values, f)
                              : standard_deviation(*t.sum, *t.squares, static_cast<std::size_t>(t.count), f);
}
inline outcome stddev_population(const stage&, const totals& t, cell_value& out) {
  out.value = deviation(t, t.count);
  return outcome::value;
}
inline outcome stddev_sample(const stage&, const totals& t, cell_value& out) {
  if (t.count == 1) return outcome::zero_denominator;
  out.value = deviation(t, t.count - 1);
  return outcome::value;
}

} // namespace operators

/// One row an operator, in the order of the enumeration.
inline constexpr std::array operator_table = {
    operator_rules{.op = aggregate_operator::sum,
                   .from = made_of::sum,
                   .adds_up = true,
                   .leaves_parts = true,
                   .passes_one = true,
                   .make = operators::sum},
    operator_rules{.op = aggregate_operator::mean,
                   .from = made_of::sum,
                   .leaves_parts = true,
                   .passes_one = true,
                   .bounded_by_parts = true,
                   .make = operators::mean},
    operator_rules{.op = aggregate_operator::weighted_mean,
                   .from = made_of::parts,
                   .needs = cell_need::weight,
                   .adds_up = true,
                   .leaves_parts = true,
                   .make = operators::ratio},
    operator_rules{.op = aggregate_operator::ratio_of_sums,
                   .from = made_of::parts,
                   .needs = cell_need::pair,
                   .adds_up = true,
                   .leaves_parts = true,
                   .make = operators::ratio},
    operator_rules{.op = aggregate_operator::min,
                   .from = made_of::extremes,
                   .picks = true,
                   .leaves_parts = true,
                   .passes_one = true,
                   .bounded_by_parts = true,
                   .make = operators::min},
    operator_rules{.op = aggregate_operator::max,
                   .from = made_of::extremes,
                   .picks = true,
                   .leaves_parts = true,
                   .passes_one = true,
                   .bounded_by_parts = true,
                   .make = operators::max},
    operator_rules{.op = aggregate_operator::count, .from = made_of::count, .make = operators::count},
    operator_rules{.op = aggregate_operator::first,
                   .from = made_of::one,
                   .picks = true,
                   .leaves_parts = true,
                   .passes_one = true,
                   .bounded_by_parts = true,
                   .make = operators::first_or_last},
    operator_rules{.op = aggregate_operator::last,
                   .from = made_of::one,
                   .picks = true,
                   .leaves_parts = true,
                   .passes_one = true,
                   .bounded_by_parts = true,
                   .make = operators::first_or_last},
    operator_rules{
        .op = aggregate_operator::stddev_population, .from = made_of::squares, .make = operators::stddev_population},
    operator_rules{.op = aggregate_operator::stddev_sample, .from = made_of::squares, .make = operators::stddev_sample},
    operator_rules{.op = aggregate_operator::none,
                   .from = made_of::one,
                   .picks = true,
                   .leaves_parts = true,
                   .passes_one = true,
                   .bounded_by_parts = true,
                   .may_refuse = true,
                   .make = operators::none},
    operator_rules{.op = aggregate_operator::range, .from = made_of::extremes, .make = operators::range},
    operator_rules{.op = aggregate_operator::geometric_mean,
                   .from = made_of::values,
                   .bounded_by_parts = true,
                   .may_refuse = true,
                   .make = operators::geometric_mean},
    operator_rules{.op = aggregate_operator::median,
                   .from = made_of::values,
                   .passes_one = true,
                   .bounded_by_parts = true,
                   .make = operators::median},
    operator_rules{.op = aggregate_operator::percentile,
                   .from = made_of::values,
                   .passes_one = true,
                   .bounded_by_parts = true,
                   .make = operators::percentile}};

static_assert(operator_table.size() == enum_names<aggregate_operator>::values.size());
static_assert([] {
  for (std::size_t k = 0; k < operator_table.size(); ++k)
    if (operator_table[k].op != static_cast<aggregate_operator>(k)) return false;
  return true;
}());

[[nodiscard]] constexpr const operator_rules& rules_of(aggregate_operator op) {
  return operator_table[static_cast<std::size_t>(op)];
}

/// An operator by itself, over values or over the parts it needs.
[[nodiscard]] constexpr stage stage_of(aggregate_operator op, double percent = 50) {
  stage s;
  s.percent = percent;
  s.from = rules_of(op).from;
  s.op = s.divides() ? aggregate_operator::ratio_of_sums : op;
  s.sums_value = s.from == made_of::sum;
  s.sums_numerator = s.sums_denominator = s.divides();
  return s;
}

/// Whether the outer operator goes on adding to the exact sums of the inner one. Else it takes the inner result,
/// rounded.
[[nodiscard]] constexpr bool continues(const stage& outer, const stage& inner) {
  if (!rules_of(inner.op).adds_up) return false;
  if (outer.sums_value && !outer.sums_denominator) return inner.sums_value;
  return outer.sums_numerator && inner.sums_numerator;
}

/// The result of an operator: the one place where a figure's value is made. `out` holds numerator and denominator also
/// where the outcome is a zero denominator. No infinity and no negative zero comes out.
[[nodiscard]] inline outcome finish(const stage& s, const totals& t, cell_value& out) {
  out = cell_value{};
  if (t.settled) {
    out = *t.best;
    return *t.settled;
  }
  if (t.failed != outcome::nothing) return t.failed;
  if (t.count == 0) return t.left_out ? outcome::zero_denominator : outcome::nothing;
  if (s.sums_numerator) out.numerator = t.numerator;
  if (s.sums_denominator) out.denominator = t.denominator;
  out.when = t.when;
  const outcome made = rules_of(s.op).make(s, t, out);
  if (made != outcome::value) return made;
  if (std::isinf(out.value) || std::isinf(out.numerator) || std::isinf(out.denominator)) return outcome::out_of_range;
  out.value += 0.0;
  return outcome::value;
}

} // namespace commonweal::inline v0::detail
