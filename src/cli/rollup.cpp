// SPDX-License-Identifier: Apache-2.0
// commonweal rollup and commonweal explain: figures up the cascade, and what they are made of.
#include <cmath>
#include <iostream>
#include <memory>

#include <commonweal/measure/operator_text.hpp>
#include <commonweal/rollup/exact_sum.hpp>

#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include <commonweal/core/text.hpp>
#include <commonweal/core/values.hpp>

namespace commonweal::inline v0::cli {
namespace {

/// How a figure is made; the same for both commands.
struct how_arguments {
  std::string as_of, breakdown;
  std::optional<in_force_rule> membership;
  std::optional<missing_policy> missing;
  std::optional<double> minimum_coverage, adjustment;

  void add_to(CLI::App& command) {
    command.add_option("--as-of", as_of, "Use the structure of this one day for all periods")->type_name("DATE");
    add_choice(
        command, "--missing", missing,
        "What missing reports do: complete_case\n(default), all_or_nothing, minimum_coverage,\ncarry_forward, adjusted",
        "POLICY");
    add_number(command, "--minimum-coverage", minimum_coverage, "Share of reports needed (default: 0.75)", "SHARE")
        ->check(CLI::Range(0.0, 1.0).description(""));
    add_number(command, "--adjustment", adjustment, "k of the policy adjusted (default: 0.25)", "K")
        ->check(CLI::Range(0.0, 1.0).description(""));
    add_choice(command, "--membership", membership,
               "When a membership counts: last_day (default),\nfirst_day, any_day, whole_period", "RULE");
    command.add_option("--breakdown", breakdown, "A part of the whole: 'sex=female'")->type_name("PART");
  }
  [[nodiscard]] rollup_options options() const {
    rollup_options o;
    if (!as_of.empty()) o.as_of = parse_date("--as-of", as_of);
    if (membership) o.membership = *membership;
    if (missing) o.missing = *missing;
    if (minimum_coverage) o.minimum_coverage = *minimum_coverage;
    if (adjustment) o.adjustment = *adjustment;
    o.breakdown = breakdown;
    return o;
  }
};

struct rollup_arguments {
  std::string path, from, to;
  std::vector<std::string> indicators, groups;
  std::optional<frequency> every;
  how_arguments how;
  output_format format = output_format::table;
};

int run_rollup(const rollup_arguments& a) {
  auto options = a.how.options();
  if (!a.from.empty()) options.from = parse_period("--from", a.from);
  if (!a.to.empty()) options.to = parse_period("--to", a.to);
  options.every = a.every;
  const auto source = load_source(a.path);
  options.indicators = resolve(source.network(), node_kind::indicator, a.indicators);
  options.groups = resolve(source.network(), node_kind::group, a.groups);
  const auto figures = source.rollup(options);
  print(std::cout, figures, a.format, output_style());
  if (a.format == output_format::table && figures.rows() == 0)
    std::cout << "There is no figure: nobody below these groups is to report these measures in these periods.\n";
  return exit_ok;
}

struct explain_arguments {
  std::string path, indicator, group, when;
  how_arguments how;
  output_format format = output_format::table;
};

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

int run_explain(const explain_arguments& a) {
  auto options = a.how.options();
  const auto when = parse_period("--period", a.when);
  const auto source = load_source(a.path);
  const auto& net = source.network();
  const auto group = resolve(net, node_kind::group, a.group);
  const auto indicator = resolve(net, node_kind::indicator, a.indicator);
  const auto rows = source.explain(group, indicator, when, options);
  const auto look = output_style();
  if (a.format != output_format::table) {
    print(std::cout, rows, a.format, look);
    return exit_ok;
  }
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
  auto* command = program.add_subcommand("rollup", "Figures of every group: each reporter counts once on every level");
  auto a = std::make_shared<rollup_arguments>();
  add_source(*command, a->path);
  command->add_option("-i,--indicator", a->indicators, "Only this indicator, by id or name (repeatable)")
      ->type_name("I")
      ->allow_extra_args(false);
  command->add_option("-g,--group", a->groups, "Only this group, by id or name (repeatable)")
      ->type_name("G")
      ->allow_extra_args(false);
  add_choice(*command, "--every", a->every,
             "Aggregate over time: day, week, month, quarter\nor year (default: as reported)", "FREQUENCY");
  command->add_option("--from", a->from, "First period: 2024, 2024-Q1, 2024-03")->type_name("P");
  command->add_option("--to", a->to, "Last period")->type_name("P");
  a->how.add_to(*command);
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
  auto* command = program.add_subcommand("explain", "The reporters and amounts behind one figure");
  auto a = std::make_shared<explain_arguments>();
  add_source(*command, a->path);
  command->add_option("-i,--indicator", a->indicator, "Indicator, by id or name")->required()->type_name("I");
  command->add_option("-g,--group", a->group, "Group, by id or name")->required()->type_name("G");
  command->add_option("-p,--period", a->when, "Period: 2024, 2024-Q1, 2024-03")->required()->type_name("P");
  a->how.add_to(*command);
  add_format(*command, a->format);
  add_examples(*command, {{"commonweal explain demo --indicator people-served --group working-group-1 --period 2021-03",
                           "Who reported what, and through which groups it counts"},
                          {"commonweal explain demo -i people-served -g council -p 2021 --format csv",
                           "A whole year, for a spreadsheet"}});
  command->callback([a, &exit] { exit = run_explain(*a); });
}

} // namespace commonweal::inline v0::cli
