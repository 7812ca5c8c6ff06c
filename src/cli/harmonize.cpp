// SPDX-License-Identifier: Apache-2.0
// commonweal analyze harmonize: local observations by the measure_map of the initiative.
#include "cli/harmonize.hpp"

#include <iostream>
#include <set>
#include <vector>

#include <commonweal/io/csv_table.hpp>
#include <commonweal/measure/harmonize.hpp>

#include "cli/exit_code.hpp"
#include "cli/terminal.hpp"
#include "report/text.hpp"

namespace commonweal::inline v0::cli {
namespace {

[[noreturn]] void refuse(const std::string& why) { throw error(error_code::invalid_argument, why); }

void print_sentence(const std::string& sentence) {
  for (const auto& line : report::wrap(report::clean(sentence), 96)) std::cout << line << '\n';
}

} // namespace

int run_harmonize(const initiative& source, const harmonize_arguments& a) {
  if (a.local.empty()) refuse("harmonize needs the local observations: name their CSV file with --local");
  const auto names = read_csv(a.local); // every column as text, for names and units
  std::vector<csv_column> plan = {{"reporter", column_type::utf8, true, {}}, {"local", column_type::utf8, true, {}}, {"period", column_type::period, true, {}},
                                  {"value", column_type::float64, false, {}}, {"breakdown", column_type::utf8, false, {}}};
  for (std::size_t k = 0; k < 4; ++k)
    if (names.find(plan[k].name) == nullptr) refuse(a.local + " has no column " + plan[k].name + "; it needs reporter, local, period and value");
  const table* map = find_records(source.records(), "measure_map");
  const table none({{"local", column_type::utf8}, {"indicator", column_type::utf8}});
  const auto made = harmonize(read_csv(a.local, plan), map != nullptr ? *map : none);
  std::set<std::string> mapped, known;
  for (std::size_t i = 0; i < made.lineage.rows(); ++i)
    if (made.lineage["outcome"].text(i) != "unmapped") mapped.insert(std::string(made.lineage["local"].text(i)));
  std::vector<local_measure> open; // of which no mapping speaks, in the order of the file
  const auto text = [&](const char* name, std::size_t i) {
    const column* c = names.find(name);
    return c == nullptr || c->is_null(i) ? std::string() : std::string(c->text(i));
  };
  for (std::size_t i = 0; i < names.rows(); ++i) {
    const auto id = text("local", i);
    if (!id.empty() && !mapped.contains(id) && known.insert(id).second) open.push_back({id, text("name", i), text("unit", i)});
  }
  switch (a.show.value_or(harmonize_view::report)) {
    case harmonize_view::report: print(std::cout, made.report, a.format, output_style()); break;
    case harmonize_view::observations: print(std::cout, made.observations, a.format, output_style()); break;
    case harmonize_view::lineage: print(std::cout, made.lineage, a.format, output_style()); break;
    case harmonize_view::matches: print(std::cout, suggest_matches(open, source.measures().indicators), a.format, output_style()); break;
  }
  if (a.format != output_format::table) return exit_ok;
  std::cout << '\n';
  std::size_t good = 0;
  for (std::size_t i = 0; i < made.lineage.rows(); ++i) good += made.lineage["outcome"].text(i) == "mapped" ? 1 : 0;
  print_sentence(report::counted(good, "row") + " of " + std::to_string(made.lineage.rows()) + " became " + report::counted(made.observations.rows(), "shared observation") +
                 ". " + (open.empty() ? std::string("Every local measure has a mapping.") : report::counted(open.size(), "local measure") + " without a mapping; `--table matches` ranks likely ones."));
  return exit_ok;
}

} // namespace commonweal::inline v0::cli
