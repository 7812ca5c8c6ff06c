// SPDX-License-Identifier: Apache-2.0
// What a backbone does: the sources' competing lists, kept apart, and a map between them.
#pragma once

#include <array>

#include <commonweal/catalogue/entry.hpp>

namespace commonweal::inline v0::catalogue {

/// When a function of list I comes to the fore as the initiative matures (C-seq).
enum class maturity : unsigned char { launch, maturing, expanding };

/// List I, six functions; the reference that the other lists are mapped to.
inline constexpr std::array<entry, 6> functions = {{
    {"vision", "Guide vision and strategy", "C-I", "STEM"},
    {"activities", "Support and align activities", "C-I", "STEM"},
    {"measurement", "Establish shared measurement", "C-I", "STEM"},
    {"public_will", "Build public will", "C-I", "STEM"},
    {"policy", "Advance policy", "C-I", "STEM"},
    {"funding", "Mobilize funding", "C-I", "STEM"},
}};

/// Emphasis of each function of list I, in its order (C-seq).
inline constexpr std::array<maturity, 6> function_emphasis = {maturity::launch,    maturity::launch,
                                                              maturity::maturing,  maturity::expanding,
                                                              maturity::expanding, maturity::expanding};

/// A function as another list has it. `maps_to` are ids of list I, separated by semicolons; the mapping is ours, made
/// from the wording, and is what one compares initiatives by when their sources disagree (M1).
struct mapped_function {
  std::string_view list;
  entry what;
  std::string_view maps_to;
};

inline constexpr std::array<mapped_function, 21> other_functions = {{
    {"C-II", {"II.direction", "Overall strategic direction", "C-II", "HKK2012"}, "vision"},
    {"C-II", {"II.dialogue", "Dialog between partners", "C-II", "HKK2012"}, "activities"},
    {"C-II", {"II.data", "Data collection and analysis", "C-II", "HKK2012"}, "measurement"},
    {"C-II", {"II.communications", "Communications", "C-II", "HKK2012"}, "public_will"},
    {"C-II", {"II.outreach", "Community outreach", "C-II", "HKK2012"}, "public_will"},
    {"C-II", {"II.funding", "Mobilizing funding", "C-II", "HKK2012"}, "funding"},
    {"C-III", {"III.coherence", "Overall strategic coherence", "C-III", "Klempin"}, "vision;policy"},
    {"C-III",
     {"III.committee", "Coordination through the steering committee", "C-III", "Klempin"},
     "vision;activities"},
    {"C-III", {"III.fundraising", "Fundraising and outreach", "C-III", "Klempin"}, "funding;public_will"},
    {"C-III", {"III.groups", "Setting up and supporting working groups", "C-III", "Klempin"}, "activities"},
    {"C-IV", {"IV.vision", "Shared vision", "C-IV", "Klempin"}, "vision"},
    {"C-IV", {"IV.data", "Data collection, analysis and dissemination", "C-IV", "Klempin"}, "measurement"},
    {"C-IV", {"IV.direction", "Day-to-day direction", "C-IV", "Klempin"}, "activities"},
    {"C-IV", {"IV.relations", "Public relations", "C-IV", "Klempin"}, "public_will"},
    {"C-IV", {"IV.fundraising", "Fundraising", "C-IV", "Klempin"}, "funding"},
    {"C-IV", {"IV.advocacy", "Policy advocacy", "C-IV", "Klempin"}, "policy"},
    {"C-V",
     {"V.facilitation", "Planning, managing and supporting by facilitation", "C-V", "KK2011"},
     "vision;activities"},
    {"C-V", {"V.technology", "Technology and communications support", "C-V", "KK2011"}, "activities;public_will"},
    {"C-V", {"V.data", "Data collection and reporting", "C-V", "KK2011"}, "measurement"},
    {"C-V", {"V.logistics", "Logistics and administration", "C-V", "KK2011"}, "activities"},
    {"C-V", {"V.process", "A structured process that leads to decisions", "C-V", "KK2011"}, "vision"},
}};

} // namespace commonweal::inline v0::catalogue
