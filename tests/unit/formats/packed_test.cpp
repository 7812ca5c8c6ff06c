// SPDX-License-Identifier: Apache-2.0
// The snapshot: what is packed comes back, equal initiatives have equal bytes, and nothing damaged is believed.
#include <commonweal/formats/packed.hpp>

#include <cstring>
#include <filesystem>

#include <gtest/gtest.h>

#include <commonweal/bytes/archive_values.hpp>
#include <commonweal/bytes/atomic_file.hpp>
#include <commonweal/bytes/envelope.hpp>

#include "reseal.hpp"
#include "snapshot_samples.hpp"
#include "temporary_folder.hpp"

namespace {

using namespace commonweal;
using samples::random_initiative;
using samples::reseal;
using samples::same;

const std::vector<std::byte>& small_snapshot() {
  static const auto bytes = pack(random_initiative(11, 2));
  return bytes;
}

/// True where it loads; false where it is refused as invalid data. Anything else fails the test.
bool loads(std::span<const std::byte> bytes) {
  try {
    static_cast<void>(unpack(bytes));
    return true;
  } catch (const error& e) {
    EXPECT_EQ(e.code(), error_code::invalid_data) << e.what();
    return false;
  }
}

TEST(snapshot, unpack_of_pack_is_the_initiative) {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    const auto x = random_initiative(seed, static_cast<std::uint32_t>(seed % 13));
    const auto bytes = pack(x);
    const auto y = unpack(bytes);
    ASSERT_TRUE(same(x, y)) << seed;
    ASSERT_EQ(pack(y), bytes) << seed;
  }
}

/// The section "measures" as the first format had it: each definition ended before its two percentages.
std::vector<std::byte> without_percents(std::span<const std::byte> bytes) {
  archive_reader in(bytes, "measures", 2);
  std::vector<std::byte> out;
  std::size_t kept = 0;
  const auto at = [&] { return bytes.size() - in.remaining(); };
  const auto keep = [&](std::size_t end) { out.insert(out.end(), bytes.begin() + kept, bytes.begin() + end); };
  const auto skip_texts = [&](int n) {
    std::string text;
    for (int k = 0; k < n; ++k) in >> text;
  };
  const auto skip = [&](std::size_t n) {
    std::vector<std::byte> some(n);
    in.load_binary(some.data(), n);
  };
  std::uint64_t definitions = 0;
  in >> definitions;
  for (std::uint64_t k = 0; k < definitions; ++k) {
    skip(4);
    skip_texts(3);
    skip(6);
    skip_texts(2);
    skip(2 + 8);
    skip_texts(1);
    skip(1 + 8);
    skip_texts(3);
    keep(at());
    skip(16);
    kept = at();
  }
  keep(bytes.size());
  return out;
}

TEST(snapshot, a_file_of_the_first_format_is_read) {
  const auto x = random_initiative(23, 9);
  ASSERT_FALSE(x.measures().indicators.empty());
  const auto now = pack(x);
  const auto file = envelope::open(now, snapshot_format);
  auto first = snapshot_format;
  first.version = 1;
  envelope_writer out(first, file.sections().size());
  for (const auto& [tag, bytes] : file.sections()) {
    auto old =
        tag == section_tag("measures") ? without_percents(bytes) : std::vector<std::byte>(bytes.begin(), bytes.end());
    out.section(tag).save_binary(old.data(), old.size());
  }
  auto wanted = x.measures().indicators;
  for (auto& d : wanted) d.groups_percent = d.time_percent = 50;
  const auto y = unpack(out.finish());
  EXPECT_EQ(y.measures().indicators, wanted);
  EXPECT_EQ(y.measures().targets, x.measures().targets);
}

TEST(snapshot, samples_use_every_kind_of_node_and_edge) {
  const auto x = random_initiative(7, 12);
  for (std::size_t k = 0; k < node_kind_count; ++k) EXPECT_NE(x.network().size(static_cast<node_kind>(k)), 0U) << k;
  for (std::size_t k = 0; k < edge_kind_count; ++k)
    EXPECT_NE(x.network().edges(static_cast<edge_kind>(k)).size(), 0U) << k;
  EXPECT_FALSE(x.measures().panels.empty());
}

