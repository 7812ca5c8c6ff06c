// SPDX-License-Identifier: Apache-2.0
// Trend, chart and report card of 100,000 series of 120 points (synthetic), and one long series.
// Every answer is checked against its definition before anything is timed.
//
// analyze_bench --answers WHAT IN OUT THREADS: for comparison with other programs. IN holds series as doubles, row
// after row, after two 64-bit counts (series, points); OUT gets the answers as doubles, row after row; the seconds of
// the computation alone are printed. WHAT: trend (s, p, slope), score (s, p, tau-b), seasonal (s, p, slope), line
// (slope, intercept, slope_se), chart (center, lower, upper).
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <commonweal/analyze/analyze.hpp>

namespace {

using namespace commonweal;

constexpr std::size_t series_total = 100'000;
constexpr std::size_t points = 120;
const period january(frequency::month, 480);
const period first_year(frequency::year, 0);

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "analyze_bench: wrong answer: %s\n", what);
  std::exit(1);
}

struct inputs {
  std::vector<double> values;
  std::vector<measured_series> yearly;
  std::vector<measured_series> monthly;
};

/// A rise or fall, a season, noise, rounding that makes ties, and one value in twenty missing.
const inputs& data() {
  static const inputs made = [] {
    inputs d;
    std::mt19937_64 random(5);
    std::normal_distribution<double> noise;
    d.values.resize(series_total * points);
    for (std::size_t s = 0; s < series_total; ++s) {
      const double slope = 0.02 * noise(random);
      for (std::size_t i = 0; i < points; ++i) {
        const auto t = static_cast<double>(i);
        const double v = 50.0 + slope * t + 2.0 * std::sin(t * 6.283185307179586 / 12.0) + noise(random);
        d.values[s * points + i] = random() % 20 == 0 ? missing_value : std::round(v * 100.0) / 100.0;
      }
      const std::span<const double> row(d.values.data() + s * points, points);
      d.yearly.push_back({"s", {row, first_year}, direction::up});
      d.monthly.push_back({"s", {row, january}, direction::up});
    }
    return d;
  }();
  return made;
}

/// The definitions, pair by pair.
void check() {
  const auto& d = data();
  std::vector<double> slopes;
  for (std::size_t s = 0; s < 200; ++s) {
    const auto x = d.yearly[s].values;
    double score = 0.0;
    slopes.clear();
    for (std::size_t i = 0; i < points; ++i)
      for (std::size_t j = i + 1; j < points; ++j) {
        if (std::isnan(x.value[i]) || std::isnan(x.value[j])) continue;
        const double dx = x.value[j] - x.value[i];
        score += (dx > 0.0) - (dx < 0.0);
        slopes.push_back(dx / static_cast<double>(j - i));
      }
    std::sort(slopes.begin(), slopes.end());
    const auto n = slopes.size();
    const double median = n % 2 == 1 ? slopes[n / 2] : (slopes[n / 2 - 1] + slopes[n / 2]) / 2.0;
    const auto r = trend(x);
    if (r.s != score) fail("the score of a series");
    if (r.slope != median) fail("the slope of a series");
    double sum = 0.0;
    double ranges = 0.0;
    double present = 0.0;
    double steps = 0.0;
    for (std::size_t i = 0; i < points; ++i) {
      if (std::isnan(x.value[i])) continue;
      sum += x.value[i];
      ++present;
      if (i > 0 && !std::isnan(x.value[i - 1])) ranges += std::abs(x.value[i] - x.value[i - 1]), ++steps;
    }
    const auto chart = control_chart(x, {});
    const double upper = sum / present + 3.0 * ranges / steps / chart_constants::d2(2);
    if (std::abs(chart.points[0].upper - upper) > 1e-9) fail("the limit of a chart");
  }
}

