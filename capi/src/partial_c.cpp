// SPDX-License-Identifier: Apache-2.0
// Rollups in parts: new, update, merge, serialize, finish.
#include "conform.hpp"
#include "figures.hpp"
#include "owned.hpp"
#include "tables.hpp"

namespace commonweal::inline v0::capi {
namespace {

void update(partial_object& p, const table& fit, std::vector<diagnostic>&& of_columns) {
  diagnostics found;
  for (auto& d : of_columns) found.add(std::move(d));
  answers::add_observations(p.value, p.source->value, fit, {"observations", p.rows}, found);
  p.rows += static_cast<std::int64_t>(fit.rows());
}

cw_partial* register_handle(std::unique_ptr<partial_object> what) {
  return capi::register_handle<cw_partial>(std::move(what));
}

} // namespace
} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

void cw_partial_free(cw_partial* partial) CW_NOEXCEPT { discard(partial); }

int32_t cw_partial_new(const cw_initiative* initiative, const cw_rollup_options* options, cw_partial** out,
                       cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    auto how = rollup_options_of(options);
    how.progress = nullptr;
    to.set(register_handle(std::make_unique<partial_object>(
        initiative, [&](const commonweal::initiative& of) { return answers::partial_of(of, how); })));
  });
}
int32_t cw_partial_update(cw_partial* partial, const cw_table* observations, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const owned<cw_partial> p(partial);
    std::vector<diagnostic> found;
    const auto fit = conform("observations", acquire(observations)->value, p->rows, found);
    update(*p, *fit, std::move(found));
  });
}
int32_t cw_partial_update_stream(cw_partial* partial, ArrowArrayStream* observations, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    if (observations == nullptr) refuse("the stream is NULL");
    table rows = import_stream(*observations); // consumed even where the partial is none
    const owned<cw_partial> p(partial);
    std::vector<diagnostic> found;
    rows = conform("observations", std::move(rows), p->rows, found);
    update(*p, rows, std::move(found));
  });
}
int32_t cw_partial_merge(cw_partial* into, const cw_partial* other, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    if (into != nullptr && into == other)
      refuse("a partial is not merged with itself: each of its reports would count twice");
    const owned<cw_partial> p(into);
    const owned<cw_partial> from(other);
    p->value.merge(from->value);
  });
}
int32_t cw_partial_serialize(const cw_partial* partial, cw_buffer** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const owned<cw_partial> p(partial);
    const auto bytes = p->value.serialize();
    to.set(capi::register_handle<cw_buffer>(
        std::make_unique<buffer_object>(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()))));
  });
}
int32_t cw_partial_deserialize(const cw_initiative* initiative, const void* bytes, size_t size, cw_partial** out,
                               cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto given = bytes_of(bytes, size);
    to.set(register_handle(std::make_unique<partial_object>(
        initiative, [&](const commonweal::initiative& of) { return answers::partial_from(of, given); })));
  });
}
int32_t cw_partial_finish(const cw_partial* partial, const cw_progress* progress, cw_table** out,
                          cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const owned<cw_partial> p(partial);
    to.set(capi::register_handle(answers::finish(p->value, progress_of(progress))));
  });
}
