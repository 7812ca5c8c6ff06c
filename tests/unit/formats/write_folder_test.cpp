// SPDX-License-Identifier: Apache-2.0
// What is written reads back equal, whatever it is, and nobody else's folder is written over.
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <deque>
#include <random>
#include <string>

#include <commonweal/core/error.hpp>
#include <commonweal/initiative/initiative_builder.hpp>
#include <commonweal/load.hpp>

#include "temporary_folder.hpp"

namespace cw = commonweal;
using cw::column_type;
using cw::test::temporary_folder;

namespace {

bool equal(const cw::panel_matrix& a, const cw::panel_matrix& b) {
  if (a.rows() != b.rows() || a.cols() != b.cols()) return false;
  for (Eigen::Index i = 0; i < a.size(); ++i)
    if (std::bit_cast<std::uint64_t>(a.data()[i]) != std::bit_cast<std::uint64_t>(b.data()[i]) &&
        !(std::isnan(a.data()[i]) && std::isnan(b.data()[i])))
      return false;
  return true;
}

void expect_equal(const cw::initiative& a, const cw::initiative& b) {
  EXPECT_EQ(a.info(), b.info());
  for (std::size_t k = 0; k < cw::node_kind_count; ++k)
    EXPECT_TRUE(a.network().node_table(static_cast<cw::node_kind>(k)) ==
                b.network().node_table(static_cast<cw::node_kind>(k)))
        << "nodes " << k;
  for (std::size_t k = 0; k < cw::edge_kind_count; ++k)
    EXPECT_TRUE(a.network().edge_table(static_cast<cw::edge_kind>(k)) ==
                b.network().edge_table(static_cast<cw::edge_kind>(k)))
        << "edges " << k;
  EXPECT_TRUE(a.network() == b.network());
  EXPECT_EQ(a.measures().indicators, b.measures().indicators);
  EXPECT_EQ(a.measures().targets, b.measures().targets);
  EXPECT_EQ(a.records(), b.records());
  ASSERT_EQ(a.measures().panels.size(), b.measures().panels.size());
  for (std::size_t i = 0; i < a.measures().panels.size(); ++i) {
    const auto& p = a.measures().panels[i];
    const auto& q = b.measures().panels[i];
    EXPECT_EQ(p.indicator, q.indicator);
    EXPECT_EQ(p.breakdown, q.breakdown);
    EXPECT_EQ(p.first, q.first);
    EXPECT_EQ(p.reporters, q.reporters);
    EXPECT_EQ(p.suppressed, q.suppressed);
    EXPECT_EQ(p.not_expected, q.not_expected);
    EXPECT_TRUE(equal(p.value, q.value) && equal(p.numerator, q.numerator) && equal(p.denominator, q.denominator)) << i;
  }
}

class random_initiative {
 public:
  explicit random_initiative(std::uint64_t seed) : random_(seed) {}

