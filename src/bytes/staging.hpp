// SPDX-License-Identifier: Apache-2.0
// What a write puts beside its target until it is whole: names, locks, and what becomes of it when its process is gone.
//
// `.commonweal-<16 hex digits>.tmp` is a file or a folder that is being written; its process holds a lock on it
// (flock), which the system lets go of when the process ends, however it ends. Nobody reads it, and the next write to
// the same place removes what nobody holds. Where putting a folder in its place takes more than one step, the staging
// folder is renamed to `.commonweal-<16 hex digits>.new` first: from then on the write is to be finished, by its
// process or, when that is gone, by whoever comes next, a reader included.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>

#include "bytes/descriptor.hpp"
#include "bytes/held_folder.hpp"

namespace commonweal::inline v0::detail {

[[nodiscard]] std::string temporary_name();
[[nodiscard]] std::string committed_name(std::string_view temporary);
[[nodiscard]] bool is_committed(std::string_view name);
[[nodiscard]] bool is_staging(std::string_view name); ///< temporary or committed

/// Marks something new as being written. False where it was taken for a leftover between its making and now: make
/// another. A file system without locks gives true; leftovers then stay.
[[nodiscard]] bool hold_staging(int folder, const std::string& name, int made);

enum class sweep_for : std::uint8_t {
  unfinished, ///< finishes committed writes and touches nothing else, as a reader does
  everything, ///< removes leftovers as well
};
enum class settled : std::uint8_t {
  clear,    ///< nothing unfinished was there
  finished, ///< a write was finished: look again
  busy,     ///< a committed write is under way, or this user cannot finish it
};
/// Sees to what this user's writes left in a folder when their process ended. What is held by a living process is left
/// alone, as is `own`.
settled sweep(const held_folder& folder, sweep_for what, std::string_view own = {});
/// The same in the folder that holds `target`, for committed writes only.
[[nodiscard]] settled settle_beside(const std::filesystem::path& target);

inline constexpr int max_waits = 300;
void wait_a_little(); ///< 10 ms

/// Moves `new/` of a committed staging folder into `folder`, datapackage.json last, and removes the files of the older
/// package that the new one does not name. 0 or an errno; may be called again until it succeeds.
[[nodiscard]] int move_into(const held_folder& folder, int staging);
/// Removes a file or a folder with all that is in it, never through a link. False where something is left.
bool remove_tree(int folder, const std::string& name);

/// Gives `fd` the permission bits of `old`, and its owner, group and access list where the process may. Where the group
/// cannot be kept, its permissions sink to those of others. `old_fd` may be -1. 0 or an errno.
[[nodiscard]] int keep_rights(const struct stat& old, int old_fd, int fd);

/// Absolute and without links, whether or not it is there; a last link to nothing gives what it names. Throws
/// system_error.
[[nodiscard]] std::filesystem::path resolve(const std::filesystem::path& path);

/// Paths that the resources of a package, or of initiative_info::extra_json, name; none where it cannot be read.
[[nodiscard]] std::vector<std::string> paths_of_package(std::string_view json_text);

} // namespace commonweal::inline v0::detail
