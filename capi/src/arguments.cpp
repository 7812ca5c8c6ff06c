// SPDX-License-Identifier: Apache-2.0
// Checks of what callers pass.
#include "arguments.hpp"

#include <algorithm>
#include <cmath>
#include <new>

#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::capi {

namespace {
constexpr std::size_t longest_text = std::size_t{1} << 20;
constexpr std::size_t longest_list = std::size_t{1} << 24;
constexpr std::size_t largest_struct = std::size_t{1} << 16;
} // namespace

void refuse(const std::string& message) { throw error(error_code::invalid_argument, message); }

std::string_view checked_text(const char* data, std::size_t size, const char* name) {
  if (size == 0) return {};
  if (data == nullptr) refuse(std::string(name) + ": the text is NULL and its length is not 0");
  if (size > longest_text) refuse(std::string(name) + ": the text is longer than 1 MiB");
  const std::string_view out(data, size);
  if (!is_utf8(out)) refuse(std::string(name) + ": the text is not UTF-8");
  return out;
}

void check_list(const void* items, std::size_t count, const char* name) {
  if (count == 0) return;
  if (items == nullptr) refuse(std::string(name) + ": the list is NULL and its length is not 0");
  if (count > longest_list) refuse(std::string(name) + ": the list is longer than 16,777,216 items");
}

std::filesystem::path path(const char* data, std::size_t size) {
  const auto t = checked_text(data, size, "path");
  if (t.empty()) refuse("path: the text is blank");
  if (t.find('\0') != std::string_view::npos) refuse("path: the text holds a NUL");
  return std::filesystem::path(t);
}

std::span<const std::byte> bytes_of(const void* bytes, std::size_t size) {
  if (bytes == nullptr && size > 0) refuse("the bytes are NULL and their number is not 0");
  if (size > static_cast<std::size_t>(PTRDIFF_MAX)) refuse("the number of bytes is beyond memory");
  return {static_cast<const std::byte*>(bytes), size};
}

period required_period(std::string_view t, const char* name) {
  if (const auto p = period::parse(t)) return *p;
  refuse(std::string(name) + ": " + std::string(t) +
         " is not a valid period. Write 2024, 2024-Q1, 2024-03, 2024-W05 or 2024-03-15");
}
date required_date(std::string_view t, const char* name) {
  if (const auto d = date::parse(t)) return *d;
  refuse(std::string(name) + ": " + std::string(t) + " is not a valid date. Write 2024-03-15");
}

std::optional<date> optional_date(cw_text given, const char* name) {
  const auto t = checked_text(given, name);
  if (t.empty()) return std::nullopt;
  return required_date(t, name);
}

double number(double value, const char* name) {
  if (!std::isfinite(value)) refuse(std::string(name) + ": not a finite number");
  return value;
}

namespace {
bool told(const cw_progress& to, double share, std::string_view doing) {
  if (to.tell == nullptr) return true;
  const std::string line(doing); // with its NUL
  return to.tell(to.user, share, line.c_str(), line.size()) == 0;
}
} // namespace

progress progress_of(const cw_progress* given) {
  const auto o = options(given, cw_progress CW_PROGRESS_INIT);
  if (o.tell == nullptr) return {};
  return [o](double share, std::string_view doing) { return told(o, share, doing); };
}

listener::listener(const cw_progress* given, const diagnostics& found)
    : to_(options(given, cw_progress CW_PROGRESS_INIT)), found_(found) {}
progress listener::tell() {
  if (to_.tell == nullptr && to_.log == nullptr) return {};
  return [this](double share, std::string_view doing) {
    log();
    return told(to_, share, doing);
  };
}
void listener::log() {
  if (to_.log == nullptr) return;
  try {
    for (const auto& items = found_.items(); logged_ < items.size(); ++logged_) {
      const std::string line = text::clean(items[logged_].to_string());
      to_.log(to_.user, static_cast<std::int32_t>(items[logged_].severity), line.c_str(), line.size());
    }
  } catch (const std::bad_alloc&) {
    return; // out of memory for a line: it is told again, and in the end it is in the findings
  }
}

std::size_t given_size(const void* given, std::size_t known) {
  std::uint32_t size = 0;
  std::memcpy(&size, given, sizeof size);
  if (size < sizeof(std::uint64_t) || size > largest_struct)
    refuse("struct_size is " + std::to_string(size) + ": begin with the _INIT macro of the options");
  const auto* bytes = static_cast<const unsigned char*>(given);
  if (size > known && !std::all_of(bytes + known, bytes + size, [](unsigned char b) { return b == 0; }))
    refuse("the options hold something that this version of the library does not know");
  return std::min<std::size_t>(size & ~std::uint32_t{7}, known);
}

} // namespace commonweal::inline v0::capi
