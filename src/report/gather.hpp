// SPDX-License-Identifier: Apache-2.0
// The steps that gather() is made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <commonweal/core/cells.hpp>

#include "report/content.hpp"

namespace commonweal::inline v0::report {

/// What every step looks at.
struct gathering {
  const initiative& source;
  const network& net;
  const measures& data;
  date as_of;
  std::vector<group_id> roots;
  content& out;
};

[[nodiscard]] inline named name_of(const network& net, node_ref n) {
  return {std::string(net.id(n)), std::string(net.name(n))};
}

/// Champions, funders, backbones, links, goals.
void gather_who(gathering& g);
/// The tree of groups as of the day.
void gather_groups(gathering& g);
/// Series, changes and verdicts, the scorecard, groups of low coverage, and when the reports came. Needs the groups.
void gather_measures(gathering& g);
/// Thin measures, silent reporters, reporters outside the cascade. Needs the measures.
void gather_problems(gathering& g);

[[nodiscard]] inline bool is_low(std::int64_t reported, std::int64_t expected, double limit) {
  return expected > 0 && static_cast<double>(reported) < limit * static_cast<double>(expected);
}

/// Groups that are `top` or below it on any day, by group index.
[[nodiscard]] std::vector<bool> groups_below(const network& net, const std::vector<group_id>& top);

} // namespace commonweal::inline v0::report
