// SPDX-License-Identifier: Apache-2.0
// The schema validates: whatever field of whatever file has a rule, a value that breaks it is one finding in its place.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/core/error.hpp>
#include <commonweal/initiative/initiative_builder.hpp>
#include <commonweal/initiative/model_files.hpp>
#include <commonweal/measure/detail/record_checks.hpp>
#include <commonweal/rollup/served_people.hpp>

namespace cw = commonweal;
using cw::column_type;

namespace {

using row = std::map<std::string_view, cw::cell>;

const cw::date first_day = *cw::date::parse("2024-01-01");
const cw::date last_day = *cw::date::parse("2024-12-31");
const cw::period year = *cw::period::parse("2024");

cw::table table_of(std::string_view file, const std::vector<row>& rows) {
  cw::table t;
  for (const auto& f : cw::fields_of(file)) t.add_column(std::string(f.name), f.type);
  for (const auto& r : rows) {
    std::vector<cw::cell> cells;
    for (const auto& f : cw::fields_of(file)) cells.push_back(r.contains(f.name) ? r.at(f.name) : cw::cell{});
    t.append_row(cells);
  }
  return t;
}

/// A node of each kind with the kind as its id, a meeting and a candidate; `rows` of `file` are rows 8, 9, ... of
/// "caller".
cw::diagnostics findings(std::string_view file, const std::vector<row>& rows) {
  cw::initiative_builder in;
  cw::diagnostics found;
  const auto append = [&](std::string_view name, const std::vector<row>& own) {
    if (name == file) in.append(name, table_of(name, rows), {.file = "caller", .first_row = 8}, found);
    if (!own.empty() && name != "member_of") in.append(name, table_of(name, own), {std::string(name)}, found);
    if (name == "member_of" && name != file) in.append(name, table_of(name, own), {std::string(name)}, found);
  };
  for (const auto& r : cw::schema::node_rules) append(r.file, {{{"id", cw::to_string(r.kind)}}});
  for (const auto& r : cw::schema::edge_rules)
    append(r.file,
           r.file == "member_of" ? std::vector<row>{{{"from", "organization"}, {"to", "group"}}} : std::vector<row>{});
  for (const auto& r : cw::schema::record_rules)
    append(r.file, r.file == "meetings"     ? std::vector<row>{{{"id", "m1"}, {"group", "group"}, {"date", first_day}}}
                   : r.file == "candidates" ? std::vector<row>{{{"id", "c1"}}}
                                            : std::vector<row>{});
  try {
    (void)in.finish(found);
    EXPECT_FALSE(found.has_errors());
  } catch (const cw::error& e) {
    EXPECT_EQ(e.code(), cw::error_code::invalid_data);
    EXPECT_TRUE(found.has_errors());
  }
  return found;
}

cw::cell good_value(const cw::field_rule& f) {
  if (f.refers_to == "any") return "goal";
  if (f.refers_to == "meetings.id") return "m1";
  if (f.refers_to == "candidates.id") return "c1";
  const auto kinds = cw::detail::kinds_named(f.refers_to);
  for (std::size_t k = 0; k < cw::node_kind_count; ++k)
    if (kinds.contains(static_cast<cw::node_kind>(k))) return cw::to_string(static_cast<cw::node_kind>(k));
  if (!f.allowed.empty()) return f.allowed.front();
  switch (f.type) {
    case column_type::int64: return std::int64_t{1};
    case column_type::float64: return f.name == "scale_max" ? 5.0 : 2.0;
    case column_type::boolean: return true;
    case column_type::date: return f.above.empty() ? first_day : last_day;
    case column_type::period: return year;
    case column_type::utf8: break;
  }
  return "text";
}

/// What the file needs and nothing more, as the schema has it.
row good_row(std::string_view file) {
  row out;
  for (const auto& f : cw::fields_of(file))
    if (f.required) out[f.name] = good_value(f);
  for (const auto& r : cw::schema::node_rules)
    if (r.file == file) out["id"] = "another";
  for (const auto& r : cw::schema::edge_rules) {
    if (r.file != file) continue;
    // A second node of its kind where an edge would else join a node with itself.
    for (std::size_t a = 0; a < cw::node_kind_count; ++a)
      for (std::size_t b = 0; b < cw::node_kind_count; ++b)
        if (a != b && cw::may_join(r.kind, static_cast<cw::node_kind>(a), static_cast<cw::node_kind>(b))) {
          out["from"] = cw::to_string(static_cast<cw::node_kind>(a));
          out["to"] = cw::to_string(static_cast<cw::node_kind>(b));
        }
  }
  return out;
}

struct bad_value {
  cw::cell value;
  std::string code;
  std::string_view beside = {}; ///< another field that has to be set for it
  cw::cell other = {};
};

std::vector<bad_value> bad_values(const cw::field_rule& f) {
  std::vector<bad_value> out;
  if (f.required) out.push_back({{}, "required"});
  if (f.required && f.type == column_type::utf8) out.push_back({"", "required"});
  if (!f.refers_to.empty()) out.push_back({"nobody", "unknown_id"});
  const auto kinds = cw::detail::kinds_named(f.refers_to);
  for (std::size_t k = 0; k < cw::node_kind_count; ++k)
    if (kinds != cw::node_kinds{} && !kinds.contains(static_cast<cw::node_kind>(k)))
      out.push_back({cw::to_string(static_cast<cw::node_kind>(k)), "wrong_kind"});
  if (!f.allowed.empty()) out.push_back({"another word", "not_allowed"});
  if (!f.takes_number.empty())
    for (const char* word : {"percentile", "percentile()", "percentile(101)"}) out.push_back({word, "not_allowed"});
  if (f.type == column_type::float64) out.push_back({std::numeric_limits<double>::infinity(), "not_finite"});
  if (f.type == column_type::float64 && std::isfinite(f.min))
    out.push_back({f.above_min ? f.min : f.min - 1, "out_of_range"});
  if (f.type == column_type::float64 && std::isfinite(f.max)) out.push_back({f.max + 1, "out_of_range"});
  if (f.type == column_type::int64 && std::isfinite(f.min))
    out.push_back({static_cast<std::int64_t>(f.min) - 1, "out_of_range"});
  if (!f.above.empty() && f.type == column_type::date)
    out.push_back({first_day, "interval_reversed", f.above, first_day});
  if (!f.above.empty() && f.type == column_type::float64) out.push_back({5.0, "out_of_range", f.above, 6.0});
  if (!f.scale.code.empty() && !f.scale.loads) {
    out.push_back({1000.0, std::string(f.scale.code)});
    out.push_back({-1000.0, std::string(f.scale.code)});
    out.push_back({8.0, std::string(f.scale.code), f.scale.high, 7.0});
  }
  return out;
}

} // namespace

