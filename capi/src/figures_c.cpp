// SPDX-License-Identifier: Apache-2.0
// Rollups and what they are made of.
#include "figures.hpp"
#include "tables.hpp"

namespace commonweal::inline v0::capi {

rollup_options rollup_options_of(const cw_rollup_options* given) {
  const auto o = options(given, cw_rollup_options CW_ROLLUP_OPTIONS_INIT);
  rollup_options out;
  out.indicators = list(o.indicators, o.n_indicators, "indicators");
  out.groups = list(o.groups, o.n_groups, "groups");
  out.every = word<frequency>(o.every, "every");
  out.from = optional_period(o.from, "from");
  out.to = optional_period(o.to, "to");
  out.as_of = optional_date(o.as_of, "as_of");
  out.membership = word<in_force_rule>(o.membership, "membership").value_or(in_force_rule::last_day);
  out.missing = word<missing_policy>(o.missing, "missing").value_or(missing_policy::complete_case);
  out.minimum_coverage = share(o.minimum_coverage, "minimum_coverage");
  out.adjustment = share(o.adjustment, "adjustment");
  out.breakdown = text(o.breakdown, "breakdown");
  if (const auto tell = progress_of(o.progress))
    out.progress = [tell](double share) { return tell(share, "rolling up"); };
  return out;
}

} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

int32_t cw_rollup(const cw_initiative* initiative, const cw_rollup_options* options, cw_table** out,
                  cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err,
                [&](const initiative_object& i) { return i.value.rollup(rollup_options_of(options)); });
}
int32_t cw_explain(const cw_initiative* initiative, const char* group, size_t group_size, const char* indicator,
                   size_t indicator_size, const char* period, size_t period_size, const cw_rollup_options* options,
                   cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    return i.value.explain(text(group, group_size, "group"), text(indicator, indicator_size, "indicator"),
                           required_period(text(period, period_size, "period"), "period"), rollup_options_of(options));
  });
}
