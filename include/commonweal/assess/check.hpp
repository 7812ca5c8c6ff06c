// SPDX-License-Identifier: Apache-2.0
// Checks of the records that judgements rest on: what cannot be right is a finding, not a verdict.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>

#include <commonweal/assess/detail/evidence.hpp>
#include <commonweal/assess/money.hpp>
#include <commonweal/assess/phases.hpp>
#include <commonweal/assess/selection.hpp>
#include <commonweal/core/diagnostic.hpp>

namespace commonweal::inline v0 {

namespace detail {

class record_checker {
 public:
  record_checker(const network& net, const record_tables& records, diagnostics& found)
      : net_(net), records_(records), found_(found) {}

  void survey() {
    const table* t = find_records(records_, "survey");
    for (std::size_t i = 0; t != nullptr && i < t->rows(); ++i) {
      const auto rating = number_at(*t, "rating", i);
      const double low = number_at(*t, "scale_min", i).value_or(1);
      const double high = number_at(*t, "scale_max", i).value_or(5);
      const std::string who((*t)["respondent"].text(i));
      if (rating && (*rating < low || *rating > high))
        say(severity::error, "rating_off_scale", "survey.csv", sheet_row(i), "rating", who,
            "the rating " + short_number(*rating, 3) + " is off its scale " + short_number(low, 3) + " to " +
                short_number(high, 3));
      alive_on("survey.csv", i, "respondent", who, date_at(*t, "date", i), "answers");
    }
  }

  void attendance() {
    const table* meetings = find_records(records_, "meetings");
    const table* t = find_records(records_, "attendance");
    std::map<std::string_view, std::size_t> by_id;
    for (std::size_t i = 0; meetings != nullptr && i < meetings->rows(); ++i) {
      by_id[(*meetings)["id"].text(i)] = i;
      alive_on("meetings.csv", i, "group", std::string((*meetings)["group"].text(i)), date_at(*meetings, "date", i),
               "meets");
    }
    for (std::size_t i = 0; t != nullptr && i < t->rows(); ++i) {
      const auto it = by_id.find((*t)["meeting"].text(i));
      if (it != by_id.end())
        alive_on("attendance.csv", i, "member", std::string((*t)["member"].text(i)),
                 date_at(*meetings, "date", it->second), "attends");
    }
  }

  void ratings_of_edges() {
    for (const auto k : {edge_kind::endorses, edge_kind::trusts}) {
      const relation& r = net_.edges(k);
      for (relation::row_index row = 0; row < r.size(); ++row) {
        const auto rating = number_at(r.attributes(), "rating", row);
        const auto best = number_at(r.attributes(), "scale_max", row);
        if (rating && (*rating < 0 || (best && *rating > *best)))
          say(severity::error, "rating_off_scale", std::string(to_string(k)) + ".csv", no_row, "rating",
              std::string(net_.id(net_.node(r.from(row)))),
              edge_evidence(net_, k, row) + " has the rating " + short_number(*rating, 3) + ", off its scale 0 to " +
                  (best ? short_number(*best, 3) : std::string("?")));
      }
    }
  }

  // The same amount from the same funder to the same receiver at overlapping times is most often one grant told twice.
  void commitments() {
    const relation& r = net_.edges(edge_kind::funds);
    std::map<std::tuple<vertex_index, vertex_index, double>, relation::row_index> seen;
    std::set<std::string_view> currencies;
    for (relation::row_index row = 0; row < r.size(); ++row) {
      const auto currency = text_at(r.attributes(), "currency", row);
      if (!currency.empty()) currencies.insert(currency);
      const auto amount = number_at(r.attributes(), "amount", row);
      if (!amount) continue;
      const auto [it, fresh] = seen.try_emplace({r.from(row), r.to(row), *amount}, row);
      if (!fresh && r.validity(it->second).overlaps(r.validity(row)))
        say(severity::warning, "overlapping_commitments", "funds.csv", no_row, "amount",
            std::string(net_.id(net_.node(r.from(row)))),
            edge_evidence(net_, edge_kind::funds, row) + ": two commitments of " + short_number(*amount, 2) +
                " overlap; both are counted, so remove one if it is the same grant");
    }
    for (const auto a : currencies)
      for (const auto b : currencies)
        if (a < b && !currency_converter(records_, std::string(a)).convert(1, b))
          say(severity::warning, "no_exchange_rate", "funds.csv", no_row, "currency", std::string(b),
              currency_converter(records_, std::string(a)).no_rate(b));
  }

 private:
  void alive_on(const char* file, std::size_t row, const char* field, const std::string& id, std::optional<date> day,
                const char* verb) {
    const auto n = net_.find(id);
    if (n && day && !net_.life(*n).contains(*day))
      say(severity::error, "outside_life", file, sheet_row(row), field, id,
          id + " " + verb + " on " + day->to_string() + " but exists " + net_.life(*n).to_string());
  }
  // Edges are sorted when the network is frozen: they are named by their ends, not by a row.
  static constexpr std::int64_t no_row = -1;
  static std::int64_t sheet_row(std::size_t row) { return static_cast<std::int64_t>(row) + 2; } // the header is row 1

  void say(severity s, const char* code, std::string file, std::int64_t row, const char* field, std::string record,
           std::string message) {
    found_.add({s, code, std::move(file), row, field, std::move(record), std::move(message)});
  }

  const network& net_;
  const record_tables& records_;
  diagnostics& found_;
};

} // namespace detail

/// Findings: rating_off_scale, outside_life (an answer, meeting or attendance when the one named did not exist),
/// overlapping_commitments, no_exchange_rate, scheme_order, scheme_component, candidate_without_scores,
/// score_off_scale, unknown_function. O(edges + records).
inline void check_records(const network& net, const record_tables& records, diagnostics& found) {
  detail::record_checker check(net, records, found);
  check.survey();
  check.attendance();
  check.ratings_of_edges();
  check.commitments();
  check_schemes(records, found);
  check_candidates(records, found);
}

} // namespace commonweal::inline v0
