// SPDX-License-Identifier: Apache-2.0
// Partials to canonical bytes and back.
#include <array>
#include <bit>
#include <cstring>

#include <commonweal/io/envelope.hpp>
#include <commonweal/rollup/engine/partial.hpp>

namespace commonweal::inline v0::engine {
namespace {

constexpr envelope_format format{{'C', 'W', 'P', 'A', 'R', 'T', '\r', '\n'}, "partial rollup"};
constexpr section_tag plan_section("plan"), cells_section("cells");

[[noreturn]] void refuse(const char* why) {
  throw error(error_code::invalid_data, std::string("these bytes are not a partial rollup: ") + why);
}

void put_count(std::vector<std::byte>& out, std::uint32_t x) {
  for (; x >= 0x80; x >>= 7)
    out.push_back(static_cast<std::byte>(x | 0x80));
  out.push_back(static_cast<std::byte>(x));
}

void put_real(std::vector<std::byte>& out, double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  for (int k = 0; k < 8; ++k)
    out.push_back(static_cast<std::byte>(bits >> (8 * k)));
}

std::byte take(std::span<const std::byte>& in) {
  if (in.empty())
    refuse("they end within a cell");
  const std::byte b = in.front();
  in = in.subspan(1);
  return b;
}

std::uint32_t take_count(std::span<const std::byte>& in) {
  std::uint64_t x = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    const auto b = std::to_integer<std::uint64_t>(take(in));
    x |= (b & 0x7f) << shift;
    if (b >= 0x80)
      continue;
    if ((shift > 0 && b == 0) || x > 0xffffffffU)
      break; // one way only to write a count
    return static_cast<std::uint32_t>(x);
  }
  refuse("a count is malformed");
}

double take_real(std::span<const std::byte>& in) {
  std::uint64_t bits = 0;
  for (int k = 0; k < 8; ++k)
    bits |= std::to_integer<std::uint64_t>(take(in)) << (8 * k);
  const auto x = std::bit_cast<double>(bits);
  if (!std::isfinite(x) || (x == 0.0 && std::signbit(x)))
    refuse("an extreme is not a value");
  return x;
}

/// A sum as it was written: canonical, checked, not yet in a cell.
struct written_sum {
  std::span<const std::byte> bytes;

  [[nodiscard]] bool is_zero() const { return bytes.size() == 2; }
  [[nodiscard]] bool negative() const { return (bytes[1] & std::byte{0x80}) != std::byte{0}; }
  [[nodiscard]] int exponent() const {
    return static_cast<std::int16_t>(std::to_integer<unsigned>(bytes[2]) |
                                     (std::to_integer<unsigned>(bytes[3]) << 8));
  }
  [[nodiscard]] std::span<const std::byte> magnitude() const { return bytes.subspan(4); }
  /// Bits from the lowest set one to the highest.
  [[nodiscard]] int width() const {
    return static_cast<int>(8 * (magnitude().size() - 1)) +
           static_cast<int>(std::bit_width(std::to_integer<unsigned>(magnitude().back())));
  }
};

written_sum take_sum(std::span<const std::byte>& in) {
  const auto before = in;
  try {
    (void)exact_sum::deserialize(in);
  } catch (const std::invalid_argument&) {
    refuse("a sum is malformed");
  }
  const written_sum sum{before.first(before.size() - in.size())};
  // No sum of 2^32 doubles reaches further.
  if (!sum.is_zero() && sum.exponent() + sum.width() > 1024 + 32)
    refuse("a sum is too large");
  return sum;
}

struct written_cell {
  std::uint32_t count = 0;
  written_sum sum;
  double min = 0, max = 0;
};

written_cell take_cell(std::span<const std::byte>& in) {
  written_cell c;
  c.count = take_count(in);
  if (c.count == 0)
    return c;
  c.sum = take_sum(in);
  c.min = take_real(in);
  c.max = take_real(in);
  if (c.min > c.max)
    refuse("extremes are the wrong way round");
  return c;
}

} // namespace

std::vector<std::byte> partial::serialize() const {
  std::vector<std::byte> cells;
  cells.reserve(std::size_t{plan_->groups()} * static_cast<std::size_t>(plan_->periods()) * 32);
  for (const std::uint32_t position : plan_->position_of()) {
    for (std::int32_t t = 0; t < plan_->periods(); ++t) {
      const auto& c = cell(position, t);
      put_count(cells, c.count);
      if (c.count == 0)
        continue;
      sum(position, t).serialize(cells);
      put_real(cells, c.min);
      put_real(cells, c.max);
    }
  }
  envelope_writer out(format, 2, cells.size() + 64);
  out.section(plan_section) << plan_->fingerprint() << plan_->groups() << plan_->periods();
  out.section(cells_section).save_binary(cells.data(), cells.size());
  return out.finish();
}

partial partial::deserialize(const plan& p, std::span<const std::byte> bytes) {
  const envelope file = envelope::open(bytes, format);
  file.expect(std::array{plan_section, cells_section});
  std::uint64_t fingerprint = 0;
  std::uint32_t groups = 0;
  std::int32_t periods = 0;
  auto head = file.reader(plan_section);
  head >> fingerprint >> groups >> periods;
  head.finish();
  if (fingerprint != p.fingerprint() || groups != p.groups() || periods != p.periods()) {
    throw error(error_code::invalid_data, "this partial rollup is of another plan: roll its data up again");
  }
  const auto cells = file.sections()[1].bytes;

  // Once over to check and to see how far apart the sums are, once more to read them.
  partial result(p);
  std::vector<detail::bit_range> ranges(result.cells_.size());
  auto in = cells;
  for (std::uint32_t g = 0; g < groups; ++g) {
    for (std::int32_t t = 0; t < periods; ++t) {
      const written_cell c = take_cell(in);
      if (c.count == 0 || c.sum.is_zero())
        continue;
      ranges[plane_of(t)].include(c.sum.exponent(), c.sum.width());
    }
  }
  if (!in.empty())
    refuse("bytes follow the last cell");
  for (std::size_t plane = 0; plane < ranges.size(); ++plane)
    result.cells_[plane].make_room(ranges[plane]);
  in = cells;
  for (std::uint32_t g = 0; g < groups; ++g) {
    for (std::int32_t t = 0; t < periods; ++t) {
      const written_cell c = take_cell(in);
      if (c.count == 0)
        continue;
      sum_cells& plane = result.cells_[plane_of(t)];
      const std::size_t i = at(p.position_of()[g], t);
      if (!c.sum.is_zero())
        plane.add_integer(i, c.sum.negative(), c.sum.magnitude(), c.sum.exponent());
      plane.add_extremes(i, c.count, c.min, c.max);
    }
  }
  return result;
}

} // namespace commonweal::inline v0::engine
