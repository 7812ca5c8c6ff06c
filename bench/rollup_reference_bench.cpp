// SPDX-License-Identifier: Apache-2.0
// rollup() from its definition, without the engine: 10,000 reporters by 60 months up a cascade of four levels.
// The answer is checked against plain loops first.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <commonweal/initiative.hpp>
#include <commonweal/network/network_builder.hpp>

namespace cw = commonweal;

namespace {

/// Synthetic: leaf groups of 20, eight groups to a parent, 3 in 10 reporters also in a second leaf, a tenth of the
/// memberships joined or left inside the range, a tenth of the reports missing.
struct sample {
  static constexpr std::uint32_t reporters = 10'000;
  static constexpr std::int32_t months = 60;
  struct membership {
    std::uint32_t reporter;
    std::uint32_t leaf;
    std::int32_t from;
    std::int32_t to;
  };
  std::vector<std::vector<std::uint32_t>> levels; ///< parent of each group of a level among those of the next
  std::vector<std::vector<membership>> of_leaf;
  cw::initiative made;

  explicit sample(bool changing) {
    std::mt19937_64 bits(7);
    const auto upto = [&](std::uint32_t n) { return static_cast<std::uint32_t>(bits() % n); };
    const std::int32_t first = cw::period::parse("2019-01")->ordinal();
    const auto day = [&](std::int32_t month) { return cw::period{cw::frequency::month, first + month}.first_day(); };
    std::vector<std::uint32_t> sizes = {reporters / 20};
    while (sizes.back() > 1) sizes.push_back((sizes.back() + 7) / 8);

    cw::network_builder b;
    std::vector<std::vector<cw::group_id>> groups(sizes.size());
    for (std::size_t k = sizes.size(); k-- > 0;)
      for (std::uint32_t g = 0; g < sizes[k]; ++g) {
        groups[k].push_back(b.add<cw::node_kind::group>("g" + std::to_string(k) + "-" + std::to_string(g)));
        if (k + 1 < sizes.size()) b.connect<cw::edge_kind::part_of>(groups[k].back(), groups[k + 1][g / 8]);
      }
    of_leaf.resize(sizes[0]);
    cw::panel p;
    p.first = {cw::frequency::month, first};
    p.value.resize(reporters, months);
    for (std::uint32_t r = 0; r < reporters; ++r) {
      const auto o = b.add<cw::node_kind::organization>("o" + std::to_string(r));
      p.reporters.push_back(o);
      std::set<std::uint32_t> leaves = {r / 20};
      if (upto(10) < 3) leaves.insert(upto(sizes[0]));
      for (const auto leaf : leaves) {
        membership m{r, leaf, 0, months};
        cw::interval days;
        if (changing && upto(10) == 0) {
          const auto when = static_cast<std::int32_t>(1 + upto(months - 1));
          if (upto(2) == 0) days.start = day(m.from = when);
          else days.end = day(m.to = when);
        }
        of_leaf[leaf].push_back(m);
        b.connect<cw::edge_kind::member_of>(o, groups[0][leaf], days);
      }
      for (std::int32_t t = 0; t < months; ++t)
        p.value(r, t) = upto(10) == 0 ? cw::missing_value : static_cast<double>(upto(1000));
    }
    cw::indicator_definition d;
    d.id = "served";
    d.kind = cw::indicator_kind::count;
    d.node = p.indicator = b.add<cw::node_kind::indicator>("served");
    cw::measures m;
    m.indicators.push_back(d);
    m.panels.push_back(std::move(p));
    made = {{}, b.finish(), std::move(m)};
    check(sizes);
  }

  // Every leaf and the root, by plain loops over the memberships.
  void check(const std::vector<std::uint32_t>& sizes) const {
    const auto t = made.rollup();
    const auto& values = made.measures().panels[0].value;
    const auto demand = [&](std::size_t row, const std::set<std::uint32_t>& who, std::int32_t month) {
      double sum = 0;
      std::int64_t reported = 0;
      for (const auto r : who)
        if (!std::isnan(values(r, month))) {
          sum += values(r, month);
          ++reported;
        }
      const bool right = t["reported"].values<std::int64_t>()[row] == reported &&
                         (reported == 0 ? t["value"].is_null(row) : t["value"].values<double>()[row] == sum) &&
                         t["expected"].values<std::int64_t>()[row] == static_cast<std::int64_t>(who.size());
      if (right) return;
      std::fprintf(stderr, "wrong answer in row %zu\n", row);
      std::exit(1);
    };
    const std::size_t groups = t.rows() / static_cast<std::size_t>(months);
    for (std::int32_t month = 0; month < months; ++month) {
      std::set<std::uint32_t> everyone;
      for (std::uint32_t leaf = 0; leaf < sizes[0]; ++leaf) {
        std::set<std::uint32_t> who;
        for (const auto& m : of_leaf[leaf])
          if (m.from <= month && month < m.to) who.insert(m.reporter);
        everyone.insert(who.begin(), who.end());
        demand((groups - sizes[0] + leaf) * static_cast<std::size_t>(months) + static_cast<std::size_t>(month), who,
               month);
      }
      demand(static_cast<std::size_t>(month), everyone, month); // the root was added first
    }
  }
};

const sample& steady() {
  static const sample s(false);
  return s;
}
const sample& changing() {
  static const sample s(true);
  return s;
}

void run(benchmark::State& state, const sample& s, std::optional<cw::frequency> every) {
  cw::rollup_options o;
  o.every = every;
  std::size_t rows = 0;
  for (auto _ : state) {
    const auto t = s.made.rollup(o);
    rows = t.rows();
    benchmark::DoNotOptimize(rows);
  }
  state.counters["figures"] = static_cast<double>(rows);
  state.counters["cells/s"] = benchmark::Counter(static_cast<double>(sample::reporters) * sample::months,
                                                 benchmark::Counter::kIsIterationInvariantRate);
}
void by_month(benchmark::State& state) { run(state, steady(), std::nullopt); }
void by_year(benchmark::State& state) { run(state, steady(), cw::frequency::year); }
void by_month_while_members_change(benchmark::State& state) { run(state, changing(), std::nullopt); }

BENCHMARK(by_month)->Unit(benchmark::kMillisecond);
BENCHMARK(by_year)->Unit(benchmark::kMillisecond);
BENCHMARK(by_month_while_members_change)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
