// SPDX-License-Identifier: Apache-2.0
// The door for tables in memory: the same checks as for folders, in batches of any size.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include <commonweal/core/error.hpp>
#include <commonweal/initiative/initiative_builder.hpp>

namespace cw = commonweal;
using cw::column_type;

namespace {

cw::table ids(std::initializer_list<const char*> names) {
  cw::table t({{"id", column_type::utf8}});
  for (const char* n : names) t.append_row({std::string_view(n)});
  return t;
}
cw::table observations() {
  return cw::table({{"reporter", column_type::utf8},
                    {"indicator", column_type::utf8},
                    {"period", column_type::period},
                    {"value", column_type::float64}});
}
const cw::period january(cw::frequency::month, 648);

struct two_reporters {
  two_reporters() {
    in.append("organizations", ids({"a", "b"}), {"organizations"}, found);
    in.append("groups", ids({"g"}), {"groups"}, found);
    in.append("indicators", ids({"i"}), {"indicators"}, found);
    cw::table m({{"from", column_type::utf8}, {"to", column_type::utf8}});
    m.append_row({"a", "g"});
    m.append_row({"b", "g"});
    in.append("member_of", m, {"member_of"}, found);
  }
  std::string all() const {
    std::string out;
    for (const auto& d : found.items()) out += (out.empty() ? "" : "\n") + d.to_string();
    return out;
  }
  cw::diagnostics found;
  cw::initiative_builder in{
      cw::initiative_info{.name = "t", .title = {}, .description = {}, .synthetic = false, .extra_json = {}}};
};

} // namespace

TEST(initiative_builder, takes_batches_and_gives_an_initiative) {
  two_reporters t;
  auto rows = observations();
  rows.append_row({"b", "i", january, 2.0});
  rows.append_row(
      {"a", "i", january, std::numeric_limits<double>::quiet_NaN()}); // a blank, as tables from elsewhere have it
  t.in.append("observations", rows, {"first"}, t.found);
  rows.clear_rows();
  rows.append_row({"a", "i", january.plus(1), 3.0});
  t.in.append("observations", rows, {"second"}, t.found);
  const auto i = t.in.finish(t.found);
  EXPECT_TRUE(t.found.empty()) << t.all();
  const auto& p = i.measures().panels.at(0);
  EXPECT_EQ(p.value.rows(), 2);
  EXPECT_TRUE(std::isnan(p.value(0, 0)));
  EXPECT_EQ(p.value(0, 1), 3.0);
  EXPECT_EQ(p.value(1, 0), 2.0);
  EXPECT_EQ(i.info().name, "t");
}

TEST(initiative_builder, whole_numbers_pass_for_values) {
  two_reporters t;
  cw::table rows({{"reporter", column_type::utf8},
                  {"indicator", column_type::utf8},
                  {"period", column_type::period},
                  {"value", column_type::int64}});
  rows.append_row({"a", "i", january, std::int64_t{7}});
  t.in.append("observations", rows, {"o"}, t.found);
  EXPECT_EQ(t.in.finish(t.found).measures().panels.at(0).value(0, 0), 7.0);
}

TEST(initiative_builder, other_types_infinities_and_blanks_are_findings) {
  two_reporters t;
  cw::table texts({{"reporter", column_type::utf8}, {"indicator", column_type::utf8}, {"period", column_type::utf8}});
  texts.append_row({"a", "i", "2024-01"});
  t.in.append("observations", texts, {"texts"}, t.found);
  auto rows = observations();
  rows.append_row({"a", "i", january, std::numeric_limits<double>::infinity()});
  rows.append_row({"a", "i", {}, 1.0});
  rows.append_row({{}, {}, january, 1.0});
  t.in.append("observations", rows, {.file = "rows", .first_row = 0}, t.found);
  try {
    (void)t.in.finish(t.found);
    FAIL();
  } catch (const cw::error& e) { EXPECT_EQ(e.code(), cw::error_code::invalid_data); }
  EXPECT_EQ(t.all(), "error: texts, field period: the column is utf8 where the schema has period [wrong_type]\n"
                     "error: rows, row 0, field value: an infinity is not a value; leave the field blank where there "
                     "is none [infinity]\n"
                     "error: rows, row 1, field period: period may not be blank [required]\n"
                     "error: rows, row 2, field reporter: reporter may not be blank [required]\n"
                     "error: rows, row 2, field indicator: indicator may not be blank [required]");
}