  cw::initiative make() {
    cw::initiative_info info{
        .name = "random", .title = text(), .description = text(), .synthetic = roll(2) == 0, .extra_json = {}};
    if (roll(2) == 0) info.extra_json = R"({"licenses":[{"name":"CC0-1.0"}],"x":1.5})";
    cw::initiative_builder in(info);
    cw::diagnostics found;
    const auto give = [&](const char* file, const cw::table& t) { in.append(file, t, {file}, found); };
    const auto organizations = 1 + roll(12);
    const auto groups = 1 + roll(5);
    give("organizations", nodes("o", organizations));
    give("groups", nodes("g", groups));
    cw::table indicators({{"id", column_type::utf8},
                          {"kind", column_type::utf8},
                          {"unit", column_type::utf8},
                          {"factor", column_type::float64}});
    indicators.append_row({"i,0", "amount", maybe(), {}});
    indicators.append_row({"i\"1", "ratio", maybe(), 100.0});
    indicators.append_row({"i 2", "mean", maybe(), {}});
    indicators.append_row({"i3", "count", maybe(), {}});
    give("indicators", indicators);
    cw::table member({{"from", column_type::utf8},
                      {"to", column_type::utf8},
                      {"start", column_type::date},
                      {"end", column_type::date},
                      {"chair", column_type::boolean},
                      {"note", column_type::utf8}});
    for (auto n = roll(20); n > 0; --n) {
      const auto start = cw::date(static_cast<std::int32_t>(18000 + roll(400)));
      const std::string from = id("o", roll(organizations));
      const std::string to = id("g", roll(groups));
      member.append_row({std::string_view(from), std::string_view(to), roll(2) ? cw::cell(start) : cw::cell(),
                         roll(2) ? cw::cell(start.plus_days(30)) : cw::cell(),
                         roll(3) ? cw::cell(roll(2) == 0) : cw::cell(), maybe()});
    }
    give("member_of", member);
    cw::table funds({{"from", column_type::utf8}, {"to", column_type::utf8}, {"amount", column_type::float64}});
    for (auto n = roll(5); n > 0; --n) {
      const std::string from = id("o", 0);
      const std::string to = id("g", roll(groups));
      funds.append_row({std::string_view(from), std::string_view(to), std::abs(number())});
    }
    give("funds", funds);
    cw::table targets({{"indicator", column_type::utf8},
                       {"of", column_type::utf8},
                       {"period", column_type::period},
                       {"value", column_type::float64},
                       {"kind", column_type::utf8},
                       {"source", column_type::utf8}});
    const std::string of = id("g", 0);
    for (int n = 0; n < 3; ++n)
      targets.append_row({"i3", roll(2) ? cw::cell(std::string_view(of)) : cw::cell(),
                          cw::period(cw::frequency::year, 50 + n), number(), "baseline", maybe()});
    give("targets", targets);
    give("observations", observations(organizations, groups));
    cw::table own({{"when", column_type::period},
                   {"what", column_type::utf8},
                   {"how_many", column_type::int64},
                   {"day", column_type::date},
                   {"flag", column_type::boolean}});
    for (auto n = roll(4); n > 0; --n)
      own.append_row({cw::period(cw::frequency::week, static_cast<std::int32_t>(2700 + roll(9))),
                      maybe(),
                      static_cast<std::int64_t>(random_()),
                      {},
                      roll(2) == 0});
    give("of-our-own", own);
    return in.finish(found);
  }

