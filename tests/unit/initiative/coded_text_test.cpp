// SPDX-License-Identifier: Apache-2.0
// Tables whose texts come coded make the same initiative, and the same findings in the same order, as plain ones.
#include <commonweal/initiative/initiative_builder.hpp>

#include <array>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <commonweal/core/error.hpp>
#include <commonweal/formats/packed.hpp>

namespace {

namespace cw = commonweal;
using cw::cell;
using cw::column_type;
using cw::table;

using texts = std::vector<const char*>;
using tables = std::vector<std::pair<std::string, table>>;

cell text(const char* t) { return t == nullptr ? cell{} : cell{std::string_view(t)}; }

table columns(const std::vector<std::string>& names, const std::vector<texts>& rows) {
  table t;
  for (const auto& n : names) t.add_column(n, column_type::utf8);
  for (const auto& r : rows) {
    std::vector<cell> cells;
    for (const char* c : r) cells.push_back(text(c));
    t.append_row(cells);
  }
  return t;
}

/// A town of which some ends of edges, targets and meetings name nothing where `faulty`.
tables town(bool faulty) {
  const char* nobody = faulty ? "nobody" : "a";
  const cw::date start = *cw::date::parse("2024-03-01");
  table organizations({{"id", column_type::utf8}, {"name", column_type::utf8}, {"start", column_type::date}});
  organizations.append_row({"a", "Anna", {}});
  organizations.append_row({"b", "Bert", start});
  organizations.append_row({"c", {}, {}});
  table members({{"from", column_type::utf8}, {"to", column_type::utf8}, {"end", column_type::date}});
  members.append_row({"a", "g", cw::date::parse("2024-10-01").value()});
  members.append_row({"b", "g", {}});
  members.append_row({text(faulty ? "nobody" : "a"), "h", start});
  members.append_row({"b", text(faulty ? nullptr : "h"), {}});
  table targets({{"indicator", column_type::utf8},
                 {"of", column_type::utf8},
                 {"period", column_type::period},
                 {"value", column_type::float64},
                 {"kind", column_type::utf8}});
  const auto year = cw::period::parse("2024").value();
  targets.append_row({"served", "g", year, 5.0, "target"});
  targets.append_row({text(faulty ? "served!" : "served"), text(nobody), year, 6.0, text(faulty ? "wish" : "target")});
  table meetings({{"id", column_type::utf8}, {"group", column_type::utf8}, {"date", column_type::date}});
  meetings.append_row({"m1", "g", start});
  meetings.append_row({"m2", text(faulty ? "p" : "g"), start});
  return {{"people", columns({"id"}, {{"p"}})},
          {"organizations", organizations},
          {"groups", columns({"id"}, {{"g"}, {"h"}})},
          {"indicators", columns({"id", "kind"}, {{"served", "count"}, {"share", "ratio"}, {"grade", "mean"}})},
          {"member_of", members},
          {"reports", columns({"from", "to"}, {{"a", "served"}, {"a", "share"}, {nobody, "served"}, {"b", "served"}})},
          {"targets", targets},
          {"meetings", meetings},
          {"notes", columns({"note"}, {{"x"}, {nullptr}, {"x"}})}};
}

table observations(std::mt19937& random, std::size_t rows, bool faulty) {
  table t({{"reporter", column_type::utf8},
           {"indicator", column_type::utf8},
           {"period", column_type::period},
           {"value", column_type::float64},
           {"numerator", column_type::float64},
           {"denominator", column_type::float64},
           {"breakdown", column_type::utf8},
           {"status", column_type::utf8}});
  const texts reporters = {"a", "a", "a", "b", "b", "g", "c", "p", "nobody", " a", "", nullptr, "served"};
  const texts indicators = {"served", "served", "share", "grade", "nothing", "served ", "a", "", nullptr};
  const texts breakdowns = {nullptr, nullptr, "sex=f", "sex=m", ""};
  const texts states = {nullptr, nullptr, nullptr, "", "reported", "missing", "suppressed", "wrong"};
  const auto one_of = [&](const texts& all, std::size_t sound) {
    return text(all[random() % (faulty ? all.size() : sound)]);
  };
  const auto number = [&]() -> cell {
    if (!faulty) return static_cast<double>(1 + random() % 9);
    switch (random() % 12) {
      case 0: return cell{};
      case 1: return -1.0;
      case 2: return std::numeric_limits<double>::infinity();
      case 3: return 0.0;
      default: return static_cast<double>(random() % 20) / 2;
    }
  };
  for (std::size_t r = 0; r < rows; ++r) {
    const cw::period month(cw::frequency::month, 648 + static_cast<int>(random() % 12));
    const cell when = faulty && random() % 40 == 0   ? cell{}
                      : faulty && random() % 40 == 0 ? cell{cw::period::parse("2024-Q1").value()}
                                                     : cell{month};
    t.append_row({one_of(reporters, 6), one_of(indicators, 4), when, number(), random() % 3 == 0 ? number() : cell{},
                  random() % 3 == 0 ? number() : cell{}, one_of(breakdowns, 4), one_of(states, 4)});
  }
  return t;
}

enum class form : std::uint8_t { plain, coded, in_turn };

struct answer {
  std::vector<std::string> findings;
  std::vector<std::byte> packed; // nothing where there was an error
};
/// Every table in the form asked for, or in both in turn, and each in batches of `rows`.
answer build(const tables& all, form f) {
  answer out;
  cw::diagnostics found;
  cw::initiative_builder in;
  std::map<std::string, std::int64_t> next;
  bool coded = f == form::coded;
  for (auto [name, rows] : all) {
    for (std::size_t c = 0; c < rows.column_count(); ++c) {
      if (f == form::in_turn) coded = !coded;
      if (coded) rows[c].encode();
    }
    in.append(name, rows, {name, next[name]}, found);
    next[name] += static_cast<std::int64_t>(rows.rows());
  }
  try {
    out.packed = cw::pack(in.finish(found));
  } catch (const cw::error&) { EXPECT_TRUE(found.has_errors()); }
  for (const auto& d : found.items()) out.findings.push_back(d.to_string());
  return out;
}

TEST(coded_text, makes_the_same_initiative_as_plain_text) {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    tables all = town(false);
    std::mt19937 same = random;
    random.discard(1);
    // Cells that were given already are left out, so that nothing conflicts.
    table rows = observations(same, 60, false), sound = observations(same, 0, false);
    std::map<std::string, int> cells;
    for (std::size_t r = 0; r < rows.rows(); ++r) {
      std::vector<cell> row;
      for (const auto& c : rows.columns()) row.push_back(c.at(r));
      if (rows["indicator"].text(r) == "share") row[3] = cell{}, row[4] = 1.0, row[5] = 4.0;
      else row[4] = cell{};
      const std::string key = std::string(rows["reporter"].text(r)) + "/" + std::string(rows["indicator"].text(r)) +
                              "/" + rows["period"].values<cw::period>()[r].to_string() + "/" +
                              std::string(rows["breakdown"].text(r));
      if (++cells[key] == 1) sound.append_row(row);
    }
    all.emplace_back("observations", sound);
    const answer plain = build(all, form::plain);
    ASSERT_FALSE(plain.packed.empty()) << (plain.findings.empty() ? "" : plain.findings.front());
    for (const form f : {form::coded, form::in_turn}) {
      const answer other = build(all, f);
      ASSERT_EQ(other.findings, plain.findings);
      ASSERT_EQ(other.packed, plain.packed);
    }
  }
}

