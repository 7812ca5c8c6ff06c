// SPDX-License-Identifier: Apache-2.0
// Activities against strategies and indicators, as the conditions and the report see them.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include <commonweal/assess/detail/edge_queries.hpp>

namespace commonweal::inline v0::detail {

/// Strategies an activity serves: those it implements or advances.
[[nodiscard]] inline std::set<node_ref> strategies_served(const network& net, node_ref activity, date day) {
  std::set<node_ref> out;
  for (const auto k : {edge_kind::implements, edge_kind::advances})
    for_each_out(net, k, activity, day, [&](node_ref to, auto) {
      if (to.kind == node_kind::strategy) out.insert(to);
    });
  return out;
}

[[nodiscard]] inline std::string performers_of(const network& net, node_ref activity, date day) {
  std::set<std::string_view> ids;
  for_each_in(net, edge_kind::performs, activity, day, [&](node_ref who, auto) { ids.insert(net.id(who)); });
  std::string out;
  for (const auto id : ids) out += (out.empty() ? "" : "; ") + std::string(id);
  return out;
}

[[nodiscard]] inline table empty_matrix() {
  return table({{"activity", column_type::utf8},
                {"activity_name", column_type::utf8},
                {"column_id", column_type::utf8},
                {"via", column_type::utf8},
                {"performers", column_type::utf8}});
}

} // namespace commonweal::inline v0::detail

namespace commonweal::inline v0 {

inline table activity_strategy_matrix(const network& net, date day) {
  table t = detail::empty_matrix();
  for (const node_ref a : detail::alive(net, node_kind::activity, day)) {
    const std::string who = detail::performers_of(net, a, day);
    for (const node_ref s : detail::strategies_served(net, a, day))
      t.append_row({net.id(a), net.name(a), net.id(s), "direct", std::string_view(who)});
  }
  return t;
}

inline table activity_indicator_matrix(const network& net, date day) {
  table t = detail::empty_matrix();
  for (const node_ref a : detail::alive(net, node_kind::activity, day)) {
    const std::string who = detail::performers_of(net, a, day);
    std::set<node_ref> seen;
    const auto add = [&](node_ref indicator, std::string_view via) {
      if (seen.insert(indicator).second)
        t.append_row({net.id(a), net.name(a), net.id(indicator), via, std::string_view(who)});
    };
    detail::for_each_out(net, edge_kind::measured_by, a, day, [&](node_ref i, auto) { add(i, "direct"); });
    for (const node_ref s : detail::strategies_served(net, a, day))
      detail::for_each_out(net, edge_kind::measured_by, s, day, [&](node_ref i, auto) { add(i, net.id(s)); });
  }
  return t;
}

} // namespace commonweal::inline v0
