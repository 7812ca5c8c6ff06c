// SPDX-License-Identifier: Apache-2.0
// The options of a rollup resolved against a network and its measures: groups, indicators, formulas, windows.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/core/error.hpp>
#include <commonweal/measure/formula.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/network/named_node.hpp>
#include <commonweal/rollup/detail/membership_timeline.hpp>
#include <commonweal/rollup/detail/reported_indicator.hpp>
#include <commonweal/rollup/detail/time_span.hpp>
#include <commonweal/rollup/options.hpp>

namespace commonweal::inline v0::detail {

/// What rows are about: one group, or a union of several.
struct rollup_target {
  std::string id;
  std::vector<std::uint32_t> groups;
  std::uint32_t own = nobody; ///< the group's own reporter; nobody for a union
  std::uint32_t place = 0;    ///< the group; unions follow the groups of the network
};

/// One indicator of the result: its periods, all of one frequency; none where `last` is before `first`.
struct rollup_series {
  std::uint32_t indicator = 0;
  frequency every{};
  std::int32_t first = 0;
  std::int32_t last = -1;
};

/// Everything that is the same for all figures of one call. Throws invalid_argument for options that cannot be met,
/// invalid_data for formulas that cannot be computed.
class rollup_request {
 public:
  rollup_request(const network& net, const measures& data, const rollup_options& options)
      : net_(net), data_(data), options_(options), line_(net), filter_(options.only, options.within),
        formulas_(data.indicators.size()), bases_(data.indicators.size()), reported_(data.indicators.size()) {
    check_numbers();
    find_targets();
    find_indicators();
    for (const auto i : indicators_) compile(i);
    refuse_cycles();
    for (const auto i : indicators_) check_policy(i);
    for (const auto i : indicators_) series_.push_back(make_series(i));
    place_silent_indicators();
    for (const auto& s : series_) check_frequencies(s);
    build_structure();
  }

  [[nodiscard]] const network& net() const { return net_; }
  [[nodiscard]] const rollup_options& options() const { return options_; }
  [[nodiscard]] const reporter_line& line() const { return line_; }
  [[nodiscard]] const period_filter& filter() const { return filter_; }
  [[nodiscard]] std::span<const rollup_target> targets() const { return targets_; }
  [[nodiscard]] std::span<const rollup_series> series() const { return series_; }
  [[nodiscard]] const indicator_definition& definition(std::uint32_t i) const { return data_.indicators[i]; }
  /// Null for a reported indicator.
  [[nodiscard]] const formula* formula_of(std::uint32_t i) const { return formulas_[i] ? &*formulas_[i] : nullptr; }
  /// REQUIRES: i is a reported indicator that the call needs.
  [[nodiscard]] const reported_indicator& reported(std::uint32_t i) const { return *reported_[i]; }
  /// How many reported indicators the call needs.
  [[nodiscard]] std::size_t reported_count() const {
    return static_cast<std::size_t>(
        std::count_if(reported_.begin(), reported_.end(), [](const auto& e) { return e != nullptr; }));
  }
  /// Whether a reporter reports, or owes, any of them; false for most groups, which report nothing of their own.
  [[nodiscard]] bool concerns(std::uint32_t reporter) const {
    return std::any_of(reported_.begin(), reported_.end(),
                       [reporter](const auto& e) { return e != nullptr && e->concerns(reporter); });
  }
  /// Cells given for them. O(cells of their panels).
  [[nodiscard]] std::size_t reports() const {
    std::size_t n = 0;
    for (const auto& e : reported_)
      if (e != nullptr && e->data() != nullptr) n += reported_cells(*e->data());
    return n;
  }
  [[nodiscard]] std::optional<frequency> base_of(std::uint32_t i) const { return bases_[i]; }
  [[nodiscard]] const cascade_history& history(frequency base) const {
    return *histories_[static_cast<std::size_t>(base)];
  }
  [[nodiscard]] force_rule in_force(frequency base) const {
    return {base, options_.membership, options_.as_of, clip(base)};
  }
  /// False where a window leaves the years 1 to 9999, in which nothing can have been reported.
  [[nodiscard]] static bool in_calendar(const time_span& w) {
    constexpr std::array<double, 5> per_year = {365.2425, 52.1775, 12, 4, 1};
    const double n = per_year[static_cast<std::size_t>(w.of)];
    return w.first / n > -1968 && w.last / n < 8028;
  }

