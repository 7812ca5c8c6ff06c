// SPDX-License-Identifier: Apache-2.0
// Where each shared measure stands: its series, its change, whether that is the wanted direction; the scorecard; and
// which groups cover it poorly.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <string>
#include <unordered_map>

#include <commonweal/analyze/quality.hpp>
#include <commonweal/measure/report_due.hpp>
#include <commonweal/rollup/detail/answer_size.hpp>
#include <commonweal/rollup/detail/reported_indicator.hpp>
#include <commonweal/rollup/figure_source.hpp>

#include "report/gather.hpp"

namespace commonweal::inline v0::report {
namespace {

bool is_percentage(const indicator_definition& d) {
  return (d.unit == "percent" || d.unit == "%" || d.unit == "per cent") && d.kind == indicator_kind::ratio;
}

/// Drops what lies before the first report and after the day of the report.
void trim(std::vector<point>& points, date as_of) {
  while (!points.empty() && points.back().period.last_day() > as_of) points.pop_back();
  const auto first =
      std::find_if(points.begin(), points.end(), [](const point& p) { return p.reported > 0 || !std::isnan(p.value); });
  points.erase(points.begin(), first);
}

// ---- the figures of the initiative and its groups, from one rollup ---------------------------------
class report_figures {
 public:
  report_figures(const gathering& g, const std::vector<std::string>& indicators) {
    if (g.roots.empty() || indicators.empty()) return;
    rollup_options options;
    options.indicators = indicators;
    options.people = g.source.people();
    for (const auto& line : g.out.groups) options.groups.push_back(line.group.id);
    if (g.out.roots.size() > 1) { // seen as one: each reporter still counts once
      options.unions.emplace_back();
      for (const auto& r : g.out.roots) options.unions.back().of.push_back(r.id);
    }
    source_.emplace(g.net, g.data, std::move(options));
    source_->check_series();
    const auto& targets = source_->shape().targets;
    for (std::size_t t = 0; t < targets.size(); ++t) target_of_[targets[t].id] = t;
    roots_ = g.out.roots.size() > 1 ? targets.size() - 1 : target_of_.at(g.out.roots.front().id);
  }
  /// Of the roots, together where there are several.
  [[nodiscard]] std::vector<point> of_roots(indicator_id indicator) {
    const auto s = span_of(indicator);
    std::vector<point> out;
    for (std::size_t k = 0; s && k < source_->shape().spans[*s].size; ++k) {
      const figure f = source_->at(roots_, *s, k);
      out.push_back({source_->shape().spans[*s].at(k), f.value, f.state, f.reported, f.expected});
    }
    return out;
  }
  struct place {
    std::size_t span, period;
  };
  [[nodiscard]] std::optional<place> place_of(indicator_id indicator, period when) const {
    const auto s = span_of(indicator);
    const auto k = s ? source_->shape().spans[*s].place_of(when) : std::nullopt;
    return k ? std::optional(place{*s, *k}) : std::nullopt;
  }
  [[nodiscard]] figure of(const std::string& group, const place& at) {
    return source_->at(target_of_.at(group), at.span, at.period);
  }

 private:
  [[nodiscard]] std::optional<std::size_t> span_of(indicator_id indicator) const {
    return source_ ? source_->shape().span_of(indicator) : std::nullopt;
  }

