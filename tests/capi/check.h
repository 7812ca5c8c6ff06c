/* SPDX-License-Identifier: Apache-2.0 */
/* A harness for C: EXPECT tells what did not hold and goes on; finish() is the exit code. */
#ifndef CAPI_TEST_CHECK_H
#define CAPI_TEST_CHECK_H

#include <commonweal.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int checks_ = 0;
static int failures_ = 0;

#define EXPECT(what)                                                     \
  do {                                                                   \
    ++checks_;                                                           \
    if (!(what)) {                                                       \
      ++failures_;                                                       \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #what); \
    }                                                                    \
  } while (0)

#define EXPECT_TEXT(got, wanted)                                                          \
  do {                                                                                    \
    const char* got_ = (got);                                                             \
    ++checks_;                                                                            \
    if (strcmp(got_, (wanted)) != 0) {                                                    \
      ++failures_;                                                                        \
      fprintf(stderr, "%s:%d: \"%s\", not \"%s\"\n", __FILE__, __LINE__, got_, (wanted)); \
    }                                                                                     \
  } while (0)

/* The call succeeds; otherwise its error is shown. Uses and clears the variable `err`. */
#define OK(call)                                                                                \
  do {                                                                                          \
    const int32_t status_ = (call);                                                             \
    ++checks_;                                                                                  \
    if (status_ != CW_OK || err != NULL) {                                                      \
      ++failures_;                                                                              \
      fprintf(stderr, "%s:%d: %s: %s [%s]\n", __FILE__, __LINE__, #call, cw_error_message(err), \
              cw_status_name(status_));                                                         \
    }                                                                                           \
    cw_error_free(err);                                                                         \
    err = NULL;                                                                                 \
  } while (0)

/* The call fails with this status, and the message holds this text. */
#define FAILS(status, part, call)                                                                                   \
  do {                                                                                                              \
    const int32_t status_ = (call);                                                                                 \
    ++checks_;                                                                                                      \
    if (status_ != (status) || cw_error_status(err) != (status) || strstr(cw_error_message(err), (part)) == NULL) { \
      ++failures_;                                                                                                  \
      fprintf(stderr, "%s:%d: %s: \"%s\" [%s]\n", __FILE__, __LINE__, #call, cw_error_message(err),                 \
              cw_status_name(status_));                                                                             \
    }                                                                                                               \
    cw_error_free(err);                                                                                             \
    err = NULL;                                                                                                     \
  } while (0)

#define WORD(literal) (literal), (sizeof(literal) - 1)

static inline int finish(void) {
  fprintf(stderr, "%d checks, %d failures\n", checks_, failures_);
  return failures_ == 0 && checks_ > 0 ? 0 : 1;
}

static inline void keep_schema(struct ArrowSchema* s) { (void)s; }
/* A copy of a table of which one text column holds codes. */
static inline cw_table* with_codes(const cw_table* t, const char* name) {
  cw_table* out = NULL;
  struct ArrowArrayStream s;
  struct ArrowSchema words, column, rows;
  struct ArrowSchema* child = &column;
  memset(&words, 0, sizeof words);
  memset(&column, 0, sizeof column);
  memset(&rows, 0, sizeof rows);
  column.name = name;
  column.dictionary = &words;
  rows.n_children = 1;
  rows.children = &child;
  rows.release = keep_schema;
  EXPECT(cw_table_export_as(t, &rows, &s, NULL) == CW_OK && cw_table_import(&s, &out, NULL) == CW_OK);
  return out;
}
static inline cw_column column_of(const cw_table* t, const char* name) {
  cw_column c = CW_COLUMN_INIT;
  int64_t index = -1;
  cw_error* err = NULL;
  OK(cw_table_find(t, name, strlen(name), &index, &err));
  OK(cw_table_column(t, index, &c, &err));
  return c;
}
static inline int is_null(const cw_table* t, const char* name, int64_t row) {
  const cw_column c = column_of(t, name);
  return c.validity != NULL && (c.validity[row / 8] >> (row % 8) & 1) == 0;
}
static inline double real_at(const cw_table* t, const char* name, int64_t row) {
  const cw_column c = column_of(t, name);
  EXPECT(c.type == CW_FLOAT64);
  return ((const double*)c.data)[row];
}
static inline int64_t integer_at(const cw_table* t, const char* name, int64_t row) {
  const cw_column c = column_of(t, name);
  EXPECT(c.type == CW_INT64);
  return ((const int64_t*)c.data)[row];
}
static inline int text_is(const cw_table* t, const char* name, int64_t row, const char* wanted) {
  const cw_column c = column_of(t, name);
  const size_t n = (size_t)(c.offsets[row + 1] - c.offsets[row]);
  return c.type == CW_UTF8 && n == strlen(wanted) && memcmp((const char*)c.data + c.offsets[row], wanted, n) == 0;
}
static inline int64_t rows_of(const cw_table* t) {
  int64_t n = -1;
  cw_error* err = NULL;
  OK(cw_table_rows(t, &n, &err));
  return n;
}
/* The CSV of a table is exactly this. */
static inline void expect_csv(const cw_table* t, const char* wanted) {
  cw_buffer* csv = NULL;
  cw_error* err = NULL;
  OK(cw_table_csv(t, &csv, &err));
  EXPECT_TEXT((const char*)cw_buffer_data(csv), wanted);
  cw_buffer_free(csv);
}

