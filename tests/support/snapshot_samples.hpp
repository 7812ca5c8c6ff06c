// SPDX-License-Identifier: Apache-2.0
// Synthetic initiatives that use every part of the model, and comparison of initiatives; for tests of formats.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include <commonweal/initiative.hpp>
#include <commonweal/network/network_builder.hpp>

namespace commonweal::samples {

/// Integers only from the generator, so that a seed means the same everywhere.
class dice {
 public:
  explicit dice(std::uint64_t seed) : generator_(seed) {}
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(generator_() % n); }
  bool one_in(std::uint32_t n) { return below(n) == 0; }
  double number() { return (static_cast<double>(below(2'000'001)) - 1e6) / 64.0; }
  date day(int from_year, int to_year) {
    return *date::from_ymd(from_year + static_cast<int>(below(static_cast<std::uint32_t>(to_year - from_year + 1))),
                           1 + below(12), 1 + below(28));
  }
  std::string text() {
    static const std::vector<std::string> texts = {"",  "plain", "a, \"quoted\"\nline", "Überörtlich – 北",
                                                   "0", "x;y;z"};
    return texts[below(static_cast<std::uint32_t>(texts.size()))];
  }

 private:
  std::mt19937_64 generator_;
};

inline column random_column(dice& d, std::string name, column_type type, std::size_t rows, bool nulls) {
  column c(std::move(name), type);
  for (std::size_t r = 0; r < rows; ++r) {
    if (nulls && d.one_in(3)) {
      c.append_null();
      continue;
    }
    switch (type) {
      case column_type::int64: c.append(static_cast<std::int64_t>(d.below(1000))); break;
      case column_type::float64: c.append(d.one_in(9) ? missing_value : d.number()); break;
      case column_type::utf8: c.append(d.text()); break;
      case column_type::boolean: c.append(d.one_in(2)); break;
      case column_type::date: c.append(d.day(1, 9999)); break;
      case column_type::period: c.append(period::containing(d.day(1, 9999), static_cast<frequency>(d.below(5)))); break;
    }
  }
  return c;
}

/// Values that the rule of the field allows, some null.
inline column attribute_column(dice& d, const field_rule& rule, std::size_t rows) {
  column c(std::string(rule.name), rule.type);
  for (std::size_t r = 0; r < rows; ++r) {
    if (d.one_in(3)) c.append_null();
    else if (rule.type == column_type::boolean) c.append(d.one_in(2));
    else if (rule.type == column_type::int64) c.append(static_cast<std::int64_t>(d.below(100)));
    else if (rule.type == column_type::float64) c.append(static_cast<double>(1 + d.below(1000)) / 8);
    else if (!rule.allowed.empty()) c.append(rule.allowed[d.below(static_cast<std::uint32_t>(rule.allowed.size()))]);
    else c.append(d.text());
  }
  return c;
}

