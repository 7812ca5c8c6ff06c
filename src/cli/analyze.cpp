// SPDX-License-Identifier: Apache-2.0
// commonweal analyze: what is typed into a request, the answer printed, its sentences below the table.
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include <commonweal/core/csv_table.hpp>

#include "answers/analyze.hpp"
#include "cli/command.hpp"
#include "cli/help_formatter.hpp"
#include "cli/terminal.hpp"
#include "cli/typed_options.hpp"
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::cli {
namespace {

using answers::analyses;

struct analyze_arguments {
  std::string path, what;
  typed_options typed;
  output_format format = output_format::table;
};

/// work(request) with a request of every analysis.
template <class Work>
void each_analysis(Work&& work) {
  std::apply([&](auto... request) { (work(std::move(request)), ...); }, analyses{});
}

std::vector<std::string_view> names_of_analyses() {
  std::vector<std::string_view> out;
  each_analysis([&](const auto& request) { out.push_back(request.asks.name); });
  return out;
}

/// The local observations: every column as text, for names and units, and those that are read as what they are.
void read_local(answers::local_observations& local) {
  if (local.file.empty()) return;
  local.words = read_csv(local.file);
  const std::vector<csv_column> plan = {{"reporter", column_type::utf8, true, {}},
                                        {"local", column_type::utf8, true, {}},
                                        {"period", column_type::period, true, {}},
                                        {"value", column_type::float64, false, {}},
                                        {"breakdown", column_type::utf8, false, {}}};
  for (std::size_t k = 0; k < 4; ++k)
    if (local.words->find(plan[k].name) == nullptr)
      throw error(error_code::invalid_argument,
                  local.file + " has no column " + plan[k].name + "; it needs reporter, local, period and value");
  local.rows = read_csv(local.file, plan);
}

void print_sentence(const std::string& sentence) {
  for (const auto& line : text::wrap(text::clean(sentence), 96)) std::cout << line << '\n';
}

/// Sentences that are a column are read below the table, the first of them.
answers::answer with_sentences_below(answers::answer made) {
  const column* words = made.rows.find("reading");
  if (words == nullptr) return made;
  answers::answer out{{}, std::move(made.readings)};
  for (std::size_t i = 0; i < words->size() && out.readings.size() < 10; ++i)
    if (!words->is_null(i)) out.readings.push_back({i, {}, std::string(words->text(i))});
  for (const auto& c : made.rows.columns())
    if (c.name() != "reading") out.rows.add_column(c);
  return out;
}

/// The table cuts what does not fit: the first calls in full.
void print_calls(const table& calls) {
  if (calls.rows() > 0) std::cout << '\n';
  for (std::size_t i = 0; i < std::min<std::size_t>(10, calls.rows()); ++i)
    print_sentence(
        std::to_string(i + 1) + ". " + std::string(calls["name"].text(i)) + ", " +
        std::string(calls["indicator"].text(i)) +
        (calls["period"].is_null(i) ? std::string() : ", " + calls["period"].values<period>()[i].to_string()) + ", " +
        std::string(calls["what"].text(i)) + ": " + std::string(calls["why"].text(i)) + ".");
}

template <class Request>
int run_one(const analyze_arguments& a, Request how) {
  constexpr bool of_quality = std::is_same_v<Request, answers::quality_request>;
  const bool for_reading = a.format == output_format::table;
  if constexpr (of_quality) how.top = for_reading ? 20 : 0;
  a.typed.store(how);
  const auto source = load_source(a.path);
  resolve_names(how, source.network());
  if constexpr (std::is_same_v<Request, answers::harmonize_request>) read_local(how.local);
  auto made = answers::analyze(source, how, {answers::option_style::command_line, for_reading});
  if (for_reading) made = with_sentences_below(std::move(made));
  print(std::cout, made.rows, a.format, output_style());
  if (!for_reading) return exit_ok;
  if (!made.readings.empty()) std::cout << '\n';
  for (const auto& s : made.readings) print_sentence(s.about.empty() ? s.text : s.about + ": " + s.text);
  if constexpr (of_quality)
    if (how.show == answers::quality_view::calls) print_calls(made.rows);
  return exit_ok;
}

int run_analyze(const analyze_arguments& a) {
  std::optional<int> exit;
  std::string what = a.what;
  std::replace(what.begin(), what.end(), '-', '_');
  each_analysis([&](auto request) {
    if (!exit && (what.empty() || what == request.asks.name)) exit = run_one(a, std::move(request));
  });
  if (!exit) throw error(error_code::invalid_argument, answers::unknown_of(a.what, names_of_analyses()));
  return *exit;
}

/// Help of one analysis where one is named (`commonweal analyze demo chart --help`); else the options that most have.
class analyze_formatter : public help_formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override {
    std::map<std::string, std::pair<std::string, std::size_t>> all; // by flag: the help, and how many take it
    each_analysis([&](auto request) {
      bool named = false;
      for (const auto* word : {"folder", "what"})
        for (const auto& typed : app->get_option(word)->results()) named = named || typed == request.asks.name;
      if (named) only_ = request.asks;
      request.each_option([&](const option& o, const auto& standard) {
        const auto flag = answers::flag_of(o.name);
        if (all[flag].second++ == 0) all[flag].first = help_of(o, standard);
        if (named) shown_[flag] = help_of(o, standard);
      });
    });
    for (const auto& [flag, found] : all)
      if (!only_ && 2 * found.second > std::tuple_size_v<analyses>) shown_[flag] = found.first;
      else if (!shown_.contains(flag)) hidden_.insert(flag);
    return help_formatter::make_help(app, std::move(name), mode);
  }
  std::string make_description(const CLI::App* app) const override {
    return only_ ? std::string(only_->name) + ": " + std::string(only_->meaning) + "\n"
                 : help_formatter::make_description(app);
  }
  std::string make_positionals(const CLI::App* app) const override {
    return only_ ? std::string() : help_formatter::make_positionals(app);
  }
  std::string make_group(std::string group, bool is_positional, std::vector<const CLI::Option*> all) const override {
    std::erase_if(all, [&](const CLI::Option* o) { return hidden_.contains(long_name(o)); });
    return help_formatter::make_group(std::move(group), is_positional, std::move(all));
  }
  std::string make_option_desc(const CLI::Option* o) const override {
    const auto found = shown_.find(long_name(o));
    return found == shown_.end() ? help_formatter::make_option_desc(o) : found->second;
  }

 private:
  static std::string long_name(const CLI::Option* o) {
    return o->get_lnames().empty() ? std::string() : "--" + o->get_lnames()[0];
  }
  mutable std::optional<answers::question> only_;
  mutable std::map<std::string, std::string> shown_; ///< by flag, with its help
  mutable std::set<std::string> hidden_;
};

} // namespace

