// SPDX-License-Identifier: Apache-2.0
// Rules of consistency, as pairs of formulas computed for each reporter by the evaluator of the rollup.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/analyze/detail/quality_values.hpp>
#include <commonweal/measure/formula.hpp>
#include <commonweal/measure/records.hpp>
#include <commonweal/rollup/detail/evaluate.hpp>

namespace commonweal::inline v0::detail {

enum class comparison : std::uint8_t {
  equal,
  not_equal,
  greater,
  greater_or_equal,
  less,
  less_or_equal,
  compulsory_pair,
  exclusive_pair
};

} // namespace commonweal::inline v0::detail

namespace commonweal::inline v0 {
template <>
struct enum_names<detail::comparison> : enum_words<schema::comparisons> {};
static_assert(ends_with_word(detail::comparison::exclusive_pair, "exclusive_pair"));
} // namespace commonweal::inline v0

namespace commonweal::inline v0::detail {

struct consistency_rule {
  std::string id, left, right, meaning;
  comparison how{};
  double tolerance = 0;
  std::vector<indicator_id> of; ///< indicators of both formulas, left first
  bool left_varies = true;      ///< names an indicator
  bool right_varies = true;
};

[[nodiscard]] inline bool holds(comparison how, double left, double right, double tolerance) {
  using enum comparison;
  switch (how) {
    case equal: return std::abs(left - right) <= tolerance;
    case not_equal: return std::abs(left - right) > tolerance;
    case greater: return left > right - tolerance;
    case greater_or_equal: return left >= right - tolerance;
    case less: return left < right + tolerance;
    case less_or_equal: return left <= right + tolerance;
    case compulsory_pair: return std::isnan(left) == std::isnan(right);
    case exclusive_pair: break;
  }
  return std::isnan(left) || std::isnan(right);
}

/// Throws invalid_data naming the row. Rules are those of the table quality_rules.
[[nodiscard]] inline std::vector<consistency_rule> read_rules(const record_tables& records, const measures& data) {
  std::vector<consistency_rule> out;
  const table* t = find_records(records, "quality_rules");
  if (t == nullptr) return out;
  const auto lookup = lookup_in(data.indicators);
  const auto text = [&](const char* name, std::size_t r) {
    const column* c = t->find(name);
    return c == nullptr || c->is_null(r) ? std::string() : std::string(c->text(r));
  };
  for (std::size_t r = 0; r < t->rows(); ++r) {
    const auto place = [&](diagnostic d, const char* field) {
      d.file = "quality_rules";
      d.row = static_cast<std::int64_t>(r) + 2;
      d.field = field;
      d.record = text("id", r);
      return error(error_code::invalid_data, std::move(d));
    };
    consistency_rule rule;
    rule.id = text("id", r);
    rule.left = text("left", r);
    rule.right = text("right", r);
    rule.meaning = text("meaning", r);
    if (const column* c = t->find("tolerance"); c != nullptr && !c->is_null(r)) rule.tolerance = c->values<double>()[r];
    const auto how = parse_enum<comparison>(text("operator", r));
    if (!how)
      throw place({severity::error,
                   "bad_quality_rule",
                   {},
                   -1,
                   {},
                   {},
                   "'" + text("operator", r) + "' is none of " + list_of_names<comparison>()},
                  "operator");
    if (!(rule.tolerance >= 0) || std::isinf(rule.tolerance))
      throw place({severity::error, "bad_quality_rule", {}, -1, {}, {}, "a tolerance is a finite number, zero or more"},
                  "tolerance");
    rule.how = *how;
    for (const bool left : {true, false}) {
      try {
        const auto named = parse_formula(left ? rule.left : rule.right, lookup).references();
        (left ? rule.left_varies : rule.right_varies) = !named.empty();
        for (const auto i : named)
          if (std::find(rule.of.begin(), rule.of.end(), i) == rule.of.end()) rule.of.push_back(i);
      } catch (const error& e) { throw place(e.where(), left ? "left" : "right"); }
    }
    if (rule.of.empty())
      throw place({severity::error,
                   "bad_quality_rule",
                   {},
                   -1,
                   {},
                   {},
                   "neither formula names an indicator, so that there is nothing to check"},
                  "left");
    out.push_back(std::move(rule));
  }
  return out;
}

/// Gives the evaluator every reporter in its own right, whether it is in a group or not, while it exists.
class every_reporter {
 public:
  every_reporter(const rollup_request& request, const std::vector<std::uint8_t>& wanted)
      : request_(request), wanted_(wanted), aggregate_(id_order{&request.net(), request.line()}) {
    target_.own = nobody;
  }
  [[nodiscard]] const membership_timeline& who(frequency base) {
    auto& p = who_[static_cast<std::size_t>(base)];
    if (p) return *p;
    p.emplace();
    const auto in_force = request_.in_force(base);
    for (std::uint32_t r = 0; r < request_.line().size(); ++r) {
      if (wanted_[r] == 0) continue;
      const auto range = in_force(request_.net().validity(request_.line().node(r)));
      if (range.empty()) continue;
      p->reporters.push_back({r, static_cast<std::uint32_t>(p->ranges.size())});
      p->ranges.push_back(range);
    }
    p->reporters.push_back({nobody, static_cast<std::uint32_t>(p->ranges.size())});
    return *p;
  }
  [[nodiscard]] const rollup_target& target() const { return target_; }
  [[nodiscard]] operator_result operator()(std::uint32_t indicator, const stages& s, const time_span& w) {
    const reported_indicator& e = request_.reported(indicator);
    return of(who(e.base()), nobody, e, s, w, no_observer{});
  }
  template <class Observer>
  [[nodiscard]] operator_result of(const membership_timeline& among, std::uint32_t own, const reported_indicator& e,
                                   const stages& s, const time_span& w, Observer&& see) {
    return aggregate_(among, own, e, s, w, request_.filter(), false, see);
  }

