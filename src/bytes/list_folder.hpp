// SPDX-License-Identifier: Apache-2.0
// The names in a folder, by the system's own call: libstdc++ 12's directory_iterator ends the process when memory runs
// out.
#pragma once

#include <cerrno>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <dirent.h>
#include <fcntl.h>

#include "bytes/descriptor.hpp"

namespace commonweal::inline v0::detail {

/// Names without "." and "..", in the system's order, of the folder behind a descriptor. Where it cannot be read,
/// `failed` says why.
[[nodiscard]] inline std::vector<std::string> list_folder(int folder, std::error_code& failed) {
  struct closer {
    void operator()(DIR* d) const { ::closedir(d); }
  };
  failed.clear();
  std::vector<std::string> out;
  // Opened anew: a duplicate would share its place in the listing with the descriptor.
  descriptor own(uninterrupted([&] { return ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  const std::unique_ptr<DIR, closer> open(own.open() ? ::fdopendir(own.get()) : nullptr);
  if (!open) {
    if (errno == ENOMEM) throw std::bad_alloc();
    failed.assign(errno, std::generic_category());
    return out;
  }
  own.release();
  for (errno = 0; const dirent* entry = ::readdir(open.get()); errno = 0) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") out.emplace_back(name);
  }
  if (errno != 0) failed.assign(errno, std::generic_category());
  return out;
}

} // namespace commonweal::inline v0::detail
