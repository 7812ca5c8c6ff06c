// SPDX-License-Identifier: Apache-2.0
// The rules that an observation has to meet, in the order in which they are tried.
#include "initiative/observation_reader.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <commonweal/core/error.hpp>
#include <commonweal/core/values.hpp>
#include <commonweal/measure/records.hpp>

namespace commonweal::inline v0::detail {

namespace {

constexpr double exact_whole = 9007199254740992.0; // 2^53: beyond, a double skips whole numbers
constexpr double agreement = 0.01;                 // a stated ratio may be rounded; one part in a hundred is more

std::string hint_on_spaces(std::string_view id) {
  const bool outer = !id.empty() && (id.front() == ' ' || id.back() == ' ' || id.front() == '\t' || id.back() == '\t');
  return outer ? " (the text begins or ends with a space)" : "";
}

} // namespace

struct observation_reader::row_view {
  const column* reporter;
  const column* indicator;
  const column* when;
  const column* value;
  const column* numerator;
  const column* denominator;
  const column* breakdown;
  const column* status;
  const origin* from;
  std::size_t row = 0;

  [[nodiscard]] static double number(const column* c, std::size_t r) {
    return c == nullptr || c->is_null(r) ? missing_value : c->values<double>()[r];
  }
  [[nodiscard]] static std::string_view text(const column* c, std::size_t r) {
    return c == nullptr || c->is_null(r) ? std::string_view() : c->text(r);
  }
  [[nodiscard]] std::string who() const { return std::string(text(reporter, row)); }
  [[nodiscard]] std::string what() const { return std::string(text(indicator, row)); }
  void tell(diagnostics& found, severity s, const char* code, const char* field, std::string message) const {
    found.add(
        {s, code, from->file, from->first_row + static_cast<std::int64_t>(row), field, who(), std::move(message)});
  }
};

observation_reader::observation_reader(const network& net, std::span<const indicator_definition> definitions,
                                       bool dated)
    : net_(net), definitions_(definitions), dated_(dated) {
  has_duties_.assign(definitions.size(), false);
  if (!dated) return;
  for (const vertex_index v : net.edges(edge_kind::reports).to()) {
    const auto n = net.node(v);
    if (n.kind == node_kind::indicator) has_duties_[n.index] = true;
  }
}

void observation_reader::append(const table& rows, const origin& from, diagnostics& found) {
  row_view at{rows.find("reporter"),  rows.find("indicator"), rows.find("period"),
              rows.find("value"),     rows.find("numerator"), rows.find("denominator"),
              rows.find("breakdown"), rows.find("status"),    &from};
  const std::size_t count = rows.rows();
  if (origins_.size() + count >= UINT32_MAX)
    throw error(error_code::invalid_data, "more than 4,294,967,294 observations");
  origins_.add(from, count);
  reporters_.begin(at.reporter);
  indicators_.begin(at.indicator);
  states_.begin(at.status);
  series_.clear();
  series_at_ = {};
  for (at.row = 0; at.row < count; ++at.row) {
    one_row(at, found);
    ++number_;
  }
}

void observation_reader::one_row(const row_view& at, diagnostics& found) {
  const bool reporter = resolve_reporter(at, found);
  const bool indicator = resolve_indicator(at, found);
  if (at.when->is_null(at.row)) {
    at.tell(found, severity::error, "required", "period", "period may not be blank");
    return;
  }
  if (!reporter || !indicator) return;
  observation o;
  o.indicator = indicator_;
  o.reporter = reporter_;
  o.breakdown = row_view::text(at.breakdown, at.row);
  o.period = at.when->values<period>()[at.row];
  o.value = row_view::number(at.value, at.row);
  o.numerator = row_view::number(at.numerator, at.row);
  o.denominator = row_view::number(at.denominator, at.row);
  if (!judge(at, o, found)) return;
  if (dated_) check_dates(at, o, found);

  const auto answer = panels_.add(series_of(at, o), o, static_cast<std::uint32_t>(number_ + 1));
  using outcome = panel_builder::outcome;
  if (answer.what == outcome::stored) return;
  const std::string first = origins_.name(answer.first - 1, at.from->file);
  const std::string cell = at.what() + " of " + at.who() + " for " + o.period.to_string();
  switch (answer.what) {
    case outcome::stored: break;
    case outcome::repeated:
      at.tell(found, severity::warning, "repeated_observation", "",
              cell + " is given on " + first + " and again here, the same; it counts once");
      break;
    case outcome::conflicting:
      at.tell(found, severity::error, "conflicting_observations", "value",
              cell + " is given on " + first + " and differently here; one cell holds one value: keep the right row");
      break;
    case outcome::other_frequency:
      at.tell(found, severity::error, "mixed_frequency", "period",
              at.what() + " is reported by the " + std::string(to_string(answer.other.freq())) + " on " + first + " (" +
                  answer.other.to_string() + ") and by the " + std::string(to_string(o.period.freq())) +
                  " here; an indicator has one frequency: report all alike, or define a second indicator");
      break;
  }
}

bool observation_reader::resolve_reporter(const row_view& at, diagnostics& found) {
  if (at.reporter->is_null(at.row)) {
    at.tell(found, severity::error, "required", "reporter", "reporter may not be blank");
    return false;
  }
  const auto& n = reporters_.at(at.row, [&](std::string_view text) { return find_reporter(text); });
  if (n && (n->kind == node_kind::organization || n->kind == node_kind::group)) {
    reporter_ = *n;
    return true;
  }
  if (!n)
    at.tell(found, severity::error, "unknown_id", "reporter",
            "no node has the id " + in_quotes(at.who()) + hint_on_spaces(at.who()) +
                "; add it to organizations or groups, or correct it");
  else
    at.tell(found, severity::error, "forbidden_reporter", "reporter",
            at.who() + " is a " + std::string(to_string(n->kind)) + "; only an organization or a group may report");
  return false;
}

std::optional<node_ref> observation_reader::find_reporter(std::string_view id) const {
  node_ref next = reporter_; // reporters mostly come in the order of their own tables
  if (++next.index < net_.size(next.kind) && net_.id(next) == id) return next;
  return net_.find(id);
}

panel_builder::series& observation_reader::series_of(const row_view& at, const observation& o) {
  if (at.breakdown == nullptr || !at.breakdown->is_coded()) return panels_.series_of(o.indicator, o.breakdown);
  const auto key = std::uint64_t{o.indicator.value} << 32U | at.breakdown->codes()[at.row];
  const auto [number, is_new] = series_at_.find_or_add(key, static_cast<std::uint32_t>(series_.size()));
  if (is_new) series_.push_back(&panels_.series_of(o.indicator, o.breakdown));
  return *series_[number];
}

bool observation_reader::resolve_indicator(const row_view& at, diagnostics& found) {
  if (at.indicator->is_null(at.row)) {
    at.tell(found, severity::error, "required", "indicator", "indicator may not be blank");
    return false;
  }
  const auto& n = indicators_.at(at.row, [&](std::string_view text) { return net_.find(text); });
  if (!n || n->kind != node_kind::indicator) {
    if (!n)
      at.tell(found, severity::error, "unknown_id", "indicator",
              "no node has the id " + in_quotes(at.what()) + hint_on_spaces(at.what()) +
                  "; add it to indicators, or correct it");
    else
      at.tell(found, severity::error, "not_an_indicator", "indicator",
              at.what() + " is a " + std::string(to_string(n->kind)) + ", not an indicator");
    return false;
  }
  indicator_ = n->as<node_kind::indicator>();
  if (definitions_[indicator_.value].formula.empty()) return true;
  at.tell(found, severity::error, "observed_formula", "indicator",
          at.what() + " is computed by its formula and cannot be reported as well; remove the row or the formula");
  return false;
}

bool observation_reader::judge(const row_view& at, observation& o, diagnostics& found) {
  constexpr std::array<const char*, 3> names = {"value", "numerator", "denominator"};
  const std::array<double, 3> parts = {o.value, o.numerator, o.denominator};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!std::isinf(parts[i])) continue;
    at.tell(found, severity::error, "infinity", names[i],
            "an infinity is not a value; leave the field blank where there is none");
    return false;
  }
  const bool any = !std::isnan(o.value) || !std::isnan(o.numerator) || !std::isnan(o.denominator);
  const std::string_view status = row_view::text(at.status, at.row);
  if (!status.empty()) {
    const auto& state = states_.at(at.row, [](std::string_view text) { return parse_enum<cell_state>(text); });
    if (!state) {
      at.tell(found, severity::error, "not_allowed", "status",
              in_quotes(status) + " is not a known status; use one of " + list_of_names<cell_state>());
      return false;
    }
    o.state = *state;
    if (*state == cell_state::reported ? !any : any) {
      at.tell(found, severity::error, "status_contradiction", "status",
              "the status is " + std::string(status) +
                  (any ? " and a value is given; remove one of the two"
                       : " and no value is given; write missing, or the value"));
      return false;
    }
  } else if (!any) {
    o.state = cell_state::missing;
  }
  const auto& d = definitions_[indicator_.value];
  if (d.kind == indicator_kind::ratio) return judge_ratio(at, d, o, found);
  if (d.kind == indicator_kind::count) return judge_count(at, o, found);
  if (d.kind == indicator_kind::mean) {
    if (o.denominator < 0) {
      at.tell(found, severity::error, "negative_weight", "denominator", "the weight of a mean may not be below zero");
      return false;
    }
    if (d.over_groups == aggregate_operator::weighted_mean && !std::isnan(o.value) && std::isnan(o.denominator))
      count(without_weight_, indicator_.value);
  }
  return true;
}

