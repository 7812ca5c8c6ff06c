// SPDX-License-Identifier: Apache-2.0
// Long-form columns, at once and in batches, against the matrix.
#include "engine_test_support.hpp"

#include <gtest/gtest.h>

#include <commonweal/rollup/engine/load_planes.hpp>
#include <commonweal/rollup/engine/stream.hpp>

namespace {

using namespace engine_test;

/// One table in long form, shuffled, its reporters known by number, by text and by code.
struct long_table {
  std::vector<std::int64_t> ids; // of reporters
  std::vector<std::string> names;
  std::vector<std::int64_t> number;
  std::vector<std::int32_t> period, code;
  std::vector<double> value;
  std::string letters, words;
  std::vector<std::int32_t> offsets{0}, word_offsets{0};

  void add_row(std::uint32_t reporter, std::int32_t t, double x) {
    number.push_back(ids[reporter]);
    period.push_back(t);
    value.push_back(x);
    code.push_back(static_cast<std::int32_t>(names.size() - 1 - reporter));
    letters += names[reporter];
    offsets.push_back(static_cast<std::int32_t>(letters.size()));
  }
  [[nodiscard]] long_batch batch(int encoding, std::size_t begin, std::size_t end) const {
    const std::size_t n = end - begin;
    long_batch b;
    b.period = std::span(period).subspan(begin, n);
    b.value = std::span(value).subspan(begin, n);
    const utf8_column dictionary{word_offsets, words.data()};
    if (encoding == 0) b.reporter = std::span(number).subspan(begin, n);
    if (encoding == 1) b.reporter = utf8_column{std::span(offsets).subspan(begin, n + 1), letters.data()};
    if (encoding == 2) b.reporter = dictionary_column{std::span(code).subspan(begin, n), dictionary};
    return b;
  }
};

long_table make_table(random_source& random, const cascade& c, const std::vector<double>& values) {
  long_table table;
  const bool dense = random() % 2 == 0;
  for (std::uint32_t r = 0; r < c.reporters; ++r) {
    table.ids.push_back(dense ? 1000 + static_cast<std::int64_t>(r) * 2 : static_cast<std::int64_t>(random()));
    table.names.push_back("organization " + std::to_string(random()) + (r % 3 == 0 ? "/a longer name" : ""));
  }
  for (std::size_t w = table.names.size(); w-- > 0;) {
    table.words += table.names[w];
    table.word_offsets.push_back(static_cast<std::int32_t>(table.words.size()));
  }
  std::vector<std::size_t> order(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  // Shuffled, sorted by reporter, or sorted with a few rows astray.
  const auto arrangement = random() % 3;
  if (arrangement == 0) std::shuffle(order.begin(), order.end(), random);
  if (arrangement == 2 && order.size() > 1) {
    for (int k = 0; k < 3; ++k) std::swap(order[random() % order.size()], order[random() % order.size()]);
  }
  const auto periods = static_cast<std::size_t>(c.periods);
  for (const std::size_t i : order) {
    if (std::isnan(values[i]) && i % 2 == 0) continue; // missing may stand there or not
    table.add_row(static_cast<std::uint32_t>(i / periods), static_cast<std::int32_t>(i % periods), values[i]);
  }
  return table;
}

cascade history(random_source& random) {
  for (;;) {
    cascade c = random_cascade(random, {});
    try {
      (void)plan(c);
      return c;
    } catch (const commonweal::error&) { // a cycle in some period
    }
  }
}

void expect_judged(const cascade& c, const plan& p, const std::vector<double>& values, const aggregates& result) {
  for (std::uint32_t g = 0; g < c.groups; ++g) {
    for (std::int32_t t = 0; t < c.periods; ++t) {
      const judged expected = judge(c, values, g, t);
      const auto at = result.at(p.position_of()[g], t);
      ASSERT_EQ(result.count[at], expected.count);
      ASSERT_TRUE(same_bits(result.sum[at], expected.sum.value()));
      ASSERT_TRUE(same_bits(result.min[at], expected.min) && same_bits(result.max[at], expected.max));
    }
  }
}

TEST(engine_stream, columns_at_once_and_in_batches_equal_the_set_union) {
  random_source random(41);
  for (int round = 0; round < 150; ++round) {
    const cascade c = history(random);
    const plan p(c);
    const auto values = random_values(random, c, static_cast<numbers>(round % kinds_of_numbers));
    const long_table table = make_table(random, c, values);
    const reporter_index by_number(table.ids), by_name(table.names);
    for (int encoding = 0; encoding < 3; ++encoding) {
      const reporter_index& ids = encoding == 0 ? by_number : by_name;
      aggregates result(p);
      planes data(p);
      const auto pool =
          executor::custom([](std::size_t n, const executor::task& run) { executor::threads(3).run(n, run); }, 3);
      load_planes(data, table.batch(encoding, 0, table.value.size()), ids, best_kernels(), pool);
      aggregate(data, result, best_kernels());
      expect_judged(c, p, values, result);

      stream whole(p, ids);
      for (std::size_t begin = 0; begin < table.value.size();) {
        const std::size_t end = std::min(table.value.size(), begin + 1 + random() % 200);
        whole.take(table.batch(encoding, begin, end));
        begin = end;
      }
      whole.values().finish(result);
      expect_judged(c, p, values, result);
      if (HasFatalFailure()) FAIL() << "round " << round;
    }
  }
}

TEST(engine_stream, a_cell_that_comes_twice_is_refused_kept_first_or_added) {
  random_source random(42);
  const cascade c = history(random);
  const plan p(c);
  std::uint32_t member = c.members[0].reporter;
  const auto values = random_values(random, c, numbers::integers, 0.0);
  long_table table = make_table(random, c, values);
  const std::size_t rows = table.value.size();
  const reporter_index ids(table.ids);
  table.add_row(member, 0, 5.0);
  const long_batch all = table.batch(0, 0, rows + 1);

  planes data(p);
  EXPECT_THROW(load_planes(data, all, ids, best_kernels()), commonweal::error);
  stream refusing(p, ids), first(p, ids, second_value::keep_first), adding(p, ids, second_value::add);
  EXPECT_THROW(refusing.take(all), commonweal::error);
  EXPECT_EQ(refusing.taken(), 0U);
  refusing.take(table.batch(0, 0, rows)); // the refused batch has left nothing behind
  first.take(all);
  adding.take(all);
  EXPECT_EQ(refusing.values().serialize(), first.values().serialize());
  EXPECT_EQ(adding.taken(), first.taken() + 1);
}

TEST(engine_stream, refuses_unknown_reporters_periods_and_infinite_values_whole) {
  random_source random(43);
  const cascade c = history(random);
  const plan p(c);
  const auto values = random_values(random, c, numbers::integers);
  long_table good = make_table(random, c, values);
  const reporter_index ids(good.ids);
  const auto refused = [&](auto spoil) {
    long_table bad = good;
    spoil(bad);
    const long_batch batch = bad.batch(0, 0, bad.value.size());
    stream s(p, ids);
    EXPECT_THROW(s.take(batch), commonweal::error);
    EXPECT_EQ(s.taken(), 0U);
    planes data(p);
    EXPECT_THROW(load_planes(data, batch, ids, best_kernels()), commonweal::error);
  };
  refused([](long_table& t) { t.number.back() = -77; });
  refused([&](long_table& t) { t.period.back() = c.periods; });
  refused([](long_table& t) { t.period.back() = -1; });
  refused([&](long_table& t) {
    const auto member = c.members[0].reporter;
    for (std::size_t i = 0; i < t.value.size(); ++i) {
      if (t.number[i] == t.ids[member]) t.value[i] = std::numeric_limits<double>::infinity();
    }
  });
  long_batch uneven = good.batch(0, 0, good.value.size());
  uneven.period = uneven.period.first(uneven.size() - 1);
  stream s(p, ids);
  EXPECT_THROW(s.take(uneven), commonweal::error);
  std::vector<std::int64_t> twice{1, 2, 1};
  EXPECT_THROW(reporter_index{twice}, commonweal::error);
}

TEST(engine_stream, pairs_count_where_both_are_present) {
  random_source random(44);
  const cascade c = history(random);
  const plan p(c);
  const auto top = random_values(random, c, numbers::amounts, 0.3);
  const auto bottom = random_values(random, c, numbers::integers, 0.3);
  std::vector<std::int64_t> ids, number;
  std::vector<std::int32_t> period;
  for (std::uint32_t r = 0; r < c.reporters; ++r) ids.push_back(r);
  for (std::size_t i = 0; i < top.size(); ++i) {
    number.push_back(static_cast<std::int64_t>(i / static_cast<std::size_t>(c.periods)));
    period.push_back(static_cast<std::int32_t>(i % static_cast<std::size_t>(c.periods)));
  }
  const reporter_index index(ids);
  stream s(p, index);
  s.take({std::span<const std::int64_t>(number), period, top, bottom});
  planes x(p), y(p);
  pair_aggregates result(p);
  x.fill({top.data(), static_cast<std::size_t>(c.periods)}, best_kernels());
  y.fill({bottom.data(), static_cast<std::size_t>(c.periods)}, best_kernels());
  aggregate(x, y, result, best_kernels());
  for (std::uint32_t g = 0; g < p.groups(); ++g) {
    for (std::int32_t t = 0; t < p.periods(); ++t) {
      const auto at = result.at(g, t);
      ASSERT_EQ(s.values().cell(g, t).count, result.count[at]);
      ASSERT_TRUE(same_bits(s.values().sum(g, t).value(), result.numerator[at]));
      ASSERT_TRUE(same_bits(s.denominators()->sum(g, t).value(), result.denominator[at]));
    }
  }
  EXPECT_THROW(s.take({std::span<const std::int64_t>(number), period, top, {}}), commonweal::error);
}

TEST(engine_stream, rows_in_any_order_fill_the_same_planes) {
  random_source random(45);
  shape s;
  s.groups = 30;
  s.reporters = 9000; // several blocks of reporters
  s.periods = 21;
  s.dated = s.closing = 0.0;
  const cascade c = random_cascade(random, s);
  const plan p(c);
  std::vector<std::int64_t> ids;
  for (std::uint32_t r = 0; r < c.reporters; ++r) ids.push_back(r % 2 == 0 ? r : 1000000000000 + r);
  const reporter_index index(ids);
  for (const auto kind : {numbers::integers, numbers::amounts, numbers::hardly_any_doubles}) {
    auto values = random_values(random, c, kind);
    // Looks like floats for as long as a guess looks.
    if (kind == numbers::hardly_any_doubles) std::fill_n(values.begin(), 4000, 3.0);
    planes filled(p);
    aggregates expected(p);
    filled.fill({values.data(), static_cast<std::size_t>(c.periods)}, best_kernels());
    aggregate(filled, expected, best_kernels());
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!std::isnan(values[i]) || random() % 10 == 0) order.push_back(i);
    }
    for (int how = 0; how < 4; ++how) {
      const auto periods = static_cast<std::size_t>(c.periods);
      if (how == 1) // by reporter, time running backward
        std::sort(order.begin(), order.end(),
                  [&](auto a, auto b) { return a / periods != b / periods ? a < b : a > b; });
      if (how == 2) // by period
        std::sort(order.begin(), order.end(),
                  [&](auto a, auto b) { return a % periods != b % periods ? a % periods < b % periods : a < b; });
      if (how == 3) std::shuffle(order.begin(), order.end(), random);
      std::vector<std::int64_t> number;
      std::vector<std::int32_t> period;
      std::vector<double> value;
      for (const auto i : order) {
        number.push_back(ids[i / periods]);
        period.push_back(static_cast<std::int32_t>(i % periods));
        value.push_back(values[i]);
      }
      for (const unsigned threads : {1U, 3U}) {
        const auto pool = executor::custom(
            [threads](std::size_t n, const executor::task& run) { executor::threads(threads).run(n, run); }, threads);
        planes data(p);
        aggregates result(p);
        load_planes(data, {std::span<const std::int64_t>(number), period, value, {}}, index, best_kernels(), pool);
        EXPECT_EQ(data.is_narrow(), kind == numbers::integers);
        aggregate(data, result, best_kernels());
        for (std::size_t i = 0; i < result.size(); ++i) {
          ASSERT_TRUE(same_bits(result.sum[i], expected.sum[i]) && same_bits(result.min[i], expected.min[i]));
          ASSERT_EQ(result.count[i], expected.count[i]);
        }
      }
      period.back() = period[period.size() - 2];
      number.back() = number[number.size() - 2];
      value.back() = value[value.size() - 2] = 1.0;
      planes data(p);
      EXPECT_THROW(load_planes(data, {std::span<const std::int64_t>(number), period, value, {}}, index, best_kernels()),
                   commonweal::error)
          << "one cell twice, order " << how;
    }
  }
}

TEST(engine_stream, periods_that_wrap_around_are_refused) {
  cascade c;
  c.groups = 1;
  c.reporters = 2;
  c.periods = 10;
  c.members = {{0, 0, {}}, {1, 0, {}}};
  const plan p(c);
  const std::vector<std::int64_t> ids{1, 2}, number{1, 1, 1, 1, 1};
  const std::vector<double> value(5, 1.0);
  const reporter_index index(ids);
  for (const auto& period :
       {std::vector<std::int32_t>{0, 1 << 30, std::numeric_limits<std::int32_t>::min(), -(1 << 30), 5},
        {0, 1, 2, 3, std::numeric_limits<std::int32_t>::min()},
        {-1, 0, 1, 2, 3},
        {0, 1, 2, 3, 10}}) {
    planes data(p);
    EXPECT_THROW(load_planes(data, {std::span<const std::int64_t>(number), period, value, {}}, index, best_kernels()),
                 commonweal::error);
  }
}

} // namespace
