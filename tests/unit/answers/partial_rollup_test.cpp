// SPDX-License-Identifier: Apache-2.0
// Partial rollups: however observations are shared out, merged and carried about, the figures are those of one rollup.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "answers/partial_observations.hpp"
#include "random_initiative.hpp"

namespace {

using namespace commonweal;
using namespace commonweal_test;
using answers::partial_from;
using answers::partial_of;

indicator_definition indicator(const std::string& id, indicator_kind kind, aggregate_operator over_groups,
                               aggregate_operator over_time) {
  indicator_definition d;
  d.id = id;
  d.kind = kind;
  d.over_groups = over_groups;
  d.over_time = over_time;
  d.factor = kind == indicator_kind::ratio ? 100 : 1;
  return d;
}

using enum aggregate_operator;

/// Whatever is carried over any period.
std::vector<indicator_definition> over_any_period() {
  auto people = indicator("people", indicator_kind::amount, sum, sum);
  people.counts_people = true;
  return {people, indicator("rate", indicator_kind::ratio, ratio_of_sums, ratio_of_sums),
          indicator("average", indicator_kind::mean, weighted_mean, weighted_mean),
          indicator("least", indicator_kind::amount, min, min), indicator("most", indicator_kind::amount, max, max)};
}
/// What is carried where figures are of base periods.
std::vector<indicator_definition> over_base_periods() {
  auto out = over_any_period();
  for (const auto over_groups : {sum, mean, count, min, max, none, range, geometric_mean, median, percentile})
    for (const auto over_time : {last, first, none, mean, median}) {
      auto d = indicator("of_" + std::string(to_string(over_groups)) + "_" + std::string(to_string(over_time)),
                         indicator_kind::amount, over_groups, over_time);
      d.order = out.size() % 2 == 0 ? operator_order::time_then_groups : operator_order::groups_then_time;
      d.nature = nature::stock;
      d.groups_percent = 37.5;
      out.push_back(d);
    }
  auto people = indicator("people-at-once", indicator_kind::amount, sum, last);
  people.counts_people = true;
  out.push_back(people);
  auto formula = indicator("people-per-report", indicator_kind::amount, sum, sum);
  formula.formula = "people / of_count_last + rate";
  out.push_back(formula);
  return out;
}

table empty_observations() {
  return table({{"reporter", column_type::utf8},
                {"indicator", column_type::utf8},
                {"period", column_type::period},
                {"value", column_type::float64},
                {"numerator", column_type::float64},
                {"denominator", column_type::float64},
                {"status", column_type::utf8}});
}

/// The facts in long form, each row in one of the parts.
std::vector<table> long_form(const facts& f, std::size_t parts, std::uint64_t seed) {
  std::mt19937_64 bits(seed);
  std::vector<std::pair<std::tuple<std::string, std::string, std::int32_t>, fact_cell>> cells(f.cells.begin(),
                                                                                              f.cells.end());
  std::shuffle(cells.begin(), cells.end(), bits);
  std::vector<table> out(parts, empty_observations());
  const auto real = [](double x) { return std::isnan(x) ? cell{} : cell{x}; };
  for (const auto& [key, c] : cells) {
    const auto& [id, reporter, t] = key;
    // A zero denominator leaves no value; the reader finds that itself.
    const auto status = c.state == cell_state::reported ? std::string_view() : to_string(c.state);
    const bool nothing = std::isnan(c.value) && std::isnan(c.numerator) && std::isnan(c.denominator);
    out[bits() % parts].append_row({std::string_view(reporter), std::string_view(id), period{f.base, t}, real(c.value),
                                    real(c.numerator), real(c.denominator),
                                    status.empty() && nothing ? cell{std::string_view("missing")}
                                    : status.empty()          ? cell{}
                                                              : cell{status}});
  }
  return out;
}

void add(partial_rollup& to, const initiative& source, const table& rows) {
  diagnostics found;
  answers::add_observations(to, source, rows, {"observations", 0}, found);
}

std::string difference(const table& a, const table& b) {
  if (a == b) return {};
  if (a.rows() != b.rows()) return std::to_string(a.rows()) + " rows, not " + std::to_string(b.rows());
  for (std::size_t c = 0; c < a.column_count(); ++c)
    for (std::size_t r = 0; r < a.rows(); ++r)
      if (a[c].is_null(r) != b[c].is_null(r) || !(a[c].at(r) == b[c].at(r)))
        return std::string(a["group"].text(r)) + " " + std::string(a["indicator"].text(r)) + " " +
               a["period"].values<period>()[r].to_string() + ": " + a[c].name() + ", state " +
               std::string(a["state"].text(r)) + ", not " + std::string(b["state"].text(r));
  return "columns";
}

std::size_t states_seen[12] = {};

void expect_same(std::uint64_t seed, const std::vector<indicator_definition>& definitions, rollup_options options,
                 bool wild) {
  random_shape shape;
  shape.wild = wild;
  shape.periods = seed % 5 == 0 ? 150 : 14; // more than one stretch
  auto f = random_facts(seed, shape, [&] {
    auto reported = definitions;
    std::erase_if(reported, [](const auto& d) { return !d.formula.empty(); });
    return reported;
  }());
  for (const auto& d : definitions) f.indicators[d.id] = d;
  if (!options.every && seed % 3 == 0) options.as_of = period{f.base, f.first}.last_day();
  const initiative whole = build(f, seed);
  if (options.every && !nests(f.base, *options.every)) return;
  const table wanted = whole.rollup(options);
  for (std::size_t r = 0; r < wanted.rows(); ++r)
    ++states_seen[static_cast<std::size_t>(parse_enum<figure_state>(wanted["state"].text(r)).value())];

  const std::size_t parts = 1 + seed % 4;
  std::vector<partial_rollup> made;
  for (const auto& rows : long_form(f, parts, seed)) {
    made.push_back(partial_of(whole, options));
    // In two goes, to add to what is there.
    table first = empty_observations(), second = empty_observations();
    for (std::size_t r = 0; r < rows.rows(); ++r) {
      std::vector<cell> cells;
      for (std::size_t c = 0; c < rows.column_count(); ++c) cells.push_back(rows[c].at(r));
      (r % 3 == 0 ? first : second).append_row(cells);
    }
    add(made.back(), whole, first);
    add(made.back(), whole, second);
  }
  std::mt19937_64 bits(seed);
  std::shuffle(made.begin(), made.end(), bits);
  for (std::size_t k = 1; k < made.size(); ++k) {
    if (k % 2 == 0) made[0].merge(made[k]);
    else made[0].merge(partial_from(whole, made[k].serialize()));
  }
  EXPECT_EQ(difference(made[0].finish(), wanted), "") << "seed " << seed;
  EXPECT_EQ(difference(made[0].figures().to_table(), wanted), "") << "seed " << seed;

  auto at_once = partial_of(whole, options);
  for (const auto& rows : long_form(f, 1, seed + 1)) add(at_once, whole, rows);
  EXPECT_EQ(at_once.serialize(), made[0].serialize()) << "seed " << seed;
  const auto again = partial_from(whole, at_once.serialize());
  EXPECT_EQ(difference(again.finish(), wanted), "") << "seed " << seed;
}

TEST(partial_rollup, gives_the_bits_of_a_rollup_however_shared_out) {
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    rollup_options options;
    options.missing = seed % 4 == 1   ? missing_policy::all_or_nothing
                      : seed % 4 == 2 ? missing_policy::minimum_coverage
                      : seed % 4 == 3 ? missing_policy::adjusted
                                      : missing_policy::complete_case;
    options.membership = static_cast<in_force_rule>(seed % 4);
    expect_same(seed, over_base_periods(), options, seed % 2 == 0);
  }
  for (const auto s : {figure_state::reported, figure_state::partial, figure_state::missing, figure_state::not_expected,
                       figure_state::suppressed, figure_state::below_minimum_coverage, figure_state::zero_denominator,
                       figure_state::not_aggregable, figure_state::adjusted})
    EXPECT_GT(states_seen[static_cast<std::size_t>(s)], 0u) << to_string(s);
}

