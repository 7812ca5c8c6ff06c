// SPDX-License-Identifier: Apache-2.0
// Versions of the strategic action framework in agenda.csv.
#pragma once

#include <map>
#include <set>
#include <string>

#include <commonweal/assess/detail/evidence.hpp>

namespace commonweal::inline v0::detail {

struct framework {
  std::map<date, std::set<std::string>> components; ///< by day of agreement
  std::set<std::string> versions;
};

[[nodiscard]] inline framework framework_until(const assess_input& in) {
  framework f;
  if (const table* t = find_records(in.records, "agenda"))
    for (std::size_t i = 0; i < t->rows(); ++i) {
      const auto d = date_at(*t, "date", i);
      if (!d || *d > in.day) continue;
      f.components[*d].insert(std::string((*t)["component"].text(i)));
      f.versions.insert(std::string((*t)["version"].text(i)));
    }
  return f;
}

} // namespace commonweal::inline v0::detail
