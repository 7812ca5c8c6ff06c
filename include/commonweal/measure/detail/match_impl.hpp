// SPDX-License-Identifier: Apache-2.0
// Bodies of measure/harmonize.hpp: how alike two names are.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <unordered_map>
#include <utility>

#include <commonweal/core/linkage.hpp>
#include <commonweal/measure/harmonize.hpp>

namespace commonweal::inline v0 {

namespace detail {

/// Words of a name in lower case: letters, digits and bytes beyond ASCII; all else parts them, and so does a change
/// from lower to upper case.
[[nodiscard]] inline std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> out(1);
  bool lower_before = false;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool part =
        upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if ((!part || (upper && lower_before)) && !out.back().empty()) out.emplace_back();
    if (part) out.back() += upper ? static_cast<char>(c - 'A' + 'a') : c;
    lower_before = c >= 'a' && c <= 'z';
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

[[nodiscard]] inline std::string without_ending(std::string word) {
  const auto ends = [&](std::string_view e) {
    return word.size() > e.size() + 2 && word.compare(word.size() - e.size(), e.size(), e) == 0;
  };
  for (const std::string_view e : {"ings", "ing", "ies", "ed", "es", "s", "y"})
    if (ends(e)) return word.substr(0, word.size() - e.size());
  return word;
}

/// A name made ready for comparing: sorted sets.
struct name_shape {
  std::vector<std::uint32_t> trigrams;
  std::vector<std::string> words;

  explicit name_shape(std::string_view name) {
    static constexpr std::array<std::string_view, 16> little = {
        "a", "an", "and", "at", "by", "for", "from", "in", "no", "number", "of", "on", "per", "the", "to", "with"};
    for (const auto& w : words_of(name)) {
      const std::string padded = "  " + w + " ";
      for (std::size_t i = 0; i + 3 <= padded.size(); ++i)
        trigrams.push_back(static_cast<std::uint32_t>(static_cast<unsigned char>(padded[i])) << 16 |
                           static_cast<std::uint32_t>(static_cast<unsigned char>(padded[i + 1])) << 8 |
                           static_cast<std::uint32_t>(static_cast<unsigned char>(padded[i + 2])));
      if (std::find(little.begin(), little.end(), w) == little.end()) words.push_back(without_ending(w));
    }
    const auto as_set = [](auto& v) {
      std::sort(v.begin(), v.end());
      v.erase(std::unique(v.begin(), v.end()), v.end());
    };
    as_set(trigrams);
    as_set(words);
  }
};

/// Dice's coefficient of two sorted sets: twice what they share over what they hold; 0 where both are empty.
template <class Set>
[[nodiscard]] double dice(const Set& a, const Set& b) {
  std::size_t shared = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i < *j) ++i;
    else if (*j < *i) ++j;
    else ++shared, ++i, ++j;
  }
  return a.size() + b.size() == 0 ? 0.0 : 2.0 * static_cast<double>(shared) / static_cast<double>(a.size() + b.size());
}

/// Units that are the same are written the same after this.
[[nodiscard]] inline std::string plain_unit(std::string_view unit) {
  if (unit == "%") return "percent";
  if (unit == "$") return "usd";
  std::string out;
  for (const auto& w : words_of(unit))
    out += (out.empty() ? "" : " ") + (w == "persons" || w == "person" ? "people" : without_ending(w));
  return out == "per cent" ? "percent" : out;
}

} // namespace detail

COMMONWEAL_BODY table suggest_matches(std::span<const local_measure> local,
                                      std::span<const indicator_definition> shared, const match_options& options) {
  if (!(options.least_score >= 0.0 && options.least_score <= 1.0))
    throw error(error_code::invalid_argument, "least_score is a share from 0 to 1");
  table out({{"local", column_type::utf8},
             {"name", column_type::utf8},
             {"rank", column_type::int64},
             {"indicator", column_type::utf8},
             {"score", column_type::float64},
             {"trigrams", column_type::float64},
             {"words", column_type::float64},
             {"unit", column_type::utf8}});
  struct shared_measure {
    detail::name_shape by_name, by_id;
    std::string unit;
  };
  std::vector<shared_measure> targets;
  for (const auto& d : shared)
    targets.push_back(
        {detail::name_shape(d.name.empty() ? d.id : d.name), detail::name_shape(d.id), detail::plain_unit(d.unit)});
  struct candidate {
    std::size_t at;
    double score, trigrams, words;
    std::string_view unit;
  };
  std::vector<candidate> found;
  for (const auto& l : local) {
    const std::string& name = l.name.empty() ? l.id : l.name;
    const detail::name_shape shape(name);
    const std::string unit = detail::plain_unit(l.unit);
    found.clear();
    for (std::size_t i = 0; i < targets.size(); ++i) {
      candidate best{i, -1, 0, 0, "unknown"};
      if (!unit.empty() && !targets[i].unit.empty()) best.unit = unit == targets[i].unit ? "same" : "different";
      for (const auto* t : {&targets[i].by_name, &targets[i].by_id}) {
        const double trigrams = detail::dice(shape.trigrams, t->trigrams);
        const double words = detail::dice(shape.words, t->words);
        const double score = (trigrams + words) / 2.0 * (best.unit == "different" ? 0.6 : 1.0);
        if (score > best.score) best = {i, score, trigrams, words, best.unit};
      }
      if (best.score > 0 && best.score >= options.least_score) found.push_back(best);
    }
    std::sort(found.begin(), found.end(), [&](const candidate& a, const candidate& b) {
      return a.score != b.score ? a.score > b.score : shared[a.at].id < shared[b.at].id;
    });
    for (std::size_t k = 0; k < std::min(found.size(), options.most); ++k) {
      const auto& c = found[k];
      out.append_row({std::string_view(l.id), std::string_view(name), static_cast<std::int64_t>(k + 1),
                      std::string_view(shared[c.at].id), c.score, c.trigrams, c.words, c.unit});
    }
  }
  return out;
}

} // namespace commonweal::inline v0
