// SPDX-License-Identifier: Apache-2.0
// datapackage.json: what the folder says of itself, of its files and of the codes in them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/core/csv.hpp>
#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/field_rule.hpp>
#include <commonweal/core/values.hpp>
#include <commonweal/initiative.hpp>
#include <commonweal/initiative/model_files.hpp>

namespace commonweal::inline v0 {

/// The version of the folder format that this library writes, kept in datapackage.json as "commonweal": {"format": 1}.
inline constexpr int folder_format = 1;

/// What the package declares of one column.
struct package_field {
  std::string name;
  column_type type = column_type::utf8; ///< used for columns that the model does not know
  value_rules rules;
};

/// One file of the package.
struct package_resource {
  std::string name;
  std::string path; ///< within the folder, checked
  std::string file; ///< the file of the model it is ("organizations"), or blank
  csv_options csv;
  value_rules rules; ///< of columns that `fields` does not list
  std::vector<package_field> fields;

  /// How a column is to be read.
  [[nodiscard]] const value_rules& rules_of(std::string_view column) const;
};

struct package {
  initiative_info info;
  std::vector<package_resource> resources;
};

/// Reads `folder`/datapackage.json, or, where there is none, lists the CSV files named as the model names them.
///
/// Findings, errors unless said otherwise: empty_folder, json_syntax (line and column), bad_package, newer_format,
/// missing_file, path_outside_folder, not_a_file, remote_path, unsupported_dialect, unsupported_encoding,
/// unsupported_resource, duplicate_resource; no_package (note), undeclared_file (warning), unknown_resource (note).
/// Throws io where the folder is missing, is a file, may not be read, or is replaced each time it is read.
[[nodiscard]] package read_package(const std::filesystem::path& folder, diagnostics& found);

/// True where the folder holds a datapackage.json that this library wrote (property "commonweal").
[[nodiscard]] bool is_own_package(const std::filesystem::path& folder);

} // namespace commonweal::inline v0
