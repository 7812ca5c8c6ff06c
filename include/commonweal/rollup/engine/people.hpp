// SPDX-License-Identifier: Apache-2.0
// people: counts of people whom several reporters may serve, without counting anyone twice.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include <commonweal/core/error.hpp>
#include <commonweal/rollup/engine/hyperloglog.hpp>
#include <commonweal/rollup/engine/path_index.hpp>

namespace commonweal::inline v0::engine {

/// Distinct salted ids, exactly: a sorted run, and what came since. 8 bytes a person.
class id_set {
 public:
  void add(std::uint64_t id) {
    ids_.push_back(id);
    if (ids_.size() >= next_tidy_) tidy();
  }
  void merge(const id_set& other) {
    if (&other == this) return;
    ids_.insert(ids_.end(), other.ids_.begin(), other.ids_.end());
    tidy();
  }
  [[nodiscard]] double estimate() const {
    id_set copy = *this;
    copy.tidy();
    return static_cast<double>(copy.ids_.size());
  }
  [[nodiscard]] double standard_error() const { return 0.0; }

 private:
  void tidy() {
    std::sort(ids_.begin(), ids_.end());
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
    next_tidy_ = std::max<std::size_t>(64, 2 * ids_.size());
  }
  std::vector<std::uint64_t> ids_;
  std::size_t next_tidy_ = 64;
};

/// Where neither ids nor sketches are at hand: there are at least as many people as the largest reporter
/// served, and at most as many as all served together.
struct people_bounds {
  double lower = 0.0, upper = 0.0;
};
[[nodiscard]] inline people_bounds bounds_of(double largest_report, double sum_of_reports) {
  return {largest_report, sum_of_reports};
}

/// People by group and period, from records "this reporter served this person in this period". `Set` is
/// id_set (exact) or hyperloglog (estimated). Records may come twice, in any order, and in parts that are
/// merged. The plan must outlive it.
template <class Set>
class people {
 public:
  explicit people(const plan& p, const Set& empty = Set{})
      : plan_(&p), paths_(p), sets_(std::size_t{p.groups()} * static_cast<std::size_t>(p.periods()), empty) {}

  /// `person` is a salted_id. O(groups of the reporter).
  void add(std::uint32_t reporter, std::int32_t period, std::uint64_t person) {
    paths_.visit(reporter, period, [&](std::uint32_t position) { sets_[index(position, period)].add(person); });
  }

  /// Throws invalid_argument for parts of another plan.
  void merge(const people& other) {
    if (other.plan_->fingerprint() != plan_->fingerprint()) {
      throw error(error_code::invalid_argument, "these people are of different plans: they do not merge");
    }
    for (std::uint32_t p = 0; p < plan_->groups(); ++p) {
      const std::uint32_t from = other.plan_->position_of()[plan_->group_at()[p]];
      for (std::int32_t t = 0; t < plan_->periods(); ++t) {
        sets_[index(p, t)].merge(other.sets_[other.index(from, t)]);
      }
    }
  }

  /// Distinct people of a position in a period, or over periods [range.begin, range.end).
  [[nodiscard]] const Set& at(std::uint32_t position, std::int32_t period) const {
    return sets_[index(position, period)];
  }
  [[nodiscard]] Set over(std::uint32_t position, index_range range) const {
    Set all = at(position, range.begin);
    for (std::int32_t t = range.begin + 1; t < range.end; ++t) all.merge(at(position, t));
    return all;
  }

 private:
  [[nodiscard]] std::size_t index(std::uint32_t position, std::int32_t period) const {
    return position * static_cast<std::size_t>(plan_->periods()) + static_cast<std::size_t>(period);
  }
  const plan* plan_;
  path_index paths_;
  std::vector<Set> sets_;
};

} // namespace commonweal::inline v0::engine
