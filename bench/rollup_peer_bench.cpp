// SPDX-License-Identifier: Apache-2.0
// Our side of the comparison with peers: writes the job that all of them do, and does it from long-form
// columns.
//
// rollup_peer_bench write FOLDER [reporters]: raw little-endian columns of the observations, of the
// memberships and part_of edges, and of the distinct (group, reporter) pairs, which the peers are given for
// nothing. rollup_peer_bench serve FOLDER THREADS: reads the columns, prints "ready", and for each line of
// input does the job once, from columns in memory to the full result, plan included, and prints the seconds
// and the bytes that the job added to the peak of memory. The first answer goes to FOLDER/answers.
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>

#include <commonweal/rollup/engine/aggregate.hpp>

#include "rollup_world.hpp"

namespace {

using namespace commonweal::engine;
using commonweal::executor;

template <class T>
void write_column(const std::string& path, const std::vector<T>& column) {
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(column.data()), static_cast<std::streamsize>(column.size() * sizeof(T)));
}

template <class T>
std::vector<T> read_column(const std::string& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  std::vector<T> column(static_cast<std::size_t>(in.tellg()) / sizeof(T));
  in.seekg(0);
  in.read(reinterpret_cast<char*>(column.data()), static_cast<std::streamsize>(column.size() * sizeof(T)));
  return column;
}

void write(const std::string& folder, const rollup_world::options& o) {
  const cascade c = make_cascade(o);
  const auto values = make_values(o);
  std::vector<std::int64_t> reporter;
  std::vector<std::int32_t> period;
  std::vector<double> value;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    reporter.push_back(static_cast<std::int64_t>(i / static_cast<std::size_t>(o.periods)));
    period.push_back(static_cast<std::int32_t>(i % static_cast<std::size_t>(o.periods)));
    value.push_back(values[i]);
  }
  write_column(folder + "/obs_reporter.i64", reporter);
  write_column(folder + "/obs_period.i32", period);
  write_column(folder + "/obs_value.f64", value);
  std::vector<std::int32_t> child, parent, member_reporter, member_group, pair_group;
  std::vector<std::int64_t> pair_reporter;
  std::vector<std::vector<std::uint32_t>> parents(c.groups), groups_of(c.reporters);
  for (const auto& e : c.parts) {
    child.push_back(static_cast<std::int32_t>(e.child));
    parent.push_back(static_cast<std::int32_t>(e.parent));
    parents[e.child].push_back(e.parent);
  }
  for (const auto& m : c.members) {
    member_reporter.push_back(static_cast<std::int32_t>(m.reporter));
    member_group.push_back(static_cast<std::int32_t>(m.group));
    groups_of[m.reporter].push_back(m.group);
  }
  std::vector<std::uint32_t> stamp(c.groups, ~0U);
  for (std::uint32_t r = 0; r < c.reporters; ++r) {
    auto todo = groups_of[r];
    while (!todo.empty()) {
      const std::uint32_t g = todo.back();
      todo.pop_back();
      if (stamp[g] == r) continue;
      stamp[g] = r;
      pair_group.push_back(static_cast<std::int32_t>(g));
      pair_reporter.push_back(r);
      todo.insert(todo.end(), parents[g].begin(), parents[g].end());
    }
  }
  write_column(folder + "/part_child.i32", child);
  write_column(folder + "/part_parent.i32", parent);
  write_column(folder + "/member_reporter.i32", member_reporter);
  write_column(folder + "/member_group.i32", member_group);
  write_column(folder + "/pair_group.i32", pair_group);
  write_column(folder + "/pair_reporter.i64", pair_reporter);
  std::ofstream(folder + "/shape.txt") << c.groups << ' ' << c.reporters << ' ' << c.periods << '\n';
}

/// Bytes of memory in use, and the most there ever were since the last reset.
std::size_t memory(const char* what) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.rfind(what, 0) == 0) return std::stoul(line.substr(std::strlen(what) + 1)) * 1024;
  }
  return 0;
}

void serve(const std::string& folder, unsigned threads) {
  cascade c;
  std::ifstream(folder + "/shape.txt") >> c.groups >> c.reporters >> c.periods;
  const auto reporter = read_column<std::int64_t>(folder + "/obs_reporter.i64");
  const auto period = read_column<std::int32_t>(folder + "/obs_period.i32");
  const auto value = read_column<double>(folder + "/obs_value.f64");
  const auto child = read_column<std::uint32_t>(folder + "/part_child.i32");
  const auto parent = read_column<std::uint32_t>(folder + "/part_parent.i32");
  const auto member_reporter = read_column<std::uint32_t>(folder + "/member_reporter.i32");
  const auto member_group = read_column<std::uint32_t>(folder + "/member_group.i32");
  const executor where = executor::threads(threads);
  bool answered = false;
  std::puts("ready");
  std::fflush(stdout);
  for (std::string line; std::getline(std::cin, line);) {
    std::ofstream("/proc/self/clear_refs") << "5";
    const std::size_t before = memory("VmRSS");
    const auto start = std::chrono::steady_clock::now();

    // The input is columns: the cascade is made of them, the plan is built, cells are placed.
    cascade input{c.groups, c.reporters, c.periods, {}, {}, {}};
    for (std::size_t i = 0; i < child.size(); ++i) input.parts.push_back({child[i], parent[i], {}});
    input.members.reserve(member_group.size());
    for (std::size_t i = 0; i < member_group.size(); ++i) {
      input.members.push_back({member_reporter[i], member_group[i], {}});
    }
    const plan p(input);
    period_blocks data(p);
    std::vector<double> cells(std::size_t{c.reporters} * static_cast<std::size_t>(c.periods),
                              std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < value.size(); ++i)
      cells[static_cast<std::size_t>(reporter[i]) * static_cast<std::size_t>(c.periods) +
            static_cast<std::size_t>(period[i])] = value[i];
    data.fill({cells.data(), static_cast<std::size_t>(c.periods)}, best_kernels(), where);
    aggregates result(p);
    aggregate(data, result, best_kernels(), where);

    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const std::size_t peak = memory("VmHWM");
    std::printf("%.6f %zu\n", took.count(), peak > before ? peak - before : 0);
    std::fflush(stdout);
    if (answered) continue;
    answered = true;
    std::vector<double> sum, min, max, count;
    for (std::uint32_t g = 0; g < c.groups; ++g) {
      for (std::int32_t t = 0; t < c.periods; ++t) {
        const auto at = result.at(p.position_of()[g], t);
        sum.push_back(result.sum[at]);
        count.push_back(result.count[at]);
        min.push_back(result.min[at]);
        max.push_back(result.max[at]);
      }
    }
    for (const auto& [name, column] : {std::pair{"sum", &sum}, {"count", &count}, {"min", &min}, {"max", &max}}) {
      write_column(folder + "/answers_commonweal_" + name + ".f64", *column);
    }
  }
}

} // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 2 ? argv[1] : "";
  if (mode == "write") {
    rollup_world::options o;
    if (argc > 3) o.reporters = static_cast<std::uint32_t>(std::stoul(argv[3]));
    write(argv[2], o);
  } else if (mode == "serve") {
    serve(argv[2], argc > 3 ? static_cast<unsigned>(std::stoul(argv[3])) : 1);
  } else {
    std::fputs("rollup_peer_bench write FOLDER [reporters] | serve FOLDER [threads]\n", stderr);
    return 2;
  }
}
