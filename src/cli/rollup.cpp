// SPDX-License-Identifier: Apache-2.0
// commonweal rollup and commonweal explain: figures up the cascade, and what they are made of.
#include <cmath>
#include <iostream>
#include <memory>

#include <commonweal/measure/operator_text.hpp>
#include <commonweal/rollup/exact_sum.hpp>

#include "answers/requests.hpp"
#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "cli/typed_options.hpp"
#include <commonweal/core/text.hpp>
#include <commonweal/core/values.hpp>

namespace commonweal::inline v0::cli {
namespace {

struct rollup_arguments {
  std::string path;
  typed_options typed;
  output_format format = output_format::table;
};

int run_rollup(const rollup_arguments& a) {
  answers::rollup_request asked;
  a.typed.store(asked);
  const auto source = load_source(a.path);
  resolve_names(asked, source.network());
  const auto figures = source.rollup(asked.how);
  print(std::cout, figures, a.format, output_style());
  if (a.format == output_format::table && figures.rows() == 0)
    std::cout << "There is no figure: nobody below these groups is to report these measures in these periods.\n";
  return exit_ok;
}

/// Sum of a column over the rows that have a value, rounded once; nothing where no row has one.
std::optional<double> sum_of(const column& c) {
  exact_sum sum;
  bool any = false;
  for (std::size_t i = 0; i < c.size(); ++i) {
    if (c.is_null(i)) continue;
    sum.add(c.values<double>()[i]);
    any = true;
  }
  return any ? std::optional(sum.value()) : std::nullopt;
}

/// For reading: the rows, without the columns that only repeat what was asked for, and a last row that adds them up.
table with_total(const table& rows, const figure* made, const std::string& indicator, period when) {
  const auto repeats = [](const column& c, const cell& asked) {
    for (std::size_t i = 0; i < c.size(); ++i)
      if (c.at(i) != asked) return false;
    return true;
  };
  table out;
  for (const auto& c : rows.columns())
    if (!(c.name() == "indicator" && repeats(c, std::string_view(indicator))) &&
        !(c.name() == "period" && repeats(c, when)))
      out.add_column(c);
  if (rows.rows() == 0) return out;
  std::vector<cell> total(out.column_count());
  for (std::size_t i = 0; i < out.column_count(); ++i) {
    const auto& name = out[i].name();
    if (name == "reporter") total[i] = std::string_view("total");
    if (name == "share")
      if (const auto sum = sum_of(out[i])) total[i] = *sum;
    if (made == nullptr) continue;
    if (name == "numerator" && !std::isnan(made->numerator)) total[i] = made->numerator;
    if (name == "denominator" && !std::isnan(made->denominator)) total[i] = made->denominator;
    if (name == "state") total[i] = to_string(made->state);
  }
  out.append_row(total);
  return out;
}

void say_wrapped(const std::string& sentence, const report::style& look) {
  for (const auto& line : text::wrap(sentence, look.width == 0 ? sentence.size() : look.width))
    std::cout << line << '\n';
}

/// The sentence below the table: the figure, and whether the rows make it.
void print_total(const table& rows, const figure& made, const indicator_definition& what, const report::style& look) {
  const auto number = [](double x) { return std::isnan(x) ? "none" : text::human(x, 6); };
  std::cout << '\n'
            << look.in(report::style::ink::bold, "The figure: " + number(made.value))
            << (what.unit.empty() ? "" : " " + text::clean(what.unit)) << " (" << to_string(made.state) << "), "
            << text::grouped(made.reported) << " of " << text::grouped(made.expected) << " reports.\n";
  if (std::isnan(made.value)) return;
  if (const auto shares = sum_of(rows["share"])) {
    say_wrapped("The shares add up to " + text::human(*shares, 6) +
                    (*shares == made.value ? ": exactly the figure."
                                           : ", which is not the figure: " + to_text(made.value) + "."),
                look);
    return;
  }
  if (!std::isnan(made.numerator) && !std::isnan(made.denominator)) {
    say_wrapped("It is " + (what.factor == 1 ? std::string() : text::human(what.factor) + " x ") +
                    number(made.numerator) + " / " + number(made.denominator) +
                    ": numerators and denominators are added over the rows that have both, then divided.",
                look);
    return;
  }
  say_wrapped("The operator is " + operator_text(what.over_groups, what.groups_percent) + " over groups and " +
                  operator_text(what.over_time, what.time_percent) + " over time, which does not add up row by row.",
              look);
}

int run_explain(const rollup_arguments& a) {
  answers::explain_request request;
  a.typed.store(request);
  const auto source = load_source(a.path);
  const auto& net = source.network();
  resolve_names(request, net);
  const auto& [group, indicator, period_asked, how] = request;
  const auto when = period_asked.value();
  const auto rows = source.explain(group, indicator, when, how);
  const auto look = output_style();
  if (a.format != output_format::table) {
    print(std::cout, rows, a.format, look);
    return exit_ok;
  }
  auto options = how;
  options.groups = {group};
  options.indicators = {indicator};
  options.every = when.freq();
  options.from = options.to = when;
  const auto asked = net.find<node_kind::indicator>(indicator).value();
  const auto made = source.figures(options);
  const figure* figure = made.find(group, asked, when);
  print(std::cout, with_total(rows, figure, indicator, when), a.format, look);
  if (figure != nullptr) print_total(rows, *figure, source.measures().indicators[asked.value], look);
  return exit_ok;
}

} // namespace

void add_rollup(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("rollup", std::string(answers::rollup_request::asks.meaning));
  auto a = std::make_shared<rollup_arguments>();
  add_source(*command, a->path);
  a->typed.add<answers::rollup_request>(*command);
  add_format(*command, a->format);
  add_examples(
      *command,
      {{"commonweal rollup demo --indicator people-served --every year", "People served by every group, a row a year"},
       {"commonweal rollup demo -g council -i people-served --from 2021-01 --to 2021-06", "Half a year of one group"},
       {"commonweal rollup demo --missing minimum_coverage --minimum-coverage 0.9 --format csv",
        "Only figures with nine in ten reports"}});
  command->callback([a, &exit] { exit = run_rollup(*a); });
}

void add_explain(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("explain", std::string(answers::explain_request::asks.meaning));
  auto a = std::make_shared<rollup_arguments>();
  add_source(*command, a->path);
  a->typed.add<answers::explain_request>(*command);
  add_format(*command, a->format);
  add_examples(*command, {{"commonweal explain demo --indicator people-served --group working-group-1 --period 2021-03",
                           "Who reported what, and through which groups it counts"},
                          {"commonweal explain demo -i people-served -g council -p 2021 --format csv",
                           "A whole year, for a spreadsheet"}});
  command->callback([a, &exit] { exit = run_explain(*a); });
}

} // namespace commonweal::inline v0::cli
