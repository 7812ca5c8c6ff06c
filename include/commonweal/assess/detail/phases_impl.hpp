// SPDX-License-Identifier: Apache-2.0
// Bodies of assess/phases.hpp.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <commonweal/assess/detail/combine_judgements.hpp>
#include <commonweal/assess/detail/evidence.hpp>
#include <commonweal/assess/detail/framework.hpp>
#include <commonweal/assess/phases.hpp>
#include <commonweal/catalogue/phases.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/core/suggest.hpp>

namespace commonweal::inline v0 {

namespace detail {

inline std::map<std::string, phase_scheme> schemes_of_folder(const record_tables& records) {
  std::map<std::string, phase_scheme> out;
  const table* t = find_records(records, "phase_schemes");
  if (t == nullptr) return out;
  std::map<std::pair<std::string, std::int64_t>, std::size_t> rows; // (scheme, order) -> place, ordered
  std::vector<std::size_t> order(t->rows());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto place = [&](std::size_t i) { return (*t)["order"].values<std::int64_t>()[i]; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
  for (const auto i : order) {
    const std::string name((*t)["scheme"].text(i));
    phase_scheme& s = out[name];
    s.name = name;
    s.source = std::string(text_at(*t, "source", i));
    const std::string id((*t)["phase"].text(i));
    if (s.phases.empty() || s.phases.back().id != id) {
      const auto text = text_at(*t, "text", i);
      s.phases.push_back({id, std::string(text.empty() ? std::string_view(id) : text), {}});
    }
    const auto component = text_at(*t, "component", i);
    if (!component.empty())
      s.phases.back().components.push_back({std::string(component), std::string(text_at(*t, "component_text", i))});
  }
  return out;
}

inline std::map<std::string, phase_scheme> schemes_of_catalogue() {
  std::map<std::string, phase_scheme> out;
  for (const auto& p : catalogue::phases) {
    phase_scheme& s = out[std::string(p.scheme)];
    s.name = std::string(p.scheme);
    s.source = std::string(p.what.requirement) + "; " + std::string(p.what.source);
    s.phases.push_back({std::string(p.what.id), std::string(p.what.text), {}});
  }
  for (const auto& c : catalogue::phase_components)
    for (auto& p : out.at(std::string(c.scheme)).phases)
      if (p.id == c.phase) p.components.push_back({std::string(c.what.id), std::string(c.what.text)});
  return out;
}

/// What the network itself shows of a component of the three-phase scheme; unknown for any other.
inline judgement component_by_network(const assess_input& in, const std::string& id) {
  judgement j;
  const auto& net = in.net;
  const auto count = [&](node_kind k) { return alive(net, k, in.day).size(); };
  const auto in_force = [&](edge_kind k) {
    const relation& r = net.edges(k);
    std::size_t n = 0;
    for (relation::row_index row = 0; row < r.size(); ++row) n += r.validity(row).contains(in.day) ? 1 : 0;
    return n;
  };
  const auto judge = [&](std::initializer_list<std::pair<std::string, std::size_t>> needs) {
    std::size_t have = 0;
    for (const auto& [what, n] : needs) {
      have += n > 0 ? 1 : 0;
      if (n > 0) j.evidence_for.push_back(what + ": " + std::to_string(n));
      else j.missing += (j.missing.empty() ? "" : ", ") + what;
    }
    j.verdict = have == needs.size() ? verdict::met : have > 0 ? verdict::partly : verdict::unknown;
  };
  std::size_t oversight = 0;
  for (const node_ref g : alive(net, node_kind::group, in.day)) oversight += is_oversight(net, g) ? 1 : 0;
  std::size_t baselines = 0;
  for (const auto& t : in.data.targets)
    baselines += t.kind == target_kind::baseline && t.period.first_day() <= in.day ? 1 : 0;
  std::size_t periods = 0;
  for (const auto& p : in.data.panels)
    for (Eigen::Index c = 0; c < p.periods(); ++c)
      periods += p.at(c).last_day() <= in.day && !p.value.col(c).array().isNaN().all() ? 1 : 0;
  if (id == "landscape")
    judge({{"organizations", count(node_kind::organization)}, {"activities", count(node_kind::activity)}});
  else if (id == "baseline") judge({{"baselines or first observations", baselines + periods}});
  else if (id == "governance") judge({{"oversight groups", oversight}, {"champions", in_force(edge_kind::champions)}});
  else if (id == "goals_and_measures")
    judge({{"goals", count(node_kind::goal)}, {"indicators", count(node_kind::indicator)}});
  else if (id == "backbone") judge({{"backbones", in_force(edge_kind::serves_as_backbone)}});
  else if (id == "alignment")
    judge(
        {{"endorsements", in_force(edge_kind::endorses)}, {"strategies carried out", in_force(edge_kind::implements)}});
  else if (id == "coordinated_action")
    judge({{"activities", count(node_kind::activity)}, {"links that reinforce", in_force(edge_kind::reinforces)}});
  else if (id == "data_collection") judge({{"periods with observations beyond the first", periods > 1 ? periods : 0}});
  else if (id == "learning")
    judge({{"revisions of the framework",
            framework_until(in).versions.size() > 1 ? framework_until(in).versions.size() - 1 : 0}});
  return j;
}

} // namespace detail

COMMONWEAL_BODY phase_scheme find_scheme(const record_tables& records, std::string_view name) {
  auto all = detail::schemes_of_folder(records);
  all.merge(detail::schemes_of_catalogue());
  const auto it = all.find(std::string(name));
  if (it != all.end()) return it->second;
  std::string names;
  nearest_words near(name);
  for (const auto& [have, scheme] : all) {
    names += (names.empty() ? "" : ", ") + have;
    near.consider(have);
  }
  throw error(error_code::invalid_argument,
              with_hint("no phase scheme " + std::string(name) + "; there are " + names, near.question()));
}

COMMONWEAL_BODY void check_schemes(const record_tables& records, diagnostics& found) {
  const auto folder = detail::schemes_of_folder(records);
  const auto say = [&](const char* code, std::string file, std::int64_t row, std::string field, std::string record,
                       std::string message) {
    found.add({severity::error, code, std::move(file), row, std::move(field), std::move(record), std::move(message)});
  };
  if (const table* t = find_records(records, "phase_schemes")) {
    std::map<std::string, std::map<std::int64_t, std::string>> orders;
    std::set<std::pair<std::string, std::string>> components;
    for (std::size_t i = 0; i < t->rows(); ++i) {
      const std::string scheme((*t)["scheme"].text(i));
      const auto order = (*t)["order"].values<std::int64_t>()[i];
      const std::string phase((*t)["phase"].text(i));
      const auto [it, fresh] = orders[scheme].try_emplace(order, phase);
      const auto row = static_cast<std::int64_t>(i) + 2;
      if (!fresh && it->second != phase)
        say("scheme_order", "phase_schemes.csv", row, "order", scheme,
            "place " + std::to_string(order) + " holds both " + it->second + " and " + phase +
                "; a place holds one phase");
      const std::string component(text_at(*t, "component", i));
      if (!component.empty() && !components.emplace(scheme, component).second)
        say("scheme_component", "phase_schemes.csv", row, "component", scheme,
            "component " + component + " stands twice in the scheme");
    }
    for (const auto& [scheme, places] : orders) {
      std::int64_t expected = 0;
      for (const auto& [place, phase] : places)
        if (place != ++expected) {
          say("scheme_order", "phase_schemes.csv", -1, "order", scheme,
              "phases are numbered 1, 2, ...; " + phase + " has place " + std::to_string(place) + " where " +
                  std::to_string(expected) + " is due");
          break;
        }
    }
  }
  if (const table* t = find_records(records, "milestones")) {
    std::set<std::string> known;
    for (const auto& schemes : {folder, detail::schemes_of_catalogue()})
      for (const auto& [name, s] : schemes)
        for (const auto& p : s.phases)
          for (const auto& c : p.components) known.insert(c.id);
    for (std::size_t i = 0; i < t->rows(); ++i) {
      const std::string component(text_at(*t, "component", i));
      if (!component.empty() && !known.contains(component))
        say("scheme_component", "milestones.csv", static_cast<std::int64_t>(i) + 2, "component", component,
            "no phase scheme has a component " + component);
    }
  }
}

COMMONWEAL_BODY std::vector<judgement> assess_phases(const assess_input& in, const phase_scheme& scheme) {
  struct milestone {
    bool done;
    std::string text;
  };
  std::multimap<std::string, milestone> milestones;
  std::vector<std::string> wins;
  if (const table* t = find_records(in.records, "milestones"))
    for (std::size_t i = 0; i < t->rows(); ++i) {
      const auto d = date_at(*t, "date", i);
      if (d && *d > in.day) continue;
      const bool done = text_at(*t, "state", i) != "open";
      const std::string line = "milestones: " + std::string((*t)["text"].text(i)) + (d ? ", " + d->to_string() : "");
      milestones.emplace(text_at(*t, "component", i), milestone{done, line});
      if (done && flag_at(*t, "early_win", i)) wins.push_back(line);
    }

  std::vector<judgement> out;
  std::size_t supported = 0;
  bool all_before = true;
  for (std::size_t p = 0; p < scheme.phases.size(); ++p) {
    const auto& phase = scheme.phases[p];
    std::vector<judgement> parts;
    for (const auto& c : phase.components) {
      judgement j{.criterion = "phase." + phase.id + "." + c.id,
                  .question = c.text + "?",
                  .rule = "a milestone done by the day meets it, one still open does not; else what the network shows",
                  .change = "a milestone is recorded for component " + c.id,
                  .source = scheme.source};
      bool open = false;
      const auto [from, to] = milestones.equal_range(c.id);
      for (auto m = from; m != to; ++m) {
        (m->second.done ? j.evidence_for : j.evidence_against).push_back(m->second.text);
        open = open || !m->second.done;
      }
      if (from != to) {
        j.verdict = !open ? verdict::met : j.evidence_for.empty() ? verdict::not_met : verdict::partly;
      } else {
        const judgement seen = detail::component_by_network(in, c.id);
        j.verdict = seen.verdict;
        j.evidence_for = seen.evidence_for;
        j.missing = seen.verdict == verdict::unknown && seen.missing.empty() ? "milestones.csv: component " + c.id
                                                                             : seen.missing;
      }
      parts.push_back(std::move(j));
    }
    std::vector<const judgement*> pointers;
    for (const auto& j : parts) pointers.push_back(&j);
    judgement whole = detail::whole("phase." + phase.id, phase.text + ": is it done?", pointers,
                                    "met where all its components are met", scheme.source);
    if (parts.empty()) whole.missing = "components of the phase: the scheme names none";
    if (all_before) supported = p + 1;
    all_before = all_before && whole.verdict == verdict::met;
    out.push_back(std::move(whole));
    for (auto& j : parts) out.push_back(std::move(j));
  }
  judgement at{.criterion = "phase.supported",
               .question = "Which phase does the evidence support?",
               .evidence_for = wins,
               .rule =
                   "the first phase whose components are not all met, else the last; early wins are listed as evidence",
               .change = "the open components of that phase are met",
               .source = "D, D7; HKK2012"};
  if (supported > 0) {
    at.verdict = verdict::met;
    at.score = static_cast<double>(supported);
    at.scale = "of " + std::to_string(scheme.phases.size()) + ": " + scheme.phases[supported - 1].text;
  } else {
    at.missing = "phases of the scheme";
  }
  out.push_back(std::move(at));
  return out;
}

} // namespace commonweal::inline v0
