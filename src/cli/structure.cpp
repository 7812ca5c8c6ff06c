// SPDX-License-Identifier: Apache-2.0
// commonweal structure and commonweal export: the shape of the network, and the network for other programs.
#include <cerrno>
#include <fstream>
#include <iostream>
#include <memory>
#include <system_error>

#include <commonweal/formats/graph_export.hpp>

#include "answers/judge.hpp"
#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::cli {
namespace {

using answers::structure_part;

struct structure_arguments {
  std::string path, as_of, compare;
  std::vector<std::string> kinds;
  std::optional<structure_part> show;
  structure_options options;
  output_format format = output_format::table;
};

edge_kinds kinds_of(const std::vector<std::string>& names) {
  edge_kinds out;
  for (const auto& name : names) {
    const auto k = parse_enum<edge_kind>(name);
    if (!k)
      throw error(error_code::invalid_argument,
                  with_hint("--kinds: " + name + " is no kind of edge; there are " + list_of_names<edge_kind>(),
                            did_you_mean(name, enum_names<edge_kind>::values)));
    out = out | edge_kinds{*k};
  }
  return out;
}

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
  if (!a.kinds.empty()) how.edges = kinds_of(a.kinds);
  if (!a.as_of.empty()) how.as_of = parse_date("--as-of", a.as_of);
  if (!a.compare.empty()) how.compare = parse_date("--compare", a.compare);
  how.paths = a.options;
  how.who = answers::speaker::command_line;
  const auto source = load_source(a.path);
  const auto taken = answers::day_of(source, how.as_of);
  how.as_of = taken.day;
  const auto part = a.show.value_or(structure_part::whole);
  const auto made = answers::structure(source, part, how);
  print(std::cout, made, a.format, output_style(100));
  if (a.format != output_format::table) return exit_ok;
  if (made.rows() == 0) std::cout << nothing_in(part) << '\n';
  print_day(std::cout, taken);
  return exit_ok;
}

struct export_arguments {
  std::string path, as_of, output;
  std::vector<std::string> kinds;
  std::optional<graph_format> to;
};

int run_export(const export_arguments& a) {
  const auto source = load_source(a.path);
  views::selection what{.edges = a.kinds.empty() ? edge_kinds::all() : kinds_of(a.kinds)};
  if (!a.as_of.empty()) what.as_of = parse_date("--as-of", a.as_of);
  const network_view view(source.network(), what);
  const auto format = a.to.value_or(graph_format::dot);
  std::size_t replaced = 0;
  if (a.output.empty()) {
    replaced = write_graph(std::cout, view, format);
  } else {
    const auto refuse = [&] {
      throw error(error_code::io, a.output + " cannot be written: " + std::generic_category().message(errno));
    };
    std::ofstream file(a.output, std::ios::binary);
    if (!file) refuse();
    try {
      replaced = write_graph(file, view, format);
    } catch (const error&) { refuse(); }
    file.close();
    if (!file) refuse();
  }
  if (replaced > 0)
    say("commonweal: " + text::counted(replaced, "character") + " of ids, names or attributes that a " +
        std::string(to_string(format)) + " file cannot hold (control characters) " + (replaced == 1 ? "is" : "are") +
        " replaced by U+FFFD");
  return exit_ok;
}

} // namespace

void add_structure(CLI::App& program, int& exit) {
  auto* command =
      program.add_subcommand("structure", "Density, centrality, bridges, mixing, trust, and what falls apart");
  auto a = std::make_shared<structure_arguments>();
  add_source(*command, a->path);
  add_choice(*command, "--show", a->show,
             "whole (default), nodes, bridges, mixing,\nwithout_backbone, trust, group_trust, changes", "WHAT");
  command->add_option("--as-of", a->as_of, "Ties in force on this day (default: the last day\nwith data)")
      ->type_name("DATE");
  command->add_option("--compare", a->compare, "Earlier day, for --show changes")->type_name("DATE");
  command->add_option("--kinds", a->kinds, "Kinds of edge that are ties (default:\ncommunicates_with,member_of)")
      ->type_name("LIST")
      ->delimiter(',');
  add_number(*command, "--sources", a->options.sources, "Estimate paths from this many nodes (default: all)", "N");
  add_number(*command, "--seed", a->options.seed, "Seed of that draw (default: 1)", "S");
  add_format(*command, a->format);
  add_examples(*command,
               {{"commonweal structure demo", "The shape of the whole"},
                {"commonweal structure demo --show without-backbone", "What is left when the backbone leaves"},
                {"commonweal structure demo --show nodes --sources 200 --format csv",
                 "Central partners of a very large network, estimated"}});
  command->callback([a, &exit] { exit = run_structure(*a); });
}

void add_export(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("export", "The typed graph for Graphviz, Gephi, networkx or igraph");
  auto a = std::make_shared<export_arguments>();
  add_source(*command, a->path);
  add_choice(*command, "--to", a->to, "dot (default), graphml or gexf", "FORMAT");
  command->add_option("--as-of", a->as_of, "Nodes and edges in force on this day (default: all)")->type_name("DATE");
  command->add_option("--kinds", a->kinds, "Only these kinds of edge")->type_name("LIST")->delimiter(',');
  command->add_option("-o,--output", a->output, "File to write (default: standard output)")->type_name("FILE");
  add_examples(*command, {{"commonweal export docs/initiatives/gain --kinds part_of | dot -Tsvg > gain.svg",
                           "The cascade as a picture"},
                          {"commonweal export demo --to gexf -o demo.gexf", "For Gephi, with the days in force"}});
  command->callback([a, &exit] { exit = run_export(*a); });
}

} // namespace commonweal::inline v0::cli
