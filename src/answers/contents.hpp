// SPDX-License-Identifier: Apache-2.0
// What an initiative holds, and what is wrong with it.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/initiative.hpp>
#include <commonweal/load.hpp>

namespace commonweal::inline v0::answers {

/// item utf8, count int64, detail utf8: nodes and edges by kind, observations with their periods, reporters, targets,
/// records.
[[nodiscard]] table summary_of(const initiative& source);

/// severity, code, file utf8, row int64, field, record, message utf8.
[[nodiscard]] table findings_table(const std::vector<diagnostic>& items);

/// Every finding of a folder or packed file, those about its records too; the initiative where it loads. `found` is
/// filled while it is read. Throws what load() throws but for invalid_data, which becomes findings.
[[nodiscard]] std::optional<initiative> check(const std::filesystem::path& path, diagnostics& found,
                                              const progress& tell = {});

} // namespace commonweal::inline v0::answers
