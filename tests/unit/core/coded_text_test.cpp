// SPDX-License-Identifier: Apache-2.0
// Text columns in both forms, plain and coded: every operation of a table answers alike.
#include <commonweal/core/csv_table.hpp>
#include <commonweal/core/detail/text_memo.hpp>

#include <array>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

namespace {

namespace cw = commonweal;
using cw::cell;
using cw::column;
using cw::column_type;
using cw::table;

class text_column : public testing::TestWithParam<bool> {
 protected:
  static column texts(std::initializer_list<cell> cells) {
    column out("words", column_type::utf8);
    if (GetParam()) out.encode();
    for (const auto& c : cells) out.append(c);
    return out;
  }
};

TEST_P(text_column, gives_its_texts_and_nulls_back) {
  const column c = texts({"b", "a", {}, "b", "", "a"});
  EXPECT_EQ(c.is_coded(), GetParam());
  EXPECT_EQ(c.type(), column_type::utf8);
  EXPECT_EQ(c.size(), 6U);
  EXPECT_EQ(c.null_count(), 1U);
  const std::array<std::string_view, 6> wanted = {"b", "a", "", "b", "", "a"};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_EQ(c.text(i), wanted[i]);
    EXPECT_EQ(c.is_null(i), i == 2);
    EXPECT_EQ(c.at(i), i == 2 ? cell{} : cell{wanted[i]});
  }
}

TEST_P(text_column, equals_the_other_form_and_differs_by_one_cell) {
  const column c = texts({"b", "a", {}, "b"});
  column other = c;
  if (GetParam()) other.decode();
  else other.encode();
  EXPECT_NE(other.is_coded(), c.is_coded());
  EXPECT_EQ(c, other);
  EXPECT_EQ(other, c);
  EXPECT_NE(texts({"b", "a", {}, "a"}), other);
  EXPECT_NE(texts({"b", "a", "", "b"}), other); // a blank is no null
}

TEST_P(text_column, takes_rows_of_a_table_and_refuses_what_is_no_text) {
  table t;
  t.add_column(texts({"a"}));
  t.add_column(column("n", std::vector<std::int64_t>{1}));
  t.append_row({"b", std::int64_t{2}});
  t.append_row({{}, std::int64_t{3}});
  EXPECT_THROW(t.append_row({1.5, std::int64_t{4}}), cw::error);
  EXPECT_EQ(t["words"], texts({"a", "b", {}}));
  EXPECT_THROW((void)t["words"].values<double>(), cw::error);
  t.clear_rows();
  EXPECT_EQ(t["words"].is_coded(), GetParam());
  t.append_row({"c", std::int64_t{5}});
  EXPECT_EQ(t["words"], texts({"c"}));
}

TEST_P(text_column, is_written_as_csv) {
  table t;
  t.add_column(texts({"b", "a,b", {}, "b", "\"", " "}));
  t.add_column(column("n", std::vector<std::int64_t>{1, 2, 3, 4, 5, 6}));
  std::ostringstream out;
  cw::write_csv(out, t);
  EXPECT_EQ(out.str(), "words,n\nb,1\n\"a,b\",2\n,3\nb,4\n\"\"\"\",5\n\" \",6\n");
}

TEST_P(text_column, is_looked_up_once_for_each_text_where_it_is_coded_and_once_a_run_where_it_is_plain) {
  const column c = texts({"a", "a", "b", "a", "b", "b"});
  cw::detail::text_memo<std::string> memo;
  memo.begin(&c);
  int looked_up = 0;
  for (std::size_t i = 0; i < c.size(); ++i) {
    const auto find = [&](std::string_view text) { return ++looked_up, std::string(text); };
    EXPECT_EQ(memo.at(i, find), c.text(i));
    EXPECT_TRUE(memo.knows(i));
  }
  EXPECT_EQ(looked_up, GetParam() ? 2 : 4);
}

