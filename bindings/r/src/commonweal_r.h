/* SPDX-License-Identifier: Apache-2.0 */
/* R and the library, for every file here. Their order: arguments, handles, frame and arrow, call, options, init. */
#ifndef COMMONWEAL_R_H
#define COMMONWEAL_R_H

#define R_NO_REMAP
#ifndef STRICT_R_HEADERS
#define STRICT_R_HEADERS
#endif
#include <R.h>
#include <Rinternals.h>

#include <commonweal.h>

#endif
