// SPDX-License-Identifier: Apache-2.0
// Files that are replaced whole and durably, or not at all; and reading one whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>

namespace commonweal::inline v0 {

struct atomic_write_options {
  std::size_t chunk = std::size_t{8} << 20; ///< bytes given to the system at a time, for writing and reading back
  std::function<bool()> stop = {};          ///< asked before each; true gives up, and the file is as it was
};

/// Puts `bytes` in the place of `file`, or creates it.
///
/// A temporary file in the same folder (`.commonweal-*.tmp`, never an existing one) is written, synced, read back and
/// compared, renamed over `file`, and the folder is synced. Whatever fails or kills the process on the way, `file`
/// holds all of its old content or all of the new; a return means that the new content is there and was handed to the
/// disk.
///
/// - An existing file keeps its permission bits, and its owner, group and access list where the process may give them
///   away; where the group cannot be kept its permissions sink to those of others. A file that may not be written is
///   not replaced.
/// - A symbolic link is followed: the file it names, existing or not, is replaced, and the link stays.
/// - Only a regular file is replaced. Other hard links to it keep the old content.
/// - A process that is killed may leave its temporary file. It is never read, and the next save or write of a folder by
///   the same user in that place removes it; what a living process holds (flock) is left alone.
///
/// Throws cancelled where `stop` says so, and io (code cannot_save) naming the file, the step and the system's answer;
/// the temporary file is removed. After a failed sync nothing is tried again, because the system may have dropped the
/// data. If only the folder could not be synced, the message says that the new content is in place. Threads and
/// processes may save the same file: one wins.
void write_file_atomically(const std::filesystem::path& file, std::span<const std::byte> bytes,
                           const atomic_write_options& options = {});

/// A file's content, in memory of its own that was never set to zero first.
struct file_content {
  std::unique_ptr<std::byte[]> data;
  std::size_t size = 0;
  [[nodiscard]] std::span<const std::byte> bytes() const { return {data.get(), size}; }
};

/// Reads a regular file whole. Throws io (code cannot_read) naming the file and the system's answer. `check`, where
/// given, is told the first 4096 bytes (or fewer, of a short file) and the size before memory for the rest is taken,
/// and may throw.
[[nodiscard]] file_content
read_whole_file(const std::filesystem::path& file,
                const std::function<void(std::span<const std::byte> start, std::uint64_t size)>& check = {});

} // namespace commonweal::inline v0
