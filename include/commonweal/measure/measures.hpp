// SPDX-License-Identifier: Apache-2.0
// The shared measurement system: definitions, panels, baselines and targets. Read this header first in this room.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/core/table.hpp>
#include <commonweal/measure/indicator.hpp>
#include <commonweal/measure/panel.hpp>

namespace commonweal::inline v0 {

enum class target_kind : std::uint8_t { target, baseline, forecast };
template <>
struct enum_names<target_kind> : enum_words<schema::target_kinds> {};
static_assert(ends_with_word(target_kind::forecast, "forecast"));

/// A value aimed at, started from or foreseen, for a group or a reporter; an invalid `of` means the initiative.
struct target {
  indicator_id indicator;
  node_ref of;
  commonweal::period period;
  double value = missing_value;
  target_kind kind = target_kind::target;
  std::string source = {}; ///< where the figure comes from
  friend bool operator==(const target&, const target&) = default;
};

/// Value-only; immutable once in an initiative.
struct measures {
  std::vector<indicator_definition> indicators; ///< entry i defines the indicator node of index i
  std::vector<panel> panels;                    ///< sorted by (indicator, breakdown)
  std::vector<target> targets;                  ///< sorted by (indicator, of, kind, period)

  /// The panel of an indicator, or nullptr when nothing was ever reported. O(log panels).
  [[nodiscard]] const panel* find(indicator_id indicator, std::string_view breakdown = {}) const {
    const auto key = [](const panel& p) { return std::pair<indicator_id, std::string_view>(p.indicator, p.breakdown); };
    const auto wanted = std::pair<indicator_id, std::string_view>(indicator, breakdown);
    const auto it = std::lower_bound(panels.begin(), panels.end(), wanted,
                                     [&](const panel& p, const auto& w) { return key(p) < w; });
    return it != panels.end() && key(*it) == wanted ? &*it : nullptr;
  }
};

} // namespace commonweal::inline v0
