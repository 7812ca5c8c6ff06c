// SPDX-License-Identifier: Apache-2.0
// A program of another project that uses the compiled part: reads a folder, packs it, reads the bytes back.
#include <commonweal/load.hpp>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  try {
    const commonweal::initiative whole = commonweal::load(argv[1]);
    const auto bytes = commonweal::pack(whole);
    const auto again = commonweal::unpack(bytes);
    std::cout << whole.info().title << ": " << whole.network().edge_count() << " edges, " << bytes.size()
              << " bytes packed\n";
    return again.network().edge_count() == whole.network().edge_count() && whole.network().edge_count() > 0 ? 0 : 1;
  } catch (const commonweal::error& e) {
    std::cerr << e.what() << '\n';
    return 1;
  }
}
