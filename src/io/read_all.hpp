// SPDX-License-Identifier: Apache-2.0
// A stream to its end, where want of memory is an exception: `<< rdbuf()` takes it for the end.
#pragma once

#include <cstddef>
#include <istream>
#include <string>

namespace commonweal::inline v0::detail {

/// At most `limit` bytes and a little more: whoever has a limit looks whether the result is longer.
[[nodiscard]] inline std::string read_all(std::istream& in, std::size_t limit = static_cast<std::size_t>(-1) >> 1) {
  std::string content;
  for (std::size_t step = 1 << 16; in && content.size() <= limit;) {
    const std::size_t before = content.size();
    content.resize(before + step);
    in.read(content.data() + before, static_cast<std::streamsize>(step));
    content.resize(before + static_cast<std::size_t>(in.gcount()));
  }
  return content;
}

} // namespace commonweal::inline v0::detail
