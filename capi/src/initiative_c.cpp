// SPDX-License-Identifier: Apache-2.0
// Initiatives: loading, saving, and what one holds.
#include <limits>

#include <commonweal/assess/check.hpp>
#include <commonweal/load.hpp>
#include <commonweal/measure/operator_text.hpp>

#include "answers/contents.hpp"
#include "contents.hpp"
#include "options.hpp"
#include "tables.hpp"

namespace commonweal::inline v0::capi {
namespace {

table indicator_table(const initiative& source) {
  table t({{"id", column_type::utf8},
           {"name", column_type::utf8},
           {"unit", column_type::utf8},
           {"kind", column_type::utf8},
           {"direction", column_type::utf8},
           {"over_groups", column_type::utf8},
           {"over_time", column_type::utf8},
           {"order", column_type::utf8},
           {"nature", column_type::utf8},
           {"counts_people", column_type::boolean},
           {"factor", column_type::float64},
           {"formula", column_type::utf8},
           {"formula_level", column_type::utf8},
           {"look_back", column_type::int64}});
  const auto blank = [](const std::string& s) { return s.empty() ? cell{} : cell{std::string_view(s)}; };
  for (const auto& d : source.measures().indicators) {
    const auto groups = operator_text(d.over_groups, d.groups_percent);
    const auto time = operator_text(d.over_time, d.time_percent);
    t.append_row({std::string_view(d.id), blank(d.name), blank(d.unit), to_string(d.kind), to_string(d.direction),
                  std::string_view(groups), std::string_view(time), to_string(d.order), to_string(d.nature),
                  d.counts_people, d.factor, blank(d.formula),
                  d.formula.empty() ? cell{} : cell{to_string(d.formula_level)},
                  d.look_back == std::numeric_limits<std::int64_t>::max() ? cell{} : cell{d.look_back}});
  }
  return t;
}

table info_table(const initiative_info& info) {
  table t({{"name", column_type::utf8},
           {"title", column_type::utf8},
           {"description", column_type::utf8},
           {"synthetic", column_type::boolean}});
  const auto blank = [](const std::string& s) { return s.empty() ? cell{} : cell{std::string_view(s)}; };
  t.append_row({blank(info.name), blank(info.title), blank(info.description), info.synthetic});
  return t;
}

} // namespace
} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

void cw_initiative_free(cw_initiative* initiative) CW_NOEXCEPT { discard(initiative); }

int32_t cw_load(const char* path, size_t path_size, const cw_progress* progress, cw_initiative** out,
                cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto from = capi::path(path, path_size);
    diagnostics found;
    auto loaded =
        heard(progress, found, [&](const commonweal::progress& tell) { return commonweal::load(from, found, tell); });
    to.set(
        capi::register_handle<cw_initiative>(std::make_unique<initiative_object>(std::move(loaded), std::move(found))));
  });
}
int32_t cw_check(const char* path, size_t path_size, const cw_progress* progress, cw_table** out,
                 cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto from = capi::path(path, path_size);
    diagnostics found;
    (void)heard(progress, found, [&](const commonweal::progress& tell) { return answers::check(from, found, tell); });
    to.set(capi::register_handle(answers::findings_table(found.items())));
  });
}
int32_t cw_unpack(const void* bytes, size_t size, cw_initiative** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    to.set(capi::register_handle<cw_initiative>(
        std::make_unique<initiative_object>(unpack(bytes_of(bytes, size)), diagnostics())));
  });
}
int32_t cw_pack(const cw_initiative* initiative, cw_buffer** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto source = acquire(initiative);
    const auto bytes = pack(source->value);
    to.set(capi::register_handle<cw_buffer>(
        std::make_unique<buffer_object>(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()))));
  });
}
int32_t cw_save(const cw_initiative* initiative, const char* path, size_t path_size, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const auto source = acquire(initiative);
    save_packed(source->value, capi::path(path, path_size));
  });
}
int32_t cw_write_folder(const cw_initiative* initiative, const char* path, size_t path_size,
                        const cw_progress* progress, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const auto source = acquire(initiative);
    write_folder(source->value, capi::path(path, path_size), progress_of(progress));
  });
}
int32_t cw_sample(const char* path, size_t path_size, const cw_sample_options* options, const cw_progress* progress,
                  cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    write_sample(capi::path(path, path_size), read_options<answers::sample_request>(options).how.size,
                 progress_of(progress));
  });
}

int32_t cw_initiative_diagnostics(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err,
                [](const initiative_object& i) { return answers::findings_table(i.found.items()); });
}
int32_t cw_initiative_check(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [](const initiative_object& i) {
    diagnostics found = i.found;
    check_records(i.value.network(), i.value.records(), found);
    return answers::findings_table(found.items());
  });
}
int32_t cw_initiative_info(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [](const initiative_object& i) { return info_table(i.value.info()); });
}
int32_t cw_initiative_summary(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [](const initiative_object& i) { return answers::summary_of(i.value); });
}
int32_t cw_initiative_tables(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [](const initiative_object& i) {
    table t({{"table", column_type::utf8}, {"kind", column_type::utf8}, {"rows", column_type::int64}});
    for (const auto& c : contents(i.value))
      t.append_row({std::string_view(c.name), c.kind, static_cast<std::int64_t>(c.rows)});
    return t;
  });
}
int32_t cw_initiative_table(const cw_initiative* initiative, const char* name, size_t name_size, cw_table** out,
                            cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    return content_table(i.value, checked_text(name, name_size, "name"));
  });
}
int32_t cw_initiative_indicators(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [](const initiative_object& i) { return indicator_table(i.value); });
}
