// SPDX-License-Identifier: Apache-2.0
// Distinct people in the public rollup: by salted ids, estimated by a sketch of them, or between bounds.
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/rollup/served_people.hpp>

#include "naive_rollup.hpp"
#include "rollup_sketch.hpp"

namespace cw = commonweal;
using namespace commonweal_test;

namespace {

using method = cw::unduplicated_method;

/// A table people_served, row by row.
struct served {
  cw::table rows{{{"reporter", cw::column_type::utf8},
                  {"indicator", cw::column_type::utf8},
                  {"period", cw::column_type::period},
                  {"person", cw::column_type::utf8},
                  {"breakdown", cw::column_type::utf8}}};

  served& add(std::string_view reporter, std::string_view indicator, std::string_view when,
              const std::vector<std::string>& people) {
    for (const auto& p : people) row(reporter, indicator, *cw::period::parse(when), p);
    return *this;
  }
  void row(std::string_view reporter, std::string_view indicator, cw::period when, std::string_view person) {
    rows[std::size_t{0}].append(reporter);
    rows[std::size_t{1}].append(indicator);
    rows[std::size_t{2}].append(when);
    rows[std::size_t{3}].append(person);
    rows[std::size_t{4}].append_null();
  }
  [[nodiscard]] cw::rollup_options options(const cw::initiative& of) const {
    typed = cw::served_people(of.network(), of.measures(), {{"people_served", rows}});
    cw::rollup_options o;
    o.people = &typed;
    return o;
  }
  mutable cw::served_people typed; // what the options last made borrow
};

cw::figure ask(const facts& f, const std::string& group, const std::string& indicator, std::string_view when,
               const served& p) {
  return ask(f, group, indicator, when, p.options(build(f)));
}

cw::indicator_definition& people(sketch& s, method how) {
  auto& d = s.indicator("i");
  d.counts_people = true;
  d.unduplicated = how;
  return d;
}

void expect_figure(const cw::figure& f, double lower, double value, double upper) {
  EXPECT_EQ(f.lower, lower);
  EXPECT_EQ(f.value, value);
  EXPECT_EQ(f.upper, upper);
}

// oA serves p1 p2 p3 in January and p1 p5 in February; oB serves p2 p4 in January.
sketch two_reporters(method how) {
  sketch s;
  s.join("oA", "gX").join("oB", "gY").join("gX", "gTop").join("gY", "gTop");
  people(s, how);
  s.values("i", "oA", {3, 2}).values("i", "oB", {2});
  return s;
}
served their_people() {
  served p;
  p.add("oA", "i", "2024-01", {"p1", "p2", "p3"})
      .add("oA", "i", "2024-02", {"p1", "p5"})
      .add("oB", "i", "2024-01", {"p2", "p4"});
  return p;
}

TEST(people_served, whom_two_reporters_served_counts_once) {
  const auto p = their_people();
  for (const auto how : {method::ids, method::sketch}) { // so few that the sketch is exact
    const auto s = two_reporters(how);
    expect_figure(ask(s, "gTop", "i", "2024-01", p), 4, 4, 4);
    expect_figure(ask(s, "gX", "i", "2024-01", p), 3, 3, 3);
    expect_figure(ask(s, "gTop", "i", "2024-Q1", p), 5, 5, 5); // p1 came again in February
  }
  expect_figure(ask(two_reporters(method::bounds), "gTop", "i", "2024-01", p), 3, 5, 5);
  expect_figure(ask(two_reporters(method::bounds), "gTop", "i", "2024-Q1", p), 3, 7, 7);
  expect_figure(ask(two_reporters(method::ids), "gTop", "i", "2024-01"), 3, 5, 5); // nobody named: bounds
}
TEST(people_served, all_groups_at_once_say_the_same_as_one) {
  auto s = two_reporters(method::ids);
  for (int g = 0; g < 6; ++g) s.join("gZ" + std::to_string(g), "gTop");
  const auto p = their_people();
  const auto whole = build(s);
  const auto t = whole.rollup(p.options(whole));
  std::map<std::string, double> january;
  for (std::size_t r = 0; r < t.rows(); ++r)
    if (t["period"].values<cw::period>()[r].to_string() == "2024-01" && !t["value"].is_null(r))
      january[std::string(t["group"].text(r))] = t["value"].values<double>()[r];
  EXPECT_EQ(january, (std::map<std::string, double>{{"gTop", 4}, {"gX", 3}, {"gY", 2}}));
}
TEST(people_served, counts_where_the_reporter_is_in_the_group) {
  sketch s;
  s.join("oA", "gX", sketch::days("", "2024-02-01"))
      .join("oA", "gY", sketch::days("2024-02-01"))
      .join("gX", "gTop")
      .join("gY", "gTop");
  people(s, method::ids);
  s.values("i", "oA", {2, 2});
  served p;
  p.add("oA", "i", "2024-01", {"p1", "p2"}).add("oA", "i", "2024-02", {"p2", "p3"});
  expect_figure(ask(s, "gX", "i", "2024-Q1", p), 2, 2, 2);
  expect_figure(ask(s, "gY", "i", "2024-Q1", p), 2, 2, 2);
  expect_figure(ask(s, "gTop", "i", "2024-Q1", p), 3, 3, 3);
}
TEST(people_served, those_who_are_counted_and_not_named_may_be_anybody) {
  auto s = two_reporters(method::ids);
  s.join("oC", "gY");
  s.values("i", "oC", {10});
  auto p = their_people();
  expect_figure(ask(s, "gTop", "i", "2024-01", p), 10, 14, 14); // 4 named, 10 of oC without names
  expect_figure(ask(s, "gTop", "i", "2024-Q1", p), 10, 15, 15);
  p.add("oC", "i", "2024-01", {"p1", "p9"}); // two of the ten
  expect_figure(ask(s, "gTop", "i", "2024-01", p), 10, 13, 13);
  expect_figure(ask(s, "gTop", "i", "2024-Q1", p), 10, 14, 14);
}
TEST(people_served, names_without_a_report_do_not_count) {
  auto s = two_reporters(method::ids);
  s.join("oC", "gY");
  s.mark("i", "oC", "2024-01", cw::cell_state::suppressed);
  auto p = their_people();
  p.add("oC", "i", "2024-01", {"p7", "p8"});
  const auto f = ask(s, "gTop", "i", "2024-01", p);
  expect_figure(f, 4, 4, 4);
  EXPECT_EQ(f.reported, 2);
  EXPECT_EQ(f.state, cw::figure_state::partial);
}
TEST(people_served, the_operator_over_time_picks_the_reports_that_count) {
  auto s = two_reporters(method::ids);
  auto& d = s.indicator("i");
  d.nature = cw::nature::stock;
  d.over_time = cw::aggregate_operator::last;
  const auto p = their_people();
  expect_figure(ask(s, "gTop", "i", "2024-Q1", p), 4, 4, 4); // p1 p5 of oA's February, p2 p4 of oB's January
  d.order = cw::operator_order::groups_then_time;
  expect_figure(ask(s, "gTop", "i", "2024-Q1", p), 2, 2, 2); // of February
  d.over_time = cw::aggregate_operator::mean;
  expect_figure(ask(s, "gTop", "i", "2024-Q1", p), 3, 3, 3); // of 4 and 2
}
TEST(people_served, a_union_counts_its_people_once) {
  const auto s = two_reporters(method::ids);
  const auto p = their_people();
  auto o = p.options(build(s));
  o.unions = {{"both", {"gX", "gY"}}};
  expect_figure(ask(s, "both", "i", "2024-01", o), 4, 4, 4);
}
TEST(people_served, explained_rows_have_no_shares) {
  const auto whole = build(two_reporters(method::ids));
  const auto p = their_people();
  const auto t = whole.explain("gTop", "i", *cw::period::parse("2024-01"), p.options(whole));
  ASSERT_EQ(t.rows(), 2u);
  EXPECT_EQ(t["share"].null_count(), 2u);
  EXPECT_EQ(whole.explain("gTop", "i", *cw::period::parse("2024-01"))["share"].null_count(), 0u);
}
TEST(people_served, records_of_the_initiative_are_taken) {
  auto p = their_people();
  auto whole = build(two_reporters(method::ids));
  const cw::initiative with({}, whole.network(), whole.measures(), {{"people_served", p.rows}});
  cw::rollup_options o;
  o.groups = {"gTop"};
  o.to = o.from = cw::period::parse("2024-01");
  EXPECT_EQ(with.rollup(o)["value"].values<double>()[0], 4);
  EXPECT_EQ(whole.rollup(o)["value"].values<double>()[0], 5);
}
TEST(people_served, rows_that_cannot_be_read_are_named) {
  const auto fault = [](std::string_view reporter, std::string_view when) {
    auto p = their_people();
    p.add(reporter, "i", when, {"p1"});
    try {
      (void)ask(two_reporters(method::ids), "gTop", "i", "2024-01", p);
    } catch (const cw::error& e) {
      EXPECT_EQ(e.code(), cw::error_code::invalid_data);
      EXPECT_EQ(e.where().row, 9);
      return e.where().field;
    }
    return std::string("nothing");
  };
  EXPECT_EQ(fault("oNobody", "2024-01"), "reporter");
  EXPECT_EQ(fault("oA", "2024-Q1"), "period");
  served empty;
  empty.rows = cw::table();
  EXPECT_THROW((void)ask(two_reporters(method::ids), "gTop", "i", "2024-01", empty), cw::error);
}

TEST(people_served, agrees_with_sets_of_names_on_random_initiatives) {
  int exact = 0, loose = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    random_source r(seed);
    cw::indicator_definition d;
    d.id = "i";
    d.counts_people = true;
    d.unduplicated = r.one_in(3) ? method::sketch : method::ids;
    d.order = static_cast<cw::operator_order>(r.upto(1));
    facts f = random_facts(seed, {.groups = 9, .organizations = 12, .periods = 8}, {d});
    served p;
    std::map<std::pair<std::string, std::int32_t>, std::set<std::string>> named;
    const bool all_named = r.one_in(2);
    for (auto& [key, c] : f.cells) {
      if (std::isnan(c.value)) continue;
      const auto& [i, reporter, t] = key;
      auto& own = named[{reporter, t}];
      for (int k = r.upto(6); k > 0; --k) own.insert("person " + std::to_string(r.upto(25)));
      c.value = static_cast<double>(own.size()) + (all_named ? 0 : r.upto(2));
      for (const auto& who : own) p.row(reporter, "i", {f.base, t}, who);
    }
    const auto whole = build(f, seed);
    auto o = p.options(whole);
    o.membership = static_cast<cw::in_force_rule>(r.upto(3));
    const naive_rollup judge(f, o);
    o.every = r.one_in(2) ? cw::frequency::year : f.base;
    const auto t = whole.rollup(o);
    for (std::size_t row = 0; row < t.rows(); ++row) {
      const auto when = t["period"].values<cw::period>()[row];
      const std::string g(t["group"].text(row));
      std::set<std::string> people;
      double unnamed = 0, most = 0;
      bool any = false;
      for (std::int32_t at = f.first; at < f.first + f.periods; ++at) {
        if (cw::period(f.base, at).coarsen(when.freq()) != when) continue;
        for (const auto& reporter : judge.reporters_of(g, at)) {
          const auto c = f.cells.find({"i", reporter, at});
          if (c == f.cells.end() || std::isnan(c->second.value)) continue;
          any = true;
          const auto& own = named[{reporter, at}];
          people.insert(own.begin(), own.end());
          unnamed += c->second.value - static_cast<double>(own.size());
          most = std::max(most, c->second.value);
        }
      }
      ASSERT_EQ(t["value"].is_null(row), !any) << "seed " << seed << ", " << g << ", " << when.to_string();
      if (!any) continue;
      const auto n = static_cast<double>(people.size());
      ASSERT_EQ(t["value"].values<double>()[row], n + unnamed)
          << "seed " << seed << ", " << g << ", " << when.to_string();
      ASSERT_EQ(t["upper"].values<double>()[row], n + unnamed);
      ASSERT_EQ(t["lower"].values<double>()[row], std::max(n, most));
      ++(unnamed == 0 ? exact : loose);
    }
  }
  EXPECT_GT(exact, 1000);
  EXPECT_GT(loose, 1000);
}

