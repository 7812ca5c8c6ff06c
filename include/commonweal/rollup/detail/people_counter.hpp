// SPDX-License-Identifier: Apache-2.0
// Puts people whom several reporters served, counted once, in the place of sums: by salted ids, or by a sketch of them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <commonweal/rollup/detail/aggregator.hpp>
#include <commonweal/rollup/detail/request.hpp>
#include <commonweal/rollup/engine/people.hpp>
#include <commonweal/rollup/served_people.hpp>

namespace commonweal::inline v0::detail {

/// Puts distinct people in the place of sums of people, where ids are there.
class people_counter {
 public:
  explicit people_counter(const rollup_request& request) : request_(request), ids_{&request.net(), request.line()} {}

  /// Whether the indicator's sums over groups are to be told apart by ids or sketches of them.
  [[nodiscard]] bool counts(const reported_indicator& e, const stages& s) const {
    const auto& d = e.definition();
    if (!bounds_people(d, s) || d.unduplicated == unduplicated_method::bounds || s.need != cell_need::value ||
        request_.options().people == nullptr)
      return false;
    return of(e) != nullptr;
  }

  /// REQUIRES: counts(e, s). Leaves what it cannot tell: the least, the greatest or the mean over each reporter's
  /// periods. O(people named below the group and in the window).
  void apply(operator_result& a, const membership_timeline& who, const reported_indicator& e, const stages& s,
             ordinal_range range) {
    using op = aggregate_operator;
    if (a.made != outcome::value) return;
    const auto& filter = request_.filter();
    std::vector<std::int32_t> periods;
    for (std::int32_t t = range.begin; t < range.end; ++t)
      if (filter.passes_all() || filter.passes({e.base(), t})) periods.push_back(t);
    if (periods.empty()) return;
    const std::int32_t earliest = earliest_used(e.definition(), s.over_time, range.begin, periods.back());
    std::erase_if(periods, [&](std::int32_t t) { return t < earliest; });
    const bool at_once = s.over_time == op::sum || periods.size() == 1;
    const bool picks = s.time_first && (s.over_time == op::first || s.over_time == op::last);
    if (at_once || picks) {
      begin_pool(e);
      for (std::size_t i = 0; i < who.size(); ++i) {
        const auto r = who.reporters[i].reporter;
        if (!e.concerns(r)) continue;
        const auto in = who.of(i);
        const auto is_in = [&](std::int32_t t) {
          return std::any_of(in.begin(), in.end(), [t](const auto& x) { return x.contains(t); });
        };
        const auto one = [&](std::int32_t t) { return is_in(t) && take(e, r, t); };
        if (at_once) std::for_each(periods.begin(), periods.end(), one);
        else if (s.over_time == op::first) (void)std::find_if(periods.begin(), periods.end(), one);
        else (void)std::find_if(periods.rbegin(), periods.rend(), one);
      }
      return write(a, total());
    }
    if (s.time_first || !rules_of(s.over_time).bounded_by_parts) return;
    std::array<std::vector<double>, 3> by_period; // lower, value, upper
    for (std::int32_t t = range.begin; t < range.end; ++t) {
      for (auto& b : by_period) b.push_back(not_a_value);
      if (!std::binary_search(periods.begin(), periods.end(), t)) continue;
      begin_pool(e);
      for (std::size_t i = 0; i < who.size(); ++i)
        for (const auto& x : who.of(i))
          if (x.contains(t) && e.concerns(who.reporters[i].reporter)) (void)take(e, who.reporters[i].reporter, t);
      if (!any_) continue;
      const auto all = total();
      by_period[0].back() = all.lower;
      by_period[1].back() = all.value;
      by_period[2].back() = all.upper;
    }
    const auto over_time = [&](const std::vector<double>& x) { return most_over_time(s, x, range.begin, ids_); };
    write(a, {over_time(by_period[0]), over_time(by_period[1]), over_time(by_period[2])});
  }

 private:
  struct distinct {
    double lower, value, upper;
  };

  [[nodiscard]] const served_people::series* of(const reported_indicator& e) const {
    return request_.options().people->find(e.definition().node, request_.options().breakdown);
  }
  void begin_pool(const reported_indicator& e) {
    at_hand_ = of(e);
    people_.clear();
    sketch_.reset();
    if (e.definition().unduplicated == unduplicated_method::sketch) sketch_.emplace(sketch_precision);
    unnamed_ = exact_sum{};
    most_ = 0;
    any_ = false;
  }
  // The people of one report; those whom it counts and does not name may be any.
  bool take(const reported_indicator& e, std::uint32_t r, std::int32_t t) {
    cell_value a;
    const auto kind = e.read(r, t, cell_need::value, a);
    const bool carried = kind == cell_kind::missing && request_.options().missing == missing_policy::carry_forward &&
                         e.is_due(r, t) && e.carried(r, t, cell_need::value, a);
    if (kind != cell_kind::usable && !carried) return false;
    any_ = true;
    const auto named = kind == cell_kind::usable ? at_hand_->of(r, t) : std::span<const served_people::visit>();
    for (const auto& v : named) {
      if (sketch_) sketch_->add(v.person);
      else people_.push_back(v.person);
    }
    const double count = static_cast<double>(named.size());
    most_ = std::fmax(most_, std::fmax(a.value, count));
    if (a.value > count) unnamed_.add(a.value - count);
    return true;
  }
  [[nodiscard]] distinct total() {
    const double unnamed = unnamed_.value();
    if (!sketch_ || sketch_->exact()) {
      double n = 0;
      if (sketch_) n = sketch_->estimate();
      else {
        std::sort(people_.begin(), people_.end());
        n = static_cast<double>(std::unique(people_.begin(), people_.end()) - people_.begin());
      }
      return {std::fmax(most_, n), n + unnamed, n + unnamed};
    }
    const double n = sketch_->estimate();
    const double margin = 2 * sketch_->standard_error() * n;
    const double value = std::round(n) + unnamed;
    return {std::fmin(value, std::fmax(most_, std::floor(n - margin))), value,
            std::fmax(value, std::ceil(n + margin) + unnamed)};
  }
  static void write(operator_result& a, const distinct& d) {
    a.result.value = d.value + 0.0;
    a.lower = d.lower;
    a.upper = d.upper;
  }

  static constexpr int sketch_precision = 14; ///< 16 KiB, a standard error of 0.8 %

  const rollup_request& request_;
  id_order ids_;
  const served_people::series* at_hand_ = nullptr;
  std::vector<std::uint64_t> people_;
  std::optional<engine::hyperloglog> sketch_;
  exact_sum unnamed_;
  double most_ = 0;
  bool any_ = false;
};

} // namespace commonweal::inline v0::detail
