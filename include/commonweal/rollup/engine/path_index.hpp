// SPDX-License-Identifier: Apache-2.0
// path_index: from one reporter to the groups it counts in, for work on single cells.
#pragma once

#include <span>
#include <vector>

#include <commonweal/rollup/engine/detail/buckets.hpp>
#include <commonweal/rollup/engine/plan.hpp>

namespace commonweal::inline v0::engine {

/// The paths of a plan, by reporter. Each group of the union is visited once, as in a whole rollup.
/// The plan must outlive it. Memory: 16 bytes a row.
class path_index {
 public:
  explicit path_index(const plan& p);

  /// Calls visit(position) for every group whose union holds the reporter in the period. O(groups visited).
  template <class Visit>
  void visit(std::uint32_t reporter, std::int32_t period, Visit visit) const {
    for (const std::uint32_t row : rows_of_[reporter]) {
      const path& one = paths_[row];
      if (one.partial != plan::none && !plan_->partial_rows()[one.partial].in_force.contains(period)) continue;
      for (std::uint32_t p = one.start; p != one.above; p = plan_->parent_at()[p]) visit(p);
    }
  }

 private:
  struct path {
    std::uint32_t start, above; ///< positions, from start up to just below above
    std::uint32_t partial;      ///< into plan::partial_rows, or none
  };

  const plan* plan_;
  detail::buckets rows_of_;
  std::vector<path> paths_;
};

inline path_index::path_index(const plan& p)
    : plan_(&p), rows_of_(p.reporters(), p.rows(), [&](std::size_t row) { return p.row_reporter()[row]; }),
      paths_(p.rows()) {
  std::uint32_t row = 0;
  for (std::uint32_t position = 0; position < p.groups(); ++position) {
    for (std::uint32_t r = p.run_begin()[position]; r < p.run_begin()[position + 1]; ++r) {
      std::uint32_t above = position;
      while (above != plan::none && p.depth_at()[above] >= p.runs()[r].top) above = p.parent_at()[above];
      for (; row < p.runs()[r].row_end; ++row) paths_[row] = {position, above, plan::none};
    }
  }
  for (std::uint32_t i = 0; i < p.partial_rows().size(); ++i) paths_[p.partial_rows()[i].row].partial = i;
}

} // namespace commonweal::inline v0::engine
