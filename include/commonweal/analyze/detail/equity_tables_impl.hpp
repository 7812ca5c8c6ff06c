// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/equity_tables.hpp: inequality, standardized rates, reversals.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include <commonweal/analyze/detail/reading_words.hpp>
#include <commonweal/analyze/equity_tables.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/core/suggest.hpp>

namespace commonweal::inline v0 {

namespace detail {

[[nodiscard]] inline table equity_columns() {
  return table({{"population", column_type::utf8},
                {"period", column_type::period},
                {"measure", column_type::utf8},
                {"category", column_type::utf8},
                {"reference", column_type::utf8},
                {"value", column_type::float64},
                {"lower", column_type::float64},
                {"upper", column_type::float64},
                {"few_events", column_type::boolean},
                {"state", column_type::utf8},
                {"reading", column_type::utf8}});
}

inline void require_grid(const stratified& data) {
  if (data.cells.size() != data.populations.size() * data.strata.size())
    throw error(error_code::invalid_argument, "a grid of " + std::to_string(data.populations.size()) +
                                                  " populations and " + std::to_string(data.strata.size()) +
                                                  " strata needs as many cells, not " +
                                                  std::to_string(data.cells.size()));
  if (!(data.factor > 0) || std::isinf(data.factor))
    throw error(error_code::invalid_argument, "the factor of a rate must be above zero");
}

/// "the rate of council in 2024".
[[nodiscard]] inline std::string subject_of(const stratified& data, std::string_view population) {
  return data.words.name + (population.empty() ? "" : " of " + std::string(population)) +
         (data.when ? " in " + data.when->to_string() : "");
}
[[nodiscard]] inline std::string between(double lower, double upper, const std::string& unit, double confidence) {
  return " (" + text::percent(confidence) + " interval " + number_text(lower, upper) + " to " +
         with_unit(number_text(upper, lower), unit) + ")";
}
inline std::string unit_of_difference(const measure_words& w) { return w.unit == "%" ? "percentage points" : w.unit; }

/// The variance of an observed rate: binomial for a proportion, Poisson for a rate. Not times the factor.
[[nodiscard]] inline double variance_of(double events, double people, rate_kind kind) {
  const double rate = events / people;
  return (kind == rate_kind::proportion ? rate * (1 - rate) : rate) / people;
}

/// One population's rows.
class equity_rows {
 public:
  equity_rows(table& out, const stratified& data, std::size_t population, const equity_table_options& o)
      : out_(out), data_(data), name_(data.populations[population]), parts_(data.of(population)), o_(o),
        z_(two_sided_z(o.confidence)), options_{data.kind, data.factor, o.reference, o.confidence} {}

  void all() {
    double people = 0;
    for (const auto& p : parts_) people += p.people;
    if (!(people > 0)) {
      add("rate", {}, {}, std::nullopt, "no_people", "Nothing is known of " + subject_of(data_, name_) + ".");
      return;
    }
    whole_ = checked_overall(parts_, data_.kind);
    reference_ = &reference_part(parts_, options_);
    base_ = rate_of(*reference_, options_);
    for (const auto& p : parts_) stratum(p);
    if (!o_.order.empty()) slopes();
    attributable();
  }

 private:
  void add(std::string_view measure, std::string_view category, std::string_view reference,
           const std::optional<rate_estimate>& e, std::string_view state, const std::string& says) {
    const auto text = [](std::string_view t) { return t.empty() ? cell{} : cell{t}; };
    const auto number = [&](double rate_estimate::*member) { return e ? number_cell((*e).*member) : cell{}; };
    out_.append_row({std::string_view(name_), data_.when ? cell{*data_.when} : cell{}, measure, text(category),
                     text(reference), number(&rate_estimate::value), number(&rate_estimate::lower),
                     number(&rate_estimate::upper), e ? cell{e->few_events} : cell{}, state, std::string_view(says)});
  }
  [[nodiscard]] std::string few(bool is) const { return is ? " Few events lie behind it." : ""; }

