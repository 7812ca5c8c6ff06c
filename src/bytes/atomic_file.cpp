// SPDX-License-Identifier: Apache-2.0
// Saving by way of a temporary file: write, sync, read back, rename, sync the folder.
#include <commonweal/bytes/atomic_file.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <commonweal/core/error.hpp>

#include "bytes/descriptor.hpp"
#include "bytes/staging.hpp"

namespace commonweal::inline v0 {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const char* code, const fs::path& file, std::string message) {
  diagnostic d;
  d.code = code;
  d.file = file.string();
  d.message = std::move(message);
  throw error(error_code::io, std::move(d));
}

std::string answer(int number) { return std::system_category().message(number); }

using detail::descriptor;
using detail::uninterrupted;

/// One save. The destructor removes the temporary file unless it became the real one.
class saving {
 public:
  saving(const fs::path& file, std::span<const std::byte> bytes, const atomic_write_options& options)
      : file_(file), bytes_(bytes), stop_(options.stop), chunk_(std::max<std::size_t>(options.chunk, 1)),
        buffer_(std::make_unique_for_overwrite<std::byte[]>(std::min(chunk_, std::max<std::size_t>(bytes.size(), 1)))) {
  }
  saving(const saving&) = delete;
  saving& operator=(const saving&) = delete;
  ~saving() { static_cast<void>(remove_temporary()); }

  void run() {
    follow_links();
    open_folder();
    look_at_old();
    create_temporary();
    write();
    if (::fsync(temporary_.get()) != 0) stop("syncing the temporary file", errno);
    compare();
    give_up_if_asked();
    const descriptor lock(
        ::dup(temporary_.get())); // the temporary file is not taken for a leftover before it is renamed
    if (!lock.open()) stop("keeping the temporary file", errno);
    if (const int e = temporary_.close(); e != 0) stop("closing the temporary file", e);
    if (::renameat(folder_->fd(), name_.c_str(), folder_->fd(), target_.filename().c_str()) != 0)
      stop("renaming the temporary file", errno);
    name_.clear();
    // Some file systems cannot sync a folder and say EINVAL; there is nothing more to be done on them.
    if (::fsync(folder_->fd()) != 0 && errno != EINVAL)
      fail("cannot_save", file_,
           "saved, but its folder could not be synced (" + answer(errno) +
               "): after a power failure the file from before may be back; save again once the disk is sound");
  }

 private:
  /// Returns a word about a temporary file that could not be removed.
  std::string remove_temporary() {
    if (name_.empty()) return {};
    const std::string name = std::exchange(name_, {});
    if (uninterrupted([&] { return ::unlinkat(folder_->fd(), name.c_str(), 0); }) == 0 || errno == ENOENT) return {};
    return "; the temporary file " + name + " is left and may be deleted";
  }

  [[noreturn]] void stop(const std::string& step, int number) { stop_because(step + ": " + answer(number)); }
  [[noreturn]] void stop_because(const std::string& why) {
    const std::string left = remove_temporary();
    fail("cannot_save", file_, "cannot be saved: " + why + (old_ ? "; the file is as it was" : "") + left);
  }

  void follow_links() {
    target_ = file_;
    std::array<char, 4096> text;
    for (int links = 0; links < 40; ++links) {
      const ssize_t n = ::readlink(target_.c_str(), text.data(), text.size());
      if (n < 0 && (errno == EINVAL || errno == ENOENT)) return; // no link, or nothing there yet
      if (n < 0) stop("looking at it", errno);
      if (static_cast<std::size_t>(n) == text.size()) stop("following its link", ENAMETOOLONG);
      const fs::path to(std::string(text.data(), static_cast<std::size_t>(n)));
      target_ = to.is_absolute() ? to : target_.parent_path() / to;
    }
    stop("following its links", ELOOP);
  }

