// SPDX-License-Identifier: Apache-2.0
// commonweal select and commonweal catalogue: choosing a backbone, and what the literature says.
#include <iostream>
#include <memory>

#include <commonweal/assess/budget.hpp>
#include <commonweal/assess/selection.hpp>
#include <commonweal/catalogue/catalogue.hpp>
#include <commonweal/measure/last_day.hpp>

#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "report/text.hpp"

namespace commonweal::inline v0::cli {
namespace {

enum class selection_view { rank, tensions, share, budget };

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
    const auto equals = w.find('=');
    std::size_t read = 0;
    double value = 0;
    try {
      value = equals == std::string::npos ? 0 : std::stod(w.substr(equals + 1), &read);
    } catch (const std::exception&) {
      read = 0;
    }
    if (read == 0 || equals + 1 + read != w.size()) throw error(error_code::invalid_argument, "--weight: " + w + " is not CRITERION=NUMBER");
    o.weights[w.substr(0, equals)] = value;
  }
  return o;
}

int run_select(const select_arguments& a) {
  const auto source = load_source(a.path);
  const auto look = output_style(100);
  switch (a.show.value_or(selection_view::rank)) {
    case selection_view::tensions: print(std::cout, tension_table(source.records()), a.format, look); return exit_ok;
    case selection_view::share: {
      sharing_options o;
      o.coordination_cost = a.coordination_cost;
      print(std::cout, share_functions(source.records(), o), a.format, look);
      const auto open = uncovered_functions(source.records());
      if (a.format == output_format::table && !open.empty()) std::cout << "Nobody offers " << report::enumeration(open) << ", so that no set covers all six functions.\n";
      return exit_ok;
    }
    case selection_view::budget: {
      const auto day = a.as_of.empty() ? last_day_known(source.network(), source.measures()) : std::optional(parse_date("--as-of", a.as_of));
      if (!day) throw error(error_code::invalid_argument, "the data knows no day; name one with --as-of");
      print(std::cout, backbone_budget({source.network(), source.measures(), source.records(), *day}), a.format, look);
      return exit_ok;
    }
    case selection_view::rank: break;
  }
  print(std::cout, rank_backbones(source.records(), options_of(a)), a.format, look);
  if (a.format == output_format::table)
    std::cout << "wins: share of 10,000 random weightings won (seed " << a.seed << "). Good enough is no gap; a gap can be filled by another: --show share.\n";
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
} // namespace commonweal::inline v0::cli

namespace commonweal::inline v0 {
template <>
struct enum_names<cli::selection_view> {
  static constexpr std::array<std::string_view, 4> values = {"rank", "tensions", "share", "budget"};
};
} // namespace commonweal::inline v0

namespace commonweal::inline v0::cli {

void add_select(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("select", "Choose a backbone: candidates ranked, tensions, functions shared, budget");
  auto a = std::make_shared<select_arguments>();
  add_source(*command, a->path);
  add_choice(*command, "--show", a->show, "rank (default), tensions, share or budget", "WHAT");
  command->add_option("--weight", a->weights, "CRITERION=NUMBER (repeatable; equal where none is given)")->type_name("W")->allow_extra_args(false);
  command->add_option("--seed", a->seed, "Seed of the random weightings (default: 1)")->type_name("S");
  command->add_option("--deadline", a->deadline, "Day by which to decide")->type_name("DATE");
  command->add_option("--coordination-cost", a->coordination_cost, "Cost of each organization after the first")->type_name("C")->check(CLI::NonNegativeNumber);
  command->add_option("--as-of", a->as_of, "Day of the budget (default: the last day with data)")->type_name("DATE");
  add_format(*command, a->format);
  add_examples(*command, {{"commonweal select FOLDER --weight neutrality=2 --weight convening=1", "Neutrality counts twice"},
                          {"commonweal select FOLDER --show share", "The fewest organizations that cover all six functions"}});
  command->callback([a, &exit] { exit = run_select(*a); });
}

void add_catalogue(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("catalogue", "What the literature fixes: conditions, functions, phases, rubrics");
  auto a = std::make_shared<catalogue_arguments>();
  command->add_option("LIST", a->list, "Name of a list; all names when left out");
  add_format(*command, a->format);
  add_examples(*command, {{"commonweal catalogue", "The lists there are"}, {"commonweal catalogue effectiveness --format csv", "27 signs of an effective backbone"}});
  command->callback([a, &exit] { exit = run_catalogue(*a); });
}

} // namespace commonweal::inline v0::cli