 private:
  std::uint64_t roll(std::uint64_t n) { return random_() % n; }
  std::string text() {
    constexpr std::array<std::string_view, 14> pieces = {
        "a", "\"", ",", "\n", "\r\n", "\r", " ", "\t", "\xC3\xA9", "\xF0\x9F\x98\x80", "N/A", "0", "=1", "'"};
    std::string out;
    for (auto n = roll(5); n > 0; --n) out += pieces[roll(pieces.size())];
    return out;
  }
  cw::cell maybe() {
    texts_.push_back(text());
    return texts_.back().empty() ? cw::cell() : cw::cell(std::string_view(texts_.back()));
  }
  double number() {
    for (;;) {
      const double v = roll(3) == 0 ? static_cast<double>(roll(100)) : std::bit_cast<double>(random_());
      if (std::isfinite(v)) return v;
    }
  }
  static std::string id(const char* kind, std::uint64_t n) {
    return kind + std::string(n % 3 == 0 ? ", \"" : "-") + std::to_string(n);
  }
  cw::table nodes(const char* kind, std::uint64_t n) {
    cw::table t({{"id", column_type::utf8},
                 {"name", column_type::utf8},
                 {"description", column_type::utf8},
                 {"since", column_type::period},
                 {"size", column_type::int64},
                 {"share", column_type::float64}});
    for (std::uint64_t i = 0; i < n; ++i) {
      const std::string own = id(kind, i);
      t.append_row({std::string_view(own), maybe(), maybe(),
                    roll(2) ? cw::cell(cw::period(cw::frequency::quarter, 200)) : cw::cell(),
                    roll(2) ? cw::cell(static_cast<std::int64_t>(random_())) : cw::cell(),
                    roll(2) ? cw::cell(number()) : cw::cell()});
    }
    return t;
  }
  cw::table observations(std::uint64_t organizations, std::uint64_t groups) {
    cw::table t({{"reporter", column_type::utf8},
                 {"indicator", column_type::utf8},
                 {"period", column_type::period},
                 {"value", column_type::float64},
                 {"numerator", column_type::float64},
                 {"denominator", column_type::float64},
                 {"breakdown", column_type::utf8},
                 {"status", column_type::utf8}});
    const std::uint64_t everyone = organizations + groups;
    for (std::uint64_t r = 0; r < everyone; ++r)
      for (std::int32_t m = 0; m < 5; ++m) {
        if (roll(3) == 0) continue;
        const std::string who = r < organizations ? id("o", r) : id("g", r - organizations);
        const cw::cell breakdown = roll(3) ? cw::cell() : cw::cell("sex=\"f\",age=1");
        const cw::period when(cw::frequency::month, 600 + m * 3);
        const auto row = [&](const char* i, cw::cell v, cw::cell n, cw::cell d, cw::cell s) {
          t.append_row({std::string_view(who), i, when, v, n, d, breakdown, s});
        };
        switch (roll(6)) {
          case 0: row("i,0", number(), {}, {}, {}); break;
          case 1: row("i\"1", {}, static_cast<double>(roll(50)), static_cast<double>(roll(9)), {}); break;
          case 2: row("i 2", number(), {}, static_cast<double>(roll(9)), {}); break;
          case 3: row("i3", static_cast<double>(roll(1000)), {}, {}, {}); break;
          case 4: row("i3", {}, {}, {}, roll(2) ? "suppressed" : "not_expected"); break;
          default: row("i,0", {}, {}, {}, roll(2) ? cw::cell("missing") : cw::cell()); break;
        }
      }
    return t;
  }

  std::mt19937_64 random_;
  std::deque<std::string> texts_;
};

} // namespace

TEST(write_folder, what_is_written_reads_back_equal) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    const cw::initiative before = random_initiative(seed).make();
    temporary_folder t;
    const auto folder = t.path() / "made";
    cw::write_folder(before, folder);
    cw::diagnostics found;
    const cw::initiative after = cw::read_folder(folder, found);
    expect_equal(before, after);
    cw::write_folder(after, t.path() / "again");
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const auto name = entry.path().filename().string();
      EXPECT_EQ(t.content("made/" + name), t.content("again/" + name)) << name;
    }
    if (::testing::Test::HasFailure()) break;
  }
}

TEST(write_folder, an_empty_initiative_is_a_folder_too) {
  cw::diagnostics found;
  const cw::initiative nothing =
      cw::initiative_builder({.name = "nothing", .title = {}, .description = {}, .synthetic = false, .extra_json = {}})
          .finish(found);
  temporary_folder t;
  cw::write_folder(nothing, t.path());
  const auto back = cw::read_folder(t.path(), found);
  expect_equal(nothing, back);
  EXPECT_TRUE(found.empty());
}