  void stratum(const population_part& p) {
    const auto& w = data_.words;
    const bool is_reference = p.category == reference_->category;
    const auto subject = capitalized(subject_of(data_, name_)) + " for " + p.category;
    if (!(p.people > 0)) {
      for (const char* m : {"rate", "gap", "ratio"})
        add(m, p.category, reference_->category, std::nullopt, "no_people",
            subject + " is not known: it holds no people.");
      return;
    }
    const auto e = rate_of(p, options_);
    add("rate", p.category, reference_->category, e, "ok",
        subject + " is " + quantity(e.value, w) + between(e.lower, e.upper, w.unit, o_.confidence) + "." +
            few(e.few_events));
    const bool few_events = e.few_events || base_.few_events;
    const auto against = reference_->category;
    if (is_reference) {
      add("gap", p.category, against, rate_estimate{0, 0, 0, few_events}, "ok",
          capitalized(against) + " is what the others are compared with.");
      add("ratio", p.category, against,
          base_.value > 0 ? std::optional(rate_estimate{1, 1, 1, few_events}) : std::nullopt,
          base_.value > 0 ? "ok" : "zero_rate",
          base_.value > 0 ? capitalized(against) + " is what the others are compared with."
                          : "The rate of " + against + " is zero: no ratio to it can be had.");
      return;
    }
    const double gap = e.value - base_.value;
    const rate_estimate difference{gap, gap - std::hypot(e.value - e.lower, base_.upper - base_.value),
                                   gap + std::hypot(e.upper - e.value, base_.value - base_.lower), few_events};
    const bool apart = difference.lower > 0 || difference.upper < 0;
    std::string says = subject + (gap == 0 ? " is that of " + against
                                           : " lies " + with_unit(number_text(std::abs(gap)), unit_of_difference(w)) +
                                                 (gap > 0 ? " above " : " below ") + against);
    says += between(difference.lower, difference.upper, unit_of_difference(w), o_.confidence) +
            (apart ? "." : "; chance may explain it.") + few(few_events);
    add("gap", p.category, against, difference, "ok", says);
    ratio(p, few_events, subject);
  }

  void ratio(const population_part& p, bool few_events, const std::string& subject) {
    const auto& against = reference_->category;
    if (!(reference_->events > 0)) {
      add("ratio", p.category, against, std::nullopt, "zero_rate",
          "The rate of " + against + " is zero: no ratio to it can be had.");
      return;
    }
    const double r = (p.events / p.people) / (reference_->events / reference_->people);
    rate_estimate e{r, missing_value, missing_value, few_events};
    std::string interval;
    if (p.events > 0) {
      const auto part = [&](const population_part& x) {
        return 1 / x.events - (data_.kind == rate_kind::proportion ? 1 / x.people : 0.0);
      };
      const double se = std::sqrt(part(p) + part(*reference_));
      e.lower = r * std::exp(-z_ * se);
      e.upper = r * std::exp(z_ * se);
      interval = between(e.lower, e.upper, "", o_.confidence);
    }
    add("ratio", p.category, against, e, "ok",
        subject + " is " + number_text(r) + " times that of " + against + interval + "." + few(few_events));
  }

  /// Strata in the order asked for.
  [[nodiscard]] std::vector<population_part> ordered() const {
    std::vector<population_part> out;
    for (const auto& name : o_.order)
      out.push_back(*std::find_if(parts_.begin(), parts_.end(), [&](const auto& p) { return p.category == name; }));
    return out;
  }

