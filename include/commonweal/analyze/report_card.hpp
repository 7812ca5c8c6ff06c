// SPDX-License-Identifier: Apache-2.0
// How many of the measures move in the right direction, of how many that could be judged.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <commonweal/analyze/trend.hpp>

namespace commonweal::inline v0 {

/// What the latest value is compared with. since_baseline: the value of `card_options::baseline`, the first one where
/// that is not given. since_previous: the value before it. since_year_before: the same month or quarter of the year
/// before. trend: the sign of the trend test, flat where it calls none.
enum class card_basis : std::uint8_t { since_baseline, since_previous, since_year_before, trend };
template <>
struct enum_names<card_basis> {
  static constexpr std::array<std::string_view, 4> values = {"since_baseline", "since_previous", "since_year_before",
                                                             "trend"};
};

/// Whether a flat measure is one of the n (it did not move right) or is left out of it.
enum class flat_counting : std::uint8_t { as_not_right, left_out };
template <>
struct enum_names<flat_counting> {
  static constexpr std::array<std::string_view, 2> values = {"as_not_right", "left_out"};
};

struct card_options {
  card_basis basis = card_basis::since_baseline;
  flat_counting flat = flat_counting::as_not_right;
  double flat_share = 0.0; ///< a change no larger than this share of the earlier value's magnitude is flat
  std::optional<period> baseline = std::nullopt;
  std::optional<date> as_of = std::nullopt; ///< only periods that ended by that day; all where absent
  std::optional<int> look_back =
      std::nullopt; ///< periods before as_of within which a value must lie; any age where absent
  trend_options trend = {};
};

/// One measure. `moved` is unknown where values are missing, and `reason` says which.
struct card_line {
  std::string name;
  direction wanted = direction::none;
  period from;
  period to;
  double before = missing_value;
  double after = missing_value;
  int sign = 0; ///< of the change, 0 where it is flat or not known: what `moved` is judged by
  movement moved = movement::unknown;
  std::string reason;
};

/// A value to compare with that is stated beside the series, as a baseline in targets.csv is; of any frequency.
struct stated_baseline {
  period when;
  double value = missing_value;
};

/// evaluated = right + wrong (+ flat unless left out). A share is never given without it.
struct card_result {
  card_options options;
  std::vector<card_line> lines;
  std::size_t right = 0;
  std::size_t wrong = 0;
  std::size_t flat = 0;
  std::size_t missing = 0;      ///< no value, or none to compare with
  std::size_t no_direction = 0; ///< no wanted direction is stated
  [[nodiscard]] std::size_t evaluated() const {
    return right + wrong + (options.flat == flat_counting::as_not_right ? flat : 0);
  }
  /// right / evaluated; missing when nothing could be evaluated.
  [[nodiscard]] double share() const {
    return evaluated() == 0 ? missing_value : static_cast<double>(right) / static_cast<double>(evaluated());
  }
};

/// One card. O(values), with basis trend as trend(). Throws invalid_argument for impossible options and invalid_data
/// for infinite values.
[[nodiscard]] card_result report_card(std::span<const measured_series> measures, const card_options& options = {});

/// The line of one measure: the judge of direction that every card uses. A stated baseline takes the place of the value
/// that the basis since_baseline would choose; other bases leave it aside. Errors as report_card.
[[nodiscard]] card_line card_line_of(const measured_series& measure, const card_options& options = {},
                                     const std::optional<stated_baseline>& baseline = std::nullopt);
/// The card of lines judged one by one with the same options.
[[nodiscard]] card_result card_of(std::vector<card_line> lines, const card_options& options = {});

/// One row for each measure: measure, wanted, from, to (period), before, after, change, movement, reason.
[[nodiscard]] table card_lines(const card_result& card);

/// This card and earlier ones, a row each: as_of (date), right, evaluated, share, wrong, flat, missing, no_direction,
/// basis, flat_rule. `dates` in the order wanted; each card uses only what had ended by then.
[[nodiscard]] table report_cards(std::span<const measured_series> measures, std::span<const date> dates,
                                 const card_options& options = {});

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/report_card_impl.hpp>
#endif
