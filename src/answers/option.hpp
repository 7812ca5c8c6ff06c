// SPDX-License-Identifier: Apache-2.0
// Options of questions, declared once: the command line, the C interface, Python, R and the documentation read the
// lists.
//
// A request is a struct of plain members. Beside them its each_option(take) calls take(option, member) for each option:
// the type of an option is that of the member, its words are those of the enumeration, its default is the initializer.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <commonweal/core/date.hpp>
#include <commonweal/core/enum_text.hpp>
#include <commonweal/core/period.hpp>
#include <commonweal/core/suggest.hpp>
#include <commonweal/core/text.hpp>
#include <commonweal/core/values.hpp>
#include <commonweal/network/kinds.hpp>

namespace commonweal::inline v0::answers {

/// What is asked: the word for it, and a sentence on what it answers. A request has one as `asks`.
struct question {
  std::string_view name; ///< with underscores
  std::string_view meaning;
  bool hears_progress = true; ///< whether a caller may follow the work and stop it
};

/// One option, apart from its value. An option that may be given several times has a singular name.
struct option {
  std::string_view name; ///< with underscores; a command line writes hyphens
  std::string_view meaning;
  std::string_view label = {}; ///< what stands for the value in help; by its type when blank
  double least = -std::numeric_limits<double>::infinity(), most = std::numeric_limits<double>::infinity();
  std::optional<node_kind> id_of =
      {};             ///< an id, for which a person may type a name; a reporter is an organization here
  char letter = '\0'; ///< -i for --indicator
  bool required = false;
  bool commas = false; ///< a command line takes several in one word
};

/// How messages write the names of options: `--as-of` for who types commands, `as_of` in backticks for who programs.
enum class option_style : std::uint8_t { command_line, library };

[[nodiscard]] inline std::string flag_of(std::string_view name) {
  std::string out = "--" + std::string(name);
  for (char& c : out)
    if (c == '_') c = '-';
  return out;
}
[[nodiscard]] inline std::string written(option_style style, std::string_view name) {
  return style == option_style::command_line ? flag_of(name) : "`" + std::string(name) + "`";
}

// ---- types of values ----------------------------------------------------------------------------
/// The words of an enumeration that an option offers: all of them, unless specialized.
template <named_enum E>
[[nodiscard]] constexpr bool is_offered(E) {
  return true;
}
template <named_enum E>
[[nodiscard]] std::vector<std::string_view> words_of() {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < enum_names<E>::values.size(); ++i)
    if (is_offered(static_cast<E>(i))) out.push_back(enum_names<E>::values[i]);
  return out;
}

/// "fortnite is none of: day, week, month. Did you mean month?"
template <class Words>
[[nodiscard]] std::string unknown_of(std::string_view word, const Words& words) {
  return with_hint(std::string(word) + " is none of: " + text::joined(words), did_you_mean(word, words));
}

/// The enumerator of a word, in which hyphens pass for underscores; or the message of why there is none.
template <named_enum E>
[[nodiscard]] std::optional<E> word_named(std::string word, std::string& why) {
  for (char& c : word)
    if (c == '-') c = '_';
  const auto e = parse_enum<E>(word);
  if (e && is_offered(*e)) return e;
  why = unknown_of(word, words_of<E>());
  return std::nullopt;
}

/// Weights by what they weigh, in the order given.
using weights = std::vector<std::pair<std::string, double>>;

/// What one value of a member is, and whether there may be several.
template <class T>
struct value_traits {
  using single = T;
  static constexpr bool several = false;
};
template <class T>
struct value_traits<std::optional<T>> : value_traits<T> {};
template <class T>
struct value_traits<std::vector<T>> {
  using single = T;
  static constexpr bool several = true;
};
template <class Kind>
struct value_traits<kind_set<Kind>> {
  using single = Kind;
  static constexpr bool several = true;
};
template <class T>
using single = typename value_traits<T>::single;
template <class T>
inline constexpr bool takes_several = value_traits<T>::several;

/// Puts one value into a member.
template <class T>
void put(T& into, T value) {
  into = std::move(value);
}
template <class T>
void put(std::optional<T>& into, T value) {
  into = std::move(value);
}
template <class T>
void put(std::vector<T>& into, T value) {
  into.push_back(std::move(value));
}
template <class Kind>
void put(std::optional<kind_set<Kind>>& into, Kind value) {
  into = into.value_or(kind_set<Kind>{}) | kind_set<Kind>(value);
}

/// Why a number is no value of an option; blank where it is.
[[nodiscard]] inline std::string why_not(const option& o, double value) {
  if (std::isfinite(value) && value >= o.least && value <= o.most) return {};
  if (!std::isfinite(value)) return "not a finite number";
  if (o.least == 0 && o.most == 1) return to_text(value) + " is not a share from 0 to 1";
  return to_text(value) + " is not a number" + (std::isfinite(o.least) ? " from " + to_text(o.least) : "") +
         (std::isfinite(o.most) ? " to " + to_text(o.most) : "");
}

/// The options of a request, without their values.
template <class Request>
[[nodiscard]] std::vector<option> options_of() {
  std::vector<option> out;
  Request{}.each_option([&](const option& o, const auto&) { out.push_back(o); });
  return out;
}

} // namespace commonweal::inline v0::answers
