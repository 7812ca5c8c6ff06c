// SPDX-License-Identifier: Apache-2.0
// The names in a folder, by the system's own call: libstdc++ 12's directory_iterator ends the process when memory runs
// out.
#pragma once

#include <cerrno>
#include <filesystem>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <dirent.h>

namespace commonweal::inline v0::detail {

/// Names without "." and "..", in the system's order. Where the folder cannot be read, `failed` says why.
[[nodiscard]] inline std::vector<std::string> list_folder(const std::filesystem::path& folder,
                                                          std::error_code& failed) {
  struct closer {
    void operator()(DIR* d) const { ::closedir(d); }
  };
  failed.clear();
  std::vector<std::string> out;
  const std::unique_ptr<DIR, closer> open(::opendir(folder.c_str()));
  if (!open) {
    if (errno == ENOMEM) throw std::bad_alloc();
    failed.assign(errno, std::generic_category());
    return out;
  }
  for (errno = 0; const dirent* entry = ::readdir(open.get()); errno = 0) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") out.emplace_back(name);
  }
  if (errno != 0) failed.assign(errno, std::generic_category());
  return out;
}

} // namespace commonweal::inline v0::detail