TEST(snapshot, a_file_that_is_longer_than_its_header_says_is_refused_unread) {
  const test::temporary_folder folder;
  const auto file = folder.path() / "town.cw";
  save_packed(random_initiative(3, 2), file);
  const auto size = std::filesystem::file_size(file);
  std::error_code failed;
  std::filesystem::resize_file(file, std::uintmax_t{1} << 43, failed); // a hole of eight terabytes
  if (failed) std::filesystem::resize_file(file, size + (std::uintmax_t{1} << 32));
  try {
    static_cast<void>(load_packed(file));
    FAIL();
  } catch (const error& e) {
    EXPECT_EQ(e.code(), error_code::invalid_data);
    EXPECT_EQ(e.where().code, "damaged_file");
    EXPECT_NE(std::string(e.what()).find("the header speaks of"), std::string::npos) << e.what();
    EXPECT_EQ(e.where().file, file.string());
  }
}

TEST(snapshot, a_start_tells_what_a_whole_file_tells) {
  const auto& good = small_snapshot();
  const auto told = [](auto call) {
    try {
      call();
    } catch (const error& e) { return std::string(e.what()); }
    return std::string();
  };
  for (std::size_t size = 0; size <= 300; ++size) {
    const auto cut = std::span(good).first(size);
    EXPECT_EQ(told([&] { envelope::check_header(cut, cut.size(), snapshot_format); }),
              told([&] { static_cast<void>(envelope::open(cut, snapshot_format)); }));
  }
  for (std::size_t at = 0; at < 184; ++at) { // the header with its six sections
    auto bad = good;
    bad[at] ^= std::byte{1};
    const auto start = std::span<const std::byte>(bad).first(std::min(bad.size(), envelope::longest_header));
    const auto of_start = told([&] { envelope::check_header(start, bad.size(), snapshot_format); });
    EXPECT_FALSE(of_start.empty());
    EXPECT_EQ(of_start, told([&] { static_cast<void>(envelope::open(bad, snapshot_format)); }));
  }
  EXPECT_EQ(told([&] { envelope::check_header(good, good.size(), snapshot_format); }), "");
}

TEST(snapshot, an_empty_initiative_survives) {
  const initiative nothing;
  EXPECT_TRUE(same(unpack(pack(nothing)), nothing));
}

TEST(snapshot, missing_values_get_one_pattern) {
  const auto sample = random_initiative(3, 6);
  auto flipped = sample.measures();
  ASSERT_FALSE(flipped.panels.empty());
  std::size_t missing = 0;
  for (auto& p : flipped.panels)
    for (auto& v : p.value.reshaped())
      if (std::isnan(v)) {
        v = std::bit_cast<double>(0xfff8000000001234U);
        ++missing;
      }
  ASSERT_NE(missing, 0U);
  EXPECT_EQ(pack({sample.info(), sample.network(), flipped, sample.records()}), pack(sample));
}

TEST(snapshot, every_altered_byte_is_refused) {
  const auto& file = small_snapshot();
  auto mutant = file;
  for (std::size_t i = 0; i < file.size(); ++i)
    for (const unsigned mask : {0x01U, 0x02U, 0x04U, 0x08U, 0x10U, 0x20U, 0x40U, 0x80U, 0xffU}) {
      mutant[i] = file[i] ^ static_cast<std::byte>(mask);
      ASSERT_FALSE(loads(mutant)) << "byte " << i << " mask " << mask;
      mutant[i] = file[i];
    }
  EXPECT_TRUE(loads(mutant));
}

TEST(snapshot, every_truncation_and_every_addition_is_refused) {
  auto file = small_snapshot();
  for (std::size_t n = 0; n < file.size(); ++n) ASSERT_FALSE(loads(std::span<const std::byte>(file).first(n))) << n;
  file.push_back(std::byte{0});
  EXPECT_FALSE(loads(file));
}

TEST(snapshot, forged_truncation_of_a_section_is_refused) {
  const auto& file = small_snapshot();
  std::uint64_t payload = 0;
  std::memcpy(&payload, file.data() + 24, 8);
  // Shortens each section by each possible tail, with lengths and hashes to match.
  std::size_t begin = 40 + 24 * 6;
  for (std::size_t s = 0; s < 6; ++s) {
    std::uint64_t length = 0;
    std::memcpy(&length, file.data() + 32 + 24 * s + 8, 8);
    for (std::uint64_t cut = 1; cut <= length; ++cut) {
      auto mutant = file;
      const std::uint64_t left = length - cut;
      const auto end = static_cast<std::ptrdiff_t>(begin + length);
      mutant.erase(mutant.begin() + end - static_cast<std::ptrdiff_t>(cut), mutant.begin() + end);
      std::memcpy(mutant.data() + 32 + 24 * s + 8, &left, 8);
      const std::uint64_t shorter = payload - cut;
      std::memcpy(mutant.data() + 24, &shorter, 8);
      reseal(mutant);
      ASSERT_FALSE(loads(mutant)) << "section " << s << " cut by " << cut;
    }
    begin += static_cast<std::size_t>(length);
  }
}