TEST(initiative_builder, a_conflict_between_batches_names_the_file_of_the_first) {
  two_reporters t;
  auto rows = observations();
  rows.append_row({"a", "i", january, 1.0});
  t.in.append("observations", rows, {"north"}, t.found);
  rows.clear_rows();
  rows.append_row({"a", "i", january, 2.0});
  t.in.append("observations", rows, {"south"}, t.found);
  EXPECT_THROW((void)t.in.finish(t.found), cw::error);
  EXPECT_EQ(
      t.all(),
      "error: south, row 2, field value: i of a for 2024-01 is given on row 2 of north and differently here; one cell "
      "holds one value: keep the right row [conflicting_observations]");
}

TEST(initiative_builder, nodes_after_the_network_was_closed_are_a_mistake_of_the_caller) {
  two_reporters t;
  t.in.append("observations", observations(), {"o"}, t.found);
  EXPECT_THROW(t.in.append("organizations", ids({"c"}), {"late"}, t.found), cw::error);
}

TEST(initiative_builder, errors_from_before_keep_an_initiative_from_being_made) {
  two_reporters t;
  t.found.add({cw::severity::error, "elsewhere", "x", -1, {}, {}, "something was wrong before"});
  EXPECT_THROW((void)t.in.finish(t.found), cw::error);
}

TEST(initiative_builder, begins_from_a_network_that_is_there) {
  cw::network_builder b;
  const auto o = b.add<cw::node_kind::organization>("o");
  const auto g = b.add<cw::node_kind::group>("g");
  b.add<cw::node_kind::indicator>("r", "Rate", {}, {{"kind", "ratio"}, {"factor", 100.0}});
  b.connect<cw::edge_kind::member_of>(o, g);
  cw::initiative_builder in(cw::initiative_info{}, b.finish());
  cw::diagnostics found;
  cw::table rows({{"reporter", column_type::utf8},
                  {"indicator", column_type::utf8},
                  {"period", column_type::period},
                  {"numerator", column_type::float64},
                  {"denominator", column_type::float64}});
  rows.append_row({"o", "r", january, 1.0, 8.0});
  in.append("observations", rows, {"o"}, found);
  const auto i = in.finish(found);
  EXPECT_EQ(i.measures().panels.at(0).value(0, 0), 12.5);
  EXPECT_EQ(i.measures().indicators.at(0).kind, cw::indicator_kind::ratio);
}

TEST(initiative_builder, a_period_far_from_all_others_is_refused_before_the_memory_is_full) {
  cw::diagnostics found;
  cw::initiative_builder in;
  cw::table o({{"id", column_type::utf8}});
  for (int n = 0; n < 20000; ++n) o.append_row({std::string_view("o" + std::to_string(n))});
  in.append("organizations", o, {"organizations"}, found);
  in.append("indicators", ids({"i"}), {"indicators"}, found);
  auto rows = observations();
  for (int n = 0; n < 20000; ++n) rows.append_row({o["id"].text(static_cast<std::size_t>(n)), "i", january, 1.0});
  rows.append_row({"o7", "i", january.plus(-1200), 1.0});
  in.append("observations", rows, {"observations"}, found);
  EXPECT_THROW((void)in.finish(found), cw::error);
  EXPECT_EQ(found.first_error()->to_string(),
            "error: observations, row 20002, field period: 1924-01 lies so far from the other periods of i (2024-01 on "
            "row 2) that "
            "its panel would be almost all blanks; correct the period, or define a second indicator [too_sparse]");
}

