// SPDX-License-Identifier: Apache-2.0
// One reported indicator made ready: its cells, who is expected to report, and its two operators as stages.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <commonweal/core/error.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/measure/report_due.hpp>
#include <commonweal/rollup/detail/accumulator.hpp>
#include <commonweal/rollup/detail/membership_timeline.hpp>

namespace commonweal::inline v0::detail {

/// What a cell is to a figure. `incomplete` has a value, and lacks the parts the operators need.
enum class cell_kind : std::uint8_t { usable, incomplete, suppressed, not_expected, missing };

/// The two operators of an indicator in the order in which they work.
struct stages {
  stage inner;
  stage outer;
  cell_need need = cell_need::value;
  bool time_first = true;
  aggregate_operator over_groups{};
  aggregate_operator over_time{};

  [[nodiscard]] const stage& of_groups() const { return time_first ? outer : inner; }
  [[nodiscard]] const stage& of_time() const { return time_first ? inner : outer; }

  /// Throws invalid_argument where the second operator cannot work on what the first one makes.
  stages(const indicator_definition& d, aggregate_operator over_time_asked);
};

inline stages::stages(const indicator_definition& d, aggregate_operator over_time_asked)
    : time_first(d.order == operator_order::time_then_groups), over_groups(d.over_groups), over_time(over_time_asked) {
  const auto first_op = time_first ? over_time : over_groups;
  const auto second_op = time_first ? over_groups : over_time;
  const auto needs = [&](cell_need n) { return rules_of(first_op).needs == n || rules_of(second_op).needs == n; };
  if (needs(cell_need::pair)) need = cell_need::pair;
  else if (needs(cell_need::weight)) need = cell_need::weight;
  inner = stage_of(first_op, time_first ? d.time_percent : d.groups_percent);
  outer = stage_of(second_op, time_first ? d.groups_percent : d.time_percent);
  for (stage* s : {&inner, &outer}) {
    if (s->op == aggregate_operator::percentile && !(s->percent >= 0 && s->percent <= 100))
      throw error(error_code::invalid_argument, "indicator " + d.id + ": a percentile is a number from 0 to 100");
    if (s->divides() && need == cell_need::pair) s->factor = d.factor;
    s->earliest = second_op == aggregate_operator::first;
  }
  if (!outer.divides()) return;
  if (!rules_of(first_op).leaves_parts)
    throw error(error_code::invalid_argument, "indicator " + d.id + ": " + std::string(to_string(second_op)) +
                                                  " cannot follow " + std::string(to_string(first_op)) +
                                                  ", which leaves no numerator and denominator");
  if (inner.from != made_of::sum) return;
  inner.sums_denominator = true;
  if (need == cell_need::pair) {
    inner.sums_value = false;
    inner.sums_numerator = true;
  } else {
    outer.weighted = true;
  }
}

/// What a cell of a panel is, and its amount as far as it goes: complete where it is usable, the value where it is
/// incomplete.
[[nodiscard]] inline cell_kind read_cell(const panel& from, const indicator_definition& definition, Eigen::Index row,
                                         Eigen::Index column, cell_need need, cell_value& out) {
  out.value = from.value(row, column);
  const bool parts = from.denominator.size() != 0;
  out.rest = 0;
  out.numerator = parts && from.numerator.size() != 0 ? from.numerator(row, column) : not_a_value;
  out.denominator = parts ? from.denominator(row, column) : not_a_value;
  switch (need) {
    case cell_need::value:
      if (definition.kind != indicator_kind::ratio) out.numerator = out.denominator = not_a_value;
      if (out.has_value()) return cell_kind::usable;
      break;
    case cell_need::pair:
      if (out.has_parts()) {
        out.value = out.denominator == 0 ? not_a_value : definition.factor * out.numerator / out.denominator;
        return cell_kind::usable;
      }
      break;
    case cell_need::weight:
      if (out.has_value() && !std::isnan(out.denominator)) {
        out.weigh();
        return cell_kind::usable;
      }
      break;
  }
  if (out.has_value()) return cell_kind::incomplete;
  if (!from.suppressed.empty() && from.is_suppressed(row, column)) return cell_kind::suppressed;
  if (!from.not_expected.empty() && from.is_not_expected(row, column)) return cell_kind::not_expected;
  return cell_kind::missing;
}

/// Cells of a panel with a value, a part of one, or a mark.
[[nodiscard]] inline std::size_t reported_cells(const panel& from) {
  std::size_t n = from.suppressed.size() + from.not_expected.size();
  for (Eigen::Index i = 0; i < from.value.size(); ++i) {
    const auto given = [i](const panel_matrix& m) { return m.size() != 0 && !std::isnan(m.data()[i]); };
    n += given(from.value) || given(from.numerator) || given(from.denominator) ? 1 : 0;
  }
  return n;
}

/// A reported indicator. `data` is null where nothing was ever reported.
class reported_indicator {
 public:
  reported_indicator(const network& net, const reporter_line& line, const indicator_definition& definition,
                     indicator_id id, const panel* data, frequency base, const force_rule& in_force)
      : definition_(&definition), data_(data), base_(base), row_of_(line.size(), -1), ever_(line.size(), 0),
        due_begin_(line.size() + 1, 0) {
    if (data_ != nullptr) {
      for (std::size_t i = 0; i < data_->reporters.size(); ++i) {
        const auto r = line.of(data_->reporters[i]);
        if (r && *r < line.size()) row_of_[*r] = static_cast<std::int32_t>(i);
      }
      first_ = data_->first.ordinal();
      columns_ = static_cast<std::int32_t>(data_->periods());
    }
    find_expectations(net, line, id, in_force);
    if (!by_edges_) find_who_ever_reported(line);
  }

