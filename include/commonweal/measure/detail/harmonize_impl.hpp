// SPDX-License-Identifier: Apache-2.0
// Bodies of measure/harmonize.hpp: applying a map.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <commonweal/core/linkage.hpp>
#include <commonweal/measure/harmonize.hpp>
#include <commonweal/measure/panel.hpp>

namespace commonweal::inline v0 {

namespace detail {

struct local_mapping {
  std::string indicator;
  double factor = 1;
  double offset = 0;
  interval days;
  std::string version;
  std::string from; ///< category; blank: any without a mapping of its own
  std::string to;
  bool recodes = false;
  std::size_t row = 0;
  bool used = false;
};

[[nodiscard]] inline std::string text_or_blank(const table& t, std::string_view name, std::size_t row) {
  const column* c = t.find(name);
  return c == nullptr || c->is_null(row) ? std::string() : std::string(c->text(row));
}

[[noreturn]] inline void refuse_map_row(const char* file, std::size_t row, const char* field, const std::string& why) {
  throw error(error_code::invalid_data,
              diagnostic{severity::error, "bad_mapping", file, static_cast<std::int64_t>(row) + 2, field, {}, why});
}

[[nodiscard]] inline std::unordered_map<std::string, std::vector<local_mapping>> mappings_by_local(const table& map) {
  std::unordered_map<std::string, std::vector<local_mapping>> out;
  const auto number = [&](const char* name, std::size_t row, double otherwise) {
    const column* c = map.find(name);
    return c == nullptr || c->is_null(row) ? otherwise : c->values<double>()[row];
  };
  const auto day = [&](const char* name, std::size_t row, date otherwise) {
    const column* c = map.find(name);
    return c == nullptr || c->is_null(row) ? otherwise : c->values<date>()[row];
  };
  (void)map["local"];
  (void)map["indicator"];
  for (std::size_t r = 0; r < map.rows(); ++r) {
    local_mapping m;
    m.indicator = text_or_blank(map, "indicator", r);
    m.factor = number("factor", r, 1.0);
    m.offset = number("offset", r, 0.0);
    m.days = {day("start", r, date::lowest()), day("end", r, date::highest())};
    m.version = text_or_blank(map, "version", r);
    m.from = text_or_blank(map, "category_from", r);
    m.to = text_or_blank(map, "category_to", r);
    m.recodes = !m.from.empty();
    m.row = r;
    if (!std::isfinite(m.factor) || m.factor == 0)
      refuse_map_row("measure_map", r, "factor",
                     "a factor is a number other than zero: zero would make every value alike");
    if (!std::isfinite(m.offset)) refuse_map_row("measure_map", r, "offset", "an offset is a finite number");
    if (m.days.empty())
      refuse_map_row("measure_map", r, "end",
                     "the mapping ends before it has begun; end is the first day it no longer holds");
    if (!m.recodes && !m.to.empty())
      refuse_map_row("measure_map", r, "category_from", "category_to needs a category_from that it stands for");
    out[text_or_blank(map, "local", r)].push_back(std::move(m));
  }
  return out;
}

/// Rows of one local measure with one outcome, for the report.
struct mapping_tally {
  std::int64_t rows = 0;
  std::set<std::string> reporters;
  std::optional<period> first, last;
  std::string why;
  void add(const std::string& reporter, period when) {
    ++rows;
    reporters.insert(reporter);
    if (!first || when < *first) first = when;
    if (!last || *last < when) last = when;
  }
};

} // namespace detail

COMMONWEAL_BODY bool harmonized::complete() const {
  return std::ranges::all_of(outcomes, [](auto o) { return o == mapping_outcome::mapped; });
}

COMMONWEAL_BODY harmonized harmonize(const table& local, const table& map, const harmonize_options& options) {
  auto mappings = detail::mappings_by_local(map);
  const auto& reporters = local["reporter"];
  const auto& locals = local["local"];
  const auto& periods = local["period"];
  const auto& numbers = local["value"];
  if (periods.type() != column_type::period || numbers.type() != column_type::float64)
    throw error(error_code::invalid_argument,
                "local observations need period of type period and value of type float64");

  struct line { // an input row under one mapping, or under none
    std::size_t row;
    const detail::local_mapping* by = nullptr;
    mapping_outcome outcome = mapping_outcome::unmapped;
    double mapped = missing_value;
    std::string breakdown, why;
  };
  std::vector<line> lines;
  using cell_key = std::tuple<std::string, std::string, period, std::string>; // reporter, indicator, period, breakdown
  std::map<cell_key, std::vector<std::size_t>> cells;
  std::vector<const cell_key*> order;
  std::vector<detail::local_mapping*> holding;
  for (std::size_t r = 0; r < local.rows(); ++r) {
    if (reporters.is_null(r) || locals.is_null(r) || periods.is_null(r))
      detail::refuse_map_row("local observations", r, "reporter",
                             "a local observation names its reporter, its local measure and its period");
    const double x = numbers.is_null(r) ? missing_value : numbers.values<double>()[r];
    if (std::isinf(x))
      detail::refuse_map_row("local observations", r, "value",
                             "a value is a finite number; leave it blank where nothing was measured");
    const auto when = periods.values<period>()[r];
    const std::string category = detail::text_or_blank(local, "breakdown", r);
    const auto found = mappings.find(std::string(locals.text(r)));
    if (found == mappings.end()) {
      lines.push_back(
          {r, nullptr, mapping_outcome::unmapped, missing_value, category, "no mapping names this local measure"});
      continue;
    }
    auto& all = found->second;
    const bool own =
        std::any_of(all.begin(), all.end(), [&](const auto& m) { return m.recodes && m.from == category; });
    holding.clear();
    bool any_category = false;
    for (auto& m : all) {
      if (own ? !(m.recodes && m.from == category) : m.recodes) continue;
      any_category = true;
      if (in_force(m.days, when, options.in_force)) holding.push_back(&m);
    }
    if (!any_category) {
      lines.push_back({r, nullptr, mapping_outcome::unmapped, missing_value, category,
                       "no mapping names the category \"" + category + "\""});
      continue;
    }
    if (holding.empty()) {
      std::string why = "in force only";
      for (const auto& m : all)
        if (own ? m.recodes && m.from == category : !m.recodes)
          why += (why.back() == 'y' ? " " : ", ") + m.days.to_string();
      lines.push_back({r, nullptr, mapping_outcome::outside_dates, missing_value, category, why});
      continue;
    }
    const auto conflicts = [&](const detail::local_mapping* m) {
      return std::any_of(holding.begin(), holding.end(), [&](const auto* o) {
        return o != m && (!options.several_indicators || o->indicator == m->indicator);
      });
    };
    if (std::any_of(holding.begin(), holding.end(), conflicts)) {
      std::string why = "in force at once:";
      for (const auto* m : holding) {
        m == holding.front() ? void() : void(why += ",");
        why += " row " + std::to_string(m->row + 2) + " (" + m->indicator +
               (m->version.empty() ? "" : ", version " + m->version) + ")";
      }
      for (auto* m : holding) m->used = true; // it is in the way, not idle
      lines.push_back({r, nullptr, mapping_outcome::conflicting, missing_value, category, why + "; end all but one"});
      continue;
    }
    for (auto* m : holding) {
      m->used = true;
      const double y = m->factor * x + m->offset;
      if (std::isinf(y))
        detail::refuse_map_row("local observations", r, "value",
                               "factor and offset make it larger than a number can be");
      lines.push_back({r, m, mapping_outcome::mapped, y, m->recodes ? m->to : category, {}});
      const auto [it, is_new] =
          cells.try_emplace({std::string(reporters.text(r)), m->indicator, when, lines.back().breakdown});
      if (is_new) order.push_back(&it->first);
      it->second.push_back(lines.size() - 1);
    }
  }

  harmonized out;
  out.observations = table({{"reporter", column_type::utf8},
                            {"indicator", column_type::utf8},
                            {"period", column_type::period},
                            {"value", column_type::float64},
                            {"breakdown", column_type::utf8}});
  for (const auto* key : order) {
    const auto& from = cells.find(*key)->second;
    const auto& [reporter, indicator, when, breakdown] = *key;
    if (from.size() > 1 && options.collide == collision_rule::refuse) {
      std::string why = "rows";
      for (std::size_t k = 0; k < from.size(); ++k)
        why += (k == 0 ? " " : ", ") + std::to_string(lines[from[k]].row + 2) + " (" +
               std::string(locals.text(lines[from[k]].row)) + ")";
      for (const auto k : from) {
        lines[k].outcome = mapping_outcome::colliding;
        lines[k].why = why + " give one cell; add them up, or keep one";
      }
      continue;
    }
    double value = 0;
    for (const auto k : from) value += lines[k].mapped; // a missing part makes it missing
    if (std::isinf(value))
      detail::refuse_map_row("local observations", lines[from[0]].row, "value",
                             "the sum is larger than a number can be");
    out.observations.append_row({std::string_view(reporter), std::string_view(indicator), when,
                                 std::isnan(value) ? cell{} : cell{value},
                                 breakdown.empty() ? cell{} : cell{std::string_view(breakdown)}});
  }

  out.lineage = table({{"row", column_type::int64},
                       {"reporter", column_type::utf8},
                       {"local", column_type::utf8},
                       {"category", column_type::utf8},
                       {"period", column_type::period},
                       {"value", column_type::float64},
                       {"outcome", column_type::utf8},
                       {"indicator", column_type::utf8},
                       {"mapped", column_type::float64},
                       {"version", column_type::utf8},
                       {"mapping", column_type::int64}});
  std::map<std::tuple<std::string, mapping_outcome, std::string, std::string>, detail::mapping_tally> tallies;
  const auto text_cell = [](const std::string& s) { return s.empty() ? cell{} : cell{std::string_view(s)}; };
  for (const auto& l : lines) {
    const std::string category = detail::text_or_blank(local, "breakdown", l.row);
    const std::string indicator = l.by == nullptr ? std::string() : l.by->indicator;
    const std::string version = l.by == nullptr ? std::string() : l.by->version;
    const bool has = l.outcome == mapping_outcome::mapped && !std::isnan(l.mapped);
    out.lineage.append_row({static_cast<std::int64_t>(l.row), reporters.text(l.row), locals.text(l.row),
                            text_cell(category), periods.values<period>()[l.row],
                            numbers.is_null(l.row) ? cell{} : cell{numbers.values<double>()[l.row]},
                            to_string(l.outcome), text_cell(indicator), has ? cell{l.mapped} : cell{},
                            text_cell(version), l.by == nullptr ? cell{} : cell{static_cast<std::int64_t>(l.by->row)}});
    out.outcomes.push_back(l.outcome);
    auto& tally = tallies[{std::string(locals.text(l.row)), l.outcome, indicator, version}];
    tally.add(std::string(reporters.text(l.row)), periods.values<period>()[l.row]);
    if (tally.why.empty()) tally.why = l.why;
  }
  out.report = table({{"local", column_type::utf8},
                      {"outcome", column_type::utf8},
                      {"indicator", column_type::utf8},
                      {"version", column_type::utf8},
                      {"rows", column_type::int64},
                      {"reporters", column_type::int64},
                      {"first", column_type::period},
                      {"last", column_type::period},
                      {"why", column_type::utf8}});
  for (const auto& [key, t] : tallies) {
    const auto& [name, outcome, indicator, version] = key;
    out.report.append_row({std::string_view(name), to_string(outcome), text_cell(indicator), text_cell(version), t.rows,
                           static_cast<std::int64_t>(t.reporters.size()), *t.first, *t.last, text_cell(t.why)});
  }
  std::vector<std::pair<std::string_view, const detail::local_mapping*>> idle;
  for (const auto& [name, all] : mappings)
    for (const auto& m : all)
      if (!m.used) idle.emplace_back(name, &m);
  std::sort(idle.begin(), idle.end(), [](const auto& a, const auto& b) { return a.second->row < b.second->row; });
  for (const auto& [name, m] : idle)
    out.report.append_row({name, "unused", text_cell(m->indicator), text_cell(m->version), std::int64_t{0},
                           std::int64_t{0}, cell{}, cell{},
                           "no observation of its days" + std::string(m->recodes ? " and category" : "")});
  return out;
}

} // namespace commonweal::inline v0
