// SPDX-License-Identifier: Apache-2.0
// What adds up of one reported indicator: exact sums, extremes and counts of all groups and base periods.
#pragma once

#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <commonweal/rollup/detail/accumulator.hpp>
#include <commonweal/rollup/detail/aggregate.hpp>
#include <commonweal/rollup/detail/element.hpp>
#include <commonweal/rollup/detail/window.hpp>
#include <commonweal/rollup/engine/partial.hpp>

namespace commonweal::inline v0::detail {

/// Values; or matched numerators and denominators; or value x weight (rounded, with what the rounding took off beside
/// it) and weight. Each is there once something of it came.
struct element_sums {
  explicit element_sums(const engine::plan& p) : value(p) {}

  engine::partial value;                ///< with count and extremes; for `pair` and `weight` the numerators
  std::optional<engine::partial> other; ///< denominators, weights
  std::optional<engine::partial> rest;  ///< of value x weight
  std::optional<engine::partial> square, square_rest; ///< of values, where a standard deviation is asked for
  std::optional<engine::partial> incomplete;          ///< values that lack the parts their operators need
  bool exact_squares = true;
};

/// The sums with the reports behind them, of one element over all groups and base periods.
class element_figures {
 public:
  /// Reports by [position of the plan][base period of the plan]; empty where there are none.
  struct counts {
    std::vector<std::uint32_t> expected, suppressed, carried;
  };

  /// `first` is the ordinal of the plan's first period.
  element_figures(const engine::plan& plan, frequency base, std::int32_t first,
                  std::shared_ptr<const element_sums> sums, counts reports)
      : plan_(&plan), base_(base), first_(first), sums_(std::move(sums)), reports_(std::move(reports)) {}

  [[nodiscard]] const element_sums& sums() const { return *sums_; }

  struct total {
    double value = 0, other = 0; ///< exact sums, rounded once
    std::int64_t count = 0;
    double min = std::numeric_limits<double>::infinity(), max = -min;
    double incomplete = not_a_value; ///< one of the values without their parts
  };
  /// Adds up base periods of a group that pass the filter, and the reports behind them into `out`.
  [[nodiscard]] total over(std::uint32_t group, ordinal_range range, const period_filter& filter,
                           aggregate& out) const {
    total all;
    const std::uint32_t position = plan_->position_of()[group];
    range = within(range);
    const bool several = range.end - range.begin > 1 || sums_->rest;
    std::optional<exact_sum> value, other;
    if (several) value.emplace();
    if (several && sums_->other) other.emplace();
    for (std::int32_t t = range.begin; t < range.end; ++t) {
      if (!filter.passes_all() && !filter.passes({base_, t})) continue;
      const std::int32_t at = t - first_;
      count_reports(position, at, out, all.incomplete);
      const auto& c = sums_->value.cell(position, at);
      if (c.count == 0) continue;
      all.count += c.count;
      all.min = std::fmin(all.min, c.min);
      all.max = std::fmax(all.max, c.max);
      if (!several) {
        all.value = sums_->value.value(position, at);
        if (sums_->other) all.other = sums_->other->value(position, at);
        continue;
      }
      value->merge(sums_->value.sum(position, at));
      if (other) other->merge(sums_->other->sum(position, at));
      if (sums_->rest) value->merge(sums_->rest->sum(position, at));
    }
    if (value) all.value = value->value();
    if (other) all.other = other->value();
    out.reported = all.count - out.carried;
    return all;
  }

  /// The cells of one group and base period, as an operator over groups takes them.
  [[nodiscard]] gathered at(std::uint32_t group, std::int32_t t, cell_need need) const {
    gathered out;
    if (within({t, t + 1}).empty()) return out;
    const std::uint32_t position = plan_->position_of()[group];
    const std::int32_t k = t - first_;
    const auto& c = sums_->value.cell(position, k);
    out.count = c.count;
    if (c.count == 0) return out;
    out.earliest = out.latest = t;
    out.min = c.min;
    out.max = c.max;
    exact_sum& first = need == cell_need::value ? out.value : out.numerator;
    first = sums_->value.sum(position, k);
    if (sums_->rest) first.merge(sums_->rest->sum(position, k));
    if (sums_->other) out.denominator = sums_->other->sum(position, k);
    if (sums_->square) {
      out.squares = sums_->square->sum(position, k);
      out.squares.merge(sums_->square_rest->sum(position, k));
    }
    return out;
  }

 private:
  [[nodiscard]] ordinal_range within(ordinal_range range) const {
    return range.intersect({first_, first_ + plan_->periods()});
  }
  void count_reports(std::uint32_t position, std::int32_t at, aggregate& out, double& incomplete) const {
    const std::size_t i = position * static_cast<std::size_t>(plan_->periods()) + static_cast<std::size_t>(at);
    if (!reports_.expected.empty()) out.expected += reports_.expected[i];
    if (!reports_.suppressed.empty()) out.suppressed += reports_.suppressed[i];
    if (!reports_.carried.empty()) out.carried += reports_.carried[i];
    if (!sums_->incomplete) return;
    const auto& c = sums_->incomplete->cell(position, at);
    out.incomplete += c.count;
    if (c.count != 0) incomplete = c.min;
  }

