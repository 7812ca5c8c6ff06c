// SPDX-License-Identifier: Apache-2.0
// What somebody who mistyped a word may have meant.
#include "cli/suggest.hpp"

#include <algorithm>
#include <utility>

namespace commonweal::inline v0::cli {
namespace {

std::string folded(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '_' || c == ' ') c = '-';
  }
  return out;
}

std::size_t distance_of_folded(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

} // namespace

std::size_t typing_distance(std::string_view a, std::string_view b) { return distance_of_folded(folded(a), folded(b)); }

std::vector<std::string> near_matches(std::string_view wanted, const std::vector<std::string>& candidates,
                                      std::size_t at_most) {
  const std::string key = folded(wanted);
  const std::size_t allowed = std::max<std::size_t>(1, key.size() / 3);
  std::vector<std::pair<std::size_t, const std::string*>> near;
  for (const auto& candidate : candidates) {
    const std::string other = folded(candidate);
    const std::size_t longer = std::max(key.size(), other.size());
    const std::size_t shorter = std::min(key.size(), other.size());
    const bool part = shorter >= 3 && (other.find(key) != std::string::npos || key.find(other) != std::string::npos);
    if (part) near.emplace_back(longer - shorter == 0 ? 0 : 1, &candidate);
    else if (longer - shorter <= allowed && longer < 200)
      if (const auto d = distance_of_folded(key, other); d <= allowed) near.emplace_back(d, &candidate);
  }
  std::sort(near.begin(), near.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first, std::string_view(*a.second)) < std::pair(b.first, std::string_view(*b.second));
  });
  std::vector<std::string> out;
  for (const auto& [distance, candidate] : near) {
    if (out.size() == at_most) break;
    out.push_back(*candidate);
  }
  return out;
}

std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& candidates) {
  const auto near = near_matches(wanted, candidates);
  std::string out;
  for (std::size_t i = 0; i < near.size(); ++i)
    out += (i == 0 ? "Did you mean " : i + 1 == near.size() ? " or " : ", ") + near[i];
  return out.empty() ? out : out + "?";
}

} // namespace commonweal::inline v0::cli
