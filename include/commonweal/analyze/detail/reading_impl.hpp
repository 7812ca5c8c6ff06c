// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/reading.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include <commonweal/analyze/detail/reading_words.hpp>
#include <commonweal/analyze/reading.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0 {

namespace detail {

[[nodiscard]] inline std::string projection_sentence(const target_result& r) {
  if (r.met || r.state == target_state::equal_to_baseline) return {};
  const bool known = r.met_in || r.met_earliest || !std::isnan(r.projected);
  if (!known) return {};
  const std::string within = std::to_string(r.horizon_years) + " years";
  const std::string pace = r.projection == projection_kind::seasonal_line
                               ? " At this pace, the season allowed for, the target is "
                               : " At this pace the target is ";
  if (!r.met_in)
    return r.met_earliest
               ? pace + "not met within " + within + ", at the very best in " + r.met_earliest->to_string() + "."
               : pace + "not met within " + within + ".";
  std::string out = pace + "met in " + r.met_in->to_string();
  if (r.met_earliest && r.met_latest && (*r.met_earliest != *r.met_in || *r.met_latest != *r.met_in))
    out += " (between " + r.met_earliest->to_string() + " and " + r.met_latest->to_string() + ")";
  else if (r.met_earliest && !r.met_latest)
    out += " (in " + r.met_earliest->to_string() + " at the earliest, perhaps never)";
  return out + ".";
}

} // namespace detail

COMMONWEAL_BODY std::string number_text(double x, double beside) {
  if (std::isnan(x)) return "no value";
  constexpr int most_digits = 15;
  for (int digits = 3; digits < most_digits; ++digits) {
    const auto text = detail::digits_text(x, digits);
    if (std::isnan(beside) || beside == x || text != detail::digits_text(beside, digits)) return text;
  }
  return detail::digits_text(x, most_digits);
}

COMMONWEAL_BODY std::string reading(const trend_result& r, const measure_words& w) {
  using namespace detail;
  const auto name = capitalized(w.name);
  switch (r.state) {
    case trend_state::no_data: return "There is no value of " + w.name + ".";
    case trend_state::one_value:
      return name + " has a single value, " + quantity(r.first, w) + " in " + r.start.to_string() +
             "; one value shows no trend.";
    case trend_state::constant:
      return name + " stayed at " + quantity(r.first, w) + " from " + r.start.to_string() + " to " + r.end.to_string() +
             "." + (r.moved == movement::right ? " That is as wanted." : "");
    case trend_state::too_few:
    case trend_state::ok: break;
  }
  const auto first = quantity(r.first, w, r.last);
  const auto last = quantity(r.last, w, r.first);
  const auto span = span_text(r.start, r.end) + " (" + r.start.to_string() + " to " + r.end.to_string() + ")";
  const auto when = " in " + span;
  if (r.state == trend_state::too_few)
    return name + " went from " + first + " to " + last + when + "; " + count_text(static_cast<std::int64_t>(r.n)) +
           " values are too few to tell a trend from chance.";
  if (r.trend == trend_direction::flat) {
    const bool steady = r.p < 1.0 - r.confidence;
    const auto why = steady ? "the change is steady but smaller than what counts as one here"
                            : "a trend larger than chance explains is not seen";
    const auto what = r.first == r.last
                          ? " was " + first + " in " + r.start.to_string() + " and again in " + r.end.to_string()
                          : " went from " + first + " to " + last + when;
    return name + what + "; " + why + "." + (r.moved == movement::right ? " That is as wanted." : "");
  }
  const bool rising = r.trend == trend_direction::rising;
  const std::string noun = rising ? "rise" : "fall";
  if (rising ? r.last > r.first : r.last < r.first)
    return name + (rising ? " rose" : " fell") + " from " + first + " to " + last + when + "; the " + noun +
           " is larger than chance explains." + direction_sentence(r.moved);
  return name + (rising ? " rose" : " fell") + " by about " + difference(std::abs(r.slope_per_year), w) +
         " a year over " + span + ", more than chance explains, although it ended at " + last + ", " +
         (r.last == r.first ? "where it began" : (rising ? "below the " : "above the ") + first + " it began with") +
         "." + direction_sentence(r.moved);
}

