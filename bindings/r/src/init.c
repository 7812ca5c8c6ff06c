/* SPDX-License-Identifier: Apache-2.0 */
/* The functions that R calls: one for each of the library's. */
#include <R_ext/Rdynload.h>
#include <R_ext/Visibility.h>
#include <string.h>

#include "arguments.h"
#include "call.h"
#include "frame.h"
#include "options.h"

#define INITIATIVE(x) ((const cw_initiative*)cwr_handle(x, CWR_INITIATIVE))
#define BUILDER(x) ((cw_builder*)cwr_handle(x, CWR_BUILDER))
#define PARTIAL(x) ((cw_partial*)cwr_handle(x, CWR_PARTIAL))
#define TEXT(x) cwr_text(x).data, cwr_text(x).size
#define BYTES(x) RAW(x), (size_t)XLENGTH(x)

/* A function of R that makes one call, which gives `type* out` of the kind. What calls it may use `progress`. */
#define ANSWER(kind, type, name, parameters, watched, call_of_library) \
  static SEXP cwr_##name parameters {                                  \
    cwr_call call = cwr_begin(kind, watched);                          \
    const cw_progress progress = cwr_progress(&call.watch);            \
    type* out = NULL;                                                  \
    (void)progress;                                                    \
    const int32_t status = call_of_library;                            \
    return cwr_end(&call, status, out);                                \
  }
#define OUT &out, &call.error
#define TABLE(...) ANSWER(CWR_TABLE, cw_table, __VA_ARGS__)
#define BUFFER(...) ANSWER(CWR_BUFFER, cw_buffer, __VA_ARGS__)
#define NEW_INITIATIVE(...) ANSWER(CWR_INITIATIVE, cw_initiative, __VA_ARGS__)
#define NEW_BUILDER(...) ANSWER(CWR_BUILDER, cw_builder, __VA_ARGS__)
#define NEW_PARTIAL(...) ANSWER(CWR_PARTIAL, cw_partial, __VA_ARGS__)
/* The same without an output: TRUE, or the failure. */
#define DONE(...) ANSWER(CWR_NOTHING, void, __VA_ARGS__)
#define FAILURE &call.error

/* ---- Loading and saving ---------------------------------------------------------------------- */

NEW_INITIATIVE(load, (SEXP path, SEXP watch), watch, cw_load(TEXT(path), &progress, OUT))
TABLE(check, (SEXP path, SEXP watch), watch, cw_check(TEXT(path), &progress, OUT))
NEW_INITIATIVE(unpack, (SEXP bytes), R_NilValue, cw_unpack(BYTES(bytes), OUT))
BUFFER(pack, (SEXP x), R_NilValue, cw_pack(INITIATIVE(x), OUT))
DONE(save, (SEXP x, SEXP path), R_NilValue, cw_save(INITIATIVE(x), TEXT(path), FAILURE))
DONE(write_folder, (SEXP x, SEXP path, SEXP watch), watch,
     cw_write_folder(INITIATIVE(x), TEXT(path), &progress, FAILURE))
DONE(sample, (SEXP path, SEXP options, SEXP watch), watch,
     cw_sample(TEXT(path), cwr_options("sample", options, NULL, NULL), &progress, FAILURE))

/* ---- Building -------------------------------------------------------------------------------- */

NEW_BUILDER(builder_new, (void), R_NilValue, cw_builder_new(OUT))
NEW_BUILDER(builder_from, (SEXP x), R_NilValue, cw_builder_from(INITIATIVE(x), OUT))
DONE(builder_set_info, (SEXP builder, SEXP info), R_NilValue,
     cw_builder_set_info(BUILDER(builder), cwr_options("info", info, NULL, NULL), FAILURE))
DONE(builder_remove, (SEXP builder, SEXP resource), R_NilValue,
     cw_builder_remove(BUILDER(builder), TEXT(resource), FAILURE))
NEW_INITIATIVE(builder_finish, (SEXP builder), R_NilValue, cw_builder_finish(BUILDER(builder), OUT))

