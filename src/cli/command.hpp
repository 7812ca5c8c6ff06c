// SPDX-License-Identifier: Apache-2.0
// What the commands share: registration, loading, names that users type, messages.
#pragma once

#include <charconv>
#include <cmath>
#include <cstddef>
#include <iosfwd>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include <commonweal/core/suggest.hpp>
#include <commonweal/initiative.hpp>
#include <commonweal/measure/last_day.hpp>

#include "cli/exit_code.hpp"
#include "cli/table_printer.hpp"
#include "report/style.hpp"

namespace commonweal::inline v0::cli {

// ---- one function a command; each adds itself to the program and sets what runs into `exit` -----
void add_check(CLI::App& program, int& exit);
void add_rollup(CLI::App& program, int& exit);
void add_explain(CLI::App& program, int& exit);
void add_analyze(CLI::App& program, int& exit);
void add_report(CLI::App& program, int& exit);
void add_sample(CLI::App& program, int& exit);
void add_pack(CLI::App& program, int& exit);
void add_unpack(CLI::App& program, int& exit);
void add_lint(CLI::App& program, int& exit);
void add_assess(CLI::App& program, int& exit);
void add_select(CLI::App& program, int& exit);
void add_catalogue(CLI::App& program, int& exit);
void add_structure(CLI::App& program, int& exit);
void add_export(CLI::App& program, int& exit);
/// Every question with its options as JSON, for programs that write code and documentation from it.
void add_options(CLI::App& program, int& exit);

// ---- options that several commands have ---------------------------------------------------------
/// FOLDER, which may be a packed file as well.
void add_source(CLI::App& command, std::string& path);
/// --format table|csv|json
void add_format(CLI::App& command, output_format& format);

/// A number as it was typed: for an unsigned type digits alone, of a value that the type holds, for a double a finite
/// decimal. CLI11's own reading wraps -1 and cuts what is too large to the largest. Throws CLI::ValidationError.
template <class Number>
[[nodiscard]] Number read_number(const std::string& flag, const std::string& text);
/// Examples below the help of a command.
void add_examples(CLI::App& command, const std::vector<std::pair<std::string, std::string>>& examples);

// ---- loading ------------------------------------------------------------------------------------
/// Loads a folder or a packed file, with progress. Throws io, with near names, where there is none.
[[nodiscard]] initiative load_source(const std::string& path, diagnostics& found);
/// Every finding, of its records too; nothing where it does not load.
[[nodiscard]] std::optional<initiative> check_source(const std::string& path, diagnostics& found);
/// As the first; says on standard error how many warnings there were and how to see them.
[[nodiscard]] initiative load_source(const std::string& path);

// ---- what users type ----------------------------------------------------------------------------
/// The id meant by an id, or by a name that only one node of the kind has. Throws invalid_argument with near ids.
/// A group reports as an organization does: its id passes for one.
[[nodiscard]] std::string resolve(const network& net, node_kind kind, const std::string& typed);
[[nodiscard]] period parse_period(const std::string& option, const std::string& text);
/// NAME=NUMBER; `form` says of what, for messages.
[[nodiscard]] std::pair<std::string, double> parse_weight(const std::string& option, const std::string& text,
                                                          std::string_view form);
[[nodiscard]] date parse_date(const std::string& option, const std::string& text);

// ---- below a table --------------------------------------------------------------------------------
/// "As of 2024-12-31, the last day with data."
void print_day(std::ostream& out, day_taken taken);

// ---- messages on standard error -----------------------------------------------------------------
void say(std::string_view message);
/// "commonweal: ...": the findings of an error, at most `limit` of them, or its sentence.
void say_error(const error& e, const std::string& source, std::size_t limit = 100);

template <class Number>
Number read_number(const std::string& flag, const std::string& text) {
  static_assert(std::is_unsigned_v<Number> || std::is_same_v<Number, double>);
  Number value{};
  const char* const end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data(), end, value);
  bool good = failed == std::errc{} && stop == end;
  std::string rule = "a number";
  if constexpr (std::is_unsigned_v<Number>)
    rule = "a whole number from 0 to " + std::to_string(std::numeric_limits<Number>::max());
  else good = good && std::isfinite(value);
  if (!good) throw CLI::ValidationError(flag, text + " is not " + rule);
  return value;
}

} // namespace commonweal::inline v0::cli
