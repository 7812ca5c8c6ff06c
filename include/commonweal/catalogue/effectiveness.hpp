// SPDX-License-Identifier: Apache-2.0
// The 27 signs of an effective backbone, by function.
#pragma once

#include <array>

#include <commonweal/catalogue/entry.hpp>

namespace commonweal::inline v0::catalogue {

/// One sign. `trend`: the wording asks for a change, so that two dates at least are needed. `network`: answered about
/// pairs of partners, not about one.
struct effectiveness_indicator {
  std::string_view function; ///< id in `functions`
  entry what;
  bool trend;
  bool network;
};

// clang-format off
inline constexpr std::array<effectiveness_indicator, 27> effectiveness = {{
    {"vision", {"1.1", "Partners describe the common agenda accurately", "C.27", "STEM"}, false, false},
    {"vision", {"1.2", "Partners speak up for its goals in public", "C.27", "STEM"}, false, false},
    {"vision", {"1.3", "Partners' own work comes closer to the agenda", "C.27", "STEM"}, true, false},
    {"vision", {"1.4", "Board and leaders turn more often to the backbone for support, guidance and leadership", "C.27", "STEM"}, true, false},
    {"activities", {"2.1", "Partners can say what their role is", "C.27", "STEM"}, false, false},
    {"activities", {"2.2", "The stakeholders who matter take part", "C.27", "STEM"}, false, false},
    {"activities", {"2.3", "Partners keep in touch and coordinate, through the backbone and without it", "C.27", "STEM"}, false, true},
    {"activities", {"2.4", "Partners trust each other more", "C.27", "STEM"}, true, true},
    {"activities", {"2.5", "Partners do more, and more kinds of, work together", "C.27", "STEM"}, true, false},
    {"activities", {"2.6", "The quality of partners' work improves", "C.27", "STEM"}, true, false},
    {"activities", {"2.7", "The efficiency of partners' work improves", "C.27", "STEM"}, true, false},
    {"activities", {"2.8", "Partners feel supported and recognized", "C.27", "STEM"}, false, false},
    {"measurement", {"3.1", "A shared data system is being built", "C.27", "STEM"}, false, false},
    {"measurement", {"3.2", "Partners see what shared data is good for", "C.27", "STEM"}, false, false},
    {"measurement", {"3.3", "Partners are able to work with shared data", "C.27", "STEM"}, false, false},
    {"measurement", {"3.4", "Partners decide by data", "C.27", "STEM"}, false, false},
    {"measurement", {"3.5", "Partners use data in a way that matters", "C.27", "STEM"}, false, false},
    {"public_will", {"4.1", "The community is more aware of the issue", "C.27", "STEM"}, true, false},
    {"public_will", {"4.2", "The community says that it supports the initiative", "C.27", "STEM"}, false, false},
    {"public_will", {"4.3", "People in the community feel able to engage", "C.27", "STEM"}, false, false},
    {"public_will", {"4.4", "The community acts more", "C.27", "STEM"}, true, false},
    {"policy", {"5.1", "Those who shape policy are more aware of the initiative", "C.27", "STEM"}, true, false},
    {"policy", {"5.2", "They speak for changes in line with its goals", "C.27", "STEM"}, false, false},
    {"policy", {"5.3", "Public policy comes closer to its goals", "C.27", "STEM"}, true, false},
    {"funding", {"6.1", "Funders ask nonprofits to align to the goals", "C.27", "STEM"}, false, false},
    {"funding", {"6.2", "Funders redirect money to the goals", "C.27", "STEM"}, false, false},
    {"funding", {"6.3", "New public and private resources come to partners and initiative", "C.27", "STEM"}, false, false},
}};
// clang-format on

} // namespace commonweal::inline v0::catalogue
