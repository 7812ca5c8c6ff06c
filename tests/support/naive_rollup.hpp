// SPDX-License-Identifier: Apache-2.0
// The judge: the rollup contract over plain facts, with sets, lists and wide numbers, as slow and plain as can be.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <commonweal/rollup/figure.hpp>
#include <commonweal/rollup/options.hpp>

#include "random_initiative.hpp"

namespace commonweal_test {

/// Wide enough for every sum and product of the samples to be exact.
using wide =
    boost::multiprecision::number<boost::multiprecision::cpp_bin_float<1600, boost::multiprecision::digit_base_2>,
                                  boost::multiprecision::et_off>;

/// One figure, straight from the contract.
class naive_rollup {
 public:
  naive_rollup(const facts& f, cw::rollup_options o) : facts_(f), options_(std::move(o)) {
    for (auto* edges : {&facts_.member_of, &facts_.part_of, &facts_.reports}) join_overlaps(*edges);
  }

  /// R(g,t): ids, by walking edges.
  std::set<std::string> reporters_of(const std::string& group, std::int32_t t) const {
    std::set<std::string> out;
    gather(group, t, out);
    return out;
  }

  cw::figure operator()(const std::vector<std::string>& groups, const std::string& indicator, cw::period when) const {
    const auto& d = facts_.indicators.at(indicator);
    std::vector<std::int32_t> times;
    for (std::int32_t t = facts_.first - 400; t < facts_.first + facts_.periods + 400; ++t) {
      const cw::period p{facts_.base, t};
      if (p.coarsen(when.freq()) != when) continue;
      if (!options_.within.covers(cw::days_of(p))) continue;
      bool wanted = options_.only.empty();
      for (const auto& o : options_.only) wanted = wanted || p.coarsen(o.freq()) == o;
      if (wanted) times.push_back(t);
    }
    std::set<std::string> everyone;
    std::map<std::int32_t, std::set<std::string>> present;
    for (const auto t : times) {
      for (const auto& g : groups) gather(g, t, present[t]);
      everyone.insert(present[t].begin(), present[t].end());
    }

    const bool pairs = is(d, op::ratio_of_sums);
    const bool weights = !pairs && is(d, op::weighted_mean);
    cw::figure out;
    std::int64_t suppressed = 0;
    std::int64_t carried = 0;
    std::vector<double> incomplete;
    std::map<std::string, std::map<std::int32_t, item>> usable; // reporter, time
    for (const auto& r : everyone)
      for (const auto t : times) {
        if (!present[t].count(r)) continue;
        const fact_cell c = cell(indicator, r, t);
        const auto it = as_item(c, d, pairs, weights, r, t);
        if (it) {
          ++out.reported;
          ++out.expected;
          usable[r][t] = *it;
        } else if (!std::isnan(c.value)) {
          ++out.expected;
          incomplete.push_back(c.value);
        } else if (c.state == cw::cell_state::suppressed) {
          ++out.expected;
          ++suppressed;
        } else if (c.state != cw::cell_state::not_expected && due(indicator, r, t)) {
          ++out.expected;
          if (options_.missing != cw::missing_policy::carry_forward) continue;
          for (std::int32_t past = t - 1; past >= t - d.look_back && past >= facts_.first; --past)
            if (const auto old = as_item(cell(indicator, r, past), d, pairs, weights, r, t)) {
              ++carried;
              usable[r][t] = *old;
              break;
            }
        }
      }

    const bool lone = out.reported == 0 && carried == 0 && incomplete.size() == 1;
    result made;
    if (lone) {
      out.reported = 1;
      made.how = result::value;
      made.it.v = incomplete[0];
    } else {
      made = d.order == cw::operator_order::time_then_groups ? time_first(d, groups, usable, times, pairs, weights)
                                                             : groups_first(d, groups, usable, times, pairs, weights);
    }
    decide(out, made, d, times.size(), suppressed, carried, incomplete.size(), lone);
    if (!std::isnan(out.value) && !lone && d.counts_people && d.over_groups == op::sum) bound(out, d, usable, times);
    return out;
  }

 private:
  using op = cw::aggregate_operator;

  struct item {
    std::optional<wide> v, n, d;
    int when = 0;
    int since = 0;
    std::string who;
  };
  struct result {
    enum { nothing, value, zero, refused } how = nothing;
    item it;
    bool left_out = false;
  };