 private:
  [[noreturn]] static void refuse(const std::string& why) { throw error(error_code::invalid_argument, why); }

  void check_numbers() const {
    if (!(options_.minimum_coverage >= 0 && options_.minimum_coverage <= 1))
      refuse("minimum_coverage is a share from 0 to 1");
    if (!(options_.adjustment >= 0) || std::isinf(options_.adjustment)) refuse("adjustment is a number from 0 upward");
    if (options_.as_of && !options_.as_of->is_bounded()) refuse("as_of is a day of the calendar");
  }

  [[nodiscard]] std::uint32_t group_named(std::string_view id) const {
    return node_named(net_, node_kind::group, id).index;
  }

  void find_targets() {
    std::vector<std::uint32_t> wanted;
    for (const auto& id : options_.groups) wanted.push_back(group_named(id));
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    if (options_.groups.empty() && options_.unions.empty())
      for (std::uint32_t g = 0; g < line_.groups; ++g) wanted.push_back(g);
    for (const auto g : wanted)
      targets_.push_back({std::string(net_.id({node_kind::group, g})), {g}, line_.of_group(g), g});
    std::uint32_t unions = 0;
    for (const auto& u : options_.unions) {
      rollup_target t{u.id, {}, nobody, line_.groups + unions++};
      if (u.of.empty()) refuse("union " + u.id + " names no group");
      for (const auto& id : u.of) t.groups.push_back(group_named(id));
      targets_.push_back(std::move(t));
    }
  }

  void find_indicators() {
    const auto lookup = lookup_in(data_.indicators);
    for (const auto& id : options_.indicators) {
      const auto found = lookup(id);
      if (!found) refuse(no_such_node(net_, {node_kind::indicator}, id));
      indicators_.push_back(found->value);
    }
    std::sort(indicators_.begin(), indicators_.end());
    indicators_.erase(std::unique(indicators_.begin(), indicators_.end()), indicators_.end());
    if (options_.indicators.empty())
      for (std::uint32_t i = 0; i < data_.indicators.size(); ++i) indicators_.push_back(i);
  }

  // Parses the formula of i and of all it needs. A needed indicator without a formula is an reported indicator.
  void compile(std::uint32_t wanted) {
    if (references_.empty()) references_.resize(data_.indicators.size());
    if (compiled_.empty()) compiled_.resize(data_.indicators.size(), 0);
    std::vector<std::uint32_t> todo = {wanted};
    while (!todo.empty()) {
      const auto i = todo.back();
      todo.pop_back();
      if (compiled_[i] != 0) continue;
      compiled_[i] = 1;
      const auto& d = data_.indicators[i];
      if (d.formula.empty()) continue;
      if (!lookup_) lookup_ = lookup_in(data_.indicators);
      try {
        formulas_[i] = parse_formula(d.formula, lookup_);
      } catch (const error& e) {
        auto where = e.where();
        where.record = d.id;
        where.message = "indicator " + d.id + ": " + where.message;
        throw error(e.code(), std::move(where));
      }
      references_[i] = formulas_[i]->references();
      for (const auto r : references_[i]) todo.push_back(r.value);
    }
  }
  void refuse_cycles() const {
    if (references_.empty()) return;
    std::vector<std::uint8_t> done(references_.size(), 0);
    for (const auto i : indicators_) {
      const auto cycle = formula_cycle(i, references_, data_.indicators, done);
      if (cycle.empty()) continue;
      diagnostic d;
      d.code = "formula_circular";
      d.field = "formula";
      d.record = data_.indicators[i].id;
      d.message = "a formula may not need its own result: " + cycle;
      throw error(error_code::invalid_data, std::move(d));
    }
  }

  // The reported indicators that i needs, itself where it is one; each once.
  [[nodiscard]] std::vector<std::uint32_t> leaves(std::uint32_t i) const {
    std::vector<std::uint32_t> out;
    std::vector<std::uint8_t> seen(data_.indicators.size(), 0);
    std::vector<std::uint32_t> todo = {i};
    while (!todo.empty()) {
      const auto x = todo.back();
      todo.pop_back();
      if (seen[x] != 0) continue;
      seen[x] = 1;
      if (!formulas_[x]) out.push_back(x);
      else
        for (const auto r : references_[x]) todo.push_back(r.value);
    }
    return out;
  }

