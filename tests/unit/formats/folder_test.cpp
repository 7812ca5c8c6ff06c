// SPDX-License-Identifier: Apache-2.0
// Folders read and refused: each kind of bad input, with the words a user gets to see.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include <commonweal/core/error.hpp>
#include <commonweal/load.hpp>

#include "temporary_folder.hpp"

namespace cw = commonweal;
using cw::test::temporary_folder;

namespace {

/// A sound initiative of two organizations in one group, and a count, a ratio and a mean.
class folder_of_two {
 public:
  folder_of_two() {
    folder.file("organizations.csv", "id,name\na,Alpha\nb,Beta\n")
        .file("groups.csv", "id,name,kind,start\ng,Group,working_group,2019-01-01\n")
        .file("member_of.csv", "from,to,start,end\na,g,2020-01-01,2024-01-01\nb,g,,\n")
        .file("indicators.csv", "id,kind,factor\nserved,count,\nrate,ratio,100\ncost,amount,\nmood,mean,\n")
        .file("observations.csv", observations);
  }
  cw::diagnostics found;
  temporary_folder folder;
  static constexpr const char* header = "reporter,indicator,period,value,numerator,denominator,breakdown,status\n";
  static constexpr const char* observations =
      "reporter,indicator,period,value,numerator,denominator,breakdown,status\na,served,2023-01,5,,,,\n";

  folder_of_two& rows(const std::string& lines) {
    folder.file("observations.csv", header + lines);
    return *this;
  }
  cw::initiative read() { return cw::load(folder.path(), found); }
  /// The findings of a folder that is refused.
  std::string refused() {
    try {
      (void)read();
      return "was not refused";
    } catch (const cw::error& e) {
      EXPECT_EQ(e.code(), cw::error_code::invalid_data) << e.what();
      EXPECT_EQ(e.all().size(), found.size());
    }
    return errors();
  }
  std::string errors() const { return of(cw::severity::error); }
  std::string warnings() const { return of(cw::severity::warning); }
  std::string of(cw::severity s) const {
    std::string out;
    for (const auto& d : found.items())
      if (d.severity == s) out += (out.empty() ? "" : "\n") + d.to_string();
    return out;
  }
};

cw::error_code code_of(const std::filesystem::path& path, std::string& message) {
  try {
    (void)cw::load(path);
  } catch (const cw::error& e) {
    message = e.what();
    return e.code();
  }
  return cw::error_code::ok;
}

const cw::panel& panel_of(const cw::initiative& i, std::string_view indicator) {
  const auto id = i.network().find<cw::node_kind::indicator>(indicator);
  return *i.measures().find(*id);
}

} // namespace

TEST(folder, without_a_package_is_read_by_file_names) {
  folder_of_two f;
  const auto i = f.read();
  EXPECT_EQ(i.network().size(cw::node_kind::organization), 2U);
  EXPECT_EQ(i.network().edges(cw::edge_kind::member_of).size(), 2U);
  EXPECT_EQ(panel_of(i, "served").value(0, 0), 5.0);
  EXPECT_EQ(i.measures().indicators[0].over_groups, cw::aggregate_operator::sum);
  EXPECT_EQ(i.measures().indicators[1].over_groups, cw::aggregate_operator::ratio_of_sums);
  EXPECT_EQ(i.measures().indicators[3].over_time, cw::aggregate_operator::weighted_mean);
  EXPECT_EQ(i.info().name, f.folder.path().filename());
  ASSERT_EQ(f.found.size(), 1U);
  EXPECT_EQ(f.found.items()[0].code, "no_package");
}