  // The same fact told twice for days that overlap is one fact.
  static void join_overlaps(std::vector<fact_edge>& edges) {
    for (bool joined = true; joined;) {
      joined = false;
      for (std::size_t i = 0; i < edges.size() && !joined; ++i)
        for (std::size_t k = i + 1; k < edges.size() && !joined; ++k) {
          auto& a = edges[i];
          const auto& b = edges[k];
          if (a.from != b.from || a.to != b.to || !a.days.overlaps(b.days)) continue;
          a.days = {std::min(a.days.start, b.days.start), std::max(a.days.end, b.days.end)};
          edges.erase(edges.begin() + static_cast<std::ptrdiff_t>(k));
          joined = true;
        }
    }
  }
  static bool is(const cw::indicator_definition& d, op o) { return d.over_groups == o || d.over_time == o; }
  static wide rounded(const wide& x) { return wide(static_cast<double>(x)); }

  bool holds(const cw::interval& days, std::int32_t t) const {
    if (options_.as_of) return days.contains(*options_.as_of);
    return cw::in_force(days, cw::period{facts_.base, t}, options_.membership);
  }
  cw::interval validity(const std::string& id) const {
    const auto g = facts_.groups.find(id);
    return g != facts_.groups.end() ? g->second : facts_.organizations.at(id);
  }
  // Adds g and everything that reaches it in t.
  void gather(const std::string& g, std::int32_t t, std::set<std::string>& into) const {
    if (!holds(validity(g), t) || !into.insert(g).second) return;
    for (const auto& e : facts_.member_of)
      if (e.to == g && holds(e.days.intersect(validity(e.from)).intersect(validity(g)), t)) into.insert(e.from);
    for (const auto& e : facts_.part_of)
      if (e.to == g && holds(e.days.intersect(validity(e.from)).intersect(validity(g)), t)) gather(e.from, t, into);
  }
  fact_cell cell(const std::string& i, const std::string& r, std::int32_t t) const {
    const auto it = facts_.cells.find({i, r, t});
    return it == facts_.cells.end() ? fact_cell{} : it->second;
  }
  bool due(const std::string& i, const std::string& r, std::int32_t t) const {
    bool any_edge = false;
    for (const auto& e : facts_.reports) {
      if (e.to != i) continue;
      any_edge = true;
      if (e.from == r && holds(e.days.intersect(validity(r)), t)) return true;
    }
    if (any_edge) return false;
    for (const auto& [key, c] : facts_.cells)
      if (std::get<0>(key) == i && std::get<1>(key) == r &&
          (c.state == cw::cell_state::reported || c.state == cw::cell_state::suppressed))
        return true;
    return false;
  }
  static std::optional<item> as_item(const fact_cell& c, const cw::indicator_definition& d, bool pairs, bool weights,
                                     const std::string& who, int t) {
    item it;
    it.who = who;
    it.when = it.since = t;
    if (pairs) {
      if (std::isnan(c.numerator) || std::isnan(c.denominator)) return std::nullopt;
      it.n = c.numerator;
      it.d = c.denominator;
      if (c.denominator != 0) it.v = d.factor * c.numerator / c.denominator;
      return it;
    }
    if (std::isnan(c.value) || (weights && std::isnan(c.denominator))) return std::nullopt;
    it.v = c.value;
    if (weights) {
      it.d = c.denominator;
      it.n = wide(c.value) * wide(c.denominator);
    } else if (d.kind == cw::indicator_kind::ratio && !std::isnan(c.denominator)) {
      it.n = c.numerator;
      it.d = c.denominator;
    }
    return it;
  }

  // The value at a share of the way through the sorted list.
  static double between(std::vector<double> x, double percent) {
    std::sort(x.begin(), x.end());
    const double at = static_cast<double>(x.size() - 1) * percent / 100;
    const auto low = static_cast<std::size_t>(at);
    const auto high = std::min(low + 1, x.size() - 1);
    return std::min(x[low] + (x[high] - x[low]) * (at - static_cast<double>(low)), x[high]);
  }

