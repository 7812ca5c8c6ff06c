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
/// to the root and nothing else", is a mark and takes no list. Work is done only where something changes:
/// O(groups + edges + what changes), and the closures of groups with several or passing parents.
class upward {
 public:
  static constexpr std::uint32_t none = 0xffffffffU;

  struct piece {
    period_range when;
    std::uint32_t list_begin; ///< into the lists, if not a tree path
    std::uint32_t list_size;
    std::uint32_t next; ///< the group's next piece, or none
    bool tree_path;     ///< the closure is the group's path to the root of its tree
  };

  upward(const cascade& input, const forest& trees);

  /// The first piece of a group; follow `next`. Pieces ascend in time; a closed group has none then.
  [[nodiscard]] std::uint32_t first(std::uint32_t group) const { return first_[group]; }
  [[nodiscard]] const piece& at(std::uint32_t index) const { return pieces_[index]; }
  [[nodiscard]] std::span<const std::uint32_t> list(const piece& p) const {
    return std::span(lists_).subspan(p.list_begin, p.list_size);
  }

 private:
  void gather_changes();
  void spread(std::int32_t period, std::vector<std::uint32_t>& dirty);
  void visit(std::uint32_t start, std::int32_t period);
  void renew(std::uint32_t group, std::int32_t period);
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
  std::vector<period_range> edge_range_; // by edge
  buckets parents_, children_;           // edges by child, by parent
  std::vector<change> changes_;
  std::vector<piece> pieces_;
  std::vector<std::uint32_t> first_, last_, lists_;
  std::vector<mark> mark_;
  std::vector<std::uint32_t> stamp_, gathered_;
  std::uint32_t stamp_now_ = 0;
};

inline upward::upward(const cascade& input, const forest& trees)
    : input_(input), trees_(trees), edge_range_(input.parts.size()),
      parents_(input.groups, input.parts.size(), [&](std::size_t e) { return input.parts[e].child; }),
      children_(input.groups, input.parts.size(), [&](std::size_t e) { return input.parts[e].parent; }),
      first_(input.groups, none), last_(input.groups, none), mark_(input.groups, mark::clean), stamp_(input.groups, 0) {
  pieces_.reserve(input.groups);
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
    const period_range range = input_.open_range(g);
    if (range.empty()) continue;
    changes_.push_back({range.begin, g});
    if (range.end < input_.periods) changes_.push_back({range.end, g});
  }
  for (std::size_t e = 0; e < edge_range_.size(); ++e) {
    const period_range range = edge_range_[e] = input_.in_force(input_.parts[e]);
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
  if (!tree_path) {
    ++stamp_now_;
    const auto gather = [this](std::uint32_t g) {
      if (stamp_[g] != stamp_now_) {
        stamp_[g] = stamp_now_;
        gathered_.push_back(g);
      }
    };
    gather(group);
    for (const std::uint32_t e : parents_[group]) {
      if (!edge_range_[e].contains(period)) continue;
      const std::uint32_t up = input_.parts[e].parent;
      const piece& above = *current(up, period);
      if (above.tree_path) {
        for (std::uint32_t g = up; g != none; g = trees_.parent[g]) gather(g);
      } else {
        for (const std::uint32_t g : list(above)) gather(g);
      }
    }
  }
  if (before != none && pieces_[before].when.contains(period)) {
    if (same_closure(pieces_[before], tree_path)) return;
    pieces_[before].when.end = period;
  }
  const auto index = static_cast<std::uint32_t>(pieces_.size());
  pieces_.push_back({{period, input_.periods},
                     static_cast<std::uint32_t>(lists_.size()),
                     static_cast<std::uint32_t>(gathered_.size()),
                     none,
                     tree_path});
  lists_.insert(lists_.end(), gathered_.begin(), gathered_.end());
  (before == none ? first_[group] : pieces_[before].next) = index;
  last_[group] = index;
}

inline bool upward::same_closure(const piece& old, bool tree_path) const {
  if (old.tree_path || tree_path) return old.tree_path == tree_path;
  return std::ranges::equal(list(old), gathered_);
}

} // namespace commonweal::inline v0::engine::detail
