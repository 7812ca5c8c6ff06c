// SPDX-License-Identifier: Apache-2.0
// Loading a folder of 100,000 synthetic reporters and 60 months, one observation a cell (6,000,000 less what the sample
// misses): rows, typed batches, the whole initiative. The panel is compared with a plain reading of the file first.
//
// load_bench --answers FOLDER: loads once and prints seconds, peak and added memory, shape, and count and sum of each
// period, for comparison with other programs (peers/load_pandas.py).
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <benchmark/benchmark.h>

#include <commonweal/core/csv_table.hpp>
#include <commonweal/formats/sample.hpp>
#include <commonweal/load.hpp>

namespace {

using namespace commonweal;

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// Megabytes (10^6) of a line of /proc/self/status.
double memory(const std::string& key) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);)
    if (line.rfind(key + ":", 0) == 0) return std::strtod(line.c_str() + key.size() + 1, nullptr) * 1024 / 1e6;
  return 0;
}

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "load_bench: %s\n", what.c_str());
  std::exit(1);
}

struct column_totals {
  std::size_t count = 0;
  double sum = 0;
  friend bool operator==(const column_totals&, const column_totals&) = default;
};
using totals = std::map<std::string, column_totals>;

totals of_panel(const panel& p) {
  totals out;
  for (Eigen::Index c = 0; c < p.value.cols(); ++c)
    for (Eigen::Index r = 0; r < p.value.rows(); ++r) {
      if (std::isnan(p.value(r, c))) continue;
      auto& t = out[p.at(c).to_string()];
      ++t.count;
      t.sum += p.value(r, c);
    }
  return out;
}

/// The same from the text: whole numbers, no quotes in this file, so any way of adding is exact.
totals of_text(const std::filesystem::path& file) {
  totals out;
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    const auto first = line.find(',');
    const auto second = line.find(',', first + 1);
    const auto third = line.find(',', second + 1);
    const char* const number = line.c_str() + third + 1;
    char* end = nullptr;
    const double v = std::strtod(number, &end);
    if (end == number) continue;
    auto& t = out[line.substr(second + 1, third - second - 1)];
    ++t.count;
    t.sum += v;
  }
  return out;
}

int answers(const char* folder) {
  const double before = memory("VmHWM");
  const double start = now();
  diagnostics found;
  const auto i = read_folder(folder, found);
  const double seconds = now() - start;
  const double peak = memory("VmHWM");
  const auto& p = i.measures().panels.at(0);
  std::printf("seconds %.6f\npeak_mb %.1f\nadded_mb %.1f\nshape %td %td\n", seconds, peak, peak - before,
              p.value.rows(), p.value.cols());
  for (const auto& [when, t] : of_panel(p)) std::printf("%s %zu %.17g\n", when.c_str(), t.count, t.sum);
  return 0;
}

/// Made once, removed at the end.
struct sample_folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / "commonweal-load-bench";
  sample_folder() { write_sample(path, {.reporters = 100'000, .groups = 2'000, .periods = 60, .indicators = 1}); }
  ~sample_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  [[nodiscard]] std::filesystem::path observations() const { return path / "observations.csv"; }
};
const sample_folder* sample = nullptr;

void set_speed(benchmark::State& state) {
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(std::filesystem::file_size(sample->observations())));
}

void rows(benchmark::State& state) {
  for (auto _ : state) {
    diagnostics found;
    csv_reader reader(file_bytes(sample->observations()), "observations.csv", {}, found);
    std::size_t n = 0;
    while (reader.next()) n += reader.fields()[3].size();
    benchmark::DoNotOptimize(n);
  }
  set_speed(state);
}
BENCHMARK(rows)->Unit(benchmark::kMillisecond);

void typed_batches(benchmark::State& state) {
  for (auto _ : state) {
    diagnostics found;
    csv_batches batches(csv_reader(file_bytes(sample->observations()), "observations.csv", {}, found),
                        {{"reporter", column_type::utf8, false, {}},
                         {"indicator", column_type::utf8, false, {}},
                         {"period", column_type::period, true, {}},
                         {"value", column_type::float64, false, {}}},
                        found);
    table batch = batches.shape();
    origin from;
    std::size_t n = 0;
    while (batches.next(batch, from)) n += batch.rows();
    benchmark::DoNotOptimize(n);
  }
  set_speed(state);
}
BENCHMARK(typed_batches)->Unit(benchmark::kMillisecond);

void whole_initiative(benchmark::State& state) {
  for (auto _ : state) {
    diagnostics found;
    benchmark::DoNotOptimize(read_folder(sample->path, found));
  }
  set_speed(state);
}
BENCHMARK(whole_initiative)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "--answers") return answers(argv[2]);
  const sample_folder made;
  sample = &made;
  {
    const double before = memory("VmHWM");
    diagnostics found;
    const auto i = read_folder(made.path, found);
    const double added = memory("VmHWM") - before;
    const auto& p = i.measures().panels.at(0);
    const double numbers = 8e-6 * static_cast<double>(p.value.size());
    if (of_panel(p) != of_text(made.observations())) fail("the panel is not what the file says");
    std::printf("numbers %.1f MB, added at peak %.1f MB: %.2f times\n", numbers, added, added / numbers);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