  // One operator over a list. `next` is the operator that follows, if any; `keep` the reporter that settles `none`.
  result apply(op o, std::vector<item> items, const cw::indicator_definition& def, bool pairs, std::optional<op> next,
               const std::set<std::string>& keep, double percent = 50) const {
    const bool divides = o == op::ratio_of_sums || o == op::weighted_mean;
    const bool next_divides = next == op::ratio_of_sums || next == op::weighted_mean;
    result r;
    std::vector<item> used;
    for (auto& it : items) {
      const bool ok = divides || (pairs && next_divides && (o == op::sum || o == op::mean))
                          ? it.n && it.d
                          : it.v || ((o == op::first || o == op::last || o == op::none) && it.n && it.d);
      if (ok) used.push_back(it);
      else r.left_out = true;
    }
    if (used.empty()) {
      r.how = r.left_out ? result::zero : result::nothing;
      return r;
    }
    r.how = result::value;
    const wide count = static_cast<double>(used.size());
    wide v = 0, n = 0, d = 0;
    bool all_v = true, all_n = true, all_d = true;
    r.it.when = used[0].when;
    r.it.since = used[0].since;
    for (const auto& it : used) {
      all_v = all_v && it.v;
      all_n = all_n && it.n;
      all_d = all_d && it.d;
      if (it.v) v += *it.v;
      if (it.n) n += *it.n;
      if (it.d) d += *it.d;
      r.it.when = std::max(r.it.when, it.when);
      r.it.since = std::min(r.it.since, it.since);
    }
    const auto pick = [&](auto better) {
      const item* best = &used[0];
      for (const auto& it : used)
        if (better(it, *best)) best = &it;
      r.it = *best;
    };
    const auto tie = [](const item& a, const item& b) { return a.when != b.when ? a.when < b.when : a.who < b.who; };
    switch (o) {
      case op::sum:
        if (!pairs || !next_divides) r.it.v = v;
        if (next_divides) {
          if (pairs) r.it.n = n;
          r.it.d = d;
        }
        break;
      case op::mean:
        if (!pairs || !next_divides) r.it.v = rounded(rounded(v) / count);
        if (next_divides) {
          if (pairs) r.it.n = rounded(rounded(n) / count);
          r.it.d = rounded(rounded(d) / count);
        }
        break;
      case op::ratio_of_sums:
      case op::weighted_mean:
        r.it.n = n;
        r.it.d = d;
        if (rounded(d) == 0) {
          r.how = result::zero;
          break;
        }
        r.it.v = (pairs ? def.factor : 1.0) * static_cast<double>(n) / static_cast<double>(d);
        break;
      case op::count: r.it.v = count; break;
      case op::min: pick([&](const item& a, const item& b) { return *a.v != *b.v ? *a.v < *b.v : tie(a, b); }); break;
      case op::max: pick([&](const item& a, const item& b) { return *a.v != *b.v ? *a.v > *b.v : tie(a, b); }); break;
      case op::first:
        pick([&](const item& a, const item& b) { return a.when != b.when ? a.when < b.when : a.who < b.who; });
        break;
      case op::last:
        pick([&](const item& a, const item& b) { return a.when != b.when ? a.when > b.when : a.who < b.who; });
        break;
      case op::none: {
        const auto own = std::find_if(used.begin(), used.end(), [&](const item& a) { return keep.count(a.who) != 0; });
        if (own != used.end()) r.it = *own;
        else if (used.size() == 1) r.it = used[0];
        else r.how = result::refused;
        break;
      }
      case op::median:
      case op::percentile: {
        std::vector<double> x;
        for (const auto& it : used) x.push_back(static_cast<double>(*it.v));
        r.it.v = between(std::move(x), o == op::median ? 50 : percent);
        break;
      }
      case op::geometric_mean: {
        wide product = 1;
        double logs = 0;
        bool positive = true;
        for (const auto& it : used) {
          const double x = static_cast<double>(*it.v);
          positive = positive && x > 0;
          if (!positive) break;
          product *= wide(x);
          logs += std::log(x);
        }
        if (!positive) {
          r.how = result::refused;
          break;
        }
        wide root = std::exp(logs / static_cast<double>(used.size()));
        for (int step = 0; step < 2; ++step) { // Newton's method
          wide power = 1;
          for (std::size_t k = 0; k < used.size(); ++k) power *= root;
          root += root * (product / power - 1) / count;
        }
        r.it.v = rounded(root);
        break;
      }
      case op::range: {
        double least = static_cast<double>(*used[0].v), most = least;
        for (const auto& it : used) {
          least = std::min(least, static_cast<double>(*it.v));
          most = std::max(most, static_cast<double>(*it.v));
        }
        r.it.v = most - least;
        break;
      }
      case op::stddev_population:
      case op::stddev_sample: {
        const wide freedom = o == op::stddev_sample ? count - 1 : count;
        if (freedom == 0) {
          r.how = result::zero;
          break;
        }
        wide s1 = 0, s2 = 0;
        for (const auto& it : used) {
          const wide x = rounded(*it.v);
          s1 += x;
          s2 += x * x;
        }
        const double spread = std::max(0.0, static_cast<double>(count * s2 - s1 * s1));
        r.it.v = std::sqrt(spread / static_cast<double>(count * freedom));
        break;
      }
    }
    return r;
  }

