// SPDX-License-Identifier: Apache-2.0
// The backbone's scorecard: each function by the signs of its effectiveness, with the emphasis that the phase calls
// for.
#pragma once

#include <vector>

#include <commonweal/assess/judgement.hpp>
#include <commonweal/catalogue/functions.hpp>

namespace commonweal::inline v0 {

struct scorecard_options {
  double good = 0.6; ///< share of the scale from which a level counts as there; ours
  double some = 0.4; ///< share of the scale from which it counts as partly there; ours
  catalogue::maturity emphasis = catalogue::maturity::launch; ///< which functions matter most now (C-seq)
};

/// The 27 signs (C.27) and the six functions they belong to, from survey.csv (item "1.1" to "6.3") and, for 2.3
/// and 2.4, from the ties and trust between partners where no survey asks.
///
/// A sign whose wording asks for a change is judged by the mean of its last date against its first, and is unknown with
/// a single date; others by the level at the last date. Answers are taken as shares of their scale. Rows:
/// backbone.<function>, then backbone.sign.<number>; the functions of the emphasis come first and say so. O(answers).
[[nodiscard]] std::vector<judgement> assess_backbone(const assess_input& in, const scorecard_options& options = {});

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/assess/detail/scorecard_impl.hpp>
#endif
