// SPDX-License-Identifier: Apache-2.0
// What the engine is given: the cascade of one frequency, and counts of reports.
#pragma once

#include <cstdint>
#include <vector>

#include <commonweal/rollup/detail/membership_timeline.hpp>
#include <commonweal/rollup/engine/plan.hpp>

namespace commonweal::inline v0::detail {

/// The cascade of the periods of a history, with the reporters for which `takes(reporter)` is true. Every group that is
/// one of them is a member of itself: it may report values of its own.
template <class Takes>
[[nodiscard]] engine::cascade engine_cascade_of(const cascade_history& history, const reporter_line& line,
                                                Takes&& takes) {
  const auto clip = history.clip();
  const auto shifted = [&](ordinal_range r) {
    r = r.intersect(clip);
    return r.empty() ? engine::index_range{0, 0} : engine::index_range{r.begin - clip.begin, r.end - clip.begin};
  };
  engine::cascade c;
  c.groups = history.groups();
  c.reporters = line.size();
  c.periods = clip.end - clip.begin;
  for (std::uint32_t g = 0; g < c.groups; ++g) {
    c.open.push_back(shifted(history.open(g)));
    for (const auto& l : history.parts_of(g)) c.parts.push_back({l.from, g, shifted(l.in_force)});
    for (const auto& l : history.members_of(g))
      if (takes(l.from)) c.members.push_back({l.from, g, shifted(l.in_force)});
    if (takes(line.of_group(g))) c.members.push_back({line.of_group(g), g, {}});
  }
  return c;
}

/// Counts of reports, cell by cell in the order of reporters and periods.
class report_counter {
 public:
  /// Neighbouring periods of one reporter join.
  void add(std::uint32_t reporter, std::int32_t t) {
    if (!cells_.empty() && cells_.back().reporter == reporter && cells_.back().periods.end == t)
      ++cells_.back().periods.end;
    else cells_.push_back({reporter, {t, t + 1}});
  }
  /// By [position][period] of the plan; empty where there are none.
  [[nodiscard]] std::vector<std::uint32_t> counts(const engine::plan& plan) const {
    if (cells_.empty()) return {};
    return engine::expected_counts(plan, cells_);
  }

 private:
  std::vector<engine::expectation> cells_;
};

} // namespace commonweal::inline v0::detail
