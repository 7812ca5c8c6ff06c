// SPDX-License-Identifier: Apache-2.0
// The archive: exact bytes, round trips, and refusal of everything that does not fit.
#include <commonweal/bytes/archive.hpp>

#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include <boost/serialization/split_free.hpp>
#include <gtest/gtest.h>

#include <commonweal/core/interval.hpp>

namespace sample {

struct place {
  std::string name;
  double x = 0;
  std::vector<std::int32_t> visits;
  commonweal::frequency every = commonweal::frequency::month;
  std::optional<bool> open;
  friend bool operator==(const place&, const place&) = default;
};

template <class Archive>
void serialize(Archive& ar, place& p, unsigned) {
  using boost::serialization::make_nvp;
  ar& make_nvp("name", p.name) & make_nvp("x", p.x) & make_nvp("visits", p.visits);
  ar& make_nvp("every", p.every) & make_nvp("open", p.open);
}

/// Serialized the other way that Boost.Serialization knows: a member function behind boost::serialization::access.
class counter {
 public:
  counter() = default;
  explicit counter(std::uint16_t n) : n_(n) {}
  [[nodiscard]] std::uint16_t count() const { return n_; }

 private:
  friend class boost::serialization::access;
  template <class Archive>
  void serialize(Archive& ar, unsigned version) {
    seen_version_ = version;
    ar& n_;
  }
  std::uint16_t n_ = 0;

 public:
  unsigned seen_version_ = 0;
};

struct split {
  int twice = 0;
};
template <class Archive>
void save(Archive& ar, const split& s, unsigned) {
  const std::int32_t half = s.twice / 2;
  ar << half;
}
template <class Archive>
void load(Archive& ar, split& s, unsigned) {
  std::int32_t half = 0;
  ar >> half;
  s.twice = half * 2;
}

struct tree {
  std::vector<tree> children;
};
template <class Archive>
void serialize(Archive& ar, tree& t, unsigned) {
  ar& t.children;
}

} // namespace sample
BOOST_SERIALIZATION_SPLIT_FREE(sample::split)

namespace {

using namespace commonweal;

std::vector<unsigned> bytes_of(const archive_writer& out) {
  std::vector<unsigned> v;
  for (const auto b : out.bytes()) v.push_back(std::to_integer<unsigned>(b));
  return v;
}

template <class T>
T reread(const T& value) {
  archive_writer out;
  out << value;
  archive_reader in(out.bytes(), "test");
  T back{};
  in >> back;
  in.finish();
  return back;
}

template <class T>
std::string why_refused(std::span<const std::byte> bytes, T into = {}) {
  archive_reader in(bytes, "test");
  try {
    in >> into;
    in.finish();
  } catch (const error& e) {
    EXPECT_EQ(e.code(), error_code::invalid_data);
    EXPECT_EQ(e.where().code, "damaged_file");
    return e.what();
  }
  return {};
}

TEST(archive, bytes_are_little_endian_and_unpadded) {
  archive_writer out;
  out << std::uint8_t{1} << std::uint32_t{0x01020304} << std::int16_t{-2} << true << std::string("ab") << 1.0
      << frequency::quarter << std::vector<std::uint16_t>{5, 6};
  EXPECT_EQ(bytes_of(out), (std::vector<unsigned>{1, 4, 3, 2, 1,   0xfe, 0xff, 1,    //
                                                  2, 0, 0, 0, 'a', 'b',              //
                                                  0, 0, 0, 0, 0,   0,    0xf0, 0x3f, //
                                                  3,                                 //
                                                  2, 0, 0, 0, 0,   0,    0,    0,    5, 0, 6, 0}));
}

TEST(archive, classes_come_back_equal_and_names_are_not_written) {
  const sample::place p{"Orange", -1.5, {3, -7}, frequency::week, false};
  EXPECT_EQ(reread(p), p);
  EXPECT_EQ(encoded_size(p), 4 + 6 + 8 + 8 + 8 + 1 + 2U);
  EXPECT_EQ(reread(sample::place{}), sample::place{});
  EXPECT_EQ(reread(sample::split{42}).twice, 42);
  EXPECT_EQ(reread(sample::counter{7}).count(), 7);
}

TEST(archive, containers_come_back_equal) {
  const std::map<std::string, std::vector<std::pair<std::int64_t, float>>> m{{"a", {{-1, 2.5F}}}, {"b", {}}};
  EXPECT_EQ(reread(m), m);
  const std::array<std::optional<std::uint8_t>, 3> a{std::uint8_t{9}, std::nullopt, std::uint8_t{0}};
  EXPECT_EQ(reread(a), a);
}

TEST(archive, version_reaches_serialize) {
  archive_writer out(3);
  out << sample::counter{1};
  sample::counter back;
  archive_reader in(out.bytes(), "test", 2);
  in >> back;
  EXPECT_EQ(back.seen_version_, 2U);
}

TEST(archive, every_nan_is_written_as_one) {
  const double odd = std::bit_cast<double>(0xfff0000000000001U);
  const std::vector<double> v{odd, -0.0, std::numeric_limits<double>::infinity(), 4.9e-324};
  const auto back = reread(v);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(back[0]), 0x7ff8000000000000U);
  EXPECT_TRUE(std::signbit(back[1]));
  EXPECT_EQ(back[2], v[2]);
  EXPECT_EQ(back[3], v[3]);
  EXPECT_EQ(std::bit_cast<std::uint32_t>(reread(std::bit_cast<float>(0xff800001U))), 0x7fc00000U);
}

