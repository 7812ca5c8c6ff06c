// SPDX-License-Identifier: Apache-2.0
// How the parts of an initiative are written: the fields in their order, and the conditions each value meets by itself.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include <commonweal/initiative.hpp>
#include <commonweal/io/archive_values.hpp>

namespace commonweal::inline v0 {

using boost::serialization::make_nvp;

template <class Archive>
void serialize(Archive& ar, initiative_info& x, unsigned) {
  ar & make_nvp("name", x.name) & make_nvp("title", x.title) & make_nvp("description", x.description);
  ar & make_nvp("synthetic", x.synthetic) & make_nvp("extra_json", x.extra_json);
}

template <class Archive>
void serialize(Archive& ar, node_rows& x, unsigned) {
  ar & make_nvp("ids", x.ids) & make_nvp("names", x.names) & make_nvp("lives", x.lives);
  ar & make_nvp("attributes", x.attributes);
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
  const std::size_t n = in.read_count(2 * sizeof(std::uint32_t));
  if (n >= UINT32_MAX) in.fail("there are too many edges");
  x.from.resize(n);
  in.read_block(x.from.data(), n);
  x.to.resize(n);
  in.read_block(x.to.data(), n);
  bool dated = false;
  in >> dated;
  if (dated) {
    if (n == 0) in.fail("no edges are dated");
    in.require_room(n, 2 * sizeof(std::int32_t));
    x.validity.resize(n);
    for (auto& span : x.validity) in >> span;
  }
  in >> x.attributes;
  return x;
}

template <class Archive>
void serialize(Archive& ar, indicator_definition& x, unsigned) {
  ar & make_nvp("node", x.node) & make_nvp("id", x.id) & make_nvp("name", x.name) & make_nvp("unit", x.unit);
  ar & make_nvp("kind", x.kind) & make_nvp("direction", x.direction);
  ar & make_nvp("over_groups", x.over_groups) & make_nvp("over_time", x.over_time) & make_nvp("order", x.order);
  ar & make_nvp("nature", x.nature) & make_nvp("lead", x.lead) & make_nvp("level", x.level);
  ar & make_nvp("counts_people", x.counts_people) & make_nvp("unduplicated", x.unduplicated);
  ar & make_nvp("factor", x.factor) & make_nvp("formula", x.formula) & make_nvp("formula_level", x.formula_level);
  ar & make_nvp("look_back", x.look_back) & make_nvp("version", x.version);
  ar & make_nvp("vocabulary", x.vocabulary) & make_nvp("code", x.code);
  detail::require(ar, std::isfinite(x.factor), "an indicator's factor is not finite");
  detail::require(ar, x.look_back >= 0, "an indicator looks back a negative number of periods");
}

template <class Archive>
void serialize(Archive& ar, target& x, unsigned) {
  ar & make_nvp("indicator", x.indicator) & make_nvp("of", x.of) & make_nvp("period", x.period);
  ar & make_nvp("value", x.value) & make_nvp("kind", x.kind);
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
  ar & there;
  if (!there) return;
  detail::require(ar, rows != 0 || columns != 0, "a panel without cells has parts");
  serialize_numbers(ar, m, rows, columns);
}

template <class Archive>
void serialize(Archive& ar, panel& x, unsigned) {
  ar & make_nvp("indicator", x.indicator) & make_nvp("breakdown", x.breakdown) & make_nvp("first", x.first);
  ar & make_nvp("reporters", x.reporters);
  const auto rows = static_cast<Eigen::Index>(x.reporters.size());
  auto columns = static_cast<std::uint32_t>(x.value.cols());
  if constexpr (Archive::is_saving::value) detail::require(ar, x.value.rows() == rows, "a panel has not one row a reporter");
  ar & columns;
  // Before any product is formed: the last period must exist, which bounds the columns by a few million.
  const auto last = x.first.ordinal() + static_cast<std::int64_t>(columns) - 1;
  detail::require(ar, columns == 0 || last <= detail::ordinals_of(x.first.freq()).second,
                  "a panel reaches beyond the year 9999");
  if constexpr (Archive::is_loading::value)
    if (columns != 0) ar.require_room(static_cast<std::size_t>(rows), sizeof(double) * columns);
  serialize_numbers(ar, x.value, rows, columns);
  serialize_part(ar, x.numerator, rows, columns);
  serialize_part(ar, x.denominator, rows, columns);
  ar & make_nvp("suppressed", x.suppressed) & make_nvp("not_expected", x.not_expected);
}

} // namespace commonweal::inline v0
