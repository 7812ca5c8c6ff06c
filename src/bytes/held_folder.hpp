// SPDX-License-Identifier: Apache-2.0
// A folder that is held open while it is read: every file comes from one state of it, and none from outside it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <sys/stat.h>

#include <commonweal/core/csv.hpp>
#include <commonweal/core/error.hpp>

#include "bytes/descriptor.hpp"

namespace commonweal::inline v0::detail {

inline constexpr const char* package_file = "datapackage.json";
inline constexpr std::size_t max_package_bytes = std::size_t{16} << 20;

/// Throws io with the code, naming the file or folder.
[[noreturn]] void refuse(const std::filesystem::path& where, const char* code, const std::string& message);

/// A file of a folder, opened if the rules allow it.
struct held_file {
  enum class state : std::uint8_t {
    open,
    absent,     ///< there is none, or a link to nothing
    outside,    ///< a link leads out of the folder
    not_a_file, ///< a directory, a pipe, a socket or a device; `what` says which
    unreadable, ///< `why` is the system's answer
  };
  state is = state::absent;
  bool link = false; ///< the path leads through a link
  int why = 0;
  const char* what = "";
  std::uint64_t size = 0;
  std::shared_ptr<const descriptor> file;
};

/// A folder behind a descriptor. Its number is not given to another folder while it is held, so whether the path still
/// leads to it can be asked at any time.
class held_folder {
 public:
  held_folder(descriptor folder, std::filesystem::path path);

  [[nodiscard]] int fd() const { return folder_.get(); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const struct stat& status() const { return status_; } ///< when it was opened
  [[nodiscard]] std::vector<std::string> list() const;                ///< throws io (unreadable_folder)

  /// Opens a file by its path within the folder: a regular file that lies in the folder, though links may lead to it.
  /// What is no such file is never opened in a way that can wait or follow a link. Files stay open, up to a limit.
  [[nodiscard]] held_file open_file(const std::string& path);
  /// The same without keeping it.
  [[nodiscard]] held_file find_file(const std::string& path) const;
  /// Content of a small file; blank where it cannot be opened or is longer than `limit`.
  [[nodiscard]] std::string text_of(const std::string& path, std::size_t limit = max_package_bytes) const;

  /// To be called once every file has been opened: throws folder_torn where the folder was replaced meanwhile. Later
  /// replacements do not matter, because the files are held.
  void seal();
  /// True where what was read may come from two states of the folder.
  [[nodiscard]] bool torn() const { return (!sealed_ || reopened_) && changed(); }

 private:
  struct identity {
    dev_t device = 0;
    ino_t number = 0;
    std::int64_t seconds = 0, nanoseconds = 0;
    friend bool operator==(const identity&, const identity&) = default;
  };
  [[nodiscard]] held_file open_without_links(const std::string& path, bool& link) const;
  [[nodiscard]] identity package_identity() const;
  [[nodiscard]] bool changed() const;

  descriptor folder_;
  std::filesystem::path path_;
  struct stat status_ {};
  identity package_;
  std::map<std::string, held_file, std::less<>> files_;
  bool sealed_ = false;
  bool reopened_ = false; // more files than may be held: some are opened when they are read
};

/// Thrown by seal(); read_held starts over.
struct folder_torn {};

/// The bytes of an open file, from its beginning. `name` is for messages. Copies share the place in the file.
[[nodiscard]] byte_source bytes_of(std::shared_ptr<const descriptor> file, std::filesystem::path name);

/// Opens a folder to read it. A write that stopped half-way is finished first, one under way is waited for. Throws io:
/// missing_folder, not_a_folder, unreadable_folder, folder_changed.
[[nodiscard]] held_folder hold_for_reading(const std::filesystem::path& path);
[[noreturn]] void refuse_changing_folder(const std::filesystem::path& path);

/// read(held_folder&), again where the folder was replaced under it. Findings of what is given up are forgotten. Throws
/// io (folder_changed) where it is replaced every time.
template <class Read>
auto read_held(const std::filesystem::path& path, diagnostics& found, Read read) {
  const diagnostics before = found;
  for (int attempt = 0; attempt < 50; ++attempt) {
    if (attempt > 0) found = before;
    held_folder folder = hold_for_reading(path);
    try {
      auto out = read(folder);
      if (!folder.torn()) return out;
    } catch (const folder_torn&) { continue; } catch (const error& e) {
      if (e.code() == error_code::cancelled || !folder.torn()) throw;
    }
  }
  refuse_changing_folder(path);
}

} // namespace commonweal::inline v0::detail
