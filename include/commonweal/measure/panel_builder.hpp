// SPDX-License-Identifier: Apache-2.0
// Gathers observations, in any order, straight into panels: no table of texts in between.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/core/error.hpp>
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
/// A panel may be sparse up to a limit, which is a matter of all its observations together: see too_sparse().
///
/// Memory: 12 bytes a cell of the panels, 8 more for each further part, up to a quarter more while columns are added,
/// and never more than some hundred bytes an observation beyond what one in 32 given cells takes; growth and finish()
/// work in place. One owner; not thread-safe.
class panel_builder {
  using series_key = std::pair<indicator_id, std::string>;

 public:
  enum class outcome : std::uint8_t {
    stored,
    repeated,        ///< the cell holds exactly this already; nothing changed
    conflicting,     ///< the cell holds something else; nothing changed
    other_frequency, ///< the panel has periods of another frequency; nothing changed
  };
  struct answer {
    outcome what = outcome::stored;
    std::uint32_t first = 0;  ///< number of the observation that is in the way, or that opened the panel
    commonweal::period other; ///< for other_frequency: the first period of that observation's panel
  };

  /// O(1) amortized, but for columns added out of order. REQUIRES: number > 0; values finite or NaN.
  answer add(const observation& o, std::uint32_t number) { return add(series_of(o.indicator, o.breakdown), o, number); }
  /// The series of an indicator and a breakdown, for whoever adds many observations to it; good until the end.
  using series = detail::series_draft;
  [[nodiscard]] series& series_of(indicator_id indicator, std::string_view breakdown) {
    if (last_ != nullptr && last_key_->first == indicator && last_key_->second == breakdown) return *last_;
    const std::pair<indicator_id, std::string_view> wanted(indicator, breakdown);
    auto it = series_.find(wanted);
    if (it == series_.end()) it = series_.try_emplace(series_key(indicator, std::string(breakdown))).first;
    last_ = &it->second;
    last_key_ = &it->first;
    return *last_;
  }
  /// REQUIRES: the series of `o`.
  answer add(series& s, const observation& o, std::uint32_t number) {
    const auto outcome_of = [](detail::series_draft::verdict v) { return static_cast<outcome>(v); };
    const auto r = s.add(o.reporter, o.period, {o.value, o.numerator, o.denominator}, o.state, number);
    return {outcome_of(r.what), r.first, s.first_seen()};
  }

  /// A series whose panel would be almost all blanks, and the observations that make it so.
  struct sparse_series {
    indicator_id indicator;
    std::string breakdown;
    std::size_t given = 0; ///< cells, of the `cells` that the panel would have
    std::size_t cells = 0;
    detail::series_draft::stragglers far; ///< those whose periods lie far from the median of all
  };
  /// The series whose panel, reporters x periods from the first to the last, has more than 4,194,304 cells and less
  /// than one in 32 given; and, where all panels of less than one in 32 have more than 16,777,216 cells and 512 for
  /// each cell given to the builder, the emptiest of them, until the rest fits. The same whatever the order of
  /// observations.
  [[nodiscard]] std::vector<sparse_series> too_sparse() {
    std::vector<std::pair<const series_key, detail::series_draft>*> thin;
    std::size_t given = 0, cells = 0;
    for (auto& s : series_) {
      given += s.second.size();
      if (s.second.cells() > dense_cells(s.second.size())) thin.push_back(&s);
    }
    std::vector<sparse_series> out;
    std::erase_if(thin, [&](auto* s) {
      if (s->second.cells() <= cells_alone) {
        cells += s->second.cells();
        return false;
      }
      out.push_back(sparse(*s, [](std::size_t size) { return std::max(cells_alone, dense_cells(size)); }));
      return true;
    });
    std::stable_sort(thin.begin(), thin.end(), [](const auto* a, const auto* b) { // at most 2^22 cells each
      return a->second.cells() * b->second.size() > b->second.cells() * a->second.size();
    });
    for (auto* s : thin) {
      if (cells <= cells_together + 512 * given) break;
      cells -= s->second.cells();
      out.push_back(sparse(*s, dense_cells));
    }
    return out;
  }

  /// The panels, sorted by (indicator, breakdown), rows by reporter, columns from the first period given to the last.
  /// The builder is empty afterwards. Throws invalid_data (too_sparse) where too_sparse() names a series.
  [[nodiscard]] std::vector<panel> finish() {
    if (const auto refused = too_sparse(); !refused.empty()) {
      diagnostic d;
      d.code = "too_sparse";
      d.field = "period";
      d.message = refused.front().far.when.to_string() + " lies so far from the other periods of its indicator (" +
                  refused.front().far.median.to_string() + ") that the panel would be almost all blanks";
      throw error(error_code::invalid_data, std::move(d));
    }
    std::vector<panel> out;
    for (auto& [key, draft] : series_) out.push_back(panel_of(key, draft));
    clear();
    return out;
  }

  /// The same cells in panels that say nothing of the whole, for whoever only goes through cells: a series that is too
  /// sparse for one panel comes in several, those after the first of at most `span` periods, from a multiple of it on.
  [[nodiscard]] std::vector<panel> finish_in_pieces(std::int32_t span) {
    std::vector<panel> out;
    for (auto& [key, draft] : series_) {
      auto others = draft.split_aside(span);
      out.push_back(panel_of(key, draft));
      for (auto& o : others) out.push_back(panel_of(key, o));
    }
    clear();
    return out;
  }

 private:
  struct by_key {
    using is_transparent = void;
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return a.first != b.first ? a.first < b.first : std::string_view(a.second) < std::string_view(b.second);
    }
  };

  // Of a sparse panel, and of all of them.
  static constexpr std::size_t cells_alone = std::size_t{1} << 22;
  static constexpr std::size_t cells_together = std::size_t{1} << 24;
  [[nodiscard]] static constexpr std::size_t dense_cells(std::size_t given) { return 32 * given; }
  template <class Limit>
  [[nodiscard]] static sparse_series sparse(std::pair<const series_key, detail::series_draft>& s, Limit limit) {
    return {s.first.first, s.first.second, s.second.size(), s.second.cells(), s.second.far_away(limit)};
  }
  [[nodiscard]] static panel panel_of(const series_key& key, detail::series_draft& draft) {
    panel p;
    p.indicator = key.first;
    p.breakdown = key.second;
    draft.move_into(p);
    return p;
  }
  void clear() {
    last_ = nullptr;
    series_.clear();
  }

  std::map<series_key, detail::series_draft, by_key> series_;
  detail::series_draft* last_ = nullptr;
  const series_key* last_key_ = nullptr;
};

} // namespace commonweal::inline v0