static SEXP cwr_builder_add(SEXP builder, SEXP resource, SEXP rows, SEXP nan_is_blank) {
  cwr_call call = cwr_begin(CWR_NOTHING, R_NilValue);
  const cw_text name = cwr_text(resource);
  struct ArrowArrayStream stream;
  cwr_stream_of(rows, Rf_asLogical(nan_is_blank) == TRUE, &stream);
  const int32_t status = cw_builder_add_stream(BUILDER(builder), name.data, name.size, &stream, &call.error);
  return cwr_end(&call, status, NULL);
}

/* ---- What an initiative holds ---------------------------------------------------------------- */

TABLE(diagnostics, (SEXP x), R_NilValue, cw_initiative_diagnostics(INITIATIVE(x), OUT))
TABLE(initiative_check, (SEXP x), R_NilValue, cw_initiative_check(INITIATIVE(x), OUT))
TABLE(information, (SEXP x), R_NilValue, cw_initiative_info(INITIATIVE(x), OUT))
TABLE(summary, (SEXP x), R_NilValue, cw_initiative_summary(INITIATIVE(x), OUT))
TABLE(tables, (SEXP x), R_NilValue, cw_initiative_tables(INITIATIVE(x), OUT))
TABLE(indicators, (SEXP x), R_NilValue, cw_initiative_indicators(INITIATIVE(x), OUT))
TABLE(table, (SEXP x, SEXP name), R_NilValue, cw_initiative_table(INITIATIVE(x), TEXT(name), OUT))

/* ---- Answers --------------------------------------------------------------------------------- */

TABLE(lint, (SEXP x, SEXP as_of), R_NilValue, cw_lint(INITIATIVE(x), TEXT(as_of), OUT))
TABLE(default_day, (SEXP x), R_NilValue, cw_default_day(INITIATIVE(x), OUT))
TABLE(duration, (SEXP x, SEXP as_of), R_NilValue, cw_duration(INITIATIVE(x), TEXT(as_of), OUT))
BUFFER(report, (SEXP x, SEXP options), R_NilValue,
       cw_report(INITIATIVE(x), cwr_options("report", options, NULL, NULL), OUT))
TABLE(report_tables, (SEXP x, SEXP options, SEXP name), R_NilValue,
      cw_report_tables(INITIATIVE(x), cwr_options("report", options, NULL, NULL), TEXT(name), OUT))
TABLE(catalogue, (SEXP list), R_NilValue, cw_catalogue(TEXT(list), OUT))
BUFFER(graph, (SEXP x, SEXP options), R_NilValue,
       cw_export(INITIATIVE(x), cwr_options("export", options, NULL, NULL), OUT))

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

/* A question that a table answers, by its name. */
static SEXP cwr_ask(SEXP x, SEXP question, SEXP options, SEXP watch) {
  cwr_call call = cwr_begin(CWR_TABLE, watch);
  const cw_progress progress = cwr_progress(&call.watch);
  const char* name = CHAR(STRING_ELT(question, 0));
  SEXP local = cwr_at(options, "local"), local_box = R_NilValue;
  cw_table *out = NULL, *rows = NULL;
  int32_t status = CW_OK;
  if (local != R_NilValue) local_box = import_table(local, &rows, &call.error, &status);
  PROTECT(local_box);
  const void* o = cwr_options(name, options, &progress, rows);
  if (status == CW_OK) status = cwr_question_named(name)(INITIATIVE(x), o, OUT);
  SEXP result = PROTECT(cwr_end(&call, status, out));
  if (local_box != R_NilValue) cwr_empty(local_box);
  UNPROTECT(2);
  return result;
}

/* ---- Rollups in parts ------------------------------------------------------------------------ */

NEW_PARTIAL(partial_new, (SEXP x, SEXP options), R_NilValue,
            cw_partial_new(INITIATIVE(x), cwr_options("rollup", options, NULL, NULL), OUT))
DONE(partial_merge, (SEXP into, SEXP other), R_NilValue, cw_partial_merge(PARTIAL(into), PARTIAL(other), FAILURE))
BUFFER(partial_serialize, (SEXP partial), R_NilValue, cw_partial_serialize(PARTIAL(partial), OUT))
NEW_PARTIAL(partial_deserialize, (SEXP x, SEXP bytes), R_NilValue,
            cw_partial_deserialize(INITIATIVE(x), BYTES(bytes), OUT))
