// SPDX-License-Identifier: Apache-2.0
// One entry of a catalogue list, and the works that entries cite.
#pragma once

#include <string_view>

namespace commonweal::inline v0::catalogue {

/// Works that the lists cite, by short key.
struct cited_work {
  std::string_view key;
  std::string_view citation;
};

inline constexpr cited_work cited_works[] = {
    {"HKK2012", "Hanleybrown, Kania and Kramer, Channeling Change: Making Collective Impact Work, Stanford Social "
                "Innovation Review (2012)"},
    {"KK2011", "Kania and Kramer, Collective Impact, Stanford Social Innovation Review (winter 2011)"},
    {"STEM", "State STEM networks: collective impact guide, section Organize, after Turner et al. (2012)"},
    {"SUMMARY",
     "Collective Impact and the Backbone Organization, one-page summary, after SSIR and the Tamarack Institute"},
    {"Klempin", "Klempin, Establishing the Backbone, Corridors of College Success Series, CCRC"},
    {"CIF", "Collective Impact Forum, readiness assessment"},
    {"CTB", "Community Tool Box, collective impact checklist"},
    {"FSG", "FSG, readiness factors and feasibility questions"},
    {"PRINCIPLES", "Collective Impact Forum, principles of practice"},
    {"Kauffman", "Kauffman and Collective Impact Forum, five phases"},
    {"C4I", "Collaboration for Impact, four phases"},
};

/// One line of a list. `id` is stable and never reused; `requirement` names the demand it answers
/// (docs/requirements.md); `source` is a key of `cited_works`. The wording is ours, the substance the source's.
struct entry {
  std::string_view id;
  std::string_view text;
  std::string_view requirement;
  std::string_view source;
};

} // namespace commonweal::inline v0::catalogue
