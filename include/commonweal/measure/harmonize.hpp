// SPDX-License-Identifier: Apache-2.0
// From local measures to shared indicators: mappings with dates and versions, what they leave out, and likely matches.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/core/enum_text.hpp>
#include <commonweal/core/error.hpp>
#include <commonweal/core/interval.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/measure/indicator.hpp>

namespace commonweal::inline v0 {

/// What became of a row of local observations.
///
/// mapped: it is in the result. unmapped: no mapping names the local measure, or none its category. outside_dates:
/// mappings do, but none in force in the period. conflicting: several are in force at once, and which is meant is not
/// said. colliding: another local measure of the reporter gives the same cell of the same indicator, and `collide`
/// refuses.
enum class mapping_outcome : std::uint8_t { mapped, unmapped, outside_dates, conflicting, colliding };
template <>
struct enum_names<mapping_outcome> {
  static constexpr std::array<std::string_view, 5> values = {"mapped", "unmapped", "outside_dates", "conflicting",
                                                             "colliding"};
};

/// What two local measures of one reporter that give the same cell do: refuse both, or add up (a cell with a missing
/// part is missing).
enum class collision_rule : std::uint8_t { refuse, sum };
template <>
struct enum_names<collision_rule> {
  static constexpr std::array<std::string_view, 2> values = {"refuse", "sum"};
};

struct harmonize_options {
  in_force_rule in_force = in_force_rule::last_day; ///< when a mapping's dates hold in a period
  collision_rule collide = collision_rule::refuse;
  /// One local measure may feed several shared indicators at once; otherwise that is a conflict.
  bool several_indicators = false;
};

struct harmonized {
  /// In the columns of observations.csv: reporter, indicator utf8, period, value float64, breakdown utf8; sorted by the
  /// order in which each cell first came. A missing local value stays missing.
  table observations;
  /// Where each came from. Columns: row int64 (of the input, from 0), reporter, local, category utf8, period, value
  /// float64, outcome, indicator utf8, mapped float64, version utf8, mapping int64 (row of the map, from 0). One row
  /// for each input row and indicator, mapped or not.
  table lineage;
  std::vector<mapping_outcome> outcomes; ///< of the rows of `lineage`
  /// One row for each local measure and outcome. Columns: local, outcome, indicator, version utf8, rows, reporters
  /// int64, first, last period, why utf8. Then mappings that nothing used: outcome "unused".
  table report;

  [[nodiscard]] bool complete() const; ///< every row was mapped
};

/// Applies `map` (the columns of measure_map.csv) to local observations: shared = factor x local + offset.
///
/// `local`: columns reporter, local utf8, period period, value float64 (null is missing), and optionally breakdown
/// utf8. A mapping with `category_from` holds for rows of that breakdown only and gives them `category_to` (blank: the
/// total); one without holds for every breakdown that has no mapping of its own for that local measure, and leaves it
/// as it is. The order of rows does not matter to what is mapped. O(rows log rows + rows x mappings of their local
/// measure). Throws invalid_argument for missing columns, invalid_data for a factor or value that is not finite, a
/// factor of zero, or a result beyond the largest double, naming file and row.
[[nodiscard]] harmonized harmonize(const table& local, const table& map, const harmonize_options& options = {});

/// A local measure to be matched.
struct local_measure {
  std::string id;
  std::string name; ///< the id where blank
  std::string unit; ///< blank: unknown
};

struct match_options {
  std::size_t most = 3; ///< candidates for each local measure
  double least_score = 0.3;
};

/// Shared indicators that a local measure may be, for a person to decide; nothing is mapped by it.
///
/// Columns: local, name utf8, rank int64, indicator utf8, score, trigrams, words float64, unit utf8 (same, different,
/// unknown). `trigrams`: Dice's coefficient of the sets of three letters of the names, words padded by blanks; `words`:
/// Dice's coefficient of their sets of words without endings and little words; score: their mean, times 0.6 where units
/// are known to differ. Of id and name of an indicator the better counts. Sorted by local measure as given, then score,
/// then id. O(local measures x indicators x length).
[[nodiscard]] table suggest_matches(std::span<const local_measure> local, std::span<const indicator_definition> shared,
                                    const match_options& options = {});

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/measure/detail/harmonize_impl.hpp>
#include <commonweal/measure/detail/match_impl.hpp>
#endif
