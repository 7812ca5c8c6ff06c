// SPDX-License-Identifier: Apache-2.0
// Who is next to whom, once each: what structural measures are defined on.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <commonweal/core/random.hpp>
#include <commonweal/network/view.hpp>

namespace commonweal::inline v0::detail {

/// Neighbors of every vertex of a view, sorted, parallel edges once. O(vertices + edges log degree).
class simple_graph {
 public:
  explicit simple_graph(const undirected_view& view) {
    const auto n = static_cast<std::uint32_t>(num_vertices(view));
    first_.reserve(n + 1U);
    first_.push_back(0);
    for (std::uint32_t v = 0; v < n; ++v) {
      const auto begin = static_cast<std::ptrdiff_t>(near_.size());
      for (auto [e, last] = out_edges(v, view); e != last; ++e) near_.push_back((*e).target);
      std::sort(near_.begin() + begin, near_.end());
      near_.erase(std::unique(near_.begin() + begin, near_.end()), near_.end());
      first_.push_back(near_.size());
    }
  }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(first_.size() - 1); }
  [[nodiscard]] std::size_t edges() const { return near_.size() / 2; }
  [[nodiscard]] std::size_t degree(std::uint32_t v) const { return first_[v + 1U] - first_[v]; }
  [[nodiscard]] std::span<const std::uint32_t> near(std::uint32_t v) const {
    return std::span(near_).subspan(first_[v], degree(v));
  }

 private:
  std::vector<std::size_t> first_;
  std::vector<std::uint32_t> near_;
};

/// What one search from every vertex gives.
struct path_measures {
  std::vector<double> betweenness; ///< pairs, each once, weighted by the share of shortest paths through the vertex
  std::vector<double> closeness;
  double total_steps = 0; ///< over ordered pairs that reach each other
  double pairs = 0;       ///< how many there are
  std::uint32_t longest = 0;
};

/// Brandes, A faster algorithm for betweenness centrality, 2001; closeness as Wasserman and Faust, 1994, for graphs
/// that need not be connected. Searches from `sources` alone where they are named: betweenness is then scaled up to all
/// (Brandes and Pich 2007), and the sums are over what was searched. O(sources x edges).
inline path_measures measure_paths(const simple_graph& g, std::span<const std::uint32_t> sources = {}) {
  const auto n = g.size();
  const std::size_t searches = sources.empty() ? n : sources.size();
  path_measures out;
  out.betweenness.assign(n, 0.0);
  out.closeness.assign(n, 0.0);
  constexpr std::uint32_t far = UINT32_MAX;
  std::vector<std::uint32_t> steps(n);
  std::vector<double> paths(n);
  std::vector<double> share(n);
  std::vector<std::uint32_t> order;
  for (std::size_t k = 0; k < searches; ++k) {
    const auto s = sources.empty() ? static_cast<std::uint32_t>(k) : sources[k];
    std::fill(steps.begin(), steps.end(), far);
    std::fill(paths.begin(), paths.end(), 0.0);
    std::fill(share.begin(), share.end(), 0.0);
    order.assign(1, s);
    steps[s] = 0;
    paths[s] = 1;
    double sum = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto v = order[i];
      sum += steps[v];
      for (const auto w : g.near(v)) {
        if (steps[w] == far) {
          steps[w] = steps[v] + 1;
          order.push_back(w);
        }
        if (steps[w] == steps[v] + 1) paths[w] += paths[v];
      }
    }
    const auto reached = static_cast<double>(order.size() - 1);
    out.total_steps += sum;
    out.pairs += reached;
    out.longest = std::max(out.longest, steps[order.back()]);
    if (sum > 0) out.closeness[s] = reached / sum * (reached / (static_cast<double>(n) - 1));
    for (auto i = order.size(); i-- > 1;) {
      const auto w = order[i];
      for (const auto v : g.near(w))
        if (steps[v] + 1 == steps[w]) share[v] += paths[v] / paths[w] * (1 + share[w]);
      out.betweenness[w] += share[w] / 2; // every pair is met from both ends
    }
  }
  if (searches < n)
    for (auto& b : out.betweenness) b *= static_cast<double>(n) / static_cast<double>(searches);
  return out;
}

/// `count` different vertices of `n`, drawn with a seed, ascending; none (which means all) where count is 0 or not
/// below n. The same on every platform (splitmix64, Floyd's sampling).
inline std::vector<std::uint32_t> sample_sources(std::uint32_t n, std::size_t count, std::uint64_t seed) {
  std::vector<std::uint32_t> out;
  if (count == 0 || count >= n) return out;
  seeded_random random(seed);
  for (auto top = n - static_cast<std::uint32_t>(count); top < n; ++top) {
    const auto drawn = static_cast<std::uint32_t>(random.next() % (std::uint64_t{top} + 1));
    const auto at = std::lower_bound(out.begin(), out.end(), drawn);
    if (at != out.end() && *at == drawn) out.push_back(top); // larger than all drawn so far
    else out.insert(at, drawn);
  }
  return out;
}

