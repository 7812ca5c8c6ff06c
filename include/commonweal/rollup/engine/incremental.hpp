// SPDX-License-Identifier: Apache-2.0
// incremental: a rollup kept up to date, one observation, membership or owed report at a time.
#pragma once

#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <commonweal/rollup/engine/detail/buckets.hpp>
#include <commonweal/rollup/engine/plan.hpp>
#include <commonweal/rollup/engine/sum_cells.hpp>

namespace commonweal::inline v0::engine {

/// Holds the values of one indicator and the results of all groups and periods. A change touches the groups
/// that contain the reporter, and nothing else; where an extreme is taken away, a group looks for the next
/// one among its own members and the groups right below it. After any number of changes the results are, to
/// the bit, those of a rollup of what is there then.
///
/// The groups and part_of edges of the cascade are fixed; memberships and owed reports change.
/// Memory: 8 bytes a cell, 48 a group and period. One writer.
class incremental {
 public:
  /// Starts with the cascade's memberships and no values. Throws as plan.
  explicit incremental(const cascade& input);

  /// Sets or replaces a value; NaN removes it. Returns false, and changes nothing, if it was there already.
  /// Throws invalid_data for an infinite value. REQUIRES: indices of the cascade.
  bool set(std::uint32_t reporter, std::int32_t period, double value);

  /// Adds a membership, or takes one away that was given with the same range; false if there is none such.
  /// Throws invalid_argument for indices that are not there.
  void add(const membership& m);
  bool remove(const membership& m);

  /// A report is owed, or no longer owed, in these periods.
  void owe(const expectation& e, bool owed = true);

  struct result {
    double sum = 0.0, min = 0.0, max = 0.0; ///< sum +0, min +inf, max -inf where nothing is reported
    std::uint32_t reported = 0, expected = 0;
  };
  [[nodiscard]] result at(std::uint32_t group, std::int32_t period) const;
  [[nodiscard]] exact_sum sum(std::uint32_t group, std::int32_t period) const {
    return cells_.sum(index(group, period));
  }

 private:
  struct dated_link {
    std::uint32_t other; ///< group or reporter
    index_range when;
  };

  [[nodiscard]] std::size_t index(std::uint32_t group, std::int32_t period) const {
    return static_cast<std::size_t>(period) * groups_ + place_[group];
  }
  [[nodiscard]] double& value(std::uint32_t reporter, std::int32_t period) {
    return values_[static_cast<std::size_t>(period) * reporters_ + slot_[reporter]];
  }
  void find_groups(std::uint32_t reporter, std::int32_t period, std::vector<std::uint32_t>& found);
  void climb(std::uint32_t group, std::int32_t period, std::vector<std::uint32_t>& found);
  void renew_extremes(std::uint32_t group, std::int32_t period);
  template <class Change>
  void change_membership(std::uint32_t reporter, index_range when, Change change);

