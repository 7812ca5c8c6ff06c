/* SPDX-License-Identifier: Apache-2.0 */
/* Initiatives: built, edited, saved, loaded, and what they hold. argv[1] is a folder to write in. */
#include <time.h>

#include "check.h"

static char scratch[4096];
static const char* in_scratch(const char* name) {
  static char path[5000];
  snprintf(path, sizeof path, "%s/%s", scratch, name);
  return path;
}

static int same_bytes(const cw_initiative* a, const cw_initiative* b) {
  cw_error* err = NULL;
  cw_buffer *x = NULL, *y = NULL;
  int same;
  OK(cw_pack(a, &x, &err));
  OK(cw_pack(b, &y, &err));
  same = cw_buffer_size(x) == cw_buffer_size(y) && memcmp(cw_buffer_data(x), cw_buffer_data(y), cw_buffer_size(x)) == 0;
  cw_buffer_free(x);
  cw_buffer_free(y);
  return same;
}

static void a_built_initiative_holds_what_was_added(void) {
  cw_error* err = NULL;
  cw_initiative* i = town();
  cw_table* t = NULL;
  OK(cw_initiative_info(i, &t, &err));
  expect_csv(t, "name,title,description,synthetic\ntown,A synthetic town,,true\n");
  cw_table_free(t);
  OK(cw_initiative_tables(i, &t, &err));
  expect_csv(t, "table,kind,rows\norganizations,nodes,2\ngroups,nodes,1\nindicators,nodes,1\nmember_of,edges,"
                "2\nobservations,records,3\n");
  cw_table_free(t);
  OK(cw_initiative_table(i, WORD("observations"), &t, &err));
  expect_csv(t, "reporter,indicator,period,value,numerator,denominator,breakdown,status\n"
                "bank,meals,2024-01,10,,,,\nbank,meals,2024-02,20,,,,\nkitchen,meals,2024-01,1.5,,,,\n");
  cw_table_free(t);
  OK(cw_initiative_table(i, WORD("organizations"), &t, &err));
  EXPECT(rows_of(t) == 2 && text_is(t, "id", 1, "kitchen"));
  cw_table_free(t);
  OK(cw_initiative_indicators(i, &t, &err));
  EXPECT(rows_of(t) == 1 && text_is(t, "over_groups", 0, "sum") && text_is(t, "kind", 0, "amount") &&
         is_null(t, "look_back", 0));
  cw_table_free(t);
  OK(cw_initiative_summary(i, &t, &err));
  EXPECT(rows_of(t) >= 5);
  cw_table_free(t);
  FAILS(CW_INVALID_ARGUMENT, "no table meetings", cw_initiative_table(i, WORD("meetings"), &t, &err));
  EXPECT(t == NULL);
  cw_initiative_free(i);
}

static void packed_and_folder_forms_come_back_equal(void) {
  cw_error* err = NULL;
  cw_initiative* i = town();
  cw_initiative* back = NULL;
  cw_buffer* bytes = NULL;
  const char* path;
  char* damaged;
  OK(cw_pack(i, &bytes, &err));
  OK(cw_unpack(cw_buffer_data(bytes), cw_buffer_size(bytes), &back, &err));
  EXPECT(same_bytes(i, back));
  cw_initiative_free(back);
  damaged = (char*)malloc(cw_buffer_size(bytes));
  memcpy(damaged, cw_buffer_data(bytes), cw_buffer_size(bytes));
  damaged[cw_buffer_size(bytes) / 2] ^= 1;
  FAILS(CW_INVALID_DATA, "", cw_unpack(damaged, cw_buffer_size(bytes), &back, &err));
  EXPECT(back == NULL);
  free(damaged);
  cw_buffer_free(bytes);
  path = in_scratch("town.cwl");
  OK(cw_save(i, path, strlen(path), &err));
  OK(cw_load(path, strlen(path), NULL, &back, &err));
  EXPECT(same_bytes(i, back));
  cw_initiative_free(back);
  path = in_scratch("town");
  OK(cw_write_folder(i, path, strlen(path), NULL, &err));
  OK(cw_load(path, strlen(path), NULL, &back, &err));
  cw_initiative_free(back);
  cw_initiative_free(i);
}

