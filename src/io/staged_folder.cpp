// SPDX-License-Identifier: Apache-2.0
// A folder that is written beside its place and put there whole.
#include "io/staged_folder.hpp"

#include <algorithm>
#include <new>

#include <unistd.h>

#include <commonweal/core/error.hpp>

#include "io/list_folder.hpp"

namespace commonweal::inline v0::detail {

namespace fs = std::filesystem;

void refuse_to_write(const fs::path& where, const std::string& message) {
  diagnostic d;
  d.code = "cannot_write";
  d.file = where.string();
  d.message = message;
  throw error(error_code::io, d);
}

void demand_written(const std::error_code& failed, const fs::path& where, const std::string& what) {
  if (failed) refuse_to_write(where, "cannot " + what + ": " + failed.message());
}

staged_folder::staged_folder(const fs::path& folder) {
  std::error_code failed;
  target_ = fs::absolute(folder, failed).lexically_normal();
  if (!target_.has_filename()) target_ = target_.parent_path();
  exists_ = fs::exists(target_, failed);
  if (exists_ && !fs::is_directory(target_, failed)) refuse_to_write(target_, "this is a file; name a folder");
  full_ =
      exists_ &&
      !list_folder(target_, failed).empty(); // is_empty() of the library ends the process where memory does not suffice
  demand_written(failed, target_, "look into the folder");
  const std::string mark = "." + target_.filename().string() + "." + std::to_string(::getpid());
  fresh_ = target_.parent_path() / (mark + ".new");
  aside_ = target_.parent_path() / (mark + ".old");
}

const fs::path& staged_folder::open() {
  std::error_code failed;
  fs::create_directories(target_.parent_path(), failed);
  demand_written(failed, target_.parent_path(), "make the folder");
  fs::remove_all(fresh_, failed);
  if (!fs::create_directory(fresh_, failed)) demand_written(failed, fresh_, "make the folder");
  return fresh_;
}

staged_folder::~staged_folder() {
  if (placed_) return;
  try {
    std::error_code ignored;
    fs::remove_all(fresh_, ignored);
  } catch (...) { // want of memory: what is left behind is hidden, and the next write takes it away
    return;
  }
}

void staged_folder::bring_along(const std::vector<std::string>& replaced) const {
  std::error_code failed;
  const auto names = list_folder(target_, failed);
  demand_written(failed, target_, "list the folder");
  for (const auto& name : names) {
    if (std::find(replaced.begin(), replaced.end(), name) != replaced.end() || fs::exists(fresh_ / name)) continue;
    fs::copy(target_ / name, fresh_ / name, fs::copy_options::recursive | fs::copy_options::copy_symlinks, failed);
    demand_written(failed, target_ / name, "copy this file, which is not of the package,");
  }
}

void staged_folder::move_in() const {
  std::vector<fs::path> moved;
  std::error_code failed;
  for (const auto& name : list_folder(fresh_, failed)) {
    moved.push_back(target_ / name);
    fs::rename(fresh_ / name, moved.back(), failed);
    if (!failed) continue;
    const std::error_code why = failed;
    for (const auto& file : moved) fs::remove_all(file, failed);
    demand_written(why, target_ / name, "put the file in place");
  }
  demand_written(failed, fresh_, "list the folder");
}

void staged_folder::place(const std::vector<std::string>& replaced) {
  if (exists_ && !full_) return move_in(); // somebody may stand in it
  if (full_) bring_along(replaced);
  std::error_code failed;
  // A folder that holds something cannot be renamed over: the old one steps aside, and comes back if that fails.
  if (full_) {
    fs::rename(target_, aside_, failed);
    demand_written(failed, target_, "set the old folder aside");
  }
  fs::rename(fresh_, target_, failed);
  if (failed) {
    const std::error_code why = failed;
    if (full_) fs::rename(aside_, target_, failed);
    demand_written(why, target_, "put the folder in place");
  }
  placed_ = true;
  if (!full_) return;
  try {
    fs::remove_all(aside_, failed);
  } catch (const std::bad_alloc&) { // the new folder is in its place: that is what was asked for
    return;
  }
}

} // namespace commonweal::inline v0::detail
