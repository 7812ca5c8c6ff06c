/* SPDX-License-Identifier: Apache-2.0 */
/* data.frames as Arrow streams. Doubles, integers and the codes of factors are lent as they lie; text becomes a
 * dictionary by the address of its string, since R holds each string once. */
#include "frame.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Memory: one list, preserved until the last array or schema over it is released. All of them are released on R's
 * thread. -- */

typedef struct {
  SEXP list; /* a pairlist: the data frame, then what was made for it */
  int live;
} keeper;

static void* keep(SEXP pool, size_t count, size_t size) {
  SEXP bytes = PROTECT(Rf_allocVector(RAWSXP, (R_xlen_t)(count * size == 0 ? 1 : count * size)));
  memset(RAW(bytes), 0, (size_t)XLENGTH(bytes));
  SETCDR(pool, Rf_cons(bytes, CDR(pool)));
  UNPROTECT(1);
  return RAW(bytes);
}

static void let_go(keeper* k) {
  if (--k->live == 0) R_ReleaseObject(k->list);
}

static void release_array(struct ArrowArray* a) {
  for (int64_t i = 0; i < a->n_children; ++i)
    if (a->children[i]->release != NULL) a->children[i]->release(a->children[i]);
  if (a->dictionary != NULL && a->dictionary->release != NULL) a->dictionary->release(a->dictionary);
  a->release = NULL;
  let_go(a->private_data);
}

static void release_schema(struct ArrowSchema* s) {
  for (int64_t i = 0; i < s->n_children; ++i)
    if (s->children[i]->release != NULL) s->children[i]->release(s->children[i]);
  if (s->dictionary != NULL && s->dictionary->release != NULL) s->dictionary->release(s->dictionary);
  s->release = NULL;
  let_go(s->private_data);
}

/* ---- Columns --------------------------------------------------------------------------------- */

typedef struct {
  SEXP pool;
  keeper* owner;
  struct ArrowArray* array;
  struct ArrowSchema* schema;
} slot;

static const char* keep_text(SEXP pool, const char* text) {
  char* out = keep(pool, strlen(text) + 1, 1);
  strcpy(out, text);
  return out;
}

static void shape(slot s, const char* format, int64_t length, int64_t n_buffers) {
  s.array->length = length;
  s.array->n_buffers = n_buffers;
  s.array->buffers = keep(s.pool, (size_t)n_buffers, sizeof(void*));
  s.array->release = release_array;
  s.array->private_data = s.owner;
  s.schema->format = format;
  s.schema->flags = ARROW_FLAG_NULLABLE;
  if (s.schema->name == NULL) s.schema->name = "";
  s.schema->release = release_schema;
  s.schema->private_data = s.owner;
  s.owner->live += 2;
}

static void set_bit(uint8_t* bits, R_xlen_t i) { bits[i / 8] = (uint8_t)(bits[i / 8] | 1U << (i % 8)); }

typedef int (*null_test)(const void* values, R_xlen_t i);
static int null_integer(const void* values, R_xlen_t i) { return ((const int*)values)[i] == NA_INTEGER; }
static int null_number(const void* values, R_xlen_t i) { return R_IsNA(((const double*)values)[i]); }
static int null_day(const void* values, R_xlen_t i) { return !R_FINITE(((const double*)values)[i]); }
static int null_code(const void* values, R_xlen_t i) { return ((const int*)values)[i] < 0; }
static int null_long(const void* values, R_xlen_t i) { return ((const int64_t*)values)[i] == INT64_MIN; }

static void mark_nulls(slot s, const void* values, R_xlen_t n, null_test null) {
  int64_t nulls = 0;
  for (R_xlen_t i = 0; i < n; ++i) nulls += null(values, i);
  s.array->null_count = nulls;
  if (nulls == 0) return;
  uint8_t* bits = keep(s.pool, (size_t)(n / 8 + 1), 1);
  for (R_xlen_t i = 0; i < n; ++i)
    if (!null(values, i)) set_bit(bits, i);
  s.array->buffers[0] = bits;
}

