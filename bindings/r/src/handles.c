/* SPDX-License-Identifier: Apache-2.0 */
/* Handles in external pointers, and those that survive serialization. */
#include "handles.h"

#include <R_ext/Altrep.h>
#include <string.h>

static void free_handle(int kind, void* handle) {
  switch (kind) {
    case CWR_INITIATIVE: cw_initiative_free(handle); break;
    case CWR_BUILDER: cw_builder_free(handle); break;
    case CWR_TABLE: cw_table_free(handle); break;
    case CWR_BUFFER: cw_buffer_free(handle); break;
    case CWR_ERROR: cw_error_free(handle); break;
    case CWR_PARTIAL: cw_partial_free(handle); break;
    default: break;
  }
}

static int kind_of(SEXP box) {
  SEXP tag = R_ExternalPtrTag(box);
  return TYPEOF(tag) == INTSXP && XLENGTH(tag) == 1 ? INTEGER(tag)[0] : -1;
}

void cwr_empty(SEXP box) {
  void* handle = R_ExternalPtrAddr(box);
  if (handle == NULL) return;
  R_ClearExternalPtr(box);
  free_handle(kind_of(box), handle);
}

SEXP cwr_box(cwr_kind kind) {
  SEXP tag = PROTECT(Rf_ScalarInteger((int)kind));
  SEXP box = PROTECT(R_MakeExternalPtr(NULL, tag, R_NilValue));
  R_RegisterCFinalizerEx(box, cwr_empty, TRUE);
  UNPROTECT(2);
  return box;
}

void cwr_fill(SEXP box, void* handle) { R_SetExternalPtrAddr(box, handle); }

SEXP cwr_bytes(const cw_buffer* buffer) {
  const size_t size = cw_buffer_size(buffer);
  SEXP bytes = PROTECT(Rf_allocVector(RAWSXP, (R_xlen_t)size));
  if (size > 0) memcpy(RAW(bytes), cw_buffer_data(buffer), size);
  UNPROTECT(1);
  return bytes;
}

/* ---- Handles that last: on its way to a file or to another process an initiative is its packed bytes --- */

static R_altrep_class_t lasting_class;

SEXP cwr_lasting(SEXP box) {
  SEXP out = PROTECT(R_new_altrep(lasting_class, box, R_NilValue));
  MARK_NOT_MUTABLE(out);
  UNPROTECT(1);
  return out;
}

void* cwr_handle(SEXP x, cwr_kind kind) {
  if (ALTREP(x) && R_altrep_inherits(x, lasting_class)) x = R_altrep_data1(x);
  if (TYPEOF(x) != EXTPTRSXP || kind_of(x) != (int)kind) return NULL;
  return R_ExternalPtrAddr(x);
}

static R_xlen_t lasting_length(SEXP x) {
  (void)x;
  return 1;
}

/* The integer itself means nothing; it has an address because some code of R asks every vector for one. */
static void* lasting_dataptr(SEXP x, Rboolean writable) {
  (void)writable;
  if (R_altrep_data2(x) == R_NilValue) {
    SEXP value = PROTECT(Rf_ScalarInteger(1));
    R_set_altrep_data2(x, value);
    UNPROTECT(1);
  }
  return INTEGER(R_altrep_data2(x));
}

static int lasting_elt(SEXP x, R_xlen_t i) {
  (void)x, (void)i;
  return 1;
}

static SEXP lasting_duplicate(SEXP x, Rboolean deep) {
  (void)deep;
  return x; /* immutable: a copy is the same */
}

static SEXP lasting_state(SEXP x) {
  const cw_initiative* initiative = cwr_handle(x, CWR_INITIATIVE);
  if (initiative == NULL) return Rf_allocVector(RAWSXP, 0);
  SEXP box = PROTECT(cwr_box(CWR_BUFFER));
  cw_buffer* out = NULL;
  const int32_t status = cw_pack(initiative, &out, NULL);
  cwr_fill(box, out);
  if (status != CW_OK) Rf_error("the initiative could not be packed for saving");
  SEXP state = PROTECT(cwr_bytes(out));
  cwr_empty(box);
  UNPROTECT(2);
  return state;
}

/* Bytes that cannot be read give a dead handle, not an error: one bad object must not keep a whole workspace from
 * loading. Its first use reports what is wrong. */
static SEXP lasting_restore(SEXP class, SEXP state) {
  (void)class;
  SEXP box = PROTECT(cwr_box(CWR_INITIATIVE));
  if (TYPEOF(state) == RAWSXP && XLENGTH(state) > 0) {
    SEXP error_box = PROTECT(cwr_box(CWR_ERROR));
    cw_initiative* out = NULL;
    cw_error* error = NULL;
    const int32_t status = cw_unpack(RAW(state), (size_t)XLENGTH(state), &out, &error);
    cwr_fill(box, out);
    cwr_fill(error_box, error);
    if (status != CW_OK) {
      SEXP why = PROTECT(Rf_mkString(cw_error_message(error)));
      R_SetExternalPtrProtected(box, why);
      UNPROTECT(1);
    }
    cwr_empty(error_box);
    UNPROTECT(1);
  }
  SEXP out = cwr_lasting(box);
  UNPROTECT(1);
  return out;
}

void cwr_register_lasting(DllInfo* dll) {
  lasting_class = R_make_altinteger_class("handle", "commonweal", dll);
  R_set_altrep_Length_method(lasting_class, lasting_length);
  R_set_altrep_Duplicate_method(lasting_class, lasting_duplicate);
  R_set_altrep_Serialized_state_method(lasting_class, lasting_state);
  R_set_altrep_Unserialize_method(lasting_class, lasting_restore);
  R_set_altvec_Dataptr_method(lasting_class, lasting_dataptr);
  R_set_altinteger_Elt_method(lasting_class, lasting_elt);
}

SEXP cwr_dead(SEXP x) {
  if (ALTREP(x) && R_altrep_inherits(x, lasting_class)) x = R_altrep_data1(x);
  if (TYPEOF(x) == EXTPTRSXP) {
    if (R_ExternalPtrAddr(x) != NULL) return R_NilValue;
    SEXP why = R_ExternalPtrProtected(x);
    if (TYPEOF(why) == STRSXP) return why;
  }
  return Rf_mkString("");
}
