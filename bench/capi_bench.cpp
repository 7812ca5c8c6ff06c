// SPDX-License-Identifier: Apache-2.0
// The C interface against the C++ calls below it: what a call costs, and what 6,000,000 observations cost on their way
// in, through a rollup whole and in parts, and out. Answers are compared first. The library is loaded as a host loads
// it.
//
// capi_bench [LIBRARY] [REPORTERS]: default libcommonweal.so of the same build, 100,000 reporters by 60 months.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include <dlfcn.h>

#include <commonweal/core/csv_table.hpp>
#include <commonweal/initiative/initiative_builder.hpp>
#include <commonweal/load.hpp>

#include "../capi/include/commonweal.h"

namespace {

using namespace commonweal;

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "capi_bench: %s\n", what.c_str());
  std::exit(1);
}

struct library {
  void* handle;
  void find(const char* name, void* into) const {
    void* p = dlsym(handle, name);
    if (p == nullptr) fail(std::string("no ") + name);
    std::memcpy(into, &p, sizeof p);
  }
};
// The function of that name, by the prototype of the header, from the library that was opened.
#define FROM_LIBRARY(name)          \
  decltype(&::name) name = nullptr; \
  lib.find(#name, &name)

double seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// The least of some runs, taken in turns so that the machine treats all alike.
std::vector<double> least(int runs, const std::vector<std::function<void()>>& works) {
  std::vector<double> best(works.size(), 1e300);
  for (int k = 0; k < runs; ++k)
    for (std::size_t i = 0; i < works.size(); ++i) best[i] = std::min(best[i], seconds(works[i]));
  return best;
}

constexpr int months = 60;
constexpr std::int64_t batch_rows = 1 << 17;

std::string id_of(std::int64_t r) { return "reporter-" + std::to_string(r); }
period month_of(int m) { return period::parse("2019-01")->plus(m); }
double value_of(std::int64_t row) { return static_cast<double>((row * 2654435761LL) % 1000); }

/// A network of reporters in groups of a hundred, in tens of groups, in one.
initiative_builder network_of(std::int64_t reporters) {
  initiative_info info;
  info.name = "bench";
  info.synthetic = true;
  initiative_builder in(std::move(info));
  diagnostics found;
  table organizations({{"id", column_type::utf8}}), groups({{"id", column_type::utf8}}),
      indicators({{"id", column_type::utf8}, {"kind", column_type::utf8}}),
      members({{"from", column_type::utf8}, {"to", column_type::utf8}}),
      parts({{"from", column_type::utf8}, {"to", column_type::utf8}});
  const std::int64_t small = (reporters + 99) / 100, large = (small + 9) / 10;
  groups.append_row({std::string_view("all")});
  for (std::int64_t g = 0; g < large; ++g) {
    const auto id = "large-" + std::to_string(g);
    groups.append_row({std::string_view(id)});
    parts.append_row({std::string_view(id), std::string_view("all")});
  }
  for (std::int64_t g = 0; g < small; ++g) {
    const auto id = "small-" + std::to_string(g), above = "large-" + std::to_string(g / 10);
    groups.append_row({std::string_view(id)});
    parts.append_row({std::string_view(id), std::string_view(above)});
  }
  for (std::int64_t r = 0; r < reporters; ++r) {
    const auto id = id_of(r), above = "small-" + std::to_string(r / 100);
    organizations.append_row({std::string_view(id)});
    members.append_row({std::string_view(id), std::string_view(above)});
  }
  indicators.append_row({std::string_view("meals"), std::string_view("amount")});
  in.append("organizations", organizations, {"organizations"}, found);
  in.append("groups", groups, {"groups"}, found);
  in.append("indicators", indicators, {"indicators"}, found);
  in.append("member_of", members, {"member_of"}, found);
  in.append("part_of", parts, {"part_of"}, found);
  return in;
}

/// The observations in memory as the C++ library holds tables.
table observations_of(std::int64_t reporters) {
  utf8_values who, what;
  std::vector<period> when;
  std::vector<double> value;
  for (std::int64_t r = 0; r < reporters; ++r)
    for (int m = 0; m < months; ++m) {
      who.push_back(id_of(r));
      what.push_back("meals");
      when.push_back(month_of(m));
      value.push_back(value_of(r * months + m));
    }
  table t;
  t.add_column(column("reporter", std::move(who)));
  t.add_column(column("indicator", std::move(what)));
  t.add_column(column("period", std::move(when)));
  t.add_column(column("value", std::move(value)));
  return t;
}

/// The same in memory as an Arrow producer holds it: text, or indices into a dictionary, and numbers that lie dense.
struct arrow_data {
  std::int64_t rows = 0;
  bool coded = false;
  struct text {
    std::vector<std::int32_t> offsets = {0};
    std::string bytes;
    void add(const std::string& s) {
      bytes += s;
      offsets.push_back(static_cast<std::int32_t>(bytes.size()));
    }
  };
  std::vector<text> columns;                      // three of text: all rows, or the words
  std::vector<std::vector<std::int32_t>> indices; // where coded
  std::vector<double> value;
};
arrow_data arrow_of(std::int64_t reporters, bool coded) {
  arrow_data d;
  d.rows = reporters * months;
  d.coded = coded;
  d.columns.resize(3);
  d.indices.resize(coded ? 3 : 0);
  if (coded) {
    for (std::int64_t r = 0; r < reporters; ++r) d.columns[0].add(id_of(r));
    d.columns[1].add("meals");
    for (int m = 0; m < months; ++m) d.columns[2].add(month_of(m).to_string());
  }
  for (std::int64_t r = 0; r < reporters; ++r)
    for (int m = 0; m < months; ++m) {
      if (coded) {
        d.indices[0].push_back(static_cast<std::int32_t>(r));
        d.indices[1].push_back(0);
        d.indices[2].push_back(m);
      } else {
        d.columns[0].add(id_of(r));
        d.columns[1].add("meals");
        d.columns[2].add(month_of(m).to_string());
      }
      d.value.push_back(value_of(r * months + m));
    }
  return d;
}

/// A producer of batches over arrow_data, which outlives it.
struct producer {
  const arrow_data* data;
  std::int64_t at = 0;
};
void free_schema(ArrowSchema* s) {
  for (std::int64_t i = 0; i < s->n_children; ++i)
    if (s->children[i]->release != nullptr) s->children[i]->release(s->children[i]), delete s->children[i];
  delete[] s->children;
  if (s->dictionary != nullptr) s->dictionary->release(s->dictionary), delete s->dictionary;
  s->release = nullptr;
}
ArrowSchema schema_named(const char* name, const char* format) {
  return {format, name, nullptr, ARROW_FLAG_NULLABLE, 0, nullptr, nullptr, free_schema, nullptr};
}
void free_array(ArrowArray* a) {
  for (std::int64_t i = 0; i < a->n_children; ++i) a->children[i]->release(a->children[i]), delete a->children[i];
  delete[] a->children;
  if (a->dictionary != nullptr) a->dictionary->release(a->dictionary), delete a->dictionary;
  delete[] a->buffers;
  a->release = nullptr;
}
ArrowArray array_of(std::int64_t length, std::int64_t offset, std::vector<const void*> buffers) {
  auto** held = new const void*[buffers.size()];
  std::copy(buffers.begin(), buffers.end(), held);
  return {length, 0, offset, static_cast<std::int64_t>(buffers.size()), 0, held, nullptr, nullptr, free_array, nullptr};
}
int next_schema(ArrowArrayStream* s, ArrowSchema* out) {
  const auto& d = *static_cast<producer*>(s->private_data)->data;
  *out = schema_named("", "+s");
  out->n_children = 4;
  out->children = new ArrowSchema*[4];
  const char* names[] = {"reporter", "indicator", "period", "value"};
  for (int c = 0; c < 4; ++c) {
    out->children[c] = new ArrowSchema(schema_named(names[c], c == 3 ? "g" : d.coded ? "i" : "u"));
    if (c < 3 && d.coded) out->children[c]->dictionary = new ArrowSchema(schema_named("", "u"));
  }
  return 0;
}
int next_batch(ArrowArrayStream* s, ArrowArray* out) {
  auto& p = *static_cast<producer*>(s->private_data);
  const auto& d = *p.data;
  if (p.at == d.rows) {
    *out = {};
    return 0;
  }
  const std::int64_t n = std::min(batch_rows, d.rows - p.at);
  *out = array_of(n, 0, {nullptr});
  out->n_children = 4;
  out->children = new ArrowArray*[4];
  for (std::size_t c = 0; c < 3; ++c) {
    const auto& t = d.columns[c];
    if (!d.coded) {
      out->children[c] = new ArrowArray(array_of(n, p.at, {nullptr, t.offsets.data(), t.bytes.data()}));
      continue;
    }
    out->children[c] = new ArrowArray(array_of(n, p.at, {nullptr, d.indices[c].data()}));
    out->children[c]->dictionary = new ArrowArray(
        array_of(static_cast<std::int64_t>(t.offsets.size()) - 1, 0, {nullptr, t.offsets.data(), t.bytes.data()}));
  }
  out->children[3] = new ArrowArray(array_of(n, p.at, {nullptr, d.value.data()}));
  p.at += n;
  return 0;
}
const char* no_error(ArrowArrayStream*) { return nullptr; }
void free_stream(ArrowArrayStream* s) {
  delete static_cast<producer*>(s->private_data);
  s->release = nullptr;
}
ArrowArrayStream stream_of(const arrow_data& d) {
  return {next_schema, next_batch, no_error, free_stream, new producer{&d}};
}

} // namespace

