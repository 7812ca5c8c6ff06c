// SPDX-License-Identifier: Apache-2.0
// Operators as text: every name, and percentiles with their number.
#include <commonweal/measure/operator_text.hpp>

#include <gtest/gtest.h>

namespace cw = commonweal;
using op = cw::aggregate_operator;

TEST(operator_text, reads_what_it_writes) {
  for (const auto name : cw::enum_names<op>::values) {
    const auto which = *cw::parse_enum<op>(name);
    const auto text = cw::operator_text(which, 12.5);
    const auto read = cw::parse_operator(text);
    ASSERT_TRUE(read.has_value()) << text;
    EXPECT_EQ(read->op, which);
    EXPECT_EQ(read->percent, which == op::percentile ? 12.5 : 50);
  }
}
TEST(operator_text, a_percentile_has_its_number) {
  EXPECT_EQ(cw::operator_text(op::percentile, 90), "percentile(90)");
  EXPECT_EQ(cw::operator_text(op::percentile, 99.9), "percentile(99.9)");
  EXPECT_EQ(cw::parse_operator("percentile(90.0)")->percent, 90);
  EXPECT_EQ(cw::parse_operator("percentile(0)")->percent, 0);
  EXPECT_EQ(cw::parse_operator("percentile(100)")->percent, 100);
  for (const char* text :
       {"", "percentile", "percentile()", "percentile(100.1)", "percentile(-1)", "percentile(+1)", "percentile( 90)",
        "percentile(90) ", "percentile(1.2.3)", "percentile(1e1)", "Percentile(9)", "median(50)", "sum(1)", "90"})
    EXPECT_FALSE(cw::parse_operator(text).has_value()) << text;
}
