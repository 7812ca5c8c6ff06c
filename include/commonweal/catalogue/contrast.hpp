// SPDX-License-Identifier: Apache-2.0
// Isolated against collective impact: ten statements, usable as a questionnaire of alignment.
#pragma once

#include <array>

#include <commonweal/catalogue/entry.hpp>

namespace commonweal::inline v0::catalogue {

/// `collective`: agreeing speaks for collective impact; otherwise for isolated impact.
struct contrast_item {
  entry what;
  bool collective;
};

inline constexpr std::array<contrast_item, 10> contrast = {{
    {{"isolated.grants", "Funders pick single grantees that look most promising", "G", "HKK2012"}, false},
    {{"isolated.competition", "Nonprofits work apart and compete for the largest impact of their own", "G", "HKK2012"},
     false},
    {{"isolated.evaluation", "Evaluation tries to single out one organization's effect", "G", "HKK2012"}, false},
    {{"isolated.scale", "Change at scale means making one organization larger", "G", "HKK2012"}, false},
    {{"isolated.sectors", "Business and government stand apart from foundations and nonprofits", "G", "HKK2012"},
     false},
    {{"collective.system", "Problems and solutions come from many organizations acting on each other", "G", "HKK2012"},
     true},
    {{"collective.goal", "Progress needs the same goal and the same measures", "G", "HKK2012"}, true},
    {{"collective.scale", "Change at scale means alignment and learning across sectors", "G", "HKK2012"}, true},
    {{"collective.sectors", "Business and government are essential partners", "G", "HKK2012"}, true},
    {{"collective.coordination", "Organizations coordinate what they do and share what they learn", "G", "HKK2012"},
     true},
}};

} // namespace commonweal::inline v0::catalogue