  void slopes() {
    const auto parts = ordered();
    const auto& w = data_.words;
    const auto without = [&](std::string_view state, const std::string& why) {
      for (const char* m : {"slope_index", "relative_index", "ratio_of_ends"}) add(m, {}, {}, std::nullopt, state, why);
    };
    if (std::count_if(parts.begin(), parts.end(), [](const auto& p) { return p.people > 0; }) < 2)
      return without("too_few_parts", "A slope of " + subject_of(data_, name_) + " needs two parts that hold people.");
    if (!(whole_.rate > 0))
      return without("zero_rate",
                     "There are no events in " + subject_of(data_, name_) + ", so that no inequality shows.");
    const auto s = inequality_slope(parts, options_);
    const auto& v = s.slope.value;
    const auto ends = "From " + parts.front().category + " to " + parts.back().category +
                      ", the least to the most advantaged, " + subject_of(data_, name_);
    add("slope_index", {}, {}, s.slope, "ok",
        ends +
            (v == 0
                 ? " does not change"
                 : (v > 0 ? " rises by " : " falls by ") + with_unit(number_text(std::abs(v)), unit_of_difference(w))) +
            between(s.slope.lower, s.slope.upper, unit_of_difference(w), o_.confidence) + "." +
            few(s.slope.few_events));
    add("relative_index", {}, {}, s.relative, "ok",
        "That is " + number_text(std::abs(s.relative.value)) + " times the overall rate of " + quantity(s.overall, w) +
            between(s.relative.lower, s.relative.upper, "", o_.confidence) + ".");
    if (s.ratio_of_ends)
      add("ratio_of_ends", {}, {}, rate_estimate{*s.ratio_of_ends, missing_value, missing_value, s.slope.few_events},
          "ok",
          "At the most advantaged end the rate is " + number_text(*s.ratio_of_ends) +
              " times that at the least advantaged.");
    else
      add("ratio_of_ends", {}, {}, std::nullopt, "zero_rate",
          "The line reaches zero at one end: no ratio of the ends can be had.");
  }

  void attributable() {
    const auto& against = reference_->category;
    if (!(whole_.rate > 0)) {
      add("attributable_share", {}, against, std::nullopt, "zero_rate",
          "There are no events in " + subject_of(data_, name_) + " to attribute.");
      return;
    }
    const double r = reference_->events / reference_->people;
    const double share = (whole_.rate - r) / whole_.rate;
    // Overall = w r + (1 - w) q, q the rate of the others: the delta method over r and q.
    const double w = reference_->people / whole_.people;
    double q = 0;
    double variance_q = 0;
    const double others = whole_.people - reference_->people;
    for (const auto& p : parts_) {
      if (!(p.people > 0) || p.category == against) continue;
      const double within = p.people / others;
      q += within * p.events / p.people;
      variance_q += within * within * variance_of(p.events, p.people, data_.kind);
    }
    const double scale = (1 - w) / (whole_.rate * whole_.rate);
    const double se =
        scale * std::sqrt(q * q * variance_of(reference_->events, reference_->people, data_.kind) + r * r * variance_q);
    const rate_estimate e{share, share - z_ * se, share + z_ * se, whole_.events < 10 || reference_->events < 10};
    const auto interval = between(100 * e.lower, 100 * e.upper, "%", o_.confidence);
    add("attributable_share", {}, against, e, "ok",
        "If every part had the rate of " + against + ", " + subject_of(data_, name_) + " would be " +
            (share == 0 ? "what it is"
                        : with_unit(number_text(100 * std::abs(share)), "%") + (share > 0 ? " lower" : " higher")) +
            interval + "." + few(e.few_events));
  }