TEST(initiative_builder, an_integer_that_no_double_equals_is_refused_with_its_row) {
  two_reporters w;
  cw::table t({{"reporter", column_type::utf8},
               {"indicator", column_type::utf8},
               {"period", column_type::period},
               {"value", column_type::int64}});
  t.append_row({"a", "i", january, std::int64_t{9007199254740992}});
  t.append_row({"b", "i", january, std::int64_t{9007199254740993}});
  t.append_row({"b", "i", january.plus(1), std::numeric_limits<std::int64_t>::max()});
  t.append_row({"b", "i", january.plus(2), std::numeric_limits<std::int64_t>::min()});
  w.in.append("observations", t, {"observations", 2}, w.found);
  ASSERT_EQ(w.found.count(cw::severity::error), 2U) << w.all();
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& d = w.found.items()[i];
    EXPECT_EQ(d.code, "inexact_integer");
    EXPECT_EQ(d.row, static_cast<std::int64_t>(3 + i));
    EXPECT_EQ(d.field, "value");
  }
}

TEST(initiative_builder, what_no_csv_file_can_hold_is_refused_at_the_door) {
  const auto codes = [](const cw::table& notes) {
    cw::diagnostics found;
    cw::initiative_builder in{cw::initiative_info{}};
    in.append("notes", notes, {"notes", 2}, found);
    std::string out;
    for (const auto& d : found.items()) out += d.code + (d.row < 0 ? " " : "@" + std::to_string(d.row) + " ");
    return out;
  };
  const auto texts = [](std::initializer_list<std::string_view> cells) {
    cw::table t({{"a", column_type::utf8}});
    for (const auto c : cells) t.append_row({c});
    return t;
  };
  EXPECT_EQ(codes(texts({"x", std::string_view("\0", 1), "y", std::string_view("z\0z", 3)})), "nul_byte@3 nul_byte@5 ");
  const std::string limit(std::size_t{1} << 20, 'x');
  EXPECT_EQ(codes(texts({limit, "y"})), "");
  EXPECT_EQ(codes(texts({"y", limit + "x"})), "field_too_long@3 ");
  EXPECT_EQ(codes(cw::table({{"", column_type::utf8}, {"b", column_type::utf8}})), "blank_header ");
  EXPECT_EQ(codes(cw::table({{"b", column_type::utf8}, {" b", column_type::utf8}})), "duplicate_header ");
  cw::table numbers({{"x", column_type::float64}});
  for (const double v : {1.0, std::nan(""), std::numeric_limits<double>::infinity()}) numbers.append_row({v});
  EXPECT_EQ(codes(numbers), "infinity@4 ");
}

TEST(initiative_builder, periods_far_from_all_others_are_named_once_wherever_their_rows_stand) {
  for (const bool last : {false, true}) {
    cw::diagnostics found;
    cw::initiative_builder in;
    cw::table o({{"id", column_type::utf8}});
    for (int n = 0; n < 20000; ++n) o.append_row({std::string_view("o" + std::to_string(n))});
    in.append("organizations", o, {"organizations"}, found);
    in.append("indicators", ids({"i"}), {"indicators"}, found);
    auto strays = observations(), rows = observations();
    strays.append_row({"o7", "i", january.plus(-1200), 1.0});
    strays.append_row({"o8", "i", january.plus(-1201), 1.0});
    for (int n = 0; n < 20000; ++n) rows.append_row({o["id"].text(static_cast<std::size_t>(n)), "i", january, 1.0});
    if (!last) in.append("observations", strays, {"strays"}, found);
    in.append("observations", rows, {"rows"}, found);
    if (last) in.append("observations", strays, {"strays"}, found);
    EXPECT_THROW((void)in.finish(found), cw::error);
    EXPECT_EQ(found.count(cw::severity::error), 1U);
    EXPECT_EQ(found.first_error()->to_string(),
              "error: strays, row 2, field period: 1924-01 and 1 more such row lie so far from the other periods of i "
              "(2024-01 on row 2 of rows) that its panel would be almost all blanks; correct the period, or define a "
              "second indicator [too_sparse]");
  }
}
