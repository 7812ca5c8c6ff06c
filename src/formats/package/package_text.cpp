// SPDX-License-Identifier: Apache-2.0
// Frictionless Tabular Data Package (version 1 profile, which the public tools of both versions read).
#include "formats/package/package_text.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <commonweal/core/error.hpp>
#include <commonweal/formats/package.hpp>
#include <commonweal/measure/records.hpp>

#include "core/json_tree.hpp"

namespace commonweal::inline v0::detail {

using json = json_tree;

namespace {

constexpr const char* period_pattern = "[0-9]{4}(-(Q[1-4]|W[0-9]{2}|[0-9]{2}(-[0-9]{2})?))?";

const char* frictionless_type(column_type t) {
  switch (t) {
    case column_type::int64: return "integer";
    case column_type::float64: return "number";
    case column_type::boolean: return "boolean";
    case column_type::date: return "date";
    case column_type::utf8:
    case column_type::period: break;
  }
  return "string";
}

json field_of(const std::string& name, column_type type, const field_rule* rule, bool is_key) {
  json f = json::object();
  f["name"] = name;
  f["type"] = frictionless_type(type);
  if (rule == nullptr) {
    if (type == column_type::period) f["commonwealType"] = "period";
    return f;
  }
  std::string meaning(rule->meaning);
  if (!rule->unit.empty()) meaning += " (" + std::string(rule->unit) + ")";
  if (!meaning.empty()) f["description"] = meaning;
  json limits = json::object();
  if (rule->required) limits["required"] = true;
  if (is_key) limits["unique"] = true;
  if (type == column_type::period) limits["pattern"] = period_pattern;
  if (!rule->takes_number.empty()) {
    std::string pattern;
    for (const auto word : rule->allowed) pattern += std::string(word) + "|";
    limits["pattern"] = "^(" + pattern + std::string(rule->takes_number) + "\\([0-9.]+\\))$";
  } else if (!rule->allowed.empty() && !rule->open_list)
    for (const auto word : rule->allowed) limits["enum"].push_back(std::string(word));
  const auto bound = [&](const char* key, double v) {
    if (!std::isfinite(v) || !rule->takes_number.empty()) return;
    if (type == column_type::int64) limits[key] = static_cast<std::int64_t>(v);
    else limits[key] = v;
  };
  bound("minimum", rule->min);
  bound("maximum", rule->max);
  if (!limits.members().empty()) f["constraints"] = std::move(limits);
  return f;
}

/// Which file a column's ids are of, where it can only be one.
std::string referenced_file(std::string_view file, std::string_view column) {
  const auto only_kind = [](node_kinds kinds) {
    for (const auto& r : schema::node_rules)
      if (kinds == node_kinds(r.kind)) return std::string(r.file);
    return std::string();
  };
  for (const auto& r : schema::edge_rules) {
    if (r.file != file || (column != "from" && column != "to")) continue;
    node_kinds kinds;
    for (const auto& j : r.joins) kinds = kinds | (column == "from" ? j.from : j.to);
    return only_kind(kinds);
  }
  if (column == "indicator" && (file == "observations" || file == "targets" || file == "measure_map"))
    return "indicators";
  if (file == "meetings" && column == "group") return "groups";
  if (file == "attendance" && column == "meeting") return "meetings";
  return {};
}

json key_of(const written_file& file) {
  const auto has = [&](const char* name) {
    return std::any_of(file.columns.begin(), file.columns.end(), [&](const auto& c) { return c.first == name; });
  };
  for (const auto& r : schema::node_rules)
    if (r.file == file.name) return json::array({"id"});
  if (file.name == "meetings") return json::array({"id"});
  json key = json::array();
  if (file.name == "observations")
    for (const char* name : {"reporter", "indicator", "period", "breakdown"})
      if (has(name)) key.push_back(name);
  return key;
}

json foreign_key(const std::string& column, const std::string& target) {
  json reference = json::object();
  reference["resource"] = target;
  reference["fields"] = json::array({"id"});
  json out = json::object();
  out["fields"] = json::array({column});
  out["reference"] = std::move(reference);
  return out;
}

json resource_of(const written_file& file, const std::vector<written_file>& files) {
  const auto rules = fields_of(file.name);
  const json key = key_of(file);
  json fields = json::array();
  json foreign = json::array();
  for (const auto& given : file.columns) {
    const std::string& name = given.first;
    const column_type type = given.second;
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const field_rule& r) { return r.name == name; });
    fields.push_back(field_of(name, type, rule == rules.end() ? nullptr : &*rule, key == json::array({name})));
    const std::string target = referenced_file(file.name, name);
    if (!target.empty() && std::any_of(files.begin(), files.end(), [&](const auto& f) { return f.name == target; }))
      foreign.push_back(foreign_key(name, target));
  }
  json schema = json::object();
  schema["fields"] = std::move(fields);
  schema["missingValues"] = json::array({""});
  if (!key.elements().empty()) schema["primaryKey"] = key;
  if (!foreign.elements().empty()) schema["foreignKeys"] = std::move(foreign);
  json r = json::object();
  r["name"] = file.name;
  r["path"] = file.name + ".csv";
  r["profile"] = "tabular-data-resource";
  r["format"] = "csv";
  r["mediatype"] = "text/csv";
  r["encoding"] = "utf-8";
  r["schema"] = std::move(schema);
  return r;
}

} // namespace

std::string package_text(const initiative_info& info, const std::vector<written_file>& files,
                         const std::vector<std::string>& stay) {
  json extra = json::object();
  if (!info.extra_json.empty()) {
    auto parsed = json::parse(info.extra_json);
    if (!parsed.good || !parsed.value.is_object())
      throw error(error_code::invalid_argument, "initiative_info::extra_json is no JSON object");
    extra = std::move(parsed.value);
  }
  json root = json::object();
  root["profile"] = "tabular-data-package";
  if (!info.name.empty()) root["name"] = info.name;
  if (!info.title.empty()) root["title"] = info.title;
  if (!info.description.empty()) root["description"] = info.description;
  if (info.synthetic) root["synthetic"] = true;
  root["commonweal"] = json::object();
  root["commonweal"]["format"] = static_cast<std::int64_t>(folder_format);
  for (const auto& [key, value] : extra.members())
    if (key != "resources" && root.find(key) == nullptr) root[key] = value;
  const json* more = extra.find("resources");
  const json::array_type none;
  const auto& others = more == nullptr ? none : more->elements();
  json resources = json::array();
  for (const auto& f : files) {
    json r = resource_of(f, files);
    for (const auto& other : others)
      if (other.holds("name", f.name))
        for (const auto& [key, value] : other.members())
          if (r.find(key) == nullptr) r[key] = value;
    resources.push_back(std::move(r));
  }
  for (const auto& other : others)
    if (const auto* path = other.find("path");
        path != nullptr && path->is_string() && std::find(stay.begin(), stay.end(), path->text()) != stay.end())
      resources.push_back(other);
  root["resources"] = std::move(resources);
  return root.dump(2) + "\n";
}

} // namespace commonweal::inline v0::detail
