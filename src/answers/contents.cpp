// SPDX-License-Identifier: Apache-2.0
// What an initiative holds, and what is wrong with it.
#include "answers/contents.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include <commonweal/assess/check.hpp>

#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::answers {
namespace {

/// Levels of the cascade, over all time: groups on the longest chain of part_of.
std::size_t levels_of(const network& net) {
  const auto& parts = net.edges(edge_kind::part_of);
  const auto groups = net.size(node_kind::group);
  std::vector<std::size_t> level(groups, 0); // 0: not known yet, or on the way; cycles at different dates stop there
  std::vector<bool> entered(groups, false);
  std::size_t deepest = 0;
  for (std::uint32_t start = 0; start < groups; ++start) {
    std::vector<group_id> open = {group_id{start}};
    while (!open.empty()) {
      const auto g = open.back();
      const auto rows = parts.out(net.vertex(g));
      if (!entered[g.value]) {
        entered[g.value] = true;
        for (const auto row : rows)
          if (const auto parent = net.node(parts.to(row)).as<node_kind::group>(); !entered[parent.value])
            open.push_back(parent);
        continue;
      }
      open.pop_back();
      if (level[g.value] != 0) continue;
      std::size_t above = 0;
      for (const auto row : rows) above = std::max(above, level[parts.to(row) - net.first_vertex(node_kind::group)]);
      level[g.value] = above + 1;
      deepest = std::max(deepest, level[g.value]);
    }
  }
  return deepest;
}

std::string span_of(const std::map<frequency, std::pair<period, period>>& spans) {
  std::string out;
  for (const auto& [every, span] : spans)
    out += (out.empty() ? "" : "; ") + std::string(to_string(every)) + ": " + span.first.to_string() +
           (span.first == span.second ? "" : " to " + span.second.to_string());
  return out;
}

} // namespace

table findings_table(const std::vector<diagnostic>& items) {
  table out({{"severity", column_type::utf8},
             {"code", column_type::utf8},
             {"file", column_type::utf8},
             {"row", column_type::int64},
             {"field", column_type::utf8},
             {"record", column_type::utf8},
             {"message", column_type::utf8}});
  const auto text = [](const std::string& s) { return s.empty() ? cell{} : cell{std::string_view(s)}; };
  for (const auto& d : items)
    out.append_row({to_string(d.severity), text(d.code), text(d.file), d.row < 0 ? cell{} : cell{d.row}, text(d.field),
                    text(d.record), text(d.message)});
  return out;
}

table summary_of(const initiative& source) {
  const auto& net = source.network();
  const auto& data = source.measures();
  table out({{"item", column_type::utf8}, {"count", column_type::int64}, {"detail", column_type::utf8}});
  const auto add = [&](std::string_view item, std::size_t n, const std::string& detail = {}) {
    if (n > 0)
      out.append_row({item, static_cast<std::int64_t>(n), detail.empty() ? cell{} : cell{std::string_view(detail)}});
  };
  for (std::size_t k = 0; k < node_kind_count; ++k) {
    const auto kind = static_cast<node_kind>(k);
    std::string detail;
    if (kind == node_kind::group) detail = text::counted(levels_of(net), "level");
    if (kind == node_kind::indicator) {
      std::map<std::string_view, std::size_t> kinds;
      for (const auto& d : data.indicators) ++kinds[to_string(d.kind)];
      for (const auto& [name, n] : kinds)
        detail += (detail.empty() ? "" : ", ") + text::grouped(static_cast<std::int64_t>(n)) + " " + std::string(name);
    }
    add(rule_of(kind).file, net.size(kind), detail);
  }
  for (std::size_t k = 0; k < edge_kind_count; ++k) {
    const auto kind = static_cast<edge_kind>(k);
    add(rule_of(kind).file, net.edges(kind).size(), std::string(rule_of(kind).meaning));
  }
  std::size_t values = 0, suppressed = 0, breakdowns = 0;
  std::vector<node_ref> reporters;
  std::map<frequency, std::pair<period, period>> spans;
  for (const auto& p : data.panels) {
    values += static_cast<std::size_t>(p.value.size() - p.value.array().isNaN().count());
    suppressed += p.suppressed.size();
    breakdowns += p.breakdown.empty() ? 0 : 1;
    reporters.insert(reporters.end(), p.reporters.begin(), p.reporters.end());
    if (p.periods() == 0) continue;
    const auto last = p.at(p.periods() - 1);
    const auto [at, fresh] = spans.try_emplace(p.first.freq(), p.first, last);
    if (!fresh) at->second = {std::min(at->second.first, p.first), std::max(at->second.second, last)};
  }
  std::sort(reporters.begin(), reporters.end());
  const auto distinct = static_cast<std::size_t>(std::unique(reporters.begin(), reporters.end()) - reporters.begin());
  add("observations", values, span_of(spans));
  add("suppressed values", suppressed);
  add("reporters", distinct, "organizations and groups with observations");
  add("breakdowns", breakdowns, "parts of a whole, by indicator");
  add("targets", data.targets.size(), "targets, baselines and forecasts");
  for (const auto& [name, rows] : source.records()) add(name, rows.rows(), "records");
  return out;
}

std::optional<initiative> check(const std::filesystem::path& path, diagnostics& found, const progress& tell) {
  std::optional<initiative> source;
  try {
    source = load(path, found, tell);
  } catch (const error& e) {
    if (e.code() != error_code::invalid_data) throw;
    if (!found.has_errors()) {
      found = e.all();
      if (!found.has_errors()) found.add(e.where());
    }
  }
  if (source) check_records(source->network(), source->records(), found);
  return source;
}

} // namespace commonweal::inline v0::answers
