// SPDX-License-Identifier: Apache-2.0
// The tables an initiative is made of.
#include "contents.hpp"

#include <cmath>

#include <commonweal/core/suggest.hpp>

#include "arguments.hpp"

namespace commonweal::inline v0::capi {
namespace {

class long_form {
 public:
  explicit long_form(const network& net) : net_(net) {}

  void add(const panel& p) {
    const auto at = [](const panel_matrix& m, Eigen::Index r, Eigen::Index c) {
      return m.size() == 0 ? missing_value : m(r, c);
    };
    const Eigen::Index width = p.value.cols();
    std::vector<bool> says(static_cast<std::size_t>(width), false);
    const auto put = [&](Eigen::Index r, Eigen::Index c, std::string_view status) {
      append(p, net_.id(p.reporters[static_cast<std::size_t>(r)]), p.at(c), p.value(r, c), at(p.numerator, r, c),
             at(p.denominator, r, c), status);
      says[static_cast<std::size_t>(c)] = true;
    };
    for (Eigen::Index r = 0; r < p.value.rows(); ++r) {
      bool row_says = false;
      for (Eigen::Index c = 0; c < width; ++c) {
        const std::string_view status = p.is_suppressed(r, c)     ? "suppressed"
                                        : p.is_not_expected(r, c) ? "not_expected"
                                                                  : "";
        if (status.empty() && std::isnan(p.value(r, c)) && std::isnan(at(p.numerator, r, c)) &&
            std::isnan(at(p.denominator, r, c)))
          continue;
        put(r, c, status);
        row_says = true;
      }
      if (!row_says && width > 0) put(r, 0, "missing");
    }
    if (p.value.rows() == 0 || width == 0) return;
    for (const auto c : {Eigen::Index{0}, width - 1})
      if (!says[static_cast<std::size_t>(c)]) put(0, c, "missing");
  }
  [[nodiscard]] table take() {
    table out;
    for (auto* c : {&reporter_, &indicator_, &period_, &value_, &numerator_, &denominator_, &breakdown_, &status_})
      out.add_column(std::move(*c));
    return out;
  }

 private:
  void append(const panel& p, std::string_view reporter, period when, double v, double n, double d,
              std::string_view status) {
    const auto real = [](column& c, double x) {
      if (std::isnan(x)) c.append_null();
      else c.append(x);
    };
    const auto text = [](column& c, std::string_view s) {
      if (s.empty()) c.append_null();
      else c.append(s);
    };
    reporter_.append(reporter);
    indicator_.append(net_.id(p.indicator));
    period_.append(when);
    real(value_, v);
    real(numerator_, n);
    real(denominator_, d);
    text(breakdown_, p.breakdown);
    text(status_, status);
  }

  const network& net_;
  column reporter_{"reporter", column_type::utf8}, indicator_{"indicator", column_type::utf8},
      period_{"period", column_type::period}, value_{"value", column_type::float64},
      numerator_{"numerator", column_type::float64}, denominator_{"denominator", column_type::float64},
      breakdown_{"breakdown", column_type::utf8}, status_{"status", column_type::utf8};
};

table target_table(const initiative& source) {
  table t({{"indicator", column_type::utf8},
           {"of", column_type::utf8},
           {"period", column_type::period},
           {"value", column_type::float64},
           {"kind", column_type::utf8},
           {"source", column_type::utf8}});
  const auto& net = source.network();
  for (const auto& x : source.measures().targets)
    t.append_row({net.id(x.indicator), x.of.valid() ? cell{net.id(x.of)} : cell{}, x.period, x.value, to_string(x.kind),
                  x.source.empty() ? cell{} : cell{std::string_view(x.source)}});
  return t;
}

} // namespace

table observation_table(const initiative& source) {
  long_form out(source.network());
  for (const auto& p : source.measures().panels) out.add(p);
  return out.take();
}

std::vector<content> contents(const initiative& source) {
  const auto& net = source.network();
  std::vector<content> out;
  for (const auto& r : schema::node_rules)
    if (net.size(r.kind) > 0 || net.attributes(r.kind).column_count() > r.attributes.size())
      out.push_back({std::string(r.file), "nodes", net.size(r.kind)});
  for (const auto& r : schema::edge_rules)
    if (net.edges(r.kind).size() > 0 || net.edges(r.kind).attributes().column_count() > r.attributes.size())
      out.push_back({std::string(r.file), "edges", net.edges(r.kind).size()});
  if (!source.measures().panels.empty()) out.push_back({"observations", "records", observation_table(source).rows()});
  if (!source.measures().targets.empty()) out.push_back({"targets", "records", source.measures().targets.size()});
  for (const auto& [name, rows] : source.records()) out.push_back({name, "records", rows.rows()});
  return out;
}

table content_table(const initiative& source, std::string_view name) {
  for (const auto& r : schema::node_rules)
    if (r.file == name) return source.network().node_table(r.kind);
  for (const auto& r : schema::edge_rules)
    if (r.file == name) return source.network().edge_table(r.kind);
  if (name == "observations") return observation_table(source);
  if (name == "targets") return target_table(source);
  if (const auto* rows = find_records(source.records(), name)) return *rows;
  std::string there;
  nearest_words near(name);
  for (const auto& r : schema::node_rules) near.consider(r.file);
  for (const auto& r : schema::edge_rules) near.consider(r.file);
  for (const auto* fixed : {"observations", "targets"}) near.consider(fixed);
  for (const auto& [record, rows] : source.records()) {
    there += (there.empty() ? "" : ", ") + record;
    near.consider(record);
  }
  refuse(with_hint("no table " + std::string(name) + "; there are the kinds of node and edge, observations, targets" +
                       (there.empty() ? " and no records" : " and the records " + there),
                   near.question()));
}

} // namespace commonweal::inline v0::capi
