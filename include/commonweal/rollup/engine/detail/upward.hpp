// SPDX-License-Identifier: Apache-2.0
// upward: for every group, the groups it reaches by part_of edges in force, period by period.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include <commonweal/core/error.hpp>
#include <commonweal/rollup/engine/detail/forest.hpp>

namespace commonweal::inline v0::engine::detail {

/// The history of each group's upward closure, in pieces of constant closure. The common case, "the tree path
/// to the root and nothing else", is a mark and takes no list; any other closure is a list of stems, each a stretch of
/// a tree path, so that a long chain costs no group its whole length. Work is done only where something changes:
/// O(groups + edges + what changes), the stems, and the closures of groups with parents that do not contain each other.
class upward {
 public:
  static constexpr std::uint32_t none = 0xffffffffU;

  /// A group, by its position, and all above it in its tree down from the depth `top`.
  struct stem {
    std::uint32_t start, top;
    friend bool operator==(const stem&, const stem&) = default;
  };
  struct piece {
    index_range when;
    std::size_t list_begin; ///< into the lists, if not a tree path
    std::uint32_t list_size;
    std::uint32_t next; ///< the group's next piece, or none
    bool tree_path;     ///< the closure is the group's path to the root of its tree
  };

  upward(const cascade& input, const forest& trees);

  /// The first piece of a group; follow `next`. Pieces ascend in time; a closed group has none then.
  [[nodiscard]] std::uint32_t first(std::uint32_t group) const { return first_[group]; }
  [[nodiscard]] const piece& at(std::uint32_t index) const { return pieces_[index]; }
  /// Disjoint; together they are the closure of a group that is not a tree path.
  [[nodiscard]] std::span<const stem> stems(const piece& p) const {
    return std::span(lists_).subspan(p.list_begin, p.list_size);
  }
  /// Calls `see` with every group of a stem, from its start upward.
  template <class See>
  void each_of(const stem& s, See see) const {
    for (std::uint32_t g = trees_.order[s.start]; g != none && trees_.depth[g] >= s.top; g = trees_.parent[g]) see(g);
  }

 private:
  void gather_changes();
  void spread(std::int32_t period, std::vector<std::uint32_t>& dirty);
  void visit(std::uint32_t start, std::int32_t period);
  void renew(std::uint32_t group, std::int32_t period);
  void gather(std::uint32_t group, std::int32_t period);
  void extend(std::uint32_t group, std::uint32_t parent, const piece& above);
  void unite(std::uint32_t group, std::int32_t period);
  [[nodiscard]] bool holds(const piece& closure, std::uint32_t of, std::uint32_t group) const;
  [[nodiscard]] bool same_closure(const piece& old, bool tree_path) const;
  [[nodiscard]] const piece* current(std::uint32_t group, std::int32_t period) const {
    const std::uint32_t index = last_[group];
    return index != none && pieces_[index].when.contains(period) ? &pieces_[index] : nullptr;
  }

  struct change {
    std::int32_t period;
    std::uint32_t group;
  };
  enum class mark : std::uint8_t { clean, dirty, open, done };

