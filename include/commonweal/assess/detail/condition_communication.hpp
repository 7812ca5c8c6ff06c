// SPDX-License-Identifier: Apache-2.0
// Continuous communication: how often the oversight groups met, who came, how the meetings were run, and ties beside
// the backbone.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <commonweal/assess/condition_options.hpp>
#include <commonweal/assess/detail/evidence.hpp>

namespace commonweal::inline v0::detail {

/// Rows of meetings.csv of oversight groups in the twelve months up to the day, in the order of their dates.
[[nodiscard]] inline std::vector<std::size_t> recent_oversight_meetings(const assess_input& in, const table& meetings) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < meetings.rows(); ++i) {
    const auto g = in.net.find<node_kind::group>(meetings["group"].text(i));
    const auto d = date_at(meetings, "date", i);
    if (g && d && is_oversight(in.net, *g) && *d <= in.day && *d > in.day.plus_days(-366)) rows.push_back(i);
  }
  std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(meetings["date"].values<date>()[a], a) < std::pair(meetings["date"].values<date>()[b], b);
  });
  return rows;
}

// Each oversight group by itself: two committees that take turns do not make one that meets monthly. The day itself
// closes the last gap, so that a group that stopped meeting shows.
inline judgement communication_cadence(const assess_input& in, const condition_options& o, const table& meetings,
                                       const std::vector<std::size_t>& rows) {
  judgement j{.criterion = "condition.continuous_communication.cadence",
              .question = "Do the leaders meet monthly?",
              .scale = "median days between meetings, of the oversight group that meets most rarely",
              .rule =
                  "met up to " + short_number(o.monthly_days) + " days, partly up to " + short_number(o.rarely_days),
              .change = "meetings come more or less often",
              .source = "B4; KK2011"};
  std::map<std::string_view, std::vector<date>> dates;
  for (const auto i : rows) dates[meetings["group"].text(i)].push_back(meetings["date"].values<date>()[i]);
  double worst = 0;
  for (auto& [group, days] : dates) {
    std::vector<double> gaps;
    for (std::size_t k = 1; k < days.size(); ++k)
      gaps.push_back(days[k].days_since_1970() - days[k - 1].days_since_1970());
    const double since = in.day.days_since_1970() - days.back().days_since_1970();
    if (gaps.empty() || since > *std::max_element(gaps.begin(), gaps.end())) gaps.push_back(since);
    std::nth_element(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2), gaps.end());
    const double median = gaps[gaps.size() / 2];
    worst = std::max(worst, median);
    const std::string line = "meetings: " + std::string(group) + " met " + std::to_string(days.size()) +
                             " times, every " + short_number(median) + " days";
    (median <= o.monthly_days ? j.evidence_for : j.evidence_against).push_back(line);
  }
  j.score = worst;
  j.verdict = worst <= o.monthly_days ? verdict::met : worst <= o.rarely_days ? verdict::partly : verdict::not_met;
  return j;
}

inline std::vector<judgement> communication_attendance(const assess_input& in, const condition_options& o,
                                                       const table& meetings, const std::vector<std::size_t>& rows) {
  judgement seats{.criterion = "condition.continuous_communication.seats",
                  .question = "Do chief executives come themselves?",
                  .scale = "share 0 to 1",
                  .rule = "share of those present who came as chief executive: met from " + percent(o.seat_share) +
                          ", partly above zero",
                  .change = "chief executives come",
                  .source = "B4; KK2011"};
  judgement lapses{.criterion = "condition.continuous_communication.lapses",
                   .question = "Are meetings skipped or left to delegates?",
                   .scale = "share 0 to 1",
                   .rule = "share of recorded attendances that were absent or delegated: met up to " +
                           percent(o.lapse_share) + ", partly below half",
                   .change = "fewer lapses",
                   .source = "B4; KK2011"};
  const table* attendance = find_records(in.records, "attendance");
  std::set<std::string_view> wanted;
  for (const auto i : rows) wanted.insert(meetings["id"].text(i));
  std::size_t all = 0, present = 0, chiefs = 0, lapsed = 0;
  for (std::size_t i = 0; attendance != nullptr && i < attendance->rows(); ++i) {
    if (!wanted.contains((*attendance)["meeting"].text(i))) continue;
    ++all;
    const bool came = attendance->find("present") == nullptr || flag_at(*attendance, "present", i);
    const auto seat = text_at(*attendance, "seat", i);
    present += came ? 1 : 0;
    chiefs += came && seat == "chief_executive" ? 1 : 0;
    if (came && seat != "delegate") continue;
    ++lapsed;
    if (lapses.evidence_against.size() < 20)
      lapses.evidence_against.push_back("attendance: " + std::string((*attendance)["member"].text(i)) +
                                        (came ? " sent a delegate to " : " missed ") +
                                        std::string((*attendance)["meeting"].text(i)));
  }
  if (all == 0) {
    seats.missing = lapses.missing = "attendance.csv for the oversight meetings of the year";
    return {seats, lapses};
  }
  lapses.score = static_cast<double>(lapsed) / static_cast<double>(all);
  lapses.evidence_for.push_back("attendance: " + std::to_string(all - lapsed) + " of " + std::to_string(all) +
                                " in person");
  lapses.verdict = *lapses.score <= o.lapse_share ? verdict::met
                   : *lapses.score < 0.5          ? verdict::partly
                                                  : verdict::not_met;
  if (present == 0) {
    seats.missing = "anybody present";
    return {seats, lapses};
  }
  seats.score = static_cast<double>(chiefs) / static_cast<double>(present);
  seats.evidence_for.push_back("attendance: " + std::to_string(chiefs) + " of " + std::to_string(present) +
                               " present were chief executives");
  seats.verdict = *seats.score >= o.seat_share ? verdict::met : chiefs > 0 ? verdict::partly : verdict::not_met;
  return {seats, lapses};
}

