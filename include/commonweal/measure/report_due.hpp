// SPDX-License-Identifier: Apache-2.0
// Whose report of an indicator is due, and when: one meaning for figures, quality, judgements and the report.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include <commonweal/core/enum_text.hpp>
#include <commonweal/core/interval.hpp>
#include <commonweal/measure/panel.hpp>
#include <commonweal/network/traverse.hpp>

namespace commonweal::inline v0 {

/// One `reports` edge of an indicator: who reports it, on which days, and how often where the edge says so.
struct report_duty {
  node_ref reporter;
  interval days;
  std::optional<frequency> every;

  /// Whether a report falls into base period p: one that is due by the quarter is due in the last month of the quarter.
  [[nodiscard]] bool falls_in(period p) const {
    if (!every || *every <= p.freq()) return true;
    const auto whole = p.coarsen(*every);
    return !whole || p.plus(1).coarsen(*every) != whole;
  }
};

/// The `reports` edges of an indicator, by reporter. Empty where it has none: then those who ever reported it owe it in
/// every period (rollup contract). O(edges log edges).
[[nodiscard]] inline std::vector<report_duty> report_duties(const network& net, indicator_id indicator) {
  const relation& edges = net.edges(edge_kind::reports);
  const column* every = edges.attributes().find("every");
  std::vector<report_duty> out;
  for (const auto row : edges.in(net.vertex(indicator))) {
    report_duty d{net.node(edges.from(row)), days_in_force(net, edges, row), std::nullopt};
    if (every != nullptr && every->type() == column_type::utf8 && !every->is_null(row))
      d.every = parse_enum<frequency>(every->text(row));
    out.push_back(d);
  }
  std::ranges::stable_sort(out, {}, &report_duty::reporter);
  return out;
}

/// Whether a row of a panel has any value, both parts of one, or a suppressed cell. O(periods).
[[nodiscard]] inline bool ever_reported(const panel& from, Eigen::Index row) {
  const auto columns = static_cast<std::uint64_t>(from.periods());
  for (Eigen::Index c = 0; c < from.periods(); ++c) {
    if (!std::isnan(from.value(row, c))) return true;
    if (from.numerator.size() != 0 && from.denominator.size() != 0 && !std::isnan(from.numerator(row, c)) &&
        !std::isnan(from.denominator(row, c)))
      return true;
  }
  const auto begin = static_cast<std::uint64_t>(row) * columns;
  const auto hidden = std::ranges::lower_bound(from.suppressed, begin);
  return hidden != from.suppressed.end() && *hidden < begin + columns;
}

/// Whether reports of one indicator are due, by its `reports` edges in force on the last day of the period, or, where
/// it has none, by having ever reported it. `reports` may be null: nothing was ever reported. O(cells) once.
class reports_due {
 public:
  reports_due(const network& net, indicator_id indicator, const panel* reports)
      : duties_(report_duties(net, indicator)),
        by_edges_(!net.edges(edge_kind::reports).in(net.vertex(indicator)).empty()) {
    if (by_edges_ || reports == nullptr) return;
    for (std::size_t i = 0; i < reports->reporters.size(); ++i)
      if (ever_reported(*reports, static_cast<Eigen::Index>(i))) ever_.push_back(reports->reporters[i]);
  }

  /// Whether a report is due in the period: from who reports by the quarter in the last month of each.
  [[nodiscard]] bool operator()(node_ref reporter, period when) const {
    return any_duty(reporter, [&](const report_duty& d) { return in_force(d.days, when) && d.falls_in(when); });
  }
  /// Whether the reporter owes reports at that time, though none may fall into this very period.
  [[nodiscard]] bool owes(node_ref reporter, period when) const {
    return any_duty(reporter, [&](const report_duty& d) { return in_force(d.days, when); });
  }
  /// Everyone who owes a report at some time, each once, sorted.
  [[nodiscard]] std::vector<node_ref> reporters() const {
    std::vector<node_ref> out = ever_;
    for (const auto& d : duties_)
      if (out.empty() || out.back() != d.reporter) out.push_back(d.reporter);
    return out;
  }

 private:
  template <class Holds>
  [[nodiscard]] bool any_duty(node_ref reporter, Holds holds) const {
    if (!by_edges_) return std::ranges::binary_search(ever_, reporter);
    auto d = std::ranges::lower_bound(duties_, reporter, {}, &report_duty::reporter);
    for (; d != duties_.end() && d->reporter == reporter; ++d)
      if (holds(*d)) return true;
    return false;
  }

  std::vector<report_duty> duties_;
  bool by_edges_;
  std::vector<node_ref> ever_; // sorted, as in the panel; where there are no edges
};

} // namespace commonweal::inline v0