 private:
  const rollup_request& request_;
  const std::vector<std::uint8_t>& wanted_;
  aggregator aggregate_;
  rollup_target target_;
  std::array<std::optional<membership_timeline>, enum_names<frequency>::values.size()> who_;
};

/// Definitions and the panels that the rules need, with room for the two sides of a rule at the end.
[[nodiscard]] inline measures needed_by(const std::vector<consistency_rule>& rules, const measures& data) {
  measures out;
  out.indicators = data.indicators;
  const auto lookup = lookup_in(data.indicators);
  std::vector<std::uint8_t> seen(data.indicators.size(), 0);
  std::vector<indicator_id> todo;
  for (const auto& r : rules) todo.insert(todo.end(), r.of.begin(), r.of.end());
  while (!todo.empty()) {
    const auto i = todo.back();
    todo.pop_back();
    if (seen[i.value]++ != 0) continue;
    if (!data.indicators[i.value].formula.empty())
      for (const auto r : parse_formula(data.indicators[i.value].formula, lookup).references()) todo.push_back(r);
  }
  for (const auto& p : data.panels)
    if (p.breakdown.empty() && seen[p.indicator.value] != 0) out.panels.push_back(p);
  return out;
}

/// Calls `see(rule, reporter, period, left, right)` for each rule, period and reporter with a value on a side that
/// varies.
template <class See>
void check_rules(const network& net, const measures& data, const std::vector<consistency_rule>& rules,
                 const interval& within, See&& see) {
  if (rules.empty()) return;
  measures mine = needed_by(rules, data);
  const reporter_line line(net);
  std::vector<std::uint8_t> wanted(line.size(), 0);
  for (const auto& p : mine.panels)
    for (const auto who : p.reporters)
      if (const auto r = line.of(who)) wanted[*r] = 1;
  const std::size_t count = mine.indicators.size();
  for (const auto& rule : rules) {
    mine.indicators.resize(count);
    const auto add = [&](const char* side, const std::string& text, bool varies) {
      indicator_definition d;
      d.id = "of quality rule " + rule.id + ", " + side;
      d.formula = text;
      d.formula_level = varies ? formula_level::reporter : formula_level::aggregate;
      d.over_groups = aggregate_operator::none;
      mine.indicators.push_back(std::move(d));
    };
    add("both sides", "(" + rule.left + ") - (" + rule.right + ")", true); // says in which periods both can be formed
    add("left side", rule.left, rule.left_varies);
    add("right side", rule.right, rule.right_varies);
    rollup_options o;
    for (std::size_t k = count; k < count + 3; ++k) o.indicators.push_back(mine.indicators[k].id);
    const rollup_request request(net, mine, o);
    const auto series = request.series()[0];
    every_reporter source(request, wanted);
    evaluator<every_reporter> evaluate(request, source);
    std::array<std::vector<double>, 2> side;
    for (std::int32_t t = series.first; t <= series.last; ++t) {
      const period when{series.every, t};
      if (!within.covers(days_of(when))) continue;
      for (const bool left : {true, false}) {
        auto& out = side[left ? 0 : 1];
        const auto at = static_cast<std::uint32_t>(count + (left ? 1 : 2));
        if (!(left ? rule.left_varies : rule.right_varies)) {
          out.assign(line.size(), evaluate(at, time_span(when)).value);
          continue;
        }
        out.assign(line.size(), missing_value);
        formula_trace trace;
        (void)evaluate.over_reporters(at, time_span(when), trace,
                                      [&](std::uint32_t r, const term& x) { out[r] = x.value; });
      }
      for (std::uint32_t r = 0; r < line.size(); ++r) {
        const bool any =
            (rule.left_varies && !std::isnan(side[0][r])) || (rule.right_varies && !std::isnan(side[1][r]));
        if (any) see(rule, line.node(r), when, side[0][r], side[1][r]);
      }
    }
  }
}

} // namespace commonweal::inline v0::detail