  const engine::plan* plan_;
  frequency base_;
  std::int32_t first_;
  std::shared_ptr<const element_sums> sums_;
  counts reports_;
};

/// Whether the operators of an indicator can work on what adds up of the base periods in `range` (those that pass the
/// filter), without a look at single reporters.
[[nodiscard]] inline bool adds_up(const indicator_definition& d, const stages& s, ordinal_range range, frequency base,
                                  const period_filter& filter) {
  using enum aggregate_operator;
  if (adds_alike(s)) return true;
  const bool keeps_parts = d.kind == indicator_kind::ratio || s.need != cell_need::value;
  const auto over_cells = [&](aggregate_operator op) {
    switch (op) {
      case sum:
      case mean: return s.need == cell_need::value || (s.need == cell_need::pair && s.outer.divides());
      case count:
      case stddev_population:
      case stddev_sample: return s.need == cell_need::value;
      case min:
      case max: return !keeps_parts;   // it would keep the parts of its best cell
      case ratio_of_sums: return true; // a weighted mean is one, too
      default: return false;
    }
  };
  if (!s.time_first) return over_cells(s.inner.op);
  std::int64_t periods = range.end - std::int64_t{range.begin};
  if (!filter.passes_all()) {
    periods = 0;
    for (std::int32_t t = range.begin; t < range.end; ++t) periods += filter.passes({base, t}) ? 1 : 0;
  }
  // One base period: the operator over time has one amount of each reporter to work on, and passes it.
  const bool passes = s.inner.op == sum || s.inner.op == mean || s.inner.op == first || s.inner.op == last ||
                      s.inner.op == none || ((s.inner.op == min || s.inner.op == max) && s.need != cell_need::pair);
  return periods <= 1 && passes && (s.outer.divides() || (s.need == cell_need::value && over_cells(s.outer.op)));
}

/// The aggregate of a group, as the reference makes it, to the bit. REQUIRES: adds_up(...).
[[nodiscard]] inline aggregate answer(const element_figures& figures, const indicator_definition& d, const stages& s,
                                      std::uint32_t group, ordinal_range range, frequency base,
                                      const period_filter& filter, const id_order& ids) {
  using enum aggregate_operator;
  aggregate out;
  const auto all = figures.over(group, range, filter, out);
  std::int32_t latest = range.end - 1;
  out.base_periods = range.empty() ? 0 : range.end - range.begin;
  if (!filter.passes_all()) {
    out.base_periods = 0;
    for (std::int32_t t = range.begin; t < range.end; ++t)
      if (filter.passes({base, t})) {
        ++out.base_periods;
        latest = t;
      }
  }
  if (all.count == 0) {
    if (out.incomplete != 1) return out;
    out.made = outcome::value; // a single value needs no operator
    out.result.value = all.incomplete;
    out.reported = 1;
    out.incomplete = 0;
    return out;
  }
  const bool people = d.counts_people && s.over_groups == sum;
  const bool deviates = s.outer.op == stddev_population || s.outer.op == stddev_sample;
  if ((s.time_first && !deviates) || adds_alike(s)) {
    if (people) out.lower = all.max;
    out.made = outcome::value;
    amount& a = out.result;
    const double n = static_cast<double>(all.count);
    if (s.need != cell_need::value) {
      a.numerator = all.value;
      a.denominator = all.other;
      if (a.denominator == 0) {
        out.made = outcome::zero_denominator;
        return out;
      }
      a.value = s.outer.factor * a.numerator / a.denominator;
    } else {
      switch (s.outer.op) {
        case mean: a.value = all.value / n; break;
        case count: a.value = n; break;
        case min: a.value = all.min; break;
        case max: a.value = all.max; break;
        default: a.value = all.value; break;
      }
    }
    if (std::isinf(a.value) || std::isinf(a.numerator) || std::isinf(a.denominator)) {
      out.made = outcome::out_of_range;
      a = amount{};
    }
    a.value += 0.0;
    return out;
  }
  accumulator outer(s.outer, ids);
  std::vector<double> most;
  const std::int32_t earliest = earliest_used(d, s.over_time, range.begin, latest);
  for (std::int32_t t = range.begin; t < range.end; ++t) {
    const bool counts = filter.passes_all() || filter.passes({base, t});
    gathered here = counts ? figures.at(group, t, s.need) : gathered{};
    const bool used = counts && t >= earliest && here.count != 0;
    if (people) most.push_back(used ? here.max : not_a_value);
    if (s.time_first) { // a standard deviation over groups
      if (used) outer = accumulator(s.outer, ids, std::move(here));
    } else if (used) {
      outer.take(accumulator(s.inner, ids, std::move(here)));
    }
  }
  if (people) out.lower = most_over_time(s.over_time, most, range.begin, ids);
  out.made = outer.finish(out.result);
  out.left_out = outer.left_out();
  return out;
}

} // namespace commonweal::inline v0::detail
