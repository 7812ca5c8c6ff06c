// SPDX-License-Identifier: Apache-2.0
// Preconditions and readiness: champion, resources, urgency, history, and how long organizing may take.
#pragma once

#include <string>
#include <vector>

#include <commonweal/assess/judgement.hpp>

namespace commonweal::inline v0 {

/// gate: all must hold before the launch (Hanleybrown et al.). cultivate: each is tended to throughout (state STEM
/// networks).
enum class readiness_policy : std::uint8_t { gate, cultivate };
template <>
struct enum_names<readiness_policy> {
  static constexpr std::array<std::string_view, 2> values = {"gate", "cultivate"};
};

/// Thresholds, with the source's figure where the source states one.
struct precondition_options {
  readiness_policy policy = readiness_policy::gate;
  std::size_t sectors = 2;      ///< "cross-sector" (A1)
  double kept_share = 0.75;     ///< of meetings of oversight groups at which chief executives came themselves; ours
  double runway_months = 24;    ///< "two to three years" (A3)
  double history_share = 0.5;   ///< of oversight members with an earlier tie; ours
  std::string currency = "USD"; ///< in which money is added up
};

/// The preconditions on a day (A1 to A6).
///
/// Rows: precondition.champion and its parts .reach and .kept, precondition.resources and its parts .runway and
/// .anchor, precondition.urgency, precondition.history, and precondition.all by the policy. The champion is not
/// compensated by anything (A1); history is an extra that never blocks (A5). What was never recorded is unknown.
/// O(nodes + edges + records).
[[nodiscard]] std::vector<judgement> assess_preconditions(const assess_input& in,
                                                          const precondition_options& options = {});

/// Months that the first two phases may take, 6 to 24 (D4), from three drivers between 0 (fast) and 1 (slow), each
/// taken from the records or, where they say nothing, spanning 0 to 1 so that ignorance widens the range (D5, A7).
struct duration_estimate {
  double low = 6;
  double high = 24;
  std::string arithmetic; ///< every step, for a person to check
};

[[nodiscard]] duration_estimate estimate_duration(const assess_input& in);

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/assess/detail/preconditions_impl.hpp>
#endif
