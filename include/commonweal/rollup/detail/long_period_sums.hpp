// SPDX-License-Identifier: Apache-2.0
// What each reporter makes of its base periods inside a longer period, added up over all groups at once.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <commonweal/rollup/detail/indicator_sums.hpp>
#include <commonweal/rollup/detail/progress.hpp>
#include <commonweal/rollup/detail/request.hpp>

namespace commonweal::inline v0::detail {

/// The longer periods of one frequency that lie wholly inside the periods of a history, and a plan over them. A path of
/// the cascade is in force in a longer period where it is in its first base period; where a path begins or ends in the
/// middle, the plan does not hold, and `holds` says so.
class long_period_plan {
 public:
  /// `base` is the plan's own cascade, over the base periods of the history from `first` on.
  long_period_plan(engine::cascade base, frequency of_base, std::int32_t first, frequency of) : of_(of) {
    const ordinal_range clip{first, first + base.periods};
    first_ = period(of_base, first).coarsen(of)->ordinal();
    while (base_periods(time_span(of, first_, first_), of_base).begin < clip.begin) ++first_;
    for (std::int32_t o = first_;; ++o) {
      const auto range = base_periods(time_span(of, o, o), of_base);
      if (range.end > clip.end) break;
      begins_.push_back(range.begin - first);
    }
    if (!begins_.empty()) ends_at_ = base_periods(time_span(of, last(), last()), of_base).end - first;
    changes_.assign(begins_.size(), false);
    const auto coarse = [&](engine::index_range r) {
      r = engine::intersect(r, {0, base.periods});
      if (r.empty()) return engine::index_range{0, 0};
      note_change(r.begin);
      note_change(r.end);
      return engine::index_range{index_from(r.begin), index_from(r.end)};
    };
    for (auto& e : base.parts) e.in_force = coarse(e.in_force);
    for (auto& m : base.members) m.in_force = coarse(m.in_force);
    for (auto& r : base.open) r = coarse(r);
    base.periods = static_cast<std::int32_t>(begins_.size());
    plan_.emplace(base);
  }

  [[nodiscard]] const engine::plan& plan() const { return *plan_; }
  [[nodiscard]] frequency of() const { return of_; }
  [[nodiscard]] std::int32_t first() const { return first_; }
  [[nodiscard]] std::int32_t last() const { return first_ + static_cast<std::int32_t>(begins_.size()) - 1; }
  /// Whether nobody comes or goes inside that period.
  [[nodiscard]] bool holds(std::int32_t ordinal) const {
    return ordinal >= first_ && ordinal <= last() && !changes_[static_cast<std::size_t>(ordinal - first_)];
  }

 private:
  // The first longer period that begins at a base period of the plan or after it.
  [[nodiscard]] std::int32_t index_from(std::int32_t at) const {
    return static_cast<std::int32_t>(std::lower_bound(begins_.begin(), begins_.end(), at) - begins_.begin());
  }
  void note_change(std::int32_t at) {
    const std::int32_t next = index_from(at);
    const bool begins_here =
        next < static_cast<std::int32_t>(begins_.size()) && begins_[static_cast<std::size_t>(next)] == at;
    if (next == 0 || begins_here || at >= ends_at_) return;
    changes_[static_cast<std::size_t>(next) - 1] = true;
  }

