// SPDX-License-Identifier: Apache-2.0
// One line on standard error that says how far long work is.
#pragma once

#include <chrono>
#include <string_view>

#include <commonweal/load.hpp>

namespace commonweal::inline v0::cli {

/// Silent when standard error is not a terminal and during the first second; erased when work ends.
///
/// The callbacks it hands out refer to it and may not outlive it.
class progress_line {
 public:
  progress_line();
  ~progress_line() { erase(); }
  progress_line(const progress_line&) = delete;
  progress_line& operator=(const progress_line&) = delete;

  [[nodiscard]] progress callback() {
    return [this](double share, std::string_view doing) {
      show(share, doing);
      return true;
    };
  }
  void erase();

 private:
  using clock = std::chrono::steady_clock;
  void show(double share, std::string_view doing);

  bool enabled_;
  bool shown_ = false;
  clock::time_point next_;
};

} // namespace commonweal::inline v0::cli
