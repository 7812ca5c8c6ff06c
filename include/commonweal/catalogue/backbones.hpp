// SPDX-License-Identifier: Apache-2.0
// Who may be a backbone, what speaks for and against each, and what to weigh when choosing.
#pragma once

#include <array>

#include <commonweal/catalogue/entry.hpp>

namespace commonweal::inline v0::catalogue {

struct backbone_type {
  entry what;
  std::string_view pros;    ///< separated by semicolons
  std::string_view cons;    ///< separated by semicolons
  std::string_view example; ///< as the source names it; blank when it names none
};

// clang-format off
inline constexpr std::array<backbone_type, 12> backbone_types = {{
    {{"funder", "One funder plans, finances and convenes", "H1", "HKK2012"}, "start-up and recurring money; brings others to the table", "weaker buy-in when seen as one funder's; not seen as neutral", "Calgary Homeless Foundation"},
    {{"new_nonprofit", "A new entity made for the purpose", "H1", "HKK2012"}, "seen as neutral; no baggage; clear focus", "no lasting income, doubts about priorities; competes with local nonprofits", "Community Center for Education Results"},
    {{"existing_nonprofit", "An established nonprofit leads the coordination", "H1", "HKK2012"}, "credibility, ownership, understanding of the issue; infrastructure in place where resourced", "baggage, not seen as neutral; little attention where poorly funded", "Opportunity Chicago"},
    {{"government", "A local or state public body drives it", "H1", "HKK2012"}, "public seal of approval; infrastructure in place where resourced", "bureaucracy slows; public money may not last", "Shape Up Somerville"},
    {{"shared", "Several organizations share the functions", "H1", "HKK2012"}, "fewer resources needed from each; broad buy-in and expertise", "accountability unclear; coordination costs", "Magnolia Place"},
    {{"steering_committee", "A committee of senior leaders decides", "H1", "HKK2012"}, "buy-in of senior leaders of all sectors", "accountability unclear with many voices", "Memphis Fast Forward"},
    {{"community_based", "A community-based organization", "H2", "Klempin"}, "roots in the community", "low capacity", ""},
    {{"city", "A city government", "H2", "Klempin"}, "history of convening", "too political", ""},
    {{"public_schools", "A public school system", "H2", "Klempin"}, "history of convening", "too political", ""},
    {{"postsecondary", "A postsecondary institution", "H2", "Klempin"}, "has led partnerships with the community", "competition between local colleges", ""},
    {{"workforce", "A workforce organization", "H2", "Klempin"}, "connections to the labor market", "knows too little of the education sectors", ""},
    {{"multiple", "Several organizations", "H2", "Klempin"}, "responsibilities follow expertise", "harder to act as one", ""},
}};
// clang-format on

/// What candidates are scored on (H5).
inline constexpr std::array<entry, 9> selection_criteria = {{
    {"neutrality", "Known to be neutral", "H5", "Klempin"},
    {"convening", "Able to convene diverse sectors", "H5", "Klempin"},
    {"experience", "Has done similar collaborative work", "H5", "Klempin"},
    {"fundraising", "Able to raise funds", "H5", "Klempin"},
    {"data_collection", "Able to collect data", "H5", "Klempin"},
    {"evaluation", "Able to evaluate", "H5", "Klempin"},
    {"fit", "Fits the issue and the place", "H5", "HKK2012"},
    {"secure_funding", "Able to secure its own funding", "H5", "HKK2012"},
    {"mobilizing", "Able to mobilize stakeholders", "H5", "HKK2012"},
}};

/// Two goods of which more of one tends to mean less of the other: shown, never collapsed into one score (H6).
struct tension {
  entry what;
  std::string_view one;
  std::string_view other;
};

inline constexpr std::array<tension, 5> tensions = {{
    {{"history_capacity", "Worked together before, and still has time", "H6", "Klempin"},
     "history of collaboration",
     "free capacity"},
    {{"capital_neutrality", "Has weight, and takes no side", "H6", "Klempin"}, "political capital", "neutrality"},
    {{"reach_roots", "Reaches far, and belongs here", "H6", "Klempin"}, "wide reach", "community roots"},
    {{"expertise_breadth", "Knows its sector, and the others", "H6", "Klempin"},
     "sector expertise",
     "cross-sector knowledge"},
    {{"size", "Large enough to carry it, small enough to move", "H6", "Klempin"},
     "capacity",
     "freedom from bureaucracy"},
}};

} // namespace commonweal::inline v0::catalogue
