// SPDX-License-Identifier: Apache-2.0
// Writes small sound snapshots for the fuzzer to begin with: snapshot_seeds FOLDER.
#include <filesystem>
#include <string>

#include <commonweal/load.hpp>

#include "snapshot_samples.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder(argv[1]);
  std::filesystem::create_directories(folder);
  for (std::uint64_t seed = 0; seed < 24; ++seed) {
    const auto x = commonweal::samples::random_initiative(seed, static_cast<std::uint32_t>(seed % 4));
    commonweal::save_packed(x, folder / std::to_string(seed));
  }
}
