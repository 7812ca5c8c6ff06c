// SPDX-License-Identifier: Apache-2.0
// Frictionless Tabular Data Package (version 1 profile, which the public tools of both versions read).
#include "formats/package/package_text.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <commonweal/core/error.hpp>
#include <commonweal/formats/package.hpp>
#include <commonweal/measure/detail/record_checks.hpp>

#include "core/json_tree.hpp"

namespace commonweal::inline v0::detail {

using json = json_tree;

namespace {

constexpr const char* period_pattern = "[0-9]{4}(-(Q[1-4]|W[0-9]{2}|[0-9]{2}(-[0-9]{2})?))?";

json field_of(const std::string& name, column_type type, const field_rule* rule, bool is_key) {
  json f = json::object();
  f["name"] = name;
  f["type"] = std::string(frictionless_type(type));
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

/// What a column refers to, where it can only be one: a file and its column; else blank.
std::pair<std::string_view, std::string_view> referenced(std::string_view file, const field_rule& field) {
  node_kinds kinds = kinds_named(field.refers_to);
  for (const auto& r : schema::edge_rules)
    if (r.file == file && (field.name == "from" || field.name == "to"))
      for (const auto& j : r.joins) kinds = kinds | (field.name == "from" ? j.from : j.to);
  for (const auto& r : schema::node_rules)
    if (kinds == node_kinds(r.kind)) return {r.file, "id"};
  return table_and_column(field.refers_to);
}

/// The fields that name one row together, as far as the file has them.
json key_of(const written_file& file) {
  const record_rule* records = find_record_rule(file.name);
  auto fields = records == nullptr ? std::span<const std::string_view>() : records->key;
  for (const auto& r : schema::node_rules)
    if (r.file == file.name) fields = schema::by_id;
  json key = json::array();
  for (const auto name : fields)
    if (std::any_of(file.columns.begin(), file.columns.end(), [&](const auto& c) { return c.first == name; }))
      key.push_back(std::string(name));
  return key;
}

json foreign_key(const std::string& column, std::string_view file, std::string_view field) {
  json reference = json::object();
  reference["resource"] = std::string(file);
  reference["fields"] = json::array({std::string(field)});
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
    if (rule == rules.end()) continue;
    const auto [target, of] = referenced(file.name, *rule);
    if (std::any_of(files.begin(), files.end(), [&, file_name = target](const auto& f) { return f.name == file_name; }))
      foreign.push_back(foreign_key(name, target, of));
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

std::string_view frictionless_type(column_type t) {
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
