// SPDX-License-Identifier: Apache-2.0
// Judgements, choices, what the literature fixes, and the report of it all.
#include <commonweal/catalogue/catalogue.hpp>

#include "options.hpp"
#include "report/tables.hpp"
#include "report/terminal_report.hpp"
#include "tables.hpp"

namespace commonweal::inline v0::capi {
namespace {

report::content content_of(const initiative_object& i, const answers::report_request& how) {
  return report::gather(i.value, i.found, how.content);
}

std::string draw_report(const initiative_object& i, const answers::report_request& how) {
  const report::style look{.width = how.width, .ascii = how.ascii, .color = how.color};
  return report::draw(content_of(i, how), look, how.full);
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
    const auto [how, by] = read_options<answers::assess_request>(options);
    return answers::assess_table(i.value, how, by);
  });
}
int32_t cw_duration(const cw_initiative* initiative, const char* as_of, size_t as_of_size, cw_table** out,
                    cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    return answers::duration_table(i.value, answers::day_of(i.value, optional_date({as_of, as_of_size}, "as_of")).day);
  });
}
int32_t cw_select(const cw_initiative* initiative, const cw_select_options* options, cw_table** out,
                  cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    return answers::select(i.value, read_options<answers::select_request>(options).how).rows;
  });
}
int32_t cw_catalogue(const char* list, size_t list_size, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto name = checked_text(list, list_size, "list");
    to.set(capi::register_handle(name.empty() ? catalogue::lists() : catalogue::list(name)));
  });
}
int32_t cw_report(const cw_initiative* initiative, const cw_report_options* options, cw_buffer** out,
                  cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto source = acquire(initiative);
    to.set(capi::register_handle<cw_buffer>(
        std::make_unique<buffer_object>(draw_report(*source, read_options<answers::report_request>(options).how))));
  });
}
int32_t cw_report_tables(const cw_initiative* initiative, const cw_report_options* options, const char* name,
                         size_t name_size, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    const auto how = read_options<answers::report_request>(options).how;
    const auto which = checked_text(name, name_size, "name");
    if (which.empty()) return report::report_table_list();
    std::string why;
    const auto part = answers::word_named<report::part_of_report>(std::string(which), why);
    if (!part) refuse("name: " + why);
    return report::report_table(content_of(i, how), *part);
  });
}
