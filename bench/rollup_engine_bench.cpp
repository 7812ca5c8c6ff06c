// SPDX-License-Identifier: Apache-2.0
// The rollup engine against the read bandwidth measured in the same run; answers are checked first.
//
// rollup_engine_bench [--rounds=N] [--only=TEXT]: rounds are interleaved and the minimum counts. Columns:
// time, nanoseconds a cell (reporter x period), gigabytes moved a second, and their share of the bandwidth.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <commonweal/rollup/engine/partial.hpp>
#include <commonweal/rollup/exact_sum.hpp>

#include "read_probe.hpp"
#include "rollup_world.hpp"

namespace {

using namespace commonweal::engine;
using commonweal::executor;
using commonweal::exact_sum;

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

void demand(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "wrong answer: %s\n", what.c_str());
  std::exit(1);
}

/// One cascade with its values and results, shared by the jobs on it.
struct world {
  rollup_world::options options;
  cascade input;
  std::unique_ptr<plan> arranged;
  std::vector<double> values, whole, others;
  std::unique_ptr<period_blocks> real, integer, other, integer_other;
  std::unique_ptr<aggregates> result;
  std::unique_ptr<pair_aggregates> pairs;

  explicit world(const rollup_world::options& o, bool with_pairs) : options(o), input(make_cascade(o)) {
    arranged = std::make_unique<plan>(input);
    values = make_values(o);
    whole = values;
    rollup_world::round_values(whole);
    real = fill(values);
    integer = fill(whole);
    result = std::make_unique<aggregates>(*arranged);
    if (with_pairs) {
      others = make_values(o, 3);
      other = fill(others);
      auto rounded = others;
      rollup_world::round_values(rounded);
      integer_other = fill(rounded);
      pairs = std::make_unique<pair_aggregates>(*arranged);
    }
  }
  [[nodiscard]] std::unique_ptr<period_blocks> fill(const std::vector<double>& from) const {
    auto p = std::make_unique<period_blocks>(*arranged);
    p->fill({from.data(), static_cast<std::size_t>(options.periods)}, best_kernels());
    return p;
  }
  [[nodiscard]] double cells() const { return static_cast<double>(values.size()); }
  [[nodiscard]] double bytes_moved(const period_blocks& data) const {
    return static_cast<double>(data.bytes()) + 28.0 * static_cast<double>(result->size());
  }

  /// Every cell of a tenth of the groups against exact sums over sets made by walking up from each reporter.
  void check(const std::vector<double>& from) const {
    std::vector<std::vector<std::uint32_t>> parents(input.groups);
    for (const auto& e : input.parts) parents[e.child].push_back(e.parent);
    std::vector<std::vector<const membership*>> memberships(input.reporters);
    for (const auto& m : input.members) memberships[m.reporter].push_back(&m);
    const std::int32_t step = std::max(1, options.periods / 3);
    for (std::int32_t t = 0; t < options.periods; t += step) {
      std::vector<exact_sum> sums(input.groups / 10 + 1);
      std::vector<std::uint32_t> counts(input.groups), stamp(input.groups, ~0U);
      for (std::uint32_t r = 0; r < input.reporters; ++r) {
        const double x = from[r * static_cast<std::size_t>(options.periods) + static_cast<std::size_t>(t)];
        std::vector<std::uint32_t> todo;
        for (const auto* m : memberships[r]) {
          if (m->in_force.contains(t)) todo.push_back(m->group);
        }
        while (!todo.empty()) {
          const std::uint32_t g = todo.back();
          todo.pop_back();
          if (stamp[g] == r) continue;
          stamp[g] = r;
          todo.insert(todo.end(), parents[g].begin(), parents[g].end());
          if (std::isnan(x)) continue;
          ++counts[g];
          if (g % 10 == 0) sums[g / 10].add(x);
        }
      }
      for (std::uint32_t g = 0; g < input.groups; ++g) {
        const auto at = result->at(arranged->position_of()[g], t);
        demand(result->count[at] == counts[g], "count");
        if (g % 10 == 0) demand(result->sum[at] == sums[g / 10].value(), "sum");
      }
    }
  }
};

struct job {
  std::string name;
  double cells, bytes;
  unsigned threads;
  std::function<void()> run;
  std::vector<double> seconds;
};

} // namespace

