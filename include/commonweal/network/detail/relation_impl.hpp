// SPDX-License-Identifier: Apache-2.0
// Bodies of relation.hpp: counting sorts and the dictionary of intervals.
#pragma once

#include <algorithm>
#include <bit>
#include <unordered_map>
#include <utility>

#include <commonweal/core/linkage.hpp>
#include <commonweal/network/relation.hpp>

namespace commonweal::inline v0 {

COMMONWEAL_BODY relation::row_offsets relation::offsets_of(std::span<const vertex_index> ends) {
  row_offsets out;
  if (ends.empty()) return out;
  const auto [low, high] = std::ranges::minmax(ends);
  out.first = low;
  out.offsets.assign(std::size_t{high} - low + 2, 0);
  for (const auto v : ends) ++out.offsets[v - low + 1];
  for (std::size_t i = 1; i < out.offsets.size(); ++i) out.offsets[i] += out.offsets[i - 1];
  return out;
}

COMMONWEAL_BODY relation::relation(edge_rows rows)
    : from_(std::move(rows.from)), to_(std::move(rows.to)), out_(offsets_of(from_)), in_(offsets_of(to_)),
      attributes_(std::move(rows.attributes)) {
  in_rows_.resize(to_.size());
  auto next = in_.offsets;
  for (row_index r = 0; r < to_.size(); ++r) in_rows_[next[to_[r] - in_.first]++] = r;
  encode(std::move(rows.validity));
}

COMMONWEAL_BODY void relation::encode(std::vector<interval> validity) {
  if (std::ranges::all_of(validity, [](const interval& i) { return i.is_always(); })) return;
  // Few edges gain nothing from a dictionary; many edges mostly share few dates.
  constexpr std::size_t limit = 65'536;
  std::unordered_map<std::uint64_t, std::uint16_t> code_of;
  std::uint64_t last_key = 0;
  std::uint16_t last_code = 0;
  codes_.reserve(validity.size());
  for (const auto& span : validity) {
    const auto key = (std::uint64_t{static_cast<std::uint32_t>(span.start.days_since_1970())} << 32) |
                     static_cast<std::uint32_t>(span.end.days_since_1970());
    if (codes_.empty() || key != last_key) {
      const auto [it, fresh] = code_of.try_emplace(key, static_cast<std::uint16_t>(intervals_.size()));
      if (fresh && intervals_.size() == limit) {
        codes_ = {};
        intervals_ = std::move(validity);
        intervals_.shrink_to_fit();
        return;
      }
      if (fresh) intervals_.push_back(span);
      last_key = key;
      last_code = it->second;
    }
    codes_.push_back(last_code);
  }
  intervals_.shrink_to_fit();
}

COMMONWEAL_BODY std::size_t relation::structure_bytes() const {
  return from_.capacity() * sizeof(vertex_index) + to_.capacity() * sizeof(vertex_index) +
         (out_.offsets.capacity() + in_.offsets.capacity() + in_rows_.capacity()) * sizeof(row_index) +
         intervals_.capacity() * sizeof(interval) + codes_.capacity() * sizeof(std::uint16_t);
}

COMMONWEAL_BODY edge_rows relation::rows() const {
  edge_rows out{from_, to_, {}, attributes_};
  if (!has_validity()) return out;
  out.validity.reserve(size());
  for (row_index r = 0; r < size(); ++r) out.validity.push_back(validity(r));
  return out;
}

} // namespace commonweal::inline v0
