/* SPDX-License-Identifier: Apache-2.0 */
/* Option structs from named lists, by tables of their fields. */
#include "options.h"

#include <stddef.h>
#include <string.h>

#include "arguments.h"

typedef enum { WORD, WORDS, NUMBER, WHOLE, WHOLE32, TRUTH, WEIGHTS, ROWS } kind;
static const char* const kind_names[] = {"word", "words", "number", "whole", "whole32", "truth", "weights", "rows"};

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

#define S cw_rollup_options
static const cw_rollup_options rollup_initial = CW_ROLLUP_OPTIONS_INIT;
static const field rollup_fields[] = {
    LIST(indicators, WORDS), LIST(groups, WORDS),
    ONE(every, WORD),        ONE(from, WORD),
    ONE(to, WORD),           ONE(as_of, WORD),
    ONE(membership, WORD),   ONE(missing, WORD),
    ONE(breakdown, WORD),    ONE(minimum_coverage, NUMBER),
    ONE(adjustment, NUMBER),
};
#undef S

#define S cw_analyze_options
static const cw_analyze_options analyze_initial = CW_ANALYZE_OPTIONS_INIT;
static const field analyze_fields[] = {
    LIST(indicators, WORDS),  LIST(groups, WORDS), LIST(reporters, WORDS),  LIST(days, WORDS),
    LIST(rules, WORDS),       LIST(phases, WORDS), LIST(ghosts, WORDS),     LIST(order, WORDS),
    ONE(every, WORD),         ONE(from, WORD),     ONE(to, WORD),           ONE(test, WORD),
    ONE(basis, WORD),         ONE(path, WORD),     ONE(chart, WORD),        ONE(freeze, WORD),
    ONE(show, WORD),          ONE(method, WORD),   ONE(reconcile, WORD),    ONE(by, WORD),
    ONE(reference, WORD),     ONE(compare, WORD),  ONE(confidence, NUMBER), ONE(flat, NUMBER),
    ONE(tolerance, NUMBER),   ONE(top, WHOLE),     ONE(horizon, WHOLE),     ONE(screen, TRUTH),
    ONE(chart_phases, TRUTH), ONE(all, TRUTH),     LIST(standard, WEIGHTS), ONE(local, ROWS),
};
#undef S

#define S cw_assess_options
static const cw_assess_options assess_initial = CW_ASSESS_OPTIONS_INIT;
static const field assess_fields[] = {
    ONE(as_of, WORD),  ONE(compare, WORD), LIST(only, WORDS),   ONE(policy, WORD),
    ONE(rubric, WORD), ONE(scheme, WORD),  ONE(currency, WORD),
};
#undef S

#define S cw_select_options
static const cw_select_options select_initial = CW_SELECT_OPTIONS_INIT;
static const field select_fields[] = {
    LIST(weights, WEIGHTS), ONE(seed, WHOLE), ONE(deadline, WORD), ONE(coordination_cost, NUMBER), ONE(as_of, WORD),
};
#undef S

#define S cw_view_options
static const cw_view_options view_initial = CW_VIEW_OPTIONS_INIT;
static const field view_fields[] = {
    LIST(nodes, WORDS), LIST(edges, WORDS), ONE(as_of, WORD), ONE(compare, WORD), ONE(sources, WHOLE), ONE(seed, WHOLE),
};
#undef S

#define S cw_report_options
static const cw_report_options report_initial = CW_REPORT_OPTIONS_INIT;
static const field report_fields[] = {
    ONE(width, WHOLE32), ONE(as_of, WORD),  ONE(group, WORD),  ONE(flat, NUMBER),
    ONE(full, TRUTH),    ONE(ascii, TRUTH), ONE(color, TRUTH),
};
#undef S

#define S cw_sample_options
static const cw_sample_options sample_initial = CW_SAMPLE_OPTIONS_INIT;
static const field sample_fields[] = {
    ONE(reporters, WHOLE32), ONE(groups, WHOLE32), ONE(periods, WHOLE32), ONE(indicators, WHOLE32), ONE(seed, WHOLE),
};
#undef S

#define S cw_info
static const cw_info info_initial = CW_INFO_INIT;
static const field info_fields[] = {ONE(name, WORD), ONE(title, WORD), ONE(description, WORD), ONE(synthetic, TRUTH)};
#undef S

typedef struct {
  const char* name;
  const void* initial;
  size_t size, progress_at; /* 0: the struct takes no progress */
  const field* fields;
  size_t count;
} option_list;

#define OPTIONS(name, progress_at) \
  { #name, &name##_initial, sizeof(name##_initial), progress_at, name##_fields, sizeof(name##_fields) / sizeof(field) }
static const option_list lists[] = {
    OPTIONS(rollup, offsetof(cw_rollup_options, progress)),
    OPTIONS(analyze, offsetof(cw_analyze_options, progress)),
    OPTIONS(assess, offsetof(cw_assess_options, progress)),
    OPTIONS(view, offsetof(cw_view_options, progress)),
    OPTIONS(select, 0),
    OPTIONS(report, 0),
    OPTIONS(sample, 0),
    OPTIONS(info, 0),
};

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
    out[i].criterion = names[i];
    out[i].weight = REAL(x)[i];
  }
  return out;
}

/* R/arguments.R has checked that a number is whole and in range. */
static void put(char* out, const field* f, SEXP x) {
  size_t count = 0;
  switch (f->kind) {
    case WORD: *(cw_text*)(out + f->at) = cwr_text(x); break;
    case WORDS: *(const cw_text**)(out + f->at) = cwr_texts(x, &count); break;
    case WEIGHTS: *(const cw_weight**)(out + f->at) = weights_of(x, &count); break;
    case NUMBER: *(double*)(out + f->at) = Rf_asReal(x); break;
    case ROWS: break; /* a table, which the call makes */
    default:
      if (f->size == sizeof(uint32_t)) *(uint32_t*)(out + f->at) = (uint32_t)Rf_asReal(x);
      else *(uint64_t*)(out + f->at) = (uint64_t)Rf_asReal(x);
  }
  if (f->count_at != 0) *(size_t*)(out + f->count_at) = count;
}

void* cwr_options(const char* name, SEXP list, const cw_progress* progress) {
  const option_list* o = list_of(name);
  char* out = R_alloc(1, (int)o->size);
  memcpy(out, o->initial, o->size);
  for (size_t i = 0; i < o->count; ++i) {
    SEXP x = cwr_at(list, o->fields[i].name);
    if (x != R_NilValue) put(out, &o->fields[i], x);
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
