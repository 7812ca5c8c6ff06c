/* SPDX-License-Identifier: Apache-2.0 */
/* What the generated misuse campaign stands on: good handles, freed handles, and what must hold after each call. */
#ifndef CAPI_TEST_MISUSE_WORLD_H
#define CAPI_TEST_MISUSE_WORLD_H

#include "check.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

enum outcome { SUCCEEDS, SUCCEEDS_SILENTLY, FAILS_CLEANLY, ANYTHING };

static const char* folder = "";
static const char* volatile now = "nothing";

/* Made anew for every call, so that no misuse can spoil the next. */
static struct {
  cw_initiative* initiative;
  cw_builder* builder;
  cw_table* table;
  cw_buffer* buffer;
  cw_error* error;
  cw_partial* partial;
  cw_partial* other;      /* of the same job, with reports of its own */
  cw_table* observations; /* that neither has */
  cw_buffer* bytes;       /* of a partial */
  cw_column column;
} w;
static double one_value[1] = {1};
static cw_initiative* kept = NULL;
static cw_error* err = NULL;
static cw_initiative* out_initiative = NULL;
static cw_builder* out_builder = NULL;
static cw_table* out_table = NULL;
static cw_buffer* out_buffer = NULL;
static cw_partial* out_partial = NULL;
static int64_t out_number = 0;

