// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/decompose.hpp.
#pragma once

#include <algorithm>
#include <numeric>
#include <utility>

#include <commonweal/analyze/decompose.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/rollup/exact_sum.hpp>

namespace commonweal::inline v0 {

COMMONWEAL_BODY rate_decomposition decompose_rates(std::span<const rate_pair> categories) {
  double people_a = 0;
  double people_b = 0;
  double events_a = 0;
  double events_b = 0;
  for (const auto& c : categories) {
    for (const double x : {c.events_a, c.people_a, c.events_b, c.people_b})
      if (!(x >= 0) || std::isinf(x))
        throw error(error_code::invalid_argument, "category " + c.category + " has a negative or non-finite count");
    if ((c.people_a == 0 && c.events_a > 0) || (c.people_b == 0 && c.events_b > 0))
      throw error(error_code::invalid_argument, "category " + c.category + " has events but no people");
    people_a += c.people_a;
    people_b += c.people_b;
    events_a += c.events_a;
    events_b += c.events_b;
  }
  if (!(people_a > 0) || !(people_b > 0))
    throw error(error_code::invalid_argument, "a rate needs people in both populations");
  rate_decomposition d;
  d.rate_a = events_a / people_a;
  d.rate_b = events_b / people_b;
  d.gap = d.rate_b - d.rate_a;
  for (const auto& c : categories) {
    if (c.people_a == 0 && c.people_b == 0) continue;
    double rate_a = c.people_a > 0 ? c.events_a / c.people_a : c.events_b / c.people_b;
    double rate_b = c.people_b > 0 ? c.events_b / c.people_b : rate_a;
    const double share_a = c.people_a / people_a;
    const double share_b = c.people_b / people_b;
    const double rates = rate_b - rate_a;
    const double shares = share_b - share_a;
    d.parts.push_back({c.category, (share_a + share_b) / 2 * rates, (rate_a + rate_b) / 2 * shares});
    d.rate_effect += d.parts.back().rate_effect;
    d.composition_effect += d.parts.back().composition_effect;
    d.rate_effect_at_a += share_a * rates;
    d.composition_effect_at_a += rate_a * shares;
    d.interaction += rates * shares;
  }
  return d;
}

COMMONWEAL_BODY table to_table(const rate_decomposition& d) {
  table t({{"category", column_type::utf8},
           {"rate_effect", column_type::float64},
           {"composition_effect", column_type::float64},
           {"total", column_type::float64}});
  for (const auto& p : d.parts)
    t.append_row(
        {std::string_view(p.category), p.rate_effect, p.composition_effect, p.rate_effect + p.composition_effect});
  t.append_row({"(all)", d.rate_effect, d.composition_effect, d.gap});
  return t;
}

namespace detail {

inline std::pair<Eigen::Index, Eigen::Index> two_columns(const panel& data, period before, period after) {
  const auto b = data.column(before);
  const auto a = data.column(after);
  if (!b || !a)
    throw error(error_code::invalid_argument, "the indicator has no period " + (b ? after : before).to_string());
  return {*b, *a};
}

inline std::vector<Eigen::Index> rows_or_all(const panel& data, std::span<const Eigen::Index> rows) {
  if (!rows.empty()) return {rows.begin(), rows.end()};
  std::vector<Eigen::Index> all(data.reporters.size());
  std::iota(all.begin(), all.end(), Eigen::Index{0});
  return all;
}

} // namespace detail

COMMONWEAL_BODY table contributions(const network& net, const panel& data, period before, period after,
                                    std::span<const Eigen::Index> reporters) {
  const auto [b, a] = detail::two_columns(data, before, after);
  struct line {
    Eigen::Index row;
    double before, after, effect;
  };
  std::vector<line> lines;
  exact_sum change;
  for (const auto r : detail::rows_or_all(data, reporters)) {
    const double x = data.value(r, b);
    const double y = data.value(r, a);
    if (std::isnan(x) && std::isnan(y)) continue;
    if (!std::isnan(y)) change.add(y);
    if (!std::isnan(x)) change.subtract(x);
    lines.push_back({r, x, y, (std::isnan(y) ? 0 : y) - (std::isnan(x) ? 0 : x)});
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const line& p, const line& q) { return std::abs(p.effect) > std::abs(q.effect); });
  table t({{"reporter", column_type::utf8},
           {"name", column_type::utf8},
           {"before", column_type::float64},
           {"after", column_type::float64},
           {"entry", column_type::float64},
           {"exit", column_type::float64},
           {"within", column_type::float64},
           {"share", column_type::float64}});
  const double total = change.value();
  for (const auto& l : lines) {
    const node_ref who = data.reporters[static_cast<std::size_t>(l.row)];
    const bool had = !std::isnan(l.before);
    const bool has = !std::isnan(l.after);
    t.append_row({net.id(who), net.name(who), had ? cell{l.before} : cell{}, has ? cell{l.after} : cell{},
                  has && !had ? l.effect : 0.0, had && !has ? l.effect : 0.0, had && has ? l.effect : 0.0,
                  total == 0 ? cell{} : cell{l.effect / total}});
  }
  return t;
}

