/* SPDX-License-Identifier: Apache-2.0 */
/* A program of another project: prints the figures of an initiative. C99 and C++. */
#include <commonweal.h>

#include <stdio.h>
#include <string.h>

int main(int argc, char** argv) {
  cw_error* err = NULL;
  cw_initiative* initiative = NULL;
  cw_table* figures = NULL;
  cw_buffer* csv = NULL;
  cw_rollup_options options = CW_ROLLUP_OPTIONS_INIT;
  options.every = cw_text_of("year");
  if (argc != 2 || cw_abi_version() >> 16 != CW_ABI_VERSION_MAJOR) return 2;
  if (cw_load(argv[1], strlen(argv[1]), NULL, &initiative, &err) == CW_OK &&
      cw_rollup(initiative, &options, &figures, &err) == CW_OK && cw_table_csv(figures, &csv, &err) == CW_OK)
    fwrite(cw_buffer_data(csv), 1, cw_buffer_size(csv), stdout);
  else fprintf(stderr, "%s\n", cw_error_message(err));
  cw_buffer_free(csv);
  cw_table_free(figures);
  cw_initiative_free(initiative);
  cw_error_free(err);
  return err == NULL ? 0 : 1;
}
