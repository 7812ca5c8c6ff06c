// SPDX-License-Identifier: Apache-2.0
// What a report says: verdicts, structure as of a day, data problems.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/commonweal.hpp>

#include "report/content.hpp"
#include "report/terminal_report.hpp"
#include "report/words.hpp"

namespace {

using namespace commonweal;
using report::verdict;

constexpr double gap = missing_value;

interval days(const char* start, const char* end) {
  return {*start == '\0' ? date::lowest() : *date::parse(start), *end == '\0' ? date::highest() : *date::parse(end)};
}

/// An initiative built by hand: each measure is reported by the organizations given, from 2020 on, a value a year.
class sketch {
 public:
  group_id group(const std::string& id, interval life = {}) { return net.add<node_kind::group>(id, id, life); }
  organization_id organization(const std::string& id) { return net.add<node_kind::organization>(id, id); }

  void measure(const std::string& id, direction wanted,
               const std::vector<std::pair<node_ref, std::vector<double>>>& rows,
               indicator_kind kind = indicator_kind::amount) {
    indicator_definition d;
    d.node = net.add<node_kind::indicator>(id, id);
    d.id = d.name = id;
    d.kind = kind;
    d.direction = wanted;
    d.over_groups = default_over_groups(kind);
    d.over_time = default_over_time(kind, nature::flow);
    data.indicators.push_back(d);
    if (rows.empty()) return;
    panel p;
    p.indicator = d.node;
    p.first = *period::parse("2020");
    p.value.resize(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows[0].second.size()));
    auto sorted = rows;
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t r = 0; r < sorted.size(); ++r) {
      p.reporters.push_back(sorted[r].first);
      for (std::size_t c = 0; c < sorted[r].second.size(); ++c)
        p.value(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c)) = sorted[r].second[c];
    }
    data.panels.push_back(std::move(p));
  }
  void aim(std::size_t indicator, const char* when, double value, target_kind kind, node_ref of = {}) {
    data.targets.push_back({data.indicators[indicator].node, of, *period::parse(when), value, kind});
  }
  report::content gather(const report::report_options& options = {}) {
    initiative_info info;
    info.title = "Sketch";
    const initiative source(std::move(info), net.finish(), data, records);
    return report::gather(source, diagnostics{}, options);
  }

  network_builder net;
  measures data;
  record_tables records;
};

verdict verdict_of(direction wanted, std::vector<double> values, double flat = 0.005) {
  sketch s;
  const auto top = s.group("top");
  const auto org = s.organization("org");
  s.net.connect<edge_kind::member_of>(org, top);
  s.measure("m", wanted, {{org, std::move(values)}});
  report::report_options options;
  options.flat = flat;
  return s.gather(options).measures[0].verdict;
}

TEST(scorecard, a_change_is_right_when_it_goes_where_it_should) {
  EXPECT_EQ(verdict_of(direction::up, {100, 110}), verdict::right);
  EXPECT_EQ(verdict_of(direction::up, {100, 90}), verdict::wrong);
  EXPECT_EQ(verdict_of(direction::down, {100, 90}), verdict::right);
  EXPECT_EQ(verdict_of(direction::down, {100, 110}), verdict::wrong);
  EXPECT_EQ(verdict_of(direction::up, {-100, -90}), verdict::right);
}

TEST(scorecard, a_change_up_to_the_stated_share_is_flat) {
  EXPECT_EQ(verdict_of(direction::up, {1000, 1005}), verdict::flat);
  EXPECT_EQ(verdict_of(direction::up, {1000, 1006}), verdict::right);
  EXPECT_EQ(verdict_of(direction::up, {1000, 1005}, 0), verdict::right);
  EXPECT_EQ(verdict_of(direction::up, {0, 0}), verdict::flat);
  EXPECT_EQ(verdict_of(direction::up, {0, 0.001}), verdict::right);
}

