// SPDX-License-Identifier: Apache-2.0
// A folder that is written beside its place and put there whole.
#include "bytes/staged_folder.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <new>

#include <fcntl.h>
#include <sys/file.h>

#include <commonweal/core/error.hpp>

#include "bytes/list_folder.hpp"
#include "bytes/staging.hpp"

namespace commonweal::inline v0::detail {

namespace fs = std::filesystem;

namespace {

constexpr int max_attempts = 1000;

std::error_code last_error() { return {errno, std::generic_category()}; }

/// A folder that may be searched and written need not be readable.
descriptor open_folder(const fs::path& path) {
  descriptor open(uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
#ifdef O_PATH
  if (!open.open() && errno == EACCES) open = descriptor(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
#endif
  return open;
}

int sync(int fd) { return ::fsync(fd) == 0 || errno == EINVAL || errno == EBADF ? 0 : errno; }

bool is_in_place(const held_folder& folder) {
  struct stat now;
  return ::stat(folder.path().c_str(), &now) == 0 && now.st_dev == folder.status().st_dev &&
         now.st_ino == folder.status().st_ino;
}

bool holds_current_directory(const fs::path& folder) {
  std::error_code failed;
  const auto here = fs::current_path(failed);
  if (failed) return false;
  return std::mismatch(folder.begin(), folder.end(), here.begin(), here.end()).first == folder.end();
}

int rename_flagged(int from, const char* name, int to, const char* as, unsigned flags) {
#if defined(RENAME_EXCHANGE) && defined(RENAME_NOREPLACE)
  return ::renameat2(from, name, to, as, flags);
#else
  static_cast<void>(from), static_cast<void>(name), static_cast<void>(to), static_cast<void>(as);
  static_cast<void>(flags);
  errno = ENOSYS;
  return -1;
#endif
}
#if defined(RENAME_EXCHANGE) && defined(RENAME_NOREPLACE)
constexpr unsigned swap = RENAME_EXCHANGE;
constexpr unsigned only_new = RENAME_NOREPLACE;
#else
constexpr unsigned swap = 0;
constexpr unsigned only_new = 0;
#endif
bool not_supported(int number) {
  return number == EINVAL || number == ENOSYS || number == EOPNOTSUPP || number == ENOTTY;
}

/// A mount point, a folder of a lower layer of an overlay, a folder of somebody else.
bool cannot_move(int number) { return number == EBUSY || number == EXDEV || number == EACCES || number == EPERM; }

int copy_file(int from, const struct stat& status, int to, const char* name) {
  const descriptor in(::openat(from, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!in.open()) return errno;
  const descriptor out(::openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!out.open()) return errno;
  std::array<char, 1 << 16> buffer;
  for (;;) {
    const auto n = uninterrupted([&] { return ::read(in.get(), buffer.data(), buffer.size()); });
    if (n < 0) return errno;
    if (n == 0) break;
    for (ssize_t done = 0; done < n;) {
      const auto m =
          uninterrupted([&] { return ::write(out.get(), buffer.data() + done, static_cast<std::size_t>(n - done)); });
      if (m <= 0) return m < 0 ? errno : EIO;
      done += m;
    }
  }
  if (const int e = keep_rights(status, in.get(), out.get()); e != 0) return e;
  const std::array times{status.st_atim, status.st_mtim};
  static_cast<void>(::futimens(out.get(), times.data()));
  return sync(out.get());
}

/// The same file under the same name in another folder: as a second name for it where possible, or else copied. Links
/// are copied as links. 0 or an errno.
int bring(int from, int to, const std::string& name) {
  struct stat status;
  if (::fstatat(from, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return errno == ENOENT ? 0 : errno;
  if (S_ISDIR(status.st_mode)) {
    const descriptor inner(::openat(from, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!inner.open() || (::mkdirat(to, name.c_str(), 0700) != 0 && errno != EEXIST)) return errno;
    const descriptor copy(::openat(to, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!copy.open()) return errno;
    std::error_code failed;
    for (const auto& below : list_folder(inner.get(), failed))
      if (const int e = bring(inner.get(), copy.get(), below); e != 0) return e;
    if (failed) return failed.value();
    if (const int e = keep_rights(status, inner.get(), copy.get()); e != 0) return e;
    const std::array times{status.st_atim, status.st_mtim};
    static_cast<void>(::futimens(copy.get(), times.data()));
    return sync(copy.get());
  }
  if (::linkat(from, name.c_str(), to, name.c_str(), 0) == 0 || errno == EEXIST || errno == ENOENT) return 0;
  const int why = errno;
  if (S_ISREG(status.st_mode)) return copy_file(from, status, to, name.c_str());
  if (!S_ISLNK(status.st_mode)) return why;
  std::array<char, 4096> text;
  const auto n = ::readlinkat(from, name.c_str(), text.data(), text.size() - 1);
  if (n < 0) return errno;
  text[static_cast<std::size_t>(n)] = '\0';
  return ::symlinkat(text.data(), to, name.c_str()) == 0 ? 0 : errno;
}

} // namespace

void refuse_to_write(const fs::path& where, const std::string& message) { refuse(where, "cannot_write", message); }

void demand_written(const std::error_code& failed, const fs::path& where, const std::string& what) {
  if (failed) refuse_to_write(where, "cannot " + what + ": " + failed.message());
}

void make_private_file(const fs::path& file) {
  const descriptor made(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
}

staged_folder::staged_folder(const fs::path& folder, permission may_replace) : may_replace_(std::move(may_replace)) {
  try {
    target_ = resolve(folder);
  } catch (const std::system_error& e) { demand_written(e.code(), folder, "write the folder"); }
  look();
  in_place_ =
      old_ && (!full_ || holds_current_directory(target_) || old_->status().st_dev != parent_->status().st_dev ||
               ::faccessat(parent_->fd(), ".", W_OK | X_OK, AT_EACCESS) != 0);
}

void staged_folder::look() {
  old_.reset();
  full_ = false;
  for (int waited = 0; !old_; ++waited) {
    parent_.reset();
    descriptor parent = open_folder(target_.parent_path());
    if (!parent.open()) {
      if (errno == ENOENT) return;
      demand_written(last_error(), target_.parent_path(), "open the folder");
    }
    parent_.emplace(std::move(parent), target_.parent_path());
    const auto beside = sweep(*parent_, sweep_for::everything, name_);
    descriptor found(uninterrupted(
        [&] { return ::open(target_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC); }));
    if (!found.open()) {
      const int why = errno;
      if (why == ENOENT && beside == settled::busy && waited < max_waits) {
        wait_a_little(); // another write has the folder in hand
        continue;
      }
      if (why == ENOENT && beside == settled::finished) continue;
      if (why == ENOENT) return;
      if (why == ENOTDIR || why == ELOOP) refuse_to_write(target_, "this is a file; name a folder");
      demand_written({why, std::generic_category()}, target_, "look into the folder");
    }
    held_folder held(std::move(found), target_);
    const auto within = sweep(held, sweep_for::everything, name_);
    if (within == settled::busy && waited == max_waits)
      refuse_to_write(target_, "another write into this folder is under way, or one of another user stopped half-way");
    if (within == settled::busy) wait_a_little();
    if (within == settled::clear) old_.emplace(std::move(held));
  }
  const auto names = old_->list();
  full_ = std::any_of(names.begin(), names.end(), [](const auto& name) { return !is_staging(name); });
  if (full_) may_replace_(*old_);
}

void staged_folder::make_parents() {
  for (fs::path folder = target_.parent_path(); !fs::exists(folder); folder = folder.parent_path())
    made_.push_back(folder);
  for (auto folder = made_.rbegin(); folder != made_.rend(); ++folder)
    if (::mkdir(folder->c_str(), 0777) != 0 && errno != EEXIST)
      demand_written(last_error(), *folder, "make the folder");
  descriptor parent = open_folder(target_.parent_path());
  if (!parent.open()) demand_written(last_error(), target_.parent_path(), "open the folder");
  parent_.emplace(std::move(parent), target_.parent_path());
}

const fs::path& staged_folder::open() {
  if (!parent_) make_parents();
  const held_folder& place = in_place_ ? *old_ : *parent_;
  for (int attempt = 0; !staging_.open() && attempt < max_attempts; ++attempt) {
    std::string name = temporary_name();
    if (::mkdirat(place.fd(), name.c_str(), 0700) != 0) {
      if (errno == EEXIST) continue;
      demand_written(last_error(), place.path(), "make a folder in it to write to");
    }
    name_ = std::move(name);
    descriptor made(::openat(place.fd(), name_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!made.open() && errno != ENOENT) demand_written(last_error(), place.path(), "open the folder to write to");
    if (made.open() && hold_staging(place.fd(), name_, made.get())) staging_ = std::move(made);
  }
  if (!staging_.open()) demand_written(last_error(), place.path(), "make a folder in it to write to");
  fresh_path_ = place.path() / name_ / "new";
  struct stat status {};
  if (::mkdirat(staging_.get(), "new", 0777) == 0 && ::fstatat(staging_.get(), "new", &status, 0) == 0 &&
      ::fchmodat(staging_.get(), "new", (status.st_mode & 07000) | 0700, 0) == 0)
    fresh_ = descriptor(::openat(staging_.get(), "new", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!fresh_.open()) demand_written(last_error(), fresh_path_, "make the folder");
  plain_ = status.st_mode & 07777;
  return fresh_path_;
}

void staged_folder::remove_staging() {
  if (name_.empty()) return;
  const int place = in_place_ ? old_->fd() : parent_->fd();
  remove_tree(place, name_);
}

staged_folder::~staged_folder() {
  if (committed_) return;
  try {
    remove_staging();
    for (const auto& folder : made_) ::rmdir(folder.c_str()); // fails where it holds something
  } catch (...) { // out of memory: what is left behind is hidden, and the next write removes it
    return;
  }
}

void staged_folder::give_rights(const std::string& name) {
  const descriptor file(::openat(fresh_.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!file.open()) demand_written(last_error(), target_ / name, "open the written file");
  struct stat was;
  int failed = 0;
  if (old_ && ::fstatat(old_->fd(), name.c_str(), &was, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISLNK(was.st_mode)) {
    if (!S_ISREG(was.st_mode))
      refuse_to_write(target_ / name,
                      "this is no regular file, and a file of this name is to be written; move it away");
    const descriptor before(::openat(old_->fd(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    failed = keep_rights(was, before.get(), file.get());
  } else {
    const mode_t folder = old_ ? old_->status().st_mode : plain_;
    mode_t bits = 0666 & plain_ & folder;
    if (old_ && (folder & S_ISGID) != 0 && ::fchown(file.get(), static_cast<uid_t>(-1), old_->status().st_gid) != 0)
      bits &= ~mode_t{0070}; // another group than the folder's
    if (::fchmod(file.get(), bits) != 0) failed = errno;
  }
  demand_written({failed, std::generic_category()}, target_ / name, "keep the permissions");
  demand_written({sync(file.get()), std::generic_category()}, target_ / name, "bring the file to the disk");
}

void staged_folder::give_rights() {
  for (const auto& name : written_) give_rights(name);
  if (in_place_) return;
  int failed = 0;
  if (old_) failed = keep_rights(old_->status(), old_->fd(), fresh_.get());
  else if (::fchmod(fresh_.get(), plain_) != 0) failed = errno;
  demand_written({failed, std::generic_category()}, target_, "keep the permissions");
}

void staged_folder::bring_along() {
  const auto before = paths_of_package(old_->text_of(package_file));
  const auto now = paths_of_package(held_folder(descriptor(::dup(fresh_.get())), fresh_path_).text_of(package_file));
  const auto in = [](const auto& list, const auto& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  for (const auto& name : old_->list()) {
    if (is_staging(name) || in(written_, name) || (in(before, name) && !in(now, name))) continue;
    const int failed = bring(old_->fd(), fresh_.get(), name);
    demand_written({failed, std::generic_category()}, target_ / name,
                   "bring along this file, which is not of the package");
  }
}

void staged_folder::leave_behind() {
  std::error_code failed;
  for (const auto& name : list_folder(fresh_.get(), failed))
    if (std::find(written_.begin(), written_.end(), name) == written_.end()) remove_tree(fresh_.get(), name);
}

bool staged_folder::move_in() {
  for (int waited = 0; ::flock(old_->fd(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK; ++waited) {
    if (waited == max_waits) refuse_to_write(target_, "another write into this folder is under way");
    wait_a_little();
  }
  const auto names = old_->list();
  if (std::any_of(names.begin(), names.end(), [](const auto& name) { return !is_staging(name); })) may_replace_(*old_);
  give_rights();
  demand_written({sync(fresh_.get()), std::generic_category()}, fresh_path_, "bring the folder to the disk");
  const std::string committed = committed_name(name_);
  if (::renameat(old_->fd(), name_.c_str(), old_->fd(), committed.c_str()) != 0)
    demand_written(last_error(), target_, "put the files in place");
  name_ = committed;
  committed_ = true;
  int failed = sync(old_->fd());
  if (failed == 0) failed = move_into(*old_, staging_.get());
  demand_written({failed, std::generic_category()}, target_,
                 "put all files in place (the next command that reads or writes the folder does it)");
  return placed();
}

bool staged_folder::exchange() {
  if (!old_) {
    int failed = rename_flagged(staging_.get(), "new", parent_->fd(), target_.filename().c_str(), only_new);
    if (failed != 0 && not_supported(errno))
      failed = ::renameat(staging_.get(), "new", parent_->fd(), target_.filename().c_str());
    if (failed != 0 && errno != EEXIST && errno != ENOTEMPTY)
      demand_written(last_error(), target_, "put the folder in place");
    return failed == 0 && placed();
  }
  if (exchange_folders) {
    if (rename_flagged(staging_.get(), "new", parent_->fd(), target_.filename().c_str(), swap) == 0) return placed();
    if (errno == ENOENT) return false;
    if (cannot_move(errno)) return stay_in_place();
    if (!not_supported(errno)) demand_written(last_error(), target_, "put the folder in place");
  }
  return step_aside();
}

/// Where the system does not let the folder itself move, its files are replaced.
bool staged_folder::stay_in_place() {
  const auto why = last_error();
  leave_behind();
  if (::renameat(parent_->fd(), name_.c_str(), old_->fd(), name_.c_str()) != 0)
    demand_written(why, target_, "put the folder in place");
  in_place_ = true;
  return move_in();
}

bool staged_folder::step_aside() {
  const std::string name = target_.filename().string();
  remove_tree(staging_.get(), "old");
  if (!committed_) {
    const std::string committed = committed_name(name_);
    // It is there already where another write came between the two steps of an earlier attempt.
    const bool named = ::symlinkat(name.c_str(), staging_.get(), "for") == 0 || errno == EEXIST;
    if (!named || sync(staging_.get()) != 0 ||
        ::renameat(parent_->fd(), name_.c_str(), parent_->fd(), committed.c_str()) != 0)
      demand_written(last_error(), target_, "prepare to put the folder in place");
    name_ = committed;
    static_cast<void>(sync(parent_->fd()));
  }
  if (::renameat(parent_->fd(), name.c_str(), staging_.get(), "old") != 0) {
    if (errno == ENOENT) return false;
    demand_written(last_error(), target_, "set the old folder aside");
  }
  if (::renameat(staging_.get(), "new", parent_->fd(), name.c_str()) == 0) return placed();
  const auto why = last_error();
  if (why.value() == EEXIST || why.value() == ENOTEMPTY) return false;
  committed_ = ::renameat(staging_.get(), "old", parent_->fd(), name.c_str()) != 0; // then the new one goes there later
  demand_written(why, target_, "put the folder in place");
  return false;
}

void staged_folder::place() {
  std::error_code failed;
  written_ = list_folder(fresh_.get(), failed);
  demand_written(failed, fresh_path_, "list the folder");
  if (in_place_) {
    move_in();
    return;
  }
  for (int attempt = 0;; ++attempt) {
    give_rights();
    if (old_) bring_along();
    demand_written({sync(fresh_.get()), std::generic_category()}, fresh_path_, "bring the folder to the disk");
    // What came along is complete only if the old folder was still in its place then.
    if ((!old_ || is_in_place(*old_)) && exchange()) return;
    if (attempt == max_attempts) refuse_to_write(target_, "other writes replace this folder all the time");
    leave_behind(); // another write came first, and what came along may be half of a folder that is being removed
    look();
  }
}

bool staged_folder::placed() {
  committed_ = true;
  const int failed = sync(in_place_ ? old_->fd() : parent_->fd());
  try {
    remove_staging();
  } catch (const std::bad_alloc&) { // the new folder is in its place: that is what was asked for
  }
  if (failed != 0)
    refuse_to_write(target_, "written, but the folder around it could not be synced (" +
                                 std::generic_category().message(failed) +
                                 "): after a power failure the folder from before may be back");
  return true;
}

} // namespace commonweal::inline v0::detail
