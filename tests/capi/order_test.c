/* SPDX-License-Identifier: Apache-2.0 */
/* Observations by Arrow streams in any order: the figures are the same; a few far days do not make gigabytes. */
#include "check.h"

enum { reporters = 150000, each = 4, rows = reporters * each };

static char ids[reporters][12];
static char months[60][12];
static const char* who[rows];
static const char* what[rows];
static const char* when[rows];
static double values[rows];
static int places[rows];

/* Row k is the report `places[k]`: reporter places[k] / 4, in one of 60 months. */
static void fill_rows(void) {
  int k;
  for (k = 0; k < rows; ++k) {
    const int reporter = places[k] / each;
    const int month = reporter % 15 + 15 * (places[k] % each);
    who[k] = ids[reporter];
    what[k] = "meals";
    when[k] = months[month];
    values[k] = reporter % 1000 + 0.25 * month;
  }
}
static void shuffle(void) {
  unsigned long long state = 88172645463325252ULL;
  int k;
  for (k = rows - 1; k > 0; --k) {
    int other, before;
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    other = (int)(state % (unsigned long long)(k + 1));
    before = places[k];
    places[k] = places[other];
    places[other] = before;
  }
}
static cw_table* observations(int from, int count) {
  cw_column columns[4];
  cw_table* t = NULL;
  cw_error* err = NULL;
  columns[0] = strings("reporter", who + from);
  columns[1] = strings("indicator", what + from);
  columns[2] = strings("period", when + from);
  columns[3] = reals("value", values + from);
  OK(cw_table_from_columns(columns, 4, count, &t, &err));
  return t;
}
static void add(cw_builder* b, const char* resource, const cw_column* columns, size_t n, int64_t count) {
  cw_table* t = NULL;
  cw_error* err = NULL;
  OK(cw_table_from_columns(columns, n, count, &t, &err));
  OK(cw_builder_add_table(b, resource, strlen(resource), t, &err));
  cw_table_free(t);
}
/* Every reporter in one council. */
static cw_builder* large_town(int members) {
  static const char* const council[] = {"council"};
  static const char* const meals[] = {"meals"};
  static const char* const amount[] = {"amount"};
  static const char* to[reporters];
  static const char* from[reporters];
  cw_error* err = NULL;
  cw_builder* b = NULL;
  cw_column columns[2];
  int i;
  for (i = 0; i < members; ++i) {
    from[i] = ids[i];
    to[i] = "council";
  }
  OK(cw_builder_new(&b, &err));
  columns[0] = strings("id", from);
  add(b, "organizations", columns, 1, members);
  columns[0] = strings("id", council);
  add(b, "groups", columns, 1, 1);
  columns[0] = strings("id", meals);
  columns[1] = strings("kind", amount);
  add(b, "indicators", columns, 2, 1);
  columns[0] = strings("from", from);
  columns[1] = strings("to", to);
  add(b, "member_of", columns, 2, members);
  return b;
}
static cw_initiative* whole(void) {
  cw_error* err = NULL;
  cw_builder* b = large_town(reporters);
  cw_table* t = observations(0, rows);
  cw_initiative* out = NULL;
  struct ArrowArrayStream stream;
  OK(cw_table_export(t, &stream, &err));
  cw_table_free(t);
  OK(cw_builder_add_stream(b, WORD("observations"), &stream, &err));
  OK(cw_builder_finish(b, &out, &err));
  cw_builder_free(b);
  return out;
}
static cw_buffer* csv_of(cw_table* t) {
  cw_buffer* out = NULL;
  cw_error* err = NULL;
  OK(cw_table_csv(t, &out, &err));
  cw_table_free(t);
  return out;
}
static cw_buffer* figures_of(const cw_initiative* i) {
  cw_table* t = NULL;
  cw_error* err = NULL;
  OK(cw_rollup(i, NULL, &t, &err));
  EXPECT(rows_of(t) == 60);
  return csv_of(t);
}

static void rows_in_any_order_give_the_same_figures(void) {
  cw_error* err = NULL;
  cw_initiative* i;
  cw_partial* p = NULL;
  cw_buffer *wanted, *got;
  cw_table* t = NULL;
  int k;
  for (k = 0; k < rows; ++k) places[k] = k;
  fill_rows();
  i = whole();
  wanted = figures_of(i);
  cw_initiative_free(i);

  shuffle();
  fill_rows();
  i = whole();
  got = figures_of(i);
  EXPECT_TEXT((const char*)cw_buffer_data(got), (const char*)cw_buffer_data(wanted));
  cw_buffer_free(got);

  OK(cw_partial_new(i, NULL, &p, &err)); /* in batches whose own panels would be too sparse */
  for (k = 0; k < rows; k += rows / 5) {
    struct ArrowArrayStream stream;
    t = observations(k, rows / 5);
    OK(cw_table_export(t, &stream, &err));
    cw_table_free(t);
    OK(cw_partial_update_stream(p, &stream, &err));
  }
  OK(cw_partial_finish(p, NULL, &t, &err));
  got = csv_of(t);
  EXPECT_TEXT((const char*)cw_buffer_data(got), (const char*)cw_buffer_data(wanted));
  cw_buffer_free(got);
  cw_buffer_free(wanted);
  cw_partial_free(p);
  cw_initiative_free(i);
}

static void an_answer_out_of_proportion_is_refused(void) {
  static const char* const names[] = {"o0", "o0"};
  static const char* const meals[] = {"meals", "meals"};
  static const char* const days[] = {"1800-01-01", "2199-12-30"};
  static const double one[] = {1, 1};
  static char group_ids[100][12];
  static const char* groups[100];
  static const char* ups[100];
  cw_error* err = NULL;
  cw_builder* b = large_town(1);
  cw_initiative* i = NULL;
  cw_table* t = NULL;
  cw_rollup_options how = CW_ROLLUP_OPTIONS_INIT;
  cw_column columns[4];
  int k;
  for (k = 0; k < 100; ++k) {
    snprintf(group_ids[k], sizeof group_ids[k], "g%d", k);
    groups[k] = group_ids[k];
    ups[k] = "council";
  }
  columns[0] = strings("id", groups);
  add(b, "groups", columns, 1, 100);
  columns[0] = strings("from", groups);
  columns[1] = strings("to", ups);
  add(b, "part_of", columns, 2, 100);
  columns[0] = strings("reporter", names);
  columns[1] = strings("indicator", meals);
  columns[2] = strings("period", days);
  columns[3] = reals("value", one);
  add(b, "observations", columns, 4, 2);
  OK(cw_builder_finish(b, &i, &err));
  cw_builder_free(b);
  FAILS(CW_INVALID_ARGUMENT, "would have 14755696 rows", cw_rollup(i, NULL, &t, &err));
  EXPECT(t == NULL);
  how.every = cw_text_of("year");
  OK(cw_rollup(i, &how, &t, &err));
  EXPECT(rows_of(t) == 101 * 400);
  cw_table_free(t);
  cw_initiative_free(i);
}

int main(void) {
  int k;
  for (k = 0; k < reporters; ++k) snprintf(ids[k], sizeof ids[k], "o%d", k);
  for (k = 0; k < 60; ++k) snprintf(months[k], sizeof months[k], "%d-%02d", 2020 + k / 12, k % 12 + 1);
  rows_in_any_order_give_the_same_figures();
  an_answer_out_of_proportion_is_refused();
  return finish();
}
