// SPDX-License-Identifier: Apache-2.0
// Periods of text, each read once as long as it stays among the last ones.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include <commonweal/core/values.hpp>

namespace commonweal::inline v0::detail {

class period_memo {
 public:
  [[nodiscard]] read_value<period> operator()(std::string_view text) {
    std::array<std::uint64_t, 2> key{0, text.size()}; // at most ten letters
    if (text.empty() || text.size() > 10) return read_period(text);
    std::memcpy(&key[0], text.data(), std::min<std::size_t>(8, text.size()));
    if (text.size() > 8) {
      std::uint64_t rest = 0;
      std::memcpy(&rest, text.data() + 8, text.size() - 8);
      key[1] |= rest << 8;
    }
    entry& e = last_[((key[0] ^ (key[1] << 20)) * 0x9e3779b97f4a7c15U) >> 54];
    if (e.key == key) return {e.value};
    const auto read = read_period(text);
    if (read.fault == value_fault::none) e = {key, read.value};
    return read;
  }

 private:
  struct entry {
    std::array<std::uint64_t, 2> key{};
    period value;
  };
  std::vector<entry> last_ = std::vector<entry>(1024);
};

} // namespace commonweal::inline v0::detail
