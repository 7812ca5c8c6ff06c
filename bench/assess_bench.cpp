// SPDX-License-Identifier: Apache-2.0
// Lint and assess over three sizes of a synthetic initiative: organizations, ten edges each, ten attendances each.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <commonweal/assess/assess.hpp>
#include <commonweal/network/network_builder.hpp>

namespace {

using namespace commonweal;
using enum node_kind;
using enum edge_kind;

struct world {
  network net;
  measures data;
  record_tables records;
  std::int64_t organizations = 0;
  static constexpr std::int64_t strategies_without_lead = 7;
};

date day(const char* text) { return *date::parse(text); }

// A board over a twentieth as many working groups as organizations, each with a strategy and a measure; ten edges an
// organization.
world make(std::int64_t n) {
  world w;
  w.organizations = n;
  network_builder b;
  const auto board = b.add<group>("board", "", {day("2015-01-01"), date::highest()}, {{"kind", "oversight"}});
  const auto health = b.add<goal>("goal");
  std::uint64_t state = 42;
  const auto next = [&state](std::uint64_t below) {
    return (state = state * 6364136223846793005U + 1442695040888963407U, (state >> 33) % below);
  };
  std::vector<organization_id> partners;
  std::vector<group_id> crews;
  std::vector<strategy_id> plans;
  std::vector<indicator_id> rates;
  for (std::int64_t i = 0; i < n; ++i) {
    std::string id = "org";
    id += std::to_string(i);
    partners.push_back(b.add<organization>(id, "", {}, {{"sector", i % 2 == 0 ? "school" : "business"}}));
  }
  for (std::int64_t i = 0; i < n / 20; ++i) {
    const std::string number = std::to_string(i);
    std::string id = "crew";
    crews.push_back(b.add<group>(id += number, "", {}, {{"kind", "working_group"}}));
    id = "plan";
    plans.push_back(b.add<strategy>(id += number));
    id = "rate";
    rates.push_back(b.add<indicator>(id += number));
    b.connect<part_of>(crews.back(), board);
    b.connect<pursues>(crews.back(), plans.back());
    b.connect<advances>(plans.back(), health);
    b.connect<measured_by>(plans.back(), rates.back());
    if (i > 0) b.connect<reinforces>(plans[static_cast<std::size_t>(i - 1)], plans.back());
  }
  for (std::int64_t i = 0; i < n; ++i) {
    const auto me = partners[static_cast<std::size_t>(i)];
    const auto home = static_cast<std::size_t>(i) % crews.size();
    b.connect<member_of>(me, crews[home]);
    b.connect<reports>(me, rates[home]);
    b.connect<implements>(me, plans[home], {},
                          {{"lead", home >= static_cast<std::size_t>(world::strategies_without_lead)}});
    b.connect<endorses>(me, health, {}, {{"rating", 5.0}, {"scale_max", 5.0}});
    if (i < 100) b.connect<member_of>(me, board, {}, {{"seat", "chief_executive"}});
    for (int k = 0; k < 6; ++k) {
      const auto other = partners[next(static_cast<std::uint64_t>(n))];
      if (other != me) b.connect<communicates_with>(me, other, {day("2010-01-01"), date::highest()});
    }
  }
  diagnostics found;
  w.net = b.finish(found);
  if (found.has_errors()) std::abort();
  for (std::uint32_t i = 0; i < w.net.size(indicator); ++i) {
    indicator_definition d;
    d.node = indicator_id{i};
    d.id = std::string(w.net.id(d.node));
    w.data.indicators.push_back(d);
  }
  table meetings({{"id", column_type::utf8},
                  {"group", column_type::utf8},
                  {"date", column_type::date},
                  {"agenda", column_type::boolean}});
  for (int m = 0; m < 12; ++m) {
    std::string id = "m";
    id += std::to_string(m);
    meetings.append_row({std::string_view(id), "board", day("2023-07-15").plus_days(30 * m), true});
  }
  table attendance({{"meeting", column_type::utf8},
                    {"member", column_type::utf8},
                    {"seat", column_type::utf8},
                    {"present", column_type::boolean}});
  for (std::int64_t i = 0; i < 10 * n; ++i) {
    std::string id = "m";
    id += std::to_string(i % 12);
    attendance.append_row({std::string_view(id), w.net.id(partners[static_cast<std::size_t>(i % n)]),
                           i % 4 == 0 ? "delegate" : "chief_executive", true});
  }
  w.records["meetings"] = std::move(meetings);
  w.records["attendance"] = std::move(attendance);
  return w;
}

const world& world_of(std::int64_t n) {
  static std::vector<std::unique_ptr<world>> made;
  for (const auto& w : made)
    if (w->organizations == n) return *w;
  made.push_back(std::make_unique<world>(make(n)));
  return *made.back();
}

void require(bool right, const char* what) {
  if (right) return;
  std::cerr << "wrong answer: " << what << '\n';
  std::exit(1);
}

void bm_lint(benchmark::State& state) {
  const world& w = world_of(state.range(0));
  const table first = lint(w.net, w.data, day("2024-06-30"));
  std::int64_t leads = 0;
  for (std::size_t i = 0; i < first.rows(); ++i) leads += first["rule"].text(i) == "strategy_without_lead" ? 1 : 0;
  require(leads == world::strategies_without_lead, "strategies without lead");
  for (auto _ : state) benchmark::DoNotOptimize(lint(w.net, w.data, day("2024-06-30")).rows());
  state.SetComplexityN(state.range(0));
}

void bm_assess(benchmark::State& state) {
  const world& w = world_of(state.range(0));
  const assess_input in{w.net, w.data, w.records, day("2024-06-30")};
  const auto all = assess(in);
  const auto seats =
      std::ranges::find(all, std::string("condition.continuous_communication.seats"), &judgement::criterion);
  require(seats->score && std::abs(*seats->score - 0.75) < 1e-9, "share of chief executives");
  const auto agreement =
      std::ranges::find(all, std::string("condition.common_agenda.agreement"), &judgement::criterion);
  require(agreement->verdict == verdict::met, "agreement");
  for (auto _ : state) benchmark::DoNotOptimize(assess(in).size());
  state.SetComplexityN(state.range(0));
}

} // namespace

BENCHMARK(bm_lint)->Arg(10'000)->Arg(30'000)->Arg(100'000)->Unit(benchmark::kMillisecond)->Complexity(benchmark::oN);
BENCHMARK(bm_assess)->Arg(10'000)->Arg(30'000)->Arg(100'000)->Unit(benchmark::kMillisecond)->Complexity(benchmark::oN);
BENCHMARK_MAIN();
