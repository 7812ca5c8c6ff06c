// SPDX-License-Identifier: Apache-2.0
// Inequality, standardized rates, reversals and sums of parts as tables: worked by hand and from the literature.
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/analyze/equity_tables.hpp>
#include <commonweal/network/network_builder.hpp>

namespace {

using namespace commonweal;

double number(const table& t, const char* column, std::size_t row) {
  return t[column].is_null(row) ? missing_value : t[column].values<double>()[row];
}

/// The row of a measure and category in a table of inequality.
std::size_t row_of(const table& t, std::string_view measure, std::string_view category = {}) {
  for (std::size_t i = 0; i < t.rows(); ++i)
    if (t["measure"].text(i) == measure &&
        (t["category"].is_null(i) ? category.empty() : t["category"].text(i) == category))
      return i;
  ADD_FAILURE() << "no row " << measure << " " << category;
  return 0;
}
std::string said(const table& t, std::size_t row) { return std::string(t["reading"].text(row)); }

stratified one(std::vector<population_part> parts, double factor = 100,
               measure_words words = {"the dropout rate", "%"}) {
  stratified d;
  d.populations = {"Council"};
  for (const auto& p : parts) {
    d.strata.push_back(p.category);
    if (p.events > p.people) d.kind = rate_kind::events_per_exposure;
  }
  d.cells = std::move(parts);
  d.when = period(frequency::year, 54);
  d.factor = factor;
  d.words = std::move(words);
  return d;
}

// ---- gaps and ratios ----------------------------------------------------------------------------
// Newcombe 1998, table II (a): 56/70 - 48/80, method 10: 0.0524 to 0.3339.
TEST(equity_table, a_gap_has_newcombes_interval) {
  const auto t = equity_table(one({{"a", 56, 70}, {"b", 48, 80}}, 1));
  const auto gap = row_of(t, "gap", "a");
  EXPECT_NEAR(number(t, "value", gap), 0.2, 1e-12);
  EXPECT_NEAR(number(t, "lower", gap), 0.0524, 5e-5);
  EXPECT_NEAR(number(t, "upper", gap), 0.3339, 5e-5);
  EXPECT_EQ(t["reference"].text(gap), "b"); // of most people
  EXPECT_EQ(t["state"].text(gap), "ok");
  // ln(4/3) -+ 1.96 sqrt(1/56 - 1/70 + 1/48 - 1/80)
  const auto ratio = row_of(t, "ratio", "a");
  const double se = std::sqrt(1 / 56.0 - 1 / 70.0 + 1 / 48.0 - 1 / 80.0);
  EXPECT_NEAR(number(t, "value", ratio), 4 / 3.0, 1e-12);
  EXPECT_NEAR(number(t, "lower", ratio), 4 / 3.0 * std::exp(-1.959963984540054 * se), 1e-12);
  EXPECT_NEAR(number(t, "upper", ratio), 4 / 3.0 * std::exp(1.959963984540054 * se), 1e-12);
}

TEST(equity_table, a_gap_of_rates_has_the_intervals_of_counts) {
  const auto t = equity_table(one({{"a", 150, 100}, {"b", 240, 200}}, 1, {"the rate", ""}));
  const auto a = byar(150, 100);
  const auto b = byar(240, 200);
  const auto gap = row_of(t, "gap", "a");
  EXPECT_NEAR(number(t, "value", gap), 0.3, 1e-12);
  EXPECT_NEAR(number(t, "lower", gap), 0.3 - std::hypot(1.5 - a.lower, b.upper - 1.2), 1e-12);
  EXPECT_NEAR(number(t, "upper", gap), 0.3 + std::hypot(a.upper - 1.5, 1.2 - b.lower), 1e-12);
}

TEST(equity_table, is_read_out) {
  const auto t = equity_table(one({{"boys", 30, 200}, {"girls", 20, 220}}));
  EXPECT_EQ(said(t, row_of(t, "rate", "boys")),
            "The dropout rate of Council in 2024 for boys is 15 % (95 % interval 10.7 to 20.6 %).");
  EXPECT_EQ(said(t, row_of(t, "gap", "boys")),
            "The dropout rate of Council in 2024 for boys lies 5.91 percentage points above girls (95 % interval -0.33 "
            "to 12.3 percentage points); chance may explain it.");
  EXPECT_EQ(said(t, row_of(t, "gap", "girls")), "Girls is what the others are compared with.");
}

TEST(equity_table, says_what_cannot_be_had) {
  const auto t = equity_table(one({{"none", 0, 50}, {"empty", 0, 0}, {"some", 2, 40}}), {.reference = "none"});
  EXPECT_EQ(t["state"].text(row_of(t, "ratio", "some")), "zero_rate");
  EXPECT_TRUE(t["value"].is_null(row_of(t, "ratio", "some")));
  EXPECT_EQ(t["state"].text(row_of(t, "rate", "empty")), "no_people");
  EXPECT_TRUE(t["value"].is_null(row_of(t, "gap", "empty")));
  EXPECT_EQ(t["few_events"].values<std::uint8_t>()[row_of(t, "rate", "some")], 1);
  EXPECT_NEAR(number(t, "value", row_of(t, "attributable_share")), 1, 1e-12);
  const auto nobody = equity_table(one({{"a", 0, 0}, {"b", 0, 0}}));
  ASSERT_EQ(nobody.rows(), 1U);
  EXPECT_EQ(nobody["state"].text(0), "no_people");
  EXPECT_EQ(said(nobody, 0), "Nothing is known of the dropout rate of Council in 2024.");
  const auto never = equity_table(one({{"a", 0, 10}, {"b", 0, 20}}), {.order = {"a", "b"}});
  EXPECT_EQ(never["state"].text(row_of(never, "attributable_share")), "zero_rate");
  EXPECT_EQ(never["state"].text(row_of(never, "slope_index")), "zero_rate");
}

TEST(equity_table, refuses_what_cannot_be_meant) {
  const auto d = one({{"a", 1, 10}, {"b", 2, 20}});
  EXPECT_THROW((void)equity_table(d, {.reference = "c"}), error);
  EXPECT_THROW((void)equity_table(d, {.order = {"a"}}), error);
  EXPECT_THROW((void)equity_table(d, {.order = {"a", "a"}}), error);
  EXPECT_THROW((void)equity_table(d, {.confidence = 1}), error);
  EXPECT_THROW((void)equity_table(one({{"a", -1, 10}, {"b", 2, 20}})), error);
  auto torn = d;
  torn.cells.pop_back();
  EXPECT_THROW((void)equity_table(torn), error);
}

// ---- slope indices and attributable share -------------------------------------------------------
TEST(equity_table, slope_indices_are_those_of_the_order) {
  // Equal thirds at 0.3, 0.2, 0.1: ridits 1/6, 1/2, 5/6; the line falls by 0.3 from end to end.
  const auto d = one({{"high", 30, 300}, {"low", 90, 300}, {"middle", 60, 300}}, 1);
  const auto t = equity_table(d, {.order = {"low", "middle", "high"}});
  const auto sii = row_of(t, "slope_index");
  EXPECT_NEAR(number(t, "value", sii), -0.3, 1e-12);
  EXPECT_LT(number(t, "lower", sii), -0.3);
  EXPECT_NEAR(number(t, "value", row_of(t, "relative_index")), -1.5, 1e-12);
  EXPECT_NEAR(number(t, "value", row_of(t, "ratio_of_ends")), 0.05 / 0.35, 1e-12);
  EXPECT_NE(said(t, sii).find(
                "From low to high, the least to the most advantaged, the dropout rate of Council in 2024 falls by 0.3"),
            std::string::npos)
      << said(t, sii);
  const auto unordered = equity_table(d);
  for (std::size_t i = 0; i < unordered.rows(); ++i)
    EXPECT_NE(unordered["measure"].text(i), "slope_index"); // no order, no slope
}

TEST(equity_table, attributable_share_has_the_interval_of_the_delta_method) {
  // Reference 0.1, others 0.3, half the people each: (0.2 - 0.1) / 0.2; se 12.5 sqrt(0.09 x 0.0009 + 0.01 x 0.0021).
  const auto t = equity_table(one({{"a", 10, 100}, {"b", 30, 100}}), {.reference = "a"});
  const auto r = row_of(t, "attributable_share");
  const double se = 12.5 * std::sqrt(0.000102);
  EXPECT_NEAR(number(t, "value", r), 0.5, 1e-12);
  EXPECT_NEAR(number(t, "lower", r), 0.5 - 1.959963984540054 * se, 1e-12);
  EXPECT_NEAR(number(t, "upper", r), 0.5 + 1.959963984540054 * se, 1e-12);
  EXPECT_EQ(said(t, r), "If every part had the rate of a, the dropout rate of Council in 2024 would be 50 % lower (95 "
                        "% interval 25.3 to 74.7 %).");
}

// ---- standardization and reversals --------------------------------------------------------------
/// Charig, Webb, Payne and Wickham, BMJ 292 (1986) 879-882: success of two treatments of kidney stones, by size of
/// stone.
stratified kidney_stones() {
  stratified d;
  d.populations = {"open surgery", "nephrolithotomy"};
  d.strata = {"small", "large"};
  d.cells = {{"small", 81, 87}, {"large", 192, 263}, {"small", 234, 270}, {"large", 55, 80}};
  d.factor = 100;
  d.words = {"the success rate", "%"};
  return d;
}

TEST(simpson_reversals, finds_the_one_of_the_kidney_stones) {
  const auto t = simpson_reversals(kidney_stones());
  ASSERT_EQ(t.rows(), 1U);
  EXPECT_EQ(t["reversed"].values<std::uint8_t>()[0], 1);
  EXPECT_NEAR(number(t, "rate_a", 0), 78, 1e-12);
  EXPECT_NEAR(number(t, "rate_b", 0), 100 * 289.0 / 350, 1e-12);
  EXPECT_EQ(t["above"].values<std::int64_t>()[0], 2);
  EXPECT_EQ(t["below"].values<std::int64_t>()[0], 0);
  EXPECT_EQ(said(t, 0), "The success rate of open surgery (78 %) is below that of nephrolithotomy (82.6 %) overall, "
                        "yet above it in every part where they differ (2 of 2): the mix "
                        "of parts makes the difference, so compare part by part or with one standard mix.");
}

TEST(simpson_reversals, leaves_out_what_one_side_lacks) {
  auto d = kidney_stones();
  d.cells[3] = {"large", 0, 0};
  const auto t = simpson_reversals(d);
  EXPECT_EQ(t["strata"].values<std::int64_t>()[0], 1);
  EXPECT_EQ(t["reversed"].values<std::uint8_t>()[0], 0);
  d.cells[2] = {"small", 0, 0};
  const auto nothing = simpson_reversals(d);
  EXPECT_EQ(nothing["state"].text(0), "nothing_in_common");
  EXPECT_TRUE(nothing["reversed"].is_null(0));
  EXPECT_EQ(said(nothing, 0), "open surgery and nephrolithotomy have no part in common in which both hold people.");
}

TEST(standardized_rates, put_the_treatments_in_their_order) {
  const auto t = standardized_rates(kidney_stones());
  ASSERT_EQ(t.rows(), 2U);
  // 357 small and 343 large stones: 357/700 x 81/87 + 343/700 x 192/263 and so on.
  EXPECT_NEAR(number(t, "standardized", 0), 100 * (0.51 * 81 / 87 + 0.49 * 192 / 263), 1e-10);
  EXPECT_NEAR(number(t, "standardized", 1), 100 * (0.51 * 234 / 270 + 0.49 * 55 / 80), 1e-10);
  EXPECT_GT(number(t, "standardized", 0), number(t, "standardized", 1));
  EXPECT_LT(number(t, "crude", 0), number(t, "crude", 1));
  const std::vector<stratum> by_hand = {{81, 87, 357}, {192, 263, 343}};
  const auto dobson = standardized_rate(by_hand, 100);
  EXPECT_DOUBLE_EQ(number(t, "lower", 0), dobson.lower);
  EXPECT_DOUBLE_EQ(number(t, "upper", 0), dobson.upper);
  EXPECT_NE(said(t, 0).find("78 % as it stands and 83.3 % with the standard mix"), std::string::npos) << said(t, 0);
}

TEST(standardized_rates, take_a_standard_by_name_and_say_who_does_not_fit_it) {
  auto d = kidney_stones();
  const auto small_only = standardized_rates(d, {.standard = {{"small", 1}}});
  EXPECT_NEAR(number(small_only, "standardized", 0), 100 * 81.0 / 87, 1e-10);
  d.cells[1] = {"large", 0, 0};
  const auto t = standardized_rates(d);
  EXPECT_EQ(t["state"].text(0), "no_population");
  EXPECT_TRUE(t["standardized"].is_null(0));
  EXPECT_EQ(
      said(t, 0),
      "The success rate of open surgery cannot be standardized: the standard weighs large, of which it holds nobody.");
  EXPECT_EQ(t["state"].text(1), "ok");
  d.cells[0] = {"small", 0, 0};
  EXPECT_EQ(standardized_rates(d)["state"].text(0), "no_people");
  EXPECT_THROW((void)standardized_rates(d, {.standard = {{"tiny", 1}}}), error);
  EXPECT_THROW((void)standardized_rates(d, {.standard = {{"small", -1}}}), error);
  EXPECT_THROW((void)standardized_rates(d, {.standard = {{"small", 0}}}), error);
}

// ---- from an initiative -------------------------------------------------------------------------
/// Two groups, a reporter each; a ratio by age and by sex x age, in 2023 and 2024.
struct world {
  network net;
  measures data;
};
world sketch() {
  network_builder b;
  world w;
  const auto top = b.add<node_kind::group>("top", "Top"), east = b.add<node_kind::group>("east", "East"),
             west = b.add<node_kind::group>("west", "West");
  b.connect<edge_kind::part_of>(east, top);
  b.connect<edge_kind::part_of>(west, top);
  const auto e = b.add<node_kind::organization>("e", "E"), v = b.add<node_kind::organization>("w", "W");
  b.connect<edge_kind::member_of>(e, east);
  b.connect<edge_kind::member_of>(v, west);
  indicator_definition d;
  d.node = b.add<node_kind::indicator>("rate", "Rate");
  d.id = "rate";
  d.name = "Rate";
  d.unit = "percent";
  d.kind = indicator_kind::ratio;
  d.over_groups = d.over_time = aggregate_operator::ratio_of_sums;
  d.factor = 100;
  w.data.indicators.push_back(d);
  indicator_definition c = d;
  c.node = b.add<node_kind::indicator>("served", "Served");
  c.id = c.name = "served";
  c.kind = indicator_kind::count;
  c.over_groups = c.over_time = aggregate_operator::sum;
  c.factor = 1;
  w.data.indicators.push_back(c);
  const auto add = [&](indicator_id i, const char* breakdown,
                       const std::vector<std::array<double, 4>>& cells) { // e: 2023, 2024; w: 2023, 2024
    panel p;
    p.indicator = i;
    p.breakdown = breakdown;
    p.first = *period::parse("2023");
    p.reporters = {e, v};
    p.value.resize(2, 2);
    for (int k = 0; k < 4; ++k) p.value(k / 2, k % 2) = cells[0][static_cast<std::size_t>(k)];
    if (cells.size() == 2) {
      p.numerator = p.value;
      p.denominator.resize(2, 2);
      for (int k = 0; k < 4; ++k) p.denominator(k / 2, k % 2) = cells[1][static_cast<std::size_t>(k)];
      p.value = 100 * p.numerator.array() / p.denominator.array();
    }
    w.data.panels.push_back(std::move(p));
  };
  const double gap = missing_value;
  add(d.node, "", {{10, 30, 20, 40}, {100, 100, 100, 100}});
  add(d.node, "age=old", {{4, 20, 8, 30}, {40, 40, 50, 50}});
  add(d.node, "age=young", {{6, 10, 12, 9}, {60, 60, 50, 50}}); // w in 2024: 39 of 40 events
  add(d.node, "sex=f;age=old", {{gap, 5, gap, 6}, {gap, 20, gap, 25}});
  add(d.node, "sex=m;age=old", {{gap, 15, gap, 24}, {gap, 20, gap, 25}});
  add(c.node, "", {{10, 20, 30, 40}});
  add(c.node, "sex=f", {{4, 9, 10, gap}});
  add(c.node, "sex=m", {{6, 13, 20.4, 10}});
  w.net = b.finish();
  std::sort(w.data.panels.begin(), w.data.panels.end(), [](const panel& a, const panel& x) {
    return std::tie(a.indicator, a.breakdown) < std::tie(x.indicator, x.breakdown);
  });
  return w;
}

TEST(stratify, takes_the_parts_of_groups_from_the_rollup) {
  const auto w = sketch();
  const auto d = stratify(w.net, w.data, {.indicator = "rate", .by = "age"});
  EXPECT_EQ(d.populations, (std::vector<std::string>{"top"}));
  EXPECT_EQ(d.strata, (std::vector<std::string>{"old", "young"}));
  EXPECT_EQ(d.when, *period::parse("2024"));
  EXPECT_EQ(d.cells[0].events, 50);
  EXPECT_EQ(d.cells[0].people, 90);
  EXPECT_EQ(d.cells[1].events, 19);
  EXPECT_EQ(d.factor, 100);
  EXPECT_EQ(d.words.unit, "%");
  const auto groups = stratify(
      w.net, w.data, {.indicator = "rate", .by = "age", .groups = {"east", "west"}, .when = period::parse("2023")});
  EXPECT_EQ(groups.of(1)[0].events, 8);
  EXPECT_EQ(groups.of(0)[1].people, 60);
  const auto crossed = stratify(w.net, w.data, {.indicator = "rate", .by = "age", .compare = "sex"});
  EXPECT_EQ(crossed.populations, (std::vector<std::string>{"f", "m"}));
  EXPECT_EQ(crossed.of(1)[0].events, 39);
}

TEST(stratify, says_which_breakdowns_there_are) {
  const auto w = sketch();
  const auto why = [&](const stratify_request& r) {
    try {
      (void)stratify(w.net, w.data, r);
    } catch (const error& e) { return std::string(e.what()); }
    return std::string();
  };
  EXPECT_NE(
      why({.indicator = "rate", .by = "income"}).find("rate has no breakdown by income; there are: age, age x sex"),
      std::string::npos)
      << why({.indicator = "rate", .by = "income"});
  EXPECT_NE(why({.indicator = "served", .by = "sex"}).find("numerator"), std::string::npos);
  EXPECT_NE(why({.indicator = "rats", .by = "age"}).find("no indicator rats"), std::string::npos);
  EXPECT_NE(why({.indicator = "rate", .by = "age", .when = period::parse("2020")}), "");
}

TEST(breakdown_sums, names_reporter_period_and_both_figures) {
  const auto w = sketch();
  const auto t = breakdown_sums(w.net, w.data);
  // The rate: 39 events in two parts, 40 in the whole, and a half is allowed a part. Its parts by sex and age lack the
  // young.
  ASSERT_EQ(t.rows(), 1U);
  EXPECT_EQ(t["indicator"].text(0), "served");
  EXPECT_EQ(said(t, 0),
            "E, 2024: the parts by sex add up to 22, the total says 20; 2 is counted twice or not in the whole.");
  EXPECT_EQ(number(t, "difference", 0), 2);
  EXPECT_EQ(number(t, "allowed", 0), 1);
  EXPECT_EQ(t["whole"].text(0), "");
  EXPECT_EQ(t["split"].text(0), "sex");
  const auto strict = breakdown_sums(w.net, w.data, {.indicators = {"rate"}, .tolerance = 0});
  ASSERT_EQ(strict.rows(), 1U);
  EXPECT_EQ(said(strict, 0),
            "W, 2024: the numerators of the parts by age add up to 39, the total says 40; 1 is in no part.");
}

TEST(breakdown_sums, checks_crossed_parts_and_tells_what_cannot_be_checked) {
  const auto w = sketch();
  const auto t = breakdown_sums(w.net, w.data, {.indicators = {"served"}, .tolerance = 0.1, .all = true});
  std::size_t differs = 0, incomplete = 0, holds = 0;
  for (std::size_t i = 0; i < t.rows(); ++i) {
    const auto s = t["state"].text(i);
    differs += s == "differs";
    incomplete += s == "incomplete";
    holds += s == "holds";
  }
  EXPECT_EQ(holds, 1U);
  EXPECT_EQ(differs, 2U);
  EXPECT_EQ(incomplete, 1U);
  // The old are a whole of their own: by sex and, of the rate, in both figures.
  const auto crossed = breakdown_sums(w.net, w.data, {.indicators = {"rate"}, .all = true});
  std::size_t within = 0, lacking = 0;
  for (std::size_t i = 0; i < crossed.rows(); ++i) {
    within += crossed["whole"].text(i) == "age=old" && crossed["state"].text(i) == "holds";
    lacking += crossed["whole"].text(i).empty() && crossed["split"].text(i) == "age x sex" &&
               crossed["state"].text(i) == "incomplete";
  }
  EXPECT_EQ(within, 4U);
  EXPECT_EQ(lacking, 8U);
  EXPECT_THROW((void)breakdown_sums(w.net, w.data, {.indicators = {"nothing"}}), error);
  EXPECT_THROW((void)breakdown_sums(w.net, w.data, {.tolerance = -1}), error);
}

} // namespace
