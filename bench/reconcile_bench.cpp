// SPDX-License-Identifier: Apache-2.0
// Reconciliation of 10,000 reporters up a cascade of four levels of groups. Coherence is checked first, then the time
// taken; peak memory stays far below that of one dense matrix of all figures (about 900 MB).
#include <sys/resource.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include <commonweal/analyze/cascade.hpp>
#include <commonweal/network/network_builder.hpp>

namespace cw = commonweal;

namespace {

std::string named(std::string_view prefix, std::size_t n) {
  std::string out(prefix);
  return out.append(std::to_string(n));
}

/// Synthetic: leaf groups of 20, eight groups to a parent (500, 63, 8, 1); three in ten reporters also in a second
/// leaf.
struct world {
  static constexpr std::uint32_t reporters = 10'000;
  cw::network net;
  std::vector<cw::node_ref> who;

  world() {
    std::mt19937_64 bits(11);
    std::vector<std::uint32_t> sizes = {reporters / 20};
    while (sizes.back() > 1) sizes.push_back((sizes.back() + 7) / 8);
    cw::network_builder b;
    std::vector<std::vector<cw::group_id>> groups(sizes.size());
    for (std::size_t k = sizes.size(); k-- > 0;)
      for (std::uint32_t g = 0; g < sizes[k]; ++g) {
        groups[k].push_back(b.add<cw::node_kind::group>(named("g", k) + named("-", g)));
        if (k + 1 < sizes.size()) b.connect<cw::edge_kind::part_of>(groups[k].back(), groups[k + 1][g / 8]);
      }
    for (std::uint32_t r = 0; r < reporters; ++r) {
      const auto o = b.add<cw::node_kind::organization>(named("o", r));
      who.push_back(o);
      b.connect<cw::edge_kind::member_of>(o, groups[0][r / 20]);
      const auto second = static_cast<std::uint32_t>(bits() % sizes[0]);
      if (bits() % 10 < 3 && second != r / 20) b.connect<cw::edge_kind::member_of>(o, groups[0][second]);
    }
    cw::diagnostics found;
    net = b.finish(found);
    if (found.has_errors()) std::abort();
  }
};

const world& the_world() {
  static const world w;
  return w;
}
const cw::cascade_figures& the_cascade() {
  static const auto c = cw::cascade_of(the_world().net, the_world().who, *cw::date::parse("2024-12-31"));
  return c;
}

Eigen::MatrixXd random_matrix(Eigen::Index rows, Eigen::Index columns, unsigned seed) {
  std::mt19937 rng(seed);
  std::normal_distribution<double> normal(100, 10);
  Eigen::MatrixXd m(rows, columns);
  for (auto& x : m.reshaped()) x = normal(rng);
  return m;
}

void structure(benchmark::State& state) {
  for (auto _ : state) {
    auto c = cw::cascade_of(the_world().net, the_world().who, *cw::date::parse("2024-12-31"));
    benchmark::DoNotOptimize(c.structure.sums.nonZeros());
  }
}

void reconcile(benchmark::State& state) {
  const auto& s = the_cascade().structure;
  const auto base = random_matrix(s.size(), 12, 1);
  cw::reconcile_options o;
  o.method = static_cast<cw::reconciliation>(state.range(0));
  if (o.method == cw::reconciliation::wls || o.method == cw::reconciliation::mint_shrink)
    o.residuals = random_matrix(48, s.size(), 2).array() - 100.0;
  cw::reconciled made;
  for (auto _ : state) {
    made = cw::reconcile(s, base, o);
    benchmark::DoNotOptimize(made.values.data());
  }
  const Eigen::MatrixXd bottoms = made.values.bottomRows(s.sums.cols());
  const double gap = (made.values.topRows(s.sums.rows()) - s.sums * bottoms).cwiseAbs().maxCoeff();
  if (!(gap <= 1e-10 * made.values.cwiseAbs().maxCoeff())) state.SkipWithError("the figures do not add up");
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  state.counters["figures"] = static_cast<double>(s.size());
  state.counters["peak_MB"] = static_cast<double>(use.ru_maxrss) / 1024;
  state.SetLabel(std::string(to_string(o.method)));
}

void forecast_series(benchmark::State& state) { // of 60 months, each by the one method
  std::mt19937 rng(3);
  std::normal_distribution<double> normal(0, 5);
  std::vector<std::vector<double>> all(100);
  for (auto& y : all)
    for (int t = 0; t < 60; ++t) y.push_back(100 + t + 20 * std::sin(t * 0.5236) + normal(rng));
  cw::forecast_options o;
  o.method = static_cast<cw::forecast_method>(state.range(0));
  o.backtest = 0;
  for (auto _ : state)
    for (const auto& y : all)
      benchmark::DoNotOptimize(cw::forecast(cw::series_view{y, *cw::period::parse("2018-01")}, o).sigma);
  state.counters["series_per_second"] =
      benchmark::Counter(static_cast<double>(all.size()), benchmark::Counter::kIsIterationInvariantRate);
  state.SetLabel(std::string(to_string(o.method)));
}

BENCHMARK(structure)->Unit(benchmark::kMillisecond);
BENCHMARK(reconcile)->DenseRange(0, 4)->Unit(benchmark::kMillisecond);
BENCHMARK(forecast_series)->DenseRange(2, 6)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
