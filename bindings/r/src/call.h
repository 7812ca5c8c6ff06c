/* SPDX-License-Identifier: Apache-2.0 */
/* One call of the library: progress and interrupts while it runs, its answer or its failure afterwards. */
#ifndef COMMONWEAL_R_CALL_H
#define COMMONWEAL_R_CALL_H

#include "handles.h"

/* Who learns of progress and findings, and whether an interrupt came. The functions are wrapped in R so that nothing
 * leaves them. */
typedef struct cwr_watch {
  SEXP report; /* an R function of share and text that returns TRUE to go on; or R_NilValue */
  SEXP log;    /* an R function of severity and text; or R_NilValue */
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
/* PROTECTs one object; cwr_end unprotects it. `watch` is a list of report and log, or R_NilValue. */
cwr_call cwr_begin(cwr_kind kind, SEXP watch);
/* What R gets: a data.frame, a raw vector, a handle, TRUE where the kind is CWR_NOTHING; or the failure. */
SEXP cwr_end(cwr_call* call, int32_t status, void* out);

#endif
