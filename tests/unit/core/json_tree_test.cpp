// SPDX-License-Identifier: Apache-2.0
// json_tree: what goes in comes out, in the order and the words of nlohmann::json.
#include <gtest/gtest.h>

#include <string>

#include <nlohmann/json.hpp>

#include "core/json_tree.hpp"

namespace {

using commonweal::json_tree;

TEST(json_tree, writes_what_it_read_as_nlohmann_does) {
  for (
      const std::string text :
      {R"({"b":1,"a":[],"c":{},"d":[1,-2,0.1,1e300,1.0,18446744073709551615,null,true,false,"x\u0001\n\"\\\u00e9"],"e":{"f":{"g":[[]]}}})",
       "3", "\"\"", "[]", "{}", "[[[1]]]", "-0.0", "9007199254740993"}) {
    const auto read = json_tree::parse(text);
    ASSERT_TRUE(read.good) << text;
    const auto other = nlohmann::ordered_json::parse(text);
    EXPECT_EQ(read.value.dump(), other.dump());
    EXPECT_EQ(read.value.dump(2), other.dump(2));
    EXPECT_EQ(json_tree::parse(read.value.dump(2)).value, read.value);
  }
}

TEST(json_tree, says_where_a_text_is_no_json) {
  for (const std::string text : {"", "{", "[1,]", "{\"a\" 1}", "nul", "1 2", "\"\xc3\x28\"", "[1e999]"}) {
    const auto read = json_tree::parse(text);
    EXPECT_FALSE(read.good) << text;
    EXPECT_FALSE(read.too_deep) << text;
    EXPECT_FALSE(read.why.empty()) << text;
    EXPECT_LE(read.byte, text.size() + 1) << text;
  }
}

TEST(json_tree, refuses_what_is_nested_too_deep) {
  const auto nested = [](std::size_t n) { return std::string(n, '[') + "1" + std::string(n, ']'); };
  EXPECT_TRUE(json_tree::parse(nested(64), 64).good);
  EXPECT_TRUE(json_tree::parse(nested(65), 64).too_deep);
  EXPECT_TRUE(json_tree::parse(nested(1'000'000), 64).too_deep);
}

TEST(json_tree, keeps_the_last_of_a_key_that_comes_twice_and_the_order_of_keys) {
  const auto read = json_tree::parse(R"({"b":1,"a":2,"b":3})");
  EXPECT_EQ(read.value.dump(), R"({"b":3,"a":2})");
  EXPECT_TRUE(read.value.holds("b", 3));
  EXPECT_EQ(read.value.find("c"), nullptr);
  EXPECT_EQ(read.value, json_tree::parse(R"({"a":2,"b":3})").value);
}

TEST(json_tree, is_built_in_place) {
  json_tree t;
  t["list"].push_back("x");
  t["list"].push_back(true);
  t["inside"]["n"] = std::uint64_t{18446744073709551615U};
  EXPECT_EQ(t.dump(), R"({"list":["x",true],"inside":{"n":18446744073709551615}})");
  const json_tree copy = t;
  t["list"] = json_tree();
  EXPECT_EQ(copy.find("list")->elements().size(), 2u);
}

} // namespace
