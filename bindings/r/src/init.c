/* SPDX-License-Identifier: Apache-2.0 */
/* The functions that R calls: one for each of the library's. */
#include <R_ext/Rdynload.h>
#include <R_ext/Visibility.h>
#include <string.h>

#include "options.h"

#define INITIATIVE(x) ((const cw_initiative*)cwr_handle(x, CWR_INITIATIVE))
#define BUILDER(x) ((cw_builder*)cwr_handle(x, CWR_BUILDER))
#define PARTIAL(x) ((cw_partial*)cwr_handle(x, CWR_PARTIAL))

SEXP cwr_dead(SEXP x);

/* ---- The library ----------------------------------------------------------------------------- */

static SEXP cwr_version(void) {
  const uint32_t abi = cw_abi_version();
  SEXP out = PROTECT(Rf_mkString(cw_version()));
  SEXP numbers = PROTECT(Rf_allocVector(INTSXP, 2));
  INTEGER(numbers)[0] = (int)(abi >> 16);
  INTEGER(numbers)[1] = (int)(abi & 0xFFFF);
  Rf_setAttrib(out, Rf_install("abi"), numbers);
  UNPROTECT(2);
  return out;
}

/* "Did you mean x?" as bytes. */
static SEXP cwr_suggest(SEXP word, SEXP known) {
  const cw_text w = cwr_text(word);
  size_t count = 0;
  const cw_text* words = cwr_texts(known, &count);
  cwr_call call = cwr_begin(CWR_BUFFER, R_NilValue);
  cw_buffer* out = NULL;
  const int32_t status = cw_suggest(w.data, w.size, words, count, &out, &call.error);
  return cwr_end(&call, status, out);
}

/* ---- Loading and saving ---------------------------------------------------------------------- */

