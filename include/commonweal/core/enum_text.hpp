// SPDX-License-Identifier: Apache-2.0
// Enumerations with names: one list beside each enumeration serves printing, parsing and messages.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace commonweal::inline v0 {

/// Specialize with `static constexpr std::array<std::string_view, N> values`, in the order of the
/// enumerators, whose values must be 0 to N-1.
template <class E>
struct enum_names;

/// For an enumeration whose words stand in the schema: `struct enum_names<E> : enum_words<schema::LIST> {};`.
template <const auto& List>
struct enum_words {
  static constexpr auto values = List;
};

template <class E>
concept named_enum = requires {
  enum_names<E>::values.size();
};

template <named_enum E>
[[nodiscard]] constexpr std::string_view to_string(E e) {
  return enum_names<E>::values[static_cast<std::size_t>(e)];
}

/// True where `last` has the last name, which is `word`: so that enumeration and list cannot part unseen.
template <named_enum E>
[[nodiscard]] consteval bool ends_with_word(E last, std::string_view word) {
  return enum_names<E>::values.size() == static_cast<std::size_t>(last) + 1 && enum_names<E>::values.back() == word;
}

/// The enumerator with exactly this name, or nothing.
template <named_enum E>
[[nodiscard]] constexpr std::optional<E> parse_enum(std::string_view text) {
  for (std::size_t i = 0; i < enum_names<E>::values.size(); ++i)
    if (enum_names<E>::values[i] == text) return static_cast<E>(i);
  return std::nullopt;
}

/// "sum, mean, ...": every name, for a message that says what would have been right.
template <named_enum E>
[[nodiscard]] std::string list_of_names() {
  std::string out;
  for (const auto name : enum_names<E>::values) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

} // namespace commonweal::inline v0
