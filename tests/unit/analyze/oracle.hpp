// SPDX-License-Identifier: Apache-2.0
// Published inputs and answers for the tests of this room, and agreement counted in digits.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace commonweal_test {

/// The folder of published data; environment COMMONWEAL_ORACLE_DATA before the one CMake names.
inline std::filesystem::path oracle_data() {
  const char* from_environment = std::getenv("COMMONWEAL_ORACLE_DATA");
  return from_environment != nullptr ? from_environment : COMMONWEAL_DEFAULT_ORACLE_DATA;
}

/// Correct significant digits, at most 16; of the absolute error where the answer is zero.
inline double digits_of_agreement(double computed, double certified) {
  const double error = certified == 0.0 ? std::abs(computed) : std::abs(computed - certified) / std::abs(certified);
  return error == 0.0 ? 16.0 : std::clamp(-std::log10(error), 0.0, 16.0);
}

/// Rows of a comma-separated file of numbers, after its header.
inline std::vector<std::vector<double>> read_numbers(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  std::vector<std::vector<double>> rows;
  while (std::getline(in, line)) {
    if (line.empty() || line == "\r") continue;
    std::istringstream cells(line);
    std::string cell;
    auto& row = rows.emplace_back();
    while (std::getline(cells, cell, ','))
      row.push_back(cell.find_first_of("0123456789") == std::string::npos ? std::nan("") : std::stod(cell));
  }
  return rows;
}

} // namespace commonweal_test

#define COMMONWEAL_NEEDS_ORACLE(folder)                                    \
  if (!std::filesystem::exists(commonweal_test::oracle_data() / (folder))) \
  GTEST_SKIP() << "no published data at " << (commonweal_test::oracle_data() / (folder))
