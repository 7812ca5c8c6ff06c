// SPDX-License-Identifier: Apache-2.0
// Partial rollups of an initiative: observations judged as in loading, then added as panels.
#include "answers/partial_observations.hpp"

#include <functional>
#include <optional>
#include <utility>

#include <commonweal/formats/package.hpp>

#include "initiative/observation_reader.hpp"
#include "initiative/table_checks.hpp"

namespace commonweal::inline v0::answers {

partial_rollup partial_of(const initiative& source, rollup_options options) {
  if (options.people == nullptr) options.people = source.people();
  return {source.network(), source.measures(), options};
}

partial_rollup partial_from(const initiative& source, std::span<const std::byte> bytes) {
  return partial_rollup::deserialize(source.network(), source.measures(), bytes, source.people());
}

void add_observations(partial_rollup& to, const initiative& source, const table& given, const origin& from,
                      diagnostics& found) {
  const auto fields = fields_of("observations");
  std::optional<table> fitted;
  if (!detail::fits_schema(fields, given)) {
    fitted = given;
    if (!detail::fit_to_schema(fields, *fitted, from, found)) throw error(error_code::invalid_data, found);
  }
  detail::observation_reader reader(source.network(), source.measures().indicators, true);
  reader.append(fitted ? *fitted : given, from, found);
  const auto panels = reader.finish_in_pieces(partial_rollup::stretch_periods, found);
  if (found.has_errors()) throw error(error_code::invalid_data, found);
  to.update(panels);
}

table finish(const partial_rollup& whole, const progress& tell) {
  std::function<bool(double)> share_only;
  if (tell) share_only = [&](double share) { return tell(share, "rolling up"); };
  return whole.finish(share_only);
}

} // namespace commonweal::inline v0::answers
