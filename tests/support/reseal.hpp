// SPDX-License-Identifier: Apache-2.0
// An attacker's envelope: makes the hashes of altered bytes right again, so that the decoder has to defend itself.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include <commonweal/bytes/envelope.hpp>

namespace commonweal::samples {

/// Recomputes every hash that the header has a place for. Believes the lengths as far as they lie within the bytes, and
/// does nothing to bytes too short to have a header.
inline void reseal(std::vector<std::byte>& file) {
  const auto load = [&file](std::size_t at, auto& value) { std::memcpy(&value, file.data() + at, sizeof(value)); };
  const auto store = [&file](std::size_t at, std::uint64_t value) { std::memcpy(file.data() + at, &value, 8); };
  if (file.size() < 40) return;
  std::uint32_t header = 0;
  std::uint32_t count = 0;
  load(16, header);
  load(20, count);
  if (count > 64 || header != 40 + 24 * count || header > file.size()) return;
  std::size_t at = header;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint64_t length = 0;
    load(32 + 24 * i + 8, length);
    if (length > file.size() - at) return;
    const auto content = std::span<const std::byte>(file).subspan(at, static_cast<std::size_t>(length));
    store(32 + 24 * i + 16, content_hash(content));
    at += content.size();
  }
  store(header - 8, content_hash(std::span<const std::byte>(file).first(header - 8)));
}

} // namespace commonweal::samples
