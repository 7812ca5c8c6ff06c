/* SPDX-License-Identifier: Apache-2.0 */
/* Rollups in parts, and what a long call tells. The figures of the town are worked by hand. */
#include "check.h"

static cw_table* observations(const char* const* reporters, const char* const* periods, const double* values,
                              int64_t rows) {
  static const char* const meals[] = {"meals", "meals", "meals", "meals"};
  cw_column columns[4];
  cw_table* t = NULL;
  cw_error* err = NULL;
  columns[0] = strings("reporter", reporters);
  columns[1] = strings("indicator", meals);
  columns[2] = strings("period", periods);
  columns[3] = reals("value", values);
  OK(cw_table_from_columns(columns, 4, rows, &t, &err));
  return t;
}
static cw_table* of_bank(void) {
  static const char* const who[] = {"bank", "bank"};
  static const char* const when[] = {"2024-01", "2024-02"};
  static const double values[] = {10, 20};
  return observations(who, when, values, 2);
}
static cw_table* of_kitchen(void) {
  static const char* const who[] = {"kitchen", "kitchen"};
  static const char* const when[] = {"2024-01", "2024-02"};
  static const double values[] = {1.5, NAN};
  return observations(who, when, values, 2);
}

/* Two parts, one of them carried about as bytes, are one rollup. */
static void parts_make_the_whole(void) {
  cw_error* err = NULL;
  cw_initiative* i = town();
  cw_partial *one = NULL, *other = NULL, *back = NULL;
  cw_table* t = of_bank();
  cw_table* whole = NULL;
  cw_buffer *bytes = NULL, *a = NULL, *b = NULL;
  struct ArrowArrayStream stream;
  OK(cw_partial_new(i, NULL, &one, &err));
  OK(cw_partial_new(i, NULL, &other, &err));
  OK(cw_partial_update(one, t, &err));
  cw_table_free(t);
  t = of_kitchen();
  OK(cw_table_export(t, &stream, &err));
  OK(cw_partial_update_stream(other, &stream, &err));
  EXPECT(stream.release == NULL);
  cw_table_free(t);
  OK(cw_partial_serialize(other, &bytes, &err));
  OK(cw_partial_deserialize(i, cw_buffer_data(bytes), cw_buffer_size(bytes), &back, &err));
  OK(cw_partial_merge(one, back, &err));
  OK(cw_partial_finish(one, NULL, &t, &err));
  expect_csv(
      t,
      "group,indicator,period,value,numerator,denominator,reported,expected,coverage,lower,upper,state,structure_date\n"
      "council,meals,2024-01,11.5,,,2,2,1,,,reported,2024-01-31\n"
      "council,meals,2024-02,20,,,1,2,0.5,,,partial,2024-02-29\n");
  OK(cw_rollup(i, NULL, &whole, &err));
  OK(cw_table_csv(t, &a, &err));
  OK(cw_table_csv(whole, &b, &err));
  EXPECT_TEXT((const char*)cw_buffer_data(a), (const char*)cw_buffer_data(b));
  cw_buffer_free(a);
  cw_buffer_free(b);
  cw_table_free(whole);
  cw_table_free(t);
  /* The initiative goes when the last partial does. */
  cw_initiative_free(i);
  OK(cw_partial_finish(back, NULL, &t, &err));
  EXPECT(rows_of(t) == 2 && real_at(t, "value", 0) == 1.5);
  cw_table_free(t);
  cw_buffer_free(bytes);
  cw_partial_free(one);
  cw_partial_free(other);
  cw_partial_free(back);
}

