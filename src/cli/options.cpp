// SPDX-License-Identifier: Apache-2.0
// Options of questions: what is refused, and all of them as JSON.
#include <iostream>

#include <commonweal/core/text.hpp>

#include "answers/requests.hpp"
#include "cli/typed_options.hpp"

namespace commonweal::inline v0::cli {
namespace {

void quote(std::string_view text) {
  std::cout << '"';
  for (const char c : text) std::cout << (c == '"' || c == '\\' ? "\\" : "") << c;
  std::cout << '"';
}

template <class T>
std::string_view type_of(const option& o) {
  using one = answers::single<T>;
  if (o.id_of) return "id";
  if constexpr (std::is_same_v<one, bool>) return "flag";
  else if constexpr (named_enum<one>) return "word";
  else if constexpr (std::is_same_v<one, double>) return "number";
  else if constexpr (std::is_integral_v<one>) return "whole";
  else if constexpr (std::is_same_v<one, period>) return "period";
  else if constexpr (std::is_same_v<one, date>) return "day";
  else if constexpr (std::is_same_v<one, std::string>) return "text";
  else if constexpr (std::is_same_v<one, std::pair<std::string, double>>) return "weight";
  else return "rows";
}

template <class T>
void print_default(const T& value) {
  if constexpr (std::is_same_v<T, bool>) std::cout << (value ? "true" : "false");
  else if constexpr (named_enum<T>) quote(to_string(value));
  else if constexpr (std::is_arithmetic_v<T>) std::cout << value;
  else if constexpr (std::is_same_v<T, std::string>) {
    if (value.empty()) std::cout << "null";
    else quote(value);
  } else std::cout << "null";
}

template <class T>
void print_option(const option& o, const T& value, bool first) {
  using one = answers::single<T>;
  std::cout << (first ? "\n" : ",\n") << "    {\"name\": ";
  quote(o.name);
  std::cout << ", \"type\": ";
  quote(type_of<T>(o));
  std::cout << ", \"several\": " << (answers::takes_several<T> ? "true" : "false") << ", \"default\": ";
  print_default(value);
  std::cout << ", \"required\": " << (o.required ? "true" : "false") << ", \"label\": ";
  quote(std::is_same_v<T, bool> ? std::string() : label_of<T>(o));
  std::cout << ", \"words\": [";
  if constexpr (named_enum<one>)
    for (bool begun = false; const auto word : answers::words_of<one>()) {
      std::cout << (begun ? ", " : "");
      quote(word);
      begun = true;
    }
  std::cout << "], \"meaning\": ";
  quote(o.meaning);
  std::cout << "}";
}

template <class Request>
void print_question(bool analysis, bool first) {
  std::cout << (first ? "" : ",\n") << "  {\"question\": ";
  quote(Request::asks.name);
  std::cout << ", \"analysis\": " << (analysis ? "true" : "false")
            << ", \"progress\": " << (Request::asks.hears_progress ? "true" : "false") << ", \"meaning\": ";
  quote(Request::asks.meaning);
  std::cout << ", \"options\": [";
  Request standard;
  standard.each_option([first_option = true](const option& o, const auto& value) mutable {
    print_option(o, value, first_option);
    first_option = false;
  });
  std::cout << "]}";
}

template <class... Analysis>
bool is_analysis(std::string_view name, const std::tuple<Analysis...>*) {
  return ((name == Analysis::asks.name) || ...);
}

template <class... Request>
void print_all(const std::tuple<Request...>*) {
  std::cout << "[\n";
  bool first = true;
  const auto print = [&]<class R>(const R*) {
    print_question<R>(is_analysis(R::asks.name, static_cast<const answers::analyses*>(nullptr)), first);
    first = false;
  };
  (print(static_cast<const Request*>(nullptr)), ...);
  std::cout << "\n]\n";
}

} // namespace

void typed_options::refuse(std::string_view name, const std::vector<option>& takes, const answers::question& asks) {
  std::vector<std::string> flags;
  for (const auto& o : takes) flags.push_back(answers::flag_of(o.name));
  const auto flag = answers::flag_of(name);
  throw CLI::ValidationError(
      flag, with_hint("not an option of " + std::string(asks.name) + ", which takes " + text::joined(flags),
                      did_you_mean(flag, flags)));
}

void add_options(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("options", "Every question with its options, as JSON");
  command->group(""); // for programs: not in the help
  command->callback([&exit] {
    print_all(static_cast<const answers::questions*>(nullptr));
    exit = exit_ok;
  });
}

} // namespace commonweal::inline v0::cli
