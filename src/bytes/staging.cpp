// SPDX-License-Identifier: Apache-2.0
// Locks, leftovers and rights of what is written beside its target.
#include "bytes/staging.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#if __has_include(<sys/xattr.h>)
#include <sys/xattr.h>
#endif

#include "bytes/list_folder.hpp"
#include "core/json_tree.hpp"

namespace commonweal::inline v0::detail {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view prefix = ".commonweal-";
constexpr std::string_view temporary = ".tmp";
constexpr std::string_view committed = ".new";
constexpr std::size_t digits = 16;

bool has_form(std::string_view name, std::string_view ending) {
  return name.size() == prefix.size() + digits + ending.size() && name.starts_with(prefix) && name.ends_with(ending);
}

bool same(const struct stat& a, const struct stat& b) { return a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

descriptor open_inner(int folder, const char* name) {
  return descriptor(
      uninterrupted([&] { return ::openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC); }));
}

/// False where the name is known to be gone or another's.
bool is_named(int folder, const std::string& name, int fd) {
  struct stat held;
  struct stat named;
  if (::fstat(fd, &held) != 0) return true;
  return ::fstatat(folder, name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 ? same(held, named) : errno != ENOENT;
}

/// What a committed staging folder is to take the place of: a name beside it, or blank for the folder it lies in.
std::string target_of(int staging) {
  std::array<char, 256> text;
  const auto n = ::readlinkat(staging, "for", text.data(), text.size());
  return n <= 0 ? std::string() : std::string(text.data(), static_cast<std::size_t>(n));
}

bool finish(const held_folder& folder, int staging) {
  const std::string target = target_of(staging);
  if (target.empty()) return move_into(folder, staging) == 0;
  // The old folder was to step aside, and the new one to take its place.
  struct stat status;
  if (::fstatat(folder.fd(), target.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) return true;
  if (errno != ENOENT) return false;
  if (::renameat(staging, "new", folder.fd(), target.c_str()) != 0) return errno == ENOENT; // it was there already
  return ::fsync(folder.fd()) == 0 || errno == EINVAL;
}

/// Access lists: permission bits mean less than they say where there is one.
void keep_access_lists(int from, int to, mode_t& bits) {
#if __has_include(<sys/xattr.h>) && defined(__linux__)
  for (const char* name : {"system.posix_acl_access", "system.posix_acl_default"}) {
    std::array<char, 4096> list;
    const auto n = from < 0 ? -1 : ::fgetxattr(from, name, list.data(), list.size());
    if (n > 0) {
      if (::fsetxattr(to, name, list.data(), static_cast<std::size_t>(n), 0) != 0) bits &= ~mode_t{0070};
    } else {
      if (from >= 0 && errno == ERANGE) bits &= ~mode_t{0070};
      static_cast<void>(::fremovexattr(to, name));
    }
  }
#else
  static_cast<void>(from), static_cast<void>(to), static_cast<void>(bits);
#endif
}

} // namespace

std::string temporary_name() {
  static std::atomic<std::uint64_t> serial{0};
  // Not secret, only unlikely to be taken: whoever makes it sees to it that it is new.
  const auto now = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
  const std::uint64_t mixed = (now ^ (static_cast<std::uint64_t>(::getpid()) << 40)) + ++serial;
  std::array<char, 40> name;
  std::snprintf(name.data(), name.size(), ".commonweal-%016llx.tmp", static_cast<unsigned long long>(mixed));
  return name.data();
}

std::string committed_name(std::string_view name) {
  return std::string(name.substr(0, prefix.size() + digits)) + std::string(committed);
}
bool is_committed(std::string_view name) { return has_form(name, committed); }
bool is_staging(std::string_view name) { return has_form(name, temporary) || has_form(name, committed); }

bool hold_staging(int folder, const std::string& name, int made) {
  if (uninterrupted([&] { return ::flock(made, LOCK_EX | LOCK_NB); }) != 0 && errno == EWOULDBLOCK) return false;
  return is_named(folder, name, made);
}

settled sweep(const held_folder& folder, sweep_for what, std::string_view own) {
  settled result = settled::clear;
  std::error_code failed;
  for (const auto& name : list_folder(folder.fd(), failed)) {
    if (name == own || !is_staging(name)) continue;
    const bool unfinished = is_committed(name);
    if (what == sweep_for::unfinished && !unfinished) continue;
    struct stat status;
    if (::fstatat(folder.fd(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    const bool whole = S_ISDIR(status.st_mode);
    if (!whole && (unfinished || !S_ISREG(status.st_mode))) continue; // nothing that this library makes
    bool done = false;
    if (status.st_uid == ::geteuid()) {
      const descriptor left(uninterrupted(
          [&] { return ::openat(folder.fd(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC); }));
      done = left.open() && uninterrupted([&] { return ::flock(left.get(), LOCK_EX | LOCK_NB); }) == 0 &&
             is_named(folder.fd(), name, left.get()) && (!unfinished || finish(folder, left.get())) &&
             remove_tree(folder.fd(), name);
      if (!done && ::fstatat(folder.fd(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) done = true;
    }
    if (!unfinished) continue;
    if (!done) result = settled::busy;
    else if (result == settled::clear) result = settled::finished;
  }
  return result;
}

settled settle_beside(const fs::path& target) {
  fs::path folder;
  try {
    folder = resolve(target).parent_path();
  } catch (const std::system_error&) { return settled::clear; }
  descriptor open(uninterrupted([&] { return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (!open.open()) return settled::clear;
  return sweep(held_folder(std::move(open), folder), sweep_for::unfinished);
}

void wait_a_little() { std::this_thread::sleep_for(std::chrono::milliseconds(10)); }

int move_into(const held_folder& folder, int staging) {
  const descriptor fresh = open_inner(staging, "new");
  if (!fresh.open()) return errno == ENOENT ? 0 : errno;
  const held_folder from(descriptor(::openat(fresh.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)), folder.path());
  std::error_code failed;
  const auto names = list_folder(fresh.get(), failed);
  if (failed) return failed.value();
  const auto move = [&](const char* name) { return ::renameat(fresh.get(), name, folder.fd(), name); };
  const auto now = paths_of_package(from.text_of(package_file));
  for (const auto& name : names)
    if (name != package_file && move(name.c_str()) != 0) return errno;
  if (std::find(names.begin(), names.end(), package_file) != names.end()) {
    for (const auto& name : paths_of_package(folder.text_of(package_file)))
      if (name != package_file && name.find('/') == std::string::npos &&
          std::find(now.begin(), now.end(), name) == now.end() && ::unlinkat(folder.fd(), name.c_str(), 0) != 0 &&
          errno != ENOENT && errno != EISDIR && errno != EPERM)
        return errno;
    if (::fsync(folder.fd()) != 0 && errno != EINVAL) return errno;
    if (move(package_file) != 0) return errno;
  }
  return ::fsync(folder.fd()) == 0 || errno == EINVAL ? 0 : errno;
}

bool remove_tree(int folder, const std::string& name) {
  if (::unlinkat(folder, name.c_str(), 0) == 0 || errno == ENOENT) return true;
  descriptor inner = open_inner(folder, name.c_str());
  if (!inner.open() && errno == EACCES && ::fchmodat(folder, name.c_str(), 0700, AT_SYMLINK_NOFOLLOW) == 0)
    inner = open_inner(folder, name.c_str());
  if (!inner.open()) return false;
  struct stat status;
  if (::fstat(inner.get(), &status) == 0 && (status.st_mode & 0700) != 0700)
    static_cast<void>(::fchmod(inner.get(), 0700));
  std::error_code failed;
  for (const auto& below : list_folder(inner.get(), failed)) remove_tree(inner.get(), below);
  return ::unlinkat(folder, name.c_str(), AT_REMOVEDIR) == 0 || errno == ENOENT;
}

int keep_rights(const struct stat& old, int old_fd, int fd) {
  struct stat now;
  if (::fstat(fd, &now) != 0) return errno;
  mode_t bits = old.st_mode & (S_ISDIR(old.st_mode) ? 07777 : 0777);
  if ((now.st_uid != old.st_uid || now.st_gid != old.st_gid) && ::fchown(fd, old.st_uid, old.st_gid) != 0) {
    if (errno != EPERM) return errno;
    if (now.st_gid != old.st_gid && ::fchown(fd, static_cast<uid_t>(-1), old.st_gid) != 0)
      bits = (bits & 01707) | ((bits & 0007) << 3 & bits);
  }
  keep_access_lists(old_fd, fd, bits);
  return ::fchmod(fd, bits) == 0 ? 0 : errno;
}

fs::path resolve(const fs::path& path) {
  const auto fail = [&path](int number) { throw std::system_error(number, std::generic_category(), path.string()); };
  if (path.empty()) fail(ENOENT);
  std::string left = path.is_absolute() ? path.string() : fs::current_path().string() + "/" + path.string();
  std::string done;
  for (int links = 0; !left.empty();) {
    const std::size_t slash = std::min(left.find('/'), left.size());
    const std::string name = left.substr(0, slash);
    left.erase(0, std::min(slash + 1, left.size()));
    if (name.empty() || name == ".") continue;
    if (name == "..") {
      done.erase(std::min(done.rfind('/'), done.size()));
      continue;
    }
    const std::string next = done + "/" + name;
    std::array<char, 4096> text;
    const auto n = ::readlink(next.c_str(), text.data(), text.size());
    if (n < 0) {
      if (errno != EINVAL && errno != ENOENT) fail(errno); // no link, or nothing there yet
      done = next;
      continue;
    }
    if (static_cast<std::size_t>(n) == text.size()) fail(ENAMETOOLONG);
    if (++links > 40) fail(ELOOP);
    left = std::string(text.data(), static_cast<std::size_t>(n)) + "/" + left;
    if (text[0] == '/') done.clear();
  }
  return done.empty() ? fs::path("/") : fs::path(done);
}

std::vector<std::string> paths_of_package(std::string_view json_text) {
  std::vector<std::string> out;
  const auto parsed = json_tree::parse(json_text);
  const json_tree* resources = parsed.good ? parsed.value.find("resources") : nullptr;
  if (resources == nullptr) return out;
  for (const auto& r : resources->elements())
    if (const auto* path = r.find("path"); path != nullptr && path->is_string()) out.push_back(path->text());
  return out;
}

} // namespace commonweal::inline v0::detail
