// SPDX-License-Identifier: Apache-2.0
// Draws the content of a report as text for a terminal.
#include "report/terminal_report.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "report/page.hpp"
#include "report/spark.hpp"

namespace commonweal::inline v0::report {
namespace {

std::string spaced(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

/// ", since 2002-01-01", ", 2002-01-01 to 2009-01-01", or a blank for always. The end is the last day, not the first
/// after.
std::string dates(const interval& span) {
  const auto last = span.end.is_bounded() ? span.end.plus_days(-1).to_string() : std::string();
  if (span.start.is_bounded() && span.end.is_bounded()) return ", " + span.start.to_string() + " to " + last;
  if (span.start.is_bounded()) return ", since " + span.start.to_string();
  return span.end.is_bounded() ? ", until " + last : std::string();
}

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

std::string reports_of(std::int64_t reported, std::int64_t expected) {
  return grouped(reported) + " of " + grouped(expected);
}

std::string share_of(std::int64_t reported, std::int64_t expected) {
  return expected > 0 ? percent(static_cast<double>(reported) / static_cast<double>(expected)) : "none due";
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

std::string former(const part& p) { return p.former ? " (former)" : ""; }

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
      to, groups,
      [](const auto& g) { return g.first->who.name + " with " + enumeration(g.second) + dates(g.first->in_force); },
      "");
}

void draw_who(page& to, const content& c) {
  to.heading("WHO");
  to.labelled("Champions", entries(
                               to, c.champions,
                               [](const part& p) {
                                 return p.who.name + (p.role.empty() ? "" : ", " + spaced(p.role)) + ", for " +
                                        p.of.name + dates(p.in_force) + former(p);
                               },
                               "none stated"));
  auto funders = entries(
      to, c.funders,
      [](const funding& f) {
        const auto amount = f.amount ? human(*f.amount, 4) + (f.currency.empty() ? "" : " " + f.currency)
                                     : std::string("amount not stated");
        return f.who.name + (f.anchor ? " (anchor funder)" : "") + ": " + amount + " to " + f.of.name +
               dates(f.in_force) + former(f);
      },
      "none stated");
  if (c.funders.size() > 1)
    for (const auto& t : c.funding_totals)
      funders.push_back(human(t.amount, 4) + (t.currency.empty() ? "" : " " + t.currency) + " in all");
  to.labelled("Funders", funders);
  to.labelled(c.backbones.size() > 1 ? "Backbones" : "Backbone",
              entries(
                  to, c.backbones,
                  [](const backbone& b) {
                    std::vector<std::string> functions, roles;
                    for (const auto& f : b.functions) functions.push_back(spaced(f));
                    for (const auto& r : b.staff_roles) roles.push_back(spaced(r));
                    return b.who.name + " for " + b.of.name + dates(b.in_force) + former(b) + ": " +
                           (functions.empty() ? "functions not listed" : enumeration(functions)) +
                           (roles.empty() ? "" : "; staffed with " + enumeration(roles));
                  },
                  "none stated"));
  to.labelled("Goals", entries(
                           to, c.goals,
                           [](const goal_line& g) {
                             if (!g.begun) return g.goal.name + ": not begun, from " + g.life.start.to_string();
                             return g.goal.name + ": " + counted(g.strategies.size(), "strategy", "strategies") + ", " +
                                    counted(g.measures.size(), "measure") +
                                    (g.over ? ", over since " + g.life.end.to_string() : "");
                           },
                           "none stated"));
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
  if (c.groups.empty()) {
    to.paragraph("No group is in force on this day.");
  } else {
    int levels = 0;
    for (const auto& g : c.groups) levels = std::max(levels, g.depth + 1);
    to.paragraph(counted(c.groups.size(), "group") + " on " + counted(static_cast<std::size_t>(levels), "level") +
                 ", " +
                 (c.members_below_roots > 0 ? counted(c.members_below_roots, "member") + ", each counted once."
                                            : "no members stated."));
    to.blank();
    const int deepest = to.full() ? levels : deepest_shown(c, 40);
    std::vector<std::size_t> lines;
    for (std::size_t i = 0; i < c.groups.size(); ++i)
      if (c.groups[i].depth <= deepest) lines.push_back(i);
    const bool ends =
        std::any_of(lines.begin(), lines.end(), [&](auto i) { return c.groups[i].life.end.is_bounded(); });
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
      const auto until = g.life.end.is_bounded() ? g.life.end.plus_days(-1).to_string() : "";
      to.line(row(before + wrapped[0], spaced(to.safe(g.kind)), number(g.organizations), number(g.people),
                  g.life.start.to_string(), until));
      // The branches go on beside a name of several lines.
      auto beside = before;
      for (const auto& [from, into] : {std::pair{to.mark("├─ ", "|- "), to.mark("│  ", "|  ")},
                                       std::pair{to.mark("└─ ", "`- "), std::string("   ")}})
        if (const auto at = beside.rfind(from); at != std::string::npos) beside.replace(at, from.size(), into);
      for (std::size_t i = 1; i < wrapped.size(); ++i)
        to.line("  " + beside + (goes_on ? to.mark("│  ", "|  ") : "   ") + wrapped[i]);
    }
  }
  const auto list = [&](const std::vector<part>& groups, std::string_view label, const auto& day) {
    if (groups.empty()) return;
    to.labelled(label, entries(
                           to, groups, [&](const part& p) { return p.who.name + day(p.in_force); }, ""));
  };
  if (!c.closed_groups.empty() || !c.later_groups.empty()) to.blank();
  list(c.closed_groups, "Closed", [](const interval& s) { return dates(s); });
  list(c.later_groups, "Later", [](const interval& s) { return ", from " + s.start.to_string(); });
}

// ---- measures -----------------------------------------------------------------------------------
constexpr std::size_t cell = 11; // ten columns and a gap

std::string verdict_text(const page& to, verdict v, direction wanted) {
  const auto in = [&](style::ink how, std::string_view text) { return to.look().in(how, text); };
  switch (v) {
    case verdict::right:
      return in(style::ink::good, wanted == direction::keep ? "holds, as wanted" : "right direction");
    case verdict::wrong: return in(style::ink::bad, wanted == direction::keep ? "does not hold" : "wrong direction");
    case verdict::flat: return in(style::ink::caution, "flat");
    case verdict::mixed: return in(style::ink::caution, "mixed");
    case verdict::missing: return in(style::ink::caution, "nothing to compare");
    case verdict::no_direction: break;
  }
  return {};
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
  if (s.baseline && s.baseline->stated) note("Baseline as stated.");
  if (!s.trend.empty()) note(to.safe(s.trend));
  if (!s.aim.empty()) note(to.safe(s.aim));
  else if (s.way_to_target)
    note(*s.way_to_target >= 1  ? "Target reached."
         : *s.way_to_target < 0 ? "Further from the target than at the baseline."
                                : percent(*s.way_to_target) + " of the way from baseline to target.");
  if (s.points.size() > 1)
    note("Over all periods " + reports_of(s.reported, s.expected) + " reports (" + share_of(s.reported, s.expected) +
         ").");
  if (s.latest && s.latest->period != s.points.back().period)
    note("Nothing after " + s.latest->period.to_string() + ": " + spaced(s.points.back().state) + " in " +
         s.points.back().period.to_string() + ".");
  if (s.latest && s.latest->state != "reported" && s.latest->state != "partial" && !s.latest->state.empty())
    note("Latest value: " + spaced(s.latest->state) + ".");
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

/// When the reports came, in a line.
void draw_arrivals(page& to, const arrival_summary& a) {
  if (a.on_time + a.late + a.undated == 0) return;
  const auto marked = a.not_expected == 0 ? std::string()
                                          : " " + counted(static_cast<std::size_t>(a.not_expected), "report") +
                                                (a.not_expected == 1 ? " was" : " were") + " not expected.";
  if (a.on_time + a.late == 0) return to.faint("On time: not known, no day of arrival is recorded." + marked);
  to.paragraph("On time: " + reports_of(a.on_time, a.on_time + a.late) + " reports (" + percent(a.timeliness()) + ")" +
               (a.undated == 0 ? "." : "; of " + grouped(a.undated) + " no day of arrival is recorded.") + marked);
}

void draw_measures(page& to, const content& c) {
  to.heading("SHARED MEASURES");
  if (c.measures.empty()) return to.paragraph("None are defined.");
  const bool any = std::any_of(c.measures.begin(), c.measures.end(),
                               [](const measure& m) { return m.aggregates && !m.lines.empty(); });
  if (any && c.roots.size() == 1)
    to.paragraph(
        to.safe("Figures are those of " + c.roots.front().name + ": each reporter in it or below it counts once."));
  if (any && c.roots.size() > 1) {
    std::vector<std::string> names;
    for (const auto& r : c.roots) names.push_back(r.name);
    if (names.size() > 6)
      names.resize(5), names.push_back(grouped(static_cast<std::int64_t>(c.roots.size() - 5)) + " more");
    to.paragraph(to.safe("Figures are those of " + enumeration(names) +
                         " together: each reporter in them or below them counts once."));
  }
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
    const auto wanted = m.wanted == direction::none   ? std::string("no wanted direction")
                        : m.wanted == direction::keep ? std::string("wanted: no change")
                                                      : "wanted: " + std::string(to_string(m.wanted));
    const auto verdict = verdict_text(to, m.verdict, m.wanted);
    const auto right = wanted + (verdict.empty() ? "" : to.mark(" · ", " - ") + verdict);
    to.blank();
    const auto room = to.width() - 2 - plain_width(right) - 2;
    const auto lines = wrap(to.safe(m.indicator.name + detail), std::max<std::size_t>(room, 16));
    to.line("  " + to.look().in(style::ink::bold, pad_right(lines[0], room)) + "  " + right);
    for (std::size_t i = 1; i < lines.size(); ++i) to.line(style::ink::bold, "  " + lines[i]);
    if (m.lines.empty()) to.paragraph("Nothing was reported.", 5);
    const auto shown = to.shown(m.lines.size(), 6);
    for (std::size_t i = 0; i < shown; ++i) {
      if (!m.aggregates)
        to.paragraph(
            to.safe("as reported by " + m.lines[i].of.name) +
                (m.lines.size() == 1 || m.wanted == direction::none
                     ? ""
                     : ": " + std::string(m.lines[i].verdict == verdict::missing ? "nothing to compare"
                                                                                 : to_string(m.lines[i].verdict))),
            5);
      draw_line(to, m, m.lines[i], reports);
    }
    if (shown < m.lines.size()) {
      std::size_t good = 0, judged = 0;
      for (const auto& l : m.lines) good += l.verdict == verdict::right, judged += l.verdict != verdict::missing;
      to.faint("and " + counted(m.lines.size() - shown, "more reporter") +
                   (m.wanted == direction::none
                        ? ""
                        : "; of all, " +
                              reports_of(static_cast<std::int64_t>(good), static_cast<std::int64_t>(judged)) +
                              " that can be compared move in the right direction") +
                   ".",
               5);
    }
  }
  if (collapse) {
    to.blank();
    to.item(counted(silent.size(), "measure") + " without data: " + listed(to, silent, 3, "; "), 2);
  }
  to.blank();
  draw_arrivals(to, c.arrivals);
  to.faint(std::string("Trend: ") +
           to.mark("▁ is the lowest and █ the highest value shown, · no value.",
                   "1 is the lowest and 8 the highest value shown, . no value.") +
           " Reports: received of expected, in the latest period.");
}

void draw_scorecard(page& to, const content& c) {
  to.heading("SCORECARD");
  const auto& card = c.card;
  const auto n = card.evaluated();
  const auto count = [&](verdict v) { return card.of(v).size(); };
  const auto right = count(verdict::right);
  if (n == 0) to.paragraph("No measure can be evaluated.");
  else
    to.paragraph(grouped(static_cast<std::int64_t>(right)) + " of " + counted(n, "evaluated measure") +
                 (right == 1 ? " moves" : " move") + " in the right direction (" +
                 percent(static_cast<double>(right) / static_cast<double>(n)) + ").");
  if (c.measures.empty()) return;
  if (card.earlier_day && card.earlier_evaluated > 0)
    to.paragraph(
        "A year earlier, on " + card.earlier_day->to_string() + ": " +
        reports_of(static_cast<std::int64_t>(card.earlier_right), static_cast<std::int64_t>(card.earlier_evaluated)) +
        " (" + percent(static_cast<double>(card.earlier_right) / static_cast<double>(card.earlier_evaluated)) + ").");
  if (n < c.measures.size())
    to.paragraph(grouped(static_cast<std::int64_t>(c.measures.size() - n)) + " of " +
                 counted(c.measures.size(), "measure") + (c.measures.size() - n == 1 ? " is" : " are") +
                 " not evaluated: " + std::to_string(count(verdict::missing)) + " missing, " +
                 std::to_string(count(verdict::no_direction)) + " without a wanted direction.");
  to.blank();
  const auto list = [&](std::string_view label, verdict v) {
    std::vector<std::string> names;
    for (const auto& m : card.of(v)) names.push_back(to.safe(m.name));
    if (v == verdict::missing) { // why, where it is not that nothing was reported at all
      std::size_t i = 0;
      for (const auto& line : card.card.lines)
        if (line.moved == movement::unknown && i < names.size())
          names[i++] += line.reason.empty() || line.reason == "no value" ? "" : " (" + line.reason + ")";
    }
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
  to.faint("Compared is the latest value with the baseline. A change of at most " + human(c.options.flat * 100, 4) +
           " % of the baseline is flat. Flat and mixed measures (those of which some reporters move right and others "
           "do not) "
           "are evaluated and do not count as right; measures with fewer than two values (missing) or without a wanted "
           "direction are not evaluated.");
}

// ---- data problems ------------------------------------------------------------------------------
void draw_findings(page& to, const content& c) {
  const auto errors = c.findings.count(severity::error), warnings = c.findings.count(severity::warning),
             notes = c.findings.count(severity::note);
  if (errors + warnings + notes == 0) return;
  std::vector<std::string> counts;
  if (errors > 0) counts.push_back(counted(errors, "error"));
  if (warnings > 0) counts.push_back(counted(warnings, "warning"));
  if (notes > 0) counts.push_back(counted(notes, "note"));
  to.paragraph("Reading gave " + enumeration(counts) +
               (warnings > 5 && !to.full() ? "; `commonweal check` lists them all:" : ":"));
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
  if (c.findings.empty() && c.low.empty() && c.thin.empty() && c.silent.empty() && c.outside.empty())
    return to.paragraph("None found: the data reads without a finding, at least " + percent(c.options.low_coverage) +
                        " of the expected reports came, and no reporter is silent.");
  draw_findings(to, c);
  if (!c.low.empty()) {
    to.paragraph("Fewer than " + percent(c.options.low_coverage) +
                 " of the reports expected in the latest period, by group:");
    const auto shown = to.shown(c.low.size(), 10);
    for (std::size_t i = 0; i < shown; ++i)
      to.item(to.safe(c.low[i].group.name + ", " + c.low[i].indicator.name + ", " + c.low[i].period.to_string() + ": " +
                      reports_of(c.low[i].reported, c.low[i].expected) + " (" +
                      share_of(c.low[i].reported, c.low[i].expected) + ")"));
    if (shown < c.low.size())
      to.paragraph("and " + grouped(static_cast<std::int64_t>(c.low.size() - shown)) + " more", 4);
  }
  if (!c.thin.empty()) {
    to.paragraph("Fewer than " + percent(c.options.low_coverage) + " of the reports expected over all periods:");
    const auto shown = to.shown(c.thin.size(), 10);
    for (std::size_t i = 0; i < shown; ++i)
      to.item(to.safe(c.thin[i].indicator.name + ", " + c.thin[i].of.name + ": " +
                      reports_of(c.thin[i].reported, c.thin[i].expected) + " (" +
                      share_of(c.thin[i].reported, c.thin[i].expected) + ")"));
    if (shown < c.thin.size())
      to.paragraph("and " + grouped(static_cast<std::int64_t>(c.thin.size() - shown)) + " more", 4);
  }
  if (!c.silent.empty()) {
    to.paragraph(counted(c.silent.size(), "reporter") + (c.silent.size() == 1 ? " has" : " have") +
                 " been silent for " + counted(static_cast<std::size_t>(c.options.silence), "period") + " or more:");
    const auto shown = to.shown(c.silent.size(), 10);
    for (std::size_t i = 0; i < shown; ++i) {
      std::vector<std::string> names;
      for (const auto& n : c.silent[i].indicators) names.push_back(n.name);
      to.item(
          to.safe(c.silent[i].reporter.name + ": " + enumeration(names) +
                  (c.silent[i].last ? ", last reported for " + c.silent[i].last->to_string() : ", never reported")));
    }
    if (shown < c.silent.size())
      to.paragraph("and " + grouped(static_cast<std::int64_t>(c.silent.size() - shown)) + " more", 4);
  }
  if (!c.outside.empty()) {
    std::vector<std::string> names;
    const auto shown = to.shown(c.outside.size(), 10);
    for (std::size_t i = 0; i < shown; ++i) names.push_back(c.outside[i].name);
    if (shown < c.outside.size())
      names.push_back(grouped(static_cast<std::int64_t>(c.outside.size() - shown)) + " more");
    to.paragraph(to.safe(counted(c.outside.size(), "reporter") + (c.outside.size() == 1 ? " is" : " are") +
                         " a member of no group, so no group's figure counts what they report: " + enumeration(names)));
  }
}

} // namespace

std::string draw(const content& c, const style& look, bool full) {
  page to(look, full);
  for (const auto& l : wrap(to.safe(c.title), to.width())) to.line(style::ink::bold, l);
  std::vector<std::string> counts;
  for (const auto& [what, n] : c.counts) {
    auto one = what == "people"       ? std::string("person")
               : what == "strategies" ? "strategy"
               : what == "activities" ? "activity"
                                      : what.substr(0, what.size() - 1);
    counts.push_back(counted(n, one, what));
  }
  if (!c.options.group.empty() && !c.roots.empty())
    to.paragraph(to.safe("Report on the group " + c.roots.front().name), 0);
  if (c.as_of_from != day_origin::today) // what has no dates holds on every day, so that none is worth a line
    to.paragraph("As of " + c.as_of.to_string() +
                     (c.as_of_from == day_origin::asked  ? std::string()
                      : c.as_of_from == day_origin::data ? ", the last day of the data"
                                                         : ", " + std::string(origin_text(c.as_of_from))),
                 0);
  if (!counts.empty()) to.paragraph(enumeration(counts), 0);
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
