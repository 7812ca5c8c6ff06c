// SPDX-License-Identifier: Apache-2.0
// Figures of one group: of reported indicators straight from their aggregate, of others by their formula.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <commonweal/rollup/detail/aggregator.hpp>
#include <commonweal/rollup/detail/apply_policy.hpp>
#include <commonweal/rollup/detail/people_counter.hpp>
#include <commonweal/rollup/detail/request.hpp>
#include <commonweal/rollup/figure.hpp>

namespace commonweal::inline v0::detail {

/// The seam between options and answers: gives the aggregate of a reported indicator over one target and window.
/// This one goes back to the definition; an engine may put another in its place and leave the rest as it is.
class reference_provider {
 public:
  explicit reference_provider(const rollup_request& request)
      : request_(request), aggregate_(id_order{&request.net(), request.line()}), people_(request) {}

  /// The target that the next questions are about.
  void enter(const rollup_target& target) {
    target_ = &target;
    for (auto& p : timelines_) p.reset();
  }
  [[nodiscard]] const membership_timeline& who(frequency base) {
    auto& p = timelines_[static_cast<std::size_t>(base)];
    if (!p) {
      auto& find = finders_[static_cast<std::size_t>(base)];
      if (!find) find.emplace(request_.history(base), request_.line());
      p = (*find)(target_->groups);
    }
    return *p;
  }
  [[nodiscard]] const rollup_target& target() const { return *target_; }

  [[nodiscard]] operator_result operator()(std::uint32_t indicator, const stages& s, const time_span& w) {
    const reported_indicator& e = request_.reported(indicator);
    operator_result a = of(who(e.base()), target_->own, e, s, w, no_observer{});
    tell_people_apart(a, e, s, w);
    return a;
  }
  /// Counts people once, where the definition asks for it and ids are there.
  void tell_people_apart(operator_result& a, const reported_indicator& e, const stages& s, const time_span& w) {
    if (people_.counts(e, s)) people_.apply(a, who(e.base()), e, s, base_periods(w, e.base()));
  }
  template <class Observer>
  [[nodiscard]] operator_result of(const membership_timeline& among, std::uint32_t own, const reported_indicator& e,
                                   const stages& s, const time_span& w, Observer&& see) {
    return aggregate_(among, own, e, s, w, request_.filter(),
                      request_.options().missing == missing_policy::carry_forward, see);
  }

 private:
  const rollup_request& request_;
  aggregator aggregate_;
  people_counter people_;
  const rollup_target* target_ = nullptr;
  std::array<std::optional<timeline_finder>, enum_names<frequency>::values.size()> finders_;
  std::array<std::optional<membership_timeline>, enum_names<frequency>::values.size()> timelines_;
};

/// A value inside a formula, and why it is what it is.
struct term {
  double value = not_a_value;
  figure_state state = figure_state::missing;
  std::int64_t reported = 0; ///< of one indicator, for reporting_rate
  std::int64_t expected = 0;
};

/// One use of a reported indicator by a formula, and the reports it rests on.
struct leaf_use {
  std::uint32_t indicator;
  aggregate_operator over_time;
  time_span when;
  std::int64_t reported = 0;
  std::int64_t expected = 0;
  std::int64_t suppressed = 0;
  std::int64_t carried = 0;
  [[nodiscard]] bool is_like(const leaf_use& o) const {
    return indicator == o.indicator && over_time == o.over_time && when == o.when;
  }
};

/// What a formula used, each use once.
struct formula_trace {
  std::vector<leaf_use> uses;

  [[nodiscard]] leaf_use* find(const leaf_use& use) {
    const auto it = std::find_if(uses.begin(), uses.end(), [&](const leaf_use& u) { return u.is_like(use); });
    return it == uses.end() ? nullptr : &*it;
  }
  /// Of the same reporters: a use that is here already brings no further reports.
  void note(const leaf_use& use) {
    if (find(use) == nullptr) uses.push_back(use);
  }
  /// Of further reporters.
  void add(const leaf_use& use) {
    leaf_use* known = find(use);
    if (known == nullptr) return uses.push_back(use);
    known->reported += use.reported;
    known->expected += use.expected;
    known->suppressed += use.suppressed;
    known->carried += use.carried;
  }
  [[nodiscard]] operator_result totals() const {
    operator_result a;
    for (const auto& u : uses) {
      a.reported += u.reported;
      a.expected += u.expected;
      a.suppressed += u.suppressed;
      a.carried += u.carried;
    }
    return a;
  }
};

/// Where a term that has a value came from, the most worth telling wins.
[[nodiscard]] constexpr figure_state joined(figure_state a, figure_state b) {
  constexpr auto weight = [](figure_state s) {
    switch (s) {
      case figure_state::reported: return 0;
      case figure_state::partial: return 1;
      case figure_state::not_adjusted: return 2;
      case figure_state::adjusted: return 3;
      default: return 4;
    }
  };
  return weight(a) < weight(b) ? b : a;
}

/// Computes figures of the target that `source` has entered.
template <class Provider>
class evaluator {
 public:
  evaluator(const rollup_request& request, Provider& source) : request_(request), source_(source) {}

