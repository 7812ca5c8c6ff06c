// SPDX-License-Identifier: Apache-2.0
// Batches of records to whole tables, checked by the schema; targets to what rollups judge by.
#include "initiative/record_reader.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include <commonweal/measure/detail/record_checks.hpp>
#include <commonweal/rollup/served_people.hpp>

namespace commonweal::inline v0::detail {

namespace {

std::span<const field_rule> fields_in(std::string_view file) {
  const record_rule* rule = find_record_rule(file);
  return rule == nullptr ? std::span<const field_rule>() : rule->fields;
}

/// Finds words for the place of a finding: `place(row)` gives its file and row.
template <class Place>
auto teller(const table& rows, Place place, diagnostics& found) {
  return [&rows, place, &found](std::size_t r, severity s, std::string code, std::string_view field, std::string text) {
    const column* id =
        rows.column_count() > 0 && rows[std::size_t{0}].type() == column_type::utf8 ? &rows[std::size_t{0}] : nullptr;
    auto [file, row] = place(r);
    found.add({s, std::move(code), std::move(file), row, std::string(field),
               id == nullptr ? std::string() : std::string(id->text(r)), std::move(text)});
  };
}

} // namespace

void record_reader::append(std::string_view file, const table& rows, const origin& from, diagnostics& found) {
  auto it = drafts_.find(file);
  if (it == drafts_.end()) it = drafts_.try_emplace(std::string(file)).first;
  draft& d = it->second;
  const auto fields = fields_in(file);
  try {
    d.columns.check_types(fields, rows, {}, file);
  } catch (const error& e) { // a column of another type than in a batch before
    found.add({severity::error, "wrong_type", from.file, -1, {}, {}, e.what()});
    return;
  }
  const auto place = [&from](std::size_t r) {
    return std::pair(from.file, from.first_row + static_cast<std::int64_t>(r));
  };
  check_fields(fields, rows, net_, teller(rows, place, found));
  std::vector<std::uint32_t> all(rows.rows());
  std::iota(all.begin(), all.end(), 0U);
  d.columns.append(fields, d.rows, rows, all, {});
  d.rows += rows.rows();
  d.origins.add(from, rows.rows());
}

record_tables record_reader::finish(measures& data, diagnostics& found) {
  record_tables out;
  for (auto& [file, d] : drafts_) out.emplace(file, d.columns.finish(fields_in(file), d.rows));
  for (const auto& [file, rows] : out) {
    const record_rule* rule = find_record_rule(file);
    if (rule == nullptr) continue;
    const row_origins& origins = drafts_.find(file)->second.origins;
    const auto tell = teller(
        rows, [&](std::size_t r) { return std::pair(origins.file(r), origins.row(r)); }, found);
    check_links(*rule, rows, out, tell);
    check_key(
        *rule, rows, [&](std::size_t first, std::size_t r) { return origins.name(first, origins.file(r)); }, tell);
    if (file == "people_served") check_served_periods(rows, net_, data, tell);
    if (file == "targets") data.targets = targets(rows, origins, found);
  }
  out.erase("targets");
  drafts_.clear();
  return out;
}

std::vector<target> record_reader::targets(const table& rows, const row_origins& origins, diagnostics& found) const {
  struct placed {
    target what;
    std::size_t row;
  };
  std::vector<placed> all;
  for (std::size_t r = 0; r < rows.rows(); ++r) {
    const auto indicator = net_.find<node_kind::indicator>(rows["indicator"].text(r));
    const auto of = net_.find(rows["of"].text(r));
    const auto word = rows["kind"].text(r);
    const auto kind = word.empty() ? std::optional(target_kind::target) : parse_enum<target_kind>(word);
    const double value = rows["value"].is_null(r) ? missing_value : rows["value"].values<double>()[r];
    if (!indicator || (!of && !rows["of"].text(r).empty()) || !kind || rows["period"].is_null(r) || std::isnan(value))
      continue;
    all.push_back({{*indicator, of.value_or(node_ref{}), rows["period"].values<period>()[r], value, *kind,
                    std::string(rows["source"].text(r))},
                   r});
  }
  const auto key = [](const placed& p) { return std::tuple(p.what.indicator, p.what.of, p.what.kind, p.what.period); };
  std::stable_sort(all.begin(), all.end(), [&](const placed& a, const placed& b) { return key(a) < key(b); });
  std::vector<target> out;
  const placed* last = nullptr;
  for (const auto& p : all) {
    if (last == nullptr || key(*last) != key(p)) {
      out.push_back(p.what);
      last = &p;
      continue;
    }
    const bool same = last->what.value == p.what.value;
    const std::string& file = origins.file(p.row);
    found.add({same ? severity::warning : severity::error, same ? "repeated_target" : "conflicting_targets", file,
               origins.row(p.row), "value", std::string(net_.id(p.what.indicator)),
               "the " + std::string(to_string(p.what.kind)) + " of " + std::string(net_.id(p.what.indicator)) +
                   " for " + p.what.period.to_string() + " is given on " + origins.name(last->row, file) +
                   (same ? " and again here, the same; it counts once" : " and differently here; keep the right row")});
  }
  return out;
}

} // namespace commonweal::inline v0::detail
