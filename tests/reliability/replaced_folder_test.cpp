// SPDX-License-Identifier: Apache-2.0
// Folders that are read while they are replaced, by several writers at once, in each of the ways of replacing one.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <sys/stat.h>

#include <commonweal/core/error.hpp>
#include <commonweal/initiative/initiative_builder.hpp>
#include <commonweal/load.hpp>

#include "bytes/staged_folder.hpp"
#include "bytes/staging.hpp"
#include "temporary_folder.hpp"

namespace cw = commonweal;
namespace fs = std::filesystem;
using cw::column_type;

namespace {

/// An initiative of which each file tells the version; version 2 has a file that version 1 does not have.
cw::initiative version(int n) {
  const auto name = "v" + std::to_string(n);
  cw::initiative_builder in({.name = name, .title = {}, .description = {}, .synthetic = true, .extra_json = {}});
  cw::diagnostics found;
  cw::table nodes({{"id", column_type::utf8}});
  nodes.append_row({std::string_view(name)});
  in.append("organizations", nodes, {"organizations"}, found);
  cw::table own({{"who", column_type::utf8}});
  own.append_row({std::string_view(name)});
  in.append("first-of-ours", own, {"first-of-ours"}, found);
  in.append("second-of-ours", own, {"second-of-ours"}, found);
  if (n == 2) in.append("third-of-ours", own, {"third-of-ours"}, found);
  return in.finish(found);
}

/// The versions that one reading saw: one, where it saw a single state.
std::set<std::string> seen(const cw::initiative& i) {
  std::set<std::string> out{i.info().name, std::string(i.network().id(cw::node_ref{cw::node_kind::organization, 0}))};
  for (const auto& [name, rows] : i.records()) out.insert(std::string(rows.columns()[0].text(0)));
  if ((i.records().size() == 3) != (i.info().name == "v2")) out.insert("a file too many or too few");
  if (!i.info().synthetic) out.insert("not marked synthetic");
  return out;
}

std::size_t hidden_in(const fs::path& folder) {
  std::size_t n = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    n += entry.path().filename().string().starts_with(".") ? 1U : 0U;
  return n;
}

enum class way { exchange, step_aside, in_place };

class replaced_folder : public testing::TestWithParam<way> {
 protected:
  void SetUp() override {
    cw::detail::exchange_folders = GetParam() != way::step_aside;
    if (GetParam() == way::in_place) { // the current directory stays the folder it is
      fs::create_directory(target_);
      fs::current_path(target_);
    }
    cw::write_folder(version(1), target_);
  }
  void TearDown() override {
    cw::detail::exchange_folders = true;
    fs::current_path(before_);
  }
  cw::test::temporary_folder all_;
  fs::path target_ = all_.path() / "t";
  fs::path before_ = fs::current_path();
};

} // namespace

TEST_P(replaced_folder, is_read_whole_while_several_writers_replace_it) {
  const std::vector<cw::initiative> versions = [] {
    std::vector<cw::initiative> v;
    v.push_back(version(1));
    v.push_back(version(2));
    return v;
  }();
  all_.file("t/README", "mine");
  std::atomic<int> writing = 2;
  std::atomic<int> readings = 0;
  std::atomic<int> failed = 0;
  const auto guarded = [&failed](const std::function<void()>& work) {
    try {
      work();
    } catch (const cw::error& e) {
      if (failed++ == 0) ADD_FAILURE() << e.what();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t w = 0; w < 2; ++w)
      threads.emplace_back([&, w] {
        for (std::size_t n = 0; n < 20; ++n) guarded([&] { cw::write_folder(versions[(n + w) % 2], target_); });
        --writing;
      });
    for (int r = 0; r < 2; ++r)
      threads.emplace_back([&] {
        while (writing > 0)
          guarded([&] {
            cw::diagnostics found;
            const auto versions_seen = seen(cw::load(target_, found));
            ++readings;
            EXPECT_EQ(versions_seen.size(), 1U) << *versions_seen.begin() << " and " << *versions_seen.rbegin();
            EXPECT_EQ(found.count(cw::severity::warning), 0U);
          });
      });
  }
  EXPECT_EQ(failed, 0);
  EXPECT_GT(readings, 0);
  EXPECT_EQ(seen(cw::load(target_)).size(), 1U);
  EXPECT_EQ(all_.content("t/README"), "mine");
  EXPECT_EQ(hidden_in(all_.path()), 0U);
}

