// SPDX-License-Identifier: Apache-2.0
// Does a series rise or fall, how fast, and is it more than chance: Mann-Kendall and Theil-Sen.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/analyze/detail/slope_selection.hpp>
#include <commonweal/analyze/kendall.hpp>
#include <commonweal/analyze/series.hpp>
#include <commonweal/analyze/summary.hpp>
#include <commonweal/core/executor.hpp>

namespace commonweal::inline v0 {

/// Which test of monotone trend. None of them assumes a straight line or a normal distribution.
///
/// automatic: seasonal for data more frequent than yearly that spans two seasons or more, else original.
/// original: Mann (Econometrica 13, 1945) and Kendall (1975).
/// seasonal: Hirsch, Slack and Smith (Water Resources Research 18, 1982): each month against the same month only.
/// correlated_seasonal: Hirsch and Slack (WRR 20, 1984): allows for months that depend on each other; complete cycles
/// only. hamed_rao: Hamed and Rao (J. Hydrology 204, 1998); yue_wang: Yue and Wang (Water Resources Management 18,
/// 2004):
///   variance corrected for autocorrelation. pre_whitening: Yue and Wang (WRR 38, 2002), trend_free_pre_whitening: Yue
///   et al. (Hydrological Processes 16, 2002).
enum class trend_test : std::uint8_t {
  automatic,
  original,
  seasonal,
  correlated_seasonal,
  hamed_rao,
  yue_wang,
  pre_whitening,
  trend_free_pre_whitening
};
template <>
struct enum_names<trend_test> {
  static constexpr std::array<std::string_view, 8> values = {
      "automatic", "original", "seasonal",      "correlated_seasonal",
      "hamed_rao", "yue_wang", "pre_whitening", "trend_free_pre_whitening"};
};

struct trend_options {
  trend_test test = trend_test::automatic;
  double confidence = 0.95; ///< of the slope's interval; a trend is called when p < 1 - confidence
  std::size_t season = 0;   ///< positions in a cycle; 0: 12 for months, 4 for quarters, 52 for weeks, 7 for days
  std::optional<std::size_t> lags =
      std::nullopt; ///< for hamed_rao and yue_wang: lags 1 to this; every lag where absent
  /// Published corrections may find the variance smaller than for independent values, and so call trends in noise.
  /// By default they may only widen it.
  bool allow_shrinking = false;
  double flat_slope_per_year = 0.0; ///< a slope no steeper than this is flat whatever its p value
  unsigned threads = 1;             ///< for tables of many series; the answer does not depend on it
  executor where = {};              ///< the same on threads of the caller, watched or not, in place of `threads`
};

/// no_data, one_value: nothing can be said. too_few: a slope but no test (two values, or no season with two).
/// constant: every value equal.
enum class trend_state : std::uint8_t { ok, no_data, one_value, too_few, constant };
template <>
struct enum_names<trend_state> {
  static constexpr std::array<std::string_view, 5> values = {"ok", "no_data", "one_value", "too_few", "constant"};
};

/// flat: no trend larger than chance explains at the stated confidence, or no steeper than flat_slope_per_year.
enum class trend_direction : std::uint8_t { rising, falling, flat, unknown };
template <>
struct enum_names<trend_direction> {
  static constexpr std::array<std::string_view, 4> values = {"rising", "falling", "flat", "unknown"};
};

/// Numbers are missing (NaN) where `state` says that they cannot be had; a table shows null there.
struct trend_result {
  trend_state state = trend_state::no_data;
  trend_test test = trend_test::original; ///< the one used, never automatic
  std::size_t n = 0;
  std::size_t missing = 0;
  std::size_t first_index = 0; ///< of the first and the last value there is
  std::size_t last_index = 0;
  period start; ///< the periods of these two
  period end;
  double first = missing_value;
  double last = missing_value;
  double confidence = 0.95;

  double s = missing_value;     ///< concordant minus discordant pairs
  double tau = missing_value;   ///< S over the number of pairs compared
  double var_s = missing_value; ///< as corrected by the test
  double z = missing_value;     ///< continuity-corrected where the method has it: (S -+ 1) / sqrt(var_s)
  double p = missing_value;     ///< two-sided, normal approximation
  bool small_sample = false;    ///< fewer than ten values: the normal approximation is rough

  double slope = missing_value;       ///< per period; Theil (1950), Sen (JASA 63, 1968)
  double slope_lower = missing_value; ///< interval of Sen (1968) with the variance of the test
  double slope_upper = missing_value;
  double slope_per_year = missing_value;
  double intercept = missing_value; ///< of the line at index 0: median value less slope times median index

  trend_direction trend = trend_direction::unknown;
  movement moved = movement::unknown; ///< against the wanted direction
};

/// Memory that repeated calls share; one owner at a time.
struct trend_workspace {
  kendall_workspace kendall;
  detail::slope_selector slopes;
  std::vector<double> values;
  std::vector<double> times;
  std::vector<double> scratch;
  std::vector<std::uint32_t> position;
  std::vector<std::uint32_t> cycle;
  std::vector<std::uint32_t> order;
  std::vector<std::size_t> starts;
};

/// The trend of one series. Missing values are left out: slopes keep the true distance in time, the tests compare the
/// values there are, and autocorrelation treats them as successive.
///
/// O(n log n) for original and seasonal; the autocorrelation of a correction adds n times the number of lags.
/// Throws invalid_argument for impossible options and invalid_data for infinite values.
[[nodiscard]] trend_result trend(const series_view& s, direction wanted, const trend_options& options,
                                 trend_workspace& memory);
[[nodiscard]] trend_result trend(const series_view& s, direction wanted = direction::none,
                                 const trend_options& options = {});

/// The trend of each series, in their order.
[[nodiscard]] std::vector<trend_result> trend_each(std::span<const measured_series> all,
                                                   const trend_options& options = {});

/// One row for each series: series, start, end (period), n, missing, first, last, test, s, tau, z, p, slope,
/// slope_lower, slope_upper, slope_per_year, trend, movement, state. Null where the data does not say.
[[nodiscard]] table trends(std::span<const measured_series> all, const trend_options& options = {});

namespace detail {
/// Throws invalid_argument for impossible options.
void require_trend_options(const trend_options& options);
} // namespace detail

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/trend_impl.hpp>
#endif
