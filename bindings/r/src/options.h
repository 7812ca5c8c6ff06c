/* SPDX-License-Identifier: Apache-2.0 */
/* Option structs from named lists of R. Text borrows from the list and from memory of the .Call. */
#ifndef COMMONWEAL_R_OPTIONS_H
#define COMMONWEAL_R_OPTIONS_H

#include "commonweal_r.h"

cw_rollup_options cwr_rollup_options(SEXP list);
cw_analyze_options cwr_analyze_options(SEXP list);
cw_assess_options cwr_assess_options(SEXP list);
cw_select_options cwr_select_options(SEXP list);
cw_view_options cwr_view_options(SEXP list);
cw_report_options cwr_report_options(SEXP list);
cw_sample_options cwr_sample_options(SEXP list);
cw_info cwr_info(SEXP list);

#endif