static void editing_begins_from_what_there_is(void) {
  static const char* const reporters[] = {"bank"};
  static const char* const indicators[] = {"meals"};
  static const char* const periods[] = {"2024-03"};
  static const char* const values[] = {"30.5"}; /* text passes for a number */
  cw_error* err = NULL;
  cw_initiative* i = town();
  cw_initiative* same = NULL;
  cw_initiative* more = NULL;
  cw_builder* b = NULL;
  cw_table* t = NULL;
  cw_column c[4];
  struct ArrowArrayStream s;
  OK(cw_builder_from(i, &b, &err));
  OK(cw_builder_finish(b, &same, &err));
  EXPECT(same_bytes(i, same));
  c[0] = strings("reporter", reporters);
  c[1] = strings("indicator", indicators);
  c[2] = strings("period", periods);
  c[3] = strings("value", values);
  OK(cw_table_from_columns(c, 4, 1, &t, &err));
  OK(cw_table_export(t, &s, &err));
  cw_table_free(t);
  OK(cw_builder_add_stream(b, WORD("observations"), &s, &err));
  EXPECT(s.release == NULL);
  OK(cw_builder_finish(b, &more, &err)); /* the builder goes on */
  OK(cw_initiative_table(more, WORD("observations"), &t, &err));
  EXPECT(rows_of(t) == 4 && real_at(t, "value", 2) == 30.5);
  cw_table_free(t);
  cw_initiative_free(more);
  OK(cw_builder_remove(b, WORD("observations"), &err));
  OK(cw_builder_finish(b, &more, &err));
  OK(cw_initiative_table(more, WORD("observations"), &t, &err));
  EXPECT(rows_of(t) == 0);
  cw_table_free(t);
  cw_builder_free(b);
  cw_initiative_free(more);
  cw_initiative_free(same);
  cw_initiative_free(i);
}

static void a_sample_comes_back_equal_from_its_tables(void) {
  cw_error* err = NULL;
  cw_initiative* i = NULL;
  cw_initiative* again = NULL;
  cw_builder* b = NULL;
  cw_sample_options o = CW_SAMPLE_OPTIONS_INIT;
  const char* path = in_scratch("sample");
  OK(cw_sample(path, strlen(path), &o, NULL, &err));
  OK(cw_load(path, strlen(path), NULL, &i, &err));
  OK(cw_builder_from(i, &b, &err));
  OK(cw_builder_finish(b, &again, &err));
  EXPECT(same_bytes(i, again));
  cw_builder_free(b);
  cw_initiative_free(again);
  cw_initiative_free(i);
}

static void findings_name_table_row_and_field(void) {
  static const char* const from[] = {"bank", "nobody"};
  static const char* const to[] = {"council", "council"};
  static const char* const start[] = {"2024-01-01", "yesterday"};
  cw_error* err = NULL;
  cw_error* other = NULL;
  cw_builder* b = town_builder();
  cw_initiative* i = NULL;
  cw_table* t = NULL;
  cw_table* all = NULL;
  cw_column c[3];
  c[0] = strings("from", from);
  c[1] = strings("to", to);
  c[2] = strings("start", start);
  OK(cw_table_from_columns(c, 3, 2, &t, &err));
  OK(cw_builder_add_table(b, WORD("member_of"), t, &err)); /* after the two rows of the town */
  cw_table_free(t);
  EXPECT(cw_builder_finish(b, &i, &err) == CW_INVALID_DATA && i == NULL);
  EXPECT_TEXT(cw_error_file(err), "member_of");
  EXPECT(cw_error_diagnostics(err, &all, &other) == CW_OK);
  cw_error_free(err);
  err = NULL;
  {
    int date_found = 0, id_found = 0;
    for (int64_t r = 0; r < rows_of(all); ++r) {
      if (text_is(all, "code", r, "not_a_date"))
        date_found = integer_at(all, "row", r) == 3 && text_is(all, "field", r, "start");
      if (text_is(all, "code", r, "unknown_id"))
        id_found = integer_at(all, "row", r) == 3 && text_is(all, "file", r, "member_of");
    }
    EXPECT(date_found);
    EXPECT(id_found);
  }
  cw_table_free(all);
  OK(cw_builder_remove(b, WORD("member_of"), &err)); /* the builder is as it was: mend it and go on */
  OK(cw_builder_finish(b, &i, &err));
  OK(cw_initiative_diagnostics(i, &t, &err));
  EXPECT(rows_of(t) > 0); /* reporters without a group */
  cw_table_free(t);
  cw_builder_free(b);
  cw_initiative_free(i);
}