TEST(write_folder, the_package_has_the_keys_and_references_of_the_schema) {
  temporary_folder t;
  t.file("organizations.csv", "id\na\n")
      .file("people.csv", "id\np\n")
      .file("groups.csv", "id\ng\n")
      .file("meetings.csv", "id,group,date,facilitator\nm,g,2024-01-01,p\n")
      .file("attendance.csv", "meeting,member\nm,a\n")
      .file("agreements.csv", "id,party,start\nx,a,2024-01-01\n")
      .file("exchange_rates.csv", "currency,to,rate\nUSD,CAD,1.3\n");
  cw::diagnostics found;
  cw::write_folder(cw::read_folder(t.path(), found), t.path() / "made");
  std::string package = t.content("made/datapackage.json");
  std::erase_if(package, [](char c) { return c == ' ' || c == '\n'; });
  const auto has = [&](const std::string& what) { return package.find(what) != std::string::npos; };
  const auto refers = [&](const std::string& field, const std::string& file) {
    return has(R"({"fields":[")" + field + R"("],"reference":{"resource":")" + file + R"(","fields":["id"]}})");
  };
  EXPECT_TRUE(refers("group", "groups"));
  EXPECT_TRUE(refers("meeting", "meetings"));
  EXPECT_TRUE(refers("party", "organizations"));
  EXPECT_FALSE(refers("facilitator", "people")); // or organizations: a package has no word for that
  EXPECT_TRUE(has(R"("primaryKey":["id","party","start"])")) << package;
  EXPECT_TRUE(has(R"("primaryKey":["currency","to"])"));
}

TEST(write_folder, writes_over_its_own_and_keeps_what_others_put_beside) {
  temporary_folder t;
  cw::write_folder(random_initiative(1).make(), t.path());
  t.file("README.md", "ours");
  const auto second = random_initiative(2).make();
  cw::write_folder(second, t.path());
  EXPECT_EQ(t.content("README.md"), "ours");
  cw::diagnostics found;
  expect_equal(second, cw::read_folder(t.path(), found));
  std::size_t beside = 0;
  for (const auto& entry : std::filesystem::directory_iterator(t.path().parent_path()))
    beside += entry.path().filename().string().starts_with("." + t.path().filename().string()) ? 1 : 0;
  EXPECT_EQ(beside, 0U); // no temporary folder stays behind
}

TEST(write_folder, refuses_other_peoples_folders_and_leaves_them_alone) {
  const auto i = random_initiative(3).make();
  temporary_folder t;
  t.file("thesis.txt", "ten years of work");
  try {
    cw::write_folder(i, t.path());
    FAIL();
  } catch (const cw::error& e) {
    EXPECT_EQ(e.code(), cw::error_code::io);
    EXPECT_NE(std::string(e.what()).find(
                  "the folder is not empty and holds no datapackage.json that was written by this library"),
              std::string::npos);
  }
  EXPECT_EQ(t.content("thesis.txt"), "ten years of work");
  EXPECT_THROW(cw::write_folder(i, t.path() / "thesis.txt"), cw::error);
}

TEST(write_folder, that_is_cancelled_leaves_nothing) {
  temporary_folder t;
  const auto folder = t.path() / "made";
  EXPECT_THROW(cw::write_folder(random_initiative(4).make(), folder, [](double, std::string_view) { return false; }),
               cw::error);
  EXPECT_TRUE(std::filesystem::is_empty(t.path()));
}

TEST(write_folder, a_table_of_one_column_comes_back_whatever_its_name_and_cells) {
  for (const std::string name : {"a;b", "a|b", "a\tb", "a,b;c", "say \"a;b\"", "a"}) {
    const temporary_folder folder;
    cw::diagnostics found;
    cw::initiative_builder in{cw::initiative_info{}};
    cw::table organizations({{"id", column_type::utf8}});
    organizations.append_row({"o"});
    in.append("organizations", organizations, {"organizations"}, found);
    cw::table notes({{name, column_type::utf8}});
    for (const char* cell : {"x;y", ";", "\"", " a ", "a\nb", "|", "1"}) notes.append_row({std::string_view(cell)});
    in.append("notes", notes, {"notes"}, found);
    const auto made = in.finish(found);
    cw::write_folder(made, folder.path() / "out");
    cw::diagnostics again;
    const auto read = cw::load(folder.path() / "out", again);
    EXPECT_FALSE(again.has_errors()) << name;
    EXPECT_TRUE(read.records().at("notes") == made.records().at("notes")) << name;
  }
}
