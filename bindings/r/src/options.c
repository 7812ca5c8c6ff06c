/* SPDX-License-Identifier: Apache-2.0 */
/* Option structs from named lists, by tables of their fields. */
#include "options.h"

#include <stddef.h>
#include <string.h>

#include "arguments.h"

typedef enum { WORD, WORDS, NUMBER, WHOLE, TRUTH, WEIGHTS, ROWS } kind;
static const char* const kind_names[] = {"word", "words", "number", "whole", "truth", "weights", "rows"};

typedef struct {
  const char* name;
  kind kind;
  size_t at, size; /* of the field */
  size_t count_at; /* of the field that counts the elements of a list */
} field;

#define ONE(name, kind) \
  { #name, kind, offsetof(S, name), sizeof(((S*)NULL)->name), 0 }
#define LIST(name, kind) \
  { #name, kind, offsetof(S, name), 0, offsetof(S, n_##name) }

typedef struct {
  const char* name;
  const void* initial;
  size_t size, progress_at; /* 0: the struct takes no progress */
  const field* fields;
  size_t count;
  cwr_question ask; /* NULL where the answer is no table */
} option_list;

#define OPTIONS(name, progress_at, ask)                                                                                \
  {                                                                                                                    \
#name, &name##_initial, sizeof(name##_initial), progress_at, name##_fields, sizeof(name##_fields) / sizeof(field), \
        ask                                                                                                            \
  }

#define S cw_info
static const cw_info info_initial = CW_INFO_INIT;
static const field info_fields[] = {ONE(name, WORD), ONE(title, WORD), ONE(description, WORD), ONE(synthetic, TRUTH)};
#undef S
#include "questions.h"

static const option_list* list_of(const char* name) {
  for (size_t i = 0; i < sizeof lists / sizeof *lists; ++i)
    if (strcmp(lists[i].name, name) == 0) return &lists[i];
  Rf_error("there are no options of %s", name);
}

/* Numbers with the names of what they weigh. */
static const cw_weight* weights_of(SEXP x, size_t* count) {
  const cw_text* names = cwr_texts(Rf_getAttrib(x, R_NamesSymbol), count);
  if (TYPEOF(x) != REALSXP || (size_t)XLENGTH(x) != *count) *count = 0;
  cw_weight* out = (cw_weight*)R_alloc(*count + 1, sizeof(cw_weight));
  for (size_t i = 0; i < *count; ++i) {
    out[i].name = names[i];
    out[i].weight = REAL(x)[i];
  }
  return out;
}

/* R/arguments.R has checked that a number is whole and in range. */
static void put(char* out, const field* f, SEXP x, const cw_table* rows) {
  size_t count = 0;
  switch (f->kind) {
    case WORD: *(cw_text*)(out + f->at) = cwr_text(x); break;
    case WORDS: *(const cw_text**)(out + f->at) = cwr_texts(x, &count); break;
    case WEIGHTS: *(const cw_weight**)(out + f->at) = weights_of(x, &count); break;
    case NUMBER: *(double*)(out + f->at) = Rf_asReal(x); break;
    case ROWS: *(const cw_table**)(out + f->at) = rows; break;
    default:
      if (f->size == sizeof(uint32_t)) *(uint32_t*)(out + f->at) = (uint32_t)Rf_asReal(x);
      else *(uint64_t*)(out + f->at) = (uint64_t)Rf_asReal(x);
  }
  if (f->count_at != 0) *(size_t*)(out + f->count_at) = count;
}

cwr_question cwr_question_named(const char* name) { return list_of(name)->ask; }

void* cwr_options(const char* name, SEXP list, const cw_progress* progress, const cw_table* rows) {
  const option_list* o = list_of(name);
  char* out = R_alloc(1, (int)o->size);
  memcpy(out, o->initial, o->size);
  for (size_t i = 0; i < o->count; ++i) {
    SEXP x = cwr_at(list, o->fields[i].name);
    if (x != R_NilValue) put(out, &o->fields[i], x, rows);
  }
  if (o->progress_at != 0) *(const cw_progress**)(out + o->progress_at) = progress;
  return out;
}

SEXP cwr_option_kinds(SEXP name) {
  const option_list* o = list_of(CHAR(STRING_ELT(name, 0)));
  SEXP out = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)o->count));
  SEXP names = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)o->count));
  for (size_t i = 0; i < o->count; ++i) {
    SET_STRING_ELT(out, (R_xlen_t)i, Rf_mkChar(kind_names[o->fields[i].kind]));
    SET_STRING_ELT(names, (R_xlen_t)i, Rf_mkChar(o->fields[i].name));
  }
  Rf_setAttrib(out, R_NamesSymbol, names);
  UNPROTECT(2);
  return out;
}
