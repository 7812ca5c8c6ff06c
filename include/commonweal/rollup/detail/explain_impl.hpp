// SPDX-License-Identifier: Apache-2.0
// Body of explain(): the cells behind one figure, the paths by which they count, and what each adds.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <commonweal/core/linkage.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/rollup/detail/append_number.hpp>
#include <commonweal/rollup/detail/evaluate.hpp>
#include <commonweal/rollup/detail/request.hpp>
#include <commonweal/rollup/rollup.hpp>

namespace commonweal::inline v0::detail {

/// Writes the ways from a reporter up to the target, group by group.
class path_writer {
 public:
  path_writer(const rollup_request& request, const rollup_target& target, const membership_timeline& who,
              frequency base)
      : net_(request.net()), line_(request.line()), target_(target), who_(who), in_force_(request.in_force(base)) {}

  /// "team > council; task-force > council": at most `most` of them, then "...".
  [[nodiscard]] std::string operator()(std::uint32_t reporter, std::int32_t t) {
    text_.clear();
    found_ = 0;
    std::vector<std::uint32_t> path;
    const node_ref n = line_.node(reporter);
    if (n.kind == node_kind::group) {
      if (is_root(n.index)) return std::string(net_.id(n));
      climb(n, edge_kind::part_of, t, path);
    } else {
      climb(n, edge_kind::member_of, t, path);
    }
    return text_;
  }

 private:
  static constexpr int most = 16;

  [[nodiscard]] bool is_root(std::uint32_t g) const {
    return std::find(target_.groups.begin(), target_.groups.end(), g) != target_.groups.end();
  }
  [[nodiscard]] bool leads_up(std::uint32_t g, std::int32_t t) const {
    const auto r = line_.of_group(g);
    const auto it =
        std::lower_bound(who_.reporters.begin(), who_.reporters.end() - 1, r,
                         [](const membership_timeline::entry& e, std::uint32_t x) { return e.reporter < x; });
    if (it == who_.reporters.end() - 1 || it->reporter != r) return false;
    const auto ranges = who_.of(static_cast<std::size_t>(it - who_.reporters.begin()));
    return std::any_of(ranges.begin(), ranges.end(), [t](ordinal_range x) { return x.contains(t); });
  }
  void climb(node_ref from, edge_kind by, std::int32_t t, std::vector<std::uint32_t>& path) {
    const relation& edges = net_.edges(by);
    std::optional<vertex_index> last;
    for (const auto row : edges.out(net_.vertex(from))) {
      if (found_ > most) return;
      if (last == edges.to(row) || !in_force_.edge(net_, edges, row).contains(t)) continue;
      last = edges.to(row); // told twice, it is one way
      const auto g = net_.node(edges.to(row)).index;
      if (!leads_up(g, t) || std::find(path.begin(), path.end(), g) != path.end()) continue;
      path.push_back(g);
      if (is_root(g)) write(path);
      else climb({node_kind::group, g}, edge_kind::part_of, t, path);
      path.pop_back();
    }
  }
  void write(const std::vector<std::uint32_t>& path) {
    if (!text_.empty()) text_ += "; ";
    if (found_++ == most) {
      text_ += "...";
      return;
    }
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (i != 0) text_ += " > ";
      text_ += net_.id({node_kind::group, path[i]});
    }
  }

  const network& net_;
  reporter_line line_;
  const rollup_target& target_;
  const membership_timeline& who_;
  force_rule in_force_;
  std::string text_;
  int found_ = 0;
};

/// Remembers the cells of one figure and what the first operator made of them.
struct cell_recorder {
  struct cell_seen {
    std::uint32_t reporter;
    std::int32_t t;
    cell_kind kind;
    bool due;
    bool carried;
    cell_value a;
  };
  struct inner_seen {
    std::uint32_t reporter; ///< nobody where the first operator goes over the groups
    std::int32_t t;
    outcome made;
    cell_value a;
  };
  std::vector<cell_seen> cells;
  std::vector<inner_seen> inners;
  static constexpr bool wants_inner = true;

