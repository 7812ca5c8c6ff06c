// SPDX-License-Identifier: Apache-2.0
// The thresholds by which the five conditions are judged.
#pragma once

#include <cstddef>

namespace commonweal::inline v0 {

/// Thresholds. Where the literature states no figure the default is ours, and the rule of each judgement shows it.
struct condition_options {
  double endorsed_share = 0.8;   ///< of those asked, for each primary goal (B1: all must agree)
  double endorsing_rating = 0.6; ///< of its scale, from which a rating counts as agreeing
  double dispute_spread =
      0.5; ///< of the scale between lowest and highest rating, from which a dimension is listed as disputed
  double revision_months =
      36; ///< a framework older than this without revision is stale (E6: revised every two to three years)
  std::size_t short_list =
      34; ///< most indicators that still make a short list (B2, I3; J1: the longest list praised has 34)
  double reporting_share = 0.75; ///< of participants that report
  double linked_share = 0.5;     ///< of activities and strategies that reinforce another
  double monthly_days = 31;      ///< between meetings (B4: monthly or biweekly)
  double rarely_days = 92;
  double seat_share = 0.75; ///< of attendances by chief executives themselves (B4)
  double lapse_share = 0.1; ///< of expected attendances skipped or delegated (B4: not acceptable)
  double facilitated_share = 0.5;
  double independent_share = 0.5; ///< of ties that do not run through the backbone (C.27 2.3)
};

} // namespace commonweal::inline v0