TEST(archive, another_nan_is_refused) {
  for (const std::uint64_t bits : {0xfff8000000000000U, 0x7ff8000000000001U, 0x7ff0000000000001U}) {
    archive_writer out;
    out << bits;
    EXPECT_NE(why_refused<double>(out.bytes()), "");
    archive_writer block;
    block << std::vector<std::uint64_t>{0, bits, 0};
    EXPECT_NE(why_refused<std::vector<double>>(block.bytes()), "");
  }
}

TEST(archive, infinity_is_refused_where_asked) {
  for (const std::size_t at : {0U, 1023U, 1024U, 4999U}) {
    std::vector<double> v(5000, 1.0);
    v[at / 2] = std::numeric_limits<double>::quiet_NaN();
    v[at] = -std::numeric_limits<double>::infinity();
    archive_writer out;
    out.write_block(v.data(), v.size());
    std::vector<double> back(v.size());
    archive_reader lenient(out.bytes(), "test");
    EXPECT_NO_THROW(lenient.read_block(back.data(), back.size()));
    archive_reader strict(out.bytes(), "test");
    EXPECT_THROW(strict.read_block(back.data(), back.size(), true), error);
  }
}

TEST(archive, forged_counts_are_refused_before_allocation) {
  for (const std::uint64_t count : {std::uint64_t{3}, std::uint64_t{1} << 61, ~std::uint64_t{0}}) {
    archive_writer out;
    out << count << std::uint64_t{0} << std::uint32_t{0};
    EXPECT_NE(why_refused<std::vector<double>>(out.bytes()).find("does not fit in the 12 bytes left"),
              std::string::npos);
    EXPECT_NE(why_refused<std::vector<sample::place>>(out.bytes()), "");
    EXPECT_NE((why_refused<std::map<std::uint64_t, std::string>>(out.bytes())), "");
  }
  archive_writer text;
  text << std::uint32_t{5} << std::uint32_t{0};
  EXPECT_NE(why_refused<std::string>(text.bytes()), "");
}

TEST(archive, bool_and_enumerations_are_range_checked) {
  archive_writer out;
  out << std::uint8_t{2};
  EXPECT_NE(why_refused<bool>(out.bytes()), "");
  archive_writer five;
  five << std::uint8_t{5};
  EXPECT_EQ(why_refused<frequency>(five.bytes()),
            "error: damaged test, byte 1: 5 is none of day, week, month, quarter, year; take the file from a copy or "
            "write it again [damaged_file]");
}

TEST(archive, map_keys_must_ascend) {
  archive_writer out;
  out << std::uint64_t{2} << std::uint8_t{4} << true << std::uint8_t{4} << true;
  EXPECT_NE((why_refused<std::map<std::uint8_t, bool>>(out.bytes())), "");
}

TEST(archive, end_of_bytes_is_required) {
  archive_writer out;
  out << std::uint8_t{1} << std::uint8_t{0};
  EXPECT_NE(why_refused<bool>(out.bytes()).find("1 bytes follow"), std::string::npos);
  EXPECT_NE(why_refused<std::uint32_t>(out.bytes()), "");
}

TEST(archive, nesting_is_bounded) {
  sample::tree deep;
  for (int i = 0; i < 20; ++i) {
    sample::tree up;
    up.children.push_back(std::move(deep));
    deep = std::move(up);
  }
  archive_writer out;
  EXPECT_NO_THROW(out << deep);
  // 1,000 levels of one child each: eight bytes a level.
  archive_writer forged;
  for (int i = 0; i < 1000; ++i) forged << std::uint64_t{1};
  forged << std::uint64_t{0};
  EXPECT_NE(why_refused<sample::tree>(forged.bytes()).find("nested too deeply"), std::string::npos);
}

TEST(archive, every_truncation_is_refused) {
  const std::vector<sample::place> places(3, sample::place{"Erving", 2, {1, 2, 3}, frequency::day, true});
  archive_writer out;
  out << places;
  for (std::size_t n = 0; n < out.size(); ++n)
    EXPECT_NE(why_refused<std::vector<sample::place>>(out.bytes().first(n)), "") << n;
}

} // namespace
