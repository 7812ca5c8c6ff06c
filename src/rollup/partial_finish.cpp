// SPDX-License-Identifier: Apache-2.0
// Partial rollups: the figures, from sums of groups and marks of cells.
#include <cmath>
#include <limits>

#include <commonweal/rollup/detail/engine_input.hpp>
#include <commonweal/rollup/detail/make_figures.hpp>

#include "rollup/partial_state.hpp"

namespace commonweal::inline v0 {
namespace {

using detail::cell_kind;
using detail::cell_need;

/// Answers as the sources of rollup() do, to the bit, from what the partial holds.
class partial_provider {
 public:
  partial_provider(const detail::rollup_request& request, const partial_rollup::state& held)
      : request_(request), held_(held) {
    for (const auto& [i, reports] : held.reports) {
      auto& ever = ever_[i];
      ever.assign(held.line.size(), 0);
      for (const auto& [stretch, cells] : reports.cells)
        for (std::size_t k = 0; k < cells.size(); ++k)
          if (tells_of_reporting(cells[k])) ever[k / stretch_periods] = 1;
    }
  }

  void enter(const detail::rollup_target& target) { target_ = &target; }
  [[nodiscard]] const detail::rollup_target& target() const { return *target_; }
  [[nodiscard]] const detail::membership_timeline& who(frequency) { not_carried(); }
  template <class Observer>
  [[nodiscard]] detail::operator_result of(const detail::membership_timeline&, std::uint32_t,
                                           const detail::reported_indicator&, const detail::stages&,
                                           const detail::time_span&, Observer&&) {
    not_carried();
  }

  [[nodiscard]] detail::operator_result operator()(std::uint32_t indicator, const detail::stages& s,
                                                   const detail::time_span& w) {
    const detail::reported_indicator& e = request_.reported(indicator);
    const auto& d = e.definition();
    const auto range = detail::base_periods(w, e.base());
    check_carried(d, s, range.end - range.begin == 1);
    detail::operator_result out;
    out.base_periods = range.empty() ? 0 : range.end - range.begin;
    auto all = over({indicator, s.need}, e, range, s.of_groups(), out);
    if (detail::passes_lone_value(out, [&] { return single(indicator, e.base(), range, s.need); })) return out;
    if (all.count == 0) return out;
    if (detail::bounds_people(d, s)) out.lower = all.max;
    detail::cell_value single_value;
    if (s.of_groups().from == detail::made_of::one) {
      const auto own = own_value(indicator, e.base(), range);
      if (own) all.count = 1;
      single_value.value = own.value_or(all.value);
      all.best = &single_value;
    }
    if (s.of_groups().from == detail::made_of::values) all.values = values({indicator, s.need}, e, range.begin);
    if (s.of_groups().from == detail::made_of::values && std::ssize(all.values) != all.count) lacks_a_value();
    out.made = detail::finish(s.of_groups(), all, out.result);
    return out;
  }

 private:
  /// Sums of one stretch, and the reports behind them by [position][period].
  struct view {
    std::vector<std::uint32_t> position_of;  ///< by group
    const detail::cell_sums* sums = nullptr; ///< null where nothing came
    std::vector<std::uint32_t> expected, suppressed, incomplete;
    std::vector<std::vector<double>> values; ///< for operators that need them all
  };

  [[noreturn]] static void not_carried() {
    throw error(error_code::invalid_argument,
                "a partial rollup does not carry formulas that are computed for each reporter; take a whole rollup");
  }

  [[noreturn]] static void lacks_a_value() {
    throw error(error_code::invalid_data, "the partial rollup lacks a value that its marks speak of");
  }
  [[nodiscard]] detail::totals over(const figure_key& key, const detail::reported_indicator& e,
                                    detail::ordinal_range range, const detail::stage& what,
                                    detail::operator_result& out) {
    detail::cell_adder all(range.end - range.begin > 1 || key.need == cell_need::weight);
    for (std::int32_t t = range.begin; t < range.end;) {
      const std::int32_t stretch = stretch_of(t);
      const std::int32_t stop = std::min(range.end, (stretch + 1) * stretch_periods);
      const view& v = view_of(key, e, stretch);
      const std::uint32_t position = v.position_of[target_->groups.front()];
      for (; t < stop; ++t) {
        const std::int32_t place = t - stretch * stretch_periods;
        const std::size_t i = std::size_t{position} * stretch_periods + static_cast<std::size_t>(place);
        if (!v.expected.empty()) out.expected += v.expected[i];
        if (!v.suppressed.empty()) out.suppressed += v.suppressed[i];
        if (!v.incomplete.empty()) out.incomplete += v.incomplete[i];
        if (v.sums != nullptr) all.add(*v.sums, position, place);
      }
    }
    out.reported = all.count();
    return all.of(what);
  }

