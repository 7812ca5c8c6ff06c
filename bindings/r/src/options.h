/* SPDX-License-Identifier: Apache-2.0 */
/* Option structs from named lists of R. Text borrows from the list and from memory of the .Call. */
#ifndef COMMONWEAL_R_OPTIONS_H
#define COMMONWEAL_R_OPTIONS_H

#include "commonweal_r.h"

/* The struct of that name ("rollup" is cw_rollup_options), filled from a list: what the list does not name keeps the
 * library's default. `progress` goes in where the struct has a place for it, `rows` for what is a data frame in the
 * list. */
void* cwr_options(const char* name, SEXP list, const cw_progress* progress, const cw_table* rows);
/* The function that answers the question of that name with a table, given its struct. */
typedef int32_t (*cwr_question)(const cw_initiative*, const void* options, cw_table**, cw_error**);
cwr_question cwr_question_named(const char* name);
/* The options of that name: for each what it takes (word, words, number, whole, truth, weights, rows). */
SEXP cwr_option_kinds(SEXP name);

#endif
