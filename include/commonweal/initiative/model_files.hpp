// SPDX-License-Identifier: Apache-2.0
// The files of the model and their columns, as the schema states them.
#pragma once

#include <string_view>
#include <vector>

#include <commonweal/core/field_rule.hpp>

namespace commonweal::inline v0 {

/// The columns of a file of the model in their order ("organizations": id, name, start, end, sector, ...), nodes, edges
/// and records alike; empty where the model has no such file.
[[nodiscard]] std::vector<field_rule> fields_of(std::string_view file);
/// Every file of the model: nodes, then edges, then records.
[[nodiscard]] const std::vector<std::string_view>& files_of_the_model();

} // namespace commonweal::inline v0
