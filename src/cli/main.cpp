// SPDX-License-Identifier: Apache-2.0
// commonweal: the command line over the facade.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <iostream>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include <commonweal/core/error.hpp>
#include <commonweal/core/suggest.hpp>
#include <commonweal/version.hpp>

#include "cli/command.hpp"
#include "cli/help_formatter.hpp"
#include <commonweal/core/text.hpp>

namespace cw = commonweal;

namespace {

/// A first word that is no command gets an answer of its own: CLI11 would only say that it was not expected.
bool knows_command(const CLI::App& program, const std::string& word) {
  std::vector<std::string> names;
  for (const auto* command : program.get_subcommands({})) {
    if (command->get_name() == word) return true;
    names.push_back(command->get_name());
  }
  auto hint = cw::did_you_mean(word, names);
  cw::cli::say("commonweal: there is no command " + word + ". " +
               (hint.empty() ? "`commonweal --help` lists the commands" : hint));
  return false;
}

/// The option that may have been meant by the first that the command does not have.
std::string hint_for_option(const CLI::App& program, const CLI::App& command) {
  for (const auto& word : program.remaining(true)) {
    if (!word.starts_with("--")) continue;
    cw::nearest_words near(std::string_view(word).substr(2, word.find('=') - 2));
    for (const auto* option : command.get_options())
      for (const auto& name : option->get_lnames()) near.consider(name, "--" + name);
    return near.question();
  }
  return {};
}

int report_usage(const CLI::App& program, const CLI::ParseError& e) {
  if (e.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return program.exit(e); // help and version
  const CLI::App* command = &program;
  for (const auto* c : program.get_subcommands()) command = c;
  const std::string name = command == &program ? "commonweal" : "commonweal " + command->get_name();
  const auto said = cw::with_hint("commonweal: " + std::string(e.what()), hint_for_option(program, *command));
  cw::cli::say(said + (said.ends_with('?') ? " `" : ". `") + name + " --help` has examples");
  return cw::cli::exit_usage;
}

int run(int argc, char** argv) {
  CLI::App program("Collective impact: who takes part, what is measured, how it adds up.", "commonweal");
  int exit = cw::cli::exit_ok;
  program.set_version_flag("--version", "commonweal " + std::string(cw::library_version), "Print the version and exit");
  program.set_help_flag("-h,--help", "Print this help and exit");
  program.require_subcommand(1);
  program.formatter(std::make_shared<cw::cli::help_formatter>());
  cw::cli::add_check(program, exit);
  cw::cli::add_report(program, exit);
  cw::cli::add_rollup(program, exit);
  cw::cli::add_explain(program, exit);
  cw::cli::add_analyze(program, exit);
  cw::cli::add_sample(program, exit);
  cw::cli::add_pack(program, exit);
  cw::cli::add_unpack(program, exit);
  cw::cli::add_lint(program, exit);
  cw::cli::add_assess(program, exit);
  cw::cli::add_select(program, exit);
  cw::cli::add_catalogue(program, exit);
  cw::cli::add_structure(program, exit);
  cw::cli::add_export(program, exit);
  cw::cli::add_options(program, exit);
  program.footer("Every command takes a packed file where it takes a folder, and its own help has\n"
                 "examples: commonweal check --help\n"
                 "\n"
                 "Exit codes: 0 done, 1 the data has errors, 2 usage, 3 the system refused, 4 a\n"
                 "mistake of the program.\n"
                 "\n"
                 "Examples:\n"
                 "  # Make a synthetic initiative, check it, and see where it stands\n"
                 "  commonweal sample --reporters 50 demo\n"
                 "  commonweal check demo\n"
                 "  commonweal report demo");
  if (argc < 2) {
    std::cout << program.help();
    return cw::cli::exit_usage;
  }
  if (argv[1][0] != '-' && !knows_command(program, argv[1])) return cw::cli::exit_usage;
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& e) { return report_usage(program, e); }
  return exit;
}

/// Standard descriptors that the caller closed are taken, so that no file of ours becomes one of them; what is written
/// to them fails as it should.
void take_standard_descriptors() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(fd, F_GETFD) == -1 && errno == EBADF)
      (void)::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY); // the lowest that is free: this one
}

/// Whatever was printed, help and tables alike, has arrived, or the caller hears that it has not.
void require_written() {
  std::cout.flush();
  if (!std::cout)
    throw cw::error(cw::error_code::io, "standard output cannot be written; is the disk full, or the output closed?");
}

} // namespace

int main(int argc, char** argv) {
  try {
    take_standard_descriptors();
    std::ios::sync_with_stdio(false);
    const int exit = run(argc, argv);
    require_written();
    return exit;
  } catch (const cw::error& e) {
    cw::cli::say_error(e, {});
    return cw::cli::exit_code_of(e.code());
  } catch (const std::bad_alloc&) {
    std::fputs("commonweal: out of memory\n", stderr);
    return cw::cli::exit_system;
  } catch (const std::exception& e) {
    cw::cli::say("commonweal: a mistake of the program: " + std::string(e.what()) + ". Please report it");
    return cw::cli::exit_internal;
  }
}
