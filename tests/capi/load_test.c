/* SPDX-License-Identifier: Apache-2.0 */
/* dlopen, every symbol of the list, dlclose: the library unloads. argv[1]: the library, argv[2]: symbols.txt. */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char** argv) {
  char line[256];
  int symbols = 0;
  void* library;
  void* address;
  FILE* list;
  uint32_t (*version)(void);
  if (argc != 3) return 2;
  library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return fprintf(stderr, "%s\n", dlerror()), 1;
  list = fopen(argv[2], "r");
  if (list == NULL) return 1;
  while (fgets(line, sizeof line, list) != NULL) {
    line[strcspn(line, "@\n")] = '\0';
    if (dlsym(library, line) == NULL) return fprintf(stderr, "no %s\n", line), 1;
    ++symbols;
  }
  fclose(list);
  address = dlsym(library, "cw_abi_version");
  memcpy(&version, &address, sizeof version);
  (void)version();
  if (dlclose(library) != 0) return 1;
  if (dlopen(argv[1], RTLD_NOW | RTLD_NOLOAD) != NULL) return fprintf(stderr, "it did not unload\n"), 1;
  fprintf(stderr, "%d symbols\n", symbols);
  return symbols > 50 ? 0 : 1;
}