  [[nodiscard]] figure operator()(std::uint32_t indicator, const time_span& w) {
    const auto& d = request_.definition(indicator);
    if (request_.formula_of(indicator) == nullptr) return of_reported(indicator, d.over_time, w);
    formula_trace trace;
    return of_formula(indicator, w, trace);
  }

  [[nodiscard]] figure of_reported(std::uint32_t indicator, aggregate_operator over_time, const time_span& w) {
    const auto& d = request_.definition(indicator);
    const stages s(d, over_time);
    return apply_policy(source_(indicator, s, w), s, d, request_.options());
  }

  [[nodiscard]] figure of_formula(std::uint32_t indicator, const time_span& w, formula_trace& trace) {
    if (request_.definition(indicator).formula_level == formula_level::reporter)
      return over_reporters(indicator, w, trace, [](std::uint32_t, const term&) {});
    const term t = evaluate(*request_.formula_of(indicator), w, nullptr, trace);
    figure f;
    const operator_result total = trace.totals();
    f.reported = total.reported;
    f.expected = total.expected;
    f.value = t.value;
    f.state = t.state;
    return f;
  }

  /// The formula for each reporter by itself, then the indicator's operator over the reporters.
  /// `see(reporter, term)` learns every reporter's result.
  template <class See>
  [[nodiscard]] figure over_reporters(std::uint32_t indicator, const time_span& w, formula_trace& trace, See&& see) {
    using enum aggregate_operator;
    const auto& d = request_.definition(indicator);
    if (rules_of(d.over_groups).from == made_of::parts)
      throw error(error_code::invalid_argument,
                  "indicator " + d.id + ": " + std::string(to_string(d.over_groups)) +
                      " over groups needs parts, which a formula computed for each reporter does not leave; "
                      "choose sum, mean, median, min, max, count or a standard deviation");
    const stages s(d, none);
    stage over_groups = stage_of(d.over_groups, d.groups_percent);
    over_groups.own = source_.target().own;
    const id_order ids{&request_.net(), request_.line()};
    accumulator all(over_groups, ids);
    formula_trace everything;
    bool divided_by_zero = false;
    bool left_out = false;
    for (const auto r : everyone(indicator)) {
      one_reporter only{r, {}};
      formula_trace own;
      const term t = evaluate(*request_.formula_of(indicator), w, &only, own);
      const operator_result mine = own.totals();
      for (const auto& u : own.uses) everything.add(u);
      if (mine.expected == 0 && !own.uses.empty()) continue; // reports nothing of this
      see(r, t);
      if (std::isnan(t.value)) {
        divided_by_zero = divided_by_zero || t.state == figure_state::zero_denominator;
        left_out = left_out || mine.reported > 0;
        continue;
      }
      cell_value a;
      a.value = t.value;
      a.reporter = r;
      a.when = w.last;
      all.take(a);
    }
    for (const auto& u : everything.uses) trace.note(u);
    operator_result total = everything.totals();
    total.left_out = left_out;
    total.made = all.finish(total.result);
    if (total.made == outcome::nothing && divided_by_zero) total.made = outcome::zero_denominator;
    return apply_policy(total, s, d, request_.options());
  }

 private:
  // One reporter taken by itself: its ranges in R(g,t), by frequency.
  struct one_reporter {
    std::uint32_t reporter;
    std::array<std::optional<membership_timeline>, enum_names<frequency>::values.size()> in;
  };

  [[nodiscard]] const membership_timeline& alone(one_reporter& only, frequency base) {
    auto& p = only.in[static_cast<std::size_t>(base)];
    if (p) return *p;
    p.emplace();
    const membership_timeline& all = source_.who(base);
    const auto it =
        std::lower_bound(all.reporters.begin(), all.reporters.end() - 1, only.reporter,
                         [](const membership_timeline::entry& e, std::uint32_t r) { return e.reporter < r; });
    if (it != all.reporters.end() - 1 && it->reporter == only.reporter) {
      const auto ranges = all.of(static_cast<std::size_t>(it - all.reporters.begin()));
      p->reporters.push_back({only.reporter, 0});
      p->ranges.assign(ranges.begin(), ranges.end());
    }
    p->reporters.push_back({nobody, static_cast<std::uint32_t>(p->ranges.size())});
    return *p;
  }

