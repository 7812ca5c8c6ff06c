// SPDX-License-Identifier: Apache-2.0
// The shape of the network, and the network for graph programs.
#include <sstream>

#include "options.hpp"
#include "tables.hpp"

using namespace commonweal;
using namespace commonweal::capi;

int32_t cw_structure(const cw_initiative* initiative, const cw_structure_options* options, cw_table** out,
                     cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    const auto [how, by] = read_options<answers::structure_request>(options);
    return answers::structure(i.value, how, by);
  });
}
int32_t cw_export(const cw_initiative* initiative, const cw_export_options* options, cw_buffer** out,
                  cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto source = acquire(initiative);
    const auto how = read_options<answers::export_request>(options).how;
    std::ostringstream drawn;
    drawn.exceptions(std::ios::badbit);
    write_graph(drawn, network_view(source->value.network(), how.selected()), how.format);
    to.set(capi::register_handle<cw_buffer>(std::make_unique<buffer_object>(std::move(drawn).str())));
  });
}
