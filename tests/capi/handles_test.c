/* SPDX-License-Identifier: Apache-2.0 */
/* Handles and errors: freed, foreign and mistaken ones are errors; frees are harmless. */
#include "check.h"

static void freed_handles_are_errors(void) {
  cw_error* err = NULL;
  cw_initiative* i = town();
  cw_table* t = NULL;
  OK(cw_rollup(i, NULL, &t, &err));
  cw_initiative_free(i);
  FAILS(CW_INVALID_ARGUMENT, "the handle initiative was freed", cw_rollup(i, NULL, &t, &err));
  EXPECT(t == NULL);
  cw_initiative_free(i);
  cw_initiative_free(NULL);
}

static void a_freed_slot_is_used_again_under_another_name(void) {
  cw_error* err = NULL;
  cw_builder* first = NULL;
  cw_builder* second = NULL;
  OK(cw_builder_new(&first, &err));
  cw_builder_free(first);
  OK(cw_builder_new(&second, &err));
  EXPECT(first != second);
  cw_builder_free(first); /* does not free the second */
  FAILS(CW_INVALID_ARGUMENT, "no rows of groups", cw_builder_remove(second, WORD("groups"), &err)); /* it lives */
  FAILS(CW_INVALID_ARGUMENT, "was freed", cw_builder_remove(first, WORD("groups"), &err));
  cw_builder_free(second);
}

static void other_types_and_addresses_are_errors(void) {
  cw_error* err = NULL;
  cw_initiative* i = town();
  cw_table* t = NULL;
  int64_t rows = 7;
  int here = 0;
  FAILS(CW_INVALID_ARGUMENT, "is of another type", cw_table_rows((cw_table*)(void*)i, &rows, &err));
  EXPECT(rows == 0);
  FAILS(CW_INVALID_ARGUMENT, "is no handle", cw_table_rows((cw_table*)(void*)&here, &rows, &err));
  FAILS(CW_INVALID_ARGUMENT, "is NULL", cw_table_rows(NULL, &rows, &err));
  FAILS(CW_INVALID_ARGUMENT, "is no handle", cw_table_rows((cw_table*)~(uintptr_t)0, &rows, &err));
  cw_table_free((cw_table*)(void*)i);
  OK(cw_initiative_summary(i, &t, &err));
  cw_table_free(t);
  cw_initiative_free(i);
}

static void errors_tell_what_and_where(void) {
  cw_error* err = NULL;
  cw_error* other = NULL;
  cw_initiative* i = (cw_initiative*)(uintptr_t)1;
  cw_table* t = NULL;
  EXPECT(cw_load(WORD("/nowhere/at/all"), NULL, &i, &err) == CW_IO);
  EXPECT(i == NULL);
  EXPECT(cw_error_status(err) == CW_IO);
  EXPECT(cw_error_row(err) == -1);
  EXPECT(strlen(cw_error_message(err)) > 10);
  EXPECT(cw_error_diagnostics(err, &t, &other) == CW_OK && other == NULL);
  cw_error_free(err);
  err = NULL;
  EXPECT(rows_of(t) == 1);
  cw_table_free(t);
  EXPECT(cw_load(WORD("/nowhere"), NULL, &i, NULL) == CW_IO); /* nobody wants to know more */
  EXPECT_TEXT(cw_error_message(NULL), "");
  EXPECT(cw_error_status(NULL) == CW_OK);
  EXPECT_TEXT(cw_status_name(CW_INVALID_DATA), "invalid_data");
  EXPECT_TEXT(cw_status_name(99), "unknown");
  EXPECT_TEXT(cw_status_name(-1), "unknown");
}

static void thousands_of_handles_live_at_once(void) {
  enum { many = 5000 };
  static cw_table* all[many];
  cw_error* err = NULL;
  for (int k = 0; k < many; ++k) {
    const double v = k;
    const cw_column c = reals("x", &v);
    OK(cw_table_from_columns(&c, 1, 1, &all[k], &err));
  }
  EXPECT(real_at(all[4321], "x", 0) == 4321);
  for (int k = 0; k < many; ++k) cw_table_free(all[k]);
}

static void the_version_is_that_of_the_header(void) {
  EXPECT(cw_abi_version() == CW_ABI_VERSION);
  EXPECT(strlen(cw_version()) >= 5);
}

int main(void) {
  freed_handles_are_errors();
  a_freed_slot_is_used_again_under_another_name();
  other_types_and_addresses_are_errors();
  errors_tell_what_and_where();
  thousands_of_handles_live_at_once();
  the_version_is_that_of_the_header();
  return finish();
}