TEST(scorecard, holding_is_right_where_holding_is_wanted) {
  EXPECT_EQ(verdict_of(direction::keep, {1000, 1001}), verdict::right);
  EXPECT_EQ(verdict_of(direction::keep, {1000, 1100}), verdict::wrong);
}

TEST(scorecard, one_value_is_nothing_to_compare) {
  EXPECT_EQ(verdict_of(direction::up, {100}), verdict::missing);
  EXPECT_EQ(verdict_of(direction::up, {gap, gap, 100}), verdict::missing);
  EXPECT_EQ(verdict_of(direction::none, {100, 200}), verdict::no_direction);
}

TEST(scorecard, counts_only_what_can_be_evaluated) {
  sketch s;
  const auto top = s.group("top");
  const auto org = s.organization("org");
  s.net.connect<edge_kind::member_of>(org, top);
  s.measure("right", direction::up, {{org, {1, 2}}});
  s.measure("wrong", direction::up, {{org, {2, 1}}});
  s.measure("flat", direction::up, {{org, {2, 2}}});
  s.measure("missing", direction::up, {});
  s.measure("undirected", direction::none, {{org, {1, 2}}});
  const auto c = s.gather();
  EXPECT_EQ(c.card.evaluated(), 3U);
  EXPECT_EQ(c.card.of(verdict::right), (std::vector<report::named>{{"right", "right"}}));
  EXPECT_EQ(c.card.of(verdict::missing).size(), 1U);
  EXPECT_EQ(c.card.of(verdict::no_direction).size(), 1U);
  EXPECT_NE(report::draw(c, {.width = 80}).find("1 of 3 evaluated measures moves in the right direction (33 %)"),
            std::string::npos);
}

TEST(scorecard, is_the_report_card) {
  sketch s;
  const auto top = s.group("top");
  const auto org = s.organization("org");
  s.net.connect<edge_kind::member_of>(org, top);
  s.measure("rising", direction::up, {{org, {1, 2, 3}}});
  s.measure("single", direction::up, {{org, {gap, 7, gap}}});
  s.measure("silent", direction::none, {});
  s.aim(0, "2019", 9, target_kind::baseline);
  const auto c = s.gather();
  ASSERT_EQ(c.card.card.lines.size(), 3U);
  const auto& line = c.card.card.lines[0];
  EXPECT_EQ(line.moved, movement::wrong); // against the stated baseline, although the series rises
  EXPECT_EQ(line.from, *period::parse("2019"));
  EXPECT_EQ(line.before, 9);
  EXPECT_EQ(c.card.card.wrong, 1U);
  EXPECT_EQ(c.card.card.missing, 2U);
  const auto text = report::draw(c, {.width = 120});
  EXPECT_NE(text.find("single (only one value, in 2021)"), std::string::npos) << text;
  EXPECT_NE(text.find("2 of 3 measures are not evaluated: 2 missing, 0 without a wanted direction."), std::string::npos)
      << text;
}

TEST(scorecard, stands_beside_that_of_the_year_before) {
  sketch s;
  const auto top = s.group("top");
  const auto org = s.organization("org");
  s.net.connect<edge_kind::member_of>(org, top);
  s.measure("turned", direction::up, {{org, {5, 4, 7}}});
  s.measure("steady", direction::up, {{org, {5, 6, 7}}});
  s.measure("new", direction::up, {{org, {gap, 3, 4}}});
  const auto c = s.gather(); // on 2022-12-31
  EXPECT_EQ(c.card.of(verdict::right).size(), 3U);
  EXPECT_EQ(c.card.earlier_day, date::parse("2021-12-31"));
  EXPECT_EQ(c.card.earlier_right, 1U);
  EXPECT_EQ(c.card.earlier_evaluated, 2U);
  EXPECT_NE(report::draw(c, {.width = 80}).find("A year earlier, on 2021-12-31: 1 of 2 (50 %)."), std::string::npos);
}

