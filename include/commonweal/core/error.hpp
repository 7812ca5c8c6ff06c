// SPDX-License-Identifier: Apache-2.0
// The one exception type of the library: a code, a message, and where.
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <commonweal/core/diagnostic.hpp>

namespace commonweal::inline v0 {

/// What kind of failure it was; the values are fixed permanently (the C ABI returns them as status).
enum class error_code : std::uint8_t {
  ok = 0,
  invalid_argument = 1, ///< the caller's mistake: an unknown group, an impossible option
  invalid_data = 2,     ///< the input's mistake: see diagnostics()
  io = 3,               ///< the system's answer: no such file, no permission, disk full
  cancelled = 4,        ///< a progress callback asked to stop
  no_memory = 5,
  internal = 6,
};

template <>
struct enum_names<error_code> {
  static constexpr std::array<std::string_view, 7> values = {"ok",        "invalid_argument", "invalid_data", "io",
                                                             "cancelled", "no_memory",        "internal"};
};

/// Thrown by every fallible function. `what()` is a sentence for a person, `where()` the first finding in
/// full, `all()` every finding when a whole input was checked.
class error : public std::runtime_error {
 public:
  error(error_code code, const std::string& message) : std::runtime_error(message), code_(code) {
    where_.code = std::string(commonweal::to_string(code));
    where_.message = message;
  }
  error(error_code code, diagnostic where)
      : std::runtime_error(where.to_string()), code_(code), where_(std::move(where)) {}
  /// REQUIRES: `all.has_errors()`.
  error(error_code code, diagnostics all)
      : std::runtime_error(all.first_error()->to_string()), code_(code), where_(*all.first_error()),
        all_(std::move(all)) {}

  [[nodiscard]] error_code code() const noexcept { return code_; }
  [[nodiscard]] const diagnostic& where() const noexcept { return where_; }
  [[nodiscard]] const diagnostics& all() const noexcept { return all_; }

 private:
  error_code code_;
  diagnostic where_;
  diagnostics all_;
};

} // namespace commonweal::inline v0
