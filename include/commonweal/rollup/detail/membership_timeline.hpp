// SPDX-License-Identifier: Apache-2.0
// Who belongs to a group, period by period: the set R(g,t) of the rollup contract.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include <commonweal/network/traverse.hpp>

namespace commonweal::inline v0::detail {

/// Ordinals [begin, end) of one frequency.
struct ordinal_range {
  std::int32_t begin = 0;
  std::int32_t end = 0;
  [[nodiscard]] constexpr bool empty() const { return end <= begin; }
  [[nodiscard]] constexpr bool contains(std::int32_t t) const { return begin <= t && t < end; }
  [[nodiscard]] constexpr ordinal_range intersect(ordinal_range o) const {
    return {std::max(begin, o.begin), std::min(end, o.end)};
  }
  friend constexpr bool operator==(ordinal_range, ordinal_range) = default;
};

/// The periods of `clip` in which `span` is in force: consecutive, whatever the rule. Agrees with in_force().
[[nodiscard]] inline ordinal_range periods_in_force(const interval& span, frequency f, in_force_rule rule,
                                                    ordinal_range clip) {
  if (span.empty()) return {};
  const auto holding = [f](date d) { return period::containing(d, f); };
  const bool any = rule == in_force_rule::any_day;
  const bool late_start = rule == in_force_rule::first_day || rule == in_force_rule::whole_period;
  ordinal_range r = clip;
  if (span.start.is_bounded()) {
    const period p = holding(span.start);
    r.begin = std::max(r.begin, p.ordinal() + (late_start && p.first_day() != span.start ? 1 : 0));
  }
  if (span.end.is_bounded()) {
    const period p = holding(span.end);
    const bool inside = p.first_day() != span.end; // the period of the end date has days before the end
    r.end = std::min(r.end, p.ordinal() + (inside && (any || rule == in_force_rule::first_day) ? 1 : 0));
  }
  if (r.empty()) return {};
  return r;
}

/// Reporters in one line: organizations first, then groups, each in the order of the network.
struct reporter_line {
  std::uint32_t organizations = 0;
  std::uint32_t groups = 0;

  explicit reporter_line(const network& net)
      : organizations(net.size(node_kind::organization)), groups(net.size(node_kind::group)) {}
  [[nodiscard]] std::uint32_t size() const { return organizations + groups; }
  [[nodiscard]] std::uint32_t of_group(std::uint32_t g) const { return organizations + g; }
  [[nodiscard]] node_ref node(std::uint32_t r) const {
    return r < organizations ? node_ref{node_kind::organization, r} : node_ref{node_kind::group, r - organizations};
  }
  [[nodiscard]] std::optional<std::uint32_t> of(node_ref n) const {
    if (n.kind == node_kind::organization) return n.index;
    if (n.kind == node_kind::group) return of_group(n.index);
    return std::nullopt;
  }
};

/// The periods in which an edge is in force: its own days, on which both of its nodes exist. With `as_of`, all or none.
struct force_rule {
  frequency base{};
  in_force_rule rule{};
  std::optional<date> as_of;
  ordinal_range clip;

  [[nodiscard]] ordinal_range operator()(const interval& days) const {
    if (as_of) return days.contains(*as_of) ? clip : ordinal_range{};
    return periods_in_force(days, base, rule, clip);
  }
  [[nodiscard]] ordinal_range edge(const network& net, const relation& edges, relation::row_index row) const {
    return (*this)(days_in_force(net, edges, row));
  }
};

/// The cascade over the periods of one frequency: for each group, what reports into it and when.
class cascade_history {
 public:
  struct link {
    std::uint32_t from; ///< a group, or an organization
    ordinal_range in_force;
  };

  /// O(edges).
  cascade_history(const network& net, const force_rule& in_force) : clip_(in_force.clip) {
    const std::uint32_t groups = net.size(node_kind::group);
    open_.reserve(groups);
    for (std::uint32_t g = 0; g < groups; ++g) open_.push_back(in_force(net.validity({node_kind::group, g})));
    collect(net, in_force, edge_kind::part_of, node_kind::group, parts_);
    collect(net, in_force, edge_kind::member_of, node_kind::organization, members_);
  }

  [[nodiscard]] ordinal_range clip() const { return clip_; }
  [[nodiscard]] std::uint32_t groups() const { return static_cast<std::uint32_t>(open_.size()); }
  [[nodiscard]] ordinal_range open(std::uint32_t g) const { return open_[g]; }
  [[nodiscard]] std::span<const link> parts_of(std::uint32_t g) const { return parts_.of(g); }
  [[nodiscard]] std::span<const link> members_of(std::uint32_t g) const { return members_.of(g); }

 private:
  struct links {
    std::vector<std::size_t> begin;
    std::vector<link> all;
    [[nodiscard]] std::span<const link> of(std::uint32_t g) const {
      return std::span(all).subspan(begin[g], begin[g + 1] - begin[g]);
    }
  };

  static void collect(const network& net, const force_rule& in_force, edge_kind kind, node_kind from, links& out) {
    const relation& edges = net.edges(kind);
    const std::uint32_t groups = net.size(node_kind::group);
    out.begin.assign(1, 0);
    for (std::uint32_t g = 0; g < groups; ++g) {
      for (const auto row : edges.in(net.vertex({node_kind::group, g}))) {
        const node_ref n = net.node(edges.from(row));
        if (n.kind != from) continue; // persons sit in groups and report nothing
        const auto range = in_force.edge(net, edges, row);
        if (!range.empty()) out.all.push_back({n.index, range});
      }
      out.begin.push_back(out.all.size());
    }
  }

