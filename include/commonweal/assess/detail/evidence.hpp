// SPDX-License-Identifier: Apache-2.0
// Words for the evidence of a judgement, and small readers of record tables.
#pragma once

#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include <commonweal/assess/detail/edge_queries.hpp>
#include <commonweal/assess/judgement.hpp>
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::detail {

/// "champions: Bill Foege -> Board".
[[nodiscard]] inline std::string edge_evidence(const network& net, edge_kind k, relation::row_index row) {
  const relation& r = net.edges(k);
  return std::string(to_string(k)) + ": " + std::string(net.name(net.node(r.from(row)))) + " -> " +
         std::string(net.name(net.node(r.to(row))));
}

/// A number as people write it: at most `decimals` digits after the point, no trailing zeros.
[[nodiscard]] inline std::string short_number(double x, int decimals = 1) {
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), x, std::chars_format::fixed, decimals).ptr;
  std::string out(text.data(), end);
  if (out.find('.') != std::string::npos) {
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
  }
  return out;
}

using text::percent;

/// The days a record with start and end columns covers; blank is open.
[[nodiscard]] inline interval span_of(const table& t, std::size_t row) {
  interval out;
  if (const auto start = date_at(t, "start", row)) out.start = *start;
  if (const auto end = date_at(t, "end", row)) out.end = *end;
  return out;
}

/// Days of `span` counted as months of a mean year, for arithmetic in months.
[[nodiscard]] inline double months(date from, date to) {
  return (to.days_since_1970() - from.days_since_1970()) / (365.2425 / 12);
}

/// When the initiative began: the earliest dated start of a group, else of a membership; nothing when none is dated.
[[nodiscard]] inline std::optional<date> launch_of(const network& net) {
  date first = date::highest();
  for (std::uint32_t g = 0; g < net.size(node_kind::group); ++g) {
    const date start = net.validity({node_kind::group, g}).start;
    if (start.is_bounded()) first = std::min(first, start);
  }
  const relation& members = net.edges(edge_kind::member_of);
  for (relation::row_index row = 0; first == date::highest() && row < members.size(); ++row) {
    const date start = members.validity(row).start;
    if (start.is_bounded()) first = std::min(first, start);
  }
  return first.is_bounded() ? std::optional(first) : std::nullopt;
}

/// Sector of an organization, or of the employers of a person on `day`.
template <class F>
void for_each_sector(const network& net, node_ref actor, date day, F f) {
  const auto say = [&](node_ref organization) {
    const auto sector = attribute_text(net, organization, "sector");
    if (!sector.empty()) f(sector);
  };
  if (actor.kind == node_kind::organization) say(actor);
  else if (actor.kind == node_kind::person)
    for_each_out(net, edge_kind::employed_by, actor, day, [&](node_ref employer, auto) { say(employer); });
}

[[nodiscard]] inline bool is_oversight(const network& net, node_ref g) {
  return attribute_text(net, g, "kind") == "oversight";
}

} // namespace commonweal::inline v0::detail
