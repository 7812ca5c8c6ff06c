// SPDX-License-Identifier: Apache-2.0
// The day on which an initiative is looked at when nobody names one.
#pragma once

#include <algorithm>
#include <optional>

#include <commonweal/measure/measures.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

/// The last day of the last period with data; without data, the last day on which a group or an edge starts or ends;
/// nothing where no day is known. Depends on the data alone, so that a report says the same tomorrow. O(panel columns +
/// edges).
[[nodiscard]] inline std::optional<date> last_day_known(const network& net, const measures& data) {
  std::optional<date> latest;
  const auto raise = [&latest](date day) {
    if (day.is_bounded() && (!latest || *latest < day)) latest = day;
  };
  for (const auto& p : data.panels)
    for (auto c = p.periods(); c-- > 0;)
      if (!p.value.col(c).array().isNaN().all()) {
        raise(p.at(c).last_day());
        break;
      }
  if (latest) return latest;
  for (std::uint32_t i = 0; i < net.size(node_kind::group); ++i) {
    const auto life = net.life({node_kind::group, i});
    raise(life.start);
    raise(life.end.plus_days(-1));
  }
  for (std::size_t k = 0; k < edge_kind_count; ++k) {
    const auto& edges = net.edges(static_cast<edge_kind>(k));
    if (!edges.has_validity()) continue;
    for (relation::row_index r = 0; r < edges.size(); ++r) {
      raise(edges.validity(r).start);
      raise(edges.validity(r).end.plus_days(-1));
    }
  }
  return latest;
}

} // namespace commonweal::inline v0
