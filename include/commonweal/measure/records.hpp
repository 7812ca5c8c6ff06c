// SPDX-License-Identifier: Apache-2.0
// The tables of the folder that are neither nodes nor edges: observations, targets, and the records kept.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include <commonweal/core/field_rule.hpp>
#include <commonweal/network/schema.hpp>

namespace commonweal::inline v0 {

struct record_rule {
  std::string_view file;
  std::span<const field_rule> fields;
  std::string_view source;
};

// clang-format off
namespace schema {
inline constexpr std::array<std::string_view, 4> statuses = {"reported", "missing", "not_expected", "suppressed"};
inline constexpr std::array<std::string_view, 3> target_kinds = {"target", "baseline", "forecast"};

inline constexpr std::array observation_fields = {
    field_rule{.name = "reporter", .required = true, .meaning = "id of an organization or a group"},
    field_rule{.name = "indicator", .required = true, .meaning = "id of an indicator"},
    field_rule{.name = "period", .type = period, .required = true, .meaning = "2024, 2024-Q1, 2024-03, 2024-W05 or 2024-03-15"},
    field_rule{.name = "value", .type = float64, .meaning = "the value; blank is missing, never zero"},
    field_rule{.name = "numerator", .type = float64, .meaning = "of a ratio"},
    field_rule{.name = "denominator", .type = float64, .meaning = "of a ratio; the weight of a mean"},
    field_rule{.name = "breakdown", .meaning = "part of the whole, as dimension=category;...; blank is the total"},
    field_rule{.name = "status", .allowed = statuses, .meaning = "reported where a value is given, missing where it is blank"},
};
inline constexpr std::array target_fields = {
    field_rule{.name = "indicator", .required = true, .meaning = "id of an indicator"},
    field_rule{.name = "of", .meaning = "id of a group or reporter; the whole initiative when blank"},
    field_rule{.name = "period", .type = period, .required = true, .meaning = "when"},
    field_rule{.name = "value", .type = float64, .required = true, .meaning = "how much"},
    field_rule{.name = "kind", .fallback = "target", .allowed = target_kinds, .meaning = "aimed at, started from or foreseen"},
    source,
};
inline constexpr std::array measure_map_fields = {
    field_rule{.name = "local", .required = true, .meaning = "id of the local measure", .source = "I4"},
    field_rule{.name = "indicator", .required = true, .meaning = "id of the shared indicator"},
    field_rule{.name = "factor", .type = float64, .fallback = "1", .meaning = "shared = factor x local + offset"},
    field_rule{.name = "offset", .type = float64, .fallback = "0", .meaning = "see factor"},
    field_rule{.name = "start", .type = date, .meaning = "first day the mapping holds"},
    field_rule{.name = "end", .type = date, .meaning = "first day it no longer holds"},
    field_rule{.name = "version", .meaning = "version of the definition"}, source,
};
inline constexpr std::array meeting_fields = {
    field_rule{.name = "id", .required = true, .meaning = "id of the meeting", .source = "B4"},
    field_rule{.name = "group", .required = true, .meaning = "id of the group that met"},
    field_rule{.name = "date", .type = date, .required = true, .meaning = "day it met"},
    field_rule{.name = "facilitator", .meaning = "id of a person or organization"},
    field_rule{.name = "external_facilitator", .type = boolean, .meaning = "facilitated from outside"},
    field_rule{.name = "agenda", .type = boolean, .meaning = "had a structured agenda"}, source,
};
inline constexpr std::array attendance_fields = {
    field_rule{.name = "meeting", .required = true, .meaning = "id of the meeting", .source = "B4"},
    field_rule{.name = "member", .required = true, .meaning = "id of the person or organization represented"},
    field_rule{.name = "seat", .allowed = catalogue::seats, .meaning = "who came: the chief executive or a delegate"},
    field_rule{.name = "present", .type = boolean, .fallback = "true", .meaning = "came"},
};
inline constexpr std::array survey_fields = {
    field_rule{.name = "respondent", .required = true, .meaning = "id of the organization or person that answers", .source = "C.27, G"},
    field_rule{.name = "item", .required = true, .meaning = "what was asked"},
    field_rule{.name = "about", .meaning = "id of the node asked about; the initiative when blank"},
    field_rule{.name = "date", .type = date, .required = true, .meaning = "day of the answer"},
    field_rule{.name = "rating", .type = float64, .meaning = "the answer"},
    field_rule{.name = "scale_min", .type = float64, .fallback = "1", .meaning = "lowest answer possible"},
    field_rule{.name = "scale_max", .type = float64, .fallback = "5", .meaning = "highest answer possible"},
};

inline constexpr std::array<record_rule, 6> record_rules = {{
    {"observations", observation_fields, "B2"},
    {"targets", target_fields, "FEATURES 1"},
    {"measure_map", measure_map_fields, "I4"},
    {"meetings", meeting_fields, "B4"},
    {"attendance", attendance_fields, "B4"},
    {"survey", survey_fields, "C.27, G, B1"},
}};
} // namespace schema
// clang-format on

} // namespace commonweal::inline v0