TEST_P(text_column, rows_are_made_null_where_they_hold_the_blank) {
  column c = texts({"a", "", "b", ""});
  const std::array<std::size_t, 2> blanks = {1, 3}, beyond = {0, 4};
  c.set_nulls(blanks);
  EXPECT_EQ(c, texts({"a", {}, "b", {}}));
  c.append("c");
  c.append_null();
  EXPECT_EQ(c, texts({"a", {}, "b", {}, "c", {}}));
  column d = texts({"", "b", "c", "d"});
  EXPECT_THROW(d.set_nulls(beyond), cw::error);
}

INSTANTIATE_TEST_SUITE_P(forms, text_column, testing::Bool(),
                         [](const auto& form) { return form.param ? "coded" : "plain"; });

/// The batches of a file of one text column and a period, and how many of them came coded.
std::pair<table, int> batches_of(const std::string& csv, std::size_t rows) {
  cw::diagnostics found;
  cw::csv_batches source(cw::csv_reader(cw::text_bytes(csv), "t.csv", {}, found),
                         {{"id", column_type::utf8, false, {}}, {"when", column_type::period, false, {}}}, found);
  std::pair<table, int> out{source.shape(), 0};
  table batch = source.shape();
  cw::origin from;
  while (source.next(batch, from, rows)) {
    out.second += batch["id"].is_coded() ? 1 : 0;
    for (std::size_t r = 0; r < batch.rows(); ++r) out.first.append_row({batch[0].at(r), batch[1].at(r)});
  }
  return out;
}

TEST(csv_text, is_coded_where_few_texts_repeat_and_plain_from_where_they_do_not) {
  std::string few = "id,when\n", many = few, late = few;
  table of_few({{"id", column_type::utf8}, {"when", column_type::period}}), of_many = of_few;
  std::mt19937 random(5);
  for (int r = 0; r < 9000; ++r) {
    const cw::period when(cw::frequency::month, 600 + static_cast<int>(random() % 60));
    const std::string some = random() % 10 == 0 ? "" : "id-" + std::to_string(random() % 100);
    const std::string own = "id-" + std::to_string(r);
    few += some + "," + when.to_string() + "\n";
    many += own + "," + when.to_string() + "\n";
    late += (r < 3000 ? std::string("id") : own) + "," + when.to_string() + "\n";
    of_few.append_row({some.empty() ? cell{} : cell{std::string_view(some)}, when});
    of_many.append_row({std::string_view(own), when});
  }
  EXPECT_EQ(batches_of(few, 1000), std::pair(of_few, 9));
  EXPECT_EQ(batches_of(few, 4096), std::pair(of_few, 3));
  EXPECT_EQ(batches_of(many, 4096), std::pair(of_many, 0));
  EXPECT_EQ(batches_of(late, 2000).second, 2); // the third is plain, and so are all later ones
}

TEST(csv_text, a_period_that_comes_again_is_read_and_refused_alike) {
  cw::diagnostics found;
  const std::string csv = "when\n2024-01\n2024-13\n2024-01\n 2024-01\n2024-13\n2024-Q1\n2024-01-31\n1700\n1700\n";
  cw::csv_batches source(cw::csv_reader(cw::text_bytes(csv), "t.csv", {}, found),
                         {{"when", column_type::period, false, {}}}, found);
  table batch = source.shape();
  cw::origin from;
  ASSERT_TRUE(source.next(batch, from));
  std::string seen;
  for (std::size_t r = 0; r < batch.rows(); ++r)
    seen += (batch[0].is_null(r) ? "-" : batch[0].values<cw::period>()[r].to_string()) + " ";
  EXPECT_EQ(seen, "2024-01 - 2024-01 2024-01 - 2024-Q1 2024-01-31 - - ");
  std::string codes;
  for (const auto& d : found.items()) codes += d.code + "@" + std::to_string(d.row) + " ";
  EXPECT_EQ(codes, "not_a_period@3 not_a_period@6 period_out_of_range@9 period_out_of_range@10 ");
}

} // namespace