void trends_of_years(benchmark::State& state) {
  const trend_options o{.threads = static_cast<unsigned>(state.range(0))};
  for (auto _ : state) benchmark::DoNotOptimize(trend_each(data().yearly, o));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(series_total));
}
void trends_of_months(benchmark::State& state) {
  const trend_options o{.threads = static_cast<unsigned>(state.range(0))};
  for (auto _ : state) benchmark::DoNotOptimize(trend_each(data().monthly, o));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(series_total));
}
void charts_with_all_rules(benchmark::State& state) {
  chart_options o;
  o.rules = std::vector<rule_set>{rule_set::anhoej, rule_set::western_electric, rule_set::nelson, rule_set::nhs};
  for (auto _ : state)
    detail::for_each_stretch(series_total, static_cast<unsigned>(state.range(0)),
                             [&](std::size_t first, std::size_t last) {
                               for (std::size_t i = first; i < last; ++i)
                                 benchmark::DoNotOptimize(control_chart(data().monthly[i].values, o));
                             });
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(series_total));
}
void report_card_since_baseline(benchmark::State& state) {
  card_options o;
  o.trend.threads = static_cast<unsigned>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(report_card(data().monthly, o));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(series_total));
}
void all_three(benchmark::State& state) {
  const auto threads = static_cast<unsigned>(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(trend_each(data().yearly, {.threads = threads}));
    detail::for_each_stretch(series_total, threads, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i) benchmark::DoNotOptimize(control_chart(data().yearly[i].values, {}));
    });
    card_options card;
    card.trend.threads = threads;
    benchmark::DoNotOptimize(report_card(data().yearly, card));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(series_total));
}
/// n points in one series: the time should grow as n log n.
void one_long_series(benchmark::State& state) {
  std::mt19937_64 random(6);
  std::normal_distribution<double> noise;
  std::vector<double> x(static_cast<std::size_t>(state.range(0)));
  for (auto& v : x) v = noise(random);
  for (auto _ : state) benchmark::DoNotOptimize(trend(x));
  state.SetComplexityN(state.range(0));
}

BENCHMARK(trends_of_years)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(trends_of_months)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(charts_with_all_rules)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(report_card_since_baseline)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(all_three)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(one_long_series)
    ->RangeMultiplier(4)
    ->Range(1 << 10, 1 << 18)
    ->Unit(benchmark::kMillisecond)
    ->Complexity(benchmark::oNLogN);

int answers(const std::string& what, const char* in, const char* out, unsigned threads) {
  std::ifstream file(in, std::ios::binary);
  std::int64_t shape[2] = {0, 0};
  file.read(reinterpret_cast<char*>(shape), sizeof shape);
  if (!file || shape[0] < 0 || shape[1] < 0) fail("cannot read the input");
  const auto rows = static_cast<std::size_t>(shape[0]);
  const auto columns = static_cast<std::size_t>(shape[1]);
  std::vector<double> values(rows * columns);
  file.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(double)));
  if (!file) fail("the input is shorter than it says");
  std::vector<measured_series> all;
  for (std::size_t r = 0; r < rows; ++r)
    all.push_back({"s", {std::span<const double>(values.data() + r * columns, columns), january}, direction::none});
  std::vector<double> results(3 * rows);
  const auto began = std::chrono::steady_clock::now();
  if (what == "trend" || what == "seasonal") {
    const auto test = what == "trend" ? trend_test::original : trend_test::seasonal;
    const auto found = trend_each(all, {.test = test, .threads = threads});
    for (std::size_t r = 0; r < rows; ++r) {
      results[3 * r] = found[r].s;
      results[3 * r + 1] = found[r].p;
      results[3 * r + 2] = what == "trend" ? found[r].slope : found[r].slope_per_year;
    }
  } else if (what == "score") {
    detail::for_each_stretch(rows, threads, [&](std::size_t first, std::size_t last) {
      kendall_workspace memory;
      std::vector<double> there;
      for (std::size_t r = first; r < last; ++r) {
        there.clear();
        for (const double v : all[r].values.value)
          if (!std::isnan(v)) there.push_back(v);
        const auto count = kendall_score(there, memory);
        results[3 * r] = static_cast<double>(count.s);
        results[3 * r + 1] = detail::two_sided_p(detail::continuity_corrected(results[3 * r], count.variance));
        results[3 * r + 2] = count.tau_b();
      }
    });
  } else if (what == "line" || what == "chart") {
    detail::for_each_stretch(rows, threads, [&](std::size_t first, std::size_t last) {
      for (std::size_t r = first; r < last; ++r) {
        if (what == "line") {
          const auto line = fit_line(all[r].values);
          results[3 * r] = line.slope;
          results[3 * r + 1] = line.intercept;
          results[3 * r + 2] = line.slope_se;
        } else {
          const auto chart = control_chart(all[r].values, {});
          results[3 * r] = chart.points[0].center;
          results[3 * r + 1] = chart.points[0].lower;
          results[3 * r + 2] = chart.points[0].upper;
        }
      }
    });
  } else {
    fail("WHAT is trend, score, seasonal, line or chart");
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::ofstream(out, std::ios::binary)
      .write(reinterpret_cast<const char*>(results.data()),
             static_cast<std::streamsize>(results.size() * sizeof(double)));
  std::printf("%.9f\n", took.count());
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  if (argc == 6 && std::string(argv[1]) == "--answers")
    return answers(argv[2], argv[3], argv[4], static_cast<unsigned>(std::atoi(argv[5])));
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  check();
  benchmark::RunSpecifiedBenchmarks();
}
