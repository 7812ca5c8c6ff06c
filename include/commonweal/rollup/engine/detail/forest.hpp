// SPDX-License-Identifier: Apache-2.0
// forest: a spanning forest of the cascade, one tree parent a group at most, in depth-first post-order.
#pragma once

#include <numeric>
#include <utility>
#include <vector>

#include <commonweal/rollup/engine/cascade.hpp>
#include <commonweal/rollup/engine/detail/buckets.hpp>

namespace commonweal::inline v0::engine::detail {

/// Each group's tree parent is the one it is longest part of, as far as that keeps the union over all periods
/// acyclic. Which forest is taken changes the cost of a rollup, never its answer: what the forest leaves out
/// becomes further rows.
struct forest {
  static constexpr std::uint32_t none = 0xffffffffU;

  std::vector<std::uint32_t> parent;   ///< by group
  std::vector<std::uint8_t> depth;     ///< by group, 0 at a root
  std::vector<std::uint32_t> order;    ///< groups in depth-first post-order: descendants come first
  std::vector<std::uint32_t> position; ///< by group, its place in `order`

  forest(const cascade& input, int max_depth);

 private:
  void choose_parents(const cascade& input);
  void measure_depth_and_cut(int max_depth);
  void walk_depth_first();
  [[nodiscard]] buckets children() const {
    const auto groups = parent.size();
    // Roots go into one bucket more.
    return {groups + 1, groups, [&](std::size_t g) { return parent[g] == none ? groups : parent[g]; }};
  }
};

inline forest::forest(const cascade& input, int max_depth)
    : parent(input.groups, none), depth(input.groups), position(input.groups) {
  choose_parents(input);
  measure_depth_and_cut(max_depth);
  walk_depth_first();
}

inline void forest::choose_parents(const cascade& input) {
  const buckets edges_of(input.groups, input.parts.size(), [&](std::size_t e) { return input.parts[e].child; });
  std::vector<std::uint32_t> tree(input.groups); // union-find: which tree a group is in
  std::iota(tree.begin(), tree.end(), 0U);
  const auto find = [&tree](std::uint32_t g) {
    while (tree[g] != g) g = tree[g] = tree[tree[g]];
    return g;
  };
  for (std::uint32_t child = 0; child < input.groups; ++child) {
    std::int32_t longest = 0;
    for (const std::uint32_t e : edges_of[child]) {
      const index_range range = input.in_force(input.parts[e]);
      const std::uint32_t candidate = input.parts[e].parent;
      if (range.end - range.begin > longest && find(candidate) != find(child)) {
        longest = range.end - range.begin;
        parent[child] = candidate;
      }
    }
    if (parent[child] != none) tree[find(child)] = find(parent[child]);
  }
}

inline void forest::measure_depth_and_cut(int max_depth) {
  const buckets below = children();
  std::vector<std::uint32_t> queue(below[parent.size()].begin(), below[parent.size()].end());
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const std::uint32_t g = queue[i];
    for (const std::uint32_t child : below[g]) {
      const int level = depth[g] + 1;
      if (level < max_depth) {
        depth[child] = static_cast<std::uint8_t>(level);
      } else {
        parent[child] = none;
      }
      queue.push_back(child);
    }
  }
}

inline void forest::walk_depth_first() {
  const buckets below = children();
  order.reserve(parent.size());
  std::vector<std::pair<std::uint32_t, std::size_t>> path; // group, how many of its children are done
  for (const std::uint32_t root : below[parent.size()]) {
    path.emplace_back(root, 0);
    while (!path.empty()) {
      auto& [g, done] = path.back();
      if (done < below[g].size()) {
        path.emplace_back(below[g][done++], 0);
      } else {
        position[g] = static_cast<std::uint32_t>(order.size());
        order.push_back(g);
        path.pop_back();
      }
    }
  }
}

} // namespace commonweal::inline v0::engine::detail