int main(int argc, char** argv) {
  int rounds = 15;
  std::string only;
  for (int i = 1; i < argc; ++i) {
    if (std::strncmp(argv[i], "--rounds=", 9) == 0) rounds = std::atoi(argv[i] + 9);
    if (std::strncmp(argv[i], "--only=", 7) == 0) only = argv[i] + 7;
  }
  struct scenario {
    const char* name;
    rollup_world::options options;
    bool pairs;
  };
  const auto made = [](auto change) {
    rollup_world::options o;
    change(o);
    return o;
  };
  const std::vector<scenario> scenarios = {
      {"N=1e4 T=60", made([](auto& o) { o.reporters = 10000; }), false},
      {"N=1e5 T=60", made([](auto&) {}), true},
      {"N=1e5 T=120", made([](auto& o) { o.periods = 120; }), false},
      {"N=1e5 T=64", made([](auto& o) { o.periods = 64; }), false},
      {"N=1e5 dated", made([](auto& o) { o.dated = 0.1; }), false},
      {"N=1e5 depth 8", made([](auto& o) { o.depth = 8; }), false},
      {"N=1e5 leaves of 5", made([](auto& o) { o.per_leaf = 5; }), false},
      {"N=1e5 overlap 1.4", made([](auto& o) { o.overlap = 1.4; }), false},
      {"N=1e5 second parents", made([](auto& o) { o.second_parent = 0.1; }), false},
      {"N=1e6 T=60", made([](auto& o) { o.reporters = 1000000; }), false},
      {"growth N=1e5 T=16", made([](auto& o) { o.periods = 16; }), false},
      {"growth N=1e6 T=16", made([](auto& o) { o.reporters = 1000000, o.periods = 16; }), false},
      {"growth N=4e6 T=16", made([](auto& o) { o.reporters = 4000000, o.periods = 16; }), false},
      {"N=1e6 T=120", made([](auto& o) {
         o.reporters = 1000000;
         o.periods = 120;
       }),
       false},
  };
  std::printf("kernels: %s, %d rounds, minimum\n", best_kernels().name, rounds);
  std::printf("%-44s %9s %8s %7s %6s\n", "job", "ms", "ns/cell", "GB/s", "share");
  for (const auto& s : scenarios) {
    if (!only.empty() && std::string(s.name).find(only) == std::string::npos) continue;
    world w(s.options, s.pairs);
    std::vector<job> jobs;
    const auto add = [&](const std::string& name, double bytes, unsigned threads, std::function<void()> run) {
      jobs.push_back({std::string(s.name) + ", " + name, w.cells(), bytes, threads, std::move(run), {}});
    };
    const auto probe = [](const period_blocks& data, unsigned threads) {
      // Floats are read as half as many doubles.
      const auto* const from = data.is_narrow() ? reinterpret_cast<const double*>(data.narrow_block(0)) : data.plane(0);
      read_probe::read(from, data.bytes() / sizeof(double), threads);
    };
    // Each rollup follows a probe of the same memory, so that caches are as warm for the one as for the
    // other.
    for (const unsigned threads : {1U, 2U}) {
      for (const bool exact : {false, true}) {
        const period_blocks& data = exact ? *w.real : *w.integer;
        add("read probe", static_cast<double>(data.bytes()), threads,
            [&data, threads, probe] { probe(data, threads); });
        add(exact ? "exact" : "plain", w.bytes_moved(data), threads,
            [&w, &data, threads] { aggregate(data, *w.result, best_kernels(), executor::threads(threads)); });
      }
    }
    aggregate(*w.integer, *w.result, best_kernels());
    w.check(w.whole);
    aggregate(*w.real, *w.result, best_kernels());
    w.check(w.values);
    if (s.pairs) {
      add("read probe", static_cast<double>(w.real->bytes()), 1, [&w, probe] { probe(*w.real, 1); });
      add("matched pairs, exact",
          2.0 * static_cast<double>(w.real->bytes()) + 20.0 * static_cast<double>(w.result->size()), 1,
          [&w] { aggregate(*w.real, *w.other, *w.pairs, best_kernels()); });
      add("matched pairs, plain",
          2.0 * static_cast<double>(w.integer->bytes()) + 20.0 * static_cast<double>(w.result->size()), 1,
          [&w] { aggregate(*w.integer, *w.integer_other, *w.pairs, best_kernels()); });
    }
    add("plan", 0, 1, [&w] { const plan p(w.input); });
    std::unique_ptr<partial> part, other_part;
    if (s.pairs || (w.options.reporters == 1000000 && w.options.periods == 60)) {
      part = std::make_unique<partial>(*w.arranged);
      part->update(*w.real, best_kernels());
      other_part = std::make_unique<partial>(*part);
      const auto part_bytes = 40.0 * static_cast<double>(w.result->size());
      add("partial, merge", 3 * part_bytes, 1, [&] { part->merge(*other_part); });
      const auto bytes = static_cast<double>(other_part->serialize().size());
      std::printf("%s, partial: %.1f bytes a group and period\n", s.name,
                  bytes / (static_cast<double>(w.input.groups) * w.options.periods));
      add("partial, serialize", bytes, 1, [&] { (void)other_part->serialize(); });
      add("partial, deserialize", bytes, 1,
          [&w, written = other_part->serialize()] { (void)partial::deserialize(*w.arranged, written); });
    }
    add("fill", static_cast<double>(w.real->bytes()), 1, [&w] {
      w.real->fill({w.values.data(), static_cast<std::size_t>(w.options.periods)}, best_kernels());
    });
    for (int r = 0; r < rounds; ++r) {
      for (auto& j : jobs) {
        const double start = now();
        j.run();
        j.seconds.push_back(now() - start);
      }
    }
    double bandwidth = 0; // of the probe before
    for (const auto& j : jobs) {
      const double best = *std::min_element(j.seconds.begin(), j.seconds.end());
      const double rate = j.bytes / best;
      if (j.name.ends_with("read probe")) bandwidth = rate;
      std::printf("%-44s %9.3f %8.3f %7.2f %6.2f\n", (j.name + (j.threads > 1 ? ", 2 threads" : "")).c_str(),
                  best * 1e3, best / j.cells * 1e9, rate * 1e-9, rate / bandwidth);
    }
    std::fflush(stdout);
  }
}