TEST(folder, a_percentile_says_which_one) {
  folder_of_two f;
  f.folder.file("indicators.csv", "id,kind,over_groups,over_time\nserved,count,percentile(90),percentile(2.5)\n"
                                  "cost,amount,median,sum\n");
  const auto i = f.read();
  const auto& d = i.measures().indicators[0];
  EXPECT_EQ(d.over_groups, cw::aggregate_operator::percentile);
  EXPECT_EQ(d.groups_percent, 90);
  EXPECT_EQ(d.over_time, cw::aggregate_operator::percentile);
  EXPECT_EQ(d.time_percent, 2.5);
  EXPECT_EQ(i.measures().indicators[1].over_groups, cw::aggregate_operator::median);
  temporary_folder copy;
  cw::write_folder(i, copy.path() / "copy");
  EXPECT_EQ(cw::load(copy.path() / "copy").measures().indicators, i.measures().indicators);
}

TEST(folder, a_percentile_that_does_not_say_which_one_is_refused) {
  for (const char* text : {"percentile", "percentile()", "percentile(101)", "percentile(-1)", "percentile(1e1)",
                           "percentile(nan)", "percentile(90", "percentile90", "percentile(90%)", "percentile(.)"}) {
    folder_of_two f;
    f.folder.file("indicators.csv", std::string("id,kind,over_groups\nserved,count,") + text + "\n");
    const auto why = f.refused();
    EXPECT_NE(why.find("write percentile(90), with a number from 0 to 100"), std::string::npos) << text << ": " << why;
    EXPECT_NE(why.find("indicators.csv"), std::string::npos) << why;
  }
  folder_of_two f;
  f.folder.file("indicators.csv", "id,kind,over_groups\nserved,count,sum(90)\n");
  EXPECT_NE(f.refused().find("percentile(N)"), std::string::npos);
}

TEST(folder, dirt_is_met_by_declared_rules) {
  folder_of_two f;
  f.folder.file("datapackage.json", R"({"name": "dirty", "missingValues": ["", "N/A", "#DIV/0!"],
    "resources": [{"name": "organizations", "path": "organizations.csv"}, {"name": "groups", "path": "groups.csv"},
      {"name": "member_of", "path": "member_of.csv"}, {"name": "indicators", "path": "indicators.csv"},
      {"name": "observations", "path": "observations.csv", "schema": {"missingValues": ["LNE", "#DIV/0!"]}}]})");
  f.folder.file(
      "observations.csv",
      "\xEF\xBB\xBFreporter,indicator,period,value\r\na,served,2023-01,\"1,234\"\r\nb,cost,2023-01,\"$484,000\"\r\n"
      "b,served,2023-01,LNE\r\na,cost,2023-02,#DIV/0!\r\na,cost,2023-03,\r\n");
  const auto i = f.read();
  const auto& served = panel_of(i, "served");
  EXPECT_EQ(served.value(0, 0), 1234.0);
  EXPECT_TRUE(std::isnan(served.value(1, 0)));
  EXPECT_EQ(panel_of(i, "cost").value(1, 0), 484000.0);
  EXPECT_EQ(f.warnings(), "");
  EXPECT_EQ(
      f.of(cw::severity::note),
      "note: observations.csv, row 2, field value: numbers with \",\" between groups of three digits are read as "
      "whole: 1,234 is one thousand two hundred and thirty-four [grouping]\n"
      "note: observations.csv, row 3, field value: a currency sign is passed over; which currency it is must be said "
      "by a unit or currency column [currency_sign]");
}

TEST(folder, undeclared_dirt_is_refused_with_field_row_and_rule) {
  folder_of_two f;
  f.rows("a,served,2023-01,N/A,,,,\nb,served,2023-01,#DIV/0!,,,,\n");
  EXPECT_EQ(
      f.refused(),
      "error: observations.csv, row 2, field value: \"N/A\" looks like a code for a missing value, and no such code is "
      "declared; leave the field blank or declare it under missingValues in datapackage.json "
      "[undeclared_missing_code]\n"
      "error: observations.csv, row 3, field value: \"#DIV/0!\" is the error message of a spreadsheet, not a value; "
      "fix the formula there, or declare it under missingValues in datapackage.json [spreadsheet_error]");
}

