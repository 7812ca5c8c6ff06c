// SPDX-License-Identifier: Apache-2.0
// What the texts of a column stand for, found out once for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <commonweal/core/column.hpp>

namespace commonweal::inline v0::detail {

/// Of a coded column once for each code; of a plain one once as long as one text follows itself.
template <class T>
class text_memo {
 public:
  /// Begins anew with a column, or with none; borrows it.
  void begin(const column* of) {
    of_ = of;
    codes_ = of != nullptr && of->is_coded() ? of->codes() : std::span<const std::uint32_t>();
    last_ = {};
    by_code_.assign(is_coded() ? of->distinct().size() : 1, std::nullopt);
  }
  [[nodiscard]] bool knows(std::size_t row) const {
    return is_coded() ? by_code_[codes_[row]].has_value() : by_code_[0] && of_->text(row) == last_;
  }
  /// `find(text)` of the row. REQUIRES: a column that has it.
  template <class Find>
  const T& at(std::size_t row, Find find) {
    auto& known = by_code_[is_coded() ? codes_[row] : 0];
    if (!knows(row)) known = find(last_ = of_->text(row));
    return *known;
  }

 private:
  [[nodiscard]] bool is_coded() const { return !codes_.empty(); }
  const column* of_ = nullptr;
  std::span<const std::uint32_t> codes_;
  std::string_view last_;
  std::vector<std::optional<T>> by_code_; // of a plain column one, of the last text
};

} // namespace commonweal::inline v0::detail
