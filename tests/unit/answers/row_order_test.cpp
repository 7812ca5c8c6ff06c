// SPDX-License-Identifier: Apache-2.0
// Rows in any order and by any way in make the same panels and figures; few rows do not make gigabytes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include <commonweal/core/error.hpp>
#include <commonweal/initiative/initiative_builder.hpp>
#include <commonweal/load.hpp>
#include <commonweal/rollup/detail/make_figures.hpp>

#include "answers/partial_observations.hpp"
#include "temporary_folder.hpp"

namespace {

using namespace commonweal;
using answers::add_observations;
using answers::partial_of;

constexpr std::uint32_t reporters = 150'000;
constexpr std::uint32_t groups = 20;

/// One of 4 reports of each of 150,000 reporters in 60 months.
struct report {
  std::uint32_t reporter = 0;
  std::int32_t month = 0;
};
std::vector<report> by_reporter() {
  std::vector<report> out;
  for (std::uint32_t r = 0; r < reporters; ++r)
    for (std::int32_t k = 0; k < 4; ++k) out.push_back({r, static_cast<std::int32_t>(r % 15) + 15 * k});
  return out;
}
std::vector<report> by_month() {
  auto out = by_reporter();
  std::stable_sort(out.begin(), out.end(), [](const report& a, const report& b) { return a.month < b.month; });
  return out;
}
std::vector<report> shuffled() {
  auto out = by_reporter();
  std::shuffle(out.begin(), out.end(), std::mt19937_64(7));
  return out;
}
double value_of(const report& x) { return x.reporter % 1000 + 0.25 * x.month; }
period month_of(const report& x) { return {frequency::month, 600 + x.month}; }

table observations(const std::vector<report>& of, std::size_t from, std::size_t to) {
  table out({{"reporter", column_type::utf8},
             {"indicator", column_type::utf8},
             {"period", column_type::period},
             {"value", column_type::float64}});
  for (std::size_t i = from; i < std::min(to, of.size()); ++i)
    out.append_row({std::string_view("o" + std::to_string(of[i].reporter)), "i", month_of(of[i]), value_of(of[i])});
  return out;
}

table id_table(const std::string& letter, std::uint32_t count) {
  table out({{"id", column_type::utf8}});
  for (std::uint32_t i = 0; i < count; ++i) out.append_row({std::string_view(letter + std::to_string(i))});
  return out;
}
table edge_table(const std::vector<std::pair<std::string, std::string>>& edges) {
  table out({{"from", column_type::utf8}, {"to", column_type::utf8}});
  for (const auto& [from, to] : edges) out.append_row({std::string_view(from), std::string_view(to)});
  return out;
}

/// Organizations o0.., each a member of one group; groups g1.. part of g0; `indicators` amounts i, i1, i2, ...
void append_network(initiative_builder& in, std::uint32_t organizations, std::uint32_t all_groups,
                    std::uint32_t indicators, diagnostics& found) {
  in.append("organizations", id_table("o", organizations), {"organizations"}, found);
  in.append("groups", id_table("g", all_groups), {"groups"}, found);
  table definitions({{"id", column_type::utf8}, {"kind", column_type::utf8}});
  for (std::uint32_t i = 0; i < indicators; ++i)
    definitions.append_row({std::string_view(i == 0 ? "i" : "i" + std::to_string(i)), "amount"});
  in.append("indicators", definitions, {"indicators"}, found);
  std::vector<std::pair<std::string, std::string>> members, parts;
  for (std::uint32_t o = 0; o < organizations; ++o)
    members.emplace_back("o" + std::to_string(o), "g" + std::to_string(o % all_groups));
  for (std::uint32_t g = 1; g < all_groups; ++g) parts.emplace_back("g" + std::to_string(g), "g0");
  in.append("member_of", edge_table(members), {"member_of"}, found);
  in.append("part_of", edge_table(parts), {"part_of"}, found);
}

initiative from_tables(const std::vector<report>& rows) {
  diagnostics found;
  initiative_builder in;
  append_network(in, reporters, groups, 1, found);
  for (std::size_t from = 0; from < rows.size(); from += 70'000)
    in.append("observations", observations(rows, from, from + 70'000),
              {"observations", static_cast<std::int64_t>(from)}, found);
  auto out = in.finish(found);
  EXPECT_TRUE(found.empty());
  return out;
}
initiative from_folder(const std::vector<report>& rows) {
  std::string organizations = "id\n", all = "id\n", members = "from,to\n", parts = "from,to\n";
  std::string reports = "reporter,indicator,period,value\n";
  for (std::uint32_t o = 0; o < reporters; ++o) {
    organizations += "o" + std::to_string(o) + "\n";
    members += "o" + std::to_string(o) + ",g" + std::to_string(o % groups) + "\n";
  }
  for (std::uint32_t g = 0; g < groups; ++g) {
    all += "g" + std::to_string(g) + "\n";
    if (g > 0) parts += "g" + std::to_string(g) + ",g0\n";
  }
  for (const auto& x : rows)
    reports +=
        "o" + std::to_string(x.reporter) + ",i," + month_of(x).to_string() + "," + std::to_string(value_of(x)) + "\n";
  test::temporary_folder t;
  t.file("organizations.csv", organizations).file("groups.csv", all).file("indicators.csv", "id,kind\ni,amount\n");
  t.file("member_of.csv", members).file("part_of.csv", parts).file("observations.csv", reports);
  diagnostics found;
  auto out = load(t.path(), found);
  EXPECT_EQ(found.count(severity::warning), 0U);
  return out;
}

void expect_same(const initiative& a, const initiative& b) {
  const panel &x = a.measures().panels.at(0), &y = b.measures().panels.at(0);
  EXPECT_EQ(x.reporters, y.reporters);
  EXPECT_EQ(x.first, y.first);
  ASSERT_EQ(x.value.rows(), y.value.rows());
  ASSERT_EQ(x.value.cols(), y.value.cols());
  EXPECT_EQ(std::memcmp(x.value.data(), y.value.data(), static_cast<std::size_t>(x.value.size()) * sizeof(double)), 0);
  EXPECT_TRUE(a.rollup() == b.rollup());
}

/// An initiative of some groups and indicators that one organization reports on a few days a century apart.
initiative centuries(std::uint32_t all_groups, std::uint32_t indicators, int days) {
  diagnostics found;
  initiative_builder in;
  append_network(in, 1, all_groups, indicators, found);
  table rows = observations({}, 0, 0);
  for (std::uint32_t i = 0; i < indicators; ++i)
    for (int k = 0; k < days; ++k)
      rows.append_row({"o0", std::string_view(i == 0 ? "i" : "i" + std::to_string(i)),
                       period{frequency::day, -60'000 + 30'000 * k}, 1.0});
  in.append("observations", rows, {"observations"}, found);
  return in.finish(found);
}

template <class Call>
std::string message_of(Call call) {
  try {
    call();
  } catch (const error& e) {
    EXPECT_EQ(e.code(), error_code::invalid_argument);
    EXPECT_EQ(e.where().code, "answer_too_large");
    return e.what();
  }
  return "nothing";
}

} // namespace

TEST(row_order, tables_and_folders_give_the_same_bits_in_any_order) {
  const auto whole = from_tables(by_reporter());
  ASSERT_EQ(whole.measures().panels.at(0).value.size(), 9'000'000);
  expect_same(from_tables(shuffled()), whole);
  expect_same(from_folder(by_month()), whole);
  expect_same(from_folder(shuffled()), whole);
}

TEST(row_order, partials_take_batches_of_any_size_and_order) {
  const auto rows = shuffled();
  diagnostics found;
  initiative_builder in;
  append_network(in, reporters, groups, 1, found);
  const auto empty = in.finish(found);
  const auto wanted = from_tables(by_reporter()).rollup();
  auto one = partial_of(empty, {}), other = partial_of(empty, {});
  const std::size_t part = 120'000;
  add_observations(one, empty, observations(rows, 0, part), {"observations", 0},
                   found); // a panel of them alone would be too sparse
  for (std::size_t from = part; from < rows.size(); from += 110'000)
    add_observations(other, empty, observations(rows, from, from + 110'000), {"observations", 0}, found);
  EXPECT_TRUE(found.empty());
  one.merge(other);
  EXPECT_TRUE(one.finish() == wanted);
}

TEST(answer_size, a_few_far_days_of_many_groups_or_indicators_are_refused_with_the_size_and_what_to_narrow) {
  const auto many_groups = centuries(1000, 1, 3);
  const std::string why = message_of([&] { (void)many_groups.rollup(); });
  EXPECT_NE(why.find("the rollup of 1000 groups and 1 indicator over up to 60001 periods (i from "), std::string::npos)
      << why;
  EXPECT_NE(why.find("would have 60001000 rows"), std::string::npos) << why;
  EXPECT_NE(why.find("narrow it by from and to"), std::string::npos) << why;
  EXPECT_NE(message_of([&] { (void)centuries(10, 100, 3).rollup(); }).find("100 indicators"), std::string::npos);
}

TEST(answer_size, a_narrower_question_is_answered) {
  const auto source = centuries(1000, 1, 3);
  rollup_options o;
  o.groups = {"g0", "g7"};
  EXPECT_EQ(source.rollup(o).rows(), 2U * 60'001);
  o = {};
  o.every = frequency::year;
  EXPECT_EQ(source.rollup(o).rows(), 1000U * 166);
  o = {};
  o.from = period{frequency::day, 0};
  o.to = period{frequency::day, 9};
  EXPECT_EQ(source.rollup(o).rows(), 10'000U);
  o.to = period{frequency::day, 100'000};
  EXPECT_NE(message_of([&] { (void)source.rollup(o); }), "nothing"); // options alone do not make gigabytes either
}

TEST(answer_size, partials_refuse_what_the_whole_refuses_in_the_same_words) {
  const auto source = centuries(1000, 1, 3);
  table rows = observations({}, 0, 0);
  for (int k = 0; k < 3; ++k) rows.append_row({"o0", "i", period{frequency::day, -60'000 + 30'000 * k}, 1.0});
  diagnostics found;
  auto part = partial_of(source, {});
  add_observations(part, source, rows, {"observations", 0}, found); // holds three stretches, not the days between
  EXPECT_EQ(message_of([&] { (void)part.finish(); }), message_of([&] { (void)source.rollup(); }));
  rollup_options o;
  o.groups = {"g0"};
  auto narrow = partial_of(source, o);
  add_observations(narrow, source, rows, {"observations", 0}, found);
  EXPECT_TRUE(narrow.finish() == source.rollup(o));
}

TEST(answer_size, a_partial_does_not_hold_cells_out_of_proportion_to_its_rows) {
  diagnostics found;
  initiative_builder in;
  append_network(in, 1, 20'000, 1, found);
  const auto source = in.finish(found);
  table rows = observations({}, 0, 0);
  for (int k = 0; k < 100; ++k) rows.append_row({"o0", "i", period{frequency::day, 64 * k}, 1.0});
  auto part = partial_of(source, {});
  const auto before = part.serialize();
  const std::string why = message_of([&] { add_observations(part, source, rows, {"observations", 0}, found); });
  EXPECT_NE(why.find("would hold 128006400 cells in 100 stretches of 64 periods"), std::string::npos) << why;
  EXPECT_EQ(part.serialize(), before);
}

TEST(answer_size, a_hundred_thousand_groups_over_sixty_periods_are_no_matter) {
  diagnostics found;
  initiative_builder in;
  append_network(in, 1, 100'000, 1, found);
  table rows = observations({}, 0, 0);
  for (const int k : {0, 59}) rows.append_row({"o0", "i", period{frequency::month, 600 + k}, 1.0});
  in.append("observations", rows, {"observations"}, found);
  const auto source = in.finish(found);
  const detail::rollup_request request(source.network(), source.measures(), {});
  EXPECT_EQ(
      detail::rows_of(request, detail::shape_of(request), request.targets().size(), [&] { return request.reports(); }),
      6'000'000U);
}