static void from_values(slot s, const char* format, const void* values, R_xlen_t n, null_test null) {
  static const double nothing = 0; /* an empty vector has no address of its own */
  shape(s, format, (int64_t)n, 2);
  if (null != NULL) mark_nulls(s, values, n, null);
  s.array->buffers[1] = n == 0 ? (const void*)&nothing : values;
}

static void from_logical(slot s, SEXP x) {
  const R_xlen_t n = XLENGTH(x);
  const int* values = LOGICAL_RO(x);
  shape(s, "b", (int64_t)n, 2);
  mark_nulls(s, values, n, null_integer);
  uint8_t* bits = keep(s.pool, (size_t)(n / 8 + 1), 1);
  for (R_xlen_t i = 0; i < n; ++i)
    if (values[i] == TRUE) set_bit(bits, i);
  s.array->buffers[1] = bits;
}

static void from_days(slot s, SEXP x, const char* name) {
  const R_xlen_t n = XLENGTH(x);
  if (TYPEOF(x) == INTSXP) {
    from_values(s, "tdD", INTEGER_RO(x), n, null_integer);
    return;
  }
  const double* values = REAL_RO(x);
  shape(s, "tdD", (int64_t)n, 2);
  mark_nulls(s, values, n, null_day);
  int32_t* out = keep(s.pool, (size_t)n, sizeof(int32_t));
  for (R_xlen_t i = 0; i < n; ++i) {
    if (!R_FINITE(values[i])) continue;
    const double day = floor(values[i]);
    if (day < -2147483648.0 || day > 2147483647.0)
      Rf_error("column %s, row %.0f: the date is beyond any calendar", name, (double)i + 1);
    out[i] = (int32_t)day;
  }
  s.array->buffers[1] = out;
}

static void attach_words(slot s, const char* const* words, size_t count) {
  slot d = {s.pool, s.owner, keep(s.pool, 1, sizeof(struct ArrowArray)), keep(s.pool, 1, sizeof(struct ArrowSchema))};
  int64_t* offsets = keep(s.pool, count + 1, sizeof(int64_t));
  for (size_t i = 0; i < count; ++i) offsets[i + 1] = offsets[i] + (int64_t)strlen(words[i]);
  char* bytes = keep(s.pool, (size_t)offsets[count], 1);
  for (size_t i = 0; i < count; ++i) memcpy(bytes + offsets[i], words[i], (size_t)(offsets[i + 1] - offsets[i]));
  shape(d, "U", (int64_t)count, 3);
  d.array->buffers[1] = offsets;
  d.array->buffers[2] = bytes;
  s.array->dictionary = d.array;
  s.schema->dictionary = d.schema;
}

/* R counts levels from 1: with a word of no use before them the codes need no copy. */
static void from_factor(slot s, SEXP x) {
  SEXP levels = Rf_getAttrib(x, R_LevelsSymbol);
  const R_xlen_t count = TYPEOF(levels) == STRSXP ? XLENGTH(levels) : 0;
  from_values(s, "i", INTEGER_RO(x), XLENGTH(x), null_integer);
  const char** words = (const char**)R_alloc((size_t)count + 1, sizeof(char*));
  words[0] = "";
  for (R_xlen_t i = 0; i < count; ++i)
    words[i + 1] = STRING_ELT(levels, i) == NA_STRING ? "" : Rf_translateCharUTF8(STRING_ELT(levels, i));
  attach_words(s, words, (size_t)count + 1);
}

typedef struct {
  SEXP* strings;  /* by code */
  int32_t* table; /* code + 1, by hash of the address; 0 is free */
  size_t count, capacity;
} vocabulary;

static size_t hash_of(SEXP string, size_t capacity) {
  uint64_t h = (uint64_t)(uintptr_t)string >> 3;
  h *= UINT64_C(0x9E3779B97F4A7C15);
  return (size_t)(h >> 32) & (capacity - 1);
}

