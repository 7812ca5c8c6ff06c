// SPDX-License-Identifier: Apache-2.0
// Gathers observations, in any order, straight into panels: no table of texts in between.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/measure/detail/series_draft.hpp>
#include <commonweal/measure/panel.hpp>

namespace commonweal::inline v0 {

/// One report: a value or its parts for one reporter and period; NaN where not given.
struct observation {
  indicator_id indicator;
  std::string_view breakdown; ///< blank for the total
  node_ref reporter;
  commonweal::period period;
  double value = missing_value;
  double numerator = missing_value;
  double denominator = missing_value;
  cell_state state = cell_state::reported;
};

/// Builds the panels of an initiative.
///
/// Each observation is told by a number of the caller's, from 1 to 2^32 - 1 and different for each: where two
/// observations meet in a cell, the answer names the first, so that a diagnostic can name both rows.
///
/// Memory: 8 bytes a cell and part given, 4 bytes a cell for the numbers, up to a quarter more while columns are added;
/// growth and finish() work in place. One owner; not thread-safe.
class panel_builder {
 public:
  enum class outcome : std::uint8_t {
    stored,
    repeated,        ///< the cell holds exactly this already; nothing changed
    conflicting,     ///< the cell holds something else; nothing changed
    other_frequency, ///< the panel has periods of another frequency; nothing changed
    too_sparse,      ///< one more row or column would make a panel of almost nothing but blanks; nothing changed
  };
  struct answer {
    outcome what = outcome::stored;
    std::uint32_t first = 0;  ///< number of the observation that is in the way, or that opened the panel
    commonweal::period other; ///< for other_frequency and too_sparse: the first period of that observation's panel
  };

  /// O(1) amortized, but for columns added out of order. REQUIRES: number > 0; values finite or NaN.
  answer add(const observation& o, std::uint32_t number) {
    detail::series_draft& s = find(o);
    const auto outcome_of = [](detail::series_draft::verdict v) { return static_cast<outcome>(v); };
    const auto r = s.add(o.reporter, o.period, {o.value, o.numerator, o.denominator}, o.state, number);
    return {outcome_of(r.what), r.first, s.first_seen()};
  }

  /// The panels, sorted by (indicator, breakdown), rows by reporter, columns from the first period given to the last.
  /// The builder is empty afterwards.
  [[nodiscard]] std::vector<panel> finish() {
    std::vector<panel> out;
    last_ = nullptr;
    for (auto& [key, draft] : series_) {
      panel p;
      p.indicator = key.first;
      p.breakdown = key.second;
      draft.move_into(p);
      out.push_back(std::move(p));
    }
    series_.clear();
    return out;
  }

 private:
  using series_key = std::pair<indicator_id, std::string>;
  struct by_key {
    using is_transparent = void;
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return a.first != b.first ? a.first < b.first : std::string_view(a.second) < std::string_view(b.second);
    }
  };

  detail::series_draft& find(const observation& o) {
    if (last_ != nullptr && last_key_->first == o.indicator && last_key_->second == o.breakdown) return *last_;
    const std::pair<indicator_id, std::string_view> wanted(o.indicator, o.breakdown);
    auto it = series_.find(wanted);
    if (it == series_.end()) it = series_.try_emplace(series_key(o.indicator, std::string(o.breakdown))).first;
    last_ = &it->second;
    last_key_ = &it->first;
    return *last_;
  }

  std::map<series_key, detail::series_draft, by_key> series_;
  detail::series_draft* last_ = nullptr;
  const series_key* last_key_ = nullptr;
};

} // namespace commonweal::inline v0