  void cell(std::uint32_t reporter, std::int32_t t, cell_kind kind, bool due, bool carried, const cell_value& a) {
    if (kind == cell_kind::missing && !due) return;
    cells.push_back({reporter, t, kind, due, carried, a});
  }
  void inner(std::uint32_t reporter, std::int32_t t, outcome made, const cell_value& a) {
    if (made == outcome::value) inners.push_back({reporter, t, made, a});
  }
};

/// What each recorded cell adds to the figure, NaN where figures of these operators do not add up.
[[nodiscard]] inline std::vector<double> shares_of(const cell_recorder& seen, const stages& s,
                                                   const operator_result& whole) {
  std::vector<double> shares(seen.cells.size(), not_a_value);
  const auto adds = [](const stage& x) { return x.op == aggregate_operator::sum; };
  const auto picks = [](const stage& x) { return rules_of(x.op).picks; };
  const auto& in = s.inner;
  const auto& out = s.outer;
  const bool counts_cells = in.from == made_of::count && (adds(out) || picks(out));
  const bool counts_picks = picks(in) && out.from == made_of::count;
  const bool adds_cells = (adds(in) || picks(in)) && (adds(out) || picks(out));
  if (whole.made != outcome::value || (!counts_cells && !counts_picks && !adds_cells)) return shares;
  const bool single = seen.inners.empty(); // the lone value without its parts
  for (std::size_t k = 0; k < seen.cells.size(); ++k) {
    const auto& c = seen.cells[k];
    const bool used = c.kind == cell_kind::usable || c.carried || (single && c.kind == cell_kind::incomplete);
    if (!used) continue;
    // Recorded in the order of reporters, or of time: both ascending.
    const auto it = std::lower_bound(seen.inners.begin(), seen.inners.end(), c, [&](const auto& i, const auto& x) {
      return s.time_first ? i.reporter < x.reporter : i.t < x.t;
    });
    if (!single && (it == seen.inners.end() || (s.time_first ? it->reporter != c.reporter : it->t != c.t))) continue;
    if (!single && picks(in) && (s.time_first ? it->a.when != c.t : it->a.reporter != c.reporter)) continue;
    if (!single && picks(out) && (s.time_first ? whole.result.reporter != c.reporter : whole.result.when != c.t))
      continue;
    shares[k] = counts_cells || counts_picks ? 1.0 : c.a.value;
  }
  return shares;
}

/// Builds the table of explain().
class explainer {
 public:
  explainer(const rollup_request& request, reference_provider& source)
      : request_(request), source_(source), out_({{"reporter", column_type::utf8},
                                                  {"name", column_type::utf8},
                                                  {"period", column_type::period},
                                                  {"value", column_type::float64},
                                                  {"numerator", column_type::float64},
                                                  {"denominator", column_type::float64},
                                                  {"state", column_type::utf8},
                                                  {"paths", column_type::utf8},
                                                  {"share", column_type::float64},
                                                  {"indicator", column_type::utf8}}) {}

  [[nodiscard]] table operator()(std::uint32_t indicator, period when) {
    const auto& d = request_.definition(indicator);
    const time_span w(when);
    if (request_.formula_of(indicator) == nullptr) {
      reported_rows(indicator, d.over_time, w, true);
      return std::move(out_);
    }
    evaluator<reference_provider> figure_of(request_, source_);
    formula_trace trace;
    if (d.formula_level == formula_level::reporter) {
      std::vector<std::pair<std::uint32_t, term>> results;
      const figure f = figure_of.over_reporters(indicator, w, trace,
                                                [&](std::uint32_t r, const term& t) { results.emplace_back(r, t); });
      const bool adds = has_value(f.state) && d.over_groups == aggregate_operator::sum;
      for (const auto& [r, t] : results)
        row(indicator, r, when, t.value, not_a_value, not_a_value, to_string(t.state), "",
            adds ? t.value : not_a_value);
    } else {
      (void)figure_of.of_formula(indicator, w, trace);
    }
    for (const auto& u : trace.uses)
      if (rollup_request::in_calendar(u.when)) reported_rows(u.indicator, u.over_time, u.when, false);
    return std::move(out_);
  }

