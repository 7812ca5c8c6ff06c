// SPDX-License-Identifier: Apache-2.0
// engine_source: aggregates of all groups at once, by the engine; what it cannot say, the reference does.
#pragma once

#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <commonweal/rollup/detail/evaluate.hpp>
#include <commonweal/rollup/detail/progress.hpp>
#include <commonweal/rollup/detail/request.hpp>
#include <commonweal/rollup/engine/partial.hpp>

namespace commonweal::inline v0::detail {

/// One reported indicator over all groups and base periods: exact sums, extremes, and counts of reports by state.
///
/// Sums are of values; of matched numerators and denominators; or of value x weight (rounded, with what the rounding
/// took off beside it) and weight.
class element_figures {
 public:
  element_figures(const rollup_request& request, const engine::plan& plan, const element& e, cell_need need,
                  progress_meter& meter)
      : plan_(&plan), first_(request.history(e.base()).clip().begin), value_(plan) {
    const auto reporters = request.line().size();
    const auto periods = static_cast<std::size_t>(plan.periods());
    std::vector<double> first(reporters * periods, not_a_value), second, rest;
    if (need != cell_need::value) second = first;
    std::vector<engine::expectation> expected, suppressed, incomplete;
    for (std::uint32_t r = 0; r < reporters; ++r) {
      if (r % 1024 == 0) progress_meter::check(meter.within_pass(0.5 * r / reporters));
      if (!e.concerns(r)) continue;
      for (std::int32_t t = 0; t < plan.periods(); ++t) {
        amount a;
        const cell_kind kind = e.read(r, first_ + t, need, a);
        if (kind == cell_kind::not_expected) continue;
        if (kind == cell_kind::missing && !e.is_due(r, first_ + t)) continue;
        note(expected, r, t);
        if (kind == cell_kind::suppressed) note(suppressed, r, t);
        if (kind == cell_kind::incomplete) note(incomplete, r, t);
        if (kind != cell_kind::usable) continue;
        const std::size_t i = r * periods + static_cast<std::size_t>(t);
        first[i] = need == cell_need::value ? a.value : a.numerator;
        if (need != cell_need::value) second[i] = a.denominator;
        if (std::isinf(first[i])) fits_ = false; // a product beyond the largest double
        if (a.rest != 0) {
          if (rest.empty()) rest.assign(first.size(), not_a_value);
          rest[i] = a.rest;
        }
      }
    }
    if (!fits_) return;
    const double part = 0.5 / (1.0 + (need != cell_need::value ? 1.0 : 0.0) + (rest.empty() ? 0.0 : 1.0));
    double from = 0.5;
    const auto add_up = [&](engine::partial& sums, const std::vector<double>& values) {
      sum_up(sums, values, request.options().where, [&](double share) { return meter.within_pass(from + part * share); });
      from += part;
    };
    add_up(value_, first);
    if (need != cell_need::value) add_up(other_.emplace(plan), second);
    if (!rest.empty()) add_up(rest_.emplace(plan), rest);
    expected_ = engine::expected_counts(plan, expected);
    if (!suppressed.empty()) suppressed_ = engine::expected_counts(plan, suppressed);
    if (!incomplete.empty()) incomplete_ = engine::expected_counts(plan, incomplete);
  }

  /// False where the sums cannot be formed; nothing else may be asked then.
  [[nodiscard]] bool fits() const { return fits_; }

  struct total {
    double value = 0, other = 0; ///< exact sums, rounded once
    std::int64_t count = 0;
    double min = std::numeric_limits<double>::infinity(), max = -min;
  };
  /// Adds up base periods of a group, and the reports behind them into `out`.
  [[nodiscard]] total over(std::uint32_t group, ordinal_range range, aggregate& out) const {
    total all;
    const std::uint32_t position = plan_->position_of()[group];
    range = range.intersect({first_, first_ + plan_->periods()});
    const bool several = range.end - range.begin > 1 || rest_;
    exact_sum value, other;
    for (std::int32_t t = range.begin - first_; t < range.end - first_; ++t) {
      const auto& c = value_.cell(position, t);
      const std::size_t i = position * static_cast<std::size_t>(plan_->periods()) + static_cast<std::size_t>(t);
      out.expected += expected_[i];
      if (!suppressed_.empty()) out.suppressed += suppressed_[i];
      if (!incomplete_.empty()) out.incomplete += incomplete_[i];
      if (c.count == 0) continue;
      all.count += c.count;
      all.min = std::fmin(all.min, c.min);
      all.max = std::fmax(all.max, c.max);
      if (!several) {
        all.value = value_.value(position, t);
        if (other_) all.other = other_->value(position, t);
        continue;
      }
      value.merge(value_.sum(position, t));
      if (other_) other.merge(other_->sum(position, t));
      if (rest_) value.merge(rest_->sum(position, t));
    }
    if (several) {
      all.value = value.value();
      all.other = other.value();
    }
    out.reported = all.count;
    return all;
  }