  const cascade& input_;
  const forest& trees_;
  std::vector<index_range> edge_range_; // by edge
  buckets parents_, children_;          // edges by child, by parent
  std::vector<change> changes_;
  std::vector<piece> pieces_;
  std::vector<std::uint32_t> first_, last_, below_; // below_: by position, groups in the subtree, itself among them
  std::vector<stem> lists_, gathered_;
  std::vector<mark> mark_;
  std::vector<std::uint32_t> stamp_, ups_, set_;
  std::uint32_t stamp_now_ = 0;
};

inline upward::upward(const cascade& input, const forest& trees)
    : input_(input), trees_(trees), edge_range_(input.parts.size()),
      parents_(input.groups, input.parts.size(), [&](std::size_t e) { return input.parts[e].child; }),
      children_(input.groups, input.parts.size(), [&](std::size_t e) { return input.parts[e].parent; }),
      first_(input.groups, none), last_(input.groups, none), below_(input.groups, 1), mark_(input.groups, mark::clean),
      stamp_(input.groups, 0) {
  pieces_.reserve(input.groups);
  for (std::uint32_t p = 0; p < input.groups; ++p)
    if (const std::uint32_t up = trees.parent[trees.order[p]]; up != none) below_[trees.position[up]] += below_[p];
  gather_changes();
  std::vector<std::uint32_t> dirty;
  for (std::size_t i = 0; i < changes_.size();) {
    const std::int32_t period = changes_[i].period;
    dirty.clear();
    for (; i < changes_.size() && changes_[i].period == period; ++i) {
      auto& m = mark_[changes_[i].group];
      if (m == mark::clean) {
        m = mark::dirty;
        dirty.push_back(changes_[i].group);
      }
    }
    spread(period, dirty);
    for (const std::uint32_t g : dirty) visit(g, period);
    for (const std::uint32_t g : dirty) mark_[g] = mark::clean;
  }
}

inline void upward::gather_changes() {
  for (std::uint32_t g = 0; g < input_.groups; ++g) {
    const index_range range = input_.open_range(g);
    if (range.empty()) continue;
    changes_.push_back({range.begin, g});
    if (range.end < input_.periods) changes_.push_back({range.end, g});
  }
  for (std::size_t e = 0; e < edge_range_.size(); ++e) {
    const index_range range = edge_range_[e] = input_.in_force(input_.parts[e]);
    if (range.empty()) continue;
    if (range.begin > 0) changes_.push_back({range.begin, input_.parts[e].child});
    if (range.end < input_.periods) changes_.push_back({range.end, input_.parts[e].child});
  }
  std::stable_sort(changes_.begin(), changes_.end(),
                   [](const change& a, const change& b) { return a.period < b.period; });
}

// What changes for a group changes for all that are part of it.
inline void upward::spread(std::int32_t period, std::vector<std::uint32_t>& dirty) {
  for (std::size_t i = 0; i < dirty.size(); ++i) {
    for (const std::uint32_t e : children_[dirty[i]]) {
      const std::uint32_t child = input_.parts[e].child;
      if (edge_range_[e].contains(period) && mark_[child] == mark::clean) {
        mark_[child] = mark::dirty;
        dirty.push_back(child);
      }
    }
  }
}

// Parents before children, without recursion: a cascade may be deep.
inline void upward::visit(std::uint32_t start, std::int32_t period) {
  if (mark_[start] != mark::dirty) return;
  std::vector<std::pair<std::uint32_t, std::size_t>> path{{start, 0}};
  mark_[start] = mark::open;
  while (!path.empty()) {
    auto& [g, done] = path.back();
    const auto edges = parents_[g];
    if (done == edges.size()) {
      renew(g, period);
      mark_[g] = mark::done;
      path.pop_back();
      continue;
    }
    const std::uint32_t e = edges[done++];
    const std::uint32_t up = input_.parts[e].parent;
    if (!edge_range_[e].contains(period)) continue;
    if (mark_[up] == mark::open) {
      throw error(error_code::invalid_data,
                  "part_of has a cycle in period " + std::to_string(period) + " through group " + std::to_string(up));
    }
    if (mark_[up] == mark::dirty) {
      mark_[up] = mark::open;
      path.emplace_back(up, 0);
    }
  }
}

inline void upward::renew(std::uint32_t group, std::int32_t period) {
  const std::uint32_t before = last_[group];
  if (!input_.open_range(group).contains(period)) {
    if (before != none) pieces_[before].when.end = std::min(pieces_[before].when.end, period);
    return;
  }
  bool tree_path = trees_.parent[group] == none;
  int parents = 0;
  for (const std::uint32_t e : parents_[group]) {
    if (!edge_range_[e].contains(period)) continue;
    const std::uint32_t up = input_.parts[e].parent;
    ++parents;
    tree_path = up == trees_.parent[group] && current(up, period)->tree_path;
  }
  // Two edges to one parent are rare enough to take the list.
  tree_path = tree_path && parents <= 1;

  gathered_.clear();
  if (!tree_path) gather(group, period);
  if (before != none && pieces_[before].when.contains(period)) {
    if (same_closure(pieces_[before], tree_path)) return;
    pieces_[before].when.end = period;
  }
  const auto index = static_cast<std::uint32_t>(pieces_.size());
  pieces_.push_back(
      {{period, input_.periods}, lists_.size(), static_cast<std::uint32_t>(gathered_.size()), none, tree_path});
  lists_.insert(lists_.end(), gathered_.begin(), gathered_.end());
  (before == none ? first_[group] : pieces_[before].next) = index;
  last_[group] = index;
}

// The closure of a group is itself and those of its parents; a parent that another one contains adds nothing.
inline void upward::gather(std::uint32_t group, std::int32_t period) {
  constexpr std::size_t few = 8; // beyond, comparing each with each costs more than it saves
  ups_.clear();
  for (const std::uint32_t e : parents_[group])
    if (edge_range_[e].contains(period)) ups_.push_back(input_.parts[e].parent);
  std::sort(ups_.begin(), ups_.end());
  ups_.erase(std::unique(ups_.begin(), ups_.end()), ups_.end());
  if (ups_.empty()) {
    gathered_.push_back({trees_.position[group], trees_.depth[group]});
    return;
  }
  for (std::size_t i = 0; i < ups_.size() && ups_.size() <= few; ++i) {
    const piece& above = *current(ups_[i], period);
    if (std::all_of(ups_.begin(), ups_.end(), [&](std::uint32_t up) { return holds(above, ups_[i], up); }))
      return extend(group, ups_[i], above);
  }
  unite(group, period);
}

// The group goes below its parent where that begins a stem, or begins one itself. (Over time a group may be part of one
// below it in the tree; then its stem passes through it.)
inline void upward::extend(std::uint32_t group, std::uint32_t parent, const piece& above) {
  const std::uint32_t start = trees_.position[parent];
  if (above.tree_path) gathered_.push_back({start, 0});
  else gathered_.assign(stems(above).begin(), stems(above).end());
  const std::uint32_t own = trees_.position[group];
  const auto below = trees_.parent[group] != parent ? gathered_.end()
                                                    : std::find_if(gathered_.begin(), gathered_.end(),
                                                                   [start](const stem& s) { return s.start == start; });
  if (below != gathered_.end()) below->start = own;
  else gathered_.push_back({own, trees_.depth[group]});
}

inline void upward::unite(std::uint32_t group, std::int32_t period) {
  set_.assign(1, trees_.position[group]);
  stamp_now_ += 2; // odd: in the set; even: in a stem already
  stamp_[group] = stamp_now_ - 1;
  const auto include = [this](std::uint32_t g) {
    if (stamp_[g] == stamp_now_ - 1) return;
    stamp_[g] = stamp_now_ - 1;
    set_.push_back(trees_.position[g]);
  };
  for (const std::uint32_t up : ups_) {
    const piece& above = *current(up, period);
    if (above.tree_path) each_of({trees_.position[up], 0}, include);
    else
      for (const stem& s : stems(above)) each_of(s, include);
  }
  std::sort(set_.begin(), set_.end()); // post-order: a group below another one comes first
  for (const std::uint32_t start : set_) {
    std::uint32_t g = trees_.order[start];
    std::uint32_t top = none;
    for (; g != none && stamp_[g] == stamp_now_ - 1; g = trees_.parent[g]) {
      stamp_[g] = stamp_now_;
      top = trees_.depth[g];
    }
    if (top != none) gathered_.push_back({start, top});
  }
}

/// Whether the closure, which is of group `of`, has the group in it.
inline bool upward::holds(const piece& closure, std::uint32_t of, std::uint32_t group) const {
  const std::uint32_t at = trees_.position[group];
  const auto in = [&](const stem& s) { // the group lies above the start in its tree, and below the top or at it
    return s.start <= at && at - s.start < below_[at] && trees_.depth[group] >= s.top;
  };
  if (closure.tree_path) return in({trees_.position[of], 0});
  const auto all = stems(closure);
  return std::any_of(all.begin(), all.end(), in);
}

inline bool upward::same_closure(const piece& old, bool tree_path) const {
  if (old.tree_path || tree_path) return old.tree_path == tree_path;
  return std::ranges::equal(stems(old), gathered_);
}

} // namespace commonweal::inline v0::engine::detail