static int32_t cancel(void* user, double share, const char* doing, size_t size) {
  ++*(int*)user;
  return share >= 0 && share <= 1 && strlen(doing) == size ? 1 : 0;
}
static void progress_cancels(void) {
  int calls = 0;
  cw_error* err = NULL;
  cw_initiative* i = NULL;
  const char* path = in_scratch("town");
  cw_progress p = CW_PROGRESS_INIT;
  p.tell = cancel;
  p.user = &calls;
  FAILS(CW_CANCELLED, "cancelled", cw_load(path, strlen(path), &p, &i, &err));
  EXPECT(calls == 1 && i == NULL);
}
static void a_sample_that_is_stopped_leaves_nothing(void) {
  int calls = 0;
  cw_error* err = NULL;
  cw_initiative* i = NULL;
  char name[80];
  const char* path;
  cw_progress p = CW_PROGRESS_INIT;
  p.tell = cancel;
  p.user = &calls;
  snprintf(name, sizeof name, "stopped-sample-%ld-%ld", (long)time(NULL), (long)clock()); /* not there yet */
  path = in_scratch(name);
  FAILS(CW_CANCELLED, "stopped", cw_sample(path, strlen(path), NULL, &p, &err));
  EXPECT(calls == 1);
  FAILS(CW_IO, "no such folder", cw_load(path, strlen(path), NULL, &i, &err));
  OK(cw_sample(path, strlen(path), NULL, NULL, &err));
  OK(cw_load(path, strlen(path), NULL, &i, &err));
  /* One that stands there stays as it was. */
  FAILS(CW_CANCELLED, "stopped", cw_sample(path, strlen(path), NULL, &p, &err));
  cw_initiative_free(i);
  OK(cw_load(path, strlen(path), NULL, &i, &err));
  cw_initiative_free(i);
}

static void paths_and_options_are_checked(void) {
  cw_error* err = NULL;
  cw_initiative* i = NULL;
  cw_sample_options o = CW_SAMPLE_OPTIONS_INIT;
  FAILS(CW_INVALID_ARGUMENT, "path: the text is blank", cw_load("", 0, NULL, &i, &err));
  FAILS(CW_INVALID_ARGUMENT, "holds a NUL", cw_load("a\0b", 3, NULL, &i, &err));
  FAILS(CW_INVALID_ARGUMENT, "not UTF-8", cw_load("\xff", 1, NULL, &i, &err));
  FAILS(CW_INVALID_ARGUMENT, "is NULL and its length is not 0", cw_load(NULL, 1, NULL, &i, &err));
  FAILS(CW_INVALID_ARGUMENT, "longer than 1 MiB", cw_load("a", SIZE_MAX, NULL, &i, &err));
  o.struct_size = 0;
  FAILS(CW_INVALID_ARGUMENT, "struct_size is 0", cw_sample(WORD("/nowhere"), &o, NULL, &err));
  o.struct_size = (uint32_t)sizeof o;
  o.reserved = 1;
  FAILS(CW_INVALID_ARGUMENT, "reserved", cw_sample(WORD("/nowhere"), &o, NULL, &err));
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  snprintf(scratch, sizeof scratch, "%s", argv[1]);
  a_built_initiative_holds_what_was_added();
  packed_and_folder_forms_come_back_equal();
  editing_begins_from_what_there_is();
  a_sample_comes_back_equal_from_its_tables();
  a_sample_that_is_stopped_leaves_nothing();
  findings_name_table_row_and_field();
  progress_cancels();
  paths_and_options_are_checked();
  return finish();
}