bool observation_reader::judge_ratio(const row_view& at, const indicator_definition& d, observation& o,
                                     diagnostics& found) {
  const bool numerator = !std::isnan(o.numerator);
  const bool denominator = !std::isnan(o.denominator);
  if (!numerator && !denominator) {
    if (!std::isnan(o.value)) count(without_parts_, indicator_.value);
    return true;
  }
  if (!denominator) {
    at.tell(found, severity::error, "ratio_without_denominator", "denominator",
            at.what() + " is a ratio; a numerator needs its denominator, for ratios are added up by their parts");
    return false;
  }
  if (!numerator) {
    at.tell(found, severity::error, "ratio_without_numerator", "numerator",
            at.what() + " is a ratio; a denominator needs its numerator, for ratios are added up by their parts");
    return false;
  }
  if (o.denominator < 0) {
    at.tell(found, severity::error, "negative_weight", "denominator",
            "the denominator of a ratio may not be below zero");
    return false;
  }
  if (o.denominator == 0) {
    at.tell(found, severity::warning, "zero_denominator", "denominator",
            "the denominator is zero; this ratio has no value, and its parts are still added up with those of others");
    o.value = missing_value;
    return true;
  }
  const double computed = d.factor * o.numerator / o.denominator;
  if (std::isinf(computed)) {
    at.tell(found, severity::error, "infinity", "denominator", "numerator over denominator is larger than any double");
    return false;
  }
  if (!std::isnan(o.value) &&
      std::abs(o.value - computed) > agreement * std::max(std::abs(o.value), std::abs(computed)))
    at.tell(found, severity::warning, "ratio_disagrees", "value",
            "the value is " + to_text(o.value) + ", and factor x numerator / denominator is " + to_text(computed) +
                "; the parts count");
  o.value = computed;
  return true;
}