TEST(folder, unknown_ids_name_row_and_remedy) {
  folder_of_two f;
  f.rows("zed,served,2023-01,1,,,,\na,servd,2023-01,1,,,,\na ,served,2023-01,1,,,,\n");
  EXPECT_EQ(
      f.refused(),
      "error: observations.csv, row 2, field reporter: no node has the id \"zed\"; add it to organizations or groups, "
      "or correct it [unknown_id]\n"
      "error: observations.csv, row 3, field indicator: no node has the id \"servd\"; add it to indicators, or correct "
      "it [unknown_id]\n"
      "error: observations.csv, row 4, field reporter: no node has the id \"a \" (the text begins or ends with a "
      "space); add it to organizations or groups, or correct it [unknown_id]");
}

TEST(folder, only_organizations_and_groups_report_and_only_indicators) {
  folder_of_two f;
  f.folder.file("people.csv", "id\np\n");
  f.rows("p,served,2023-01,1,,,,\ng,served,2023-01,1,,,,\na,g,2023-01,1,,,,\n");
  EXPECT_EQ(f.refused(),
            "error: observations.csv, row 2, field reporter: p is a person; only an organization or a group may report "
            "[forbidden_reporter]\n"
            "error: observations.csv, row 4, field indicator: g is a group, not an indicator [not_an_indicator]");
}

TEST(folder, findings_of_all_files_come_at_once) {
  folder_of_two f;
  f.folder.file("organizations.csv", "id,name\na,Alpha\nb,Beta\na,Again\n")
      .file("member_of.csv", "from,to,start,end\na,g,2024-01-01,2020-01-01\nnobody,g,,\n")
      .file("part_of.csv", "from,to\ng,a\n");
  f.rows("a,served,2023-01,x,,,,\nzed,served,2023-01,1,,,,\n");
  (void)f.refused();
  std::vector<std::string> codes;
  for (const auto& d : f.found.items())
    if (d.severity == cw::severity::error) codes.push_back(d.file + ":" + std::to_string(d.row) + ":" + d.code);
  for (const char* wanted :
       {"organizations.csv:4:duplicate_id", "member_of.csv:2:interval_reversed", "member_of.csv:3:unknown_id",
        "part_of.csv:2:forbidden_edge", "observations.csv:2:not_a_number", "observations.csv:3:unknown_id"})
    EXPECT_NE(std::find(codes.begin(), codes.end(), wanted), codes.end()) << wanted << " not in\n" << f.errors();
  EXPECT_EQ(codes.size(), 6U) << f.errors();
}

TEST(folder, a_cycle_in_the_cascade_is_printed) {
  folder_of_two f;
  f.folder.file("groups.csv", "id\ng\nh\nk\n").file("part_of.csv", "from,to\ng,h\nh,k\nk,g\n");
  const auto errors = f.refused();
  EXPECT_NE(errors.find("[cycle]"), std::string::npos) << errors;
  for (const char* id : {"g", "h", "k"}) EXPECT_NE(errors.find(id), std::string::npos);
}

TEST(folder, a_membership_outside_the_life_of_its_group_is_told) {
  folder_of_two f;
  f.folder.file("groups.csv", "id,start,end\ng,2010-01-01,2011-01-01\n")
      .file("member_of.csv", "from,to,start,end\na,g,2015-01-01,2016-01-01\n");
  EXPECT_NE(f.refused().find("member_of.csv, row 2"), std::string::npos);
  EXPECT_NE(f.errors().find("[outside_life]"), std::string::npos);
}

TEST(folder, a_report_outside_every_membership_is_kept_and_told) {
  folder_of_two f;
  f.rows("a,served,2019-12,1,,,,\na,served,2023-12,2,,,,\na,served,2024-01,3,,,,\ng,served,2018-12,1,,,,\n");
  const auto i = f.read();
  EXPECT_EQ(panel_of(i, "served").value.rows(), 2);
  EXPECT_EQ(f.warnings(), "warning: observations.csv, row 2, field period: a is a member of no group on 2019-12-31, "
                          "the last day of 2019-12; "
                          "the report counts nowhere [outside_membership]\n"
                          "warning: observations.csv, row 4, field period: a is a member of no group on 2024-01-31, "
                          "the last day of 2024-01; "
                          "the report counts nowhere [outside_membership]\n"
                          "warning: observations.csv, row 5, field period: g does not exist on 2018-12-31, the last "
                          "day of 2018-12 (it exists "
                          "[2019-01-01, open)); the report counts nowhere [outside_life]");
}

