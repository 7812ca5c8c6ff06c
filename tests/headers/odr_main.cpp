// SPDX-License-Identifier: Apache-2.0
// Links two files that each include every public header: a definition without inline would collide here.
#include <string_view>

#include <commonweal/version.hpp>

const std::string_view* version_seen_by_one();
const std::string_view* version_seen_by_two();

int main() {
  // One inline variable, so one address in both files.
  const bool same = version_seen_by_one() == version_seen_by_two();
  return same && *version_seen_by_one() == COMMONWEAL_VERSION_STRING ? 0 : 1;
}
