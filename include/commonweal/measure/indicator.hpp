// SPDX-License-Identifier: Apache-2.0
// What a shared measure is: kind, direction, and the two operators that aggregate it.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <commonweal/core/enum_text.hpp>
#include <commonweal/network/schema.hpp>

namespace commonweal::inline v0 {

enum class indicator_kind : std::uint8_t { count, amount, ratio, mean, index, score };
template <>
struct enum_names<indicator_kind> : enum_words<schema::indicator_kinds> {};
static_assert(ends_with_word(indicator_kind::score, "score"));

/// The wanted direction: up is good, down is good, staying is good, or none is stated.
enum class direction : std::uint8_t { up, down, keep, none };
template <>
struct enum_names<direction> : enum_words<schema::directions> {};
static_assert(ends_with_word(direction::none, "none"));

/// How values become one, over the reporters of a group or over the periods inside a longer one.
///
/// `ratio_of_sums` divides the sums of numerators and denominators over the reporters that gave both (matched
/// pairs). `weighted_mean` weighs each value by the observation's denominator. `last` takes the latest value,
/// looking back at most `look_back` base periods. `none` refuses to aggregate: only single values pass. `range` is the
/// greatest value less the least. `geometric_mean` is of positive values, and refuses zero and below.
/// `median` is the middle value, or half way between the two in the middle. `percentile` is the value that so many
/// percent of the way through the sorted values lead to, by the definition's `groups_percent` or `time_percent`.
enum class aggregate_operator : std::uint8_t {
  sum,
  mean,
  weighted_mean,
  ratio_of_sums,
  min,
  max,
  count,
  first,
  last,
  stddev_population,
  stddev_sample,
  none,
  range,
  geometric_mean,
  median,
  percentile
};
template <>
struct enum_names<aggregate_operator> : enum_words<schema::operators> {};
static_assert(ends_with_word(aggregate_operator::percentile, "percentile"));

/// Which operator is applied first.
enum class operator_order : std::uint8_t { time_then_groups, groups_then_time };
template <>
struct enum_names<operator_order> : enum_words<schema::orders> {};
static_assert(ends_with_word(operator_order::groups_then_time, "groups_then_time"));

enum class nature : std::uint8_t { flow, stock };
template <>
struct enum_names<nature> : enum_words<schema::stock_or_flow> {};
static_assert(ends_with_word(nature::stock, "stock"));

enum class unduplicated_method : std::uint8_t { bounds, ids, sketch };
template <>
struct enum_names<unduplicated_method> : enum_words<schema::unduplicated_methods> {};
static_assert(ends_with_word(unduplicated_method::sketch, "sketch"));

enum class formula_level : std::uint8_t { aggregate, reporter };
template <>
struct enum_names<formula_level> : enum_words<schema::formula_levels> {};
static_assert(ends_with_word(formula_level::reporter, "reporter"));

/// The definition of one indicator. Value-only; the network holds the node of the same id.
///
/// Defaults by kind, used where the data leaves an operator blank:
/// count, amount: sum over groups, and over time sum for a flow, last for a stock; ratio: ratio_of_sums both
/// ways; mean: weighted_mean both ways; index, score: none over groups (a composite does not add up), last over time.
struct indicator_definition {
  indicator_id node;
  std::string id;
  std::string name;
  std::string unit;
  indicator_kind kind = indicator_kind::amount;
  commonweal::direction direction = commonweal::direction::none;
  aggregate_operator over_groups = aggregate_operator::sum;
  aggregate_operator over_time = aggregate_operator::sum;
  operator_order order = operator_order::time_then_groups;
  commonweal::nature nature = commonweal::nature::flow;
  std::string lead;  ///< "leading", "lagging" or blank
  std::string level; ///< "community", "participant" or blank
  bool counts_people = false;
  unduplicated_method unduplicated = unduplicated_method::bounds;
  double factor = 1.0;
  std::string formula; ///< blank for a reported indicator
  commonweal::formula_level formula_level = commonweal::formula_level::aggregate;
  std::int64_t look_back = std::numeric_limits<std::int64_t>::max(); ///< base periods
  double groups_percent = 50; ///< of the operator percentile over groups, 0 to 100
  double time_percent = 50;   ///< of the operator percentile over time, 0 to 100
  std::string version;
  std::string vocabulary;
  std::string code;

  friend bool operator==(const indicator_definition&, const indicator_definition&) = default;
};

[[nodiscard]] constexpr aggregate_operator default_over_groups(indicator_kind k) {
  switch (k) {
    case indicator_kind::ratio: return aggregate_operator::ratio_of_sums;
    case indicator_kind::mean: return aggregate_operator::weighted_mean;
    case indicator_kind::index:
    case indicator_kind::score: return aggregate_operator::none;
    case indicator_kind::count:
    case indicator_kind::amount: break;
  }
  return aggregate_operator::sum;
}

[[nodiscard]] constexpr aggregate_operator default_over_time(indicator_kind k, nature n) {
  switch (k) {
    case indicator_kind::ratio: return aggregate_operator::ratio_of_sums;
    case indicator_kind::mean: return aggregate_operator::weighted_mean;
    case indicator_kind::index:
    case indicator_kind::score: return aggregate_operator::last;
    case indicator_kind::count:
    case indicator_kind::amount: break;
  }
  return n == nature::stock ? aggregate_operator::last : aggregate_operator::sum;
}

} // namespace commonweal::inline v0