TEST(folder, reporters_in_no_group_are_told_once) {
  folder_of_two f;
  f.folder.file("organizations.csv", "id\na\nb\nc\nd\n");
  f.rows("c,served,2023-01,1,,,,\nc,served,2023-02,1,,,,\nd,served,2023-01,1,,,,\n");
  (void)f.read();
  EXPECT_EQ(f.warnings(),
            "warning: observations.csv, row 2, field reporter: 2 reporters are members of no group; their "
            "reports count in no group: c, d [reporter_without_group]");
}

TEST(folder, reports_nobody_expected_are_told_once_for_reporter_and_indicator) {
  folder_of_two f;
  f.folder.file("reports.csv", "from,to,start,end\na,served,,2023-02-01\n");
  f.rows("a,served,2023-01,1,,,,\na,served,2023-02,1,,,,\na,served,2023-03,1,,,,\nb,cost,2023-01,1,,,,\n");
  (void)f.read();
  EXPECT_EQ(f.warnings(),
            "warning: observations.csv, row 3, field reporter: no reports edge of a to served is in force on "
            "2023-02-28; the report counts, as reported and as expected [unexpected_report]");
}

TEST(folder, two_values_for_one_cell_name_both_rows) {
  folder_of_two f;
  f.rows("a,served,2023-01,1,,,,\nb,served,2023-01,1,,,,\na,served,2023-01,2,,,,\nb,served,2023-01,1,,,,\na,served,"
         "2023-01,,,,,\n");
  EXPECT_EQ(f.refused(), "error: observations.csv, row 4, field value: served of a for 2023-01 is given on row 2 and "
                         "differently here; one "
                         "cell holds one value: keep the right row [conflicting_observations]\n"
                         "error: observations.csv, row 6, field value: served of a for 2023-01 is given on row 2 and "
                         "differently here; one "
                         "cell holds one value: keep the right row [conflicting_observations]");
  EXPECT_EQ(f.warnings(),
            "warning: observations.csv, row 5: served of b for 2023-01 is given on row 3 and again here, the "
            "same; it counts once [repeated_observation]");
}

TEST(folder, ratios_need_both_parts_and_their_value_follows) {
  folder_of_two f;
  f.rows("a,rate,2023-01,,1,4,,\na,rate,2023-02,25,1,4,,\na,rate,2023-03,30,1,4,,\na,rate,2023-04,,3,0,,\nb,rate,2023-"
         "01,33,,,,\n");
  const auto i = f.read();
  const auto& p = panel_of(i, "rate");
  EXPECT_EQ(p.value(0, 0), 25.0);
  EXPECT_EQ(p.value(0, 2), 25.0); // the parts count, not the value told
  EXPECT_TRUE(std::isnan(p.value(0, 3)));
  EXPECT_EQ(p.numerator(0, 3), 3.0);
  EXPECT_EQ(p.denominator(0, 3), 0.0);
  EXPECT_EQ(p.value(1, 0), 33.0);
  EXPECT_EQ(
      f.warnings(),
      "warning: observations.csv, row 4, field value: the value is 30, and factor x numerator / denominator is 25; the "
      "parts count [ratio_disagrees]\n"
      "warning: observations.csv, row 5, field denominator: the denominator is zero; this ratio has no value, and its "
      "parts are still added up with those of others [zero_denominator]\n"
      "warning: observations.csv, row 6, field numerator: 1 report of the ratio rate give a value without numerator "
      "and "
      "denominator; such values are kept and cannot be aggregated [ratio_without_parts]");
  f.found = cw::diagnostics();
  f.rows("a,rate,2023-01,,1,,,\na,rate,2023-02,,,4,,\na,rate,2023-03,,1,-4,,\n");
  EXPECT_EQ(
      f.refused(),
      "error: observations.csv, row 2, field denominator: rate is a ratio; a numerator needs its denominator, for "
      "ratios "
      "are added up by their parts [ratio_without_denominator]\n"
      "error: observations.csv, row 3, field numerator: rate is a ratio; a denominator needs its numerator, for ratios "
      "are added up by their parts [ratio_without_numerator]\n"
      "error: observations.csv, row 4, field denominator: the denominator of a ratio may not be below zero "
      "[negative_weight]");
}

