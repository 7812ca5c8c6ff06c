// SPDX-License-Identifier: Apache-2.0
// The state of an operator: takes amounts in any order, merges, and hands totals to finish(). Sums are exact.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include <commonweal/network/network.hpp>
#include <commonweal/rollup/detail/membership_timeline.hpp>
#include <commonweal/rollup/operators.hpp>

namespace commonweal::inline v0::detail {

/// Breaks ties between reporters by id, so that the order of rows leaves no trace.
struct id_order {
  const network* net;
  reporter_line line;
  [[nodiscard]] bool less(std::uint32_t a, std::uint32_t b) const {
    return a != b && a != nobody && b != nobody && net->id(line.node(a)) < net->id(line.node(b));
  }
};

/// Amounts that were added up elsewhere, all of base periods `earliest` to `latest`.
struct presummed {
  std::int64_t count = 0;
  exact_sum value, numerator, denominator; ///< of a weighted mean: of value x weight, and of weights
  exact_sum squares;                       ///< of values, each square exact
  double min = std::numeric_limits<double>::infinity(), max = -min;
  std::int32_t earliest = std::numeric_limits<std::int32_t>::max(), latest = std::numeric_limits<std::int32_t>::min();
};

/// One operator over one set; reset() readies it for the next. About 2 kB.
///
/// Sums are held exactly. Taking an inner accumulator continues its exact sums where both add the same thing, so that
/// a sum of sums, a mean of sums, a ratio of sums of sums and a weighted mean of weighted means are rounded once; any
/// other inner result is rounded when it is taken.
class accumulator {
 public:
  accumulator(stage what, const id_order& ids) : what_(what), ids_(&ids) {}
  /// One that has taken what was gathered. REQUIRES: an operator that is not made of single amounts; min and max leave
  /// no parts.
  accumulator(stage what, const id_order& ids, presummed from) : accumulator(what, ids) {
    taken_ = from.count;
    if (taken_ == 0) return;
    earliest_ = from.earliest;
    latest_ = from.latest;
    min_ = from.min;
    max_ = from.max;
    if (what_.from == made_of::squares) squares_ = from.squares;
    if (what_.sums_value || squares_) value_ = from.value;
    if (what_.sums_numerator) numerator_ = from.numerator;
    if (what_.sums_denominator) denominator_ = from.denominator;
  }

  void reset() {
    if (taken_ != 0) {
      if (what_.sums_value) value_ = exact_sum{};
      if (what_.sums_numerator) numerator_ = exact_sum{};
      if (what_.sums_denominator) denominator_ = exact_sum{};
      values_.clear();
    }
    taken_ = 0;
    left_out_ = own_settles_ = false;
    failed_ = outcome::nothing;
    picked_ = false;
    min_ = std::numeric_limits<double>::infinity();
    max_ = -min_;
    earliest_ = std::numeric_limits<std::int32_t>::max();
    latest_ = std::numeric_limits<std::int32_t>::min();
  }

  /// Takes one amount; one without what the operator needs is left out.
  void take(const cell_value& a) {
    const bool needs_parts = what_.sums_numerator;
    const bool either = what_.from == made_of::one;
    if (needs_parts ? !a.has_parts() : !(a.has_value() || (either && a.has_parts()))) {
      left_out_ = true;
      return;
    }
    if (needs_parts && !std::isfinite(a.numerator)) { // a product beyond the largest double
      failed_ = outcome::out_of_range;
      return;
    }
    if (what_.sums_value) value_.add(a.value);
    if (what_.sums_numerator) {
      numerator_.add(a.numerator);
      if (a.rest != 0) numerator_.add(a.rest);
    }
    if (what_.sums_denominator) denominator_.add(a.denominator);
    if (what_.from == made_of::squares || what_.from == made_of::values) values_.push_back(a.value);
    if (what_.op == aggregate_operator::none) return settle(outcome::value, a);
    pick(a);
    count(a.when, a.when);
  }

