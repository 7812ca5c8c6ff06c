// SPDX-License-Identifier: Apache-2.0
// The envelope: what is sealed opens again, and nothing else does.
#include <commonweal/bytes/envelope.hpp>

#include <cstring>

#include <gtest/gtest.h>

namespace {

using namespace commonweal;

constexpr envelope_format test_format{.magic = {0x89, 'C', 'W', 'T', 0x0d, 0x0a, 0x1a, 0x0a},
                                      .what = "test file",
                                      .version = 2,
                                      .oldest = 2,
                                      .max_payload = 4096};

std::vector<std::byte> sealed(const envelope_format& format = test_format) {
  envelope_writer out(format, 3);
  out.section("first") << std::string("hello") << std::uint32_t{7};
  out.section("empty");
  out.section("eight_ch") << std::vector<double>{1, 2, 3};
  return out.finish();
}

std::string why_refused(std::span<const std::byte> bytes, const envelope_format& format = test_format) {
  try {
    static_cast<void>(envelope::open(bytes, format));
  } catch (const error& e) {
    EXPECT_EQ(e.code(), error_code::invalid_data);
    return e.where().code + ": " + e.where().message;
  }
  return {};
}

TEST(envelope, opens_with_its_sections_in_order) {
  const auto file = sealed();
  const auto opened = envelope::open(file, test_format);
  EXPECT_EQ(opened.version(), 2U);
  ASSERT_EQ(opened.sections().size(), 3U);
  EXPECT_EQ(opened.sections()[2].tag.name(), "eight_ch");
  EXPECT_EQ(opened.sections()[1].bytes.size(), 0U);
  auto in = opened.reader("first");
  std::string text;
  std::uint32_t n = 0;
  in >> text >> n;
  in.finish();
  EXPECT_EQ(text, "hello");
  EXPECT_EQ(n, 7U);
  EXPECT_EQ(in.get_library_version(), 2U);
  EXPECT_THROW(static_cast<void>(opened.reader("absent")), error);
  const std::array<section_tag, 3> right{"first", "empty", "eight_ch"};
  EXPECT_NO_THROW(opened.expect(right));
  const std::array<section_tag, 3> swapped{"empty", "first", "eight_ch"};
  EXPECT_THROW(opened.expect(swapped), error);
  EXPECT_THROW(opened.expect(std::span(right).first(2)), error);
}

TEST(envelope, every_altered_byte_is_refused) {
  const auto file = sealed();
  auto mutant = file;
  for (std::size_t i = 0; i < file.size(); ++i)
    for (unsigned mask = 1; mask < 256; ++mask) {
      mutant[i] = file[i] ^ static_cast<std::byte>(mask);
      ASSERT_NE(why_refused(mutant), "") << "byte " << i << " mask " << mask;
      mutant[i] = file[i];
    }
  EXPECT_EQ(why_refused(mutant), "");
}

TEST(envelope, every_truncation_and_every_addition_is_refused) {
  auto file = sealed();
  for (std::size_t n = 0; n < file.size(); ++n)
    ASSERT_NE(why_refused(std::span<const std::byte>(file).first(n)), "") << n;
  file.push_back(std::byte{0});
  EXPECT_NE(why_refused(file), "");
}

TEST(envelope, a_newer_format_is_refused_with_a_clear_word) {
  auto newer = test_format;
  newer.version = 3;
  EXPECT_EQ(why_refused(sealed(newer)),
            "newer_format: test file written by a newer Commonweal: format 3, this one reads up to 2; update "
            "Commonweal to read it");
  auto older = test_format;
  older.version = 1;
  EXPECT_EQ(why_refused(sealed(older)).substr(0, 12), "older_format");
  auto both = test_format;
  both.oldest = 1;
  EXPECT_EQ(why_refused(sealed(older), both), "");
}

TEST(envelope, another_kind_of_file_is_told_apart) {
  auto other = test_format;
  other.magic[3] = 'U';
  EXPECT_EQ(why_refused(sealed(other)).substr(0, 8), "not_ours");
  EXPECT_TRUE(has_magic(sealed(), test_format));
  EXPECT_FALSE(has_magic(sealed(other), test_format));
  EXPECT_FALSE(has_magic({}, test_format));
}

TEST(envelope, content_beyond_the_cap_is_neither_written_nor_read) {
  auto large = test_format;
  large.max_payload = 1 << 20;
  envelope_writer out(large, 1);
  out.section("bytes") << std::vector<std::uint8_t>(5000);
  const auto file = out.finish();
  EXPECT_EQ(why_refused(file, large), "");
  EXPECT_NE(why_refused(file), "");
  envelope_writer refused(test_format, 1);
  refused.section("bytes") << std::vector<std::uint8_t>(5000);
  EXPECT_THROW(static_cast<void>(refused.finish()), error);
}

TEST(envelope, misuse_of_the_writer_is_an_error) {
  envelope_writer out(test_format, 2);
  out.section("a");
  EXPECT_THROW(static_cast<void>(out.finish()), error);
  out.section("b");
  EXPECT_THROW(out.section("c"), error);
  EXPECT_NO_THROW(static_cast<void>(out.finish()));
  EXPECT_THROW(envelope_writer(test_format, 65), error);
}

TEST(envelope, sections_of_one_name_are_refused) {
  envelope_writer out(test_format, 2);
  out.section("a");
  out.section("a");
  EXPECT_NE(why_refused(out.finish()).find("twice"), std::string::npos);
}

} // namespace
