// SPDX-License-Identifier: Apache-2.0
// Joining the parts of a network again, believing nothing they say of themselves.
#pragma once

#include <string>
#include <tuple>
#include <utility>

#include <commonweal/core/linkage.hpp>
#include <commonweal/network/detail/attributes.hpp>
#include <commonweal/network/detail/edge_checks.hpp>
#include <commonweal/network/detail/field_checks.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

namespace detail {

/// Empty where well-formed, else what is wrong.
inline std::string fault_of(const utf8_values& texts) {
  if (texts.offsets.empty() || texts.offsets.front() != 0 ||
      texts.offsets.back() != static_cast<std::int64_t>(texts.bytes.size()) || !std::ranges::is_sorted(texts.offsets))
    return "offsets of texts do not ascend from 0 to the end";
  return {};
}

inline std::string fault_of(const table& attributes, std::span<const field_rule> rules, std::size_t rows) {
  if (attributes.column_count() < rules.size()) return "attribute columns are missing";
  for (std::size_t i = 0; i < rules.size(); ++i)
    if (attributes[i].name() != rules[i].name || attributes[i].type() != rules[i].type)
      return "attribute column " + std::string(rules[i].name) + " is missing or of another type";
  return attributes.rows() != rows ? "attributes have another number of rows" : std::string{};
}

} // namespace detail

COMMONWEAL_BODY network network::from_parts(network_parts parts, diagnostics& found) {
  const auto errors_before = found.count(severity::error);
  const auto say = [&found](std::string_view file, std::int64_t row, std::string code, std::string record,
                            std::string message) {
    found.add({severity::error, std::move(code), std::string(file), row, {}, std::move(record), std::move(message)});
  };
  const auto clean = [&] { return found.count(severity::error) == errors_before; };

  network net;
  std::size_t vertices = 0;
  for (std::size_t k = 0; k < node_kind_count; ++k) {
    auto& rows = parts.nodes[k];
    const auto& rule = rule_of(static_cast<node_kind>(k));
    auto fault = detail::fault_of(rows.ids);
    if (fault.empty()) fault = detail::fault_of(rows.names);
    if (fault.empty() && rows.names.size() != rows.ids.size()) fault = "as many names as ids are needed";
    if (fault.empty() && !rows.lives.empty() && rows.lives.size() != rows.ids.size())
      fault = "as many lives as ids are needed, or none";
    if (fault.empty() && rows.ids.size() >= detail::packed_ref::max_index) fault = "too many nodes";
    if (fault.empty()) fault = detail::fault_of(rows.attributes, rule.attributes, rows.ids.size());
    if (!fault.empty()) say(rule.file, -1, "bad_parts", {}, fault);
    vertices += rows.ids.size();
  }
  if (!clean()) return network{};
  net.nodes_ = std::move(parts.nodes);
  net.number_vertices();
  net.index_.reserve(vertices);
  for (std::size_t k = 0; k < node_kind_count; ++k) {
    const auto& rows = net.nodes_[k];
    const auto& rule = rule_of(static_cast<node_kind>(k));
    for (std::uint32_t r = 0; r < rows.ids.size(); ++r) {
      if (rows.ids[r].empty()) say(rule.file, r, "required", {}, "every node needs an id");
      else if (net.index_.insert(rows.ids[r], {static_cast<node_kind>(k), r}, [&net](node_ref n) { return net.id(n); }))
        say(rule.file, r, "duplicate_id", std::string(rows.ids[r]), "an id names one node");
      if (!rows.lives.empty() && rows.lives[r].empty())
        say(rule.file, r, "interval_reversed", std::string(rows.ids[r]), "the validity has no day");
    }
  }
  const auto check_cells = [&](const auto& rule, const table& cells, auto name) {
    detail::check_fields(rule.attributes, cells, net,
                         [&](std::size_t r, severity s, std::string code, std::string_view, std::string message) {
                           if (s == severity::error)
                             say(rule.file, static_cast<std::int64_t>(r), std::move(code), name(r), std::move(message));
                         });
  };
  for (const auto& rule : schema::node_rules)
    check_cells(rule, net.attributes(rule.kind), [&](auto r) { return std::string(net.rows(rule.kind).ids[r]); });

  for (std::size_t k = 0; k < edge_kind_count && clean(); ++k) {
    auto& rows = parts.edges[k];
    const auto kind = static_cast<edge_kind>(k);
    const auto& rule = rule_of(kind);
    auto fault = rows.from.size() != rows.to.size() ? std::string("as many from as to are needed") : std::string{};
    if (fault.empty() && !rows.validity.empty() && rows.validity.size() != rows.from.size())
      fault = "as many intervals as edges are needed, or none";
    if (fault.empty() && rows.from.size() >= UINT32_MAX) fault = "too many edges";
    if (fault.empty()) fault = detail::fault_of(rows.attributes, rule.attributes, rows.from.size());
    for (std::size_t r = 0; fault.empty() && r < rows.from.size(); ++r) {
      if (rows.from[r] >= vertices || rows.to[r] >= vertices) {
        fault = "an edge ends at a node that is not there";
        break;
      }
      const auto from = net.node(rows.from[r]);
      const auto to = net.node(rows.to[r]);
      const auto span = rows.validity.empty() ? interval{} : rows.validity[r];
      const auto key = [&](std::size_t i) {
        const auto s = rows.validity.empty() ? interval{} : rows.validity[i];
        return std::tuple(rows.from[i], rows.to[i], s.start, s.end);
      };
      if (!may_join(kind, from.kind, to.kind)) fault = detail::joins_of(rule);
      else if (from == to) fault = "an edge joins two different nodes";
      else if (span.empty()) fault = "an interval has no day";
      else if (!net.validity(from).covers(span) || !net.validity(to).covers(span))
        fault = "an edge outlives one of its ends";
      else if (r != 0 && key(r) < key(r - 1)) fault = "edges are not sorted by from, to, start, end";
      else if (r != 0 && rule.parallel == parallel_rule::merge && rows.from[r] == rows.from[r - 1] &&
               rows.to[r] == rows.to[r - 1] && span.overlaps(rows.validity.empty() ? interval{} : rows.validity[r - 1]))
        fault = "one edge is given twice for the same days";
    }
    if (!fault.empty()) {
      say(rule.file, -1, "bad_parts", {}, fault);
      break;
    }
    check_cells(rule, rows.attributes, [](auto) { return std::string(); });
    auto& edges = net.edges_[k];
    edges = relation(std::move(rows));
    if (rule.acyclic)
      detail::check_cycles(
          edges,
          [&](const std::vector<std::size_t>& cycle, const interval& days) {
            say(rule.file, -1, "cycle",
                std::string(net.id(edges.from(static_cast<relation::row_index>(cycle.front())))),
                std::string(to_string(kind)) + " makes a cycle, in force " + days.to_string());
          },
          1);
    if (rule.out == cardinality::one_at_a_time)
      detail::check_cardinality(edges, [&](relation::row_index row, relation::row_index) {
        say(rule.file, -1, "cardinality", std::string(net.id(edges.from(row))), "two edges leave a node on one day");
      });
  }
  return clean() ? std::move(net) : network{};
}

} // namespace commonweal::inline v0
