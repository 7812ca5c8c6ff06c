// SPDX-License-Identifier: Apache-2.0
// Every allocation of every call fails once: out-of-memory is returned, nothing leaks, handles stay as they were. This
// program's operator new stands in for the library's. argv[1]: a folder to write in, argv[2]: Communities That Care.
#include "check.h"

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <new>
#include <string>

namespace {
std::atomic<long> live{0};
std::atomic<long> countdown{-1}; // of allocations until one fails; below zero: none does
} // namespace

void* operator new(std::size_t size) {
  if (countdown.load() >= 0 && countdown.fetch_sub(1) == 0) throw std::bad_alloc();
  void* p = std::malloc(size == 0 ? 1 : size);
  if (p == nullptr) throw std::bad_alloc();
  ++live;
  return p;
}
void operator delete(void* p) noexcept {
  if (p != nullptr) --live;
  std::free(p);
}
void operator delete(void* p, std::size_t) noexcept { operator delete(p); }

namespace {

long sweeps = 0;
long points = 0;

/// Runs the call with the first allocation failing, then the second, until one run needs no more; `drop` frees what a
/// success made.
void sweep(const char* name, const std::function<int32_t(cw_error**)>& call, const std::function<void()>& drop) {
  ++sweeps;
  cw_error* err = nullptr;
  long nth = 0;
  EXPECT(call(&err) == CW_OK); // once in full: constants that a function keeps are made now
  drop();
  const long step_after = 400; // every point of short calls, then ever wider steps
  for (;;) {
    const long before = live.load();
    countdown.store(nth);
    const int32_t status = call(&err);
    const bool reached = countdown.exchange(-1) < 0;
    if (!reached) {
      if (status != CW_OK) std::fprintf(stderr, "%s: %s\n", name, cw_error_message(err));
      EXPECT(status == CW_OK && err == nullptr);
      drop();
      EXPECT(live.load() == before);
      break;
    }
    ++points;
    if (status == CW_OK) drop(); // an allocation that a fallback did without
    if (status != CW_OK && status != CW_NO_MEMORY)
      std::fprintf(stderr, "%s, allocation %ld: %s [%s]\n", name, nth, cw_error_message(err), cw_status_name(status));
    EXPECT(status == CW_OK || status == CW_NO_MEMORY);
    EXPECT(status == CW_OK || cw_error_status(err) == CW_NO_MEMORY);
    cw_error_free(err);
    err = nullptr;
    if (live.load() != before)
      std::fprintf(stderr, "%s, allocation %ld: %ld blocks leak\n", name, nth, live.load() - before);
    EXPECT(live.load() == before);
    nth += nth < step_after ? 1 : nth / 64;
  }
}

std::string bytes_of(const cw_initiative* i) {
  cw_buffer* b = nullptr;
  EXPECT(cw_pack(i, &b, nullptr) == CW_OK);
  std::string out(static_cast<const char*>(cw_buffer_data(b)), cw_buffer_size(b));
  cw_buffer_free(b);
  return out;
}

/// A partial keeps the plan of a stretch once it was made, so each call begins with one of its own.
void sweep_partials(const cw_initiative* care) {
  cw_table* reports = nullptr;
  cw_partial* made = nullptr;
  cw_partial* full = nullptr;
  cw_table* out = nullptr;
  cw_buffer* bytes = nullptr;
  cw_error* err = nullptr;
  OK(cw_initiative_table(care, WORD("observations"), &reports, &err));
  OK(cw_partial_new(care, nullptr, &full, &err));
  OK(cw_partial_update(full, reports, &err));
  const auto drop = [&] {
    cw_partial_free(made);
    made = nullptr;
  };
  sweep(
      "partial_new", [&](cw_error** e) { return cw_partial_new(care, nullptr, &made, e); }, drop);
  const auto filled = [&](cw_error** e, auto fill) {
    const long paused = countdown.exchange(-1);
    EXPECT(cw_partial_new(care, nullptr, &made, nullptr) == CW_OK);
    countdown.store(paused);
    const int32_t status = fill(e);
    const long left = countdown.exchange(-1);
    if (status != CW_OK) { // as it was, and of use
      cw_error* again = nullptr;
      OK(cw_partial_finish(made, nullptr, &out, &again));
      EXPECT(rows_of(out) == 0);
      cw_table_free(out);
      OK(cw_partial_update(made, reports, &again));
      drop();
    }
    countdown.store(left);
    return status;
  };
  sweep(
      "partial_update",
      [&](cw_error** e) { return filled(e, [&](cw_error** f) { return cw_partial_update(made, reports, f); }); }, drop);
  sweep(
      "partial_merge",
      [&](cw_error** e) { return filled(e, [&](cw_error** f) { return cw_partial_merge(made, full, f); }); }, drop);
  sweep(
      "partial_serialize", [&](cw_error** e) { return cw_partial_serialize(full, &bytes, e); },
      [&] { cw_buffer_free(bytes); });
  cw_buffer* kept = nullptr;
  OK(cw_partial_serialize(full, &kept, &err));
  sweep(
      "partial_deserialize",
      [&](cw_error** e) { return cw_partial_deserialize(care, cw_buffer_data(kept), cw_buffer_size(kept), &made, e); },
      drop);
  sweep(
      "partial_finish", [&](cw_error** e) { return cw_partial_finish(full, nullptr, &out, e); },
      [&] { cw_table_free(out); });
  cw_buffer_free(kept);
  cw_partial_free(full);
  cw_table_free(reports);
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string scratch = argv[1];
  const std::string care_path = argv[2];
  cw_error* err = nullptr;
  cw_initiative* care = nullptr;
  OK(cw_load(care_path.data(), care_path.size(), nullptr, &care, &err));
  cw_builder* builder = town_builder();
  cw_table* table = nullptr;
  cw_table* out = nullptr;
  cw_buffer* buffer = nullptr;
  cw_initiative* made = nullptr;
  cw_builder* begun = nullptr;
  ArrowArrayStream stream{};
  OK(cw_rollup(care, nullptr, &table, &err));
  const std::string packed = bytes_of(care);
  const std::string file = scratch + "/saved";
  const std::string folder = scratch + "/folder";
  const std::string sample = scratch + "/sample";
  cw_sample_options small = CW_SAMPLE_OPTIONS_INIT;
  small.reporters = 3;
  small.groups = 4;
  small.periods = 2;
  small.indicators = 1;
  const auto drop_table = [&] { cw_table_free(out); };
  const auto drop_buffer = [&] { cw_buffer_free(buffer); };
  const auto drop_made = [&] { cw_initiative_free(made); };
  const auto nothing = [] {};
  const double values[] = {1, 2};
  const char* const names[] = {"a name that is longer than a short string", nullptr};
  const cw_column columns[] = {reals("x", values), strings("name", names)};

  OK(cw_save(care, file.data(), file.size(), &err));
  sweep(
      "load", [&](cw_error** e) { return cw_load(file.data(), file.size(), nullptr, &made, e); }, drop_made);
  sweep(
      "load_folder", [&](cw_error** e) { return cw_load(care_path.data(), care_path.size(), nullptr, &made, e); },
      drop_made);
  sweep(
      "write_folder", [&](cw_error** e) { return cw_write_folder(care, folder.data(), folder.size(), nullptr, e); },
      nothing);
  sweep(
      "check", [&](cw_error** e) { return cw_check(care_path.data(), care_path.size(), nullptr, &out, e); },
      drop_table);
  sweep(
      "sample", [&](cw_error** e) { return cw_sample(sample.data(), sample.size(), &small, nullptr, e); }, nothing);
  sweep(
      "unpack", [&](cw_error** e) { return cw_unpack(packed.data(), packed.size(), &made, e); }, drop_made);
  sweep(
      "pack", [&](cw_error** e) { return cw_pack(care, &buffer, e); }, drop_buffer);
  sweep(
      "save", [&](cw_error** e) { return cw_save(care, file.data(), file.size(), e); }, nothing);
  sweep(
      "from_columns", [&](cw_error** e) { return cw_table_from_columns(columns, 2, 2, &out, e); }, drop_table);
  sweep(
      "csv", [&](cw_error** e) { return cw_table_csv(table, &buffer, e); }, drop_buffer);
  sweep(
      "export", [&](cw_error** e) { return cw_table_export(table, &stream, e); }, [&] { stream.release(&stream); });
  sweep(
      "import",
      [&](cw_error** e) {
        const long paused = countdown.exchange(-1);
        EXPECT(cw_table_export(table, &stream, nullptr) == CW_OK);
        countdown.store(paused);
        const auto status = cw_table_import(&stream, &out, e);
        EXPECT(stream.release == nullptr);
        return status;
      },
      drop_table);
  const auto of_codes = [&](auto call) { // of a table that holds codes, made anew for each call
    const long paused = countdown.exchange(-1);
    out = with_codes(table, "group");
    countdown.store(paused);
    return call();
  };
  cw_column column = CW_COLUMN_INIT;
  ArrowArray batch{};
  sweep(
      "column of codes",
      [&](cw_error** e) {
        const auto status = of_codes([&] { return cw_table_column(out, 0, &column, e); });
        if (status != CW_OK) drop_table();
        return status;
      },
      drop_table);
  sweep(
      "export of codes",
      [&](cw_error** e) {
        const auto status = of_codes([&] { return cw_table_export(out, &stream, e); });
        drop_table();
        if (status == CW_OK) EXPECT((stream.get_next(&stream, &batch) == 0) == (batch.release != nullptr));
        return status;
      },
      [&] {
        if (batch.release != nullptr) batch.release(&batch);
        stream.release(&stream);
      });
  sweep(
      "builder_from", [&](cw_error** e) { return cw_builder_from(care, &begun, e); }, [&] { cw_builder_free(begun); });
  sweep(
      "finish", [&](cw_error** e) { return cw_builder_finish(builder, &made, e); }, drop_made);
  sweep(
      "rollup", [&](cw_error** e) { return cw_rollup(care, nullptr, &out, e); }, drop_table);
  sweep(
      "explain",
      [&](cw_error** e) {
        cw_explain_options one = CW_EXPLAIN_OPTIONS_INIT;
        one.group = cw_text_of("coordinating-council");
        one.indicator = cw_text_of("teen-binge-drinking");
        one.period = cw_text_of("2010");
        return cw_explain(care, &one, &out, e);
      },
      drop_table);
  sweep(
      "trend", [&](cw_error** e) { return cw_trend(care, nullptr, &out, e); }, drop_table);
  sweep(
      "card", [&](cw_error** e) { return cw_card(care, nullptr, &out, e); }, drop_table);
  sweep(
      "target", [&](cw_error** e) { return cw_target(care, nullptr, &out, e); }, drop_table);
  sweep(
      "analyze summary", [&](cw_error** e) { return cw_summary(care, nullptr, &out, e); }, drop_table);
  sweep(
      "forecast", [&](cw_error** e) { return cw_forecast(care, nullptr, &out, e); }, drop_table);
  sweep(
      "quality", [&](cw_error** e) { return cw_quality(care, nullptr, &out, e); }, drop_table);
  sweep(
      "breakdowns", [&](cw_error** e) { return cw_breakdowns(care, nullptr, &out, e); }, drop_table);
  sweep(
      "lint", [&](cw_error** e) { return cw_lint(care, nullptr, 0, &out, e); }, drop_table);
  sweep(
      "assess", [&](cw_error** e) { return cw_assess(care, nullptr, &out, e); }, drop_table);
  sweep(
      "duration", [&](cw_error** e) { return cw_duration(care, nullptr, 0, &out, e); }, drop_table);
  sweep(
      "report", [&](cw_error** e) { return cw_report(care, nullptr, &buffer, e); }, drop_buffer);
  sweep(
      "report_tables", [&](cw_error** e) { return cw_report_tables(care, nullptr, WORD("measures"), &out, e); },
      drop_table);
  sweep(
      "initiative_check", [&](cw_error** e) { return cw_initiative_check(care, &out, e); }, drop_table);
  sweep(
      "select",
      [&](cw_error** e) {
        cw_select_options share = CW_SELECT_OPTIONS_INIT;
        share.show = cw_text_of("share");
        return cw_select(care, &share, &out, e);
      },
      drop_table);
  sweep(
      "catalogue", [&](cw_error** e) { return cw_catalogue(nullptr, 0, &out, e); }, drop_table);
  for (const std::string what : {"whole", "nodes", "bridges", "mixing"})
    sweep(
        what.c_str(),
        [&](cw_error** e) {
          cw_structure_options part = CW_STRUCTURE_OPTIONS_INIT;
          part.show = cw_text_of(what.c_str());
          return cw_structure(care, &part, &out, e);
        },
        drop_table);
  sweep(
      "export",
      [&](cw_error** e) {
        cw_export_options drawn = CW_EXPORT_OPTIONS_INIT;
        drawn.format = cw_text_of("graphml");
        return cw_export(care, &drawn, &buffer, e);
      },
      drop_buffer);
  sweep(
      "summary", [&](cw_error** e) { return cw_initiative_summary(care, &out, e); }, drop_table);
  sweep(
      "tables", [&](cw_error** e) { return cw_initiative_tables(care, &out, e); }, drop_table);
  sweep(
      "observations", [&](cw_error** e) { return cw_initiative_table(care, WORD("observations"), &out, e); },
      drop_table);
  sweep(
      "indicators", [&](cw_error** e) { return cw_initiative_indicators(care, &out, e); }, drop_table);
  sweep(
      "diagnostics", [&](cw_error** e) { return cw_initiative_diagnostics(care, &out, e); }, drop_table);
  sweep(
      "info", [&](cw_error** e) { return cw_initiative_info(care, &out, e); }, drop_table);

  sweep_partials(care);

  EXPECT(bytes_of(care) == packed); // what was read is as it was
  OK(cw_builder_finish(builder, &made, &err));
  cw_initiative_free(made);
  cw_builder_free(builder);
  cw_table_free(table);
  cw_initiative_free(care);
  std::fprintf(stderr, "%ld calls, %ld failed allocations\n", sweeps, points);
  return finish();
}
