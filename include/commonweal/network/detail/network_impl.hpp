// SPDX-License-Identifier: Apache-2.0
// Bodies of network.hpp.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include <commonweal/core/linkage.hpp>
#include <commonweal/network/detail/attributes.hpp>
#include <commonweal/network/detail/edge_checks.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

COMMONWEAL_BODY network::network() {
  for (std::size_t k = 0; k < node_kind_count; ++k)
    nodes_[k].attributes = detail::columns_of(rule_of(static_cast<node_kind>(k)).attributes);
  for (std::size_t k = 0; k < edge_kind_count; ++k)
    edges_[k] = relation(edge_rows{{}, {}, {}, detail::columns_of(rule_of(static_cast<edge_kind>(k)).attributes)});
}

COMMONWEAL_BODY std::size_t network::edge_count() const {
  std::size_t count = 0;
  for (const auto& e : edges_) count += e.size();
  return count;
}

COMMONWEAL_BODY node_ref network::node(vertex_index v) const {
  std::size_t k = 0;
  while (v >= first_[k + 1]) ++k;
  return {static_cast<node_kind>(k), v - first_[k]};
}

COMMONWEAL_BODY std::string_view network::name(node_ref n) const {
  const auto name = nodes_[at(n.kind)].names[n.index];
  return name.empty() ? id(n) : name;
}

COMMONWEAL_BODY interval network::validity(node_ref n) const {
  const auto& lives = nodes_[at(n.kind)].lives;
  return lives.empty() ? interval{} : lives[n.index];
}

COMMONWEAL_BODY std::optional<node_ref> network::find(std::string_view id) const {
  return index_.find(id, [this](node_ref n) { return this->id(n); });
}

COMMONWEAL_BODY void network::number_vertices() {
  for (std::size_t k = 0; k < node_kind_count; ++k)
    first_[k + 1] = first_[k] + static_cast<vertex_index>(nodes_[k].ids.size());
  for (auto& rows : nodes_)
    if (std::ranges::all_of(rows.lives, [](const interval& i) { return i.is_always(); })) rows.lives = {};
}

namespace detail {
inline void add_interval_columns(table& out, std::size_t rows, const auto& span_of) {
  column start("start", column_type::date);
  column end("end", column_type::date);
  for (std::size_t r = 0; r < rows; ++r) {
    const interval span = span_of(r);
    if (span.start.is_bounded()) start.append(span.start);
    else start.append_null();
    if (span.end.is_bounded()) end.append(span.end);
    else end.append_null();
  }
  out.add_column(std::move(start));
  out.add_column(std::move(end));
}
} // namespace detail

COMMONWEAL_BODY table network::node_table(node_kind k) const {
  const auto& rows = nodes_[at(k)];
  table out;
  out.add_column(column("id", rows.ids));
  column names("name", column_type::utf8);
  for (std::size_t r = 0; r < rows.names.size(); ++r) {
    if (rows.names[r].empty()) names.append_null();
    else names.append(rows.names[r]);
  }
  out.add_column(std::move(names));
  detail::add_interval_columns(out, rows.ids.size(),
                               [&](std::size_t r) { return rows.lives.empty() ? interval{} : rows.lives[r]; });
  for (const auto& c : rows.attributes.columns()) out.add_column(c);
  return out;
}

COMMONWEAL_BODY table network::edge_table(edge_kind k) const {
  const auto& rows = edges(k);
  table out;
  column from("from", column_type::utf8);
  column to("to", column_type::utf8);
  for (relation::row_index r = 0; r < rows.size(); ++r) {
    from.append(id(rows.from(r)));
    to.append(id(rows.to(r)));
  }
  out.add_column(std::move(from));
  out.add_column(std::move(to));
  detail::add_interval_columns(out, rows.size(),
                               [&](std::size_t r) { return rows.validity(static_cast<relation::row_index>(r)); });
  for (const auto& c : rows.attributes().columns()) out.add_column(c);
  return out;
}

COMMONWEAL_BODY network_parts network::parts() const {
  network_parts out;
  out.nodes = nodes_;
  for (std::size_t k = 0; k < edge_kind_count; ++k) out.edges[k] = edges_[k].rows();
  return out;
}

COMMONWEAL_BODY std::size_t network::node_bytes() const {
  std::size_t bytes = index_.bytes();
  for (const auto& n : nodes_)
    bytes += (n.ids.offsets.capacity() + n.names.offsets.capacity()) * sizeof(std::int64_t) + n.ids.bytes.capacity() +
             n.names.bytes.capacity() + n.lives.capacity() * sizeof(interval);
  return bytes;
}

} // namespace commonweal::inline v0

#include <commonweal/network/detail/from_parts_impl.hpp>
