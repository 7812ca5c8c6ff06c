// SPDX-License-Identifier: Apache-2.0
// commonweal sample, pack and unpack: commands that write.
#include <filesystem>
#include <iostream>
#include <memory>
#include <system_error>

#include <commonweal/bytes/atomic_file.hpp>
#include <commonweal/load.hpp>

#include "answers/requests.hpp"
#include "cli/command.hpp"
#include "cli/interruption.hpp"
#include "cli/typed_options.hpp"
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::cli {
namespace {

namespace fs = std::filesystem;

struct paths {
  std::string from, to;
};

std::string size_of(std::uintmax_t bytes) {
  if (bytes < 10'000) return text::grouped(static_cast<std::int64_t>(bytes)) + " bytes";
  if (bytes < 10'000'000) return text::human(static_cast<double>(bytes / 1000)) + " kB";
  return text::human(static_cast<double>(bytes / 1'000'000)) + " MB";
}

int run_pack(const paths& p) {
  const auto source = load_source(p.from);
  const auto packed = pack(source);
  write_unless_interrupted(
      [&](const progress&) { write_file_atomically(p.to, packed, {.stop = [] { return interruption::asked(); }}); });
  std::error_code failed;
  const auto bytes = fs::file_size(p.to, failed);
  std::cout << "Packed " << p.from << " into " << p.to << (failed ? std::string() : " (" + size_of(bytes) + ")")
            << ".\n";
  return exit_ok;
}

int run_unpack(const paths& p) {
  const auto source = load_source(p.from);
  write_unless_interrupted([&](const progress& tell) { write_folder(source, p.to, tell); });
  std::cout << "Unpacked " << p.from << " into " << p.to << ".\n";
  return exit_ok;
}

int run_sample(const typed_options& typed, const std::string& folder) {
  answers::sample_request how;
  typed.store(how);
  const auto& o = how.size;
  write_unless_interrupted([&](const progress& tell) { write_sample(folder, o, tell); });
  std::cout << "Wrote a synthetic initiative into " << folder << ": " << text::counted(o.reporters, "reporter") << ", "
            << text::counted(o.groups, "group") << ", " << text::counted(o.periods, "month") << ", seed " << o.seed
            << ".\n";
  return exit_ok;
}

} // namespace

void add_pack(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("pack", "Put a folder into one checked, portable file");
  auto p = std::make_shared<paths>();
  add_source(*command, p->from);
  command->add_option("file", p->to, "File to write; the old one stays whole until the new one is")
      ->required()
      ->type_name("FILE");
  add_examples(*command, {{"commonweal pack demo demo.cwl", "One file, quick to load, refused when damaged"},
                          {"commonweal report demo.cwl", "Every command takes the file where it takes the folder"}});
  command->callback([p, &exit] { exit = run_pack(*p); });
}

void add_unpack(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("unpack", "Write a packed file out as a folder");
  auto p = std::make_shared<paths>();
  command->add_option("file", p->from, "Packed file")->required()->type_name("FILE");
  command->add_option("folder", p->to, "Folder to write: new, empty, or one that this\nprogram wrote")
      ->required()
      ->type_name("FOLDER");
  add_examples(*command, {{"commonweal unpack demo.cwl demo-copy", "CSV again, for spreadsheets and other programs"}});
  command->callback([p, &exit] { exit = run_unpack(*p); });
}

void add_sample(CLI::App& program, int& exit) {
  auto* command = program.add_subcommand("sample", std::string(answers::sample_request::asks.meaning));
  auto typed = std::make_shared<typed_options>();
  auto folder = std::make_shared<std::string>();
  command->add_option("folder", *folder, "Folder to write: new, empty or an older sample")
      ->required()
      ->type_name("FOLDER");
  typed->add<answers::sample_request>(*command);
  add_examples(*command, {{"commonweal sample demo", "200 organizations in 20 groups over three years"},
                          {"commonweal sample --reporters 100000 --groups 1000 --periods 60 --seed 7 large",
                           "A large one, in seconds"}});
  command->callback([typed, folder, &exit] { exit = run_sample(*typed, *folder); });
}

} // namespace commonweal::inline v0::cli