  void open_folder() {
    if (!target_.has_filename()) stop_because("it is the name of a folder; name a file");
    const fs::path folder = target_.has_parent_path() ? target_.parent_path() : fs::path(".");
    descriptor open(uninterrupted([&] { return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
    if (!open.open()) stop("opening the folder " + folder.string(), errno);
    folder_.emplace(std::move(open), folder);
  }

  void look_at_old() {
    const auto name = target_.filename();
    if (::fstatat(folder_->fd(), name.c_str(), &status_, AT_SYMLINK_NOFOLLOW) != 0) {
      if (errno != ENOENT) stop("looking at it", errno);
      return;
    }
    old_ = true;
    if (!S_ISREG(status_.st_mode)) stop_because("it exists and is no regular file");
    if (::faccessat(folder_->fd(), name.c_str(), W_OK, AT_EACCESS) != 0)
      stop("asking whether it may be written", errno);
  }

  void create_temporary() {
    detail::sweep(*folder_, detail::sweep_for::everything);
    for (int attempt = 0; attempt < 100; ++attempt) {
      const std::string name = detail::temporary_name();
      // An old file's content may be private: nobody else may open the new one before it has the old one's bits.
      const mode_t mode = old_ ? 0600 : 0666;
      temporary_ = descriptor(uninterrupted(
          [&] { return ::openat(folder_->fd(), name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode); }));
      if (!temporary_.open()) {
        if (errno != EEXIST) stop("creating a temporary file in its folder", errno);
        continue;
      }
      name_ = name;
      if (detail::hold_staging(folder_->fd(), name, temporary_.get())) {
        if (old_) keep_owner_and_bits();
        return;
      }
      static_cast<void>(remove_temporary());
    }
    stop("creating a temporary file in its folder", EEXIST);
  }

  void keep_owner_and_bits() {
    const descriptor before(uninterrupted([&] {
      return ::openat(folder_->fd(), target_.filename().c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    }));
    if (const int e = detail::keep_rights(status_, before.get(), temporary_.get()); e != 0)
      stop("keeping its owner and permissions", e);
  }

  void give_up_if_asked() const {
    if (stop_ && stop_())
      throw error(error_code::cancelled, "saving " + file_.string() + " was stopped; the file is as it was");
  }

  void write() {
    for (std::size_t at = 0; at < bytes_.size();) {
      give_up_if_asked();
      const std::size_t want = std::min(chunk_, bytes_.size() - at);
      const ssize_t n = uninterrupted([&] { return ::write(temporary_.get(), bytes_.data() + at, want); });
      if (n < 0) stop("writing the temporary file", errno);
      if (n == 0) stop("writing the temporary file", EIO);
      at += static_cast<std::size_t>(n);
    }
  }

  void compare() {
    // Asks for the disk's own copy where the system can give it; an answer from memory still shows a lost write.
    static_cast<void>(::posix_fadvise(temporary_.get(), 0, 0, POSIX_FADV_DONTNEED));
    for (std::size_t at = 0;;) {
      const std::size_t want = std::min(chunk_, std::max<std::size_t>(bytes_.size(), 1));
      const ssize_t n =
          uninterrupted([&] { return ::pread(temporary_.get(), buffer_.get(), want, static_cast<off_t>(at)); });
      if (n < 0) stop("reading back the temporary file", errno);
      if (n == 0 && at == bytes_.size()) return;
      const auto got = static_cast<std::size_t>(n);
      if (n == 0 || got > bytes_.size() - at || std::memcmp(buffer_.get(), bytes_.data() + at, got) != 0)
        stop_because("the temporary file does not hold what was written; the disk may be failing");
      at += got;
    }
  }

  const fs::path& file_;
  std::span<const std::byte> bytes_;
  const std::function<bool()>& stop_;
  std::size_t chunk_;
  std::unique_ptr<std::byte[]> buffer_;
  fs::path target_;
  std::optional<detail::held_folder> folder_;
  struct stat status_ {};
  bool old_ = false;
  descriptor temporary_;
  std::string name_; // of the temporary file while there is one
};

} // namespace

void write_file_atomically(const fs::path& file, std::span<const std::byte> bytes,
                           const atomic_write_options& options) {
  saving(file, bytes, options).run();
}

file_content read_whole_file(const fs::path& file,
                             const std::function<void(std::span<const std::byte> start, std::uint64_t size)>& check) {
  const auto stop = [&file](int number) { fail("cannot_read", file, "cannot be read: " + answer(number)); };
  const descriptor in(uninterrupted([&] { return ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); }));
  if (!in.open()) stop(errno);
  struct stat status;
  if (::fstat(in.get(), &status) != 0) stop(errno);
  if (S_ISDIR(status.st_mode)) stop(EISDIR);
  if (!S_ISREG(status.st_mode)) fail("cannot_read", file, "cannot be read: it is no regular file");

  const auto read = [&](std::span<std::byte> into) {
    while (!into.empty()) {
      const std::size_t want = std::min(into.size(), std::size_t{1} << 30);
      const ssize_t n = uninterrupted([&] { return ::read(in.get(), into.data(), want); });
      if (n < 0) stop(errno);
      if (n == 0) fail("cannot_read", file, "cannot be read: it became shorter meanwhile");
      into = into.subspan(static_cast<std::size_t>(n));
    }
  };
  file_content content;
  content.size = static_cast<std::size_t>(status.st_size);
  std::array<std::byte, 4096> room;
  const auto start = std::span(room).first(std::min(content.size, room.size()));
  read(start);
  if (check) check(start, content.size);
  content.data = std::make_unique_for_overwrite<std::byte[]>(content.size);
  std::copy(start.begin(), start.end(), content.data.get());
  read(std::span(content.data.get(), content.size).subspan(start.size()));
  return content;
}

} // namespace commonweal::inline v0