TEST(folder, numbers_beyond_what_can_be_held_are_refused) {
  folder_of_two f;
  f.folder.file("indicators.csv", "id,kind,look_back\nserved,count,9223372036854775808\ncost,amount,\n");
  f.rows("a,cost,2023-01,1e999,,,,\na,cost,2023-02,-inf,,,,\na,served,2023-01,9223372036854775808,,,,\na,served,2023-"
         "02,-3,,,,\n");
  const auto errors = f.refused();
  EXPECT_NE(errors.find(
                "indicators.csv, row 2, field look_back: \"9223372036854775808\" is too large: whole numbers go from"),
            std::string::npos)
      << errors;
  EXPECT_NE(errors.find("row 2, field value: \"1e999\" is infinite, or larger than any double"), std::string::npos)
      << errors;
  EXPECT_NE(errors.find("row 3, field value: \"-inf\" is infinite"), std::string::npos) << errors;
  EXPECT_NE(errors.find("row 4, field value: 9223372036854775808 is too large for a count, which must be exact"),
            std::string::npos)
      << errors;
  EXPECT_NE(errors.find("row 5, field value: -3 is below zero, and a count cannot be"), std::string::npos) << errors;
}

TEST(folder, an_indicator_has_one_frequency) {
  folder_of_two f;
  f.rows("a,served,2023-01,1,,,,\nb,served,2023,1,,,,\nb,served,2023-Q1,1,,,sex=female,\n");
  EXPECT_EQ(f.refused(),
            "error: observations.csv, row 3, field period: served is reported by the month on row 2 (2023-01) and by "
            "the year here; an indicator has one frequency: report all alike, or define a second indicator "
            "[mixed_frequency]");
}

TEST(folder, a_status_may_not_contradict_the_value) {
  folder_of_two f;
  f.rows("a,served,2023-01,1,,,,missing\na,served,2023-02,,,,,reported\na,served,2023-03,4,,,,suppressed\na,served,"
         "2023-04,,,,,lost\n");
  EXPECT_EQ(
      f.refused(),
      "error: observations.csv, row 2, field status: the status is missing and a value is given; remove one of the two "
      "[status_contradiction]\n"
      "error: observations.csv, row 3, field status: the status is reported and no value is given; write missing, or "
      "the "
      "value [status_contradiction]\n"
      "error: observations.csv, row 4, field status: the status is suppressed and a value is given; remove one of the "
      "two "
      "[status_contradiction]\n"
      "error: observations.csv, row 5, field status: \"lost\" is not a known status; use one of reported, missing, "
      "not_expected, suppressed [not_allowed]");
}

TEST(folder, four_states_are_four) {
  folder_of_two f;
  f.rows("a,served,2023-01,0,,,,\na,served,2023-02,,,,,missing\na,served,2023-03,,,,,suppressed\na,served,2023-04,,,,,"
         "not_expected\n");
  const auto i = f.read();
  const auto& p = panel_of(i, "served");
  EXPECT_EQ(p.value(0, 0), 0.0);
  EXPECT_TRUE(std::isnan(p.value(0, 1)) && !p.is_suppressed(0, 1) && !p.is_not_expected(0, 1));
  EXPECT_TRUE(p.is_suppressed(0, 2));
  EXPECT_TRUE(p.is_not_expected(0, 3));
}

