// SPDX-License-Identifier: Apache-2.0
// The datapackage.json of a folder that is written: one resource a file, with schema, constraints and keys.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <commonweal/core/table.hpp>
#include <commonweal/initiative.hpp>

namespace commonweal::inline v0::detail {

/// A file that was written, and its columns in order.
struct written_file {
  std::string name; ///< "organizations"; the path is name.csv
  std::vector<std::pair<std::string, column_type>> columns;
};

/// The word of the Table Schema for a type; periods are strings.
[[nodiscard]] std::string_view frictionless_type(column_type t);

/// The text of datapackage.json. Properties that the package brought when it was read are put back, and of the
/// resources that were not read (they are no tables) those whose path is in `stay`. Throws invalid_argument where
/// info.extra_json is no JSON object.
[[nodiscard]] std::string package_text(const initiative_info& info, const std::vector<written_file>& files,
                                       const std::vector<std::string>& stay = {});

} // namespace commonweal::inline v0::detail