static const char* path_of(const char* name) {
  static char path[5000];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static cw_table* a_table(void) {
  static const char* const ids[] = {"new-group"};
  const cw_column c = strings("id", ids);
  cw_table* t = NULL;
  EXPECT(cw_table_from_columns(&c, 1, 1, &t, NULL) == CW_OK);
  return t;
}
static cw_table* an_observation(const char* reporter) {
  static const char* const indicator[] = {"meals"};
  static const char* const period[] = {"2024-01"};
  const char* const reporters[] = {reporter};
  cw_column columns[4];
  cw_table* t = NULL;
  columns[0] = strings("reporter", reporters);
  columns[1] = strings("indicator", indicator);
  columns[2] = strings("period", period);
  columns[3] = reals("value", one_value);
  EXPECT(cw_table_from_columns(columns, 4, 1, &t, NULL) == CW_OK);
  return t;
}
static cw_partial* a_partial(const char* reporter) {
  cw_partial* p = NULL;
  EXPECT(cw_partial_new(w.initiative, NULL, &p, NULL) == CW_OK);
  if (reporter != NULL) {
    cw_table* t = an_observation(reporter);
    EXPECT(cw_partial_update(p, t, NULL) == CW_OK);
    cw_table_free(t);
  }
  return p;
}
static int32_t go_on(void* user, double share, const char* doing, size_t size) {
  return (void)user, (void)share, (void)doing, (void)size, 0;
}
static int32_t stop(void* user, double share, const char* doing, size_t size) {
  return (void)user, (void)share, (void)doing, (void)size, 1;
}
static void hear(void* user, int32_t severity, const char* text, size_t size) {
  (void)user, (void)severity, (void)text, (void)size;
}
static cw_error* an_error(void) {
  cw_error* e = NULL;
  EXPECT(cw_table_rows(NULL, &out_number, &e) == CW_INVALID_ARGUMENT);
  return e;
}
static cw_initiative* freed_initiative(void) {
  cw_initiative* i = NULL;
  EXPECT(cw_unpack(cw_buffer_data(w.buffer), cw_buffer_size(w.buffer), &i, NULL) == CW_OK);
  cw_initiative_free(i);
  return i;
}
static cw_builder* freed_builder(void) {
  cw_builder* b = NULL;
  EXPECT(cw_builder_new(&b, NULL) == CW_OK);
  cw_builder_free(b);
  return b;
}
static cw_table* freed_table(void) {
  cw_table* t = a_table();
  cw_table_free(t);
  return t;
}
static cw_buffer* freed_buffer(void) {
  cw_buffer* b = NULL;
  EXPECT(cw_table_csv(w.table, &b, NULL) == CW_OK);
  cw_buffer_free(b);
  return b;
}
static cw_partial* freed_partial(void) {
  cw_partial* p = a_partial(NULL);
  cw_partial_free(p);
  return p;
}
static cw_error* freed_error(void) {
  cw_error* e = an_error();
  cw_error_free(e);
  return e;
}

static struct ArrowArrayStream stream_of(const cw_table* t) {
  struct ArrowArrayStream s;
  EXPECT(cw_table_export(t, &s, NULL) == CW_OK);
  return s;
}
static int no_schema(struct ArrowArrayStream* s, struct ArrowSchema* c) { return (void)s, (void)c, EIO; }
static int no_array(struct ArrowArrayStream* s, struct ArrowArray* a) { return (void)s, (void)a, EIO; }
static const char* no_words(struct ArrowArrayStream* s) { return (void)s, NULL; }
static void nothing_to_release(struct ArrowArrayStream* s) { s->release = NULL; }
static struct ArrowArrayStream failing_stream(void) {
  struct ArrowArrayStream s;
  s.get_schema = no_schema;
  s.get_next = no_array;
  s.get_last_error = no_words;
  s.release = nothing_to_release;
  s.private_data = NULL;
  return s;
}
static struct ArrowArray array(void) {
  struct ArrowArrayStream s = stream_of(w.table);
  struct ArrowArray a;
  EXPECT(s.get_next(&s, &a) == 0);
  s.release(&s);
  return a;
}
static struct ArrowSchema schema(void) {
  struct ArrowArrayStream s = stream_of(w.table);
  struct ArrowSchema c;
  EXPECT(s.get_schema(&s, &c) == 0);
  s.release(&s);
  return c;
}
static void release_stream(struct ArrowArrayStream* s) {
  if (s->release != NULL) s->release(s);
}

static void begin(const char* label) {
  now = label;
  w.builder = town_builder();
  EXPECT(cw_builder_finish(w.builder, &w.initiative, NULL) == CW_OK);
  w.table = a_table();
  EXPECT(cw_pack(kept, &w.buffer, NULL) == CW_OK);
  w.error = an_error();
  w.partial = a_partial("bank");
  w.other = a_partial("council");
  w.observations = an_observation("kitchen");
  EXPECT(cw_partial_serialize(w.other, &w.bytes, NULL) == CW_OK);
  w.column = reals("x", one_value);
}

/* After a failure: status and error agree, and every output is empty. */
static void after(enum outcome wanted, int32_t status) {
  const int silent = wanted == SUCCEEDS_SILENTLY;
  if (wanted == SUCCEEDS || silent) {
    if (status != CW_OK) fprintf(stderr, "%s: %s\n", now, cw_error_message(err));
    EXPECT(status == CW_OK);
  }
  if (wanted == FAILS_CLEANLY) {
    if (status == CW_OK) fprintf(stderr, "%s: succeeded\n", now);
    EXPECT(status != CW_OK);
  }
  EXPECT(status >= CW_OK && status <= CW_NO_MEMORY); /* never internal */
  if (status > CW_NO_MEMORY) fprintf(stderr, "%s: %s\n", now, cw_error_message(err));
  if (status == CW_OK) EXPECT(err == NULL);
  if (status != CW_OK) {
    EXPECT(out_initiative == NULL && out_builder == NULL && out_table == NULL && out_buffer == NULL &&
           out_partial == NULL && out_number == 0);
    if (err != NULL) EXPECT(cw_error_status(err) == status && cw_error_message(err)[0] != '\0');
  }
}
static void end(void) {
  cw_error_free(err);
  cw_initiative_free(out_initiative);
  cw_builder_free(out_builder);
  cw_table_free(out_table);
  cw_buffer_free(out_buffer);
  cw_partial_free(out_partial);
  err = NULL, out_initiative = NULL, out_builder = NULL, out_table = NULL, out_buffer = NULL, out_partial = NULL,
  out_number = 0;
  cw_initiative_free(w.initiative);
  cw_builder_free(w.builder);
  cw_table_free(w.table);
  cw_buffer_free(w.buffer);
  cw_error_free(w.error);
  cw_partial_free(w.partial);
  cw_partial_free(w.other);
  cw_table_free(w.observations);
  cw_buffer_free(w.bytes);
}

#define BEGIN(label) begin(label)
#define CALL_STATUS(wanted, call) after(wanted, call)
#define CALL_VOID(wanted, call) \
  do {                          \
    (void)(wanted);             \
    call;                       \
  } while (0)
#define CALL_VALUE(wanted, call) \
  do {                           \
    (void)(wanted);              \
    (void)(call);                \
  } while (0)

static void crashed(int signal_number) {
  fprintf(stderr, "signal %d in %s\n", signal_number, now);
  _Exit(99);
}
static void begin_world(const char* where) {
  folder = where;
  if (chdir(where) != 0) exit(2); /* a made-up path that is relative lands here */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  signal(SIGSEGV, crashed);
  signal(SIGABRT, crashed);
  signal(SIGBUS, crashed);
#else
  (void)crashed;
#endif
  kept = town();
  EXPECT(cw_save(kept, path_of("packed"), strlen(path_of("packed")), NULL) == CW_OK);
}
static int end_world(int functions, int calls) {
  cw_table* t = NULL;
  EXPECT(cw_rollup(kept, NULL, &t, NULL) == CW_OK && rows_of(t) == 2); /* nothing of all this left a mark */
  cw_table_free(t);
  cw_initiative_free(kept);
  fprintf(stderr, "%d functions, %d calls\n", functions, calls);
  return finish();
}

#endif