static void what_is_refused_changes_nothing(void) {
  cw_error* err = NULL;
  cw_initiative* i = town();
  cw_partial *p = NULL, *other = NULL;
  cw_table* t = of_bank();
  cw_table* wrong = NULL;
  cw_buffer *before = NULL, *after = NULL;
  static const char* const who[] = {"kitchen", "bakery"};
  static const char* const when[] = {"2024-01", "2024-01"};
  static const double values[] = {1, 2};
  cw_rollup_options options = CW_ROLLUP_OPTIONS_INIT;
  OK(cw_partial_new(i, NULL, &p, &err));
  OK(cw_partial_update(p, t, &err));
  OK(cw_partial_serialize(p, &before, &err));
  FAILS(CW_INVALID_DATA, "meals of bank for 2024-01 has come before", cw_partial_update(p, t, &err));
  wrong = observations(who, when, values, 2);
  EXPECT(cw_partial_update(p, wrong, &err) == CW_INVALID_DATA);
  EXPECT(cw_error_row(err) == 3 && strcmp(cw_error_code(err), "unknown_id") == 0 &&
         strcmp(cw_error_file(err), "observations") == 0);
  cw_error_free(err);
  err = NULL;
  FAILS(CW_INVALID_ARGUMENT, "merged with itself", cw_partial_merge(p, p, &err));
  OK(cw_partial_new(i, NULL, &other, &err));
  OK(cw_partial_update(other, t, &err));
  FAILS(CW_INVALID_DATA, "one part only", cw_partial_merge(p, other, &err));
  OK(cw_partial_serialize(p, &after, &err));
  EXPECT(cw_buffer_size(before) == cw_buffer_size(after) &&
         memcmp(cw_buffer_data(before), cw_buffer_data(after), cw_buffer_size(before)) == 0);
  cw_partial_free(other);
  other = NULL;
  FAILS(CW_INVALID_DATA, "", cw_partial_deserialize(i, "no part of a rollup at all", 26, &other, &err));
  EXPECT(other == NULL);
  options.missing = cw_text_of("carry_forward");
  FAILS(CW_INVALID_ARGUMENT, "carry_forward", cw_partial_new(i, &options, &other, &err));
  EXPECT(other == NULL);
  cw_buffer_free(before);
  cw_buffer_free(after);
  cw_table_free(t);
  cw_table_free(wrong);
  cw_partial_free(p);
  cw_initiative_free(i);
}

struct heard {
  int told;
  double last;
  int logged;
  int stop_at;
  char line[400];
};
static int32_t tell(void* user, double share, const char* doing, size_t size) {
  struct heard* h = (struct heard*)user;
  EXPECT(share >= h->last && share <= 1 && strlen(doing) == size && size > 0);
  h->last = share;
  return ++h->told == h->stop_at ? 1 : 0;
}
static void hear(void* user, int32_t severity, const char* text, size_t size) {
  struct heard* h = (struct heard*)user;
  EXPECT(severity == CW_WARNING && strlen(text) == size);
  ++h->logged;
  snprintf(h->line, sizeof h->line, "%s", text);
}

static void a_rollup_tells_and_stops(void) {
  cw_error* err = NULL;
  cw_initiative* i = town();
  cw_partial* p = NULL;
  cw_table* t = NULL;
  struct heard h = {0, -1, 0, 0, {0}};
  cw_progress progress = CW_PROGRESS_INIT;
  cw_rollup_options options = CW_ROLLUP_OPTIONS_INIT;
  progress.tell = tell;
  progress.user = &h;
  options.progress = &progress;
  OK(cw_rollup(i, &options, &t, &err));
  EXPECT(h.told > 0 && h.last == 1);
  cw_table_free(t);
  h.told = 0, h.last = -1, h.stop_at = 1;
  FAILS(CW_CANCELLED, "", cw_rollup(i, &options, &t, &err));
  EXPECT(t == NULL);
  OK(cw_partial_new(i, &options, &p, &err)); /* which keeps no progress */
  h.told = 0, h.last = -1;
  FAILS(CW_CANCELLED, "", cw_partial_finish(p, &progress, &t, &err));
  EXPECT(t == NULL);
  OK(cw_partial_finish(p, NULL, &t, &err));
  cw_table_free(t);
  cw_partial_free(p);
  cw_initiative_free(i);
}

/* A folder with a column that is not read: loading says so while it runs. */
static void loading_logs_its_findings(const char* folder) {
  cw_error* err = NULL;
  cw_initiative* i = town();
  cw_initiative* back = NULL;
  struct heard h = {0, -1, 0, 0, {0}};
  cw_progress progress = CW_PROGRESS_INIT;
  char path[5000];
  FILE* f;
  snprintf(path, sizeof path, "%s/logged", folder);
  OK(cw_write_folder(i, path, strlen(path), NULL, &err));
  snprintf(path, sizeof path, "%s/logged/observations.csv", folder);
  f = fopen(path, "w");
  EXPECT(f != NULL);
  if (f == NULL) return;
  fputs("reporter,indicator,period,value,weather\nbank,meals,2024-01,10,rain\n", f);
  fclose(f);
  progress.log = hear;
  progress.user = &h;
  snprintf(path, sizeof path, "%s/logged", folder);
  OK(cw_load(path, strlen(path), &progress, &back, &err));
  EXPECT(h.logged >= 1 && h.told == 0 && strstr(h.line, "weather") != NULL);
  cw_initiative_free(back);
  cw_initiative_free(i);
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  parts_make_the_whole();
  what_is_refused_changes_nothing();
  a_rollup_tells_and_stops();
  loading_logs_its_findings(argv[1]);
  return finish();
}
