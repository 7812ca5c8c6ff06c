// SPDX-License-Identifier: Apache-2.0
// What somebody who mistyped a word may have meant: bounded, whatever the number of words there are.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/core/enum_text.hpp>

namespace commonweal::inline v0 {

namespace detail {

/// Longer words are not compared: nobody mistypes one.
inline constexpr std::size_t longest_suggested = 200;

/// The word in lower case, blanks and underscores as hyphens; false, with nothing done, where it is too long.
inline bool fold_word(std::string_view word, std::string& to) {
  if (word.size() > longest_suggested) return false;
  to.assign(word);
  for (char& c : to) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '_' || c == ' ') c = '-';
  }
  return true;
}

/// The optimal string alignment distance of two folded words, or `most` + 1 where it is larger. Counts its steps.
/// O(length x most).
inline std::size_t folded_distance(std::string_view a, std::string_view b, std::size_t most, std::size_t& steps) {
  const auto is_same = [&](std::size_t i, std::size_t j) { return a[i - 1] == b[j - 1]; };
  while (!a.empty() && !b.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
  while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
  if (a.size() < b.size()) std::swap(a, b);
  const std::size_t far = most + 1;
  if (a.size() - b.size() > most) return far;
  std::array<std::array<std::size_t, longest_suggested + 2>, 3> rows; // before the last, last, now
  auto *before = rows[0].data(), *last = rows[1].data(), *now = rows[2].data();
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    // Only cells as near to the diagonal as the distance may be; beside them it is too far.
    const std::size_t from = i > most ? i - most : 1, to = std::min(b.size(), i + most);
    now[from - 1] = from == 1 ? i : far;
    std::size_t least = now[from - 1];
    for (std::size_t j = from; j <= to; ++j) {
      const std::size_t above = j + 1 > i + most ? far : last[j]; // which was outside the band a row ago
      now[j] = std::min({above + 1, now[j - 1] + 1, last[j - 1] + (is_same(i, j) ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
      least = std::min(least, now[j]);
    }
    steps += to + 1 - std::min(from, to);
    if (least > most) return far;
    std::swap(before, last);
    std::swap(last, now);
  }
  return std::min(last[b.size()], far);
}

} // namespace detail

/// Number of letters to add, drop, replace or swap with their neighbor to turn one word into the other (optimal
/// string alignment distance), upper and lower case alike, and blank, hyphen and underscore. Of words up to 200 bytes:
/// longer ones have the length of the longer as their distance. O(length x length).
[[nodiscard]] inline std::size_t typing_distance(std::string_view a, std::string_view b) {
  const std::size_t longer = std::max(a.size(), b.size());
  std::string x, y;
  std::size_t steps = 0;
  if (!detail::fold_word(a, x) || !detail::fold_word(b, y)) return a == b ? 0 : longer;
  return detail::folded_distance(x, y, longer, steps);
}

/// Collects the words nearest to a mistyped one: those that differ by few letters (a third of the word, and one at
/// least), or that hold it as a part. Keeps the best ones only, and stops measuring distances after a fixed amount of
/// work (a few tenths of a second), so that it may be shown every id of a network. Words over 200 bytes are never near.
class nearest_words {
 public:
  explicit nearest_words(std::string_view wanted, std::size_t at_most = 3) : at_most_(at_most) {
    if (!detail::fold_word(wanted, key_)) key_.clear();
    allowed_ = std::max<std::size_t>(1, key_.size() / 3);
  }

  /// `answer` is given where the word is near; the word itself when left out. O(length of the word).
  void consider(std::string_view word) { consider(word, word); }
  void consider(std::string_view word, std::string_view answer) {
    if (key_.empty() || at_most_ == 0 || !detail::fold_word(word, other_)) return;
    const std::size_t longer = std::max(key_.size(), other_.size());
    const std::size_t shorter = std::min(key_.size(), other_.size());
    const bool part =
        shorter >= 3 && (other_.find(key_) != std::string::npos || key_.find(other_) != std::string::npos);
    if (part) return keep(longer - shorter == 0 ? 0 : 1, word, answer);
    const std::size_t allowed = found_.size() < at_most_ ? allowed_ : found_.back().distance;
    if (longer - shorter > allowed || steps_ > most_steps) return;
    if (const auto d = detail::folded_distance(key_, other_, allowed, steps_); d <= allowed) keep(d, word, answer);
  }

  /// Best first; words that are equally near in their order as text.
  [[nodiscard]] std::vector<std::string> found() const {
    std::vector<std::string> out;
    for (const auto& f : found_) out.push_back(f.answer);
    return out;
  }
  /// "Did you mean x, y or z?", or a blank where nothing is near.
  [[nodiscard]] std::string question() const {
    std::string out;
    for (std::size_t i = 0; i < found_.size(); ++i)
      out += (i == 0 ? "Did you mean " : i + 1 == found_.size() ? " or " : ", ") + found_[i].answer;
    return out.empty() ? out : out + "?";
  }

 private:
  struct near_word {
    std::size_t distance;
    std::string word, answer;
  };
  static constexpr std::size_t most_steps = 50'000'000;

  void keep(std::size_t distance, std::string_view word, std::string_view answer) {
    const auto before = [&](const near_word& f) {
      return f.distance != distance ? f.distance < distance : f.word < word;
    };
    const auto at = std::find_if_not(found_.begin(), found_.end(), before);
    if (at == found_.end() && found_.size() == at_most_) return;
    if (at != found_.end() && at->word == word && at->answer == answer) return;
    found_.insert(at, {distance, std::string(word), std::string(answer)});
    if (found_.size() > at_most_) found_.pop_back();
  }

  std::string key_, other_; // folded
  std::size_t at_most_, allowed_ = 1, steps_ = 0;
  std::vector<near_word> found_; // best first
};

/// The words nearest to `wanted`, best first. `words`: a range of what converts to std::string_view.
template <class Words>
[[nodiscard]] std::vector<std::string> near_matches(std::string_view wanted, const Words& words,
                                                    std::size_t at_most = 3) {
  nearest_words near(wanted, at_most);
  for (const auto& word : words) near.consider(word);
  return near.found();
}

/// "Did you mean x or y?", or a blank where nothing is near.
template <class Words>
[[nodiscard]] std::string did_you_mean(std::string_view wanted, const Words& words) {
  nearest_words near(wanted);
  for (const auto& word : words) near.consider(word);
  return near.question();
}

/// The message, and the hint as a sentence of its own where there is one.
[[nodiscard]] inline std::string with_hint(std::string message, std::string_view hint) {
  return hint.empty() ? message : message.append(". ").append(hint);
}

/// "fortnite is none of: day, week, month. Did you mean month?": a word that a list does not have.
template <named_enum E>
[[nodiscard]] std::string unknown_word(std::string_view word) {
  return with_hint(std::string(word) + " is none of: " + list_of_names<E>(), did_you_mean(word, enum_names<E>::values));
}

} // namespace commonweal::inline v0
