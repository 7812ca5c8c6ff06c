// SPDX-License-Identifier: Apache-2.0
// The options of a question on a command line: added from its list, and stored into its request.
#pragma once

#include <cctype>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

#include "answers/option.hpp"
#include "cli/command.hpp"

namespace commonweal::inline v0::cli {

using answers::option;

/// "SHARE", "DATE", "ID": what stands for the value of an option in help.
template <class T>
[[nodiscard]] std::string label_of(const option& o) {
  using one = answers::single<T>;
  if (!o.label.empty()) return std::string(o.label);
  if (o.id_of) return "ID";
  if constexpr (std::is_same_v<one, period>) return "PERIOD";
  if constexpr (std::is_same_v<one, date>) return "DATE";
  std::string out(std::is_arithmetic_v<one> ? "NUMBER" : o.name);
  for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

/// The meaning, the words there are, the default where the meaning does not say it.
template <class T>
[[nodiscard]] std::string help_of(const option& o, const T& standard) {
  using one = answers::single<T>;
  std::string out(o.meaning);
  if constexpr (named_enum<one>) {
    if constexpr (!std::is_same_v<one, node_kind> && !std::is_same_v<one, edge_kind>) {
      std::string words;
      for (const auto w : answers::words_of<one>()) {
        words += (words.empty() ? ": " : ", ") + std::string(w);
        if constexpr (std::is_same_v<T, one>) words += w == to_string(standard) ? " (default)" : "";
      }
      out += words;
    }
  } else if constexpr (std::is_same_v<T, double> || (std::is_integral_v<T> && !std::is_same_v<T, bool>)) {
    if (standard != 0) {
      char digits[32];
      out += " (default: " + std::string(digits, std::to_chars(digits, digits + sizeof digits, standard).ptr) + ")";
    }
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!standard.empty()) out += " (default: " + standard + ")";
  }
  if (answers::takes_several<T>) out += " (repeatable)";
  return out;
}

/// One value as it was typed. Throws CLI::ValidationError or invalid_argument, naming the option.
template <class T>
[[nodiscard]] T read_typed(const option& o, const std::string& text) {
  const std::string flag = answers::flag_of(o.name);
  if constexpr (std::is_same_v<T, std::string>) {
    return text;
  } else if constexpr (std::is_same_v<T, period>) {
    return parse_period(flag, text);
  } else if constexpr (std::is_same_v<T, date>) {
    return parse_date(flag, text);
  } else if constexpr (named_enum<T>) {
    std::string why;
    if (const auto word = answers::word_named<T>(text, why)) return *word;
    throw CLI::ValidationError(flag, why);
  } else if constexpr (std::is_arithmetic_v<T>) {
    T value = read_number<T>(flag, text);
    if (const auto why = answers::why_not(o, static_cast<double>(value)); !why.empty())
      throw CLI::ValidationError(flag, why);
    return value;
  } else if constexpr (std::is_same_v<T, std::pair<std::string, double>>) {
    return parse_weight(flag, text, o.label);
  } else {
    T named;
    named.file = text;
    return named;
  }
}

/// What was typed for the options of a command; of which question they are may be known later.
class typed_options {
 public:
  /// Adds the options of a question.
  template <class Request>
  void add(CLI::App& command) {
    Request standard;
    standard.each_option([&](const option& o, const auto& value) { add_one(command, o, value)->required(o.required); });
  }
  /// Nothing, and NULL, where the command has an option of that name.
  template <class T>
  CLI::Option* add_one(CLI::App& command, const option& o, const T& standard) {
    if (!known_.insert(o.name).second) return nullptr;
    const std::string flag = answers::flag_of(o.name);
    const std::string flags = o.letter != '\0' ? std::string("-") + o.letter + "," + flag : flag;
    const auto into = values_;
    if constexpr (std::is_same_v<T, bool>) {
      return command.add_flag_function(
          flags, [into, o](std::int64_t) { (*into)[o.name] = {""}; }, help_of(o, standard));
    } else {
      // Always taken as many, and counted when it is known of which question they are.
      auto* added = command.add_option_function<std::vector<std::string>>(
          flags, [into, o](const std::vector<std::string>& given) { (*into)[o.name] = given; }, help_of(o, standard));
      added->type_name(label_of<T>(o))->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
      if (o.commas) added->delimiter(',');
      return added;
    }
  }

  /// Stores what was typed. Throws CLI::ValidationError for what the question does not take, and names what it takes.
  template <class Request>
  void store(Request& into) const {
    into.each_option([&](const option& o, auto& member) { store_one(o, member, Request::asks); });
    const auto takes = answers::options_of<Request>();
    for (const auto& [name, given] : *values_)
      if (std::ranges::find(takes, name, &option::name) == takes.end()) refuse(name, takes, Request::asks);
  }

  [[nodiscard]] bool has(std::string_view name) const { return values_->contains(name); }

 private:
  template <class T>
  void store_one(const option& o, T& member, const answers::question& asks) const {
    const auto found = values_->find(o.name);
    if (found == values_->end()) {
      if (o.required)
        throw CLI::ValidationError(std::string(asks.name) + " needs " + answers::flag_of(o.name),
                                   std::string(o.meaning));
      return;
    }
    const auto& given = found->second;
    if (!answers::takes_several<T> && given.size() > 1)
      throw CLI::ValidationError(answers::flag_of(o.name), std::string(asks.name) + " takes one, and " +
                                                               std::to_string(given.size()) + " are given");
    if constexpr (std::is_same_v<T, bool>) member = true;
    else
      for (const auto& text : given) answers::put(member, read_typed<answers::single<T>>(o, text));
  }
  [[noreturn]] static void refuse(std::string_view name, const std::vector<option>& takes,
                                  const answers::question& asks);

  std::shared_ptr<std::map<std::string_view, std::vector<std::string>>> values_ =
      std::make_shared<std::map<std::string_view, std::vector<std::string>>>();
  std::set<std::string_view> known_;
};

/// Ids for the names that were typed, where an option is of ids.
template <class Request>
void resolve_names(Request& how, const network& net) {
  how.each_option([&](const option& o, auto& member) {
    using T = std::remove_cvref_t<decltype(member)>;
    if (!o.id_of) return;
    if constexpr (std::is_same_v<T, std::string>) {
      if (!member.empty()) member = resolve(net, *o.id_of, member);
    } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
      for (auto& id : member) id = resolve(net, *o.id_of, id);
    }
  });
}

} // namespace commonweal::inline v0::cli
