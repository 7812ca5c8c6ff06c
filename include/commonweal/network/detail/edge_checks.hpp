// SPDX-License-Identifier: Apache-2.0
// What an edge must be, whether it comes from rows, from calls or from a packed file.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/network/detail/cycles.hpp>
#include <commonweal/network/relation.hpp>
#include <commonweal/network/schema.hpp>

namespace commonweal::inline v0::detail {

/// "person or organization"
inline std::string names_of(node_kinds kinds) {
  std::string out;
  for (std::size_t k = 0; k < node_kind_count; ++k)
    if (kinds.contains(static_cast<node_kind>(k)))
      out += (out.empty() ? "" : " or ") + std::string(to_string(static_cast<node_kind>(k)));
  return out;
}

/// "champions joins person or organization to group or goal"
inline std::string joins_of(const edge_rule& rule) {
  std::string out(to_string(rule.kind));
  const char* word = " joins ";
  for (const auto& j : rule.joins) {
    out += word + names_of(j.from) + " to " + names_of(j.to);
    word = ", or ";
  }
  return out;
}

/// Names the acyclic kind's cycles, at most `most` of them: `say(rows of the edges in the order walked, span)`.
template <class Say>
void check_cycles(const relation& edges, Say&& say, std::size_t most = 100) {
  std::vector<dated_edge> left;
  left.reserve(edges.size());
  for (relation::row_index r = 0; r < edges.size(); ++r)
    left.push_back({edges.from(r), edges.to(r), edges.validity(r), r});
  left = cycle_finder::on_cycles(std::move(left));
  for (; most != 0 && !left.empty(); --most) {
    const auto cycle = cycle_finder::find(left);
    if (!cycle) return;
    std::vector<std::size_t> rows;
    for (const auto& e : cycle->edges) rows.push_back(e.row);
    say(rows, cycle->span);
    // Without one of its edges that cycle is gone, and the others remain to be found.
    std::erase_if(left, [&](const dated_edge& e) { return e.row == rows.back(); });
    left = cycle_finder::on_cycles(std::move(left));
  }
}

/// Where at most one edge of a kind may leave a node on a day: `say(row, other)` for each that shares a day.
template <class Say>
void check_cardinality(const relation& edges, Say&& say) {
  std::vector<relation::row_index> rows;
  for (relation::row_index first = 0; first < edges.size();) {
    const auto leaving = edges.out(edges.from(first));
    rows.assign(leaving.begin(), leaving.end());
    std::ranges::sort(rows, {}, [&](auto r) { return std::pair(edges.validity(r).start, r); });
    for (std::size_t i = 1, longest = 0; i < rows.size(); ++i) {
      if (edges.validity(rows[longest]).overlaps(edges.validity(rows[i]))) say(rows[i], rows[longest]);
      if (edges.validity(rows[i]).end > edges.validity(rows[longest]).end) longest = i;
    }
    first = leaving.last;
  }
}

} // namespace commonweal::inline v0::detail
