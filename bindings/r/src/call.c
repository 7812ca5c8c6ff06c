/* SPDX-License-Identifier: Apache-2.0 */
/* One call of the library: progress and interrupts while it runs, its answer or its failure afterwards. */
#include "call.h"

#include "arguments.h"
#include "frame.h"

/* ---- Progress -------------------------------------------------------------------------------- */

typedef struct {
  cwr_watch* watch;
  double share;
  const char* doing;
  size_t size;
  int go_on;
} step;

static void check_interrupt(void* unused) {
  (void)unused;
  R_CheckUserInterrupt();
}

/* The function was wrapped in R so that it returns TRUE or FALSE whatever happens in it. */
static void report_r(void* data) {
  step* s = data;
  SEXP share = PROTECT(Rf_ScalarReal(s->share));
  SEXP doing = PROTECT(Rf_ScalarString(Rf_mkCharLenCE(s->doing, (int)s->size, CE_UTF8)));
  SEXP call = PROTECT(Rf_lang3(s->watch->report, share, doing));
  SEXP answer = PROTECT(Rf_eval(call, R_GlobalEnv));
  s->go_on = Rf_asLogical(answer) == TRUE;
  UNPROTECT(4);
}

/* No longjmp may leave it: whatever R throws ends at R_ToplevelExec. */
static int32_t on_progress(void* user, double share, const char* doing, size_t size) {
  cwr_watch* watch = user;
  if (!R_ToplevelExec(check_interrupt, NULL)) {
    watch->interrupted = 1;
    return 1;
  }
  if (watch->report == R_NilValue) return 0;
  step s = {watch, share, doing, size, 0};
  if (!R_ToplevelExec(report_r, &s)) return 1;
  return s.go_on ? 0 : 1;
}

typedef struct {
  const cwr_watch* watch;
  int32_t severity;
  const char* text;
  size_t size;
} finding;

static void log_r(void* data) {
  const finding* f = data;
  SEXP severity = PROTECT(Rf_mkString(f->severity == CW_ERROR     ? "error"
                                      : f->severity == CW_WARNING ? "warning"
                                                                  : "note"));
  SEXP text = PROTECT(Rf_ScalarString(Rf_mkCharLenCE(f->text, (int)f->size, CE_UTF8)));
  SEXP call = PROTECT(Rf_lang3(f->watch->log, severity, text));
  Rf_eval(call, R_GlobalEnv);
  UNPROTECT(3);
}

static void on_finding(void* user, int32_t severity, const char* text, size_t size) {
  finding f = {user, severity, text, size};
  R_ToplevelExec(log_r, &f);
}

cw_progress cwr_progress(cwr_watch* watch) {
  cw_progress out = CW_PROGRESS_INIT;
  out.tell = on_progress;
  out.user = watch;
  if (watch->log != R_NilValue) out.log = on_finding;
  return out;
}

/* ---- Failures: a list of class "cw_failure", which R/conditions.R raises --------------------- */

static SEXP text_or_na(const char* text) {
  SEXP out = PROTECT(Rf_allocVector(STRSXP, 1));
  SET_STRING_ELT(out, 0, text == NULL || text[0] == '\0' ? NA_STRING : Rf_mkCharCE(text, CE_UTF8));
  UNPROTECT(1);
  return out;
}

static SEXP failure(int32_t status, const cw_error* error, const cwr_watch* watch) {
  static const char* const names[] = {"status", "code",   "message",     "file",        "field",
                                      "row",    "record", "interrupted", "diagnostics", ""};
  SEXP out = PROTECT(Rf_mkNamed(VECSXP, (const char**)names));
  SET_VECTOR_ELT(out, 0, text_or_na(cw_status_name(status)));
  SET_VECTOR_ELT(out, 1, text_or_na(cw_error_code(error)));
  SET_VECTOR_ELT(out, 2, text_or_na(cw_error_message(error)));
  SET_VECTOR_ELT(out, 3, text_or_na(cw_error_file(error)));
  SET_VECTOR_ELT(out, 4, text_or_na(cw_error_field(error)));
  SET_VECTOR_ELT(out, 5, Rf_ScalarReal((double)cw_error_row(error)));
  SET_VECTOR_ELT(out, 6, text_or_na(cw_error_record(error)));
  SET_VECTOR_ELT(out, 7, Rf_ScalarLogical(watch->interrupted));
  SEXP table_box = PROTECT(cwr_box(CWR_TABLE));
  cw_table* findings = NULL;
  if (cw_error_diagnostics(error, &findings, NULL) == CW_OK) {
    cwr_fill(table_box, findings);
    SET_VECTOR_ELT(out, 8, cwr_frame(findings));
    cwr_empty(table_box);
  }
  Rf_setAttrib(out, R_ClassSymbol, Rf_mkString("cw_failure"));
  UNPROTECT(2);
  return out;
}

/* ---- Calls ----------------------------------------------------------------------------------- */

cwr_call cwr_begin(cwr_kind kind, SEXP watch) {
  cwr_call call = {R_NilValue, kind, NULL, {cwr_at(watch, "report"), cwr_at(watch, "log"), 0}};
  call.boxes = PROTECT(Rf_allocVector(VECSXP, 2));
  SET_VECTOR_ELT(call.boxes, 0, cwr_box(kind));
  SET_VECTOR_ELT(call.boxes, 1, cwr_box(CWR_ERROR));
  return call;
}

static SEXP answer(cwr_kind kind, SEXP box, void* out) {
  switch (kind) {
    case CWR_TABLE: return cwr_frame(out);
    case CWR_INITIATIVE: return cwr_lasting(box);
    case CWR_BUFFER: return cwr_bytes(out);
    case CWR_NOTHING: return Rf_ScalarLogical(TRUE);
    default: return box;
  }
}

SEXP cwr_end(cwr_call* call, int32_t status, void* out) {
  SEXP box = VECTOR_ELT(call->boxes, 0), error_box = VECTOR_ELT(call->boxes, 1);
  cwr_fill(box, out);
  cwr_fill(error_box, call->error);
  SEXP result = PROTECT(status == CW_OK ? answer(call->kind, box, out) : failure(status, call->error, &call->watch));
  /* What R holds on to stays; the rest goes now, not at the next collection. */
  if (status != CW_OK || call->kind == CWR_TABLE || call->kind == CWR_BUFFER) cwr_empty(box);
  cwr_empty(error_box);
  UNPROTECT(2);
  return result;
}
