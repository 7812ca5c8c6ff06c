// SPDX-License-Identifier: Apache-2.0
// commonweal report: who an initiative is and where it stands, as a page or as tables.
#include <iostream>
#include <memory>

#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include <commonweal/core/text.hpp>
#include "report/content.hpp"
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

struct arguments {
  std::string path, as_of, group;
  std::optional<double> flat;
  std::optional<color_choice> color;
  std::optional<std::size_t> width;
  bool ascii = false;
  bool full = false;
  std::optional<report::part_of_report> table;
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

int run(const arguments& a) {
  report::report_options options;
  if (!a.as_of.empty()) options.as_of = parse_date("--as-of", a.as_of);
  if (a.flat) options.flat = *a.flat / 100;
  if (a.format == output_format::csv && !a.table)
    throw error(error_code::invalid_argument,
                "CSV is of one table; name it with --table: " +
                    text::enumeration({enum_names<report::part_of_report>::values.begin(),
                                       enum_names<report::part_of_report>::values.end()}));
  diagnostics found;
  const auto source = load_source(a.path, found);
  if (!a.group.empty()) options.group = resolve(source.network(), node_kind::group, a.group);
  auto look = output_style(80, a.color.value_or(color_choice::automatic));
  look.ascii = look.ascii || a.ascii;
  if (a.width) look.width = *a.width;
  const auto made = report::gather(source, found, options);
  if (a.table) {
    if (!a.width) look.width = output_style().width;
    print(std::cout, report::report_table(made, *a.table), a.format, look);
  } else if (a.format == output_format::json) {
    print_json(made);
  } else {
    std::cout << report::draw(made, look, a.full);
  }
  return exit_ok;
}

} // namespace

void add_report(CLI::App& program, int& exit) {
  auto* command =
      program.add_subcommand("report", "Who the initiative is, where its measures stand, what is wrong with the data");
  auto a = std::make_shared<arguments>();
  add_source(*command, a->path);
  command->add_option("-g,--group", a->group, "Report on one group and what is below it")->type_name("G");
  command->add_option("--as-of", a->as_of, "Structure and figures up to this day\n(default: the last day with data)")
      ->type_name("DATE");
  add_number(*command, "--flat", a->flat, "A change of at most this percentage of the\nbaseline is flat (default: 0.5)",
             "PERCENT")
      ->check(CLI::Range(0.0, 100.0).description(""));
  command->add_flag("--full", a->full, "Cut no list");
  command->add_flag("--ascii", a->ascii, "Plain ASCII; so anyway where the locale is not UTF-8");
  add_choice(*command, "--color", a->color, "auto (default), always or never; NO_COLOR is honored", "WHEN");
  add_number(*command, "--width", a->width, "Columns to fill, 72 to 120 (default: the terminal's)", "N")
      ->check(CLI::Range(72, 120).description(""));
  add_choice(*command, "--table", a->table,
             "One part as a table: summary, who, groups,\ngoals, measures, series, scorecard, problems", "TABLE");
  add_format(*command, a->format);
  add_examples(
      *command,
      {{"commonweal report docs/initiatives/communities-that-care", "Where an initiative stands"},
       {"commonweal report demo --as-of 2021-12-31", "Where it stood at the end of 2021"},
       {"commonweal report demo --group sub-initiative-1 --full | less", "One part of it, nothing cut"},
       {"commonweal report demo --table measures --format csv", "Where each measure stands, for a spreadsheet"},
       {"commonweal report demo --format json", "Every table, for a program"}});
  command->callback([a, &exit] { exit = run(*a); });
}

} // namespace commonweal::inline v0::cli