  std::uint32_t groups_, reporters_;
  std::int32_t periods_;
  std::vector<index_range> open_;
  detail::buckets parents_of_, children_of_; // of groups, into links_
  std::vector<dated_link> parents_, children_;
  std::vector<std::vector<dated_link>> groups_of_;  // by reporter
  std::vector<std::vector<dated_link>> members_of_; // by group
  std::vector<std::uint32_t> place_; // by group: where its cells are; a depth-first order keeps relatives close
  std::vector<std::uint32_t> slot_;  // by reporter: where its values are; the same
  std::vector<double> values_;       // [period][slot]
  std::vector<bool> owed_;           // [period][reporter]
  sum_cells cells_;                  // [period][place]
  std::vector<std::uint32_t> stamp_;
  std::uint32_t stamp_now_ = 0;
  std::vector<std::uint32_t> before_, after_, changed_;
  std::vector<std::pair<std::uint32_t, std::size_t>> path_;
};

inline incremental::incremental(const cascade& input)
    : groups_(input.groups), reporters_(input.reporters), periods_(input.periods), open_(input.groups),
      parents_of_(input.groups, input.parts.size(), [&](std::size_t e) { return input.parts[e].child; }),
      children_of_(input.groups, input.parts.size(), [&](std::size_t e) { return input.parts[e].parent; }),
      groups_of_(input.reporters), members_of_(input.groups), slot_(input.reporters, plan::none),
      values_(std::size_t{input.reporters} * static_cast<std::size_t>(input.periods),
              std::numeric_limits<double>::quiet_NaN()),
      owed_(values_.size()), cells_(std::size_t{input.groups} * static_cast<std::size_t>(input.periods)),
      stamp_(input.groups, 0) {
  const plan order(input);
  place_.assign(order.position_of().begin(), order.position_of().end());
  std::uint32_t slots = 0;
  for (const std::uint32_t r : order.row_reporter()) {
    if (slot_[r] == plan::none) slot_[r] = slots++;
  }
  for (auto& slot : slot_) {
    if (slot == plan::none) slot = slots++;
  }
  for (std::uint32_t g = 0; g < groups_; ++g) open_[g] = input.open_range(g);
  for (const std::uint32_t e : parents_of_.items()) {
    parents_.push_back({input.parts[e].parent, input.in_force(input.parts[e])});
  }
  for (const std::uint32_t e : children_of_.items()) {
    children_.push_back({input.parts[e].child, input.in_force(input.parts[e])});
  }
  for (const auto& m : input.members) {
    groups_of_[m.reporter].push_back({m.group, input.in_force(m)});
    members_of_[m.group].push_back({m.reporter, input.in_force(m)});
  }
}

// The union of the groups above a reporter's memberships, descendants before ancestors: each group is noted
// when all above it are, and the order is turned round.
inline void incremental::find_groups(std::uint32_t reporter, std::int32_t period, std::vector<std::uint32_t>& found) {
  found.clear();
  ++stamp_now_;
  for (const auto& link : groups_of_[reporter]) {
    if (link.when.contains(period) && stamp_[link.other] != stamp_now_) climb(link.other, period, found);
  }
  std::reverse(found.begin(), found.end());
}

inline void incremental::climb(std::uint32_t group, std::int32_t period, std::vector<std::uint32_t>& found) {
  stamp_[group] = stamp_now_;
  path_.emplace_back(group, parents_of_.offsets()[group]);
  while (!path_.empty()) {
    auto& [g, next] = path_.back();
    if (next == parents_of_.offsets()[g + std::size_t{1}]) {
      found.push_back(g);
      path_.pop_back();
      continue;
    }
    const dated_link& up = parents_[next++];
    if (!up.when.contains(period) || stamp_[up.other] == stamp_now_) continue;
    stamp_[up.other] = stamp_now_;
    path_.emplace_back(up.other, parents_of_.offsets()[up.other]);
  }
}

inline bool incremental::set(std::uint32_t reporter, std::int32_t period, double x) {
  if (std::isinf(x)) throw error(error_code::invalid_data, "an infinite value; missing is NaN");
  x += 0.0; // -0 becomes +0
  double& held = value(reporter, period);
  const double old = held;
  const bool had = !std::isnan(old), has = !std::isnan(x);
  if (had == has && (!has || old == x)) return false;
  if (has) cells_.prepare(x);
  held = x;
  find_groups(reporter, period, before_);
  for (const std::uint32_t g : before_) {
    const std::size_t i = index(g, period);
    if (had) cells_.remove(i, old);
    if (has) cells_.add(i, x);
    // An extreme that was taken away, and is not outdone by the new value, has to be found again.
    if (had && ((old == cells_[i].min && !(x <= old)) || (old == cells_[i].max && !(x >= old)))) {
      renew_extremes(g, period);
    }
  }
  return true;
}

inline void incremental::renew_extremes(std::uint32_t group, std::int32_t period) {
  double min = std::numeric_limits<double>::infinity(), max = -min;
  for (std::size_t k = children_of_.offsets()[group]; k < children_of_.offsets()[group + std::size_t{1}]; ++k) {
    if (!children_[k].when.contains(period)) continue;
    const auto& c = cells_[index(children_[k].other, period)];
    min = std::min(min, c.min);
    max = std::max(max, c.max);
  }
  for (const auto& link : members_of_[group]) {
    if (!link.when.contains(period)) continue;
    const double x = value(link.other, period);
    if (x < min) min = x;
    if (x > max) max = x;
  }
  auto& c = cells_[index(group, period)];
  c.min = min;
  c.max = max;
}

// Compares the groups of a reporter before and after, period by period, and moves its value and its debt.
template <class Change>
void incremental::change_membership(std::uint32_t reporter, index_range when, Change change) {
  struct moved {
    std::int32_t period;
    std::vector<std::uint32_t> groups;
  };
  std::vector<moved> earlier;
  for (std::int32_t t = when.begin; t < when.end; ++t) {
    find_groups(reporter, t, before_);
    earlier.push_back({t, before_});
  }
  change();
  for (const auto& [t, groups] : earlier) {
    find_groups(reporter, t, after_);
    const double x = value(reporter, t);
    const bool owes = owed_[static_cast<std::size_t>(t) * reporters_ + reporter];
    // Stamps still tell the groups of after_; those of `groups` are told by a second round of stamps.
    for (const std::uint32_t g : groups) {
      if (stamp_[g] == stamp_now_) continue;
      const std::size_t i = index(g, t);
      cells_[i].expected -= owes ? 1 : 0;
      if (std::isnan(x)) continue;
      cells_.remove(i, x);
      if (x == cells_[i].min || x == cells_[i].max) renew_extremes(g, t);
    }
    ++stamp_now_;
    for (const std::uint32_t g : groups) stamp_[g] = stamp_now_;
    for (const std::uint32_t g : after_) {
      if (stamp_[g] == stamp_now_) continue;
      const std::size_t i = index(g, t);
      cells_[i].expected += owes ? 1 : 0;
      if (!std::isnan(x)) cells_.add(i, x);
    }
  }
}

inline void incremental::add(const membership& m) {
  if (m.reporter >= reporters_ || m.group >= groups_ || m.in_force.begin < 0) {
    throw error(error_code::invalid_argument, "a membership names a group, reporter or period that is not there");
  }
  const index_range when = intersect(m.in_force, open_[m.group]);
  change_membership(m.reporter, when, [&] {
    groups_of_[m.reporter].push_back({m.group, when});
    members_of_[m.group].push_back({m.reporter, when});
  });
}

inline bool incremental::remove(const membership& m) {
  if (m.reporter >= reporters_ || m.group >= groups_) return false;
  const index_range when = intersect(m.in_force, open_[m.group]);
  const auto find = [&](std::vector<dated_link>& links, std::uint32_t other) {
    return std::find_if(links.begin(), links.end(),
                        [&](const dated_link& l) { return l.other == other && l.when == when; });
  };
  auto& up = groups_of_[m.reporter];
  const auto link = find(up, m.group);
  if (link == up.end()) return false;
  change_membership(m.reporter, when, [&] {
    up.erase(link);
    auto& down = members_of_[m.group];
    down.erase(find(down, m.reporter));
  });
  return true;
}

inline void incremental::owe(const expectation& e, bool owed) {
  if (e.reporter >= reporters_) throw error(error_code::invalid_argument, "an owed report names no reporter");
  const index_range when = intersect(e.periods, {0, periods_});
  for (std::int32_t t = when.begin; t < when.end; ++t) {
    const std::size_t i = static_cast<std::size_t>(t) * reporters_ + e.reporter;
    if (owed_[i] == owed) continue;
    owed_[i] = owed;
    find_groups(e.reporter, t, before_);
    for (const std::uint32_t g : before_) cells_[index(g, t)].expected += owed ? 1U : ~0U;
  }
}

inline auto incremental::at(std::uint32_t group, std::int32_t period) const -> result {
  const std::size_t i = index(group, period);
  const auto& c = cells_[i];
  return {c.count == 0 ? 0.0 : cells_.value(i), c.min, c.max, c.count, c.expected};
}

} // namespace commonweal::inline v0::engine
