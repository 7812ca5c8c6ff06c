// SPDX-License-Identifier: Apache-2.0
// Which phase the evidence supports, by any scheme of phases and components.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <commonweal/assess/judgement.hpp>
#include <commonweal/core/diagnostic.hpp>

namespace commonweal::inline v0 {

/// A scheme: phases in order, each with the components it asks for. From the catalogue, or from phase_schemes.csv (D8,
/// M7).
struct phase_scheme {
  struct component {
    std::string id;
    std::string text;
  };
  struct phase {
    std::string id;
    std::string text;
    std::vector<component> components;
  };
  std::string name;
  std::vector<phase> phases;
  std::string source;
};

/// The scheme of that name: the folder's own before the catalogue's. Throws invalid_argument naming the schemes there
/// are.
[[nodiscard]] phase_scheme find_scheme(const record_tables& records, std::string_view name);

/// Findings (scheme_order: places of the phases not 1, 2, ...; scheme_component: a component twice, or a milestone for
/// one that no scheme has) go to `found`.
void check_schemes(const record_tables& records, diagnostics& found);

/// Rows: phase.<id> for each phase, phase.<id>.<component> for each component, phase.supported with the number of the
/// phase that the evidence supports as score and the early wins (D7) as evidence.
///
/// A component is met by a milestone done by the day, not met by one still open, and otherwise judged from the network
/// where it is one of the three-phase scheme's: landscape, baseline, governance, goals_and_measures, backbone,
/// alignment, coordinated_action, data_collection, learning. The phase supported is the first whose components are not
/// all met, or the last.
[[nodiscard]] std::vector<judgement> assess_phases(const assess_input& in, const phase_scheme& scheme);

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/assess/detail/phases_impl.hpp>
#endif
