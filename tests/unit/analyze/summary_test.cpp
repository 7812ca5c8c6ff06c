// SPDX-License-Identifier: Apache-2.0
// Univariate summaries against NIST's certified values and by hand.
#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include <commonweal/analyze/summary.hpp>

#include "oracle.hpp"

namespace {

using namespace commonweal;
using commonweal_test::digits_of_agreement;

TEST(summary, of_one_to_five_by_hand) {
  // Mean 3, deviations -2 -1 0 1 2: squares 10, sd sqrt(10/4); neighbors 2+0+0+2 = 4, lag 1 = 4/10.
  const std::vector<double> x = {1, 2, 3, 4, 5};
  const auto r = summarize(series_view(x));
  EXPECT_EQ(r.n, 5U);
  EXPECT_EQ(r.mean, 3.0);
  EXPECT_DOUBLE_EQ(r.sd, std::sqrt(2.5));
  EXPECT_DOUBLE_EQ(r.lag1, 0.4);
  EXPECT_EQ(r.median, 3.0);
  EXPECT_EQ(r.minimum, 1.0);
  EXPECT_EQ(r.maximum, 5.0);
}

TEST(summary, leaves_missing_values_out_and_counts_them) {
  const std::vector<double> x = {1, missing_value, 3, 5, missing_value};
  const auto r = summarize(series_view(x));
  EXPECT_EQ(r.n, 3U);
  EXPECT_EQ(r.missing, 2U);
  EXPECT_EQ(r.mean, 3.0);
  EXPECT_EQ(r.median, 3.0);
  // Only 3 and 5 are neighbors: (0)(2) / (4 + 0 + 4).
  EXPECT_EQ(r.lag1, 0.0);
}

TEST(summary, says_what_it_cannot_say) {
  const std::vector<double> none = {missing_value, missing_value};
  const auto nothing = summarize(series_view(none));
  EXPECT_EQ(nothing.n, 0U);
  EXPECT_TRUE(std::isnan(nothing.mean));
  const std::vector<double> one = {7};
  EXPECT_EQ(summarize(series_view(one)).mean, 7.0);
  EXPECT_TRUE(std::isnan(summarize(series_view(one)).sd));
  const std::vector<double> same = {4, 4, 4};
  EXPECT_EQ(summarize(series_view(same)).sd, 0.0);
  EXPECT_TRUE(std::isnan(summarize(series_view(same)).lag1));
  const std::vector<double> endless = {1, std::numeric_limits<double>::infinity()};
  EXPECT_THROW((void)summarize(series_view(endless)), error);

  const std::vector<measured_series> all = {{"empty", series_view(none), direction::up},
                                            {"one", series_view(one), direction::up}};
  const auto t = summarize(all);
  EXPECT_TRUE(t["mean"].is_null(0));
  EXPECT_FALSE(t["mean"].is_null(1));
  EXPECT_TRUE(t["sd"].is_null(1));
}

struct certified_set {
  const char* file;
  double mean_digits;
  double sd_digits;
  double lag1_digits;
};

class nist_univariate : public testing::TestWithParam<certified_set> {};

// 13 digits and more but where a double cannot hold the data itself: NumAcc2 is 1.2 +- 0.1 (exact to the 14th digit of
// the deviation), NumAcc3 is 1000000.2 +- 0.1 (the 10th), NumAcc4 is 10000000.2 +- 0.1 (the 9th, since 10000000.2 is
// off by up to 9e-10), and Michelso and Mavro lose in the deviations what their common leading digits take.
TEST_P(nist_univariate, agrees_with_the_certified_digits) {
  COMMONWEAL_NEEDS_ORACLE("nist/univariate");
  const auto wanted = GetParam();
  std::ifstream in(commonweal_test::oracle_data() / "nist/univariate" / wanted.file);
  std::string line;
  std::vector<double> x;
  double mean = missing_value;
  double sd = missing_value;
  double lag1 = missing_value;
  bool data = false;
  const bool plain = std::string(wanted.file) == "Lew.txt" || std::string(wanted.file) == "Lottery.txt";
  const auto last_number = [](const std::string& text) { return std::stod(text.substr(text.find_last_of(" =:") + 1)); };
  while (std::getline(in, line)) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    const auto after = [&line](const char* key) { return line.find(key) != std::string::npos; };
    if (line.rfind("mean ", 0) == 0 || after("ybar:")) mean = last_number(line.substr(0, line.find(" (exact)")));
    else if (line.rfind("standardDeviation", 0) == 0 || after(" s:"))
      sd = last_number(line.substr(0, line.find(" (exact)")));
    else if (line.rfind("autocorrelationCoefficient", 0) == 0 || after("r(1):"))
      lag1 = last_number(line.substr(0, line.find(" (exact)")));
    else if (after("--------") || (plain && line == "# Data")) data = true;
    else if (data && !line.empty() && line.front() != '#') x.push_back(std::stod(line));
  }
  ASSERT_GE(x.size(), 3U);
  const auto r = summarize(series_view(x));
  EXPECT_GE(digits_of_agreement(r.mean, mean), wanted.mean_digits) << r.mean << " for " << mean;
  EXPECT_GE(digits_of_agreement(r.sd, sd), wanted.sd_digits) << r.sd << " for " << sd;
  EXPECT_GE(digits_of_agreement(r.lag1, lag1), wanted.lag1_digits) << r.lag1 << " for " << lag1;
  RecordProperty("digits", std::to_string(digits_of_agreement(r.mean, mean)) + " " +
                               std::to_string(digits_of_agreement(r.sd, sd)) + " " +
                               std::to_string(digits_of_agreement(r.lag1, lag1)));
}

INSTANTIATE_TEST_SUITE_P(
    sets, nist_univariate,
    testing::Values(certified_set{"PiDigits.txt", 14, 14, 13}, certified_set{"Lottery.txt", 14, 14, 13},
                    certified_set{"Lew.txt", 14, 14, 13}, certified_set{"Mavro.txt", 14, 13, 13},
                    certified_set{"Michelso.txt", 14, 13, 13}, certified_set{"NumAcc1.txt", 15, 15, 15},
                    certified_set{"NumAcc2.txt", 14, 13, 13}, certified_set{"NumAcc3.txt", 14, 9, 9},
                    certified_set{"NumAcc4.txt", 14, 8, 8}),
    [](const auto& p) { return std::string(p.param.file).substr(0, std::string(p.param.file).find('.')); });

} // namespace
