// SPDX-License-Identifier: Apache-2.0
// commonweal check: every finding of a folder, and what it holds.
#include <algorithm>
#include <iostream>
#include <memory>

#include "answers/contents.hpp"
#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "cli/typed_options.hpp"
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::cli {
namespace {

struct check_request {
  static constexpr answers::question asks{"check", "List what is wrong with a folder, then what it holds", false};
  std::optional<std::size_t> limit;
  bool all = false;
  bool summary = false;
  void each_option(auto&& take) {
    take({"limit", "Show at most so many findings (default: 100; all in csv and json)", "N"}, limit);
    take({"all", "Show every finding"}, all);
    take({"summary", "Only what the folder holds: item, count, detail"}, summary);
  }
};

struct check_arguments {
  std::string path;
  typed_options typed;
  output_format format = output_format::table;
};

std::string counts_of(const diagnostics& found) {
  return text::enumeration({text::counted(found.count(severity::error), "error"),
                            text::counted(found.count(severity::warning), "warning"),
                            text::counted(found.count(severity::note), "note")});
}

void print_findings(const diagnostics& found, const check_request& asked, output_format format,
                    const report::style& look) {
  auto items = found.items();
  // Errors first; otherwise in the order found.
  std::stable_sort(items.begin(), items.end(), [](const auto& x, const auto& y) { return x.severity > y.severity; });
  const auto whole = found.count(severity::error) + found.count(severity::warning) + found.count(severity::note);
  const std::size_t usual = format == output_format::table ? 100 : items.size();
  const auto limit = asked.all ? items.size() : std::min(items.size(), asked.limit.value_or(usual));
  if (format != output_format::table) {
    items.resize(limit);
    return print(std::cout, answers::findings_table(items), format, look);
  }
  for (std::size_t i = 0; i < limit; ++i) {
    const auto& d = items[i];
    auto text = text::clean(d.to_string());
    if (look.ascii) text = text::to_ascii(text);
    const auto word = to_string(d.severity);
    const auto how = d.severity == severity::error     ? report::style::ink::bad
                     : d.severity == severity::warning ? report::style::ink::caution
                                                       : report::style::ink::faint;
    const auto lines =
        look.width == 0 ? std::vector{text} : text::wrap(text, std::max<std::size_t>(look.width, 40) - 2);
    for (std::size_t k = 0; k < lines.size(); ++k)
      std::cout << (k == 0 ? look.in(how, word) + lines[k].substr(word.size()) : "  " + lines[k]) << '\n';
  }
  if (limit < whole)
    std::cout << "... and " << text::grouped(static_cast<std::int64_t>(whole - limit)) << " more"
              << (limit < items.size() ? "; --all shows them" : ", too many to keep") << '\n';
  if (whole > 0) std::cout << '\n';
}

int run_check(const check_arguments& a) {
  check_request how;
  a.typed.store(how);
  const auto look = output_style();
  diagnostics found;
  const auto source = check_source(a.path, found);
  if (!how.summary || !source) print_findings(found, how, a.format, look);
  if (!source) {
    if (a.format == output_format::table) std::cout << a.path << " does not load: " << counts_of(found) << ".\n";
    return exit_data;
  }
  if (how.summary || a.format == output_format::table) print(std::cout, answers::summary_of(*source), a.format, look);
  if (a.format == output_format::table) {
    const auto title = source->info().title.empty() ? source->info().name : source->info().title;
    std::cout << '\n'
              << a.path << (found.has_errors() ? " loads, but some of its records cannot be right: " : " loads: ")
              << counts_of(found) << ".\n";
    if (!title.empty())
      std::cout << (look.ascii ? text::to_ascii(text::clean(title)) : text::clean(title))
                << (source->info().synthetic ? " (synthetic)" : "") << '\n';
  }
  return found.has_errors() ? exit_data : exit_ok;
}

} // namespace

void add_check(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("check", std::string(check_request::asks.meaning));
  auto a = std::make_shared<check_arguments>();
  add_source(*command, a->path);
  add_format(*command, a->format);
  a->typed.add<check_request>(*command);
  add_examples(
      *command,
      {{"commonweal check my-initiative", "Does it load, and what is in it?"},
       {"commonweal check my-initiative --format csv > findings.csv", "Every finding, for a spreadsheet"},
       {"commonweal check my-initiative && commonweal report my-initiative", "The exit code says whether it loads"}});
  command->callback([a, &exit] { exit = run_check(*a); });
}

} // namespace commonweal::inline v0::cli
