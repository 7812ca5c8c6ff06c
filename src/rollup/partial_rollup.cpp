// SPDX-License-Identifier: Apache-2.0
// Partial rollups: cells added to the sums of groups, merged.
#include <algorithm>
#include <bit>
#include <cmath>
#include <set>
#include <string>

#include <commonweal/measure/formula.hpp>
#include <commonweal/rollup/detail/answer_size.hpp>
#include <commonweal/rollup/detail/engine_input.hpp>
#include <commonweal/rollup/detail/request.hpp>

#include "rollup/partial_state.hpp"

namespace commonweal::inline v0 {
namespace {

using detail::cell_kind;
using detail::cell_need;

[[noreturn]] void refuse(const std::string& why) { throw error(error_code::invalid_argument, why); }

/// The reported indicators behind one, with the operators over time that they are asked by.
class uses_of {
 public:
  uses_of(const network& net, const std::vector<indicator_definition>& all, const rollup_options& options)
      : all_(all), find_(lookup_in(all)) {
    for (const auto& id : options.indicators) {
      const auto i = find_(id);
      if (!i) refuse(no_such_node(net, {node_kind::indicator}, id));
      add(i->value, all_[i->value].over_time);
    }
    if (options.indicators.empty())
      for (std::uint32_t i = 0; i < all_.size(); ++i) add(i, all_[i].over_time);
  }
  [[nodiscard]] std::set<std::pair<std::uint32_t, aggregate_operator>> leaves() && { return std::move(leaves_); }

 private:
  void add(std::uint32_t i, aggregate_operator over_time) {
    const auto& d = all_[i];
    if (d.formula.empty()) {
      leaves_.emplace(i, over_time);
      return;
    }
    if (!seen_.insert(i).second) return;
    if (d.formula_level == formula_level::reporter)
      refuse("indicator " + d.id +
             " is computed by its formula for each reporter, which a partial rollup does not carry; take a whole "
             "rollup, or name other indicators");
    for (const auto& n : parse_formula(d.formula, find_).nodes)
      if (n.indicator.valid())
        add(n.indicator.value, n.step == formula_step::over_time ? n.over_time : all_[n.indicator.value].over_time);
  }

