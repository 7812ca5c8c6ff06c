// SPDX-License-Identifier: Apache-2.0
// commonweal select and commonweal catalogue: choosing a backbone, and what the literature says.
#include <iostream>
#include <memory>

#include <commonweal/catalogue/catalogue.hpp>

#include "answers/judge.hpp"
#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "cli/typed_options.hpp"

namespace commonweal::inline v0::cli {
namespace {

using answers::selection_view;

struct select_arguments {
  std::string path;
  typed_options typed;
  output_format format = output_format::table;
};

int run_select(const select_arguments& a) {
  answers::select_request how;
  a.typed.store(how);
  const auto source = load_source(a.path);
  const auto taken = answers::day_of(source, how.as_of);
  how.as_of = taken.day;
  const auto made = answers::select(source, how, {.style = answers::option_style::command_line});
  print(std::cout, made.rows, a.format, output_style(100));
  if (a.format == output_format::table)
    for (const auto& s : made.readings) std::cout << s.text << '\n';
  if (a.format == output_format::table && made.rows.rows() == 0 && made.readings.empty())
    std::cout << (how.show == selection_view::uncovered ? "Somebody offers each of the six functions.\n"
                  : how.show == selection_view::tensions
                      ? "No candidate is scored on both sides of a tension (scores.csv).\n"
                      : "There is nobody to choose from (candidates.csv).\n");
  if (a.format == output_format::table && how.show == selection_view::budget) print_day(std::cout, taken);
  return exit_ok;
}

struct catalogue_arguments {
  std::string list;
  output_format format = output_format::table;
};

int run_catalogue(const catalogue_arguments& a) {
  print(std::cout, a.list.empty() ? catalogue::lists() : catalogue::list(a.list), a.format, output_style(100));
  return exit_ok;
}

} // namespace

void add_select(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("select", std::string(answers::select_request::asks.meaning));
  auto a = std::make_shared<select_arguments>();
  add_source(*command, a->path);
  a->typed.add<answers::select_request>(*command);
  add_format(*command, a->format);
  add_examples(*command,
               {{"commonweal select FOLDER --weight neutrality=2 --weight convening=1", "Neutrality counts twice"},
                {"commonweal select FOLDER --show share", "The fewest organizations that cover all six functions"}});
  command->callback([a, &exit] { exit = run_select(*a); });
}

void add_catalogue(CLI::App& program, int& exit) {
  auto* command =
      program.add_subcommand("catalogue", "What the literature fixes: conditions, functions, phases, rubrics");
  auto a = std::make_shared<catalogue_arguments>();
  command->add_option("LIST", a->list, "Name of a list; all names when left out");
  add_format(*command, a->format);
  add_examples(*command, {{"commonweal catalogue", "The lists there are"},
                          {"commonweal catalogue effectiveness --format csv", "27 signs of an effective backbone"}});
  command->callback([a, &exit] { exit = run_catalogue(*a); });
}

} // namespace commonweal::inline v0::cli
