// SPDX-License-Identifier: Apache-2.0
// commonweal report: who an initiative is and where it stands, as a page or as tables.
#include <iostream>
#include <memory>

#include "answers/requests.hpp"
#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "cli/typed_options.hpp"
#include "report/tables.hpp"
#include "report/terminal_report.hpp"

namespace commonweal::inline v0 {
template <>
struct enum_names<cli::color_choice> {
  static constexpr std::array<std::string_view, 3> values = {"auto", "always", "never"};
};
} // namespace commonweal::inline v0

namespace commonweal::inline v0::cli {
namespace {

/// The terminal says how wide it is and what it shows, unless it is told.
struct printed_report : answers::report_request {
  std::optional<std::size_t> columns;
  color_choice when = color_choice::automatic;
  std::optional<report::part_of_report> show;
  void each_option(auto&& take) {
    each_option_of_content(take);
    take({"ascii", "Plain ASCII; so anyway where the locale is not UTF-8"}, ascii);
    take({"color", "With colors; NO_COLOR is honored", "WHEN"}, when);
    take({"width", "Columns to fill (default: the terminal's)", "N", 72, 120}, columns);
    take({"show", "One part as a table (default: the page)", "TABLE"}, show);
  }
};

struct report_arguments {
  std::string path;
  typed_options typed;
  output_format format = output_format::table;
};

/// Every table by its name.
void print_json(const report::content& c) {
  const char* before = "{\n\"";
  for (std::size_t i = 0; i < enum_names<report::part_of_report>::values.size(); ++i) {
    std::cout << before << enum_names<report::part_of_report>::values[i] << "\": ";
    print(std::cout, report::report_table(c, static_cast<report::part_of_report>(i)), output_format::json, {});
    before = ",\"";
  }
  std::cout << "}\n";
}

int run_report(const report_arguments& a) {
  printed_report how;
  a.typed.store(how);
  if (a.format == output_format::csv && !how.show) how.show = report::part_of_report::measures; // CSV holds one table
  diagnostics found;
  const auto source = load_source(a.path, found);
  resolve_names(how, source.network());
  auto look = output_style(80, how.when);
  look.ascii = look.ascii || how.ascii;
  if (how.columns) look.width = *how.columns;
  const auto made = report::gather(source, found, how.content);
  if (how.show) {
    if (!how.columns) look.width = output_style().width;
    const auto rows = report::report_table(made, *how.show);
    print(std::cout, rows, a.format, look);
    if (a.format == output_format::table && rows.rows() == 0) std::cout << report::why_empty(*how.show) << '\n';
  } else if (a.format == output_format::json) {
    print_json(made);
  } else {
    std::cout << report::draw(made, look, how.full);
  }
  return exit_ok;
}

} // namespace

void add_report(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("report", std::string(printed_report::asks.meaning));
  auto a = std::make_shared<report_arguments>();
  add_source(*command, a->path);
  a->typed.add<printed_report>(*command);
  add_format(*command, a->format);
  add_examples(*command,
               {{"commonweal report docs/initiatives/communities-that-care", "Where an initiative stands"},
                {"commonweal report demo --as-of 2021-12-31", "Where it stood at the end of 2021"},
                {"commonweal report demo --group sub-initiative-1 --full | less", "One part of it, nothing cut"},
                {"commonweal report demo --format csv", "Where each measure stands, for a spreadsheet"},
                {"commonweal report demo --format json", "Every table, for a program"}});
  command->callback([a, &exit] { exit = run_report(*a); });
}

} // namespace commonweal::inline v0::cli
