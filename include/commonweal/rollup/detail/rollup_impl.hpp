// SPDX-License-Identifier: Apache-2.0
// Body of rollup(): options resolved, figures computed by a source, figures written to the table.
#pragma once

#include <commonweal/core/linkage.hpp>
#include <commonweal/rollup/detail/engine_provider.hpp>
#include <commonweal/rollup/detail/tabulate.hpp>
#include <commonweal/rollup/rollup.hpp>

namespace commonweal::inline v0 {

COMMONWEAL_BODY table rollup(const network& net, const measures& data, const rollup_options& options) {
  const detail::rollup_request request(net, data, options);
  const std::size_t rows = detail::rows_of(request, [&] { return request.reports(); });
  detail::progress_meter meter(options.progress);
  if (detail::engine_provider::is_worth_it(request)) {
    detail::engine_provider source(request, meter, rows);
    return detail::tabulate(request, source, meter, request.reported_count(), rows);
  }
  detail::reference_provider source(request);
  return detail::tabulate(request, source, meter, 0, rows);
}

} // namespace commonweal::inline v0
