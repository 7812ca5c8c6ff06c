// SPDX-License-Identifier: Apache-2.0
// References and ranges of targets, meetings, attendance, surveys and measure maps.
#include "initiative/record_reader.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <commonweal/core/values.hpp>
#include <commonweal/measure/records.hpp>

namespace commonweal::inline v0::detail {

namespace {

std::string kinds_in_words(node_kinds kinds) {
  std::string out;
  for (std::size_t k = 0; k < node_kind_count; ++k)
    if (kinds.contains(static_cast<node_kind>(k)))
      out += (out.empty() ? "" : " or ") + std::string(to_string(static_cast<node_kind>(k)));
  return out;
}

/// The node named, if it is of one of the kinds; else a sentence in `fault`.
std::optional<node_ref> resolve(const network& net, std::string_view id, node_kinds kinds, std::string& code,
                                std::string& fault) {
  const auto n = net.find(id);
  if (n && kinds.contains(n->kind)) return n;
  code = n ? "wrong_kind" : "unknown_id";
  fault =
      n ? std::string(id) + " is a " + std::string(to_string(n->kind)) + "; this field takes a " + kinds_in_words(kinds)
        : "no node has the id " + in_quotes(id) + "; correct it, or add the " + kinds_in_words(kinds);
  return std::nullopt;
}

std::span<const field_rule> fields_in(std::string_view file) {
  for (const auto& r : schema::record_rules)
    if (r.file == file) return r.fields;
  return {};
}

constexpr node_kinds actor_kinds = node_kind::person | node_kind::organization;
constexpr node_kinds target_kinds_of = node_kind::organization | node_kind::group;

} // namespace

void target_reader::append(const table& rows, const origin& from, diagnostics& found) {
  const std::uint64_t before = origins_.size();
  origins_.add(from, rows.rows());
  const auto text = [&](const char* name, std::size_t r) {
    const column* c = rows.find(name);
    return c == nullptr || c->is_null(r) ? std::string_view() : c->text(r);
  };
  for (std::size_t r = 0; r < rows.rows(); ++r) {
    const std::string_view indicator = text("indicator", r);
    const auto tell = [&](std::string code, const char* field, std::string message) {
      found.add({severity::error, std::move(code), from.file, from.first_row + static_cast<std::int64_t>(r), field,
                 std::string(indicator), std::move(message)});
    };
    target t;
    bool sound = true;
    std::string code;
    std::string fault;
    if (indicator.empty()) {
      tell("required", "indicator", "indicator may not be blank");
      sound = false;
    } else if (const auto n = resolve(net_, indicator, node_kind::indicator, code, fault)) {
      t.indicator = n->as<node_kind::indicator>();
    } else {
      tell(code, "indicator", fault);
      sound = false;
    }
    if (const std::string_view of = text("of", r); !of.empty()) {
      if (const auto n = resolve(net_, of, target_kinds_of, code, fault)) t.of = *n;
      else {
        tell(code, "of", fault);
        sound = false;
      }
    }
    if (rows["period"].is_null(r)) {
      tell("required", "period", "period may not be blank");
      sound = false;
    } else {
      t.period = rows["period"].values<period>()[r];
    }
    const column& value = rows["value"];
    if (value.is_null(r) || !std::isfinite(value.values<double>()[r])) {
      tell(value.is_null(r) || std::isnan(value.values<double>()[r]) ? "required" : "infinity", "value",
           "a target needs a finite value");
      sound = false;
    } else {
      t.value = value.values<double>()[r];
    }
    if (const std::string_view kind = text("kind", r); !kind.empty()) {
      if (const auto k = parse_enum<target_kind>(kind)) t.kind = *k;
      else {
        tell("not_allowed", "kind",
             in_quotes(kind) + " is not a known kind; use one of " + list_of_names<target_kind>());
        sound = false;
      }
    }
    t.source = text("source", r);
    if (sound) targets_.push_back({std::move(t), before + r});
  }
}

std::vector<target> target_reader::finish(diagnostics& found) {
  const auto key = [](const placed& p) { return std::tuple(p.what.indicator, p.what.of, p.what.kind, p.what.period); };
  std::stable_sort(targets_.begin(), targets_.end(), [&](const placed& a, const placed& b) { return key(a) < key(b); });
  std::vector<target> out;
  const placed* last = nullptr;
  for (const auto& p : targets_) {
    if (last == nullptr || key(*last) != key(p)) {
      out.push_back(p.what);
      last = &p;
      continue;
    }
    const bool same = last->what.value == p.what.value;
    const std::string& file = origins_.file(p.number);
    found.add({same ? severity::warning : severity::error, same ? "repeated_target" : "conflicting_targets", file,
               origins_.row(p.number), "value", std::string(net_.id(p.what.indicator)),
               "the " + std::string(to_string(p.what.kind)) + " of " + std::string(net_.id(p.what.indicator)) +
                   " for " + p.what.period.to_string() + " is given on " + origins_.name(last->number, file) +
                   (same ? " and again here, the same; it counts once" : " and differently here; keep the right row")});
  }
  targets_.clear();
  return out;
}

void record_reader::append(std::string_view file, const table& rows, const origin& from, diagnostics& found) {
  auto it = drafts_.find(file);
  if (it == drafts_.end()) it = drafts_.try_emplace(std::string(file)).first;
  draft& d = it->second;
  std::vector<std::uint32_t> all(rows.rows());
  std::iota(all.begin(), all.end(), 0U);
  try {
    d.columns.check_types(fields_in(file), rows, {}, file);
  } catch (const error& e) { // a column of another type than in a batch before
    found.add({severity::error, "wrong_type", from.file, -1, {}, {}, e.what()});
    return;
  }
  d.columns.append(fields_in(file), d.rows, rows, all, {});
  d.rows += rows.rows();
  d.origins.add(from, rows.rows());
}

record_tables record_reader::finish(diagnostics& found) {
  record_tables out;
  for (auto& [file, d] : drafts_) out.emplace(file, d.columns.finish(fields_in(file), d.rows));
  const table* meetings = find_records(out, "meetings");
  for (const auto& [file, t] : out) check(file, t, drafts_.find(file)->second.origins, meetings, found);
  drafts_.clear();
  return out;
}

void record_reader::check(std::string_view file, const table& t, const row_origins& origins, const table* meetings,
                          diagnostics& found) const {
  const auto fields = fields_in(file);
  const auto tell = [&](std::size_t row, severity s, std::string code, std::string_view field, std::string message) {
    const column* id =
        t.column_count() > 0 && t[std::size_t{0}].type() == column_type::utf8 ? &t[std::size_t{0}] : nullptr;
    found.add({s, std::move(code), origins.file(row), origins.row(row), std::string(field),
               id == nullptr ? std::string() : std::string(id->text(row)), std::move(message)});
  };
  check_attributes(fields, t, tell);
  const auto refer = [&](const char* field, node_kinds kinds) {
    std::string code;
    std::string fault;
    const column& c = t[field];
    for (std::size_t r = 0; r < t.rows(); ++r)
      if (!c.is_null(r) && !resolve(net_, c.text(r), kinds, code, fault)) tell(r, severity::error, code, field, fault);
  };
  if (file == "measure_map") {
    refer("indicator", node_kind::indicator);
    const column& start = t["start"];
    const column& end = t["end"];
    for (std::size_t r = 0; r < t.rows(); ++r)
      if (!start.is_null(r) && !end.is_null(r) && end.values<date>()[r] <= start.values<date>()[r])
        tell(r, severity::error, "interval_reversed", "end",
             "the mapping ends before it has begun; end is the first day it no longer holds");
  } else if (file == "meetings") {
    refer("group", node_kind::group);
    refer("facilitator", actor_kinds);
    std::unordered_map<std::string_view, std::size_t> first;
    for (std::size_t r = 0; r < t.rows(); ++r) {
      if (t["id"].is_null(r)) continue;
      const auto [it, is_new] = first.emplace(t["id"].text(r), r);
      if (!is_new)
        tell(r, severity::error, "duplicate_id", "id",
             "the meeting " + std::string(it->first) + " is given on " + origins.name(it->second, origins.file(r)) +
                 " already; an id names one meeting");
    }
  } else if (file == "attendance") {
    refer("member", actor_kinds);
    std::set<std::string_view> known;
    if (meetings != nullptr)
      for (std::size_t r = 0; r < meetings->rows(); ++r) known.insert((*meetings)["id"].text(r));
    for (std::size_t r = 0; r < t.rows(); ++r)
      if (!t["meeting"].is_null(r) && !known.contains(t["meeting"].text(r)))
        tell(r, severity::error, "unknown_id", "meeting",
             "no meeting has the id " + in_quotes(t["meeting"].text(r)) + "; add it to meetings, or correct it");
  } else if (file == "survey") {
    refer("respondent", actor_kinds);
    refer("about", node_kinds::all());
    for (std::size_t r = 0; r < t.rows(); ++r) {
      if (t["rating"].is_null(r)) continue;
      const double low = t["scale_min"].values<double>()[r];
      const double high = t["scale_max"].values<double>()[r];
      const double rating = t["rating"].values<double>()[r];
      if (high <= low) tell(r, severity::error, "out_of_range", "scale_max", "the scale must end above its beginning");
      else if (rating < low || rating > high)
        tell(r, severity::error, "out_of_range", "rating",
             "the rating " + to_text(rating) + " lies outside the scale from " + to_text(low) + " to " + to_text(high));
    }
  }
}

} // namespace commonweal::inline v0::detail
