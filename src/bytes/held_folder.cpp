// SPDX-License-Identifier: Apache-2.0
// Opening what lies in a folder and nothing else.
#include "bytes/held_folder.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <system_error>
#include <utility>

#include <fcntl.h>

#include "bytes/list_folder.hpp"
#include "bytes/staging.hpp"

namespace commonweal::inline v0::detail {

namespace fs = std::filesystem;

namespace {

using state = held_file::state;

#ifdef O_PATH
constexpr int pass_through = O_PATH; // a folder that may be searched need not be readable
#else
constexpr int pass_through = O_RDONLY;
#endif
constexpr std::size_t max_held = 200;

std::string answer(int number) { return std::generic_category().message(number); }

const char* kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device";
}

held_file not_open(state is, int why = 0, const char* what = "") {
  return {.is = is, .link = false, .why = why, .what = what, .size = 0, .file = nullptr};
}
held_file not_open_because(int why) {
  return not_open(why == ENOENT || why == ENOTDIR ? state::absent : state::unreadable, why);
}

/// The path without links, or blank with errno.
std::string real_path(const fs::path& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  if (!real) {
    if (errno == ENOMEM) throw std::bad_alloc();
    return {};
  }
  return real.get();
}

} // namespace

void refuse(const fs::path& where, const char* code, const std::string& message) {
  diagnostic d;
  d.code = code;
  d.file = where.string();
  d.message = message;
  throw error(error_code::io, std::move(d));
}

held_folder::held_folder(descriptor folder, fs::path path) : folder_(std::move(folder)), path_(std::move(path)) {
  if (::fstat(fd(), &status_) != 0) refuse(path_, "unreadable_folder", "the folder cannot be opened: " + answer(errno));
  package_ = package_identity();
}

std::vector<std::string> held_folder::list() const {
  std::error_code failed;
  auto out = list_folder(fd(), failed);
  if (failed) refuse(path_, "unreadable_folder", "the folder cannot be listed: " + failed.message());
  return out;
}

held_file held_folder::open_without_links(const std::string& path, bool& link) const {
  link = false;
  descriptor inner;
  int folder = fd();
  for (std::size_t at = 0;;) {
    at = path.find_first_not_of('/', at);
    if (at == std::string::npos) return not_open(state::not_a_file, 0, "a directory");
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string name = path.substr(at, end - at);
    const bool last = path.find_first_not_of('/', end) == std::string::npos;
    at = end;
    if (name == "..") return not_open(state::outside);
    if (name == "." && !last) continue;
    struct stat status;
    if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return not_open_because(errno);
    link = S_ISLNK(status.st_mode);
    if (link) return {};
    if (!last && !S_ISDIR(status.st_mode)) return not_open(state::absent);
    if (last && !S_ISREG(status.st_mode)) return not_open(state::not_a_file, 0, kind_of(status.st_mode));
    // It may have become something else by now: no link is followed, nothing waits, and what was opened is looked at.
    const int how = last ? O_RDONLY | O_NONBLOCK | O_NOCTTY : pass_through | O_DIRECTORY;
    descriptor next(uninterrupted([&] { return ::openat(folder, name.c_str(), how | O_NOFOLLOW | O_CLOEXEC); }));
    if (!next.open()) {
      link = errno == ELOOP || (!last && errno == ENOTDIR);
      return link ? held_file{} : not_open_because(errno);
    }
    if (!last) {
      inner = std::move(next);
      folder = inner.get();
      continue;
    }
    if (::fstat(next.get(), &status) != 0) return not_open(state::unreadable, errno);
    if (!S_ISREG(status.st_mode)) return not_open(state::not_a_file, 0, kind_of(status.st_mode));
    return {.is = state::open,
            .link = false,
            .why = 0,
            .what = "",
            .size = static_cast<std::uint64_t>(status.st_size),
            .file = std::make_shared<const descriptor>(std::move(next))};
  }
}