inline judgement communication_run(const condition_options& o, const table& meetings,
                                   const std::vector<std::size_t>& rows, std::string_view column, std::string id,
                                   std::string question) {
  judgement j{.criterion = "condition.continuous_communication." + id,
              .question = std::move(question),
              .scale = "share 0 to 1",
              .rule = "share of the meetings for which it is recorded: met from " + percent(o.facilitated_share) +
                      ", partly above zero",
              .change = "meetings are run so",
              .source = "B4; KK2011"};
  std::size_t told = 0;
  std::size_t yes = 0;
  const auto* c = meetings.find(column);
  for (const auto i : rows) {
    if (c == nullptr || c->is_null(i)) continue;
    ++told;
    yes += flag_at(meetings, column, i) ? 1 : 0;
  }
  if (told == 0) {
    j.missing = "meetings.csv, column " + std::string(column);
    return j;
  }
  j.score = static_cast<double>(yes) / static_cast<double>(told);
  j.evidence_for.push_back("meetings: " + std::to_string(yes) + " of " + std::to_string(told));
  j.verdict = *j.score >= o.facilitated_share ? verdict::met : yes > 0 ? verdict::partly : verdict::not_met;
  return j;
}

inline judgement communication_independent(const assess_input& in, const condition_options& o) {
  judgement j{.criterion = "condition.continuous_communication.independent_ties",
              .question = "Do partners talk to each other without the backbone?",
              .scale = "share 0 to 1",
              .rule = "share of ties in force that touch no backbone: met from " + percent(o.independent_share) +
                      ", partly above zero",
              .change = "partners get in touch directly",
              .source = "B4, C.27 2.3; STEM"};
  std::set<node_ref> backbones;
  const relation& serves = in.net.edges(edge_kind::serves_as_backbone);
  for (relation::row_index row = 0; row < serves.size(); ++row)
    if (serves.validity(row).contains(in.day)) backbones.insert(in.net.node(serves.from(row)));
  const relation& talk = in.net.edges(edge_kind::communicates_with);
  std::size_t all = 0;
  std::size_t beside = 0;
  for (relation::row_index row = 0; row < talk.size(); ++row) {
    if (!talk.validity(row).contains(in.day)) continue;
    ++all;
    beside += backbones.contains(in.net.node(talk.from(row))) || backbones.contains(in.net.node(talk.to(row))) ? 0 : 1;
  }
  if (all == 0) {
    j.missing = "communicates_with.csv";
    return j;
  }
  j.score = static_cast<double>(beside) / static_cast<double>(all);
  j.evidence_for.push_back("communicates_with: " + std::to_string(beside) + " of " + std::to_string(all) +
                           " ties touch no backbone");
  j.verdict = *j.score >= o.independent_share ? verdict::met : beside > 0 ? verdict::partly : verdict::not_met;
  return j;
}

inline std::vector<judgement> communication_parts(const assess_input& in, const condition_options& o) {
  static const table nothing({{"id", column_type::utf8}, {"group", column_type::utf8}, {"date", column_type::date}});
  const table* recorded = find_records(in.records, "meetings");
  const table& meetings = recorded == nullptr ? nothing : *recorded;
  const auto rows = recent_oversight_meetings(in, meetings);
  std::vector<judgement> parts;
  if (rows.empty()) {
    parts.push_back({.criterion = "condition.continuous_communication.cadence",
                     .question = "Do the leaders meet monthly?",
                     .rule = "median days between meetings of oversight groups in the last twelve months",
                     .missing = "meetings.csv: meetings of oversight groups in the year up to " + in.day.to_string(),
                     .change = "meetings are recorded",
                     .source = "B4; KK2011"});
  } else {
    parts.push_back(communication_cadence(in, o, meetings, rows));
  }
  for (auto& j : communication_attendance(in, o, meetings, rows)) parts.push_back(std::move(j));
  parts.push_back(communication_run(o, meetings, rows, "external_facilitator", "facilitated",
                                    "Are meetings facilitated from outside?"));
  parts.push_back(communication_run(o, meetings, rows, "agenda", "agenda", "Do meetings follow a structured agenda?"));
  parts.push_back(communication_independent(in, o));
  return parts;
}

} // namespace commonweal::inline v0::detail
