// SPDX-License-Identifier: Apache-2.0
// Building, freezing, finding and walking a network of 1,000,000 organizations and 5,000,000 edges (synthetic).
// Every answer is checked before anything is timed.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <queue>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>

#include <commonweal/network/network_builder.hpp>
#include <commonweal/network/view.hpp>

namespace {

using namespace commonweal;

constexpr std::uint32_t node_total = 1'000'000;
constexpr std::size_t edge_total = 5'000'000;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "network_bench: wrong answer: %s\n", what);
  std::exit(1);
}

std::string id_of(std::uint32_t i) { return "org-" + std::to_string(i); }

struct inputs {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
  table nodes{{"id", column_type::utf8}, {"name", column_type::utf8}};
  table edges{{"from", column_type::utf8}, {"to", column_type::utf8}};
  table dated; // the same, with intervals on half of the edges
};

const inputs& data() {
  static const inputs made = [] {
    inputs d;
    std::mt19937_64 random(2024);
    for (std::uint32_t i = 0; i < node_total; ++i) d.nodes.append_row({std::string_view(id_of(i)), std::monostate{}});
    d.ends.reserve(edge_total);
    while (d.ends.size() < edge_total) {
      const auto a = static_cast<std::uint32_t>(random() % node_total);
      const auto b = static_cast<std::uint32_t>(random() % node_total);
      if (a != b) d.ends.emplace_back(a, b);
    }
    column start("start", column_type::date);
    column end("end", column_type::date);
    for (const auto& [a, b] : d.ends) {
      d.edges.append_row({std::string_view(id_of(a)), std::string_view(id_of(b))});
      if (random() % 2 == 0) {
        start.append(date(static_cast<std::int32_t>(10'000 + random() % 1'000)));
        end.append(date(static_cast<std::int32_t>(12'000 + 30 * (random() % 60))));
      } else {
        start.append_null();
        end.append_null();
      }
    }
    d.dated = d.edges;
    d.dated.add_column(std::move(start));
    d.dated.add_column(std::move(end));
    return d;
  }();
  return made;
}

network build(bool dated) {
  network_builder builder;
  diagnostics found(1000);
  builder.append_nodes(node_kind::organization, data().nodes, {"organizations.csv"}, found);
  builder.append_edges(edge_kind::communicates_with, dated ? data().dated : data().edges, {"communicates_with.csv"},
                       found);
  auto net = builder.finish(found);
  if (found.has_errors()) fail("the synthetic network has errors");
  return net;
}

const network& built(bool dated = false) {
  static const network plain = build(false);
  static const network with_dates = build(true);
  return dated ? with_dates : plain;
}

/// Steps from vertex 0 by a search over plain vectors, made from the input and not from the network.
const std::vector<int>& reference_steps() {
  static const std::vector<int> steps = [] {
    std::vector<std::vector<std::uint32_t>> near(node_total);
    for (const auto& [a, b] : data().ends) {
      near[a].push_back(b);
      near[b].push_back(a);
    }
    std::vector<int> out(node_total, -1);
    std::queue<std::uint32_t> next;
    out[0] = 0;
    next.push(0);
    for (; !next.empty(); next.pop())
      for (const auto v : near[next.front()])
        if (out[v] < 0) {
          out[v] = out[next.front()] + 1;
          next.push(v);
        }
    return out;
  }();
  return steps;
}

void report_size(benchmark::State& state, const network& net) {
  const auto& edges = net.edges(edge_kind::communicates_with);
  state.counters["bytes_per_edge"] = static_cast<double>(edges.structure_bytes()) / static_cast<double>(edges.size());
  state.counters["bytes_per_node"] = static_cast<double>(net.node_bytes()) / static_cast<double>(net.vertex_count());
  state.counters["edges"] = static_cast<double>(edges.size());
}

void build_and_freeze(benchmark::State& state) {
  const bool dated = state.range(0) != 0;
  const auto& net = built(dated);
  if (net.vertex_count() != node_total) fail("nodes");
  if (net.edges(edge_kind::communicates_with).structure_bytes() > 16 * net.edges(edge_kind::communicates_with).size())
    fail("more than 16 bytes an edge");
  for (auto _ : state) benchmark::DoNotOptimize(build(dated));
  report_size(state, net);
}
BENCHMARK(build_and_freeze)->ArgName("dated")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void add_and_connect(benchmark::State& state) {
  for (auto _ : state) {
    network_builder builder;
    std::vector<organization_id> nodes;
    nodes.reserve(node_total);
    for (std::uint32_t i = 0; i < node_total; ++i) nodes.push_back(builder.add<node_kind::organization>(id_of(i)));
    for (const auto& [a, b] : data().ends) builder.connect<edge_kind::communicates_with>(nodes[a], nodes[b]);
    const auto net = builder.finish();
    if (net.edge_count() != built().edge_count()) fail("calls and tables make different networks");
  }
}
BENCHMARK(add_and_connect)->Unit(benchmark::kMillisecond);

void join_parts(benchmark::State& state) {
  const auto& net = built();
  for (auto _ : state) {
    state.PauseTiming();
    auto parts = net.parts();
    state.ResumeTiming();
    diagnostics found;
    const auto again = network::from_parts(std::move(parts), found);
    state.PauseTiming();
    if (!(again == net)) fail("parts");
    state.ResumeTiming();
  }
}
BENCHMARK(join_parts)->Unit(benchmark::kMillisecond);

void find_by_id(benchmark::State& state) {
  const auto& net = built();
  std::vector<std::string> asked;
  std::mt19937 random(7);
  for (int i = 0; i < 100'000; ++i) {
    const auto n = static_cast<std::uint32_t>(random() % node_total);
    asked.push_back(id_of(n));
    const auto node = net.find<node_kind::organization>(asked.back());
    if (!node || node->value != n) fail("find");
  }
  for (auto _ : state)
    for (const auto& id : asked) benchmark::DoNotOptimize(net.find(id));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(asked.size()));
}
BENCHMARK(find_by_id)->Unit(benchmark::kMillisecond);

template <class View>
std::vector<int> steps_from_first(const View& view) {
  std::vector<int> steps(num_vertices(view), -1);
  const auto index = get(boost::vertex_index, view);
  steps[0] = 0;
  boost::breadth_first_search(
      view, 0U,
      boost::visitor(boost::make_bfs_visitor(boost::record_distances(
                         boost::make_iterator_property_map(steps.begin(), index), boost::on_tree_edge())))
          .color_map(boost::make_two_bit_color_map(num_vertices(view), index)));
  return steps;
}

void breadth_first(benchmark::State& state) {
  const undirected_view view(built(), {.edges = edge_kind::communicates_with});
  if (steps_from_first(view) != reference_steps()) fail("breadth-first search");
  for (auto _ : state) benchmark::DoNotOptimize(steps_from_first(view));
}
BENCHMARK(breadth_first)->Unit(benchmark::kMillisecond);

void breadth_first_as_of(benchmark::State& state) {
  const undirected_view view(built(true), {.edges = edge_kind::communicates_with, .as_of = date(11'000)});
  for (const auto s : steps_from_first(view))
    if (s > 100) fail("breadth-first search as of a day");
  for (auto _ : state) benchmark::DoNotOptimize(steps_from_first(view));
}
BENCHMARK(breadth_first_as_of)->Unit(benchmark::kMillisecond);

template <class View>
int components(const View& view) {
  std::vector<int> component(num_vertices(view));
  return boost::connected_components(
      view, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, view)));
}

void connected_components(benchmark::State& state) {
  const undirected_view view(built(), {.edges = edge_kind::communicates_with});
  // By union-find over the input.
  std::vector<std::uint32_t> parent(node_total);
  for (std::uint32_t v = 0; v < node_total; ++v) parent[v] = v;
  const auto root = [&parent](std::uint32_t v) {
    while (parent[v] != v) v = parent[v] = parent[parent[v]];
    return v;
  };
  int expected = static_cast<int>(node_total);
  for (const auto& [a, b] : data().ends) {
    const auto x = root(a);
    const auto y = root(b);
    if (x != y) --expected;
    parent[x] = y;
  }
  if (components(view) != expected) fail("connected components");
  for (auto _ : state) benchmark::DoNotOptimize(components(view));
}
BENCHMARK(connected_components)->Unit(benchmark::kMillisecond);

void edge_scan(benchmark::State& state) {
  const network_view view(built(), {.edges = edge_kind::communicates_with});
  const auto& rows = built().edges(edge_kind::communicates_with);
  const auto sum = [&view] {
    std::uint64_t total = 0;
    for (auto [v, end] = vertices(view); v != end; ++v)
      for (auto [e, last] = out_edges(*v, view); e != last; ++e) total += target(*e, view);
    return total;
  };
  std::uint64_t expected = 0;
  for (const auto v : rows.to()) expected += v;
  if (sum() != expected) fail("edge scan");
  for (auto _ : state) benchmark::DoNotOptimize(sum());
}
BENCHMARK(edge_scan)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
