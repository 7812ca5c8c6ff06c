// SPDX-License-Identifier: Apache-2.0
// The engine's plain input: groups in groups, reporters in groups, each for a range of periods.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace commonweal::inline v0::engine {

/// Periods [begin, end) by index; the default is all of them.
struct index_range {
  std::int32_t begin = 0;
  std::int32_t end = std::numeric_limits<std::int32_t>::max();

  [[nodiscard]] constexpr bool empty() const { return begin >= end; }
  [[nodiscard]] constexpr bool contains(std::int32_t period) const { return begin <= period && period < end; }
  friend constexpr bool operator==(index_range, index_range) = default;
};

[[nodiscard]] constexpr index_range intersect(index_range a, index_range b) {
  return {std::max(a.begin, b.begin), std::min(a.end, b.end)};
}

/// `child` is part of `parent` while in force. A group may have several parents at once.
struct part_of_edge {
  std::uint32_t child;
  std::uint32_t parent;
  index_range in_force;
};

/// `reporter` reports into `group` while in force. A reporter may be in several groups at once.
struct membership {
  std::uint32_t reporter;
  std::uint32_t group;
  index_range in_force;
};

/// `reporter` owes a report in each of these periods.
struct expectation {
  std::uint32_t reporter;
  index_range periods;
};

/// A cascade with its history, over dense indices: groups [0, groups), reporters [0, reporters), periods
/// [0, periods). A group that reports values of its own is one more reporter, a member of that group.
/// An edge is in force in a period where its own range and the ranges of the groups at its ends hold.
/// part_of must be acyclic in every period; over time a group may become part of one it once contained.
struct cascade {
  std::uint32_t groups = 0;
  std::uint32_t reporters = 0;
  std::int32_t periods = 0;
  std::vector<part_of_edge> parts;
  std::vector<membership> members;
  std::vector<index_range> open; ///< by group, when it exists; empty: every group always

  [[nodiscard]] index_range open_range(std::uint32_t group) const {
    const index_range all{0, periods};
    return open.empty() ? all : intersect(open[group], all);
  }
  [[nodiscard]] index_range in_force(const part_of_edge& e) const {
    return intersect(e.in_force, intersect(open_range(e.child), open_range(e.parent)));
  }
  [[nodiscard]] index_range in_force(const membership& m) const { return intersect(m.in_force, open_range(m.group)); }
};

} // namespace commonweal::inline v0::engine