bool observation_reader::judge_count(const row_view& at, observation& o, diagnostics& found) {
  if (std::isnan(o.value)) return true;
  if (o.value < 0) {
    at.tell(found, severity::error, "negative_count", "value",
            to_text(o.value) +
                " is below zero, and a count cannot be; correct it, or give the indicator the kind amount");
    return false;
  }
  if (o.value > exact_whole) {
    at.tell(found, severity::error, "number_too_large", "value",
            to_text(o.value) +
                " is too large for a count, which must be exact (up to 9007199254740992); count in a larger unit");
    return false;
  }
  if (o.value != std::floor(o.value)) count(fractional_, indicator_.value);
  return true;
}

date observation_reader::last_day(period p) {
  auto& known = days_[static_cast<std::uint32_t>(p.ordinal()) % days_.size()];
  if (known.of != p || known.last == date{}) known = {p, p.last_day()};
  return known.last;
}

void observation_reader::check_dates(const row_view& at, const observation& o, diagnostics& found) {
  // A report that says nothing was to be reported needs no membership.
  if (o.state == cell_state::not_expected || o.state == cell_state::missing) return;
  const date day = last_day(o.period);
  const vertex_index v = net_.vertex(o.reporter);
  const relation& members = net_.edges(edge_kind::member_of);
  const relation& reports = net_.edges(edge_kind::reports);
  if (o.reporter != of_.reporter) of_ = {o.reporter, net_.validity(o.reporter), members.out(v), reports.out(v)};
  if (!of_.life.contains(day)) {
    at.tell(found, severity::warning, "outside_life", "period",
            at.who() + " does not exist on " + day.to_string() + ", the last day of " + o.period.to_string() +
                " (it exists " + of_.life.to_string() + "); the report counts nowhere");
  } else if (o.reporter.kind == node_kind::organization) {
    if (of_.memberships.empty()) {
      if (without_group_told_.insert(o.reporter.index).second) {
        if (without_group_.count++ == 0) without_group_.first = number_;
        if (without_group_.names.size() < 5) without_group_.names.push_back(at.who());
      }
    } else if (std::none_of(of_.memberships.begin(), of_.memberships.end(),
                            [&](auto row) { return members.validity(row).contains(day); })) {
      at.tell(found, severity::warning, "outside_membership", "period",
              at.who() + " is a member of no group on " + day.to_string() + ", the last day of " +
                  o.period.to_string() + "; the report counts nowhere");
    }
  }
  if (!has_duties_[indicator_.value]) return;
  const vertex_index wanted = net_.vertex(indicator_);
  if (std::any_of(of_.duties.begin(), of_.duties.end(),
                  [&](auto row) { return reports.to(row) == wanted && reports.validity(row).contains(day); }))
    return;
  const auto who = std::uint64_t{v} << 32U | indicator_.value;
  if (!unexpected_told_.insert(who).second) return;
  at.tell(found, severity::warning, "unexpected_report", "reporter",
          "no reports edge of " + at.who() + " to " + at.what() + " is in force on " + day.to_string() +
              "; the report counts, as reported and as expected");
}

