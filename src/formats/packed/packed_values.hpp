// SPDX-License-Identifier: Apache-2.0
// How the parts of an initiative are written: the fields in their order, and the conditions each value meets by itself.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include <commonweal/initiative.hpp>
#include <commonweal/network/archive_nodes.hpp>

namespace commonweal::inline v0 {

using boost::serialization::make_nvp;

template <class Archive>
void serialize(Archive& ar, initiative_info& x, unsigned) {
  auto& [name, title, description, synthetic, extra_json] = x; // every field, or this does not compile
  ar& make_nvp("name", name) & make_nvp("title", title) & make_nvp("description", description);
  ar& make_nvp("synthetic", synthetic) & make_nvp("extra_json", extra_json);
}

template <class Archive>
void serialize(Archive& ar, node_rows& x, unsigned) {
  auto& [ids, names, lives, attributes] = x; // every field, or this does not compile
  ar& make_nvp("ids", ids) & make_nvp("names", names) & make_nvp("lives", lives);
  ar& make_nvp("attributes", attributes);
}

/// As edge_rows: u64 edges, u32 from of each, u32 to of each, bool dated, start and end of each if so, attributes.
template <class Writer>
void write_edges(Writer& out, const relation& edges) {
  const std::size_t n = edges.size();
  out << static_cast<std::uint64_t>(n);
  out.write_block(edges.from().data(), n);
  out.write_block(edges.to().data(), n);
  out << edges.has_validity();
  if (edges.has_validity())
    for (std::size_t r = 0; r < n; ++r) out << edges.validity(static_cast<relation::row_index>(r));
  out << edges.attributes();
}

inline edge_rows read_edges(archive_reader& in) {
  edge_rows x;
  auto& [from, to, validity, attributes] = x; // every field, or this does not compile
  const std::size_t n = in.read_count(2 * sizeof(std::uint32_t));
  if (n >= UINT32_MAX) in.fail("there are too many edges");
  from.resize(n);
  in.read_block(from.data(), n);
  to.resize(n);
  in.read_block(to.data(), n);
  bool dated = false;
  in >> dated;
  if (dated) {
    if (n == 0) in.fail("no edges are dated");
    in.require_room(n, 2 * sizeof(std::int32_t));
    validity.resize(n);
    for (auto& span : validity) in >> span;
  }
  in >> attributes;
  return x;
}

template <class Archive>
void serialize(Archive& ar, indicator_definition& x, unsigned format) {
  auto& [node, id, name, unit, kind, direction, over_groups, over_time, order, nature, lead, level, counts_people,
         unduplicated, factor, formula, formula_level, look_back, groups_percent, time_percent, version, vocabulary,
         code] = x; // every field
  ar& make_nvp("node", node) & make_nvp("id", id) & make_nvp("name", name) & make_nvp("unit", unit);
  ar& make_nvp("kind", kind) & make_nvp("direction", direction) & make_nvp("over_groups", over_groups);
  ar& make_nvp("over_time", over_time) & make_nvp("order", order) & make_nvp("nature", nature);
  ar& make_nvp("lead", lead) & make_nvp("level", level) & make_nvp("counts_people", counts_people);
  ar& make_nvp("unduplicated", unduplicated) & make_nvp("factor", factor) & make_nvp("formula", formula);
  ar& make_nvp("formula_level", formula_level) & make_nvp("look_back", look_back);
  ar& make_nvp("version", version) & make_nvp("vocabulary", vocabulary) & make_nvp("code", code);
  if (format >= 2) { // before, there was no percentile
    ar& make_nvp("groups_percent", groups_percent) & make_nvp("time_percent", time_percent);
    const auto is_percent = [](double p) { return p >= 0 && p <= 100; };
    detail::require(ar, is_percent(x.groups_percent) && is_percent(x.time_percent),
                    "a percentile is not from 0 to 100");
  }
  detail::require(ar, std::isfinite(x.factor), "an indicator's factor is not finite");
  detail::require(ar, x.look_back >= 0, "an indicator looks back a negative number of periods");
}

template <class Archive>
void serialize(Archive& ar, target& x, unsigned) {
  auto& [indicator, of, period, value, kind, source] = x; // every field, or this does not compile
  ar& make_nvp("indicator", indicator) & make_nvp("of", of) & make_nvp("period", period);
  ar& make_nvp("value", value) & make_nvp("kind", kind) & make_nvp("source", source);
  detail::require(ar, !std::isinf(x.value), "a target is infinite");
}

/// The numbers of a matrix of known shape, by row.
template <class Archive>
void serialize_numbers(Archive& ar, panel_matrix& m, Eigen::Index rows, Eigen::Index columns) {
  if constexpr (Archive::is_loading::value) {
    ar.require_room(static_cast<std::size_t>(rows * columns), sizeof(double));
    m.resize(rows, columns);
    ar.read_block(m.data(), static_cast<std::size_t>(m.size()), true);
  } else {
    ar.write_block(m.data(), static_cast<std::size_t>(m.size()), true);
  }
}

/// A matrix that is there (R x T) or not (0 x 0).
template <class Archive>
void serialize_part(Archive& ar, panel_matrix& m, Eigen::Index rows, Eigen::Index columns) {
  bool there = m.rows() != 0 || m.cols() != 0;
  if constexpr (Archive::is_saving::value)
    detail::require(ar, !there || (m.rows() == rows && m.cols() == columns), "a panel's parts differ in shape");
  ar& there;
  if (!there) return;
  detail::require(ar, rows != 0 || columns != 0, "a panel without cells has parts");
  serialize_numbers(ar, m, rows, columns);
}

template <class Archive>
void serialize(Archive& ar, panel& x, unsigned) {
  auto& [indicator, breakdown, first, reporters, value, numerator, denominator, suppressed, not_expected] = x;
  ar& make_nvp("indicator", indicator) & make_nvp("breakdown", breakdown) & make_nvp("first", first);
  ar& make_nvp("reporters", reporters);
  const auto rows = static_cast<Eigen::Index>(reporters.size());
  auto columns = static_cast<std::uint32_t>(value.cols());
  if constexpr (Archive::is_saving::value)
    detail::require(ar, value.rows() == rows, "a panel has not one row a reporter");
  ar& columns;
  // Before any product is formed: the last period must exist, which bounds the columns by a few million.
  const auto last = first.ordinal() + static_cast<std::int64_t>(columns) - 1;
  detail::require(ar, columns == 0 || last <= detail::ordinals_of(first.freq()).second,
                  "a panel reaches beyond the year 9999");
  if constexpr (Archive::is_loading::value)
    if (columns != 0) ar.require_room(static_cast<std::size_t>(rows), sizeof(double) * columns);
  serialize_numbers(ar, value, rows, columns);
  serialize_part(ar, numerator, rows, columns);
  serialize_part(ar, denominator, rows, columns);
  ar& make_nvp("suppressed", suppressed) & make_nvp("not_expected", not_expected);
}

} // namespace commonweal::inline v0