TEST(schema_rules, a_row_with_all_that_a_file_requires_is_taken) {
  for (const auto file : cw::files_of_the_model()) {
    const auto row = good_row(file);
    if (file == "part_of") continue; // joins a group to a group: there is one
    const auto found = findings(file, {row});
    EXPECT_TRUE(found.empty()) << file << ": " << (found.empty() ? "" : found.items()[0].to_string());
  }
}

TEST(schema_rules, a_value_that_breaks_a_rule_is_one_finding_with_file_row_and_field) {
  int rules = 0;
  for (const auto file : cw::files_of_the_model()) {
    if (file == "observations" || file == "part_of") continue; // judged by their indicators; see folder_test
    for (const auto& f : cw::fields_of(file)) {
      const bool record = cw::find_record_rule(file) != nullptr;
      if (!record && (f.name == "id" || f.name == "from" || f.name == "to")) continue; // see builder_test
      for (const auto& bad : bad_values(f)) {
        row r = good_row(file);
        r[f.name] = bad.value;
        if (!bad.beside.empty()) r[bad.beside] = bad.other;
        const auto found = findings(file, {r});
        SCOPED_TRACE(std::string(file) + "." + std::string(f.name) + " " + bad.code);
        ASSERT_EQ(found.size(), 1U) << (found.empty()
                                            ? ""
                                            : found.items()[0].to_string() + found.items().back().to_string());
        const auto& d = found.items()[0];
        EXPECT_EQ(d.code, bad.code) << d.to_string();
        EXPECT_EQ(d.file, "caller");
        EXPECT_EQ(d.row, 8);
        EXPECT_EQ(d.field, f.name);
        EXPECT_EQ(d.severity, f.open_list && bad.code == "not_allowed" ? cw::severity::warning : cw::severity::error);
        ++rules;
      }
    }
  }
  EXPECT_GT(rules, 250);
}

