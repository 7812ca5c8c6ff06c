// SPDX-License-Identifier: Apache-2.0
// The tables an initiative is made of, by the names of the folder format.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <commonweal/initiative.hpp>

namespace commonweal::inline v0::capi {

/// Every table that has rows, or columns of the data's own: nodes, edges, observations, targets, records, in this
/// order.
struct content {
  std::string name;
  std::string_view kind; ///< "nodes", "edges" or "records"
  std::size_t rows = 0;
};
[[nodiscard]] std::vector<content> contents(const initiative& source);

/// One table with its periods as periods. Kinds of node and edge and "observations" and "targets" exist always, if
/// without rows; throws invalid_argument, naming the record tables there are, for another name.
[[nodiscard]] table content_table(const initiative& source, std::string_view name);

/// reporter, indicator utf8, period period, value, numerator, denominator float64, breakdown, status utf8 (null,
/// suppressed, not_expected, missing). A row for each report; rows and ends of a panel that hold nothing are there as
/// missing, so that reading the table gives the same panels. O(cells).
[[nodiscard]] table observation_table(const initiative& source);

} // namespace commonweal::inline v0::capi