TEST(coded_text, gives_the_same_findings_in_the_same_order_whatever_is_wrong) {
  std::mt19937 random(11);
  std::map<std::string, int> met;
  for (int round = 0; round < 40; ++round) {
    tables all = town(round % 4 == 3);
    for (int batch = 0; batch < 3; ++batch) all.emplace_back("observations", observations(random, 200, true));
    const answer plain = build(all, form::plain);
    for (const form f : {form::coded, form::in_turn}) ASSERT_EQ(build(all, f).findings, plain.findings);
    for (const auto& line : plain.findings) ++met[line.substr(line.rfind('['))];
  }
  for (const char* code :
       {"[unknown_id]", "[forbidden_reporter]", "[not_an_indicator]", "[required]", "[infinity]", "[not_allowed]",
        "[status_contradiction]", "[negative_count]", "[ratio_without_denominator]", "[ratio_without_numerator]",
        "[conflicting_observations]", "[repeated_observation]", "[mixed_frequency]", "[outside_life]",
        "[outside_membership]", "[reporter_without_group]", "[unexpected_report]", "[wrong_kind]"})
    EXPECT_GT(met[code], 0) << code;
}

TEST(coded_text, of_unused_words_says_nothing_and_of_used_ones_names_their_rows) {
  cw::coded_values words;
  for (const auto w : {std::string_view("unused\0", 7), std::string_view("x"), std::string_view("z\0z", 3)})
    words.distinct.push_back(w);
  words.codes = {1, 2, 1, 2};
  table notes;
  notes.add_column(cw::column("note", std::move(words)));
  cw::diagnostics found;
  cw::initiative_builder in;
  in.append("notes", notes, {"notes", 0}, found);
  ASSERT_EQ(found.items().size(), 2U);
  EXPECT_EQ(found.items()[0].row, 1);
  EXPECT_EQ(found.items()[1].row, 3);
  EXPECT_EQ(found.items()[0].code, "nul_byte");
}

TEST(coded_text, is_kept_plain_in_attributes_and_records) {
  tables all = town(false);
  for (auto& [name, rows] : all)
    for (std::size_t c = 0; c < rows.column_count(); ++c) rows[c].encode();
  cw::diagnostics found;
  cw::initiative_builder in;
  for (const auto& [name, rows] : all) in.append(name, rows, {name, 0}, found);
  const auto i = in.finish(found);
  EXPECT_EQ(i.network().attributes(cw::node_kind::indicator)["kind"].texts()[0], "count");
  EXPECT_EQ(i.records().find("notes")->second["note"].texts()[2], "x");
}

} // namespace
