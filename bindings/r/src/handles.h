/* SPDX-License-Identifier: Apache-2.0 */
/* Handles of the library in boxes that R owns. */
#ifndef COMMONWEAL_R_HANDLES_H
#define COMMONWEAL_R_HANDLES_H

#include "commonweal_r.h"

/* What a box holds: an external pointer with a finalizer, made before the call that fills it, so that an R error in
 * between (out of memory, for example) leaks nothing. */
typedef enum { CWR_INITIATIVE, CWR_BUILDER, CWR_TABLE, CWR_BUFFER, CWR_ERROR, CWR_PARTIAL, CWR_NOTHING } cwr_kind;

SEXP cwr_box(cwr_kind kind);
void cwr_fill(SEXP box, void* handle);
void cwr_empty(SEXP box);
/* The handle in a box, or in what R keeps of an initiative; NULL where there is none of that kind. */
void* cwr_handle(SEXP x, cwr_kind kind);
/* NULL for a live handle; else why it is dead, "" where nothing more is known. */
SEXP cwr_dead(SEXP x);
/* The bytes of a buffer, copied. */
SEXP cwr_bytes(const cw_buffer* buffer);
/* A handle that survives saveRDS: an ALTREP integer around the box, which packs itself when R serializes it. */
SEXP cwr_lasting(SEXP box);
void cwr_register_lasting(DllInfo* dll);

#endif
