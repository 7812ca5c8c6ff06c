// SPDX-License-Identifier: Apache-2.0
// The files of the model and their columns, as the schema states them.
#include <commonweal/initiative/model_files.hpp>

#include <span>

#include <commonweal/measure/records.hpp>
#include <commonweal/network/schema.hpp>

namespace commonweal::inline v0 {

const std::vector<std::string_view>& files_of_the_model() {
  static const std::vector<std::string_view> files = [] {
    std::vector<std::string_view> out;
    for (const auto& r : schema::node_rules) out.push_back(r.file);
    for (const auto& r : schema::edge_rules) out.push_back(r.file);
    for (const auto& r : schema::record_rules) out.push_back(r.file);
    return out;
  }();
  return files;
}

std::vector<field_rule> fields_of(std::string_view file) {
  const field_rule start{.name = "start", .type = column_type::date, .meaning = "first day; open when blank"};
  const field_rule end{.name = "end", .type = column_type::date, .meaning = "first day no longer; open when blank"};
  std::vector<field_rule> out;
  const auto add = [&out](std::span<const field_rule> more) { out.insert(out.end(), more.begin(), more.end()); };
  for (const auto& r : schema::node_rules) {
    if (r.file != file) continue;
    out = {{.name = "id", .required = true, .meaning = "names the node in the whole initiative"},
           {.name = "name", .meaning = "for people; the id when blank"},
           start,
           end};
    add(r.attributes);
  }
  for (const auto& r : schema::edge_rules) {
    if (r.file != file) continue;
    out = {{.name = "from", .required = true, .meaning = "id of the node the edge leaves"},
           {.name = "to", .required = true, .meaning = "id of the node the edge enters"},
           start,
           end};
    add(r.attributes);
  }
  for (const auto& r : schema::record_rules)
    if (r.file == file) add(r.fields);
  return out;
}

} // namespace commonweal::inline v0