void observation_reader::count(std::map<std::uint32_t, tally>& in, std::uint32_t key, std::string name) {
  auto& t = in[key];
  if (t.count++ == 0) t.first = number_;
  if (!name.empty() && t.names.size() < 5) t.names.push_back(std::move(name));
}

void observation_reader::tell_sparse(const panel_builder::sparse_series& s, diagnostics& found) const {
  const auto& far = s.far;
  const std::string id = definitions_[s.indicator.value].id;
  const std::string& file = origins_.file(far.number - 1);
  const std::string others = far.rows == 1   ? ""
                             : far.rows == 2 ? " and 1 more such row"
                                             : " and " + std::to_string(far.rows - 1) + " more such rows";
  found.add({severity::error, "too_sparse", file, origins_.row(far.number - 1), "period",
             std::string(net_.id(far.reporter)),
             far.when.to_string() + others + (far.rows == 1 ? " lies" : " lie") + " so far from the other periods of " +
                 id + " (" + far.median.to_string() + " on " + origins_.name(far.middle - 1, file) +
                 ") that its panel would be almost all blanks; correct the period, or define a second indicator"});
}

std::vector<panel> observation_reader::finish(diagnostics& found) {
  const auto sparse = panels_.too_sparse();
  for (const auto& s : sparse) tell_sparse(s, found);
  tell_tallies(found);
  return sparse.empty() ? panels_.finish() : std::vector<panel>{};
}

std::vector<panel> observation_reader::finish_in_pieces(std::int32_t span, diagnostics& found) {
  tell_tallies(found);
  return panels_.finish_in_pieces(span);
}

void observation_reader::tell_tallies(diagnostics& found) const {
  const auto tell = [&](const tally& t, const char* code, const char* field, const std::string& record,
                        const std::string& message) {
    found.add({severity::warning, code, origins_.file(t.first), origins_.row(t.first), field, record, message});
  };
  const auto times = [](const tally& t) {
    return std::to_string(t.count) + (t.count == 1 ? " report of " : " reports of ");
  };
  for (const auto& [indicator, t] : without_parts_)
    tell(t, "ratio_without_parts", "numerator", definitions_[indicator].id,
         times(t) + "the ratio " + definitions_[indicator].id +
             " give a value without numerator and denominator; such values are kept and cannot be aggregated");
  for (const auto& [indicator, t] : without_weight_)
    tell(t, "mean_without_weight", "denominator", definitions_[indicator].id,
         times(t) + "the mean " + definitions_[indicator].id +
             " have no denominator, the weight; such values are kept and cannot enter a weighted mean");
  for (const auto& [indicator, t] : fractional_)
    tell(t, "fractional_count", "value", definitions_[indicator].id,
         times(t) + "the count " + definitions_[indicator].id + " are no whole numbers; they are kept as they are");
  if (without_group_.count > 0) {
    std::string names;
    for (const auto& n : without_group_.names) names += (names.empty() ? "" : ", ") + n;
    if (without_group_.count > without_group_.names.size()) names += ", ...";
    tell(without_group_, "reporter_without_group", "reporter", without_group_.names.front(),
         std::to_string(without_group_.count) +
             (without_group_.count == 1 ? " reporter is a member of no group; its reports count in no group: "
                                        : " reporters are members of no group; their reports count in no group: ") +
             names);
  }
}

} // namespace commonweal::inline v0::detail