  void check_policy(std::uint32_t i) const {
    if (options_.missing != missing_policy::carry_forward) return;
    for (const auto x : leaves(i)) {
      const auto& d = data_.indicators[x];
      if (d.nature != nature::stock)
        refuse("carry_forward is for stocks; indicator " + d.id +
               " is a flow, and its last value says nothing of the period after; choose another policy or name the "
               "stocks");
    }
  }

  [[nodiscard]] const panel* panel_of(std::uint32_t i) const { return data_.find(indicator_id{i}, options_.breakdown); }

  // The frequency in which figures of i can be formed: the coarsest of what it needs; none where nothing was reported.
  [[nodiscard]] std::optional<frequency> own_frequency(std::uint32_t i) const {
    std::optional<frequency> base;
    std::uint32_t by = 0;
    for (const auto x : leaves(i)) {
      const auto* p = panel_of(x);
      if (p == nullptr) continue;
      const auto f = p->first.freq();
      if (base && !nests(f, *base) && !nests(*base, f))
        refuse("indicator " + definition(i).id + " needs " + definition(x).id + ", reported by " +
               std::string(to_string(f)) + ", and " + definition(by).id + ", reported by " +
               std::string(to_string(*base)) + "; neither nests in the other");
      if (!base || nests(*base, f)) {
        base = f;
        by = x;
      }
    }
    return base;
  }

  [[nodiscard]] rollup_series make_series(std::uint32_t i) {
    rollup_series s;
    s.indicator = i;
    const auto own = own_frequency(i);
    if (options_.every) s.every = *options_.every;
    else if (own) s.every = *own;
    else if (options_.from) s.every = options_.from->freq();
    else return s; // never reported, and nothing says over which periods
    bases_[i] = own.value_or(s.every);
    std::optional<std::int32_t> first;
    std::optional<std::int32_t> last;
    for (const auto x : leaves(i)) {
      const auto* p = panel_of(x);
      if (p == nullptr || p->periods() == 0) continue;
      check_nesting(x, p->first.freq(), s.every);
      const auto a = p->first.coarsen(s.every)->ordinal();
      const auto b = p->at(p->periods() - 1).coarsen(s.every)->ordinal();
      first = first ? std::min(*first, a) : a;
      last = last ? std::max(*last, b) : b;
    }
    if (options_.from) first = edge_of_range(*options_.from, s.every, false);
    if (options_.to) last = edge_of_range(*options_.to, s.every, true);
    if (first && last) {
      s.first = *first;
      s.last = *last;
    }
    return s;
  }
  // The first or last period of frequency f that a named period holds or lies in.
  [[nodiscard]] static std::int32_t edge_of_range(period p, frequency f, bool at_end) {
    if (const auto whole = p.coarsen(f)) return whole->ordinal();
    if (!nests(f, p.freq()))
      refuse("period " + p.to_string() + " cannot bound figures by " + std::string(to_string(f)));
    return at_end ? first_inside(p.plus(1), f).ordinal() - 1 : first_inside(p, f).ordinal();
  }
  void check_nesting(std::uint32_t x, frequency base, frequency every) const {
    if (!nests(base, every))
      refuse("indicator " + definition(x).id + " is reported by " + std::string(to_string(base)) +
             " and has no figures by " + std::string(to_string(every)) +
             "; ask for a coarser period, or name the indicators wanted");
  }

  // Elements that nobody ever reported take the finest frequency in which they are asked for: one report a period.
  void place_silent_indicators() {
    for (const auto& s : series_) {
      if (s.last < s.first) continue;
      for (const auto x : leaves(s.indicator)) {
        if (const auto* p = panel_of(x)) bases_[x] = p->first.freq();
        else if (!bases_[x] || s.every < *bases_[x]) bases_[x] = s.every;
      }
      for (std::uint32_t x = 0; x < formulas_.size(); ++x)
        if (formulas_[x] && !bases_[x]) bases_[x] = own_frequency(x).value_or(s.every);
    }
  }
  void check_frequencies(const rollup_series& s) const {
    if (s.last < s.first) return;
    for (const auto x : leaves(s.indicator)) check_nesting(x, *bases_[x], s.every);
  }

