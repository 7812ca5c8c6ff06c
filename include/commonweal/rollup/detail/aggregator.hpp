// SPDX-License-Identifier: Apache-2.0
// The aggregate of one reported indicator over one group and window, straight from its definition. An engine may
// replace this.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include <commonweal/rollup/detail/accumulator.hpp>
#include <commonweal/rollup/detail/membership_timeline.hpp>
#include <commonweal/rollup/detail/reported_indicator.hpp>
#include <commonweal/rollup/detail/time_span.hpp>

namespace commonweal::inline v0::detail {

/// What the operators made, before any policy speaks; counts are reports, that is reporter x base period.
struct operator_result {
  cell_value result;
  outcome made = outcome::nothing;
  bool left_out = false;      ///< some report is not in the value: a zero denominator of its own
  double lower = not_a_value; ///< of people: the most that one reporter counted
  double upper = not_a_value; ///< of people, where it is not the value
  std::int64_t reported = 0;
  std::int64_t expected = 0;
  std::int64_t suppressed = 0;
  std::int64_t carried = 0;    ///< missing reports for which an earlier value stands in
  std::int64_t incomplete = 0; ///< values without the parts the operators need
  std::int64_t base_periods = 0;
};

/// Where one value without its parts is all that came, it needs no operator: puts it in, and says so.
/// `value` is called for it.
template <class Value>
[[nodiscard]] bool passes_lone_value(operator_result& a, Value&& value) {
  if (a.reported != 0 || a.carried != 0 || a.incomplete != 1) return false;
  a.made = outcome::value;
  a.result = cell_value{};
  a.result.value = value() + 0.0; // no negative zero
  a.reported = 1;
  a.incomplete = 0;
  return true;
}

/// Whether figures are bounded by the people of one reporter and those of all.
[[nodiscard]] inline bool bounds_people(const indicator_definition& d, const stages& s) {
  return d.counts_people && s.over_groups == aggregate_operator::sum;
}

/// From the most that one reporter counted in each base period from `first` on (NaN: nobody did) to the most over time.
[[nodiscard]] inline double most_over_time(const stages& s, std::span<const double> most, std::int32_t first,
                                           const id_order& ids) {
  if (s.over_time == aggregate_operator::sum) { // the same people may come again in the next period
    double all = not_a_value;
    for (const double m : most) all = std::fmax(all, m);
    return all;
  }
  if (!rules_of(s.over_time).bounded_by_parts) return not_a_value;
  accumulator over_time(stage_of(s.over_time, s.of_time().percent), ids);
  for (std::size_t k = 0; k < most.size(); ++k) {
    if (std::isnan(most[k])) continue;
    cell_value a;
    a.value = most[k];
    a.when = first + static_cast<std::int32_t>(k);
    over_time.take(a);
  }
  cell_value out;
  return over_time.finish(out) == outcome::value ? out.value : not_a_value;
}

/// A sum of sums, or a ratio of sums both ways: one sum over all cells.
[[nodiscard]] inline bool adds_alike(const stages& s) {
  return s.inner.op == s.outer.op && !s.outer.weighted && rules_of(s.outer.op).adds_up;
}

/// The earliest of base periods begin to latest that `last` looks at; for other operators begin.
[[nodiscard]] inline std::int32_t earliest_used(const indicator_definition& d, aggregate_operator over_time,
                                                std::int32_t begin, std::int32_t latest) {
  const std::int64_t look_back = std::max<std::int64_t>(d.look_back, 0);
  if (over_time != aggregate_operator::last || look_back >= latest - std::int64_t{begin}) return begin;
  return static_cast<std::int32_t>(latest - look_back);
}

/// Sees every cell that concerns a figure, and what the first operator made. See explain().
struct no_observer {
  void cell(std::uint32_t, std::int32_t, cell_kind, bool, bool, const cell_value&) {}
  void inner(std::uint32_t, std::int32_t, outcome, const cell_value&) {}
  static constexpr bool wants_inner = false;
};

/// Aggregates; owns the accumulators, so that asking again allocates nothing.
class aggregator {
 public:
  explicit aggregator(const id_order& ids) : ids_(ids) {}