 private:
  // Neighbouring periods of one reporter join.
  static void note(std::vector<engine::expectation>& cells, std::uint32_t reporter, std::int32_t t) {
    if (!cells.empty() && cells.back().reporter == reporter && cells.back().periods.end == t) ++cells.back().periods.end;
    else cells.push_back({reporter, {t, t + 1}});
  }
  template <class Watch>
  void sum_up(engine::partial& sums, const std::vector<double>& values, const engine::executor& where, Watch watch) const {
    engine::planes data(*plan_);
    data.fill({values.data(), static_cast<std::size_t>(plan_->periods())}, engine::portable_kernels(),
              where.with([&](double share) { return watch(share / 2); }));
    sums.update(data, engine::portable_kernels(), where.with([&](double share) { return watch(0.5 + share / 2); }));
  }

  const engine::plan* plan_;
  std::int32_t first_; // ordinal of the plan's first period
  engine::partial value_;
  std::optional<engine::partial> other_, rest_;
  std::vector<std::uint32_t> expected_, suppressed_, incomplete_; // [position][period]
  bool fits_ = true;
};

/// Answers as reference_source does, to the bit. Sums of sums, ratios of sums, weighted means, and any plain operator
/// within one base period are taken from figures made for all groups in one pass; the rest goes to the reference.
class engine_source {
 public:
  engine_source(const rollup_request& request, progress_meter& meter)
      : request_(request), reference_(request), meter_(meter) {}

  void enter(const rollup_target& target) { reference_.enter(target); }
  [[nodiscard]] const presence& who(frequency base) { return reference_.who(base); }
  [[nodiscard]] const rollup_target& target() const { return reference_.target(); }

  [[nodiscard]] aggregate operator()(std::uint32_t indicator, const stages& s, const window& w) {
    const element& e = request_.element_of(indicator);
    const auto range = base_periods(w, e.base());
    if (can_answer(e, s, range)) {
      if (const element_figures* figures = figures_of(indicator, e, s.need)) {
        const aggregate a = answer(*figures, e, s, range);
        // A single value without its parts needs no operator: rare, and the reference's to find.
        if (a.reported != 0 || a.incomplete != 1) return a;
      }
    }
    return reference_(indicator, s, w);
  }
  template <class Observer>
  [[nodiscard]] aggregate of(const presence& among, std::uint32_t own, const element& e, const stages& s, const window& w,
                             Observer&& see) {
    return reference_.of(among, own, e, s, w, std::forward<Observer>(see));
  }

  /// Whether one pass over everything is worth its while: for few groups the reference looks at less.
  [[nodiscard]] static bool is_worth_it(const rollup_request& request) { return request.targets().size() > 4; }

 private:
  [[nodiscard]] bool can_answer(const element& e, const stages& s, ordinal_range range) const {
    using enum aggregate_operator;
    if (target().groups.size() != 1 || !request_.filter().passes_all()) return false;
    if (request_.options().missing == missing_policy::carry_forward) return false;
    if (adds_alike(s)) return true;
    if (s.need != cell_need::value || range.end - range.begin != 1) return false;
    // One base period: the operator over time has one value to work on, and passes it.
    const bool passes = s.over_time == sum || s.over_time == mean || s.over_time == min || s.over_time == max ||
                        s.over_time == first || s.over_time == last || s.over_time == none;
    const bool extreme = s.over_groups == min || s.over_groups == max;
    if (extreme && e.definition().kind == indicator_kind::ratio) return false; // it would keep the parts of its best cell
    return passes && (s.over_groups == sum || s.over_groups == mean || s.over_groups == count || extreme);
  }