TEST(scorecard, says_which_reporters_differ) {
  sketch s;
  const auto a = s.group("a"), b = s.group("b");
  s.measure("index", direction::down, {{a, {100, 69}}, {b, {100, 120}}}, indicator_kind::index);
  const auto c = s.gather();
  EXPECT_EQ(c.card.evaluated(), 1U);
  EXPECT_TRUE(c.card.card.lines.empty());
  EXPECT_EQ(c.card.of(verdict::mixed).size(), 1U);
}

TEST(measures, are_read_out_where_there_are_three_values_or_a_target) {
  sketch s;
  const auto top = s.group("top");
  const auto org = s.organization("org");
  s.net.connect<edge_kind::member_of>(org, top);
  s.measure("long", direction::down, {{org, {90, 80, 70, 60, 50}}});
  s.measure("short", direction::up, {{org, {gap, gap, gap, 1, 2}}});
  s.aim(1, "2026", 5, target_kind::target);
  const auto c = s.gather();
  const auto says = [&](std::size_t m) { return report::series_words(c.measures[m], c.measures[m].lines[0])[0]; };
  EXPECT_EQ(says(0),
            "It fell from 90 to 50 in four years (2020 to 2024); the fall is larger than chance explains. That "
            "is the wanted direction.");
  EXPECT_FALSE(c.measures[0].lines[0].toward);
  EXPECT_FALSE(c.measures[1].lines[0].trend);
  ASSERT_TRUE(c.measures[1].lines[0].toward);
  EXPECT_EQ(says(1).rfind(
                "It stands at 2 in 2024, 25 % of the way from its baseline (1 in 2023) to the target of 5 by 2026", 0),
            0U)
      << says(1);
}

TEST(measures, a_single_value_is_held_against_its_target) {
  sketch s;
  const auto top = s.group("top");
  const auto org = s.organization("org");
  s.net.connect<edge_kind::member_of>(org, top);
  s.measure("placed", direction::up, {{org, {6000}}});
  s.aim(0, "2020", 5000, target_kind::target);
  const auto placed = s.gather().measures[0];
  EXPECT_EQ(report::series_words(placed, placed.lines[0])[0],
            "It stands at 6,000 in 2020; its target of 5,000 by 2020 is met. "
            "Without a baseline the way covered is not known.");
}

TEST(measures, many_without_data_take_one_line) {
  sketch s;
  const auto top = s.group("top");
  const auto org = s.organization("org");
  s.net.connect<edge_kind::member_of>(org, top);
  s.measure("told", direction::up, {{org, {1, 2}}});
  for (int i = 1; i <= 34; ++i) s.measure("untold " + std::to_string(i), direction::up, {});
  const auto c = s.gather();
  const auto text = report::draw(c, {.width = 80});
  EXPECT_NE(text.find("34 measures without data: untold 1; untold 2; untold 3; 31 more"), std::string::npos) << text;
  EXPECT_EQ(text.find("Nothing was reported"), std::string::npos);
  EXPECT_NE(report::draw(c, {.width = 80}, true).find("untold 34"), std::string::npos);
}

