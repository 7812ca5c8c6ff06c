// SPDX-License-Identifier: Apache-2.0
// The tables of the folder that are neither nodes nor edges: observations, targets, and the records kept.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include <commonweal/core/field_rule.hpp>
#include <commonweal/network/schema.hpp>

namespace commonweal::inline v0 {

/// Records of one kind: `file` names their CSV.
struct record_rule {
  std::string_view file;
  std::span<const field_rule> fields;
  std::string_view source;
  std::span<const std::string_view> key = {}; ///< fields that name one record together
};

// clang-format off
namespace schema {
inline constexpr std::array<std::string_view, 4> statuses = {"reported", "missing", "not_expected", "suppressed"};
inline constexpr std::array<std::string_view, 3> target_kinds = {"target", "baseline", "forecast"};

inline constexpr std::array observation_fields = {
    field_rule{.name = "reporter", .required = true, .meaning = "id of an organization or a group", .refers_to = "organization|group"},
    field_rule{.name = "indicator", .required = true, .meaning = "id of an indicator", .refers_to = "indicator"},
    field_rule{.name = "period", .type = period, .required = true, .meaning = "2024, 2024-Q1, 2024-03, 2024-W05 or 2024-03-15"},
    field_rule{.name = "value", .type = float64, .meaning = "the value; blank is missing, never zero"},
    field_rule{.name = "numerator", .type = float64, .meaning = "of a ratio"},
    field_rule{.name = "denominator", .type = float64, .meaning = "of a ratio; the weight of a mean"},
    field_rule{.name = "breakdown", .meaning = "part of the whole, as dimension=category;...; blank is the total"},
    field_rule{.name = "status", .allowed = statuses, .meaning = "reported where a value is given, missing where it is blank"},
};
inline constexpr std::array served_fields = {
    field_rule{.name = "reporter", .required = true, .meaning = "who served the person", .source = "FEATURES 1", .refers_to = "organization|group"},
    field_rule{.name = "indicator", .required = true, .meaning = "count of people that the person is in", .refers_to = "indicator"},
    field_rule{.name = "period", .type = period, .required = true, .meaning = "period of the report"},
    field_rule{.name = "person", .required = true, .meaning = "salted id: the same text for the same person from every reporter, and never a name"},
    field_rule{.name = "breakdown", .meaning = "as in observations; blank is the total"},
};
inline constexpr std::array target_fields = {
    field_rule{.name = "indicator", .required = true, .meaning = "id of an indicator", .refers_to = "indicator"},
    field_rule{.name = "of", .meaning = "id of a group or reporter; the whole initiative when blank", .refers_to = "organization|group"},
    field_rule{.name = "period", .type = period, .required = true, .meaning = "when"},
    field_rule{.name = "value", .type = float64, .required = true, .meaning = "how much"},
    field_rule{.name = "kind", .fallback = "target", .allowed = target_kinds, .meaning = "aimed at, started from or foreseen"},
    source,
};
inline constexpr std::array measure_map_fields = {
    field_rule{.name = "local", .required = true, .meaning = "id of the local measure", .source = "I4"},
    field_rule{.name = "indicator", .required = true, .meaning = "id of the shared indicator", .refers_to = "indicator"},
    field_rule{.name = "factor", .type = float64, .fallback = "1", .meaning = "shared = factor x local + offset"},
    field_rule{.name = "offset", .type = float64, .fallback = "0", .meaning = "see factor"},
    field_rule{.name = "start", .type = date, .meaning = "first day the mapping holds"},
    field_rule{.name = "end", .type = date, .meaning = "first day it no longer holds", .above = "start"},
    field_rule{.name = "version", .meaning = "version of the definition"},
    field_rule{.name = "category_from", .meaning = "local breakdown that the row is for; any without a row of its own when blank"},
    field_rule{.name = "category_to", .meaning = "shared breakdown it becomes; the total when blank"}, source,
};
inline constexpr std::array meeting_fields = {
    field_rule{.name = "id", .required = true, .meaning = "id of the meeting", .source = "B4"},
    field_rule{.name = "group", .required = true, .meaning = "id of the group that met", .refers_to = "group", .exists_on = "date"},
    field_rule{.name = "date", .type = date, .required = true, .meaning = "day it met"},
    field_rule{.name = "facilitator", .meaning = "id of a person or organization", .refers_to = "person|organization"},
    field_rule{.name = "external_facilitator", .type = boolean, .meaning = "facilitated from outside"},
    field_rule{.name = "agenda", .type = boolean, .meaning = "had a structured agenda"}, source,
};
inline constexpr std::array attendance_fields = {
    field_rule{.name = "meeting", .required = true, .meaning = "id of the meeting", .source = "B4", .refers_to = "meetings.id"},
    field_rule{.name = "member", .required = true, .meaning = "id of the person or organization represented", .refers_to = "person|organization", .exists_on = "meeting.date"},
    field_rule{.name = "seat", .allowed = catalogue::seats, .meaning = "who came: the chief executive or a delegate"},
    field_rule{.name = "present", .type = boolean, .fallback = "true", .meaning = "came"},
};
inline constexpr std::array survey_fields = {
    field_rule{.name = "respondent", .required = true, .meaning = "id of the organization or person that answers", .source = "C.27, G", .refers_to = "person|organization", .exists_on = "date"},
    field_rule{.name = "item", .required = true, .meaning = "what was asked"},
    field_rule{.name = "about", .meaning = "id of the node asked about; the initiative when blank", .refers_to = "any"},
    field_rule{.name = "date", .type = date, .required = true, .meaning = "day of the answer"},
    field_rule{.name = "rating", .type = float64, .meaning = "the answer", .scale = {"scale_min", "scale_max", "rating_off_scale"}},
    field_rule{.name = "scale_min", .type = float64, .fallback = "1", .meaning = "lowest answer possible"},
    field_rule{.name = "scale_max", .type = float64, .fallback = "5", .meaning = "highest answer possible", .above = "scale_min"},
};

inline constexpr std::array submission_fields = {
    field_rule{.name = "reporter", .required = true, .meaning = "who sent the report", .refers_to = "organization|group"},
    field_rule{.name = "indicator", .meaning = "which indicator; every one of that period when blank", .refers_to = "indicator"},
    field_rule{.name = "period", .type = period, .required = true, .meaning = "period reported on"},
    field_rule{.name = "received", .type = date, .required = true, .meaning = "day it came in"},
};
inline constexpr std::array<std::string_view, 8> comparisons = {"==", "!=", ">", ">=", "<", "<=", "compulsory_pair", "exclusive_pair"};
inline constexpr std::array quality_fields = {
    field_rule{.name = "id", .required = true, .meaning = "id of the rule", .source = "FEATURES 1, quality"},
    field_rule{.name = "left", .required = true, .meaning = "formula, computed for each reporter and period"},
    field_rule{.name = "operator", .required = true, .allowed = comparisons, .meaning = "how the left side must compare with the right; a pair: both or neither, or not both, reported"},
    field_rule{.name = "right", .required = true, .meaning = "formula"},
    field_rule{.name = "tolerance", .type = float64, .fallback = "0", .min = 0, .meaning = "how far off is still accepted, in the unit of the formulas"},
    field_rule{.name = "meaning", .meaning = "what the rule says, for people"}, source,
};
inline constexpr std::array budget_fields = {
    field_rule{.name = "organization", .required = true, .meaning = "whose budget", .source = "H10", .refers_to = "organization"},
    field_rule{.name = "period", .type = period, .required = true, .meaning = "for how long"},
    field_rule{.name = "amount", .type = float64, .required = true, .unit = "currency", .min = 0, .meaning = "total budget"},
    field_rule{.name = "currency", .meaning = "ISO 4217 code"}, source,
};
inline constexpr std::array staff_fields = {
    field_rule{.name = "organization", .required = true, .meaning = "the backbone that employs", .source = "H9, H10", .refers_to = "organization"},
    field_rule{.name = "role", .required = true, .allowed = catalogue::staff_roles, .meaning = "staff role", .open_list = true},
    field_rule{.name = "person", .meaning = "id of the person; blank while vacant or unnamed", .refers_to = "person"},
    field_rule{.name = "fte", .type = float64, .unit = "full-time equivalents", .fallback = "1", .min = 0, .meaning = "how much of a post"},
    field_rule{.name = "annual_cost", .type = float64, .unit = "currency a year", .min = 0, .meaning = "cost of a full post for a year"},
    field_rule{.name = "currency", .meaning = "ISO 4217 code"},
    field_rule{.name = "start", .type = date, .meaning = "first day"},
    field_rule{.name = "end", .type = date, .meaning = "first day no longer", .above = "start"}, source,
};
inline constexpr std::array cost_fields = {
    field_rule{.name = "item", .required = true, .meaning = "what the infrastructure or planning costs are for", .source = "A3"},
    field_rule{.name = "start", .type = date, .required = true, .meaning = "first day covered"},
    field_rule{.name = "end", .type = date, .required = true, .meaning = "first day no longer covered", .above = "start"},
    field_rule{.name = "amount", .type = float64, .required = true, .unit = "currency", .min = 0, .meaning = "planned cost of the whole span"},
    field_rule{.name = "currency", .meaning = "ISO 4217 code"}, source,
};
inline constexpr std::array rate_fields = {
    field_rule{.name = "currency", .required = true, .meaning = "ISO 4217 code of one unit", .source = "A3"},
    field_rule{.name = "to", .required = true, .meaning = "ISO 4217 code of what it buys"},
    field_rule{.name = "rate", .type = float64, .required = true, .min = 0, .meaning = "how much it buys", .above_min = true}, source,
};
inline constexpr std::array<std::string_view, 5> framework_parts = {"problem", "goal", "strategies", "principles", "evaluation"};
inline constexpr std::array agenda_fields = {
    field_rule{.name = "version", .required = true, .meaning = "version of the framework", .source = "E3, E6"},
    field_rule{.name = "date", .type = date, .required = true, .meaning = "day it was agreed"},
    field_rule{.name = "component", .required = true, .allowed = framework_parts, .meaning = "part of the framework"},
    field_rule{.name = "text", .required = true, .meaning = "what it says"}, source,
};
inline constexpr std::array<std::string_view, 2> sides = {"in", "out"};
inline constexpr std::array boundary_fields = {
    field_rule{.name = "item", .required = true, .meaning = "issue, population or place", .source = "E2"},
    field_rule{.name = "side", .required = true, .allowed = sides, .meaning = "inside or outside the boundary"},
    field_rule{.name = "reason", .meaning = "why"},
    field_rule{.name = "start", .type = date, .meaning = "first day"},
    field_rule{.name = "end", .type = date, .meaning = "first day no longer", .above = "start"}, source,
};
inline constexpr std::array plan_fields = {
    field_rule{.name = "group", .required = true, .meaning = "working group", .source = "F6", .refers_to = "group", .exists_on = "date"},
    field_rule{.name = "indicator", .required = true, .meaning = "measure it means to move", .refers_to = "indicator"},
    field_rule{.name = "date", .type = date, .required = true, .meaning = "day of the plan"},
    field_rule{.name = "text", .meaning = "what it will do"}, source,
};
inline constexpr std::array agreement_fields = {
    field_rule{.name = "id", .required = true, .meaning = "id of the agreement", .source = "I9"},
    field_rule{.name = "party", .required = true, .meaning = "who signed", .refers_to = "organization"},
    field_rule{.name = "kind", .fallback = "data_sharing", .meaning = "what it is about"},
    field_rule{.name = "start", .type = date, .meaning = "first day"},
    field_rule{.name = "end", .type = date, .meaning = "first day no longer", .above = "start"}, source,
};
inline constexpr std::array<std::string_view, 5> triggers = {"crisis", "opportunity", "funding", "approach", "evidence"};
inline constexpr std::array urgency_fields = {
    field_rule{.name = "trigger", .required = true, .allowed = triggers, .meaning = "what makes people act", .source = "A4"},
    field_rule{.name = "date", .type = date, .meaning = "since when"},
    field_rule{.name = "text", .meaning = "what happened"}, source,
};
inline constexpr std::array<std::string_view, 2> progress_states = {"done", "open"};
inline constexpr std::array milestone_fields = {
    field_rule{.name = "component", .meaning = "component of the phase scheme that it serves", .source = "D"},
    field_rule{.name = "date", .type = date, .meaning = "day reached"},
    field_rule{.name = "state", .fallback = "done", .allowed = progress_states, .meaning = "done or still open"},
    field_rule{.name = "early_win", .type = boolean, .fallback = "false", .meaning = "showed early that working together pays", .source = "D7"},
    field_rule{.name = "text", .required = true, .meaning = "what was reached"}, source,
};
inline constexpr std::array candidate_fields = {
    field_rule{.name = "id", .required = true, .meaning = "id of the candidate; need not be a node", .source = "H"},
    field_rule{.name = "name", .meaning = "name"},
    field_rule{.name = "type", .meaning = "type of backbone", .source = "H1, H2"},
    field_rule{.name = "functions", .meaning = "functions it could take on, separated by semicolons", .source = "H7"}, source,
};
inline constexpr std::array score_fields = {
    field_rule{.name = "candidate", .required = true, .meaning = "id of the candidate", .source = "H5, H6", .refers_to = "candidates.id"},
    field_rule{.name = "criterion", .required = true, .meaning = "what is scored"},
    field_rule{.name = "score", .type = float64, .required = true, .meaning = "the score", .scale = {.high = "scale_max", .code = "score_off_scale", .loads = true}},
    field_rule{.name = "scale_max", .type = float64, .fallback = "5", .meaning = "best score possible"}, source,
};
inline constexpr std::array rubric_fields = {
    field_rule{.name = "rubric", .required = true, .meaning = "name of the rubric", .source = "N"},
    field_rule{.name = "section", .meaning = "part of the rubric"},
    field_rule{.name = "id", .required = true, .meaning = "id of the criterion, as survey.csv names it in item"},
    field_rule{.name = "text", .required = true, .meaning = "what is asked"}, source,
};
inline constexpr std::array scheme_fields = {
    field_rule{.name = "scheme", .required = true, .meaning = "name of the phase scheme", .source = "D8, N5"},
    field_rule{.name = "order", .type = int64, .required = true, .min = 1, .meaning = "place of the phase, from 1"},
    field_rule{.name = "phase", .required = true, .meaning = "id of the phase"},
    field_rule{.name = "text", .meaning = "name of the phase"},
    field_rule{.name = "component", .meaning = "id of something the phase asks for"},
    field_rule{.name = "component_text", .meaning = "what it asks for"}, source,
};

inline constexpr std::array<std::string_view, 1> by_id = {"id"};
inline constexpr std::array<std::string_view, 4> by_cell = {"reporter", "indicator", "period", "breakdown"};
inline constexpr std::array<std::string_view, 2> by_currencies = {"currency", "to"};
inline constexpr std::array<std::string_view, 3> by_party = {"id", "party", "start"};
inline constexpr std::array<std::string_view, 2> by_criterion = {"candidate", "criterion"};

inline constexpr std::array<record_rule, 23> record_rules = {{
    {"observations", observation_fields, "B2", by_cell},
    {"people_served", served_fields, "FEATURES 1"},
    {"targets", target_fields, "FEATURES 1"},
    {"measure_map", measure_map_fields, "I4"},
    {"meetings", meeting_fields, "B4", by_id},
    {"attendance", attendance_fields, "B4"},
    {"survey", survey_fields, "C.27, G, B1"},
    {"submissions", submission_fields, "FEATURES 1, quality"},
    {"quality_rules", quality_fields, "FEATURES 1, quality", by_id},
    {"budgets", budget_fields, "H10"},
    {"backbone_staff", staff_fields, "H9, H10"},
    {"planned_costs", cost_fields, "A3"},
    {"exchange_rates", rate_fields, "A3", by_currencies},
    {"agenda", agenda_fields, "E3, E6"},
    {"boundaries", boundary_fields, "E2"},
    {"action_plans", plan_fields, "F6"},
    {"agreements", agreement_fields, "I9", by_party},
    {"urgency", urgency_fields, "A4"},
    {"milestones", milestone_fields, "D1-D3, D7"},
    {"candidates", candidate_fields, "H", by_id},
    {"scores", score_fields, "H5, H6", by_criterion},
    {"rubrics", rubric_fields, "N"},
    {"phase_schemes", scheme_fields, "D8, N5"},
}};
} // namespace schema
// clang-format on

/// The records of that file, or nullptr where the model has no such file.
[[nodiscard]] constexpr const record_rule* find_record_rule(std::string_view file) {
  for (const auto& r : schema::record_rules)
    if (r.file == file) return &r;
  return nullptr;
}

} // namespace commonweal::inline v0
