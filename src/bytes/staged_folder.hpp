// SPDX-License-Identifier: Apache-2.0
// A folder that is written beside its place and put there whole: what fails half-way leaves what was there, and nothing
// else.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <sys/stat.h>

#include "bytes/descriptor.hpp"
#include "bytes/held_folder.hpp"

namespace commonweal::inline v0::detail {

/// Throws io with code cannot_write, naming the file or folder.
[[noreturn]] void refuse_to_write(const std::filesystem::path& where, const std::string& message);
void demand_written(const std::error_code& failed, const std::filesystem::path& where, const std::string& what);
/// Makes an empty file that nobody else may read. What goes wrong shows when it is opened.
void make_private_file(const std::filesystem::path& file);

/// Whether folders are exchanged in one step where the system can do it. For tests of the other way.
inline bool exchange_folders = true;

/// One write of a folder.
///
/// The new folder is written into a staging folder of mode 0700 (see staging.hpp), and its files are synced. Then:
/// - A folder that holds something is exchanged for the new one in one step; where the file system cannot do this, it
///   steps aside and the new one takes its place, and whoever comes next finishes that if it is interrupted.
/// - An empty folder, the current directory, one that holds it, a mount point, and a folder in one that may not be
///   written stay the folder they are: the files are moved in, datapackage.json last, and whoever comes next finishes
///   that if it is interrupted. Readers of this library see the old state or the new one.
///
/// Links are followed and stay. The folder and each file that is replaced keep their permission bits, and owner, group
/// and access list where the process may; other files get no bits that the folder does not have. Files that neither
/// package names (a README) come along.
class staged_folder {
 public:
  /// Throws where a folder that holds something may not be replaced.
  using permission = std::function<void(const held_folder& old)>;

  /// Looks at the target and removes what earlier writes left beside it. Throws io where `folder` is a file or cannot
  /// be looked into, and what `may_replace` throws.
  staged_folder(const std::filesystem::path& folder, permission may_replace);
  staged_folder(const staged_folder&) = delete;
  staged_folder& operator=(const staged_folder&) = delete;
  ~staged_folder(); ///< removes what was not put in place

  [[nodiscard]] const std::filesystem::path& target() const { return target_; } ///< absolute, without links
  /// The folder to be replaced; null where there is none or it is empty.
  [[nodiscard]] const held_folder* old() const { return full_ ? &*old_ : nullptr; }
  /// Makes the folder to write files into.
  const std::filesystem::path& open();

  /// Puts the written folder in the target's place. Throws io; the target is then as it was, or the message says what
  /// it is.
  void place();

 private:
  void look();
  void make_parents();
  void give_rights();
  void give_rights(const std::string& name);
  void bring_along();
  void leave_behind(); ///< what was brought along
  // True once the new folder is in place, false where another write came first.
  bool exchange();
  bool step_aside();
  bool stay_in_place();
  bool move_in();
  bool placed();
  void remove_staging();

  std::filesystem::path target_;
  permission may_replace_;
  std::optional<held_folder> parent_, old_;
  bool full_ = false;
  bool in_place_ = false;
  std::vector<std::filesystem::path> made_; // folders above the target that were not there
  std::string name_;                        // of the staging folder, in the parent or in the target
  descriptor staging_, fresh_;
  std::filesystem::path fresh_path_;
  mode_t plain_ = 0700; // bits that a new folder would have here
  std::vector<std::string> written_;
  bool committed_ = false; // what is left is to be finished, not removed
};

} // namespace commonweal::inline v0::detail
