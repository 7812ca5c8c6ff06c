// SPDX-License-Identifier: Apache-2.0
// Lists of options: one word for one thing, and what is put into a request.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <typeindex>
#include <typeinfo>

#include "answers/requests.hpp"

namespace {

using namespace commonweal;
using namespace commonweal::answers;

struct word {}; // of whichever enumeration

template <class Work>
void each_question(Work&& work) {
  std::apply([&](auto... request) { (work(std::move(request)), ...); }, questions{});
}

TEST(option, means_the_same_in_every_question) {
  std::map<std::string, std::type_index> types;
  each_question([&](auto request) {
    request.each_option([&](const option& o, const auto& value) {
      using one = single<std::remove_cvref_t<decltype(value)>>;
      std::type_index type = typeid(one);
      if constexpr (named_enum<one>) type = typeid(word);
      const auto known = types.emplace(o.name, type).first->second;
      EXPECT_EQ(known, type) << request.asks.name << ": " << o.name;
    });
  });
  for (const char* name : {"from", "to", "phase", "ghost", "freeze"}) EXPECT_EQ(types.at(name), typeid(period)) << name;
  for (const char* name : {"as_of", "deadline"}) EXPECT_EQ(types.at(name), typeid(date)) << name;
}

TEST(option, has_a_name_of_its_own_and_a_meaning) {
  std::set<std::string> asked;
  each_question([&](auto request) {
    EXPECT_TRUE(asked.emplace(request.asks.name).second) << request.asks.name;
    std::set<std::string> names;
    std::set<char> letters;
    request.each_option([&](const option& o, const auto& value) {
      EXPECT_TRUE(names.emplace(o.name).second) << request.asks.name << ": " << o.name;
      EXPECT_TRUE(o.letter == '\0' || letters.insert(o.letter).second) << request.asks.name << ": " << o.letter;
      EXPECT_FALSE(o.meaning.empty()) << o.name;
      EXPECT_EQ(o.name.find('-'), std::string_view::npos) << o.name;
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, bool>) {
        EXPECT_FALSE(value) << o.name; // a command line could not turn it off
      }
    });
  });
}

TEST(option, is_written_as_its_reader_types_it) {
  EXPECT_EQ(written(option_style::command_line, "as_of"), "--as-of");
  EXPECT_EQ(written(option_style::library, "as_of"), "`as_of`");
}

TEST(option, offers_no_word_that_is_always_refused) {
  std::string why;
  EXPECT_EQ(word_named<chart_kind>("p-prime", why), chart_kind::p_prime);
  EXPECT_EQ(word_named<chart_kind>("xbar_s", why), std::nullopt);
  EXPECT_EQ(why, "xbar_s is none of: run, xmr, p, p_prime, u, u_prime, c, t, g");
  EXPECT_EQ(word_named<reconciliation>("variance", why), std::nullopt);
  EXPECT_EQ(words_of<reconciliation>().size(), 5u);
}

TEST(option, takes_one_value_or_several) {
  std::vector<period> several;
  put(several, *period::parse("2024"));
  put(several, *period::parse("2025"));
  EXPECT_EQ(several.size(), 2u);
  std::optional<edge_kinds> kinds;
  put(kinds, edge_kind::part_of);
  put(kinds, edge_kind::member_of);
  EXPECT_EQ(kinds, edge_kind::part_of | edge_kind::member_of);
  std::optional<date> day;
  put(day, *date::parse("2024-02-29"));
  EXPECT_EQ(day, date::parse("2024-02-29"));
}

TEST(option, says_why_a_number_is_outside_its_range) {
  const option share{"flat", "", "", 0, 1}, columns{"width", "", "", 72, 120};
  EXPECT_EQ(why_not(share, 0.5), "");
  EXPECT_EQ(why_not(share, 1.5), "1.5 is not a share from 0 to 1");
  EXPECT_EQ(why_not(columns, 20), "20 is not a number from 72 to 120");
  EXPECT_EQ(why_not({"horizon", ""}, std::numeric_limits<double>::quiet_NaN()), "not a finite number");
}

} // namespace