/// The largest k for which a vertex lies in a part where everyone has k neighbors within it (Seidman 1983), by taking
/// vertices away in order of degree (Batagelj and Zaversnik 2003). O(vertices + edges).
inline std::vector<std::size_t> core_numbers(const simple_graph& g) {
  const auto n = g.size();
  std::vector<std::size_t> degree(n);
  std::size_t most = 0;
  for (std::uint32_t v = 0; v < n; ++v) most = std::max(most, degree[v] = g.degree(v));
  std::vector<std::size_t> first(most + 2, 0); // where vertices of each degree begin in `order`
  for (const auto d : degree) ++first[d + 1];
  for (std::size_t d = 1; d < first.size(); ++d) first[d] += first[d - 1];
  std::vector<std::uint32_t> order(n);
  std::vector<std::size_t> place(n);
  auto next = first;
  for (std::uint32_t v = 0; v < n; ++v) order[place[v] = next[degree[v]]++] = v;
  for (std::size_t i = 0; i < n; ++i) {
    const auto v = order[i];
    for (const auto w : g.near(v)) {
      if (degree[w] <= degree[v]) continue;
      // w moves to the front of its degree, which then begins one further on.
      const auto front = std::max(first[degree[w]], i + 1);
      const auto other = order[front];
      std::swap(order[place[w]], order[front]);
      std::swap(place[w], place[other]);
      first[degree[w]] = front + 1;
      --degree[w];
    }
  }
  return degree;
}

struct cuts {
  std::vector<bool> articulation;                               ///< by vertex
  std::vector<std::pair<std::uint32_t, std::uint32_t>> bridges; ///< (smaller, larger), sorted
  std::vector<std::uint32_t> component;                         ///< by vertex, numbered in the order met
  std::uint32_t components = 0;
};

/// One depth-first search (Hopcroft and Tarjan 1973) without recursion, so that long chains do not exhaust the stack.
/// O(vertices + edges).
inline cuts find_cuts(const simple_graph& g) {
  const auto n = g.size();
  constexpr std::uint32_t unmet = UINT32_MAX;
  cuts out;
  out.articulation.assign(n, false);
  out.component.assign(n, 0);
  std::vector<std::uint32_t> met(n, unmet); // when a vertex was met
  std::vector<std::uint32_t> low(n);        // the earliest that it or those below it are next to
  struct frame {
    std::uint32_t vertex;
    std::uint32_t parent;
    std::size_t next;
  };
  std::vector<frame> stack;
  std::uint32_t clock = 0;
  for (std::uint32_t root = 0; root < n; ++root) {
    if (met[root] != unmet) continue;
    std::size_t branches = 0;
    met[root] = low[root] = clock++;
    out.component[root] = out.components;
    stack.push_back({root, unmet, 0});
    while (!stack.empty()) {
      auto& top = stack.back();
      const auto v = top.vertex;
      if (top.next < g.degree(v)) {
        const auto w = g.near(v)[top.next++];
        if (w == top.parent) continue;
        if (met[w] != unmet) {
          low[v] = std::min(low[v], met[w]);
          continue;
        }
        met[w] = low[w] = clock++;
        out.component[w] = out.components;
        stack.push_back({w, v, 0});
        continue;
      }
      const auto parent = top.parent;
      stack.pop_back();
      if (parent == unmet) continue;
      low[parent] = std::min(low[parent], low[v]);
      if (low[v] > met[parent]) out.bridges.emplace_back(std::min(parent, v), std::max(parent, v));
      if (parent == root) ++branches;
      else if (low[v] >= met[parent]) out.articulation[parent] = true;
    }
    out.articulation[root] = branches > 1;
    ++out.components;
  }
  std::sort(out.bridges.begin(), out.bridges.end());
  return out;
}

/// Pairs of neighbors of each vertex that are next to each other. O(sum of squared degrees in the worst case).
inline std::vector<std::size_t> closed_pairs(const simple_graph& g) {
  std::vector<std::size_t> out(g.size(), 0);
  for (std::uint32_t v = 0; v < g.size(); ++v) {
    const auto near = g.near(v);
    for (std::size_t i = 0; i < near.size(); ++i) {
      const auto others = g.near(near[i]);
      auto from = others.begin();
      for (std::size_t j = i + 1; j < near.size() && from != others.end(); ++j) {
        from = std::lower_bound(from, others.end(), near[j]);
        if (from != others.end() && *from == near[j]) ++out[v];
      }
    }
  }
  return out;
}

} // namespace commonweal::inline v0::detail
