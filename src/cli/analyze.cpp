// SPDX-License-Identifier: Apache-2.0
// commonweal analyze: what is typed into a request, the answer printed, its sentences below the table.
#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

#include <commonweal/core/csv_table.hpp>

#include "answers/analyze.hpp"
#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::cli {
namespace {

using answers::analysis;

struct analyze_arguments {
  std::string path, what = "trend", from, to, freeze, by, reference, compare, local;
  std::vector<std::string> indicators, groups, reporters, days, phases, ghosts, rules, order, standard;
  std::optional<frequency> every;
  std::optional<trend_test> test;
  std::optional<card_basis> basis;
  std::optional<path_kind> path_shape;
  std::optional<chart_kind> kind;
  std::optional<answers::quality_view> show;
  std::optional<forecast_method> method;
  std::optional<reconciliation> reconcile;
  std::optional<answers::harmonize_view> table;
  double confidence = 0.95;
  double flat = 0.0;
  double tolerance = 0.5;
  std::size_t top = 20;
  std::size_t horizon = 0;
  bool screen = false;
  bool phase_table = false;
  bool all = false;
  output_format format = output_format::table;
};

std::vector<std::string> resolve_reporters(const network& net, const std::vector<std::string>& typed) {
  std::vector<std::string> out;
  for (const auto& t : typed) {
    const auto n = net.find(t);
    out.push_back(n && n->kind == node_kind::group ? t : resolve(net, node_kind::organization, t));
  }
  return out;
}

std::vector<period> parse_periods(const std::string& option, const std::vector<std::string>& typed) {
  std::vector<period> out;
  for (const auto& t : typed) out.push_back(parse_period(option, t));
  return out;
}

std::vector<std::pair<std::string, double>> parse_weights(const std::string& option,
                                                          const std::vector<std::string>& typed) {
  std::vector<std::pair<std::string, double>> out;
  for (const auto& w : typed) out.push_back(parse_weight(option, w));
  return out;
}

answers::analyze_request request_of(const initiative& source, const analyze_arguments& a) {
  const auto& net = source.network();
  answers::analyze_request r;
  r.of.indicators = resolve(net, node_kind::indicator, a.indicators);
  r.of.groups = resolve(net, node_kind::group, a.groups);
  r.of.reporters = resolve_reporters(net, a.reporters);
  r.of.every = a.every;
  if (!a.from.empty()) r.of.from = parse_period("--from", a.from);
  if (!a.to.empty()) r.of.to = parse_period("--to", a.to);
  for (const auto& d : a.days) r.days.push_back(parse_date("--as-of", d));
  r.confidence = a.confidence;
  r.flat = a.flat;
  r.test = a.test;
  r.basis = a.basis;
  r.path = a.path_shape;
  r.chart = a.kind;
  for (auto rule : a.rules) {
    std::replace(rule.begin(), rule.end(), '-', '_');
    r.rules.push_back(rule_set_named(rule));
  }
  r.phases = parse_periods("--phase", a.phases);
  r.ghosts = parse_periods("--ghost", a.ghosts);
  if (!a.freeze.empty()) r.freeze = parse_period("--freeze", a.freeze);
  r.screen = a.screen;
  r.phase_table = a.phase_table;
  r.method = a.method;
  r.reconcile = a.reconcile;
  r.horizon = a.horizon;
  r.quality = a.show.value_or(answers::quality_view::calls);
  r.top = a.top;
  r.by = a.by;
  r.reference = a.reference;
  r.compare = a.compare;
  r.order = a.order;
  r.standard = parse_weights("--standard", a.standard);
  r.tolerance = a.tolerance;
  r.all = a.all;
  r.local = a.table.value_or(answers::harmonize_view::report);
  r.sentences = a.format == output_format::table;
  r.who = answers::speaker::command_line;
  return r;
}

/// The local observations: every column as text, for names and units, and those that are read as what they are.
struct local_file {
  table words, rows;
};
local_file read_local(const std::string& path) {
  local_file out{read_csv(path), {}};
  const std::vector<csv_column> plan = {{"reporter", column_type::utf8, true, {}},
                                        {"local", column_type::utf8, true, {}},
                                        {"period", column_type::period, true, {}},
                                        {"value", column_type::float64, false, {}},
                                        {"breakdown", column_type::utf8, false, {}}};
  for (std::size_t k = 0; k < 4; ++k)
    if (out.words.find(plan[k].name) == nullptr)
      throw error(error_code::invalid_argument,
                  path + " has no column " + plan[k].name + "; it needs reporter, local, period and value");
  out.rows = read_csv(path, plan);
  return out;
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

int run_analyze(const analyze_arguments& a) {
  const auto what = parse_enum<analysis>(a.what);
  if (!what) throw error(error_code::invalid_argument, unknown_word<analysis>(a.what));
  const auto source = load_source(a.path);
  auto how = request_of(source, a);
  std::optional<local_file> local;
  if (*what == analysis::harmonize && !a.local.empty()) {
    local = read_local(a.local);
    how.local_observations = &local->rows;
    how.local_words = &local->words;
  }
  auto made = answers::analyze(source, *what, how);
  if (a.format == output_format::table) made = with_sentences_below(std::move(made));
  print(std::cout, made.rows, a.format, output_style());
  if (a.format != output_format::table) return exit_ok;
  if (!made.readings.empty()) std::cout << '\n';
  for (const auto& s : made.readings) print_sentence(s.about.empty() ? s.text : s.about + ": " + s.text);
  if (*what == analysis::quality && how.quality == answers::quality_view::calls) print_calls(made.rows);
  return exit_ok;
}

void add_more_options(CLI::App& command, analyze_arguments& a) {
  command
      .add_option("--reporter", a.reporters,
                  "Of this reporter instead of a group; quality:\nof this one alone (repeatable)")
      ->type_name("R")
      ->allow_extra_args(false);
  add_choice(command, "--show", a.show, "Quality: calls (default), findings, reporters,\nindicators, pairs", "TABLE");
  add_number(command, "--top", a.top, "Quality: at most so many calls (default: 20; 0: all)", "N");
  add_choice(command, "--method", a.method,
             "Forecast: automatic (default), naive, drift, holt,\nseasonal_naive, damped_holt, damped_holt_winters",
             "METHOD");
  add_number(command, "--horizon", a.horizon,
             "Forecast: periods ahead (default: one cycle of\nseasons, or three years)", "N");
  add_choice(command, "--reconcile", a.reconcile,
             "Forecast: groups and reporters that add up, by\nbottom_up, ols, structural, wls, mint_shrink", "METHOD");
  command
      .add_option("--by", a.by, "Gaps, equity, standardized, reversals: dimension of\nthe breakdown, as in sex=female")
      ->type_name("DIMENSION");
  command.add_option("--reference", a.reference, "Gaps, equity: category compared with (default: the\nlargest)")
      ->type_name("CATEGORY");
  command
      .add_option("--compare", a.compare,
                  "Equity, standardized, reversals: dimension of the\npopulations (default: groups)")
      ->type_name("DIMENSION");
  command
      .add_option("--order", a.order, "Equity: categories from the least to the most\nadvantaged, for slope indices")
      ->type_name("LIST")
      ->delimiter(',');
  command
      .add_option("--standard", a.standard,
                  "Standardized: CATEGORY=WEIGHT (repeatable; default:\nthe people of all populations)")
      ->type_name("W")
      ->allow_extra_args(false);
  add_number(command, "--tolerance", a.tolerance, "Breakdowns: difference allowed a part (default: 0.5)", "N");
  command.add_flag("--all", a.all, "Breakdowns: also what holds or cannot be checked");
  command
      .add_option("--local", a.local,
                  "Harmonize: CSV of local observations, with columns\nreporter, local, period, value")
      ->type_name("FILE");
  add_choice(command, "--table", a.table,
             "Harmonize: report (default), observations, lineage,\nmatches (likely ones of what is unmapped)", "TABLE");
}

} // namespace

void add_analyze(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("analyze", "Trends, targets, charts, forecasts, gaps and data quality");
  auto a = std::make_shared<analyze_arguments>();
  add_source(*command, a->path);
  command
      ->add_option("what", a->what,
                   "trend (default), card, target, chart, summary,\nforecast, quality, "
                   "contributions,\ngroup_contributions, gaps, equity, standardized,\nreversals, breakdowns, harmonize")
      ->type_name("WHAT");
  command->add_option("-i,--indicator", a->indicators, "Only this indicator, by id or name (repeatable)")
      ->type_name("I")
      ->allow_extra_args(false);
  command
      ->add_option("-g,--group", a->groups,
                   "Of this group, by id or name (repeatable;\ndefault: the groups that are part of no other)")
      ->type_name("G")
      ->allow_extra_args(false);
  add_choice(*command, "--every", a->every,
             "Aggregate over time: day, week, month, quarter\nor year (default: as reported)", "FREQUENCY");
  command->add_option("--from", a->from, "First period: 2024, 2024-Q1, 2024-03")->type_name("P");
  command->add_option("--to", a->to, "Last period")->type_name("P");
  add_number(*command, "--confidence", a->confidence, "Of intervals and trends (default: 0.95)", "SHARE");
  add_choice(*command, "--test", a->test,
             "Trend: automatic (default), original, seasonal,\ncorrelated_seasonal, hamed_rao, "
             "yue_wang,\npre_whitening, trend_free_pre_whitening",
             "TEST");
  add_choice(*command, "--basis", a->basis, "Card: since_baseline (default), since_previous,\nsince_year_before, trend",
             "BASIS");
  add_number(*command, "--flat", a->flat, "Card: changes up to this share are flat (default: 0)", "SHARE");
  command->add_option("--as-of", a->days, "Only periods over by this day (card: repeatable,\nearlier cards beside it)")
      ->type_name("DATE")
      ->allow_extra_args(false);
  add_choice(*command, "--path", a->path_shape, "Target: linear (default), geometric", "PATH");
  add_choice(*command, "--chart", a->kind,
             "Chart: run, xmr, p, p_prime, u, u_prime, c, t, g\n(default: by the kind of indicator)", "KIND");
  command
      ->add_option("--rules", a->rules,
                   "Chart: shewhart, anhoej, western_electric, nelson,\nnhs (repeatable, never mixed)")
      ->type_name("SET")
      ->allow_extra_args(false);
  command->add_option("--phase", a->phases, "Chart: new center and limits from here (repeatable)")
      ->type_name("P")
      ->allow_extra_args(false);
  command->add_option("--freeze", a->freeze, "Chart: limits of the last phase from its points up to here")
      ->type_name("P");
  command->add_option("--ghost", a->ghosts, "Chart: plot this point, do not count it (repeatable)")
      ->type_name("P")
      ->allow_extra_args(false);
  command->add_flag("--screen", a->screen, "Chart: drop unusual moving ranges from the limits");
  command->add_flag("--phases", a->phase_table, "Chart: a row for each phase instead of each point");
  add_more_options(*command, *a);
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
