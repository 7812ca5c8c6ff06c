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
#include <commonweal/measure/detail/record_checks.hpp>

namespace commonweal::inline v0 {

namespace detail {

class record_checker {
 public:
  record_checker(const network& net, const record_tables& records, diagnostics& found)
      : net_(net), records_(records), found_(found) {}

  /// Numbers off their scale, wherever the schema says that a field lies on one, and records on days on which the node
  /// they name does not exist.
  void fields() {
    for (const auto& rule : schema::record_rules) {
      const table* t = find_records(records_, rule.file);
      if (t == nullptr) continue;
      const auto tell = [&](std::size_t row, severity s, std::string code, std::string_view field, std::string text) {
        say(s, std::move(code), std::string(rule.file) + ".csv", static_cast<std::int64_t>(row) + 2, field,
            std::string(text_at(*t, rule.fields.front().name, row)), std::move(text));
      };
      check_scales(rule.fields, *t, false, tell);
      for (const auto& f : rule.fields)
        if (!f.exists_on.empty()) lives(rule, *t, f, tell);
    }
    for (const auto& rule : schema::edge_rules)
      check_scales(rule.attributes, net_.edges(rule.kind).attributes(), false,
                   [&](std::size_t i, severity s, std::string code, std::string_view field, std::string text) {
                     const auto row = static_cast<relation::row_index>(i);
                     say(s, std::move(code), std::string(rule.file) + ".csv", no_row, field,
                         std::string(net_.id(net_.node(net_.edges(rule.kind).from(row)))),
                         edge_evidence(net_, rule.kind, row) + ": " + text);
                   });
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
  template <class Tell>
  void lives(const record_rule& rule, const table& t, const field_rule& f, Tell tell) {
    auto [via, field] = table_and_column(f.exists_on);
    const table* there = &t; // the table with the day, and the row in it of each id
    std::map<std::string_view, std::size_t> row_of;
    if (via.empty()) field = f.exists_on;
    else {
      const auto [file, id] = table_and_column(find_rule(rule.fields, via)->refers_to);
      there = find_records(records_, file);
      for (std::size_t i = 0; there != nullptr && i < there->rows(); ++i) row_of[text_at(*there, id, i)] = i;
    }
    for (std::size_t i = 0; i < t.rows(); ++i) {
      const auto at = via.empty() ? row_of.end() : row_of.find(text_at(t, via, i));
      if (!via.empty() && at == row_of.end()) continue;
      const auto n = net_.find(text_at(t, f.name, i));
      const auto day = date_at(*there, field, via.empty() ? i : at->second);
      if (n && day && !net_.validity(*n).contains(*day))
        tell(i, severity::error, "outside_life", f.name,
             std::string(net_.id(*n)) + " is named for " + day->to_string() + " and exists " +
                 net_.validity(*n).to_string() + "; correct the day, or its start and end");
    }
  }
  // Edges are sorted when the network is frozen: they are named by their ends, not by a row.
  static constexpr std::int64_t no_row = -1;

  void say(severity s, std::string code, std::string file, std::int64_t row, std::string_view field, std::string record,
           std::string message) {
    found_.add({s, std::move(code), std::move(file), row, std::string(field), std::move(record), std::move(message)});
  }

  const network& net_;
  const record_tables& records_;
  diagnostics& found_;
};

} // namespace detail

/// Findings: rating_off_scale, score_off_scale, outside_life (an answer, a meeting, an attendance or a plan when the
/// one named did not exist), overlapping_commitments, no_exchange_rate, scheme_order, scheme_component,
/// candidate_without_scores, unknown_function. O(edges + records).
inline void check_records(const network& net, const record_tables& records, diagnostics& found) {
  detail::record_checker check(net, records, found);
  check.fields();
  check.commitments();
  check_schemes(records, found);
  check_candidates(records, found);
}

} // namespace commonweal::inline v0