  // The second operator over what the first one made.
  result second(op o, op before, const std::vector<result>& parts, const cw::indicator_definition& d, bool pairs,
                bool weights, const std::set<std::string>& keep) const {
    std::vector<item> items;
    bool left_out = false;
    bool refused = false;
    bool own_refused = false;
    bool own_value = false;
    for (const auto& p : parts) {
      left_out = left_out || p.left_out;
      const bool own = keep.count(p.it.who) != 0;
      if (p.how == result::nothing) continue;
      if (p.how == result::refused) {
        refused = true;
        own_refused = own_refused || own;
        continue;
      }
      const bool parts_go_on =
          pairs && o == op::ratio_of_sums && (before == op::ratio_of_sums || before == op::weighted_mean);
      const bool weights_go_on = o == op::weighted_mean && (before == op::weighted_mean || before == op::ratio_of_sums);
      if (p.how == result::zero && own && o == op::none) own_refused = true; // decided below as a zero denominator
      if (p.how == result::zero && !((parts_go_on || weights_go_on) && p.it.n)) {
        left_out = true;
        continue;
      }
      own_value = own_value || own;
      item it = p.it;
      if (o == op::first) it.when = it.since;
      const bool exact = (before == op::sum && (o == op::sum || o == op::mean ||
                                                (pairs && (o == op::ratio_of_sums || o == op::weighted_mean)))) ||
                         parts_go_on || weights_go_on;
      if (!exact) {
        if (it.v) it.v = rounded(*it.v);
        if (it.d) it.d = rounded(*it.d);
        if (pairs || o != op::weighted_mean) {
          if (it.n) it.n = rounded(*it.n);
        }
      }
      if (weights && o == op::weighted_mean && !weights_go_on) it.n = *it.v * *it.d;
      items.push_back(it);
    }
    if (o == op::none && own_refused && !own_value) {
      result r;
      for (const auto& p : parts)
        if (keep.count(p.it.who) != 0) r = p;
      return r;
    }
    if (refused && !(o == op::none && own_value)) {
      result r;
      r.how = result::refused;
      return r;
    }
    result r = apply(o, items, d, pairs, std::nullopt, keep,
                     d.order == cw::operator_order::time_then_groups ? d.groups_percent : d.time_percent);
    r.left_out = r.left_out || left_out;
    if (r.how == result::nothing && r.left_out) r.how = result::zero;
    return r;
  }

  std::int32_t earliest(const cw::indicator_definition& d, const std::vector<std::int32_t>& times) const {
    if (d.over_time != op::last || times.empty() || d.look_back > 100000) return -1000000;
    return times.back() - static_cast<std::int32_t>(d.look_back);
  }

  result time_first(const cw::indicator_definition& d, const std::vector<std::string>& groups,
                    const std::map<std::string, std::map<std::int32_t, item>>& usable,
                    const std::vector<std::int32_t>& times, bool pairs, bool weights) const {
    std::vector<result> parts;
    for (const auto& [r, at] : usable) {
      std::vector<item> items;
      for (const auto& [t, it] : at)
        if (t >= earliest(d, times)) items.push_back(it);
      parts.push_back(apply(d.over_time, items, d, pairs, d.over_groups, {}, d.time_percent));
      parts.back().it.who = r;
    }
    std::set<std::string> keep;
    if (groups.size() == 1) keep.insert(groups[0]);
    return second(d.over_groups, d.over_time, parts, d, pairs, weights, keep);
  }

  result groups_first(const cw::indicator_definition& d, const std::vector<std::string>& groups,
                      const std::map<std::string, std::map<std::int32_t, item>>& usable,
                      const std::vector<std::int32_t>& times, bool pairs, bool weights) const {
    std::set<std::string> keep;
    if (groups.size() == 1) keep.insert(groups[0]);
    std::vector<result> parts;
    for (const auto t : times) {
      if (t < earliest(d, times)) continue;
      std::vector<item> items;
      for (const auto& [r, at] : usable)
        if (const auto it = at.find(t); it != at.end()) items.push_back(it->second);
      parts.push_back(apply(d.over_groups, items, d, pairs, d.over_time, keep, d.groups_percent));
      parts.back().it.when = parts.back().it.since = t;
      parts.back().it.who.clear();
    }
    return second(d.over_time, d.over_groups, parts, d, pairs, weights, {});
  }