static void grow(vocabulary* v) {
  const size_t capacity = v->capacity == 0 ? 1024 : v->capacity * 2;
  SEXP* strings = (SEXP*)R_alloc(capacity / 2, sizeof(SEXP));
  if (v->count > 0) memcpy(strings, v->strings, v->count * sizeof(SEXP));
  int32_t* table = (int32_t*)R_alloc(capacity, sizeof(int32_t));
  memset(table, 0, capacity * sizeof(int32_t));
  for (size_t i = 0; i < v->count; ++i) {
    size_t at = hash_of(strings[i], capacity);
    while (table[at] != 0) at = (at + 1) & (capacity - 1);
    table[at] = (int32_t)i + 1;
  }
  v->strings = strings;
  v->table = table;
  v->capacity = capacity;
}

static int32_t code_of(vocabulary* v, SEXP string) {
  if (v->count + 1 > v->capacity / 2) grow(v);
  size_t at = hash_of(string, v->capacity);
  for (; v->table[at] != 0; at = (at + 1) & (v->capacity - 1))
    if (v->strings[v->table[at] - 1] == string) return v->table[at] - 1;
  v->strings[v->count] = string;
  v->table[at] = (int32_t)++v->count;
  return v->table[at] - 1;
}

/* A string of an ALTREP vector may be made anew each time and held by nothing: a plain vector holds its strings. */
static SEXP plain_text(SEXP pool, SEXP x) {
  if (!ALTREP(x)) return x;
  const R_xlen_t n = XLENGTH(x);
  SEXP out = PROTECT(Rf_allocVector(STRSXP, n));
  for (R_xlen_t i = 0; i < n; ++i) SET_STRING_ELT(out, i, STRING_ELT(x, i));
  SETCDR(pool, Rf_cons(out, CDR(pool)));
  UNPROTECT(1);
  return out;
}

static void from_text(slot s, SEXP x) {
  x = plain_text(s.pool, x);
  const R_xlen_t n = XLENGTH(x);
  int32_t* codes = keep(s.pool, (size_t)n, sizeof(int32_t));
  vocabulary v = {NULL, NULL, 0, 0};
  SEXP last = NULL;
  for (R_xlen_t i = 0; i < n; ++i) {
    SEXP string = STRING_ELT(x, i);
    if (string == last) codes[i] = codes[i - 1];
    else codes[i] = string == NA_STRING ? -1 : code_of(&v, string);
    last = string;
  }
  from_values(s, "i", codes, n, null_code);
  const char** words = (const char**)R_alloc(v.count + 1, sizeof(char*));
  for (size_t i = 0; i < v.count; ++i) words[i] = Rf_translateCharUTF8(v.strings[i]);
  attach_words(s, words, v.count);
}

/* R/arguments.R has refused what is none of these. */
static void from_column(slot s, SEXP x, const char* name, int nan_is_blank) {
  s.schema->name = keep_text(s.pool, name);
  if (Rf_inherits(x, "factor") && TYPEOF(x) == INTSXP) from_factor(s, x);
  else if (Rf_inherits(x, "Date") && (TYPEOF(x) == REALSXP || TYPEOF(x) == INTSXP)) from_days(s, x, name);
  else if (Rf_inherits(x, "integer64") && TYPEOF(x) == REALSXP) from_values(s, "l", REAL_RO(x), XLENGTH(x), null_long);
  else if (TYPEOF(x) == REALSXP) from_values(s, "g", REAL_RO(x), XLENGTH(x), nan_is_blank ? NULL : null_number);
  else if (TYPEOF(x) == INTSXP) from_values(s, "i", INTEGER_RO(x), XLENGTH(x), null_integer);
  else if (TYPEOF(x) == LGLSXP) from_logical(s, x);
  else if (TYPEOF(x) == STRSXP) from_text(s, x);
  else Rf_error("column %s is of a type that is not taken", name);
}

/* ---- Streams --------------------------------------------------------------------------------- */