TEST(partial_rollup, aggregates_over_longer_periods) {
  for (std::uint64_t seed = 200; seed < 260; ++seed) {
    rollup_options options;
    options.every = frequency::year;
    expect_same(seed, over_any_period(), options, seed % 2 == 0);
  }
}

TEST(partial_rollup, reaches_periods_in_which_nothing_came) {
  for (std::uint64_t seed = 300; seed < 320; ++seed) {
    rollup_options options;
    options.every = frequency::year;
    options.from = period::parse("2015");
    options.to = period::parse("2031");
    expect_same(seed, over_any_period(), options, false);
  }
}

/// Two organizations in one group.
initiative town(const indicator_definition& d) {
  network_builder b;
  const auto g = b.add<node_kind::group>("council");
  for (const char* id : {"bank", "kitchen"}) b.connect<edge_kind::member_of>(b.add<node_kind::organization>(id), g);
  measures m;
  m.indicators.push_back(d);
  m.indicators[0].node = b.add<node_kind::indicator>(d.id);
  diagnostics found;
  auto net = b.finish(found);
  return {{}, std::move(net), std::move(m)};
}
table report(const char* reporter, const char* when, double value) {
  table t = empty_observations();
  t.append_row({std::string_view(reporter), std::string_view("meals"), *period::parse(when), value, {}, {}, {}});
  return t;
}