static SEXP cwr_load(SEXP path, SEXP watch) {
  const cw_text p = cwr_text(path);
  cwr_call call = cwr_begin(CWR_INITIATIVE, watch);
  const cw_progress progress = cwr_progress(&call.watch);
  cw_initiative* out = NULL;
  const int32_t status = cw_load(p.data, p.size, &progress, &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_check(SEXP path, SEXP watch) {
  const cw_text p = cwr_text(path);
  cwr_call call = cwr_begin(CWR_TABLE, watch);
  const cw_progress progress = cwr_progress(&call.watch);
  cw_table* out = NULL;
  const int32_t status = cw_check(p.data, p.size, &progress, &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_unpack(SEXP bytes) {
  cwr_call call = cwr_begin(CWR_INITIATIVE, R_NilValue);
  cw_initiative* out = NULL;
  const int32_t status = cw_unpack(RAW(bytes), (size_t)XLENGTH(bytes), &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_pack(SEXP x) {
  cwr_call call = cwr_begin(CWR_BUFFER, R_NilValue);
  cw_buffer* out = NULL;
  const int32_t status = cw_pack(INITIATIVE(x), &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_save(SEXP x, SEXP path) {
  const cw_text p = cwr_text(path);
  cwr_call call = cwr_begin(CWR_ERROR, R_NilValue);
  const int32_t status = cw_save(INITIATIVE(x), p.data, p.size, &call.error);
  return cwr_end_done(&call, status);
}

static SEXP cwr_write_folder(SEXP x, SEXP path, SEXP watch) {
  const cw_text p = cwr_text(path);
  cwr_call call = cwr_begin(CWR_ERROR, watch);
  const cw_progress progress = cwr_progress(&call.watch);
  const int32_t status = cw_write_folder(INITIATIVE(x), p.data, p.size, &progress, &call.error);
  return cwr_end_done(&call, status);
}

static SEXP cwr_sample(SEXP path, SEXP options, SEXP watch) {
  const cw_text p = cwr_text(path);
  const cw_sample_options o = cwr_sample_options(options);
  cwr_call call = cwr_begin(CWR_ERROR, watch);
  const cw_progress progress = cwr_progress(&call.watch);
  const int32_t status = cw_sample(p.data, p.size, &o, &progress, &call.error);
  return cwr_end_done(&call, status);
}

/* ---- Building -------------------------------------------------------------------------------- */

static SEXP cwr_builder_new(void) {
  cwr_call call = cwr_begin(CWR_BUILDER, R_NilValue);
  cw_builder* out = NULL;
  const int32_t status = cw_builder_new(&out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_builder_from(SEXP x) {
  cwr_call call = cwr_begin(CWR_BUILDER, R_NilValue);
  cw_builder* out = NULL;
  const int32_t status = cw_builder_from(INITIATIVE(x), &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_builder_set_info(SEXP builder, SEXP info) {
  const cw_info o = cwr_info(info);
  cwr_call call = cwr_begin(CWR_ERROR, R_NilValue);
  const int32_t status = cw_builder_set_info(BUILDER(builder), &o, &call.error);
  return cwr_end_done(&call, status);
}

static SEXP cwr_builder_add(SEXP builder, SEXP resource, SEXP rows, SEXP nan_is_blank) {
  const cw_text name = cwr_text(resource);
  cwr_call call = cwr_begin(CWR_ERROR, R_NilValue);
  struct ArrowArrayStream stream;
  cwr_stream_of(rows, Rf_asLogical(nan_is_blank) == TRUE, &stream);
  const int32_t status = cw_builder_add_stream(BUILDER(builder), name.data, name.size, &stream, &call.error);
  return cwr_end_done(&call, status);
}

static SEXP cwr_builder_remove(SEXP builder, SEXP resource) {
  const cw_text name = cwr_text(resource);
  cwr_call call = cwr_begin(CWR_ERROR, R_NilValue);
  const int32_t status = cw_builder_remove(BUILDER(builder), name.data, name.size, &call.error);
  return cwr_end_done(&call, status);
}

static SEXP cwr_builder_finish(SEXP builder) {
  cwr_call call = cwr_begin(CWR_INITIATIVE, R_NilValue);
  cw_initiative* out = NULL;
  const int32_t status = cw_builder_finish(BUILDER(builder), &out, &call.error);
  return cwr_end(&call, status, out);
}

/* ---- What an initiative holds ---------------------------------------------------------------- */

typedef int32_t (*contents_function)(const cw_initiative*, cw_table**, cw_error**);

static SEXP contents(SEXP x, contents_function of) {
  cwr_call call = cwr_begin(CWR_TABLE, R_NilValue);
  cw_table* out = NULL;
  const int32_t status = of(INITIATIVE(x), &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_diagnostics(SEXP x) { return contents(x, cw_initiative_diagnostics); }
static SEXP cwr_initiative_check(SEXP x) { return contents(x, cw_initiative_check); }
static SEXP cwr_information(SEXP x) { return contents(x, cw_initiative_info); }
static SEXP cwr_summary(SEXP x) { return contents(x, cw_initiative_summary); }
static SEXP cwr_tables(SEXP x) { return contents(x, cw_initiative_tables); }
static SEXP cwr_indicators(SEXP x) { return contents(x, cw_initiative_indicators); }

static SEXP cwr_table(SEXP x, SEXP name) {
  const cw_text n = cwr_text(name);
  cwr_call call = cwr_begin(CWR_TABLE, R_NilValue);
  cw_table* out = NULL;
  const int32_t status = cw_initiative_table(INITIATIVE(x), n.data, n.size, &out, &call.error);
  return cwr_end(&call, status, out);
}

/* A data frame as a table of the library, in a box to be PROTECTed. */
static SEXP import_table(SEXP frame, cw_table** out, cw_error** error, int32_t* status) {
  SEXP box = PROTECT(cwr_box(CWR_TABLE));
  struct ArrowArrayStream stream;
  cwr_stream_of(frame, 0, &stream);
  *status = cw_table_import(&stream, out, error);
  cwr_fill(box, *out);
  UNPROTECT(1);
  return box;
}

/* ---- Answers --------------------------------------------------------------------------------- */

static SEXP cwr_rollup(SEXP x, SEXP options, SEXP watch) {
  cw_rollup_options o = cwr_rollup_options(options);
  cwr_call call = cwr_begin(CWR_TABLE, watch);
  const cw_progress progress = cwr_progress(&call.watch);
  o.progress = &progress;
  cw_table* out = NULL;
  const int32_t status = cw_rollup(INITIATIVE(x), &o, &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_explain(SEXP x, SEXP group, SEXP indicator, SEXP period, SEXP options) {
  const cw_text g = cwr_text(group), i = cwr_text(indicator), p = cwr_text(period);
  cw_rollup_options o = cwr_rollup_options(options);
  cwr_call call = cwr_begin(CWR_TABLE, R_NilValue);
  const cw_progress progress = cwr_progress(&call.watch); /* for interrupts alone */
  o.progress = &progress;
  cw_table* out = NULL;
  const int32_t status =
      cw_explain(INITIATIVE(x), g.data, g.size, i.data, i.size, p.data, p.size, &o, &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_analyze(SEXP x, SEXP what, SEXP options, SEXP watch) {
  const cw_text w = cwr_text(what);
  cw_analyze_options o = cwr_analyze_options(options);
  SEXP local = cwr_at(options, "local"), local_box = R_NilValue;
  cwr_call call = cwr_begin(CWR_TABLE, watch);
  cw_table *out = NULL, *rows = NULL;
  int32_t status = CW_OK;
  if (local != R_NilValue) local_box = import_table(local, &rows, &call.error, &status);
  PROTECT(local_box);
  const cw_progress progress = cwr_progress(&call.watch);
  o.local = rows;
  o.progress = &progress;
  if (status == CW_OK) status = cw_analyze(INITIATIVE(x), w.data, w.size, &o, &out, &call.error);
  SEXP result = PROTECT(cwr_end(&call, status, out));
  if (local_box != R_NilValue) cwr_empty(local_box);
  UNPROTECT(2);
  return result;
}

static SEXP cwr_lint(SEXP x, SEXP as_of) {
  const cw_text day = cwr_text(as_of);
  cwr_call call = cwr_begin(CWR_TABLE, R_NilValue);
  cw_table* out = NULL;
  const int32_t status = cw_lint(INITIATIVE(x), day.data, day.size, &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_default_day(SEXP x) {
  cwr_call call = cwr_begin(CWR_TABLE, R_NilValue);
  cw_table* out = NULL;
  const int32_t status = cw_default_day(INITIATIVE(x), &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_duration(SEXP x, SEXP as_of) {
  const cw_text day = cwr_text(as_of);
  cwr_call call = cwr_begin(CWR_TABLE, R_NilValue);
  cw_table* out = NULL;
  const int32_t status = cw_duration(INITIATIVE(x), day.data, day.size, &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_report(SEXP x, SEXP options) {
  const cw_report_options o = cwr_report_options(options);
  cwr_call call = cwr_begin(CWR_BUFFER, R_NilValue);
  cw_buffer* out = NULL;
  const int32_t status = cw_report(INITIATIVE(x), &o, &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_assess(SEXP x, SEXP options, SEXP watch) {
  cw_assess_options o = cwr_assess_options(options);
  cwr_call call = cwr_begin(CWR_TABLE, watch);
  const cw_progress progress = cwr_progress(&call.watch);
  o.progress = &progress;
  cw_table* out = NULL;
  const int32_t status = cw_assess(INITIATIVE(x), &o, &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_select(SEXP x, SEXP what, SEXP options) {
  const cw_text w = cwr_text(what);
  const cw_select_options o = cwr_select_options(options);
  cwr_call call = cwr_begin(CWR_TABLE, R_NilValue);
  cw_table* out = NULL;
  const int32_t status = cw_select(INITIATIVE(x), w.data, w.size, &o, &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_catalogue(SEXP list) {
  const cw_text l = cwr_text(list);
  cwr_call call = cwr_begin(CWR_TABLE, R_NilValue);
  cw_table* out = NULL;
  const int32_t status = cw_catalogue(l.data, l.size, &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_structure(SEXP x, SEXP what, SEXP options, SEXP watch) {
  const cw_text w = cwr_text(what);
  cw_view_options o = cwr_view_options(options);
  cwr_call call = cwr_begin(CWR_TABLE, watch);
  const cw_progress progress = cwr_progress(&call.watch);
  o.progress = &progress;
  cw_table* out = NULL;
  const int32_t status = cw_structure(INITIATIVE(x), w.data, w.size, &o, &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_graph(SEXP x, SEXP format, SEXP options) {
  const cw_text f = cwr_text(format);
  const cw_view_options o = cwr_view_options(options);
  cwr_call call = cwr_begin(CWR_BUFFER, R_NilValue);
  cw_buffer* out = NULL;
  const int32_t status = cw_graph(INITIATIVE(x), f.data, f.size, &o, &out, &call.error);
  return cwr_end(&call, status, out);
}

/* ---- Rollups in parts ------------------------------------------------------------------------ */

static SEXP cwr_partial_new(SEXP x, SEXP options) {
  const cw_rollup_options o = cwr_rollup_options(options);
  cwr_call call = cwr_begin(CWR_PARTIAL, R_NilValue);
  cw_partial* out = NULL;
  const int32_t status = cw_partial_new(INITIATIVE(x), &o, &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_partial_update(SEXP partial, SEXP rows) {
  cwr_call call = cwr_begin(CWR_ERROR, R_NilValue);
  struct ArrowArrayStream stream;
  cwr_stream_of(rows, 1, &stream);
  const int32_t status = cw_partial_update_stream(PARTIAL(partial), &stream, &call.error);
  return cwr_end_done(&call, status);
}

static SEXP cwr_partial_merge(SEXP into, SEXP other) {
  cwr_call call = cwr_begin(CWR_ERROR, R_NilValue);
  const int32_t status = cw_partial_merge(PARTIAL(into), PARTIAL(other), &call.error);
  return cwr_end_done(&call, status);
}

static SEXP cwr_partial_serialize(SEXP partial) {
  cwr_call call = cwr_begin(CWR_BUFFER, R_NilValue);
  cw_buffer* out = NULL;
  const int32_t status = cw_partial_serialize(PARTIAL(partial), &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_partial_deserialize(SEXP x, SEXP bytes) {
  cwr_call call = cwr_begin(CWR_PARTIAL, R_NilValue);
  cw_partial* out = NULL;
  const int32_t status = cw_partial_deserialize(INITIATIVE(x), RAW(bytes), (size_t)XLENGTH(bytes), &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_partial_finish(SEXP partial, SEXP watch) {
  cwr_call call = cwr_begin(CWR_TABLE, watch);
  const cw_progress progress = cwr_progress(&call.watch);
  cw_table* out = NULL;
  const int32_t status = cw_partial_finish(PARTIAL(partial), &progress, &out, &call.error);
  return cwr_end(&call, status, out);
}

/* ---- Tables that R made, on their way through the library: as CSV, as an Arrow stream, and back --- */

static SEXP cwr_csv(SEXP frame) {
  cwr_call call = cwr_begin(CWR_BUFFER, R_NilValue);
  cw_table* table = NULL;
  cw_buffer* out = NULL;
  int32_t status = CW_OK;
  SEXP box = PROTECT(import_table(frame, &table, &call.error, &status));
  if (status == CW_OK) status = cw_table_csv(table, &out, &call.error);
  SEXP result = PROTECT(cwr_end(&call, status, out));
  cwr_empty(box);
  UNPROTECT(2);
  return result;
}

/* For each of the names, whether a column of that name is context, not the answer itself. */
static SEXP cwr_is_context(SEXP names) {
  const R_xlen_t n = XLENGTH(names);
  SEXP out = PROTECT(Rf_allocVector(LGLSXP, n));
  for (R_xlen_t i = 0; i < n; ++i) {
    const char* name = Rf_translateCharUTF8(STRING_ELT(names, i));
    int64_t is = 0;
    LOGICAL(out)[i] = cw_column_is_context(name, strlen(name), &is, NULL) == CW_OK && is != 0;
  }
  UNPROTECT(1);
  return out;
}

static SEXP cwr_import(SEXP stream) {
  cwr_call call = cwr_begin(CWR_TABLE, R_NilValue);
  struct ArrowArrayStream given;
  cwr_stream_of(stream, 0, &given);
  cw_table* out = NULL;
  const int32_t status = cw_table_import(&given, &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_export(SEXP frame) {
  cwr_call call = cwr_begin(CWR_ERROR, R_NilValue);
  SEXP pointer = PROTECT(cwr_new_stream());
  cw_table* table = NULL;
  int32_t status = CW_OK;
  SEXP box = PROTECT(import_table(frame, &table, &call.error, &status));
  if (status == CW_OK)
    status = cw_table_export(table, (struct ArrowArrayStream*)R_ExternalPtrAddr(pointer), &call.error);
  SEXP done = PROTECT(cwr_end_done(&call, status));
  cwr_empty(box); /* what was exported keeps the table alive */
  UNPROTECT(3);
  return status == CW_OK ? pointer : done;
}

/* ---- Registration ---------------------------------------------------------------------------- */

#define ENTRY(name, count) \
  { #name, (DL_FUNC)&cwr_##name, count }
static const R_CallMethodDef entries[] = {ENTRY(version, 0),
                                          ENTRY(dead, 1),
                                          ENTRY(suggest, 2),
                                          ENTRY(load, 2),
                                          ENTRY(unpack, 1),
                                          ENTRY(pack, 1),
                                          ENTRY(save, 2),
                                          ENTRY(write_folder, 3),
                                          ENTRY(sample, 3),
                                          ENTRY(builder_new, 0),
                                          ENTRY(builder_from, 1),
                                          ENTRY(builder_add, 4),
                                          ENTRY(builder_set_info, 2),
                                          ENTRY(builder_remove, 2),
                                          ENTRY(builder_finish, 1),
                                          ENTRY(diagnostics, 1),
                                          ENTRY(information, 1),
                                          ENTRY(summary, 1),
                                          ENTRY(tables, 1),
                                          ENTRY(indicators, 1),
                                          ENTRY(table, 2),
                                          ENTRY(rollup, 3),
                                          ENTRY(explain, 5),
                                          ENTRY(analyze, 4),
                                          ENTRY(lint, 2),
                                          ENTRY(assess, 3),
                                          ENTRY(select, 3),
                                          ENTRY(catalogue, 1),
                                          ENTRY(structure, 4),
                                          ENTRY(graph, 3),
                                          ENTRY(csv, 1),
                                          ENTRY(is_context, 1),
                                          ENTRY(import, 1),
                                          ENTRY(export, 1),
                                          ENTRY(partial_new, 2),
                                          ENTRY(partial_update, 2),
                                          ENTRY(partial_merge, 2),
                                          ENTRY(check, 2),
                                          ENTRY(initiative_check, 1),
                                          ENTRY(duration, 2),
                                          ENTRY(default_day, 1),
                                          ENTRY(report, 2),
                                          ENTRY(partial_serialize, 1),
                                          ENTRY(partial_deserialize, 2),
                                          ENTRY(partial_finish, 2),
                                          {NULL, NULL, 0}};

attribute_visible void R_init_commonweal(DllInfo* dll) {
  R_registerRoutines(dll, NULL, entries, NULL, NULL);
  R_useDynamicSymbols(dll, FALSE);
  R_forceSymbols(dll, TRUE);
  cwr_register_lasting(dll);
}
