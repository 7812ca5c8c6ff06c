/* SPDX-License-Identifier: Apache-2.0 */
/* Text and lists of a .Call; memory lasts until it returns. NULL and zero-length vectors are blank. */
#ifndef COMMONWEAL_R_ARGUMENTS_H
#define COMMONWEAL_R_ARGUMENTS_H

#include "commonweal_r.h"

cw_text cwr_text(SEXP x);
const cw_text* cwr_texts(SEXP x, size_t* count);
SEXP cwr_at(SEXP list, const char* name);

#endif
