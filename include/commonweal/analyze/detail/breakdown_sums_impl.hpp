// SPDX-License-Identifier: Apache-2.0
// Body of breakdown_sums: parts of what was sent against the whole.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <commonweal/analyze/equity_tables.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/network/named_node.hpp>
#include <commonweal/rollup/exact_sum.hpp>

namespace commonweal::inline v0 {

namespace detail {

using dimension_map = std::map<std::string, std::string, std::less<>>;

/// A panel with its dimensions read.
struct read_panel {
  const panel* data;
  dimension_map dimensions;
};

/// A whole and the panels of one set of further dimensions that lie within it.
struct split_of_whole {
  const read_panel* whole;
  std::string by; ///< the further dimensions
  std::vector<const panel*> parts;
  std::size_t complete = 0; ///< how many parts there are when each category of each further dimension is met with each
};

[[nodiscard]] inline std::vector<split_of_whole> splits_among(const std::vector<read_panel>& panels) {
  std::vector<split_of_whole> out;
  std::map<std::string, std::set<std::string>, std::less<>> categories;
  for (const auto& p : panels)
    for (const auto& [dimension, category] : p.dimensions) categories[dimension].insert(category);
  for (const auto& whole : panels) {
    std::map<std::string, std::pair<std::vector<const panel*>, std::size_t>> by;
    for (const auto& part : panels) {
      if (part.dimensions.size() <= whole.dimensions.size()) continue;
      const bool inside = std::all_of(whole.dimensions.begin(), whole.dimensions.end(), [&](const auto& d) {
        const auto it = part.dimensions.find(d.first);
        return it != part.dimensions.end() && it->second == d.second;
      });
      if (!inside) continue;
      std::string name;
      std::size_t complete = 1;
      for (const auto& [dimension, category] : part.dimensions)
        if (!whole.dimensions.contains(dimension)) {
          name += (name.empty() ? "" : " x ") + dimension;
          complete *= categories[dimension].size();
        }
      by[name].first.push_back(part.data);
      by[name].second = complete;
    }
    for (auto& [name, found] : by) out.push_back({&whole, name, std::move(found.first), found.second});
  }
  return out;
}

/// Which matrices of an indicator's panels add up over parts.
[[nodiscard]] inline std::vector<std::pair<std::string_view, panel_matrix panel::*>>
additive_figures(indicator_kind kind) {
  switch (kind) {
    case indicator_kind::count:
    case indicator_kind::amount: return {{"value", &panel::value}};
    case indicator_kind::ratio: return {{"numerator", &panel::numerator}, {"denominator", &panel::denominator}};
    case indicator_kind::mean: return {{"denominator", &panel::denominator}};
    case indicator_kind::index:
    case indicator_kind::score: break;
  }
  return {};
}

} // namespace detail

COMMONWEAL_BODY table breakdown_sums(const network& net, const measures& data, const breakdown_check_options& options) {
  if (!(options.tolerance >= 0) || std::isinf(options.tolerance))
    throw error(error_code::invalid_argument,
                "the tolerance of a sum of parts must be a finite number that is not negative");
  for (const auto& id : options.indicators) (void)node_named(net, node_kind::indicator, id);
  table out({{"reporter", column_type::utf8},
             {"name", column_type::utf8},
             {"indicator", column_type::utf8},
             {"period", column_type::period},
             {"figure", column_type::utf8},
             {"whole", column_type::utf8},
             {"split", column_type::utf8},
             {"parts", column_type::int64},
             {"sum", column_type::float64},
             {"stated", column_type::float64},
             {"difference", column_type::float64},
             {"allowed", column_type::float64},
             {"state", column_type::utf8},
             {"reading", column_type::utf8}});
  for (const auto& d : data.indicators) {
    if (!options.indicators.empty() &&
        std::find(options.indicators.begin(), options.indicators.end(), d.id) == options.indicators.end())
      continue;
    std::vector<detail::read_panel> panels;
    for (const auto& p : data.panels)
      if (p.indicator == d.node) panels.push_back({&p, parse_breakdown(p.breakdown)});
    for (const auto& split : detail::splits_among(panels)) {
      const panel& whole = *split.whole->data;
      for (const auto& [figure, member] : detail::additive_figures(d.kind)) {
        if ((whole.*member).size() == 0) continue;
        for (std::size_t r = 0; r < whole.reporters.size(); ++r)
          for (Eigen::Index c = 0; c < whole.periods(); ++c) {
            const double stated = (whole.*member)(static_cast<Eigen::Index>(r), c);
            if (std::isnan(stated)) continue;
            std::size_t known = 0;
            exact_sum sum;
            for (const panel* part : split.parts) {
              const auto row = part->row(whole.reporters[r]);
              const auto column = part->column(whole.at(c));
              if (!row || !column || (part->*member).size() == 0) continue;
              const double v = (part->*member)(*row, *column);
              if (std::isnan(v)) continue;
              sum.add(v);
              ++known;
            }
            if (known == 0 && !options.all) continue;
            const bool complete = known == split.complete;
            const double total = complete ? sum.value() : missing_value;
            const double allowed = options.tolerance * static_cast<double>(split.complete);
            const bool holds = complete && std::abs(total - stated) <= allowed;
            if (!options.all && (holds || !complete)) continue;
            const auto name = net.name(whole.reporters[r]);
            const auto when = whole.at(c);
            std::string says = std::string(name) + ", " + when.to_string() + ": ";
            const auto of =
                std::string(figure == "value" ? "" : std::string(figure) + "s of the ") + "parts by " + split.by;
            const auto what =
                whole.breakdown.empty() ? std::string("the total") : "the whole (" + whole.breakdown + ")";
            if (!complete)
              says += std::to_string(split.complete - known) + " of " + std::to_string(split.complete) + " parts by " +
                      split.by + " are missing, so that their sum cannot be checked.";
            else if (holds) says += "the " + of + " add up to " + what + " of " + number_text(stated) + ".";
            else
              says += "the " + of + " add up to " + number_text(total, stated) + ", " + what + " says " +
                      number_text(stated, total) + "; " +
                      (total < stated ? number_text(stated - total) + " is in no part."
                                      : number_text(total - stated) + " is counted twice or not in the whole.");
            out.append_row({net.id(whole.reporters[r]), name, std::string_view(d.id), when, figure,
                            std::string_view(whole.breakdown), std::string_view(split.by),
                            static_cast<std::int64_t>(split.complete), detail::number_cell(total), stated,
                            detail::number_cell(total - stated), allowed,
                            complete ? (holds ? std::string_view("holds") : std::string_view("differs"))
                                     : std::string_view("incomplete"),
                            std::string_view(says)});
          }
      }
    }
  }
  return out;
}

} // namespace commonweal::inline v0