COMMONWEAL_BODY table ratio_contributions(const network& net, const panel& data, double factor, period before,
                                          period after, std::span<const Eigen::Index> reporters) {
  if (data.numerator.size() == 0 || data.denominator.size() == 0)
    throw error(error_code::invalid_argument, "ratio contributions need an indicator with numerator and denominator");
  const auto [b, a] = detail::two_columns(data, before, after);
  const auto pair_at = [&](Eigen::Index r, Eigen::Index c) { // matched pairs only
    const double n = data.numerator(r, c);
    const double d = data.denominator(r, c);
    return std::isnan(n) || std::isnan(d) || d <= 0 ? std::pair{missing_value, missing_value} : std::pair{n, d};
  };
  std::vector<rate_pair> both;
  std::vector<Eigen::Index> both_rows, entered, left;
  double n_before = 0, d_before = 0, n_after = 0, d_after = 0, d_entered = 0, d_left = 0;
  for (const auto r : detail::rows_or_all(data, reporters)) {
    const auto [nb, db] = pair_at(r, b);
    const auto [na, da] = pair_at(r, a);
    const bool had = !std::isnan(db);
    const bool has = !std::isnan(da);
    if (had) n_before += nb, d_before += db;
    if (has) n_after += na, d_after += da;
    if (had && has) {
      both.push_back({"", nb, db, na, da});
      both_rows.push_back(r);
    } else if (has) {
      entered.push_back(r);
      d_entered += da;
    } else if (had) {
      left.push_back(r);
      d_left += db;
    }
  }
  if (both.empty())
    throw error(error_code::invalid_argument,
                "no reporter gave the ratio in both periods, so that nothing can be compared");
  const rate_decomposition d = decompose_rates(both);
  const double entry = n_after / d_after - d.rate_b;
  const double exit = d.rate_a - n_before / d_before;
  table t({{"reporter", column_type::utf8},
           {"name", column_type::utf8},
           {"rate_before", column_type::float64},
           {"rate_after", column_type::float64},
           {"rate_effect", column_type::float64},
           {"composition_effect", column_type::float64},
           {"entry", column_type::float64},
           {"exit", column_type::float64}});
  const auto who = [&](Eigen::Index r) { return data.reporters[static_cast<std::size_t>(r)]; };
  for (std::size_t i = 0; i < both.size(); ++i)
    t.append_row({net.id(who(both_rows[i])), net.name(who(both_rows[i])), factor * both[i].events_a / both[i].people_a,
                  factor * both[i].events_b / both[i].people_b, factor * d.parts[i].rate_effect,
                  factor * d.parts[i].composition_effect, 0.0, 0.0});
  for (const auto r : entered) {
    const auto [n, den] = pair_at(r, a);
    t.append_row({net.id(who(r)), net.name(who(r)), std::monostate{}, factor * n / den, 0.0, 0.0,
                  factor * entry * den / d_entered, 0.0});
  }
  for (const auto r : left) {
    const auto [n, den] = pair_at(r, b);
    t.append_row({net.id(who(r)), net.name(who(r)), factor * n / den, std::monostate{}, 0.0, 0.0, 0.0,
                  factor * exit * den / d_left});
  }
  return t;
}

} // namespace commonweal::inline v0
