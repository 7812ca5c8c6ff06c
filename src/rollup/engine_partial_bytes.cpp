// SPDX-License-Identifier: Apache-2.0
// Partials to canonical bytes and back.
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include <commonweal/bytes/envelope.hpp>
#include <commonweal/rollup/engine/partial.hpp>

namespace commonweal::inline v0::engine {
namespace {

constexpr envelope_format format{{'C', 'W', 'P', 'A', 'R', 'T', '\r', '\n'}, "partial rollup"};
constexpr section_tag plan_section("plan"), cells_section("cells");

[[noreturn]] void refuse(const char* why) {
  throw error(error_code::invalid_data, std::string("these bytes are not a partial rollup: ") + why);
}

/// Writes forward into room that is known to be there.
struct byte_writer {
  std::byte* at;

  void count(std::uint32_t x) {
    for (; x >= 0x80; x >>= 7) *at++ = static_cast<std::byte>(x | 0x80);
    *at++ = static_cast<std::byte>(x);
  }
  template <class Integer>
  void integer(Integer x) {
    for (std::size_t k = 0; k < sizeof(Integer); ++k)
      at[k] = static_cast<std::byte>(x >> (8 * k)); // compilers make one store of it
    at += sizeof(Integer);
  }
  void real(double x) { integer(std::bit_cast<std::uint64_t>(x)); }
  /// As exact_sum::serialize does.
  void sum(const sum_cells::cell& c, int unit) {
    detail::wide_integer x{c.low, static_cast<std::uint64_t>(c.high)};
    if (x.low == 0 && x.high == 0) return integer(std::uint16_t{0});
    const bool negative = c.high < 0;
    if (negative) x = x.negated();
    const int zeros = x.low != 0 ? std::countr_zero(x.low) : 64 + std::countr_zero(x.high);
    // Of a magnitude the top bit is no sign.
    x = zeros >= 64 ? detail::wide_integer{x.high >> (zeros - 64), 0}
        : zeros > 0 ? detail::wide_integer{(x.low >> zeros) | (x.high << (64 - zeros)), x.high >> zeros}
                    : x;
    const auto bits = x.high != 0 ? 64 + std::bit_width(x.high) : std::bit_width(x.low);
    const auto bytes = static_cast<std::size_t>(bits + 7) / 8;
    integer(static_cast<std::uint16_t>(bytes | (negative ? 0x8000U : 0U)));
    integer(static_cast<std::uint16_t>(unit + zeros));
    std::byte* const end = at + bytes;
    integer(x.low);
    integer(x.high);
    at = end; // what was written beyond is written over
  }
};

/// Of a cell without an exact_sum: count, sum and the bytes beyond it, extremes.
constexpr std::size_t most_cell_bytes = 5 + 4 + 16 + 16;

std::byte take(std::span<const std::byte>& in) {
  if (in.empty()) refuse("they end within a cell");
  const std::byte b = in.front();
  in = in.subspan(1);
  return b;
}

std::uint32_t take_count(std::span<const std::byte>& in) {
  std::uint64_t x = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    const auto b = std::to_integer<std::uint64_t>(take(in));
    x |= (b & 0x7f) << shift;
    if (b >= 0x80) continue;
    if ((shift > 0 && b == 0) || x > 0xffffffffU) break; // one way only to write a count
    return static_cast<std::uint32_t>(x);
  }
  refuse("a count is malformed");
}

double take_real(std::span<const std::byte>& in) {
  std::uint64_t bits = 0;
  for (int k = 0; k < 8; ++k) bits |= std::to_integer<std::uint64_t>(take(in)) << (8 * k);
  const auto x = std::bit_cast<double>(bits);
  if (!std::isfinite(x) || (x == 0.0 && std::signbit(x))) refuse("an extreme is not a value");
  return x;
}

/// A sum as it was written: canonical, checked, not yet in a cell.
struct written_sum {
  std::span<const std::byte> bytes;

