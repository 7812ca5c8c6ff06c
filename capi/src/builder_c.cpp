// SPDX-License-Identifier: Apache-2.0
// Builders: tables gathered in any order, checked together when asked for the initiative.
#include <algorithm>
#include <map>

#include <commonweal/formats/package.hpp>
#include <commonweal/initiative/initiative_builder.hpp>

#include "conform.hpp"
#include "contents.hpp"
#include "owned.hpp"
#include "tables.hpp"

namespace commonweal::inline v0::capi {
namespace {

std::string resource_name(const char* data, std::size_t size) {
  std::string out(checked_text(data, size, "resource"));
  if (out.empty()) refuse("resource: the name is blank");
  return out;
}

std::int64_t rows_of(const builder_object& b, std::string_view resource) {
  std::int64_t n = 0;
  for (const auto& p : b.parts)
    if (p.resource == resource) n += static_cast<std::int64_t>(p.rows->rows());
  return n;
}

void add(builder_object& b, std::string resource, std::shared_ptr<const table> rows) {
  std::vector<diagnostic> found;
  auto fit = conform(resource, std::move(rows), rows_of(b, resource), found);
  b.parts.push_back({std::move(resource), std::move(fit), std::move(found)});
}

/// Nodes, edges, then the rest, as initiative_builder wants them; batches of one table in the order they came.
initiative build(const builder_object& b, diagnostics& found) {
  const auto& order = files_of_the_model();
  const auto place = [&](const auto* p) { return std::find(order.begin(), order.end(), p->resource) - order.begin(); };
  std::vector<const builder_object::part*> parts;
  for (const auto& p : b.parts) parts.push_back(&p);
  std::stable_sort(parts.begin(), parts.end(), [&](const auto* x, const auto* y) { return place(x) < place(y); });
  initiative_builder in(b.info);
  std::map<std::string_view, std::int64_t> next_row;
  for (const auto* p : parts) {
    auto& row = next_row[p->resource];
    for (const auto& d : p->found) found.add(d);
    in.append(p->resource, *p->rows, {p->resource, row}, found);
    row += static_cast<std::int64_t>(p->rows->rows());
  }
  return in.finish(found);
}

} // namespace
} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

void cw_builder_free(cw_builder* builder) CW_NOEXCEPT { discard(builder); }

int32_t cw_builder_new(cw_builder** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    to.set(capi::register_handle<cw_builder>(std::make_unique<builder_object>()));
  });
}
int32_t cw_builder_from(const cw_initiative* initiative, cw_builder** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto source = acquire(initiative);
    auto b = std::make_unique<builder_object>();
    b->info = source->value.info();
    for (const auto& c : contents(source->value))
      b->parts.push_back({c.name, std::make_shared<const table>(content_table(source->value, c.name)), {}});
    to.set(capi::register_handle<cw_builder>(std::move(b)));
  });
}
int32_t cw_builder_set_info(cw_builder* builder, const cw_info* info, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const owned<cw_builder> b(builder);
    if (info == nullptr) refuse("the info is NULL");
    const auto given = options(info, cw_info CW_INFO_INIT);
    auto next = b->info; // what the package says beyond these stays
    next.name = checked_text(given.name, "name");
    next.title = checked_text(given.title, "title");
    next.description = checked_text(given.description, "description");
    next.synthetic = given.synthetic != 0;
    b->info = std::move(next);
  });
}
int32_t cw_builder_add_table(cw_builder* builder, const char* resource, size_t resource_size, const cw_table* table,
                             cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const owned<cw_builder> b(builder);
    add(*b, resource_name(resource, resource_size), acquire(table)->value);
  });
}
int32_t cw_builder_add_stream(cw_builder* builder, const char* resource, size_t resource_size, ArrowArrayStream* stream,
                              cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    if (stream == nullptr) refuse("the stream is NULL");
    table rows = import_stream(*stream); // consumed even where the builder is none
    const owned<cw_builder> b(builder);
    auto name = resource_name(resource, resource_size);
    std::vector<diagnostic> found;
    auto fit = std::make_shared<const table>(conform(name, std::move(rows), rows_of(*b, name), found));
    b->parts.push_back({std::move(name), std::move(fit), std::move(found)});
  });
}
int32_t cw_builder_remove(cw_builder* builder, const char* resource, size_t resource_size, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const owned<cw_builder> b(builder);
    const auto name = resource_name(resource, resource_size);
    nearest_words near(name);
    for (const auto& p : b->parts) near.consider(p.resource);
    if (std::erase_if(b->parts, [&](const auto& p) { return p.resource == name; }) == 0)
      refuse(with_hint("the builder holds no rows of " + name, near.question()));
  });
}
int32_t cw_builder_finish(cw_builder* builder, cw_initiative** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const owned<cw_builder> b(builder);
    diagnostics found;
    auto built = build(*b, found);
    to.set(
        capi::register_handle<cw_initiative>(std::make_unique<initiative_object>(std::move(built), std::move(found))));
  });
}