int main(int argc, char** argv) {
  const auto beside = std::filesystem::canonical("/proc/self/exe").parent_path() / "../capi/libcommonweal.so";
  const library lib{dlopen(argc > 1 ? argv[1] : beside.c_str(), RTLD_NOW | RTLD_LOCAL)};
  if (lib.handle == nullptr) fail(dlerror());
  const std::int64_t reporters = argc > 2 ? std::atoll(argv[2]) : 100'000;
  FROM_LIBRARY(cw_error_message);
  FROM_LIBRARY(cw_unpack);
  FROM_LIBRARY(cw_initiative_free);
  FROM_LIBRARY(cw_builder_from);
  FROM_LIBRARY(cw_builder_add_stream);
  FROM_LIBRARY(cw_builder_finish);
  FROM_LIBRARY(cw_builder_free);
  FROM_LIBRARY(cw_rollup);
  FROM_LIBRARY(cw_table_free);
  FROM_LIBRARY(cw_table_rows);
  FROM_LIBRARY(cw_table_csv);
  FROM_LIBRARY(cw_table_import);
  FROM_LIBRARY(cw_table_export);
  FROM_LIBRARY(cw_buffer_data);
  FROM_LIBRARY(cw_buffer_size);
  FROM_LIBRARY(cw_buffer_free);
  FROM_LIBRARY(cw_partial_new);
  FROM_LIBRARY(cw_partial_update_stream);
  FROM_LIBRARY(cw_partial_finish);
  FROM_LIBRARY(cw_partial_free);
  cw_error* err = nullptr;
  const auto ok = [&](std::int32_t status) {
    if (status != CW_OK) fail(cw_error_message(err));
  };

  diagnostics found;
  const initiative bare = network_of(reporters).finish(found);
  const auto packed = pack(bare);
  cw_initiative* source = nullptr;
  ok(cw_unpack(packed.data(), packed.size(), &source, &err));
  const table rows = observations_of(reporters);
  const arrow_data text = arrow_of(reporters, false), coded = arrow_of(reporters, true);

  const auto in_cpp = [&] {
    diagnostics here;
    initiative_builder in(bare.info(), bare.network());
    in.append("observations", rows, {"observations", 0}, here);
    return in.finish(here).rollup();
  };
  const auto through_builder = [&](const arrow_data& d) {
    cw_builder* b = nullptr;
    cw_initiative* made = nullptr;
    cw_table* t = nullptr;
    ok(cw_builder_from(source, &b, &err));
    auto s = stream_of(d);
    ok(cw_builder_add_stream(b, "observations", 12, &s, &err));
    ok(cw_builder_finish(b, &made, &err));
    ok(cw_rollup(made, nullptr, &t, &err));
    cw_initiative_free(made);
    cw_builder_free(b);
    return t;
  };
  const auto through_partial = [&](const arrow_data& d) {
    cw_partial* p = nullptr;
    cw_table* t = nullptr;
    ok(cw_partial_new(source, nullptr, &p, &err));
    auto s = stream_of(d);
    ok(cw_partial_update_stream(p, &s, &err));
    ok(cw_partial_finish(p, nullptr, &t, &err));
    cw_partial_free(p);
    return t;
  };

  // The answers first: the same text to the last digit.
  const auto csv_of = [&](cw_table* t) {
    cw_buffer* b = nullptr;
    ok(cw_table_csv(t, &b, &err));
    std::string out(static_cast<const char*>(cw_buffer_data(b)), cw_buffer_size(b));
    cw_buffer_free(b);
    cw_table_free(t);
    return out;
  };
  std::ostringstream wanted;
  write_csv(wanted, in_cpp());
  for (const auto* d : {&text, &coded})
    if (csv_of(through_builder(*d)) != wanted.str() || csv_of(through_partial(*d)) != wanted.str())
      fail("the C interface gives other figures than the C++ call");

  std::printf("%lld observations of %lld reporters\n", static_cast<long long>(text.rows),
              static_cast<long long>(reporters));
  const auto drop = [&](cw_table* t) { cw_table_free(t); };
  const auto in_and_up =
      least(3, {[&] { (void)in_cpp(); }, [&] { drop(through_builder(text)); }, [&] { drop(through_builder(coded)); },
                [&] { drop(through_partial(text)); }, [&] { drop(through_partial(coded)); }});
  const char* names[] = {"C++: a table in memory, initiative_builder and rollup",
                         "C: Arrow stream of text, builder and rollup",
                         "C: Arrow stream of dictionaries, builder and rollup", "C: Arrow stream of text, partial",
                         "C: Arrow stream of dictionaries, partial"};
  for (std::size_t i = 0; i < in_and_up.size(); ++i)
    std::printf("  %-55s %7.3f s  %5.2f x\n", names[i], in_and_up[i], in_and_up[i] / in_and_up[0]);

  cw_table* whole = nullptr;
  const auto import_only = least(3, {[&] {
                                   auto s = stream_of(coded);
                                   cw_table* t = nullptr;
                                   ok(cw_table_import(&s, &t, &err));
                                   cw_table_free(t);
                                 }});
  auto s = stream_of(coded);
  ok(cw_table_import(&s, &whole, &err));
  const auto out_again = least(3, {[&] {
                                 ArrowArrayStream out{};
                                 ArrowArray batch{};
                                 ok(cw_table_export(whole, &out, &err));
                                 if (out.get_next(&out, &batch) != 0) fail("no batch comes out");
                                 batch.release(&batch);
                                 out.release(&out);
                               }});
  std::printf("  %-55s %7.3f s\n  %-55s %9.6f s\n", "import of the dictionaries to a table", import_only[0],
              "the table out again, as an Arrow batch", out_again[0]);

  // A call: one that does next to nothing, and a small rollup.
  constexpr int calls = 1'000'000;
  std::int64_t n = 0;
  const auto call = least(3, {[&] {
                            for (int k = 0; k < calls; ++k) ok(cw_table_rows(whole, &n, &err));
                          }});
  std::printf("  %-55s %7.1f ns\n", "a call: cw_table_rows", call[0] / calls * 1e9);
  cw_table_free(whole);
  diagnostics small_found;
  initiative_builder small_in = network_of(100);
  small_in.append("observations", observations_of(100), {"observations", 0}, small_found);
  const initiative small = small_in.finish(small_found);
  const auto small_packed = pack(small);
  cw_initiative* small_c = nullptr;
  ok(cw_unpack(small_packed.data(), small_packed.size(), &small_c, &err));
  const auto rollups = least(50, {[&] { (void)small.rollup(); },
                                  [&] {
                                    cw_table* t = nullptr;
                                    ok(cw_rollup(small_c, nullptr, &t, &err));
                                    cw_table_free(t);
                                  }});
  std::printf("  %-55s %7.1f us in C++, %.1f us in C\n", "a rollup of 6,000 observations", rollups[0] * 1e6,
              rollups[1] * 1e6);
  cw_initiative_free(small_c);
  cw_initiative_free(source);
  return 0;
}
