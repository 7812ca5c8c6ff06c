// SPDX-License-Identifier: Apache-2.0
// What the literature fixes, list by list, as tables. A newcomer to this room reads this header first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <commonweal/catalogue/backbones.hpp>
#include <commonweal/catalogue/conditions.hpp>
#include <commonweal/catalogue/contrast.hpp>
#include <commonweal/catalogue/effectiveness.hpp>
#include <commonweal/catalogue/functions.hpp>
#include <commonweal/catalogue/instruments.hpp>
#include <commonweal/catalogue/phases.hpp>
#include <commonweal/catalogue/preconditions.hpp>
#include <commonweal/catalogue/vocabularies.hpp>
#include <commonweal/core/suggest.hpp>
#include <commonweal/core/table.hpp>

namespace commonweal::inline v0::catalogue {

namespace detail {

using column_names = std::initializer_list<std::string_view>;

/// A table of id and text, the list's own columns, then requirement and source, all utf8.
inline table list_table(column_names own) {
  table t;
  t.add_column("id", column_type::utf8);
  t.add_column("text", column_type::utf8);
  for (const auto name : own) t.add_column(std::string(name), column_type::utf8);
  t.add_column("requirement", column_type::utf8);
  t.add_column("source", column_type::utf8);
  return t;
}

inline void add_line(table& t, const entry& e, std::initializer_list<std::string_view> own = {}) {
  std::vector<cell> row{e.id, e.text};
  row.insert(row.end(), own.begin(), own.end());
  row.emplace_back(e.requirement);
  row.emplace_back(e.source);
  t.append_row(row);
}

constexpr std::string_view yes_no(bool b) { return b ? "yes" : "no"; }

template <class Entries>
table plain_list(const Entries& entries) {
  table t = list_table({});
  for (const entry& e : entries) add_line(t, e);
  return t;
}

template <class Words>
table word_list(const Words& words, std::string_view requirement) {
  table t = list_table({});
  for (const std::string_view w : words) add_line(t, {w, w, requirement, "HKK2012"});
  return t;
}

inline table preconditions_table() {
  table t = list_table({"compensable", "optional"});
  for (const auto& p : preconditions) add_line(t, p.what, {yes_no(p.compensable), yes_no(p.optional)});
  return t;
}

inline table condition_names_table() {
  table t = list_table({});
  for (const auto& n : condition_names) add_line(t, {n.condition, n.name, "B6", n.source});
  return t;
}

inline table functions_table() {
  constexpr std::string_view emphasis[] = {"launch", "maturing", "expanding"};
  table t = list_table({"list", "maps_to", "emphasis"});
  for (std::size_t i = 0; i < functions.size(); ++i)
    add_line(t, functions[i], {"C-I", functions[i].id, emphasis[static_cast<std::size_t>(function_emphasis[i])]});
  for (const auto& f : other_functions) add_line(t, f.what, {f.list, f.maps_to, ""});
  return t;
}

inline table effectiveness_table() {
  table t = list_table({"function", "trend", "network"});
  for (const auto& e : effectiveness) add_line(t, e.what, {e.function, yes_no(e.trend), yes_no(e.network)});
  return t;
}

inline table phases_table() {
  table t = list_table({"scheme", "order"});
  for (const auto& p : phases) add_line(t, p.what, {p.scheme, std::to_string(p.order)});
  return t;
}

inline table phase_components_table() {
  table t = list_table({"scheme", "phase"});
  for (const auto& c : phase_components) add_line(t, c.what, {c.scheme, c.phase});
  return t;
}

inline table backbone_types_table() {
  table t = list_table({"pros", "cons", "example"});
  for (const auto& b : backbone_types) add_line(t, b.what, {b.pros, b.cons, b.example});
  return t;
}

inline table tensions_table() {
  table t = list_table({"one", "other"});
  for (const auto& x : tensions) add_line(t, x.what, {x.one, x.other});
  return t;
}

inline table contrast_table() {
  table t = list_table({"collective"});
  for (const auto& c : contrast) add_line(t, c.what, {yes_no(c.collective)});
  return t;
}

inline table rubrics_table() {
  table t = list_table({"rubric", "section"});
  for (const auto& c : rubric_criteria) add_line(t, c.what, {c.rubric, c.section});
  return t;
}

inline table sources_table() {
  table t = list_table({});
  for (const auto& w : cited_works) add_line(t, {w.key, w.citation, "", w.key});
  return t;
}

struct named_list {
  std::string_view name;
  std::string_view meaning;
  table (*make)();
};

// To add a list, add its line here.
inline constexpr named_list lists[] = {
    {"preconditions", "what has to be there first", preconditions_table},
    {"urgency_triggers", "what makes people act now", [] { return plain_list(urgency_triggers); }},
    {"precondition_policies", "gate or cultivate", [] { return plain_list(precondition_policies); }},
    {"conditions", "the five conditions", [] { return plain_list(conditions); }},
    {"condition_names", "what each source calls them", condition_names_table},
    {"framework_components", "parts of a strategic action framework", [] { return plain_list(framework_components); }},
    {"functions", "what a backbone does: five lists and their map", functions_table},
    {"effectiveness", "27 signs of an effective backbone", effectiveness_table},
    {"phases", "schemes of three, four and five phases", phases_table},
    {"phase_components", "what a phase asks for", phase_components_table},
    {"duration_drivers", "what makes organizing shorter or longer", [] { return plain_list(duration_drivers); }},
    {"backbone_types", "who may be a backbone, with pros and cons", backbone_types_table},
    {"selection_criteria", "what candidates are scored on", [] { return plain_list(selection_criteria); }},
    {"tensions", "what is to be weighed, not collapsed", tensions_table},
    {"contrast", "isolated against collective impact, ten statements", contrast_table},
    {"rubrics", "instruments of the field", rubrics_table},
    {"sectors", "sectors of organizations", [] { return word_list(sectors, "F13"); }},
    {"staff_roles", "staff of a backbone", [] { return word_list(staff_roles, "H9"); }},
    {"sources", "works cited", sources_table},
};

} // namespace detail

/// Name and meaning of every list. Columns: list utf8, meaning utf8, entries int64.
[[nodiscard]] inline table lists() {
  table t({{"list", column_type::utf8}, {"meaning", column_type::utf8}, {"entries", column_type::int64}});
  for (const auto& l : detail::lists) t.append_row({l.name, l.meaning, static_cast<std::int64_t>(l.make().rows())});
  return t;
}

/// One list. Columns, all utf8: id, text, the list's own, requirement, source (a key of the list "sources").
/// Throws invalid_argument naming the lists there are.
[[nodiscard]] inline table list(std::string_view name) {
  std::string names;
  nearest_words near(name);
  for (const auto& l : detail::lists) {
    if (l.name == name) return l.make();
    names += (names.empty() ? "" : ", ") + std::string(l.name);
    near.consider(l.name);
  }
  throw error(error_code::invalid_argument,
              with_hint("no list " + std::string(name) + " in the catalogue; there are " + names, near.question()));
}

} // namespace commonweal::inline v0::catalogue