  void decide(cw::figure& out, const result& made, const cw::indicator_definition& d, std::size_t times,
              std::int64_t suppressed, std::int64_t carried, std::size_t incomplete, bool lone) const {
    using state = cw::figure_state;
    if (out.expected == 0) {
      out.state = state::not_expected;
      return;
    }
    if (out.reported + carried == 0) {
      out.state = incomplete > 0 ? state::not_aggregable : suppressed > 0 ? state::suppressed : state::missing;
      return;
    }
    const double coverage = static_cast<double>(out.reported) / static_cast<double>(out.expected);
    if ((options_.missing == cw::missing_policy::all_or_nothing && coverage < 1) ||
        (options_.missing == cw::missing_policy::minimum_coverage && coverage < options_.minimum_coverage)) {
      out.state = state::below_minimum_coverage;
      return;
    }
    if (!lone && made.it.n && made.it.d && (made.how == result::value || made.how == result::zero)) {
      out.numerator = static_cast<double>(*made.it.n);
      out.denominator = static_cast<double>(*made.it.d);
    }
    if (made.how != result::value) {
      out.state = made.how == result::nothing ? state::missing
                  : made.how == result::zero  ? state::zero_denominator
                                              : state::not_aggregable;
      if (made.how != result::zero) out.numerator = out.denominator = cw::missing_value;
      return;
    }
    if (!made.it.v) { // a pair without a value of its own, picked as it is
      out.state = state::zero_denominator;
      return;
    }
    out.value = static_cast<double>(*made.it.v);
    out.state = coverage < 1 || made.left_out ? state::partial : state::reported;
    if (carried > 0) out.state = state::carried_forward;
    const bool plain_sum = d.over_groups == op::sum && (d.over_time == op::sum || times == 1) &&
                           !is(d, op::ratio_of_sums) && !is(d, op::weighted_mean);
    if (options_.missing == cw::missing_policy::adjusted && coverage < 1 && plain_sum) {
      if (coverage >= options_.minimum_coverage) {
        out.value *= 1 + options_.adjustment * (1 / coverage - 1);
        out.state = state::adjusted;
      } else {
        out.state = state::not_adjusted;
      }
    }
  }

  void bound(cw::figure& out, const cw::indicator_definition& d,
             const std::map<std::string, std::map<std::int32_t, item>>& usable,
             const std::vector<std::int32_t>& times) const {
    const std::set<op> bounded = {op::sum,  op::mean,           op::min,    op::max,       op::first, op::last,
                                  op::none, op::geometric_mean, op::median, op::percentile};
    if (bounded.count(d.over_time) == 0) return;
    std::optional<double> most;
    const auto raise = [&](const wide& x) {
      const double v = static_cast<double>(x);
      most = most ? std::max(*most, v) : v;
    };
    if (d.over_time == op::sum) {
      for (const auto& [r, at] : usable)
        for (const auto& [t, it] : at) raise(*it.v);
    } else if (d.order == cw::operator_order::time_then_groups) {
      for (const auto& [r, at] : usable) {
        std::vector<item> items;
        for (const auto& [t, it] : at)
          if (t >= earliest(d, times)) items.push_back(it);
        const auto x = apply(d.over_time, items, d, false, std::nullopt, {}, d.time_percent);
        if (x.how == result::value) raise(*x.it.v);
      }
    } else {
      std::vector<item> items;
      for (const auto t : times) {
        if (t < earliest(d, times)) continue;
        std::optional<wide> top;
        for (const auto& [r, at] : usable)
          if (const auto it = at.find(t); it != at.end()) top = top ? std::max(*top, *it->second.v) : *it->second.v;
        if (!top) continue;
        item i;
        i.v = top;
        i.when = i.since = t;
        items.push_back(i);
      }
      const auto x = apply(d.over_time, items, d, false, std::nullopt, {}, d.time_percent);
      if (x.how == result::value) raise(*x.it.v);
    }
    if (!most) return;
    out.lower = std::min(*most, out.value);
    out.upper = out.value;
  }

  facts facts_;
  cw::rollup_options options_;
};

} // namespace commonweal_test
