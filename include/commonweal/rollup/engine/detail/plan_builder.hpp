// SPDX-License-Identifier: Apache-2.0
// plan_builder: from a cascade to the rows and runs of a plan.
#pragma once

#include <array>
#include <string>
#include <utility>

#include <commonweal/rollup/engine/detail/buffer.hpp>
#include <commonweal/rollup/engine/detail/hash.hpp>
#include <commonweal/rollup/engine/detail/upward.hpp>
#include <commonweal/rollup/engine/plan.hpp>

namespace commonweal::inline v0::engine {

class plan_builder {
 public:
  explicit plan_builder(const cascade& input)
      : input_(check(input)), trees_(input, plan::max_depth), up_(input, trees_), visited_(input.groups, 0),
        in_set_(input.groups, 0), places_(input.groups), plain_(input.groups) {
    for (std::uint32_t p = 0; p < input.groups; ++p) {
      const std::uint32_t g = trees_.order[p];
      places_[p].above = trees_.parent[g] == plan::none ? plan::none : trees_.position[trees_.parent[g]];
      places_[p].depth = trees_.depth[g];
      const std::uint32_t first = up_.first(g);
      plain_[g] = first != plan::none && up_.at(first).tree_path && is_always(up_.at(first).when) &&
                          is_always(input.open_range(g))
                      ? 1
                      : 0;
    }
  }

  [[nodiscard]] plan build();

 private:
  /// One vertical path of one reporter: from `start` up to depth `top`, in force in `when`.
  struct path {
    std::uint32_t start; ///< position
    std::uint32_t reporter;
    std::uint32_t top;
    index_range when;
  };

  /// A group by its position: what walking up the trees needs, side by side.
  struct place {
    std::uint32_t above = 0, visited = 0;
    std::uint32_t depth = 0;
  };

  static const cascade& check(const cascade& input);
  [[nodiscard]] bool is_always(index_range r) const { return r.begin <= 0 && r.end >= input_.periods; }
  [[nodiscard]] bool trace_plain(std::uint32_t reporter, std::span<const std::uint32_t> memberships);
  void trace(std::uint32_t reporter, std::span<const std::uint32_t> memberships);
  void trace_one(std::uint32_t reporter, std::uint32_t group, index_range range);
  void trace_several(std::uint32_t reporter, std::span<const std::uint32_t> memberships);
  void split_tree_paths(std::uint32_t reporter, index_range when);
  void split_set(std::uint32_t reporter, index_range when);
  void emit(std::uint32_t reporter, std::uint32_t start, std::uint32_t top, index_range when);
  void arrange(plan& result) const;
  [[nodiscard]] std::uint64_t fingerprint() const;

