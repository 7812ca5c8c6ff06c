// SPDX-License-Identifier: Apache-2.0
// The day of a question that names none: what counts as data, what is only named, and today where there is neither.
#include <cstdlib>

#include <gtest/gtest.h>

#include <commonweal/core/error.hpp>
#include <commonweal/measure/last_day.hpp>
#include <commonweal/network/network_builder.hpp>

#include "record_builder.hpp"

namespace {

using namespace commonweal;
using commonweal::test::day;
using commonweal::test::records_of;

const date now = day("2026-05-04");

interval days(const char* start, const char* end) {
  return {*start == '\0' ? date::lowest() : day(start), *end == '\0' ? date::highest() : day(end)};
}
measures reported(const char* first, const std::vector<double>& values) {
  measures out;
  panel p;
  p.first = *period::parse(first);
  p.reporters = {node_ref{node_kind::organization, 0}};
  p.value.resize(1, static_cast<Eigen::Index>(values.size()));
  for (std::size_t c = 0; c < values.size(); ++c) p.value(0, static_cast<Eigen::Index>(c)) = values[c];
  out.panels.push_back(std::move(p));
  return out;
}
std::string taken(const network& net, const measures& data = {}, const record_tables& records = {},
                  std::optional<date> asked = {}) {
  const auto t = day_of_question(net, data, records, asked, now);
  return t.day.to_string() + " " + std::string(to_string(t.origin));
}
network nothing() { return network_builder().finish(); }

TEST(day_of_question, is_the_one_that_is_asked_for) {
  EXPECT_EQ(taken(nothing(), reported("2024", {1}), {}, day("2031-01-01")), "2031-01-01 asked");
}

TEST(day_of_question, is_the_end_of_the_last_period_with_a_report) {
  EXPECT_EQ(taken(nothing(), reported("2024-Q1", {1, 2, missing_value})), "2024-06-30 data");
  auto data = reported("2024", {1, missing_value, missing_value});
  data.panels[0].suppressed = {1}; // a suppressed report is a report
  EXPECT_EQ(taken(nothing(), data), "2025-12-31 data");
}

TEST(day_of_question, counts_what_is_recorded_with_its_day_as_data) {
  const record_tables records = {
      {"meetings", records_of("meetings", {{{"id", "m"}, {"group", "g"}, {"date", day("2025-02-03")}}})},
      {"people_served",
       records_of("people_served",
                  {{{"reporter", "o"}, {"indicator", "i"}, {"period", *period::parse("2025-03")}, {"person", "x"}}})},
      {"milestones", records_of("milestones", {{{"date", day("2025-04-01")}, {"text", "reached"}},
                                               {{"date", day("2029-01-01")}, {"state", "open"}, {"text", "planned"}}})},
      {"planned_costs",
       records_of("planned_costs",
                  {{{"item", "x"}, {"start", day("2027-01-01")}, {"end", day("2028-01-01")}, {"amount", 1.0}}})}};
  EXPECT_EQ(taken(nothing(), {}, records), "2025-04-01 data");
  EXPECT_EQ(taken(nothing(), reported("2024", {1}), records), "2025-04-01 data");
  EXPECT_EQ(taken(nothing(), reported("2026", {1}), records), "2026-12-31 data");
}

TEST(day_of_question, takes_the_beginning_of_funds_beside_other_data_and_never_their_end) {
  network_builder b;
  const auto giver = b.add<node_kind::organization>("giver");
  const auto council = b.add<node_kind::group>("council");
  b.connect<edge_kind::funds>(giver, council, days("2025-05-01", "2030-01-01"));
  const auto net = b.finish();
  EXPECT_EQ(taken(net, reported("2024", {1})), "2025-05-01 data");
  EXPECT_EQ(taken(net), "2029-12-31 named");
}

TEST(day_of_question, is_the_last_day_named_where_nothing_is_reported) {
  const auto with = [](auto&& add) {
    network_builder b;
    const auto g = b.add<node_kind::group>("council", "council", days("2019-01-01", ""));
    add(b, g);
    return b.finish();
  };
  EXPECT_EQ(taken(with([](auto&, auto) {})), "2019-01-01 named");
  EXPECT_EQ(taken(with([](auto& b, auto) { b.template add<node_kind::goal>("goal", "goal", days("", "2021-01-01")); })),
            "2020-12-31 named"); // an end is the first day after
  EXPECT_EQ(taken(with([](auto& b, auto g) {
              b.template connect<edge_kind::member_of>(b.template add<node_kind::person>("p"), g,
                                                       days("2022-02-02", "9999-12-31"));
            })),
            "2022-02-02 named"); // the year 9999 stands for no end
  measures aims;
  aims.targets.push_back({indicator_id{0}, {}, *period::parse("2025"), 5, target_kind::target});
  EXPECT_EQ(taken(with([](auto&, auto) {}), aims), "2025-12-31 named");
  EXPECT_EQ(taken(with([](auto&, auto) {}), reported("2023", {missing_value})), "2023-12-31 named");
  EXPECT_EQ(
      taken(with([](auto&, auto) {}), {},
            {{"budgets",
              records_of("budgets", {{{"organization", "o"}, {"period", *period::parse("2024")}, {"amount", 1.0}}})}}),
      "2024-12-31 named");
}

TEST(day_of_question, is_today_where_the_data_names_no_day) {
  network_builder b;
  b.add<node_kind::organization>("o");
  EXPECT_EQ(taken(b.finish()), "2026-05-04 today");
}

TEST(today, is_the_day_that_the_environment_names) {
  ::setenv("COMMONWEAL_TODAY", "2020-02-29", 1);
  EXPECT_EQ(today(), day("2020-02-29"));
  EXPECT_EQ(day_of_question(nothing(), {}, {}), (day_taken{day("2020-02-29"), day_origin::today}));
  ::setenv("COMMONWEAL_TODAY", "tomorrow", 1);
  EXPECT_THROW((void)today(), error);
  EXPECT_EQ(day_of_question(nothing(), reported("2024", {1}), {}).day, day("2024-12-31")); // it is not asked for
  ::unsetenv("COMMONWEAL_TODAY");
  EXPECT_GT(today(), day("2024-01-01"));
}

} // namespace