  /// Takes what another accumulator made of its amounts, all of them of `reporter` where one is named.
  void take(const accumulator& inner, std::uint32_t reporter = nobody) {
    if (inner.left_out_) left_out_ = true;
    if (what_.op != aggregate_operator::none && inner.failed_ == outcome::nothing && continues(what_, inner.what_)) {
      if (inner.taken_ == 0) return;
      if (what_.sums_value) value_.merge(inner.value_);
      if (what_.sums_numerator) numerator_.merge(inner.numerator_);
      if (what_.sums_denominator) denominator_.merge(inner.denominator_);
      return count(inner.earliest_, inner.latest_);
    }
    cell_value a;
    const outcome made = inner.finish(a);
    if (made == outcome::nothing) return;
    if (reporter != nobody) a.reporter = reporter;
    if (what_.op == aggregate_operator::none) return settle(made, a);
    if (made == outcome::zero_denominator) left_out_ = true;
    else if (made != outcome::value) failed_ = std::max(failed_, made);
    else {
      if (what_.weighted) a.weigh();
      take(a);
    }
  }

  /// The result: see detail::finish().
  [[nodiscard]] outcome finish(cell_value& out) const {
    totals t;
    t.count = taken_;
    t.left_out = left_out_;
    t.failed = failed_;
    if (picked_) t.best = &best_;
    t.min = min_;
    t.max = max_;
    t.values = values_;
    t.when = what_.earliest ? earliest_ : latest_;
    if (own_settles_) t.settled = own_made_;
    else if (taken_ != 0) {
      if (what_.sums_value) t.value = value_.value();
      if (what_.sums_numerator) t.numerator = numerator_.value();
      if (what_.sums_denominator) t.denominator = denominator_.value();
      if (squares_) {
        t.sum = &value_;
        t.squares = &*squares_;
      }
    }
    return detail::finish(what_, t, out);
  }

  /// Some amount was left out: it had a zero denominator of its own.
  [[nodiscard]] bool left_out() const { return left_out_; }

 private:
  void count(std::int32_t from, std::int32_t to) {
    ++taken_;
    earliest_ = std::min(earliest_, from);
    latest_ = std::max(latest_, to);
  }
  void keep(const cell_value& a) {
    best_ = a;
    picked_ = true;
  }
  void pick(const cell_value& a) {
    using enum aggregate_operator;
    const auto better = [&](auto x, auto best) {
      if (x != best) return x < best;
      return a.when != best_.when ? a.when < best_.when : ids_->less(a.reporter, best_.reporter);
    };
    switch (what_.op) {
      case min:
        if (taken_ == 0 || better(a.value, best_.value)) keep(a);
        break;
      case max:
        if (taken_ == 0 || better(-a.value, -best_.value)) keep(a);
        break;
      case first:
        if (taken_ == 0 || better(a.when, best_.when)) keep(a);
        break;
      case last:
        if (taken_ == 0 || better(-a.when, -best_.when)) keep(a);
        break;
      default:
        if (what_.from != made_of::extremes) break;
        min_ = std::min(min_, a.value);
        max_ = std::max(max_, a.value);
        break;
    }
  }
  // The operator none: a single value passes; a group's own value settles it.
  void settle(outcome made, const cell_value& a) {
    if (what_.own != nobody && a.reporter == what_.own) {
      own_settles_ = true;
      own_made_ = made;
      keep(a);
    } else if (made == outcome::zero_denominator) {
      left_out_ = true;
      return;
    } else if (!own_settles_) {
      if (made != outcome::value) failed_ = std::max(failed_, made);
      keep(a);
    }
    count(a.when, a.when);
  }

  stage what_;
  const id_order* ids_;
  std::int64_t taken_ = 0;
  bool left_out_ = false;
  bool own_settles_ = false;
  bool picked_ = false;
  outcome own_made_ = outcome::nothing;
  outcome failed_ = outcome::nothing;
  std::int32_t earliest_ = std::numeric_limits<std::int32_t>::max();
  std::int32_t latest_ = std::numeric_limits<std::int32_t>::min();
  cell_value best_;
  double min_ = std::numeric_limits<double>::infinity(), max_ = -min_;
  exact_sum value_;
  exact_sum numerator_;
  exact_sum denominator_;
  std::optional<exact_sum> squares_; ///< where the values themselves were not seen
  std::vector<double> values_;
};

} // namespace commonweal::inline v0::detail