TEST(folder, periods_out_of_the_sane_range_are_refused) {
  folder_of_two f;
  f.rows("a,served,0202-01,1,,,,\na,served,2023-13,1,,,,\n");
  const auto errors = f.refused();
  EXPECT_NE(errors.find("row 2, field period: \"0202-01\" lies outside the years 1800 to 2199"), std::string::npos)
      << errors;
  EXPECT_NE(errors.find("row 3, field period: \"2023-13\" is not a valid period"), std::string::npos) << errors;
}

TEST(folder, formulas_may_not_be_circular_nor_reported) {
  folder_of_two f;
  f.folder.file("indicators.csv", "id,formula\nserved,\nx,y + 1\ny,x * 2\nz,served +\n");
  f.rows("a,x,2023-01,1,,,,\n");
  const auto errors = f.refused();
  EXPECT_NE(errors.find("indicators.csv, row 3, field formula"), std::string::npos) << errors;
  EXPECT_NE(errors.find("[formula_circular]"), std::string::npos) << errors;
  EXPECT_NE(errors.find("indicators.csv, row 5, field formula"), std::string::npos) << errors;
  EXPECT_NE(errors.find("[formula_syntax]"), std::string::npos) << errors;
  EXPECT_NE(errors.find("x is computed by its formula and cannot be reported as well"), std::string::npos) << errors;
}

TEST(folder, broken_text_is_refused_with_its_place) {
  folder_of_two f;
  f.folder.file("organizations.csv", "id,name\na,Alpha\nb,\"Beta\n");
  EXPECT_NE(f.refused().find(
                "organizations.csv, row 3, field name: a quote opens in field 2 of this row and is never closed"),
            std::string::npos);
  f.found = cw::diagnostics();
  f.folder.file("organizations.csv", "id,name\na,Caf\xE9\nb,Beta\n");
  EXPECT_NE(f.refused().find("organizations.csv, row 2, field name: byte 13 of the file (from 0) is 0xE9"),
            std::string::npos)
      << f.errors();
  f.found = cw::diagnostics();
  f.folder.file("organizations.csv", "id,name\na,Alpha\nb," + std::string(10 << 20, 'x') + "\n");
  EXPECT_NE(f.refused().find("organizations.csv, row 3, field name: field 2 is longer than the limit of 1048576 bytes"),
            std::string::npos);
}

TEST(folder, a_missing_column_is_told_once_whatever_the_rows) {
  folder_of_two f;
  f.folder.file("observations.csv", "reporter,period,value\na,2023-01,1\na,2023-02,1\n");
  EXPECT_EQ(f.refused(),
            "error: observations.csv, field indicator: the file has no column indicator, which is required; add it "
            "[missing_column]");
}

TEST(folder, targets_are_sorted_and_judged) {
  folder_of_two f;
  f.folder.file("targets.csv",
                "indicator,of,period,value,kind,source\nserved,,2025,100,target,plan\nserved,g,2025,60,,\n"
                "served,,2020,40,baseline,\nserved,g,2025,60,target,\n");
  const auto i = f.read();
  ASSERT_EQ(i.measures().targets.size(), 3U);
  EXPECT_EQ(i.measures().targets[0].kind, cw::target_kind::target); // the initiative's, before the group's
  EXPECT_EQ(i.measures().targets[0].source, "plan");
  EXPECT_EQ(i.measures().targets[1].kind, cw::target_kind::baseline);
  EXPECT_EQ(i.measures().targets[2].of.kind, cw::node_kind::group);
  EXPECT_EQ(f.warnings(),
            "warning: targets.csv, row 5, field value: the target of served for 2025 is given on row 3 and again "
            "here, the same; it counts once [repeated_target]");
  f.found = cw::diagnostics();
  f.folder.file("targets.csv",
                "indicator,of,period,value,kind\nserved,zed,2025,100,\nserved,,2025,,\nserved,,2025,1,wish\n"
                "served,,2026,1,\nserved,,2026,2,\n");
  EXPECT_EQ(
      f.refused(),
      "error: targets.csv, row 2, field of: no node has the id \"zed\"; correct it, or add the organization or group "
      "[unknown_id]\n"
      "error: targets.csv, row 3, field value: the field is required and blank; fill it in or delete the row "
      "[required]\n"
      "error: targets.csv, row 4, field kind: \"wish\" is not a known kind; use one of target, baseline, forecast "
      "[not_allowed]\n"
      "error: targets.csv, row 6, field value: the target of served for 2026 is given on row 5 and differently here; "
      "keep "
      "the right row [conflicting_targets]");
}

