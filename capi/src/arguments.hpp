// SPDX-License-Identifier: Apache-2.0
// What callers pass: text, lists, option structs, words, periods, days. Everything is checked before it is used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal.h>
#include <commonweal/core/detail/thread_exit.hpp>
#include <commonweal/core/enum_text.hpp>
#include <commonweal/core/error.hpp>
#include <commonweal/core/period.hpp>
#include <commonweal/core/suggest.hpp>
#include <commonweal/core/utf8.hpp>
#include <commonweal/initiative.hpp>
#include <commonweal/load.hpp>

namespace commonweal::inline v0::capi {

[[noreturn]] void refuse(const std::string& message);

/// `name` is the argument's, for messages. Throws invalid_argument for NULL with a size, more than 1 MiB, or what is
/// not UTF-8.
[[nodiscard]] std::string_view checked_text(const char* data, std::size_t size, const char* name);
[[nodiscard]] inline std::string_view checked_text(cw_text t, const char* name) {
  return checked_text(t.data, t.size, name);
}
/// Refuses a list of a length that no list has, or that is not there.
void check_list(const void* items, std::size_t count, const char* name);
/// A path may not be blank or hold a NUL.
[[nodiscard]] std::filesystem::path path(const char* data, std::size_t size);
[[nodiscard]] std::span<const std::byte> bytes_of(const void* bytes, std::size_t size);
[[nodiscard]] std::optional<date> optional_date(cw_text t, const char* name);
[[nodiscard]] period required_period(std::string_view t, const char* name);
[[nodiscard]] date required_date(std::string_view t, const char* name);
/// Throws invalid_argument for NaN and infinities.
[[nodiscard]] double number(double value, const char* name);
/// What the caller wants to be told.
[[nodiscard]] progress progress_of(const cw_progress* given);

/// Tells progress, and logs findings as they come: at every telling those since the one before.
class listener {
 public:
  listener(const cw_progress* given, const diagnostics& found);
  listener(const listener&) = delete;
  listener& operator=(const listener&) = delete;
  /// Empty where no callback is set. Borrows.
  [[nodiscard]] progress tell();
  /// Logs what was not yet.
  void log();

 private:
  cw_progress to_;
  const diagnostics& found_;
  std::size_t logged_ = 0;
};

/// work(progress), heard by the caller; every finding is logged when it has ended, well or not. Not in a destructor:
/// the thread may end in a callback.
template <class Work>
auto heard(const cw_progress* given, const diagnostics& found, Work&& work) {
  listener hears(given, found);
  try {
    auto out = std::forward<Work>(work)(hears.tell());
    hears.log();
    return out;
  }
  COMMONWEAL_LET_THREAD_END
  catch (...) {
    hears.log();
    throw;
  }
}

/// How many bytes of a struct of `known` bytes the caller has given, in whole members; what this library does not know
/// must be zero.
[[nodiscard]] std::size_t given_size(const void* given, std::size_t known);

/// The caller's options over the defaults. Members are eight bytes wide, or come in pairs of four.
template <class T>
[[nodiscard]] T options(const T* given, const T& defaults) {
  T out = defaults;
  if (given != nullptr) {
    std::memcpy(static_cast<void*>(&out), given, given_size(given, sizeof(T)));
    if constexpr (requires { out.reserved; })
      if (out.reserved != 0) refuse("a reserved member of the options is not 0");
  }
  return out;
}

} // namespace commonweal::inline v0::capi
