// SPDX-License-Identifier: Apache-2.0
// The formula language: what it reads, and what it says of a formula that it cannot read.
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/measure/formula.hpp>

namespace cw = commonweal;

namespace {

std::vector<cw::indicator_definition>
definitions(const std::vector<std::pair<std::string, std::string>>& id_and_formula) {
  std::vector<cw::indicator_definition> out;
  for (const auto& [id, formula] : id_and_formula) {
    cw::indicator_definition d;
    d.id = id;
    d.formula = formula;
    out.push_back(d);
  }
  return out;
}
const auto known = definitions({{"a", ""}, {"b", ""}, {"adults in care", ""}, {"t", ""}, {"min", ""}, {"x-1", ""}});

cw::formula parse(const std::string& text) { return cw::parse_formula(text, cw::lookup_in(known)); }

struct refusal {
  std::string code;
  std::string message;
};
refusal refused(const std::string& text) {
  try {
    (void)parse(text);
  } catch (const cw::error& e) {
    EXPECT_EQ(e.code(), cw::error_code::invalid_data);
    return {e.where().code, e.where().message};
  }
  ADD_FAILURE() << text << " was read";
  return {};
}

TEST(formula, reads_terms_in_the_order_of_evaluation) {
  const auto f = parse("a + b * 2");
  ASSERT_EQ(f.nodes.size(), 5u);
  EXPECT_EQ(f.nodes[0].indicator, cw::indicator_id{0});
  EXPECT_EQ(f.nodes[2].number, 2);
  EXPECT_EQ(f.nodes[3].step, cw::formula_step::multiply);
  EXPECT_EQ(f.nodes[4].step, cw::formula_step::add);
  EXPECT_EQ(f.nodes[4].arguments, (std::vector<std::uint32_t>{0, 3}));
  EXPECT_EQ(f.nodes[4].position, 3u);
}
TEST(formula, subtraction_and_division_go_from_left_to_right) {
  const auto f = parse("a - b - 1");
  EXPECT_EQ(f.nodes.back().arguments, (std::vector<std::uint32_t>{2, 3}));
  const auto g = parse("a / b * 2");
  EXPECT_EQ(g.nodes.back().step, cw::formula_step::multiply);
}
TEST(formula, minus_binds_tighter_than_times) {
  const auto f = parse("-a * b");
  EXPECT_EQ(f.nodes.back().step, cw::formula_step::multiply);
  EXPECT_EQ(parse("--a").nodes.size(), 3u);
}
TEST(formula, names_with_other_characters_stand_in_brackets) {
  EXPECT_EQ(parse("[adults in care]").nodes[0].indicator, cw::indicator_id{2});
  EXPECT_EQ(parse("[x-1]").nodes[0].indicator, cw::indicator_id{5});
}
TEST(formula, a_period_before_has_two_spellings) {
  const auto f = parse("offset(a, -2)");
  const auto g = parse("a[t-2]");
  EXPECT_EQ(f.nodes.back().periods, -2);
  EXPECT_EQ(g.nodes.back().periods, -2);
  EXPECT_EQ(g.nodes.back().step, cw::formula_step::offset);
  EXPECT_EQ(parse("a[t+1]").nodes.back().periods, 1);
  EXPECT_EQ(parse("[adults in care][ t - 1 ]").nodes.back().periods, -1);
  EXPECT_EQ(parse("(a + b)[t-1]").nodes.back().step, cw::formula_step::offset);
}
TEST(formula, a_name_is_a_function_only_before_a_parenthesis) {
  EXPECT_EQ(parse("min").nodes[0].indicator, cw::indicator_id{4});
  EXPECT_EQ(parse("min(min, t)").nodes.back().step, cw::formula_step::least);
}
TEST(formula, reads_every_function) {
  for (const std::string text : {"abs(a)",
                                 "round(a, 2)",
                                 "min(a, b, 1)",
                                 "max(a)",
                                 "first_non_null(a, 0)",
                                 "year_to_date(a + b)",
                                 "sum_over_time(a)",
                                 "mean_over_time(a)",
                                 "min_over_time(a)",
                                 "max_over_time([adults in care])",
                                 "first_over_time(a)",
                                 "last_over_time(a)",
                                 "count_over_time(a)",
                                 "range_over_time(a)",
                                 "geometric_mean_over_time(a)",
                                 "median_over_time(a)",
                                 "reporting_rate(a)",
                                 "reported(a)",
                                 "expected(a)",
                                 ".5e1 * a",
                                 "\ta\n"})
    EXPECT_NO_THROW((void)parse(text)) << text;
}
TEST(formula, lists_what_it_refers_to_once) {
  EXPECT_EQ(parse("b / a + b[t-1] + max_over_time(a)").references(),
            (std::vector<cw::indicator_id>{cw::indicator_id{1}, cw::indicator_id{0}}));
}

TEST(formula, says_where_and_what_is_wrong) {
  EXPECT_NE(refused("a + ").message.find("ends where a number or an indicator is expected, at position 5"),
            std::string::npos);
  EXPECT_NE(refused("(a + b").message.find("')' is missing for the parenthesis opened at position 1"),
            std::string::npos);
  EXPECT_NE(refused("a + b)").message.find("')' closes no parenthesis, at position 6"), std::string::npos);
  EXPECT_NE(refused("a b").message.find("an operator is missing before 'b', at position 3"), std::string::npos);
  EXPECT_NE(refused("a[1]").message.find("x[t-1]"), std::string::npos);
  EXPECT_NE(refused("median(a)").message.find("there is no function 'median'; the functions are abs"),
            std::string::npos);
  EXPECT_EQ(refused("").code, "formula_syntax");
  EXPECT_EQ(refused("a + c").code, "formula_unknown_indicator");
  EXPECT_NE(refused("a + c").message.find("no indicator has the id 'c', at position 5 of a + c"), std::string::npos);
  EXPECT_EQ(refused("reporting_rate(c)").code, "formula_unknown_indicator");
}
TEST(formula, refuses_what_no_number_is) {
  for (const std::string text :
       {"1e999", ".", "1..2", "a[t-9999999999]", "round(a, 16)", "round(a, -1)", "round(a)", "nan()", "offset(a, b)",
        "reporting_rate(a + b)", "stddev_sample_over_time(a)", "percentile_over_time(a)", "a # b", "[adults"})
    EXPECT_EQ(refused(text).code, "formula_syntax") << text;
}
TEST(formula, bears_the_absurd) {
  EXPECT_EQ(refused(std::string(100'000, '(')).code, "formula_syntax");
  EXPECT_EQ(refused(std::string(100'000, '-')).code, "formula_syntax");
  std::string chain = "a";
  for (int k = 0; k < 100'000; ++k) chain += "+a";
  const auto r = refused(chain);
  EXPECT_NE(r.message.find("more than 4096 terms"), std::string::npos);
  EXPECT_LT(r.message.size(), 400u);
}
TEST(formula, reads_or_refuses_any_text) {
  std::mt19937 bits(1);
  const std::string alphabet = "ab t12.()[]+-*/,-_\"\xc3";
  int read = 0;
  for (int k = 0; k < 20'000; ++k) {
    std::string text;
    for (auto n = bits() % 9; n > 0; --n) text += alphabet[bits() % alphabet.size()];
    try {
      const auto f = parse(text);
      ++read;
      for (std::size_t i = 0; i < f.nodes.size(); ++i)
        for (const auto a : f.nodes[i].arguments) ASSERT_LT(a, i) << text;
    } catch (const cw::error& e) { ASSERT_EQ(e.code(), cw::error_code::invalid_data); }
  }
  EXPECT_GT(read, 100);
}

TEST(check_formulas, finds_everything_at_once) {
  const auto d = definitions(
      {{"a", ""}, {"bad", "a +"}, {"lost", "a + gone"}, {"x", "y * 2"}, {"y", "z"}, {"z", "a - x"}, {"ok", "x + a"}});
  cw::diagnostics found;
  cw::check_formulas(d, found);
  ASSERT_EQ(found.items().size(), 3u);
  EXPECT_EQ(found.items()[0].code, "formula_syntax");
  EXPECT_EQ(found.items()[0].file, "indicators");
  EXPECT_EQ(found.items()[0].row, 3);
  EXPECT_EQ(found.items()[0].field, "formula");
  EXPECT_EQ(found.items()[0].record, "bad");
  EXPECT_EQ(found.items()[1].code, "formula_unknown_indicator");
  EXPECT_EQ(found.items()[1].record, "lost");
  EXPECT_EQ(found.items()[2].code, "formula_circular");
  EXPECT_EQ(found.items()[2].record, "x");
  EXPECT_NE(found.items()[2].message.find("x -> y -> z -> x"), std::string::npos);
}
TEST(check_formulas, a_formula_that_names_itself_is_circular) {
  cw::diagnostics found;
  cw::check_formulas(definitions({{"a", "a[t-1] + 1"}}), found);
  ASSERT_EQ(found.items().size(), 1u);
  EXPECT_NE(found.items()[0].message.find("a -> a"), std::string::npos);
}
TEST(check_formulas, says_nothing_of_sound_formulas) {
  cw::diagnostics found;
  cw::check_formulas(definitions({{"a", ""}, {"b", "a * 2"}, {"c", "a + b"}, {"d", "b + c"}}), found);
  EXPECT_TRUE(found.empty());
}

} // namespace