TEST_P(replaced_folder, brings_along_what_is_not_of_the_package) {
  all_.file("t/README", "mine");
  fs::create_directory(target_ / "notes");
  all_.file("t/notes/page", "mine too");
  fs::create_symlink("../elsewhere", target_ / "link");
  cw::write_folder(version(2), target_);
  EXPECT_TRUE(fs::exists(target_ / "third-of-ours.csv"));
  cw::write_folder(version(1), target_);
  EXPECT_EQ(all_.content("t/README"), "mine");
  EXPECT_EQ(all_.content("t/notes/page"), "mine too");
  EXPECT_EQ(fs::hard_link_count(target_ / "README"), 1U);
  EXPECT_EQ(fs::read_symlink(target_ / "link"), "../elsewhere");
  EXPECT_FALSE(fs::exists(target_ / "third-of-ours.csv"));
  EXPECT_EQ(hidden_in(all_.path()), 0U);
}

TEST_P(replaced_folder, refuses_to_put_a_file_in_a_folders_place_and_is_as_it_was) {
  fs::create_directory(target_ / "third-of-ours.csv");
  EXPECT_THROW(cw::write_folder(version(2), target_), cw::error);
  EXPECT_EQ(seen(cw::load(target_)), std::set<std::string>{"v1"});
  EXPECT_TRUE(fs::is_directory(target_ / "third-of-ours.csv"));
  EXPECT_EQ(hidden_in(all_.path()), 0U);
}

std::string name_of_way(const testing::TestParamInfo<way>& of) {
  const std::vector<std::string> names = {"exchange", "step_aside", "in_place"};
  return names.at(static_cast<std::size_t>(of.param));
}
INSTANTIATE_TEST_SUITE_P(each, replaced_folder, testing::Values(way::exchange, way::step_aside, way::in_place),
                         name_of_way);

namespace {
/// What a process that was killed between the two steps leaves: the new folder committed, the old one aside.
void leave_between_the_steps(const fs::path& parent) {
  const auto staging = parent / ".commonweal-0123456789abcdef.new";
  fs::create_directory(staging);
  cw::write_folder(version(2), staging / "new");
  fs::create_symlink("t", staging / "for");
  fs::rename(parent / "t", staging / "old");
}
} // namespace

TEST(an_interrupted_replacement, is_finished_by_the_next_reader) {
  cw::test::temporary_folder all;
  cw::write_folder(version(1), all.path() / "t");
  leave_between_the_steps(all.path());
  EXPECT_EQ(seen(cw::load(all.path() / "t")), std::set<std::string>{"v2"});
  EXPECT_EQ(hidden_in(all.path()), 0U);
}

TEST(an_interrupted_replacement, is_finished_by_the_next_writer) {
  cw::test::temporary_folder all;
  cw::write_folder(version(1), all.path() / "t");
  leave_between_the_steps(all.path());
  cw::write_folder(version(1), all.path() / "t");
  EXPECT_EQ(seen(cw::load(all.path() / "t")), std::set<std::string>{"v1"});
  EXPECT_EQ(hidden_in(all.path()), 0U);
}

TEST(an_interrupted_replacement, of_the_files_alone_is_finished_by_the_next_reader) {
  cw::test::temporary_folder all;
  const auto target = all.path() / "t";
  cw::write_folder(version(2), target);
  const auto staging = target / ".commonweal-0123456789abcdef.new";
  fs::create_directory(staging);
  cw::write_folder(version(1), staging / "new");
  fs::rename(staging / "new" / "organizations.csv", target / "organizations.csv");
  EXPECT_EQ(seen(cw::load(target)), std::set<std::string>{"v1"});
  EXPECT_FALSE(fs::exists(target / "third-of-ours.csv"));
  EXPECT_EQ(hidden_in(all.path()), 0U);
}

TEST(a_missing_folder, is_missing_whatever_lies_beside_it) {
  cw::test::temporary_folder all;
  fs::create_directory(all.path() / ".commonweal-0123456789abcdef.tmp");
  EXPECT_THROW((void)cw::load(all.path() / "t"), cw::error);
  EXPECT_TRUE(fs::exists(all.path() / ".commonweal-0123456789abcdef.tmp")) << "reading removes nothing";
}