typedef struct {
  keeper owner;
  struct ArrowArray array;
  struct ArrowSchema schema;
} frame_stream;

static int get_schema(struct ArrowArrayStream* stream, struct ArrowSchema* out) {
  frame_stream* f = stream->private_data;
  *out = f->schema;
  f->schema.release = NULL;
  return 0;
}

static int get_next(struct ArrowArrayStream* stream, struct ArrowArray* out) {
  frame_stream* f = stream->private_data;
  *out = f->array; /* the second time it is released already, which ends the stream */
  f->array.release = NULL;
  return 0;
}

static const char* get_last_error(struct ArrowArrayStream* stream) {
  (void)stream;
  return NULL;
}

static void release_stream(struct ArrowArrayStream* stream) {
  frame_stream* f = stream->private_data;
  if (f->array.release != NULL) f->array.release(&f->array);
  if (f->schema.release != NULL) f->schema.release(&f->schema);
  stream->release = NULL;
  let_go(&f->owner);
}

static void take_stream(SEXP pointer, struct ArrowArrayStream* out) {
  struct ArrowArrayStream* given = R_ExternalPtrAddr(pointer);
  if (given == NULL || given->release == NULL) Rf_error("the Arrow stream was consumed already");
  *out = *given;
  given->release = NULL;
}

void cwr_stream_of(SEXP frame, int nan_is_blank, struct ArrowArrayStream* out) {
  if (TYPEOF(frame) == EXTPTRSXP) {
    take_stream(frame, out);
    return;
  }
  SEXP pool = PROTECT(Rf_cons(frame, R_NilValue));
  frame_stream* f = keep(pool, 1, sizeof(frame_stream));
  f->owner.list = pool;
  const R_xlen_t columns = XLENGTH(frame);
  SEXP names = PROTECT(Rf_getAttrib(frame, R_NamesSymbol));
  slot whole = {pool, &f->owner, &f->array, &f->schema};
  shape(whole, "+s", columns == 0 ? 0 : (int64_t)XLENGTH(VECTOR_ELT(frame, 0)), 1);
  f->array.children = keep(pool, (size_t)columns, sizeof(void*));
  f->schema.children = keep(pool, (size_t)columns, sizeof(void*));
  for (R_xlen_t i = 0; i < columns; ++i) {
    slot s = {pool, &f->owner, keep(pool, 1, sizeof(struct ArrowArray)), keep(pool, 1, sizeof(struct ArrowSchema))};
    f->array.children[i] = s.array;
    f->schema.children[i] = s.schema;
    from_column(s, VECTOR_ELT(frame, i), Rf_translateCharUTF8(STRING_ELT(names, i)), nan_is_blank);
    f->array.n_children = f->schema.n_children = (int64_t)i + 1;
  }
  f->owner.live += 1;     /* the stream itself */
  R_PreserveObject(pool); /* the last step that can fail */
  const struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, f};
  *out = stream;
  UNPROTECT(2);
}

/* ---- Streams that go out: the class is that of package nanoarrow, whose functions and those of arrow take them --- */

static void finalize_stream(SEXP pointer) {
  struct ArrowArrayStream* stream = R_ExternalPtrAddr(pointer);
  if (stream == NULL) return;
  R_ClearExternalPtr(pointer);
  if (stream->release != NULL) stream->release(stream);
  free(stream);
}

SEXP cwr_new_stream(void) {
  SEXP pointer = PROTECT(R_MakeExternalPtr(NULL, R_NilValue, R_NilValue));
  R_RegisterCFinalizerEx(pointer, finalize_stream, TRUE);
  SEXP class = PROTECT(Rf_mkString("nanoarrow_array_stream"));
  Rf_setAttrib(pointer, R_ClassSymbol, class);
  struct ArrowArrayStream* stream = calloc(1, sizeof *stream);
  if (stream == NULL) Rf_error("out of memory: an Arrow stream could not be made");
  R_SetExternalPtrAddr(pointer, stream);
  UNPROTECT(2);
  return pointer;
}
