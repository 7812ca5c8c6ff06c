// SPDX-License-Identifier: Apache-2.0
// Checks of one reporter's values of one indicator: outliers, repeats, changes of unit, years.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <commonweal/analyze/detail/distributions.hpp>
#include <commonweal/analyze/quality.hpp>
#include <commonweal/analyze/reading.hpp>
#include <commonweal/analyze/summary.hpp>
#include <commonweal/rollup/detail/time_span.hpp>

namespace commonweal::inline v0::detail {

struct quality_finding {
  node_ref reporter;
  std::uint32_t indicator = 0;
  bool dated = true;
  period when;
  quality_check check{};
  quality_severity severity{};
  double value = missing_value;
  double usual = missing_value;
  double figure = missing_value;
  double threshold = missing_value;
  std::string rule;
  std::string why;
};

/// Appends findings about the values of one reporter and indicator; y[i] belongs to first.plus(i).
class value_checks {
 public:
  value_checks(const quality_options& o, const indicator_definition& d, std::span<const double> y, period first,
               quality_finding who, std::vector<quality_finding>& out)
      : o_(o), d_(d), y_(y), first_(first), who_(std::move(who)), out_(out) {
    for (const double x : y_)
      if (!std::isnan(x)) present_.push_back(x);
  }

  void all() {
    if (present_.size() >= o_.least_values) {
      outliers();
      modified_outliers();
      against_history();
      unit_changes();
    }
    repeats();
    years();
  }

 private:
  void tell(std::size_t i, quality_check check, quality_severity severity, double usual, double figure,
            double threshold, std::string why) {
    quality_finding f = who_;
    f.when = first_.plus(static_cast<std::int32_t>(i));
    f.check = check;
    f.severity = severity;
    f.value = y_[i];
    f.usual = usual;
    f.figure = figure;
    f.threshold = threshold;
    f.why = std::move(why);
    out_.push_back(std::move(f));
  }
  void judge_sd(std::size_t i, quality_check check, double mean, double z, double moderate, double extremely,
                const std::string& of_what) {
    if (!(std::abs(z) >= moderate)) return;
    const bool extreme = std::abs(z) >= extremely;
    tell(i, check, extreme ? quality_severity::extreme : quality_severity::moderate, mean, z,
         extreme ? extremely : moderate,
         number_text(y_[i], mean) + " is " + number_text(std::abs(z)) + " standard deviations " +
             (z > 0 ? "above" : "below") + " " + of_what + ", " + number_text(mean, y_[i]));
  }

  void outliers() {
    const auto s = summarize(series_view(y_, first_));
    if (!(s.sd > 0)) return;
    for (std::size_t i = 0; i < y_.size(); ++i)
      if (!std::isnan(y_[i]))
        judge_sd(i, quality_check::outlier, s.mean, (y_[i] - s.mean) / s.sd, o_.moderate_sd, o_.extreme_sd,
                 "the reporter's mean");
  }

  void modified_outliers() {
    auto x = present_;
    const double median = median_of(x);
    for (double& v : x) v = std::abs(v - median);
    double mean = 0;
    for (const double v : x) mean += v / static_cast<double>(x.size());
    const double mad = median_of(x);
    // Scaled to a standard deviation of normal values; more than half of them alike leave no median deviation.
    const double scale = mad > 0 ? 1.482602218505602 * mad : 1.2533141373155003 * mean;
    if (!(scale > 0)) return;
    for (std::size_t i = 0; i < y_.size(); ++i) {
      const double z = (y_[i] - median) / scale;
      if (!(std::abs(z) >= o_.modified_z)) continue;
      tell(i, quality_check::modified_outlier, quality_severity::moderate, median, z, o_.modified_z,
           number_text(y_[i], median) + " is " + number_text(std::abs(z)) + (mad > 0 ? " median" : " mean") +
               " deviations from the reporter's median, " + number_text(median, y_[i]));
    }
  }

  // What is as rare, in standard deviations estimated from n values, as that many known ones are.
  [[nodiscard]] double as_rare(double sd, std::size_t n) {
    auto& known = rare_[{sd, n}];
    if (known == 0) { known = student_t_upper_quantile(static_cast<double>(n - 1), normal_upper_tail(sd)); }
    return known;
  }

  void against_history() {
    std::vector<double> before;
    for (std::size_t i = 0; i < y_.size(); ++i) {
      if (std::isnan(y_[i])) continue;
      if (before.size() >= o_.least_values) {
        const auto n = std::min(before.size(), o_.history);
        const auto s = summarize(series_view(std::span<const double>(before).last(n)));
        const double spread = s.sd * std::sqrt(1.0 + 1.0 / static_cast<double>(n)); // of one more value about this mean
        if (spread > 0)
          judge_sd(i, quality_check::against_history, s.mean, (y_[i] - s.mean) / spread, as_rare(o_.moderate_sd, n),
                   as_rare(o_.extreme_sd, n), "the mean of the " + std::to_string(n) + " values before");
      }
      before.push_back(y_[i]);
    }
  }