  // How far a formula looks before and after a period, in places of that period, and whether to the year's start.
  struct reach {
    std::int64_t before = 0;
    std::int64_t after = 0;
    bool year = false;
  };
  [[nodiscard]] reach reach_of(std::uint32_t i, std::vector<std::optional<reach>>& known) const {
    if (!formulas_[i]) return {};
    if (known[i]) return *known[i];
    std::vector<reach> at(formulas_[i]->nodes.size());
    for (std::size_t k = 0; k < at.size(); ++k) {
      const auto& n = formulas_[i]->nodes[k];
      const auto join = [&](const reach& r) {
        at[k] = {std::min(at[k].before, r.before), std::max(at[k].after, r.after), at[k].year || r.year};
      };
      if (n.indicator.valid()) join(reach_of(n.indicator.value, known));
      for (const auto a : n.arguments) join(at[a]);
      if (n.step == formula_step::offset) {
        at[k].before = std::max<std::int64_t>(at[k].before + std::min(n.periods, 0), -4'000'000);
        at[k].after = std::min<std::int64_t>(at[k].after + std::max(n.periods, 0), 4'000'000);
      }
      if (n.step == formula_step::year_to_date) at[k].year = true;
    }
    known[i] = at.back();
    return at.back();
  }

  void build_structure() {
    std::vector<std::optional<reach>> known(formulas_.size());
    for (const auto& s : series_) {
      if (s.last < s.first) continue;
      const auto r = reach_of(s.indicator, known);
      time_span earliest(s.every, s.first, s.first);
      time_span latest(s.every, s.last, s.last);
      if (const auto w = earliest.plus(static_cast<std::int32_t>(r.before)); in_calendar(w)) earliest = w;
      else earliest = time_span(s.every, period::containing(first_day_, s.every).ordinal(), 0);
      if (const auto w = latest.plus(static_cast<std::int32_t>(r.after)); in_calendar(w)) latest = w;
      else latest = time_span(s.every, 0, period::containing(last_day_, s.every).ordinal());
      days_.start = std::min(days_.start, period{s.every, earliest.first}.first_day().plus_days(r.year ? -372 : 0));
      days_.end = std::max(days_.end, period{s.every, latest.last}.last_day());
    }
    for (const auto& s : series_) {
      if (s.last < s.first) continue;
      for (const auto x : leaves(s.indicator)) {
        if (reported_[x]) continue;
        const auto base = *bases_[x];
        auto& history = histories_[static_cast<std::size_t>(base)];
        if (!history) history = std::make_unique<cascade_history>(net_, in_force(base));
        reported_[x] = std::make_unique<reported_indicator>(net_, line_, definition(x), indicator_id{x}, panel_of(x),
                                                            base, in_force(base));
      }
    }
  }
  [[nodiscard]] ordinal_range clip(frequency f) const {
    return {period::containing(days_.start, f).ordinal() - 1, period::containing(days_.end, f).ordinal() + 2};
  }

  // Beyond these no formula looks; a year short of the calendar on either side.
  static inline const date first_day_ = *date::from_ymd(2, 1, 1);
  static inline const date last_day_ = *date::from_ymd(9998, 1, 1);

  const network& net_;
  const measures& data_;
  const rollup_options& options_;
  reporter_line line_;
  period_filter filter_;
  std::vector<rollup_target> targets_;
  std::vector<std::uint32_t> indicators_;
  std::vector<rollup_series> series_;
  indicator_lookup lookup_;
  std::vector<std::uint8_t> compiled_;
  std::vector<std::vector<indicator_id>> references_;
  std::vector<std::optional<formula>> formulas_;
  std::vector<std::optional<frequency>> bases_;
  std::vector<std::unique_ptr<reported_indicator>> reported_;
  std::array<std::unique_ptr<cascade_history>, enum_names<frequency>::values.size()> histories_;
  interval days_{date::highest(), date::lowest()};
};

} // namespace commonweal::inline v0::detail
