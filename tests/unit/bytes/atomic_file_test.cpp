// SPDX-License-Identifier: Apache-2.0
// Atomic saving: what it replaces, what it keeps, and what it says when it cannot.
#include <commonweal/bytes/atomic_file.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/core/error.hpp>

namespace {

using namespace commonweal;
namespace fs = std::filesystem;

class atomic_file : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("commonweal-atomic-" + std::to_string(::getpid()) + "-" +
                                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  static void save(const fs::path& file, const std::string& text, std::size_t chunk = 3) {
    write_file_atomically(file, std::as_bytes(std::span(text)), {.chunk = chunk});
  }
  static std::string content(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static std::string why_not(const fs::path& file) {
    try {
      save(file, "new");
    } catch (const error& e) {
      EXPECT_EQ(e.code(), error_code::io);
      EXPECT_EQ(e.where().code, "cannot_save");
      EXPECT_EQ(e.where().file, file.string());
      return e.where().message;
    }
    return {};
  }
  [[nodiscard]] std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
};

TEST_F(atomic_file, creates_and_replaces) {
  const auto file = folder_ / "a";
  for (const std::string text : {"", "ab", "abc", "abcd", "a much longer text than before", "x"}) {
    save(file, text);
    EXPECT_EQ(content(file), text);
    const auto whole = read_whole_file(file);
    EXPECT_EQ(std::string(reinterpret_cast<const char*>(whole.data.get()), whole.size), text);
  }
  EXPECT_EQ(entries(), 1U);
}

TEST_F(atomic_file, a_new_file_obeys_the_umask) {
  const auto before = ::umask(027);
  save(folder_ / "a", "text");
  ::umask(before);
  EXPECT_EQ(fs::status(folder_ / "a").permissions(), fs::perms{0640});
}

TEST_F(atomic_file, permission_bits_and_owner_are_kept) {
  const auto file = folder_ / "a";
  save(file, "old");
  fs::permissions(file, fs::perms{0600});
  if (::geteuid() == 0) { ASSERT_EQ(::chown(file.c_str(), 65534, 65534), 0); }
  save(file, "new");
  EXPECT_EQ(fs::status(file).permissions(), fs::perms{0600});
  struct stat s;
  ASSERT_EQ(::stat(file.c_str(), &s), 0);
  EXPECT_EQ(s.st_uid, ::geteuid() == 0 ? 65534 : ::geteuid());
}

TEST_F(atomic_file, a_link_is_followed_and_stays) {
  fs::create_directories(folder_ / "deep");
  save(folder_ / "deep" / "real", "old");
  fs::create_symlink("deep/real", folder_ / "one");
  fs::create_symlink(folder_ / "one", folder_ / "two");
  save(folder_ / "two", "new");
  EXPECT_TRUE(fs::is_symlink(folder_ / "two"));
  EXPECT_EQ(content(folder_ / "deep" / "real"), "new");
  fs::create_symlink("not-yet", folder_ / "dangling");
  save(folder_ / "dangling", "made");
  EXPECT_EQ(content(folder_ / "not-yet"), "made");
  fs::create_symlink("round", folder_ / "round");
  EXPECT_NE(why_not(folder_ / "round").find("Too many levels of symbolic links"), std::string::npos);
}

TEST_F(atomic_file, only_regular_files_are_replaced) {
  fs::create_directories(folder_ / "d");
  EXPECT_NE(why_not(folder_ / "d").find("is no regular file"), std::string::npos);
  EXPECT_NE(why_not(folder_ / "d" / "").find("name of a folder"), std::string::npos);
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_NE(why_not(folder_ / "pipe").find("is no regular file"), std::string::npos);
  EXPECT_THROW(static_cast<void>(read_whole_file(folder_ / "pipe")), error);
  EXPECT_NE(why_not(folder_ / "absent" / "file").find("No such file or directory"), std::string::npos);
  EXPECT_EQ(entries(), 2U);
}

TEST_F(atomic_file, a_file_that_may_not_be_written_is_not_replaced) {
  const auto file = folder_ / "a";
  save(file, "old");
  fs::permissions(file, fs::perms{0444});
  fs::permissions(folder_, fs::perms{0777});
  const bool root = ::geteuid() == 0;
  if (root) { ASSERT_EQ(::seteuid(65534), 0); }
  const auto protected_file = why_not(file);
  if (root) { ASSERT_EQ(::seteuid(0), 0); }
  fs::permissions(folder_, fs::perms{0555});
  if (root) { ASSERT_EQ(::seteuid(65534), 0); }
  const auto protected_folder = why_not(folder_ / "b");
  if (root) { ASSERT_EQ(::seteuid(0), 0); }
  fs::permissions(folder_, fs::perms{0755});
  EXPECT_EQ(protected_file,
            "cannot be saved: asking whether it may be written: Permission denied; the file is as it was");
  EXPECT_EQ(protected_folder, "cannot be saved: creating a temporary file in its folder: Permission denied");
  EXPECT_EQ(content(file), "old");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(atomic_file, savers_of_one_file_do_not_mix) {
  const auto file = folder_ / "a";
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&file, t] {
      for (int i = 0; i < 25; ++i) save(file, std::string(1000, static_cast<char>('a' + t)), 100);
    });
  for (auto& t : threads) t.join();
  const auto text = content(file);
  EXPECT_EQ(text, std::string(1000, text.at(0)));
  EXPECT_EQ(entries(), 1U);
}

TEST_F(atomic_file, a_name_without_a_folder_is_in_the_working_folder) {
  const auto before = fs::current_path();
  fs::current_path(folder_);
  save("plain", "text");
  fs::current_path(before);
  EXPECT_EQ(content(folder_ / "plain"), "text");
}

} // namespace
