// SPDX-License-Identifier: Apache-2.0
// How large an answer may be for the input it is made from: a few rows of input must not take all memory.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include <commonweal/core/error.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0::detail {

/// Nodes and edges.
[[nodiscard]] inline std::size_t facts_in(const network& net) {
  std::size_t n = 0;
  for (std::size_t k = 0; k < node_kind_count; ++k) n += net.size(static_cast<node_kind>(k));
  for (std::size_t k = 0; k < edge_kind_count; ++k) n += net.edges(static_cast<edge_kind>(k)).size();
  return n;
}

/// Rows that are always allowed; whoever stays below them need not count reports.
inline constexpr std::size_t rows_always = std::size_t{1} << 21;
/// Rows that an answer may have: generous for a network that reports, far less than periods of which nobody reports
/// could make of a few lines.
[[nodiscard]] constexpr std::size_t most_rows(std::size_t facts_and_reports) {
  return rows_always + 128 * facts_and_reports;
}

/// Throws invalid_argument (answer_too_large). `what`: "the rollup of 2 groups would have 99 rows".
[[noreturn]] inline void refuse_too_large(const std::string& what, std::size_t most, const std::string& narrow) {
  diagnostic d;
  d.code = "answer_too_large";
  d.message =
      what + ", and data of this size (nodes, edges, reports) may have up to " + std::to_string(most) + "; " + narrow;
  throw error(error_code::invalid_argument, std::move(d));
}

} // namespace commonweal::inline v0::detail
