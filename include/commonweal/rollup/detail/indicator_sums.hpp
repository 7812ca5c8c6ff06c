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
#include <commonweal/rollup/detail/aggregator.hpp>
#include <commonweal/rollup/detail/reported_indicator.hpp>
#include <commonweal/rollup/detail/time_span.hpp>
#include <commonweal/rollup/engine/partial.hpp>

namespace commonweal::inline v0::detail {

/// Sums of values; or of matched numerators and denominators; or of value x weight (rounded, with what the rounding
/// took off beside it) and weight. Each is there once something of it came.
struct cell_sums {
  explicit cell_sums(const engine::plan& p) : value(p) {}

  engine::partial value;                ///< with count and extremes; for `pair` and `weight` the numerators
  std::optional<engine::partial> other; ///< denominators, weights
  std::optional<engine::partial> rest;  ///< of value x weight
};

/// Adds up cells of one group over base periods. A single one takes its sums as they were rounded, several are added
/// exactly and rounded once.
class cell_adder {
 public:
  explicit cell_adder(bool several) {
    if (several) value_.emplace();
  }
  void add(const cell_sums& sums, std::uint32_t position, std::int32_t period) {
    const auto& c = sums.value.cell(position, period);
    if (c.count == 0) return;
    count_ += c.count;
    min_ = std::fmin(min_, c.min);
    max_ = std::fmax(max_, c.max);
    if (!value_) {
      one_ = sums.value.value(position, period);
      if (sums.other) one_other_ = sums.other->value(position, period);
      return;
    }
    value_->merge(sums.value.sum(position, period));
    if (sums.other) {
      if (!other_) other_.emplace();
      other_->merge(sums.other->sum(position, period));
    }
    if (sums.rest) value_->merge(sums.rest->sum(position, period));
  }
  [[nodiscard]] std::int64_t count() const { return count_; }
  [[nodiscard]] totals of(const stage& s) const {
    totals t;
    t.count = count_;
    t.min = min_;
    t.max = max_;
    const double value = value_ ? value_->value() : one_;
    if (s.divides()) {
      t.numerator = value;
      t.denominator = other_ ? other_->value() : one_other_;
    } else {
      t.value = value;
    }
    return t;
  }

 private:
  std::int64_t count_ = 0;
  double min_ = std::numeric_limits<double>::infinity(), max_ = -min_;
  double one_ = 0, one_other_ = 0;
  std::optional<exact_sum> value_, other_;
};

struct indicator_sums : cell_sums {
  using cell_sums::cell_sums;

  std::optional<engine::partial> square, square_rest; ///< of values, where a standard deviation is asked for
  std::optional<engine::partial> incomplete;          ///< values that lack the parts their operators need
  bool exact_squares = true;
};

/// The sums with the reports behind them, of one reported indicator over all groups and base periods.
class indicator_figures {
 public:
  /// Reports by [position of the plan][base period of the plan]; empty where there are none.
  struct counts {
    std::vector<std::uint32_t> expected, suppressed, carried;
  };

  /// `first` is the ordinal of the plan's first period.
  indicator_figures(const engine::plan& plan, frequency base, std::int32_t first,
                    std::shared_ptr<const indicator_sums> sums, counts reports)
      : plan_(&plan), base_(base), first_(first), sums_(std::move(sums)), reports_(std::move(reports)) {}

  [[nodiscard]] const indicator_sums& sums() const { return *sums_; }

  /// Adds up base periods of a group that pass the filter, and the reports behind them into `out`; `lone` is one of the
  /// values without their parts, where there are any.
  [[nodiscard]] totals over(std::uint32_t group, ordinal_range range, const period_filter& filter, const stage& s,
                            operator_result& out, double& lone) const {
    const std::uint32_t position = plan_->position_of()[group];
    range = within(range);
    cell_adder all(range.end - range.begin > 1 || sums_->rest);
    for (std::int32_t t = range.begin; t < range.end; ++t) {
      if (!filter.passes_all() && !filter.passes({base_, t})) continue;
      count_reports(position, t - first_, out, lone);
      all.add(*sums_, position, t - first_);
    }
    out.reported = all.count() - out.carried;
    return all.of(s);
  }

