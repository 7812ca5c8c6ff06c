// SPDX-License-Identifier: Apache-2.0
// Bodies of network_builder: checking the whole and freezing it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <commonweal/core/linkage.hpp>
#include <commonweal/network/detail/edge_checks.hpp>
#include <commonweal/network/detail/field_checks.hpp>
#include <commonweal/network/detail/row_order.hpp>
#include <commonweal/network/network_builder.hpp>

namespace commonweal::inline v0 {

COMMONWEAL_BODY void network_builder::check_nodes(network& net, diagnostics& found) {
  const auto say_of = [&](node_kind kind) {
    return [&, kind](std::size_t r, severity s, std::string code, std::string_view field, std::string message) {
      auto where = nodes_[static_cast<std::size_t>(kind)].origins.of(r);
      report(found, {s, std::move(code), std::move(where.file), where.row, std::string(field),
                     std::string(net.rows(kind).ids[r]), std::move(message)});
    };
  };
  for (std::size_t k = 0; k < node_kind_count; ++k) {
    auto& draft = nodes_[k];
    const auto& rule = rule_of(static_cast<node_kind>(k));
    auto& rows = net.nodes_[k];
    rows.ids = std::move(draft.ids);
    rows.names = std::move(draft.names);
    rows.ids.bytes.shrink_to_fit();
    rows.names.bytes.shrink_to_fit();
    rows.attributes = draft.attributes.finish(rule.attributes, rows.ids.size());
    if (!draft.lives.empty()) draft.lives.resize(rows.ids.size());
    rows.lives = std::move(draft.lives);
    const auto say = say_of(rule.kind);
    for (std::size_t r = 0; r < rows.lives.size(); ++r)
      if (rows.lives[r].empty())
        say(r, severity::error, "interval_reversed", "end",
            "the life " + rows.lives[r].to_string() +
                " has no day: end is the first day after it and must be later than start");
  }
  net.index_ = std::move(index_);
  net.number_vertices();
  for (const auto& rule : schema::node_rules)
    detail::check_fields(rule.attributes, net.attributes(rule.kind), net, say_of(rule.kind));
}

COMMONWEAL_BODY void network_builder::freeze_edges(network& net, edge_kind kind, diagnostics& found) {
  auto& draft = edges_[static_cast<std::size_t>(kind)];
  const auto& rule = rule_of(kind);
  const auto count = draft.from.size();
  auto& validity = draft.validity;
  if (!validity.empty()) validity.resize(count);

  const auto end_text = [&](std::uint32_t packed) {
    return packed >= pending_mark ? pending_[packed & detail::packed_ref::max_index]
                                  : net.id(detail::packed_ref::unpack(packed));
  };
  const auto say = [&](std::size_t r, severity s, std::string code, std::string_view field, std::string record,
                       std::string message) {
    auto where = draft.origins.of(r);
    report(found, {s, std::move(code), std::move(where.file), where.row, std::string(field), std::move(record),
                   std::move(message)});
  };

  // Ends: from ids to vertices. An edge that breaks a rule is left out of what follows, so that one mistake is one
  // finding.
  std::vector<std::uint32_t> rows;
  rows.reserve(count);
  for (std::size_t r = 0; r < count; ++r) {
    bool sound = true;
    for (auto* ends : {&draft.from, &draft.to}) {
      auto& end = (*ends)[r];
      if (end < pending_mark) continue;
      const auto id = end_text(end);
      if (const auto node = net.find(id)) {
        end = detail::packed_ref::pack(*node);
      } else {
        sound = false;
        say(r, severity::error, "unknown_id", ends == &draft.from ? "from" : "to", std::string(id),
            "no node has the id " + std::string(id) + "; add it, or correct the id");
      }
    }
    if (!sound) continue;
    const auto from = detail::packed_ref::unpack(draft.from[r]);
    const auto to = detail::packed_ref::unpack(draft.to[r]);
    const auto pair = [&] { return std::string(net.id(from)) + " -> " + std::string(net.id(to)); };
    if (!may_join(kind, from.kind, to.kind)) {
      const bool from_fits =
          std::ranges::any_of(rule.joins, [&](const join_rule& j) { return j.from.contains(from.kind); });
      const auto wrong = from_fits ? to : from;
      say(r, severity::error, "forbidden_edge", from_fits ? "to" : "from", pair(),
          detail::joins_of(rule) + "; " + std::string(net.id(wrong)) + " is of kind " +
              std::string(to_string(wrong.kind)));
      continue;
    }
    if (from == to) {
      say(r, severity::error, "self_loop", "to", pair(),
          "an edge joins two different nodes; remove the row or name another node");
      continue;
    }
    const auto given = validity.empty() ? interval{} : validity[r];
    if (given.empty()) {
      say(r, severity::error, "interval_reversed", "end", pair(),
          "the interval " + given.to_string() +
              " has no day: end is the first day after it and must be later than start");
      continue;
    }
    const auto lives = net.validity(from).intersect(net.validity(to));
    if (!lives.is_always() && !lives.covers(given)) {
      const auto clipped = given.intersect(lives);
      const auto why = std::string(net.id(from)) + " lives " + net.validity(from).to_string() + ", " +
                       std::string(net.id(to)) + " " + net.validity(to).to_string();
      if (clipped.empty()) {
        // A life without a day was named already, at its node.
        if (!net.validity(from).empty() && !net.validity(to).empty())
          say(r, severity::error, "outside_life", "start", pair(),
              "no day of " + given.to_string() + " lies in the lives of both ends: " + why + "; correct the dates");
        continue;
      }
      if ((given.start.is_bounded() && given.start < lives.start) || (given.end.is_bounded() && lives.end < given.end))
        say(r, severity::warning, "outside_life",
            given.start.is_bounded() && given.start < lives.start ? "start" : "end", pair(),
            given.to_string() + " goes beyond the lives of its ends and is cut to " + clipped.to_string() + ": " + why);
      if (validity.empty()) validity.resize(count);
      validity[r] = clipped;
    }
    draft.from[r] = net.vertex(from);
    draft.to[r] = net.vertex(to);
    rows.push_back(static_cast<std::uint32_t>(r));
  }

  auto cells = draft.attributes.finish(rule.attributes, count);
  const auto pair_of = [&](std::uint32_t r) {
    return std::string(net.id(net.node(draft.from[r]))) + " -> " + std::string(net.id(net.node(draft.to[r])));
  };
  detail::check_fields(rule.attributes, cells, net,
                       [&](std::size_t r, severity s, std::string code, std::string_view field, std::string message) {
                         say(r, s, std::move(code), field, {}, std::move(message));
                       });

  // The same fact told twice. A symmetric kind is the same told from either end.
  if (rule.parallel == parallel_rule::merge) {
    std::vector<std::uint32_t> low;
    std::vector<std::uint32_t> high;
    if (rule.symmetric) {
      low.resize(count);
      high.resize(count);
      for (const auto r : rows) std::tie(low[r], high[r]) = std::minmax(draft.from[r], draft.to[r]);
    }
    const auto& first = rule.symmetric ? low : draft.from;
    const auto& second = rule.symmetric ? high : draft.to;
    rows = detail::sorted_rows(std::move(rows), first, second, validity, net.vertex_count());
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size();) {
      auto stays = rows[i];
      auto span = validity.empty() ? interval{} : validity[stays];
      std::size_t j = i + 1;
      for (; j < rows.size() && first[rows[j]] == first[stays] && second[rows[j]] == second[stays]; ++j) {
        const auto next = validity.empty() ? interval{} : validity[rows[j]];
        if (!span.overlaps(next)) break;
        const auto [earlier, later] = std::minmax(stays, rows[j]);
        auto where = draft.origins.of(later);
        const auto twice = draft.origins.of(earlier).to_string(where.file);
        span.end = std::max(span.end, next.end);
        report(found, {severity::warning,
                       "duplicate_edge",
                       where.file,
                       where.row,
                       {},
                       pair_of(later),
                       std::string(to_string(kind)) + " " + pair_of(later) + " says what " + twice +
                           " says, for days that overlap: counted once, over " + span.to_string() +
                           ", with the attributes of the row given first"});
        stays = earlier;
      }
      if (!validity.empty()) validity[stays] = span;
      rows[kept++] = stays;
      i = j;
    }
    rows.resize(kept);
  }
  rows = detail::sorted_rows(std::move(rows), draft.from, draft.to, validity, net.vertex_count());

