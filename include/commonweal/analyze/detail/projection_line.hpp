// SPDX-License-Identifier: Apache-2.0
// The line a projection follows: straight, or straight within each season.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include <commonweal/analyze/detail/distributions.hpp>
#include <commonweal/analyze/line.hpp>
#include <commonweal/analyze/series.hpp>

namespace commonweal::inline v0::detail {

/// Least squares of y = a(season) + b t: one slope, a level for each position of a cycle. By the theorem of Frisch and
/// Waugh the slope is that of the deviations from the means of each position. REQUIRES: finite or missing values.
class seasonal_fit {
 public:
  seasonal_fit() = default;
  /// Determined where every position has a value, the values span two cycles and a degree of freedom is left.
  seasonal_fit(std::span<const double> y, std::size_t season) : levels_(season) {
    std::size_t n = 0, first = y.size(), last = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
      if (std::isnan(y[i])) continue;
      auto& l = levels_[i % season];
      ++l.n;
      l.index += static_cast<double>(i);
      l.value += y[i];
      ++n;
      first = std::min(first, i);
      last = i;
    }
    for (auto& l : levels_) {
      if (l.n == 0) return;
      l.index /= static_cast<double>(l.n);
      l.value /= static_cast<double>(l.n);
    }
    if (last + 1 - first < 2 * season || n < season + 2) return;
    double products = 0, rest = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
      if (std::isnan(y[i])) continue;
      const auto& l = levels_[i % season];
      const double d = static_cast<double>(i) - l.index;
      squares_ += d * d;
      products += d * (y[i] - l.value);
    }
    if (!(squares_ > 0)) return;
    slope_ = products / squares_;
    for (std::size_t i = 0; i < y.size(); ++i) {
      if (std::isnan(y[i])) continue;
      const auto& l = levels_[i % season];
      const double r = y[i] - l.value - slope_ * (static_cast<double>(i) - l.index);
      rest += r * r;
    }
    freedom_ = static_cast<double>(n - season - 1);
    sd_ = std::sqrt(rest / freedom_);
  }
  [[nodiscard]] bool determined() const { return freedom_ > 0; }
  [[nodiscard]] double slope() const { return slope_; }
  [[nodiscard]] double sd() const { return sd_; }
  [[nodiscard]] double t_quantile(double confidence) const {
    return student_t_quantile(freedom_, 0.5 + confidence / 2.0);
  }
  /// The line at an index as it would be in the season of `position`.
  [[nodiscard]] double at(double index, std::size_t position) const {
    const auto& l = levels_[position];
    return l.value + slope_ * (index - l.index);
  }
  /// Half the interval of that, of the line itself or of one new value.
  [[nodiscard]] double margin(double index, std::size_t position, double t, bool of_a_value) const {
    const auto& l = levels_[position];
    const double d = index - l.index;
    return t * sd_ * std::sqrt((of_a_value ? 1.0 : 0.0) + 1.0 / static_cast<double>(l.n) + d * d / squares_);
  }

 private:
  struct level {
    std::size_t n = 0;
    double index = 0;
    double value = 0;
  };
  std::vector<level> levels_;
  double slope_ = missing_value;
  double squares_ = 0;
  double sd_ = missing_value;
  double freedom_ = 0;
};

/// A straight line, or one within seasons where the data has them and is long enough, read in the season of one
/// position.
class projection_line {
 public:
  /// `season` 1: none. `position` of the season that is read, counted from the first of `y`.
  projection_line(const std::vector<double>& y, std::size_t season, std::size_t position) : position_(position) {
    if (season > 1) seasonal_ = seasonal_fit(y, season);
    if (!seasonal()) line_ = fit_line(y);
  }
  [[nodiscard]] bool seasonal() const { return seasonal_.determined(); }
  [[nodiscard]] bool has_slope() const { return seasonal() || line_.has_slope(); }
  [[nodiscard]] bool has_errors() const { return seasonal() || line_.has_errors(); }
  [[nodiscard]] double t_quantile(double confidence) const {
    return seasonal() ? seasonal_.t_quantile(confidence) : line_.t_quantile(confidence);
  }
  [[nodiscard]] double at(double index) const { return seasonal() ? seasonal_.at(index, position_) : line_.at(index); }
  [[nodiscard]] double line_margin(double index, double t) const {
    return seasonal() ? seasonal_.margin(index, position_, t, false) : line_.line_margin(index, t);
  }
  [[nodiscard]] double value_margin(double index, double t) const {
    return seasonal() ? seasonal_.margin(index, position_, t, true) : line_.value_margin(index, t);
  }

 private:
  seasonal_fit seasonal_;
  line_fit line_;
  std::size_t position_;
};

} // namespace commonweal::inline v0::detail
