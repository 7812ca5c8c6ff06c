// SPDX-License-Identifier: Apache-2.0
// Bodies of network_builder: how nodes and edges come in.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <commonweal/core/detail/text_memo.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/network/network_builder.hpp>

namespace commonweal::inline v0 {

namespace detail {

/// The span of a row, from its two optional date columns.
class interval_columns {
 public:
  interval_columns(const table& rows, std::string_view file)
      : start_(typed(rows, "start", file)), end_(typed(rows, "end", file)) {}
  [[nodiscard]] interval at(std::size_t row) const {
    interval out;
    if (start_ != nullptr && !start_->is_null(row)) out.start = start_->values<date>()[row];
    if (end_ != nullptr && !end_->is_null(row)) out.end = end_->values<date>()[row];
    return out;
  }

 private:
  static const column* typed(const table& rows, std::string_view name, std::string_view file) {
    const auto* c = rows.find(name);
    if (c != nullptr && c->type() != column_type::date && c->null_count() != c->size())
      throw error(error_code::invalid_argument,
                  "column " + std::string(name) + " of " + std::string(file) + " must be of type date");
    return c != nullptr && c->type() == column_type::date ? c : nullptr;
  }
  const column* start_;
  const column* end_;
};

inline void push_interval(std::vector<interval>& all, std::size_t before, interval span) {
  if (all.empty() && span.is_always()) return;
  all.resize(before);
  all.push_back(span);
}

inline const column* text_column(const table& rows, std::string_view name, std::string_view file) {
  const auto* c = rows.find(name);
  if (c != nullptr && c->type() != column_type::utf8)
    throw error(error_code::invalid_argument,
                "column " + std::string(name) + " of " + std::string(file) + " must be of type utf8");
  return c;
}

} // namespace detail

COMMONWEAL_BODY void network_builder::report(diagnostics& found, diagnostic d) {
  if (&found != &findings_) findings_.add(d);
  found.add(std::move(d));
}

COMMONWEAL_BODY std::uint32_t network_builder::add_node(node_kind kind, std::string_view id, std::string_view name,
                                                        interval validity, attribute_list attributes) {
  auto& draft = nodes_[static_cast<std::size_t>(kind)];
  const auto& rule = rule_of(kind);
  const auto fail = [](const std::string& message) { throw error(error_code::invalid_argument, message); };
  if (id.empty()) fail("a node of " + std::string(rule.file) + " needs an id");
  if (draft.ids.size() >= detail::packed_ref::max_index) fail("too many nodes in " + std::string(rule.file));
  std::vector<std::pair<std::string_view, cell>> cells;
  for (const auto& [field, value] : attributes)
    cells.emplace_back(field, detail::attribute_store::fitting(rule.attributes, field, value, rule.file));
  const auto index = static_cast<std::uint32_t>(draft.ids.size());
  if (const auto taken = index_.insert(id, {kind, index}, [this](node_ref n) { return id_of(n); }))
    fail("id " + std::string(id) + " is taken by a node of " + std::string(rule_of(taken->kind).file));
  draft.ids.push_back(id);
  draft.names.push_back(name);
  detail::push_interval(draft.lives, index, validity);
  for (const auto& [field, value] : cells) draft.attributes.set(rule.attributes, field, value, index);
  draft.origins.add(index, std::string(rule.file), -1);
  return index;
}

COMMONWEAL_BODY void network_builder::add_edge(edge_kind kind, node_ref from, node_ref to, interval in_force,
                                               attribute_list attributes) {
  auto& draft = edges_[static_cast<std::size_t>(kind)];
  const auto& rule = rule_of(kind);
  for (const auto n : {from, to})
    if (n.index >= nodes_[static_cast<std::size_t>(n.kind)].ids.size())
      throw error(error_code::invalid_argument, std::string(rule.file) + " joins nodes that this builder gave");
  std::vector<std::pair<std::string_view, cell>> cells;
  for (const auto& [field, value] : attributes)
    cells.emplace_back(field, detail::attribute_store::fitting(rule.attributes, field, value, rule.file));
  const auto row = draft.from.size();
  draft.from.push_back(detail::packed_ref::pack(from));
  draft.to.push_back(detail::packed_ref::pack(to));
  detail::push_interval(draft.validity, row, in_force);
  for (const auto& [field, value] : cells) draft.attributes.set(rule.attributes, field, value, row);
  draft.origins.add(row, std::string(rule.file), -1);
}

COMMONWEAL_BODY void network_builder::append_nodes(node_kind kind, const table& rows, const origin& from,
                                                   diagnostics& found) {
  auto& draft = nodes_[static_cast<std::size_t>(kind)];
  const auto& rule = rule_of(kind);
  const auto* ids = detail::text_column(rows, "id", from.file);
  if (ids == nullptr) {
    if (rows.rows() != 0 || rows.column_count() != 0)
      report(found,
             {severity::error, "missing_column", from.file, -1, "id", {}, "every node needs an id: add a column id"});
    return;
  }
  const auto* names = detail::text_column(rows, "name", from.file);
  const detail::interval_columns spans(rows, from.file);
  static constexpr std::array<std::string_view, 4> apart = {"id", "name", "start", "end"};
  draft.attributes.check_types(rule.attributes, rows, apart, from.file);

  const auto before = draft.ids.size();
  draft.ids.offsets.reserve(before + rows.rows() + 1);
  draft.names.offsets.reserve(before + rows.rows() + 1);
  std::vector<std::uint32_t> accepted;
  accepted.reserve(rows.rows());
  for (std::size_t r = 0; r < rows.rows(); ++r) {
    const auto row = from.first_row + static_cast<std::int64_t>(r);
    const auto id = ids->is_null(r) ? std::string_view{} : ids->text(r);
    const auto index = draft.ids.size();
    if (id.empty()) {
      report(found, {severity::error, "required", from.file, row, "id", {}, "every node needs an id of its own"});
      continue;
    }
    if (index >= detail::packed_ref::max_index) {
      report(
          found,
          {severity::error, "too_many", from.file, row, {}, std::string(id), "a kind holds at most 536,870,910 nodes"});
      break;
    }
    const auto node = node_ref{kind, static_cast<std::uint32_t>(index)};
    if (const auto taken = index_.insert(id, node, [this](node_ref n) { return id_of(n); })) {
      const auto first = nodes_[static_cast<std::size_t>(taken->kind)].origins.of(taken->index);
      report(found, {severity::error, "duplicate_id", from.file, row, "id", std::string(id),
                     "id " + std::string(id) + " is given twice: " + first.to_string(from.file) + " and row " +
                         std::to_string(row) + "; an id names one node, whatever its kind"});
      continue;
    }
    draft.origins.add(index, from.file, row);
    draft.ids.push_back(id);
    draft.names.push_back(names == nullptr || names->is_null(r) ? std::string_view{} : names->text(r));
    detail::push_interval(draft.lives, index, spans.at(r));
    accepted.push_back(static_cast<std::uint32_t>(r));
  }
  draft.attributes.append(rule.attributes, before, rows, accepted, apart);
}

COMMONWEAL_BODY std::uint32_t network_builder::refer_to(std::string_view id) {
  if (const auto node = index_.find(id, [this](node_ref n) { return id_of(n); }))
    return detail::packed_ref::pack(*node);
  pending_.push_back(id);
  return pending_mark | static_cast<std::uint32_t>(pending_.size() - 1);
}

COMMONWEAL_BODY void network_builder::append_edges(edge_kind kind, const table& rows, const origin& from,
                                                   diagnostics& found) {
  auto& draft = edges_[static_cast<std::size_t>(kind)];
  const auto& rule = rule_of(kind);
  const std::array<const column*, 2> ends = {detail::text_column(rows, "from", from.file),
                                             detail::text_column(rows, "to", from.file)};
  static constexpr std::array<std::string_view, 2> end_names = {"from", "to"};
  bool missing = false;
  for (std::size_t i = 0; i < 2; ++i) {
    if (ends[i] != nullptr) continue;
    missing = true;
    if (rows.rows() != 0 || rows.column_count() != 0)
      report(found, {severity::error,
                     "missing_column",
                     from.file,
                     -1,
                     std::string(end_names[i]),
                     {},
                     "every edge needs two ends: add a column " + std::string(end_names[i])});
  }
  if (missing) return;
  const detail::interval_columns spans(rows, from.file);
  static constexpr std::array<std::string_view, 4> apart = {"from", "to", "start", "end"};
  draft.attributes.check_types(rule.attributes, rows, apart, from.file);

  const auto before = draft.from.size();
  std::vector<std::uint32_t> accepted;
  accepted.reserve(rows.rows());
  std::array<detail::text_memo<std::uint32_t>, 2> nodes;
  for (std::size_t i = 0; i < 2; ++i) nodes[i].begin(ends[i]);
  const auto node_of = [&](std::size_t end, std::size_t r) {
    return nodes[end].at(r, [this](std::string_view id) { return refer_to(id); });
  };
  std::array<std::string_view, detail::id_index::batch> ahead;
  for (std::size_t r = 0; r < rows.rows(); ++r) {
    if (r % (ahead.size() / 2) == 0) {
      std::size_t count = 0;
      for (auto next = r; next < std::min(rows.rows(), r + ahead.size() / 2); ++next)
        for (std::size_t i = 0; i < 2; ++i)
          if (!nodes[i].knows(next)) ahead[count++] = ends[i]->text(next);
      index_.warm(
          std::span(ahead).first(count),
          [this](node_ref n) { return &nodes_[static_cast<std::size_t>(n.kind)].ids.offsets[n.index]; },
          [this](node_ref n) { return id_of(n); });
    }
    const auto row = from.first_row + static_cast<std::int64_t>(r);
    bool blank = false;
    for (std::size_t i = 0; i < 2; ++i) {
      if (!ends[i]->is_null(r) && !ends[i]->text(r).empty()) continue;
      blank = true;
      report(found, {severity::error,
                     "required",
                     from.file,
                     row,
                     std::string(end_names[i]),
                     {},
                     std::string(end_names[i]) + " may not be blank: an edge joins two nodes"});
    }
    if (blank) continue;
    if (draft.from.size() >= UINT32_MAX - 1 || pending_.size() + 2 > detail::packed_ref::max_index) {
      report(found, {severity::error,
                     "too_many",
                     from.file,
                     row,
                     {},
                     {},
                     "a kind holds at most 4,294,967,294 edges, and at most 536,870,911 unknown ids are remembered"});
      break;
    }
    draft.origins.add(draft.from.size(), from.file, row);
    detail::push_interval(draft.validity, draft.from.size(), spans.at(r));
    draft.from.push_back(node_of(0, r));
    draft.to.push_back(node_of(1, r));
    accepted.push_back(static_cast<std::uint32_t>(r));
  }
  draft.attributes.append(rule.attributes, before, rows, accepted, apart);
}

} // namespace commonweal::inline v0