TEST(measures, say_in_a_line_when_the_reports_came) {
  sketch s;
  const auto top = s.group("top");
  const auto org = s.organization("org");
  s.net.connect<edge_kind::member_of>(org, top);
  s.measure("m", direction::up, {{org, {1, 2, 3, gap, 5}}});
  s.data.panels[0].not_expected = {3};
  auto undated = s; // gathering uses a sketch up
  const auto without = report::draw(undated.gather(), {.width = 120});
  EXPECT_NE(without.find("On time: not known, no day of arrival is recorded. 1 report was not expected."),
            std::string::npos)
      << without;
  table received({{"reporter", column_type::utf8}, {"period", column_type::period}, {"received", column_type::date}});
  received.append_row({std::string_view("org"), *period::parse("2020"), *date::parse("2021-01-20")});
  received.append_row({std::string_view("org"), *period::parse("2021"), *date::parse("2022-01-20")});
  received.append_row(
      {std::string_view("org"), *period::parse("2022"), *date::parse("2023-06-01")}); // due thirty days after the year
  s.records["submissions"] = std::move(received);
  const auto c = s.gather();
  EXPECT_EQ(c.arrivals.on_time, 2);
  EXPECT_EQ(c.arrivals.late, 1);
  EXPECT_EQ(c.arrivals.undated, 1);
  EXPECT_EQ(c.arrivals.not_expected, 1);
  const auto text = report::draw(c, {.width = 120});
  EXPECT_NE(text.find("On time: 2 of 3 reports (67 %); of 1 no day of arrival is recorded. 1 report was not expected."),
            std::string::npos)
      << text;
}

TEST(goals, those_to_come_and_those_over_are_called_so) {
  sketch s;
  const auto top = s.group("top");
  const auto org = s.organization("org");
  s.net.connect<edge_kind::member_of>(org, top);
  s.measure("m", direction::up, {{org, {1, 2}}}); // the day is the end of 2021
  s.net.add<node_kind::goal>("later", "later", days("2022-01-01", ""));
  s.net.add<node_kind::goal>("over", "over", days("", "2021-06-01"));
  const auto now = s.net.add<node_kind::goal>("now", "now", days("2020-01-01", ""));
  const auto old = s.net.add<node_kind::strategy>("old", "old", days("", "2020-06-01"));
  const auto young = s.net.add<node_kind::strategy>("young", "young");
  s.net.connect<edge_kind::advances>(old, now);
  s.net.connect<edge_kind::advances>(young, now);
  const auto c = s.gather();
  ASSERT_EQ(c.goals.size(), 3U);
  EXPECT_EQ(c.goals[0].goal.id, "now");
  EXPECT_EQ(c.goals[0].strategies, (std::vector<report::named>{{"young", "young"}}));
  const auto text = report::draw(c, {.width = 120});
  EXPECT_NE(text.find("later: not begun, from 2022-01-01"), std::string::npos) << text;
  EXPECT_NE(text.find("over: 0 strategies, 0 measures, over since 2021-06-01"), std::string::npos) << text;
}

TEST(measures, a_stated_baseline_goes_before_the_first_value) {
  sketch s;
  const auto top = s.group("top");
  const auto org = s.organization("org");
  s.net.connect<edge_kind::member_of>(org, top);
  s.measure("m", direction::up, {{org, {100, 120, 150}}});
  s.aim(0, "2019", 200, target_kind::baseline);
  s.aim(0, "2025", 250, target_kind::target);
  const auto line = s.gather().measures[0].lines[0];
  EXPECT_TRUE(line.baseline->stated);
  EXPECT_DOUBLE_EQ(*line.change, -50);
  EXPECT_DOUBLE_EQ(*line.relative_change, -0.25);
  EXPECT_DOUBLE_EQ(*line.way_to_target, -1);
  EXPECT_EQ(line.verdict, verdict::wrong);
}

TEST(measures, a_reporter_below_two_groups_counts_once) {
  sketch s;
  const auto top = s.group("top"), left = s.group("left"), right = s.group("right");
  s.net.connect<edge_kind::part_of>(left, top);
  s.net.connect<edge_kind::part_of>(right, top);
  const auto org = s.organization("org");
  s.net.connect<edge_kind::member_of>(org, left);
  s.net.connect<edge_kind::member_of>(org, right);
  s.measure("m", direction::up, {{org, {3, 5}}});
  const auto c = s.gather();
  EXPECT_EQ(c.measures[0].lines[0].latest->value, 5);
  EXPECT_EQ(c.members_below_roots, 1U);
}

