/* SPDX-License-Identifier: Apache-2.0 */
/* What the shims share: handles owned by R, answers turned into R values, failures turned into lists. */
#ifndef COMMONWEAL_R_H
#define COMMONWEAL_R_H

#define R_NO_REMAP
#ifndef STRICT_R_HEADERS
#define STRICT_R_HEADERS
#endif
#include <R.h>
#include <Rinternals.h>

#include <commonweal.h>

/* What a box holds: an external pointer with a finalizer, made before the call that fills it, so that an R error in
 * between (no memory, say) leaks nothing. */
typedef enum { CWR_INITIATIVE, CWR_BUILDER, CWR_TABLE, CWR_BUFFER, CWR_ERROR, CWR_PARTIAL } cwr_kind;

SEXP cwr_box(cwr_kind kind);
void cwr_fill(SEXP box, void* handle);
void cwr_empty(SEXP box);
/* The handle in a box, or in what R keeps of an initiative; NULL where there is none of that kind. */
void* cwr_handle(SEXP x, cwr_kind kind);
/* A handle that survives saveRDS: an ALTREP integer around the box, which packs itself when R serializes it. */
SEXP cwr_lasting(SEXP box);
void cwr_register_lasting(DllInfo* dll);

/* Who is told of progress and findings, and whether an interrupt came. The functions are wrapped in R so that nothing
 * leaves them. */
typedef struct cwr_watch {
  SEXP tell; /* an R function of share and text that returns TRUE to go on; R_NilValue: nobody */
  SEXP log;  /* an R function of severity and text; R_NilValue: nobody */
  int interrupted;
} cwr_watch;
cw_progress cwr_progress(cwr_watch* watch);

/* One call of the library: its outputs are boxed before it begins. */
typedef struct cwr_call {
  SEXP boxes; /* protected from begin to end */
  cwr_kind kind;
  cw_error* error;
  cwr_watch watch;
} cwr_call;
/* PROTECTs one object; cwr_end and cwr_end_done unprotect it. `watch` is a list of tell and log, or R_NilValue. */
cwr_call cwr_begin(cwr_kind kind, SEXP watch);
/* What R gets: a data.frame, a raw vector, a handle; or the failure. */
SEXP cwr_end(cwr_call* call, int32_t status, void* out);
/* The same where there is no output: TRUE, or the failure. */
SEXP cwr_end_done(cwr_call* call, int32_t status);

/* A table as a data.frame. */
SEXP cwr_frame(const cw_table* table);
/* A data.frame, or an external pointer to an Arrow stream, as a stream to consume. NaN stays what it is where
 * nan_is_blank, and NA joins it; otherwise NA is null. The caller PROTECTs `frame` until the stream is released. */
void cwr_stream_of(SEXP frame, int nan_is_blank, struct ArrowArrayStream* out);
SEXP cwr_new_stream(void);

/* Text and lists of a .Call; memory lasts until it returns. NULL and zero-length vectors are blank. */
cw_text cwr_text(SEXP x);
const cw_text* cwr_texts(SEXP x, size_t* count);
SEXP cwr_at(SEXP list, const char* name);
double cwr_number(SEXP list, const char* name, double otherwise);
uint64_t cwr_whole(SEXP list, const char* name, uint64_t otherwise);

#endif
