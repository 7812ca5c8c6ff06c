// SPDX-License-Identifier: Apache-2.0
// Reading an initiative from a folder, a packed file or tables; writing it back. Needs the compiled part.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/initiative.hpp>

namespace commonweal::inline v0 {

/// Called now and then with the share done, 0 to 1, and what is being done; return false to cancel.
using progress = std::function<bool(double share, std::string_view doing)>;

/// Reads a Tabular Data Package folder (datapackage.json and its CSV files). Findings of every severity go to `found`.
/// Throws invalid_data carrying all findings where one is an error, io where a file cannot be read; nothing is
/// half-loaded.
[[nodiscard]] initiative read_folder(const std::filesystem::path& folder, diagnostics& found,
                                     const progress& tell = {});

/// Writes the folder form; reading it back gives an equal initiative. Refuses a folder that is not empty unless it
/// holds a datapackage.json of ours; throws io.
void write_folder(const initiative& source, const std::filesystem::path& folder, const progress& tell = {});

/// The packed form (see formats/packed.hpp): the whole initiative as checked, portable bytes.
[[nodiscard]] std::vector<std::byte> pack(const initiative& source);
[[nodiscard]] initiative unpack(std::span<const std::byte> bytes);
/// Atomic and durable: the old file or the new one, never a torn one.
void save_packed(const initiative& source, const std::filesystem::path& file);

/// A folder, a datapackage.json or a packed file, told apart by looking.
[[nodiscard]] initiative load(const std::filesystem::path& path, diagnostics& found, const progress& tell = {});
[[nodiscard]] initiative load(const std::filesystem::path& path);

} // namespace commonweal::inline v0