  frequency of_;
  std::int32_t first_ = 0, ends_at_ = 0;
  std::vector<std::int32_t> begins_; ///< base period of the plan, by longer period
  std::vector<bool> changes_;
  std::optional<engine::plan> plan_;
};

/// Whether the operator over groups can work on sums, counts and extremes of what the one over time made of each
/// reporter.
[[nodiscard]] inline bool adds_up_by_long_period(const indicator_definition& d, const stages& s) {
  if (!s.time_first || s.need != cell_need::value || d.kind == indicator_kind::ratio) return false;
  const bool one_value = s.inner.from != made_of::squares && !rules_of(s.inner.op).may_refuse;
  const bool merges = s.outer.from != made_of::one && s.outer.from != made_of::values;
  return one_value && merges && !continues(s.outer, s.inner); // exact sums go on into a sum or a mean
}

/// Reads what each reporter made of each longer period, and adds it up. Nothing where the sums cannot be formed.
[[nodiscard]] inline std::optional<indicator_figures> read_long_periods(const rollup_request& request,
                                                                        const long_period_plan& windows,
                                                                        const reported_indicator& e, const stages& s,
                                                                        const id_order& ids, progress_meter& meter) {
  const engine::plan& plan = windows.plan();
  const bool carry = request.options().missing == missing_policy::carry_forward;
  const auto& filter = request.filter();
  const auto size = static_cast<std::size_t>(plan.periods());
  std::vector<double> made(std::size_t{plan.reporters()} * size, not_a_value);
  accumulator over_time(s.inner, ids);
  engine::extent seen;
  for (std::size_t k = 0; k < size; ++k) {
    progress_meter::check(meter.within_pass(0.5 * static_cast<double>(k) / static_cast<double>(size)));
    const auto ordinal = windows.first() + static_cast<std::int32_t>(k);
    if (!windows.holds(ordinal)) continue;
    const auto range = base_periods(time_span(windows.of(), ordinal, ordinal), e.base());
    std::vector<std::int32_t> periods;
    for (std::int32_t t = range.begin; t < range.end; ++t)
      if (filter.passes_all() || filter.passes({e.base(), t})) periods.push_back(t);
    if (periods.empty()) continue;
    const std::int32_t earliest = earliest_used(e.definition(), s.over_time, range.begin, periods.back());
    for (std::uint32_t r = 0; r < plan.reporters(); ++r) {
      if (!e.concerns(r)) continue;
      over_time.reset();
      for (const std::int32_t t : periods) {
        cell_value a;
        const auto kind = e.read(r, t, s.need, a);
        const bool carried = kind == cell_kind::missing && carry && e.is_due(r, t) && e.carried(r, t, s.need, a);
        if ((kind == cell_kind::usable || carried) && t >= earliest) over_time.take(a);
      }
      cell_value a;
      const auto outcome_here = over_time.finish(a);
      if (outcome_here == outcome::nothing) continue;
      if (outcome_here != outcome::value) return std::nullopt;
      made[r * size + k] = a.value;
      seen.include(a.value);
    }
  }
  auto sums = std::make_shared<indicator_sums>(plan);
  sums->exact_squares = has_exact_squares(seen.largest, seen.lowest);
  const auto& where = request.options().where;
  const auto add_up = [&](engine::partial& to, const std::vector<double>& values) {
    engine::period_blocks data(plan);
    data.fill({values.data(), size}, engine::kernels_in_use(), where);
    to.update(data, engine::kernels_in_use(), where);
  };
  add_up(sums->value, made);
  if (s.outer.from == made_of::squares) {
    if (!sums->exact_squares) return std::nullopt;
    auto square = made, rest = made;
    for (std::size_t i = 0; i < made.size(); ++i) {
      square[i] = made[i] * made[i];
      rest[i] = std::fma(made[i], made[i], -square[i]);
    }
    add_up(sums->square.emplace(plan), square);
    add_up(sums->square_rest.emplace(plan), rest);
  }
  return indicator_figures(plan, windows.of(), windows.first(), std::move(sums), {});
}

/// The aggregate of a group over one longer period. `reports` has the base periods, for the reports behind it.
[[nodiscard]] inline operator_result answer_long_period(const indicator_figures& made, const indicator_figures& reports,
                                                        const indicator_definition& d, const stages& s,
                                                        std::uint32_t group, const time_span& w, frequency base,
                                                        const period_filter& filter, const id_order& ids) {
  operator_result out;
  const auto range = base_periods(w, base);
  double lone = not_a_value;
  (void)reports.over(group, range, filter, s.outer, out, lone);
  out.base_periods = counted_periods(range, base, filter).count;
  if (passes_lone_value(out, [&] { return lone; })) return out;
  auto all = made.at(group, w.first, s.need);
  if (bounds_people(d, s) && all.count != 0 && rules_of(s.over_time).bounded_by_parts) out.lower = all.max;
  const accumulator over_groups(s.outer, ids, std::move(all));
  out.made = over_groups.finish(out.result);
  return out;
}

} // namespace commonweal::inline v0::detail
