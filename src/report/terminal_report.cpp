// SPDX-License-Identifier: Apache-2.0
// Draws the content of a report as text for a terminal.
#include "report/terminal_report.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "report/page.hpp"
#include "report/spark.hpp"
#include "report/words.hpp"

namespace commonweal::inline v0::report {
namespace {

/// At most ten columns: 1,234,567 or 12.346 M.
std::string compact(double value) {
  auto text = human(value, 4);
  if (text.size() <= 10 || !std::isfinite(value)) return text;
  for (const auto& [size, unit] :
       {std::pair{1e3, " k"}, std::pair{1e6, " M"}, std::pair{1e9, " bn"}, std::pair{1e12, " tn"}}) {
    text = human(std::round(value / size * 1000) / 1000, 5) + unit;
    if (text.size() <= 10) break;
  }
  return text;
}

// ---- who ----------------------------------------------------------------------------------------
template <class Item, class Say>
std::vector<std::string> entries(const page& to, const std::vector<Item>& items, const Say& say,
                                 std::string_view none) {
  std::vector<std::string> out;
  const auto n = to.shown(items.size(), 8);
  for (std::size_t i = 0; i < n; ++i) out.push_back(to.safe(say(items[i])));
  if (n < items.size()) out.push_back("and " + grouped(static_cast<std::int64_t>(items.size() - n)) + " more");
  if (items.empty()) out.emplace_back(none);
  return out;
}

/// One entry for all that one group is linked with over the same days.
std::vector<std::string> links(const page& to, const content& c) {
  std::vector<std::pair<const part*, std::vector<std::string>>> groups;
  for (const auto& p : c.links) {
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const auto& g) {
      return g.first->who == p.who && g.first->in_force == p.in_force;
    });
    if (same == groups.end()) groups.push_back({&p, {p.of.name}});
    else same->second.push_back(p.of.name);
  }
  return entries(
      to, groups, [](const auto& g) { return link_words(*g.first, g.second); }, "");
}

void draw_who(page& to, const content& c) {
  to.heading("WHO");
  to.labelled("Champions", entries(to, c.champions, champion_words, "none stated"));
  auto funders = entries(to, c.funders, funder_words, "none stated");
  if (c.funders.size() > 1)
    for (const auto& t : c.funding_totals) funders.push_back(total_words(t));
  to.labelled("Funders", funders);
  to.labelled(c.backbones.size() > 1 ? "Backbones" : "Backbone",
              entries(to, c.backbones, backbone_words, "none stated"));
  to.labelled("Goals", entries(to, c.goals, goal_words, "none stated"));
  if (!c.links.empty()) to.labelled("Linked", links(to, c));
}

// ---- the cascade --------------------------------------------------------------------------------
/// The deepest level that keeps the tree within `limit` lines.
int deepest_shown(const content& c, std::size_t limit) {
  std::vector<std::size_t> lines; // by depth
  for (const auto& g : c.groups) {
    lines.resize(std::max(lines.size(), static_cast<std::size_t>(g.depth) + 1));
    ++lines[static_cast<std::size_t>(g.depth)];
  }
  std::size_t deepest = 0;
  std::size_t all = lines.empty() ? 0 : lines[0];
  while (deepest + 1 < lines.size() && all + lines[deepest + 1] <= limit) all += lines[++deepest];
  return static_cast<int>(deepest);
}

/// For each line, whether another of its depth follows before the tree closes above it. O(lines).
std::vector<bool> followed(const std::vector<group_line>& groups, const std::vector<std::size_t>& shown) {
  std::vector<bool> out(shown.size());
  std::vector<bool> below; // by depth: whether one comes
  for (std::size_t k = shown.size(); k-- > 0;) {
    const auto depth = static_cast<std::size_t>(groups[shown[k]].depth);
    below.resize(depth + 1);
    out[k] = below[depth];
    below[depth] = true;
  }
  return out;
}

/// Branches before the name of a line: "│  ├─ ". `open` says for the line and those above it, by depth, whether they
/// are followed.
std::string branches(const page& to, const std::vector<bool>& open) {
  std::string out;
  for (std::size_t d = 1; d + 1 < open.size(); ++d) out += open[d] ? to.mark("│  ", "|  ") : "   ";
  if (open.size() > 1) out += open.back() ? to.mark("├─ ", "|- ") : to.mark("└─ ", "`- ");
  return out;
}