TEST(folder, records_are_typed_completed_and_checked) {
  folder_of_two f;
  f.folder.file("people.csv", "id\np\n")
      .file("meetings.csv", "id,group,date,facilitator,agenda,room\nm1,g,2023-01-05,p,true,12\n")
      .file("attendance.csv", "meeting,member,seat\nm1,a,delegate\nm1,p,\n")
      .file("survey.csv", "respondent,item,date,rating\na,trust,2023-01-01,4\n");
  const auto i = f.read();
  const auto& meetings = i.records().at("meetings");
  EXPECT_EQ(meetings.columns().back().name(), "room"); // a column of the caller's own is kept
  EXPECT_EQ(meetings["agenda"].values<std::uint8_t>()[0], 1);
  EXPECT_EQ(i.records().at("attendance")["present"].values<std::uint8_t>()[1], 1);
  EXPECT_EQ(i.records().at("survey")["scale_max"].values<double>()[0], 5.0);
  f.found = cw::diagnostics();
  f.folder.file("meetings.csv", "id,group,date\nm1,g,2023-01-05\nm1,a,2023-01-05\nm2,g,\n")
      .file("attendance.csv", "meeting,member,seat\nm9,a,boss\nm1,g,\n")
      .file("survey.csv", "respondent,item,date,rating\na,trust,2023-01-01,9\n");
  EXPECT_EQ(
      f.refused(),
      "error: meetings.csv, row 3, field group: a is an organization; this field takes a group [wrong_kind]\n"
      "error: meetings.csv, row 4, field date: the field is required and blank; fill it in or delete the row "
      "[required]\n"
      "error: attendance.csv, row 2, field seat: \"boss\" is not a known seat; use one of chief_executive, senior, "
      "delegate, affected_person, other [not_allowed]\n"
      "error: attendance.csv, row 3, field member: g is a group; this field takes a person or organization "
      "[wrong_kind]\n"
      "error: survey.csv, row 2, field rating: the rating 9 is off its scale 1 to 5 [rating_off_scale]\n"
      "error: attendance.csv, row 2, field meeting: no row of meetings has the id \"m9\"; add it there, or correct it "
      "here [unknown_id]\n"
      "error: meetings.csv, row 3, field id: id m1 is given on row 2 already; meetings gives it once: keep the right "
      "row [duplicate_id]");
}

TEST(folder, nothing_is_lost_without_a_word) {
  folder_of_two f;
  f.folder.file("organizations.csv", "id,name,budget\na,Alpha,12\nb,Beta,13\n")
      .file("observations.csv", "reporter,indicator,period,value,comment\na,served,2023-01,1,well done\n")
      .file("contacts.csv", "name,phone\nx,1\n");
  const auto i = f.read();
  EXPECT_EQ(i.network().attributes(cw::node_kind::organization)["budget"].text(1), "13");
  EXPECT_EQ(
      f.warnings(),
      "warning: contacts.csv: the model has no file of this name, and it is not read; describe it in datapackage.json "
      "to "
      "keep it [undeclared_file]\n"
      "warning: observations.csv, row 1, field comment: the schema has no column of this name, and it is not read "
      "[unread_column]");
}