  // Only where the reporter's usual values keep together far more closely than the factor.
  void unit_changes() {
    std::vector<double> logs;
    for (const double x : present_)
      if (x > 0) logs.push_back(std::log10(x));
    if (logs.size() < o_.least_values) return;
    auto x = logs;
    const double usual = median_of(x);
    for (double& v : x) v = std::abs(v - usual);
    const double spread = 1.482602218505602 * median_of(x);
    const double near = std::log10(1.0 + o_.unit_tolerance);
    for (std::size_t i = 0; i < y_.size(); ++i) {
      if (!(y_[i] > 0)) continue;
      const double away = std::log10(y_[i]) - usual;
      const double power = std::round(away);
      if (power == 0 || std::abs(power) > 3 || std::abs(away - power) > near || std::abs(away) < 3 * spread) continue;
      const double factor = std::pow(10.0, std::abs(power));
      const double median = std::pow(10.0, usual);
      tell(i, quality_check::unit_change, quality_severity::extreme, median, std::pow(10.0, away),
           std::pow(10.0, power),
           number_text(y_[i], median) + " is about " + (power > 0 ? "" : "1/") + number_text(factor) +
               " of the usual " + number_text(median, y_[i]) + (power > 0 ? " times over" : "") +
               ": another unit, or a slip of the decimal point");
    }
  }

  void repeats() {
    for (std::size_t i = 0; i < y_.size();) {
      std::size_t end = i + 1;
      while (end < y_.size() && y_[end] == y_[i]) ++end; // a missing value equals nothing
      const std::size_t n = end - i;
      if (!std::isnan(y_[i]) && y_[i] != 0 && o_.repeat_length > 0 && n >= o_.repeat_length) {
        const bool extreme = n >= 2 * o_.repeat_length;
        tell(end - 1, quality_check::repeated, extreme ? quality_severity::extreme : quality_severity::moderate, y_[i],
             static_cast<double>(n), static_cast<double>(extreme ? 2 * o_.repeat_length : o_.repeat_length),
             number_text(y_[i]) + " was reported " + std::to_string(n) + " times in a row, since " +
                 first_.plus(static_cast<std::int32_t>(i)).to_string());
      }
      i = end;
    }
  }

  void years() {
    const bool adds = d_.over_time == aggregate_operator::sum;
    std::map<std::int32_t, std::pair<double, std::size_t>> of; // year: sum and how many, of complete ones
    std::size_t i = 0;
    while (i < y_.size()) {
      const auto year = *first_.plus(static_cast<std::int32_t>(i)).coarsen(frequency::year);
      const auto range = base_periods(time_span(year), first_.freq());
      const auto need = static_cast<std::size_t>(range.end - range.begin);
      double sum = 0;
      std::size_t n = 0;
      for (; i < y_.size() && first_.ordinal() + static_cast<std::int32_t>(i) < range.end; ++i)
        if (!std::isnan(y_[i])) sum += y_[i], ++n;
      if (n == need) of[year.ordinal()] = {adds ? sum : sum / static_cast<double>(n), i - 1};
    }
    for (const auto& [year, total] : of) {
      double before = 0;
      std::size_t n = 0;
      for (std::int32_t k = 1; k <= static_cast<std::int32_t>(o_.prior_years); ++k)
        if (const auto it = of.find(year - k); it != of.end()) before += it->second.first, ++n;
      if (n == 0 || !(before > 0)) continue;
      const double mean = before / static_cast<double>(n);
      const double ratio = total.first / mean;
      if (std::abs(ratio - 1) <= o_.year_ratio) continue;
      tell(total.second, quality_check::year_on_year, quality_severity::moderate, mean, ratio, o_.year_ratio,
           period(frequency::year, year).to_string() + " came to " + number_text(total.first, mean) + ", " +
               number_text(ratio) + " times the mean of " +
               (n == 1 ? "the year" : "the " + std::to_string(n) + " years") + " before, " +
               number_text(mean, total.first));
      out_.back().value = total.first;
    }
  }

  const quality_options& o_;
  const indicator_definition& d_;
  std::span<const double> y_;
  period first_;
  quality_finding who_;
  std::vector<quality_finding>& out_;
  std::vector<double> present_;
  static inline thread_local std::map<std::pair<double, std::size_t>, double> rare_;
};

} // namespace commonweal::inline v0::detail