void draw_groups(page& to, const content& c) {
  to.heading("GROUPS");
  to.paragraph(cascade_words(c));
  if (!c.groups.empty()) {
    to.blank();
    const int deepest = to.full() ? std::numeric_limits<int>::max() : deepest_shown(c, 40);
    std::vector<std::size_t> lines;
    for (std::size_t i = 0; i < c.groups.size(); ++i)
      if (c.groups[i].depth <= deepest) lines.push_back(i);
    const bool ends =
        std::any_of(lines.begin(), lines.end(), [&](auto i) { return c.groups[i].validity.end.is_bounded(); });
    std::size_t kind_width = 4;
    for (const auto i : lines) kind_width = std::max(kind_width, display_width(to.safe(c.groups[i].kind)));
    kind_width = std::min<std::size_t>(kind_width, 16);
    const std::size_t fixed = 2 + kind_width + 2 + 6 + 2 + 6 + 2 + 10 + (ends ? 12 : 0);
    const std::size_t name_width = std::max<std::size_t>(20, to.width() - fixed - 2);
    const auto row = [&](std::string_view name, std::string_view kind, std::string_view orgs, std::string_view people,
                         std::string_view since, std::string_view until) {
      return "  " + pad_right(name, name_width) + "  " + pad_right(cut(kind, kind_width, to.look().ascii), kind_width) +
             "  " + pad_left(orgs, 6) + "  " + pad_left(people, 6) + "  " + pad_right(since, 10) +
             (ends ? "  " + std::string(until) : "");
    };
    to.line(style::ink::faint, row("group", "kind", "orgs", "people", "since", "last day"));
    const auto number = [](std::size_t n) { return n == 0 ? std::string() : grouped(static_cast<std::int64_t>(n)); };
    const auto more = followed(c.groups, lines);
    std::vector<bool> open;
    for (std::size_t k = 0; k < lines.size(); ++k) {
      const auto& g = c.groups[lines[k]];
      open.resize(static_cast<std::size_t>(g.depth) + 1);
      open.back() = more[k];
      auto name = g.group.name;
      if (g.depth == deepest && g.groups_below > 0) name += " (+" + counted(g.groups_below, "group") + " below)";
      std::vector<std::string> also;
      for (const auto& p : g.also_part_of) also.push_back(p.name);
      if (!also.empty()) name += ", also in " + enumeration(also);
      const auto before = branches(to, open);
      const auto room = name_width - std::min(name_width - 8, display_width(before));
      const auto wrapped = wrap(to.safe(name), room);
      const bool goes_on = k + 1 < lines.size() && c.groups[lines[k + 1]].depth > g.depth;
      const auto until = g.validity.end.is_bounded() ? g.validity.end.plus_days(-1).to_string() : "";
      to.line(row(before + wrapped[0], spaced(to.safe(g.kind)), number(g.organizations), number(g.people),
                  g.validity.start.to_string(), until));
      // The branches go on beside a name of several lines.
      auto beside = before;
      for (const auto& [from, into] : {std::pair{to.mark("├─ ", "|- "), to.mark("│  ", "|  ")},
                                       std::pair{to.mark("└─ ", "`- "), std::string("   ")}})
        if (const auto at = beside.rfind(from); at != std::string::npos) beside.replace(at, from.size(), into);
      for (std::size_t i = 1; i < wrapped.size(); ++i)
        to.line("  " + beside + (goes_on ? to.mark("│  ", "|  ") : "   ") + wrapped[i]);
    }
  }
  const auto list = [&](const std::vector<part>& groups, std::string_view label) {
    if (!groups.empty()) to.labelled(label, entries(to, groups, other_group_words, ""));
  };
  if (!c.closed_groups.empty() || !c.later_groups.empty()) to.blank();
  list(c.closed_groups, "Closed");
  list(c.later_groups, "Later");
}

// ---- measures -----------------------------------------------------------------------------------
constexpr std::size_t cell = 11; // ten columns and a gap

std::string inked(const page& to, verdict v, direction wanted) {
  const auto ink = v == verdict::right ? style::ink::good : v == verdict::wrong ? style::ink::bad : style::ink::caution;
  return to.look().in(ink, verdict_words(v, wanted));
}

/// Width of text without what colors it.
std::size_t plain_width(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') i = std::min(text.find('m', i), text.size() - 1);
    else plain += text[i];
  }
  return display_width(plain);
}

/// Width of the column of reports: "84,236 of 90,141" needs more than the others.
std::size_t reports_width(const content& c) {
  std::size_t width = cell - 1;
  for (const auto& m : c.measures)
    for (const auto& s : m.lines)
      if (s.latest) width = std::max(width, reports_of(s.latest->reported, s.latest->expected).size());
  return width;
}

