// SPDX-License-Identifier: Apache-2.0
// Instruments of the field as rubrics: sections and criteria in our own words, answered by people.
#pragma once

#include <array>

#include <commonweal/catalogue/entry.hpp>

namespace commonweal::inline v0::catalogue {

/// One criterion of a rubric. Sections are asked in the order in which they first appear.
struct rubric_criterion {
  std::string_view rubric;
  std::string_view section;
  entry what;
};

// clang-format off
inline constexpr std::array<rubric_criterion, 42> rubric_criteria = {{
    {"readiness", "right approach", {"readiness.complex", "The issue is complex", "N1", "CIF"}},
    {"readiness", "right approach", {"readiness.scale", "The change wanted is large in scale", "N1", "CIF"}},
    {"readiness", "right approach", {"readiness.beyond_one", "No organization can bring it about alone", "N1", "CIF"}},
    {"readiness", "preconditions", {"readiness.champion", "An influential champion is there", "N1", "CIF"}},
    {"readiness", "preconditions", {"readiness.resources", "Money for the first years is in sight", "N1", "CIF"}},
    {"readiness", "preconditions", {"readiness.urgency", "People feel that something must change now", "N1", "CIF"}},
    {"readiness", "nuts and bolts", {"readiness.convener", "A neutral convener is there", "N1", "CIF"}},
    {"readiness", "nuts and bolts", {"readiness.backbone", "Someone could carry the backbone", "N1", "CIF"}},
    {"readiness", "nuts and bolts", {"readiness.data", "Data on the issue can be had", "N1", "CIF"}},
    {"checklist", "common agenda", {"checklist.stakeholders", "The stakeholders are identified", "N2", "CTB"}},
    {"checklist", "common agenda", {"checklist.problem", "The problem is defined in words all accept", "N2", "CTB"}},
    {"checklist", "common agenda", {"checklist.scope", "The scope is drawn", "N2", "CTB"}},
    {"checklist", "common agenda", {"checklist.vision", "Vision and mission are written", "N2", "CTB"}},
    {"checklist", "common agenda", {"checklist.targets", "Goals have measurable targets", "N2", "CTB"}},
    {"checklist", "backbone support", {"checklist.structure", "The structure of the backbone is decided", "N2", "CTB"}},
    {"checklist", "backbone support", {"checklist.funder", "A funder has committed for several years", "N2", "CTB"}},
    {"checklist", "backbone support", {"checklist.convening", "Partners are convened and recruited", "N2", "CTB"}},
    {"checklist", "backbone support", {"checklist.public_will", "Public will is being built", "N2", "CTB"}},
    {"checklist", "shared measurement", {"checklist.staffed", "Measurement has staff and money", "N2", "CTB"}},
    {"checklist", "shared measurement", {"checklist.metrics", "Metrics and benchmarks are chosen", "N2", "CTB"}},
    {"checklist", "shared measurement", {"checklist.accessible", "The tool is easy, inexpensive and open to all who report", "N2", "CTB"}},
    {"checklist", "shared measurement", {"checklist.results", "Results are shared and answered for", "N2", "CTB"}},
    {"checklist", "mutually reinforcing activities", {"checklist.map", "Players and strategies are mapped", "N2", "CTB"}},
    {"factors", "readiness factors", {"factors.champions", "Credible champions", "N3", "FSG"}},
    {"factors", "readiness factors", {"factors.resources", "Resources and attention", "N3", "FSG"}},
    {"factors", "readiness factors", {"factors.urgency", "Shared urgency, driven by data", "N3", "FSG"}},
    {"factors", "readiness factors", {"factors.convener", "A neutral convener", "N3", "FSG"}},
    {"factors", "readiness factors", {"factors.backbone", "A structure for the backbone", "N3", "FSG"}},
    {"factors", "readiness factors", {"factors.collaboration", "Collaboration that exists already", "N3", "FSG"}},
    {"factors", "readiness factors", {"factors.funders", "Funders in alignment", "N3", "FSG"}},
    {"principles", "principles of practice", {"principles.equity", "Equity comes first", "N4", "PRINCIPLES"}},
    {"principles", "principles of practice", {"principles.community", "Members of the community take part in deciding", "N4", "PRINCIPLES"}},
    {"principles", "principles of practice", {"principles.cocreation", "Partners of several sectors create together", "N4", "PRINCIPLES"}},
    {"principles", "principles of practice", {"principles.data", "Data serves to learn, adapt and improve", "N4", "PRINCIPLES"}},
    {"principles", "principles of practice", {"principles.leaders", "Leaders think of the whole system", "N4", "PRINCIPLES"}},
    {"principles", "principles of practice", {"principles.strategies", "Strategies reach programs and the system", "N4", "PRINCIPLES"}},
    {"principles", "principles of practice", {"principles.culture", "Relationships, trust and respect are built", "N4", "PRINCIPLES"}},
    {"principles", "principles of practice", {"principles.context", "Local context is honored", "N4", "PRINCIPLES"}},
    {"feasibility", "feasibility", {"feasibility.scale", "The problem is wide enough to need many", "N6", "FSG"}},
    {"feasibility", "feasibility", {"feasibility.complexity", "It has many causes that act on each other", "N6", "FSG"}},
    {"feasibility", "feasibility", {"feasibility.landscape", "The actors are known and none covers it", "N6", "FSG"}},
    {"feasibility", "feasibility", {"feasibility.stakeholders", "Stakeholders are ready to change what they do", "N6", "FSG"}},
}};
// clang-format on

} // namespace commonweal::inline v0::catalogue
