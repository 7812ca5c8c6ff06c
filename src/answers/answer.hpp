// SPDX-License-Identifier: Apache-2.0
// An answer: rows, and the sentences that say in words what they hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/core/error.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/load.hpp>

#include "answers/option.hpp"

namespace commonweal::inline v0::answers {

/// A sentence about a row and those after it, up to the next one with a sentence.
struct sentence {
  std::size_t row = 0;
  std::string about; ///< the series; blank where it is about the whole table
  std::string text;
};

struct answer {
  table rows;
  std::vector<sentence> readings{}; ///< by row
};

/// The rows with one more column, `reading` utf8: the sentence in its row, null elsewhere; several of one row follow
/// one another. As they are where they have that column.
[[nodiscard]] table with_readings(answer made);

[[noreturn]] void refuse(const std::string& why);

/// How a question is asked, whatever it is.
struct asked {
  option_style style = option_style::library;
  bool sentences = true; ///< readings are wanted
  progress tell = {};
};

/// Tells now and then. Throws error_code::cancelled where the answer is to stop.
class teller {
 public:
  explicit teller(progress tell) : tell_(std::move(tell)) {}
  void operator()(double share, std::string_view doing) const {
    if (tell_ && !tell_(share, doing)) throw error(error_code::cancelled, "stopped as asked");
  }
  /// For a rollup that is the first part of the work, up to `share` of it.
  [[nodiscard]] std::function<bool(double)> up_to(double share) const {
    if (!tell_) return {};
    return [this, share](double done) { return tell_(share * done, "rolling up"); };
  }

 private:
  progress tell_;
};

} // namespace commonweal::inline v0::answers