  /// `who` is R(g,t) for all t; `own` the group's own reporter, or nobody. REQUIRES: nests(e.base(), w.of).
  /// O(reporters x base periods of the window).
  template <class Observer = no_observer>
  operator_result operator()(const membership_timeline& who, std::uint32_t own, const reported_indicator& e,
                             const stages& s, const time_span& w, const period_filter& filter, bool carry_forward,
                             Observer&& see = Observer{}) {
    operator_result out;
    begin_span(e, s, w, filter);
    stage inner_stage = s.inner;
    stage outer_stage = s.outer;
    (s.time_first ? outer_stage : inner_stage).own = own;
    accumulator outer(outer_stage, ids_);
    const bool people = bounds_people(e.definition(), s);
    // A sum of sums, or a ratio of sums both ways, is one sum over all cells: no reporter's part need be formed.
    const bool at_once = adds_alike(s) && !std::remove_cvref_t<Observer>::wants_inner;
    most_.assign(s.time_first ? 0 : size(), not_a_value);
    if (!at_once) inner_.assign(s.time_first ? 1 : size(), accumulator(inner_stage, ids_));

    double only_incomplete = not_a_value;
    for (std::size_t i = 0; i < who.size(); ++i) {
      const std::uint32_t r = who.reporters[i].reporter;
      if (!e.concerns(r)) continue;
      if (s.time_first && !at_once) inner_[0].reset();
      for (const auto& range : who.of(i)) {
        const auto in = range.intersect(base_);
        for (std::int32_t t = in.begin; t < in.end; ++t) {
          if (!counts(t)) continue;
          cell_value a;
          auto kind = e.read(r, t, s.need, a);
          const bool due = kind == cell_kind::missing && e.is_due(r, t);
          const bool carried = due && carry_forward && e.carried(r, t, s.need, a);
          see.cell(r, t, kind, due, carried, a);
          if (kind == cell_kind::missing && !due) continue;
          if (kind == cell_kind::not_expected) continue;
          ++out.expected;
          if (kind == cell_kind::suppressed) ++out.suppressed;
          if (kind == cell_kind::incomplete && out.incomplete++ == 0) only_incomplete = a.value;
          if (kind == cell_kind::usable) ++out.reported;
          if (carried) ++out.carried;
          if ((kind != cell_kind::usable && !carried) || t < earliest_used_) continue;
          (at_once ? outer : inner_[s.time_first ? 0 : index(t)]).take(a);
          if (!people) continue;
          if (!s.time_first) most_[index(t)] = std::fmax(most_[index(t)], a.value);
          else if (s.over_time == aggregate_operator::sum) out.lower = std::fmax(out.lower, a.value);
        }
      }
      if (!s.time_first || at_once) continue;
      outer.take(inner_[0], r);
      if (people && rules_of(s.over_time).bounded_by_parts) {
        cell_value a;
        if (inner_[0].finish(a) == outcome::value) out.lower = std::fmax(out.lower, a.value);
      }
      if constexpr (std::remove_cvref_t<Observer>::wants_inner) observe(see, inner_[0], r, 0);
    }
    if (!s.time_first && !at_once)
      for (std::size_t k = 0; k < size(); ++k) {
        outer.take(inner_[k]);
        if constexpr (std::remove_cvref_t<Observer>::wants_inner)
          observe(see, inner_[k], nobody, base_.begin + static_cast<std::int32_t>(k));
      }
    if (people && !s.time_first) out.lower = most_over_time(s, most_, base_.begin, ids_);

    out.made = outer.finish(out.result);
    out.left_out = outer.left_out();
    out.base_periods = counted_;
    (void)passes_lone_value(out, [&] { return only_incomplete; });
    return out;
  }

 private:
  void begin_span(const reported_indicator& e, const stages& s, const time_span& w, const period_filter& filter) {
    base_ = base_periods(w, e.base());
    passes_.clear();
    if (!filter.passes_all())
      for (std::int32_t t = base_.begin; t < base_.end; ++t) passes_.push_back(filter.passes({e.base(), t}) ? 1 : 0);
    const counted_periods counted(base_, e.base(), filter);
    counted_ = counted.count;
    earliest_used_ = earliest_used(e.definition(), s.over_time, base_.begin, counted.latest);
  }
  [[nodiscard]] std::size_t size() const {
    return base_.empty() ? 0 : static_cast<std::size_t>(base_.end - base_.begin);
  }
  [[nodiscard]] std::size_t index(std::int32_t t) const { return static_cast<std::size_t>(t - base_.begin); }
  [[nodiscard]] bool counts(std::int32_t t) const { return passes_.empty() || passes_[index(t)] != 0; }

  template <class Observer>
  static void observe(Observer& see, const accumulator& made, std::uint32_t reporter, std::int32_t t) {
    cell_value a;
    const outcome result = made.finish(a);
    see.inner(reporter, t, result, a);
  }

  id_order ids_;
  ordinal_range base_;
  std::vector<std::uint8_t> passes_;
  std::int64_t counted_ = 0;
  std::int32_t earliest_used_ = 0;
  std::vector<accumulator> inner_;
  std::vector<double> most_;
};

} // namespace commonweal::inline v0::detail
