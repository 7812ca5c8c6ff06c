/* SPDX-License-Identifier: Apache-2.0 */
/* in_c FILE REPEATS: what the library takes by itself for what rollup_bench.R asks of it: the packed file's
 * observations from a table in memory to an initiative and to a part of a rollup, the rollup, and a small call. Prints
 * name,seconds,check. */
#include <commonweal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static cw_error* err;
static void need(int32_t status) {
  if (status == CW_OK) return;
  fprintf(stderr, "%s\n", cw_error_message(err));
  exit(1);
}

static double sum_of_values(const cw_table* table) {
  int64_t rows = 0, at = 0;
  cw_column c = CW_COLUMN_INIT;
  double sum = 0;
  need(cw_table_rows(table, &rows, &err));
  need(cw_table_find(table, "value", 5, &at, &err));
  need(cw_table_column(table, at, &c, &err));
  for (int64_t i = 0; i < rows; ++i)
    if (c.validity == NULL || (c.validity[i / 8] >> (i % 8) & 1)) sum += ((const double*)c.data)[i];
  return sum;
}

static void say(const char* name, double seconds, double check) { printf("%s,%.9f,%.17g\n", name, seconds, check); }

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const int repeats = atoi(argv[2]);
  cw_initiative* all = NULL;
  need(cw_load(argv[1], strlen(argv[1]), NULL, &all, &err));
  cw_table* observations = NULL;
  need(cw_initiative_table(all, "observations", 12, &observations, &err));

  double best = 1e9, sum = 0;
  for (int r = 0; r < repeats; ++r) {
    cw_table* figures = NULL;
    const double start = now();
    need(cw_rollup(all, NULL, &figures, &err));
    const double took = now() - start;
    best = took < best ? took : best;
    sum = sum_of_values(figures);
    cw_table_free(figures);
  }
  say("rollup", best, sum);

  double adding = 1e9, finishing = 1e9;
  for (int r = 0; r < repeats; ++r) {
    cw_builder* b = NULL;
    need(cw_builder_from(all, &b, &err));
    need(cw_builder_remove(b, "observations", 12, &err));
    const double start = now();
    need(cw_builder_add_table(b, "observations", 12, observations, &err));
    const double added = now();
    cw_initiative* built = NULL;
    need(cw_builder_finish(b, &built, &err));
    const double end = now();
    adding = added - start < adding ? added - start : adding;
    finishing = end - added < finishing ? end - added : finishing;
    cw_initiative_free(built);
    cw_builder_free(b);
  }
  say("add", adding, 0);
  say("finish", finishing, 0);

  double updating = 1e9, ending = 1e9;
  for (int r = 0; r < repeats; ++r) {
    cw_partial* part = NULL;
    need(cw_partial_new(all, NULL, &part, &err));
    const double start = now();
    need(cw_partial_update(part, observations, &err));
    const double updated = now();
    cw_table* figures = NULL;
    need(cw_partial_finish(part, NULL, &figures, &err));
    const double end = now();
    updating = updated - start < updating ? updated - start : updating;
    ending = end - updated < ending ? end - updated : ending;
    sum = sum_of_values(figures);
    cw_table_free(figures);
    cw_partial_free(part);
  }
  say("part update", updating, 0);
  say("part finish", ending, sum);

  double out = 1e9;
  for (int r = 0; r < repeats; ++r) {
    cw_table* table = NULL;
    const double start = now();
    need(cw_initiative_table(all, "observations", 12, &table, &err));
    const double took = now() - start;
    out = took < out ? took : out;
    cw_table_free(table);
  }
  say("table", out, sum_of_values(observations));

  const int calls = 2000;
  const double start = now();
  for (int i = 0; i < calls; ++i) {
    cw_table* info = NULL;
    need(cw_initiative_info(all, &info, &err));
    cw_table_free(info);
  }
  say("call", (now() - start) / calls, 0);
  cw_table_free(observations);
  cw_initiative_free(all);
  return 0;
}
