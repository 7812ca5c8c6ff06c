// SPDX-License-Identifier: Apache-2.0
// What the commands share: loading, names that users type, messages.
#include "cli/command.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <ostream>
#include <system_error>

#include <commonweal/core/suggest.hpp>
#include <commonweal/load.hpp>
#include <commonweal/network/named_node.hpp>

#include "answers/contents.hpp"
#include "bytes/staging.hpp"
#include "cli/progress_line.hpp"
#include "cli/terminal.hpp"
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::cli {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_beside(const fs::path& path) {
  std::vector<std::string> out;
  std::error_code ignored;
  const auto parent = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (fs::directory_iterator at(parent, ignored), end; !ignored && at != end && out.size() < 10'000;
       at.increment(ignored))
    out.push_back((path.has_parent_path() ? parent / at->path().filename() : at->path().filename()).string());
  return out;
}

} // namespace

void add_source(CLI::App& command, std::string& path) {
  command.add_option("folder", path, "Data Package folder, or a packed file")->required()->type_name("FOLDER");
}

void add_format(CLI::App& command, output_format& format) {
  command
      .add_option_function<std::string>(
          "--format",
          [&format](const std::string& text) {
            const auto read = parse_enum<output_format>(text);
            if (!read) throw CLI::ValidationError("--format", unknown_word<output_format>(text));
            format = *read;
          },
          "table (default), csv or json")
      ->type_name("FORMAT");
}

void add_examples(CLI::App& command, const std::vector<std::pair<std::string, std::string>>& examples) {
  std::string text = "Examples:";
  for (const auto& [line, meaning] : examples) text += "\n  # " + meaning + "\n  " + line;
  command.footer(text);
}

namespace {
void require_source(const std::string& path) {
  std::error_code failed;
  if (const auto status = fs::status(path, failed); status.type() != fs::file_type::not_found) return;
  if (detail::settle_beside(path) != detail::settled::clear) return; // a write has it in hand, or had
  throw error(error_code::io, with_hint("there is no folder or file " + path, did_you_mean(path, names_beside(path))));
}
} // namespace

initiative load_source(const std::string& path, diagnostics& found) {
  require_source(path);
  progress_line line;
  return load(path, found, line.callback());
}

std::optional<initiative> check_source(const std::string& path, diagnostics& found) {
  require_source(path);
  progress_line line;
  return answers::check(path, found, line.callback());
}

initiative load_source(const std::string& path) {
  diagnostics found;
  auto out = load_source(path, found);
  if (const auto n = found.count(severity::warning); n > 0)
    say("commonweal: " + text::counted(n, "warning") + " in " + path + "; `commonweal check " + path + "` lists " +
        (n == 1 ? "it" : "them"));
  return out;
}

std::string resolve(const network& net, node_kind kind, const std::string& typed) {
  const auto found = net.find(typed);
  if (found && (found->kind == kind || (found->kind == node_kind::group && kind == node_kind::organization)))
    return typed;
  std::string by_name;
  std::size_t matches = 0;
  for (std::uint32_t i = 0; i < net.size(kind); ++i) {
    const node_ref n{kind, i};
    if (net.name(n).size() == typed.size() && typing_distance(net.name(n), typed) == 0) by_name = net.id(n), ++matches;
  }
  if (matches == 1) return by_name;
  throw error(error_code::invalid_argument, matches == 0
                                                ? no_such_node(net, {kind}, typed)
                                                : with_hint(text::counted(matches, std::string(to_string(kind))) +
                                                                " have the name " + typed + "; give the id of one",
                                                            hint_for_node(net, {kind}, typed)));
}

period parse_period(const std::string& option, const std::string& text) {
  if (const auto p = period::parse(text)) return *p;
  throw error(error_code::invalid_argument,
              option + " " + text + " is not a valid period. Write 2024, 2024-Q1, 2024-03, 2024-W05 or 2024-03-15");
}

std::pair<std::string, double> parse_weight(const std::string& option, const std::string& text, std::string_view form) {
  const auto equals = text.find('=');
  double value = 0;
  const char* const end = text.data() + text.size();
  const char* const begin = equals == std::string::npos ? end : text.data() + equals + 1;
  const auto read = std::from_chars(begin, end, value);
  if (begin == end || read.ec != std::errc{} || read.ptr != end || !std::isfinite(value))
    throw error(error_code::invalid_argument, option + ": " + text + " is not " + std::string(form));
  return {text.substr(0, equals), value};
}

date parse_date(const std::string& option, const std::string& text) {
  if (const auto d = date::parse(text)) return *d;
  throw error(error_code::invalid_argument, option + " " + text + " is not a valid date. Write 2024-03-15");
}

void print_day(std::ostream& out, day_taken taken) {
  out << "As of " << taken.day.to_string();
  if (taken.origin != day_origin::asked) out << ", " << origin_text(taken.origin);
  out << ".\n";
}

void say(std::string_view message) {
  const auto look = message_style();
  const auto text = text::clean(message);
  std::fprintf(stderr, "%s\n", (look.ascii ? text::to_ascii(text) : text).c_str());
}

void say_error(const error& e, const std::string& source, std::size_t limit) {
  const auto& items = e.all().items();
  if (items.empty()) return say(std::string("commonweal: ") + e.what());
  std::size_t shown = 0;
  for (const auto& d : items) {
    if (d.severity != severity::error) continue;
    if (shown++ == limit) break;
    say(d.to_string());
  }
  const auto n = e.all().count(severity::error);
  say("commonweal: " + text::counted(n, "error") + (source.empty() ? "" : " in " + source) + ", nothing was loaded" +
      (n > limit ? "; `commonweal check " + (source.empty() ? "FOLDER" : source) + " --all` lists them all" : ""));
}

} // namespace commonweal::inline v0::cli
