// SPDX-License-Identifier: Apache-2.0
// A hand-drawn initiative in few lines, for worked examples.
#pragma once

#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/initiative.hpp>
#include <commonweal/network/network_builder.hpp>

#include "random_initiative.hpp"

namespace commonweal_test {

inline constexpr double none_given = cw::missing_value;

/// Facts by hand. Ids that begin with g are groups, with o organizations; base periods are months from 2024-01.
struct sketch : facts {
  sketch() {
    base = cw::frequency::month;
    first = cw::period::parse("2024-01")->ordinal();
    periods = 12;
  }
  static cw::interval days(std::string_view start, std::string_view end = {}) {
    cw::interval i;
    if (!start.empty()) i.start = *cw::date::parse(start);
    if (!end.empty()) i.end = *cw::date::parse(end);
    return i;
  }
  sketch& node(const std::string& id, cw::interval life = {}) {
    (id[0] == 'g' ? groups : organizations)[id] = life;
    return *this;
  }
  sketch& join(const std::string& from, const std::string& to, cw::interval when = {}) {
    if (from[0] == 'g' ? groups.count(from) == 0 : organizations.count(from) == 0) node(from);
    if (groups.count(to) == 0) node(to);
    (from[0] == 'g' ? part_of : member_of).push_back({from, to, when});
    return *this;
  }
  cw::indicator_definition& indicator(const std::string& id) {
    auto& d = indicators[id];
    d.id = id;
    return d;
  }
  /// Values of consecutive months from January; NaN leaves the cell missing.
  sketch& values(const std::string& i, const std::string& reporter, const std::vector<double>& by_month) {
    for (std::size_t k = 0; k < by_month.size(); ++k) {
      fact_cell c;
      c.value = by_month[k];
      if (!std::isnan(c.value)) c.state = cw::cell_state::reported;
      cells[{i, reporter, first + static_cast<std::int32_t>(k)}] = c;
    }
    return *this;
  }
  sketch& parts(const std::string& i, const std::string& reporter,
                const std::vector<std::pair<double, double>>& by_month) {
    for (std::size_t k = 0; k < by_month.size(); ++k) {
      const auto [n, d] = by_month[k];
      fact_cell c{d == 0 ? cw::missing_value : indicators[i].factor * n / d, n, d, cw::cell_state::reported};
      cells[{i, reporter, first + static_cast<std::int32_t>(k)}] = c;
    }
    return *this;
  }
  sketch& mark(const std::string& i, const std::string& reporter, std::string_view month, cw::cell_state state) {
    cells[{i, reporter, cw::period::parse(month)->ordinal()}] = {cw::missing_value, cw::missing_value,
                                                                 cw::missing_value, state};
    return *this;
  }
};

/// One figure through the public call.
inline cw::figure ask(const facts& f, const std::string& group, const std::string& indicator, std::string_view when,
                      cw::rollup_options o = {}) {
  if (o.unions.empty()) o.groups = {group};
  o.indicators = {indicator};
  o.from = o.to = cw::period::parse(when);
  o.every = o.from->freq();
  const auto t = build(f).rollup(o);
  if (t.rows() != 1) throw std::logic_error("one figure was asked for");
  const auto number = [&](const char* c) { return t[c].is_null(0) ? cw::missing_value : t[c].values<double>()[0]; };
  cw::figure out;
  out.value = number("value");
  out.numerator = number("numerator");
  out.denominator = number("denominator");
  out.lower = number("lower");
  out.upper = number("upper");
  out.reported = t["reported"].values<std::int64_t>()[0];
  out.expected = t["expected"].values<std::int64_t>()[0];
  out.state = *cw::parse_enum<cw::figure_state>(t["state"].text(0));
  return out;
}

} // namespace commonweal_test
