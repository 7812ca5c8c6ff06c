// SPDX-License-Identifier: Apache-2.0
// salted_id: a person's identifier as 64 bits that say nothing without the key.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace commonweal::inline v0::engine {

/// A secret of 128 bits, shared by those who count together and by nobody else.
using salt = std::array<std::uint64_t, 2>;

/// The keyed hash of an identifier. The same person gets the same number from every reporter that has the
/// key; without the key, numbers cannot be looked up from a list of names. Normalize identifiers first: bytes
/// count. Two of 1e7 people share a number with a chance of 3e-6. Source: J.-P. Aumasson, D. J. Bernstein,
/// "SipHash: a fast short-input PRF", INDOCRYPT 2012 (SipHash-2-4).
[[nodiscard]] constexpr std::uint64_t salted_id(std::string_view id, const salt& key) {
  std::uint64_t v0 = key[0] ^ 0x736f6d6570736575U, v1 = key[1] ^ 0x646f72616e646f6dU;
  std::uint64_t v2 = key[0] ^ 0x6c7967656e657261U, v3 = key[1] ^ 0x7465646279746573U;
  const auto round = [&] {
    v0 += v1;
    v1 = std::rotl(v1, 13) ^ v0;
    v0 = std::rotl(v0, 32);
    v2 += v3;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 += v3;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 += v1;
    v1 = std::rotl(v1, 17) ^ v2;
    v2 = std::rotl(v2, 32);
  };
  const auto absorb = [&](std::uint64_t word) {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  };
  const auto load = [&](std::size_t from, std::size_t bytes) {
    std::uint64_t word = 0;
    for (std::size_t b = 0; b < bytes; ++b) {
      word |= std::uint64_t{static_cast<unsigned char>(id[from + b])} << (8 * b);
    }
    return word;
  };
  std::size_t at = 0;
  for (; at + 8 <= id.size(); at += 8) absorb(load(at, 8));
  absorb(load(at, id.size() - at) | (static_cast<std::uint64_t>(id.size()) << 56));
  v2 ^= 0xff;
  for (int k = 0; k < 4; ++k) round();
  return v0 ^ v1 ^ v2 ^ v3;
}

} // namespace commonweal::inline v0::engine
