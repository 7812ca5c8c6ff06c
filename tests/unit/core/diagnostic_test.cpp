// SPDX-License-Identifier: Apache-2.0
// Findings: how they read, that all are counted and only so many kept; errors that carry them; enumerations; ids.
#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/error.hpp>
#include <commonweal/core/ids.hpp>

#include <gtest/gtest.h>

#include <unordered_set>

namespace {

using commonweal::diagnostic;
using commonweal::diagnostics;
using commonweal::error;
using commonweal::error_code;
using commonweal::severity;

diagnostic finding(severity s, std::string code) {
  return {.severity = s, .code = std::move(code), .message = "something is wrong"};
}

TEST(diagnostic, reads_as_severity_place_sentence_and_code) {
  const diagnostic d{.severity = severity::error,
                     .code = "unknown_id",
                     .file = "member_of.csv",
                     .row = 12,
                     .field = "to",
                     .record = "clinic",
                     .message = "no group has the id \"councl\"; did you mean \"council\"?"};
  EXPECT_EQ(d.to_string(), "error: member_of.csv, row 12, field to: no group has the id \"councl\"; did you mean "
                           "\"council\"? [unknown_id]");
}

TEST(diagnostic, leaves_out_the_parts_of_the_place_that_it_lacks) {
  auto d = finding(severity::warning, "w");
  EXPECT_EQ(d.to_string(), "warning: something is wrong [w]");
  d.field = "end";
  EXPECT_EQ(d.to_string(), "warning: field end: something is wrong [w]");
  d.row = 1;
  EXPECT_EQ(d.to_string(), "warning: row 1, field end: something is wrong [w]");
  d.file = "groups.csv";
  d.row = -1;
  d.field.clear();
  d.severity = severity::note;
  EXPECT_EQ(d.to_string(), "note: groups.csv: something is wrong [w]");
}

TEST(diagnostics, keep_the_order_found_and_count_by_severity) {
  diagnostics all;
  EXPECT_TRUE(all.empty());
  all.add(finding(severity::note, "first"));
  all.add(finding(severity::warning, "second"));
  EXPECT_FALSE(all.has_errors());
  EXPECT_EQ(all.first_error(), nullptr);
  all.add(finding(severity::error, "third"));
  all.add(finding(severity::error, "fourth"));
  EXPECT_TRUE(all.has_errors());
  EXPECT_EQ(all.first_error()->code, "third");
  EXPECT_EQ(all.size(), 4U);
  EXPECT_EQ(all.count(severity::error), 2U);
  EXPECT_EQ(all.items()[1].code, "second");
}

TEST(diagnostics, count_all_but_keep_only_so_many_of_each_severity) {
  diagnostics all(3);
  for (int i = 0; i < 10; ++i) all.add(finding(severity::warning, "w" + std::to_string(i)));
  all.add(finding(severity::error, "e")); // a flood of warnings must not drown an error
  EXPECT_EQ(all.items().size(), 4U);
  EXPECT_EQ(all.count(severity::warning), 10U);
  EXPECT_EQ(all.first_error()->code, "e");
}

TEST(diagnostics, merging_adds_the_counts_even_of_what_was_not_kept) {
  diagnostics a(3);
  diagnostics b(5);
  for (int i = 0; i < 2; ++i) a.add(finding(severity::note, "a"));
  for (int i = 0; i < 9; ++i) b.add(finding(severity::note, "b"));
  b.add(finding(severity::error, "e"));
  a.merge(b);
  EXPECT_EQ(a.count(severity::note), 11U);
  EXPECT_EQ(a.count(severity::error), 1U);
  EXPECT_EQ(a.items().size(), 4U); // 3 notes and the error
  EXPECT_EQ(a.items()[0].code, "a");
  EXPECT_EQ(a.items()[2].code, "b");
}

TEST(error, carries_a_code_a_sentence_and_where) {
  const error e(error_code::invalid_argument, "no such group");
  EXPECT_EQ(e.code(), error_code::invalid_argument);
  EXPECT_STREQ(e.what(), "no such group");
  EXPECT_EQ(e.where().message, "no such group");
  EXPECT_EQ(e.where().code, "invalid_argument");
  EXPECT_TRUE(e.all().empty());
}

TEST(error, says_the_finding_in_full) {
  const error e(error_code::io,
                diagnostic{.code = "cannot_read", .file = "groups.csv", .message = "permission denied"});
  EXPECT_STREQ(e.what(), "error: groups.csv: permission denied [cannot_read]");
  EXPECT_EQ(e.where().file, "groups.csv");
}

TEST(error, of_a_whole_input_shows_the_first_error_and_carries_all) {
  diagnostics all;
  all.add(finding(severity::warning, "w"));
  all.add(finding(severity::error, "first"));
  all.add(finding(severity::error, "second"));
  const error e(error_code::invalid_data, all);
  EXPECT_EQ(e.where().code, "first");
  EXPECT_STREQ(e.what(), "error: something is wrong [first]");
  EXPECT_EQ(e.all().items(), all.items());
}

TEST(error, is_caught_as_a_standard_exception) {
  EXPECT_THROW(throw error(error_code::cancelled, "stopped"), std::runtime_error);
}

TEST(error_code, values_are_fixed_for_ever) {
  EXPECT_EQ(static_cast<int>(error_code::ok), 0);
  EXPECT_EQ(static_cast<int>(error_code::invalid_argument), 1);
  EXPECT_EQ(static_cast<int>(error_code::invalid_data), 2);
  EXPECT_EQ(static_cast<int>(error_code::io), 3);
  EXPECT_EQ(static_cast<int>(error_code::cancelled), 4);
  EXPECT_EQ(static_cast<int>(error_code::no_memory), 5);
  EXPECT_EQ(static_cast<int>(error_code::internal), 6);
  EXPECT_EQ(to_string(error_code::internal), "internal");
}

TEST(enum_text, reads_exactly_the_names_it_prints) {
  for (const auto s : {severity::note, severity::warning, severity::error})
    EXPECT_EQ(commonweal::parse_enum<severity>(to_string(s)), s);
  EXPECT_FALSE(commonweal::parse_enum<severity>("Error"));
  EXPECT_FALSE(commonweal::parse_enum<severity>("error "));
  EXPECT_FALSE(commonweal::parse_enum<severity>(""));
  EXPECT_EQ(commonweal::list_of_names<severity>(), "note, warning, error");
}

struct apple;
struct pear;
using apple_id = commonweal::strong_index<apple>;
using pear_id = commonweal::strong_index<pear>;

template <class A, class B>
concept comparable = requires(A a, B b) {
  a == b;
};

static_assert(sizeof(apple_id) == 4);
static_assert(!comparable<apple_id, pear_id>);
static_assert(!std::is_convertible_v<std::uint32_t, apple_id> && !std::is_convertible_v<apple_id, std::uint32_t>);
static_assert(!std::is_constructible_v<apple_id, pear_id>);

TEST(strong_index, names_nothing_until_it_is_given_a_value) {
  EXPECT_FALSE(apple_id{}.valid());
  EXPECT_EQ(apple_id{}, apple_id::invalid());
  EXPECT_TRUE(apple_id{0}.valid());
  EXPECT_LT(apple_id{3}, apple_id{4});
  EXPECT_LT(apple_id{3}, apple_id::invalid()) << "what names nothing sorts last";
}

TEST(strong_index, hashes_as_a_key) {
  std::unordered_set<apple_id> seen;
  for (std::uint32_t i = 0; i < 1000; ++i) seen.insert(apple_id{i % 100});
  EXPECT_EQ(seen.size(), 100U);
}

} // namespace