void draw_line(page& to, const measure& m, const series_line& s, std::size_t reports) {
  const auto ascii = to.look().ascii;
  const auto before_trend = 4 + 4 * cell + reports + 2;
  const auto trend_width = to.width() > before_trend + 6 ? to.width() - before_trend : 6;
  std::vector<double> tail;
  const auto n = std::min(s.points.size(), trend_width);
  for (auto i = s.points.size() - n; i < s.points.size(); ++i) tail.push_back(s.points[i].value);
  const auto row = [&](std::initializer_list<std::string> texts, const std::string& told, std::string_view trend) {
    std::string out = "    ";
    for (const auto& t : texts) out += pad_left(t, cell - 1) + " ";
    return out + pad_left(told, reports) + "  " + std::string(trend);
  };
  const auto change = !s.change     ? std::string()
                      : m.in_points ? (*s.change > 0 ? "+" : "") + human(std::round(*s.change * 10) / 10, 4) + " pp"
                      : s.relative_change ? signed_percent(*s.relative_change)
                                          : (*s.change > 0 ? "+" : "") + compact(*s.change);
  to.line(row({s.baseline ? compact(s.baseline->value) : "none", s.latest ? compact(s.latest->value) : "none", change,
               s.target ? compact(s.target->value) : "none"},
              s.latest ? reports_of(s.latest->reported, s.latest->expected) : "", spark(tail, ascii)));
  const auto range = s.points[s.points.size() - n].period.to_string() + " to " + s.points.back().period.to_string();
  const bool fits = range.size() <= trend_width;
  to.line(style::ink::faint,
          row({s.baseline ? s.baseline->period.to_string() : "", s.latest ? s.latest->period.to_string() : "",
               s.moves == course::unknown ? "" : std::string(to_string(s.moves)),
               s.target ? s.target->period.to_string() : ""},
              s.latest ? share_of(s.latest->reported, s.latest->expected) : "", fits ? range : ""));
  std::string notes;
  const auto note = [&](const std::string& text) { notes += (notes.empty() ? "" : " ") + text; };
  if (!fits) note("Trend of " + range + ".");
  for (const auto& words : series_words(m, s)) note(to.safe(words));
  if (!notes.empty()) to.faint(notes, 5);
}

/// The first of many names, and how many more there are.
std::string listed(const page& to, const std::vector<std::string>& names, std::size_t limit, std::string_view between) {
  const auto shown = to.shown(names.size(), limit);
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) out.append(i == 0 ? "" : between).append(names[i]);
  if (shown < names.size())
    out.append(between).append(grouped(static_cast<std::int64_t>(names.size() - shown))).append(" more");
  return out;
}

void draw_measures(page& to, const content& c) {
  to.heading("SHARED MEASURES");
  if (c.measures.empty()) return to.paragraph("None are defined.");
  if (const auto whose = roots_words(c); !whose.empty()) to.paragraph(to.safe(whose));
  // A long list of measures that nobody has reported yet would hide the others.
  std::vector<std::string> silent;
  for (const auto& m : c.measures)
    if (m.lines.empty()) silent.push_back(to.safe(m.indicator.name));
  constexpr std::size_t worth_collapsing = 3;
  const bool collapse = silent.size() >= worth_collapsing;
  if (collapse && silent.size() == c.measures.size())
    return to.item(counted(silent.size(), "measure") + ", all without data: " + listed(to, silent, 3, "; "), 2);
  std::string titles = "    ";
  for (const auto* t : {"baseline", "latest", "change", "target"}) titles += pad_left(t, cell - 1) + " ";
  const auto reports = reports_width(c);
  to.line(style::ink::faint, titles + pad_left("reports", reports) + "  trend");
  for (const auto& m : c.measures) {
    if (collapse && m.lines.empty()) continue;
    const auto detail = " (" + (m.unit.empty() ? std::string(to_string(m.kind)) : m.unit) + ")";
    const auto verdict = inked(to, m.verdict, m.wanted);
    const auto right = wanted_words(m.wanted) + (verdict.empty() ? "" : to.mark(" · ", " - ") + verdict);
    to.blank();
    const auto room = to.width() - 2 - plain_width(right) - 2;
    const auto lines = wrap(to.safe(m.indicator.name + detail), std::max<std::size_t>(room, 16));
    to.line("  " + to.look().in(style::ink::bold, pad_right(lines[0], room)) + "  " + right);
    for (std::size_t i = 1; i < lines.size(); ++i) to.line(style::ink::bold, "  " + lines[i]);
    if (m.lines.empty()) to.paragraph("Nothing was reported.", 5);
    const auto shown = to.shown(m.lines.size(), 6);
    for (std::size_t i = 0; i < shown; ++i) {
      if (!m.aggregates) to.paragraph(to.safe(reporter_words(m, m.lines[i])), 5);
      draw_line(to, m, m.lines[i], reports);
    }
    if (shown < m.lines.size()) to.faint(further_reporters_words(m, shown), 5);
  }
  if (collapse) {
    to.blank();
    to.item(counted(silent.size(), "measure") + " without data: " + listed(to, silent, 3, "; "), 2);
  }
  to.blank();
  const auto& a = c.arrivals;
  if (a.on_time + a.late > 0) to.paragraph(arrival_words(a));
  else if (a.undated > 0) to.faint(arrival_words(a));
  to.faint(std::string("Trend: ") +
           to.mark("▁ is the lowest and █ the highest value shown, · no value.",
                   "1 is the lowest and 8 the highest value shown, . no value.") +
           " Reports: received of expected, in the latest period.");
}