  [[nodiscard]] const indicator_definition& definition() const { return *definition_; }
  [[nodiscard]] const panel* data() const { return data_; }
  [[nodiscard]] frequency base() const { return base_; }
  /// False for a reporter that has no values and owes none.
  [[nodiscard]] bool concerns(std::uint32_t reporter) const {
    return row_of_[reporter] >= 0 || due_begin_[reporter] != due_begin_[reporter + 1];
  }

  /// Reads one cell; `out` is complete where the answer is usable, and holds the value where it is incomplete.
  [[nodiscard]] cell_kind read(std::uint32_t reporter, std::int32_t t, cell_need need, cell_value& out) const {
    out.reporter = reporter;
    out.when = t;
    const std::int32_t row = row_of_[reporter];
    const std::int32_t column = t - first_;
    if (row < 0 || column < 0 || column >= columns_) return cell_kind::missing;
    return read_cell(*data_, *definition_, row, column, need, out);
  }

  /// Whether a report of the reporter is due in base period t, by a `reports` edge in force, or, where the indicator
  /// has no such edge, by having reported it ever.
  [[nodiscard]] bool is_due(std::uint32_t reporter, std::int32_t t) const {
    if (!by_edges_) return ever_[reporter] != 0;
    for (auto i = due_begin_[reporter]; i < due_begin_[reporter + 1]; ++i)
      if (due_[i].in_force.contains(t) && due_[i].duty.falls_in(period{base_, t})) return true;
    return false;
  }

  /// The reporter's last usable cell before t and at most `look_back` base periods away.
  [[nodiscard]] bool carried(std::uint32_t reporter, std::int32_t t, cell_need need, cell_value& out) const {
    if (row_of_[reporter] < 0) return false;
    const std::int64_t look_back = std::max<std::int64_t>(definition_->look_back, 0);
    const std::int64_t earliest =
        std::max<std::int64_t>(first_, look_back > t - std::int64_t{first_} ? first_ : t - look_back);
    for (std::int64_t past = std::min<std::int64_t>(t - 1, first_ + std::int64_t{columns_} - 1); past >= earliest;
         --past)
      if (read(reporter, static_cast<std::int32_t>(past), need, out) == cell_kind::usable) {
        out.when = t;
        return true;
      }
    return false;
  }

 private:
  struct due_report {
    report_duty duty;
    ordinal_range in_force;
  };

  void find_expectations(const network& net, const reporter_line& line, indicator_id id, const force_rule& in_force) {
    by_edges_ = !net.edges(edge_kind::reports).in(net.vertex(id)).empty();
    for (const auto& duty : report_duties(net, id)) { // by reporter, in the order of the line
      const auto reporter = line.of(duty.reporter);
      const auto range = in_force(duty.days);
      if (!reporter || range.empty()) continue;
      due_.push_back({duty, range});
      ++due_begin_[*reporter + 1];
    }
    for (std::size_t r = 0; r < line.size(); ++r) due_begin_[r + 1] += due_begin_[r];
  }

  void find_who_ever_reported(const reporter_line& line) {
    if (data_ == nullptr) return;
    for (std::uint32_t r = 0; r < line.size(); ++r)
      if (row_of_[r] >= 0) ever_[r] = ever_reported(*data_, row_of_[r]) ? 1 : 0;
  }

  const indicator_definition* definition_;
  const panel* data_;
  frequency base_;
  std::int32_t first_ = 0;
  std::int32_t columns_ = 0;
  bool by_edges_ = false;
  std::vector<std::int32_t> row_of_;
  std::vector<std::uint8_t> ever_;
  std::vector<std::uint32_t> due_begin_;
  std::vector<due_report> due_;
};

} // namespace commonweal::inline v0::detail
