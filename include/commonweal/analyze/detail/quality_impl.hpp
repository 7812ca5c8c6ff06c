// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/quality.hpp: what was due, what came, scores and the list of calls.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <commonweal/analyze/detail/quality_rules.hpp>
#include <commonweal/analyze/detail/quality_values.hpp>
#include <commonweal/analyze/detail/reading_words.hpp>
#include <commonweal/analyze/quality.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/measure/last_day.hpp>
#include <commonweal/network/named_node.hpp>

namespace commonweal::inline v0 {

namespace detail {

/// Counts of reports, values and checks; adds up over pairs.
struct quality_counts {
  std::int64_t expected = 0, reported = 0, suppressed = 0, on_time = 0, late = 0, undated = 0, values = 0, checks = 0,
               failed = 0;
  double flagged = 0;

  quality_counts& operator+=(const quality_counts& o) {
    expected += o.expected, reported += o.reported, suppressed += o.suppressed, on_time += o.on_time, late += o.late;
    undated += o.undated, values += o.values, checks += o.checks, failed += o.failed, flagged += o.flagged;
    return *this;
  }
  [[nodiscard]] static double share(double part, std::int64_t whole) {
    return whole == 0 ? missing_value : part / static_cast<double>(whole);
  }
  [[nodiscard]] double completeness() const { return share(static_cast<double>(reported + suppressed), expected); }
  [[nodiscard]] double timeliness() const { return share(static_cast<double>(on_time), on_time + late); }
  [[nodiscard]] double plausibility() const { return share(static_cast<double>(values) - flagged, values); }
  [[nodiscard]] double consistency() const { return share(static_cast<double>(checks - failed), checks); }
  [[nodiscard]] double score() const {
    double sum = 0;
    int n = 0;
    for (const double x : {completeness(), timeliness(), plausibility(), consistency()})
      if (!std::isnan(x)) sum += x, ++n;
    return n == 0 ? missing_value : 100.0 * sum / n;
  }
};

[[nodiscard]] inline table quality_table(std::initializer_list<std::string_view> names) {
  table t;
  for (const auto n : names) t.add_column(std::string(n), column_type::utf8);
  for (const char* n : {"expected", "reported", "suppressed", "missing"}) t.add_column(n, column_type::int64);
  t.add_column("completeness", column_type::float64);
  for (const char* n : {"on_time", "late", "undated"}) t.add_column(n, column_type::int64);
  t.add_column("timeliness", column_type::float64);
  t.add_column("values", column_type::int64);
  for (const char* n : {"flagged", "plausibility"}) t.add_column(n, column_type::float64);
  for (const char* n : {"checks", "failed"}) t.add_column(n, column_type::int64);
  for (const char* n : {"consistency", "score"}) t.add_column(n, column_type::float64);
  return t;
}
inline void append_counts(table& t, std::string_view first, std::string_view second, const quality_counts& c) {
  t.append_row({first, second, c.expected, c.reported, c.suppressed, c.expected - c.reported - c.suppressed,
                number_cell(c.completeness()), c.on_time, c.late, c.undated, number_cell(c.timeliness()), c.values,
                c.flagged, number_cell(c.plausibility()), c.checks, c.failed, number_cell(c.consistency()),
                number_cell(c.score())});
}

/// Days on which reports came in, by reporter and period; of one indicator or of every one.
class arrivals {
 public:
  arrivals(const network& net, const record_tables& records) {
    const table* t = find_records(records, "submissions");
    if (t == nullptr) return;
    const column* indicator = t->find("indicator");
    for (std::size_t r = 0; r < t->rows(); ++r) {
      if ((*t)["reporter"].is_null(r) || (*t)["period"].is_null(r) || (*t)["received"].is_null(r)) continue;
      const auto who = net.find((*t)["reporter"].text(r));
      if (!who) continue;
      std::uint32_t of = every;
      if (indicator != nullptr && !indicator->is_null(r) && !indicator->text(r).empty()) {
        const auto i = net.find<node_kind::indicator>(indicator->text(r));
        if (!i) continue;
        of = i->value;
      }
      const date day = (*t)["received"].values<date>()[r];
      const auto [it, is_new] = first_.try_emplace({*who, of, (*t)["period"].values<period>()[r]}, day);
      if (!is_new) it->second = std::min(it->second, day);
    }
  }
  /// The first day on which it came, or nothing where no day is known.
  [[nodiscard]] std::optional<date> of(node_ref who, std::uint32_t indicator, period when) const {
    std::optional<date> out;
    for (const auto i : {indicator, every})
      if (const auto it = first_.find({who, i, when}); it != first_.end() && (!out || it->second < *out))
        out = it->second;
    return out;
  }