  bool as_given = rows.size() == count;
  for (std::size_t i = 0; as_given && i < count; ++i) as_given = rows[i] == i;
  edge_rows out;
  if (as_given) {
    out = {std::move(draft.from), std::move(draft.to), std::move(validity), std::move(cells)};
    out.from.shrink_to_fit();
    out.to.shrink_to_fit();
  } else {
    const auto pick = [&rows](const auto& all) {
      std::remove_cvref_t<decltype(all)> picked;
      if (all.empty()) return picked;
      picked.reserve(rows.size());
      for (const auto r : rows) picked.push_back(all[r]);
      return picked;
    };
    out.from = pick(draft.from);
    draft.from = {};
    out.to = pick(draft.to);
    draft.to = {};
    out.validity = pick(validity);
    validity = {};
    out.attributes = detail::gather(cells, rows);
  }
  auto& edges = net.edges_[static_cast<std::size_t>(kind)];
  edges = relation(std::move(out));

  const auto place_of = [&](std::size_t row) { return draft.origins.of(rows[row]); };
  const auto id_at = [&](vertex_index v) { return std::string(net.id(v)); };
  if (rule.acyclic)
    detail::check_cycles(edges, [&](const std::vector<std::size_t>& cycle, const interval& span) {
      std::string walk = id_at(edges.from(static_cast<relation::row_index>(cycle.front())));
      std::string told;
      std::size_t latest = cycle.front();
      for (const auto row : cycle) {
        walk += " -> " + id_at(edges.to(static_cast<relation::row_index>(row)));
        if (rows[row] > rows[latest]) latest = row;
      }
      auto where = place_of(latest);
      for (const auto row : cycle) told += (told.empty() ? "" : ", ") + place_of(row).to_string(where.file);
      report(found, {severity::error,
                     "cycle",
                     where.file,
                     where.row,
                     {},
                     id_at(edges.from(static_cast<relation::row_index>(cycle.front()))),
                     std::string(to_string(kind)) + " makes a cycle, " + walk + ", in force " + span.to_string() +
                         "; remove or end one of these: " + told});
    });
  if (rule.out == cardinality::one_at_a_time)
    detail::check_cardinality(edges, [&](relation::row_index row, relation::row_index other) {
      auto where = place_of(row);
      report(found, {severity::error, "cardinality", where.file, where.row, "start", id_at(edges.from(row)),
                     "at most one edge " + std::string(to_string(kind)) + " may leave a node on a day; " +
                         place_of(other).to_string(where.file) + " overlaps"});
    });
  draft = {};
}

COMMONWEAL_BODY network network_builder::finish(diagnostics& found) {
  network net;
  check_nodes(net, found);
  for (std::size_t k = 0; k < edge_kind_count; ++k) freeze_edges(net, static_cast<edge_kind>(k), found);
  const bool broken = findings_.has_errors();
  *this = network_builder{};
  return broken ? network{} : net;
}

COMMONWEAL_BODY network network_builder::finish() {
  diagnostics ignored;
  network net;
  check_nodes(net, ignored);
  for (std::size_t k = 0; k < edge_kind_count; ++k) freeze_edges(net, static_cast<edge_kind>(k), ignored);
  auto all = std::move(findings_);
  *this = network_builder{};
  if (all.has_errors()) throw error(error_code::invalid_data, std::move(all));
  return net;
}

} // namespace commonweal::inline v0