TEST(schema_rules, a_key_that_is_given_twice_is_one_finding_that_names_both_rows) {
  int keys = 0;
  for (const auto& rule : cw::schema::record_rules) {
    if (rule.key.empty() || rule.file == "observations") continue;
    ++keys;
    row other = good_row(rule.file);
    other[rule.key.back()] = rule.key.back() == "start" ? cw::cell(first_day) : cw::cell("other");
    const auto found = findings(rule.file, {good_row(rule.file), other, good_row(rule.file)});
    ASSERT_EQ(found.size(), 1U) << rule.file << (found.empty() ? "" : found.items()[0].to_string());
    const auto& d = found.items()[0];
    EXPECT_EQ(d.code, rule.key.size() == 1 ? "duplicate_id" : "duplicate_key");
    EXPECT_EQ(d.row, 10);
    EXPECT_EQ(d.field, rule.key.front());
    EXPECT_NE(d.message.find("row 8 already"), std::string::npos) << d.message;
  }
  EXPECT_EQ(keys, 6);
}

TEST(schema_rules, what_a_rule_names_is_there) {
  const auto expect_field = [](const cw::record_rule& rule, std::string_view name) {
    EXPECT_NE(cw::find_rule(rule.fields, name), nullptr) << rule.file << " has no " << name;
  };
  for (const auto& rule : cw::schema::record_rules) {
    for (const auto name : rule.key) expect_field(rule, name);
    for (const auto& f : rule.fields) {
      SCOPED_TRACE(std::string(rule.file) + "." + std::string(f.name));
      for (const auto name : {f.above, f.scale.low, f.scale.high})
        if (!name.empty()) expect_field(rule, name);
      if (!f.refers_to.empty() && cw::detail::kinds_named(f.refers_to) == cw::node_kinds{}) {
        const auto [file, column] = cw::detail::table_and_column(f.refers_to);
        const auto* there = cw::find_record_rule(file);
        ASSERT_NE(there, nullptr);
        expect_field(*there, column);
      }
      if (f.exists_on.empty()) continue;
      const auto [via, column] = cw::detail::table_and_column(f.exists_on);
      if (via.empty()) expect_field(rule, f.exists_on);
      else
        expect_field(
            *cw::find_record_rule(cw::detail::table_and_column(cw::find_rule(rule.fields, via)->refers_to).first),
            column);
    }
  }
  for (const auto& rule : cw::schema::edge_rules)
    for (const auto& f : rule.attributes)
      if (!f.scale.high.empty()) { EXPECT_NE(cw::find_rule(rule.attributes, f.scale.high), nullptr) << rule.file; }
}

TEST(schema_rules, people_are_named_by_the_periods_of_the_observations) {
  const auto load = [](cw::period reported, cw::period served, cw::diagnostics& found) {
    cw::initiative_builder in;
    in.append("organizations", table_of("organizations", {{{"id", "a"}}}), {"organizations"}, found);
    in.append("groups", table_of("groups", {{{"id", "g"}}}), {"groups"}, found);
    in.append("indicators", table_of("indicators", {{{"id", "i"}, {"kind", "count"}}}), {"indicators"}, found);
    in.append("member_of", table_of("member_of", {{{"from", "a"}, {"to", "g"}}}), {"member_of"}, found);
    in.append("people_served",
              table_of("people_served", {{{"reporter", "a"}, {"indicator", "i"}, {"period", served}, {"person", "p"}},
                                         {{"reporter", "a"}, {"indicator", "i"}, {"period", served}, {"person", "p"}}}),
              {.file = "people", .first_row = 0}, found);
    in.append("observations",
              table_of("observations", {{{"reporter", "a"}, {"indicator", "i"}, {"period", reported}, {"value", 1.0}}}),
              {"observations"}, found);
    return in.finish(found);
  };
  cw::diagnostics found;
  const auto sound = load(year, year, found);
  EXPECT_TRUE(found.empty());
  ASSERT_NE(sound.people(), nullptr);
  const auto* named = sound.people()->find(cw::indicator_id{0}, "");
  ASSERT_NE(named, nullptr);
  EXPECT_EQ(named->of(0, year.ordinal()).size(), 1U); // told twice, there once
  EXPECT_THROW((void)load(year, *cw::period::parse("2024-01"), found), cw::error);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found.items()[1].to_string(),
            "error: people, row 1, field period: i is reported by the year, and 2024-01 is of another frequency; name "
            "people by the periods of the observations [people_unreadable]");
}