/// Nodes of every kind ("organization-3"), about `size` each, and edges of every kind between them.
inline network random_network(dice& d, std::uint32_t size) {
  network_builder build;
  diagnostics found;
  std::array<std::uint32_t, node_kind_count> count{};
  // Every life and the shortest edges hold the year 2020, so that no edge falls outside a life.
  const auto life = [&d](column& start, column& end) {
    if (d.one_in(2)) start.append(d.day(1990, 2019));
    else start.append_null();
    if (d.one_in(2)) end.append(d.day(2021, 2040));
    else end.append_null();
  };
  const auto add_extra = [&d](table& rows, std::size_t n) {
    if (d.one_in(2))
      rows.add_column(random_column(d, "note_of_ours", static_cast<column_type>(d.below(6)), n, d.one_in(2)));
  };
  for (std::size_t k = 0; k < node_kind_count; ++k) {
    const auto kind = static_cast<node_kind>(k);
    const auto& rule = rule_of(kind);
    const std::uint32_t n = count[k] = size == 0 ? 0 : 1 + d.below(size);
    column id("id", column_type::utf8), name("name", column_type::utf8), start("start", column_type::date),
        end("end", column_type::date);
    const bool dated = d.one_in(2);
    for (std::uint32_t r = 0; r < n; ++r) {
      id.append(std::string(to_string(kind)) + "-" + std::to_string(r));
      name.append(d.text());
      if (dated) life(start, end);
    }
    table rows;
    rows.add_column(std::move(id));
    rows.add_column(std::move(name));
    if (dated) {
      rows.add_column(std::move(start));
      rows.add_column(std::move(end));
    }
    for (const auto& field : rule.attributes)
      if (!d.one_in(4)) rows.add_column(attribute_column(d, field, n));
    add_extra(rows, n);
    build.append_nodes(kind, rows, {std::string(rule.file)}, found);
  }
  for (std::size_t k = 0; k < edge_kind_count && size != 0; ++k) {
    const auto& rule = rule_of(static_cast<edge_kind>(k));
    column from("from", column_type::utf8), to("to", column_type::utf8), start("start", column_type::date),
        end("end", column_type::date);
    const bool dated = d.one_in(2);
    for (std::uint32_t tries = 2 * size; tries != 0; --tries) {
      const auto& join = rule.joins[d.below(static_cast<std::uint32_t>(rule.joins.size()))];
      const auto node_of = [&](node_kinds kinds) {
        auto pick = d.below(node_kind_count);
        while (!kinds.contains(static_cast<node_kind>(pick))) pick = d.below(node_kind_count);
        return node_ref(static_cast<node_kind>(pick), d.below(count[pick]));
      };
      const node_ref tail = node_of(join.from);
      const node_ref head = node_of(join.to);
      if (tail == head || (rule.acyclic && tail < head)) continue;
      const auto id = [](node_ref n) { return std::string(to_string(n.kind)) + "-" + std::to_string(n.index); };
      from.append(id(tail));
      to.append(id(head));
      if (!dated) continue;
      if (d.one_in(3)) {
        start.append(d.day(2020, 2020));
        end.append(*date::from_ymd(2020, 12, 29 + d.below(3)));
      } else {
        life(start, end);
      }
    }
    table rows;
    const std::size_t n = from.size();
    rows.add_column(std::move(from));
    rows.add_column(std::move(to));
    if (dated) {
      rows.add_column(std::move(start));
      rows.add_column(std::move(end));
    }
    for (const auto& field : rule.attributes) rows.add_column(attribute_column(d, field, n));
    add_extra(rows, n);
    build.append_edges(static_cast<edge_kind>(k), rows, {std::string(rule.file)}, found);
  }
  auto net = build.finish(found);
  if (found.has_errors()) throw error(error_code::internal, found);
  return net;
}

inline panel random_panel(dice& d, const network& net, indicator_id of, std::string breakdown) {
  panel p;
  p.indicator = of;
  p.breakdown = std::move(breakdown);
  p.first = period::containing(d.day(1990, 2020), static_cast<frequency>(d.below(5)));
  for (const auto kind : {node_kind::organization, node_kind::group})
    for (std::uint32_t i = 0; i < net.size(kind); ++i)
      if (d.one_in(2)) p.reporters.emplace_back(kind, i);
  const auto rows = static_cast<Eigen::Index>(p.reporters.size());
  const auto columns = static_cast<Eigen::Index>(d.below(9));
  const auto fill = [&](panel_matrix& m) {
    m.resize(rows, columns);
    // Missing in several bit patterns; one is written.
    for (auto& v : m.reshaped()) v = d.one_in(5) ? (d.one_in(2) ? missing_value : -missing_value) : d.number();
  };
  fill(p.value);
  if (d.one_in(2)) fill(p.numerator);
  if (d.one_in(2)) fill(p.denominator);
  for (Eigen::Index i = 0; i < p.value.size(); ++i) {
    if (!d.one_in(8)) continue;
    (d.one_in(2) ? p.suppressed : p.not_expected).push_back(static_cast<std::uint64_t>(i));
    for (auto* m : {&p.value, &p.numerator, &p.denominator})
      if (m->size() != 0) m->data()[i] = missing_value;
  }
  return p;
}

