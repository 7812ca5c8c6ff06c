// SPDX-License-Identifier: Apache-2.0
// Observations into panels: each row is resolved, judged against definitions and memberships, and stored or refused.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include <commonweal/core/detail/text_memo.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/measure/indicator.hpp>
#include <commonweal/measure/panel_builder.hpp>
#include <commonweal/network/network.hpp>

#include "initiative/row_origins.hpp"

namespace commonweal::inline v0::detail {

class observation_reader {
 public:
  /// Borrows both. Without `dated` the network is only there to find ids in: lives and edges are not looked at.
  observation_reader(const network& net, std::span<const indicator_definition> definitions, bool dated);

  /// REQUIRES: a table with the columns and types of the schema (see table_checks.hpp).
  void append(const table& rows, const origin& from, diagnostics& found);
  /// Tells what only all rows show (panels that are almost all blanks) and what was met many times, and gives the
  /// panels.
  [[nodiscard]] std::vector<panel> finish(diagnostics& found);
  /// The same of rows that are a part of others: panels in pieces, of any density (see panel_builder).
  [[nodiscard]] std::vector<panel> finish_in_pieces(std::int32_t span, diagnostics& found);

 private:
  struct row_view; // the columns of the table at hand, and the place

  /// Something worth one finding however often it occurs.
  struct tally {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    std::vector<std::string> names;
  };

  void one_row(const row_view& at, diagnostics& found);
  bool resolve_reporter(const row_view& at, diagnostics& found);
  bool resolve_indicator(const row_view& at, diagnostics& found);
  [[nodiscard]] std::optional<node_ref> find_reporter(std::string_view id) const;
  panel_builder::series& series_of(const row_view& at, const observation& o);
  bool judge(const row_view& at, observation& o, diagnostics& found);
  bool judge_ratio(const row_view& at, const indicator_definition& d, observation& o, diagnostics& found);
  bool judge_count(const row_view& at, observation& o, diagnostics& found);
  void check_dates(const row_view& at, const observation& o, diagnostics& found);
  void tell_sparse(const panel_builder::sparse_series& s, diagnostics& found) const;
  void tell_tallies(diagnostics& found) const;
  void count(std::map<std::uint32_t, tally>& in, std::uint32_t key, std::string name = {});
  date last_day(period p);

  const network& net_;
  std::span<const indicator_definition> definitions_;
  bool dated_;
  panel_builder panels_;
  row_origins origins_;
  std::uint64_t number_ = 0; // of the row at hand, from 0

  // Of the table at hand: what its texts name.
  text_memo<std::optional<node_ref>> reporters_;
  text_memo<std::optional<node_ref>> indicators_;
  text_memo<std::optional<cell_state>> states_;
  std::vector<panel_builder::series*> series_; // by indicator and code of the breakdown
  number_of_key series_at_;
  struct dated_reporter {
    node_ref reporter{node_kind::goal, 0}; // no goal reports
    interval life;
    row_range memberships, duties;
  };
  dated_reporter of_; // the last one that was dated
  node_ref reporter_; // of the row at hand
  indicator_id indicator_;

  std::vector<bool> has_duties_; // indicators that some `reports` edge enters
  std::unordered_set<std::uint64_t> unexpected_told_;
  std::unordered_set<std::uint32_t> without_group_told_;
  std::map<std::uint32_t, tally> without_parts_; // by indicator
  std::map<std::uint32_t, tally> without_weight_;
  std::map<std::uint32_t, tally> fractional_;
  tally without_group_;
  struct known_day {
    period of;
    date last;
  };
  std::array<known_day, 512> days_{};
};

} // namespace commonweal::inline v0::detail
