// SPDX-License-Identifier: Apache-2.0
// Analyses: options into a request, the answer with its sentences out.
#include <array>

#include "conform.hpp"
#include "initiative/table_checks.hpp"
#include "options.hpp"
#include "tables.hpp"

namespace commonweal::inline v0::capi {
namespace {

constexpr std::array local_fields = {
    field_rule{.name = "reporter", .required = true}, field_rule{.name = "local", .required = true},
    field_rule{.name = "period", .type = column_type::period, .required = true},
    field_rule{.name = "value", .type = column_type::float64, .required = true}, field_rule{.name = "breakdown"}};

template <class Request, class Options>
std::int32_t analyzed(const cw_initiative* initiative, const Options* options, cw_table** out, cw_error** err) {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    const auto [how, by] = read_options<Request>(options);
    return with_readings(answers::analyze(i.value, how, by));
  });
}

} // namespace

table local_rows(const cw_table* given) {
  std::vector<diagnostic> of_columns;
  table out = *conform("local", local_fields, acquire(given)->value, 0, of_columns);
  diagnostics found;
  for (auto& d : of_columns) found.add(std::move(d));
  (void)detail::fit_to_schema(local_fields, out, {"local", 0}, found);
  for (const auto& f : local_fields)
    for (std::size_t i = 0; f.name != "value" && f.required && !found.has_errors() && i < out.rows(); ++i)
      if (out[f.name].is_null(i))
        found.add({severity::error,
                   "required",
                   "local",
                   static_cast<std::int64_t>(i),
                   std::string(f.name),
                   {},
                   std::string(f.name) + " may not be blank"});
  if (found.has_errors()) throw error(error_code::invalid_data, found);
  return out;
}

} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

#include "analyses.inc"