TEST(measures, several_roots_stand_together_each_reporter_once) {
  sketch s;
  const auto a = s.group("a"), b = s.group("b");
  const auto both = s.organization("both"), one = s.organization("one");
  s.net.connect<edge_kind::member_of>(both, a);
  s.net.connect<edge_kind::member_of>(both, b);
  s.net.connect<edge_kind::member_of>(one, b);
  s.measure("m", direction::up, {{both, {1, 10}}, {one, {2, 20}}});
  const auto c = s.gather();
  ASSERT_EQ(c.roots.size(), 2U);
  ASSERT_EQ(c.measures[0].lines.size(), 1U);
  EXPECT_EQ(c.measures[0].lines[0].latest->value, 30);
}

TEST(measures, an_index_is_shown_by_reporter_and_mixed_where_they_differ) {
  sketch s;
  const auto top = s.group("top"), a = s.group("a"), b = s.group("b");
  s.net.connect<edge_kind::part_of>(a, top);
  s.net.connect<edge_kind::part_of>(b, top);
  s.measure("index", direction::down, {{a, {100, 69}}, {b, {100, 120}}}, indicator_kind::index);
  s.measure("agreed", direction::down, {{a, {100, 69}}, {b, {100, 80}}}, indicator_kind::index);
  const auto c = s.gather();
  ASSERT_EQ(c.measures[0].lines.size(), 2U);
  EXPECT_FALSE(c.measures[0].aggregates);
  EXPECT_EQ(c.measures[0].verdict, verdict::mixed);
  EXPECT_EQ(c.measures[1].verdict, verdict::right);
  EXPECT_EQ(c.card.evaluated(), 2U);
}

TEST(measures, gaps_stay_gaps) {
  sketch s;
  const auto top = s.group("top");
  const auto org = s.organization("org");
  s.net.connect<edge_kind::member_of>(org, top);
  s.measure("m", direction::up, {{org, {1, gap, 3}}});
  const auto c = s.gather();
  ASSERT_EQ(c.measures[0].lines[0].points.size(), 3U);
  EXPECT_TRUE(std::isnan(c.measures[0].lines[0].points[1].value));
  EXPECT_NE(report::draw(c, {.width = 80}).find("▁·█"), std::string::npos);
}

TEST(measures, later_values_do_not_exist_yet_on_an_earlier_day) {
  sketch s;
  const auto top = s.group("top");
  const auto org = s.organization("org");
  s.net.connect<edge_kind::member_of>(org, top);
  s.measure("m", direction::up, {{org, {1, 2, 0}}});
  report::report_options options;
  options.as_of = *date::parse("2021-12-31");
  const auto c = s.gather(options);
  EXPECT_EQ(c.measures[0].lines[0].latest->value, 2);
  EXPECT_EQ(c.measures[0].verdict, verdict::right);
}

TEST(day, is_named_where_the_data_names_one) {
  sketch dated;
  dated.measure("m", direction::up, {{dated.organization("o"), {1}}});
  EXPECT_NE(report::draw(dated.gather(), {}, false).find("As of 2020-12-31, the last day of the data"),
            std::string::npos);
  sketch begun;
  begun.group("council", days("2019-03-01", ""));
  EXPECT_NE(report::draw(begun.gather(), {}, false).find("As of 2019-03-01, the last day that the data names"),
            std::string::npos);
  sketch undated; // holds on every day
  const auto council = undated.group("council");
  undated.net.connect<edge_kind::member_of>(undated.organization("o"), council);
  const auto c = undated.gather();
  EXPECT_EQ(c.as_of_from, day_origin::today);
  ASSERT_EQ(c.groups.size(), 1U);
  EXPECT_EQ(c.groups[0].organizations, 1U);
  EXPECT_EQ(report::draw(c, {}, false).find("As of"), std::string::npos);
}