TEST(snapshot, a_newer_format_is_refused_with_a_clear_word) {
  auto file = small_snapshot();
  const std::uint32_t three = 3;
  std::memcpy(file.data() + 12, &three, 4);
  reseal(file);
  try {
    static_cast<void>(unpack(file));
    FAIL();
  } catch (const error& e) {
    EXPECT_EQ(e.where().code, "newer_format");
    EXPECT_EQ(e.where().message, "snapshot written by a newer Commonweal: format 3, this one reads up to 2; update "
                                 "Commonweal to read it");
  }
}

/// What pack says to measures that break a rule; the same rule is held by unpack (see the forged files above).
std::string why_not_packed(void (*spoil)(measures&)) {
  const auto x = random_initiative(5, 12);
  auto data = x.measures();
  spoil(data);
  try {
    static_cast<void>(pack({x.info(), x.network(), std::move(data), x.records()}));
  } catch (const error& e) {
    EXPECT_EQ(e.code(), error_code::invalid_argument);
    return e.what();
  }
  return {};
}

panel& panel_with_cells(measures& m) {
  for (auto& p : m.panels)
    if (p.reporters.size() > 1 && p.value.size() > 4 && p.suppressed.size() + p.not_expected.size() > 1) return p;
  throw std::logic_error("the sample has no such panel");
}

TEST(snapshot, what_could_not_be_unpacked_is_not_packed) {
  EXPECT_EQ(why_not_packed([](measures&) {}), "");
  const auto refused = [](void (*spoil)(measures&)) { return why_not_packed(spoil).substr(0, 22); };
  const std::string no = "this cannot be packed:";
  EXPECT_EQ(refused([](measures& m) { panel_with_cells(m).value(0, 0) = INFINITY; }), no);
  EXPECT_EQ(refused([](measures& m) { std::swap(m.panels[0], m.panels[1]); }), no);
  EXPECT_EQ(refused([](measures& m) { m.panels[0].indicator = indicator_id{1000}; }), no);
  EXPECT_EQ(refused([](measures& m) { std::swap(panel_with_cells(m).reporters[0], panel_with_cells(m).reporters[1]); }),
            no);
  EXPECT_EQ(refused([](measures& m) { panel_with_cells(m).reporters.back().index = 1000; }), no);
  EXPECT_EQ(refused([](measures& m) { panel_with_cells(m).reporters.pop_back(); }), no);
  EXPECT_EQ(refused([](measures& m) { panel_with_cells(m).reporters.front().kind = node_kind::person; }), no);
  EXPECT_EQ(refused([](measures& m) { panel_with_cells(m).numerator.resize(1, 1); }), no);
  EXPECT_EQ(refused([](measures& m) { panel_with_cells(m).first = period{frequency::year, 9999}; }), no);
  EXPECT_EQ(refused([](measures& m) { panel_with_cells(m).value.setZero(); }), no);
  EXPECT_EQ(refused([](measures& m) { panel_with_cells(m).suppressed.push_back(1'000'000); }), no);
  EXPECT_EQ(refused([](measures& m) { panel_with_cells(m).not_expected = panel_with_cells(m).suppressed = {1}; }), no);
  EXPECT_EQ(refused([](measures& m) { m.targets.front().value = -INFINITY; }), no);
  EXPECT_EQ(refused([](measures& m) { std::swap(m.targets.front(), m.targets.back()); }), no);
  EXPECT_EQ(refused([](measures& m) { m.targets.back().of = node_ref{node_kind::group, 5000}; }), no);
  EXPECT_EQ(refused([](measures& m) { m.indicators.front().factor = NAN; }), no);
  EXPECT_EQ(refused([](measures& m) { m.indicators.front().look_back = -1; }), no);
  EXPECT_EQ(refused([](measures& m) { m.indicators.front().id = "another"; }), no);
  EXPECT_EQ(refused([](measures& m) { m.indicators.pop_back(); }), no);
}