  /// The values of the target in one base period.
  [[nodiscard]] std::span<const double> values(const figure_key& key, const detail::reported_indicator& e,
                                               std::int32_t t) {
    const std::int32_t stretch = stretch_of(t);
    const view& v = view_of(key, e, stretch);
    const std::uint32_t position = v.position_of[target_->groups.front()];
    return v.values[std::size_t{position} * stretch_periods + static_cast<std::size_t>(t - stretch * stretch_periods)];
  }
  const view& view_of(const figure_key& key, const detail::reported_indicator& e, std::int32_t stretch) {
    auto& slot = views_[{key, stretch}];
    if (!slot) slot = std::make_unique<view>(make_view(key, e, stretch));
    return *slot;
  }
  static void find_values(const reports_of& reports, std::int32_t stretch, const stretch_plan& way, view& v) {
    v.values.resize(std::size_t{way.plan.groups()} * stretch_periods);
    for (const auto& k : reports.kept) {
      if (stretch_of(k.when) != stretch) continue;
      const std::int32_t place = k.when - stretch * stretch_periods;
      way.paths.visit(k.reporter, place, [&](std::uint32_t position) {
        v.values[std::size_t{position} * stretch_periods + static_cast<std::size_t>(place)].push_back(k.value);
      });
    }
  }
  [[nodiscard]] view make_view(const figure_key& key, const detail::reported_indicator& e, std::int32_t stretch) {
    view v;
    // Of a stretch in which nothing came, the plan serves but once.
    std::unique_ptr<stretch_plan> own;
    const auto there_is = held_.plans.find({e.base(), stretch});
    if (there_is == held_.plans.end()) own = held_.make_plan(e.base(), stretch);
    const stretch_plan& way = own ? *own : *there_is->second;
    const auto positions = way.plan.position_of();
    v.position_of.assign(positions.begin(), positions.end());
    const auto& sums = held_.sums.at(key);
    if (const auto there = sums.find(stretch); there != sums.end()) v.sums = &there->second;
    const auto& reports = held_.reports.at(key.indicator);
    const auto cells = reports.cells.find(stretch);
    const auto& ever = ever_.at(key.indicator);
    // Where `reports` edges name the indicator, they say who owes a report; else whoever ever reported it.
    const bool by_edges =
        !request_.net().edges(edge_kind::reports).in(request_.net().vertex(indicator_id{key.indicator})).empty();
    detail::report_counter expected, suppressed, incomplete;
    for (std::uint32_t r = 0; r < held_.line.size(); ++r) {
      const std::uint8_t* marks =
          cells == reports.cells.end() ? nullptr : cells->second.data() + std::size_t{r} * stretch_periods;
      if (ever[r] == 0 && !(by_edges && e.concerns(r))) continue;
      for (std::int32_t place = 0; place < stretch_periods; ++place) {
        const auto kind = kind_of(marks == nullptr ? std::uint8_t{0} : marks[place], key.need);
        if (kind == cell_kind::not_expected) continue;
        if (kind == cell_kind::missing && by_edges && !e.is_due(r, stretch * stretch_periods + place)) continue;
        expected.add(r, place);
        if (kind == cell_kind::suppressed) suppressed.add(r, place);
        if (kind == cell_kind::incomplete) incomplete.add(r, place);
      }
    }
    v.expected = expected.counts(way.plan);
    v.suppressed = suppressed.counts(way.plan);
    v.incomplete = incomplete.counts(way.plan);
    if (detail::rules_of(e.definition().over_groups).from == detail::made_of::values)
      find_values(reports, stretch, way, v);
    return v;
  }
  /// Of a stretch in which something came.
  [[nodiscard]] const stretch_plan& plan(frequency base, std::int32_t stretch) const {
    return *held_.plans.at({base, stretch});
  }

