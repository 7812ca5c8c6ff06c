// SPDX-License-Identifier: Apache-2.0
// What to aggregate, over which periods, and how missing reports are treated.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/core/executor.hpp>
#include <commonweal/core/interval.hpp>
#include <commonweal/core/period.hpp>

namespace commonweal::inline v0 {

class served_people; // served_people.hpp

/// What a missing report does to an aggregate. Missing is never zero. Worked figures: docs/rollup-semantics.md.
///
/// complete_case: the reports there are (default). all_or_nothing: no value unless every expected report is there.
/// minimum_coverage: no value where reported / expected is below `minimum_coverage`. carry_forward: a reporter's last
/// value, at most `look_back` base periods old, stands in for its missing one; stocks only; labelled in `state`.
/// adjusted: a sum over groups (and over time, where there is more than one base period) is scaled for the completeness
/// c by 1 + k (1/c - 1) (Countdown 2030), where c is at least `minimum_coverage`; labelled in `state`.
enum class missing_policy : std::uint8_t { complete_case, all_or_nothing, minimum_coverage, carry_forward, adjusted };
template <>
struct enum_names<missing_policy> {
  static constexpr std::array<std::string_view, 5> values = {"complete_case", "all_or_nothing", "minimum_coverage",
                                                             "carry_forward", "adjusted"};
};

/// Several groups seen as one: every reporter of any of them, once. `id` names the rows of the result.
struct group_union {
  std::string id;
  std::vector<std::string> of; ///< ids of groups
};

struct rollup_options {
  std::vector<std::string> indicators = {}; ///< ids; every indicator when empty
  std::vector<std::string> groups = {};     ///< ids; every group when empty, or only the unions where there are any
  std::vector<group_union> unions = {};     ///< views over several groups; their rows follow those of the groups
  std::optional<frequency> every = {};      ///< the indicator's own frequency when absent
  std::optional<period> from = {};          ///< first period of the result; the first reported when absent
  std::optional<period> to = {};            ///< last period of the result; the last reported when absent
  std::vector<period> only = {};            ///< where given, base periods outside all of these are left out
  interval within = {};                     ///< base periods that do not lie wholly inside are left out
  std::optional<date> as_of = {}; ///< use the structure of this one date for all periods, not each period's own
  in_force_rule membership = in_force_rule::last_day;
  missing_policy missing = missing_policy::complete_case;
  double minimum_coverage = 0.75; ///< share of expected reports, for minimum_coverage and adjusted
  double adjustment = 0.25;       ///< k of the adjusted policy: reporting sites' share of the rate among the silent
  std::string breakdown = {};     ///< which part of the whole; blank is the total
  /// Whom the reporters served. Borrowed. initiative::rollup() sets it to the initiative's own where it is null.
  const served_people* people = nullptr;
  /// Told the share done, from 0 to 1 and never less than before, one call at a time and at most about 260 times; on
  /// the calling thread unless `where` has others. False stops the work: rollup() throws error_code::cancelled.
  std::function<bool(double)> progress = {};
  executor where = {}; ///< where the work runs; the calling thread by default. Answers do not depend on it
};

} // namespace commonweal::inline v0
