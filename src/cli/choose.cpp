// SPDX-License-Identifier: Apache-2.0
// commonweal select and commonweal catalogue: choosing a backbone, and what the literature says.
#include <iostream>
#include <memory>

#include <commonweal/catalogue/catalogue.hpp>

#include "answers/judge.hpp"
#include "cli/command.hpp"
#include "cli/terminal.hpp"

namespace commonweal::inline v0::cli {
namespace {

using answers::selection_view;

struct select_arguments {
  std::string path, deadline, as_of;
  std::vector<std::string> weights;
  std::optional<selection_view> show;
  std::uint64_t seed = 1;
  double coordination_cost = 0;
  output_format format = output_format::table;
};

selection_options options_of(const select_arguments& a) {
  selection_options o;
  o.seed = a.seed;
  if (!a.deadline.empty()) o.deadline = parse_date("--deadline", a.deadline);
  for (const auto& w : a.weights) {
    const auto [criterion, weight] = parse_weight("--weight", w);
    o.weights[criterion] = weight;
  }
  return o;
}

int run_select(const select_arguments& a) {
  answers::select_request how;
  how.rank = options_of(a);
  how.coordination_cost = a.coordination_cost;
  if (!a.as_of.empty()) how.as_of = parse_date("--as-of", a.as_of);
  how.who = answers::speaker::command_line;
  const auto source = load_source(a.path);
  const auto show = a.show.value_or(selection_view::rank);
  const auto taken = answers::day_of(source, how.as_of);
  how.as_of = taken.day;
  const auto made = answers::select(source, show, how);
  print(std::cout, made.rows, a.format, output_style(100));
  if (a.format == output_format::table)
    for (const auto& s : made.readings) std::cout << s.text << '\n';
  if (a.format == output_format::table && made.rows.rows() == 0 && made.readings.empty())
    std::cout << (show == selection_view::uncovered ? "Somebody offers each of the six functions.\n"
                  : show == selection_view::tensions
                      ? "No candidate is scored on both sides of a tension (scores.csv).\n"
                      : "There is nobody to choose from (candidates.csv).\n");
  if (a.format == output_format::table && show == selection_view::budget) print_day(std::cout, taken);
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
  auto* command =
      program.add_subcommand("select", "Choose a backbone: candidates ranked, tensions, functions shared, budget");
  auto a = std::make_shared<select_arguments>();
  add_source(*command, a->path);
  add_choice(*command, "--show", a->show, "rank (default), tensions, share, uncovered or\nbudget", "WHAT");
  command->add_option("--weight", a->weights, "CRITERION=NUMBER (repeatable; equal where none is given)")
      ->type_name("W")
      ->allow_extra_args(false);
  add_number(*command, "--seed", a->seed, "Seed of the random weightings (default: 1)", "S");
  command->add_option("--deadline", a->deadline, "Day by which to decide")->type_name("DATE");
  add_number(*command, "--coordination-cost", a->coordination_cost, "Cost of each organization after the first", "C")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--as-of", a->as_of, "Day of the budget (default: the last day with data)")->type_name("DATE");
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
