// SPDX-License-Identifier: Apache-2.0
// One operator at work: takes amounts in any order, gives one amount. Sums are exact and rounded once.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include <commonweal/measure/indicator.hpp>
#include <commonweal/network/network.hpp>
#include <commonweal/rollup/detail/presence.hpp>
#include <commonweal/rollup/detail/standard_deviation.hpp>
#include <commonweal/rollup/exact_sum.hpp>

namespace commonweal::inline v0::detail {

inline constexpr double not_a_value = std::numeric_limits<double>::quiet_NaN();
inline constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

/// A value with the parts it was made of, where and when: a cell of a panel, or what an operator made of several.
struct amount {
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

/// What an accumulator is to do. A weighted mean is a ratio of sums of (value x weight, weight).
struct stage {
  aggregate_operator op{};
  double factor = 1;
  bool weighted = false;   ///< make parts of a weighted mean from the amounts of another operator
  bool sums_value = false; ///< of sum and mean
  bool sums_numerator = false;
  bool sums_denominator = false;
  bool earliest = false;      ///< date the result by its earliest amount
  std::uint32_t own = nobody; ///< the reporter whose value settles the operator `none`

  [[nodiscard]] bool divides() const { return op == aggregate_operator::ratio_of_sums; }
};

/// Breaks ties between reporters by id, so that the order of rows leaves no trace.
struct id_order {
  const network* net;
  reporter_line line;
  [[nodiscard]] bool less(std::uint32_t a, std::uint32_t b) const {
    return a != b && a != nobody && b != nobody && net->id(line.node(a)) < net->id(line.node(b));
  }
};

/// Amounts that were added up elsewhere, all of base periods `earliest` to `latest`.
struct gathered {
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
  /// One that has taken what was gathered. REQUIRES: an operator that needs no single amount: not first, last or none;
  /// min and max leave no parts.
  accumulator(stage what, const id_order& ids, gathered from) : accumulator(what, ids) {
    using enum aggregate_operator;
    taken_ = static_cast<std::size_t>(from.count);
    if (taken_ == 0) return;
    earliest_ = from.earliest;
    latest_ = from.latest;
    if (what_.op == min || what_.op == max) {
      best_.value = what_.op == min ? from.min : from.max;
      best_.when = what_.earliest ? from.earliest : from.latest;
    }
    if (what_.op == stddev_population || what_.op == stddev_sample) squares_ = from.squares;
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
    earliest_ = std::numeric_limits<std::int32_t>::max();
    latest_ = std::numeric_limits<std::int32_t>::min();
  }

  /// Takes one amount; one without what the operator needs is left out.
  void take(const amount& a) {
    const bool needs_parts = what_.sums_numerator;
    const bool either = what_.op == aggregate_operator::first || what_.op == aggregate_operator::last ||
                        what_.op == aggregate_operator::none;
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
    if (what_.op == aggregate_operator::stddev_population || what_.op == aggregate_operator::stddev_sample)
      values_.push_back(a.value);
    if (what_.op == aggregate_operator::none) return settle(outcome::value, a);
    pick(a);
    count(a.when, a.when);
  }

