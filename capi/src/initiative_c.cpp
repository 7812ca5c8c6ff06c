// SPDX-License-Identifier: Apache-2.0
// Initiatives: loading, saving, and what one holds.
#include <algorithm>
#include <cmath>
#include <map>

#include <commonweal/io/sample.hpp>
#include <commonweal/load.hpp>

#include "contents.hpp"
#include "tables.hpp"

namespace commonweal::inline v0::capi {
namespace {

/// What the initiative holds: item, count, detail.
table summary_of(const initiative& source) {
  const auto& data = source.measures();
  table out({{"item", column_type::utf8}, {"count", column_type::int64}, {"detail", column_type::utf8}});
  const auto add = [&](std::string_view item, std::size_t n, const std::string& detail) {
    if (n > 0) out.append_row({item, static_cast<std::int64_t>(n), detail.empty() ? cell{} : cell{std::string_view(detail)}});
  };
  for (const auto& r : schema::node_rules) add(r.file, source.network().size(r.kind), "nodes");
  for (const auto& r : schema::edge_rules) add(r.file, source.network().edges(r.kind).size(), std::string(r.meaning));
  std::size_t values = 0, suppressed = 0;
  std::vector<node_ref> reporters;
  std::map<frequency, std::pair<period, period>> spans;
  for (const auto& p : data.panels) {
    values += static_cast<std::size_t>(p.value.size() - p.value.array().isNaN().count());
    suppressed += p.suppressed.size();
    reporters.insert(reporters.end(), p.reporters.begin(), p.reporters.end());
    if (p.periods() == 0) continue;
    const auto last = p.at(p.periods() - 1);
    const auto [at, fresh] = spans.try_emplace(p.first.freq(), p.first, last);
    if (!fresh) at->second = {std::min(at->second.first, p.first), std::max(at->second.second, last)};
  }
  std::string when;
  for (const auto& [every, span] : spans)
    when += (when.empty() ? "" : "; ") + std::string(to_string(every)) + ": " + span.first.to_string() + " to " + span.second.to_string();
  std::sort(reporters.begin(), reporters.end());
  add("observations", values, when);
  add("suppressed values", suppressed, "");
  add("reporters", static_cast<std::size_t>(std::unique(reporters.begin(), reporters.end()) - reporters.begin()), "organizations and groups with observations");
  add("targets", data.targets.size(), "targets, baselines and forecasts");
  for (const auto& [name, rows] : source.records()) add(name, rows.rows(), "records");
  return out;
}

table indicator_table(const initiative& source) {
  table t({{"id", column_type::utf8}, {"name", column_type::utf8}, {"unit", column_type::utf8}, {"kind", column_type::utf8}, {"direction", column_type::utf8},
           {"over_groups", column_type::utf8}, {"over_time", column_type::utf8}, {"order", column_type::utf8}, {"nature", column_type::utf8},
           {"counts_people", column_type::boolean}, {"factor", column_type::float64}, {"formula", column_type::utf8}, {"formula_level", column_type::utf8},
           {"look_back", column_type::int64}});
  const auto blank = [](const std::string& s) { return s.empty() ? cell{} : cell{std::string_view(s)}; };
  for (const auto& d : source.measures().indicators)
    t.append_row({std::string_view(d.id), blank(d.name), blank(d.unit), to_string(d.kind), to_string(d.direction), to_string(d.over_groups), to_string(d.over_time),
                  to_string(d.order), to_string(d.nature), d.counts_people, d.factor, blank(d.formula), d.formula.empty() ? cell{} : cell{to_string(d.formula_level)},
                  d.look_back == std::numeric_limits<std::int64_t>::max() ? cell{} : cell{d.look_back}});
  return t;
}

table info_table(const initiative_info& info) {
  table t({{"name", column_type::utf8}, {"title", column_type::utf8}, {"description", column_type::utf8}, {"synthetic", column_type::boolean}});
  const auto blank = [](const std::string& s) { return s.empty() ? cell{} : cell{std::string_view(s)}; };
  t.append_row({blank(info.name), blank(info.title), blank(info.description), info.synthetic});
  return t;
}

} // namespace
} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

void cw_initiative_free(cw_initiative* initiative) CW_NOEXCEPT { discard(initiative); }

int32_t cw_load(const char* path, size_t path_size, const cw_progress* progress, cw_initiative** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto from = capi::path(path, path_size);
    diagnostics found;
    auto loaded = [&] {
      listener hears(progress, found);
      return commonweal::load(from, found, hears.tell());
    }();
    to.set(capi::publish<cw_initiative>(std::make_unique<initiative_object>(std::move(loaded), std::move(found))));
  });
}
int32_t cw_unpack(const void* bytes, size_t size, cw_initiative** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    to.set(capi::publish<cw_initiative>(std::make_unique<initiative_object>(unpack(bytes_of(bytes, size)), diagnostics())));
  });
}
int32_t cw_pack(const cw_initiative* initiative, cw_buffer** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto source = hold(initiative);
    const auto bytes = pack(source->value);
    to.set(capi::publish<cw_buffer>(std::make_unique<buffer_object>(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()))));
  });
}
int32_t cw_save(const cw_initiative* initiative, const char* path, size_t path_size, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const auto source = hold(initiative);
    save_packed(source->value, capi::path(path, path_size));
  });
}
int32_t cw_write_folder(const cw_initiative* initiative, const char* path, size_t path_size, const cw_progress* progress, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const auto source = hold(initiative);
    write_folder(source->value, capi::path(path, path_size), progress_of(progress));
  });
}
int32_t cw_sample(const char* path, size_t path_size, const cw_sample_options* options, const cw_progress* progress, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const auto o = capi::options(options, cw_sample_options CW_SAMPLE_OPTIONS_INIT);
    write_sample(capi::path(path, path_size), {o.reporters, o.groups, o.periods, o.indicators, o.seed}, progress_of(progress));
  });
}

int32_t cw_initiative_diagnostics(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [](const initiative_object& i) { return findings_table(i.found.items()); });
}
int32_t cw_initiative_info(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [](const initiative_object& i) { return info_table(i.value.info()); });
}
int32_t cw_initiative_summary(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [](const initiative_object& i) { return summary_of(i.value); });
}
int32_t cw_initiative_tables(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [](const initiative_object& i) {
    table t({{"table", column_type::utf8}, {"kind", column_type::utf8}, {"rows", column_type::int64}});
    for (const auto& c : contents(i.value)) t.append_row({std::string_view(c.name), c.kind, static_cast<std::int64_t>(c.rows)});
    return t;
  });
}
int32_t cw_initiative_table(const cw_initiative* initiative, const char* name, size_t name_size, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) { return content_table(i.value, text(name, name_size, "name")); });
}
int32_t cw_initiative_indicators(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [](const initiative_object& i) { return indicator_table(i.value); });
}