/* Columns for cw_table_from_columns. */
static inline cw_column strings(const char* name, const char* const* values) {
  cw_column c = CW_COLUMN_INIT;
  c.type = CW_STRINGS;
  c.name = cw_text_of(name);
  c.data = values;
  return c;
}
static inline cw_column reals(const char* name, const double* values) {
  cw_column c = CW_COLUMN_INIT;
  c.type = CW_FLOAT64;
  c.name = cw_text_of(name);
  c.data = values;
  return c;
}

/* A town of two organizations in a council, which report meals: worked by hand in the tests. */
static inline cw_builder* town_builder(void) {
  static const char* const organizations[] = {"bank", "kitchen"};
  static const char* const council[] = {"council"};
  static const char* const both[] = {"council", "council"};
  static const char* const meals[] = {"meals"};
  static const char* const amount[] = {"amount"};
  static const char* const reporters[] = {"bank", "bank", "kitchen", "kitchen"};
  static const char* const indicator[] = {"meals", "meals", "meals", "meals"};
  static const char* const periods[] = {"2024-01", "2024-02", "2024-01", "2024-02"};
  static const double values[] = {10, 20, 1.5, NAN};
  cw_error* err = NULL;
  cw_builder* b = NULL;
  cw_table* t = NULL;
  cw_info info = CW_INFO_INIT;
  cw_column columns[4];
  OK(cw_builder_new(&b, &err));
  info.name = cw_text_of("town");
  info.title = cw_text_of("A synthetic town");
  info.synthetic = 1;
  OK(cw_builder_set_info(b, &info, &err));
  /* Observations first: the order is the builder's care. */
  columns[0] = strings("reporter", reporters);
  columns[1] = strings("indicator", indicator);
  columns[2] = strings("period", periods);
  columns[3] = reals("value", values);
  OK(cw_table_from_columns(columns, 4, 4, &t, &err));
  OK(cw_builder_add_table(b, WORD("observations"), t, &err));
  cw_table_free(t);
  columns[0] = strings("id", organizations);
  OK(cw_table_from_columns(columns, 1, 2, &t, &err));
  OK(cw_builder_add_table(b, WORD("organizations"), t, &err));
  cw_table_free(t);
  columns[0] = strings("id", council);
  OK(cw_table_from_columns(columns, 1, 1, &t, &err));
  OK(cw_builder_add_table(b, WORD("groups"), t, &err));
  cw_table_free(t);
  columns[0] = strings("id", meals);
  columns[1] = strings("kind", amount);
  OK(cw_table_from_columns(columns, 2, 1, &t, &err));
  OK(cw_builder_add_table(b, WORD("indicators"), t, &err));
  cw_table_free(t);
  columns[0] = strings("from", organizations);
  columns[1] = strings("to", both);
  OK(cw_table_from_columns(columns, 2, 2, &t, &err));
  OK(cw_builder_add_table(b, WORD("member_of"), t, &err));
  cw_table_free(t);
  return b;
}
static inline cw_initiative* town(void) {
  cw_error* err = NULL;
  cw_builder* b = town_builder();
  cw_initiative* out = NULL;
  OK(cw_builder_finish(b, &out, &err));
  cw_builder_free(b);
  return out;
}

#endif
