// SPDX-License-Identifier: Apache-2.0
// How far a rollup has come, as its caller is told.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>

#include <commonweal/core/error.hpp>

namespace commonweal::inline v0::detail {

/// Half of the work are the passes over all cells of an indicator, where there are any; the rest are the figures.
/// Not for several threads at once.
class progress_meter {
 public:
  explicit progress_meter(const std::function<bool(double)>& tell) : tell_(tell) {}

  /// Tells 0. Throws error_code::cancelled, as all of these do but `within_pass`, where the caller wants to stop.
  void begin(std::size_t figures, std::size_t passes) {
    figures_ = figures;
    passes_ = passes;
    if (tell_ && !tell_(0.0)) stop();
  }
  void figure_done() {
    ++figures_done_;
    check(told());
  }
  /// A pass has come so far. False where the caller wants to stop.
  [[nodiscard]] bool within_pass(double share) {
    within_ = std::max(within_, share);
    return told();
  }
  static void check(bool go_on) {
    if (!go_on) stop();
  }
  void pass_done() {
    ++passes_done_;
    within_ = 0;
    check(told());
  }
  void end() {
    if (tell_ && told_ < 1.0 && !tell_(1.0)) stop();
  }

 private:
  [[noreturn]] static void stop() {
    throw error(error_code::cancelled, "the rollup was stopped by its progress callback");
  }
  [[nodiscard]] bool told() {
    if (!tell_) return true;
    const auto ratio = [](double done, std::size_t of) {
      return of == 0 ? 1.0 : std::min(1.0, done / static_cast<double>(of));
    };
    const double made = ratio(static_cast<double>(passes_done_) + within_, passes_);
    const double shown = ratio(static_cast<double>(figures_done_), figures_);
    const double share = passes_ == 0 ? shown : (made + shown) / 2;
    if (share < told_ + 1.0 / 256) return true;
    told_ = share;
    return tell_(share);
  }

  const std::function<bool(double)>& tell_;
  std::size_t figures_ = 0, figures_done_ = 0;
  std::size_t passes_ = 0, passes_done_ = 0;
  double within_ = 0, told_ = 0;
};

} // namespace commonweal::inline v0::detail