  [[nodiscard]] bool is_zero() const { return bytes.size() == 2; }
  [[nodiscard]] bool negative() const { return (bytes[1] & std::byte{0x80}) != std::byte{0}; }
  [[nodiscard]] int exponent() const {
    return static_cast<std::int16_t>(std::to_integer<unsigned>(bytes[2]) | (std::to_integer<unsigned>(bytes[3]) << 8));
  }
  [[nodiscard]] std::span<const std::byte> magnitude() const { return bytes.subspan(4); }
  /// Bits from the lowest set one to the highest.
  [[nodiscard]] int width() const {
    return static_cast<int>(8 * (magnitude().size() - 1)) +
           static_cast<int>(std::bit_width(std::to_integer<unsigned>(magnitude().back())));
  }
};

written_sum take_sum(std::span<const std::byte>& in) {
  const auto byte = [&](std::size_t k) { return std::to_integer<unsigned>(in[k]); };
  if (in.size() < 2) refuse("they end within a cell");
  const unsigned head = byte(0) | (byte(1) << 8);
  const std::size_t size = head & 0x7fffU;
  const std::size_t whole = size == 0 ? 2 : 4 + size;
  if (in.size() < whole) refuse("they end within a cell");
  const written_sum sum{in.first(whole)};
  // One way only to write a sum: an odd integer without leading zeros, a zero without a sign.
  const bool canonical = size == 0 ? head == 0 : (byte(4) & 1) != 0 && byte(whole - 1) != 0;
  if (!canonical || (size != 0 && sum.exponent() < -1074)) refuse("a sum is malformed");
  // No sum of 2^32 doubles reaches further.
  if (size != 0 && sum.exponent() + sum.width() > 1024 + 32) refuse("a sum is too large");
  in = in.subspan(whole);
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
  if (c.count == 0) return c;
  c.sum = take_sum(in);
  c.min = take_real(in);
  c.max = take_real(in);
  if (c.min > c.max) refuse("extremes are the wrong way round");
  return c;
}

} // namespace

std::vector<std::byte> partial::serialize() const {
  const auto periods = static_cast<std::size_t>(plan_->periods());
  std::vector<std::byte> cells, row(periods * most_cell_bytes);
  cells.reserve(std::size_t{plan_->groups()} * periods * 32);
  for (const std::uint32_t position : plan_->position_of()) {
    byte_writer out{row.data()};
    for (std::int32_t t = 0; t < plan_->periods(); ++t) {
      const sum_cells& plane = cells_[block_of(t)];
      const auto& c = plane[at(position, t)];
      out.count(c.count);
      if (c.count == 0) continue;
      if (plane.wide()) {
        // As long as it may be: by itself, after what is in hand.
        cells.insert(cells.end(), row.data(), out.at);
        plane.sum(at(position, t)).serialize(cells);
        out.at = row.data();
      } else {
        out.sum(c, plane.unit());
      }
      out.real(c.min);
      out.real(c.max);
    }
    cells.insert(cells.end(), row.data(), out.at);
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
      if (c.count == 0 || c.sum.is_zero()) continue;
      ranges[block_of(t)].include(c.sum.exponent(), c.sum.width());
    }
  }
  if (!in.empty()) refuse("bytes follow the last cell");
  for (std::size_t plane = 0; plane < ranges.size(); ++plane) result.cells_[plane].make_room(ranges[plane]);
  in = cells;
  for (std::uint32_t g = 0; g < groups; ++g) {
    for (std::int32_t t = 0; t < periods; ++t) {
      const written_cell c = take_cell(in);
      if (c.count == 0) continue;
      sum_cells& plane = result.cells_[block_of(t)];
      const std::size_t i = at(p.position_of()[g], t);
      if (!c.sum.is_zero()) plane.add_integer(i, c.sum.negative(), c.sum.magnitude(), c.sum.exponent());
      plane.add_extremes(i, c.count, c.min, c.max);
    }
  }
  return result;
}

} // namespace commonweal::inline v0::engine
