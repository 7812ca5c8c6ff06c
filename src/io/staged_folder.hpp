// SPDX-License-Identifier: Apache-2.0
// A folder that is written beside its place and put there whole: what fails half-way leaves what was there, and nothing
// else.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace commonweal::inline v0::detail {

/// Throws io with code cannot_write, naming the file or folder.
[[noreturn]] void refuse_to_write(const std::filesystem::path& where, const std::string& message);
void demand_written(const std::error_code& failed, const std::filesystem::path& where, const std::string& what);

class staged_folder {
 public:
  /// Makes the place to write to, beside `folder`. Throws io where `folder` is a file or cannot be looked into.
  explicit staged_folder(const std::filesystem::path& folder);
  staged_folder(const staged_folder&) = delete;
  staged_folder& operator=(const staged_folder&) = delete;
  ~staged_folder(); ///< takes away what was not put in place

  [[nodiscard]] const std::filesystem::path& target() const { return target_; } ///< absolute
  [[nodiscard]] bool full() const { return full_; }                             ///< the target holds something
  /// Makes the folder to write into. To be called once it is known that the target may be replaced.
  const std::filesystem::path& open();

  /// Puts the written folder in the target's place. Files there that are none of `replaced` (a README) come along.
  /// Throws io; the target is then as it was.
  void place(const std::vector<std::string>& replaced);

 private:
  void bring_along(const std::vector<std::string>& replaced) const;
  void move_in() const;

  std::filesystem::path target_, fresh_, aside_;
  bool exists_ = false;
  bool full_ = false;
  bool placed_ = false;
};

} // namespace commonweal::inline v0::detail
