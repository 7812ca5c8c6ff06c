// SPDX-License-Identifier: Apache-2.0
// Rollups and what they are made of.
#include "figures.hpp"
#include "options.hpp"
#include "tables.hpp"

namespace commonweal::inline v0::capi {

namespace {
rollup_options heard_by(rollup_options how, const answers::asked& by) {
  if (by.tell) how.progress = [tell = by.tell](double share) { return tell(share, "rolling up"); };
  return how;
}
} // namespace

rollup_options rollup_options_of(const cw_rollup_options* given) {
  auto [asked, by] = read_options<answers::rollup_request>(given);
  return heard_by(std::move(asked.how), by);
}

} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

int32_t cw_rollup(const cw_initiative* initiative, const cw_rollup_options* options, cw_table** out,
                  cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err,
                [&](const initiative_object& i) { return i.value.rollup(rollup_options_of(options)); });
}
int32_t cw_explain(const cw_initiative* initiative, const cw_explain_options* options, cw_table** out,
                   cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    auto [asked, by] = read_options<answers::explain_request>(options);
    return i.value.explain(asked.group, asked.indicator, asked.when.value(), heard_by(std::move(asked.how), by));
  });
}
