// SPDX-License-Identifier: Apache-2.0
// engine_provider: aggregates of all groups at once, by the engine; what it cannot say, the reference does.
#pragma once

#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include <commonweal/rollup/detail/engine_input.hpp>
#include <commonweal/rollup/detail/evaluate.hpp>
#include <commonweal/rollup/detail/indicator_sums.hpp>
#include <commonweal/rollup/detail/long_period_sums.hpp>
#include <commonweal/rollup/detail/progress.hpp>
#include <commonweal/rollup/detail/request.hpp>

namespace commonweal::inline v0::detail {

/// The cascade of the periods of one frequency, with the reporters that the request is about. A union is a further
/// group, above its own.
[[nodiscard]] inline engine::cascade cascade_with_unions(const cascade_history& history,
                                                         const rollup_request& request) {
  const reporter_line& line = request.line();
  std::vector<std::uint8_t> concerned(line.size());
  for (std::uint32_t r = 0; r < line.size(); ++r) concerned[r] = request.concerns(r) ? 1 : 0;
  engine::cascade c = engine_cascade_of(history, line, [&](std::uint32_t r) { return concerned[r] != 0; });
  for (const auto& target : request.targets()) {
    if (target.own != nobody) continue;
    for (const auto g : target.groups) c.parts.push_back({g, target.place, {}});
    c.open.push_back({});
    ++c.groups;
  }
  return c;
}

/// Reads all cells of an reported indicator and adds them up over the whole cascade; nothing where the sums cannot be
/// formed.
class indicator_reader {
 public:
  indicator_reader(const rollup_request& request, const engine::plan& plan, const reported_indicator& e, cell_need need,
                   bool squares, progress_meter& meter)
      : plan_(plan), need_(need), squares_(squares), where_(request.options().where), meter_(meter) {
    const std::int32_t first = request.history(e.base()).clip().begin;
    const bool carry = request.options().missing == missing_policy::carry_forward;
    const auto reporters = request.line().size();
    value_.emplace(size(), not_a_value);
    if (need != cell_need::value) other_ = value_;
    for (std::uint32_t r = 0; r < reporters; ++r) {
      if (r % 1024 == 0) progress_meter::check(meter_.within_pass(0.5 * r / reporters));
      if (!e.concerns(r)) continue;
      for (std::int32_t t = 0; t < plan.periods(); ++t) {
        cell_value a;
        const cell_kind kind = e.read(r, first + t, need, a);
        if (kind == cell_kind::not_expected) continue;
        if (kind == cell_kind::missing) {
          if (!e.is_due(r, first + t)) continue;
          expected_.add(r, t);
          if (!carry || !e.carried(r, first + t, need, a)) continue;
          carried_.add(r, t);
        } else {
          expected_.add(r, t);
        }
        if (kind == cell_kind::suppressed) suppressed_.add(r, t);
        else if (kind == cell_kind::incomplete) put(incomplete_, r, t, a.value);
        else keep(r, t, a);
      }
    }
    if (!fits_) return;
    auto sums = std::make_shared<indicator_sums>(plan);
    sums->exact_squares = has_exact_squares(seen_.largest, seen_.lowest);
    std::vector<std::pair<std::optional<std::vector<double>>*, std::optional<engine::partial>*>> more = {
        {&other_, &sums->other}, {&rest_, &sums->rest}, {&incomplete_, &sums->incomplete}};
    if (squares && sums->exact_squares) {
      make_squares();
      more.push_back({&square_, &sums->square});
      more.push_back({&square_rest_, &sums->square_rest});
    }
    std::erase_if(more, [](const auto& m) { return !*m.first; });
    part_ = 0.5 / (1.0 + static_cast<double>(more.size()));
    add_up(sums->value, *value_);
    for (auto& [from, to] : more) {
      add_up(to->emplace(plan), **from);
      from->reset();
    }
    figures_.emplace(
        plan, e.base(), first, std::move(sums),
        indicator_figures::counts{expected_.counts(plan), suppressed_.counts(plan), carried_.counts(plan)});
  }

  [[nodiscard]] std::optional<indicator_figures> take() && { return std::move(figures_); }

 private:
  using matrix = std::optional<std::vector<double>>;

