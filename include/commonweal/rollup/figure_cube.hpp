// SPDX-License-Identifier: Apache-2.0
// figure_cube: the typed answer of a rollup, a figure for each target, series and period.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/core/ids.hpp>
#include <commonweal/core/interval.hpp>
#include <commonweal/core/period.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/network/kinds.hpp>
#include <commonweal/rollup/figure.hpp>

namespace commonweal::inline v0 {

/// What figures are of: a group, or a union of several.
struct figure_target {
  std::string id;
  std::vector<group_id> groups; ///< the group itself, or those of the union
  bool is_union = false;
};

/// An indicator and its periods, of one frequency and without holes.
struct figure_span {
  indicator_id indicator;
  std::string id;
  frequency every{};
  frequency base{};       ///< of the reports
  std::int32_t first = 0; ///< its ordinal
  std::size_t size = 0;   ///< 0 where nothing says over which periods

  [[nodiscard]] period at(std::size_t k) const { return {every, first + static_cast<std::int32_t>(k)}; }
  /// The place of a period; none where it is outside or of another frequency.
  [[nodiscard]] std::optional<std::size_t> place_of(period p) const {
    if (p.freq() != every || p.ordinal() < first) return std::nullopt;
    const auto k = static_cast<std::size_t>(p.ordinal() - std::int64_t{first});
    return k < size ? std::optional(k) : std::nullopt;
  }
};

/// Which figures there are: every target by every span. Targets are groups as in the network, then unions as asked for;
/// spans are in the order of the indicators.
struct figure_shape {
  std::vector<figure_target> targets;
  std::vector<figure_span> spans;
  std::optional<date> as_of;
  in_force_rule membership = in_force_rule::last_day;

  /// `as_of`, or the last day of the period, or under `first_day` the first day of its last base period.
  [[nodiscard]] date structure_date(const figure_span& span, std::size_t k) const;
  /// Places in the lists above. O(targets), O(spans).
  [[nodiscard]] std::optional<std::size_t> target_of(std::string_view id) const;
  [[nodiscard]] std::optional<std::size_t> span_of(indicator_id indicator) const;
};

/// The figures of one target and one indicator, by period.
struct figure_series {
  const figure_target* target = nullptr;
  const figure_span* span = nullptr;
  std::span<const figure> figures;
};

/// A figure for each target, span and period, in this order. Of one rollup; 64 bytes a figure.
class figure_cube {
 public:
  /// REQUIRES: as many figures as the shape says.
  figure_cube(figure_shape shape, std::vector<figure> figures);

  [[nodiscard]] const figure_shape& shape() const { return shape_; }
  [[nodiscard]] const std::vector<figure_target>& targets() const { return shape_.targets; }
  [[nodiscard]] const std::vector<figure_span>& spans() const { return shape_.spans; }
  [[nodiscard]] std::span<const figure> figures() const { return figures_; }

  /// REQUIRES: places in targets() and spans(). O(1).
  [[nodiscard]] figure_series series(std::size_t target, std::size_t span) const {
    const std::size_t begin = target * offsets_.back() + offsets_[span];
    return {&shape_.targets[target], &shape_.spans[span], std::span(figures_).subspan(begin, shape_.spans[span].size)};
  }
  /// Null where there is no such figure. O(targets + spans).
  [[nodiscard]] const figure* find(std::string_view target, indicator_id indicator, period when) const;

  /// The rows of rollup().
  [[nodiscard]] table to_table() const;

 private:
  figure_shape shape_;
  std::vector<std::size_t> offsets_; // of the spans within a target; the last is how many figures a target has
  std::vector<figure> figures_;
};

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/rollup/detail/figure_cube_impl.hpp>
#endif
