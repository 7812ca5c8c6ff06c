// SPDX-License-Identifier: Apache-2.0
// Which row of which file each node or edge came from, in a few bytes a batch.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace commonweal::inline v0::detail {

struct place {
  std::string file;
  std::int64_t row = -1;

  /// "row 7 of member_of.csv", "row 7" within `same`, or "the builder" for what was added by a call.
  [[nodiscard]] std::string to_string(const std::string& same = {}) const {
    if (row < 0) return "a call of the builder";
    return "row " + std::to_string(row) + (file == same ? "" : " of " + file);
  }
};

class origins {
 public:
  /// Items `first_item`, first_item + 1, ... came from rows `row`, row + 1, ... of `file`; row -1: from no file.
  void add(std::size_t first_item, const std::string& file, std::int64_t row) {
    if (!runs_.empty()) {
      const auto& last = runs_.back();
      const auto next = last.row < 0 ? -1 : last.row + static_cast<std::int64_t>(first_item - last.first_item);
      if (files_[last.file] == file && next == row) return;
    }
    if (files_.empty() || files_.back() != file) files_.push_back(file);
    runs_.push_back({first_item, files_.size() - 1, row});
  }
  [[nodiscard]] place of(std::size_t item) const {
    auto it = std::upper_bound(runs_.begin(), runs_.end(), item,
                               [](std::size_t i, const run& r) { return i < r.first_item; });
    if (it == runs_.begin()) return {};
    --it;
    if (it->row < 0) return {files_[it->file], -1};
    return {files_[it->file], it->row + static_cast<std::int64_t>(item - it->first_item)};
  }

 private:
  struct run {
    std::size_t first_item;
    std::size_t file;
    std::int64_t row;
  };
  std::vector<run> runs_;
  std::vector<std::string> files_;
};

} // namespace commonweal::inline v0::detail