  // A sum of sums, or a ratio of sums both ways: one sum over all cells.
  [[nodiscard]] static bool adds_alike(const stages& s) {
    return s.inner.op == s.outer.op && !s.outer.weighted &&
           (s.inner.op == aggregate_operator::sum || s.inner.op == aggregate_operator::ratio_of_sums);
  }

  [[nodiscard]] static aggregate answer(const element_figures& figures, const element& e, const stages& s,
                                        ordinal_range range, std::uint32_t group) {
    using enum aggregate_operator;
    aggregate out;
    const auto all = figures.over(group, range, out);
    out.base_periods = range.empty() ? 0 : range.end - range.begin;
    if (all.count == 0) return out;
    if (e.definition().counts_people && s.over_groups == sum) out.lower = all.max;
    out.made = outcome::value;
    amount& a = out.result;
    const double n = static_cast<double>(all.count);
    if (s.need != cell_need::value) {
      a.numerator = all.value;
      a.denominator = all.other;
      if (a.denominator == 0) {
        out.made = outcome::zero_denominator;
        return out;
      }
      a.value = s.outer.factor * a.numerator / a.denominator;
    } else {
      switch (s.over_groups) {
        case mean: a.value = all.value / n; break;
        case count: a.value = n; break;
        case min: a.value = all.min; break;
        case max: a.value = all.max; break;
        default: a.value = all.value; break;
      }
    }
    if (std::isinf(a.value) || std::isinf(a.numerator) || std::isinf(a.denominator)) {
      out.made = outcome::out_of_range;
      a = amount{};
    }
    a.value += 0.0;
    return out;
  }
  [[nodiscard]] aggregate answer(const element_figures& figures, const element& e, const stages& s,
                                 ordinal_range range) const {
    return answer(figures, e, s, range, target().groups.front());
  }

  [[nodiscard]] const element_figures* figures_of(std::uint32_t indicator, const element& e, cell_need need) {
    auto& slot = figures_[{indicator, need}];
    if (!slot) {
      slot.emplace();
      if (const engine::plan* plan = plan_of(e.base()); plan != nullptr && is_affordable(e, *plan)) {
        slot->emplace(request_, *plan, e, need, meter_);
        meter_.pass_done();
      }
    }
    return *slot && (*slot)->fits() ? &**slot : nullptr;
  }
  // A structure dated far beyond the data makes for a matrix that is mostly empty.
  [[nodiscard]] bool is_affordable(const element& e, const engine::plan& plan) const {
    if (e.data() == nullptr) return false;
    const auto cells = static_cast<std::size_t>(plan.periods()) * request_.line().size();
    return cells < (std::size_t{1} << 22) + 8 * static_cast<std::size_t>(e.data()->value.size());
  }

  [[nodiscard]] const engine::plan* plan_of(frequency base) {
    auto& plan = plans_[static_cast<std::size_t>(base)];
    if (!plan) plan = std::make_unique<engine::plan>(cascade_of(request_.history(base), request_.line()));
    return plan.get();
  }

  // Every group is a member of itself: it may report values of its own.
  [[nodiscard]] static engine::cascade cascade_of(const cascade_history& history, const reporter_line& line) {
    const auto clip = history.clip();
    const auto shifted = [&](ordinal_range r) {
      r = r.intersect(clip);
      return r.empty() ? engine::period_range{0, 0} : engine::period_range{r.begin - clip.begin, r.end - clip.begin};
    };
    engine::cascade c;
    c.groups = history.groups();
    c.reporters = line.size();
    c.periods = clip.end - clip.begin;
    for (std::uint32_t g = 0; g < c.groups; ++g) {
      c.open.push_back(shifted(history.open(g)));
      for (const auto& l : history.parts_of(g)) c.parts.push_back({l.from, g, shifted(l.in_force)});
      for (const auto& l : history.members_of(g)) c.members.push_back({l.from, g, shifted(l.in_force)});
      c.members.push_back({line.of_group(g), g, {}});
    }
    return c;
  }

  const rollup_request& request_;
  reference_source reference_;
  progress_meter& meter_;
  std::array<std::unique_ptr<engine::plan>, enum_names<frequency>::values.size()> plans_;
  std::map<std::pair<std::uint32_t, cell_need>, std::optional<std::optional<element_figures>>> figures_;
};

} // namespace commonweal::inline v0::detail
