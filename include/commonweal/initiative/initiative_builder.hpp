// SPDX-License-Identifier: Apache-2.0
// Tables in, initiative out: the one way in for folders, other formats and callers that hold tables in memory.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/initiative.hpp>
#include <commonweal/network/network_builder.hpp>

namespace commonweal::inline v0 {

/// Gathers the tables of an initiative, checks them against one another and builds it.
///
///     initiative_builder in({.name = "our-town"});
///     in.append("organizations", organizations, {"organizations"}, found);
///     in.append("observations", january, {"january"}, found);   // as many batches as there are
///     initiative town = in.finish(found);
///
/// Tables have the names and columns of the folder format (fields_of() lists them), any optional one absent, of the
/// schema's types (int64 passes for float64). Order: tables of nodes and edges first; the first table of another kind
/// closes the network, and nodes and edges that come later throw invalid_argument.
/// A name that the model does not know is kept as a record table. NaN in a table of observations is a blank.
///
/// Findings of finish() and append(), beside those of network_builder: wrong_type, missing_column, required,
/// not_allowed, out_of_range, not_finite, rating_off_scale, unknown_id, wrong_kind, duplicate_key, people_unreadable,
/// forbidden_reporter, not_an_indicator, observed_formula, status_contradiction,
/// ratio_without_denominator, ratio_without_numerator, negative_weight, negative_count, number_too_large, infinity,
/// conflicting_observations, mixed_frequency, too_sparse, duplicate_id, conflicting_targets, interval_reversed,
/// zero_factor and the formula findings (errors); zero_denominator, ratio_disagrees, ratio_without_parts,
/// mean_without_weight, fractional_count, repeated_observation, outside_life, outside_membership,
/// reporter_without_group, unexpected_report, repeated_target, unread_column (warnings).
///
/// One owner; not thread-safe. Rows may come in any order. Memory: the initiative and, until finish(), 4 bytes a cell
/// (see panel_builder).
class initiative_builder {
 public:
  explicit initiative_builder(initiative_info info = {});
  /// Begins from a network that is built already.
  initiative_builder(initiative_info info, network net);
  ~initiative_builder();
  initiative_builder(initiative_builder&&) noexcept;
  initiative_builder& operator=(initiative_builder&&) noexcept;

  /// `resource` is a file of the model ("member_of") or a name of the caller's. Row i of the table is row
  /// from.first_row + i of from.file in findings. O(rows), plus O(nodes + edges) where it closes the network.
  void append(std::string_view resource, const table& rows, const origin& from, diagnostics& found);

  /// Builds the initiative. Throws invalid_data, carrying all of `found`, where it holds an error, from here or before.
  /// The initiative_builder is empty afterwards.
  [[nodiscard]] initiative finish(diagnostics& found);

 private:
  struct state;
  std::unique_ptr<state> state_;
};

/// The definitions that the indicator nodes of a network carry, defaults filled in by kind (see indicator_definition).
[[nodiscard]] std::vector<indicator_definition> definitions_of(const network& net);

} // namespace commonweal::inline v0