  table& out_;
  const stratified& data_;
  std::string_view name_;
  std::span<const population_part> parts_;
  const equity_table_options& o_;
  double z_;
  equity_options options_;
  overall_rate whole_;
  const population_part* reference_ = nullptr;
  rate_estimate base_;
};

} // namespace detail

COMMONWEAL_BODY table equity_table(const stratified& data, const equity_table_options& options) {
  detail::require_grid(data);
  if (!options.order.empty()) {
    auto a = options.order;
    auto b = data.strata;
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    if (a != b)
      throw error(error_code::invalid_argument,
                  "the order must name each of the parts once: " + text::joined(data.strata));
  }
  if (!options.reference.empty() &&
      std::find(data.strata.begin(), data.strata.end(), options.reference) == data.strata.end())
    throw error(error_code::invalid_argument, with_hint("no category " + options.reference + " to compare with",
                                                        did_you_mean(options.reference, data.strata)));
  auto out = detail::equity_columns();
  for (std::size_t p = 0; p < data.populations.size(); ++p) detail::equity_rows(out, data, p, options).all();
  return out;
}

COMMONWEAL_BODY table standardized_rates(const stratified& data, const standardize_options& options) {
  detail::require_grid(data);
  const std::size_t n = data.strata.size();
  std::vector<double> weights(n, 0.0);
  std::vector<stratum> everyone(n);
  for (std::size_t p = 0; p < data.populations.size(); ++p)
    for (std::size_t s = 0; s < n; ++s) {
      everyone[s].events += data.of(p)[s].events;
      everyone[s].population += data.of(p)[s].people;
    }
  for (std::size_t s = 0; s < n; ++s) weights[s] = options.standard.empty() ? everyone[s].population : 0.0;
  for (const auto& [name, weight] : options.standard) {
    const auto it = std::find(data.strata.begin(), data.strata.end(), name);
    if (it == data.strata.end())
      throw error(error_code::invalid_argument, "the standard weighs " + name + ", which is no part of the data");
    weights[static_cast<std::size_t>(it - data.strata.begin())] += weight;
  }
  double sum = 0;
  for (const double w : weights) {
    detail::require_count(w, "a standard weight");
    sum += w;
  }
  if (!(sum > 0)) throw error(error_code::invalid_argument, "the weights of the standard add up to nothing");
  table out({{"population", column_type::utf8},
             {"period", column_type::period},
             {"events", column_type::float64},
             {"people", column_type::float64},
             {"crude", column_type::float64},
             {"crude_lower", column_type::float64},
             {"crude_upper", column_type::float64},
             {"standardized", column_type::float64},
             {"lower", column_type::float64},
             {"upper", column_type::float64},
             {"ratio", column_type::float64},
             {"few_events", column_type::boolean},
             {"state", column_type::utf8},
             {"reading", column_type::utf8}});
  // The same weights over everybody: what the standardized rates are held against.
  double of_all = 0;
  for (std::size_t s = 0; s < n; ++s) {
    everyone[s].standard = weights[s];
    of_all += weights[s] == 0              ? 0.0
              : everyone[s].population > 0 ? weights[s] / sum * everyone[s].events / everyone[s].population
                                           : missing_value;
  }
  of_all *= data.factor;
  const auto& w = data.words;
  for (std::size_t p = 0; p < data.populations.size(); ++p) {
    const auto parts = data.of(p);
    const auto when = data.when ? cell{*data.when} : cell{};
    const auto subject = detail::capitalized(detail::subject_of(data, data.populations[p]));
    std::vector<stratum> strata;
    std::string empty;
    population_part whole{data.populations[p], 0, 0};
    for (std::size_t s = 0; s < n; ++s) {
      strata.push_back({parts[s].events, parts[s].people, weights[s]});
      whole.events += parts[s].events;
      whole.people += parts[s].people;
      if (weights[s] > 0 && !(parts[s].people > 0)) empty += (empty.empty() ? "" : ", ") + data.strata[s];
    }
    using detail::number_cell;
    if (!(whole.people > 0)) {
      out.append_row({std::string_view(data.populations[p]),
                      when,
                      whole.events,
                      whole.people,
                      {},
                      {},
                      {},
                      {},
                      {},
                      {},
                      {},
                      {},
                      std::string_view("no_people"),
                      std::string_view("Nothing is known of " + detail::subject_of(data, data.populations[p]) + ".")});
      continue;
    }
    (void)detail::checked_overall(parts, data.kind);
    equity_options o;
    o.kind = data.kind;
    o.factor = data.factor;
    o.confidence = options.confidence;
    const auto crude = detail::rate_of(whole, o);
    if (!empty.empty()) {
      const auto says =
          subject + " cannot be standardized: the standard weighs " + empty + ", of which it holds nobody.";
      out.append_row({std::string_view(data.populations[p]),
                      when,
                      whole.events,
                      whole.people,
                      crude.value,
                      crude.lower,
                      crude.upper,
                      {},
                      {},
                      {},
                      {},
                      crude.few_events,
                      std::string_view("no_population"),
                      std::string_view(says)});
      continue;
    }
    const auto e = standardized_rate(strata, data.factor, options.confidence);
    const double ratio = of_all > 0 ? e.value / of_all : missing_value;
    auto says = subject + " is " + detail::quantity(crude.value, w, e.value) + " as it stands and " +
                detail::quantity(e.value, w, crude.value) + " with the standard mix" +
                detail::between(e.lower, e.upper, w.unit, options.confidence);
    if (!std::isnan(of_all)) {
      const bool apart = e.lower > of_all || e.upper < of_all;
      says += (apart ? e.value > of_all ? "; that is above" : "; that is below"
                     : "; that is no different, but for what chance explains, from") +
              std::string(" the ") + detail::quantity(of_all, w, e.value) + " of all together";
    }
    says += e.few_events ? ". Few events lie behind it." : ".";
    out.append_row({std::string_view(data.populations[p]), when, whole.events, whole.people, crude.value, crude.lower,
                    crude.upper, e.value, e.lower, e.upper, number_cell(ratio), e.few_events, std::string_view("ok"),
                    std::string_view(says)});
  }
  return out;
}

COMMONWEAL_BODY table simpson_reversals(const stratified& data) {
  detail::require_grid(data);
  table out({{"a", column_type::utf8},
             {"b", column_type::utf8},
             {"period", column_type::period},
             {"rate_a", column_type::float64},
             {"rate_b", column_type::float64},
             {"difference", column_type::float64},
             {"strata", column_type::int64},
             {"above", column_type::int64},
             {"below", column_type::int64},
             {"reversed", column_type::boolean},
             {"state", column_type::utf8},
             {"reading", column_type::utf8}});
  const auto& w = data.words;
  for (std::size_t a = 0; a < data.populations.size(); ++a)
    for (std::size_t b = a + 1; b < data.populations.size(); ++b) {
      // What one of them lacks says nothing about the pair.
      std::vector<population_part> of_a, of_b;
      for (std::size_t s = 0; s < data.strata.size(); ++s)
        if (data.of(a)[s].people > 0 && data.of(b)[s].people > 0)
          of_a.push_back(data.of(a)[s]), of_b.push_back(data.of(b)[s]);
      const auto& name_a = data.populations[a];
      const auto& name_b = data.populations[b];
      const auto when = data.when ? cell{*data.when} : cell{};
      if (of_a.empty()) {
        const auto says = name_a + " and " + name_b + " have no part in common in which both hold people.";
        out.append_row({std::string_view(name_a),
                        std::string_view(name_b),
                        when,
                        {},
                        {},
                        {},
                        std::int64_t{0},
                        std::int64_t{0},
                        std::int64_t{0},
                        {},
                        std::string_view("nothing_in_common"),
                        std::string_view(says)});
        continue;
      }
      const auto found = simpson(of_a, of_b);
      const double rate_a = data.factor * detail::checked_overall(of_a, data.kind).rate;
      const double rate_b = data.factor * detail::checked_overall(of_b, data.kind).rate;
      const auto count = [&](auto sign) {
        return static_cast<std::int64_t>(std::ranges::count_if(found.stratum_differences, sign));
      };
      const auto above = count([](double d) { return d > 0; });
      const auto below = count([](double d) { return d < 0; });
      const double gap = found.overall_difference;
      const auto overall = detail::capitalized(w.name) + (data.when ? " in " + data.when->to_string() : "") + " of " +
                           name_a + " (" + detail::quantity(rate_a, w, rate_b) + ") is " +
                           (gap > 0   ? "above"
                            : gap < 0 ? "below"
                                      : "equal to") +
                           " that of " + name_b + " (" + detail::quantity(rate_b, w, rate_a) + ")";
      std::string says;
      if (found.reversed)
        says = overall + " overall, yet " + (above > 0 ? "above" : "below") + " it in every part where they differ (" +
               std::to_string(std::max(above, below)) + " of " + std::to_string(of_a.size()) +
               "): the mix of parts makes the difference, so compare part by part or with one standard mix.";
      else
        says = overall + "; by part it is above in " + std::to_string(above) + " and below in " +
               std::to_string(below) + " of " + std::to_string(of_a.size()) + ": no reversal.";
      out.append_row({std::string_view(name_a), std::string_view(name_b), when, rate_a, rate_b, rate_a - rate_b,
                      static_cast<std::int64_t>(of_a.size()), above, below, found.reversed, std::string_view("ok"),
                      std::string_view(says)});
    }
  return out;
}

} // namespace commonweal::inline v0
