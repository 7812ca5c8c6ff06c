// SPDX-License-Identifier: Apache-2.0
// Phase schemes as data: sources count three, four or five phases, and a community may bring its own.
#pragma once

#include <array>

#include <commonweal/catalogue/entry.hpp>

namespace commonweal::inline v0::catalogue {

struct phase {
  std::string_view scheme;
  int order; ///< from 1
  entry what;
};

inline constexpr std::array<phase, 12> phases = {{
    {"three", 1, {"initiate", "Initiate action", "D1", "HKK2012"}},
    {"three", 2, {"organize", "Organize for impact", "D2", "HKK2012"}},
    {"three", 3, {"sustain", "Sustain action and impact", "D3", "HKK2012"}},
    {"five", 1, {"assess", "Assess readiness", "N5", "Kauffman"}},
    {"five", 2, {"initiate", "Initiate action", "N5", "Kauffman"}},
    {"five", 3, {"organize", "Organize for impact", "N5", "Kauffman"}},
    {"five", 4, {"implement", "Begin implementation", "N5", "Kauffman"}},
    {"five", 5, {"sustain", "Sustain action and impact", "N5", "Kauffman"}},
    {"four", 1, {"ideas", "Generate ideas and dialog", "N5", "C4I"}},
    {"four", 2, {"initiate", "Initiate action", "N5", "C4I"}},
    {"four", 3, {"organize", "Organize for impact", "N5", "C4I"}},
    {"four", 4, {"sustain", "Sustain", "N5", "C4I"}},
}};

/// What a phase asks for. The nine of the three-phase scheme that the source's text states.
struct phase_component {
  std::string_view scheme;
  std::string_view phase;
  entry what;
};

inline constexpr std::array<phase_component, 9> phase_components = {{
    {"three", "initiate", {"landscape", "The key players and the work under way are known", "D1", "HKK2012"}},
    {"three", "initiate", {"baseline", "Baseline data makes the case for change", "D1", "HKK2012"}},
    {"three",
     "initiate",
     {"governance", "A first governance structure has strong, credible champions", "D1", "HKK2012"}},
    {"three", "organize", {"goals_and_measures", "Common goals and shared measures are agreed", "D2", "HKK2012"}},
    {"three", "organize", {"backbone", "A backbone supports the work", "D2", "HKK2012"}},
    {"three", "organize", {"alignment", "Organizations begin to align to goals and measures", "D2", "HKK2012"}},
    {"three", "sustain", {"coordinated_action", "Prioritized areas are pursued in a coordinated way", "D3", "HKK2012"}},
    {"three", "sustain", {"data_collection", "Data is collected systematically", "D3", "HKK2012"}},
    {"three", "sustain", {"learning", "Learning and course correction are lasting processes", "D3", "HKK2012"}},
}};

/// Months that phases I and II take together (D4): six months to two years.
inline constexpr int shortest_organizing_months = 6;
inline constexpr int longest_organizing_months = 24;

/// What makes them shorter or longer (D5).
inline constexpr std::array<entry, 3> duration_drivers = {{
    {"scope", "How wide the problem is", "D5", "HKK2012"},
    {"collaboration", "How much collaboration there is already", "D5", "HKK2012"},
    {"engagement", "How broadly the community is engaged", "D5", "HKK2012"},
}};

} // namespace commonweal::inline v0::catalogue
