/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the library as data.frames. */
#include "frame.h"

#include <limits.h>
#include <string.h>

static int is_null(const cw_column* c, int64_t i) {
  return c->validity != NULL && (c->validity[i / 8] >> (i % 8) & 1) == 0;
}

/* integer where every value fits, else double: the same rule as that of other readers of 64-bit integers in R. */
static SEXP whole_numbers(const cw_column* c, int64_t rows) {
  const int64_t* values = c->data;
  int fits = 1;
  for (int64_t i = 0; i < rows && fits; ++i) fits = is_null(c, i) || (values[i] > INT_MIN && values[i] <= INT_MAX);
  SEXP out = PROTECT(Rf_allocVector(fits ? INTSXP : REALSXP, (R_xlen_t)rows));
  if (fits) {
    int* to = INTEGER(out);
    for (int64_t i = 0; i < rows; ++i) to[i] = is_null(c, i) ? NA_INTEGER : (int)values[i];
  } else {
    double* to = REAL(out);
    for (int64_t i = 0; i < rows; ++i) to[i] = is_null(c, i) ? NA_REAL : (double)values[i];
  }
  UNPROTECT(1);
  return out;
}

static SEXP numbers(const cw_column* c, int64_t rows) {
  SEXP out = PROTECT(Rf_allocVector(REALSXP, (R_xlen_t)rows));
  double* to = REAL(out);
  if (rows > 0) memcpy(to, c->data, (size_t)rows * sizeof(double));
  if (c->validity != NULL)
    for (int64_t i = 0; i < rows; ++i)
      if (is_null(c, i)) to[i] = NA_REAL;
  UNPROTECT(1);
  return out;
}

/* Ids repeat from row to row: the same bytes as above are the same string, without a look into R's cache of strings. */
static SEXP texts(const cw_column* c, int64_t rows) {
  SEXP out = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)rows));
  const char* bytes = c->data;
  int64_t last = -1;
  for (int64_t i = 0; i < rows; ++i) {
    if (is_null(c, i)) {
      SET_STRING_ELT(out, (R_xlen_t)i, NA_STRING);
      continue;
    }
    const int64_t from = c->offsets[i], size = c->offsets[i + 1] - from;
    if (last >= 0 && c->offsets[last + 1] - c->offsets[last] == size &&
        (size == 0 || memcmp(bytes + c->offsets[last], bytes + from, (size_t)size) == 0)) {
      SET_STRING_ELT(out, (R_xlen_t)i, STRING_ELT(out, (R_xlen_t)last));
    } else {
      if (size > INT_MAX) Rf_error("a text in column %.*s is longer than R can hold", (int)c->name.size, c->name.data);
      SET_STRING_ELT(out, (R_xlen_t)i, size == 0 ? R_BlankString : Rf_mkCharLenCE(bytes + from, (int)size, CE_UTF8));
    }
    last = i;
  }
  UNPROTECT(1);
  return out;
}

static SEXP truths(const cw_column* c, int64_t rows) {
  SEXP out = PROTECT(Rf_allocVector(LGLSXP, (R_xlen_t)rows));
  const uint8_t* values = c->data;
  for (int64_t i = 0; i < rows; ++i) LOGICAL(out)[i] = is_null(c, i) ? NA_LOGICAL : values[i] != 0;
  UNPROTECT(1);
  return out;
}

static SEXP days(const cw_column* c, int64_t rows) {
  SEXP out = PROTECT(Rf_allocVector(REALSXP, (R_xlen_t)rows));
  const int32_t* values = c->data;
  for (int64_t i = 0; i < rows; ++i) REAL(out)[i] = is_null(c, i) ? NA_REAL : (double)values[i];
  SEXP class = PROTECT(Rf_mkString("Date"));
  Rf_setAttrib(out, R_ClassSymbol, class);
  UNPROTECT(2);
  return out;
}

static SEXP column(const cw_column* c, int64_t rows) {
  switch (c->type) {
    case CW_INT64: return whole_numbers(c, rows);
    case CW_FLOAT64: return numbers(c, rows);
    case CW_UTF8: return texts(c, rows);
    case CW_BOOLEAN: return truths(c, rows);
    case CW_DATE: return days(c, rows);
    default:
      Rf_error("column %.*s has a type that this package does not know; update it", (int)c->name.size, c->name.data);
  }
}

SEXP cwr_frame(const cw_table* table) {
  int64_t rows = 0, columns = 0;
  if (cw_table_rows(table, &rows, NULL) != CW_OK || cw_table_column_count(table, &columns, NULL) != CW_OK)
    Rf_error("a table of the library could not be read");
  if (rows > INT_MAX) Rf_error("%.0f rows are more than a data.frame can hold", (double)rows);
  SEXP out = PROTECT(Rf_allocVector(VECSXP, (R_xlen_t)columns));
  SEXP names = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)columns));
  for (int64_t i = 0; i < columns; ++i) {
    cw_column c = CW_COLUMN_INIT;
    if (cw_table_column(table, i, &c, NULL) != CW_OK) Rf_error("a column of the library could not be read");
    SET_STRING_ELT(names, (R_xlen_t)i, Rf_mkCharLenCE(c.name.data, (int)c.name.size, CE_UTF8));
    SET_VECTOR_ELT(out, (R_xlen_t)i, column(&c, rows));
  }
  Rf_setAttrib(out, R_NamesSymbol, names);
  SEXP row_names = PROTECT(Rf_allocVector(INTSXP, 2)); /* R's short form of 1, ..., rows */
  INTEGER(row_names)[0] = NA_INTEGER;
  INTEGER(row_names)[1] = -(int)rows;
  Rf_setAttrib(out, R_RowNamesSymbol, row_names);
  SEXP class = PROTECT(Rf_mkString("data.frame"));
  Rf_setAttrib(out, R_ClassSymbol, class);
  UNPROTECT(4);
  return out;
}
