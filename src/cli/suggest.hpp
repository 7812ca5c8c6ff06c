// SPDX-License-Identifier: Apache-2.0
// What somebody who mistyped a word may have meant.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace commonweal::inline v0::cli {

/// Number of letters to add, drop, replace or swap with their neighbor to turn one word into the other (optimal
/// string alignment distance), upper and lower case alike. O(length x length).
[[nodiscard]] std::size_t typing_distance(std::string_view a, std::string_view b);

/// The candidates nearest to `wanted`, best first: those that differ by few letters, or that hold it as a part.
[[nodiscard]] std::vector<std::string> near_matches(std::string_view wanted, const std::vector<std::string>& candidates,
                                                    std::size_t at_most = 3);

/// "Did you mean x or y?", or a blank where nothing comes near.
[[nodiscard]] std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& candidates);

} // namespace commonweal::inline v0::cli