  [[nodiscard]] std::size_t size() const {
    return std::size_t{plan_.reporters()} * static_cast<std::size_t>(plan_.periods());
  }
  void put(matrix& to, std::uint32_t r, std::int32_t t, double x) {
    if (!to) to.emplace(size(), not_a_value);
    (*to)[r * static_cast<std::size_t>(plan_.periods()) + static_cast<std::size_t>(t)] = x;
  }
  void keep(std::uint32_t r, std::int32_t t, const cell_value& a) {
    const double x = need_ == cell_need::value ? a.value : a.numerator;
    if (std::isinf(x)) fits_ = false; // a product beyond the largest double
    put(value_, r, t, x);
    if (squares_) seen_.include(x);
    if (need_ != cell_need::value) put(other_, r, t, a.denominator);
    if (a.rest != 0) put(rest_, r, t, a.rest);
  }
  void make_squares() {
    square_ = value_;
    for (double& x : *square_) x *= x;
    square_rest_ = value_;
    for (std::size_t i = 0; i < size(); ++i) {
      double& x = (*square_rest_)[i];
      x = std::fma(x, x, -(*square_)[i]);
    }
  }
  void add_up(engine::partial& sums, const std::vector<double>& values) {
    const auto watch = [&](double from) {
      return [this, from](double share) { return meter_.within_pass(done_ + part_ * (from + share / 2)); };
    };
    engine::period_blocks data(plan_);
    data.fill({values.data(), static_cast<std::size_t>(plan_.periods())}, engine::kernels_in_use(),
              where_.with(watch(0)));
    sums.update(data, engine::kernels_in_use(), where_.with(watch(0.5)));
    done_ += part_;
  }

  const engine::plan& plan_;
  cell_need need_;
  bool squares_;
  const executor& where_;
  progress_meter& meter_;
  double done_ = 0.5, part_ = 0;
  matrix value_, other_, rest_, incomplete_, square_, square_rest_;
  engine::extent seen_;
  report_counter expected_, suppressed_, carried_;
  bool fits_ = true;
  std::optional<indicator_figures> figures_;
};

/// Whether one pass of the engine over everything looks at less than the reference does, which goes through what is
/// below each target. Counted are memberships of any day, those below several targets once for each. A pass takes a
/// quarter more time than going through all of them once on one thread, for which few targets that see everything stay
/// with the reference. O(what is below the targets), and little more than all there
/// is.
[[nodiscard]] inline bool engine_looks_at_less(const rollup_request& request) {
  const network& net = request.net();
  const relation& parts = net.edges(edge_kind::part_of);
  const relation& members = net.edges(edge_kind::member_of);
  const std::size_t all = members.size() + net.size(node_kind::group);
  const std::size_t pass = request.targets().size() > 4 ? all / 4 * 3 : all / 4 * 5;
  std::size_t below = 0;
  std::vector<std::size_t> met(net.size(node_kind::group), 0); // the last target that came by, counted from 1
  std::vector<std::uint32_t> open;
  for (std::size_t t = 1; t <= request.targets().size() && below <= pass; ++t) {
    open = request.targets()[t - 1].groups;
    while (!open.empty()) {
      const group_id g{open.back()};
      open.pop_back();
      if (std::exchange(met[g.value], t) == t) continue;
      below += 1 + members.in(net.vertex(g)).size();
      for (const auto row : parts.in(net.vertex(g))) open.push_back(net.node(parts.from(row)).index);
    }
  }
  return below > pass;
}

/// Answers as reference_provider does, to the bit. What adds up by base period is taken from figures made for all
/// groups in one pass (see adds_up); the rest goes to the reference.
class engine_provider {
 public:
  engine_provider(const rollup_request& request, progress_meter& meter)
      : request_(request), reference_(request), ids_{&request.net(), request.line()}, meter_(meter),
        is_worth_it_(engine_looks_at_less(request)) {}
  /// For an answer of so many rows: further cells without a report that may be held.
  void spare(std::size_t rows) { spare_ += 4 * rows; }
  /// Passes over all cells of an indicator that there may be.
  [[nodiscard]] std::size_t passes() const { return is_worth_it_ ? request_.reported_count() : 0; }

  void enter(const rollup_target& target) { reference_.enter(target); }
  [[nodiscard]] const membership_timeline& who(frequency base) { return reference_.who(base); }
  [[nodiscard]] const rollup_target& target() const { return reference_.target(); }