 private:
  static constexpr std::uint32_t every = UINT32_MAX;
  std::map<std::tuple<node_ref, std::uint32_t, period>, date> first_;
};

/// How long after a period the report of a reporter is due.
class due_rule {
 public:
  due_rule(const network& net, indicator_id indicator, std::int64_t otherwise) : otherwise_(otherwise) {
    const relation& edges = net.edges(edge_kind::reports);
    const column* days = edges.attributes().find("due_days");
    if (days == nullptr || days->type() != column_type::int64) return;
    for (const auto row : edges.in(net.vertex(indicator)))
      if (!days->is_null(row))
        stated_[net.node(edges.from(row))].emplace_back(edges.validity(row), days->values<std::int64_t>()[row]);
  }
  [[nodiscard]] date operator()(node_ref who, period when) const {
    std::int64_t days = otherwise_;
    if (const auto it = stated_.find(who); it != stated_.end())
      for (const auto& [in_force, n] : it->second)
        if (in_force.contains(when.last_day())) days = n;
    return when.last_day().plus_days(static_cast<std::int32_t>(std::clamp<std::int64_t>(days, 0, 100'000)));
  }

 private:
  std::int64_t otherwise_;
  std::unordered_map<node_ref, std::vector<std::pair<interval, std::int64_t>>> stated_;
};

/// One call of quality().
class quality_judge {
 public:
  quality_judge(const network& net, const measures& data, const record_tables& records, const quality_options& o)
      : net_(net), data_(data), records_(records), o_(o), within_(o.within), line_(net),
        wanted_reporter_(line_.size(), o.reporters.empty() ? 1 : 0),
        wanted_indicator_(data.indicators.size(), o.indicators.empty() ? 1 : 0) {
    const auto refuse = [](const std::string& why) { throw error(error_code::invalid_argument, why); };
    if (!(o.moderate_sd > 0 && o.extreme_sd >= o.moderate_sd && o.modified_z > 0))
      refuse("thresholds are above zero, and extreme_sd is no smaller than moderate_sd");
    if (!(o.unit_tolerance > 0 && o.unit_tolerance < 1)) refuse("unit_tolerance lies between 0 and 1");
    if (!(o.year_ratio > 0)) refuse("year_ratio is above zero");
    if (o.least_values < 3 || o.history < o.least_values)
      refuse("least_values is three or more, and history no less than it");
    if (o.repeat_length == 1) refuse("repeat_length is two or more, or 0 for none");
    if (o.due_days < 0) refuse("due_days is zero or more");
    if (o.as_of && !o.as_of->is_bounded()) refuse("as_of is a day of the calendar");
    if (o.as_of) within_.end = std::min(within_.end, o.as_of->plus_days(1)); // what comes later is not known yet
    for (const auto& id : o.reporters) {
      const auto n = node_named(net, {node_kind::organization, node_kind::group}, id, "organization or group");
      wanted_reporter_[line_.of(n).value()] = 1;
    }
    for (const auto& id : o.indicators) { wanted_indicator_[node_named(net, node_kind::indicator, id).index] = 1; }
  }

  arrival_summary arrived() {
    values_too_ = false;
    const arrivals came(net_, records_);
    for (std::uint32_t i = 0; i < data_.indicators.size(); ++i)
      if (wanted_indicator_[i] != 0 && data_.indicators[i].formula.empty()) judge_indicator(i, came);
    for (const auto& [key, c] : counts_) {
      total_.on_time += c.on_time;
      total_.late += c.late;
      total_.undated += c.undated;
    }
    return total_;
  }

  quality_result operator()() {
    const arrivals came(net_, records_);
    for (std::uint32_t i = 0; i < data_.indicators.size(); ++i)
      if (wanted_indicator_[i] != 0 && data_.indicators[i].formula.empty()) judge_indicator(i, came);
    judge_rules(came);
    weigh_values();
    return tables();
  }

 private:
  using pair_key = std::pair<std::uint32_t, std::uint32_t>; // reporter in line, indicator

  void judge_indicator(std::uint32_t i, const arrivals& came) {
    const panel* p = data_.find(indicator_id{i});
    if (p == nullptr || p->periods() == 0) return never_reported(i);
    const frequency base = p->first.freq();
    ordinal_range range{p->first.ordinal(), p->first.ordinal() + static_cast<std::int32_t>(p->periods())};
    range.end = p->first.ordinal() + columns_with_reports(*p);
    if (range.empty()) return never_reported(i);
    if (o_.as_of) range.end = std::max(range.end, period::containing(*o_.as_of, base).ordinal() + 1);
    const ordinal_range all = range;
    while (!range.empty() && !within_.covers(days_of({base, range.begin}))) ++range.begin;
    while (!range.empty() && !within_.covers(days_of({base, range.end - 1}))) --range.end;
    if (range.empty()) return;
    const force_rule in_force{base, in_force_rule::last_day, std::nullopt, {all.begin - 1, all.end + 1}};
    const reported_indicator e(net_, line_, data_.indicators[i], indicator_id{i}, p, base, in_force);
    const due_rule due(net_, indicator_id{i}, o_.due_days);
    std::vector<double> y;
    for (std::uint32_t r = 0; r < line_.size(); ++r) {
      if (wanted_reporter_[r] == 0 || !e.concerns(r)) continue;
      judge_pair(i, r, e, range.intersect(in_force(net_.validity(line_.node(r)))), due, came, y);
    }
  }

  void judge_pair(std::uint32_t i, std::uint32_t r, const reported_indicator& e, ordinal_range range,
                  const due_rule& due, const arrivals& came, std::vector<double>& y) {
    if (range.empty()) return;
    const auto& d = data_.indicators[i];
    const node_ref who = line_.node(r);
    quality_counts c;
    y.assign(static_cast<std::size_t>(range.end - range.begin), missing_value);
    std::int64_t trailing = 0;
    std::optional<period> last_missing, last_late;
    std::int32_t latest_delay = 0;
    for (std::int32_t t = range.begin; t < range.end; ++t) {
      const period when{e.base(), t};
      cell_value a;
      auto kind = e.read(r, t, cell_need::value, a);
      if (kind == cell_kind::missing && d.kind == indicator_kind::ratio &&
          e.read(r, t, cell_need::pair, a) == cell_kind::usable)
        kind = cell_kind::incomplete; // both parts came, over a denominator of zero: a report without a value
      if (kind == cell_kind::not_expected) {
        ++total_.not_expected;
        continue;
      }
      const auto received = came.of(who, i, when);
      if (is_later(received)) kind = cell_kind::missing;
      const date day = due(who, when);
      if (kind == cell_kind::missing && (!e.is_due(r, t) || (o_.as_of && day >= *o_.as_of))) continue;
      ++c.expected;
      if (kind == cell_kind::missing) {
        ++trailing;
        last_missing = when;
        continue;
      }
      trailing = 0;
      if (kind == cell_kind::suppressed) ++c.suppressed;
      else ++c.reported;
      if (kind == cell_kind::usable) {
        y[static_cast<std::size_t>(t - range.begin)] = a.value;
        ++c.values;
      }
      if (!received) ++c.undated;
      else if (*received <= day) ++c.on_time;
      else {
        ++c.late;
        last_late = when;
        latest_delay = received->days_since_1970() - day.days_since_1970();
      }
    }
    if (c.expected == 0) return;
    counts_[{r, i}] += c;
    if (!values_too_) return;
    quality_finding f;
    f.reporter = who;
    f.indicator = i;
    const std::int64_t missing = c.expected - c.reported - c.suppressed;
    if (missing > 0) {
      auto m = f;
      m.when = *last_missing;
      m.check = quality_check::missing;
      m.severity = trailing == 0                                               ? quality_severity::note
                   : trailing >= static_cast<std::int64_t>(o_.missing_extreme) ? quality_severity::extreme
                                                                               : quality_severity::moderate;
      m.figure = static_cast<double>(trailing == 0 ? missing : trailing);
      m.threshold = static_cast<double>(m.severity == quality_severity::extreme ? o_.missing_extreme : 1);
      m.why =
          (trailing == 0 ? std::string()
                         : "the latest " + plural(static_cast<std::size_t>(trailing), "report has", "reports have") +
                               " not come; ") +
          std::to_string(missing) + " of " + std::to_string(c.expected) + " in all are missing";
      findings_.push_back(std::move(m));
    }
    if (last_late) {
      auto m = f;
      m.when = *last_late;
      m.check = quality_check::late;
      const double share = static_cast<double>(c.late) / static_cast<double>(c.on_time + c.late);
      m.severity = share > 0.25 ? quality_severity::moderate : quality_severity::note;
      m.figure = static_cast<double>(latest_delay);
      m.threshold = 0;
      m.why = std::to_string(c.late) + " of " + std::to_string(c.on_time + c.late) +
              " reports came late, the last of them by " +
              plural(static_cast<std::size_t>(latest_delay), "day", "days");
      findings_.push_back(std::move(m));
    }
    value_checks(o_, d, y, {e.base(), range.begin}, f, findings_).all();
  }

  void never_reported(std::uint32_t i) {
    const relation& edges = net_.edges(edge_kind::reports);
    std::set<node_ref> told;
    for (const auto row : edges.in(net_.vertex(indicator_id{i}))) {
      const node_ref who = net_.node(edges.from(row));
      const auto r = line_.of(who);
      if (!r || wanted_reporter_[*r] == 0 || !told.insert(who).second) continue;
      quality_finding f;
      f.reporter = who;
      f.indicator = i;
      f.dated = false;
      f.check = quality_check::missing;
      f.severity = quality_severity::moderate;
      f.why = "nobody has reported this indicator yet";
      findings_.push_back(std::move(f));
    }
  }

  void judge_rules(const arrivals& came) {
    const auto rules = read_rules(records_, data_);
    check_rules(net_, data_, rules, within_,
                [&](const consistency_rule& rule, node_ref who, period when, double left, double right) {
                  const bool pair = rule.how == comparison::compulsory_pair || rule.how == comparison::exclusive_pair;
                  if (!pair && (std::isnan(left) || std::isnan(right))) return;
                  const auto r = *line_.of(who);
                  if (wanted_reporter_[r] == 0) return;
                  if (std::none_of(rule.of.begin(), rule.of.end(),
                                   [&](indicator_id i) { return wanted_indicator_[i.value] != 0; }))
                    return;
                  if (std::any_of(rule.of.begin(), rule.of.end(),
                                  [&](indicator_id i) { return is_later(came.of(who, i.value, when)); }))
                    return;
                  const bool broken = !holds(rule.how, left, right, rule.tolerance);
                  for (const auto i : rule.of) {
                    if (wanted_indicator_[i.value] == 0) continue;
                    auto& c = counts_[{r, i.value}];
                    ++c.checks;
                    if (broken) ++c.failed;
                  }
                  if (!broken) return;
                  quality_finding f;
                  f.reporter = who;
                  f.indicator = rule.of.front().value;
                  f.when = when;
                  f.check = quality_check::rule;
                  f.severity = pair ? quality_severity::moderate : quality_severity::extreme;
                  f.value = left;
                  f.usual = right;
                  f.figure = left - right;
                  f.threshold = rule.tolerance;
                  f.rule = rule.id;
                  const auto shown = [](double x) {
                    return std::isnan(x) ? std::string("not reported") : number_text(x);
                  };
                  f.why = (rule.meaning.empty() ? std::string() : rule.meaning + ": ") + rule.left + " " +
                          std::string(to_string(rule.how)) + " " + rule.right + " does not hold: " +
                          (std::isnan(left) || std::isnan(right) ? shown(left) : number_text(left, right)) + " and " +
                          (std::isnan(left) || std::isnan(right) ? shown(right) : number_text(right, left));
                  findings_.push_back(std::move(f));
                });
  }

  [[nodiscard]] bool is_later(std::optional<date> received) const {
    return o_.as_of && received && *received > *o_.as_of;
  }

  // A value counts once among the flagged, by its worst finding.
  void weigh_values() {
    std::map<std::tuple<std::uint32_t, std::uint32_t, period>, double> worst;
    for (const auto& f : findings_) {
      using enum quality_check;
      if (f.check == missing || f.check == late || f.check == year_on_year || f.check == quality_check::rule) continue;
      auto& w = worst[{*line_.of(f.reporter), f.indicator, f.when}];
      w = std::max(w, f.severity == quality_severity::extreme ? 1.0 : 0.5);
    }
    for (const auto& [key, w] : worst) counts_[{std::get<0>(key), std::get<1>(key)}].flagged += w;
  }

  [[nodiscard]] static std::string_view what(quality_check c) {
    switch (c) {
      case quality_check::missing: return "no report";
      case quality_check::late: return "late";
      case quality_check::outlier:
      case quality_check::modified_outlier:
      case quality_check::against_history: return "unusual value";
      case quality_check::repeated: return "the same value again";
      case quality_check::unit_change: return "another unit";
      case quality_check::year_on_year: return "unusual year";
      case quality_check::rule: break;
    }
    return "contradiction";
  }
  // Of several findings about one cell the one that says most.
  [[nodiscard]] static int telling(const quality_finding& f) {
    constexpr std::array<int, 9> weight = {8, 1, 4, 3, 5, 2, 7, 0, 6};
    return static_cast<int>(f.severity) * 10 + weight[static_cast<std::size_t>(f.check)];
  }

  quality_result tables() {
    std::stable_sort(findings_.begin(), findings_.end(), [&](const auto& a, const auto& b) {
      if (a.reporter != b.reporter) return a.reporter < b.reporter;
      if (a.indicator != b.indicator) return a.indicator < b.indicator;
      if (a.when != b.when) return a.when < b.when;
      return a.check < b.check;
    });
    quality_result out;
    out.findings = table({{"reporter", column_type::utf8},
                          {"name", column_type::utf8},
                          {"indicator", column_type::utf8},
                          {"period", column_type::period},
                          {"check", column_type::utf8},
                          {"severity", column_type::utf8},
                          {"value", column_type::float64},
                          {"usual", column_type::float64},
                          {"figure", column_type::float64},
                          {"threshold", column_type::float64},
                          {"rule", column_type::utf8},
                          {"why", column_type::utf8}});
    const auto id = [&](std::uint32_t i) { return std::string_view(data_.indicators[i].id); };
    struct call {
      const quality_finding* first;
      std::int64_t findings;
    };
    std::vector<call> calls;
    const quality_finding* before = nullptr;
    for (const auto& f : findings_) {
      out.findings.append_row({net_.id(f.reporter), net_.name(f.reporter), id(f.indicator),
                               f.dated ? cell{f.when} : cell{}, to_string(f.check), to_string(f.severity),
                               number_cell(f.value), number_cell(f.usual), number_cell(f.figure),
                               number_cell(f.threshold), f.rule.empty() ? cell{} : cell{std::string_view(f.rule)},
                               std::string_view(f.why)});
      if (f.severity == quality_severity::note) continue;
      if (before != nullptr && before->reporter == f.reporter && before->indicator == f.indicator &&
          before->when == f.when && before->dated == f.dated) {
        ++calls.back().findings;
        if (telling(f) > telling(*calls.back().first)) calls.back().first = &f;
      } else {
        calls.push_back({&f, 1});
      }
      before = &f;
    }
    std::stable_sort(calls.begin(), calls.end(), [](const call& a, const call& b) {
      if (a.first->severity != b.first->severity) return a.first->severity > b.first->severity;
      const auto day = [](const call& c) { return c.first->dated ? c.first->when.last_day() : date::highest(); };
      if (day(a) != day(b)) return day(a) > day(b);
      return a.findings > b.findings;
    });
    // One honest value in twenty lies beyond two standard deviations: by itself that is no reason to call anyone.
    std::erase_if(calls, [](const call& c) {
      const auto check = c.first->check;
      return c.findings == 1 && c.first->severity == quality_severity::moderate &&
             (check == quality_check::outlier || check == quality_check::against_history);
    });
    if (o_.most_calls != 0 && calls.size() > o_.most_calls) calls.resize(o_.most_calls);
    out.calls = table({{"rank", column_type::int64},
                       {"reporter", column_type::utf8},
                       {"name", column_type::utf8},
                       {"indicator", column_type::utf8},
                       {"period", column_type::period},
                       {"severity", column_type::utf8},
                       {"what", column_type::utf8},
                       {"why", column_type::utf8},
                       {"value", column_type::float64},
                       {"usual", column_type::float64},
                       {"findings", column_type::int64}});
    for (std::size_t k = 0; k < calls.size(); ++k) {
      const auto& f = *calls[k].first;
      out.calls.append_row({static_cast<std::int64_t>(k + 1), net_.id(f.reporter), net_.name(f.reporter),
                            id(f.indicator), f.dated ? cell{f.when} : cell{}, to_string(f.severity), what(f.check),
                            std::string_view(f.why), number_cell(f.value), number_cell(f.usual), calls[k].findings});
    }
    out.pairs = quality_table({"reporter", "indicator"});
    out.reporters = quality_table({"reporter", "name"});
    out.indicators = quality_table({"indicator", "name"});
    std::map<std::uint32_t, quality_counts> by_reporter, by_indicator;
    for (const auto& [key, c] : counts_) {
      append_counts(out.pairs, net_.id(line_.node(key.first)), id(key.second), c);
      by_reporter[key.first] += c;
      by_indicator[key.second] += c;
    }
    for (const auto& [r, c] : by_reporter)
      append_counts(out.reporters, net_.id(line_.node(r)), net_.name(line_.node(r)), c);
    for (const auto& [i, c] : by_indicator)
      append_counts(out.indicators, id(i),
                    data_.indicators[i].name.empty() ? id(i) : std::string_view(data_.indicators[i].name), c);
    return out;
  }

  const network& net_;
  const measures& data_;
  const record_tables& records_;
  const quality_options& o_;
  interval within_; ///< of the options, up to as_of
  reporter_line line_;
  std::vector<std::uint8_t> wanted_reporter_;
  std::vector<std::uint8_t> wanted_indicator_;
  std::vector<quality_finding> findings_;
  std::map<pair_key, quality_counts> counts_;
  arrival_summary total_;
  bool values_too_ = true;
};

} // namespace detail

COMMONWEAL_BODY quality_result quality(const network& net, const measures& data, const record_tables& records,
                                       const quality_options& options) {
  return detail::quality_judge(net, data, records, options)();
}

COMMONWEAL_BODY double arrival_summary::timeliness() const {
  return detail::quality_counts::share(static_cast<double>(on_time), on_time + late);
}

COMMONWEAL_BODY arrival_summary report_arrivals(const network& net, const measures& data, const record_tables& records,
                                                const quality_options& options) {
  return detail::quality_judge(net, data, records, options).arrived();
}

COMMONWEAL_BODY std::string reading(const quality_result& r) {
  std::int64_t expected = 0, came = 0;
  std::size_t complete = 0;
  for (std::size_t i = 0; i < r.reporters.rows(); ++i) {
    expected += r.reporters["expected"].values<std::int64_t>()[i];
    came += r.reporters["reported"].values<std::int64_t>()[i] + r.reporters["suppressed"].values<std::int64_t>()[i];
    complete += r.reporters["missing"].values<std::int64_t>()[i] == 0 ? 1 : 0;
  }
  std::string out;
  if (expected == 0) {
    out = "No report was due, so that there is nothing to judge.";
  } else {
    const double share = static_cast<double>(came) / static_cast<double>(expected);
    out = number_text(100.0 * (came < expected ? std::min(share, 0.999) : share)) + " % of " +
          number_text(static_cast<double>(expected)) + " expected reports came; " + std::to_string(complete) + " of " +
          detail::plural(r.reporters.rows(), "reporter", "reporters") + " sent all of theirs.";
  }
  if (r.calls.rows() == 0) return out + " Nothing asks for a call.";
  out += " " + detail::plural(r.calls.rows(), "matter asks", "matters ask") + " for a call, first " +
         std::string(r.calls["name"].text(0)) + " about " + std::string(r.calls["indicator"].text(0));
  if (!r.calls["period"].is_null(0)) out += " in " + r.calls["period"].values<period>()[0].to_string();
  return out + ": " + std::string(r.calls["why"].text(0)) + ".";
}

} // namespace commonweal::inline v0
