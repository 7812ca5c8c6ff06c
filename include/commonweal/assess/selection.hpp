// SPDX-License-Identifier: Apache-2.0
// Choosing a backbone: two methods of ranking, how firm the ranking is, tensions side by side, functions shared among
// several.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/measure/record_tables.hpp>

namespace commonweal::inline v0 {

struct selection_options {
  std::map<std::string, double> weights; ///< by criterion; equal where empty. Not negative, not all zero
  double good_enough = 0.6;   ///< of the scale, from which a criterion is no gap (H7: good enough, with gaps named)
  std::size_t draws = 10'000; ///< random weightings, uniform over all that add up to one
  std::uint64_t seed = 1;
  std::optional<date> deadline; ///< by which to decide (H7: do not let the quest stall); shown with every row
};

/// Ranks the candidates of candidates.csv by scores.csv (H5).
///
/// Columns: candidate, name, type utf8, weighted_sum float64 (share of the scale, 0 to 1), rank_weighted int64, topsis
/// float64 (closeness to the ideal, 0 to 1), rank_topsis int64, wins float64 (share of the random weightings won, ties
/// shared), criteria_scored, criteria int64, gaps utf8 (criteria below good_enough or unscored, "; " between),
/// good_enough boolean (no gap), deadline date. By rank_weighted, ties by id.
///
/// A criterion that a candidate has no score for is a gap and counts as zero share in the sums; it is never filled in.
/// Throws invalid_argument without candidates or criteria, for a weight of an unknown criterion, for a weight that is
/// negative, or when all are zero. Sources: Klempin (H5 to H7); C.-L. Hwang and K. Yoon, Multiple Attribute Decision
/// Making (1981) for TOPSIS.
[[nodiscard]] table rank_backbones(const record_tables& records, const selection_options& options = {});

/// The five tensions (H6) by candidate, side by side and never collapsed. Columns: candidate, tension, one, other utf8,
/// score_one, score_other float64 (share of the scale; null where not scored). Scores are those of criteria
/// "TENSION.one" and "TENSION.other", as history_capacity.one.
[[nodiscard]] table tension_table(const record_tables& records);

struct sharing_options {
  double coordination_cost = 0;       ///< of each organization after the first, in the unit of nothing but comparison
  std::map<std::string, double> cost; ///< of taking a candidate; 1 where not named
};

/// The cheapest sets of candidates that together cover the six functions of list I, every one of them where several
/// tie.
///
/// Columns: solution int64 (from 1), organizations utf8, size int64, cost float64, functions utf8 (who takes what,
/// first able by id). Exact: dynamic programming over the 64 sets of functions, so hundreds of candidates are no
/// matter; at most `most` solutions. Empty when no set covers all (see uncovered_functions).
[[nodiscard]] table share_functions(const record_tables& records, const sharing_options& options = {},
                                    std::size_t most = 100);

/// Functions that no candidate can take on.
[[nodiscard]] std::vector<std::string> uncovered_functions(const record_tables& records);

/// Findings: candidate_without_scores (error), unknown_function (error).
void check_candidates(const record_tables& records, diagnostics& found);

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/assess/detail/selection_impl.hpp>
#endif