  // Every reporter of the target in any frequency the formula needs, ascending.
  [[nodiscard]] std::vector<std::uint32_t> everyone(std::uint32_t indicator) {
    std::vector<std::uint32_t> out;
    std::array<bool, enum_names<frequency>::values.size()> asked{};
    std::vector<std::uint32_t> todo = {indicator};
    std::vector<std::uint32_t> seen;
    while (!todo.empty()) {
      const auto i = todo.back();
      todo.pop_back();
      if (std::find(seen.begin(), seen.end(), i) != seen.end()) continue;
      seen.push_back(i);
      if (const auto* f = request_.formula_of(i)) {
        for (const auto r : f->references()) todo.push_back(r.value);
        continue;
      }
      const auto base = request_.reported(i).base();
      if (asked[static_cast<std::size_t>(base)]) continue;
      asked[static_cast<std::size_t>(base)] = true;
      const membership_timeline& who = source_.who(base);
      for (std::size_t k = 0; k < who.size(); ++k) out.push_back(who.reporters[k].reporter);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  // A reported indicator inside a formula, of the whole target or of one reporter. Where `counts` is false its reports
  // are not those of the formula: a reporting rate is known when reports are missing.
  [[nodiscard]] term leaf(std::uint32_t i, aggregate_operator over_time, const time_span& w, one_reporter* only,
                          formula_trace& trace, bool counts) {
    using enum aggregate_operator;
    term t;
    figure f;
    leaf_use use{i, over_time, w};
    if (rollup_request::in_calendar(w)) {
      const auto& d = request_.definition(i);
      if (only == nullptr) {
        const stages s(d, over_time);
        const auto a = source_(i, s, w);
        use.suppressed = a.suppressed;
        use.carried = a.carried;
        f = apply_policy(a, s, d, request_.options());
      } else {
        indicator_definition by_itself = d; // over time only; a ratio still divides its own sums
        by_itself.order = operator_order::time_then_groups;
        if (rules_of(d.over_groups).from != made_of::parts) by_itself.over_groups = none;
        const stages s(by_itself, over_time);
        const reported_indicator& e = request_.reported(i);
        const auto a = source_.of(alone(*only, e.base()), nobody, e, s, w, no_observer{});
        use.suppressed = a.suppressed;
        use.carried = a.carried;
        rollup_options plain;
        plain.missing = request_.options().missing == missing_policy::carry_forward ? missing_policy::carry_forward
                                                                                    : missing_policy::complete_case;
        f = apply_policy(a, s, by_itself, plain);
      }
    }
    t.value = f.value;
    t.state = f.state;
    t.reported = use.reported = f.reported;
    t.expected = use.expected = f.expected;
    if (counts) trace.note(use);
    return t;
  }

  [[nodiscard]] term indicator(std::uint32_t i, const time_span& w, one_reporter* only, formula_trace& trace,
                               bool counts) {
    const formula* f = request_.formula_of(i);
    if (f == nullptr) return leaf(i, request_.definition(i).over_time, w, only, trace, counts);
    formula_trace own;
    term t;
    if (only == nullptr) {
      const figure made = of_formula(i, w, own);
      t.value = made.value;
      t.state = made.state;
    } else {
      t = evaluate(*f, w, only, own);
    }
    const operator_result total = own.totals();
    t.reported = total.reported;
    t.expected = total.expected;
    if (counts)
      for (const auto& u : own.uses) trace.note(u);
    return t;
  }

  [[nodiscard]] term over_time(const formula_node& n, const time_span& w, one_reporter* only, formula_trace& trace) {
    const auto i = n.indicator.value;
    if (request_.formula_of(i) == nullptr) return leaf(i, n.over_time, w, only, trace, true);
    if (!rollup_request::in_calendar(w)) return {};
    // A formula has no cells: it is computed for each of its base periods.
    const auto base = request_.base_of(i).value_or(w.of);
    const auto range = base_periods(w, base);
    const id_order ids{&request_.net(), request_.line()};
    accumulator all(stage_of(n.over_time), ids);
    term out;
    bool complete = true;
    figure_state state = figure_state::reported;
    for (std::int32_t t = range.begin; t < range.end; ++t) {
      if (!request_.filter().passes({base, t})) continue;
      const term x = indicator(i, time_span(period{base, t}), only, trace, true);
      if (std::isnan(x.value)) {
        complete = complete && x.state == figure_state::not_expected;
        out.state = x.state;
        continue;
      }
      cell_value a;
      a.value = x.value;
      a.when = t;
      all.take(a);
      state = joined(state, x.state);
    }
    cell_value a;
    const auto made = all.finish(a);
    if (made == outcome::out_of_range) out.state = figure_state::out_of_range;
    if (made == outcome::not_aggregable) out.state = figure_state::not_aggregable;
    if (made != outcome::value) return out;
    out.value = a.value;
    out.state = complete ? state : joined(state, figure_state::partial);
    return out;
  }

  [[nodiscard]] static term settled(double value, figure_state state) {
    term t;
    t.state = std::isfinite(value) ? state : figure_state::out_of_range;
    if (std::isfinite(value)) t.value = value + 0.0;
    return t;
  }

  [[nodiscard]] term evaluate(const formula& f, const time_span& w, one_reporter* only, formula_trace& trace) {
    return evaluate(f, f.nodes.size() - 1, w, only, trace);
  }

  [[nodiscard]] term evaluate(const formula& f, std::size_t at, const time_span& w, one_reporter* only,
                              formula_trace& trace) {
    const formula_node& n = f.nodes[at];
    const auto argument = [&](std::size_t k, const time_span& in) {
      return evaluate(f, n.arguments[k], in, only, trace);
    };
    switch (n.step) {
      case formula_step::number: return settled(n.number, figure_state::reported);
      case formula_step::indicator: return indicator(n.indicator.value, w, only, trace, true);
      case formula_step::over_time: return over_time(n, w, only, trace);
      case formula_step::offset: return argument(0, w.plus(n.periods));
      case formula_step::year_to_date: return rollup_request::in_calendar(w) ? argument(0, year_to_date(w)) : term{};
      case formula_step::reporting_rate:
      case formula_step::reported:
      case formula_step::expected: {
        const term x = indicator(n.indicator.value, w, only, trace, false);
        if (n.step == formula_step::reported) return settled(static_cast<double>(x.reported), figure_state::reported);
        if (n.step == formula_step::expected) return settled(static_cast<double>(x.expected), figure_state::reported);
        if (x.expected == 0) return {not_a_value, figure_state::not_expected, 0, 0};
        return settled(100.0 * static_cast<double>(x.reported) / static_cast<double>(x.expected),
                       figure_state::reported);
      }
      case formula_step::first_non_null: {
        term missing;
        for (std::size_t k = 0; k < n.arguments.size(); ++k) {
          const term x = argument(k, w);
          if (!std::isnan(x.value)) return settled(x.value, k == 0 ? x.state : joined(x.state, figure_state::partial));
          if (k == 0) missing = x;
        }
        return missing;
      }
      case formula_step::negate:
      case formula_step::absolute:
      case formula_step::round: {
        const term x = argument(0, w);
        if (std::isnan(x.value)) return x;
        if (n.step == formula_step::negate) return settled(-x.value, x.state);
        if (n.step == formula_step::absolute) return settled(std::abs(x.value), x.state);
        const double scale = std::pow(10.0, n.periods);
        const double scaled = x.value * scale;
        return settled(std::isfinite(scaled) ? std::round(scaled) / scale : x.value, x.state);
      }
      default: break;
    }
    // What remains takes two or more terms, and is missing where one of them is.
    term left = argument(0, w);
    for (std::size_t k = 1; k < n.arguments.size(); ++k) {
      const term right = argument(k, w);
      if (std::isnan(left.value)) continue; // the later terms are still asked, for their reports
      if (std::isnan(right.value)) {
        left = right;
        continue;
      }
      left = combined(n.step, left, right);
    }
    return left;
  }

  [[nodiscard]] static term combined(formula_step step, const term& a, const term& b) {
    const auto state = joined(a.state, b.state);
    switch (step) {
      case formula_step::add: return settled(a.value + b.value, state);
      case formula_step::subtract: return settled(a.value - b.value, state);
      case formula_step::multiply: return settled(a.value * b.value, state);
      case formula_step::divide:
        if (b.value == 0) return {not_a_value, figure_state::zero_denominator, 0, 0};
        return settled(a.value / b.value, state);
      case formula_step::least: return settled(std::min(a.value, b.value), state);
      default: return settled(std::max(a.value, b.value), state);
    }
  }

  const rollup_request& request_;
  Provider& source_;
};

} // namespace commonweal::inline v0::detail