  const cascade& input_;
  detail::forest trees_;
  detail::upward up_;
  std::vector<path> paths_;
  std::size_t reporter_begin_ = 0; // paths_ of the reporter being traced start here
  std::size_t stretch_begin_ = 0;  // and here those of the stretch of time at hand
  std::vector<std::uint32_t> visited_, in_set_;
  std::vector<place> places_;       // by position
  std::vector<std::uint8_t> plain_; // by group: open, and its tree path is all there is above it, always
  std::uint32_t visit_ = 0, set_ = 0;
  std::vector<std::int32_t> bounds_;
  std::vector<std::uint32_t> starts_; // positions
};

inline const cascade& plan_builder::check(const cascade& input) {
  const auto refuse = [](const std::string& what) { throw error(error_code::invalid_data, what); };
  if (input.periods < 0) refuse("a cascade cannot have a negative number of periods");
  if (!input.open.empty() && input.open.size() != input.groups) {
    refuse("a cascade needs a range for each of its " + std::to_string(input.groups) + " groups, or for none");
  }
  for (const auto& e : input.parts) {
    if (e.child >= input.groups || e.parent >= input.groups) refuse("part_of names a group that is not there");
    if (e.in_force.begin < 0) refuse("part_of begins before the first period");
  }
  for (const auto& m : input.members) {
    if (m.group >= input.groups || m.reporter >= input.reporters) {
      refuse("a membership names a group or a reporter that is not there");
    }
    if (m.in_force.begin < 0) refuse("a membership begins before the first period");
  }
  for (const auto& range : input.open) {
    if (range.begin < 0) refuse("a group opens before the first period");
  }
  return input;
}

inline plan plan_builder::build() {
  const detail::buckets of(input_.reporters, input_.members.size(),
                           [this](std::size_t m) { return input_.members[m].reporter; });
  paths_.reserve(input_.members.size() + input_.members.size() / 8);
  for (std::uint32_t r = 0; r < input_.reporters; ++r) trace(r, of[r]);

  plan result;
  result.reporters_ = input_.reporters;
  result.periods_ = input_.periods;
  result.group_at_ = trees_.order;
  result.position_of_ = trees_.position;
  result.parent_at_.resize(input_.groups);
  result.depth_at_.resize(input_.groups);
  for (std::uint32_t p = 0; p < input_.groups; ++p) {
    const std::uint32_t g = trees_.order[p];
    result.parent_at_[p] = trees_.parent[g] == plan::none ? plan::none : trees_.position[trees_.parent[g]];
    result.depth_at_[p] = trees_.depth[g];
    result.depth_ = std::max<std::uint32_t>(result.depth_, trees_.depth[g] + 1U);
  }
  arrange(result);
  result.fingerprint_ = fingerprint();
  return result;
}

inline void plan_builder::trace(std::uint32_t reporter, std::span<const std::uint32_t> memberships) {
  reporter_begin_ = stretch_begin_ = paths_.size();
  if (trace_plain(reporter, memberships)) return;
  if (memberships.size() == 1) {
    const membership& m = input_.members[memberships[0]];
    trace_one(reporter, m.group, input_.in_force(m));
  } else if (memberships.size() > 1) {
    trace_several(reporter, memberships);
  }
}

// Nearly all of them, mostly: members of plain groups for all of the time.
inline bool plan_builder::trace_plain(std::uint32_t reporter, std::span<const std::uint32_t> memberships) {
  starts_.clear();
  for (const std::uint32_t index : memberships) {
    const membership& m = input_.members[index];
    if (plain_[m.group] == 0 || !is_always(m.in_force)) return false;
    starts_.push_back(trees_.position[m.group]);
  }
  const index_range always{0, input_.periods};
  if (always.empty()) return false;
  if (starts_.size() == 1) {
    paths_.push_back({starts_[0], reporter, 0, always});
  } else if (starts_.size() > 1) {
    split_tree_paths(reporter, always);
  }
  return true;
}

inline void plan_builder::trace_one(std::uint32_t reporter, std::uint32_t group, index_range range) {
  for (std::uint32_t i = up_.first(group); i != plan::none; i = up_.at(i).next) {
    const auto& piece = up_.at(i);
    const index_range when = intersect(range, piece.when);
    if (when.empty()) continue;
    if (piece.tree_path) {
      emit(reporter, trees_.position[group], 0, when);
    } else {
      for (const auto& s : up_.stems(piece)) emit(reporter, s.start, s.top, when);
    }
    stretch_begin_ = paths_.size();
  }
}

// Sweeps over the ranges in which neither the memberships nor the closures of their groups change.
inline void plan_builder::trace_several(std::uint32_t reporter, std::span<const std::uint32_t> memberships) {
  bounds_.clear();
  for (const std::uint32_t index : memberships) {
    const membership& m = input_.members[index];
    const index_range range = input_.in_force(m);
    for (std::uint32_t i = up_.first(m.group); i != plan::none; i = up_.at(i).next) {
      const index_range when = intersect(range, up_.at(i).when);
      if (when.empty()) continue;
      bounds_.push_back(when.begin);
      bounds_.push_back(when.end);
    }
  }
  std::sort(bounds_.begin(), bounds_.end());
  bounds_.erase(std::unique(bounds_.begin(), bounds_.end()), bounds_.end());

  for (std::size_t b = 0; b + 1 < bounds_.size(); ++b) {
    const index_range when{bounds_[b], bounds_[b + 1]};
    bool tree_paths_only = true;
    starts_.clear();
    ++set_;
    for (const std::uint32_t index : memberships) {
      const membership& m = input_.members[index];
      if (!input_.in_force(m).contains(when.begin)) continue;
      for (std::uint32_t i = up_.first(m.group); i != plan::none; i = up_.at(i).next) {
        const auto& piece = up_.at(i);
        if (!piece.when.contains(when.begin)) continue;
        starts_.push_back(trees_.position[m.group]);
        tree_paths_only = tree_paths_only && piece.tree_path;
        break;
      }
    }
    stretch_begin_ = paths_.size();
    if (tree_paths_only) {
      split_tree_paths(reporter, when);
      continue;
    }
    const std::vector<std::uint32_t> member_groups = starts_;
    starts_.clear();
    const auto include = [this](std::uint32_t g) {
      if (in_set_[g] == set_) return;
      in_set_[g] = set_;
      starts_.push_back(trees_.position[g]);
    };
    for (const std::uint32_t p : member_groups) {
      const std::uint32_t group = trees_.order[p];
      std::uint32_t i = up_.first(group);
      while (!up_.at(i).when.contains(when.begin)) i = up_.at(i).next;
      if (up_.at(i).tree_path) {
        for (std::uint32_t g = group; g != plan::none; g = trees_.parent[g]) include(g);
      } else {
        for (const auto& s : up_.stems(up_.at(i))) up_.each_of(s, include);
      }
    }
    split_set(reporter, when);
  }
}

// Every start reaches the root of its tree: walk up until a group that was already reached.
inline void plan_builder::split_tree_paths(std::uint32_t reporter, index_range when) {
  std::sort(starts_.begin(), starts_.end()); // post-order: a start below another one comes first
  ++visit_;
  for (const std::uint32_t start : starts_) {
    std::uint32_t p = start;
    if (places_[p].visited == visit_) continue;
    for (; p != plan::none && places_[p].visited != visit_; p = places_[p].above) places_[p].visited = visit_;
    emit(reporter, start, p == plan::none ? 0U : places_[p].depth + 1U, when);
  }
}

// The same for any set of groups: a path also ends where the next group up is not in the set.
inline void plan_builder::split_set(std::uint32_t reporter, index_range when) {
  std::sort(starts_.begin(), starts_.end());
  ++visit_;
  for (const std::uint32_t start : starts_) {
    std::uint32_t g = trees_.order[start];
    if (visited_[g] == visit_) continue;
    for (; g != plan::none && in_set_[g] == set_ && visited_[g] != visit_; g = trees_.parent[g]) {
      visited_[g] = visit_;
    }
    emit(reporter, start, g == plan::none ? 0U : trees_.depth[g] + 1U, when);
  }
}

inline void plan_builder::emit(std::uint32_t reporter, std::uint32_t start, std::uint32_t top, index_range when) {
  for (std::size_t i = reporter_begin_; i < stretch_begin_; ++i) { // those of one stretch are disjoint
    path& earlier = paths_[i];
    if (earlier.start == start && earlier.top == top && earlier.when.end == when.begin) {
      earlier.when.end = when.end;
      return;
    }
  }
  paths_.push_back({start, reporter, top, when});
}

// Sorts the paths by start, in one scatter of what a row needs, then by class within each start, and closes them into
// runs. Paths themselves are looked at once, in order: they are too many for caches.
inline void plan_builder::arrange(plan& result) const {
  if (paths_.size() >= plan::none) throw error(error_code::invalid_data, "a plan holds at most 2^32 - 2 rows");
  struct entry {
    std::uint32_t reporter, path;
    std::uint32_t top : 8, dated : 1;
  };
  std::vector<std::uint32_t> next(input_.groups + std::size_t{1});
  for (const path& one : paths_) ++next[one.start + std::size_t{1}];
  for (std::uint32_t p = 0; p < input_.groups; ++p) next[p + std::size_t{1}] += next[p];
  detail::buffer<entry> sorted(paths_.size());
  const index_range always{0, input_.periods};
  for (std::uint32_t i = 0; i < paths_.size(); ++i) {
    const path& one = paths_[i];
    sorted[next[one.start]++] = {one.reporter, i, one.top & 0xffU, one.when != always};
  }
  // Now `next` of a start is where the next start begins.
  result.row_reporter_.resize(paths_.size());
  result.run_begin_.resize(input_.groups + std::size_t{1});
  result.runs_.reserve(input_.groups * std::size_t{2});
  std::array<std::uint32_t, plan::max_depth + 2> row_of{};
  std::uint32_t row = 0;
  for (std::uint32_t p = 0; p < input_.groups; ++p) {
    result.run_begin_[p] = static_cast<std::uint32_t>(result.runs_.size());
    const std::uint32_t begin = row, end = next[p];
    const std::uint32_t tops = places_[p].depth + 2U; // classes are at most the depth
    std::fill_n(row_of.begin(), tops, 0U);
    for (std::uint32_t i = begin; i < end; ++i) ++row_of[sorted[i].top];
    for (std::uint32_t top = 0; top < tops; ++top) {
      const std::uint32_t rows = row_of[top];
      row_of[top] = row;
      row += rows;
      if (rows != 0) result.runs_.push_back({row, top});
    }
    const auto dated_before = static_cast<std::ptrdiff_t>(result.partial_rows_.size());
    for (std::uint32_t i = begin; i < end; ++i) {
      const entry& e = sorted[i];
      const std::uint32_t at = row_of[e.top]++;
      result.row_reporter_[at] = e.reporter;
      if (e.dated) result.partial_rows_.push_back({at, paths_[e.path].when});
    }
    std::sort(result.partial_rows_.begin() + dated_before, result.partial_rows_.end(),
              [](const plan::partial_row& a, const plan::partial_row& b) { return a.row < b.row; });
  }
  result.run_begin_[input_.groups] = static_cast<std::uint32_t>(result.runs_.size());
}

inline std::uint64_t plan_builder::fingerprint() const {
  using detail::hash_of;
  const auto dated = [](std::uint64_t kind, std::uint32_t a, std::uint32_t b, index_range range) {
    return hash_of({kind, (std::uint64_t{a} << 32) | b,
                    (static_cast<std::uint64_t>(range.begin) << 32) | static_cast<std::uint32_t>(range.end)});
  };
  // Sums of hashes: the order in which edges are listed leaves no trace.
  std::uint64_t sum = 0;
  for (const auto& e : input_.parts) sum += dated(1, e.child, e.parent, input_.in_force(e));
  for (const auto& m : input_.members) sum += dated(2, m.reporter, m.group, input_.in_force(m));
  for (std::uint32_t g = 0; g < input_.groups; ++g) sum += dated(3, g, 0, input_.open_range(g));
  return hash_of({sum, input_.groups, input_.reporters, static_cast<std::uint64_t>(input_.periods)});
}

inline plan::plan(const cascade& input) : plan(plan_builder(input).build()) {}

// A row counts in its start and in all above up to its class: +1 at the start, -1 above its highest group,
// summed upward and then along time.
inline std::vector<std::uint32_t> expected_counts(const plan& plan, std::span<const expectation> owed) {
  const auto periods = static_cast<std::size_t>(plan.periods());
  const index_range always{0, plan.periods()};
  for (const auto& e : owed) {
    if (e.reporter >= plan.reporters()) {
      throw error(error_code::invalid_argument, "a report is owed by a reporter that is not there");
    }
  }
  const detail::buckets of(plan.reporters(), owed.size(), [&](std::size_t i) { return owed[i].reporter; });
  std::vector<std::uint32_t> counts(plan.groups() * periods); // differences wrap and come back
  if (periods == 0) return counts;
  const auto add = [&](std::uint32_t position, index_range range, std::uint32_t by) {
    std::uint32_t* row = counts.data() + position * periods;
    row[range.begin] += by;
    if (range.end < plan.periods()) row[range.end] -= by;
  };

  std::size_t partial = 0;
  std::uint32_t row = 0;
  for (std::uint32_t p = 0; p < plan.groups(); ++p) {
    for (std::uint32_t r = plan.run_begin()[p]; r < plan.run_begin()[p + 1]; ++r) {
      const auto& run = plan.runs()[r];
      std::uint32_t above = p;
      while (above != plan::none && plan.depth_at()[above] >= run.top) above = plan.parent_at()[above];
      for (; row < run.row_end; ++row) {
        index_range in_force = always;
        if (partial < plan.partial_rows().size() && plan.partial_rows()[partial].row == row) {
          in_force = plan.partial_rows()[partial++].in_force;
        }
        for (const std::uint32_t i : of[plan.row_reporter()[row]]) {
          const index_range range = intersect(in_force, owed[i].periods);
          if (range.empty()) continue;
          add(p, range, 1);
          if (above != plan::none) add(above, range, ~0U);
        }
      }
    }
  }
  for (std::uint32_t p = 0; p < plan.groups(); ++p) {
    std::uint32_t* own = counts.data() + p * periods;
    if (const std::uint32_t up = plan.parent_at()[p]; up != plan::none) {
      for (std::size_t t = 0; t < periods; ++t) counts[up * periods + t] += own[t];
    }
    for (std::size_t t = 1; t < periods; ++t) own[t] += own[t - 1];
  }
  return counts;
}

} // namespace commonweal::inline v0::engine
