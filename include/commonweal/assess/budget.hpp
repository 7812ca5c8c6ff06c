// SPDX-License-Identifier: Apache-2.0
// What a backbone costs in three years, against what it coordinates and what it raises.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <commonweal/assess/judgement.hpp>

namespace commonweal::inline v0 {

/// One scenario: staffing as a share of the posts planned, and yearly rises.
struct budget_scenario {
  std::string name;
  double staffing = 1; ///< of the full-time equivalents in backbone_staff.csv
  double rise = 0.03;  ///< of salaries, a year
};

struct budget_options {
  int years = 3;
  double overhead = 0.15; ///< on top of staff cost
  std::string currency = "USD";
  std::vector<budget_scenario> scenarios = {{"low", 0.75, 0.02}, {"medium", 1.0, 0.03}, {"high", 1.25, 0.05}};
};

/// Cost by scenario, year and role from the posts in backbone_staff.csv on the day (H9, H11).
///
/// Columns: scenario utf8, year int64 (from 1), role utf8 ("overhead" and "total" among them), fte float64, cost
/// float64, currency utf8. Throws invalid_argument when a post has no cost or when there is no rate for its currency.
[[nodiscard]] table backbone_budget(const assess_input& in, const budget_options& options = {});

/// backbone.share_of_budgets: the backbone's yearly cost against the budgets of the organizations it coordinates,
/// typically below one percent (H10); backbone.leverage: commitments by the day over what the backbone has cost since
/// it began.
[[nodiscard]] std::vector<judgement> assess_budget(const assess_input& in, const budget_options& options = {});

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/assess/detail/budget_impl.hpp>
#endif
