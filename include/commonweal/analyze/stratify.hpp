// SPDX-License-Identifier: Apache-2.0
// Events among people by population and stratum: what comparisons of parts of a whole start from.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <commonweal/analyze/equity.hpp>
#include <commonweal/analyze/reading.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

/// A grid of populations by strata, filled by hand or by stratify(). Cell (p, s) is `cells[p * strata.size() + s]`; a
/// cell of no people is one of which nothing is known. One population is a row; the strata are its parts.
struct stratified {
  std::vector<std::string> populations;
  std::vector<std::string> strata;
  std::vector<population_part> cells; ///< `category` repeats the stratum
  std::optional<period> when;         ///< for the sentences
  rate_kind kind = rate_kind::proportion;
  double factor = 1; ///< rates are given per this many: 100 for percent
  measure_words words = {"the rate", {}};

  [[nodiscard]] std::span<const population_part> of(std::size_t population) const {
    return std::span<const population_part>(cells).subspan(population * strata.size(), strata.size());
  }
};

struct stratify_request {
  std::string indicator;    ///< id of a ratio, or of a mean or rate with numerators and denominators
  std::string by;           ///< dimension of the strata; may be blank where there is only one
  std::string compare = {}; ///< dimension of the populations; needs breakdowns crossed with `by`
  std::vector<std::string> groups =
      {}; ///< ids: the populations where `compare` is blank, else together; the roots when empty
  std::optional<period> when = std::nullopt; ///< where absent the latest in which most cells are known
};

/// The figures of groups by breakdown, each reporter counted once in each group, as rollup() gives them.
///
/// Strata and populations by dimension stand in the order of their names. A ratio whose events exceed its people
/// anywhere is one of events per exposure. O(breakdowns of the indicator x rollup). Throws invalid_argument for unknown
/// ids, an indicator without such breakdowns (naming those there are), or without numerators and denominators in the
/// period.
[[nodiscard]] stratified stratify(const network& net, const measures& data, const stratify_request& request);

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/stratify_impl.hpp>
#endif
