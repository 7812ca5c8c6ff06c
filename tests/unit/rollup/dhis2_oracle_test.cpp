// SPDX-License-Identifier: Apache-2.0
// The published answers of another engine's own tests (DHIS2 AnalyticsServiceTest), reproduced through rollup().
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/initiative.hpp>
#include <commonweal/network/network_builder.hpp>

namespace cw = commonweal;

namespace {

std::filesystem::path oracle_folder() {
  const char* set = std::getenv("COMMONWEAL_ORACLE_DATA");
  return std::filesystem::path(set != nullptr ? set : COMMONWEAL_DEFAULT_ORACLE_DATA) / "dhis2-analytics";
}

// The files hold quoted cells without commas or quotes inside.
std::vector<std::vector<std::string>> read_cells(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> row(1);
    for (const char c : line) {
      if (c == ',') row.emplace_back();
      else if (c != '"' && std::isspace(static_cast<unsigned char>(c)) == 0) row.back() += c;
    }
    if (row.size() > 1) rows.push_back(row);
  }
  rows.erase(rows.begin()); // the header
  return rows;
}

// Cells by reporter and month.
using cells = std::map<std::pair<std::string, std::string>, double>;

class dhis2_oracle : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!std::filesystem::exists(oracle_folder() / "dataValues.csv")) return;
    made_.emplace(make());
  }
  static void TearDownTestSuite() { made_.reset(); }
  void SetUp() override {
    if (!made_) GTEST_SKIP() << "no oracle data at " << oracle_folder();
  }

  struct answer {
    double value;
    std::string state;
  };
  static cw::rollup_options asking(const std::string& indicator, const std::string& groups, const std::string& period) {
    cw::rollup_options o;
    o.indicators = {indicator};
    if (groups.find('|') == std::string::npos) {
      o.groups = {"ou" + groups};
    } else {
      cw::group_union u{groups, {}};
      for (const char c : groups)
        if (c != '|') u.of.push_back(std::string("ou") + c);
      o.unions = {u};
    }
    o.from = o.to = cw::period::parse(period);
    o.every = o.from->freq();
    return o;
  }
  static answer ask(const cw::rollup_options& options) {
    const auto t = made_->rollup(options);
    EXPECT_EQ(t.rows(), 1u);
    return {t["value"].is_null(0) ? std::nan("") : t["value"].values<double>()[0], std::string(t["state"].text(0))};
  }
  static double value(const std::string& indicator, const std::string& groups, const std::string& period) {
    return ask(asking(indicator, groups, period)).value;
  }
  // As the answers are published.
  static double two_decimals(double x) { return std::round(x * 100) / 100; }

 private:
  static cw::initiative make() {
    // Units A to E are groups that report values of their own.
    const std::string units = "ABCDE";
    const std::map<char, char> parent = {{'B', 'A'}, {'C', 'A'}, {'D', 'B'}, {'E', 'B'}};
    cw::network_builder b;
    std::map<char, cw::group_id> group;
    for (const char u : units) group[u] = b.add<cw::node_kind::group>(std::string("ou") + u);
    for (const auto& [child, above] : parent) b.connect<cw::edge_kind::part_of>(group[child], group[above]);

    std::map<std::string, cells> elements;
    for (const auto& row : read_cells(oracle_folder() / "dataValues.csv")) {
      const std::string element(1, row[0].back());
      if (element < "A" || element > "E") continue; // F, G and H hold text, not numbers
      elements[element][{std::string(1, row[2].back()), row[1]}] = std::stod(row[3]);
    }
    for (const auto& row : read_cells(oracle_folder() / "dataSetRegistrations.csv"))
      elements["registered" + row[0].substr(row[0].size() - 1)][{std::string(1, row[2].back()), row[1]}] = 1;

    cw::measures m;
    const auto add = [&](const std::string& id, cw::aggregate_operator over_groups, cw::aggregate_operator over_time,
                         const std::string& formula = {}, cw::formula_level level = cw::formula_level::aggregate) {
      cw::indicator_definition d;
      d.id = id;
      d.node = b.add<cw::node_kind::indicator>(id);
      d.over_groups = over_groups;
      d.over_time = over_time;
      d.formula = formula;
      d.formula_level = level;
      m.indicators.push_back(d);
      return d.node;
    };
    using enum cw::aggregate_operator;
    const auto report = [&](cw::indicator_id i, const cells& values) {
      cw::panel p;
      p.indicator = i;
      p.first = *cw::period::parse("2017-01");
      for (const char u : units) p.reporters.push_back(group[u]);
      p.value = cw::panel_matrix::Constant(5, 7, cw::missing_value);
      for (const auto& [where, x] : values)
        p.value(where.first[0] - 'A', cw::period::parse(where.second)->ordinal() - p.first.ordinal()) = x;
      m.panels.push_back(p);
    };
    for (const char e : units) report(add(std::string(1, e), sum, sum), elements[std::string(1, e)]);
    report(add("mean of C", mean, mean), elements["C"]);
    report(add("mean of D", mean, mean), elements["D"]);
    report(add("highest A", max, max), elements["A"]);
    report(add("lowest A", min, min), elements["A"]);
    report(add("A by its highest month", sum, max), elements["A"]);
    report(add("A by its lowest month", sum, min), elements["A"]);
    const auto set_a = add("registeredA", sum, sum);
    const auto set_b = add("registeredB", sum, sum);
    report(set_a, elements["registeredA"]);
    report(set_b, elements["registeredB"]);
    b.connect<cw::edge_kind::reports>(group['C'], set_a);
    b.connect<cw::edge_kind::reports>(group['D'], set_a);
    b.connect<cw::edge_kind::reports>(group['D'], set_b);

    add("B+C", sum, sum, "B + C");
    add("B*C/100", sum, sum, "B * C / 100");
    add("A*C/B", sum, sum, "A * C / B");
    add("E before", sum, sum, "offset(E, -1) + E[t-2]");
    add("E this year", sum, sum, "year_to_date(E)");
    add("sum of ratios", sum, sum, "A / B", cw::formula_level::reporter);
    add("mean of ratios", mean, sum, "A / B", cw::formula_level::reporter);
    add("mean of highest ratios", mean, sum, "max_over_time(A) / B", cw::formula_level::reporter);
    add("rate A", sum, sum, "reporting_rate(registeredA)");
    add("rate B", sum, sum, "reporting_rate(registeredB)");
    add("A by rate A", sum, sum, "A * (round([rate A], 2) / 100)"); // the rates are published to two decimals
    add("A by rate B", sum, sum, "A * (round([rate B], 2) / 100)");
    return {{}, b.finish(), std::move(m)};
  }

  static inline std::optional<cw::initiative> made_;
};

