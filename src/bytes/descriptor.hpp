// SPDX-License-Identifier: Apache-2.0
// A file descriptor that closes itself, and system calls that a signal may interrupt.
#pragma once

#include <cerrno>
#include <utility>

#include <unistd.h>

namespace commonweal::inline v0::detail {

/// Repeats a call that a signal interrupted, though not without end.
template <class Call>
auto uninterrupted(Call call) {
  auto result = call();
  for (int again = 0; result < 0 && errno == EINTR && again < 1000; ++again) result = call();
  return result;
}

class descriptor {
 public:
  descriptor() = default;
  explicit descriptor(int number) : number_(number) {}
  descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~descriptor() {
    const int error = errno;
    if (number_ >= 0) ::close(number_);
    errno = error;
  }
  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }
  int release() { return std::exchange(number_, -1); } ///< to an owner that closes it
  /// 0 or an errno. An interrupted close has closed on Linux and must not be repeated.
  int close() {
    if (::close(std::exchange(number_, -1)) == 0 || errno == EINTR) return 0;
    return errno;
  }

 private:
  int number_ = -1;
};

} // namespace commonweal::inline v0::detail
