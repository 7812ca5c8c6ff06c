// SPDX-License-Identifier: Apache-2.0
// Packing and unpacking: 100,000 reporters over 120 months, and a network of organizations in groups.
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include <commonweal/formats/packed.hpp>
#include <commonweal/initiative.hpp>
#include <commonweal/network/network_builder.hpp>

namespace {

using namespace commonweal;

std::string numbered(std::string name, std::uint32_t i) { return name.append(std::to_string(i)); }

/// One panel; every ninth cell is missing.
initiative with_panel(std::uint32_t reporters, Eigen::Index periods) {
  network_builder build;
  for (std::uint32_t i = 0; i < reporters; ++i) build.add<node_kind::organization>(numbered("o", i));
  build.add<node_kind::indicator>("served");
  auto net = build.finish();
  measures data;
  indicator_definition d;
  d.node = indicator_id{0};
  d.id = "served";
  data.indicators.push_back(d);
  panel p;
  p.indicator = d.node;
  p.first = *period::parse("2015-01");
  for (std::uint32_t i = 0; i < reporters; ++i) p.reporters.emplace_back(node_kind::organization, i);
  p.value.resize(static_cast<Eigen::Index>(reporters), periods);
  for (Eigen::Index i = 0; i < p.value.size(); ++i)
    p.value.data()[i] = i % 9 == 4 ? missing_value : static_cast<double>(i % 1009);
  data.panels.push_back(std::move(p));
  return {{}, std::move(net), std::move(data)};
}

/// Each organization is a member of five groups.
initiative with_network(std::uint32_t organizations) {
  network_builder build;
  std::vector<group_id> groups;
  for (std::uint32_t i = 0; i < 1000; ++i) groups.push_back(build.add<node_kind::group>(numbered("g", i)));
  for (std::uint32_t i = 0; i < organizations; ++i) {
    const auto o = build.add<node_kind::organization>(numbered("organization-", i));
    for (std::uint32_t k = 0; k < 5; ++k) build.connect<edge_kind::member_of>(o, groups[(i * 7 + k * 131) % 1000]);
  }
  return {{}, build.finish(), {}};
}

const initiative& panel_sample() {
  static const auto x = with_panel(100'000, 120);
  return x;
}
const initiative& network_sample() {
  static const auto x = with_network(200'000);
  return x;
}

void pack_it(benchmark::State& state, const initiative& x) {
  std::size_t size = 0;
  for (auto _ : state) {
    const auto bytes = pack(x);
    benchmark::DoNotOptimize(bytes.data());
    size = bytes.size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(size) * static_cast<std::int64_t>(state.iterations()));
}
void unpack_it(benchmark::State& state, const initiative& x) {
  const auto bytes = pack(x);
  for (auto _ : state) benchmark::DoNotOptimize(unpack(bytes));
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * static_cast<std::int64_t>(state.iterations()));
}

void copy_memory(benchmark::State& state) { // what the machine can do
  const auto& m = panel_sample().measures().panels[0].value;
  const auto size = static_cast<std::size_t>(m.size()) * sizeof(double);
  for (auto _ : state) {
    const auto copy = std::make_unique_for_overwrite<std::byte[]>(size);
    std::memcpy(copy.get(), m.data(), size);
    benchmark::DoNotOptimize(copy.get());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(size) * static_cast<std::int64_t>(state.iterations()));
}

void save_and_load(benchmark::State& state) {
  const auto file = std::filesystem::temp_directory_path() / "commonweal-snapshot-bench";
  for (auto _ : state) {
    save_packed(panel_sample(), file);
    benchmark::DoNotOptimize(load_packed(file));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(std::filesystem::file_size(file)) *
                          static_cast<std::int64_t>(state.iterations()));
  std::filesystem::remove(file);
}

bool right(const initiative& x) {
  const auto bytes = pack(x);
  const auto y = unpack(bytes);
  if (!(y.network() == x.network()) || pack(y) != bytes) return false;
  for (std::size_t i = 0; i < x.measures().panels.size(); ++i) {
    const auto& a = x.measures().panels[i].value;
    const auto& b = y.measures().panels[i].value;
    if (a.rows() != b.rows() || a.cols() != b.cols()) return false;
    for (Eigen::Index k = 0; k < a.size(); ++k)
      if (a.data()[k] != b.data()[k] && !(std::isnan(a.data()[k]) && std::isnan(b.data()[k]))) return false;
  }
  return true;
}

} // namespace

int main(int argc, char** argv) {
  if (!right(panel_sample()) || !right(network_sample())) {
    std::fputs("unpack(pack(x)) is not x\n", stderr);
    return 1;
  }
  benchmark::RegisterBenchmark("copy/memory", copy_memory)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("pack/panel_100k_x_120", [](auto& s) {
    pack_it(s, panel_sample());
  })->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("unpack/panel_100k_x_120", [](auto& s) {
    unpack_it(s, panel_sample());
  })->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("pack/network_1M_edges", [](auto& s) {
    pack_it(s, network_sample());
  })->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("unpack/network_1M_edges", [](auto& s) {
    unpack_it(s, network_sample());
  })->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("save_and_load/panel_100k_x_120", save_and_load)
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