TEST_F(dhis2_oracle, sums_the_tree_over_a_quarter) { EXPECT_EQ(value("A", "A", "2017-Q1"), 308); }
TEST_F(dhis2_oracle, sums_a_branch_in_a_month) { EXPECT_EQ(value("C", "B", "2017-03"), 6); }
TEST_F(dhis2_oracle, sums_all_units_in_january) { EXPECT_EQ(value("A", "A|B|C|D|E", "2017-01"), 75); }
TEST_F(dhis2_oracle, sums_all_units_in_february) { EXPECT_EQ(value("A", "A|B|C|D|E", "2017-02"), 233); }
TEST_F(dhis2_oracle, averages_what_was_reported) { EXPECT_EQ(value("mean of C", "A|B|C|D|E", "2017-03"), 6.75); }
TEST_F(dhis2_oracle, averages_over_a_union) { EXPECT_EQ(value("mean of D", "C|E", "2017-04"), 10.5); }
TEST_F(dhis2_oracle, takes_the_highest_over_a_union) { EXPECT_EQ(value("highest A", "B|C", "2017-02"), 233); }
TEST_F(dhis2_oracle, takes_whole_months_inside_days) {
  auto o = asking("A", "B", "2017-Q1");
  o.within = {*cw::date::parse("2017-01-01"), *cw::date::parse("2017-02-21")}; // to February 20
  EXPECT_EQ(ask(o).value, 68);
}
TEST_F(dhis2_oracle, sums_the_highest_month_of_each_unit) {
  EXPECT_EQ(value("A by its highest month", "B", "2017-Q1"), 235);
}
TEST_F(dhis2_oracle, sums_the_lowest_month_of_each_unit) {
  EXPECT_EQ(value("A by its lowest month", "B", "2017-Q1"), 68);
}
TEST_F(dhis2_oracle, takes_the_highest_month) { EXPECT_EQ(value("highest A", "D", "2017-Q1"), 233); }
TEST_F(dhis2_oracle, takes_the_lowest_month) { EXPECT_EQ(value("lowest A", "D", "2017-Q1"), 66); }
TEST_F(dhis2_oracle, takes_the_highest_of_named_months) {
  auto o = asking("highest A", "D", "2017-Q1");
  o.only = {*cw::period::parse("2017-01"), *cw::period::parse("2017-03")};
  EXPECT_EQ(ask(o).value, 66);
}
TEST_F(dhis2_oracle, adds_two_aggregates) { EXPECT_EQ(value("B+C", "A", "2017-Q1"), 567); }
TEST_F(dhis2_oracle, multiplies_aggregates) { EXPECT_EQ(value("B*C/100", "A", "2017-Q1"), 258.50); }
TEST_F(dhis2_oracle, divides_aggregates) { EXPECT_EQ(two_decimals(value("A*C/B", "A", "2017-Q1")), 29.79); }
TEST_F(dhis2_oracle, looks_at_periods_before) { EXPECT_EQ(value("E before", "A", "2017-07"), 3); }
TEST_F(dhis2_oracle, sums_the_year_to_date) {
  EXPECT_EQ(value("E this year", "A", "2017-05"), 1);
  EXPECT_EQ(value("E this year", "A", "2017-06"), 3);
  EXPECT_EQ(value("E this year", "A", "2017-07"), 7);
  EXPECT_EQ(value("E this year", "A", "2017-08"), 7);
  EXPECT_EQ(value("E this year", "A", "2017-09"), 7);
}
TEST_F(dhis2_oracle, sums_ratios_of_units_in_the_tree) {
  EXPECT_EQ(two_decimals(value("sum of ratios", "A", "2017-Q1")), 2.6);
}
TEST_F(dhis2_oracle, sums_ratios_of_units_in_a_branch) {
  EXPECT_EQ(two_decimals(value("sum of ratios", "B", "2017-Q1")), 2.08);
}
TEST_F(dhis2_oracle, averages_ratios_of_units_in_the_tree) {
  EXPECT_EQ(two_decimals(value("mean of ratios", "A", "2017-Q1")), 0.52);
}
TEST_F(dhis2_oracle, averages_ratios_of_units_in_a_branch) {
  EXPECT_EQ(two_decimals(value("mean of ratios", "B", "2017-Q1")), 0.69);
}
TEST_F(dhis2_oracle, averages_ratios_of_the_highest_month_in_the_tree) {
  EXPECT_EQ(two_decimals(value("mean of highest ratios", "A", "2017-Q1")), 0.49);
}
TEST_F(dhis2_oracle, averages_ratios_of_the_highest_month_in_a_branch) {
  EXPECT_EQ(two_decimals(value("mean of highest ratios", "B", "2017-Q1")), 0.64);
}
TEST_F(dhis2_oracle, knows_a_full_reporting_rate) {
  EXPECT_EQ(value("rate A", "C", "2017-Q1"), 100);
  const auto t = [&] { return ask(asking("registeredA", "C", "2017-Q1")); }();
  EXPECT_EQ(t.state, "reported");
}
TEST_F(dhis2_oracle, knows_a_partial_reporting_rate) {
  EXPECT_EQ(two_decimals(value("rate B", "D", "2017-Q1")), 33.33);
  EXPECT_EQ(ask(asking("registeredB", "D", "2017-Q1")).state, "partial");
}
TEST_F(dhis2_oracle, weighs_by_the_rate_of_one_set) {
  EXPECT_EQ(two_decimals(value("A by rate A", "D", "2017-Q1")), 199.34);
}
TEST_F(dhis2_oracle, weighs_by_the_rate_of_another_set) {
  EXPECT_EQ(two_decimals(value("A by rate B", "D", "2017-Q1")), 99.66);
}

} // namespace