  /// The cells of one group and base period, as an operator over groups takes them.
  [[nodiscard]] presummed at(std::uint32_t group, std::int32_t t, cell_need need) const {
    presummed out;
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
  void count_reports(std::uint32_t position, std::int32_t at, operator_result& out, double& incomplete) const {
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
  std::shared_ptr<const indicator_sums> sums_;
  counts reports_;
};

/// Whether the operators of an indicator can work on what adds up of the base periods in `range` (those that pass the
/// filter), without a look at single reporters.
[[nodiscard]] inline bool adds_up(const indicator_definition& d, const stages& s, ordinal_range range, frequency base,
                                  const period_filter& filter) {
  if (adds_alike(s)) return true;
  const bool keeps_parts = d.kind == indicator_kind::ratio || s.need != cell_need::value;
  const auto over_cells = [&](const stage& x) {
    switch (x.from) {
      case made_of::sum: return s.need == cell_need::value || (s.need == cell_need::pair && s.outer.divides());
      case made_of::count:
      case made_of::squares: return s.need == cell_need::value;
      // What picks its best cell would keep the parts of it.
      case made_of::extremes: return rules_of(x.op).picks ? !keeps_parts : s.need == cell_need::value;
      case made_of::parts: return true; // a weighted mean is one, too
      case made_of::one:
      case made_of::values: break;
    }
    return false;
  };
  if (!s.time_first) return over_cells(s.inner);
  // One base period: the operator over time has one amount of each reporter to work on, and passes it; among pairs,
  // what looks for an extreme leaves out those that have no value.
  const bool passes =
      rules_of(s.inner.op).passes_one && !(s.inner.from == made_of::extremes && s.need == cell_need::pair);
  return passes && (s.outer.divides() || (s.need == cell_need::value && over_cells(s.outer))) &&
         counted_periods(range, base, filter).count <= 1;
}

/// The aggregate of a group, as the reference makes it, to the bit. REQUIRES: adds_up(...).
[[nodiscard]] inline operator_result answer(const indicator_figures& figures, const indicator_definition& d,
                                            const stages& s, std::uint32_t group, ordinal_range range, frequency base,
                                            const period_filter& filter, const id_order& ids) {
  operator_result out;
  double lone = not_a_value;
  const auto all = figures.over(group, range, filter, s.outer, out, lone);
  const counted_periods counted(range, base, filter);
  out.base_periods = counted.count;
  if (all.count == 0) {
    (void)passes_lone_value(out, [&] { return lone; });
    return out;
  }
  const bool people = bounds_people(d, s);
  if ((s.time_first && s.outer.from != made_of::squares) || adds_alike(s)) {
    if (people) out.lower = all.max;
    out.made = finish(s.outer, all, out.result);
    return out;
  }
  accumulator outer(s.outer, ids);
  std::vector<double> most;
  const std::int32_t earliest = earliest_used(d, s.over_time, range.begin, counted.latest);
  for (std::int32_t t = range.begin; t < range.end; ++t) {
    const bool counts = filter.passes_all() || filter.passes({base, t});
    presummed here = counts ? figures.at(group, t, s.need) : presummed{};
    const bool used = counts && t >= earliest && here.count != 0;
    if (people) most.push_back(used ? here.max : not_a_value);
    if (s.time_first) { // a standard deviation over groups
      if (used) outer = accumulator(s.outer, ids, std::move(here));
    } else if (used) {
      outer.take(accumulator(s.inner, ids, std::move(here)));
    }
  }
  if (people) out.lower = most_over_time(s, most, range.begin, ids);
  out.made = outer.finish(out.result);
  out.left_out = outer.left_out();
  return out;
}

} // namespace commonweal::inline v0::detail