  /// Takes what another accumulator made of its amounts, all of them of `reporter` where one is named.
  void take(const accumulator& inner, std::uint32_t reporter = nobody) {
    if (inner.left_out_) left_out_ = true;
    if (what_.op != aggregate_operator::none && inner.failed_ == outcome::nothing && continues(inner)) {
      if (inner.taken_ == 0) return;
      if (what_.sums_value) value_.merge(inner.value_);
      if (what_.sums_numerator) numerator_.merge(inner.numerator_);
      if (what_.sums_denominator) denominator_.merge(inner.denominator_);
      return count(inner.earliest_, inner.latest_);
    }
    amount a;
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

  /// The result. `out` holds numerator and denominator also where the outcome is a zero denominator.
  [[nodiscard]] outcome finish(amount& out) const {
    using enum aggregate_operator;
    out = amount{};
    if (own_settles_) {
      out = best_;
      return own_made_;
    }
    if (failed_ != outcome::nothing) return failed_;
    if (taken_ == 0) return left_out_ ? outcome::zero_denominator : outcome::nothing;
    const double n = static_cast<double>(taken_);
    const double per = what_.op == mean ? n : 1.0;
    if (what_.sums_numerator) out.numerator = numerator_.value() / per;
    if (what_.sums_denominator) out.denominator = denominator_.value() / per;
    out.when = what_.earliest ? earliest_ : latest_;
    switch (what_.op) {
      case sum:
      case mean:
        if (what_.sums_value) out.value = value_.value() / per;
        break;
      case weighted_mean:
      case ratio_of_sums:
        if (out.denominator == 0) return outcome::zero_denominator;
        out.value = what_.factor * out.numerator / out.denominator;
        break;
      case count: out.value = n; break;
      case min:
      case max:
      case first:
      case last: out = best_; break;
      case none:
        if (taken_ > 1) return outcome::not_aggregable;
        out = best_;
        break;
      case stddev_sample:
        if (taken_ == 1) return outcome::zero_denominator;
        out.value = deviation(taken_ - 1);
        break;
      case stddev_population: out.value = deviation(taken_); break;
    }
    if (std::isinf(out.value) || std::isinf(out.numerator) || std::isinf(out.denominator)) return outcome::out_of_range;
    out.value += 0.0; // no negative zero
    return outcome::value;
  }

  /// Some amount was left out: it had a zero denominator of its own.
  [[nodiscard]] bool left_out() const { return left_out_; }

 private:
  [[nodiscard]] bool continues(const accumulator& inner) const {
    if (inner.what_.op == aggregate_operator::mean) return false;
    if (what_.sums_value && !what_.sums_denominator)
      return inner.what_.op == aggregate_operator::sum && inner.what_.sums_value;
    return what_.sums_numerator && inner.what_.sums_numerator;
  }
  [[nodiscard]] double deviation(std::size_t freedom) const {
    return squares_ ? standard_deviation(value_, *squares_, taken_, freedom) : standard_deviation(values_, freedom);
  }
  void count(std::int32_t from, std::int32_t to) {
    ++taken_;
    earliest_ = std::min(earliest_, from);
    latest_ = std::max(latest_, to);
  }
  void pick(const amount& a) {
    using enum aggregate_operator;
    const auto better = [&](auto x, auto best) {
      if (x != best) return x < best;
      return a.when != best_.when ? a.when < best_.when : ids_->less(a.reporter, best_.reporter);
    };
    switch (what_.op) {
      case min:
        if (taken_ == 0 || better(a.value, best_.value)) best_ = a;
        break;
      case max:
        if (taken_ == 0 || better(-a.value, -best_.value)) best_ = a;
        break;
      case first:
        if (taken_ == 0 || better(a.when, best_.when)) best_ = a;
        break;
      case last:
        if (taken_ == 0 || better(-a.when, -best_.when)) best_ = a;
        break;
      default: break;
    }
  }
  // The operator none: a single value passes; a group's own value settles it.
  void settle(outcome made, const amount& a) {
    if (what_.own != nobody && a.reporter == what_.own) {
      own_settles_ = true;
      own_made_ = made;
      best_ = a;
    } else if (made == outcome::zero_denominator) {
      left_out_ = true;
      return;
    } else if (!own_settles_) {
      if (made != outcome::value) failed_ = std::max(failed_, made);
      best_ = a;
    }
    count(a.when, a.when);
  }

  stage what_;
  const id_order* ids_;
  std::size_t taken_ = 0;
  bool left_out_ = false;
  bool own_settles_ = false;
  outcome own_made_ = outcome::nothing;
  outcome failed_ = outcome::nothing;
  std::int32_t earliest_ = std::numeric_limits<std::int32_t>::max();
  std::int32_t latest_ = std::numeric_limits<std::int32_t>::min();
  amount best_;
  exact_sum value_;
  exact_sum numerator_;
  exact_sum denominator_;
  std::optional<exact_sum> squares_; ///< where the values themselves were not seen
  std::vector<double> values_;
};

} // namespace commonweal::inline v0::detail