TEST(partial_rollup, adds_two_towns_by_hand) {
  const auto source = town(indicator("meals", indicator_kind::amount, sum, sum));
  auto one = partial_of(source, {}), other = partial_of(source, {});
  add(one, source, report("bank", "2024-01", 10));
  add(other, source, report("kitchen", "2024-01", 1.5));
  add(other, source, report("kitchen", "2024-03", 2));
  one.merge(other);
  const auto t = one.finish();
  ASSERT_EQ(t.rows(), 3u);
  EXPECT_EQ(t["value"].values<double>()[0], 11.5);
  EXPECT_EQ(t["reported"].values<std::int64_t>()[0], 2);
  EXPECT_TRUE(t["value"].is_null(1));
  EXPECT_EQ(t["expected"].values<std::int64_t>()[1], 2);
  EXPECT_EQ(t["state"].text(2), "partial");
}

TEST(partial_rollup, holds_the_values_of_a_median) {
  const auto source = town(indicator("meals", indicator_kind::amount, median, sum));
  auto one = partial_of(source, {}), other = partial_of(source, {});
  add(one, source, report("bank", "2024-01", 10));
  add(other, source, report("kitchen", "2024-01", 4));
  auto both = partial_from(source, one.serialize());
  both.merge(partial_from(source, other.serialize()));
  EXPECT_EQ(both.finish()["value"].values<double>()[0], 7);
  other.merge(one);
  EXPECT_EQ(other.serialize(), both.serialize());
}

template <class Call>
std::string refused(error_code code, Call call) {
  try {
    call();
  } catch (const error& e) {
    EXPECT_EQ(e.code(), code) << e.what();
    return e.where().message;
  }
  ADD_FAILURE() << "nothing was refused";
  return {};
}

TEST(partial_rollup, refuses_a_report_that_came_before_and_stays_as_it_was) {
  const auto source = town(indicator("meals", indicator_kind::amount, sum, sum));
  auto p = partial_of(source, {});
  add(p, source, report("bank", "2024-01", 10));
  const auto before = p.serialize();
  EXPECT_NE(refused(error_code::invalid_data, [&] { add(p, source, report("bank", "2024-01", 10)); })
                .find("meals of bank for 2024-01"),
            std::string::npos);
  auto other = partial_of(source, {});
  add(other, source, report("kitchen", "2024-01", 1));
  add(other, source, report("bank", "2024-01", 11));
  EXPECT_NE(refused(error_code::invalid_data, [&] { p.merge(other); }).find("one part only"), std::string::npos);
  EXPECT_NE(
      refused(error_code::invalid_data, [&] { add(p, source, report("bank", "2024-Q2", 10)); }).find("one frequency"),
      std::string::npos);
  EXPECT_NE(refused(error_code::invalid_data, [&] { add(p, source, report("bakery", "2024-02", 10)); }).find("bakery"),
            std::string::npos);
  EXPECT_NE(refused(error_code::invalid_data,
                    [&] { add(p, source, report("bank", "2024-02", std::numeric_limits<double>::infinity())); })
                .find("infinity"),
            std::string::npos);
  EXPECT_EQ(p.serialize(), before);
}