TEST(groups, the_tree_is_that_of_the_day) {
  sketch s;
  const auto top = s.group("top"), old = s.group("old", days("", "2020-01-01")),
             young = s.group("young", days("2022-01-01", ""));
  s.net.connect<edge_kind::part_of>(old, top);
  s.net.connect<edge_kind::part_of>(young, top);
  report::report_options options;
  const auto ids_on = [&](const char* day) {
    sketch copy = s;
    options.as_of = *date::parse(day);
    std::vector<std::string> ids;
    const auto c = copy.gather(options);
    for (const auto& g : c.groups) ids.push_back(g.group.id);
    for (const auto& g : c.closed_groups) ids.push_back("closed " + g.who.id);
    for (const auto& g : c.later_groups) ids.push_back("later " + g.who.id);
    return ids;
  };
  EXPECT_EQ(ids_on("2019-12-31"), (std::vector<std::string>{"top", "old", "later young"}));
  EXPECT_EQ(ids_on("2020-01-01"), (std::vector<std::string>{"top", "closed old", "later young"}));
  EXPECT_EQ(ids_on("2022-01-01"), (std::vector<std::string>{"top", "young", "closed old"}));
}

TEST(groups, a_group_with_two_parents_stands_once_and_names_the_other) {
  sketch s;
  const auto top = s.group("top"), a = s.group("a"), b = s.group("b"), shared = s.group("shared");
  s.net.connect<edge_kind::part_of>(a, top);
  s.net.connect<edge_kind::part_of>(b, top);
  s.net.connect<edge_kind::part_of>(shared, a);
  s.net.connect<edge_kind::part_of>(shared, b);
  const auto c = s.gather();
  ASSERT_EQ(c.groups.size(), 4U);
  const auto& line = c.groups[2];
  EXPECT_EQ(line.group.id, "shared");
  EXPECT_EQ(line.depth, 2);
  EXPECT_EQ(line.also_part_of, (std::vector<report::named>{{"b", "b"}}));
  EXPECT_EQ(c.groups[0].groups_below, 3U);
}

TEST(groups, a_chain_of_a_hundred_thousand_is_no_trouble) {
  sketch s;
  auto above = s.group("g0");
  for (int i = 1; i < 100'000; ++i) {
    const auto g = s.group("g" + std::to_string(i));
    s.net.connect<edge_kind::part_of>(g, above);
    above = g;
  }
  EXPECT_EQ(s.gather().groups.size(), 100'000U);
}

TEST(problems, silence_low_coverage_and_outsiders_are_found) {
  sketch s;
  const auto top = s.group("top");
  const auto good = s.organization("good"), silent = s.organization("silent"), outside = s.organization("outside");
  s.net.connect<edge_kind::member_of>(good, top);
  s.net.connect<edge_kind::member_of>(silent, top);
  s.measure("m", direction::up, {{good, {1, 2, 3, 4}}, {silent, {1, gap, gap, gap}}, {outside, {7, 7, 7, 7}}});
  const auto c = s.gather();
  ASSERT_EQ(c.silent.size(), 1U);
  EXPECT_EQ(c.silent[0].reporter.id, "silent");
  EXPECT_EQ(c.silent[0].last, period::parse("2020"));
  ASSERT_EQ(c.low.size(), 1U);
  EXPECT_EQ(c.low[0].reported, 1);
  EXPECT_EQ(c.low[0].expected, 2);
  EXPECT_EQ(c.thin.size(), 1U);
  EXPECT_EQ(c.outside, (std::vector<report::named>{{"outside", "outside"}}));
  EXPECT_EQ(c.measures[0].lines[0].latest->value, 4) << "an outsider is in no figure";
}

TEST(problems, who_reports_by_the_quarter_is_silent_after_as_many_quarters) {
  const auto silent = [](std::vector<double> months) {
    sketch s;
    const auto top = s.group("top");
    const auto quarterly = s.organization("quarterly"), monthly = s.organization("monthly");
    s.net.connect<edge_kind::member_of>(quarterly, top);
    s.net.connect<edge_kind::member_of>(monthly, top);
    s.measure("m", direction::up, {{quarterly, std::move(months)}, {monthly, std::vector<double>(15, 1.0)}});
    s.data.panels[0].first = *period::parse("2020-01");
    const auto m = s.data.indicators[0].node;
    s.net.connect<edge_kind::reports>(quarterly, m, {}, {{"every", "quarter"}});
    s.net.connect<edge_kind::reports>(monthly, m);
    return s.gather().silent;
  };
  // March and June 2020, then nothing to March 2021: three quarters.
  const auto found = silent({gap, gap, 1, gap, gap, 2, gap, gap, gap, gap, gap, gap, gap, gap, gap});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reporter.id, "quarterly");
  EXPECT_EQ(found[0].last, period::parse("2020-06"));
  EXPECT_TRUE(silent({gap, gap, 1, gap, gap, 2, gap, gap, 3, gap, gap, gap, gap, gap, gap}).empty()) << "two quarters";
  EXPECT_TRUE(silent({gap, gap, 1, gap, gap, 2, gap, gap, 3, gap, gap, 4, gap, gap, 5}).empty());
}