  [[nodiscard]] operator_result operator()(std::uint32_t indicator, const stages& s, const time_span& w) {
    if (!is_worth_it_) return reference_(indicator, s, w);
    const reported_indicator& e = request_.reported(indicator);
    const auto range = base_periods(w, e.base());
    if (adds_up(e.definition(), s, range, e.base(), request_.filter())) {
      if (const indicator_figures* figures = figures_of(indicator, e, s)) {
        operator_result a =
            answer(*figures, e.definition(), s, target().place, range, e.base(), request_.filter(), ids_);
        reference_.tell_people_apart(a, e, s, w);
        return a;
      }
    }
    if (w.first == w.last && adds_up_by_long_period(e.definition(), s)) {
      if (const indicator_figures* made = long_periods_of(indicator, e, s, w))
        if (const indicator_figures* reports = figures_of(indicator, e, s)) {
          operator_result a = answer_long_period(*made, *reports, e.definition(), s, target().place, w, e.base(),
                                                 request_.filter(), ids_);
          reference_.tell_people_apart(a, e, s, w);
          return a;
        }
    }
    return reference_(indicator, s, w);
  }
  template <class Observer>
  [[nodiscard]] operator_result of(const membership_timeline& among, std::uint32_t own, const reported_indicator& e,
                                   const stages& s, const time_span& w, Observer&& see) {
    return reference_.of(among, own, e, s, w, std::forward<Observer>(see));
  }

 private:
  [[nodiscard]] const indicator_figures* figures_of(std::uint32_t indicator, const reported_indicator& e,
                                                    const stages& s) {
    const bool squares = s.of_groups().from == made_of::squares && s.need == cell_need::value;
    auto& slot = figures_[{indicator, s.need, squares}];
    if (!slot) {
      slot.emplace();
      if (const engine::plan* plan = plan_of(e.base()); plan != nullptr && is_affordable(indicator, e, *plan)) {
        *slot = indicator_reader(request_, *plan, e, s.need, squares, meter_).take();
        meter_.pass_done();
      }
    }
    return *slot && (!squares || (*slot)->sums().exact_squares) ? &**slot : nullptr;
  }
  // Null where somebody comes or goes inside the window.
  [[nodiscard]] const indicator_figures* long_periods_of(std::uint32_t indicator, const reported_indicator& e,
                                                         const stages& s, const time_span& w) {
    if (plan_of(e.base()) == nullptr || !is_affordable(indicator, e, *plan_of(e.base()))) return nullptr;
    auto& plan = long_period_plans_[{e.base(), w.of}];
    if (!plan) {
      const auto& history = request_.history(e.base());
      plan = std::make_unique<long_period_plan>(cascade_with_unions(history, request_), e.base(), history.clip().begin,
                                                w.of);
    }
    if (!plan->holds(w.first)) return nullptr;
    auto& slot = long_periods_[{indicator, w.of, s.over_time}];
    if (!slot) {
      slot.emplace(read_long_periods(request_, *plan, e, s, ids_, meter_));
      meter_.pass_done();
    }
    return *slot ? &**slot : nullptr;
  }
  // A structure dated far beyond the data makes for a matrix that is mostly empty. All indicators share what may be.
  [[nodiscard]] bool is_affordable(std::uint32_t indicator, const reported_indicator& e, const engine::plan& plan) {
    if (e.data() == nullptr) return false;
    auto& known = affordable_[indicator];
    if (!known) {
      const auto cells = static_cast<std::size_t>(plan.periods()) * request_.line().size();
      const auto reported = 8 * static_cast<std::size_t>(e.data()->value.size());
      const std::size_t empty = cells > reported ? cells - reported : 0;
      known = empty < spare_;
      if (*known) spare_ -= empty;
    }
    return *known;
  }

  [[nodiscard]] const engine::plan* plan_of(frequency base) {
    auto& plan = plans_[static_cast<std::size_t>(base)];
    if (!plan) plan = std::make_unique<engine::plan>(cascade_with_unions(request_.history(base), request_));
    return plan.get();
  }

  const rollup_request& request_;
  reference_provider reference_;
  id_order ids_;
  progress_meter& meter_;
  bool is_worth_it_;
  std::array<std::unique_ptr<engine::plan>, enum_names<frequency>::values.size()> plans_;
  std::map<std::tuple<std::uint32_t, cell_need, bool>, std::optional<std::optional<indicator_figures>>> figures_;
  std::map<std::pair<frequency, frequency>, std::unique_ptr<long_period_plan>> long_period_plans_;
  std::map<std::tuple<std::uint32_t, frequency, aggregate_operator>, std::optional<std::optional<indicator_figures>>>
      long_periods_;
  std::map<std::uint32_t, std::optional<bool>> affordable_; // by indicator
  std::size_t spare_ = std::size_t{1} << 22;                // empty cells that may yet be held
};

} // namespace commonweal::inline v0::detail
