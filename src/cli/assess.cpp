// SPDX-License-Identifier: Apache-2.0
// commonweal assess and commonweal lint: judgements with their evidence.
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <ranges>

#include <commonweal/assess/assess.hpp>

#include "answers/judge.hpp"
#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "cli/typed_options.hpp"
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::cli {
namespace {

using report::style;

/// The day; and where it comes from, unless it was named or is the last with data.
std::string said(day_taken taken) {
  const bool plain = taken.origin == day_origin::asked || taken.origin == day_origin::data;
  return taken.day.to_string() + (plain ? "" : " (" + std::string(origin_text(taken.origin)) + ")");
}

struct lint_arguments {
  std::string path;
  typed_options typed;
  output_format format = output_format::table;
};

int run_lint(const lint_arguments& a) {
  answers::lint_request how;
  a.typed.store(how);
  const auto source = load_source(a.path);
  const auto taken = answers::day_of(source, how.as_of);
  const table found = lint(source.network(), source.measures(), taken.day, source.records());
  const auto look = output_style(100);
  if (a.format != output_format::table) {
    print(std::cout, found, a.format, look);
    return exit_ok;
  }
  std::cout << "Links on " << said(taken) << ": "
            << (found.rows() == 0 ? "every one holds." : text::counted(found.rows(), "finding") + ".") << '\n';
  std::string_view rule;
  for (std::size_t i = 0; i < found.rows(); ++i) {
    if (found["rule"].text(i) != rule) {
      rule = found["rule"].text(i);
      std::cout << '\n'
                << look.in(style::ink::bold, rule) << "  (" << found["severity"].text(i) << "; asked for by "
                << found["requirement"].text(i) << ")\n";
      for (const auto& line : text::wrap("To fix: " + std::string(found["mend"].text(i)), 96))
        std::cout << "  " << line << '\n';
    }
    std::cout << "  - " << text::clean(found["name"].text(i)) << ' ' << found["finding"].text(i) << " ["
              << found["id"].text(i) << "]\n";
  }
  return exit_ok;
}

struct assess_arguments {
  std::string path, explain;
  typed_options typed;
  output_format format = output_format::table;
};

std::string mark(const style& look, verdict v) {
  const auto word = text::pad_right(v == verdict::not_met ? "not met" : to_string(v), 8);
  switch (v) {
    case verdict::met: return look.in(style::ink::good, word);
    case verdict::partly: return look.in(style::ink::caution, word);
    case verdict::not_met: return look.in(style::ink::bad, word);
    case verdict::unknown: break;
  }
  return look.in(style::ink::faint, word);
}

// A criterion is a part where another one's id is its beginning.
std::size_t depth_of(const judgement& j) {
  return static_cast<std::size_t>(std::count(j.criterion.begin(), j.criterion.end(), '.'));
}

std::string counts(const std::vector<judgement>& all) {
  std::map<verdict, std::size_t> n;
  for (const auto& j : all) ++n[j.verdict];
  return std::to_string(n[verdict::met]) + " met, " + std::to_string(n[verdict::partly]) + " partly, " +
         std::to_string(n[verdict::not_met]) + " not met, " + std::to_string(n[verdict::unknown]) + " unknown (" +
         text::percent(share_unknown(all)) + ", not counted against it)";
}

void print_summary(const std::vector<judgement>& all, const initiative& source, day_taken taken, bool details,
                   const style& look) {
  std::cout << look.in(style::ink::bold,
                       text::clean(source.info().title.empty() ? source.info().name : source.info().title))
            << ", judged on " << said(taken) << '\n'
            << text::counted(all.size(), "criterion", "criteria") << ": " << counts(all) << ".\n";
  std::string family;
  for (const auto& j : all) {
    const std::string now = j.criterion.substr(0, j.criterion.find('.'));
    if (now != family) std::cout << '\n' << look.in(style::ink::bold, now) << '\n';
    family = now;
    if (!details && depth_of(j) > 1) continue;
    std::cout << "  " << mark(look, j.verdict) << ' ' << std::string(2 * (depth_of(j) - 1), ' ') << j.question << "  "
              << look.in(style::ink::faint, "[" + j.criterion + "]");
    if (j.score) std::cout << "  " << text::human(*j.score, 3) << (j.scale.empty() ? "" : " " + j.scale);
    std::cout << '\n';
  }
  std::cout << "\nThe evidence of one: --explain ID." << (details ? "" : " The parts of a criterion: --only ID.")
            << '\n';
}

void print_lines(const char* title, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  std::cout << title << '\n';
  for (const auto& line : lines)
    for (bool first = true; const auto& piece : text::wrap(text::clean(line), 92)) {
      std::cout << (first ? "  - " : "    ") << piece << '\n';
      first = false;
    }
}

void print_evidence(const judgement& j, const style& look) {
  std::cout << look.in(style::ink::bold, j.question) << "  [" << j.criterion << "]\n" << mark(look, j.verdict);
  if (j.score) std::cout << "  " << text::human(*j.score, 4) << ' ' << j.scale;
  std::cout << '\n';
  print_lines("Rule", {j.rule});
  print_lines("Evidence for", j.evidence_for);
  print_lines("Evidence against", j.evidence_against);
  if (!j.missing.empty()) print_lines("What the records lack", {j.missing});
  print_lines("What would change it", {j.change});
  print_lines("Source", {j.source});
}

int run_assess(const assess_arguments& a) {
  answers::assess_request how;
  a.typed.store(how);
  const auto source = load_source(a.path);
  const auto taken = answers::day_of(source, how.as_of);
  const date day = taken.day;
  const auto all = answers::judge(source, how, day, answers::option_style::command_line);
  const auto look = output_style(100);
  if (how.compare) {
    const table moved = answers::moved(answers::judge(source, how, *how.compare, answers::option_style::command_line),
                                       all, *how.compare, day);
    print(std::cout, moved, a.format, look);
    if (a.format == output_format::table)
      std::cout << text::counted(moved.rows(), "criterion", "criteria") << " of " << all.size() << " moved.\n";
    return exit_ok;
  }
  if (!a.explain.empty()) {
    const auto it = std::ranges::find(all, a.explain, &judgement::criterion);
    if (it == all.end())
      throw error(error_code::invalid_argument,
                  with_hint("--explain: there is no criterion " + a.explain + "; `commonweal assess " + a.path +
                                " --format csv` lists them",
                            did_you_mean(a.explain, std::views::transform(all, &judgement::criterion))));
    if (a.format == output_format::table) print_evidence(*it, look);
    else print(std::cout, to_table(std::vector{*it}, day), a.format, look);
    return exit_ok;
  }
  if (a.format != output_format::table) print(std::cout, to_table(all, day), a.format, look);
  else print_summary(all, source, taken, !how.only.empty() || !how.rubric.empty(), look);
  if (a.format == output_format::table && how.only.empty() && how.rubric.empty()) {
    const table months = answers::duration_table(source, day);
    const double low = months["low"].values<double>()[0], high = months["high"].values<double>()[0];
    std::cout << "\nMonths that the first two phases may take: " << text::human(low, 3)
              << (high > low ? " to " + text::human(high, 3) : "") << '\n';
    for (const auto& line : text::wrap(months["arithmetic"].text(0), 96)) std::cout << "  " << line << '\n';
  }
  return exit_ok;
}

} // namespace

void add_lint(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("lint", std::string(answers::lint_request::asks.meaning));
  auto a = std::make_shared<lint_arguments>();
  add_source(*command, a->path);
  a->typed.add<answers::lint_request>(*command);
  add_format(*command, a->format);
  add_examples(
      *command,
      {{"commonweal lint docs/initiatives/communities-that-care", "What is not linked, and how to fix it"},
       {"commonweal lint demo --as-of 2021-12-31 --format csv", "The same at the end of 2021, for a spreadsheet"}});
  command->callback([a, &exit] { exit = run_lint(*a); });
}

void add_assess(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("assess", std::string(answers::assess_request::asks.meaning));
  auto a = std::make_shared<assess_arguments>();
  add_source(*command, a->path);
  a->typed.add<answers::assess_request>(*command);
  command->add_option("--explain", a->explain, "The whole evidence of one criterion")->type_name("CRITERION");
  add_format(*command, a->format);
  add_examples(*command,
               {{"commonweal assess docs/initiatives/communities-that-care",
                 "One page: what is met, partly met, not met, unknown"},
                {"commonweal assess demo --explain condition.common_agenda.framework", "Why, and what would change it"},
                {"commonweal assess demo --compare 2020-12-31", "What moved since the end of 2020"}});
  command->callback([a, &exit] { exit = run_assess(*a); });
}

} // namespace commonweal::inline v0::cli