  std::optional<figure_source> source_;
  std::unordered_map<std::string, std::size_t> target_of_;
  std::size_t roots_ = 0;
};

/// Coverage of every group shown, in the latest period of each aggregated measure. Group by group, which is cheapest;
/// told measure by measure.
void gather_low_coverage(gathering& g, report_figures& figures) {
  std::vector<std::vector<low_coverage>> of_measure(g.out.measures.size());
  std::vector<std::optional<report_figures::place>> at(g.out.measures.size());
  for (std::size_t i = 0; i < at.size(); ++i)
    if (const auto& m = g.out.measures[i]; m.aggregates && !m.lines.empty() && m.lines.front().latest)
      at[i] = figures.place_of(g.data.indicators[i].node, m.lines.front().latest->period);
  for (const auto& line : g.out.groups)
    for (std::size_t i = 0; i < at.size(); ++i) {
      if (!at[i]) continue;
      const figure f = figures.of(line.group.id, *at[i]);
      const auto& m = g.out.measures[i];
      if (is_low(f.reported, f.expected, g.out.options.low_coverage))
        of_measure[i].push_back({line.group, m.indicator, m.lines.front().latest->period, f.reported, f.expected});
    }
  for (auto& found : of_measure) std::ranges::move(found, std::back_inserter(g.out.low));
}

// ---- figures of reporters, from the panel -------------------------------------------------------
std::vector<point> series_of_reporter(const reports_due& due, const panel& p, Eigen::Index row) {
  std::vector<point> out;
  for (Eigen::Index c = 0; c < p.periods(); ++c) {
    const double value = p.value(row, c);
    const bool suppressed = p.is_suppressed(row, c);
    const bool excused = p.is_not_expected(row, c);
    const bool reported = !std::isnan(value) || suppressed;
    const bool expected = reported || (!excused && due(p.reporters[static_cast<std::size_t>(row)], p.at(c)));
    const auto state = suppressed ? figure_state::suppressed
                       : reported ? figure_state::reported
                       : expected ? figure_state::missing
                                  : figure_state::not_expected;
    out.push_back({p.at(c), value, state, reported ? 1 : 0, expected ? 1 : 0});
  }
  return out;
}

/// Where one group was asked for, the reporters that are, or ever were, in it or below it.
std::set<node_ref> reporters_within(const gathering& g) {
  std::set<node_ref> out;
  const auto below = groups_below(g.net, g.roots);
  const auto& members = g.net.edges(edge_kind::member_of);
  for (std::uint32_t i = 0; i < below.size(); ++i) {
    if (!below[i]) continue;
    const group_id group{i};
    out.insert(group);
    for (const auto row : members.in(g.net.vertex(group))) out.insert(g.net.node(members.from(row)));
  }
  return out;
}

/// Every cell of these panels becomes a point; throws invalid_argument where few reports make too many.
void check_points(const gathering& g, const std::vector<const panel*>& panels) {
  std::size_t points = 0, reports = 0;
  for (const auto* p : panels) points += static_cast<std::size_t>(p->value.size());
  if (points <= detail::rows_always) return;
  for (const auto* p : panels) reports += detail::reported_cells(*p);
  const std::size_t most = detail::most_rows(detail::facts_in(g.net) + reports);
  if (points > most)
    detail::refuse_too_large("the series of single reporters in this report would have " + std::to_string(points) +
                                 " points",
                             most, "correct periods that lie far from the others, or report by longer periods");
}

// ---- baseline, latest, target, verdict ----------------------------------------------------------
/// Targets of a kind for this line; those of the whole initiative hold for the roots of the cascade.
std::vector<target> targets_for(const gathering& g, indicator_id indicator, node_ref of, bool stands_for_all,
                                target_kind kind) {
  std::vector<target> out;
  for (const auto& t : g.data.targets)
    if (t.indicator == indicator && t.kind == kind && (t.of.valid() ? t.of == of : stands_for_all)) out.push_back(t);
  // The line's own come before those of the whole initiative.
  std::stable_sort(out.begin(), out.end(),
                   [](const target& a, const target& b) { return a.of.valid() && !b.of.valid(); });
  if (!out.empty() && out.front().of.valid()) std::erase_if(out, [](const target& t) { return !t.of.valid(); });
  return out;
}

course course_of(const card_line& judged) {
  if (std::isnan(judged.before)) return course::unknown;
  return judged.sign > 0 ? course::up : judged.sign < 0 ? course::down : course::flat;
}

verdict verdict_of(movement moved) {
  switch (moved) {
    case movement::right: return verdict::right;
    case movement::wrong: return verdict::wrong;
    case movement::flat: return verdict::flat;
    case movement::neutral: return verdict::no_direction;
    case movement::unknown: break;
  }
  return verdict::missing;
}

card_options options_of(const gathering& g) {
  card_options o;
  o.flat_share = g.out.options.flat;
  return o;
}

/// The same day a year before; the last of February for its 29th. Nothing before the calendar begins.
std::optional<date> year_before(const gathering& g) {
  const auto day = g.as_of.ymd();
  const int year = static_cast<int>(day.year()) - 1;
  const auto month = static_cast<unsigned>(day.month());
  const auto found = date::from_ymd(year, month, static_cast<unsigned>(day.day()));
  return found ? found : date::from_ymd(year, month, 28);
}

/// How far along toward the target; none where the periods of the data do not make those of the target.
std::optional<target_result> toward_target(const series_line& line, const series_view& values,
                                           const indicator_definition& d) {
  if (!line.target || !line.baseline || !line.latest) return std::nullopt;
  // The only value there is, or one as late as the target, is where nothing starts from.
  const auto end = std::min(line.latest->period.last_day(), line.target->period.last_day());
  const bool starts = line.baseline->stated || line.baseline->period.last_day() < end;
  const target_plan plan{line.baseline->period, starts ? line.baseline->value : missing_value, line.target->period,
                         line.target->value};
  target_options options;
  options.over_time = d.over_time;
  try {
    return target_progress(values, plan, d.direction, options);
  } catch (const error&) {
    return std::nullopt; // the share of the way is shown instead
  }
}

void judge(series_line& line, const gathering& g, const indicator_definition& d, node_ref of, bool stands_for_all) {
  std::vector<double> values;
  for (const auto& p : line.points) {
    line.reported += p.reported;
    line.expected += p.expected;
    values.resize(static_cast<std::size_t>(p.period.ordinal() - line.points.front().period.ordinal()), missing_value);
    values.push_back(p.value);
    if (!std::isnan(p.value)) line.latest = p;
  }
  std::optional<stated_baseline> stated;
  for (const auto& t : targets_for(g, d.node, of, stands_for_all, target_kind::baseline))
    if (t.period.last_day() <= g.as_of) stated = stated_baseline{t.period, t.value};
  for (const auto& t : targets_for(g, d.node, of, stands_for_all, target_kind::target)) {
    const bool ahead = !line.target || line.target->period.last_day() < g.as_of;
    if (ahead) line.target = reference{t.period, t.value, true}; // the next one, or the last where all are past
  }
  const series_view series{values, line.points.empty() ? period{} : line.points.front().period};
  line.judged = card_line_of({line.of.name, series, d.direction}, options_of(g), stated);
  line.verdict = verdict_of(line.judged.moved);
  line.moves = course_of(line.judged);
  if (const auto day = year_before(g)) {
    auto earlier = options_of(g);
    earlier.as_of = day;
    line.year_before = verdict_of(card_line_of({line.of.name, series, d.direction}, earlier, stated).moved);
  }
  if (stated) line.baseline = reference{stated->when, stated->value, true};
  else if (const auto first = std::ranges::find_if(line.points, [](const point& p) { return !std::isnan(p.value); });
           first != line.points.end())
    line.baseline = reference{first->period, first->value, false};
  if (const auto t = trend(series, d.direction); t.n >= 3) line.trend = t;
  line.toward = toward_target(line, series, d);
  if (std::isnan(line.judged.before)) return;
  const double from = line.judged.before;
  line.change = line.judged.after - from;
  if (from != 0) line.relative_change = *line.change / std::fabs(from);
  if (line.target && line.target->value != from) line.way_to_target = *line.change / (line.target->value - from);
}

/// Of all lines: what they agree on among those that can be judged, else mixed.
verdict common_verdict(const measure& m, verdict series_line::*of = &series_line::verdict) {
  std::optional<verdict> found;
  for (const auto& line : m.lines) {
    if (line.*of == verdict::missing) continue;
    if (found && *found != line.*of) return verdict::mixed;
    found = line.*of;
  }
  return found.value_or(verdict::missing);
}

/// What stands for the measure on the report card: the first line that can be judged, else the first.
card_line line_for_card(const measure& m) {
  card_line out;
  out.reason = "no value";
  const auto judged = std::ranges::find_if(m.lines, [](const series_line& l) { return l.verdict != verdict::missing; });
  if (judged != m.lines.end()) out = judged->judged;
  else if (!m.lines.empty()) out = m.lines.front().judged;
  out.name = m.indicator.name;
  out.wanted = m.wanted;
  return out;
}

// ---- when the reports came ----------------------------------------------------------------------
void gather_arrivals(gathering& g, const std::set<node_ref>& within) {
  quality_options o;
  if (!g.out.options.group.empty()) {
    for (const auto r : within)
      if (r.kind != node_kind::person) o.reporters.emplace_back(g.net.id(r));
    if (o.reporters.empty()) return;
  }
  o.within.end = g.as_of.plus_days(1);
  g.out.arrivals = report_arrivals(g.net, g.data, g.source.records(), o);
}

} // namespace

void gather_measures(gathering& g) {
  const auto shown_by_reporter = [&](const indicator_definition& d) {
    return (d.over_groups == aggregate_operator::none || g.roots.empty()) && g.data.find(d.node) != nullptr;
  };
  std::vector<std::string> aggregated;
  std::vector<const panel*> by_reporter;
  for (const auto& d : g.data.indicators) {
    if (shown_by_reporter(d)) by_reporter.push_back(g.data.find(d.node));
    else aggregated.push_back(d.id);
  }
  check_points(g, by_reporter);
  report_figures figures(g, aggregated);
  const bool whole = g.out.options.group.empty();
  const auto within = whole ? std::set<node_ref>{} : reporters_within(g);

  std::vector<card_line> card;
  for (const auto& d : g.data.indicators) {
    measure m{.indicator = {d.id, d.name.empty() ? d.id : d.name},
              .unit = d.unit,
              .kind = d.kind,
              .wanted = d.direction,
              .in_points = is_percentage(d),
              .aggregates = !shown_by_reporter(d),
              .lines = {}};
    if (m.aggregates) {
      series_line line{.of = g.roots.size() == 1 ? g.out.roots.front() : named{},
                       .aggregated = true,
                       .points = figures.of_roots(d.node)};
      trim(line.points, g.as_of);
      judge(line, g, d, g.roots.size() == 1 ? node_ref(g.roots.front()) : node_ref{}, whole);
      if (!line.points.empty()) m.lines.push_back(std::move(line));
    } else {
      const auto& p = *g.data.find(d.node);
      const reports_due due(g.net, d.node, &p);
      for (Eigen::Index row = 0; row < p.value.rows(); ++row) {
        const auto reporter = p.reporters[static_cast<std::size_t>(row)];
        if (!whole && !within.contains(reporter)) continue;
        series_line line{
            .of = name_of(g.net, reporter), .aggregated = false, .points = series_of_reporter(due, p, row)};
        trim(line.points, g.as_of);
        // What the initiative aims at holds for its only reporter, or for a group at the top.
        const bool top = reporter.kind == node_kind::group &&
                         std::find(g.roots.begin(), g.roots.end(), reporter.as<node_kind::group>()) != g.roots.end();
        judge(line, g, d, reporter, whole && (top || p.reporters.size() == 1));
        if (!line.points.empty()) m.lines.push_back(std::move(line));
      }
    }
    m.verdict = common_verdict(m);
    g.out.card.by_verdict[static_cast<std::size_t>(m.verdict)].push_back(m.indicator);
    if (m.verdict != verdict::mixed) card.push_back(line_for_card(m));
    const auto earlier = common_verdict(m, &series_line::year_before);
    g.out.card.earlier_right += earlier == verdict::right ? 1 : 0;
    g.out.card.earlier_evaluated += earlier != verdict::missing && earlier != verdict::no_direction ? 1 : 0;
    g.out.measures.push_back(std::move(m));
  }
  gather_low_coverage(g, figures);
  g.out.card.card = card_of(std::move(card), options_of(g));
  g.out.card.earlier_day = year_before(g);
  gather_arrivals(g, within);
}

} // namespace commonweal::inline v0::report