TEST(problems, a_reporter_that_left_is_not_silent) {
  sketch s;
  const auto top = s.group("top");
  const auto stays = s.organization("stays"), left = s.organization("left");
  s.net.connect<edge_kind::member_of>(stays, top);
  s.net.connect<edge_kind::member_of>(left, top, days("", "2021-01-01"));
  s.measure("m", direction::up, {{stays, {1, 2, 3, 4}}, {left, {1, gap, gap, gap}}});
  EXPECT_TRUE(s.gather().silent.empty());
}

TEST(who, money_is_added_by_currency_and_anchors_come_first) {
  sketch s;
  const auto top = s.group("top");
  const auto small = s.organization("small"), anchor = s.organization("anchor"), quiet = s.organization("quiet");
  s.net.connect<edge_kind::funds>(small, top, {}, {{"amount", 10.0}, {"currency", std::string_view("EUR")}});
  s.net.connect<edge_kind::funds>(anchor, top, {},
                                  {{"amount", 5.0}, {"currency", std::string_view("USD")}, {"anchor", true}});
  s.net.connect<edge_kind::funds>(anchor, top, {},
                                  {{"amount", 7.0}, {"currency", std::string_view("USD")}, {"anchor", true}});
  s.net.connect<edge_kind::funds>(quiet, top);
  const auto c = s.gather();
  ASSERT_EQ(c.funders.size(), 4U);
  EXPECT_EQ(c.funders[0].who.id, "anchor");
  EXPECT_FALSE(std::all_of(c.funders.begin(), c.funders.end(), [](const auto& f) { return f.amount.has_value(); }));
  for (const auto& t : c.funding_totals) EXPECT_EQ(t.amount, t.currency == "EUR" ? 10 : 12);
}

TEST(report, of_an_empty_initiative_says_so) {
  sketch s;
  const auto text = report::draw(s.gather(), {.width = 80});
  EXPECT_NE(text.find("No group is in force"), std::string::npos);
  EXPECT_NE(text.find("No measure can be evaluated"), std::string::npos);
}

TEST(report, without_groups_shows_what_each_reporter_says) {
  sketch s;
  const auto org = s.organization("org");
  s.measure("m", direction::up, {{org, {1, 2}}});
  const auto c = s.gather();
  ASSERT_EQ(c.measures[0].lines.size(), 1U);
  EXPECT_EQ(c.measures[0].lines[0].of.id, "org");
  EXPECT_EQ(c.measures[0].verdict, verdict::right);
}

TEST(report, of_an_unknown_group_is_refused) {
  sketch s;
  (void)s.group("top");
  report::report_options options;
  options.group = "pot";
  EXPECT_THROW((void)s.gather(options), error);
}

} // namespace