  const std::vector<indicator_definition>& all_;
  indicator_lookup find_;
  std::set<std::uint32_t> seen_;
  std::set<std::pair<std::uint32_t, aggregate_operator>> leaves_;
};

/// One base period, or several? Nothing where observations will tell.
std::optional<bool> one_period(const rollup_options& options, std::optional<frequency> base) {
  if (!options.every) return true; // as reported
  if (!base) return std::nullopt;
  return *options.every == *base;
}

std::uint8_t marks_at(const panel& p, Eigen::Index r, Eigen::Index c) {
  std::uint8_t marks = 0;
  const auto mark = [&](bool holds, std::uint8_t bit) {
    if (holds) marks = static_cast<std::uint8_t>(marks | bit);
  };
  mark(!std::isnan(p.value(r, c)), mark_value);
  mark(p.numerator.size() != 0 && !std::isnan(p.numerator(r, c)), mark_numerator);
  mark(p.denominator.size() != 0 && !std::isnan(p.denominator(r, c)), mark_denominator);
  mark(!p.suppressed.empty() && p.is_suppressed(r, c), mark_suppressed);
  mark(!p.not_expected.empty() && p.is_not_expected(r, c), mark_not_expected);
  return marks;
}

/// `key`'s entry of `to`, copied from `from` where it is not there yet, else made by `make`.
template <class Map, class Make>
typename Map::mapped_type& staged(Map& to, const Map& from, std::int32_t key, Make make) {
  const auto there = to.find(key);
  if (there != to.end()) return there->second;
  const auto before = from.find(key);
  return to.emplace(key, before != from.end() ? before->second : make()).first->second;
}

template <class Map>
void move_entries(Map& to, Map& from) noexcept {
  while (!from.empty()) {
    auto node = from.extract(from.begin());
    to.erase(node.key());
    to.insert(std::move(node));
  }
}

} // namespace

void check_carried(const indicator_definition& d, const detail::stages& s, std::optional<bool> one) {
  const auto& groups = detail::rules_of(s.over_groups);
  const auto& time = detail::rules_of(s.over_time);
  // What picks one of its cells picks the parts of a ratio with it.
  const bool picks_pairs = groups.picks && d.kind == indicator_kind::ratio;
  const bool extreme = groups.from == detail::made_of::extremes;
  if (detail::adds_alike(s)) return; // one sum over all cells
  if (s.over_groups == s.over_time && extreme && groups.picks && !picks_pairs) return;
  const bool single = groups.from == detail::made_of::one && !groups.may_refuse;
  if (s.need != cell_need::value || picks_pairs || single || groups.from == detail::made_of::squares)
    refuse("a partial rollup does not carry indicator " + d.id + ": its operator " +
           std::string(to_string(s.over_groups)) + " over groups" +
           (groups.from == detail::made_of::parts || extreme
                ? " beside " + std::string(to_string(s.over_time)) + " over time"
                : "") +
           " needs the reports themselves; take a whole rollup, or name other indicators");
  if (!time.passes_one || (one && !*one))
    refuse("a partial rollup does not carry indicator " + d.id +
           (time.passes_one ? " over several of its periods" : "") + ": its operator " +
           std::string(to_string(s.over_time)) + " over time needs the reports themselves; " +
           (time.passes_one ? "ask for figures by the period as reported, or take a whole rollup"
                            : "take a whole rollup, or name other indicators"));
}

partial_rollup::state::state(const network& n, const measures& d, rollup_options o)
    : net(&n), data(&d), options(std::move(o)), line(n) {
  if (!options.unions.empty() || !options.only.empty() || !options.within.is_always())
    refuse("a partial rollup takes no unions and no choice among base periods");
  if (options.missing == missing_policy::carry_forward)
    refuse("a partial rollup does not carry the policy carry_forward, which needs the reports themselves; choose "
           "another, or take a whole rollup");
  measures empty;
  empty.indicators = d.indicators;
  (void)detail::rollup_request(n, empty, options); // throws for what no rollup takes
  leaves = uses_of(n, empty.indicators, options).leaves();
  for (const auto& [i, over_time] : leaves) {
    const detail::stages made(definition(i), over_time);
    check_carried(definition(i), made, one_period(options, std::nullopt));
    const auto& asked = definition(i);
    if (options.people != nullptr && detail::bounds_people(asked, made) &&
        asked.unduplicated != unduplicated_method::bounds)
      refuse("a partial rollup does not carry indicator " + asked.id +
             ": its people are counted once, by people_served, which parts do not hold; take a whole rollup");
    reports[i];
    sums[{i, made.need}];
  }
  job = job_bytes(n, d, options);
}

std::unique_ptr<stretch_plan> partial_rollup::state::make_plan(frequency base, std::int32_t stretch) const {
  const detail::ordinal_range clip{stretch * stretch_periods, (stretch + 1) * stretch_periods};
  const detail::cascade_history history(*net, {base, options.membership, options.as_of, clip});
  return std::make_unique<stretch_plan>(detail::engine_cascade_of(history, line, [](std::uint32_t) { return true; }));
}
const stretch_plan& partial_rollup::state::plan(frequency base, std::int32_t stretch) {
  const auto there = plans.find({base, stretch});
  if (there != plans.end()) return *there->second;
  return *plans.emplace(std::pair(base, stretch), make_plan(base, stretch)).first->second;
}

void partial_rollup::state::refuse_second(std::uint32_t indicator, std::uint32_t reporter, period when) const {
  diagnostic d;
  d.code = "repeated_observation";
  d.record = std::string(net->id(line.node(reporter)));
  d.field = "value";
  d.message = definition(indicator).id + " of " + d.record + " for " + when.to_string() +
              " has come before; a report counts once: share the observations out so that each reporter and period is "
              "in one part only";
  throw error(error_code::invalid_data, std::move(d));
}
void partial_rollup::state::check_frequency(std::uint32_t indicator, frequency base) const {
  const auto& known = reports.at(indicator).base;
  if (!known || *known == base) return;
  diagnostic d;
  d.code = "mixed_frequency";
  d.field = "period";
  d.message = definition(indicator).id + " is reported by the " + std::string(to_string(*known)) + " and by the " +
              std::string(to_string(base)) + "; an indicator has one frequency";
  throw error(error_code::invalid_data, std::move(d));
}

std::vector<std::int32_t> partial_rollup::state::note_panel(const panel& p, change& to) const {
  const std::uint32_t i = p.indicator.value;
  check_frequency(i, p.first.freq());
  const auto& before = reports.at(i);
  const auto [entry, is_first] = to.reports.try_emplace(i);
  reports_of& now = entry->second;
  const std::int32_t end = p.first.ordinal() + static_cast<std::int32_t>(p.periods());
  if (is_first) {
    now.base = p.first.freq();
    now.first = before.base ? before.first : p.first.ordinal();
    now.last = before.base ? before.last : end - 1;
    now.kept = before.kept;
    now.given = before.given;
  }
  now.first = std::min(now.first, p.first.ordinal());
  now.last = std::max(now.last, end - 1);
  std::vector<std::int32_t> stretches;
  for (std::int32_t begin = p.first.ordinal(); begin < end;) {
    const std::int32_t stretch = stretch_of(begin);
    std::size_t given = 0;
    for (; begin < std::min(end, (stretch + 1) * stretch_periods); ++begin)
      for (Eigen::Index row = 0; row < p.value.rows(); ++row)
        given += marks_at(p, row, begin - p.first.ordinal()) != 0 ? 1 : 0;
    if (given == 0) continue;
    now.given += given;
    stretches.push_back(stretch);
    if (!before.cells.contains(stretch)) to.fresh.emplace(i, stretch);
  }
  return stretches;
}

void partial_rollup::state::add_panel(const panel& p, const std::vector<std::int32_t>& stretches, change& to) {
  const std::uint32_t i = p.indicator.value;
  const frequency base = p.first.freq();
  const auto& before = reports.at(i);
  const detail::reported_indicator e(*net, line, definition(i), p.indicator, &p, base,
                                     {base, options.membership, options.as_of, {0, 0}});
  reports_of& now = to.reports.at(i);
  std::vector<cell_need> needs;
  for (const auto& [key, of] : sums)
    if (key.indicator == i) needs.push_back(key.need);
  const auto from = detail::rules_of(definition(i).over_groups).from;
  const bool keeps_own = from == detail::made_of::one;
  const bool keeps_all = from == detail::made_of::values;
  const std::size_t size = std::size_t{line.size()} * stretch_periods;
  const std::int32_t end = p.first.ordinal() + static_cast<std::int32_t>(p.periods());
  for (const std::int32_t stretch : stretches) {
    const std::int32_t begin = std::max(p.first.ordinal(), stretch * stretch_periods);
    const std::int32_t stop = std::min(end, (stretch + 1) * stretch_periods);
    auto& cells = staged(now.cells, before.cells, stretch, [&] { return std::vector<std::uint8_t>(size, 0); });
    const stretch_plan& way = plan(base, stretch);
    std::vector<detail::cell_sums*> into;
    for (const auto need : needs) {
      auto& one = staged(to.sums[{i, need}], sums.at({i, need}), stretch, [&] { return empty_sums(way.plan, need); });
      into.push_back(&one);
    }
    for (std::size_t row = 0; row < p.reporters.size(); ++row) {
      const std::uint32_t r = line.of(p.reporters[row]).value();
      for (std::int32_t t = begin; t < stop; ++t) {
        const auto marks = marks_at(p, static_cast<Eigen::Index>(row), t - p.first.ordinal());
        if (marks == 0) continue;
        const std::int32_t place = t - stretch * stretch_periods;
        auto& mark = cells[std::size_t{r} * stretch_periods + static_cast<std::size_t>(place)];
        if (mark != 0) refuse_second(i, r, {base, t});
        mark = marks;
        bool keep = (keeps_all || (keeps_own && r >= line.organizations)) && (marks & mark_value) != 0;
        for (std::size_t k = 0; k < needs.size(); ++k) {
          detail::cell_value a;
          const auto kind = e.read(r, t, needs[k], a);
          keep = keep || kind == cell_kind::incomplete;
          if (kind != cell_kind::usable) continue;
          if (needs[k] != cell_need::value && !std::isfinite(a.numerator)) {
            diagnostic d;
            d.code = "number_too_large";
            d.record = std::string(net->id(p.reporters[row]));
            d.message = definition(i).id + " of " + d.record + " for " + period{base, t}.to_string() +
                        ": value x weight is beyond the largest double, which a partial rollup does not carry";
            throw error(error_code::invalid_data, std::move(d));
          }
          into[k]->value.update(way.paths, r, place, needs[k] == cell_need::value ? a.value : a.numerator);
          if (needs[k] != cell_need::value) into[k]->other->update(way.paths, r, place, a.denominator);
          if (a.rest != 0) into[k]->rest->update(way.paths, r, place, a.rest);
        }
        if (keep) now.kept.push_back({r, t, p.value(static_cast<Eigen::Index>(row), t - p.first.ordinal())});
      }
    }
  }
  std::sort(now.kept.begin(), now.kept.end());
}

void partial_rollup::state::check_size(const change& to) const {
  std::size_t stretches = to.fresh.size(), given = 0;
  for (const auto& [i, mine] : reports) {
    const auto changed = to.reports.find(i);
    given += changed != to.reports.end() ? changed->second.given : mine.given;
    stretches += mine.cells.size();
  }
  const std::size_t cells = stretches * line.size() * stretch_periods;
  const std::size_t most = 2 * detail::rows_always + 512 * (detail::facts_in(*net) + given);
  if (cells <= most) return;
  detail::refuse_too_large("the partial rollup of " + std::to_string(line.size()) +
                               " reporters and groups would hold " + std::to_string(cells) + " cells in " +
                               std::to_string(stretches) + " stretches of " + std::to_string(stretch_periods) +
                               " periods",
                           most, "share the observations out by time, or name some indicators");
}

void partial_rollup::state::commit(change& from) noexcept {
  for (auto& [i, now] : from.reports) {
    auto& mine = reports.find(i)->second;
    mine.base = now.base;
    mine.first = now.first;
    mine.last = now.last;
    mine.given = now.given;
    mine.kept = std::move(now.kept);
    move_entries(mine.cells, now.cells);
  }
  for (auto& [key, now] : from.sums) move_entries(sums.find(key)->second, now);
}

partial_rollup::partial_rollup(const network& net, const measures& data, const rollup_options& options)
    : state_(std::make_unique<state>(net, data, options)) {}
partial_rollup::~partial_rollup() = default;
partial_rollup::partial_rollup(partial_rollup&&) noexcept = default;
partial_rollup& partial_rollup::operator=(partial_rollup&&) noexcept = default;

void partial_rollup::update(std::span<const panel> panels) {
  state& s = *state_;
  state::change to;
  std::vector<std::pair<const panel*, std::vector<std::int32_t>>> taken;
  for (const auto& p : panels) {
    const auto i = p.indicator.value;
    if (p.breakdown != s.options.breakdown || !s.reports.contains(i)) continue;
    for (const auto& [leaf, over_time] : s.leaves)
      if (leaf == i && s.options.every && nests(p.first.freq(), *s.options.every))
        check_carried(s.definition(i), detail::stages(s.definition(i), over_time), *s.options.every == p.first.freq());
    taken.emplace_back(&p, s.note_panel(p, to));
  }
  s.check_size(to); // before memory is taken
  for (const auto& [p, stretches] : taken) s.add_panel(*p, stretches, to);
  s.commit(to);
}

void partial_rollup::merge(const partial_rollup& other) {
  state& s = *state_;
  const state& o = *other.state_;
  if (s.job != o.job)
    refuse("the two parts are of different jobs: other options, or an initiative with other nodes or definitions");
  state::change to;
  for (const auto& [i, theirs] : o.reports) {
    if (!theirs.base) continue;
    s.check_frequency(i, *theirs.base);
    const auto& mine = s.reports.at(i);
    for (const auto& [stretch, cells] : theirs.cells) {
      const auto there = mine.cells.find(stretch);
      if (there == mine.cells.end()) {
        to.fresh.emplace(i, stretch);
        continue;
      }
      for (std::size_t k = 0; k < cells.size(); ++k)
        if (cells[k] != 0 && there->second[k] != 0)
          s.refuse_second(i, static_cast<std::uint32_t>(k / stretch_periods),
                          {*theirs.base, stretch * stretch_periods + static_cast<std::int32_t>(k % stretch_periods)});
    }
    reports_of& now = to.reports[i];
    now.base = theirs.base;
    now.first = mine.base ? std::min(mine.first, theirs.first) : theirs.first;
    now.last = mine.base ? std::max(mine.last, theirs.last) : theirs.last;
    now.given = mine.given + theirs.given;
    now.kept = mine.kept;
    now.kept.insert(now.kept.end(), theirs.kept.begin(), theirs.kept.end());
    std::sort(now.kept.begin(), now.kept.end());
  }
  s.check_size(to); // before memory is taken
  for (auto& [i, now] : to.reports)
    for (const auto& entry : o.reports.at(i).cells) { // names, since a lambda captures no binding before clang 16
      const auto& cells = entry.second;
      auto& all = staged(now.cells, s.reports.at(i).cells, entry.first,
                         [&] { return std::vector<std::uint8_t>(cells.size(), 0); });
      for (std::size_t k = 0; k < cells.size(); ++k) all[k] = static_cast<std::uint8_t>(all[k] | cells[k]);
    }
  for (const auto& [key, theirs] : o.sums) {
    const auto base = o.reports.at(key.indicator).base;
    const auto need = key.need;
    for (const auto& entry : theirs) {
      const auto& sums = entry.second;
      const auto& way = s.plan(base.value(), entry.first);
      auto& all = staged(to.sums[key], s.sums.at(key), entry.first, [&] { return empty_sums(way.plan, need); });
      all.value.merge(sums.value);
      if (sums.other) all.other->merge(*sums.other);
      if (sums.rest) all.rest->merge(*sums.rest);
    }
  }
  s.commit(to);
}

} // namespace commonweal::inline v0
