/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the library as data.frames, and data.frames as Arrow streams. */
#ifndef COMMONWEAL_R_FRAME_H
#define COMMONWEAL_R_FRAME_H

#include "commonweal_r.h"

/* A table as a data.frame. */
SEXP cwr_frame(const cw_table* table);
/* A data.frame, or an external pointer to an Arrow stream, as a stream to consume. NaN stays what it is where
 * nan_is_blank, and NA joins it; otherwise NA is null. The caller PROTECTs `frame` until the stream is released. */
void cwr_stream_of(SEXP frame, int nan_is_blank, struct ArrowArrayStream* out);
SEXP cwr_new_stream(void);

#endif
