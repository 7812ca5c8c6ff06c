// SPDX-License-Identifier: Apache-2.0
// One save, to be run under fault injection: save_driver FILE SEED CHUNK. Prints "ok" once the save has returned.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include <commonweal/bytes/atomic_file.hpp>
#include <commonweal/load.hpp>

#include "snapshot_samples.hpp"

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: save_driver FILE SEED CHUNK (0: as save_packed has it)\n", stderr);
    return 2;
  }
  const auto chunk = std::strtoull(argv[3], nullptr, 10);
  // getppid is called nowhere else: it marks in a trace where the save begins and ends.
  try {
    const auto x = commonweal::samples::random_initiative(std::strtoull(argv[2], nullptr, 10), 4);
    const auto bytes = commonweal::pack(x);
    static_cast<void>(::getppid());
    if (chunk == 0) commonweal::save_packed(x, argv[1]);
    else commonweal::write_file_atomically(argv[1], bytes, {.chunk = static_cast<std::size_t>(chunk)});
    static_cast<void>(::getppid());
  } catch (const std::exception& e) {
    static_cast<void>(::getppid());
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
  std::puts("ok");
  return 0;
}