held_file held_folder::find_file(const std::string& path) const {
  // Where a link leads is asked by path; what it leads to is opened without links, from the folder that is held. So a
  // link that is exchanged meanwhile cannot lead out of it.
  std::string at = path;
  held_file found;
  bool link = true;
  for (int turn = 0; link && turn < 8; ++turn) {
    found = open_without_links(at, link);
    if (!link) {
      found.link = turn > 0;
      return found;
    }
    const std::string base = real_path(path_);
    const std::string real = base.empty() ? std::string() : real_path(path_ / at);
    const std::string within = base == "/" ? base : base + "/";
    if (real.empty()) found = not_open_because(errno);
    else if (!real.starts_with(within)) found = not_open(state::outside);
    else at = real.substr(within.size());
    if (real.empty() || found.is == state::outside) break;
    found = not_open(state::unreadable, ELOOP); // unless the next turn finds it
  }
  found.link = true;
  return found;
}

held_file held_folder::open_file(const std::string& path) {
  if (const auto held = files_.find(path); held != files_.end()) return held->second;
  held_file found = find_file(path);
  if (found.is == state::unreadable && (found.why == EMFILE || found.why == ENFILE) && !files_.empty()) {
    files_.clear();
    reopened_ = true;
    found = find_file(path);
  }
  if (files_.size() < max_held && !reopened_) files_.emplace(path, found);
  else reopened_ = true;
  return found;
}

std::string held_folder::text_of(const std::string& path, std::size_t limit) const {
  const held_file found = find_file(path);
  std::string out;
  if (found.is != state::open || found.size > limit) return out;
  out.resize(static_cast<std::size_t>(found.size));
  std::size_t done = 0;
  while (done < out.size()) {
    const auto n =
        uninterrupted([&] { return ::pread(found.file->get(), out.data() + done, out.size() - done, off_t(done)); });
    if (n <= 0) break;
    done += static_cast<std::size_t>(n);
  }
  out.resize(done);
  return out;
}

held_folder::identity held_folder::package_identity() const {
  struct stat status;
  if (::fstatat(fd(), package_file, &status, AT_SYMLINK_NOFOLLOW) != 0) return {};
  return {status.st_dev, status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

bool held_folder::changed() const {
  // In this order: a write into the folder itself is marked before its first file moves, and datapackage.json, moved
  // last, tells one that has ended.
  std::error_code failed;
  const auto names = list_folder(fd(), failed);
  if (failed || std::any_of(names.begin(), names.end(), [](const auto& n) { return is_committed(n); })) return true;
  struct stat now;
  return ::stat(path_.c_str(), &now) != 0 || now.st_dev != status_.st_dev || now.st_ino != status_.st_ino ||
         package_identity() != package_;
}

void held_folder::seal() {
  if (changed()) throw folder_torn{};
  sealed_ = true;
}

byte_source bytes_of(std::shared_ptr<const descriptor> file, fs::path name) {
  return [file = std::move(file), name = std::move(name),
          at = std::make_shared<off_t>(0)](std::span<char> out) -> std::size_t {
    const auto n = uninterrupted([&] { return ::pread(file->get(), out.data(), out.size(), *at); });
    if (n < 0) refuse(name, "unreadable_file", "the file cannot be read: " + answer(errno));
    *at += n;
    return static_cast<std::size_t>(n);
  };
}

void refuse_changing_folder(const fs::path& path) {
  refuse(path, "folder_changed",
         "the folder is being replaced, or a write into it stopped half-way and cannot be finished by this user; read "
         "it once nothing writes to it, or write it again");
}

held_folder hold_for_reading(const fs::path& path) {
  for (int waited = 0;; ++waited) {
    descriptor folder(
        uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC); }));
    if (!folder.open()) {
      const int why = errno;
      struct stat status;
      if (why == ENOTDIR && ::stat(path.c_str(), &status) == 0)
        refuse(path, "not_a_folder", "this is a file; name the folder that holds datapackage.json and the CSV files");
      if (why != ENOENT && why != ENOTDIR)
        refuse(path, "unreadable_folder", "the folder cannot be opened: " + answer(why));
      // A write in two steps may have it in hand, or may have stopped between them.
      const auto beside = settle_beside(path);
      if (beside == settled::clear) refuse(path, "missing_folder", "there is no such folder");
      if (beside == settled::busy && waited == max_waits) refuse_changing_folder(path);
      if (beside == settled::busy) wait_a_little();
      continue;
    }
    held_folder held(std::move(folder), path);
    const auto within = sweep(held, sweep_for::unfinished);
    if (within == settled::clear) return held;
    if (within == settled::busy && waited == max_waits) refuse_changing_folder(path);
    if (within == settled::busy) wait_a_little();
  }
}

} // namespace commonweal::inline v0::detail