 private:
  void reported_rows(std::uint32_t indicator, aggregate_operator over_time, const time_span& w, bool with_shares) {
    const auto& d = request_.definition(indicator);
    const stages s(d, over_time);
    const reported_indicator& e = request_.reported(indicator);
    const membership_timeline& who = source_.who(e.base());
    cell_recorder seen;
    auto whole = source_.of(who, source_.target().own, e, s, w, seen);
    source_.tell_people_apart(whole, e, s, w);
    with_shares = with_shares && std::isnan(whole.upper); // distinct people are nobody's shares
    const figure f = apply_policy(whole, s, d, request_.options());
    std::vector<double> shares(seen.cells.size(), not_a_value);
    if (with_shares && has_value(f.state)) shares = shares_of(seen, s, whole);
    path_writer paths(request_, source_.target(), who, e.base());
    exact_sum rest; // what the figure holds beyond its reports
    if (has_value(f.state)) rest.add(f.value);
    for (std::size_t k = 0; k < seen.cells.size(); ++k) {
      const auto& c = seen.cells[k];
      double numerator = not_a_value;
      double denominator = not_a_value;
      if (const auto* p = e.data(); p != nullptr && c.kind != cell_kind::suppressed) {
        numerator = s.need == cell_need::weight ? not_a_value : c.a.numerator;
        denominator = c.a.denominator;
      }
      if (!std::isnan(shares[k])) rest.subtract(shares[k]);
      row(indicator, c.reporter, period{e.base(), c.t}, c.a.value, numerator, denominator, state_of(c),
          paths(c.reporter, c.t), shares[k]);
    }
    if (with_shares && f.state == figure_state::adjusted) {
      out_[0].append_null();
      out_[1].append("scaled for missing reports");
      out_[2].append_null();
      for (std::size_t c = 3; c < 6; ++c) out_[c].append_null();
      out_[6].append(to_string(figure_state::adjusted));
      out_[7].append_null();
      out_[8].append(rest.value());
      out_[9].append(d.id);
    }
  }

  static std::string_view state_of(const cell_recorder::cell_seen& c) {
    if (c.carried) return "carried_forward";
    switch (c.kind) {
      case cell_kind::usable: return "reported";
      case cell_kind::incomplete: return "incomplete";
      case cell_kind::suppressed: return "suppressed";
      case cell_kind::not_expected: return "not_expected";
      case cell_kind::missing: break;
    }
    return "missing";
  }

  void row(std::uint32_t indicator, std::uint32_t reporter, period p, double value, double numerator,
           double denominator, std::string_view state, const std::string& paths, double share) {
    const node_ref n = request_.line().node(reporter);
    out_[0].append(request_.net().id(n));
    out_[1].append(request_.net().name(n));
    out_[2].append(p);
    append_number(out_[3], value);
    append_number(out_[4], numerator);
    append_number(out_[5], denominator);
    out_[6].append(state);
    if (paths.empty()) out_[7].append_null();
    else out_[7].append(paths);
    append_number(out_[8], share);
    out_[9].append(request_.definition(indicator).id);
  }

  const rollup_request& request_;
  reference_provider& source_;
  table out_;
};

} // namespace commonweal::inline v0::detail

namespace commonweal::inline v0 {

COMMONWEAL_BODY table explain(const network& net, const measures& data, std::string_view group,
                              std::string_view indicator, period when, const rollup_options& options) {
  rollup_options one = options;
  const bool is_union =
      std::any_of(options.unions.begin(), options.unions.end(), [&](const group_union& u) { return u.id == group; });
  one.groups.clear();
  if (is_union) std::erase_if(one.unions, [&](const group_union& u) { return u.id != group; });
  else {
    one.unions.clear();
    one.groups = {std::string(group)};
  }
  one.indicators = {std::string(indicator)};
  one.every = when.freq();
  one.from = when;
  one.to = when;
  const detail::rollup_request request(net, data, one);
  detail::reference_provider source(request);
  source.enter(request.targets().front());
  return detail::explainer(request, source)(request.series().front().indicator, when);
}

} // namespace commonweal::inline v0