TABLE(partial_finish, (SEXP partial, SEXP watch), watch, cw_partial_finish(PARTIAL(partial), &progress, OUT))

static SEXP cwr_partial_update(SEXP partial, SEXP rows) {
  cwr_call call = cwr_begin(CWR_NOTHING, R_NilValue);
  struct ArrowArrayStream stream;
  cwr_stream_of(rows, 1, &stream);
  const int32_t status = cw_partial_update_stream(PARTIAL(partial), &stream, &call.error);
  return cwr_end(&call, status, NULL);
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

static SEXP cwr_import(SEXP stream) {
  cwr_call call = cwr_begin(CWR_TABLE, R_NilValue);
  struct ArrowArrayStream given;
  cwr_stream_of(stream, 0, &given);
  cw_table* out = NULL;
  const int32_t status = cw_table_import(&given, &out, &call.error);
  return cwr_end(&call, status, out);
}

static SEXP cwr_export(SEXP frame) {
  cwr_call call = cwr_begin(CWR_NOTHING, R_NilValue);
  SEXP pointer = PROTECT(cwr_new_stream());
  cw_table* table = NULL;
  int32_t status = CW_OK;
  SEXP box = PROTECT(import_table(frame, &table, &call.error, &status));
  if (status == CW_OK)
    status = cw_table_export(table, (struct ArrowArrayStream*)R_ExternalPtrAddr(pointer), &call.error);
  SEXP done = PROTECT(cwr_end(&call, status, NULL));
  cwr_empty(box); /* what was exported keeps the table alive */
  UNPROTECT(3);
  return status == CW_OK ? pointer : done;
}

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
  cwr_call call = cwr_begin(CWR_BUFFER, R_NilValue);
  size_t count = 0;
  const cw_text* words = cwr_texts(known, &count);
  cw_buffer* out = NULL;
  const int32_t status = cw_suggest(TEXT(word), words, count, &out, &call.error);
  return cwr_end(&call, status, out);
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

/* ---- Registration ---------------------------------------------------------------------------- */

#define ENTRY(name, count) \
  { #name, (DL_FUNC)&cwr_##name, count }
/* clang-format off */
static const R_CallMethodDef entries[] = {
    ENTRY(version, 0), ENTRY(dead, 1), ENTRY(suggest, 2), ENTRY(load, 2), ENTRY(unpack, 1), ENTRY(pack, 1),
    ENTRY(save, 2), ENTRY(write_folder, 3), ENTRY(sample, 3), ENTRY(builder_new, 0), ENTRY(builder_from, 1),
    ENTRY(builder_add, 4), ENTRY(builder_set_info, 2), ENTRY(builder_remove, 2), ENTRY(builder_finish, 1),
    ENTRY(diagnostics, 1), ENTRY(information, 1), ENTRY(summary, 1), ENTRY(tables, 1), ENTRY(indicators, 1),
    ENTRY(table, 2), ENTRY(ask, 4), ENTRY(lint, 2),
    ENTRY(catalogue, 1), ENTRY(graph, 2), ENTRY(csv, 1), ENTRY(is_context, 1),
    ENTRY(import, 1), ENTRY(export, 1), ENTRY(partial_new, 2), ENTRY(partial_update, 2), ENTRY(partial_merge, 2),
    ENTRY(check, 2), ENTRY(initiative_check, 1), ENTRY(duration, 2), ENTRY(default_day, 1), ENTRY(report, 2), ENTRY(report_tables, 3),
    ENTRY(partial_serialize, 1), ENTRY(partial_deserialize, 2), ENTRY(partial_finish, 2), ENTRY(option_kinds, 1),
    {NULL, NULL, 0}};
/* clang-format on */

attribute_visible void R_init_commonweal(DllInfo* dll) {
  R_registerRoutines(dll, NULL, entries, NULL, NULL);
  R_useDynamicSymbols(dll, FALSE);
  R_forceSymbols(dll, TRUE);
  cwr_register_lasting(dll);
}