inline measures random_measures(dice& d, const network& net) {
  measures m;
  for (std::uint32_t i = 0; i < net.size(node_kind::indicator); ++i) {
    indicator_definition x;
    x.node = indicator_id{i};
    x.id = net.id(x.node);
    x.name = net.name(x.node);
    x.unit = d.text();
    x.kind = static_cast<indicator_kind>(d.below(6));
    x.direction = static_cast<direction>(d.below(4));
    x.over_groups = static_cast<aggregate_operator>(d.below(16));
    x.over_time = static_cast<aggregate_operator>(d.below(16));
    x.groups_percent = d.below(1000) / 10.0;
    x.time_percent = d.below(101);
    x.order = static_cast<operator_order>(d.below(2));
    x.nature = static_cast<nature>(d.below(2));
    x.counts_people = d.one_in(2);
    x.unduplicated = static_cast<unduplicated_method>(d.below(3));
    x.factor = d.number();
    x.formula = d.text();
    x.formula_level = static_cast<formula_level>(d.below(2));
    if (d.one_in(2)) x.look_back = d.below(12);
    x.lead = d.text();
    x.level = d.text();
    x.version = d.text();
    x.vocabulary = d.text();
    x.code = d.text();
    m.indicators.push_back(x);
    for (const char* breakdown : {"", "sex=female", "sex=male"})
      if (d.one_in(2)) m.panels.push_back(random_panel(d, net, x.node, breakdown));
    target t;
    t.indicator = x.node;
    t.period = period::containing(d.day(2020, 2030), frequency::quarter);
    t.value = d.number();
    t.source = d.text();
    m.targets.push_back(t);
    if (net.size(node_kind::group) != 0) {
      t.of = group_id{d.below(net.size(node_kind::group))};
      t.kind = target_kind::baseline;
      m.targets.push_back(t);
    }
  }
  return m;
}

/// `size` 0 gives an empty initiative.
inline initiative random_initiative(std::uint64_t seed, std::uint32_t size) {
  dice d(seed);
  auto net = random_network(d, size);
  auto data = random_measures(d, net);
  record_tables records;
  if (size != 0)
    for (const char* name : {"attendance", "meetings", "survey"}) {
      table t;
      const std::size_t rows = d.below(70 + size);
      for (int c = 0; c < 6; ++c)
        t.add_column(random_column(d, "column " + std::to_string(c), static_cast<column_type>(c), rows, d.one_in(2)));
      records.emplace(name, std::move(t));
    }
  return {{"synthetic-" + std::to_string(seed), d.text(), d.text(), true, R"({"licenses": []})"},
          std::move(net),
          std::move(data),
          std::move(records)};
}

inline bool same(const panel_matrix& a, const panel_matrix& b) {
  if (a.rows() != b.rows() || a.cols() != b.cols()) return false;
  for (Eigen::Index i = 0; i < a.size(); ++i) {
    const double x = a.data()[i];
    const double y = b.data()[i];
    if (std::bit_cast<std::uint64_t>(x) != std::bit_cast<std::uint64_t>(y) && !(std::isnan(x) && std::isnan(y)))
      return false;
  }
  return true;
}

inline bool same(const panel& a, const panel& b) {
  return a.indicator == b.indicator && a.breakdown == b.breakdown && a.first == b.first && a.reporters == b.reporters &&
         same(a.value, b.value) && same(a.numerator, b.numerator) && same(a.denominator, b.denominator) &&
         a.suppressed == b.suppressed && a.not_expected == b.not_expected;
}

/// Equal in everything, missing values whatever their bits.
inline bool same(const initiative& a, const initiative& b) {
  const auto& x = a.measures();
  const auto& y = b.measures();
  return a.info() == b.info() && a.network() == b.network() && a.records() == b.records() &&
         x.indicators == y.indicators && x.targets == y.targets &&
         std::equal(x.panels.begin(), x.panels.end(), y.panels.begin(), y.panels.end(),
                    [](const panel& p, const panel& q) { return same(p, q); });
}

} // namespace commonweal::samples
