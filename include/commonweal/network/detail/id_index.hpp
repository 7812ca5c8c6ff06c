// SPDX-License-Identifier: Apache-2.0
// Finds a node by its id: an open-addressing hash table over strings that live elsewhere, eight bytes a slot.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/network/kinds.hpp>

namespace commonweal::inline v0::detail {

/// A node_ref in four bytes: the kind in the upper three bits. Kind 7 is free for other uses.
struct packed_ref {
  static constexpr std::uint32_t index_bits = 29;
  static constexpr std::uint32_t max_index = (1U << index_bits) - 1;
  static constexpr std::uint32_t pack(node_ref n) {
    return (static_cast<std::uint32_t>(n.kind) << index_bits) | n.index;
  }
  static constexpr node_ref unpack(std::uint32_t p) { return {static_cast<node_kind>(p >> index_bits), p & max_index}; }
};

/// The caller hands in `text_of(node_ref)`; the table keeps half of the hash beside the packed node, so a miss rarely
/// looks at a string. At most 3/4 full: between 10.7 and 21.4 bytes a node.
class id_index {
 public:
  /// The node of that id, if it is there.
  template <class TextOf>
  [[nodiscard]] std::optional<node_ref> find(std::string_view id, TextOf&& text_of) const {
    if (slots_.empty()) return std::nullopt;
    const auto hash = hash_of(id);
    for (std::size_t i = place(hash);; i = (i + 1) & (slots_.size() - 1)) {
      const auto slot = slots_[i];
      if (slot == vacant) return std::nullopt;
      if (slot >> 32 != hash) continue;
      const auto node = packed_ref::unpack(static_cast<std::uint32_t>(slot));
      if (text_of(node) == id) return node;
    }
  }

  /// Ids that warm() takes at a time.
  static constexpr std::size_t batch = 64;
  /// Asks the memory for all that find() will look at, for many ids at once, so that their waits overlap: the slots,
  /// then what `offsets_of(node)` points at, then the text. REQUIRES: at most `batch` ids.
  template <class OffsetsOf, class TextOf>
  void warm(std::span<const std::string_view> ids, OffsetsOf&& offsets_of, TextOf&& text_of) const {
    if (slots_.empty()) return;
    std::array<std::uint32_t, batch> hashes;
    std::array<std::uint64_t, batch> found;
    for (std::size_t n = 0; n < ids.size(); ++n) {
      hashes[n] = hash_of(ids[n]);
      __builtin_prefetch(&slots_[place(hashes[n])]);
    }
    for (std::size_t n = 0; n < ids.size(); ++n) {
      auto i = place(hashes[n]);
      while (slots_[i] != vacant && slots_[i] >> 32 != hashes[n]) i = (i + 1) & (slots_.size() - 1);
      found[n] = slots_[i];
      if (found[n] != vacant) __builtin_prefetch(offsets_of(packed_ref::unpack(static_cast<std::uint32_t>(found[n]))));
    }
    for (std::size_t n = 0; n < ids.size(); ++n)
      if (found[n] != vacant)
        __builtin_prefetch(text_of(packed_ref::unpack(static_cast<std::uint32_t>(found[n]))).data());
  }

  /// Adds `node` under `id`, or returns the node that has it already.
  template <class TextOf>
  std::optional<node_ref> insert(std::string_view id, node_ref node, TextOf&& text_of) {
    if (const auto there = find(id, text_of)) return there;
    if ((count_ + 1) * 4 > slots_.size() * 3) grow(slots_.empty() ? 16 : slots_.size() * 2);
    put((std::uint64_t{hash_of(id)} << 32) | packed_ref::pack(node));
    ++count_;
    return std::nullopt;
  }

  /// Room for `count` nodes in all.
  void reserve(std::size_t count) {
    const auto needed = std::bit_ceil(count + count / 3 + 1);
    if (needed > slots_.size()) grow(needed);
  }
  [[nodiscard]] std::size_t bytes() const { return slots_.capacity() * sizeof(std::uint64_t); }

 private:
  static constexpr std::uint64_t vacant = ~std::uint64_t{0}; // kind 7: no node packs to it

  static std::uint32_t hash_of(std::string_view id) {
    const std::uint64_t h = std::hash<std::string_view>{}(id);
    return static_cast<std::uint32_t>(h ^ (h >> 32));
  }
  [[nodiscard]] std::size_t place(std::uint32_t hash) const {
    return (std::uint64_t{hash} * 0x9e3779b97f4a7c15U >> 32) & (slots_.size() - 1);
  }
  void put(std::uint64_t slot) {
    std::size_t i = place(static_cast<std::uint32_t>(slot >> 32));
    while (slots_[i] != vacant) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = slot;
  }
  void grow(std::size_t size) {
    auto old = std::exchange(slots_, std::vector<std::uint64_t>(size, vacant));
    for (const auto slot : old)
      if (slot != vacant) put(slot);
  }

  std::vector<std::uint64_t> slots_;
  std::size_t count_ = 0;
};

} // namespace commonweal::inline v0::detail
