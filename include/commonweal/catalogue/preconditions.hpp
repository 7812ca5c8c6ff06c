// SPDX-License-Identifier: Apache-2.0
// What has to be there before an initiative starts, or be cultivated while it runs.
#pragma once

#include <array>

#include <commonweal/catalogue/entry.hpp>

namespace commonweal::inline v0::catalogue {

/// Three preconditions, and a fourth that some sources add (A5, M2). The first cannot be made up for by the others
/// (A1).
struct precondition {
  entry what;
  bool compensable;
  bool optional;
};

inline constexpr std::array<precondition, 4> preconditions = {{
    {{"champion",
      "A respected person or small group brings chief executives of several sectors together and keeps them engaged",
      "A1", "HKK2012"},
     false,
     false},
    {{"resources", "Money for two to three years of infrastructure and planning, with an anchor funder from the outset",
      "A3", "HKK2012"},
     true,
     false},
    {{"urgency", "A crisis, an opportunity, new funding, a new approach or published evidence makes people act now",
      "A4", "HKK2012"},
     true,
     false},
    {{"history", "Earlier work together, with which things move faster", "A5", "SUMMARY"}, true, true},
}};

/// What may trigger urgency (A4).
inline constexpr std::array<entry, 5> urgency_triggers = {{
    {"crisis", "A crisis has reached a breaking point", "A4", "HKK2012"},
    {"opportunity", "A new opportunity has opened", "A4", "SUMMARY"},
    {"funding", "Substantial funding is in sight", "A4", "HKK2012"},
    {"approach", "A fundamentally new approach has appeared", "A4", "HKK2012"},
    {"evidence", "Research that shows how severe the problem is has reached the public", "A4", "HKK2012"},
}};

/// Whether preconditions must hold first, or may be worked on throughout (A6, M5).
inline constexpr std::array<entry, 2> precondition_policies = {{
    {"gate", "All three hold before the launch", "A6", "HKK2012"},
    {"cultivate", "Each is tended to through the life of the initiative", "A6", "STEM"},
}};

} // namespace commonweal::inline v0::catalogue
