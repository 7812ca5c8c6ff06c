// SPDX-License-Identifier: Apache-2.0
// The model on one page: which nodes there are, which edges may join them, what each may carry, and which
// requirement asks for it. To add a relation, add its name in kinds.hpp and its line in edge_rules below.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>

#include <commonweal/catalogue/vocabularies.hpp>
#include <commonweal/core/field_rule.hpp>
#include <commonweal/network/kinds.hpp>

namespace commonweal::inline v0 {

/// Nodes of one kind: `file` names their CSV, whose first columns are always id, name, start, end.
struct node_rule {
  node_kind kind;
  std::string_view file;
  std::span<const field_rule> attributes;
  std::string_view source;
};

/// Which kinds an edge may leave and enter.
struct join_rule {
  node_kinds from;
  node_kinds to;
};

/// How many edges of a kind may leave one node on one day.
enum class cardinality : std::uint8_t { many, one_at_a_time };

/// What two edges of a kind between the same two nodes mean when their intervals overlap.
/// merge: the same fact told twice (a warning, counted once); keep: two facts (two grants).
enum class parallel_rule : std::uint8_t { merge, keep };

/// Edges of one kind: `file` names their CSV, whose first columns are always from, to, start, end.
struct edge_rule {
  edge_kind kind;
  std::string_view file;
  std::span<const join_rule> joins;
  std::span<const field_rule> attributes;
  bool acyclic = false;   ///< checked at every date on which anything changes
  bool symmetric = false; ///< told once, holds both ways
  cardinality out = cardinality::many;
  parallel_rule parallel = parallel_rule::merge;
  std::string_view meaning = {};
  std::string_view source = {};
};

// clang-format off
namespace schema {
using enum node_kind;
using enum edge_kind;
using enum column_type;

// ---- closed lists of words; enum_names takes those that have an enumeration ---------------------
inline constexpr std::array<std::string_view, 6> indicator_kinds = {"count", "amount", "ratio", "mean", "index", "score"};
inline constexpr std::array<std::string_view, 4> directions = {"up", "down", "keep", "none"};
inline constexpr std::array<std::string_view, 16> operators = {
    "sum", "mean", "weighted_mean", "ratio_of_sums", "min", "max", "count", "first", "last", "stddev_population",
    "stddev_sample", "none", "range", "geometric_mean", "median", "percentile"};
inline constexpr auto plain_operators = std::span(operators).first<15>(); // percentile takes a number
inline constexpr std::array<std::string_view, 2> orders = {"time_then_groups", "groups_then_time"};
inline constexpr std::array<std::string_view, 2> stock_or_flow = {"flow", "stock"};
inline constexpr std::array<std::string_view, 2> leads = {"leading", "lagging"};
inline constexpr std::array<std::string_view, 2> levels = {"community", "participant"};
inline constexpr std::array<std::string_view, 3> unduplicated_methods = {"bounds", "ids", "sketch"};
inline constexpr std::array<std::string_view, 2> formula_levels = {"aggregate", "reporter"};
inline constexpr std::array<std::string_view, 2> horizons = {"short", "long"};
inline constexpr auto frequencies = enum_names<frequency>::values;

// ---- attributes of nodes (after id, name, start, end) -------------------------------------------
inline constexpr field_rule description{.name = "description", .meaning = "in a sentence or two"};
inline constexpr field_rule source{.name = "source", .meaning = "where this fact comes from"};

inline constexpr std::array person_fields = {
    field_rule{.name = "title", .meaning = "office or role held"},
    field_rule{.name = "affected", .type = boolean, .fallback = "false", .meaning = "touched by the issue themselves", .source = "F1"},
    description, source};
inline constexpr std::array organization_fields = {
    field_rule{.name = "sector", .allowed = catalogue::sectors, .meaning = "sector the organization belongs to", .source = "F13", .open_list = true},
    field_rule{.name = "identifier", .meaning = "id in a public register, as SCHEME:NUMBER", .source = "FEATURES pain 14"},
    description, source};
inline constexpr std::array group_fields = {
    field_rule{.name = "kind", .fallback = "working_group", .allowed = catalogue::group_kinds, .meaning = "place in the cascade", .source = "F1-F8", .open_list = true},
    description, source};
inline constexpr std::array goal_fields = {
    field_rule{.name = "primary", .type = boolean, .fallback = "true", .meaning = "participants must agree on it", .source = "B1"},
    description, source};
inline constexpr std::array strategy_fields = {
    field_rule{.name = "horizon", .allowed = horizons, .meaning = "short-term win or long-term change", .source = "E5"},
    description, source};
inline constexpr std::array activity_fields = {field_rule{.name = "kind", .meaning = "what sort of work it is"}, description, source};
inline constexpr std::array indicator_fields = {
    field_rule{.name = "unit", .meaning = "unit of the value: people, USD, percent"},
    field_rule{.name = "kind", .fallback = "amount", .allowed = indicator_kinds, .meaning = "what the value is", .source = "B2"},
    field_rule{.name = "direction", .fallback = "none", .allowed = directions, .meaning = "the wanted direction", .source = "C.27"},
    field_rule{.name = "over_groups", .allowed = plain_operators, .min = 0, .max = 100, .meaning = "operator up the hierarchy; the kind's own when blank", .takes_number = operators.back()},
    field_rule{.name = "over_time", .allowed = plain_operators, .min = 0, .max = 100, .meaning = "operator over periods; the kind's own when blank", .takes_number = operators.back()},
    field_rule{.name = "order", .fallback = "time_then_groups", .allowed = orders, .meaning = "which operator comes first"},
    field_rule{.name = "nature", .fallback = "flow", .allowed = stock_or_flow, .meaning = "a stock holds at a moment, a flow adds over time"},
    field_rule{.name = "lead", .allowed = leads, .meaning = "early sign or final result", .source = "I12"},
    field_rule{.name = "level", .allowed = levels, .meaning = "measured in the community or by each participant", .source = "B2"},
    field_rule{.name = "counts_people", .type = boolean, .fallback = "false", .meaning = "several reporters may count the same person"},
    field_rule{.name = "unduplicated", .fallback = "bounds", .allowed = unduplicated_methods, .meaning = "how people are told apart"},
    field_rule{.name = "factor", .type = float64, .fallback = "1", .meaning = "a ratio is factor x numerator / denominator"},
    field_rule{.name = "formula", .meaning = "computed from other indicators, by id"},
    field_rule{.name = "formula_level", .fallback = "aggregate", .allowed = formula_levels, .meaning = "aggregate first, or compute for each reporter first"},
    field_rule{.name = "look_back", .type = int64, .unit = "base periods", .min = 0, .meaning = "how far back the operator last may look; unlimited when blank"},
    field_rule{.name = "version", .meaning = "version of the definition", .source = "I4"},
    field_rule{.name = "vocabulary", .meaning = "code list the definition comes from", .source = "FEATURES pain 14"},
    field_rule{.name = "code", .meaning = "code within the vocabulary"},
    description, source};

inline constexpr std::array<node_rule, node_kind_count> node_rules = {{
    {person, "people", person_fields, "A1, F1"},
    {organization, "organizations", organization_fields, "F13, B5"},
    {group, "groups", group_fields, "F1-F8"},
    {goal, "goals", goal_fields, "B1, E3"},
    {strategy, "strategies", strategy_fields, "E3, E5"},
    {activity, "activities", activity_fields, "B3"},
    {indicator, "indicators", indicator_fields, "B2, I3, I4"},
}};

// ---- attributes of edges (after from, to, start, end) -------------------------------------------
inline constexpr std::array funds_fields = {
    field_rule{.name = "amount", .type = float64, .unit = "currency", .min = 0, .meaning = "total committed", .source = "A3"},
    field_rule{.name = "currency", .meaning = "ISO 4217 code"},
    field_rule{.name = "anchor", .type = boolean, .fallback = "false", .meaning = "anchor funder, engaged from the outset", .source = "A3"}, source};
inline constexpr std::array backbone_fields = {
    field_rule{.name = "functions", .meaning = "functions taken on, separated by semicolons; all when blank", .source = "C-I, F11"},
    field_rule{.name = "staff_roles", .meaning = "roles staffed, separated by semicolons", .source = "H9"}, source};
inline constexpr std::array member_fields = {
    field_rule{.name = "seat", .allowed = catalogue::seats, .meaning = "which seat it is", .source = "F1, B4"},
    field_rule{.name = "chair", .type = boolean, .fallback = "false", .meaning = "chairs the group"}, source};
inline constexpr std::array role_fields = {
    field_rule{.name = "role", .meaning = "office held"},
    field_rule{.name = "seat", .allowed = catalogue::seats, .meaning = "rank in the organization", .source = "A1"}, source};
inline constexpr std::array lead_fields = {
    field_rule{.name = "lead", .type = boolean, .fallback = "false", .meaning = "lead partner", .source = "F9"}, source};
inline constexpr std::array rating_fields = {
    field_rule{.name = "rating", .type = float64, .meaning = "how strongly", .scale = {.high = "scale_max", .code = "rating_off_scale", .loads = true}},
    field_rule{.name = "scale_max", .type = float64, .meaning = "best rating possible"},
    field_rule{.name = "dimension", .meaning = "which aspect is rated; all of it when blank", .source = "B1"}, source};
inline constexpr std::array tie_fields = {
    field_rule{.name = "every", .allowed = frequencies, .meaning = "how often they are in touch", .source = "B4"}, source};
inline constexpr std::array report_fields = {
    field_rule{.name = "every", .allowed = frequencies, .meaning = "how often a report is due; the indicator's own when blank"},
    field_rule{.name = "due_days", .type = int64, .unit = "days after the period", .min = 0, .meaning = "when it is due"}, source};
inline constexpr std::array plain_fields = {source};

// ---- who may be joined to whom ------------------------------------------------------------------
inline constexpr node_kinds actor = person | organization;
inline constexpr node_kinds party = actor | node_kinds{group};
inline constexpr std::array champions_joins = {join_rule{actor, group | goal}};
inline constexpr std::array funds_joins = {join_rule{actor, organization | group | node_kinds{goal} | strategy | activity}};
inline constexpr std::array backbone_joins = {join_rule{organization, group}};
inline constexpr std::array member_joins = {join_rule{actor, group}};
inline constexpr std::array part_joins = {join_rule{group, group}};
inline constexpr std::array link_joins = {join_rule{group, group | organization}};
inline constexpr std::array employed_joins = {join_rule{person, organization}};
inline constexpr std::array pursues_joins = {join_rule{group | organization, goal | strategy}};
inline constexpr std::array advances_joins = {join_rule{strategy | activity, goal | strategy}, join_rule{goal, goal}};
inline constexpr std::array measured_joins = {join_rule{goal | strategy | node_kinds{activity} | group, indicator}};
inline constexpr std::array performs_joins = {join_rule{party, activity}};
inline constexpr std::array implements_joins = {join_rule{party | node_kinds{activity}, strategy}};
inline constexpr std::array reinforces_joins = {join_rule{activity | strategy, activity | strategy}};
inline constexpr std::array endorses_joins = {join_rule{party, goal | strategy}};
inline constexpr std::array communicates_joins = {join_rule{party, party}};
inline constexpr std::array trusts_joins = {join_rule{actor, actor}};
inline constexpr std::array reports_joins = {join_rule{organization | group, indicator}};

inline constexpr std::array<edge_rule, edge_kind_count> edge_rules = {{
    {.kind = champions, .file = "champions", .joins = champions_joins, .attributes = plain_fields, .meaning = "brings leaders together and keeps them engaged", .source = "A1, A2"},
    {.kind = funds, .file = "funds", .joins = funds_joins, .attributes = funds_fields, .parallel = parallel_rule::keep, .meaning = "commits money", .source = "A3, H10, H12"},
    {.kind = serves_as_backbone, .file = "serves_as_backbone", .joins = backbone_joins, .attributes = backbone_fields, .meaning = "is a backbone, alone or with others", .source = "B5, C, F8, F11"},
    {.kind = member_of, .file = "member_of", .joins = member_joins, .attributes = member_fields, .meaning = "sits in the group", .source = "F1, F12"},
    {.kind = part_of, .file = "part_of", .joins = part_joins, .attributes = plain_fields, .acyclic = true, .meaning = "the cascade", .source = "F2, F3, F7, F8"},
    {.kind = linked_with, .file = "linked_with", .joins = link_joins, .attributes = plain_fields, .symmetric = true, .meaning = "liaison outside the cascade", .source = "F4, F5"},
    {.kind = employed_by, .file = "employed_by", .joins = employed_joins, .attributes = role_fields, .meaning = "works for or leads", .source = "A1, H8"},
    {.kind = pursues, .file = "pursues", .joins = pursues_joins, .attributes = plain_fields, .meaning = "has taken it on", .source = "F2, B1"},
    {.kind = advances, .file = "advances", .joins = advances_joins, .attributes = plain_fields, .acyclic = true, .meaning = "leads toward the goal", .source = "E7"},
    {.kind = measured_by, .file = "measured_by", .joins = measured_joins, .attributes = plain_fields, .meaning = "is seen by this measure", .source = "E7, B2, I2"},
    {.kind = performs, .file = "performs", .joins = performs_joins, .attributes = lead_fields, .meaning = "does the activity", .source = "B3"},
    {.kind = implements, .file = "implements", .joins = implements_joins, .attributes = lead_fields, .meaning = "carries the strategy out", .source = "F9, B3"},
    {.kind = reinforces, .file = "reinforces", .joins = reinforces_joins, .attributes = plain_fields, .meaning = "makes the other more effective", .source = "B3, E7"},
    {.kind = endorses, .file = "endorses", .joins = endorses_joins, .attributes = rating_fields, .parallel = parallel_rule::keep, .meaning = "agrees with it", .source = "B1"},
    {.kind = communicates_with, .file = "communicates_with", .joins = communicates_joins, .attributes = tie_fields, .symmetric = true, .meaning = "in touch regularly", .source = "B4, C.27 2.3"},
    {.kind = trusts, .file = "trusts", .joins = trusts_joins, .attributes = rating_fields, .parallel = parallel_rule::keep, .meaning = "rates the other's trustworthiness", .source = "B4, C.27 2.4"},
    {.kind = reports, .file = "reports", .joins = reports_joins, .attributes = report_fields, .meaning = "is expected to report the indicator", .source = "B2, I9"},
}};
} // namespace schema
// clang-format on

[[nodiscard]] constexpr const node_rule& rule_of(node_kind k) {
  return schema::node_rules[static_cast<std::size_t>(k)];
}
[[nodiscard]] constexpr const edge_rule& rule_of(edge_kind k) {
  return schema::edge_rules[static_cast<std::size_t>(k)];
}

/// True where the schema lets an edge of kind `e` leave a `from` and enter a `to`.
[[nodiscard]] constexpr bool may_join(edge_kind e, node_kind from, node_kind to) {
  return std::any_of(rule_of(e).joins.begin(), rule_of(e).joins.end(),
                     [&](const join_rule& j) { return j.from.contains(from) && j.to.contains(to); });
}

namespace detail {
constexpr bool schema_is_in_enum_order() {
  for (std::size_t i = 0; i < schema::node_rules.size(); ++i)
    if (static_cast<std::size_t>(schema::node_rules[i].kind) != i) return false;
  for (std::size_t i = 0; i < schema::edge_rules.size(); ++i)
    if (static_cast<std::size_t>(schema::edge_rules[i].kind) != i) return false;
  return true;
}
static_assert(schema_is_in_enum_order(), "node_rules and edge_rules follow the order of kinds.hpp");
} // namespace detail

} // namespace commonweal::inline v0
