/* SPDX-License-Identifier: Apache-2.0 */
/* Option structs from named lists of R. Text borrows from the list and from memory of the .Call. */
#ifndef COMMONWEAL_R_OPTIONS_H
#define COMMONWEAL_R_OPTIONS_H

#include "commonweal_r.h"

/* The struct of that name ("rollup" is cw_rollup_options), filled from a list: what the list does not name keeps the
 * library's default. `progress` goes in where the struct has a place for it. */
void* cwr_options(const char* name, SEXP list, const cw_progress* progress);
/* The options of that name: for each what it takes (word, words, number, whole, whole32, truth, weights, rows). */
SEXP cwr_option_kinds(SEXP name);

#endif
