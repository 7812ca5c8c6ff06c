// SPDX-License-Identifier: Apache-2.0
// The sentences of a report, the same on every face.
#include "report/words.hpp"

#include <algorithm>
#include <string_view>

#include <commonweal/analyze/reading.hpp>

#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::report {

using namespace text;
namespace {

std::string former(const part& p) { return p.former ? " (former)" : ""; }

std::vector<std::string> all_spaced(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  for (const auto& w : words) out.push_back(spaced(w));
  return out;
}

std::string count_of(node_kind kind, std::size_t n) {
  switch (kind) {
    case node_kind::person: return counted(n, "person", "people");
    case node_kind::strategy: return counted(n, "strategy", "strategies");
    case node_kind::activity: return counted(n, "activity", "activities");
    case node_kind::indicator: return counted(n, "shared measure");
    default: return counted(n, to_string(kind));
  }
}

/// Sentences stand below the name of the measure.
measure_words it(const measure& m) {
  indicator_definition d;
  d.unit = m.unit;
  d.kind = m.kind;
  return {"it", words_of(d).unit};
}

std::string fewer_than(const content& c) { return "Fewer than " + percent(c.options.low_coverage); }

} // namespace

std::string spaced(std::string_view word) {
  std::string out(word);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string dates(const interval& span) {
  const auto last = span.end.is_bounded() ? span.end.plus_days(-1).to_string() : std::string();
  if (span.start.is_bounded() && span.end.is_bounded()) return ", " + span.start.to_string() + " to " + last;
  if (span.start.is_bounded()) return ", since " + span.start.to_string();
  return span.end.is_bounded() ? ", until " + last : std::string();
}

std::string reports_of(std::int64_t reported, std::int64_t expected) {
  return grouped(reported) + " of " + grouped(expected);
}

std::string share_of(std::int64_t reported, std::int64_t expected) {
  return expected > 0 ? percent(static_cast<double>(reported) / static_cast<double>(expected)) : "none due";
}

std::string subject(const named& of) { return of.name.empty() ? "all together" : of.name; }

// ---- the whole ----------------------------------------------------------------------------------
std::string day_words(const content& c) {
  switch (c.as_of_from) {
    case day_origin::today: return {};
    case day_origin::asked: return "As of " + c.as_of.to_string();
    case day_origin::data: return "As of " + c.as_of.to_string() + ", the last day of the data";
    case day_origin::named: break;
  }
  return "As of " + c.as_of.to_string() + ", " + std::string(origin_text(c.as_of_from));
}

std::string count_words(const content& c) {
  std::vector<std::string> out;
  for (const auto& [kind, n] : c.counts) out.push_back(count_of(kind, n));
  return enumeration(out);
}

// ---- who ----------------------------------------------------------------------------------------
std::string champion_words(const part& p) {
  return p.who.name + (p.role.empty() ? "" : ", " + spaced(p.role)) + ", for " + p.of.name + dates(p.in_force) +
         former(p);
}

std::string funder_words(const funding& f) {
  const auto amount =
      f.amount ? human(*f.amount, 4) + (f.currency.empty() ? "" : " " + f.currency) : std::string("amount not stated");
  return f.who.name + (f.anchor ? " (anchor funder)" : "") + ": " + amount + " to " + f.of.name + dates(f.in_force) +
         former(f);
}

std::string total_words(const total_of_currency& t) {
  return human(t.amount, 4) + (t.currency.empty() ? "" : " " + t.currency) + " in all";
}

std::string backbone_words(const backbone& b) {
  return b.who.name + " for " + b.of.name + dates(b.in_force) + former(b) + ": " +
         (b.functions.empty() ? "functions not listed" : enumeration(all_spaced(b.functions))) +
         (b.staff_roles.empty() ? "" : "; staffed with " + enumeration(all_spaced(b.staff_roles)));
}

std::string goal_words(const goal_line& g) {
  if (!g.begun) return g.goal.name + ": not begun, from " + g.validity.start.to_string();
  return g.goal.name + ": " + counted(g.strategies.size(), "strategy", "strategies") + ", " +
         counted(g.measures.size(), "measure") + (g.over ? ", over since " + g.validity.end.to_string() : "");
}

std::string link_words(const part& first, const std::vector<std::string>& with) {
  return first.who.name + " with " + enumeration(with) + dates(first.in_force);
}

std::string other_group_words(const part& p) {
  return p.who.name + (p.former ? dates(p.in_force) : ", from " + p.in_force.start.to_string());
}

std::string cascade_words(const content& c) {
  if (c.groups.empty()) return "No group is in force on this day.";
  int levels = 0;
  for (const auto& g : c.groups) levels = std::max(levels, g.depth + 1);
  return counted(c.groups.size(), "group") + " on " + counted(static_cast<std::size_t>(levels), "level") + ", " +
         (c.members_below_roots > 0 ? counted(c.members_below_roots, "member") + ", each counted once."
                                    : "no members stated.");
}

// ---- measures -----------------------------------------------------------------------------------
std::string roots_words(const content& c) {
  const bool any = std::ranges::any_of(c.measures, [](const measure& m) { return m.aggregates && !m.lines.empty(); });
  if (!any || c.roots.empty()) return {};
  if (c.roots.size() == 1)
    return "Figures are those of " + c.roots.front().name + ": each reporter in it or below it counts once.";
  std::vector<std::string> names;
  for (const auto& r : c.roots) names.push_back(r.name);
  if (names.size() > 6) {
    names.resize(5);
    names.push_back(grouped(static_cast<std::int64_t>(c.roots.size() - 5)) + " more");
  }
  return "Figures are those of " + enumeration(names) + " together: each reporter in them or below them counts once.";
}

std::string wanted_words(direction wanted) {
  if (wanted == direction::none) return "no wanted direction";
  return wanted == direction::keep ? "wanted: no change" : "wanted: " + std::string(to_string(wanted));
}

std::string verdict_words(verdict v, direction wanted) {
  switch (v) {
    case verdict::right: return wanted == direction::keep ? "holds, as wanted" : "right direction";
    case verdict::wrong: return wanted == direction::keep ? "does not hold" : "wrong direction";
    case verdict::flat: return "flat";
    case verdict::mixed: return "mixed";
    case verdict::missing: return "nothing to compare";
    case verdict::no_direction: break;
  }
  return {};
}

std::string reporter_words(const measure& m, const series_line& line) {
  const auto out = "as reported by " + line.of.name;
  if (m.lines.size() == 1 || m.wanted == direction::none) return out;
  return out + ": " + (line.verdict == verdict::missing ? "nothing to compare" : std::string(to_string(line.verdict)));
}

std::string further_reporters_words(const measure& m, std::size_t shown) {
  std::int64_t good = 0, judged = 0;
  for (const auto& l : m.lines) good += l.verdict == verdict::right, judged += l.verdict != verdict::missing;
  return "and " + counted(m.lines.size() - shown, "more reporter") +
         (m.wanted == direction::none
              ? "."
              : "; of all, " + reports_of(good, judged) + " that can be compared move in the right direction.");
}

std::vector<std::string> series_words(const measure& m, const series_line& line) {
  std::vector<std::string> out;
  if (line.baseline && line.baseline->stated) out.emplace_back("Baseline as stated.");
  if (line.trend) out.push_back(reading(*line.trend, it(m)));
  if (line.toward) out.push_back(reading(*line.toward, it(m)));
  else if (line.way_to_target)
    out.push_back(*line.way_to_target >= 1  ? "Target reached."
                  : *line.way_to_target < 0 ? "Further from the target than at the baseline."
                                            : percent(*line.way_to_target) + " of the way from baseline to target.");
  if (line.points.size() > 1)
    out.push_back("Over all periods " + reports_of(line.reported, line.expected) + " reports (" +
                  share_of(line.reported, line.expected) + ").");
  if (!line.latest) return out;
  const auto& last = line.points.back();
  if (line.latest->period != last.period)
    out.push_back("Nothing after " + line.latest->period.to_string() + ": " + spaced(to_string(last.state)) + " in " +
                  last.period.to_string() + ".");
  if (line.latest->state != figure_state::reported && line.latest->state != figure_state::partial)
    out.push_back("Latest value: " + spaced(to_string(line.latest->state)) + ".");
  return out;
}

std::string arrival_words(const arrival_summary& a) {
  if (a.on_time + a.late + a.undated == 0) return {};
  const auto marked = a.not_expected == 0 ? std::string()
                                          : " " + counted(static_cast<std::size_t>(a.not_expected), "report") +
                                                (a.not_expected == 1 ? " was" : " were") + " not expected.";
  if (a.on_time + a.late == 0) return "On time: not known, no day of arrival is recorded." + marked;
  return "On time: " + reports_of(a.on_time, a.on_time + a.late) + " reports (" + percent(a.timeliness()) + ")" +
         (a.undated == 0 ? "." : "; of " + grouped(a.undated) + " no day of arrival is recorded.") + marked;
}

// ---- the scorecard ------------------------------------------------------------------------------
std::vector<std::string> scorecard_words(const content& c) {
  const auto& card = c.card;
  const auto n = card.evaluated();
  const auto count = [&](verdict v) { return card.of(v).size(); };
  const auto share = [](std::size_t some, std::size_t all) {
    return percent(static_cast<double>(some) / static_cast<double>(all));
  };
  const auto right = count(verdict::right);
  std::vector<std::string> out;
  if (n == 0) out.emplace_back("No measure can be evaluated.");
  else
    out.push_back(grouped(static_cast<std::int64_t>(right)) + " of " + counted(n, "evaluated measure") +
                  (right == 1 ? " moves" : " move") + " in the right direction (" + share(right, n) + ").");
  if (card.earlier_day && card.earlier_evaluated > 0)
    out.push_back(
        "A year earlier, on " + card.earlier_day->to_string() + ": " +
        reports_of(static_cast<std::int64_t>(card.earlier_right), static_cast<std::int64_t>(card.earlier_evaluated)) +
        " (" + share(card.earlier_right, card.earlier_evaluated) + ").");
  if (const auto left = c.measures.size() - n; left > 0)
    out.push_back(grouped(static_cast<std::int64_t>(left)) + " of " + counted(c.measures.size(), "measure") +
                  (left == 1 ? " is" : " are") + " not evaluated: " + std::to_string(count(verdict::missing)) +
                  " missing, " + std::to_string(count(verdict::no_direction)) + " without a wanted direction.");
  return out;
}

std::vector<std::string> measures_of(const content& c, verdict v) {
  std::vector<std::string> out;
  for (const auto& m : c.measures) {
    if (m.verdict != v) continue;
    out.push_back(m.indicator.name);
    if (v != verdict::missing || m.lines.empty() || !m.lines.front().latest) continue;
    if (const auto& why = m.lines.front().judged.reason; !why.empty()) out.back() += " (" + why + ")";
  }
  return out;
}

std::string scorecard_rule_words(const report_options& options) {
  return "Compared is the latest value with the baseline. A change of at most " + human(options.flat * 100, 4) +
         " % of the baseline is flat. Flat and mixed measures (those of which some reporters move right and others do "
         "not) are evaluated and do not count as right; measures with fewer than two values (missing) or without a "
         "wanted direction are not evaluated.";
}

// ---- data problems ------------------------------------------------------------------------------
bool has_problems(const content& c) {
  return !(c.findings.empty() && c.low.empty() && c.thin.empty() && c.silent.empty() && c.outside.empty());
}

std::string no_problem_words(const content& c) {
  return "None found: the data reads without a finding, at least " + percent(c.options.low_coverage) +
         " of the expected reports came, and no reporter is silent.";
}

std::string finding_count_words(const diagnostics& found) {
  std::vector<std::string> counts;
  for (const auto s : {severity::error, severity::warning, severity::note})
    if (const auto n = found.count(s); n > 0) counts.push_back(counted(n, to_string(s)));
  return enumeration(counts);
}

std::string low_heading(const content& c) {
  return fewer_than(c) + " of the reports expected in the latest period, by group:";
}
std::string low_words(const low_coverage& l) {
  return l.group.name + ", " + l.indicator.name + ", " + l.period.to_string() + ": " +
         reports_of(l.reported, l.expected) + " (" + share_of(l.reported, l.expected) + ")";
}

std::string thin_heading(const content& c) { return fewer_than(c) + " of the reports expected over all periods:"; }
std::string thin_words(const thin_measure& t) {
  return t.indicator.name + ", " + subject(t.of) + ": " + reports_of(t.reported, t.expected) + " (" +
         share_of(t.reported, t.expected) + ")";
}

std::string silent_heading(const content& c) {
  return counted(c.silent.size(), "reporter") + (c.silent.size() == 1 ? " has" : " have") + " been silent for " +
         counted(static_cast<std::size_t>(c.options.silence), "period") + " or more:";
}
std::string silent_words(const silent_reporter& s) {
  std::vector<std::string> names;
  for (const auto& n : s.indicators) names.push_back(n.name);
  return s.reporter.name + ": " + enumeration(names) +
         (s.last ? ", last reported for " + s.last->to_string() : ", never reported");
}

std::string outside_words(std::size_t count, const std::vector<std::string>& names) {
  return counted(count, "reporter") + (count == 1 ? " is" : " are") +
         " a member of no group, so no group's figure counts what they report: " + enumeration(names);
}

} // namespace commonweal::inline v0::report