void draw_scorecard(page& to, const content& c) {
  to.heading("SCORECARD");
  for (const auto& words : scorecard_words(c)) to.paragraph(words);
  if (c.measures.empty()) return;
  to.blank();
  const auto list = [&](std::string_view label, verdict v) {
    auto names = measures_of(c, v);
    for (auto& name : names) name = to.safe(name);
    const bool said_above = v == verdict::missing && names.size() > 3;
    to.labelled(label,
                {grouped(static_cast<std::int64_t>(names.size())) +
                 (names.empty() ? "" : ": " + listed(to, names, said_above ? 3 : 12, "; "))},
                14);
  };
  list("Right", verdict::right);
  list("Wrong", verdict::wrong);
  list("Flat", verdict::flat);
  list("Mixed", verdict::mixed);
  list("Missing", verdict::missing);
  list("No direction", verdict::no_direction);
  to.blank();
  to.faint(scorecard_rule_words(c.options));
}

// ---- data problems ------------------------------------------------------------------------------
void draw_findings(page& to, const content& c) {
  if (c.findings.items().empty()) return;
  to.paragraph("Reading gave " + finding_count_words(c.findings) +
               (c.findings.count(severity::warning) > 5 && !to.full() ? "; `commonweal check` lists them all:" : ":"));
  const auto& items = c.findings.items();
  std::size_t shown = 0;
  for (const auto& d : items) {
    if (d.severity == severity::note && !to.full()) continue;
    if (++shown > 5 && !to.full()) break;
    const auto lines = wrap(to.safe(d.to_string()), to.width() - 6);
    for (std::size_t i = 0; i < lines.size(); ++i) to.line((i == 0 ? "    " : "      ") + lines[i]);
  }
}

void draw_problems(page& to, const content& c) {
  to.heading("DATA PROBLEMS");
  if (!has_problems(c)) return to.paragraph(no_problem_words(c));
  draw_findings(to, c);
  const auto list = [&](const std::string& heading, const auto& problems, auto words) {
    if (problems.empty()) return;
    to.paragraph(heading);
    const auto shown = to.shown(problems.size(), 10);
    for (std::size_t i = 0; i < shown; ++i) to.item(to.safe(words(problems[i])));
    if (shown < problems.size())
      to.paragraph("and " + grouped(static_cast<std::int64_t>(problems.size() - shown)) + " more", 4);
  };
  list(low_heading(c), c.low, low_words);
  list(thin_heading(c), c.thin, thin_words);
  list(silent_heading(c), c.silent, silent_words);
  if (!c.outside.empty()) {
    std::vector<std::string> names;
    const auto shown = to.shown(c.outside.size(), 10);
    for (std::size_t i = 0; i < shown; ++i) names.push_back(c.outside[i].name);
    if (shown < c.outside.size())
      names.push_back(grouped(static_cast<std::int64_t>(c.outside.size() - shown)) + " more");
    to.paragraph(to.safe(outside_words(c.outside.size(), names)));
  }
}

} // namespace

std::string draw(const content& c, const style& look, bool full) {
  page to(look, full);
  for (const auto& l : wrap(to.safe(c.title), to.width())) to.line(style::ink::bold, l);
  if (!c.options.group.empty() && !c.roots.empty())
    to.paragraph(to.safe("Report on the group " + c.roots.front().name), 0);
  if (const auto day = day_words(c); !day.empty()) to.paragraph(day, 0);
  if (const auto counts = count_words(c); !counts.empty()) to.paragraph(counts, 0);
  if (c.synthetic) to.paragraph(look.in(style::ink::caution, "Synthetic: made up, no one in it is real."), 0);
  if (!c.description.empty()) {
    to.blank();
    to.paragraph(to.safe(c.description), 0);
  }
  draw_who(to, c);
  draw_groups(to, c);
  draw_measures(to, c);
  draw_scorecard(to, c);
  draw_problems(to, c);
  return to.take();
}

} // namespace commonweal::inline v0::report
