/* SPDX-License-Identifier: Apache-2.0 */
/* Text and lists of a .Call. */
#include "arguments.h"

#include <string.h>

static cw_text text_of(SEXP element) {
  cw_text out = CW_BLANK;
  if (element == NA_STRING) return out;
  out.data = Rf_translateCharUTF8(element);
  out.size = strlen(out.data);
  return out;
}

cw_text cwr_text(SEXP x) {
  const cw_text blank = CW_BLANK;
  return TYPEOF(x) == STRSXP && XLENGTH(x) > 0 ? text_of(STRING_ELT(x, 0)) : blank;
}

const cw_text* cwr_texts(SEXP x, size_t* count) {
  *count = TYPEOF(x) == STRSXP ? (size_t)XLENGTH(x) : 0;
  if (*count == 0) return NULL;
  cw_text* out = (cw_text*)R_alloc(*count, sizeof(cw_text));
  for (size_t i = 0; i < *count; ++i) out[i] = text_of(STRING_ELT(x, (R_xlen_t)i));
  return out;
}

SEXP cwr_at(SEXP list, const char* name) {
  SEXP names = Rf_getAttrib(list, R_NamesSymbol);
  if (TYPEOF(list) == VECSXP && TYPEOF(names) == STRSXP)
    for (R_xlen_t i = 0; i < XLENGTH(list); ++i)
      if (strcmp(CHAR(STRING_ELT(names, i)), name) == 0) return VECTOR_ELT(list, i);
  return R_NilValue;
}
