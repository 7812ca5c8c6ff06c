// SPDX-License-Identifier: Apache-2.0
// Judgements, choices, what the literature fixes, and the report of it all.
#include <algorithm>

#include <commonweal/catalogue/catalogue.hpp>

#include "answers/judge.hpp"
#include "report/content.hpp"
#include "report/tables.hpp"
#include "report/terminal_report.hpp"
#include "tables.hpp"

namespace commonweal::inline v0::capi {
namespace {

answers::assess_request request_of(const cw_assess_options& o) {
  answers::assess_request r;
  r.as_of = optional_date(o.as_of, "as_of");
  r.compare = optional_date(o.compare, "compare");
  r.only = list(o.only, o.n_only, "only");
  r.policy = word<readiness_policy>(o.policy, "policy");
  r.rubric = text(o.rubric, "rubric");
  r.scheme = text(o.scheme, "scheme");
  r.currency = text(o.currency, "currency");
  return r;
}

answers::select_request request_of(const cw_select_options& o) {
  answers::select_request r;
  check_list(o.weights, o.n_weights, "weights");
  for (std::size_t i = 0; i < o.n_weights; ++i)
    r.rank.weights[std::string(text(o.weights[i].criterion, "weights"))] = number(o.weights[i].weight, "weights");
  r.rank.seed = o.seed;
  r.rank.deadline = optional_date(o.deadline, "deadline");
  r.coordination_cost = number(o.coordination_cost, "coordination_cost");
  r.as_of = optional_date(o.as_of, "as_of");
  return r;
}

report::content content_of(const initiative_object& i, const cw_report_options& o) {
  report::report_options how;
  how.as_of = optional_date(o.as_of, "as_of");
  how.group = text(o.group, "group");
  how.flat = share(o.flat, "flat");
  return report::gather(i.value, i.found, how);
}

std::string draw_report(const initiative_object& i, const cw_report_options& o) {
  if (o.width < 72 || o.width > 120) refuse("width: " + std::to_string(o.width) + " columns; 72 to 120 can be filled");
  const report::style look{.width = o.width, .ascii = o.ascii != 0, .color = o.color != 0};
  return report::draw(content_of(i, o), look, o.full != 0);
}

} // namespace
} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

int32_t cw_default_day(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [](const initiative_object& i) { return answers::default_day_table(i.value); });
}
int32_t cw_lint(const cw_initiative* initiative, const char* as_of, size_t as_of_size, cw_table** out,
                cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    return lint(i.value.network(), i.value.measures(),
                answers::day_of(i.value, optional_date({as_of, as_of_size}, "as_of")).day, i.value.records());
  });
}
int32_t cw_assess(const cw_initiative* initiative, const cw_assess_options* options, cw_table** out,
                  cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    const auto o = capi::options(options, cw_assess_options CW_ASSESS_OPTIONS_INIT);
    return answers::assess_table(i.value, request_of(o), progress_of(o.progress));
  });
}
int32_t cw_duration(const cw_initiative* initiative, const char* as_of, size_t as_of_size, cw_table** out,
                    cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    return answers::duration_table(i.value, answers::day_of(i.value, optional_date({as_of, as_of_size}, "as_of")).day);
  });
}
int32_t cw_select(const cw_initiative* initiative, const char* what, size_t what_size, const cw_select_options* options,
                  cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    const auto o = capi::options(options, cw_select_options CW_SELECT_OPTIONS_INIT);
    return answers::select(
               i.value,
               word<answers::selection_view>({what, what_size}, "what").value_or(answers::selection_view::rank),
               request_of(o))
        .rows;
  });
}
int32_t cw_catalogue(const char* list, size_t list_size, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto name = text(list, list_size, "list");
    to.set(capi::publish(name.empty() ? catalogue::lists() : catalogue::list(name)));
  });
}
int32_t cw_report(const cw_initiative* initiative, const cw_report_options* options, cw_buffer** out,
                  cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto source = hold(initiative);
    to.set(capi::publish<cw_buffer>(std::make_unique<buffer_object>(
        draw_report(*source, capi::options(options, cw_report_options CW_REPORT_OPTIONS_INIT)))));
  });
}
int32_t cw_report_tables(const cw_initiative* initiative, const cw_report_options* options, const char* name,
                         size_t name_size, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    const auto which = word<report::part_of_report>({name, name_size}, "name");
    return which ? report::report_table(content_of(i, capi::options(options, cw_report_options CW_REPORT_OPTIONS_INIT)),
                                        *which)
                 : report::report_table_list();
  });
}