TEST(partial_rollup, names_the_operator_that_it_does_not_carry) {
  const auto says = [](indicator_definition d, rollup_options o, const char* word) {
    const auto source = town(d);
    const auto why = refused(error_code::invalid_argument, [&] {
      auto p = partial_of(source, o);
      add(p, source, report("bank", "2024-01", 10));
    });
    EXPECT_NE(why.find(word), std::string::npos) << why;
    EXPECT_NE(why.find("meals"), std::string::npos) << why;
  };
  rollup_options by_year;
  by_year.every = frequency::year;
  says(indicator("meals", indicator_kind::amount, stddev_sample, sum), {}, "stddev_sample over groups");
  says(indicator("meals", indicator_kind::amount, first, sum), {}, "first over groups");
  says(indicator("meals", indicator_kind::amount, sum, last), by_year, "last over time");
  says(indicator("meals", indicator_kind::amount, median, median), by_year, "median over time");
  says(indicator("meals", indicator_kind::amount, sum, range), {}, "range over time");
  says(indicator("meals", indicator_kind::amount, mean, sum), by_year, "sum over time");
  says(indicator("meals", indicator_kind::amount, sum, stddev_population), {}, "stddev_population over time");
  auto formula = indicator("meals", indicator_kind::amount, sum, sum);
  formula.formula = "1";
  formula.formula_level = formula_level::reporter;
  says(formula, {}, "for each reporter");
  rollup_options carry;
  carry.missing = missing_policy::carry_forward;
  auto stock = indicator("meals", indicator_kind::amount, sum, last);
  stock.nature = nature::stock;
  EXPECT_NE(refused(error_code::invalid_argument, [&] { (void)partial_of(town(stock), carry); }).find("carry_forward"),
            std::string::npos);
}

TEST(partial_rollup, refuses_to_add_people_who_are_counted_once) {
  auto served = indicator("meals", indicator_kind::count, sum, sum);
  served.counts_people = true;
  const served_people nobody;
  rollup_options named;
  named.people = &nobody;
  for (const auto how : {unduplicated_method::ids, unduplicated_method::sketch}) {
    served.unduplicated = how;
    const auto source = town(served);
    EXPECT_NE(refused(error_code::invalid_argument, [&] { auto p = partial_of(source, named); }).find("counted once"),
              std::string::npos);
    EXPECT_NO_THROW((void)partial_of(source, {})); // between bounds, as rollup() without people_served
  }
  served.unduplicated = unduplicated_method::bounds;
  const auto source = town(served);
  EXPECT_NO_THROW((void)partial_of(source, named));
}

TEST(partial_rollup, merges_only_parts_of_one_job) {
  const auto sums = town(indicator("meals", indicator_kind::amount, sum, sum));
  const auto most = town(indicator("meals", indicator_kind::amount, max, max));
  auto a = partial_of(sums, {}), b = partial_of(most, {});
  EXPECT_NE(refused(error_code::invalid_argument, [&] { a.merge(b); }).find("different jobs"), std::string::npos);
  rollup_options by_year;
  by_year.every = frequency::year;
  auto c = partial_of(sums, by_year);
  EXPECT_NE(refused(error_code::invalid_argument, [&] { a.merge(c); }).find("different jobs"), std::string::npos);
  EXPECT_NE(
      refused(error_code::invalid_data, [&] { (void)partial_from(most, a.serialize()); }).find("another initiative"),
      std::string::npos);
}

TEST(partial_rollup, refuses_bytes_that_were_cut_or_changed) {
  const auto source = town(indicator("meals", indicator_kind::amount, sum, sum));
  auto p = partial_of(source, {});
  add(p, source, report("bank", "2024-01", 10));
  const auto bytes = p.serialize();
  for (std::size_t n = 0; n < bytes.size(); ++n)
    (void)refused(error_code::invalid_data, [&] { (void)partial_from(source, std::span(bytes).first(n)); });
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    auto changed = bytes;
    changed[n] ^= std::byte{1};
    (void)refused(error_code::invalid_data, [&] { (void)partial_from(source, changed); });
  }
}

TEST(partial_rollup, tells_progress_and_stops) {
  const auto source = town(indicator("meals", indicator_kind::amount, sum, sum));
  auto p = partial_of(source, {});
  add(p, source, report("bank", "2024-01", 10));
  double most = -1;
  (void)answers::finish(p, [&](double share, std::string_view) {
    EXPECT_GE(share, most);
    most = share;
    return true;
  });
  EXPECT_EQ(most, 1);
  (void)refused(error_code::cancelled,
                [&] { (void)answers::finish(p, [](double, std::string_view) { return false; }); });
}

} // namespace