void add_analyze(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("analyze", "Trends, targets, charts, forecasts, gaps and data quality");
  auto a = std::make_shared<analyze_arguments>();
  add_source(*command, a->path);
  std::string what = "Which analysis; its own help has its options:\n`commonweal analyze chart --help`";
  each_analysis([&](auto request) {
    what += "\n" + std::string(request.asks.name) + ": " + std::string(request.asks.meaning);
    request.each_option([&](const option& o, const auto& standard) { (void)a->typed.add_one(*command, o, standard); });
  });
  command->add_option("what", a->what, what)->type_name("WHAT");
  command->formatter(std::make_shared<analyze_formatter>());
  add_format(*command, a->format);
  add_examples(*command,
               {{"commonweal analyze demo", "Does each measure of the top group rise or fall, more than by chance"},
                {"commonweal analyze demo card --as-of 2022-12-31 --as-of 2021-12-31",
                 "How many measures moved right, this year and last"},
                {"commonweal analyze demo chart --indicator people-served --rules anhoej --rules nhs",
                 "Which months stand out, by two sets of rules"},
                {"commonweal analyze demo quality --as-of 2022-12-31", "Whom to call about which report, worst first"},
                {"commonweal analyze demo forecast --indicator people-served --reconcile structural --format csv",
                 "Forecasts of groups and reporters that add up"},
                {"commonweal analyze demo contributions -i people-served --from 2021-06 --to 2022-06",
                 "Who moved the total between two months"}});
  command->callback([a, &exit] { exit = run_analyze(*a); });
}

} // namespace commonweal::inline v0::cli
