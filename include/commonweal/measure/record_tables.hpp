// SPDX-License-Identifier: Apache-2.0
// Records that are kept as they came: meetings, attendance, surveys and what else records.hpp names.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include <commonweal/core/table.hpp>

namespace commonweal::inline v0 {

/// Tables by file name without its ending ("meetings"); columns as schema::record_rules names them.
using record_tables = std::map<std::string, table, std::less<>>;

/// The table of that name, or nullptr when nothing of the kind was recorded.
[[nodiscard]] inline const table* find_records(const record_tables& records, std::string_view name) {
  const auto it = records.find(name);
  return it == records.end() ? nullptr : &it->second;
}

} // namespace commonweal::inline v0