TEST(snapshot, dates_and_periods_outside_the_calendar_are_refused) {
  const auto rewritten = [](const auto& value) {
    archive_writer out;
    out << value;
    std::remove_cvref_t<decltype(value)> back;
    archive_reader in(out.bytes(), "test");
    in >> back;
    return back == value;
  };
  EXPECT_TRUE(rewritten(date::lowest()));
  EXPECT_TRUE(rewritten(date::highest()));
  EXPECT_TRUE(rewritten(*date::from_ymd(1, 1, 1)));
  EXPECT_TRUE(rewritten(*date::from_ymd(9999, 12, 31)));
  EXPECT_THROW(rewritten(date::from_ymd(1, 1, 1)->plus_days(-1)), error);
  EXPECT_THROW(rewritten(date::from_ymd(9999, 12, 31)->plus_days(1)), error);
  for (const char* text : {"0001", "9999", "0001-Q1", "9999-Q4", "0001-01", "9999-12", "0001-W01", "9999-W52",
                           "0001-01-01", "9999-12-31"}) {
    const auto p = period::parse(text);
    ASSERT_TRUE(p.has_value()) << text;
    EXPECT_TRUE(rewritten(*p)) << text;
    EXPECT_THROW(rewritten(p->plus(text[0] == '0' ? -1 : 1)), error) << text;
  }
  EXPECT_THROW(rewritten(interval{date{5}, date{5}}), error);
}

/// The names begin with these: a file holds their numbers, so new ones go at the end, and only in a new format version.
template <class E>
bool begins_with(std::initializer_list<std::string_view> names) {
  const auto& have = enum_names<E>::values;
  return have.size() >= names.size() && std::equal(names.begin(), names.end(), have.begin());
}

TEST(snapshot, enumerations_keep_their_numbers) {
  EXPECT_TRUE(begins_with<node_kind>({"person", "organization", "group", "goal", "strategy", "activity", "indicator"}));
  EXPECT_TRUE(begins_with<edge_kind>({"champions", "funds", "serves_as_backbone", "member_of", "part_of", "linked_with",
                                      "employed_by", "pursues", "advances", "measured_by", "performs", "implements",
                                      "reinforces", "endorses", "communicates_with", "trusts", "reports"}));
  EXPECT_TRUE(begins_with<column_type>({"int64", "float64", "utf8", "boolean", "date", "period"}));
  EXPECT_TRUE(begins_with<frequency>({"day", "week", "month", "quarter", "year"}));
  EXPECT_TRUE(begins_with<indicator_kind>({"count", "amount", "ratio", "mean", "index", "score"}));
  EXPECT_TRUE(begins_with<direction>({"up", "down", "keep", "none"}));
  EXPECT_TRUE(begins_with<aggregate_operator>({"sum", "mean", "weighted_mean", "ratio_of_sums", "min", "max", "count",
                                               "first", "last", "stddev_population", "stddev_sample", "none", "range",
                                               "geometric_mean", "median", "percentile"}));
  EXPECT_TRUE(begins_with<operator_order>({"time_then_groups", "groups_then_time"}));
  EXPECT_TRUE(begins_with<nature>({"flow", "stock"}));
  EXPECT_TRUE(begins_with<unduplicated_method>({"bounds", "ids", "sketch"}));
  EXPECT_TRUE(begins_with<formula_level>({"aggregate", "reporter"}));
  EXPECT_TRUE(begins_with<target_kind>({"target", "baseline", "forecast"}));
}

TEST(snapshot, a_column_of_nulls_costs_a_bit_a_row) {
  table t;
  column c("nothing", column_type::utf8);
  for (int i = 0; i < 6400; ++i) c.append_null();
  t.add_column(std::move(c));
  EXPECT_EQ(encoded_size(t), 8 + 8 + (4 + 7) + 1 + 1 + 800U);
  archive_writer out;
  out << t;
  table back;
  archive_reader in(out.bytes(), "test");
  in >> back;
  in.finish();
  EXPECT_EQ(back, t);
}

TEST(snapshot, a_saved_file_is_told_apart_and_loaded) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "commonweal-snapshot-test";
  std::filesystem::create_directories(folder);
  const auto file = folder / "x.commonweal";
  const auto x = random_initiative(2, 5);
  save_packed(x, file);
  EXPECT_TRUE(is_packed_file(file));
  EXPECT_TRUE(same(load_packed(file), x));
  EXPECT_FALSE(is_packed_file(folder));
  EXPECT_FALSE(is_packed_file(folder / "absent"));
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
  try {
    static_cast<void>(load_packed(file));
    FAIL();
  } catch (const error& e) {
    EXPECT_EQ(e.code(), error_code::invalid_data);
    EXPECT_EQ(e.where().file, file.string());
  }
  EXPECT_THROW(static_cast<void>(load_packed(folder)), error);
  std::filesystem::remove_all(folder);
}

} // namespace