TEST(folder, that_is_missing_or_a_file_or_forbidden_says_so) {
  temporary_folder t;
  t.file("notes.txt", "x");
  std::string message;
  EXPECT_EQ(code_of(t.path() / "nowhere", message), cw::error_code::io);
  EXPECT_NE(message.find("there is no such folder"), std::string::npos) << message;
  EXPECT_EQ(code_of(t.path() / "notes.txt", message), cw::error_code::io);
  EXPECT_NE(message.find("this is neither a folder with datapackage.json"), std::string::npos) << message;
  try {
    cw::diagnostics found;
    (void)cw::read_folder(t.path() / "notes.txt", found);
    FAIL();
  } catch (const cw::error& e) {
    EXPECT_NE(std::string(e.what()).find("this is a file; name the folder"), std::string::npos) << e.what();
  }
  EXPECT_EQ(code_of(t.path(), message), cw::error_code::invalid_data);
  EXPECT_NE(message.find("the folder holds neither datapackage.json nor a CSV file of the model"), std::string::npos)
      << message;
}

TEST(folder, without_permission_says_so) {
  temporary_folder outer;
  outer.file("x", "");
  std::filesystem::permissions(outer.path(), std::filesystem::perms::others_exec | std::filesystem::perms::others_read |
                                                 std::filesystem::perms::owner_all);
  const auto inner = outer.path() / "closed";
  std::filesystem::create_directory(inner);
  std::filesystem::permissions(inner, std::filesystem::perms::none);
  // The administrator may read everything: the question is put by somebody else.
  const auto child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    if (::geteuid() == 0 && ::setuid(65534) != 0) ::_exit(3);
    std::string message;
    const auto code = code_of(inner, message);
    ::_exit(code == cw::error_code::io && message.find("Permission denied") != std::string::npos ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  std::filesystem::permissions(inner, std::filesystem::perms::owner_all);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(folder, may_be_named_by_its_package_and_reading_may_be_cancelled) {
  folder_of_two f;
  f.folder.file("datapackage.json", R"({"resources": [{"path": "organizations.csv"}]})");
  const auto i = cw::load(f.folder.path() / "datapackage.json", f.found);
  EXPECT_EQ(i.network().size(cw::node_kind::group), 1U); // read by its name, with a warning
  EXPECT_NE(
      f.warnings().find("warning: groups.csv: no resource in datapackage.json names this file; it is read by its name"),
      std::string::npos);
  double last = 0;
  try {
    (void)cw::load(f.folder.path(), f.found, [&](double share, std::string_view) {
      EXPECT_GE(share, last);
      last = share;
      return share < 0.5;
    });
    FAIL();
  } catch (const cw::error& e) { EXPECT_EQ(e.code(), cw::error_code::cancelled); }
}

TEST(folder, a_large_file_read_ahead_gives_the_same_and_ends_on_errors) {
  folder_of_two f;
  std::string rows;
  for (int n = 0; n < 60000; ++n)
    rows += std::string(n % 2 == 0 ? "a" : "b") + ",cost," +
            cw::period(cw::frequency::day, 18300 + n / 2 % 1000).to_string() + "," + std::to_string(n) +
            ",,,part=" + std::to_string(n / 2000) + ",\n";
  f.rows(rows);
  const auto i = f.read();
  EXPECT_EQ(i.measures().panels.size(), 30U);
  double sum = 0;
  for (const auto& p : i.measures().panels) sum += p.value.array().isNaN().select(0, p.value).sum();
  EXPECT_EQ(sum, 59999.0 * 60000.0 / 2);
  f.found = cw::diagnostics();
  f.rows(rows + "a,cost,2023-01-01,oops,,,,\n\"never closed\n");
  const auto errors = f.refused();
  EXPECT_NE(errors.find("row 60002, field value: \"oops\" is not a number"), std::string::npos) << errors;
  EXPECT_NE(errors.find("row 60003, field reporter: a quote opens"), std::string::npos) << errors;
  f.found = cw::diagnostics();
  try {
    (void)cw::load(f.folder.path(), f.found, [](double share, std::string_view) { return share < 0.3; });
    FAIL();
  } catch (const cw::error& e) { EXPECT_EQ(e.code(), cw::error_code::cancelled); }
}
