// SPDX-License-Identifier: Apache-2.0
// Finds cycles all of whose edges are in force on one same day.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include <commonweal/core/interval.hpp>

namespace commonweal::inline v0::detail {

struct dated_edge {
  std::uint32_t from;
  std::uint32_t to;
  interval span;
  std::size_t row; ///< the caller's
};

/// Edges in the order walked: the end of each is the beginning of the next, and of the last that of the first.
struct found_cycle {
  std::vector<dated_edge> edges;
  interval span; ///< the days on which all are in force
};

/// Search over dates by halving. A range of days without a cycle among all edges that touch it has none on any day in
/// it; edges that no cycle can use (nothing enters or nothing leaves them) are dropped before halving, so that in
/// practice only what lies on cycles of the undated graph is looked at again. O(edges) where that graph has no cycle.
class cycle_finder {
 public:
  /// REQUIRES: spans not empty. Vertices may be any numbers.
  static std::optional<found_cycle> find(std::vector<dated_edge> edges) {
    edges = on_cycles(std::move(edges));
    if (edges.empty()) return std::nullopt;
    std::vector<date> days = {date::lowest()};
    for (const auto& e : edges) {
      days.push_back(e.span.start);
      if (e.span.end != date::highest()) days.push_back(e.span.end);
    }
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    days.push_back(date::highest());
    return search(std::move(edges), days);
  }

  /// The edges that remain when those at a vertex that nothing enters, or nothing leaves, are taken away again and
  /// again: none where there is no cycle.
  static std::vector<dated_edge> on_cycles(std::vector<dated_edge> edges) {
    std::unordered_map<std::uint32_t, std::uint32_t> number;
    number.reserve(edges.size());
    const auto number_of = [&number](std::uint32_t v) {
      return number.try_emplace(v, static_cast<std::uint32_t>(number.size())).first->second;
    };
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    ends.reserve(edges.size());
    for (const auto& e : edges) {
      const auto from = number_of(e.from);
      ends.emplace_back(from, number_of(e.to));
    }
    std::vector<char> gone(edges.size(), 0);
    for (const bool forward : {true, false}) {
      // Rows by the vertex they leave (or enter), and how many still enter (or leave) each.
      std::vector<std::size_t> first(number.size() + 1, 0);
      std::vector<std::uint32_t> waiting(number.size(), 0);
      for (std::size_t i = 0; i < ends.size(); ++i) {
        if (gone[i] != 0) continue;
        ++first[(forward ? ends[i].first : ends[i].second) + 1];
        ++waiting[forward ? ends[i].second : ends[i].first];
      }
      for (std::size_t v = 1; v < first.size(); ++v) first[v] += first[v - 1];
      std::vector<std::size_t> rows(first.back());
      auto next = first;
      for (std::size_t i = 0; i < ends.size(); ++i)
        if (gone[i] == 0) rows[next[forward ? ends[i].first : ends[i].second]++] = i;
      std::vector<std::uint32_t> ready;
      for (std::uint32_t v = 0; v < waiting.size(); ++v)
        if (waiting[v] == 0) ready.push_back(v);
      while (!ready.empty()) {
        const auto v = ready.back();
        ready.pop_back();
        for (auto r = first[v]; r < first[v + 1]; ++r) {
          gone[rows[r]] = 1;
          const auto other = forward ? ends[rows[r]].second : ends[rows[r]].first;
          if (--waiting[other] == 0) ready.push_back(other);
        }
      }
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < edges.size(); ++i)
      if (gone[i] == 0) edges[kept++] = edges[i];
    edges.resize(kept);
    return edges;
  }

 private:
  /// Any cycle. REQUIRES: edges that on_cycles() left, at least one.
  static found_cycle walk(const std::vector<dated_edge>& edges) {
    std::unordered_map<std::uint32_t, std::size_t> leaving;
    for (std::size_t i = 0; i < edges.size(); ++i) leaving.try_emplace(edges[i].from, i);
    std::unordered_map<std::uint32_t, std::size_t> met; // vertex: number of edges walked when it was reached
    found_cycle out;
    auto v = edges.front().from;
    while (met.try_emplace(v, out.edges.size()).second) {
      out.edges.push_back(edges[leaving.at(v)]);
      v = out.edges.back().to;
    }
    out.edges.erase(out.edges.begin(), out.edges.begin() + static_cast<std::ptrdiff_t>(met.at(v)));
    for (const auto& e : out.edges) out.span = out.span.intersect(e.span);
    return out;
  }

  /// REQUIRES: edges that on_cycles() left; days ascending, the range is [front, back).
  static std::optional<found_cycle> search(std::vector<dated_edge> edges, std::span<const date> days) {
    if (edges.empty()) return std::nullopt;
    const interval range{days.front(), days.back()};
    std::vector<dated_edge> throughout;
    for (const auto& e : edges)
      if (e.span.covers(range)) throughout.push_back(e);
    throughout = on_cycles(std::move(throughout));
    if (!throughout.empty()) return walk(throughout);
    if (days.size() <= 2) return std::nullopt;
    const auto middle = days.size() / 2;
    for (const auto& half : {days.first(middle + 1), days.subspan(middle)}) {
      std::vector<dated_edge> touching;
      for (const auto& e : edges)
        if (e.span.overlaps({half.front(), half.back()})) touching.push_back(e);
      if (auto cycle = search(on_cycles(std::move(touching)), half)) return cycle;
    }
    return std::nullopt;
  }
};

} // namespace commonweal::inline v0::detail
