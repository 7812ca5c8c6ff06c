// SPDX-License-Identifier: Apache-2.0
// commonweal structure and commonweal export: the shape of the network, and the network for other programs.
#include <cerrno>
#include <fstream>
#include <iostream>
#include <memory>
#include <system_error>

#include "answers/judge.hpp"
#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "cli/typed_options.hpp"
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::cli {
namespace {

using answers::structure_part;

struct structure_arguments {
  std::string path;
  typed_options typed;
  output_format format = output_format::table;
};

/// Why a part has no rows.
std::string_view nothing_in(structure_part part) {
  switch (part) {
    case structure_part::bridges: return "No single tie holds parts of the network together.";
    case structure_part::mixing: return "No tie joins two partners.";
    case structure_part::trust:
    case structure_part::group_trust: return "Nobody has rated how far another can be trusted (trusts.csv).";
    case structure_part::changes: return "Nothing has changed between the two days.";
    case structure_part::whole:
    case structure_part::nodes:
    case structure_part::without_backbone: break;
  }
  return "There is nobody in the network.";
}

int run_structure(const structure_arguments& a) {
  answers::structure_request how;
  a.typed.store(how);
  const auto source = load_source(a.path);
  const auto taken = answers::day_of(source, how.as_of);
  how.as_of = taken.day;
  const auto made = answers::structure(source, how, {.style = answers::option_style::command_line});
  print(std::cout, made, a.format, output_style(100));
  if (a.format != output_format::table) return exit_ok;
  if (made.rows() == 0) std::cout << nothing_in(how.show) << '\n';
  print_day(std::cout, taken);
  return exit_ok;
}

struct export_arguments {
  std::string path, output;
  typed_options typed;
};

int run_export(const export_arguments& a) {
  answers::export_request how;
  a.typed.store(how);
  const auto source = load_source(a.path);
  const network_view view(source.network(), how.selected());
  std::size_t replaced = 0;
  if (a.output.empty()) {
    replaced = write_graph(std::cout, view, how.format);
  } else {
    const auto refuse = [&] {
      throw error(error_code::io, a.output + " cannot be written: " + std::generic_category().message(errno));
    };
    std::ofstream file(a.output, std::ios::binary);
    if (!file) refuse();
    try {
      replaced = write_graph(file, view, how.format);
    } catch (const error&) { refuse(); }
    file.close();
    if (!file) refuse();
  }
  if (replaced > 0)
    say("commonweal: " + text::counted(replaced, "character") + " of ids, names or attributes that a " +
        std::string(to_string(how.format)) + " file cannot hold (control characters) " +
        (replaced == 1 ? "is" : "are") + " replaced by U+FFFD");
  return exit_ok;
}

} // namespace

void add_structure(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("structure", std::string(answers::structure_request::asks.meaning));
  auto a = std::make_shared<structure_arguments>();
  add_source(*command, a->path);
  a->typed.add<answers::structure_request>(*command);
  add_format(*command, a->format);
  add_examples(*command,
               {{"commonweal structure demo", "The shape of the whole"},
                {"commonweal structure demo --show without-backbone", "What is left when the backbone leaves"},
                {"commonweal structure demo --show nodes --sources 200 --format csv",
                 "Central partners of a very large network, estimated"}});
  command->callback([a, &exit] { exit = run_structure(*a); });
}

void add_export(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("export", std::string(answers::export_request::asks.meaning));
  auto a = std::make_shared<export_arguments>();
  add_source(*command, a->path);
  a->typed.add<answers::export_request>(*command);
  command->add_option("-o,--output", a->output, "File to write (default: standard output)")->type_name("FILE");
  add_examples(*command, {{"commonweal export docs/initiatives/gain --edge part_of | dot -Tsvg > gain.svg",
                           "The cascade as a picture"},
                          {"commonweal export demo --format gexf -o demo.gexf", "For Gephi, with the days in force"}});
  command->callback([a, &exit] { exit = run_export(*a); });
}

} // namespace commonweal::inline v0::cli
