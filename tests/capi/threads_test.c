/* SPDX-License-Identifier: Apache-2.0 */
/* Many threads: readers of one initiative, frees under use, one builder and two callers. Meant to be run under TSan as
 * well. */
#include "check.h"

#include <pthread.h>

enum { threads = 4, rounds = 50 };

static cw_initiative* shared = NULL;
static cw_table* shared_table = NULL;
static cw_table* shared_codes = NULL;
static cw_builder* shared_builder = NULL;
static cw_partial* shared_partial = NULL;
static int good[threads];
static const void* lent[threads];
static int busy[threads];

static void* read_it(void* place) {
  int* count = (int*)place;
  lent[count - good] = column_of(shared_codes, "reporter").data; /* decoded by whoever comes first */
  for (int k = 0; k < rounds; ++k) {
    cw_table* t = NULL;
    cw_buffer* csv = NULL;
    struct ArrowArrayStream s;
    if (cw_rollup(shared, NULL, &t, NULL) != CW_OK || cw_table_csv(t, &csv, NULL) != CW_OK) return NULL;
    if (strstr((const char*)cw_buffer_data(csv), "council,meals,2024-01,11.5") == NULL) return NULL;
    cw_buffer_free(csv);
    cw_table_free(t);
    if (cw_table_export(shared_table, &s, NULL) != CW_OK || cw_table_import(&s, &t, NULL) != CW_OK) return NULL;
    cw_table_free(t);
    ++*count;
  }
  return NULL;
}

/* Every call succeeds or says that the handle was freed, and from then on always says so. */
static void* read_until_freed(void* place) {
  int* count = (int*)place;
  for (;;) {
    cw_table* t = NULL;
    cw_error* err = NULL;
    const int32_t status = cw_rollup(shared, NULL, &t, &err);
    if (status == CW_OK) {
      cw_table_free(t);
      ++*count;
      continue;
    }
    if (status != CW_INVALID_ARGUMENT || strstr(cw_error_message(err), "was freed") == NULL) *count = -1000000;
    cw_error_free(err);
    return NULL;
  }
}

static void* finish_it(void* place) {
  int* count = (int*)place;
  for (int k = 0; k < rounds; ++k) {
    cw_initiative* i = NULL;
    cw_error* err = NULL;
    const int32_t status = cw_builder_finish(shared_builder, &i, &err);
    if (status == CW_OK) ++*count;
    else if (status == CW_INVALID_ARGUMENT && strstr(cw_error_message(err), "one owner") != NULL) ++busy[count - good];
    cw_initiative_free(i);
    cw_error_free(err);
  }
  return NULL;
}

/* Updates of one partial come one at a time; every report is taken once. */
static void* update_it(void* place) {
  int* count = (int*)place;
  for (int k = 0; k < rounds; ++k) {
    cw_error* err = NULL;
    const int32_t status = cw_partial_update(shared_partial, shared_table, &err);
    if (status == CW_OK) ++*count;
    else if (status == CW_INVALID_ARGUMENT && strstr(cw_error_message(err), "one owner") != NULL) ++busy[count - good];
    else if (status == CW_INVALID_DATA && strstr(cw_error_message(err), "has come before") != NULL)
      ++busy[count - good];
    cw_error_free(err);
  }
  return NULL;
}

static void run(void* (*what)(void*)) {
  pthread_t t[threads];
  memset(good, 0, sizeof good);
  for (int k = 0; k < threads; ++k) EXPECT(pthread_create(&t[k], NULL, what, &good[k]) == 0);
  if (what == read_until_freed) {
    for (int k = 0; k < rounds; ++k) {
      cw_table* t2 = NULL;
      EXPECT(cw_rollup(shared, NULL, &t2, NULL) == CW_OK);
      cw_table_free(t2);
    }
    cw_initiative_free(shared);
  }
  for (int k = 0; k < threads; ++k) pthread_join(t[k], NULL);
}

/* A thread may end inside a callback, as Python ends its daemon threads: it is unwound, and nothing stays held. */
static int32_t end_thread(void* user, double share, const char* doing, size_t size) {
  (void)user, (void)share, (void)doing, (void)size;
  pthread_exit(NULL);
}
static void* end_in_a_rollup(void* unused) {
  cw_progress progress = CW_PROGRESS_INIT;
  cw_rollup_options options = CW_ROLLUP_OPTIONS_INIT;
  cw_table* t = NULL;
  (void)unused;
  progress.tell = end_thread;
  options.progress = &progress;
  EXPECT(cw_rollup(shared, &options, &t, NULL) < 0); /* it does not come back */
  return NULL;
}
static void* end_in_a_partial(void* unused) {
  cw_progress progress = CW_PROGRESS_INIT;
  cw_table* t = NULL;
  (void)unused;
  progress.tell = end_thread;
  EXPECT(cw_partial_finish(shared_partial, &progress, &t, NULL) < 0);
  return NULL;
}
static void a_thread_may_end_in_a_callback(void* (*what)(void*)) {
  pthread_t t;
  EXPECT(pthread_create(&t, NULL, what, NULL) == 0);
  pthread_join(t, NULL);
}

int main(void) {
  cw_error* err = NULL;
  cw_table* ended = NULL;
  shared = town();
  OK(cw_initiative_table(shared, WORD("observations"), &shared_table, &err));
  shared_codes = with_codes(shared_table, "reporter");
  run(read_it);
  EXPECT(lent[0] != NULL && column_of(shared_codes, "reporter").type == CW_UTF8);
  for (int k = 0; k < threads; ++k) EXPECT(lent[k] == lent[0]);
  for (int k = 0; k < threads; ++k) EXPECT(good[k] == rounds);
  shared_builder = town_builder();
  run(finish_it);
  for (int k = 0; k < threads; ++k) EXPECT(good[k] + busy[k] == rounds);
  memset(busy, 0, sizeof busy);
  OK(cw_partial_new(shared, NULL, &shared_partial, &err));
  run(update_it);
  EXPECT(good[0] + good[1] + good[2] + good[3] == 1);
  for (int k = 0; k < threads; ++k) EXPECT(good[k] + busy[k] == rounds);
  a_thread_may_end_in_a_callback(end_in_a_rollup);
  a_thread_may_end_in_a_callback(end_in_a_partial);
  OK(cw_rollup(shared, NULL, &ended, &err)); /* all of it is free again */
  cw_table_free(ended);
  OK(cw_partial_finish(shared_partial, NULL, &ended, &err));
  cw_table_free(ended);
  run(read_until_freed);
  cw_partial_free(shared_partial); /* which held the initiative */
  for (int k = 0; k < threads; ++k) EXPECT(good[k] >= 0);
  cw_builder_free(shared_builder);
  cw_table_free(shared_codes);
  cw_table_free(shared_table);
  return finish();
}
