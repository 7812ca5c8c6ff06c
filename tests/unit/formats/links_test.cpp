// SPDX-License-Identifier: Apache-2.0
// What is read of a folder: regular files that lie in it. No link leads out, and nothing waits.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>

#include <sys/stat.h>

#include <commonweal/core/error.hpp>
#include <commonweal/load.hpp>

#include "temporary_folder.hpp"

namespace cw = commonweal;
namespace fs = std::filesystem;
using cw::test::temporary_folder;

namespace {

constexpr std::string_view organizations = "id,name\na,A\nb,B\n";
constexpr std::string_view declares_it = R"({"name": "x", "resources": [{"path": "organizations.csv"}]})";

/// A folder, and beside it what it must not reach.
struct inside_and_outside {
  temporary_folder all;
  fs::path folder = all.path() / "folder";
  inside_and_outside() {
    fs::create_directories(folder / "deep");
    all.file("secret.csv", "id,name\nsecret,Secret\n").file("secret.json", R"({"name": "secret", "resources": []})");
    all.file("folder/groups.csv", "id\ng\n");
  }
  void link(const fs::path& to, std::string_view name) const { fs::create_symlink(to, folder / name); }
  /// Organizations read, or what stopped it.
  [[nodiscard]] std::string load() const { return load(folder); }
  [[nodiscard]] static std::string load(const fs::path& path) {
    try {
      cw::diagnostics found;
      return std::to_string(cw::load(path, found).network().size(cw::node_kind::organization));
    } catch (const cw::error& e) {
      std::string out;
      for (const auto& d : e.all().items())
        if (d.severity == cw::severity::error) out += d.to_string() + "\n";
      return out.empty() ? e.what() : out; // what is no finding has its words alone
    }
  }
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

} // namespace

TEST(links, that_stay_inside_are_followed_however_they_are_written) {
  for (const auto* declared : {"", "yes"})
    for (const auto* to :
         {"deep/real.csv", "./deep/../deep/real.csv", "../folder/deep/real.csv", "first", "ABSOLUTE"}) {
      SCOPED_TRACE(to);
      inside_and_outside t;
      t.all.file("folder/deep/real.csv", organizations);
      t.link("deep/real.csv", "first");
      t.link(std::string_view(to) == "ABSOLUTE" ? fs::path(t.folder / "deep/real.csv") : fs::path(to),
             "organizations.csv");
      if (*declared != '\0') t.all.file("folder/datapackage.json", declares_it);
      EXPECT_EQ(t.load(), "2");
      fs::create_symlink(t.folder, t.all.path() / "link");
      EXPECT_EQ(inside_and_outside::load(t.all.path() / "link"), "2");
    }
}

TEST(links, that_lead_out_are_refused_declared_or_not) {
  for (const bool declared : {false, true})
    for (const auto* to : {"../secret.csv", "ABSOLUTE", "first", "deep/../../secret.csv", "/dev/zero"}) {
      SCOPED_TRACE(to);
      inside_and_outside t;
      t.link("../secret.csv", "first");
      t.link(std::string_view(to) == "ABSOLUTE" ? t.all.path() / "secret.csv" : fs::path(to), "organizations.csv");
      if (declared) t.all.file("folder/datapackage.json", declares_it);
      const auto said = t.load();
      EXPECT_TRUE(has(said, "organizations.csv") && has(said, "[path_outside_folder]")) << said;
    }
}

TEST(links, in_a_folder_on_the_way_are_seen_as_well) {
  inside_and_outside t;
  t.link("..", "up");
  t.link("deep", "down");
  t.all.file("folder/deep/real.csv", organizations);
  t.all.file("folder/datapackage.json",
             R"({"name": "x", "resources": [{"name": "organizations", "path": "up/secret.csv"}]})");
  EXPECT_TRUE(has(t.load(), "[path_outside_folder]"));
  t.all.file("folder/datapackage.json",
             R"({"name": "x", "resources": [{"name": "organizations", "path": "down/real.csv"}]})");
  EXPECT_EQ(t.load(), "2");
}

TEST(links, hold_for_datapackage_json_too) {
  for (const auto* to : {"../secret.json", "nowhere", "datapackage.json", "/dev/zero"}) {
    SCOPED_TRACE(to);
    inside_and_outside t;
    t.link(to, "datapackage.json");
    const auto said = t.load();
    const std::string_view code = to == std::string_view("nowhere")            ? "[missing_file]"
                                  : to == std::string_view("datapackage.json") ? "[unreadable_file]"
                                                                               : "[path_outside_folder]";
    EXPECT_TRUE(has(said, "datapackage.json") && has(said, code)) << said;
    EXPECT_EQ(inside_and_outside::load(t.folder / "datapackage.json"), said);
  }
  inside_and_outside t;
  t.all.file("folder/deep/package.json", declares_it).file("folder/organizations.csv", organizations);
  t.link("deep/package.json", "datapackage.json");
  EXPECT_EQ(t.load(), "2");
}

TEST(links, that_go_round_are_named) {
  inside_and_outside t;
  t.link("two.csv", "organizations.csv");
  t.link("organizations.csv", "two.csv");
  const auto said = t.load();
  EXPECT_TRUE(has(said, "organizations.csv") && has(said, "[unreadable_file]")) << said;
}

TEST(what_is_no_file, is_named_and_nothing_waits_for_it) {
  for (const char* name : {"organizations.csv", "organizations.CSV", "datapackage.json"})
    for (const bool pipe : {false, true}) {
      SCOPED_TRACE(name);
      inside_and_outside t;
      if (pipe) ASSERT_EQ(::mkfifo((t.folder / name).c_str(), 0600), 0);
      else fs::create_directory(t.folder / name);
      auto said = t.load();
      EXPECT_TRUE(has(said, name) && has(said, pipe ? "a pipe" : "a directory") && has(said, "[not_a_file]")) << said;
      if (name != std::string_view("organizations.csv")) continue;
      t.all.file("folder/datapackage.json", declares_it);
      said = t.load();
      EXPECT_TRUE(has(said, name) && has(said, "[not_a_file]")) << said;
    }
}

TEST(what_is_no_file, is_not_taken_for_a_packed_one) {
  inside_and_outside t;
  const auto pipe = t.all.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  for (const fs::path& path : {pipe, fs::path("/dev/zero"), fs::path("/dev/null")})
    EXPECT_TRUE(has(inside_and_outside::load(path), "[not_a_file]")) << path;
}

TEST(what_is_no_file, does_not_make_a_folder_the_librarys_own) {
  for (const bool pipe : {false, true}) {
    inside_and_outside t;
    cw::diagnostics found;
    const auto source = cw::load(t.folder, found);
    t.all.file("own.json", R"({"commonweal": {"format": 1}, "resources": [{"path": "groups.csv"}]})");
    if (pipe) ASSERT_EQ(::mkfifo((t.folder / "datapackage.json").c_str(), 0600), 0);
    else t.link("../own.json", "datapackage.json");
    EXPECT_THROW(cw::write_folder(source, t.folder), cw::error);
    EXPECT_TRUE(fs::exists(t.folder / "groups.csv"));
  }
}
