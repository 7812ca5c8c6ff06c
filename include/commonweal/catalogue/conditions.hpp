// SPDX-License-Identifier: Apache-2.0
// The five conditions of collective impact, and what each source calls them.
#pragma once

#include <array>

#include <commonweal/catalogue/entry.hpp>

namespace commonweal::inline v0::catalogue {

inline constexpr std::array<entry, 5> conditions = {{
    {"common_agenda",
     "One vision of the change, one understanding of the problem, one joint approach by agreed actions", "B1",
     "HKK2012"},
    {"shared_measurement",
     "The same short list of indicators, collected the same way in the community and by all participants", "B2",
     "KK2011"},
    {"mutually_reinforcing_activities", "Each does what it does best, coordinated through one plan of action", "B3",
     "HKK2012"},
    {"continuous_communication", "Frequent, open and structured contact that builds trust and common motivation", "B4",
     "HKK2012"},
    {"backbone_support", "Separate organization or organizations with staff and skills to hold the whole together",
     "B5", "HKK2012"},
}};

/// Another name of a condition (B6).
struct condition_name {
  std::string_view condition;
  std::string_view name;
  std::string_view source;
};

inline constexpr std::array<condition_name, 20> condition_names = {{
    {"common_agenda", "Common Agenda", "HKK2012"},
    {"common_agenda", "Common Agenda", "KK2011"},
    {"common_agenda", "Create a Common Agenda", "STEM"},
    {"common_agenda", "A Common Agenda", "SUMMARY"},
    {"shared_measurement", "Shared Measurement", "HKK2012"},
    {"shared_measurement", "Shared Measurement Systems", "KK2011"},
    {"shared_measurement", "Set up Shared Measurement Systems", "STEM"},
    {"shared_measurement", "Shared Measurement Systems", "SUMMARY"},
    {"mutually_reinforcing_activities", "Mutually Reinforcing Activities", "HKK2012"},
    {"mutually_reinforcing_activities", "Mutually Reinforcing Activities", "KK2011"},
    {"mutually_reinforcing_activities", "Execute Aligned Activities", "STEM"},
    {"mutually_reinforcing_activities", "Mutually Reinforcing Activities", "SUMMARY"},
    {"continuous_communication", "Continuous Communication", "HKK2012"},
    {"continuous_communication", "Continuous Communication", "KK2011"},
    {"continuous_communication", "Practice Continuous Communication", "STEM"},
    {"continuous_communication", "Continuous Communication", "SUMMARY"},
    {"backbone_support", "Backbone Support", "HKK2012"},
    {"backbone_support", "Backbone Support Organizations", "KK2011"},
    {"backbone_support", "Identify a Backbone Organization", "STEM"},
    {"backbone_support", "Backbone Structure", "SUMMARY"},
}};

/// The five parts of a strategic action framework (E3).
inline constexpr std::array<entry, 5> framework_components = {{
    {"problem", "The problem, described from research", "E3", "HKK2012"},
    {"goal", "A clear goal for the change", "E3", "HKK2012"},
    {"strategies", "A portfolio of key strategies", "E3, E5", "HKK2012"},
    {"principles", "Principles that guide how the group behaves", "E3", "HKK2012"},
    {"evaluation", "How feedback is obtained and judged", "E3", "HKK2012"},
}};

} // namespace commonweal::inline v0::catalogue
