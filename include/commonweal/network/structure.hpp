// SPDX-License-Identifier: Apache-2.0
// The shape of who is in touch with whom: density, centrality, centralization, cores, and where it would fall apart.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <commonweal/core/table.hpp>
#include <commonweal/network/detail/simple_graph.hpp>
#include <commonweal/network/view.hpp>

namespace commonweal::inline v0 {

/// How many searches betweenness, closeness and paths rest on. With `sources` = 0 they are exact; for a very large
/// network a few hundred searches, drawn with the seed, estimate betweenness, and closeness is null but for those
/// searched from.
struct structure_options {
  std::size_t sources = 0;
  std::uint64_t seed = 1;
};

/// One row a node of the view, in the order of vertices. Parallel edges count once.
///
/// Columns: id utf8; kind utf8; degree int64, the number of different neighbors; degree_centrality float64, that over
/// n - 1; betweenness float64, the share of the pairs of others whose shortest paths pass through (Freeman 1977, ties
/// shared), 0 to 1; closeness float64, reachable nodes over their summed distance, times their share of n - 1
/// (Wasserman and Faust 1994), 0 for a node alone; core int64, its core number (Seidman 1983); component int64,
/// numbered from 0; articulation boolean, whether its component falls apart without it. Null where the definition
/// divides by zero (n < 2; betweenness: n < 3). O(nodes x edges).
[[nodiscard]] inline table node_structure(const undirected_view& view, const structure_options& options = {}) {
  const detail::simple_graph g(view);
  const auto n = g.size();
  const auto sources = detail::sample_sources(n, options.sources, options.seed);
  const auto paths = detail::measure_paths(g, sources);
  const auto cores = detail::core_numbers(g);
  const auto cuts = detail::find_cuts(g);
  const auto others = static_cast<double>(n) - 1;
  const auto searched = [&](std::uint32_t v) {
    return sources.empty() || std::binary_search(sources.begin(), sources.end(), v);
  };
  table out({{"id", column_type::utf8},
             {"kind", column_type::utf8},
             {"degree", column_type::int64},
             {"degree_centrality", column_type::float64},
             {"betweenness", column_type::float64},
             {"closeness", column_type::float64},
             {"core", column_type::int64},
             {"component", column_type::int64},
             {"articulation", column_type::boolean}});
  for (std::uint32_t v = 0; v < n; ++v) {
    const auto degree = static_cast<std::int64_t>(g.degree(v));
    out.append_row({view.id(v), to_string(view.node(v).kind), degree,
                    n < 2 ? cell() : cell(static_cast<double>(degree) / others),
                    n < 3 ? cell() : cell(paths.betweenness[v] / (others * (others - 1) / 2)),
                    n < 2 || !searched(v) ? cell() : cell(paths.closeness[v]), static_cast<std::int64_t>(cores[v]),
                    static_cast<std::int64_t>(cuts.component[v]), static_cast<bool>(cuts.articulation[v])});
  }
  return out;
}

/// The whole in one table: measure utf8, value float64. Parallel edges count once.
///
/// nodes; edges; density, edges over n (n - 1) / 2; components; largest_component, in nodes; degree_centralization and
/// betweenness_centralization (Freeman 1979): how far the whole is from all alike (0) toward a star (1); transitivity,
/// three times triangles over connected triples; average_clustering, where a node with fewer than two neighbors counts
/// as 0; diameter and average_path, in steps over pairs that reach each other; articulation_points; bridges; searches,
/// the nodes that paths were searched from: below `nodes`, betweenness, diameter and average_path are estimates. Null
/// where the definition divides by zero. O(nodes x edges).
[[nodiscard]] inline table whole_structure(const undirected_view& view, const structure_options& options = {}) {
  const detail::simple_graph g(view);
  const auto n = static_cast<double>(g.size());
  const auto sources = detail::sample_sources(g.size(), options.sources, options.seed);
  const auto paths = detail::measure_paths(g, sources);
  const auto cuts = detail::find_cuts(g);
  const auto closed = detail::closed_pairs(g);

  const auto over = [](double numerator, double denominator) {
    return denominator > 0 ? cell(numerator / denominator) : cell();
  };
  double largest_degree = 0;
  double largest_betweenness = 0;
  double degrees = 0;
  double betweenness = 0;
  double closed_in_all = 0;
  double pairs_in_all = 0;
  double clustering = 0;
  std::vector<std::size_t> members(cuts.components, 0);
  for (std::uint32_t v = 0; v < g.size(); ++v) {
    const auto degree = static_cast<double>(g.degree(v));
    const auto pairs = degree * (degree - 1) / 2;
    largest_degree = std::max(largest_degree, degree);
    largest_betweenness = std::max(largest_betweenness, paths.betweenness[v]);
    degrees += degree;
    betweenness += paths.betweenness[v];
    closed_in_all += static_cast<double>(closed[v]);
    pairs_in_all += pairs;
    if (pairs > 0) clustering += static_cast<double>(closed[v]) / pairs;
    ++members[cuts.component[v]];
  }
  const auto largest = members.empty() ? 0 : *std::max_element(members.begin(), members.end());
  const auto cut_nodes = std::count(cuts.articulation.begin(), cuts.articulation.end(), true);

  table out({{"measure", column_type::utf8}, {"value", column_type::float64}});
  const auto row = [&out](std::string_view measure, cell value) { out.append_row({measure, value}); };
  row("nodes", n);
  row("edges", static_cast<double>(g.edges()));
  row("density", over(static_cast<double>(g.edges()), n * (n - 1) / 2));
  row("components", static_cast<double>(cuts.components));
  row("largest_component", static_cast<double>(largest));
  row("degree_centralization", n < 3 ? cell() : over(n * largest_degree - degrees, (n - 1) * (n - 2)));
  row("betweenness_centralization",
      n < 3 ? cell() : over(n * largest_betweenness - betweenness, (n - 1) * (n - 1) * (n - 2) / 2));
  row("transitivity", over(closed_in_all, pairs_in_all));
  row("average_clustering", over(clustering, n));
  row("diameter", paths.pairs > 0 ? cell(static_cast<double>(paths.longest)) : cell());
  row("average_path", over(paths.total_steps, paths.pairs));
  row("articulation_points", static_cast<double>(cut_nodes));
  row("bridges", static_cast<double>(cuts.bridges.size()));
  row("searches", sources.empty() ? n : static_cast<double>(sources.size()));
  return out;
}

/// Ties whose loss would part those whom they join: from utf8, to utf8, in the order of vertices. O(nodes + edges).
[[nodiscard]] inline table bridges(const undirected_view& view) {
  table out({{"from", column_type::utf8}, {"to", column_type::utf8}});
  for (const auto& [a, b] : detail::find_cuts(detail::simple_graph(view)).bridges)
    out.append_row({view.id(a), view.id(b)});
  return out;
}

} // namespace commonweal::inline v0
