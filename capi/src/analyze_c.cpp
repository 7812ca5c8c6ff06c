// SPDX-License-Identifier: Apache-2.0
// Analyses: options into a request, the answer with its sentences out.
#include <array>

#include "answers/analyze.hpp"
#include "conform.hpp"
#include "initiative/table_checks.hpp"
#include "tables.hpp"

namespace commonweal::inline v0::capi {
namespace {

std::vector<period> periods_of(const cw_text* items, std::size_t count, const char* name) {
  std::vector<period> out;
  for (const auto& t : list(items, count, name)) out.push_back(required_period(t, name));
  return out;
}

answers::analyze_request request_of(const cw_analyze_options& o) {
  answers::analyze_request r;
  r.of.indicators = list(o.indicators, o.n_indicators, "indicators");
  r.of.groups = list(o.groups, o.n_groups, "groups");
  r.of.reporters = list(o.reporters, o.n_reporters, "reporters");
  r.of.every = word<frequency>(o.every, "every");
  r.of.from = optional_period(o.from, "from");
  r.of.to = optional_period(o.to, "to");
  check_list(o.days, o.n_days, "days");
  for (std::size_t i = 0; i < o.n_days; ++i) {
    const auto day = optional_date(o.days[i], "days");
    if (!day) refuse("days: a day is blank");
    r.days.push_back(*day);
  }
  r.confidence = number(o.confidence, "confidence");
  r.flat = number(o.flat, "flat");
  r.test = word<trend_test>(o.test, "test");
  r.basis = word<card_basis>(o.basis, "basis");
  r.path = word<path_kind>(o.path, "path");
  r.chart = word<chart_kind>(o.chart, "chart");
  check_list(o.rules, o.n_rules, "rules");
  for (std::size_t i = 0; i < o.n_rules; ++i) {
    const auto rules = word<rule_set>(o.rules[i], "rules");
    if (!rules) refuse("rules: a set is blank");
    r.rules.push_back(*rules);
  }
  r.phases = periods_of(o.phases, o.n_phases, "phases");
  r.ghosts = periods_of(o.ghosts, o.n_ghosts, "ghosts");
  r.freeze = optional_period(o.freeze, "freeze");
  r.screen = o.screen != 0;
  r.phase_table = o.chart_phases != 0;
  r.method = word<forecast_method>(o.method, "method");
  r.reconcile = word<reconciliation>(o.reconcile, "reconcile");
  if (o.horizon > 10'000) refuse("horizon: more than 10,000 periods ahead");
  r.horizon = static_cast<std::size_t>(o.horizon);
  r.top = static_cast<std::size_t>(o.top);
  r.by = text(o.by, "by");
  r.reference = text(o.reference, "reference");
  r.compare = text(o.compare, "compare");
  r.order = list(o.order, o.n_order, "order");
  check_list(o.standard, o.n_standard, "standard");
  for (std::size_t i = 0; i < o.n_standard; ++i)
    r.standard.emplace_back(text(o.standard[i].criterion, "standard"), number(o.standard[i].weight, "standard"));
  r.tolerance = number(o.tolerance, "tolerance");
  r.all = o.all != 0;
  return r;
}

constexpr std::array local_fields = {
    field_rule{.name = "reporter", .required = true}, field_rule{.name = "local", .required = true},
    field_rule{.name = "period", .type = column_type::period, .required = true},
    field_rule{.name = "value", .type = column_type::float64, .required = true}, field_rule{.name = "breakdown"}};

table local_rows(const cw_table* given) {
  std::vector<diagnostic> of_columns;
  table out = *conform("local", local_fields, hold(given)->value, 0, of_columns);
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

table analyze(const initiative& source, answers::analysis what, const cw_analyze_options& o) {
  auto how = request_of(o);
  if (what == answers::analysis::quality)
    how.quality = word<answers::quality_view>(o.show, "show").value_or(answers::quality_view::calls);
  else how.local = word<answers::harmonize_view>(o.show, "show").value_or(answers::harmonize_view::report);
  table local;
  if (what == answers::analysis::harmonize && o.local != nullptr) {
    local = local_rows(o.local);
    how.local_observations = &local;
  }
  return with_readings(answers::analyze(source, what, how, progress_of(o.progress)));
}

} // namespace
} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

int32_t cw_analyze(const cw_initiative* initiative, const char* what, size_t what_size,
                   const cw_analyze_options* options, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    const auto o = capi::options(options, cw_analyze_options CW_ANALYZE_OPTIONS_INIT);
    return analyze(i.value, word<answers::analysis>({what, what_size}, "what").value_or(answers::analysis::trend), o);
  });
}