  /// The one value in the range that lacks the parts its operator needs.
  [[nodiscard]] double single(std::uint32_t indicator, frequency base, detail::ordinal_range range, cell_need need) {
    const auto& reports = held_.reports.at(indicator);
    for (const auto& k : reports.kept) {
      if (!range.contains(k.when)) continue;
      const std::int32_t stretch = stretch_of(k.when);
      const std::int32_t place = k.when - stretch * stretch_periods;
      const auto cells = reports.cells.find(stretch);
      if (cells == reports.cells.end() ||
          kind_of(cells->second[std::size_t{k.reporter} * stretch_periods + static_cast<std::size_t>(place)], need) !=
              cell_kind::incomplete)
        continue;
      const stretch_plan& way = plan(base, stretch);
      const std::uint32_t position = way.plan.position_of()[target_->groups.front()];
      bool inside = false;
      way.paths.visit(k.reporter, place, [&](std::uint32_t p) { inside = inside || p == position; });
      if (inside) return k.value;
    }
    lacks_a_value();
  }
  /// What the group itself reported in the one period of the range, where the group exists.
  [[nodiscard]] std::optional<double> own_value(std::uint32_t indicator, frequency base, detail::ordinal_range range) {
    const auto& kept = held_.reports.at(indicator).kept;
    const kept_value wanted{target_->own, range.begin, 0};
    const auto at = std::lower_bound(kept.begin(), kept.end(), wanted);
    if (target_->own == detail::nobody || at == kept.end() || wanted < *at) return std::nullopt;
    const std::int32_t stretch = stretch_of(range.begin);
    const stretch_plan& way = plan(base, stretch);
    const std::uint32_t position = way.plan.position_of()[target_->groups.front()];
    bool inside = false;
    way.paths.visit(target_->own, range.begin - stretch * stretch_periods,
                    [&](std::uint32_t p) { inside = inside || p == position; });
    return inside ? std::optional(at->value) : std::nullopt;
  }

  const detail::rollup_request& request_;
  const partial_rollup::state& held_;
  const detail::rollup_target* target_ = nullptr;
  std::map<std::uint32_t, std::vector<std::uint8_t>> ever_;
  std::map<std::pair<figure_key, std::int32_t>, std::unique_ptr<view>> views_;
};

} // namespace

namespace {

/// What the parts have, as a request that `make(request, shape, source, meter, passes, rows)` answers.
template <class Make>
auto finished(const partial_rollup::state& s, const std::function<bool(double)>& told, Make make) {
  rollup_options options = s.options;
  options.progress = told;
  // Panels without rows say which periods there are, and at what frequency; the source says the rest.
  measures known;
  known.indicators = s.data->indicators;
  for (const auto& [i, reports] : s.reports) {
    if (!reports.base) continue;
    panel p;
    p.indicator = indicator_id{i};
    p.breakdown = options.breakdown;
    p.first = {*reports.base, reports.first};
    p.value.resize(0, reports.last - reports.first + 1);
    known.panels.push_back(std::move(p));
  }
  const detail::rollup_request request(*s.net, known, options);
  const figure_shape shape = detail::shape_of(request);
  const std::size_t rows = detail::rows_of(request, shape, shape.targets.size(), [&] {
    std::size_t given = 0;
    for (const auto& [i, reports] : s.reports) given += reports.given;
    return given;
  });
  detail::progress_meter meter(options.progress);
  partial_provider source(request, s);
  return make(request, shape, source, meter, std::size_t{0}, rows);
}

} // namespace

table partial_rollup::finish(const std::function<bool(double)>& told) const {
  return finished(*state_, told, [](auto&&... of) { return detail::rows_from(of...); });
}
figure_cube partial_rollup::figures(const std::function<bool(double)>& told) const {
  return finished(*state_, told, [](auto&&... of) { return detail::cube_of(of...); });
}

} // namespace commonweal::inline v0
