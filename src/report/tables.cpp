// SPDX-License-Identifier: Apache-2.0
// The content of a report as tables.
#include "report/tables.hpp"

#include <string>
#include <vector>

#include <commonweal/analyze/series.hpp>

#include "report/words.hpp"
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::report {
namespace {

using detail::number_cell;
using type = column_type;

constexpr std::array<std::string_view, enum_names<part_of_report>::values.size()> abouts = {
    "what the initiative is, the day of the report, how many it has of each kind, and the scorecard in words",
    "champions, funders, backbones and links, with their days and, of funders, the amounts",
    "the cascade in the order of reading, then groups that closed or open later",
    "goals with the strategies and measures in force",
    "a row for each series of a shared measure: baseline, latest value, target, change, verdict",
    "the figures of each series by period",
    "how many measures move right, wrong, ..., and which",
    "findings, groups and measures of few reports, silent reporters, reporters outside every group"};

cell text(std::string_view t) { return t.empty() ? cell{} : cell{t}; }
cell count(std::size_t n) { return static_cast<std::int64_t>(n); }
cell day(date d) { return d.is_bounded() ? cell{d} : cell{}; }
cell number(const std::optional<double>& x) { return x ? number_cell(*x) : cell{}; }
cell coverage(std::int64_t reported, std::int64_t expected) {
  return expected == 0 ? cell{} : cell{static_cast<double>(reported) / static_cast<double>(expected)};
}
std::string ids_of(const std::vector<named>& all) {
  std::vector<std::string> ids;
  for (const auto& n : all) ids.push_back(n.id);
  return text::joined(ids, "; ");
}

table summary(const content& c) {
  table out({{"title", type::utf8},
             {"description", type::utf8},
             {"synthetic", type::boolean},
             {"as_of", type::date},
             {"as_of_from", type::utf8},
             {"roots", type::utf8},
             {"organizations", type::int64},
             {"people", type::int64},
             {"groups", type::int64},
             {"strategies", type::int64},
             {"activities", type::int64},
             {"indicators", type::int64},
             {"reading", type::utf8}});
  const auto n = [&](node_kind kind) {
    for (const auto& [of, how_many] : c.counts)
      if (of == kind) return count(how_many);
    return count(0);
  };
  std::vector<std::string> words = {day_words(c), count_words(c)};
  for (auto& w : words)
    if (!w.empty()) w += '.';
  std::erase(words, "");
  for (const auto& w : scorecard_words(c)) words.push_back(w);
  const auto roots = ids_of(c.roots);
  const auto reading = text::joined(words, " ");
  out.append_row({text(c.title), text(c.description), c.synthetic, c.as_of, to_string(c.as_of_from), text(roots),
                  n(node_kind::organization), n(node_kind::person), n(node_kind::group), n(node_kind::strategy),
                  n(node_kind::activity), n(node_kind::indicator), text(reading)});
  return out;
}

table who(const content& c) {
  table out({{"part", type::utf8},
             {"id", type::utf8},
             {"name", type::utf8},
             {"role", type::utf8},
             {"of", type::utf8},
             {"of_name", type::utf8},
             {"start", type::date},
             {"end", type::date},
             {"former", type::boolean},
             {"amount", type::float64},
             {"currency", type::utf8},
             {"anchor", type::boolean},
             {"functions", type::utf8},
             {"staff_roles", type::utf8},
             {"reading", type::utf8}});
  const auto add = [&](std::string_view as, const part& p, const std::string& reading, const funding* f,
                       const backbone* b) {
    const auto functions = b == nullptr ? std::string() : text::joined(b->functions, "; ");
    const auto roles = b == nullptr ? std::string() : text::joined(b->staff_roles, "; ");
    out.append_row({as, text(p.who.id), text(p.who.name), text(p.role), text(p.of.id), text(p.of.name),
                    day(p.in_force.start), day(p.in_force.end), p.former, f == nullptr ? cell{} : number(f->amount),
                    f == nullptr ? cell{} : text(f->currency), f == nullptr ? cell{} : cell{f->anchor}, text(functions),
                    text(roles), text(reading)});
  };
  for (const auto& p : c.champions) add("champion", p, champion_words(p), nullptr, nullptr);
  for (const auto& f : c.funders) add("funder", f, funder_words(f), &f, nullptr);
  for (const auto& b : c.backbones) add("backbone", b, backbone_words(b), nullptr, &b);
  for (const auto& p : c.links) add("link", p, link_words(p, {p.of.name}), nullptr, nullptr);
  return out;
}

table groups(const content& c) {
  table out({{"group", type::utf8},
             {"name", type::utf8},
             {"kind", type::utf8},
             {"state", type::utf8},
             {"depth", type::int64},
             {"start", type::date},
             {"end", type::date},
             {"organizations", type::int64},
             {"people", type::int64},
             {"groups_below", type::int64},
             {"also_part_of", type::utf8}});
  for (const auto& g : c.groups) {
    const auto also = ids_of(g.also_part_of);
    out.append_row({text(g.group.id), text(g.group.name), text(g.kind), "in_force", std::int64_t{g.depth},
                    day(g.validity.start), day(g.validity.end), count(g.organizations), count(g.people),
                    count(g.groups_below), text(also)});
  }
  for (const auto* others : {&c.closed_groups, &c.later_groups})
    for (const auto& p : *others)
      out.append_row({text(p.who.id), text(p.who.name), text(p.role), p.former ? "closed" : "later", cell{},
                      day(p.in_force.start), day(p.in_force.end), cell{}, cell{}, cell{}, cell{}});
  return out;
}

table goals(const content& c) {
  table out({{"goal", type::utf8},
             {"name", type::utf8},
             {"primary", type::boolean},
             {"state", type::utf8},
             {"start", type::date},
             {"end", type::date},
             {"strategies", type::utf8},
             {"measures", type::utf8},
             {"reading", type::utf8}});
  for (const auto& g : c.goals) {
    const auto strategies = ids_of(g.strategies), measures = ids_of(g.measures), reading = goal_words(g);
    out.append_row({text(g.goal.id), text(g.goal.name), g.primary,
                    g.over    ? "over"
                    : g.begun ? "in_force"
                              : "later",
                    day(g.validity.start), day(g.validity.end), text(strategies), text(measures), text(reading)});
  }
  return out;
}

table measures(const content& c) {
  table out({{"indicator", type::utf8},
             {"name", type::utf8},
             {"unit", type::utf8},
             {"kind", type::utf8},
             {"wanted", type::utf8},
             {"of", type::utf8},
             {"of_name", type::utf8},
             {"aggregated", type::boolean},
             {"baseline_period", type::period},
             {"baseline", type::float64},
             {"baseline_stated", type::boolean},
             {"period", type::period},
             {"value", type::float64},
             {"state", type::utf8},
             {"reported", type::int64},
             {"expected", type::int64},
             {"coverage", type::float64},
             {"target_period", type::period},
             {"target", type::float64},
             {"change", type::float64},
             {"relative_change", type::float64},
             {"way_to_target", type::float64},
             {"moves", type::utf8},
             {"verdict", type::utf8},
             {"measure_verdict", type::utf8},
             {"reading", type::utf8}});
  for (const auto& m : c.measures) {
    const auto add = [&](const series_line* line) {
      std::vector<cell> row = {text(m.indicator.id), text(m.indicator.name), text(m.unit), to_string(m.kind),
                               to_string(m.wanted)};
      const auto name = line == nullptr ? std::string() : subject(line->of);
      const auto reading =
          line == nullptr ? std::string("Nothing was reported.") : text::joined(series_words(m, *line), " ");
      if (line == nullptr) {
        row.resize(23);
        row.emplace_back(to_string(m.verdict));
      } else {
        const auto of = [](const auto& x, auto member) { return x ? cell{(*x).*member} : cell{}; };
        const auto& latest = line->latest;
        row.insert(row.end(),
                   {text(line->of.id), text(name), line->aggregated, of(line->baseline, &reference::period),
                    of(line->baseline, &reference::value), of(line->baseline, &reference::stated),
                    of(latest, &point::period), of(latest, &point::value),
                    latest ? cell{to_string(latest->state)} : cell{}, of(latest, &point::reported),
                    of(latest, &point::expected), latest ? coverage(latest->reported, latest->expected) : cell{},
                    of(line->target, &reference::period), of(line->target, &reference::value), number(line->change),
                    number(line->relative_change), number(line->way_to_target), to_string(line->moves),
                    to_string(line->verdict)});
      }
      row.emplace_back(to_string(m.verdict));
      row.push_back(text(reading));
      out.append_row(row);
    };
    for (const auto& line : m.lines) add(&line);
    if (m.lines.empty()) add(nullptr);
  }
  return out;
}

table series(const content& c) {
  table out({{"indicator", type::utf8},
             {"of", type::utf8},
             {"of_name", type::utf8},
             {"period", type::period},
             {"value", type::float64},
             {"state", type::utf8},
             {"reported", type::int64},
             {"expected", type::int64},
             {"coverage", type::float64}});
  for (const auto& m : c.measures)
    for (const auto& line : m.lines) {
      const auto name = subject(line.of);
      for (const auto& p : line.points)
        out.append_row({text(m.indicator.id), text(line.of.id), text(name), p.period, number_cell(p.value),
                        to_string(p.state), p.reported, p.expected, coverage(p.reported, p.expected)});
    }
  return out;
}

table scorecard_rows(const content& c) {
  table out({{"verdict", type::utf8}, {"measures", type::int64}, {"indicators", type::utf8}, {"reading", type::utf8}});
  for (std::size_t v = 0; v < verdict_count; ++v) {
    const auto which = static_cast<verdict>(v);
    const auto ids = ids_of(c.card.of(which)), reading = text::joined(measures_of(c, which), "; ");
    out.append_row({to_string(which), count(c.card.of(which).size()), text(ids), text(reading)});
  }
  return out;
}

table problems(const content& c) {
  table out({{"problem", type::utf8},
             {"severity", type::utf8},
             {"code", type::utf8},
             {"file", type::utf8},
             {"row", type::int64},
             {"field", type::utf8},
             {"id", type::utf8},
             {"indicator", type::utf8},
             {"period", type::period},
             {"reported", type::int64},
             {"expected", type::int64},
             {"coverage", type::float64},
             {"reading", type::utf8}});
  for (const auto& d : c.findings.items())
    out.append_row({"finding", to_string(d.severity), text(d.code), text(d.file), d.row < 0 ? cell{} : cell{d.row},
                    text(d.field), text(d.record), cell{}, cell{}, cell{}, cell{}, cell{}, text(d.message)});
  const auto add = [&](std::string_view problem, const std::string& id, const std::string& indicator,
                       std::optional<period> when, std::optional<std::pair<std::int64_t, std::int64_t>> reports,
                       const std::string& reading) {
    out.append_row({problem, cell{}, cell{}, cell{}, cell{}, cell{}, text(id), text(indicator),
                    when ? cell{*when} : cell{}, reports ? cell{reports->first} : cell{},
                    reports ? cell{reports->second} : cell{},
                    reports ? coverage(reports->first, reports->second) : cell{}, text(reading)});
  };
  for (const auto& l : c.low)
    add("low_coverage", l.group.id, l.indicator.id, l.period, std::pair(l.reported, l.expected), low_words(l));
  for (const auto& t : c.thin)
    add("thin_measure", t.of.id, t.indicator.id, std::nullopt, std::pair(t.reported, t.expected), thin_words(t));
  for (const auto& s : c.silent)
    add("silent_reporter", s.reporter.id, ids_of(s.indicators), s.last, std::nullopt, silent_words(s));
  for (const auto& n : c.outside) add("outside", n.id, {}, std::nullopt, std::nullopt, outside_words(1, {n.name}));
  return out;
}

} // namespace

table report_table(const content& c, part_of_report which) {
  switch (which) {
    case part_of_report::summary: return summary(c);
    case part_of_report::who: return who(c);
    case part_of_report::groups: return groups(c);
    case part_of_report::goals: return goals(c);
    case part_of_report::measures: return measures(c);
    case part_of_report::series: return series(c);
    case part_of_report::scorecard: return scorecard_rows(c);
    case part_of_report::problems: break;
  }
  return problems(c);
}

std::string_view why_empty(part_of_report which) {
  switch (which) {
    case part_of_report::who: return "No champion, funder, backbone or link is stated.";
    case part_of_report::groups: return "There is no group.";
    case part_of_report::goals: return "There is no goal.";
    case part_of_report::measures: return "There is no shared measure.";
    case part_of_report::series: return "Nothing was reported.";
    case part_of_report::problems: return "No problem was found.";
    case part_of_report::summary:
    case part_of_report::scorecard: break; // these always have rows
  }
  return {};
}

table report_table_list() {
  table out({{"name", type::utf8}, {"about", type::utf8}});
  for (std::size_t i = 0; i < abouts.size(); ++i) out.append_row({enum_names<part_of_report>::values[i], abouts[i]});
  return out;
}

} // namespace commonweal::inline v0::report