  ordinal_range clip_;
  std::vector<ordinal_range> open_;
  links parts_;
  links members_;
};

/// R(g,t) for all t at once: the reporters of a group or of several, each once, with the periods in which it is in.
struct membership_timeline {
  struct entry {
    std::uint32_t reporter;
    std::uint32_t first; ///< index of its first range; the ranges end where the next entry's begin
  };
  std::vector<entry> reporters;      ///< sorted; one more at the end as a sentinel
  std::vector<ordinal_range> ranges; ///< of one reporter: sorted, not touching

  [[nodiscard]] std::size_t size() const { return reporters.size() - 1; }
  [[nodiscard]] std::span<const ordinal_range> of(std::size_t i) const {
    return std::span(ranges).subspan(reporters[i].first, reporters[i + 1].first - reporters[i].first);
  }
};

/// Finds presences. Holds marks the size of the network, so that asking for many groups clears nothing.
class timeline_finder {
 public:
  timeline_finder(const cascade_history& history, const reporter_line& line)
      : history_(history), line_(line), seen_(line.size(), 0), run_of_(line.size(), no_run) {}

  /// O(what is below the groups x the number of times anything there changes).
  [[nodiscard]] membership_timeline operator()(std::span<const std::uint32_t> roots) {
    const std::vector<std::int32_t> changes = moments_of_change(roots);
    runs_.clear();
    for (std::size_t i = 0; i + 1 < changes.size(); ++i) visit(roots, {changes[i], changes[i + 1]});
    for (const auto& r : runs_) run_of_[r.reporter] = no_run;
    std::sort(runs_.begin(), runs_.end(), [](const run& a, const run& b) {
      return a.reporter != b.reporter ? a.reporter < b.reporter : a.range.begin < b.range.begin;
    });
    membership_timeline out;
    out.ranges.reserve(runs_.size());
    for (const auto& r : runs_) {
      if (out.reporters.empty() || out.reporters.back().reporter != r.reporter)
        out.reporters.push_back({r.reporter, static_cast<std::uint32_t>(out.ranges.size())});
      out.ranges.push_back(r.range);
    }
    out.reporters.push_back({std::numeric_limits<std::uint32_t>::max(), static_cast<std::uint32_t>(out.ranges.size())});
    return out;
  }

 private:
  struct run {
    std::uint32_t reporter;
    ordinal_range range;
  };
  static constexpr std::size_t no_run = std::numeric_limits<std::size_t>::max();

  void begin_walk(std::span<const std::uint32_t> roots) {
    if (++stamp_ == 0) {
      std::fill(seen_.begin(), seen_.end(), 0);
      stamp_ = 1;
    }
    stack_.clear();
    for (const auto g : roots) push(g);
  }
  bool mark(std::uint32_t reporter) {
    if (seen_[reporter] == stamp_) return false;
    seen_[reporter] = stamp_;
    return true;
  }
  void push(std::uint32_t g) {
    if (mark(line_.of_group(g))) stack_.push_back(g);
  }

  // Between two of these, nothing below the roots changes.
  [[nodiscard]] std::vector<std::int32_t> moments_of_change(std::span<const std::uint32_t> roots) {
    const auto clip = history_.clip();
    std::vector<std::int32_t> moments = {clip.begin, clip.end};
    const auto note = [&](ordinal_range r) {
      if (r.begin > clip.begin && r.begin < clip.end) moments.push_back(r.begin);
      if (r.end > clip.begin && r.end < clip.end) moments.push_back(r.end);
    };
    begin_walk(roots);
    while (!stack_.empty()) {
      const auto g = stack_.back();
      stack_.pop_back();
      note(history_.open(g));
      for (const auto& l : history_.members_of(g)) note(l.in_force);
      for (const auto& l : history_.parts_of(g)) {
        note(l.in_force);
        push(l.from);
      }
    }
    std::sort(moments.begin(), moments.end());
    moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
    return moments;
  }

  void visit(std::span<const std::uint32_t> roots, ordinal_range segment) {
    begin_walk({});
    for (const auto g : roots)
      if (history_.open(g).contains(segment.begin)) push(g);
    while (!stack_.empty()) {
      const auto g = stack_.back();
      stack_.pop_back();
      add(line_.of_group(g), segment);
      for (const auto& l : history_.members_of(g))
        if (l.in_force.contains(segment.begin) && mark(l.from)) add(l.from, segment);
      for (const auto& l : history_.parts_of(g))
        if (l.in_force.contains(segment.begin)) push(l.from);
    }
  }
  void add(std::uint32_t reporter, ordinal_range segment) {
    auto& at = run_of_[reporter];
    if (at != no_run && runs_[at].range.end == segment.begin) {
      runs_[at].range.end = segment.end;
      return;
    }
    at = runs_.size();
    runs_.push_back({reporter, segment});
  }

  const cascade_history& history_;
  reporter_line line_;
  std::vector<std::uint32_t> seen_;
  std::uint32_t stamp_ = 0;
  std::vector<std::size_t> run_of_;
  std::vector<std::uint32_t> stack_;
  std::vector<run> runs_;
};

} // namespace commonweal::inline v0::detail