TEST(people_served, an_estimate_lies_between_bounds_and_errs_as_stated) {
  for (const int n : {1000, 10000, 100000}) {
    double squares = 0;
    const int rounds = n == 100000 ? 4 : 12;
    int inside = 0;
    for (int round = 0; round < rounds; ++round) {
      sketch s;
      people(s, method::sketch);
      served p;
      // Each person came to two of ten reporters.
      std::vector<std::vector<std::string>> of(10);
      for (int k = 0; k < n; ++k)
        for (const int r : {k % 10, (k / 10) % 10 == k % 10 ? (k + 1) % 10 : (k / 10) % 10})
          of[static_cast<std::size_t>(r)].push_back(std::to_string(round) + ":" + std::to_string(k));
      for (std::size_t r = 0; r < of.size(); ++r) {
        const auto id = "o" + std::to_string(r);
        s.join(id, "gTop");
        s.values("i", id, {static_cast<double>(of[r].size())});
        p.add(id, "i", "2024-01", of[r]);
      }
      const auto f = ask(s, "gTop", "i", "2024-01", p);
      const double relative = f.value / n - 1;
      squares += relative * relative / rounds;
      inside += f.lower <= n && n <= f.upper ? 1 : 0;
      EXPECT_LE(f.lower, f.value);
      EXPECT_LE(f.value, f.upper);
      if (n <= 2048) EXPECT_EQ(f.value, n); // few enough to be held as they are
      else EXPECT_LT(f.lower, f.upper);
    }
    std::printf("n = %6d: relative error %.4f, %d of %d inside the bounds\n", n, std::sqrt(squares), inside, rounds);
    EXPECT_LT(std::sqrt(squares), 2.5 * 1.04 / 128);
    EXPECT_GE(inside, rounds * 3 / 4);
  }
}

} // namespace
