// SPDX-License-Identifier: Apache-2.0
// Local measures become shared ones: by hand, in the awkward cases, and thousands of synthetic names to eight.
#define COMMONWEAL_HEADER_ONLY // looks at what the bodies are made of
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <commonweal/measure/harmonize.hpp>
#include <commonweal/measure/panel.hpp>

#include "record_builder.hpp"

namespace {

using namespace commonweal;
using commonweal::test::day;
using commonweal::test::records_of;

struct local_row {
  std::string reporter, local, when;
  double value;
  std::string breakdown = {};
};
table locals(const std::vector<local_row>& rows) {
  table t({{"reporter", column_type::utf8},
           {"local", column_type::utf8},
           {"period", column_type::period},
           {"value", column_type::float64},
           {"breakdown", column_type::utf8}});
  for (const auto& r : rows)
    t.append_row({std::string_view(r.reporter), std::string_view(r.local), *period::parse(r.when),
                  std::isnan(r.value) ? cell{} : cell{r.value},
                  r.breakdown.empty() ? cell{} : cell{std::string_view(r.breakdown)}});
  return t;
}
std::string outcome(const harmonized& h, std::size_t row) { return std::string(h.lineage["outcome"].text(row)); }

TEST(harmonize, applies_factor_and_offset) {
  const auto map = records_of(
      "measure_map", {{{"local", "weeks"}, {"indicator", "days"}, {"factor", 7.0}},
                      {{"local", "temp-f"}, {"indicator", "temp-c"}, {"factor", 5.0 / 9}, {"offset", -160.0 / 9}}});
  const auto h = harmonize(locals({{"o1", "weeks", "2024-01", 3}, {"o1", "temp-f", "2024-01", 212}}), map);
  EXPECT_EQ(h.observations["value"].values<double>()[0], 21);
  EXPECT_NEAR(h.observations["value"].values<double>()[1], 100, 1e-12);
  EXPECT_EQ(h.observations["indicator"].text(0), "days");
  EXPECT_TRUE(h.complete());
}

TEST(harmonize, missing_stays_missing_and_never_becomes_the_offset) {
  const auto map = records_of("measure_map", {{{"local", "a"}, {"indicator", "i"}, {"offset", 5.0}}});
  const auto h = harmonize(locals({{"o1", "a", "2024-01", missing_value}, {"o1", "a", "2024-02", 0}}), map);
  ASSERT_EQ(h.observations.rows(), 2U);
  EXPECT_TRUE(h.observations["value"].is_null(0));
  EXPECT_EQ(h.observations["value"].values<double>()[1], 5);
}

TEST(harmonize, each_version_holds_in_its_own_days) {
  const auto map =
      records_of("measure_map",
                 {{{"local", "a"}, {"indicator", "i"}, {"factor", 1.0}, {"end", day("2024-02-01")}, {"version", "1"}},
                  {{"local", "a"},
                   {"indicator", "i"},
                   {"factor", 2.0},
                   {"start", day("2024-02-01")},
                   {"end", day("2024-03-15")},
                   {"version", "2"}}});
  const auto h =
      harmonize(locals({{"o1", "a", "2024-01", 1}, {"o1", "a", "2024-02", 1}, {"o1", "a", "2024-03", 1}}), map);
  EXPECT_EQ(h.observations["value"].values<double>()[0], 1);
  EXPECT_EQ(h.observations["value"].values<double>()[1], 2);
  EXPECT_EQ(h.observations.rows(), 2U); // on the last day of March no version holds
  EXPECT_EQ(outcome(h, 2), "outside_dates");
  EXPECT_EQ(h.lineage["version"].text(1), "2");
  harmonize_options o;
  o.in_force = in_force_rule::first_day;
  EXPECT_TRUE(harmonize(locals({{"o1", "a", "2024-03", 1}}), map, o).complete());
}

TEST(harmonize, two_mappings_in_force_at_once_conflict_and_give_nothing) {
  const auto map = records_of(
      "measure_map",
      {{{"local", "a"}, {"indicator", "i"}, {"factor", 1.0}, {"version", "1"}},
       {{"local", "a"}, {"indicator", "i"}, {"factor", 2.0}, {"start", day("2024-02-01")}, {"version", "2"}}});
  const auto h = harmonize(locals({{"o1", "a", "2024-01", 1}, {"o1", "a", "2024-02", 1}}), map);
  EXPECT_EQ(h.observations.rows(), 1U);
  EXPECT_EQ(outcome(h, 0), "mapped");
  EXPECT_EQ(outcome(h, 1), "conflicting");
  bool told = false;
  for (std::size_t i = 0; i < h.report.rows(); ++i)
    if (h.report["outcome"].text(i) == "conflicting") {
      told = true;
      EXPECT_EQ(h.report["why"].text(i),
                "in force at once: row 2 (i, version 1), row 3 (i, version 2); end all but one");
    }
  EXPECT_TRUE(told);
}

TEST(harmonize, one_measure_feeds_two_indicators_only_where_asked) {
  const auto map = records_of(
      "measure_map", {{{"local", "a"}, {"indicator", "i"}}, {{"local", "a"}, {"indicator", "j"}, {"factor", 2.0}}});
  const auto rows = locals({{"o1", "a", "2024-01", 3}});
  EXPECT_EQ(outcome(harmonize(rows, map), 0), "conflicting");
  harmonize_options o;
  o.several_indicators = true;
  const auto h = harmonize(rows, map, o);
  ASSERT_EQ(h.observations.rows(), 2U);
  EXPECT_EQ(h.observations["value"].values<double>()[1], 6);
}

TEST(harmonize, recodes_categories_and_leaves_others) {
  const auto map =
      records_of("measure_map",
                 {{{"local", "beds"}, {"indicator", "i"}, {"category_from", "sex=f"}, {"category_to", "sex=female"}},
                  {{"local", "beds"}, {"indicator", "i"}, {"category_from", "sex=all"}, {"factor", 10.0}},
                  {{"local", "beds"}, {"indicator", "i"}}});
  const auto h = harmonize(locals({{"o", "beds", "2024", 1, "sex=f"},
                                   {"o", "beds", "2024", 2, "sex=all"},
                                   {"o", "beds", "2024", 4, "sex=male"}}),
                           map);
  EXPECT_EQ(h.observations["breakdown"].text(0), "sex=female");
  EXPECT_TRUE(h.observations["breakdown"].is_null(1)); // the total
  EXPECT_EQ(h.observations["value"].values<double>()[1], 20);
  EXPECT_EQ(h.observations["breakdown"].text(2), "sex=male");
}

TEST(harmonize, a_category_without_a_mapping_is_unmapped) {
  const auto map =
      records_of("measure_map",
                 {{{"local", "beds"}, {"indicator", "i"}, {"category_from", "sex=f"}, {"category_to", "sex=female"}}});
  EXPECT_EQ(outcome(harmonize(locals({{"o", "beds", "2024", 1, "sex=x"}}), map), 0), "unmapped");
}

TEST(harmonize, measures_that_meet_in_one_cell_are_refused_or_added) {
  const auto map =
      records_of("measure_map", {{{"local", "adults"}, {"indicator", "i"}}, {{"local", "youth"}, {"indicator", "i"}}});
  const auto rows = locals({{"o1", "adults", "2024", 3}, {"o1", "youth", "2024", 4}, {"o2", "adults", "2024", 5}});
  const auto h = harmonize(rows, map);
  EXPECT_EQ(h.observations.rows(), 1U);
  EXPECT_EQ(outcome(h, 0), "colliding");
  EXPECT_EQ(outcome(h, 2), "mapped");
  harmonize_options o;
  o.collide = collision_rule::sum;
  EXPECT_EQ(harmonize(rows, map, o).observations["value"].values<double>()[0], 7);
  const auto gap = locals({{"o1", "adults", "2024", 3}, {"o1", "youth", "2024", missing_value}});
  EXPECT_TRUE(harmonize(gap, map, o).observations["value"].is_null(0));
}

TEST(harmonize, reports_what_is_unmapped_and_what_is_unused) {
  const auto map =
      records_of("measure_map", {{{"local", "a"}, {"indicator", "i"}}, {{"local", "gone"}, {"indicator", "i"}}});
  const auto h =
      harmonize(locals({{"o1", "a", "2024-01", 1}, {"o2", "b", "2024-01", 1}, {"o3", "b", "2024-03", 1}}), map);
  EXPECT_FALSE(h.complete());
  ASSERT_EQ(h.report.rows(), 3U);
  EXPECT_EQ(h.report["outcome"].text(1), "unmapped");
  EXPECT_EQ(h.report["rows"].values<std::int64_t>()[1], 2);
  EXPECT_EQ(h.report["reporters"].values<std::int64_t>()[1], 2);
  EXPECT_EQ(h.report["last"].values<period>()[1], *period::parse("2024-03"));
  EXPECT_EQ(h.report["outcome"].text(2), "unused");
  EXPECT_EQ(h.report["local"].text(2), "gone");
}

TEST(harmonize, refuses_numbers_that_make_no_sense_naming_the_row) {
  const auto row = locals({{"o1", "a", "2024-01", 1e308}});
  const auto told = [&](const table& map, const table& rows) {
    try {
      (void)harmonize(rows, map);
    } catch (const error& e) { return e.where().file + " " + std::to_string(e.where().row) + " " + e.where().field; }
    return std::string("nothing");
  };
  EXPECT_EQ(told(records_of("measure_map", {{{"local", "a"}, {"indicator", "i"}, {"factor", 0.0}}}), row),
            "measure_map 2 factor");
  EXPECT_EQ(told(records_of("measure_map", {{{"local", "a"}, {"indicator", "i"}, {"factor", 10.0}}}), row),
            "local observations 2 value");
  EXPECT_EQ(told(records_of("measure_map", {{{"local", "a"}, {"indicator", "i"}}}),
                 locals({{"o1", "a", "2024-01", std::numeric_limits<double>::infinity()}})),
            "local observations 2 value");
  EXPECT_EQ(
      told(records_of("measure_map",
                      {{{"local", "a"}, {"indicator", "i"}, {"start", day("2024-02-01")}, {"end", day("2024-01-01")}}}),
           row),
      "measure_map 2 end");
  EXPECT_THROW((void)harmonize(table({{"reporter", column_type::utf8}}), records_of("measure_map", {})), error);
}

TEST(harmonize, rows_in_another_order_give_the_same_figures) {
  std::mt19937 rng(3);
  std::vector<local_row> rows;
  for (int i = 0; i < 60; ++i)
    rows.push_back({"o" + std::to_string(rng() % 5), "m" + std::to_string(rng() % 4), rng() % 2 ? "2024-01" : "2024-02",
                    static_cast<double>(rng() % 9)});
  const auto map = records_of("measure_map", {{{"local", "m0"}, {"indicator", "i"}},
                                              {{"local", "m1"}, {"indicator", "j"}, {"factor", 2.0}},
                                              {{"local", "m2"}, {"indicator", "j"}, {"start", day("2024-02-01")}}});
  harmonize_options o;
  o.collide = collision_rule::sum;
  const auto totals = [&](const std::vector<local_row>& r) {
    const auto h = harmonize(locals(r), map, o);
    double sum = 0;
    for (std::size_t i = 0; i < h.observations.rows(); ++i)
      sum += h.observations["value"].values<double>()[i] * (h.observations["indicator"].text(i) == "i" ? 1 : 1000);
    return sum + 1e7 * static_cast<double>(h.observations.rows());
  };
  const double before = totals(rows);
  for (int i = 0; i < 5; ++i) {
    std::shuffle(rows.begin(), rows.end(), rng);
    EXPECT_EQ(totals(rows), before);
  }
}

// ---- likely matches -----------------------------------------------------------------------------
std::vector<indicator_definition> eight() { // synthetic, in the manner of a homelessness initiative
  const std::array<std::array<const char*, 3>, 8> all = {
      {{"people-housed", "People housed", "people"},
       {"length-of-stay", "Average length of stay in shelter", "days"},
       {"returns", "Returns to homelessness", "percent"},
       {"shelter-nights", "Shelter bed nights used", "nights"},
       {"income", "Households with stable income", "households"},
       {"emergency-visits", "Emergency room visits", "visits"},
       {"police-contacts", "Contacts with police", "contacts"},
       {"days-in-jail", "Days spent in jail", "days"}}};
  std::vector<indicator_definition> out;
  for (const auto& a : all) {
    indicator_definition d;
    d.id = a[0], d.name = a[1], d.unit = a[2];
    out.push_back(d);
  }
  return out;
}

TEST(suggest_matches, ranks_the_like_named_first_and_applies_nothing) {
  const auto shared = eight();
  const std::vector<local_measure> local = {{"m1", "# of ER / emergency-room visits", "visits"},
                                            {"m2", "avg. length of stay (shelters)", "days"},
                                            {"m3", "zzz", ""}};
  const auto t = suggest_matches(local, shared);
  EXPECT_EQ(t["local"].text(0), "m1");
  EXPECT_EQ(t["indicator"].text(0), "emergency-visits");
  EXPECT_EQ(t["rank"].values<std::int64_t>()[0], 1);
  EXPECT_EQ(t["unit"].text(0), "same");
  for (std::size_t i = 0; i < t.rows(); ++i) EXPECT_NE(t["local"].text(i), "m3"); // nothing alike is nothing said
}

TEST(suggest_matches, an_equal_name_scores_one_and_another_unit_takes_away) {
  const auto shared = eight();
  const auto same = suggest_matches(std::vector<local_measure>{{"x", "People housed", "persons"}}, shared);
  EXPECT_NEAR(same["score"].values<double>()[0], 1, 1e-15);
  EXPECT_EQ(same["unit"].text(0), "same");
  const auto other = suggest_matches(std::vector<local_measure>{{"x", "People housed", "USD"}}, shared);
  EXPECT_NEAR(other["score"].values<double>()[0], 0.6, 1e-15);
  EXPECT_EQ(other["unit"].text(0), "different");
}

TEST(suggest_matches, dice_is_twice_the_shared_over_all) {
  EXPECT_EQ(detail::dice(std::vector<int>{1, 2, 3}, std::vector<int>{2, 3, 4, 5}), 4.0 / 7);
  EXPECT_EQ(detail::dice(std::vector<int>{}, std::vector<int>{}), 0);
  EXPECT_EQ(detail::words_of("bedNights-used (2024)"), (std::vector<std::string>{"bed", "nights", "used", "2024"}));
}

TEST(suggest_matches, thousands_of_synthetic_local_names_find_their_shared_measure) {
  const auto shared = eight();
  std::mt19937 rng(8);
  const std::array<const char*, 6> before = {"", "Number of ", "Q1: ", "Program A - ", "total ", "HMIS "};
  const std::array<const char*, 6> after = {"", " (adults)", " this month", ", all sites", " - revised", " 2024"};
  std::vector<local_measure> local;
  std::vector<std::size_t> truth;
  for (int i = 0; i < 3000; ++i) {
    const std::size_t k = rng() % 8;
    std::string name = shared[k].name;
    if (rng() % 2 == 0) name[rng() % name.size()] = 'x'; // a slip of the pen
    if (rng() % 3 == 0)
      for (char& c : name) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    local.push_back({"local-" + std::to_string(i), before[rng() % 6] + name + after[rng() % 6],
                     rng() % 3 == 0 ? "" : shared[k].unit});
    truth.push_back(k);
  }
  const auto t = suggest_matches(local, shared);
  std::size_t right = 0;
  for (std::size_t i = 0; i < t.rows(); ++i)
    if (t["rank"].values<std::int64_t>()[i] == 1) {
      const auto id = t["local"].text(i);
      const auto at = static_cast<std::size_t>(std::stoi(std::string(id.substr(6))));
      right += t["indicator"].text(i) == shared[truth[at]].id;
    }
  EXPECT_GE(right, 2950U); // of 3,000; a person decides in any case
}

TEST(harmonize, thousands_of_local_measures_become_eight) {
  const auto shared = eight();
  table map({{"local", column_type::utf8}, {"indicator", column_type::utf8}, {"factor", column_type::float64}});
  table rows({{"reporter", column_type::utf8},
              {"local", column_type::utf8},
              {"period", column_type::period},
              {"value", column_type::float64}});
  for (int i = 0; i < 4000; ++i) { // each reporter has measures of its own, so none collide
    const auto local = "local-" + std::to_string(i);
    const auto reporter = "o" + std::to_string(i / 8);
    map.append_row({std::string_view(local), std::string_view(shared[static_cast<std::size_t>(i % 8)].id), 2.0});
    rows.append_row({std::string_view(reporter), std::string_view(local), *period::parse("2024-01"), 1.0});
  }
  const auto h = harmonize(rows, map);
  EXPECT_TRUE(h.complete());
  EXPECT_EQ(h.observations.rows(), 4000U);
  std::vector<double> totals(8);
  for (std::size_t i = 0; i < h.observations.rows(); ++i)
    for (std::size_t k = 0; k < 8; ++k)
      if (h.observations["indicator"].text(i) == shared[k].id) totals[k] += h.observations["value"].values<double>()[i];
  EXPECT_EQ(totals, std::vector<double>(8, 1000.0));
}

} // namespace