COMMONWEAL_BODY std::string reading(const target_result& r, const measure_words& w) {
  using namespace detail;
  const auto name = capitalized(w.name);
  if (r.state == target_state::no_target) return "No target is set for " + w.name + ".";
  const auto target = "target of " + quantity(r.plan.target, w, r.value) + " by " + r.plan.target_period.to_string();
  if (r.state == target_state::no_data) return "There is no value of " + w.name + " to set against its " + target + ".";
  if (r.state == target_state::before_baseline)
    return "There is no complete value of " + w.name + " since its baseline in " + r.plan.baseline_period.to_string() +
           " to set against its " + target + ".";
  const auto stands = name + " stands at " + quantity(r.value, w, r.plan.target) + " in " + r.latest.to_string();
  std::string out;
  switch (r.state) {
    case target_state::no_baseline:
      out = stands + "; its " + target +
            (r.status == track_status::met         ? " is met"
             : r.status == track_status::off_track ? " was missed"
             : r.plan.target == r.value            ? " is just reached"
                                                   : " is open") +
            ". Without a baseline the way covered is not known.";
      break;
    case target_state::equal_to_baseline:
      out = stands + "; it was to stay at its baseline of " + quantity(r.plan.target, w, r.value) + ": " +
            (r.status == track_status::off_track ? "it has not." : "it has, or did better.");
      break;
    case target_state::not_positive:
      out = stands + (r.met ? ": the " + target + " is met."
                            : "; a path of equal rates to the " + target +
                                  " needs numbers above zero, so on track or not cannot be said.");
      break;
    default: {
      if (r.met) {
        out = stands + ": the " + target + " is met.";
        break;
      }
      const auto base = quantity(r.plan.baseline, w, r.value) + " in " + r.plan.baseline_period.to_string();
      const std::string verdict = r.overdue                             ? "the target was missed"
                                  : r.status == track_status::on_track  ? "on track"
                                  : r.status == track_status::at_risk   ? "at risk"
                                  : r.status == track_status::off_track ? "off track"
                                                                        : "not judged";
      if (r.progress < 0.0)
        out = stands + ", farther from the " + target + " than its baseline (" + base + "): " + verdict + ".";
      else
        out = stands + ", " + text::percent(r.progress) + " of the way from its baseline (" + base + ") to the " +
              target + (r.overdue ? ": " : "; the path asks for " + text::percent(r.expected_progress) + ": ") +
              verdict + ".";
    }
  }
  if (r.versus_forecast != forecast_verdict::unknown) {
    const auto against = " (" + quantity(r.forecast, w, r.value) + ").";
    out += r.versus_forecast == forecast_verdict::better  ? " That is better than forecast" + against
           : r.versus_forecast == forecast_verdict::worse ? " That is worse than forecast" + against
                                                          : " That is as forecast" + against;
  }
  return out + (r.overdue ? std::string() : projection_sentence(r));
}

COMMONWEAL_BODY std::string reading(const card_result& r) {
  using namespace detail;
  std::vector<std::string> missing;
  for (const auto& line : r.lines)
    if (line.moved == movement::unknown) missing.push_back(line.name);
  std::string out;
  if (r.lines.empty()) return "There are no measures.";
  if (r.evaluated() == 0) {
    out = r.lines.size() == 1 ? "The one measure could not be judged."
                              : "None of the " + std::to_string(r.lines.size()) + " measures could be judged.";
  } else {
    out = std::to_string(r.right) + " of " + plural(r.evaluated(), "measure", "measures") + " (" +
          text::percent(r.share()) + ") " + (r.right == 1 ? "moves" : "move") + " in the right direction; " +
          std::to_string(r.wrong) + " " + (r.wrong == 1 ? "moves" : "move") + " the wrong way and " +
          std::to_string(r.flat) + " " + (r.flat == 1 ? "is" : "are") + " flat" +
          (r.options.flat == flat_counting::left_out && r.flat > 0 ? ", not counted among them." : ".");
  }
  if (!missing.empty()) out += " Not judged because values are missing: " + text::enumeration(missing) + ".";
  if (r.no_direction > 0) out += " " + plural(r.no_direction, "measure has", "measures have") + " no stated direction.";
  return out;
}

COMMONWEAL_BODY std::string reading(const chart_result& r, const measure_words& w) {
  using namespace detail;
  const auto name = capitalized(w.name);
  const auto counted = std::count_if(r.points.begin(), r.points.end(),
                                     [](const chart_point& p) { return !std::isnan(p.value) && !p.ghost; });
  if (counted == 0) return "There is no value of " + w.name + " to draw a chart of.";
  const auto& last = r.points.back();
  std::string out;
  if (counted == 1) {
    const auto one = std::find_if(r.points.begin(), r.points.end(),
                                  [](const chart_point& p) { return !std::isnan(p.value) && !p.ghost; });
    return name + " has a single value, " + quantity(one->value, w) + " in " + one->at.to_string() +
           "; one value shows no variation.";
  }
  out = name + " varies around " + quantity(last.center, w);
  if (!std::isnan(last.lower) && !std::isnan(last.upper))
    out += ", by chance between " + quantity(last.lower, w, last.upper) + " and " + quantity(last.upper, w, last.lower);
  if (r.phases.size() > 1) out += ", since " + r.phases.back().start.to_string();
  if (!r.any_signal()) {
    out += r.signals.empty() ? "." : "; nothing stands out from ordinary variation.";
  } else {
    out += ". Standing out: ";
    bool first_rule = true;
    for (const auto& s : r.signals) {
      if (s.count() == 0) continue;
      std::vector<std::string> where;
      constexpr std::size_t most = 4;
      for (std::size_t i = 0; i < s.at.size() && where.size() < most; ++i)
        if (s.at[i] != 0) where.push_back(r.points[i].at.to_string());
      if (s.count() > most) where.back() = std::to_string(s.count() - most + 1) + " more";
      out += (first_rule ? "" : "; ") + text::enumeration(where) + ", " + std::string(s.meaning);
      first_rule = false;
    }
    out += ".";
  }
  for (const auto& warning : r.warnings) out += " " + warning;
  return out;
}

} // namespace commonweal::inline v0
